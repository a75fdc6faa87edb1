"""All that Click and Typer say themselves is Vietnamese."""

import ast
import re
import string
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import click
import pytest
import typer
from typer.testing import CliRunner

from danvan_cli.cli import program
from danvan_cli.cli.frame import wording
from places import SOURCE

NOT_SAID = {
    # typer.rich_utils draws help and errors in boxes; danvan draws its own and never imports it.
    "(deprecated) ",
    "Aborted.",
    "Error",
    "Try [blue]'{command_path} {help_option}'[/] for help.",
    "[default: {}]",
    "[env var: {}]",
    "[required]",
    # Raised while a command is declared, so a programmer meets them, before any user can.
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for option with declarations {decls!r}",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument"
    " instead? Did you mean to pass '--{name}'?",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    # A repr(), for programmers.
    "Choice({choices})",
    # Parts of Click that danvan does not use: the editor, progress bars, shell completion.
    "{editor}: Editing failed",
    "{editor}: Editing failed: {e}",
    "d",
    "Couldn't detect Bash version, shell completion is not supported.",
    "Shell completion is not supported for Bash versions older than 4.4.",
}

ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|error|missing|invalid|required|default|env var|show"
    r"|this|message|exit|try|help for|for help|such|did you|mean|got|unexpected|extra|value|is not"
    r"|one of|does not|exist|valid|range|text|integer|float|path|file|directory|args|deprecated)\b",
    re.IGNORECASE,
)


def words_of(library: Path) -> Iterator[ast.expr]:
    """What a library hands to gettext: the first argument of each call."""
    for source in library.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext"):
                yield node.args[0]


LIBRARIES = [Path(library.__file__).parent for library in (click, typer)]
WORDS = [word for library in LIBRARIES for word in words_of(library)]
CONSTANTS = {word.value for word in WORDS if isinstance(word, ast.Constant)}


def test_every_word_of_click_and_typer_has_its_vietnamese():
    assert CONSTANTS - set(wording.CATALOGUE) - NOT_SAID == set()


def test_no_word_is_kept_that_click_and_typer_no_longer_say():
    assert (set(wording.CATALOGUE) | set(wording.OF_SEVERAL) | NOT_SAID) - CONSTANTS == set()


def test_the_words_not_written_out_in_their_sources_are_known():
    computed = {ast.unparse(word) for word in WORDS if not isinstance(word, ast.Constant)}
    a_commands_own_help, the_word_required = "text", "extra['required']"
    assert computed == {a_commands_own_help, the_word_required}


@pytest.mark.parametrize(("theirs", "ours"), wording.CATALOGUE.items())
def test_a_translation_asks_for_no_value_that_is_not_given(theirs, ours):
    plural_forms = {"nargs", "len", "choices"}
    assert fields(ours) <= fields(theirs) | plural_forms


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("ours", [*wording.CATALOGUE.values(), *wording.OF_SEVERAL.values()])
def test_a_translation_is_composed_vietnamese(ours):
    assert not ours.isascii()
    assert unicodedata.is_normalized("NFC", ours)


def everything(
    name: str,
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    count: Annotated[int, typer.Option(min=1, max=9)] = 3,
    share: float = 0.5,
    kind: Annotated[str, typer.Option(click_type=click.Choice(["mot", "hai"]))] = "mot",
    day: Annotated[str, typer.Option(click_type=click.DateTime(["%d/%m/%Y"]))] = "1/2/2026",
    target: Annotated[Path | None, typer.Option(dir_okay=False)] = None,
    quick: bool = False,
) -> None:
    """Nhận đủ loại giá trị."""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(program({"Thử": {"everything": everything}}), arguments)
    assert result.exit_code in (0, 2), result.exception
    return result.output


MISTAKES = [
    (["everything"], "Lỗi: thiếu đối số 'NAME'."),
    (["everything", "a", ".", "b", "c"], "Lỗi: thừa đối số: b c."),
    (["everything", "a", "đâu"], "“đâu” không tồn tại."),
    (["everything", "a", __file__], "là tệp, không phải thư mục."),
    (["everything", "a", ".", "--target", "."], "“.” là thư mục, không phải tệp."),
    (["everything", "a", ".", "--count", "0"], "0 nằm ngoài khoảng 1<=x<=9."),
    (["everything", "a", ".", "--count", "ba"], "“ba” không phải là số nguyên."),
    (["everything", "a", ".", "--share", "ba"], "“ba” không phải là số."),
    (["everything", "a", ".", "--count"], "Lỗi: tùy chọn '--count' cần 1 giá trị đi kèm."),
    (["everything", "a", ".", "--quick=ba"], "Lỗi: tùy chọn '--quick' không nhận giá trị."),
    (["everything", "a", ".", "--kind", "ba"], "“ba” không phải là một trong: 'mot', 'hai'."),
    (["everything", "a", ".", "--day", "ba"], "“ba” không theo mẫu '%d/%m/%Y'."),
    (["everything", "a", ".", "--kin", "ba"], "không có tùy chọn '--kin'. Ý bạn là '--kind'?"),
    (["everythin"], "Lỗi: không có lệnh 'everythin'. Ý bạn là 'everything'?"),
    (["-C", "đâu", "everything"], "Lỗi: giá trị của '-C' không hợp lệ: “đâu” không tồn tại."),
    (["-z"], "Gõ 'danvan --help' để xem hướng dẫn."),
]


@pytest.mark.parametrize(
    ("arguments", "said"), MISTAKES, ids=[" ".join(arguments) for arguments, _ in MISTAKES]
)
def test_every_mistake_on_the_command_line_is_told_in_vietnamese(arguments, said):
    output = run(*arguments)
    assert said in output
    assert not english_in(output)


def test_help_on_all_kinds_of_values_is_in_vietnamese():
    output = run("everything", "--help")
    assert "--count SỐ NGUYÊN" in output
    assert "[mặc định: 3; 1<=x<=9]" in output
    assert "[bắt buộc]" in output
    assert not english_in(output)


def english_in(output: str) -> list[str]:
    return ENGLISH.findall(output)


@pytest.mark.parametrize("language", ["C", "C.UTF-8", "en_US.UTF-8", "fr_FR.UTF-8", "vi_VN"])
def test_the_language_of_the_machine_does_not_matter(language):
    environment = {"LANG": language, "LC_ALL": language, "LANGUAGE": language[:2], "COLUMNS": "80"}
    output = danvan(environment, "--sai")
    assert output == (
        "Cách dùng: danvan [TÙY_CHỌN] LỆNH [ĐỐI_SỐ]...\n"
        "Gõ 'danvan --help' để xem hướng dẫn.\n"
        "\n"
        "Lỗi: không có tùy chọn '--sai'.\n"
    )


def danvan(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "danvan_cli", *arguments],
        env={"PYTHONPATH": f"{SOURCE}", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    ).stderr
