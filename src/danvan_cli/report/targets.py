"""How much of the plan's targets is reached by the newest figures that there are."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.model.plan import Indicator, Plan
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.report.figures import indicator_totals, unit_figures
from danvan_cli.tracking.status import PeriodStatus


class TargetProgress(Struct, frozen=True):
    """A target of a period, `goal`, and the total held to it, which is that of `source`.

    `source` is the goal itself, or a period that it continues as long as it has no figures.
    """

    goal: PeriodStatus
    source: PeriodStatus
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
        wanted = [indicator for indicator in plan.indicators if goal.id in indicator.target]
        if not wanted:
            continue
        only = replace(plan, indicators=wanted)
        found = [
            [
                TargetProgress(goal, source, total)
                for total in (
                    indicator_totals(only, source, goal.id)
                    if unit is None
                    else unit_figures(only, source, unit, goal.id)
                )
            ]
            for source in _sources(goal, by_id)
        ]
        for candidates in zip(*found, strict=True):
            best = min(candidates, key=_rank)
            if best.total.target is not None or (unit is None and best.total.unit_targets):
                yield best


def _sources(goal: PeriodStatus, by_id: dict[str, PeriodStatus]) -> Iterator[PeriodStatus]:
    """The goal, the period that it continues, and so on; the newest first."""
    seen: dict[str, PeriodStatus] = {}
    source: PeriodStatus | None = goal
    while source is not None and source.id not in seen:
        seen[source.id] = source
        source = by_id.get(source.period.continues or "")
    yield from seen.values()


def _rank(progress: TargetProgress) -> int:
    """First what all units have given, then what some have."""
    if progress.total.total is None:
        return 2
    return 0 if progress.total.is_covered else 1


def _meets(indicator: Indicator, figure: int, target: int) -> bool:
    return figure <= target if indicator.direction == "less" else figure >= target
