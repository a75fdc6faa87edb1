"""`danvan log`: what git says of the reports, over real repositories."""

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter, plan_from
from danvan_cli.cli import app
from danvan_cli.files import workspace
from danvan_cli.files.readings import ReportFile
from danvan_cli.tracking import history
from danvan_cli.tracking.git import Commit, Version
from danvan_cli.tracking.history import ReportHistory
from git_repository import Git, clone


@pytest.fixture
def git(root: Path) -> Git:
    """The workspace as a repository; its plan is committed."""
    git = Git(root)
    git.commit("2026-01-05")
    return git


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def log(folder: Path, *arguments: str) -> Any:
    result = danvan(folder, "log", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def only_report(folder: Path) -> Any:
    reports = log(folder)["reports"]
    assert len(reports) == 1
    return reports[0]


def remarks(folder: Path) -> list[tuple[str, str]]:
    return [
        (report["unit"], remark["message"])
        for report in log(folder)["reports"]
        for remark in report["remarks"]
    ]


def commit_record(commit: str, day: str, author: str) -> dict[str, str]:
    """Of a commit that reached the history on the day that its author gave it."""
    return {"commit": commit, "day": day, "author_day": day, "author": author}


def issue(root: Path, day: str, period: str = "h1") -> None:
    path = root / "reports" / "2026" / period / "_office.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"number: 57/BC-VP\nissued: {day}\n", encoding="utf-8")


def test_a_report_has_its_first_and_last_day_its_authors_and_number_of_changes(
    root: Path, git: Git, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    file_report("tong-hop", text="submitted: 29/5/2026\n")
    first = git.commit("2026-05-29", "Trần Thị Bình")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    git.commit("2026-05-30", "Lê Cường")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    last = git.commit("2026-06-01", "Trần Thị Bình")
    assert only_report(root) == {
        "period": "h1",
        "unit": "tong-hop",
        "file": "reports/2026/h1/tong-hop.yaml",
        "submitted": "2026-05-29",
        "first": commit_record(first, "2026-05-29", "Trần Thị Bình"),
        "last": commit_record(last, "2026-06-01", "Trần Thị Bình"),
        "changes": 3,
        "authors": ["Trần Thị Bình", "Lê Cường"],
        "uncommitted": False,
        "remarks": [],
    }
    text = danvan(root, "log").stdout
    assert "BÁO CÁO 6 THÁNG ĐẦU NĂM" in text
    row = r"Phòng Tổng hợp +29/5/2026 +29/5/2026 +01/6/2026 +3  Trần Thị Bình và Lê Cường\n"
    assert re.search(row, text)
    assert "Cần xem lại" not in text


def test_a_commit_counts_for_the_day_it_was_in_viet_nam(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop")
    git("add", "--all")
    moment = "2026-05-31T18:30:00+00:00"
    git(
        "commit",
        "--quiet",
        "--message=đêm",
        GIT_AUTHOR_DATE=moment,
        GIT_COMMITTER_DATE=moment,
    )
    assert only_report(root)["first"]["day"] == "2026-06-01"


@pytest.mark.parametrize(("day", "is_backdated"), [("2026-06-01", False), ("2026-06-02", True)])
def test_a_report_dated_more_than_3_days_before_git_had_it_is_pointed_out(
    root: Path, git: Git, file_report: ReportWriter, day: str, is_backdated: bool
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\n")
    git.commit(day)
    found = only_report(root)["remarks"]
    assert bool(found) == is_backdated
    if is_backdated:
        message = "ghi gửi ngày 29/5/2026 nhưng đến 02/6/2026 mới có trong git (sau 4 ngày)"
        assert found == [{"kind": "backdated", "days": 4, "message": message}]
        text = danvan(root, "log").stdout
        assert f"Cần xem lại:\n  Phòng Tổng hợp: {message}.\n" in text


def test_a_report_redated_later_is_pointed_out_too(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 10/6/2026\n")
    git.commit("2026-06-10")
    file_report("tong-hop", text="submitted: 1/6/2026\n")
    git.commit("2026-06-11")
    assert [remark["days"] for remark in only_report(root)["remarks"]] == [9]


def test_a_backdated_report_is_pointed_out_even_if_it_cannot_be_understood(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nlessons: [\n")
    git.commit("2026-06-20")
    found = only_report(root)
    assert found["submitted"] == "2026-05-29"
    assert [remark["days"] for remark in found["remarks"]] == [22]


def test_a_draft_is_not_backdated(root: Path, git: Git, file_report: ReportWriter) -> None:
    file_report("tong-hop", text="leadership: đang viết\n")
    git.commit("2026-06-20")
    assert only_report(root)["remarks"] == []


def test_a_figure_changed_after_issue_is_pointed_out(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    issue(root, "4/6/2026")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    git.commit("2026-05-29")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 4}\n")
    git.commit("2026-06-04")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1500}\n")
    commit = git.commit("2026-06-08", "Lê Cường")
    message = (
        "Hội nghị: đổi từ 4 thành 1.500 ngày 08/6/2026 (Lê Cường), "
        "sau khi báo cáo tổng hợp ban hành ngày 04/6/2026"
    )
    assert only_report(root)["remarks"] == [
        {
            "kind": "figure_changed",
            "indicator": "hoi-nghi",
            "before": 4,
            "after": 1500,
            "issued": "2026-06-04",
            **commit_record(commit, "2026-06-08", "Lê Cường"),
            "message": message,
        }
    ]
    assert f"  Phòng Tổng hợp: {message}.\n" in danvan(root, "log").stdout


def test_a_figure_changed_after_issue_and_not_committed_is_pointed_out(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    issue(root, "4/6/2026")
    file_report("tiep-dan", text="submitted: 29/5/2026\nindicators: {don: 3, don-xong: 2}\n")
    git.commit("2026-05-29")
    file_report("tiep-dan", text="submitted: 29/5/2026\nindicators: {don: 3}\n")
    assert remarks(root) == [
        (
            "tiep-dan",
            "Đơn đã xử lý: đổi từ 2 thành để trống (chưa ghi vào git), "
            "sau khi báo cáo tổng hợp ban hành ngày 04/6/2026",
        )
    ]


def test_other_words_and_another_order_after_issue_are_no_changed_figure(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    issue(root, "4/6/2026")
    file_report("tiep-dan", text="submitted: 29/5/2026\nindicators: {don: 3, don-xong: 2}\n")
    git.commit("2026-05-29")
    file_report(
        "tiep-dan",
        text="submitted: 29/5/2026\nleadership: viết lại\nindicators:\n  don-xong: 02\n  don: 3\n",
    )
    git.commit("2026-06-20")
    assert remarks(root) == []


def test_a_report_that_came_after_issue_has_changed_no_figure(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    issue(root, "4/6/2026")
    git.commit("2026-06-04")
    file_report("tong-hop", text="submitted: 8/6/2026\nindicators: {hoi-nghi: 4}\n")
    git.commit("2026-06-08")
    assert remarks(root) == []


def test_a_period_not_issued_may_still_change(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    issue(root, "4/6/2026", period="annual")
    for figure, day in ((3, "2026-05-29"), (4, "2026-06-20")):
        file_report("tong-hop", text=f"submitted: 29/5/2026\nindicators: {{hoi-nghi: {figure}}}\n")
        git.commit(day)
    assert remarks(root) == []


def test_a_version_that_was_no_yaml_is_passed_over(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    issue(root, "4/6/2026")
    for text, day in (
        ("indicators: {hoi-nghi: 3}\n", "2026-05-29"),
        ("indicators: {hoi-nghi: [\n", "2026-06-08"),
        ("indicators: {hoi-nghi: 5}\n", "2026-06-09"),
    ):
        file_report("tong-hop", text=f"submitted: 29/5/2026\n{text}")
        git.commit(day)
    (found,) = only_report(root)["remarks"]
    assert (found["before"], found["after"], found["day"]) == (3, 5, "2026-06-09")


def test_what_was_not_known_yet_on_a_day_is_not_remarked_on(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\n")
    git.commit("2026-06-08")
    known = history.read(workspace.load(root), plan_from(PLAN), date(2026, 7, 1))
    assert known.git_warnings_of("h1", "tong-hop", date(2026, 6, 7)) == []
    assert len(known.git_warnings_of("h1", "tong-hop", date(2026, 6, 8))) == 1
    assert known.git_warnings_of("annual", "tong-hop") == []


def test_a_renamed_report_keeps_its_history(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    path = file_report("tong-hop", text="submitted: 29/5/2026\nleadership: đã họp\n")
    first = git.commit("2026-05-29", "Trần Thị Bình")
    git("mv", str(path), str(path.with_suffix(".yml")))
    git.commit("2026-06-10")
    found = only_report(root)
    assert found["file"].endswith("tong-hop.yml")
    assert (found["first"]["commit"], found["changes"]) == (first, 2)
    assert found["remarks"] == []


def test_a_rename_that_is_not_committed_yet_keeps_the_history(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    path = file_report("tong-hop")
    first = git.commit("2026-05-29")
    git("mv", str(path), str(path.with_suffix(".yml")))
    found = only_report(root)
    assert (found["first"]["commit"], found["uncommitted"]) == (first, True)


def test_a_new_report_under_the_name_of_a_renamed_one_has_its_own_history(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    path = file_report("tong-hop", text="submitted: 29/5/2026\nleadership: của Tổng hợp\n")
    first = git.commit("2026-05-29")
    path.write_text(path.read_text("utf-8").replace("unit: tong-hop", "unit: tin-hoc"), "utf-8")
    git("mv", str(path), str(path.with_stem("tin-hoc")))
    git.commit("2026-05-30")
    file_report("tong-hop", text="submitted: 31/5/2026\nstrengths: [khác, hẳn, tệp, cũ]\n")
    second = git.commit("2026-05-31")
    by_unit = {report["unit"]: report for report in log(root)["reports"]}
    assert by_unit["tin-hoc"]["first"]["commit"] == first
    assert by_unit["tong-hop"]["first"]["commit"] == second
    assert (by_unit["tin-hoc"]["changes"], by_unit["tong-hop"]["changes"]) == (2, 1)


def test_a_report_renamed_to_where_another_was_does_not_take_over_its_history(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    gone = file_report("tin-hoc", text="lessons: [sáu, bảy, tám, chín, mười]\n")
    git.commit("2026-03-01", "Trần Thị Bình")
    gone.unlink()
    git.commit("2026-03-02", "Trần Thị Bình")
    path = file_report("tong-hop", text="strengths: [một, hai, ba, bốn, năm]\n")
    first = git.commit("2026-05-29")
    git("mv", str(path), str(gone))
    git.commit("2026-05-30")
    found = only_report(root)
    assert (found["first"]["commit"], found["changes"]) == (first, 2)
    assert found["authors"] == ["Nguyễn Văn An"]


def test_a_workspace_moved_within_its_repository_keeps_its_history(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop")
    first = git.commit("2026-05-29")
    (root / "Kế hoạch năm").mkdir()
    git("mv", "plan.yaml", "reports", "Kế hoạch năm")
    git.commit("2026-07-20")
    found = only_report(root / "Kế hoạch năm")
    assert found["first"]["commit"] == first
    assert found["remarks"] == []


def test_a_workspace_below_the_top_of_its_repository_sees_its_own_files_only(
    tmp_path: Path,
) -> None:
    git = Git(tmp_path)
    for name, day in (("Dân vận", "2026-05-29"), ("Dân vận khác", "2026-05-30")):
        folder = tmp_path / "Công việc" / name / "reports" / "2026" / "h1"
        folder.mkdir(parents=True)
        (folder.parents[2] / "plan.yaml").write_text(PLAN, encoding="utf-8")
        text = "unit: tong-hop\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\n"
        (folder / "tong-hop.yaml").write_text(text, encoding="utf-8")
        git.commit(day)
    days = [
        only_report(tmp_path / "Công việc" / name)["first"]["day"]
        for name in ("Dân vận", "Dân vận khác")
    ]
    assert days == ["2026-05-29", "2026-05-30"]


def test_a_shallow_clone_says_so_and_does_not_guess(
    tmp_path: Path, root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\n")
    git.commit("2026-05-29")
    (root / "ghi-chu.txt").write_text("không liên quan", encoding="utf-8")
    git.commit("2026-06-20")
    file_report("tin-hoc", text="submitted: 1/6/2026\n")
    file_report("tong-hop", text="submitted: 29/5/2026\nleadership: thêm\n")
    last = git.commit("2026-06-21", "Lê Cường")
    clone(root, tmp_path / "nong", "--depth=2")
    found = log(tmp_path / "nong")
    assert found["git"] == {"problem": None, "shallow": True}
    by_unit = {report["unit"]: report for report in found["reports"]}
    assert by_unit["tong-hop"]["first"] is None
    assert by_unit["tong-hop"]["last"]["commit"] == last
    assert by_unit["tong-hop"]["changes"] == 1
    assert by_unit["tong-hop"]["remarks"] == []
    assert by_unit["tin-hoc"]["first"]["commit"] == last
    assert [remark["kind"] for remark in by_unit["tin-hoc"]["remarks"]] == ["backdated"]
    text = danvan(tmp_path / "nong", "log").stdout
    assert "chỉ có phần cuối của lịch sử" in text
    assert "chậm nhất 20/6/2026" in text


def test_a_changed_figure_is_seen_in_a_shallow_clone(
    tmp_path: Path, root: Path, git: Git, file_report: ReportWriter
) -> None:
    issue(root, "4/6/2026")
    for figure, day in ((1, "2026-05-28"), (3, "2026-05-29"), (4, "2026-06-08")):
        file_report("tong-hop", text=f"submitted: 29/5/2026\nindicators: {{hoi-nghi: {figure}}}\n")
        git.commit(day)
    clone(root, tmp_path / "nong", "--depth=2")
    (found,) = only_report(tmp_path / "nong")["remarks"]
    assert (found["before"], found["after"]) == (3, 4)
    clone(root, tmp_path / "rat-nong", "--depth=1")
    assert only_report(tmp_path / "rat-nong")["remarks"] == []


def test_files_that_are_not_committed_are_shown_as_such(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 1/3/2026\n")
    file_report("tin-hoc")
    git("add", "--all")
    assert {(each["unit"], each["uncommitted"]) for each in log(root)["reports"]} == {
        ("tong-hop", True),
        ("tin-hoc", True),
    }
    assert remarks(root) == []
    assert danvan(root, "log").stdout.count("chưa ghi vào git") == 2
    git.commit("2026-03-01")
    assert not any(each["uncommitted"] for each in log(root)["reports"])
    file_report("tong-hop", text="submitted: 1/3/2026\nleadership: thêm\n")
    assert [each["uncommitted"] for each in log(root)["reports"]] == [True, False]


def test_a_report_that_git_is_told_to_ignore_is_not_committed(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    (root / ".gitignore").write_text("reports/\n", encoding="utf-8")
    git.commit("2026-05-20")
    file_report("tong-hop")
    assert only_report(root)["uncommitted"] is True


def test_a_repository_without_a_commit_has_nothing_yet(
    root: Path, file_report: ReportWriter
) -> None:
    Git(root)
    file_report("tong-hop")
    found = log(root)
    assert found["git"]["problem"] is None
    assert (found["reports"][0]["first"], found["reports"][0]["uncommitted"]) == (None, True)


def test_a_folder_that_is_no_repository_says_so(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop")
    found = log(root)
    assert found["git"]["problem"] == "thư mục này chưa được quản lý bằng git"
    assert found["reports"][0]["uncommitted"] is False
    assert found["reports"][0]["submitted"] == "2026-05-29"
    text = danvan(root, "log").stdout
    assert "Không có lịch sử: thư mục này chưa được quản lý bằng git\n" in text
    assert "Phòng Tổng hợp" in text


def test_a_machine_without_git_says_so(
    root: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tong-hop")
    monkeypatch.setenv("PATH", str(root))
    assert log(root)["git"]["problem"] == "máy này chưa cài git"


def test_another_accounts_repository_says_what_to_do(
    root: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tong-hop")
    (root / ".git").mkdir()
    fake = root / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        "#!/bin/sh\n"
        "echo \"fatal: detected dubious ownership in repository at '/x'\" >&2\n"
        "echo 'To add an exception for this directory, call:' >&2\n"
        "echo >&2\n"
        "echo '	git config --global --add safe.directory /x' >&2\n"
        "exit 128\n",
        encoding="utf-8",
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent))
    assert log(root)["git"]["problem"].endswith("git config --global --add safe.directory /x")


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ('Bùi "Bốn" O\'Hara, đơn vị: 1 | 2', 'Bùi "Bốn" O\'Hara, đơn vị: 1 | 2'),
        ("Lê :100644 100644 M", "Lê :100644 100644 M"),
        ("\x1b[31mĐỏ\x1b[0m\u202eôgn", "[31mĐỏ [0m ôgn"),
        ("Đoàn 🙂 [bold]đậm[/bold]", "Đoàn 🙂 [bold]đậm[/bold]"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
    ],
)
def test_an_authors_name_is_shown_as_it_is_but_cannot_steer_a_terminal(
    root: Path, git: Git, file_report: ReportWriter, author: str, shown: str
) -> None:
    file_report("tong-hop")
    git.commit("2026-05-29", author)
    assert only_report(root)["first"]["author"] == shown
    assert shown in danvan(root, "log").stdout


def test_a_mailmap_is_ignored(root: Path, git: Git, file_report: ReportWriter) -> None:
    (root / ".mailmap").write_text("Người Khác <an@example.com>\n", encoding="utf-8")
    git("config", "log.mailmap", "true")
    file_report("tong-hop")
    git.commit("2026-05-29", "Nguyễn Văn An")
    assert only_report(root)["authors"] == ["Nguyễn Văn An"]


SETTINGS = {
    "log.showRoot": "false",
    "diff.renames": "false",
    "status.renames": "false",
    "diff.relative": "true",
    "diff.renameLimit": "1",
    "diff.mnemonicPrefix": "true",
    "color.ui": "always",
    "core.quotePath": "true",
    "status.relativePaths": "true",
    "status.showUntrackedFiles": "no",
    "status.short": "true",
    "log.follow": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "format.pretty": "oneline",
    "i18n.logOutputEncoding": "ISO-8859-1",
}


def test_a_persons_git_settings_change_nothing(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    path = file_report("tong-hop")
    git("add", "--all")
    git("commit", "--quiet", "--amend", "--message=một", "--date=2026-05-28T12:00:00+07:00")
    git("mv", str(path), str(path.with_suffix(".yml")))
    git.commit("2026-05-29", "Đỗ Ước")
    file_report("tin-hoc")
    before = log(root)
    for name, value in SETTINGS.items():
        git("config", name, value)
    assert log(root) == before
    assert [each["changes"] for each in before["reports"]] == [2, 0]


def test_inside_a_git_hook_the_workspaces_own_repository_is_asked(
    root: Path, git: Git, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tong-hop")
    git.commit("2026-05-29")
    monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert only_report(root)["changes"] == 1


def test_changes_on_a_branch_and_in_its_merge_are_counted(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nlessons: [một]\n")
    git.commit("2026-05-29")
    git("switch", "--quiet", "--create", "nhanh")
    file_report("tong-hop", text="submitted: 29/5/2026\nlessons: [hai]\n")
    git.commit("2026-05-30", "Trần Thị Bình")
    git("switch", "--quiet", "main")
    file_report("tong-hop", text="submitted: 29/5/2026\nlessons: [ba]\n")
    git.commit("2026-05-31", "Lê Cường")
    git("merge", "--quiet", "--strategy=ours", "--no-commit", "nhanh")
    file_report("tong-hop", text="submitted: 29/5/2026\nlessons: [hai, ba]\n")
    git.commit("2026-06-01", "Nguyễn Văn An")
    found = only_report(root)
    assert found["changes"] == 4
    assert set(found["authors"]) == {"Nguyễn Văn An", "Lê Cường", "Trần Thị Bình"}
    assert found["last"]["day"] == "2026-06-01"


def test_git_is_asked_for_the_log_twice_however_many_reports(
    root: Path, git: Git, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(root, "4/6/2026")
    for day in ("2026-05-29", "2026-06-08"):
        for unit in ("tong-hop", "tiep-dan", "tin-hoc"):
            file_report(unit, text=f"submitted: 29/5/2026\nleadership: {day}\n")
            git.commit(day)
    real = shutil.which("git")
    fake = root / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{root}/calls"\nexec "{real}" "$@"\n',
        encoding="utf-8",
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    assert len(log(root)["reports"]) == 3
    calls = (root / "calls").read_text(encoding="utf-8").splitlines()
    assert sum(" log " in call for call in calls) == 2
    assert len(calls) == 6


def test_one_period_and_one_unit_can_be_picked(
    root: Path, git: Git, file_report: ReportWriter
) -> None:
    for unit in ("tin-hoc", "tong-hop"):
        for period in ("annual", "h1"):
            file_report(unit, period)
    git.commit("2026-05-29")

    def picked(*arguments: str) -> list[tuple[str, str]]:
        return [(each["period"], each["unit"]) for each in log(root, *arguments)["reports"]]

    assert picked() == [
        ("h1", "tong-hop"),
        ("h1", "tin-hoc"),
        ("annual", "tong-hop"),
        ("annual", "tin-hoc"),
    ]
    assert picked("--period", "h1") == [("h1", "tong-hop"), ("h1", "tin-hoc")]
    assert picked("--unit", "tin-hoc") == [("h1", "tin-hoc"), ("annual", "tin-hoc")]
    assert picked("--unit", "tiep-dan") == []
    assert "Không có báo cáo nào." in danvan(root, "log", "--unit", "tiep-dan").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--unit", "tong-hopp"], "ý bạn là “tong-hop”?"), (["--period", "h2"], "“h2”")],
)
def test_an_unknown_unit_or_period_is_told(root: Path, arguments: list[str], words: str) -> None:
    result = danvan(root, "log", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def report_history(figures: list[int | None], now: int | None) -> ReportHistory:
    """A report of which each version, oldest first, held this figure; committed day by day."""
    days = [date(2026, 6, 1 + place) for place, _ in enumerate(figures)]
    versions = [
        Version(
            Commit(f"c{place}", "An", day, day),
            f"b{place}",
            (f"b{place - 1}" if place else None,),
        )
        for place, day in enumerate(days)
    ]
    text = "" if now is None else f"indicators: {{hoi-nghi: {now}}}"
    return ReportHistory(
        period="h1",
        unit="tong-hop",
        file=ReportFile(Path("x.yaml"), text=text, unit="tong-hop", period="h1"),
        versions=versions[::-1],
        uncommitted=figures[-1] != now,
        last_blob=f"b{len(figures) - 1}",
    )


def contents(figures: list[int | None]) -> history.Contents:
    return {
        f"b{place}": {} if figure is None else {"indicators": {"hoi-nghi": figure}}
        for place, figure in enumerate(figures)
    }.get


PARSED_PLAN = plan_from(PLAN)
few_figures = st.none() | st.integers(0, 3)


@given(st.lists(few_figures, min_size=1, max_size=12), few_figures)
def test_a_figure_comes_from_the_last_commit_that_changed_it(
    figures: list[int | None], now: int | None
) -> None:
    found = history.origin(
        report_history(figures, now), ("indicators", "hoi-nghi"), contents(figures)
    )
    if figures[-1] != now:
        assert (found.state, found.commit) == ("uncommitted", None)
        return
    changed = [
        place for place, figure in enumerate(figures) if place and figure != figures[place - 1]
    ]
    assert found.state == "committed"
    assert found.commit is not None
    assert found.commit.id == f"c{(changed or [0])[-1]}"


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 3), st.integers(1, 14))
def test_changes_since_issue_lead_from_the_figure_then_to_the_figure_now(
    figures: list[int], now: int, issued: int
) -> None:
    issue_day = date(2026, 6, issued)
    given: list[int | None] = [*figures]
    found = list(
        history.figure_changes(
            PARSED_PLAN, [report_history(given, now)], {"h1": issue_day}, contents(given)
        )
    )
    then = figures[min(issued, len(figures)) - 1]
    assert then + sum(each.after.figure - each.before.figure for each in found) == now
    assert all(each.before != each.after for each in found)
    assert all(each.commit is None or each.commit.day > issue_day for each in found)
