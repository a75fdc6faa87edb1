"""What git makes doubtful, as `danvan status` and the working paper show it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from danvan_cli.tracking.git import Commit
from danvan_cli.tracking.history import Backdated, GitWarning, PeriodGitWarnings
from git_repository import Git

MARK = "đúng hạn (!)"


@pytest.fixture
def git(root: Path) -> Git:
    git = Git(root)
    git.commit("2026-01-05")
    return git


def danvan(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def status(folder: Path, *arguments: str) -> str:
    return danvan(folder, "status", "--as-of", "2026-06-20", *arguments)


def line_of(unit: str, text: str) -> str:
    return next(line for line in text.splitlines() if unit in line)


@pytest.fixture
def one_backdated(git: Git, file_report: ReportWriter) -> None:
    """Tin học's report says 29/5 and came on 08/6; Tổng hợp's is right."""
    file_report("tong-hop")
    git.commit("2026-05-29")
    file_report("tin-hoc")
    git.commit("2026-06-08")


@pytest.mark.usefixtures("one_backdated")
def test_status_marks_the_report_that_does_not_fit_and_says_where_to_look(root: Path) -> None:
    text = status(root)
    assert MARK in line_of("Trung tâm Tin học", text)
    assert MARK not in line_of("Phòng Tổng hợp", text)
    assert "(!) ngày gửi hoặc số liệu không khớp với lịch sử git" in text
    assert "danvan log --period h1" in text
    assert MARK in line_of("Trung tâm Tin học", status(root, "--format", "markdown"))


@pytest.mark.usefixtures("one_backdated")
def test_one_units_status_says_it_in_words(root: Path) -> None:
    words = "ghi gửi ngày 29/5/2026 nhưng đến 08/6/2026 mới có trong git (sau 10 ngày)"
    assert words in status(root, "--unit", "tin-hoc")
    assert words not in status(root, "--unit", "tong-hop")


@pytest.mark.usefixtures("one_backdated")
def test_what_git_did_not_know_on_the_day_is_not_marked(root: Path) -> None:
    assert "(!)" not in danvan(root, "status", "--as-of", "2026-06-07")


@pytest.mark.usefixtures("one_backdated")
def test_the_json_and_csv_that_programs_read_know_no_marks(root: Path) -> None:
    units = json.loads(status(root, "--format", "json"))["periods"][0]["units"]
    assert {each["state"] for each in units} == {"on_time", "overdue"}
    assert all("remarks" not in each for each in units)
    assert "(!)" not in status(root, "--format", "csv")


def test_a_folder_that_came_under_git_after_its_reports_is_told_in_one_line(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    for unit in ("tong-hop", "tiep-dan", "tin-hoc"):
        file_report(unit, text="submitted: 29/5/2026\nreceived: 29/5/2026\n")
    git.commit("2026-06-08")
    text = status(root)
    assert "(!)" not in text
    assert "cả 3 báo cáo đã gửi đều ghi vào git muộn hơn ngày gửi quá 3 ngày" in text


def test_a_figure_changed_after_issue_is_marked_even_among_reports_that_all_came_late(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    for unit in ("tong-hop", "tin-hoc"):
        file_report(unit, text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    office = root / "reports" / "2026" / "h1" / "_office.yaml"
    office.write_text("number: 57/BC-VP\nissued: 9/6/2026\n", encoding="utf-8")
    git.commit("2026-06-08")
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 5}\n")
    git.commit("2026-06-12")
    text = status(root)
    assert "cả 2 báo cáo" in text
    assert MARK in line_of("Trung tâm Tin học", text)
    assert MARK not in line_of("Phòng Tổng hợp", text)


@pytest.mark.usefixtures("one_backdated")
def test_the_working_paper_says_it_in_the_remark_of_the_unit(root: Path) -> None:
    paper = danvan(
        root, "report", "--period", "h1", "--internal", "--draft", "--as-of", "20/6/2026"
    )
    row = line_of("| Trung tâm Tin học |", paper)
    assert "ghi gửi ngày 29/5/2026 nhưng đến 08/6/2026 mới có trong git" in row
    assert "trong git" not in line_of("| Phòng Tổng hợp |", paper)


def test_what_all_units_share_is_looked_for_once_however_many_units() -> None:
    walks = 0

    class GitWarnings(dict[str, list[GitWarning]]):
        def values(self) -> Any:
            nonlocal walks
            walks += 1
            return super().values()

    late = Commit("c", "An", date(2026, 6, 20), date(2026, 6, 20))
    sent = date(2026, 5, 29)
    units = [f"xa-{number}" for number in range(50)]
    found = GitWarnings(
        {unit: [Backdated(period="h1", unit=unit, submitted=sent, first=late)] for unit in units}
    )
    git_warnings = PeriodGitWarnings(by_unit=found, sent=len(units))
    assert all(git_warnings.only_for_unit(unit) == [] for unit in units)
    assert walks == 1


def test_outside_a_repository_git_is_not_even_started(
    root: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tin-hoc")
    fake = root / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\ntouch "{root}/started"\n', encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent))
    assert "(!)" not in status(root)
    assert not (root / "started").exists()


def test_a_repository_that_git_cannot_read_leaves_status_as_it_is_without_one(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tin-hoc")
    without = status(root)
    (root / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    assert status(root) == without


def test_a_moved_workspace_is_marked_by_the_history_it_had_elsewhere(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop")
    git.commit("2026-05-29")
    (root / "Kế hoạch năm").mkdir()
    git("mv", "plan.yaml", "reports", "Kế hoạch năm")
    git.commit("2026-06-12")
    assert MARK not in status(root / "Kế hoạch năm")
    assert "git" not in status(root / "Kế hoạch năm")
