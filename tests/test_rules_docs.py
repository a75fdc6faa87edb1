"""docs/rules.md explains every code, and its examples are what it says they are."""

import re
from datetime import date
from pathlib import Path

import pytest

from danvan_cli import findings
from danvan_cli.cli.explain import entry
from danvan_cli.diagnostics import CODES, Severity
from small_workspace import changed, replaced, write

RULES = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
HEADINGS = dict(re.findall(r"^## ([A-Z]\d{3})\. (.+)$", RULES, re.MULTILINE))
# What stands in no text that could be printed: the file's bytes, its size, signs without a shape.
WITHOUT_EXAMPLE = {"F101", "F102", "F103", "F112", "F114", "F118", "D590", "D594", "D595"}
# Those of Word templates are held in test_template_check.py.
WITH_EXAMPLE = sorted(CODES.keys() - WITHOUT_EXAMPLE - {"D591", "D592", "D593"})
TODAY = date(2026, 11, 20)


def example(code: str, word: str) -> dict[str, str]:
    """The files that an example, 'Sai' or 'Đúng', is made of: each name with its excerpt."""
    wrong, right = entry(RULES, code).split("\nSai:\n")[1].split("\nĐúng:\n")
    part = {"Sai": wrong, "Đúng": right}[word]
    files = dict(re.findall(r"^```yaml (.+?)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL))
    assert files
    return files


def codes_of(files: dict[str, str], code: str, folder: Path) -> set[str]:
    """What the small workspace gives with these excerpts in it."""
    texts = {}
    for name, excerpt in files.items():
        name, whole, _ = name.partition(" (cả tệp)")
        put_in = replaced if code.startswith("F") else changed
        texts[name] = excerpt if whole else put_in(name, excerpt)
    found = findings.in_workspace(write(folder, texts), TODAY)
    return {diagnostic.code for diagnostic in found.diagnostics}


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
