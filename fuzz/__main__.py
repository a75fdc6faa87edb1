"""`python -m fuzz`: every strategy in processes of their own, and a table of how it went."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from fuzz.cases import MAX_MEGABYTES, MAX_SECONDS
from fuzz.strategies import STRATEGIES, share
from fuzz.worker import Figures

_AT_ONCE = 500
"""Cases a process, so that a hang or a crash costs no more than these."""
_PATIENCE = 600
"""Seconds for these; what takes longer hangs."""


def main() -> int:
    options = _options()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="danvan-fuzz-"))
    names = [name for name in STRATEGIES if options.only in name]
    jobs = [job for name in names for job in _jobs(name, options.cases, options.seed)]
    with ThreadPoolExecutor(options.processes) as pool:
        done = list(pool.map(lambda job: _run(folder, *job), jobs))
    faults = 0
    print(
        f"{'strategy':<26}{'cases':>7}{'0':>7}{'1':>7}{'2':>7}{'slowest':>9}{'peak':>8}{'faults':>8}"
    )
    for name in names:
        figures = _sum([each for job, each in zip(jobs, done, strict=True) if job[0] == name])
        faults += len(figures.faults)
        print(_row(name, figures))
        for fault, file in figures.faults[:5]:
            print(f"    {fault}: {file}")
    whole = _sum(done)
    print(_row("all", whole))
    print(f"seed {options.seed}; allowed: {MAX_SECONDS:.0f} s, {MAX_MEGABYTES} MB, no fault")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="in all, over all strategies")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="strategies with these letters in their name")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--keep", help="where bad cases are kept; a new folder if not given")
    return parser.parse_args()


def _jobs(name: str, cases: int, seed: int) -> Iterator[tuple[str, int, int]]:
    left = share(cases, name)
    while left > 0:
        yield name, min(left, _AT_ONCE), seed * 1000 + left // _AT_ONCE
        left -= _AT_ONCE


def _run(folder: Path, name: str, cases: int, seed: int) -> Figures:
    own = folder / f"{name}-{seed}".replace(" ", "-").replace(":", "")
    own.mkdir(parents=True)
    command = [sys.executable, "-m", "fuzz.worker", name, str(cases), str(seed), str(own)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    try:
        ran = subprocess.run(command, env=environment, capture_output=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        return Figures(faults=[("hangs", str(own / "case.json"))])
    if ran.returncode:
        end = ran.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return Figures(faults=[(f"ended with {ran.returncode}: {end}", str(own / "case.json"))])
    return msgspec.json.decode(ran.stdout, type=Figures)


def _sum(parts: list[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        whole.cases += part.cases
        for status, number in part.statuses.items():
            whole.statuses[status] = whole.statuses.get(status, 0) + number
        whole.slowest = max(whole.slowest, part.slowest)
        whole.peak_megabytes = max(whole.peak_megabytes, part.peak_megabytes)
        whole.faults = [*whole.faults, *part.faults]
    return whole


def _row(name: str, figures: Figures) -> str:
    statuses = "".join(f"{figures.statuses.get(status, 0):>7}" for status in (0, 1, 2))
    return (
        f"{name:<26}{figures.cases:>7}{statuses}{figures.slowest:>7.2f} s"
        f"{figures.peak_megabytes:>5} MB{len(figures.faults):>8}"
    )


if __name__ == "__main__":
    sys.exit(main())
