"""How well a unit reported: in time, whole, without errors; in status, JSON and working paper."""

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter
from danvan_cli.cli import app

LAST_DAY = "{before: 2026-06-02}"
RESULTS = "results:\n  '1.1': {status: done, summary: Đã họp.}\n"
WHOLE = f"{RESULTS}  '1.2': {{status: done, summary: Đã in.}}\nindicators: {{hoi-nghi: 3}}\n"
EXTENDED = f"""{LAST_DAY}
    extensions:
      - {{units: [tong-hop], by: 2026-06-03, reason: Chờ số liệu}}"""


@pytest.fixture(autouse=True)
def folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root)
    return root


def danvan(*arguments: str) -> str:
    run = CliRunner().invoke(app, [*arguments])
    assert run.exit_code == 0, run.output
    return run.stdout


def quality(as_of: str = "10/6/2026") -> dict[str, Any]:
    """That of Phòng Tổng hợp for the half-year, as JSON has it."""
    told = json.loads(danvan("status", "--as-of", as_of, "--format", "json", "--period", "h1"))
    return next(unit for unit in told["periods"][0]["units"] if unit["id"] == "tong-hop")["quality"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"submitted: 29/5/2026\n{WHOLE}",
            {"in_time": True, "days_late": 0, "tasks": "2/2", "figures": "1/1", "errors": 0},
        ),
        (
            f"submitted: 29/5/2026\nreceived: 4/6/2026\n{RESULTS}indicators: {{}}\n",
            {"in_time": False, "days_late": 3, "tasks": "1/2", "figures": "0/1", "errors": 0},
        ),
        (
            f"submitted: 29/5/2026\n{RESULTS}indicators: {{hoi-nghi: -1}}\n",
            {"in_time": True, "days_late": 0, "tasks": "1/2", "figures": "1/1", "errors": 1},
        ),
        (
            f"submitted: 29/5/2026\n{RESULTS}indicators: {{hoi-nghi: ba}}\n",
            {"in_time": True, "days_late": 0, "tasks": "1/2", "figures": "0/1", "errors": 1},
        ),
        # a draft is no report; of a report with a broken line nobody knows what it has
        (WHOLE, {"in_time": False, "days_late": 9, "tasks": "0/2", "figures": "0/1", "errors": 0}),
        (
            f"submitted: 29/5/2026\n{WHOLE}strengths: [\n",
            {"in_time": True, "days_late": 0, "tasks": "0/2", "figures": "0/1", "errors": 1},
        ),
    ],
)
def test_a_report_is_held_to_its_day_to_what_is_owed_and_to_its_errors(
    text: str, expected: dict[str, Any], file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=text)
    found = quality()
    shares = {
        name: f"{found[name]['reported']}/{found[name]['owed']}" for name in ("tasks", "figures")
    }
    assert {name: (found | shares)[name] for name in expected} == expected
    assert found["returned"] is False


def test_what_is_extended_or_still_to_come_is_not_late(
    root: Path, file_report: ReportWriter
) -> None:
    assert quality("1/6/2026")["in_time"] is None
    file_report("tong-hop", text=f"submitted: 03/6/2026\n{WHOLE}")
    assert (quality()["in_time"], quality()["days_late"]) == (False, 2)
    plan = PLAN.replace(f"unit_deadline: {LAST_DAY}", f"unit_deadline: {EXTENDED}", 1)
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    assert quality("02/6/2026")["in_time"] is None
    assert (quality()["in_time"], quality()["days_late"]) == (True, 0)


def test_a_returned_report_is_told_so(file_report: ReportWriter) -> None:
    returned = "returned: {date: 30/5/2026, reason: Thiếu số liệu}\n"
    file_report("tong-hop", text=f"submitted: 29/5/2026\n{returned}{WHOLE}")
    assert quality()["returned"] is True
    assert quality("29/5/2026")["returned"] is False


def test_what_a_warning_asks_of_a_figure_is_answered_by_a_note(
    root: Path, file_report: ReportWriter
) -> None:
    checks = "checks: [{ratio: hoi-nghi, to: 2}, {that: hoi-nghi < 3, severity: warning}]\n"
    (root / "plan.yaml").write_text(PLAN + checks, encoding="utf-8")
    file_report("tong-hop", text=f"submitted: 29/5/2026\n{WHOLE}")
    assert quality()["doubts"] == {"found": 2, "answered": 0}
    note = "notes: {hoi-nghi: Thêm hội nghị trực tuyến}\n"
    file_report("tong-hop", text=f"submitted: 29/5/2026\n{WHOLE}{note}")
    assert quality()["doubts"] == {"found": 2, "answered": 2}
    assert quality()["errors"] == 0


def test_the_status_of_a_unit_has_its_quality(file_report: ReportWriter) -> None:
    file_report("tong-hop", text=f"submitted: 04/6/2026\n{RESULTS}indicators: {{hoi-nghi: -1}}\n")
    told = danvan("status", "--unit", "tong-hop", "--as-of", "10/6/2026")
    rows = told.split("CHẤT LƯỢNG BÁO CÁO")[1].splitlines()[1:4]
    assert [" ".join(row.split()) for row in rows] == [
        "Kỳ Thời hạn Nhiệm vụ Số liệu Lỗi Giải trình",
        "6 tháng đầu năm muộn 3 ngày 1/2 1/1 1 lỗi –",
        "cả năm chưa đến hạn 0/2 0/1 – –",
    ]


def test_the_working_paper_has_a_row_of_quality_for_each_unit(
    root: Path, file_report: ReportWriter
) -> None:
    check = "checks: [{ratio: hoi-nghi, to: 2}]\n"
    (root / "plan.yaml").write_text(PLAN + check, encoding="utf-8")
    file_report("tong-hop", text=f"submitted: 29/5/2026\n{WHOLE}")
    file_report("tin-hoc", text=f"submitted: 05/6/2026\n{RESULTS}")
    danvan("report", "--internal", "--period", "h1", "--as-of", "10/6/2026", "-o", "nb.docx")
    document = Document("nb.docx")
    told = (
        "01/03 đơn vị gửi đúng hạn; 01/03 báo cáo đủ nhiệm vụ, số liệu; 02/03 báo cáo không còn "
        "lỗi; 0/01 số liệu khác thường đã giải trình."
    )
    assert told in [paragraph.text for paragraph in document.paragraphs]
    assert [[cell.text for cell in row.cells] for row in document.tables[2].rows][1:] == [
        ["1", "Phòng Tổng hợp", "đúng hạn", "2/2", "1/1", "không", "0/1"],
        ["2", "Ban Tiếp công dân", "quá hạn 9 ngày", "0/3", "0/3", "–", "–"],
        ["3", "Trung tâm Tin học", "muộn 4 ngày", "1/2", "0/1", "không", "–"],
    ]
