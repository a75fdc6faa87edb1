"""How much of the plan's targets is reached by the newest figures that there are."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from danvan_cli.model import continued
from danvan_cli.model.plan import Indicator, Plan
from danvan_cli.model.plan_of_period import plan_of_period
from danvan_cli.model.values import Figure
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.report.figures import indicator_totals, over_periods, unit_figures
from danvan_cli.tracking.status import PeriodStatus


class TargetProgress(Struct, frozen=True):
    """A target of a period, `goal`, and the total held to it, which is that of `sources`.

    These are the goal itself, or periods that it continues as long as it has no whole figures.
    """

    goal: PeriodStatus
    sources: list[PeriodStatus]
    total: IndicatorTotal

    @property
    def is_met(self) -> bool | None:
        """None if that cannot be said yet."""
        total = self.total
        if total.total is None or total.target is None or not total.is_covered:
            return None
        return _meets(total.indicator, total.total, total.target)

    @property
    def units_with_target(self) -> int:
        """How many of the units that owe the figure have a target of their own."""
        units = (*dict(self.total.parts), *self.total.missing)
        return sum(unit in self.total.unit_targets for unit in units)

    @property
    def units_that_meet(self) -> int:
        """How many of them have reached it."""
        total = self.total
        return sum(
            _meets(total.indicator, figure, total.unit_targets[unit])
            for unit, figure in total.parts
            if unit in total.unit_targets
        )


def target_progress(
    plan: Plan, statuses: Sequence[PeriodStatus], goals: Sequence[PeriodStatus], unit: str | None
) -> Iterator[TargetProgress]:
    """Each target of these goals, of all units together or of one; `statuses`: of all periods."""
    by_id = {status.id: status for status in statuses}
    for goal in goals:
        totals = _Totals(plan, by_id, goal.id, unit)
        for indicator in plan.indicators:
            if goal.id not in indicator.target or indicator.id not in totals.of(goal.id):
                continue
            own = totals.of(goal.id)[indicator.id]
            names = _newest(totals, goal.id, indicator.id)
            left_out = _left_out(plan, own, names)
            if left_out and own.total is not None:
                names, left_out = [goal.id], []
            total = over_periods([totals.of(name)[indicator.id] for name in names])
            total = _without(total, left_out)
            # Units that have taken over others by then have their targets, too.
            total = replace(total, target=own.target, unit_targets=own.unit_targets)
            if total.target is not None or (unit is None and total.unit_targets):
                yield TargetProgress(goal, [by_id[name] for name in names], total)


class _Totals(Struct, dict=True):
    """The totals of periods, held to the targets of one; each period's are summed but once."""

    plan: Plan
    statuses: dict[str, PeriodStatus]
    goal: str
    unit: str | None
    known: dict[str, dict[str, IndicatorTotal]] = field(default_factory=dict)

    def of(self, period: str) -> dict[str, IndicatorTotal]:
        """By indicator, those that somebody has to report for the period."""
        if period not in self.known:
            plan, status = plan_of_period(self.plan, period), self.statuses[period]
            totals = (
                indicator_totals(plan, status, self.goal)
                if self.unit is None
                else unit_figures(plan, status, self.unit, self.goal)
            )
            self.known[period] = {total.indicator.id: total for total in totals if total.owing}
        return self.known[period]


def _newest(totals: _Totals, period: str, indicator: str) -> list[str]:
    """The period if its total covers all units, else those it continues, as far as they do."""
    own = totals.of(period)[indicator]
    if _is_whole(own):
        return [period]
    known: list[str] = []
    first: list[str] = []
    for earlier, _ in continued.in_order(totals.plan, period):
        if earlier not in totals.statuses or indicator not in totals.of(earlier):
            continue
        names = _newest(totals, earlier, indicator)
        first = first or names
        if not all(_is_whole(totals.of(name)[indicator]) for name in names):
            break
        known += names
    return known or (first if own.total is None and first else [period])


def _left_out(plan: Plan, own: IndicatorTotal, periods: Sequence[str]) -> list[str]:
    """The units that owe the figure, but did not have to report for one of these periods."""
    owing = [*dict(own.parts), *own.missing]
    return [unit for unit in owing if not all(plan.periods[name].is_for(unit) for name in periods)]


def _without(total: IndicatorTotal, left_out: Sequence[str]) -> IndicatorTotal:
    """The total as one that these units are missing from; a rate is then unknown."""
    if not left_out:
        return total
    known = total.total if total.indicator.kind != "rate" else None
    parts = [part for part in total.parts if part[0] not in left_out]
    missing = list(dict.fromkeys([*total.missing, *left_out]))
    return replace(total, total=known, parts=parts, missing=missing)


def _is_whole(total: IndicatorTotal) -> bool:
    return total.total is not None and total.is_covered


def _meets(indicator: Indicator, figure: Figure, target: Figure) -> bool:
    return figure <= target if indicator.direction == "less" else figure >= target
