"""How well a unit reported for a period: in time, whole, without errors, doubts answered."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.files import workspace
from danvan_cli.model.plan import Unit
from danvan_cli.model.plan_of_period import Owed, owed_by, plan_of_period
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.report.doubts import compared
from danvan_cli.rules.doubtful import Doubt
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.status import PeriodStatus, UnitState, UnitStatus

NONE = "–"
_THERE: tuple[UnitState, ...] = ("on_time", "late", "invalid", "returned")


class ReportQuality(Struct, frozen=True, kw_only=True):
    """The quality of one unit's reporting for one period, as it stands on a day.

    `last_day`: the unit's own, with its extension. `is_there`: a report was sent, with errors or
    returned as it may be; a draft is none. `arrived`: the day that decides; None also of a report
    that cannot be read. `days_late`: days from the last day to the arrival, or to the day asked
    for; 0 in time. `…_owed`, `…_given`: tasks and figures that are the unit's, and how many of them
    the report has. `errors`: those that are still in it. `doubts`, `doubts_answered`: its figures
    that a warning asks about (R479, R481 to R483), and how many of them it explains in `notes`.
    """

    unit: Unit
    period: str
    last_day: date
    is_there: bool
    arrived: date | None
    days_late: int
    is_returned: bool
    tasks_owed: int
    tasks_given: int
    figures_owed: int
    figures_given: int
    errors: int
    doubts: int
    doubts_answered: int

    @property
    def in_time(self) -> bool | None:
        """None while the report may still come in time, and where nobody knows when it came."""
        if self.arrived is None and (self.is_there or not self.days_late):
            return None
        return not self.days_late

    @property
    def is_whole(self) -> bool:
        given = (self.tasks_given, self.figures_given)
        return self.is_there and given == (self.tasks_owed, self.figures_owed)

    @property
    def is_without_errors(self) -> bool:
        """Whether there is a report, without an error, that was not returned."""
        return self.is_there and not self.errors and not self.is_returned

    @property
    def time_in_words(self) -> str:
        """'đúng hạn', 'muộn 2 ngày', 'quá hạn 3 ngày', 'chưa đến hạn'."""
        if self.in_time is None:
            return "chưa rõ ngày nhận" if self.is_there else "chưa đến hạn"
        if self.in_time:
            return "đúng hạn"
        return f"{'muộn' if self.is_there else 'quá hạn'} {self.days_late} ngày"

    @property
    def errors_in_words(self) -> str:
        """'không', '2 lỗi', '2 lỗi, đã trả lại'; '–' without a report."""
        if not self.is_there:
            return NONE
        counted = f"{self.errors} lỗi" if self.errors else ""
        returned = "đã trả lại" if self.is_returned else ""
        return ", ".join(filter(None, (counted, returned))) or "không"

    @property
    def doubts_in_words(self) -> str:
        """'1/2': of the doubtful figures so many are explained; '–' where there is none."""
        return f"{self.doubts_answered}/{self.doubts}" if self.doubts else NONE

    @property
    def tasks_in_words(self) -> str:
        """'20/22': how many of its tasks it told of."""
        return f"{self.tasks_given}/{self.tasks_owed}"

    @property
    def figures_in_words(self) -> str:
        return f"{self.figures_given}/{self.figures_owed}" if self.figures_owed else NONE


def qualities(
    checked: CheckedWorkspace, status: PeriodStatus, only: str | None = None
) -> list[ReportQuality]:
    """That of each unit which owes a report for the period, or `only` of one, in plan order."""
    plan = plan_of_period(checked.plan, status.id)
    known = compared(checked)
    found = []
    for unit in status.units:
        if only in (None, unit.unit.id):
            report = _sent(checked, unit, status.id) if unit.state in _THERE else None
            doubts = list(known.doubts(report, unit.unit.id, status.id)) if report else []
            owed = owed_by(plan, unit.unit.id)
            found.append(_quality(status.id, unit, report, owed, doubts, checked.as_of))
    return found


def _sent(checked: CheckedWorkspace, status: UnitStatus, period: str) -> UnitReport | None:
    """The unit's report; of one with wrong values the parts that are right."""
    file = checked.report_file(status.unit.id, period)
    if file is None:
        return None
    return file.report or workspace.valid_parts(file, UnitReport)[0]


def _quality(
    period: str,
    status: UnitStatus,
    report: UnitReport | None,
    owed: Owed,
    doubts: Sequence[Doubt],
    as_of: date,
) -> ReportQuality:
    last_day, is_there = status.deadline.last_day, status.state in _THERE
    until = status.arrived or (last_day if is_there else as_of)
    return ReportQuality(
        unit=status.unit,
        period=period,
        last_day=last_day,
        is_there=is_there,
        arrived=status.arrived,
        days_late=max((until - last_day).days, 0),
        is_returned=status.state == "returned",
        tasks_owed=len(owed.tasks),
        tasks_given=sum(task in report.results for task in owed.tasks) if report else 0,
        figures_owed=len(owed.figures),
        figures_given=sum(name in report.figures for name in owed.figures) if report else 0,
        errors=status.errors if is_there else 0,
        doubts=len(doubts),
        doubts_answered=sum(doubt.indicator.id in report.notes for doubt in doubts if report),
    )


def in_sum(found: Sequence[ReportQuality]) -> str:
    """'11/12 đơn vị gửi đúng hạn; 10/12 báo cáo đủ nhiệm vụ, số liệu; …'."""
    doubts = sum(each.doubts for each in found)
    answered = sum(each.doubts_answered for each in found)
    counts = [
        ("đơn vị gửi đúng hạn", sum(each.in_time is True for each in found)),
        ("báo cáo đủ nhiệm vụ, số liệu", sum(each.is_whole for each in found)),
        ("báo cáo không còn lỗi", sum(each.is_without_errors for each in found)),
    ]
    number = vietnamese.number_in_text
    parts = [f"{number(count)}/{number(len(found))} {what}" for what, count in counts]
    if doubts:
        parts.append(f"{number(answered)}/{number(doubts)} số liệu khác thường đã giải trình")
    return "; ".join(parts)
