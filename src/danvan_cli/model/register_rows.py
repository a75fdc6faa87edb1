"""The rows of a register: which ones an indicator counts, and until when each has to be done."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import WorkCalendar
from danvan_cli.model.plan import DataWindow, Deadline
from danvan_cli.model.registers import Computed, Conditions, Register, alike
from danvan_cli.model.values import Day, Figure


class Row(Struct, frozen=True):
    """A row, by its number in the file. `done` None: not done yet.

    `texts`, by column: only what conditions ask for, as `alike` writes it; `numbers`: only what
    is summed.
    """

    number: int
    day: date
    done: date | None = None
    texts: Mapping[str, str] = {}
    numbers: Mapping[str, Figure] = {}

    def is_open_on(self, day: date) -> bool:
        """Whether it has come by the end of that day and is not done by then."""
        return self.day <= day and (self.done is None or self.done > day)

    def says(self, conditions: Conditions) -> bool:
        return all(
            self.texts.get(column) in texts_of(wanted) for column, wanted in conditions.items()
        )


def texts_of(wanted: str | list[str]) -> set[str]:
    """What a condition accepts of a column, as `alike` writes it."""
    return {alike(text) for text in ([wanted] if isinstance(wanted, str) else wanted)}


def figure(computed: Computed, rows: Iterable[Row]) -> Figure:
    """What the rows that count for an indicator come to."""
    if computed.sum is None:
        return sum(1 for _ in rows)
    return sum((row.numbers[computed.sum] for row in rows), start=0)


def counted(
    computed: Computed,
    register: Register,
    rows: Iterable[Row],
    window: DataWindow,
    calendar: WorkCalendar,
) -> list[Row]:
    """The rows that count for an indicator in a period with this data window.

    What is carried over came before the first day and was not done before it, so what has to be
    handled is exactly what is carried over and what is new, and nothing is done that is not of it.
    """
    return [
        row
        for row in rows
        if row.says(computed.where) and _is_of(row, computed, register, window, calendar)
    ]


def _is_of(
    row: Row, computed: Computed, register: Register, window: DataWindow, calendar: WorkCalendar
) -> bool:
    is_new = window.from_ <= row.day <= window.to
    is_carried = row.is_open_on(window.from_ - timedelta(days=1))
    match computed.day:
        case "in_window":
            return is_new
        case "carried":
            return is_carried
        case "to_handle":
            return is_carried or is_new
        case "done":
            is_done = row.done is not None and row.done <= window.to
            return is_done and (is_carried or is_new)
        case "open":
            return row.is_open_on(window.to)
        case "overdue":
            return is_overdue(row, register, window.to, calendar)


def is_overdue(row: Row, register: Register, day: date, calendar: WorkCalendar) -> bool:
    """Whether the row's last day is past on a day, and the row not done by then."""
    last_day = row_last_day(row, register, calendar)
    return last_day is not None and last_day < day and row.is_open_on(day)


def row_last_day(row: Row, register: Register, calendar: WorkCalendar) -> date | None:
    """Until when a row has to be done; None if it has no deadline.

    The day on which it came does not count, as is usual.
    """
    if not row.says(register.due_where):
        return None
    if register.due_working_days is not None:
        return deadlines.add_working_days(row.day, register.due_working_days, calendar)
    if register.due_days is None:
        return None
    last_day = row.day + timedelta(days=register.due_days)
    return deadlines.last_day(Deadline(by=Day.of(last_day)), calendar)
