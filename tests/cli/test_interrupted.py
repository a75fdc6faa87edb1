"""Whenever a run is interrupted, it ends with 130 and without a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import small_workspace
from places import SOURCE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")

AT_AN_IMPORT = """
import importlib.abc, os, signal, sys

MODULE = sys.argv[1]

class Interrupts(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == MODULE:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
"""
BEFORE_A_WRITE = """
import os, signal, sys
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGINT)
"""
WHILE_TIDYING_UP = """
import danvan_cli.cli, os, signal, sys

class Thing:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)

def leaves_a_thing():
    Thing()

danvan_cli.cli.main = leaves_a_thing
"""
IN_THE_END = """
import atexit, os, signal, sys
atexit.register(lambda: os.kill(os.getpid(), signal.SIGINT))
"""
RUN = "\nsys.argv[1:2] = []\nfrom danvan_cli.__main__ import main\nmain()"


def run(before: str, at: str, folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and standard error of danvan that is interrupted in its own process."""
    ended = subprocess.run(
        [sys.executable, "-c", before + RUN, at, "-C", str(folder), *arguments],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize(
    "module",
    [
        *("danvan_cli.cli", "typer", "danvan_cli.cli.commands.report", "yaml", "msgspec"),
        *("lxml.etree", "docx", "jinja2", "danvan_cli.word.document.render"),
    ],
)
def test_an_interruption_of_an_import_is_silent(tmp_path: Path, module: str) -> None:
    folder = small_workspace.write(tmp_path)

    assert run(AT_AN_IMPORT, module, folder, "report", "--period", "h1") == (130, "")


def test_an_interruption_while_a_file_is_written_leaves_nothing_half_done(tmp_path: Path) -> None:
    folder = small_workspace.write(tmp_path)
    before = {path for path in folder.rglob("*") if path.is_file()}

    assert run(BEFORE_A_WRITE, "", folder, "plan", "export") == (130, "Đã dừng.\n")
    assert {path for path in folder.rglob("*") if path.is_file()} == before


def test_an_interruption_that_python_would_drop_ends_the_program(tmp_path: Path) -> None:
    assert run(WHILE_TIDYING_UP, "", tmp_path) == (130, "")


def test_an_interruption_after_all_is_done_changes_nothing(tmp_path: Path) -> None:
    assert run(IN_THE_END, "", tmp_path, "--version") == (0, "")
