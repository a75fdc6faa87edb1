"""Computes the status of reports on a day: who has reported, what is late or overdue."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import DeadlineStatus, WorkCalendar
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Period, Plan, Unit
from danvan_cli.model.predecessors import Predecessor, predecessors
from danvan_cli.model.succession import named_on
from danvan_cli.model.unit_report import UnitReport

UnitState = Literal["on_time", "late", "invalid", "returned", "pending", "overdue"]
OfficeState = Literal["done", "late", "pending", "overdue"]
UNIT_STATES: tuple[UnitState, ...] = (
    "on_time",
    "late",
    "invalid",
    "returned",
    "pending",
    "overdue",
)


_STATE_NAMES: dict[UnitState, str] = {
    "on_time": "đúng hạn",
    "late": "muộn",
    "invalid": "có lỗi",
    "returned": "đã trả lại",
    "pending": "chưa đến hạn",
    "overdue": "quá hạn",
}


class Submission(Struct, frozen=True):
    """What a unit has submitted for a period.

    `report` is None if its file cannot be understood; `submission_dates` then has the dates on it,
    or is None, too.
    """

    unit: str
    period: str
    report: UnitReport | None
    errors: int = 0
    submission_dates: UnitReport | None = None


class UnitStatus(Struct, frozen=True):
    """The status of one unit's report.

    `deadline`: the unit's own, with its extension. `days`: days late (`late`), left (`pending`) or
    overdue (`overdue`); 0 for `on_time`; None for `invalid` and `returned`. `report` is None unless
    it counts, that is on time or late. `after_issue`: it came after the
    office's report was issued.
    """

    unit: Unit
    deadline: DeadlineStatus
    state: UnitState
    submitted: date | None
    days: int | None
    errors: int
    report: UnitReport | None = None
    returned_reason: str | None = None
    arrived: date | None = None
    is_draft: bool = False
    after_issue: bool = False

    @property
    def in_words(self) -> str:
        """The status in Vietnamese: 'muộn 2 ngày, gửi sau khi ban hành', 'còn 8 ngày' …"""
        return f"{self.state_in_words}{', gửi sau khi ban hành' if self.after_issue else ''}"

    @property
    def state_in_words(self) -> str:
        """The same for the narrow cells of a table."""
        match self.state:
            case "on_time":
                return "đúng hạn"
            case "late":
                return f"muộn {self.days} ngày"
            case "invalid":
                return "có lỗi"
            case "returned":
                return "đã trả lại"
            case "pending" if self.deadline.extended:
                return f"gia hạn đến {vietnamese.short_day(self.deadline.last_day)}"
            case "pending":
                return f"còn {self.days} ngày" if self.days else "hạn hôm nay"
            case "overdue":
                return f"quá hạn {self.days} ngày"


class OfficeStatus(Struct, frozen=True):
    state: OfficeState
    issued: date | None
    days: int

    @property
    def in_words(self) -> str:
        match self.state:
            case "done":
                return "đúng hạn"
            case "late":
                return f"muộn {self.days} ngày"
            case "pending":
                return f"còn {self.days} ngày" if self.days else "hạn hôm nay"
            case "overdue":
                return f"quá hạn {self.days} ngày"


class MilestoneStatus(Struct, frozen=True):
    """The status of an internal step towards the office's report."""

    name: str
    deadline: DeadlineStatus


class PeriodStatus(Struct, frozen=True):
    """The status of a period: its deadlines, the office's report, and all units in plan order.

    `predecessors`: the units that are gone, and what they reported last.
    """

    id: str
    period: Period
    unit_deadline: DeadlineStatus
    office_deadline: DeadlineStatus
    office: OfficeStatus
    units: list[UnitStatus]
    milestones: list[MilestoneStatus] = []
    predecessors: list[Predecessor] = []

    @property
    def added(self) -> list[Predecessor]:
        """The units that are gone and whose last figures are added."""
        return [before for before in self.predecessors if before.is_added]

    def count(self, state: UnitState) -> int:
        return sum(unit_status.state == state for unit_status in self.units)

    @property
    def counts_in_words(self) -> str:
        """'10 đúng hạn, 1 muộn': the number of units by state, without states that no unit has."""
        counts = {state: self.count(state) for state in UNIT_STATES}
        return ", ".join(
            f"{count} {_STATE_NAMES[state]}" for state, count in counts.items() if count
        )


class Overdue(Struct, frozen=True):
    """One report or task that is overdue by `days`; also invalid and returned unit reports.

    `state`: the state of a unit's report; None for the office's report and for tasks.
    """

    kind: Literal["unit_report", "office_report", "task"]
    period: str | None
    unit: str | None
    task: str | None
    last_day: date
    days: int
    state: UnitState | None = None


def period_ids(plan: Plan) -> list[str]:
    """The ids of the plan's periods in the order of their unit deadlines, without dropped ones."""
    calendar = deadlines.work_calendar(plan)
    return sorted(
        (
            name
            for name, period in plan.periods.items()
            if not deadlines.is_dropped(period, calendar)
        ),
        key=lambda period: deadlines.last_day(plan.periods[period].unit_deadline, calendar),
    )


def expected_units(plan: Plan, period: str) -> list[Unit]:
    """The units of the period that exist on their last day for reporting, in plan order."""
    calendar = deadlines.work_calendar(plan)
    due = plan.periods[period]
    return [
        unit
        for unit in plan.units
        if due.is_for(unit.id)
        and unit.exists_on(deadlines.last_day(deadlines.unit_deadline(due, unit.id), calendar))
    ]


def assess(
    plan: Plan, submissions: list[Submission], offices: dict[str, OfficeReport], as_of: date
) -> list[PeriodStatus]:
    """The status of every period on a day; reports that arrived later are not counted.

    A period that the plan does not have yet on that day has none.
    """
    calendar = deadlines.work_calendar(plan)
    filed = {(submission.period, submission.unit): submission for submission in submissions}
    begun = {
        name: period
        for name, period in plan.periods.items()
        if period.from_ is None or period.from_ <= as_of
    }
    return [
        _period(plan, period, filed, offices.get(period), as_of, calendar)
        for period in period_ids(plan)
        if period in begun
    ]


def assess_period(
    plan: Plan,
    period: str,
    submissions: list[Submission],
    offices: dict[str, OfficeReport],
    as_of: date,
) -> PeriodStatus:
    """The status of one period on a day."""
    filed = {(submission.period, submission.unit): submission for submission in submissions}
    calendar = deadlines.work_calendar(plan)
    return _period(plan, period, filed, offices.get(period), as_of, calendar)


def up_to(statuses: list[PeriodStatus], period: str) -> list[PeriodStatus]:
    """The statuses up to this period, since later reports do not concern it."""
    ids = [status.id for status in statuses]
    return statuses[: ids.index(period) + 1] if period in ids else statuses


def overdue_reports(statuses: list[PeriodStatus]) -> Iterator[Overdue]:
    """The reports of units and the office that are overdue."""
    for status in statuses:
        for unit in status.units:
            due = unit.deadline
            if due.is_past and unit.state in ("overdue", "invalid", "returned"):
                past = -due.days_left
                yield Overdue(
                    "unit_report", status.id, unit.unit.id, None, due.last_day, past, unit.state
                )
        if status.office.state == "overdue":
            last_day = status.office_deadline.last_day
            yield Overdue("office_report", status.id, None, None, last_day, status.office.days)


def _period(
    plan: Plan,
    period: str,
    filed: dict[tuple[str, str], Submission],
    office: OfficeReport | None,
    as_of: date,
    calendar: WorkCalendar,
) -> PeriodStatus:
    plan = named_on(plan, as_of)
    unit_deadline = deadlines.status(plan.periods[period].unit_deadline, as_of, calendar)
    office_deadline = deadlines.status(plan.periods[period].office_deadline, as_of, calendar)
    office_status = _office(office, office_deadline, as_of)
    has_own_deadlines = plan.periods[period].unit_deadlines or plan.periods[period].extensions
    return PeriodStatus(
        id=period,
        period=plan.periods[period],
        unit_deadline=unit_deadline,
        office_deadline=office_deadline,
        office=office_status,
        units=[
            _after_issue(
                _unit(
                    unit,
                    filed.get((period, unit.id)),
                    deadlines.unit_status(plan.periods[period], unit.id, as_of, calendar)
                    if has_own_deadlines
                    else unit_deadline,
                    as_of,
                ),
                office_status.issued,
            )
            for unit in expected_units(plan, period)
        ],
        milestones=[
            MilestoneStatus(milestone.name, deadlines.status(milestone, as_of, calendar))
            for milestone in plan.periods[period].milestones
        ],
        predecessors=predecessors(plan, period, partial(_counted, filed, as_of)),
    )


def _counted(
    filed: dict[tuple[str, str], Submission], as_of: date, period: str, unit: str
) -> UnitReport | None:
    """A unit's report for a period, if it counts on a day."""
    submission = filed.get((period, unit))
    if submission is None or submission.report is None or submission.errors:
        return None
    return submission.report if submission.report.counts_on(as_of) else None


def _unit(
    unit: Unit, submission: Submission | None, deadline: DeadlineStatus, as_of: date
) -> UnitStatus:
    if submission is None:
        return _missing(unit, deadline)
    report, errors = submission.report, submission.errors
    if report is None:
        report, errors = submission.submission_dates, max(errors, 1)
    if report is None:
        return UnitStatus(unit, deadline, "invalid", None, None, errors)
    arrived = report.arrived
    if arrived is None:
        return replace(_missing(unit, deadline), errors=errors, is_draft=True)
    if arrived > as_of:
        return _missing(unit, deadline)
    if report.returned is not None and report.returned.date <= as_of:
        reason = report.returned.reason
        return UnitStatus(
            unit,
            deadline,
            "returned",
            report.submitted,
            None,
            errors,
            returned_reason=reason,
            arrived=arrived,
        )
    if errors:
        return UnitStatus(
            unit, deadline, "invalid", report.submitted, None, errors, arrived=arrived
        )
    days = max((arrived - deadline.last_day).days, 0)
    state: UnitState = "late" if days else "on_time"
    return UnitStatus(unit, deadline, state, report.submitted, days, 0, report, arrived=arrived)


def _after_issue(status: UnitStatus, issued: date | None) -> UnitStatus:
    if issued is None or status.arrived is None or status.arrived <= issued:
        return status
    return replace(status, after_issue=True)


def _missing(unit: Unit, deadline: DeadlineStatus) -> UnitStatus:
    """The status without a report, or with only a draft, which is not counted."""
    state: UnitState = "overdue" if deadline.is_past else "pending"
    return UnitStatus(unit, deadline, state, None, abs(deadline.days_left), 0)


def _office(office: OfficeReport | None, deadline: DeadlineStatus, as_of: date) -> OfficeStatus:
    issued = office.issued_by(as_of) if office else None
    if issued is None:
        state: OfficeState = "overdue" if deadline.is_past else "pending"
        return OfficeStatus(state, None, abs(deadline.days_left))
    days = max((issued - deadline.last_day).days, 0)
    return OfficeStatus("late" if days else "done", issued, days)
