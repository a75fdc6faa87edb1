"""What is known of a unit when it is rated: its reports of the year and what it gave in them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from danvan_cli.model.plan import Plan, Unit
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.problems import DataPath
from danvan_cli.tracking.status import PeriodStatus, UnitStatus

CENT = Decimal("0.01")


class Place(Struct, frozen=True):
    """Where a point comes from: a value in the unit's report for a period, or the office's record.

    `period` None: in `_rating.yaml`.
    """

    period: str | None
    path: DataPath


class Judged(Struct, frozen=True):
    """What a source gives: `points` None: it does not apply to the unit, or not yet.

    `waits`: what has still to come before the points are known.
    """

    points: Decimal | None
    reason: str
    places: Sequence[Place] = ()
    waits: bool = False


class UnitCase(Struct, frozen=True):
    """A unit and its reports up to the rated period, each as it stood on the day of rating.

    `last_year`: its figures of the same period last year, where they are known.
    """

    plan: Plan
    unit: Unit
    period: str
    reports: Sequence[tuple[PeriodStatus, UnitStatus]]
    last_year: Mapping[str, Figure] = {}

    @property
    def rated(self) -> UnitStatus | None:
        """The status of its report for the rated period; None if it owes none."""
        return next((own for status, own in self.reports if status.id == self.period), None)

    @property
    def report(self) -> UnitReport | None:
        """Its report for the rated period, if it counts."""
        return self.rated.report if self.rated else None
