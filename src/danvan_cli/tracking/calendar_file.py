"""Writes the plan's deadlines as an iCalendar file (RFC 5545), for a computer or a phone.

It only uses what calendar programs accept: a day is a DATE, so no time zone moves it; an alarm is a
time before the event's day, since Outlook and Google accept no other for all-day events.
"""

import hashlib
import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Component, Event
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.characters import without_invisible
from danvan_cli.model import deadlines, succession
from danvan_cli.model.deadlines import WorkCalendar
from danvan_cli.model.plan import (
    Deadline,
    Period,
    Plan,
    Task,
    Unit,
    coordinator,
    is_assigned,
    units_by_id,
)
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.plan_of_period import span_of_task
from danvan_cli.tracking.status import expected_units, period_ids

ALARMS = (14, 7, 1)
"""Working days before the last day."""

ALARM_TIME = time(8)
"""The time at which the office opens."""

_TITLE_WIDTH = 90
"""Characters of a title; calendars show no more."""

_NAMED = 3
"""So many units stand in a title; all are in the text below it."""

_STAMP = b"X-DANVAN-FINGERPRINT"
_DIGEST_LENGTH = 32
"""Hex digits; a line has at most 75 bytes."""
_STAMP_LINE = re.compile(rb"%s:([0-9a-f]{%d})\r\n" % (_STAMP, _DIGEST_LENGTH))

_PRODUCT = "-//danvan//danvan-cli//VI"
_NAMESPACE = UUID("5f0c1d5a-6a56-5d0e-9a52-0d7f5b0a2b61")


class Entry(Struct, frozen=True, kw_only=True):
    """One deadline; `key` stays the same if its text or its day changes."""

    key: tuple[str, ...]
    summary: str
    paragraphs: list[str]
    deadline: Deadline


def entries(plan: Plan, unit: str | None = None) -> list[Entry]:
    """Every deadline of the plan, or of one unit, in the order of days.

    The coordinator also has the office's deadlines and milestones.
    """
    found = [
        *_reports_due(plan, unit),
        *(_office_entries(plan) if unit in (None, plan.coordinator) else ()),
        *_tasks_due(plan, unit),
    ]
    calendar = deadlines.work_calendar(plan)
    return sorted(found, key=lambda entry: deadlines.last_day(entry.deadline, calendar))


def render(plan: Plan, entries: list[Entry], earlier: bytes = b"") -> bytes:
    """The .ics file; the same plan and the same earlier file give the same bytes.

    `earlier`: the file that is replaced. A calendar that has imported it only accepts a change from
    an event with a higher SEQUENCE (RFC 5545, 3.8.7.4).
    """
    ics = Calendar()
    ics.add("prodid", _PRODUCT)
    ics.add("version", "2.0")
    ics.add("calscale", "GREGORIAN")
    ics.add("x-wr-calname", f"{plan.organization.name}: thời hạn năm {plan.year}")
    work_calendar = deadlines.work_calendar(plan)
    known = {str(event["uid"]): event for event in _events(earlier)}
    for entry in entries:
        event = _event(plan, entry, work_calendar)
        event.add("sequence", _sequence(event, known.get(_uid(plan, entry))))
        ics.add_component(event)
    content: bytes = ics.to_ical()
    place = content.index(b"BEGIN:VEVENT")
    return content[:place] + b"%s:%s\r\n" % (_STAMP, _digest(content)) + content[place:]


def is_as_written(content: bytes) -> bool:
    """Whether this is a calendar file of danvan's that nobody has edited."""
    stamps = _STAMP_LINE.findall(content)
    return stamps == [_digest(_STAMP_LINE.sub(b"", content))]


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH].encode()


def _events(content: bytes) -> list[Component]:
    """The events with a UID; none if it is not a calendar."""
    try:
        return [event for event in Calendar.from_ical(content).walk("VEVENT") if "uid" in event]
    except ValueError:
        return []


def _sequence(event: Event, before: Component | None) -> int:
    """The earlier sequence number, plus one if anything else has changed."""
    if before is None:
        return 0
    sequence = int(before.pop("sequence", 0))
    return sequence if before.to_ical() == event.to_ical() else sequence + 1


def _reports_due(plan: Plan, unit: str | None) -> Iterator[Entry]:
    calendar = deadlines.work_calendar(plan)
    for period_id in period_ids(plan):
        units = expected_units(plan, period_id)
        period = plan.periods[period_id]
        if unit is None:
            yield from _of_all_units(plan, period_id, units, calendar)
        elif unit in [expected.id for expected in units]:
            yield _report_due(plan, period_id, units, _of_unit(period, unit, calendar))


def _of_all_units(
    plan: Plan, period_id: str, units: Sequence[Unit], calendar: WorkCalendar
) -> Iterator[Entry]:
    """The usual deadline, if any unit has it, and each other with the units that have it."""
    period = plan.periods[period_id]
    usual = deadlines.last_day(period.unit_deadline, calendar)
    by_day: dict[date, list[Unit]] = {}
    for unit in units:
        day = deadlines.last_day(_of_unit(period, unit.id, calendar), calendar)
        by_day.setdefault(day, []).append(unit)
    together = by_day.pop(usual, [])
    if together or not by_day:
        yield _report_due(plan, period_id, together, period.unit_deadline)
    for own in by_day.values():
        yield _report_due_apart(plan, period_id, own, calendar)


def _report_due(plan: Plan, period_id: str, units: Sequence[Unit], deadline: Deadline) -> Entry:
    period = plan.periods[period_id]
    return Entry(
        key=("unit_report", period_id),
        summary=f"Hạn gửi báo cáo {period.name} về {coordinator(plan).name}",
        paragraphs=[
            f"{period.subject}.",
            f"{len(units)} đơn vị gửi báo cáo về {coordinator(plan).name}.",
            _data_window(period),
        ],
        deadline=deadline,
    )


def _report_due_apart(
    plan: Plan, period_id: str, units: Sequence[Unit], calendar: WorkCalendar
) -> Entry:
    """The deadline of units that have another than most; its key is that of the first of them."""
    period = plan.periods[period_id]
    names = [unit.name for unit in units]
    who = vietnamese.enumeration(names) if len(names) <= _NAMED else f"{len(names)} đơn vị"
    told = [
        f"{unit.name} (gia hạn)" if _extended(period, unit.id, calendar) else unit.name
        for unit in units
    ]
    return Entry(
        key=("unit_report", period_id, units[0].id),
        summary=f"Hạn {who} gửi báo cáo {period.name}",
        paragraphs=[
            f"{period.subject}.",
            f"Thời hạn riêng gửi về {coordinator(plan).name} của {vietnamese.enumeration(told)}.",
            _data_window(period),
        ],
        deadline=_of_unit(period, units[0].id, calendar),
    )


def _of_unit(period: Period, unit: str, calendar: WorkCalendar) -> Deadline:
    return _extended(period, unit, calendar) or deadlines.unit_deadline(period, unit)


def _extended(period: Period, unit: str, calendar: WorkCalendar) -> Deadline | None:
    return deadlines.extended_deadline(period, unit, date.max, calendar)


def _office_entries(plan: Plan) -> Iterator[Entry]:
    for period_id in period_ids(plan):
        period = plan.periods[period_id]
        # A milestone has no id, and its name and day may change; its position rarely does.
        for place, milestone in enumerate(period.milestones, 1):
            yield Entry(
                key=("milestone", period_id, str(place)),
                summary=f"{milestone.name} (báo cáo {period.name})",
                paragraphs=[f"{period.subject}."],
                deadline=milestone,
            )
        yield Entry(
            key=("office_report", period_id),
            summary=f"Hạn {plan.organization.name} gửi báo cáo {period.name}",
            paragraphs=[
                f"{period.subject}.",
                f"Nơi nhận báo cáo: {'; '.join(period.addressees)}.",
                _data_window(period),
            ],
            deadline=period.office_deadline,
        )


def _tasks_due(plan: Plan, unit: str | None) -> Iterator[Entry]:
    calendar = deadlines.work_calendar(plan)
    for section, of_year in plan_tasks(plan):
        task = _as_it_is_then(plan, of_year, calendar)
        is_theirs = unit is None or is_assigned(task, unit)
        if task.due and is_theirs and not _ends_before(task, task.due, calendar):
            yield Entry(
                key=("task", str(task.id)),
                summary=textwrap.shorten(
                    f"Hạn nhiệm vụ {task.id}: {task.text}", _TITLE_WIDTH, placeholder="…"
                ),
                paragraphs=[task.text, f"Mục {section.id}. {section.title}.", _who(plan, task)],
                deadline=task.due,
            )


def _as_it_is_then(plan: Plan, task: Task, calendar: WorkCalendar) -> Task:
    """The task with the units that have it on its last day (model/succession.py)."""
    if task.due is None or not succession.is_used(plan):
        return task
    day = deadlines.last_day(task.due, calendar)
    then = succession.passed_on(plan, succession.on(day))
    return next(each for _, each in plan_tasks(then) if each.id == task.id)


def _ends_before(task: Task, due: Deadline, calendar: WorkCalendar) -> bool:
    return span_of_task(task).has_ended(deadlines.last_day(due, calendar))


def _data_window(period: Period) -> str:
    first, last = (vietnamese.short_day(day) for day in (period.data.from_, period.data.to))
    return f"Số liệu từ ngày {first} đến ngày {last}."


def _who(plan: Plan, task: Task) -> str:
    units = units_by_id(plan)
    names = [units[unit].name for unit in task.assigned or []]
    lead = f"; {units[task.lead].name} chủ trì" if task.lead else ""
    return f"Thực hiện: {vietnamese.enumeration(names) or 'các đơn vị'}{lead}."


def _event(plan: Plan, entry: Entry, calendar: WorkCalendar) -> Event:
    last_day = deadlines.last_day(entry.deadline, calendar)
    event = Event()
    event.add("uid", _uid(plan, entry))
    event.add("dtstamp", _stamp(plan))
    event.add("dtstart", last_day)
    event.add("dtend", last_day + timedelta(days=1))
    event.add("summary", without_invisible(entry.summary))
    notes = _day_notes(entry.deadline, last_day, calendar)
    event.add("description", without_invisible("\n".join([*entry.paragraphs, *notes])))
    # A deadline does not make anybody busy.
    event.add("transp", "TRANSPARENT")
    for working_days in ALARMS:
        event.add_component(_alarm(entry, last_day, working_days, calendar))
    return event


def _uid(plan: Plan, entry: Entry) -> str:
    """The same for the same office, year and deadline, so that a new import updates the event."""
    organization = plan.organization
    name = "/".join([organization.place, organization.name, str(plan.year), *entry.key])
    return str(uuid5(_NAMESPACE, name))


def _stamp(plan: Plan) -> datetime:
    """DTSTAMP in UTC (RFC 5545); from the plan's date, so that the bytes stay the same."""
    day = plan.issued or date(plan.year, 1, 1)
    return datetime.combine(day, time(), vietnamese.VIETNAM).astimezone(UTC)


def _day_notes(deadline: Deadline, last_day: date, calendar: WorkCalendar) -> Iterator[str]:
    status = deadlines.status(deadline, last_day, calendar)
    written = vietnamese.short_day(status.day)
    how = "trước ngày" if status.rule == "before" else "chậm nhất ngày"
    yield f"Thời hạn: {how} {written}; ngày cuối cùng: {_with_weekday(last_day)}."
    if last_day != deadlines.last_day(deadline, replace(calendar, moves_on=False)):
        yield "Thời hạn rơi vào ngày nghỉ nên chuyển sang ngày làm việc kế tiếp."
    if status.on_day_off:
        day = _with_weekday(status.last_working_day)
        yield f"Ngày cuối cùng là ngày nghỉ; ngày làm việc cuối cùng trước đó: {day}."


def _with_weekday(day: date) -> str:
    return f"{vietnamese.weekday(day)}, {vietnamese.short_day(day)}"


def _alarm(entry: Entry, last_day: date, working_days: int, calendar: WorkCalendar) -> Alarm:
    day = deadlines.subtract_working_days(last_day, working_days, calendar)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", datetime.combine(day, ALARM_TIME) - datetime.combine(last_day, time()))
    alarm.add(
        "description", without_invisible(f"Còn {working_days} ngày làm việc: {entry.summary}")
    )
    return alarm
