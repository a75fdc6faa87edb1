"""A pulled history, or a repository's own settings, never make danvan run a program or fetch."""

import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter
from danvan_cli.cli import app
from danvan_cli.tracking import git_process
from git_repository import Git, clone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

COMMANDS = {
    "status": ("status", "--as-of", "2026-06-20"),
    "status of one unit": ("status", "--unit", "tin-hoc", "--as-of", "2026-06-20"),
    "log": ("log",),
    "trace": ("trace", "hoi-nghi", "--period", "h1"),
    "report": ("report", "--period", "h1", "--internal", "--draft", "--as-of", "20/6/2026"),
}
every_command = pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)


def danvan(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(app, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def trap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that passes on what it is given, and leaves a trace of having been run."""
    folder = tmp_path_factory.mktemp("trap")
    program = folder / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{folder}/run"\ncat\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def was_run(trap: Path) -> str:
    trace = trap.with_name("run")
    return trace.read_text(encoding="utf-8") if trace.exists() else ""


def write_reports(folder: Path, figure: int = 3) -> None:
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    period = folder / "reports" / "2026" / "h1"
    period.mkdir(parents=True, exist_ok=True)
    for unit in ("tin-hoc", "tong-hop"):
        text = "year: 2026\nperiod: h1\nsubmitted: 29/5/2026\n"
        text += f"indicators: {{hoi-nghi: {figure}}}\n"
        (period / f"{unit}.yaml").write_text(f"unit: {unit}\n{text}", encoding="utf-8")
    (period / "_office.yaml").write_text("number: 57/BC-VP\nissued: 4/6/2026\n", encoding="utf-8")


def settings_that_run(program: Path) -> str:
    """What a repository's `config` can name to be run, or asked over the network."""
    return f"""
[core]
	fsmonitor = {program}
	hooksPath = {program.parent}
	pager = {program}
	editor = {program}
	sshCommand = {program}
	askPass = {program}
	gitProxy = {program}
	alternateRefsCommand = {program}
	attributesFile = {program.with_name("attributes")}
[pager]
	log = {program}
	status = {program}
[filter "x"]
	clean = {program}
	smudge = {program}
	process = {program}
	required = true
[diff]
	external = {program}
[diff "x"]
	command = {program}
	textconv = {program}
[gpg]
	program = {program}
[log]
	showSignature = true
[alias]
	log = !{program}
	rev-parse = !{program}
	cat-file = !{program}
[credential]
	helper = !{program}
[remote "origin"]
	url = ext::{program}
	promisor = true
	uploadpack = {program}
	fetch = +refs/heads/*:refs/remotes/origin/*
[protocol "ext"]
	allow = always
"""


@every_command
def test_no_program_that_the_settings_and_attributes_of_a_repository_name_is_run(
    root: Path, trap: Path, arguments: tuple[str, ...]
) -> None:
    git = Git(root)
    write_reports(root)
    git.commit("2026-05-29")
    write_reports(root, figure=4)
    git.commit("2026-06-08")
    write_reports(root, figure=5)
    for hook in ("post-index-change", "reference-transaction"):
        shutil.copy(trap, root / ".git" / "hooks" / hook)
    (root / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    shutil.copy(root / ".gitattributes", root / ".git" / "info" / "attributes")
    shutil.copy(root / ".gitattributes", trap.with_name("attributes"))
    with (root / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(settings_that_run(trap))
    danvan(root, *arguments)
    assert was_run(trap) == ""


@every_command
def test_folders_of_a_repository_in_the_plans_folder_make_it_none(
    tmp_path: Path, trap: Path, arguments: tuple[str, ...]
) -> None:
    plan_folder = tmp_path / "ke-hoach"
    plan_folder.mkdir()
    git = Git(tmp_path)
    write_reports(plan_folder)
    git.commit("2026-05-29")
    said = danvan(plan_folder, *arguments).stdout
    planted = Git(plan_folder)
    planted.commit("2026-01-01", "Kẻ Khác")
    for name in ("HEAD", "config", "index", "objects", "refs"):
        shutil.move(plan_folder / ".git" / name, plan_folder / name)
    shutil.rmtree(plan_folder / ".git")
    settings = settings_that_run(trap) + "[core]\n\tbare = false\n\tworktree = .\n"
    (plan_folder / "config").write_text(settings, encoding="utf-8")
    (plan_folder / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    assert danvan(plan_folder, *arguments).stdout == said
    assert was_run(trap) == ""


@every_command
def test_a_repository_whose_top_folder_is_a_planted_one_is_none(
    root: Path, trap: Path, arguments: tuple[str, ...]
) -> None:
    write_reports(root)
    Git(root).commit("2026-05-29")
    for name in ("HEAD", "config", "index", "objects", "refs"):
        shutil.move(root / ".git" / name, root / name)
    settings = settings_that_run(trap) + "[core]\n\tbare = false\n\tworktree = .\n"
    (root / "config").write_text(settings, encoding="utf-8")
    danvan(root, *arguments)
    assert "chưa được quản lý bằng git" in danvan(root, "log").stdout
    assert was_run(trap) == ""


def partial_clone(tmp_path: Path, trap: Path) -> Path:
    """One without the content of old versions, whose remote a program of its settings brings."""
    source = tmp_path / "source"
    source.mkdir()
    git = Git(source)
    for figure, day in ((3, "2026-05-29"), (4, "2026-06-08"), (5, "2026-06-09")):
        write_reports(source, figure)
        git.commit(day)
    git("config", "uploadpack.allowFilter", "true")
    folder = tmp_path / "partial"
    clone(source, folder, "--filter=blob:none")
    shutil.rmtree(source)
    with (folder / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(settings_that_run(trap))
    return folder


@every_command
def test_a_partial_clone_asks_its_remote_for_nothing(
    tmp_path: Path, trap: Path, arguments: tuple[str, ...]
) -> None:
    folder = partial_clone(tmp_path, trap)
    said = danvan(folder, *arguments).stdout
    assert was_run(trap) == ""
    if arguments[0] == "trace":
        assert "chưa ghi vào git" not in said
        assert said.count("ghi vào git chậm nhất 09/6/2026") == 2
    if arguments[0] == "log":
        assert "2 lần ghi sau khi báo cáo tổng hợp ban hành ngày 04/6/2026 chưa được so" in said


def test_a_git_too_old_to_be_told_not_to_fetch_may_use_no_transport(
    tmp_path: Path, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = partial_clone(tmp_path, trap)
    monkeypatch.delitem(git_process._FIXED_VARIABLES, "GIT_NO_LAZY_FETCH")
    assert "ghi vào git chậm nhất 09/6/2026" in danvan(folder, *COMMANDS["trace"]).stdout
    assert was_run(trap) == ""


def test_a_git_that_lies_in_the_current_folder_is_not_taken_for_git(
    root: Path, trap: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tin-hoc")
    Git(root).commit("2026-05-29")
    shutil.copy(trap, root / "git")
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", os.environ["PATH"])))
    assert "Không có lịch sử" not in danvan(root, "log").stdout
    assert was_run(trap) == ""


def test_git_gets_no_variable_that_names_a_program(
    root: Path, trap: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tin-hoc")
    Git(root).commit("2026-05-29")
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS", "PAGER"):
        monkeypatch.setenv(name, str(trap))
    monkeypatch.setenv("GIT_EXEC_PATH", str(trap.parent))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "log.showSignature")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    assert "Không có lịch sử" not in danvan(root, "log").stdout
    assert was_run(trap) == ""


def test_a_git_that_does_not_answer_is_ended_and_said_so(
    root: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tin-hoc")
    (root / ".git").mkdir()
    fake = root / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nsleep 600 &\necho $! > "{root}/child"\nwait\n', encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_process, "TIME_LIMIT", 0.2)
    assert "Không có lịch sử: git không trả lời quá 0.2 giây" in danvan(root, "log").stdout
    child = Path("/proc", (root / "child").read_text(encoding="utf-8").strip(), "stat")
    assert any(_is_gone(child) for _ in range(500))


def _is_gone(process: Path) -> bool:
    """At once or in a moment: what was killed may still be on its way out."""
    try:
        return ") Z " in process.read_text(encoding="utf-8")
    except OSError:
        return True
    finally:
        time.sleep(0.01)
