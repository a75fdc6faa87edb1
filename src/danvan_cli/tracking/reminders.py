"""Decides whom to remind about a period's report, why, and by when."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model import deadlines, succession
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Period, Plan, Unit, coordinator
from danvan_cli.tracking.report_errors import ReportError
from danvan_cli.tracking.status import PeriodStatus, UnitStatus

Reason = Literal["not_sent", "invalid", "returned"]

_ADDRESS = re.compile(r"(?:(?![<>,;:\"()\[\]\\])[!-~])+")
"""One address, as written between `<` and `>`."""

WORKING_DAYS_MORE = 3
"""Working days that the units are given at most after the deadline has passed."""


class UnitReminder(Struct, frozen=True, kw_only=True):
    """A unit to be reminded, and its own deadline. `errors`: those in the report that it sent."""

    unit: Unit
    deadline: DeadlineStatus
    reason: Reason
    is_draft: bool = False
    returned_reason: str | None = None
    errors: Sequence[ReportError] = ()

    @property
    def address(self) -> str | None:
        """Its mail address.

        None also for an address with characters that few mail servers accept, for several
        addresses, and for text that would add a line to the mail's header.
        """
        email = self.unit.email
        return email if email and _ADDRESS.fullmatch(email) else None

    @property
    def why_returned(self) -> str:
        """The reason for use within a sentence; '' if there is none."""
        reason = " ".join((self.returned_reason or "").split())
        return vietnamese.in_sentence(vietnamese.bare(reason))


class Reminder(Struct, frozen=True, kw_only=True):
    """Who is reminded about a period's report on a day.

    `until`: the day by which most of the units shall send it: the deadline's last day or, after
    that (`is_overdue`), a new one. `own`: the coordinator, if its own report is missing; it gets no
    letter. `absent`: units that owe a report but are not there on the day, so no letter reaches
    them, unless another took over from them. `mistaken`: units whose report is only invalid
    because of what the coordinator wrote. `waiting`: units that have more time, while others are
    overdue.
    """

    plan: Plan
    status: PeriodStatus
    as_of: date
    until: date
    units: Sequence[UnitReminder]
    own: UnitReminder | None = None
    absent: Sequence[Unit] = ()
    mistaken: Sequence[Unit] = ()
    waiting: Sequence[UnitStatus] = ()

    @property
    def deadline(self) -> DeadlineStatus:
        """The deadline of most of the units that are reminded."""
        own = [reminder.deadline for reminder in self.units] or [self.status.unit_deadline]
        most_common, _ = Counter(deadline.last_day for deadline in own).most_common(1)[0]
        return next(deadline for deadline in own if deadline.last_day == most_common)

    @property
    def with_other_deadlines(self) -> list[UnitReminder]:
        usual = self.deadline.last_day
        return [reminder for reminder in self.units if reminder.deadline.last_day != usual]

    def until_of(self, reminded: UnitReminder) -> date:
        """The day by which this unit shall send it: its own last day as long as that is ahead."""
        return self.until if reminded.deadline.is_past else reminded.deadline.last_day

    @property
    def is_overdue(self) -> bool:
        return self.deadline.is_past

    @property
    def sent(self) -> list[Unit]:
        """The units whose report has arrived and is valid; they are not reminded."""
        return [
            unit_status.unit for unit_status in self.status.units if unit_status.report is not None
        ]

    @property
    def without_address(self) -> list[Unit]:
        """The units to be reminded for which the plan has no usable address."""
        return [reminder.unit for reminder in self.units if reminder.address is None]

    def because(self, reason: Reason) -> list[UnitReminder]:
        return [reminder for reminder in self.units if reminder.reason == reason]

    @property
    def report_in_sentence(self) -> str:
        """'báo cáo kết quả thực hiện …'"""
        return report_in_sentence(self.status.period)

    @property
    def is_to_all(self) -> bool:
        """Whether no unit but the coordinator is left out."""
        return len(self.units) == sum(
            unit_status.unit.id != self.plan.coordinator for unit_status in self.status.units
        )

    @property
    def destination(self) -> str:
        """'Văn phòng UBND tỉnh (qua Phòng Hành chính - Tổ chức)'"""
        return destination(self.plan)


def report_in_sentence(period: Period) -> str:
    """'báo cáo kết quả thực hiện …'"""
    subject = vietnamese.in_sentence(period.subject)
    return subject if subject.lower().startswith("báo cáo") else f"báo cáo {subject}"


def destination(plan: Plan) -> str:
    """'Văn phòng UBND tỉnh (qua Phòng Hành chính - Tổ chức)'"""
    return f"{plan.organization.name} (qua {coordinator(plan).name})"


def day_off_note(deadline: DeadlineStatus, as_of: date, written: Callable[[date], str]) -> str:
    """' (ngày nghỉ; …)' where the last day is a day off to come; else ''."""
    day = deadline.last_working_day
    if deadline.is_past or not deadline.on_day_off or day < as_of:
        return ""
    return (
        " (ngày nghỉ; ngày làm việc cuối cùng trước đó là "
        f"{vietnamese.weekday(day)}, {written(day)})"
    )


def new_deadline(plan: Plan, status: PeriodStatus, as_of: date) -> date:
    """The new last day after the deadline has passed, unless the user gives another.

    It is WORKING_DAYS_MORE from `as_of`, but no later than the working day before the office's own
    last day, as long as that is still ahead.
    """
    calendar = deadlines.work_calendar(plan)
    soon = deadlines.add_working_days(as_of, WORKING_DAYS_MORE, calendar)
    day_before = status.office_deadline.last_day - timedelta(days=1)
    before_the_offices = deadlines.last_working_day(day_before, calendar)
    if status.office.issued or before_the_offices <= as_of:
        return soon
    return min(soon, before_the_offices)


def remind(
    plan: Plan,
    status: PeriodStatus,
    errors: Mapping[str, Sequence[ReportError]],
    as_of: date,
    until: date | None = None,
) -> Reminder:
    """The reminder for units whose report is missing, a draft, invalid or returned.

    `errors`: the errors in each unit's report, by unit id. `until` None: the last day or, after
    that, the day of `new_deadline`.
    """
    owing = [unit_status for unit_status in status.units if unit_status.report is None]
    heirs = _heirs(plan, as_of)
    present = [
        unit_status
        for unit_status in owing
        if unit_status.unit.exists_on(as_of) or unit_status.unit.id in heirs
    ]
    mistaken = [
        unit_status
        for unit_status in present
        if unit_status.state == "invalid" and not errors.get(unit_status.unit.id)
    ]
    waiting = _waiting(present)
    left_out = [*mistaken, *waiting]
    missing = [
        _to_heir(_unit(unit_status, errors), heirs.get(unit_status.unit.id))
        for unit_status in present
        if unit_status not in left_out
    ]
    reminder = Reminder(
        plan=plan,
        status=status,
        as_of=as_of,
        until=as_of,
        units=[reminder for reminder in missing if reminder.unit.id != plan.coordinator],
        own=next((reminder for reminder in missing if reminder.unit.id == plan.coordinator), None),
        absent=[unit_status.unit for unit_status in owing if unit_status not in present],
        mistaken=[unit_status.unit for unit_status in mistaken],
        waiting=waiting,
    )
    deadline = reminder.deadline
    default = new_deadline(plan, status, as_of) if deadline.is_past else deadline.last_day
    return replace(reminder, until=until or default)


def _heirs(plan: Plan, as_of: date) -> dict[str, Unit]:
    """By unit that is gone, the first that took over from it; the coordinator gets no letter."""
    return {
        gone: taking[0]
        for gone, taking in succession.heirs(plan, succession.on(as_of)).items()
        if taking[0].id != plan.coordinator
    }


def _to_heir(reminder: UnitReminder, heir: Unit | None) -> UnitReminder:
    """The reminder of a unit that is gone as it goes to the one that took over from it."""
    if heir is None:
        return reminder
    name = f"{heir.name} (tiếp nhận nhiệm vụ của {reminder.unit.name})"
    return replace(reminder, unit=replace(reminder.unit, name=name, email=heir.email))


def _waiting(present: Sequence[UnitStatus]) -> list[UnitStatus]:
    """Once a unit is overdue, those that have more time and have sent nothing are left alone."""
    if not any(unit_status.state == "overdue" for unit_status in present):
        return []
    return [unit_status for unit_status in present if unit_status.state == "pending"]


def _unit(status: UnitStatus, errors: Mapping[str, Sequence[ReportError]]) -> UnitReminder:
    unit, deadline, own = status.unit, status.deadline, errors.get(status.unit.id, ())
    match status.state:
        case "returned":
            return UnitReminder(
                unit=unit,
                deadline=deadline,
                reason="returned",
                returned_reason=status.returned_reason,
                errors=own,
            )
        case "invalid":
            return UnitReminder(unit=unit, deadline=deadline, reason="invalid", errors=own)
        case _:
            return UnitReminder(
                unit=unit, deadline=deadline, reason="not_sent", is_draft=status.is_draft
            )
