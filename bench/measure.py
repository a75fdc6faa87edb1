"""Time and peak memory of whole processes, taken in turns so that a busy machine is fair to all."""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
DANVAN = (PYTHON, "-c", "from danvan_cli.cli import main; main()")
"""What the console script does."""


class Taken(NamedTuple):
    """`seconds` until it ended, `processor` what it and what it started used of them."""

    seconds: float
    processor: float
    mebibytes: float
    """The peak held at one time; the system counts it from what the bench itself holds."""


def run(command: Sequence[str | Path], folder: Path, *, in_terminal: bool = False) -> Taken:
    """One run of a command in a folder, its output thrown away.

    Raises RuntimeError where it cannot run (its exit status is over 1).
    """
    reading, writing = pty.openpty() if in_terminal else (None, os.open(os.devnull, os.O_WRONLY))
    start = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=folder,
        env=_environment(in_terminal),
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=writing,
    )
    os.close(writing)
    if reading is not None:
        _drain(reading)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Taken(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def least(commands: Mapping[str, Callable[[], Taken]], rounds: int) -> dict[str, Taken]:
    """Of each command, over as many rounds, in which each runs once; the first is not counted.

    It is the round in which Python compiles what it imports. What else a machine does makes a run
    slower, never faster: the least is the nearest to what the command itself takes.
    """
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            result = command()
            if number:
                taken[name].append(result)
    return {
        name: Taken(*(min(values) for values in zip(*runs, strict=True)))
        for name, runs in taken.items()
    }


def _environment(in_terminal: bool) -> dict[str, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment | ({"TERM": "xterm-256color", "COLUMNS": "100"} if in_terminal else {})


def _drain(terminal: int) -> None:
    """Reads to the end, which Linux tells by an error."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    os.close(terminal)
