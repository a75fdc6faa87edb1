"""What a hand-written YAML file holds arrives, or what a slip has done to it is reported."""

from datetime import date
from pathlib import Path

import pytest

from danvan_cli import findings
from danvan_cli.diagnostics import Diagnostic
from small_workspace import H1, OFFICE, PLAN, write

TODAY = date(2026, 11, 20)
HEAD = "unit: ban-tiep-cong-dan\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\n"
RESULTS = """\
results:
  '2.1': {status: not_started}
  '6.1': {status: not_started}
"""


def found(folder: Path, text: str, file: str = H1) -> list[Diagnostic]:
    """All that validate says of one file with this text."""
    root = write(folder, {file: text})
    problems = findings.in_files([root / file], root, TODAY).diagnostics
    return [problem for problem in problems if problem.code != "R408"]


def report(lines: str) -> str:
    return HEAD + lines + ("" if "results:" in lines else RESULTS)


@pytest.mark.parametrize(
    ("lines", "line", "column", "field", "cure"),
    [
        ("indicators: {hoi-nghi: 1,212}", 5, 25, "hoi-nghi", "số viết liền: hoi-nghi: 1212"),
        (
            "results:\n  '2.1': {status: done, summary: Tổ chức 02 hội nghị, 118 lượt người}",
            *(6, 53, "summary"),
            'summary: "Tổ chức 02 hội nghị, 118 lượt người"',
        ),
        (
            "results:\n  '2.1': {summary: Ban, ngành, đoàn thể, status: done}",
            *(6, 23, "summary"),
            'summary: "Ban, ngành, đoàn thể"',
        ),
        (
            'results:\n  \'2.1\': {status: done, summary: Mô hình "khéo", "hay"}',
            *(6, 48, "summary"),
            'summary: \'Mô hình "khéo", "hay"\'',
        ),
        (
            "results:\n  '2.1': {status: done, summary: Một,\n    hai}",
            *(6, 37, "summary"),
            'summary: "Một, hai"',
        ),
        # The word after the comma happens to be the name of a field.
        ("signatory: {position: TRƯỞNG PHÒNG, name}", 5, 35, "position", "TRƯỞNG PHÒNG, name"),
        ("signatory: {position: [A], B}", 5, 26, "position", "cả phần sau dấu phẩy"),
    ],
)
def test_a_comma_in_braces_that_cuts_a_value_is_an_error_at_the_comma(
    tmp_path, lines, line, column, field, cure
):
    problems = [each for each in found(tmp_path, report(f"{lines}\n")) if each.code == "F120"]
    (problem,) = problems
    assert (problem.line, problem.column, problem.is_error) == (line, column, True)
    assert problem.message.startswith(f"dấu phẩy cắt nội dung của “{field}”")
    assert cure in problem.hint


def test_a_units_name_with_a_comma_in_braces_is_cut_in_no_silence(tmp_path):
    unit = "  - {id: hanh-chinh, name: Phòng Hành chính - Tổ chức,"
    plan = PLAN.replace(unit, unit.replace("Tổ chức,", "Tổ chức, Văn thư và Lưu trữ,"))
    (problem,) = found(tmp_path, plan, "plan.yaml")
    assert problem.code == "F120"
    assert 'name: "Phòng Hành chính - Tổ chức, Văn thư và Lưu trữ"' in problem.hint


def test_words_in_braces_without_any_field_are_an_error(tmp_path):
    problems = found(tmp_path, report("leadership: {Đã quán triệt}\n"))
    assert [(each.code, each.line, each.column) for each in problems] == [
        ("S203", 5, 13),
        ("F120", 5, 14),
    ]


@pytest.mark.parametrize(
    ("lines", "code", "at"),
    [
        ("sumary:\n", "S202", (5, 1)),
        ("results:\n  '2.1':\n    status: not_started\n    sumary:\n", "S202", (8, 5)),
        ("indicators:\n  hoi-nghii:\n", "R410", (6, 3)),
        ("results:\n  '9.9':\n", "R406", (6, 3)),
    ],
)
def test_an_unknown_key_without_a_value_is_an_error(tmp_path, lines, code, at):
    problems = {each.code: each for each in found(tmp_path, report(lines))}
    assert problems.keys() == {code}
    assert (problems[code].line, problems[code].column) == at
    assert problems[code].is_error


def test_an_unknown_section_of_the_office_without_a_value_is_an_error(tmp_path):
    (problem,) = found(tmp_path, "sections:\n  '6':\n  '7':\n", OFFICE)
    assert (problem.code, problem.line) == ("R424", 3)


def test_a_known_key_without_a_value_is_as_good_as_absent(tmp_path):
    text = (
        "signatory:\nresults:\n  '2.1':\n  '6.1': {status: not_started, summary: , evidence: }\n"
        "indicators:\n  hoi-nghi:\nmodels:\nstrengths:\nreturned: null\n"
    )
    assert found(tmp_path, report(text)) == []
    assert found(tmp_path, "number:\nissued:\nsections:\n  '6':\n", OFFICE) == []
    plan = PLAN.replace("coordinator:", "number:\narchive:\ndocument:\ncoordinator:")
    assert found(tmp_path, plan, "plan.yaml") == []
