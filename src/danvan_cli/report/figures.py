"""The indicators of a report summed over the units, and the sentence that a section has of them."""

from collections.abc import Sequence

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.plan import Plan, is_assigned
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.report.combined_report import IndicatorTotal


def indicator_totals(
    plan: Plan, period: str, reports: dict[str, UnitReport]
) -> list[IndicatorTotal]:
    """The total of every indicator over these reports, in plan order."""
    figures = {
        indicator.id: {
            unit: report.indicators[indicator.id]
            for unit, report in reports.items()
            if indicator.id in report.indicators and is_assigned(indicator, unit)
        }
        for indicator in plan.indicators
    }
    return [
        _indicator_total(
            IndicatorTotal(
                number=number,
                indicator=indicator,
                total=None,
                previous=indicator.previous.get(period),
            ),
            figures[indicator.id],
            figures.get(indicator.part_of or ""),
        )
        for number, indicator in enumerate(plan.indicators, 1)
    ]


def _indicator_total(
    row: IndicatorTotal, given: dict[str, int], wholes: dict[str, int] | None
) -> IndicatorTotal:
    """The total with its sums; the rate only counts units that gave both part and whole."""
    both = given.keys() & (wholes or {}).keys()
    return replace(
        row,
        total=sum(given.values()) if given else None,
        parts=list(given.items()),
        rated=sum(given[unit] for unit in both) if both else None,
        whole=sum(wholes[unit] for unit in both) if wholes and both else None,
        is_covered=wholes is None or given.keys() == wholes.keys(),
    )


def figures_sentence(totals: Sequence[IndicatorTotal]) -> str | None:
    """'Số liệu trong kỳ: đơn phải xử lý 40 đơn, trong đó đơn đã xử lý 08 đơn (20%).'

    A part is not put under its whole, and has no rate, if some units gave only one of the two.
    None if no unit gave a figure.
    """
    given = [total for total in totals if total.total is not None]
    ids = {total.indicator.id for total in given}
    parts = [total for total in given if total.is_covered and total.indicator.part_of in ids]
    phrases = [
        ", trong đó ".join(
            _figure(total)
            for total in (whole, *(part for part in parts if part.indicator.part_of == whole_id))
        )
        for whole in given
        for whole_id in [whole.indicator.id]
        if whole not in parts
    ]
    return f"Số liệu trong kỳ: {'; '.join(phrases)}." if phrases else None


def _figure(total: IndicatorTotal) -> str:
    name = vietnamese.in_sentence(total.indicator.name)
    if not total.total:
        return f"{name}: không có"
    rate = f" ({total.rate})" if total.rate and total.is_covered else ""
    return f"{name} {vietnamese.number_in_text(total.total)} {total.indicator.measure}{rate}"
