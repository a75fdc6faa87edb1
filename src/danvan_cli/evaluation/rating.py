"""Rates all units of a plan: their points, ranks and classes on a day."""

from collections.abc import Iterator, Sequence

from danvan_cli.evaluation.case import UnitCase
from danvan_cli.evaluation.classes import UnitRating, ratings
from danvan_cli.evaluation.points import UnitPoints, unit_points
from danvan_cli.model.criteria import Criteria, NotClassed
from danvan_cli.model.history import NOTHING_KNOWN, History
from danvan_cli.model.plan import Plan
from danvan_cli.model.plan_of_period import plan_of_period
from danvan_cli.model.rating import RatingRecord
from danvan_cli.model.values import Figure
from danvan_cli.tracking.status import PeriodStatus, up_to


def rate(
    plan: Plan,
    criteria: Criteria,
    record: RatingRecord,
    statuses: Sequence[PeriodStatus],
    history: History = NOTHING_KNOWN,
) -> list[UnitRating]:
    """The units that owe a report for the rated period, best first.

    `statuses`: of all periods, on the day of rating; `history`: the figures of earlier years.
    """
    cases = unit_cases(plan, criteria.period, statuses, history)
    points = [unit_points(criteria, record, case) for case in cases]
    excluded = {
        unit.unit.id: list(
            _reasons(criteria, case, unit, len(up_to(list(statuses), criteria.period)))
        )
        for case, unit in zip(cases, points, strict=True)
    }
    return ratings(criteria, points, excluded)


def unit_cases(
    plan: Plan,
    period: str,
    statuses: Sequence[PeriodStatus],
    history: History = NOTHING_KNOWN,
) -> list[UnitCase]:
    """What is known of each unit that owes a report for the period, in plan order."""
    so_far = up_to(list(statuses), period)
    own = {
        unit_status.unit.id: [
            (status, each)
            for status in so_far
            for each in status.units
            if each.unit.id == unit_status.unit.id
        ]
        for unit_status in so_far[-1].units
    }
    holding = plan_of_period(plan, period)
    return [
        UnitCase(
            plan=holding,
            unit=unit_status.unit,
            period=period,
            reports=own[unit_status.unit.id],
            last_year=_last_year(holding, history, period, unit_status.unit.id),
        )
        for unit_status in so_far[-1].units
    ]


def _last_year(plan: Plan, history: History, period: str, unit: str) -> dict[str, Figure]:
    """The unit's figures of the same period last year, those that are known."""
    figures = {
        indicator.id: history.figure(plan.year - 1, indicator.id, period, unit)
        for indicator in plan.indicators
    }
    return {name: figure for name, figure in figures.items() if figure is not None}


def _reasons(
    criteria: Criteria, case: UnitCase, points: UnitPoints, periods: int
) -> Iterator[NotClassed]:
    """Why the unit is not classed, of the reasons that the criteria name."""
    is_due = case.rated is not None and case.rated.state != "pending"
    found: dict[NotClassed, bool] = {
        "no_report": is_due and case.report is None,
        "no_self_score": any(
            each.criterion.by == "self" and each.applies and each.own is None
            for each in points.criteria
        ),
        "not_all_periods": len(case.reports) < periods,
    }
    yield from (reason for reason in criteria.not_classed if found[reason])
