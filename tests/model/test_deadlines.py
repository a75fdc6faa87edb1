"""Deadlines: the last day, working days, days left and past."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PLAN, plan_from
from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import WorkCalendar
from danvan_cli.model.plan import Deadline
from danvan_cli.model.values import Day
from places import ROOT, SOURCE

SCRIPT = ROOT / "scripts" / "days_off.py"
days = st.dates(date(2021, 1, 1), date(2036, 12, 31))
calendars = st.builds(
    WorkCalendar,
    off=st.frozensets(days, max_size=5),
    worked=st.frozensets(days, max_size=5),
    moves_on=st.booleans(),
)


def before(text: str) -> Deadline:
    return Deadline(before=Day.read(text))


def by(text: str) -> Deadline:
    return Deadline(by=Day.read(text))


def test_before_a_day_ends_the_day_before_it() -> None:
    assert deadlines.last_day(before("2/6/2026"), WorkCalendar()) == date(2026, 6, 1)
    assert deadlines.last_day(by("2/6/2026"), WorkCalendar()) == date(2026, 6, 2)


def test_a_sunday_names_the_friday_before_it() -> None:
    status = deadlines.status(before("2/11/2026"), date(2026, 10, 30), WorkCalendar())
    assert status.last_day == date(2026, 11, 1)
    assert status.last_working_day == date(2026, 10, 30)
    assert (status.days_left, status.working_days_left) == (2, 0)
    assert status.on_day_off


def test_a_deadline_on_a_day_off_moves_on_when_the_plan_says_so() -> None:
    calendar = WorkCalendar(moves_on=True)
    assert deadlines.last_day(before("2/11/2026"), calendar) == date(2026, 11, 2)
    # 30/4 and 1/5/2026 are Thursday and Friday: the next working day is Monday.
    assert deadlines.last_day(by("30/4/2026"), calendar) == date(2026, 5, 4)


def test_exchanged_days_count_as_the_government_decided() -> None:
    assert deadlines.WorkCalendar().is_working_day(date(2026, 8, 22))
    assert not deadlines.WorkCalendar().is_working_day(date(2026, 8, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),  # Tết Dương lịch
        date(2026, 2, 17),  # mồng Một Tết
        date(2026, 4, 27),  # nghỉ bù: Giỗ Tổ 26/4 là Chủ nhật
        date(2026, 9, 2),  # Quốc khánh
    ],
)
def test_public_holidays_and_the_days_in_place_of_them_are_off(day: date) -> None:
    assert day.weekday() < 5
    assert not WorkCalendar().is_working_day(day)


def test_the_plan_corrects_the_committed_table() -> None:
    plan = plan_from(
        PLAN + "days_off: [2026-06-01, 2026-08-22]\nworking_days: [2026-05-30, 2026-09-02]\n"
    )
    calendar = deadlines.work_calendar(plan)
    assert not calendar.is_working_day(date(2026, 6, 1))
    assert not calendar.is_working_day(date(2026, 8, 22))
    assert calendar.is_working_day(date(2026, 5, 30))
    assert calendar.is_working_day(date(2026, 9, 2))
    assert not calendar.moves_on
    status = deadlines.status(before("2/6/2026"), date(2026, 5, 29), calendar)
    assert (status.last_working_day, status.working_days_left) == (date(2026, 5, 30), 1)


def test_the_plan_says_whether_a_deadline_on_a_day_off_moves_on() -> None:
    calendar = deadlines.work_calendar(plan_from(PLAN + "when_day_off: next_working_day\n"))
    status = deadlines.status(before("2/11/2026"), date(2026, 10, 30), calendar)
    assert (status.day, status.last_day) == (date(2026, 11, 2), date(2026, 11, 2))
    assert (status.days_left, status.working_days_left) == (3, 1)
    assert not status.on_day_off


def test_once_past_the_days_count_on_below_zero() -> None:
    # The last day is a Sunday.
    past = [
        deadlines.status(before("2/11/2026"), date(2026, 11, day), WorkCalendar())
        for day in (1, 2, 3)
    ]
    assert [each.days_left for each in past] == [0, -1, -2]
    assert [each.working_days_left for each in past] == [0, -1, -2]
    saturday = deadlines.status(by("30/10/2026"), date(2026, 10, 31), WorkCalendar())
    assert (saturday.days_left, saturday.working_days_left) == (-1, 0)


@given(days, calendars)
def test_before_a_day_and_by_the_day_before_are_one(day: date, calendar: WorkCalendar) -> None:
    eve = day - timedelta(days=1)
    assert deadlines.last_day(before(day.isoformat()), calendar) == deadlines.last_day(
        by(eve.isoformat()), calendar
    )


@given(days, calendars)
def test_the_last_day_is_kept_or_moved_to_a_working_day(day: date, calendar: WorkCalendar) -> None:
    last = deadlines.last_day(by(day.isoformat()), calendar)
    assert last == day if not calendar.moves_on else calendar.is_working_day(last)
    assert last >= day


@given(days, calendars)
def test_the_last_working_day_is_the_nearest_at_or_before(
    day: date, calendar: WorkCalendar
) -> None:
    last = deadlines.last_working_day(day, calendar)
    assert last <= day
    assert calendar.is_working_day(last)
    assert deadlines.working_days_between(last, day, calendar) == 0


@given(days, st.frozensets(days, max_size=5), st.frozensets(days, max_size=5))
def test_a_day_is_worked_unless_a_weekend_or_off_and_a_decided_day_always(
    day: date, off: frozenset[date], worked: frozenset[date]
) -> None:
    calendar = WorkCalendar(off=off, worked=worked)
    expected = day in worked or (day.isoweekday() < 6 and day not in off)
    assert calendar.is_working_day(day) == expected


@given(days, days, calendars)
def test_working_days_left_agree_with_days_left(
    day: date, as_of: date, calendar: WorkCalendar
) -> None:
    status = deadlines.status(by(day.isoformat()), as_of, calendar)
    assert status.days_left * status.working_days_left >= 0
    assert abs(status.working_days_left) <= abs(status.days_left)


@given(days, days, calendars)
def test_days_left_count_down_to_zero_and_below(
    day: date, as_of: date, calendar: WorkCalendar
) -> None:
    status = deadlines.status(by(day.isoformat()), as_of, calendar)
    assert as_of + timedelta(days=status.days_left) == status.last_day
    tomorrow = deadlines.status(by(day.isoformat()), as_of + timedelta(days=1), calendar)
    assert tomorrow.days_left == status.days_left - 1


@given(days, days, days, calendars)
def test_working_days_add_up_over_a_day_between(
    first: date, middle: date, last: date, calendar: WorkCalendar
) -> None:
    between = deadlines.working_days_between
    assert between(first, middle, calendar) + between(middle, last, calendar) == between(
        first, last, calendar
    )


@given(days, st.integers(1, 30), calendars)
def test_adding_working_days_lands_on_a_working_day_that_many_away(
    start: date, count: int, calendar: WorkCalendar
) -> None:
    day = deadlines.add_working_days(start, count, calendar)
    assert calendar.is_working_day(day)
    assert deadlines.working_days_between(start, day, calendar) == count


@given(days, st.integers(1, 30), calendars)
def test_subtracting_working_days_is_the_working_day_with_that_many_left(
    end: date, count: int, calendar: WorkCalendar
) -> None:
    day = deadlines.subtract_working_days(end, count, calendar)
    assert calendar.is_working_day(day)
    assert deadlines.working_days_between(day, end, calendar) == count


def test_one_working_day_before_a_sunday_is_the_thursday() -> None:
    """On its morning Friday is left, the last day on which anybody works."""
    day = deadlines.subtract_working_days(date(2026, 11, 1), 1, WorkCalendar())
    assert day == date(2026, 10, 29)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Ho_Chi_Minh"])
def test_today_is_the_day_in_viet_nam_in_any_time_zone(zone: str) -> None:
    program = (
        "from datetime import datetime, timedelta, UTC;"
        "from danvan_cli import vietnamese as v;"
        "print(v.today() == (datetime.now(UTC) + timedelta(hours=7)).date())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"TZ": zone, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "True"


def test_the_state_on_a_day_is_the_same_in_any_time_zone(root: Path) -> None:
    said = [
        subprocess.run(
            [sys.executable, "-m", "danvan_cli", "status", "--as-of", "1/6/2026"],
            cwd=root,
            env=os.environ | {"TZ": zone, "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            check=True,
        ).stdout
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    ]
    assert said[0] == said[1] != b""


def test_the_committed_table_is_what_the_holidays_package_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    import days_off as script

    from danvan_cli.model.days_off import FIRST_YEAR

    assert script.TABLE.read_text(encoding="utf-8") == script.table(FIRST_YEAR)
