"""A unit that got another name in the year: documents use the name of their day."""

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from danvan_cli.word.file.plain_text import plain_text

OLD = "name: Phòng Tổng hợp, short: TH}"
NEW = (
    "name: Phòng Tổng hợp - Đối ngoại, short: TH-ĐN, "
    "names: [{name: Phòng Tổng hợp, short: TH, until: 2026-06-30}]}"
)
REPORT = """\
submitted: 29/5/2026
indicators: {hoi-nghi: 3}
models: [{name: Nghe dân, field: kinh tế, status: implementing, summary: Gặp gỡ hằng tháng}]
awards: [{kind: collective, name: Phòng Tổng hợp, form: Bằng khen, achievement: Có sáng kiến}]
"""


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


@pytest.fixture
def renamed(signable: Path, file_report: ReportWriter) -> Path:
    """A workspace whose h1 report was issued on 4/6, and whose unit was renamed after 30/6."""
    file_report("tong-hop", text=REPORT)
    given = ["--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026"]
    issued = danvan(signable, "issue", *given)
    assert issued.exit_code == 0, issued.stderr
    plan = signable / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    assert OLD in text
    plan.write_text(text.replace(OLD, NEW), encoding="utf-8")
    return signable


def test_an_issued_report_has_not_changed(renamed: Path) -> None:
    made = danvan(renamed, "report", "--period", "h1")
    assert made.exit_code == 0, made.stderr
    text = plain_text((renamed / "output/2026/h1/bao-cao.docx").read_bytes())
    assert "Phòng Tổng hợp" in text
    assert "Phòng Tổng hợp - Đối ngoại" not in text
    ready = danvan(renamed, "ready", "--period", "h1")
    assert ready.exit_code == 0, ready.stdout
    supplement = danvan(renamed, "report", "--period", "h1", "--supplement")
    assert "nội dung nay không khác Báo cáo số 57/BC-VP" in supplement.stderr
    traced = danvan(renamed, "trace", "hoi-nghi", "--period", "h1")
    assert "nay đã khác" not in traced.stderr
    assert "Phòng Tổng hợp\n" in traced.stdout


def test_each_day_has_its_name(renamed: Path) -> None:
    for day, name in (("30/6/2026", "Phòng Tổng hợp "), ("1/7/2026", "Phòng Tổng hợp - Đối ngoại")):
        shown = danvan(renamed, "status", "--period", "annual", "--as-of", day).stdout
        assert name in shown
    assert (
        "Phòng Tổng hợp - Đối ngoại" not in danvan(renamed, "status", "--as-of", "30/6/2026").stdout
    )


def test_a_units_own_report_has_the_name_of_the_day_it_was_sent(renamed: Path) -> None:
    assert danvan(renamed, "report", "--period", "h1", "--unit", "tong-hop").exit_code == 0
    text = plain_text((renamed / "output/2026/h1/bao-cao-tong-hop.docx").read_bytes())
    assert "/ PHÒNG TỔNG HỢP |" in text
    assert "ĐỐI NGOẠI" not in text
