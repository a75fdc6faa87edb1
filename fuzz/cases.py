"""One case: files in a workspace, a command, and what must hold whatever the files say."""

import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import typer
from click.testing import CliRunner, Result
from msgspec import Struct

from danvan_cli.cli import app

MAX_SECONDS = 2.0
"""Of processor time, so that other work of the machine is not held against danvan."""
MAX_MEGABYTES = 300
STATUSES = (0, 1, 2)
COMMAND = typer.main.get_command(app)
_TRACEBACK = "Traceback (most recent call last)"
_WRITERS = ("calendar", "check", "form", "import", "new", "plan", "remind", "report", "schema")


class Case(Struct, frozen=True):
    """`files` by their way from the workspace's folder; `command` is what follows `danvan`."""

    files: dict[str, bytes]
    command: list[str]


class Outcome(Struct, frozen=True):
    """How a case ended; `fault` is None where all held that must."""

    status: int
    seconds: float
    fault: str | None


def run(case: Case, base: Mapping[str, bytes], folder: Path) -> Outcome:
    """Lays out the base's files with the case's over them, and runs the command on them.

    `folder` is emptied first.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in (base | case.files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    before = _files(folder)
    start = time.process_time()
    arguments = ["--debug", "-C", str(folder), *_placed(case.command, folder)]
    result = CliRunner().invoke(COMMAND, arguments)
    seconds = time.process_time() - start
    has_changed = _files(folder) != before
    return Outcome(result.exit_code, seconds, _fault(case, result, has_changed))


def _placed(command: list[str], folder: Path) -> list[str]:
    """A word that begins with `@` is a file of the workspace."""
    return [str(folder / word[1:]) if word.startswith("@") else word for word in command]


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def _fault(case: Case, result: Result, has_changed: bool) -> str | None:
    status, error = result.exit_code, result.exception
    if error is not None and not isinstance(error, SystemExit):
        return f"{type(error).__name__}: {error}"
    if status not in STATUSES or _TRACEBACK in result.output:
        return f"exit status {status}: {_raised(result.output)}"
    if has_changed and (status == 2 or case.command[0] not in _WRITERS):
        return f"something was written, with exit status {status}"
    return None


def _raised(output: str) -> str:
    """What a traceback ends with: where it was raised, and what."""
    lines = [line.strip() for line in output.splitlines()]
    raised = [line for line in lines if re.match(r"[\w.]+(Error|Exception)\b", line)]
    places = [line for line in lines if line.startswith("File ")]
    return " ".join([*raised[-1:], *places[-1:]])
