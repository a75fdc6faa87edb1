"""What a report that has not come yet costs its unit: sent today, a day later, or never."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from danvan_cli.evaluation import sources
from danvan_cli.evaluation.case import UnitCase
from danvan_cli.model.criteria import Criteria, Criterion, all_criteria
from danvan_cli.model.plan import Unit

_NONE = Decimal(0)


class LateCost(Struct, frozen=True, kw_only=True):
    """The points for reports in time that a unit can still have, by when it sends.

    `most`: sent in time; `days`: late today, 0 while there is time left; `depending`: the criteria
    that get no points without the report.
    """

    unit: Unit
    criterion: Criterion
    days: int
    most: Decimal
    today: Decimal
    tomorrow: Decimal
    never: Decimal
    depending: Sequence[Criterion]


def late_costs(criteria: Criteria, cases: Sequence[UnitCase]) -> list[LateCost]:
    """For each unit whose report for the rated period has not come, or does not count."""
    timely = [
        criterion
        for _, criterion in all_criteria(criteria)
        if criterion.from_ and criterion.from_.timeliness
    ]
    return [
        _cost(criteria, criterion, case)
        for case in cases
        if case.rated and case.rated.report is None
        for criterion in timely
        if not criterion.applies_to or case.unit.id in criterion.applies_to
    ]


def _cost(criteria: Criteria, criterion: Criterion, case: UnitCase) -> LateCost:
    timeliness = criterion.from_.timeliness if criterion.from_ else None
    left = case.rated.deadline.days_left if case.rated else 0
    per_day = timeliness.per_day if timeliness else _NONE
    share = criterion.points / len(case.reports)
    return LateCost(
        unit=case.unit,
        criterion=criterion,
        days=max(-left, 0),
        most=share,
        today=max(share - per_day * max(-left, 0), _NONE),
        tomorrow=max(share - per_day * max(1 - left, 0), _NONE),
        never=min(timeliness.never_sent / len(case.reports), share) if timeliness else _NONE,
        depending=[each for _, each in all_criteria(criteria) if _gives_nothing(each, case)],
    )


def _gives_nothing(criterion: Criterion, case: UnitCase) -> bool:
    """Whether it concerns the unit and has no points as long as the report is not there."""
    if criterion.from_ is None or criterion.from_.timeliness:
        return False
    if criterion.applies_to and case.unit.id not in criterion.applies_to:
        return False
    judged = sources.judged(criterion.from_, criterion.points, case)
    return judged.points == _NONE
