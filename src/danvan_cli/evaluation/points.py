"""The points of one unit: of each criterion, what is added and taken off, and the total."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from danvan_cli.evaluation import sources
from danvan_cli.evaluation.case import Judged, Place, UnitCase
from danvan_cli.evaluation.sources import rounded
from danvan_cli.model.criteria import Adjustment, Criteria, CriteriaGroup, Criterion, Source
from danvan_cli.model.plan import Unit
from danvan_cli.model.rating import Appeal, Given, RatingRecord, Score

_NONE = Decimal(0)
_TENTH = Decimal("0.1")


class CriterionPoints(Struct, frozen=True, kw_only=True):
    """What a unit has of a criterion, and why.

    `points` None: not known yet (`applies`), or left out since the criterion does not concern the
    unit. `own`: what the unit gave itself. `appealed`: the points are those of a decided appeal.
    `needs_outsider`: the council's points for the unit that prepares the council's papers.
    """

    group: CriteriaGroup
    criterion: Criterion
    most: Decimal
    points: Decimal | None
    reason: str
    places: Sequence[Place] = ()
    own: Decimal | None = None
    applies: bool = True
    waits: bool = False
    appealed: bool = False
    needs_outsider: bool = False


class AdjustmentPoints(Struct, frozen=True, kw_only=True):
    """What is added or taken off (as a positive number), and why."""

    adjustment: Adjustment
    points: Decimal
    reason: str
    places: Sequence[Place] = ()


class UnitPoints(Struct, frozen=True, kw_only=True):
    """All points of a unit; `scale`: what the total is told out of."""

    unit: Unit
    criteria: Sequence[CriterionPoints]
    bonus: Sequence[AdjustmentPoints]
    deductions: Sequence[AdjustmentPoints]
    scale: Decimal

    @property
    def gained(self) -> Decimal:
        return sum((each.points or _NONE for each in self.criteria if each.applies), _NONE)

    @property
    def possible(self) -> Decimal:
        """The most that it could have of the criteria that concern it."""
        return sum((each.most for each in self.criteria if each.applies), _NONE)

    @property
    def scaled(self) -> Decimal:
        """68 of 85 → 80,0 of 100, to one decimal."""
        if not self.possible:
            return _NONE
        return (self.gained * self.scale / self.possible).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def total(self) -> Decimal:
        """With what is added and taken off, never below 0."""
        added = sum((each.points for each in self.bonus), _NONE)
        taken = sum((each.points for each in self.deductions), _NONE)
        return max(self.scaled + added - taken, _NONE)

    @property
    def waiting(self) -> list[CriterionPoints]:
        """The criteria whose points are still to come; while there are any, all is provisional."""
        return [each for each in self.criteria if each.applies and each.waits]

    @property
    def for_outsiders(self) -> list[CriterionPoints]:
        """The criteria whose points somebody outside the unit has to look at."""
        return [each for each in self.criteria if each.needs_outsider]

    def of_group(self, group: str) -> tuple[Decimal, Decimal]:
        """The points of a group, and the most that it could give."""
        own = [each for each in self.criteria if each.group.id == group and each.applies]
        gained = sum((each.points or _NONE for each in own), _NONE)
        return gained, sum((each.most for each in own), _NONE)


def unit_points(criteria: Criteria, record: RatingRecord, case: UnitCase) -> UnitPoints:
    return UnitPoints(
        unit=case.unit,
        criteria=[
            _criterion(group, criterion, record, case)
            for group in criteria.groups
            for criterion in group.criteria
        ],
        bonus=list(_adjustments("bonus", criteria.bonus, record.bonus, case)),
        deductions=list(_adjustments("deductions", criteria.deductions, record.deductions, case)),
        scale=criteria.out_of or criteria.scale,
    )


def _criterion(
    group: CriteriaGroup, criterion: Criterion, record: RatingRecord, case: UnitCase
) -> CriterionPoints:
    unit, most = case.unit.id, criterion.points
    own = record.own.get(unit, {}).get(criterion.id)
    found = CriterionPoints(
        group=group,
        criterion=criterion,
        most=most,
        points=None,
        reason="không áp dụng với đơn vị",
        own=own.points if own else None,
        applies=False,
    )
    if criterion.applies_to and unit not in criterion.applies_to:
        return found
    appeal = _decided(record, unit, criterion)
    judged = _judged(criterion, most, record, case) if appeal is None else _of_appeal(*appeal)
    return CriterionPoints(
        group=group,
        criterion=criterion,
        most=most,
        points=judged.points,
        reason=judged.reason,
        places=judged.places,
        own=found.own,
        applies=judged.points is not None or judged.waits,
        waits=judged.waits,
        appealed=appeal is not None,
        needs_outsider=unit == case.plan.coordinator and _is_of_council(criterion, record, unit),
    )


def _is_of_council(criterion: Criterion, record: RatingRecord, unit: str) -> bool:
    return criterion.by == "council" or criterion.id in record.council.get(unit, {})


def _judged(criterion: Criterion, most: Decimal, record: RatingRecord, case: UnitCase) -> Judged:
    if criterion.by == "auto" and criterion.from_:
        return sources.judged(criterion.from_, most, case)
    unit = case.unit.id
    own = record.own.get(unit, {}).get(criterion.id)
    given = record.council.get(unit, {}).get(criterion.id)
    if given:
        said = given.reason or "Hội đồng chấm"
        return _of_score(given, said, Place(None, ("council", unit, criterion.id)))
    if own and criterion.by == "self":
        said = own.reason or "đơn vị tự chấm"
        return _of_score(own, said, Place(None, ("self", unit, criterion.id)))
    who = "đơn vị chưa tự chấm" if criterion.by == "self" else "Hội đồng chưa chấm"
    return Judged(None, who, waits=True)


def _of_score(score: Score, said: str, place: Place) -> Judged:
    evidence = f" ({'; '.join(score.evidence)})" if score.evidence else ""
    return Judged(rounded(score.points), said + evidence, [place])


def _decided(record: RatingRecord, unit: str, criterion: Criterion) -> tuple[int, Appeal] | None:
    """The latest appeal about this criterion that was decided, with its place in the list."""
    decided = [
        (place, appeal)
        for place, appeal in enumerate(record.appeals)
        if (appeal.unit, appeal.criterion) == (unit, criterion.id)
        and appeal.decided
        and appeal.points is not None
    ]
    return decided[-1] if decided else None


def _of_appeal(place: int, appeal: Appeal) -> Judged:
    points = None if appeal.points is None else rounded(appeal.points)
    return Judged(points, f"theo kiến nghị: {appeal.reason}", [Place(None, ("appeals", place))])


def _adjustments(
    field: str,
    adjustments: Sequence[Adjustment],
    given: Mapping[str, Mapping[str, Given]],
    case: UnitCase,
) -> Iterator[AdjustmentPoints]:
    """Those that apply to the unit: counted automatically, or written in the record."""
    unit = case.unit.id
    for adjustment in adjustments:
        written = given.get(unit, {}).get(adjustment.id)
        if written:
            points = adjustment.points * written.times
            reason = written.reason + (f" ({written.times} lần)" if written.times > 1 else "")
            places: Sequence[Place] = [Place(None, (field, unit, adjustment.id))]
        elif adjustment.from_:
            points, reason, places = _counted(adjustment, case, is_lost=field == "deductions")
        else:
            continue
        if adjustment.most is not None:
            points = min(points, adjustment.most)
        if points:
            yield AdjustmentPoints(
                adjustment=adjustment, points=rounded(points), reason=reason, places=places
            )


def _counted(
    adjustment: Adjustment, case: UnitCase, *, is_lost: bool
) -> tuple[Decimal, str, Sequence[Place]]:
    """What the source gives of the cap; of a deduction what is lost of it."""
    cap = adjustment.points if adjustment.most is None else adjustment.most
    judged = sources.judged(adjustment.from_ or Source(), cap, case)
    if judged.points is None or judged.waits:
        return _NONE, judged.reason, judged.places
    return cap - judged.points if is_lost else judged.points, judged.reason, judged.places
