"""A register as read: its rows, or why there are none."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct

from danvan_cli.model.register_rows import Row
from danvan_cli.model.registers import Register
from danvan_cli.problems import Diagnostic


class RegisterFile(Struct, frozen=True, kw_only=True):
    """A register as read; `rows` is empty where there are errors.

    `is_missing`: there is no file. `left_out`: the numbers of rows that are no entries, such as
    the totals at the end, by what they are.
    """

    name: str
    register: Register
    path: Path
    rows: list[Row] = []
    problems: list[Diagnostic] = []
    is_missing: bool = False
    left_out: Mapping[str, list[int]] = {}

    @property
    def is_usable(self) -> bool:
        return not self.is_missing and not any(problem.is_error for problem in self.problems)


def is_inside(file: str) -> bool:
    """Whether a file's name is a way down from the folder of the plan."""
    return not any(
        way.is_absolute() or ".." in way.parts or getattr(way, "drive", "")
        for way in (PurePosixPath(file), PureWindowsPath(file))
    )


def rows_in_words(numbers: Sequence[int]) -> str:
    """'dòng 5, 7-12': the numbers of rows, in as few words as say them."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "dòng " + ", ".join(
        str(first) if first == last else f"{first}-{last}" for first, last in spans
    )
