"""The indicators of a report summed over the units, and how many units each sum covers."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.history import NOTHING_KNOWN, History
from danvan_cli.model.plan import Indicator, Plan, Unit, is_assigned
from danvan_cli.model.values import Figure
from danvan_cli.report.carried import carried_figures
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.tracking.status import PeriodStatus


def indicator_totals(
    plan: Plan, status: PeriodStatus, goal: str | None = None
) -> list[IndicatorTotal]:
    """The total of every indicator over the reports of a period that count, in plan order.

    `goal`: the period whose targets the totals are held to, if not their own.
    """
    goal = goal or status.id
    given = {indicator.id: _given(indicator, status) for indicator in plan.indicators}
    gone = [before.unit.id for before in status.predecessors]
    missing = {
        indicator.id: [
            unit_status.unit.id
            for unit_status in status.units
            if is_assigned(indicator, unit_status.unit.id)
            and unit_status.unit.id not in given[indicator.id]
        ]
        for indicator in plan.indicators
    }
    carried = {indicator.id: carried_figures(indicator, status) for indicator in plan.indicators}
    totals = []
    for number, indicator in enumerate(plan.indicators, 1):
        parts, added = given[indicator.id], carried[indicator.id]
        whole = indicator.part_of or ""
        figures = parts | added if parts or not missing[indicator.id] else {}
        wholes = given.get(whole, {}) | (carried.get(whole, {}) if figures else {})
        is_covered = not missing[indicator.id] and not missing.get(indicator.part_of or "", [])
        lopsided = sorted(figures.keys() ^ wholes.keys()) if wholes else []
        totals.append(
            IndicatorTotal(
                number=number,
                indicator=indicator,
                total=sum(figures.values()) if figures else None,
                previous=indicator.last_year(status.id),
                target=_target(indicator, goal, [*parts, *missing[indicator.id]], gone),
                unit_targets=_unit_targets(indicator, goal),
                whole=sum(wholes.values()) if wholes and is_covered and not lopsided else None,
                lopsided=lopsided,
                parts=list(parts.items()),
                carried=list(added.items()) if figures else [],
                missing=missing[indicator.id],
            )
        )
    return totals


def _given(indicator: Indicator, status: PeriodStatus) -> dict[str, Figure]:
    """The figure of each unit whose report counts and has one."""
    return {
        unit_status.unit.id: unit_status.report.figures[indicator.id]
        for unit_status in status.units
        if unit_status.report
        and indicator.id in unit_status.report.figures
        and is_assigned(indicator, unit_status.unit.id)
    }


def _target(
    indicator: Indicator, period: str, owing: Sequence[str], gone: Sequence[str]
) -> Figure | None:
    """What the plan wants of these units; a target by unit only if it has one for each of them.

    What it wanted of units that are gone, and is shared by several heirs, is added.
    """
    target = indicator.wanted(period)
    if not isinstance(target, dict):
        return target
    own = [target[unit] for unit in owing if unit in target]
    shared = [target[unit] for unit in gone if unit in target]
    return sum(own + shared) if own and len(own) == len(owing) else None


def _unit_targets(indicator: Indicator, period: str) -> Mapping[str, Figure]:
    target = indicator.wanted(period)
    return target if isinstance(target, dict) else {}


def unit_figures(
    plan: Plan,
    status: PeriodStatus,
    unit: str,
    goal: str | None = None,
    history: History = NOTHING_KNOWN,
) -> list[IndicatorTotal]:
    """The figures of one unit that it owes, with its own of last year; `goal` as above.

    Targets that are not by unit are of all units together only.
    """
    own = [unit_status for unit_status in status.units if unit_status.unit.id == unit]
    return [
        replace(
            total,
            previous=history.figure(plan.year - 1, total.indicator.id, status.id, unit),
            target=total.target if total.unit_targets else None,
        )
        for total in indicator_totals(plan, replace(status, units=own, predecessors=[]), goal)
        if is_assigned(total.indicator, unit)
    ]


def coverage(total: IndicatorTotal) -> str:
    """'11/12 đơn vị': how many of the units that owe a figure have given it."""
    counts = (vietnamese.number_in_text(count) for count in (len(total.parts), total.owing))
    return f"{'/'.join(counts)} đơn vị"


def not_covered(totals: Sequence[IndicatorTotal]) -> list[IndicatorTotal]:
    """The totals that some units still owe a figure for; those that no unit gave are none."""
    return [total for total in totals if total.total is not None and not total.is_covered]


def coverage_notes(totals: Sequence[IndicatorTotal], units: Mapping[str, Unit]) -> Iterator[str]:
    """For the working paper: whose figures are missing, why a rate is not printed, what (%) is."""
    by_units: dict[tuple[str, ...], list[str]] = {}
    for total in totals:
        if not total.is_covered:
            by_units.setdefault(tuple(total.missing), []).append(total.indicator.name)
    for ids, names in by_units.items():
        yield (
            f"Chưa có số liệu của {_names(ids, units)}, nên không tính tăng, giảm, tỷ lệ: "
            f"{'; '.join(names)}."
        )
    for total in totals:
        if total.is_covered and total.lopsided:
            yield (
                f"Không tính tỷ lệ của “{total.indicator.name}” vì chỉ có một trong hai số liệu "
                f"(số bộ phận, tổng số) ở: {_names(total.lopsided, units)}."
            )
    if any(total.of_unit_targets for total in totals):
        yield "Trong ngoặc sau số liệu của đơn vị: tỷ lệ so với mức kế hoạch của đơn vị đó."


def _names(ids: Sequence[str], units: Mapping[str, Unit]) -> str:
    return vietnamese.enumeration([units[unit].short_name for unit in ids])
