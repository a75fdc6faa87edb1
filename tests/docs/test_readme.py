"""What README, CONTRIBUTING and the guide say of the program is so."""

import json
import re
import runpy
import shutil
import typing
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import click
import docx
import msgspec
import pytest
import typer
from docx.oxml.ns import qn
from msgspec import Struct
from typer.testing import CliRunner

from danvan_cli import cli, rules
from danvan_cli.files import workspace, yaml_reading
from danvan_cli.model import office_report, plan, registers, unit_report
from danvan_cli.problems import Diagnostic
from places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "huong-dan.md").read_text(encoding="utf-8")
GIT_PAGE = (ROOT / "docs" / "git.md").read_text(encoding="utf-8")
AUTOMATION_PAGE = (ROOT / "docs" / "tu-dong.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CLI_DOCS = runpy.run_path(str(ROOT / "scripts" / "cli_docs.py"))

DAY = date(2026, 6, 4)
"""The day on which the examples are looked at."""


class Block(NamedTuple):
    """A fenced block: its language, and what stands in it."""

    language: str
    text: str

    @property
    def first_line(self) -> str:
        return self.text.partition("\n")[0]


def blocks(page: str, *languages: str) -> list[Block]:
    """The page's fenced blocks; only those of these languages, if any are named."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [Block(*each) for each in found if not languages or each[0] in languages]


def without_blocks(page: str) -> str:
    """The page's prose and tables; a block's lines may look like headings and links."""
    return re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)


def chapter(page: str, heading: str) -> str:
    """From a heading to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    ends = re.compile(rf"#{{1,{level}}} ")
    lines, in_block = [], False
    _, _, rest = page.partition(f"\n{heading}\n")
    assert rest, f"no heading {heading!r}"
    for line in rest.splitlines(keepends=True):
        in_block ^= line.startswith("```")
        if not in_block and ends.match(line):
            break
        lines.append(line)
    return "".join(lines)


def test_the_quick_start_is_two_lines_that_set_up_what_they_need():
    install_and_report, install_and_test = blocks(chapter(README, "## Quick start"))[
        0
    ].text.splitlines()
    make_venv = "python3 -m venv .venv && "
    assert install_and_report == (
        make_venv + ".venv/bin/pip install -q -e . && .venv/bin/danvan report --period h1"
    )
    assert install_and_test == (
        make_venv + ".venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -n auto"
    )


def test_the_guide_gives_the_same_steps_for_powershell():
    report, tests = (block.text for block in blocks(chapter(GUIDE, "### Windows (PowerShell)")))
    for step in ("-m venv .venv", "pip install -q -e .", "danvan report --period h1"):
        assert step in report
    for step in ("pip install -q -e '.[dev]'", "pytest -n auto"):
        assert step in tests


def commands() -> dict[str, click.Context]:
    """Every command by what is typed for it: 'danvan', 'danvan status', …"""
    program = typer.main.get_command(cli.app)
    contexts = CLI_DOCS["with_subcommands"](click.Context(program, info_name="danvan"))
    return {context.command_path: context for context in contexts}


def test_the_readmes_table_names_every_command_and_no_other():
    named = re.findall(r"^\| `(danvan [^`]+)` \|", chapter(README, "## Commands"), re.MULTILINE)
    known = commands().items()
    existing = [path for path, each in known if not isinstance(each.command, click.Group)]
    assert sorted(named) == sorted(existing)


def typed_lines(page: str) -> Iterator[str]:
    """The command lines of `danvan` in a page's shell blocks, without what calls it."""
    for block in blocks(page, "sh", "powershell"):
        for step in re.split(r"&&|[|;\n]", block.text):
            words = step.split()
            if words and re.split(r"[/\\]", words[0])[-1] == "danvan":
                yield " ".join(["danvan", *words[1:]])


@pytest.mark.parametrize(
    "line",
    sorted(
        {line for page in (README, GUIDE, GIT_PAGE, AUTOMATION_PAGE) for line in typed_lines(page)}
    ),
)
def test_a_line_to_type_names_a_command_and_options_that_exist(line: str):
    known = commands()
    path, *words = line.split()
    while words and f"{path} {words[0]}" in known:
        path = f"{path} {words.pop(0)}"
    context = known[path]
    options = {name for each in context.command.get_params(context) for name in each.opts}
    written = [word for word in words if word.startswith("-")]
    assert set(written) <= options
    assert written or not isinstance(context.command, click.Group), f"no such command: {line}"


@pytest.mark.parametrize(
    "page",
    [README, GUIDE, GIT_PAGE, AUTOMATION_PAGE],
    ids=["README", "guide", "git", "automation"],
)
def test_a_command_named_in_the_text_exists(page: str):
    named = set(re.findall(r"`(danvan [a-z]+)[ `]", page))
    assert named <= commands().keys()


def anchors(page: str) -> set[str]:
    """GitHub's name for each heading: lower case, blanks to hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_repository_leads_somewhere(page: Path):
    for link in re.findall(r"\]\(([^)\s]+)\)", without_blocks(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_composed_unicode_without_blanks_at_line_ends(page: Path):
    text = page.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


def whole_files(page: str) -> dict[str, str]:
    """The examples that are whole files, by the path in the comment on top."""
    return {
        block.first_line.removeprefix("# "): block.text
        for block in blocks(page, "yaml")
        if block.first_line.endswith(".yaml")
    }


def fragments(kind: Literal["Đúng", "Sai"]) -> list[Any]:
    """The guide's examples of a few lines, said to be right or wrong in the comment on top."""
    found = [each for each in blocks(GUIDE, "yaml") if each.first_line.startswith(f"# {kind}")]
    return [pytest.param(each.text, id=each.text.splitlines()[1].strip()) for each in found]


def check(root: Path, files: dict[str, str]) -> list[Diagnostic]:
    """All that is found in a workspace with these files, by their paths."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    findings = rules.check(workspace.load(root), DAY)
    return [each for found in findings.values() for each in found]


def in_place(fragment: str) -> dict[str, str]:
    """The guide's plan, and a file of the kind that the fragment's fields belong to."""
    files = whole_files(GUIDE)
    fields = set(re.findall(r"^(\w+):", fragment, re.MULTILINE))
    if fields <= field_names(unit_report.UnitReport):
        head = {
            "unit": "quan-ly-cong-trinh",
            "year": "2026",
            "period": "h1",
            "submitted": "29/5/2026",
        }
        lines = [f"{name}: {value}\n" for name, value in head.items() if name not in fields]
        return {
            "plan.yaml": files["plan.yaml"],
            "reports/2026/h1/quan-ly-cong-trinh.yaml": "".join(lines) + fragment,
        }
    if fields <= field_names(office_report.OfficeReport):
        return {"plan.yaml": files["plan.yaml"], "reports/2026/h1/_office.yaml": fragment}
    assert fields <= field_names(plan.Plan), fields
    whole, part = (yaml_reading.read(text.encode()).data for text in (files["plan.yaml"], fragment))
    assert isinstance(whole, dict)
    assert isinstance(part, dict)
    # JSON is YAML.
    return {"plan.yaml": json.dumps({**whole, **part}, ensure_ascii=False)}


def test_the_guides_whole_files_make_a_workspace_without_findings(tmp_path: Path):
    files = whole_files(GUIDE)
    assert {Path(name).name for name in files} == {
        "plan.yaml",
        "quan-ly-cong-trinh.yaml",
        "_office.yaml",
        "2025.yaml",
    }
    assert check(tmp_path, files) == []


def test_the_readmes_report_has_no_error_under_the_repositorys_plan(tmp_path: Path):
    shutil.copy(ROOT / "plan.yaml", tmp_path)
    shutil.copytree(ROOT / "so", tmp_path / "so")
    ((name, text),) = whole_files(README).items()
    found = check(tmp_path, {name: text})
    assert [each for each in found if each.is_error] == []
    # It reports three of its twenty tasks; the register goes on behind that day.
    assert {each.code for each in found} <= {"R408", "R486"}


@pytest.mark.parametrize("text", fragments("Đúng"))
def test_an_example_said_to_be_right_is_read_without_error(tmp_path: Path, text: str):
    found = check(tmp_path, in_place(text))
    assert [each for each in found if each.is_error or each.code.startswith(("F", "S"))] == []


@pytest.mark.parametrize("text", fragments("Sai"))
def test_an_example_said_to_be_wrong_is_found_out(tmp_path: Path, text: str):
    found = check(tmp_path, in_place(text))
    # What any report of a few lines lacks does not count.
    assert [each for each in found if each.code != "R408"]


def test_the_message_shown_in_the_guide_is_what_validate_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    files = whole_files(GUIDE)
    name = "reports/2026/h1/quan-ly-cong-trinh.yaml"
    check(tmp_path, {**files, name: files[name].replace("don-da-xu-ly: 38", "don-da-xu-ly: 48")})
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cli.app, ["validate", "--as-of", DAY.isoformat()]).stdout
    (shown,) = blocks(chapter(GUIDE, "## Thông báo của chương trình"), "text")
    assert said.startswith(shown.text)


def test_the_message_on_a_form_shown_in_the_guide_is_what_import_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copy(ROOT / "plan.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    form = ["form", "ban-tiep-cong-dan", "--period", "h1", "-o", "btcd.docx"]
    assert CliRunner().invoke(cli.app, form).exit_code == 0
    document = docx.Document("btcd.docx")
    (tag,) = document.element.xpath("//w:tag[@w:val='indicators.luot-tiep-cong-dan']")
    properties = tag.getparent()
    properties.remove(properties.find(qn("w:showingPlcHdr")))
    next(properties.getparent().iter(qn("w:t"))).text = "khoảng 500"
    document.save("btcd.docx")
    said = CliRunner().invoke(cli.app, ["import", "btcd.docx"]).stderr
    (shown,) = blocks(chapter(GUIDE, "### 3. Nhận và nhập báo cáo"), "text")
    assert shown.text in said


def test_every_yaml_example_of_the_guide_is_a_whole_file_or_said_to_be_right_or_wrong():
    counted = len(whole_files(GUIDE)) + len(fragments("Đúng")) + len(fragments("Sai"))
    assert counted == len(blocks(GUIDE, "yaml"))


def field_names(type_: type[Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(type_)}


REPORT_TYPES = (
    unit_report.UnitReport,
    unit_report.Return,
    unit_report.TaskResult,
    unit_report.Model,
    unit_report.Award,
    plan.Signatory,
)
PLAN_TYPES = (
    plan.Plan,
    plan.Organization,
    plan.Signatory,
    plan.Section,
    plan.Task,
    plan.Unit,
    plan.Period,
    plan.Extension,
    plan.Amendment,
    plan.DataWindow,
    plan.Deadline,
    plan.Milestone,
    plan.DocumentLook,
    plan.Indicator,
)
CHAPTERS = [
    ("### Các trường của báo cáo", REPORT_TYPES),
    ("### Các trường của kế hoạch", PLAN_TYPES),
    ("### Quy tắc kiểm tra số liệu", (plan.FigureCheck,)),
    ("### Sổ theo dõi", (registers.Register, registers.Computed)),
    ("### Đề cương báo cáo", (plan.OutlinePart,)),
    ("## Phần cơ quan tự viết: _office.yaml", (office_report.OfficeReport,)),
]


@pytest.mark.parametrize(("heading", "types"), CHAPTERS, ids=lambda value: str(value)[:40])
def test_the_guide_explains_every_field(heading: str, types: tuple[type[Struct], ...]):
    text = chapter(GUIDE, heading)
    named = set(re.findall(r"`([a-z_]+)(?::[^`]*)?`", text))
    for type_ in types:
        assert field_names(type_) <= named, type_.__name__


def test_the_guides_tables_explain_no_field_that_does_not_exist():
    known = {name for _, types in CHAPTERS for type_ in types for name in field_names(type_)}
    for table in re.findall(r"^\| Trường \|.*\n((?:\|.*\n)+)", GUIDE, re.MULTILINE):
        first_cells = [row.split("|")[1] for row in table.splitlines()[1:]]
        assert set(re.findall(r"`(\w+)`", "".join(first_cells))) <= known


def test_the_guide_names_every_value_that_can_be_chosen():
    text = chapter(GUIDE, "### Các trường của báo cáo")
    for choice in (
        unit_report.TaskStatus,
        unit_report.ModelStatus,
        unit_report.ModelField,
        unit_report.AwardKind,
    ):
        for value in typing.get_args(choice):
            assert f"`{value}`" in text
