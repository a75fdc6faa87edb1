"""A bar on a terminal's standard error while something takes long."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import TypeVar

from danvan_cli.cli.frame import terminal

T = TypeVar("T")

READING = "Đang đọc các báo cáo"
READING_HISTORY = "Đang đọc lịch sử trong git"

_PATIENCE = 1.0
"""Seconds without a bar; most runs are over by then."""

_REDRAWN = 0.2


class Steps:
    """How far it is: `total` is None while the number of steps is not known."""

    def __init__(self) -> None:
        self.done = 0
        self.total: int | None = None

    def each(self, items: Sequence[T]) -> Iterator[T]:
        """The items, each a step that is done once the next is asked for."""
        self.done, self.total = 0, len(items)
        for item in items:
            yield item
            self.done += 1


@contextmanager
def bar(label: str, patience: float = _PATIENCE) -> Iterator[Steps]:
    """Shows how far the steps are, `patience` seconds from now on; it leaves no trace.

    Nothing is shown where standard error is no terminal.
    """
    steps, ended = Steps(), Event()
    if not terminal.shows_progress():
        yield steps
        return
    thread = Thread(target=_show, args=(label, steps, ended.wait, patience), daemon=True)
    thread.start()
    try:
        yield steps
    finally:
        ended.set()
        thread.join()


def _show(label: str, steps: Steps, ends: Callable[[float], bool], patience: float) -> None:
    if ends(patience):
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn

    columns: list[ProgressColumn] = [TextColumn("{task.description}"), BarColumn()]
    if steps.total is not None:
        columns.append(MofNCompleteColumn())
    console = Console(file=terminal.drawn_on(sys.stderr))
    # What is printed meanwhile must not go through rich, which would read it for colours.
    with Progress(
        *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as shown:
        task = shown.add_task(label, total=steps.total)
        while not ends(_REDRAWN):
            shown.update(task, completed=steps.done, total=steps.total)
