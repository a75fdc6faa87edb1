"""Runs one strategy's cases, keeping the case at hand in a file, and tells how they went."""

import sys
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings
from msgspec import Struct

from fuzz import base
from fuzz.cases import MAX_MEGABYTES, MAX_SECONDS, Case, Outcome, run
from fuzz.strategies import STRATEGIES


class Figures(Struct):
    """What a strategy's cases came to; `faults`: what was wrong, and the file with the case."""

    cases: int = 0
    statuses: dict[int, int] = {}
    slowest: float = 0.0
    peak_megabytes: int = 0
    faults: list[tuple[str, str]] = []


def work(name: str, cases: int, start: int, folder: Path) -> Figures:
    """Runs so many cases; the one at hand lies in `case.json`, bad ones in files of their own."""
    figures, at_hand = Figures(), folder / "case.json"
    _, strategy = STRATEGIES[name]
    alone = 0

    @seed(start)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def each(case: Case) -> None:
        at_hand.write_bytes(msgspec.json.encode(case))
        nonlocal alone
        had = memory("VmRSS")
        alone = alone or had
        forget_peak()
        outcome = run(case, base.FILES, folder / "workspace")
        # What hypothesis itself holds by then is none of danvan's.
        _note(figures, outcome, alone + memory("VmHWM") - had, at_hand)

    each()
    return figures


def _note(figures: Figures, outcome: Outcome, megabytes: int, at_hand: Path) -> None:
    figures.cases += 1
    figures.statuses[outcome.status] = figures.statuses.get(outcome.status, 0) + 1
    figures.slowest = max(figures.slowest, outcome.seconds)
    figures.peak_megabytes = max(figures.peak_megabytes, megabytes)
    fault = outcome.fault
    if outcome.seconds > MAX_SECONDS:
        fault = fault or f"{outcome.seconds:.1f} seconds"
    if megabytes > MAX_MEGABYTES:
        fault = fault or f"{megabytes} MB of memory"
    if fault:
        kept = at_hand.with_name(f"fault-{len(figures.faults)}.json")
        kept.write_bytes(at_hand.read_bytes())
        figures.faults.append((fault, str(kept)))


def memory(what: str) -> int:
    """What Linux tells of this process's memory; 0 on other systems, which tell no peak."""
    status = Path("/proc/self/status")
    return (
        int(status.read_text().partition(f"{what}:")[2].split()[0]) // 1024
        if status.exists()
        else 0
    )


def forget_peak() -> None:
    """Lets VmHWM begin anew from what is in use now."""
    peak = Path("/proc/self/clear_refs")
    if peak.exists():
        peak.write_text("5")


if __name__ == "__main__":
    _name, _cases, _start, _folder = sys.argv[1:]
    _done = work(_name, int(_cases), int(_start), Path(_folder))
    sys.stdout.write(msgspec.json.encode(_done).decode())
