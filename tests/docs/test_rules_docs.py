"""docs/rules.md explains every code, and its examples are what it says they are."""

import re
import runpy
from datetime import date
from pathlib import Path

import pytest

from danvan_cli.check import check
from danvan_cli.cli.commands.explain import entry
from danvan_cli.rules import findings
from decree_document import Handmade, handmade
from places import ROOT
from rule_examples import CODES, RULES, WITH_EXAMPLE, WITHOUT_EXAMPLE, example
from small_workspace import changed, replaced, write

RULES_DOCS = runpy.run_path(str(ROOT / "scripts" / "rules_docs.py"))
HEADINGS = dict(re.findall(r"^## ([A-Z]\d{3})\. (.+)$", RULES, re.MULTILINE))
TODAY = date(2026, 11, 20)


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


def test_every_code_has_an_entry():
    assert HEADINGS.keys() == CODES.keys()


def test_the_headings_say_what_the_codes_are_declared_with():
    assert RULES_DOCS["with_headings"](RULES) == RULES, "run: python scripts/rules_docs.py"


def test_a_heading_has_the_title_and_the_severity_of_its_code():
    assert RULES_DOCS["with_headings"]("# R4\n\n## R413. x\n\n## R414.\n") == (
        "# R4\n\n## R413. Số bộ phận lớn hơn tổng số (lỗi)\n\n"
        "## R414. Số liệu nhỏ hơn kỳ trước (cảnh báo)\n"
    )


def test_the_entries_stand_in_the_order_of_their_codes():
    assert list(HEADINGS) == sorted(HEADINGS, key=lambda code: ("FSPRD".index(code[0]), code))


def test_the_entries_stand_under_the_heading_of_their_kind():
    kinds = dict(re.findall(r"^# .+ \(([A-Z]\d+)\)\n+(?:(?!# ).*\n)*?## (\w)", RULES, re.MULTILINE))
    assert kinds == {"F1": "F", "S2": "S", "P3": "P", "R4": "R", "D5": "D", "D59": "D"}


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
    tests = (ROOT / "tests" / "check" / "test_check.py").read_text(encoding="utf-8")
    assert [
        code for code in CODES if re.match("D5(?!88|89|9)", code) and f'"{code}"' not in tests
    ] == []
