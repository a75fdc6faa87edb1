"""docs/rules.md explains every code, and its examples are what it says they are."""

import re
from datetime import date
from pathlib import Path

import pytest

from danvan_cli.check import check
from danvan_cli.cli.commands.explain import entry
from danvan_cli.problems import CODES, Severity
from danvan_cli.rules import findings
from decree_document import Handmade, handmade
from small_workspace import changed, replaced, write

RULES = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
HEADINGS = dict(re.findall(r"^## ([A-Z]\d{3})\. (.+)$", RULES, re.MULTILINE))
# What stands in no text that could be printed: the file's bytes, its size, signs without a shape,
# and how a Word document looks.
LOOKS = {
    *("D501", "D502", "D503", "D504", "D505", "D506", "D507", "D508"),
    *("D511", "D512", "D513", "D514", "D515", "D516", "D518", "D519", "D520"),
    *("D521", "D522", "D523", "D524", "D525", "D531", "D532", "D533", "D534"),
    *("D541", "D542", "D543", "D544", "D545", "D572", "D581", "D582"),
}
WITHOUT_EXAMPLE = {
    *("F101", "F102", "F103", "F112", "F114", "F118", "D590", "D594", "D595"),
    "D589",
    "F125",
    *("D596", "D597", "D598"),
    *LOOKS,
}
# Those of Word templates are held in test_template_check.py.
WITH_EXAMPLE = sorted(CODES.keys() - WITHOUT_EXAMPLE - {"D588", "D591", "D592", "D593"})
TODAY = date(2026, 11, 20)


def example(code: str, word: str) -> dict[str, str]:
    """The files that an example, 'Sai' or 'Đúng', is made of: each name with its excerpt."""
    wrong, right = entry(RULES, code).split("\nSai:\n")[1].split("\nĐúng:\n")
    part = {"Sai": wrong, "Đúng": right}[word]
    files = dict(re.findall(r"^```\w+ (.+?)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL))
    assert files
    return files


def codes_of(files: dict[str, str], code: str, folder: Path) -> set[str]:
    """What the small workspace, or a Word document, gives with these excerpts in it."""
    if code.startswith("D"):
        ((name, text),) = files.items()
        return {each.code for each in check(word_example(name, text.splitlines()).save(folder))}
    texts = {}
    for name, excerpt in files.items():
        name, whole, _ = name.partition(" (cả tệp)")
        put_in = replaced if code.startswith("F") else changed
        texts[name] = excerpt if whole else put_in(name, excerpt)
    found = findings.in_workspace(write(folder, texts), TODAY)
    return {diagnostic.code for diagnostic in found.diagnostics}


def word_example(name: str, lines: list[str]) -> Handmade:
    """A document with these lines: 'Số, ký hiệu của công văn', '… của báo cáo có phụ lục'."""
    part, _, kind = name.removesuffix(" có phụ lục").rpartition(" của ")
    if part == "Nơi nhận":
        word, *names, archive = lines
        return handmade(kind, texts={"Từ Nơi nhận": word, part: names, "Lưu": archive})
    if part in ("Kính gửi", "Căn cứ"):
        return handmade(kind, texts={part: lines})
    if part == "Phụ lục":
        made = handmade(kind, appendices=len(lines))
        for number, label in enumerate(lines, 1):
            made.run(part if number == 1 else f"{part} {number}").text = label
            made.run(f"Chỉ dẫn {number}").text = f"(Chi tiết tại {label} kèm theo)."
        return made
    made = handmade(kind, appendices=int(name.endswith("có phụ lục")))
    made.run(part).text = "\n".join(lines)
    return made


def test_every_code_has_an_entry_with_its_title_and_severity():
    assert {
        code: f"{kind.title} ({'lỗi' if kind.severity is Severity.ERROR else 'cảnh báo'})"
        for code, kind in CODES.items()
    } == HEADINGS


def test_the_entries_stand_in_the_order_of_their_codes():
    assert list(HEADINGS) == sorted(HEADINGS, key=list(CODES).index)


@pytest.mark.parametrize("code", sorted(WITHOUT_EXAMPLE))
def test_only_what_cannot_be_shown_has_no_example(code):
    assert "```" not in entry(RULES, code)


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_wrong_example_has_that_fault_and_no_other(code, tmp_path):
    assert codes_of(example(code, "Sai"), code, tmp_path) == {code}


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_right_example_has_no_fault(code, tmp_path):
    assert codes_of(example(code, "Đúng"), code, tmp_path) == set()


def test_every_code_of_a_word_document_is_brought_about_by_some_test():
    tests = (Path(__file__).parent / "test_check.py").read_text(encoding="utf-8")
    assert [
        code for code in CODES if re.match("D5(?!88|89|9)", code) and f'"{code}"' not in tests
    ] == []
