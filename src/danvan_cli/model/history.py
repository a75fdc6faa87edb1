"""The figures of earlier years: the type of `history/<year>.yaml`, and what is known together."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from danvan_cli.model.plan import FigureKind, Indicator, Plan
from danvan_cli.model.record import Record
from danvan_cli.model.values import (
    Figure,
    Id,
    Text,
    TypedFigure,
    TypedNumber,
    figure_of,
    typed_of,
)


class PastFigure(Record, frozen=True, kw_only=True):
    """An indicator's figure of a period: the total that was issued, and what units gave."""

    total: TypedNumber
    units: dict[Id, TypedFigure] = {}

    @property
    def figure(self) -> Figure:
        """The total, to compute with."""
        return figure_of(self.total)

    @property
    def of_units(self) -> dict[str, Figure]:
        return {unit: figure_of(typed) for unit, typed in self.units.items()}


class PastIndicator(Record, frozen=True, kw_only=True):
    """An indicator of an earlier year; `periods`: its figures by period.

    `measure`, `kind` None: they are what they are now.
    """

    name: Text | None = None
    measure: Text | None = None
    kind: FigureKind | None = None
    periods: dict[Id, PastFigure] = {}


class YearRecord(Record, frozen=True, kw_only=True):
    """What a year's issued reports said, by indicator."""

    year: Annotated[int, Meta(ge=2000, le=2100)]
    indicators: dict[Id, PastIndicator] = {}


class History(Struct, frozen=True):
    """The earlier years of a plan; only indicators counted then as they are now are in it."""

    years: Mapping[int, YearRecord] = {}

    def figure(
        self, year: int, indicator: str, period: str, unit: str | None = None
    ) -> Figure | None:
        """The total of all units then, or the figure of one; None where it is not known."""
        record = self.years.get(year)
        past = record.indicators.get(indicator) if record else None
        known = past.periods.get(period) if past else None
        if known is None:
            return None
        typed = known.total if unit is None else known.units.get(unit)
        return None if typed is None else figure_of(typed)


NOTHING_KNOWN = History()


def without_units(record: YearRecord) -> YearRecord:
    """The totals alone."""

    def totals(past: PastIndicator) -> PastIndicator:
        periods = {name: PastFigure(total=known.total) for name, known in past.periods.items()}
        return replace(past, periods=periods)

    indicators = {name: totals(past) for name, past in record.indicators.items()}
    return replace(record, indicators=indicators)


def comparable(plan: Plan, records: Iterable[YearRecord]) -> History:
    """The years before the plan's, without indicators that are otherwise now."""
    now = {indicator.id: indicator for indicator in plan.indicators}
    return History(
        {
            record.year: replace(
                record,
                indicators={
                    name: past
                    for name, past in record.indicators.items()
                    if name in now and not is_otherwise(past, now[name])
                },
            )
            for record in records
            if record.year < plan.year
        }
    )


def is_otherwise(past: PastIndicator, now: Indicator) -> bool:
    """Whether it is of another measure or kind than now; one that is not told is the same."""
    is_measured_so = past.measure is None or past.measure.strip() == now.measure.strip()
    return not is_measured_so or past.kind not in (None, now.kind)


def with_previous(plan: Plan, history: History) -> Plan:
    """The plan with last year's totals as `previous`, where it has none typed."""
    if plan.year - 1 not in history.years:
        return plan

    def previous(indicator: Indicator) -> dict[str, TypedNumber]:
        totals = {
            period: history.figure(plan.year - 1, indicator.id, period) for period in plan.periods
        }
        known = {period: typed_of(total) for period, total in totals.items() if total is not None}
        return known | indicator.previous

    indicators = [replace(given, previous=previous(given)) for given in plan.indicators]
    return replace(plan, indicators=indicators)
