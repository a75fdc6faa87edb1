"""`python -m fuzz.public FOLDER`: every .docx of a folder through the commands that read Word.

Each file is checked, repaired, imported and used as the template of the report, in a process of
its own with a limit of time and memory. It may be refused in words, but must end no command in
any other way. Nothing of the files is kept: a table says how each command went.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec import Struct

from fuzz import base
from fuzz.cases import Case, run
from fuzz.worker import forget_peak, memory

COMMANDS: Mapping[str, tuple[str, list[str]]] = {
    "check": ("a.docx", ["check", "@a.docx"]),
    "check --fix": ("a.docx", ["check", "@a.docx", "--fix", "-o", "@b.docx"]),
    "import": ("a.docx", ["import", "@a.docx"]),
    "template check": ("templates/bao-cao.docx", ["template", "check"]),
    "report": ("templates/bao-cao.docx", ["report", "--period", "h1"]),
}
"""By what the table calls them: where the file is put, and what is run on it."""


class Limits(Struct, frozen=True):
    """`seconds` of processor time for one command, `megabytes` for its process, all told."""

    seconds: float
    megabytes: int

    @property
    def patience(self) -> float:
        """Seconds by the clock for all commands of one file, on a machine with other work."""
        return 60 + 5 * self.seconds * len(COMMANDS)


class Tried(Struct, frozen=True):
    """How one command went on one file; `fault` is None where all held that must."""

    command: str
    status: int
    seconds: float
    megabytes: int
    fault: str | None


class Row(Struct):
    """What a command's runs came to."""

    statuses: dict[int, int] = {}
    slowest: float = 0.0
    peak: int = 0
    faults: list[str] = []


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    limits = Limits(options.seconds, options.megabytes)
    files = list(word_files(Path(options.folder)))
    if not files:
        print(f"no .docx in {options.folder}")
        return 2
    rows = {name: Row() for name in COMMANDS}
    with ThreadPoolExecutor(options.processes) as pool:
        tried = pool.map(lambda file: try_apart(file, limits), files)
        for file, outcomes in zip(files, tried, strict=True):
            for outcome in outcomes:
                _note(rows[outcome.command], outcome, file)
    _show(rows)
    faults = sum(len(row.faults) for row in rows.values())
    print(
        f"{len(files)} files, {faults} faults; allowed: {limits.seconds:g} s, {limits.megabytes} MB"
    )
    return 1 if faults else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz.public", description=__doc__)
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=10.0, help="for one command on one file")
    parser.add_argument("--megabytes", type=int, default=500, help="for one process, all told")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    return parser.parse_args(arguments)


def word_files(folder: Path) -> Iterator[Path]:
    """Every .docx in the folder and in those within, but for what Word keeps while one is open."""
    for path in sorted(folder.rglob("*")):
        is_word = path.suffix.lower() == ".docx" and not path.name.startswith("~$")
        if is_word and path.is_file():
            yield path


def try_apart(file: Path, limits: Limits) -> list[Tried]:
    """How each command goes on the file, in a process that can be given up."""
    command = [sys.executable, "-m", "fuzz.public_worker", str(file.resolve())]
    figures = [str(limits.seconds), str(limits.megabytes)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        ran = subprocess.run(
            [*command, *figures], env=environment, capture_output=True, timeout=limits.patience
        )
    except subprocess.TimeoutExpired as hung:
        return [*_lines(hung.stdout), *_ended_early(hung.stdout, "hangs")]
    fault = f"ended with {ran.returncode}" if ran.returncode else ""
    return [*_lines(ran.stdout), *_ended_early(ran.stdout, fault)]


def _lines(output: bytes | None) -> list[Tried]:
    return [msgspec.json.decode(line, type=Tried) for line in (output or b"").splitlines()]


def _ended_early(output: bytes | None, fault: str) -> Iterator[Tried]:
    """The command that the process did not come to the end of."""
    done = len(_lines(output))
    if fault and done < len(COMMANDS):
        yield Tried(list(COMMANDS)[done], 3, 0.0, 0, fault)


def try_all(file: Path, limits: Limits) -> Iterator[Tried]:
    """The same in this process, one command after the other."""
    content = file.read_bytes()
    for name, (place, command) in COMMANDS.items():
        forget_peak()
        with tempfile.TemporaryDirectory(prefix="danvan-public-") as folder:
            outcome = run(Case({place: content}, command), base.FILES, Path(folder))
        peak, fault = memory("VmHWM"), outcome.fault
        if outcome.seconds > limits.seconds:
            fault = fault or f"{outcome.seconds:.1f} seconds"
        if peak > limits.megabytes:
            fault = fault or f"{peak} MB of memory"
        yield Tried(name, outcome.status, outcome.seconds, peak, fault)


def _note(row: Row, outcome: Tried, file: Path) -> None:
    row.statuses[outcome.status] = row.statuses.get(outcome.status, 0) + 1
    row.slowest = max(row.slowest, outcome.seconds)
    row.peak = max(row.peak, outcome.megabytes)
    if outcome.fault:
        row.faults.append(f"{outcome.fault}: {file}")
        print(f"{outcome.command}: {row.faults[-1]}", flush=True)


def _show(rows: Mapping[str, Row]) -> None:
    print(f"{'command':<16}{'0':>7}{'1':>7}{'2':>7}{'slowest':>10}{'peak':>9}{'faults':>8}")
    for name, row in rows.items():
        statuses = "".join(f"{row.statuses.get(status, 0):>7}" for status in (0, 1, 2))
        print(f"{name:<16}{statuses}{row.slowest:>8.2f} s{row.peak:>6} MB{len(row.faults):>8}")


if __name__ == "__main__":
    sys.exit(main())
