"""Who changed a figure and when it came, where branches were merged and clocks are wrong."""

import json
import random
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli import vietnamese
from danvan_cli.cli import app
from git_repository import Git, clone


@pytest.fixture
def git(root: Path) -> Git:
    """The workspace as a repository, whose report for h1 was issued on 4/6/2026."""
    git = Git(root)
    office = root / "reports" / "2026" / "h1" / "_office.yaml"
    office.parent.mkdir(parents=True)
    office.write_text("number: 57/BC-VP\nissued: 4/6/2026\n", encoding="utf-8")
    git.commit("2026-01-05")
    return git


@pytest.fixture
def report(file_report: ReportWriter, git: Git) -> ReportWriter:
    """Files Ban Tiếp công dân's report with two figures, far from each other in the file."""
    assert git

    def write(don: int, hoi_nghi: int = 1, *words: str) -> Path:
        lines = [
            "submitted: 29/5/2026",
            "received: 1/6/2026",
            "indicators:",
            f"  don: {don}",
            *["  # …"] * 5,
            f"  hoi-nghi: {hoi_nghi}",
            *words,
        ]
        return file_report("tiep-dan", text="\n".join(lines) + "\n")

    return write


def danvan(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def logged(folder: Path) -> Any:
    (found,) = json.loads(danvan(folder, "log", "--format", "json"))["reports"]
    return found


def changes(folder: Path) -> list[tuple[str, int | None, int | None, str, str]]:
    return [
        (one["indicator"], one["before"], one["after"], one["day"], one["author"])
        for one in logged(folder)["remarks"]
        if one["kind"] == "figure_changed"
    ]


def traced(folder: Path, indicator: str = "don") -> Any:
    said = danvan(folder, "trace", indicator, "--period", "h1", "--format", "json")
    (part,) = json.loads(said)["parts"]
    return part


def merge(git: Git, branch: str, day: str, *options: str) -> str:
    moment = f"{day}T12:00:00+07:00"
    git(
        *("merge", "--quiet", "--no-ff", "--no-edit", *options, branch),
        GIT_AUTHOR_NAME="Người Hợp Nhất",
        GIT_AUTHOR_DATE=moment,
        GIT_COMMITTER_DATE=moment,
    )
    return git("rev-parse", "HEAD").strip()


def test_a_clean_merge_accuses_nobody_of_undoing_the_other(
    root: Path, git: Git, report: ReportWriter
) -> None:
    report(58, 7)
    git.commit("2026-05-29")
    git("switch", "--quiet", "--create", "nhanh")
    report(75, 7)
    git.commit("2026-06-05", "B")
    git("switch", "--quiet", "main")
    report(58, 8)
    git.commit("2026-06-08", "A")
    merge(git, "nhanh", "2026-06-09")
    assert changes(root) == [
        ("hoi-nghi", 7, 8, "2026-06-08", "A"),
        ("don", 58, 75, "2026-06-09", "B"),
    ]
    words = danvan(root, "status", "--unit", "tiep-dan", "--as-of", "2026-06-20")
    assert "Hội nghị: đổi từ 7 thành 8 ngày 08/6/2026 (A)" in words
    assert "Đơn phải xử lý: đổi từ 58 thành 75 ngày 09/6/2026 (B, người ghi đề ngày 05/6" in words
    assert "từ 75 thành 58" not in words


def test_a_merge_that_only_puts_together_is_no_change_of_its_own(
    root: Path, git: Git, report: ReportWriter
) -> None:
    report(58, 7)
    git.commit("2026-05-29", "A")
    git("switch", "--quiet", "--create", "nhanh")
    report(75, 7)
    git.commit("2026-06-05", "B")
    git("switch", "--quiet", "main")
    report(58, 8)
    git.commit("2026-06-08", "A")
    merge(git, "nhanh", "2026-06-09")
    found = logged(root)
    assert (found["changes"], set(found["authors"])) == (3, {"A", "B"})


def test_a_merge_is_credited_with_what_it_alone_changed(
    root: Path, git: Git, report: ReportWriter
) -> None:
    report(58, 7)
    git.commit("2026-05-29", "A")
    git("switch", "--quiet", "--create", "nhanh")
    report(75, 7)
    git.commit("2026-06-02", "B")
    git("switch", "--quiet", "main")
    report(58, 8)
    git.commit("2026-06-03", "A")
    merge(git, "nhanh", "2026-06-09", "--no-commit")
    report(75, 9)
    merged = git.commit("2026-06-09", "Người Hợp Nhất")
    assert changes(root) == [
        ("don", 58, 75, "2026-06-09", "B"),
        ("hoi-nghi", 8, 9, "2026-06-09", "Người Hợp Nhất"),
    ]
    assert traced(root, "hoi-nghi")["commit"] == merged
    assert traced(root, "don")["author"] == "B"


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_figure_of_either_side_of_a_conflict_is_committed(
    root: Path, git: Git, report: ReportWriter, side: str
) -> None:
    report(1)
    git.commit("2026-05-29")
    git("switch", "--quiet", "--create", "nhanh")
    report(2)
    theirs = git.commit("2026-06-01", "B")
    git("switch", "--quiet", "main")
    report(3)
    ours = git.commit("2026-06-02", "A")
    merge(git, "nhanh", "2026-06-03", f"--strategy-option={side}")
    part = traced(root)
    assert (part["origin"], part["commit"]) == ("committed", ours if side == "ours" else theirs)
    assert not logged(root)["uncommitted"]
    assert changes(root) == []


def test_what_was_written_before_issue_and_merged_after_it_is_mentioned(
    root: Path, git: Git, report: ReportWriter
) -> None:
    report(1)
    git.commit("2026-05-29")
    git("switch", "--quiet", "--create", "nhanh")
    report(2)
    commit = git.commit("2026-06-01", "B")
    git("switch", "--quiet", "main")
    merge(git, "nhanh", "2026-06-10")
    assert changes(root) == [("don", 1, 2, "2026-06-10", "B")]
    last = {"commit": commit, "day": "2026-06-10", "author_day": "2026-06-01", "author": "B"}
    assert logged(root)["last"] == last
    assert "29/5/2026    10/6/2026 (ghi 01/6/2026)" in danvan(root, "log")
    words = danvan(root, "trace", "don", "--period", "h1")
    assert f"{commit[:7]} 10/6/2026 B (người ghi đề ngày 01/6/2026)\n" in words


def test_a_report_came_on_the_day_of_its_merge_whatever_its_authors_clock_says(
    root: Path, git: Git, report: ReportWriter
) -> None:
    git("switch", "--quiet", "--create", "nhanh")
    report(1)
    git.commit("2026-05-29", "B")
    git("switch", "--quiet", "main")
    merge(git, "nhanh", "2026-06-10")
    found = logged(root)
    assert (found["first"]["day"], found["first"]["author_day"]) == ("2026-06-10", "2026-05-29")
    assert [remark["message"] for remark in found["remarks"]] == [
        "ghi gửi ngày 29/5/2026 nhưng đến 10/6/2026 mới có trong git "
        "(sau 12 ngày; người ghi đề ngày 29/5/2026)"
    ]


def test_a_branch_merged_into_a_branch_came_with_the_merge_into_the_main_line(
    root: Path, git: Git, report: ReportWriter
) -> None:
    git("switch", "--quiet", "--create", "nhanh")
    git("switch", "--quiet", "--create", "nhanh-con")
    report(1)
    git.commit("2026-05-29")
    git("switch", "--quiet", "nhanh")
    merge(git, "nhanh-con", "2026-05-30")
    git("switch", "--quiet", "main")
    merge(git, "nhanh", "2026-06-01")
    merge(git, "nhanh-con", "2026-06-20", "--strategy=ours", "--allow-unrelated-histories")
    assert logged(root)["first"]["day"] == "2026-06-01"


def test_an_authors_clock_that_was_set_back_changes_no_day(
    root: Path, git: Git, report: ReportWriter
) -> None:
    report(1)
    git.commit("2026-05-29")
    report(2)
    git("add", "--all")
    git(
        *("commit", "--quiet", "--message=sửa"),
        GIT_AUTHOR_DATE="2026-05-30T12:00:00+07:00",
        GIT_COMMITTER_DATE="2026-06-10T12:00:00+07:00",
    )
    assert [change[:4] for change in changes(root)] == [("don", 1, 2, "2026-06-10")]


@pytest.mark.parametrize("clock", ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"])
def test_a_day_that_has_not_come_is_pointed_out(
    root: Path, git: Git, report: ReportWriter, clock: str
) -> None:
    today = vietnamese.today()
    future = today + timedelta(days=2)
    report(1)
    git("add", "--all")
    now = {"GIT_AUTHOR_DATE": f"{today}T00:00:00+07:00"}
    now["GIT_COMMITTER_DATE"] = now["GIT_AUTHOR_DATE"]
    git("commit", "--quiet", "--message=báo cáo", **(now | {clock: f"{future}T12:00:00+07:00"}))
    commit = git("rev-parse", "HEAD").strip()
    (found,) = (each for each in logged(root)["remarks"] if each["kind"] == "future_dated")
    assert found["commit"] == commit
    words = (
        f"lần ghi {commit[:7]} của Nguyễn Văn An đề ngày {vietnamese.short_day(future)}, sau hôm "
        f"nay ({vietnamese.short_day(today)}): đồng hồ máy đã ghi chạy sai, hoặc ngày bị đổi"
    )
    assert found["message"] == words
    assert f"Ban Tiếp công dân: {words}.\n" in danvan(root, "log")
    assert words in danvan(root, "status", "--unit", "tiep-dan", "--as-of", "2026-06-20")
    table = danvan(root, "status", "--as-of", "2026-06-20")
    assert "(!)" in next(line for line in table.splitlines() if "Ban Tiếp công dân" in line)


def test_a_figure_deleted_and_written_anew_after_issue_is_mentioned(
    root: Path, git: Git, report: ReportWriter
) -> None:
    report(1)
    git.commit("2026-05-29")
    report(1).unlink()
    git.commit("2026-06-08", "A")
    report(5)
    git.commit("2026-06-09", "B")
    assert changes(root) == [("don", 1, 5, "2026-06-09", "B")]


def test_a_report_made_anew_on_a_branch_and_merged_over_the_issued_one_is_mentioned(
    root: Path, git: Git, report: ReportWriter
) -> None:
    git("branch", "nhanh")
    report(1)
    git.commit("2026-05-29", "A")
    git("switch", "--quiet", "nhanh")
    report(5)
    git.commit("2026-05-30", "B")
    git("switch", "--quiet", "main")
    merge(git, "nhanh", "2026-06-09", "--strategy-option=theirs")
    assert changes(root) == [("don", 1, 5, "2026-06-09", "B")]
    assert logged(root)["first"]["author"] == "A"


def test_a_committed_figure_stays_committed_where_old_content_is_missing(
    root: Path, git: Git, report: ReportWriter
) -> None:
    for figure, day in ((1, "2026-05-29"), (2, "2026-06-01"), (3, "2026-06-08")):
        path = report(figure)
        git.commit(day)
    for version in ("HEAD", "HEAD~"):
        blob = git("rev-parse", f"{version}:{path.relative_to(root).as_posix()}").strip()
        (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    part = traced(root)
    assert (part["value"], part["origin"]) == (3, "older")
    assert "ghi vào git chậm nhất 08/6/2026" in danvan(root, "trace", "don", "--period", "h1")
    (remark,) = logged(root)["remarks"]
    assert (remark["kind"], remark["versions"]) == ("not_compared", 1)


def test_a_shallow_merge_does_not_guess(
    tmp_path: Path, root: Path, git: Git, report: ReportWriter
) -> None:
    report(1)
    git.commit("2026-05-29")
    git("switch", "--quiet", "--create", "nhanh")
    report(2)
    git.commit("2026-06-01")
    git("switch", "--quiet", "main")
    merge(git, "nhanh", "2026-06-03")
    copy = tmp_path / "nong"
    clone(root, copy, "--depth=1")
    assert traced(copy)["origin"] == "older"
    assert changes(copy) == []


@pytest.mark.parametrize("seed", range(6))
def test_in_any_history_a_figure_that_differs_from_the_issued_one_is_mentioned(
    root: Path, git: Git, report: ReportWriter, seed: int
) -> None:
    """Two branches that change, drop and merge at random; the issue in the middle."""
    choose = random.Random(seed)
    report(0, 0)
    git.commit("2026-05-29")
    git("branch", "nhanh")
    issued = {"don": 0, "hoi-nghi": 0}
    for step in range(8):
        day = f"2026-06-{step + 1:02}"
        branch = choose.choice(["main", "nhanh"])
        git("switch", "--quiet", branch)
        if choose.random() < 0.4:
            side = choose.choice(["ours", "theirs"])
            other = "nhanh" if branch == "main" else "main"
            merge(git, other, day, f"--strategy-option={side}")
        else:
            report(choose.randrange(3), choose.randrange(3), f"leadership: lần {step}")
            git.commit(day, f"Người {step}")
        git("switch", "--quiet", "main")
        if step == 3:
            issued = {name: traced(root, name)["value"] for name in issued}
    now = {name: traced(root, name)["value"] for name in issued}
    found = changes(root)
    assert {name for name in now if now[name] != issued[name]} <= {change[0] for change in found}
    assert all(before != after for _, before, after, *_ in found)
    assert all(day > "2026-06-04" for *_, day, _ in found)


def test_files_are_as_committed_whatever_line_ends_git_gave_them(
    root: Path, git: Git, report: ReportWriter
) -> None:
    path = report(1)
    git.commit("2026-05-29")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not logged(root)["uncommitted"]
    path.write_bytes(path.read_bytes().replace(b"don: 1", b"don: 2"))
    assert logged(root)["uncommitted"]


def test_a_repository_with_sha256_names_is_read_as_well(
    root: Path, file_report: ReportWriter
) -> None:
    git = Git(root)
    shutil.rmtree(root / ".git")
    git("init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    file_report("tiep-dan", text="submitted: 29/5/2026\nindicators: {don: 1}\n")
    commit = git.commit("2026-05-29")
    assert not logged(root)["uncommitted"]
    assert traced(root)["commit"] == commit


def test_a_report_that_is_a_link_is_as_committed_while_it_leads_to_the_same_place(
    root: Path, git: Git, report: ReportWriter
) -> None:
    path = report(1)
    held = path.rename(root / "ban-goc.yaml")
    path.symlink_to("../../../ban-goc.yaml")
    git.commit("2026-05-29")
    assert not logged(root)["uncommitted"]
    path.unlink()
    shutil.copy(held, path)
    assert logged(root)["uncommitted"]
