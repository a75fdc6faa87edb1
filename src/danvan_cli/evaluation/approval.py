"""The result that was approved, and what must still come out as it did."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from danvan_cli.evaluation.classes import UnitRating
from danvan_cli.model.rating import Approval, RatingRecord


def totals(units: Sequence[UnitRating]) -> dict[str, Decimal]:
    """The totals by unit id, of the units that have a rank."""
    return {each.points.unit.id: each.points.total for each in units if each.rank is not None}


def as_approved(record: RatingRecord, approved: Approval) -> RatingRecord:
    """The scores without the appeals that were decided after the approval."""
    kept = [each for each in record.appeals if not each.decided or each.decided <= approved.on]
    return replace(record, appeals=kept)
