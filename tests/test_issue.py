"""`danvan issue`: an issued report is recorded, and its words are held to."""

from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app

REPORT = "submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def issue(root: Path, *arguments: str, number: str = "57/BC-VP", day: str = "4/6/2026") -> Result:
    return danvan(root, "issue", "--period", "h1", "--number", number, "--date", day, *arguments)


def office(root: Path) -> Path:
    return root / "reports" / "2026" / "h1" / "_office.yaml"


def test_an_issued_report_is_recorded_and_the_deadline_met(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    result = issue(root)
    assert result.exit_code == 0, result.stderr
    assert "Báo cáo số 57/BC-VP ngày 04 tháng 6 năm 2026" in result.stderr
    text = office(root).read_text(encoding="utf-8")
    assert text.startswith("number: 57/BC-VP\nissued: 04/6/2026\nfile: bao-cao.docx\n")
    assert "đúng hạn" in danvan(root, "status", "--as-of", "5/6/2026").stdout
    assert danvan(root, "validate").exit_code == 0


def test_words_and_comments_of_the_office_stay(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    written = "# của lãnh đạo\nstrengths:\n  - Kịp thời # đã duyệt\n"
    office(root).write_text(written, encoding="utf-8")
    assert issue(root).exit_code == 0
    text = office(root).read_text(encoding="utf-8")
    assert "# của lãnh đạo" in text
    assert "  - Kịp thời # đã duyệt\n" in text
    assert "number: 57/BC-VP" in text


def test_figures_changed_after_the_issue_stop_the_report(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    assert danvan(root, "report", "--period", "h1").exit_code == 0
    file_report("tong-hop", text=REPORT.replace("3}", "4}"))
    stopped = danvan(root, "report", "--period", "h1")
    assert stopped.exit_code == 2
    assert "Biểu số liệu" in stopped.stderr


def test_the_name_of_the_issued_file_is_kept(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    signed = root / "57-BC-VP đã ký.docx"
    Document().save(str(signed))
    assert issue(root, str(signed)).exit_code == 0
    assert "file: 57-BC-VP đã ký.docx" in office(root).read_text(encoding="utf-8")


def test_only_a_word_document_is_recorded_as_the_issued_file(root: Path) -> None:
    result = issue(root, str(root / "plan.yaml"))
    assert result.exit_code == 2
    assert "plan.yaml" in result.stderr
    assert not office(root).exists()


def test_changed_words_are_not_recorded_anew_under_the_number_without_force(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    assert issue(root).exit_code == 0
    file_report("tong-hop", text=REPORT.replace("3}", "4}"))
    recorded = office(root).read_text(encoding="utf-8")
    refused = issue(root)
    assert refused.exit_code == 2
    assert "Biểu số liệu" in refused.stderr
    assert office(root).read_text(encoding="utf-8") == recorded
    assert issue(root, "--force").exit_code == 0
    assert danvan(root, "report", "--period", "h1").exit_code == 0


@pytest.mark.parametrize(
    ("number", "day", "words"),
    [
        ("57/BC-VP", "4/6/2025", "ở trước năm 2026"),
        ("57", "4/6/2026", "viết như 57/BC-VP"),
        ("57/KH-VP", "4/6/2026", "viết như 57/BC-VP"),
        ("7/BC-VP", "4/6/2026", "thêm số 0"),
        ("57/BC-VP", "4/6/2199", "chưa đến"),
        ("57/BC-VP", "31/6/2026", "không có ngày"),
    ],
)
def test_a_slip_in_number_or_day_is_told_and_nothing_written(
    root: Path, number: str, day: str, words: str
) -> None:
    result = issue(root, number=number, day=day)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not office(root).exists()


def test_a_day_before_the_periods_figures_are_whole_needs_force(root: Path) -> None:
    refused = issue(root, day="20/5/2026")
    assert refused.exit_code == 2
    assert "trước ngày chốt số liệu của kỳ (25/5/2026)" in refused.stderr
    assert not office(root).exists()
    assert issue(root, "--force", day="20/5/2026").exit_code == 0


def test_another_number_needs_force(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    refused = issue(root, number="58/BC-VP")
    assert refused.exit_code == 2
    assert "đã ban hành: số 57/BC-VP" in refused.stderr
    assert issue(root, "--force", number="58/BC-VP").exit_code == 0
    assert "number: 58/BC-VP" in office(root).read_text(encoding="utf-8")


def test_a_file_with_errors_is_left_alone(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    office(root).write_text("lesons: [a]\n", encoding="utf-8")
    result = issue(root)
    assert result.exit_code == 2
    assert "danvan validate" in result.stderr
    assert office(root).read_text(encoding="utf-8") == "lesons: [a]\n"
