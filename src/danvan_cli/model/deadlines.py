"""When a deadline falls, and how many days and working days are left to it or past it.

A deadline's last day counts whole; days are calendar days in Việt Nam (UTC+7).
"""

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.days_off import DAYS_OFF, WORKED_SATURDAYS
from danvan_cli.model.plan import Deadline, Plan

_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkCalendar(Struct, frozen=True):
    """The days off and the worked weekend days; `moves_on`: a deadline on a day off moves on."""

    off: frozenset[date] = DAYS_OFF
    worked: frozenset[date] = WORKED_SATURDAYS
    moves_on: bool = False

    def is_working_day(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)


class DeadlineStatus(Struct, frozen=True):
    """A deadline seen from one day.

    `days_left` is 0 on the last day and negative once it is past; `working_days_left` counts only
    working days, so it is 0, too, on days off around the last day.
    """

    rule: Literal["before", "by"]
    day: date
    last_day: date
    last_working_day: date
    days_left: int
    working_days_left: int

    @property
    def is_past(self) -> bool:
        return self.days_left < 0

    @property
    def on_day_off(self) -> bool:
        return self.last_day != self.last_working_day


def work_calendar(plan: Plan) -> WorkCalendar:
    """The committed table (scripts/days_off.py), corrected by the plan."""
    worked = frozenset(plan.working_days)
    return WorkCalendar(
        off=(DAYS_OFF | frozenset(plan.days_off)) - worked,
        worked=(WORKED_SATURDAYS - frozenset(plan.days_off)) | worked,
        moves_on=plan.when_day_off == "next_working_day",
    )


def last_day(deadline: Deadline, calendar: WorkCalendar) -> date:
    """The last day on which it is met: 'before D' is D - 1, 'by D' is D.

    Where the plan says so, a last day that is a day off moves on to the next working day
    (Bộ luật Dân sự 2015, Điều 148, khoản 5). Raises ValueError for a deadline without a day.
    """
    _, _, day = _written(deadline)
    while calendar.moves_on and not calendar.is_working_day(day):
        day += _DAY
    return day


def last_working_day(day: date, calendar: WorkCalendar) -> date:
    """The day itself, or the last working day before it."""
    while not calendar.is_working_day(day):
        day -= _DAY
    return day


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """How many working days follow `start` up to and with `end`; negative when end is earlier."""
    if end < start:
        return -working_days_between(end, start, calendar)
    days = (start + _DAY * step for step in range(1, (end - start).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def add_working_days(start: date, count: int, calendar: WorkCalendar) -> date:
    """The day that is `count` working days after `start` (`count` from 1)."""
    day = start
    while count > 0:
        day += _DAY
        count -= calendar.is_working_day(day)
    return day


def subtract_working_days(end: date, count: int, calendar: WorkCalendar) -> date:
    """The last working day on which `count` working days are left to `end` (`count` from 1)."""
    day = end
    while count > 0:
        count -= calendar.is_working_day(day)
        day -= _DAY
    return last_working_day(day, calendar)


def status(deadline: Deadline, as_of: date, calendar: WorkCalendar) -> DeadlineStatus:
    """The deadline as it stands on a day."""
    rule, written, _ = _written(deadline)
    last = last_day(deadline, calendar)
    return DeadlineStatus(
        rule=rule,
        day=written,
        last_day=last,
        last_working_day=last_working_day(last, calendar),
        days_left=(last - as_of).days,
        working_days_left=working_days_between(as_of, last, calendar),
    )


def in_words(status: DeadlineStatus) -> str:
    """'trước ngày 02 tháng 6 năm 2026', or 'chậm nhất ngày …' of one set so or moved on."""
    if status.rule == "before" and status.last_day < status.day:
        return f"trước {vietnamese.long_day(status.day)}"
    return f"chậm nhất {vietnamese.long_day(status.last_day)}"


def _written(deadline: Deadline) -> tuple[Literal["before", "by"], date, date]:
    """The rule, its day as written, and the last day before any moving on."""
    if deadline.before is not None:
        return "before", deadline.before, deadline.before - _DAY
    if deadline.by is not None:
        return "by", deadline.by, deadline.by
    raise ValueError("a deadline without a day; rule P309 keeps it out")
