"""Finds the headings of a register: in which table they are, in which row, in which columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.files.register_tables import Table, UnreadableError
from danvan_cli.model.registers import Register, alike
from danvan_cli.problems import Diagnostic, did_you_mean

_HEADING_ROWS = 20
"""The rows from the top of a table among which its headings are looked for."""
_LONGER = 5
"""Letters that a heading in the file may have more than the one that is meant by it."""


class Headings(Struct, frozen=True):
    """The row with the headings of a table, and where each named column is, from 0."""

    table: Table
    row: int
    places: Mapping[str, int]


def find(register: Register, tables: Sequence[Table]) -> Headings:
    """The only table that has all columns. Raises UnreadableError if there is none or several."""
    if register.sheet is not None:
        names = [table.name or "" for table in tables]
        tables = [table for table in tables if alike(table.name or "") == alike(register.sheet)]
        if not tables:
            raise _wrong_columns(
                f"sổ không có trang “{register.sheet}”",
                did_you_mean(register.sheet, names) or f"các trang: {', '.join(names[:20])}",
            )
    tops = [list(_named_tops(table)) for table in tables]
    found = [
        headings
        for table, top in zip(tables, tops, strict=True)
        if (headings := _headings(register, table, top))
    ]
    if not found:
        raise _missing_columns(register, [names for top in tops for _, names in top])
    named = [headings.table.name for headings in found if headings.table.name]
    if len(named) > 1:
        raise _wrong_columns(
            f"nhiều trang của sổ có các cột này: {', '.join(named)}",
            "thêm sheet: tên trang vào sổ này trong plan.yaml",
        )
    return found[0]


def _named_tops(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Of each of the first rows its texts; an empty cell has that above it, as if merged."""
    above: list[str] = []
    for number, cells in islice(table.rows(), _HEADING_ROWS):
        own = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
        above = [name or before for name, before in zip_longest(own, above, fillvalue="")]
        yield number, above


def _headings(
    register: Register, table: Table, top: Iterable[tuple[int, list[str]]]
) -> Headings | None:
    for number, names in top:
        known = list(map(alike, names))
        places = {
            column: [place for place, name in enumerate(known) if name == alike(heading)]
            for column, heading in register.columns.items()
        }
        if all(places.values()):
            for column, found in places.items():
                if len(found) > 1:
                    raise _twice(register.columns[column], found, number)
            return Headings(table, number, {column: found[0] for column, found in places.items()})
    return None


def _twice(heading: str, places: Sequence[int], row: int) -> UnreadableError:
    letters = vietnamese.enumeration([_letter(place) for place in places])
    return _wrong_columns(
        f"sổ có nhiều cột “{heading}”: cột {letters}",
        "đổi tên một cột trong sổ, ghi tên mới vào columns nếu cần",
        row,
    )


def _letter(place: int) -> str:
    """A column as spreadsheets name it: C for 2, AB for 27."""
    first, last = divmod(place, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def _wrong_columns(message: str, hint: str | None, line: int | None = None) -> UnreadableError:
    return UnreadableError(Diagnostic(code="F128", message=message, hint=hint, line=line))


def _missing_columns(register: Register, tops: Sequence[Sequence[str]]) -> UnreadableError:
    """Names no text of the file but what is alike and as long: a cell may hold personal data."""
    wanted = {alike(heading): heading for heading in register.columns.values()}
    if not any(map(any, tops)):
        return _wrong_columns(
            "sổ rỗng, không có dòng tiêu đề", f"dòng đầu ghi tên cột: {', '.join(wanted.values())}"
        )
    best = max(tops, key=lambda names: len(wanted.keys() & set(map(alike, names))), default=[])
    missing = [heading for name, heading in wanted.items() if name not in map(alike, best)]
    message = f"sổ không có cột {vietnamese.enumeration([f'“{heading}”' for heading in missing])}"
    if len(missing) == len(wanted):
        message += f" trong {_HEADING_ROWS} dòng đầu"
        best = [name for names in tops for name in names]
    others = [name for name in dict.fromkeys(best) if name and alike(name) not in wanted]
    guesses = [
        did_you_mean(heading, [name for name in others if len(name) <= len(heading) + _LONGER])
        for heading in missing
    ]
    hint = "; ".join(guess for guess in guesses if guess)
    return _wrong_columns(message, hint or "ghi tên cột trong columns đúng như dòng tiêu đề của sổ")
