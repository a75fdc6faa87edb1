"""The units that are gone by a period's last day, and their last figures, which it includes."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from danvan_cli.model import continued, succession
from danvan_cli.model.figure_kinds import adds_up, summed
from danvan_cli.model.plan import Indicator, Plan, Unit, units_by_id
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure

Counted: TypeAlias = Callable[[str, str], UnitReport | None]
"""The report of a unit for a period, by the ids of period and unit; None if none counts."""


class Predecessor(Struct, frozen=True):
    """A unit that is gone, the units that have what it had, and its last reports by period.

    Also one that is still there and that others were split off from, see `split_from`.

    `reports`: those that the period includes. Of one whose figures are added (`carry: add`) it is
    the last of each line of continued periods; of another only those of the periods that this one
    continues itself, since what came before is in the figures of its heirs.
    """

    unit: Unit
    heirs: list[Unit]
    reports: dict[str, UnitReport]

    @property
    def is_added(self) -> bool:
        return self.unit.carry == "add"

    def figure(self, indicator: Indicator) -> Figure | None:
        """Its last figure, of several continued periods their sum.

        None if it gave none, or for what does not add up over the year: a stock, a yes or no.
        """
        given = [
            report.figures[indicator.id]
            for report in self.reports.values()
            if indicator.id in report.figures and adds_up(indicator)
        ]
        return summed(given) if given else None

    def is_estimated(self, indicator: Indicator) -> bool:
        """Whether its last figure is an estimate, or a sum with one in it."""
        return any(indicator.id in report.estimated for report in self.reports.values())

    def is_included_by(self, unit: str) -> bool:
        """Whether its last figures have to be in those of this unit alone."""
        return not self.is_added and [heir.id for heir in self.heirs] == [unit]


def predecessors(plan: Plan, period: str, counted: Counted) -> list[Predecessor]:
    """Those of a period in the plan's order: units with heirs, and those with `carry: add`."""
    if not any(unit.until for unit in plan.units):
        return []
    taking = succession.heirs(plan, succession.at_deadline(plan, period))
    return [
        Predecessor(unit, taking.get(unit.id, []), _last_reports(plan, period, unit, counted))
        for unit in plan.units
        if (unit.id in taking or unit.carry == "add") and _is_gone(plan, period, unit)
    ]


def split_from(
    plan: Plan, period: str, unit: Unit, earlier: Sequence[str], counted: Counted
) -> list[Predecessor]:
    """The unit that this one was split off from, if it is there at the period's last day.

    With what it reported for those of the `earlier` periods at which this one was not there yet.
    """
    parent = units_by_id(plan).get(unit.from_unit or "")
    if parent is None or _is_gone(plan, period, parent):
        return []
    before = [name for name in earlier if not succession.was_there(plan, unit, name)]
    reports = {name: report for name in before if (report := counted(name, parent.id))}
    return [Predecessor(parent, [unit], reports)]


def _is_gone(plan: Plan, period: str, unit: Unit) -> bool:
    day = succession.at_deadline(plan, period)(unit.id)
    return unit.until is not None and unit.until < day and plan.periods[period].is_for(unit.id)


def _last_reports(plan: Plan, period: str, unit: Unit, counted: Counted) -> dict[str, UnitReport]:
    """Periods that continue one another in a circle, which rule P304 reports, are asked once."""
    found: dict[str, UnitReport] = {}
    seen = {period}
    left = [name for name, _ in continued.in_order(plan, period)]
    while left:
        name = left.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if _is_gone(plan, name, unit):
            if unit.carry == "add":
                left = [*(earlier for earlier, _ in continued.in_order(plan, name)), *left]
        elif report := counted(name, unit.id):
            found[name] = report
    return found
