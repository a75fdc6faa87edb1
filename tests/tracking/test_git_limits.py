"""However large a history is, git is asked for little of it, and what is left out is said."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter
from danvan_cli.cli import app
from danvan_cli.files.decoding import MAX_BYTES
from danvan_cli.tracking import git_process, history
from git_repository import Git

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="git is wrapped in a shell script")


def danvan(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def trace(folder: Path) -> str:
    return danvan(folder, "trace", "hoi-nghi", "--period", "h1")


@pytest.fixture
def wrapped(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Path]:
    """git, noting the names of the blobs whose size, and whose content, it is asked for."""
    folder = tmp_path_factory.mktemp("wrapped")
    script = f"""#!/bin/sh
for last; do :; done
note() {{ while read -r name; do echo "$name" >> "{folder}/asked$last"; echo "$name"; done; }}
case "$last" in
  --batch|--batch-check) note | "{shutil.which("git")}" "$@" ;;
  *) exec "{shutil.which("git")}" "$@" ;;
esac
"""
    (folder / "git").write_text(script, encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return {"sizes": folder / "asked--batch-check", "contents": folder / "asked--batch"}


def asked(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split() if file.exists() else []


def issue(root: Path) -> None:
    office = root / "reports" / "2026" / "h1" / "_office.yaml"
    office.parent.mkdir(parents=True)
    office.write_text("number: 57/BC-VP\nissued: 4/6/2026\n", encoding="utf-8")


def test_a_version_that_no_report_can_be_is_not_read(
    root: Path, file_report: ReportWriter, wrapped: dict[str, Path]
) -> None:
    git = Git(root)
    issue(root)
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    git.commit("2026-05-29")
    path = file_report("tong-hop", text="# " + "a" * MAX_BYTES + "\n")
    git.commit("2026-06-08")
    large = git("hash-object", str(path)).strip()
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 5}\n")
    commit = git.commit("2026-06-09")
    assert f"{commit[:7]} 09/6/2026" in trace(root)
    assert "đổi từ 3 thành 5 ngày 09/6/2026" in danvan(root, "log")
    assert large in asked(wrapped["sizes"])
    assert large not in asked(wrapped["contents"])
    assert len(asked(wrapped["contents"])) == 2


def test_two_versions_that_no_report_can_be_are_not_held_against_each_other(
    root: Path, file_report: ReportWriter, wrapped: dict[str, Path]
) -> None:
    git = Git(root)
    path = file_report("tong-hop", text="# " + "a" * MAX_BYTES + "\n")
    git.commit("2026-05-29")
    path.rename(path.with_stem("tin-hoc")).write_text("# " + "a" * MAX_BYTES + "b", "utf-8")
    git.commit("2026-05-30")
    danvan(root, "log")
    assert asked(wrapped["contents"]) == []


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose one report has 1,200 versions since its issue, all with one figure."""
    root = tmp_path_factory.mktemp("long")
    (root / "plan.yaml").write_text(PLAN, encoding="utf-8")
    git = Git(root)
    issue(root)
    path = "reports/2026/h1/tong-hop.yaml"
    commits = b"".join(_commit(path, number) for number in range(1_200))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=commits, check=True)
    git("checkout", "--quiet", "main", "--", "reports")
    return root


def _commit(path: str, number: int) -> bytes:
    text = (
        f"unit: tong-hop\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\nleadership: lần {number}\n"
    )
    content = f"{text}indicators: {{hoi-nghi: 7}}\n".encode()
    moment = 1_780_000_000 + number * 3_600
    return (
        f"commit refs/heads/main\ncommitter An <an@example.com> {moment} +0700\ndata 0\n"
        f"M 100644 inline {path}\ndata {len(content)}\n"
    ).encode() + content


def test_of_a_very_long_history_the_newest_part_is_compared_and_the_rest_said(
    long_history: Path, wrapped: dict[str, Path]
) -> None:
    assert "ghi vào git chậm nhất" in trace(long_history)
    assert len(asked(wrapped["contents"])) <= history.MOST_COMPARED + 1
    said = danvan(long_history, "log")
    assert "lần ghi sau khi báo cáo tổng hợp ban hành ngày 04/6/2026 chưa được so số liệu" in said
    assert "1.200" not in said
    assert len(asked(wrapped["contents"])) <= 2 * (history.MOST_COMPARED + 2)


def test_no_more_than_so_many_bytes_of_old_versions_are_read(
    long_history: Path, wrapped: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_process, "MAX_READ", 1_000)
    assert "ghi vào git chậm nhất" in trace(long_history)
    assert len(asked(wrapped["contents"])) < 10


def test_an_answer_is_read_as_it_comes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = root / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\nprintf 'first\\0'\nsleep 600\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    parts = git_process.parts(root, "log")
    assert next(parts) == b"first"
    parts.close()


def test_a_name_without_end_is_cut(root: Path, file_report: ReportWriter) -> None:
    git = Git(root)
    file_report("tong-hop")
    git.commit("2026-05-29", "An" * 50_000)
    assert "AnAn…" in danvan(root, "log", "--format", "json")
