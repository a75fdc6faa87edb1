"""Ranks and classes (xếp hạng, xếp loại) of units by their points."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.evaluation.points import UnitPoints
from danvan_cli.model.criteria import NOT_CLASSED_NAMES, Criteria, NotClassed, RatingClass


class UnitRating(Struct, frozen=True, kw_only=True):
    """A unit's points, rank and class.

    `class_` None: not classed, or below the lowest class, as `why` says; `why` also tells of a
    class that is not the one the points reach. `is_approved`: as part of a result that was
    approved, in which nothing is still to come.
    """

    points: UnitPoints
    rank: int | None
    class_: RatingClass | None
    why: str | None = None
    is_approved: bool = False

    @property
    def is_provisional(self) -> bool:
        """Whether points are still to come (tạm tính)."""
        return bool(self.points.waiting) and not self.is_approved


def ratings(
    criteria: Criteria, units: Sequence[UnitPoints], excluded: Mapping[str, Sequence[NotClassed]]
) -> list[UnitRating]:
    """All units, best first; equal totals share a rank, then in the plan's order.

    `excluded`: by unit id, why it is not classed; such units come last, without a rank.
    """
    rated = [unit for unit in units if not excluded.get(unit.unit.id)]
    by_total = sorted(rated, key=lambda unit: -unit.total)
    found: list[UnitRating] = []
    for _, equal in groupby(by_total, key=lambda unit: unit.total):
        rank = len(found) + 1
        for unit in equal:
            best, why = _class_of(criteria, unit)
            found.append(UnitRating(points=unit, rank=rank, class_=best, why=why))
    for place, limited in enumerate(criteria.classes):
        if limited.at_most is not None:
            found = _within(criteria, found, place)
    return found + [
        UnitRating(points=unit, rank=None, class_=None, why=_excluded(excluded[unit.unit.id]))
        for unit in units
        if excluded.get(unit.unit.id)
    ]


def _excluded(reasons: Sequence[NotClassed]) -> str:
    return (
        f"không xếp loại: {vietnamese.enumeration([NOT_CLASSED_NAMES[each] for each in reasons])}"
    )


def _class_of(criteria: Criteria, unit: UnitPoints) -> tuple[RatingClass | None, str | None]:
    """The best class that the points reach, no better than a ceiling for a deduction lets it be."""
    reached = [each for each in criteria.classes if unit.total >= each.from_]
    if not reached:
        return None, "chưa đạt mức điểm của loại thấp nhất"
    places = {each.id: place for place, each in enumerate(criteria.classes)}
    taken = {each.adjustment.id: each.adjustment for each in unit.deductions}
    best, why = reached[0], None
    for ceiling in criteria.ceilings:
        if ceiling.when in taken and places[best.id] < places[ceiling.class_]:
            best = criteria.classes[places[ceiling.class_]]
            why = f"đủ điểm loại {reached[0].name} nhưng bị khống chế: {taken[ceiling.when].text}"
    return best, why


def _within(criteria: Criteria, found: Sequence[UnitRating], place: int) -> list[UnitRating]:
    """With the class's share kept to: the number is rounded down, and equal totals stay together.

    Who falls out gets the next class.
    """
    limited = criteria.classes[place]
    share = 100 if limited.at_most is None else limited.at_most
    most = len(found) * share // 100
    after = criteria.classes[place + 1] if place + 1 < len(criteria.classes) else None
    inside = [each for each in found if each.class_ == limited]
    if len(inside) <= most:
        return list(found)
    first_out = inside[most].points.total
    why = f"không quá {share}% số đơn vị được xếp loại {limited.name} ({most} đơn vị)"
    return [
        UnitRating(points=each.points, rank=each.rank, class_=after, why=why)
        if each.class_ == limited and each.points.total <= first_out
        else each
        for each in found
    ]
