"""The doubtful figures of a period by unit, each with the unit's answer, if it gave one."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.figure_kinds import figure_text, marked
from danvan_cli.model.plan import Indicator, Plan, Unit
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.rules.comparisons import Compared
from danvan_cli.rules.doubtful import Doubt
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.status import PeriodStatus


class UnitDoubt(Struct, frozen=True):
    """A doubtful figure of a unit; `note`: why it is right, as the unit says."""

    unit: Unit
    doubt: Doubt
    note: str | None

    @property
    def answer(self) -> str:
        """'đã giải trình: Có hội nghị trực tuyến', 'chưa giải trình'"""
        return f"đã giải trình: {self.note}" if self.note else "chưa giải trình"

    @property
    def in_words(self) -> str:
        """'Phòng Nội chính: “Người tham dự” là 64.000, gấp 1.000 lần …; chưa giải trình.'"""
        return vietnamese.ended(f"{self.unit.name}: {self.doubt.message}; {self.answer}")


def compared(checked: CheckedWorkspace) -> Compared:
    """What figures are compared with: the reports without errors, drafts among them."""
    reports = {
        (filed.unit, filed.period): filed.report
        for filed in checked.submissions()
        if filed.report and not filed.errors
    }
    return Compared(checked.plan, reports, checked.history)


def of_period(checked: CheckedWorkspace, status: PeriodStatus) -> Iterator[UnitDoubt]:
    """Those in the reports of the period that count, in the plan's order."""
    known = compared(checked)
    for unit_status in status.units:
        if report := unit_status.report:
            unit = unit_status.unit
            for doubt in known.doubts(report, unit.id, status.id):
                yield UnitDoubt(unit, doubt, report.notes.get(doubt.indicator.id))


def other_notes(
    plan: Plan, reports: Iterable[tuple[Unit, UnitReport]], doubts: Iterable[UnitDoubt]
) -> Iterator[str]:
    """What units say of figures that nobody doubts: 'Phòng X, “Hội nghị” (02): gồm cả …'."""
    told = {(found.unit.id, found.doubt.indicator.id) for found in doubts}
    indicators = {indicator.id: indicator for indicator in plan.indicators}
    for unit, report in reports:
        for name, note in report.notes.items():
            if (unit.id, name) not in told and name in indicators and name in report.figures:
                figure = _figure(indicators[name], report)
                yield vietnamese.ended(f"{unit.name}, “{indicators[name].name}” ({figure}): {note}")


def _figure(indicator: Indicator, report: UnitReport) -> str:
    figure = report.figures[indicator.id]
    if indicator.kind == "yes_no":
        return figure_text(indicator, figure)
    number = vietnamese.number_in_text(figure)
    return marked(number, estimated=indicator.id in report.estimated)
