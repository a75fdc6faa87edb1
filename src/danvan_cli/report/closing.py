"""What a year's issued reports said, put together for the years that follow."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from danvan_cli.model.history import PastFigure, PastIndicator, YearRecord
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.plan import Plan
from danvan_cli.model.values import TypedFigure, typed_of
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.vietnamese import number


class IssuedPeriod(Struct, frozen=True):
    """A period whose report was issued: what it said, and the figures that counted on that day."""

    record: IssuedReport
    totals: list[IndicatorTotal]

    def units(self, indicator: str) -> dict[str, TypedFigure]:
        found = (total for total in self.totals if total.indicator.id == indicator)
        return {
            unit: typed_of(figure)
            for total in found
            for unit, figure in (*total.parts, *total.carried)
        }


def year_record(plan: Plan, periods: Mapping[str, IssuedPeriod]) -> YearRecord:
    """The totals as they were issued with the units' figures; name and measure are the latest."""
    kinds = {indicator.id: indicator.kind for indicator in plan.indicators}
    indicators: dict[str, PastIndicator] = {}
    for period, issued in periods.items():
        for name, figure in issued.record.figures.items():
            if figure.total is None:
                continue
            known = indicators.get(name, PastIndicator())
            past = PastFigure(total=figure.total, units=issued.units(name))
            indicators[name] = PastIndicator(
                name=figure.name,
                measure=figure.measure,
                kind=kinds.get(name),
                periods={**known.periods, period: past},
            )
    return YearRecord(year=plan.year, indicators=indicators)


def changed_since(plan: Plan, periods: Mapping[str, IssuedPeriod]) -> Iterator[str]:
    """The totals that the units' reports no longer add up to, a line each."""
    for period, issued in periods.items():
        now = {total.indicator.id: total.total for total in issued.totals}
        for name, past in issued.record.figures.items():
            if past.figure is not None and name in now and now[name] != past.figure:
                present = now[name]
                yield (
                    f"{past.name}, {plan.periods[period].name}: đã ban hành "
                    f"{number(past.figure)}, báo cáo của các đơn vị nay là "
                    f"{'không có số' if present is None else number(present)}"
                )
