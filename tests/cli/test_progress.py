"""The bar that tells someone at a terminal how far a long run is."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click
import pytest

import small_workspace
from conftest import PLAN
from places import SOURCE

SCRIPT = """
import sys, time
from danvan_cli.cli.frame import progress
with progress.bar("Đang đọc các báo cáo", patience=float(sys.argv[1])) as steps:
    for step in steps.each(range(3)):
        time.sleep(0.3)
print(*steps.each("abc"))
"""

COMMAND = """
import functools, sys
from danvan_cli.cli import app
from danvan_cli.cli.frame import progress
progress.bar = functools.partial(progress.bar, patience=0)
app(sys.argv[1:])
"""


def run(patience: float, errors: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, str(patience)],
        env=os.environ | {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        check=True,
    )


def drawn(patience: float) -> str:
    """What is written to standard error where that is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    assert run(patience, theirs).stdout == "a b c\n"
    os.close(theirs)
    try:
        return os.read(ours, 100_000).decode()
    except OSError:
        return ""
    finally:
        os.close(ours)


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_long_run_shows_how_far_it_is_and_leaves_no_trace():
    shown = drawn(patience=0)
    assert "Đang đọc các báo cáo" in click.unstyle(shown)
    assert "1/3" in click.unstyle(shown)
    assert shown.endswith("\x1b[2K"), "the line is erased"


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_short_run_shows_nothing():
    assert drawn(patience=60) == ""


def test_a_pipe_gets_no_bar():
    assert run(0, subprocess.PIPE).stderr == ""


def run_in_terminal(folder: Path, *command: str, status: int = 0) -> tuple[str, str]:
    """Standard output, and what a terminal shows of standard error."""
    import pty

    ours, theirs = pty.openpty()
    drawn: list[bytes] = []
    # As it comes: a terminal that nobody reads holds a few thousand letters, then its writer waits.
    reader = Thread(target=_drain, args=(ours, drawn))
    reader.start()
    result = subprocess.run(
        [sys.executable, "-c", COMMAND, "-C", str(folder), *command],
        env=os.environ | {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        encoding="utf-8",
        check=False,
    )
    os.close(theirs)
    reader.join()
    os.close(ours)
    assert result.returncode == status
    return result.stdout, click.unstyle(b"".join(drawn).decode())


def _drain(terminal: int, drawn: list[bytes]) -> None:
    with suppress(OSError):
        while some := os.read(terminal, 100_000):
            drawn.append(some)


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("command", "labels"),
    [
        (("validate",), ["Đang đọc các báo cáo"]),
        (("validate", "reports/2026/h1/hanh-chinh.yaml"), ["Đang đọc các báo cáo"]),
        (("status",), ["Đang đọc các báo cáo", "Đang đọc lịch sử trong git"]),
        (("log",), ["Đang đọc các báo cáo", "Đang đọc lịch sử trong git"]),
        (
            ("trace", "hoi-nghi", "--period", "h1"),
            ["Đang đọc các báo cáo", "Đang đọc lịch sử trong git"],
        ),
    ],
)
def test_reading_shows_how_far_it_is_in_every_command_that_reads(
    tmp_path, monkeypatch, command, labels
):
    small_workspace.write(tmp_path)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    _, shown = run_in_terminal(tmp_path, *command)
    for label in labels:
        assert label in shown


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("command", "label"),
    [
        (("form", "--all", "--period", "h1"), "Đang lập biểu mẫu"),
        (
            ("remind", "--as-of", "2026-06-01", "--period", "h1"),
            "Đang lập công văn, thư, tin nhắn",
        ),
        (("report", "--internal", "--period", "h1"), "Đang lập văn bản Word"),
        (("report", "--draft", "--period", "h1"), "Đang lập văn bản Word"),
        (("template", "check"), "Đang thử các mẫu Word"),
    ],
)
def test_making_documents_shows_that_it_goes_on(tmp_path, command, label):
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    output, shown = run_in_terminal(tmp_path, *command)
    assert label in shown
    assert output.splitlines()[0] not in shown, "it is for standard output"


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_reading_a_word_file_shows_that_it_is_at_work(tmp_path):
    small_workspace.write(tmp_path)
    made, _ = run_in_terminal(tmp_path, "plan", "export")
    _, shown = run_in_terminal(tmp_path, "check", made.strip())
    assert "Đang kiểm tra văn bản" in shown
    made, _ = run_in_terminal(tmp_path, "form", "hanh-chinh", "--period", "annual")
    _, shown = run_in_terminal(tmp_path, "import", made.strip(), status=2)
    assert "Đang đọc tệp Word" in shown
