"""The indicators of a report summed over the units, and how many units each sum covers."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.figure_kinds import adds_up, rate_of, summed
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
    return [
        _rate(number, indicator, given, plan, status.id, goal)
        if indicator.kind == "rate"
        else _total(number, indicator, given, gone, status.id, goal)
        for number, indicator in enumerate(plan.indicators, 1)
    ]


class _Given(Struct, frozen=True):
    """The figures of an indicator by unit, the units without one, and whose is an estimate.

    `carried`: those of units that are gone, unless none of the others has given one yet.
    """

    figures: dict[str, Figure]
    missing: list[str]
    estimated: frozenset[str]
    carried: dict[str, Figure]

    @property
    def all(self) -> dict[str, Figure]:
        return self.figures | self.carried


_NOTHING = _Given({}, [], frozenset(), {})


def _given(indicator: Indicator, status: PeriodStatus) -> _Given:
    """What the reports that count say of an indicator."""
    figures: dict[str, Figure] = {}
    missing: list[str] = []
    estimated = {
        before.unit.id
        for before in status.added
        if any(indicator.id in report.estimated for report in before.reports.values())
    }
    for unit_status in status.units:
        unit, report = unit_status.unit.id, unit_status.report
        if not is_assigned(indicator, unit):
            continue
        if report is None or indicator.id not in report.figures:
            missing.append(unit)
            continue
        figures[unit] = report.figures[indicator.id]
        if indicator.id in report.estimated:
            estimated.add(unit)
    carried = carried_figures(indicator, status) if figures or not missing else {}
    counted = figures.keys() | carried.keys()
    return _Given(figures, missing, frozenset(estimated & counted), carried)


def _total(
    number: int,
    indicator: Indicator,
    given: Mapping[str, _Given],
    gone: Sequence[str],
    period: str,
    goal: str,
) -> IndicatorTotal:
    own, whole = given[indicator.id], given.get(indicator.part_of or "", _NOTHING)
    figures, wholes = own.all, whole.all if own.all else whole.figures
    is_covered = not own.missing and not whole.missing
    lopsided = sorted(figures.keys() ^ wholes.keys()) if wholes else []
    return IndicatorTotal(
        number=number,
        indicator=indicator,
        total=summed(figures.values()) if figures else None,
        previous=indicator.last_year(period),
        target=_target(indicator, goal, [*own.figures, *own.missing], gone),
        unit_targets=_unit_targets(indicator, goal),
        whole=summed(wholes.values()) if wholes and is_covered and not lopsided else None,
        lopsided=lopsided,
        parts=list(own.figures.items()),
        carried=list(own.carried.items()),
        missing=own.missing,
        estimated=own.estimated,
    )


def _rate(
    number: int,
    indicator: Indicator,
    given: Mapping[str, _Given],
    plan: Plan,
    period: str,
    goal: str,
) -> IndicatorTotal:
    """The quotient of the two totals, unknown while either lacks a unit's figure.

    Last year's is computed alike; a unit whose whole is 0 has none.
    """
    ids = (indicator.rate.part, indicator.rate.whole) if indicator.rate else ("", "")
    part, whole = (given.get(id_, _NOTHING) for id_ in ids)
    units = [unit for unit in part.figures if whole.figures.get(unit)]
    missing = list(dict.fromkeys([*part.missing, *whole.missing]))
    totals = (summed(part.all.values()), summed(whole.all.values()))
    is_known = not missing and part.all and totals[1]
    return IndicatorTotal(
        number=number,
        indicator=indicator,
        total=rate_of(*totals) if is_known else None,
        previous=_last_years_rate(plan, ids, period) or indicator.last_year(period),
        target=_target(indicator, goal, [*units, *missing], []),
        unit_targets=_unit_targets(indicator, goal),
        parts=[(unit, rate_of(part.figures[unit], whole.figures[unit])) for unit in units],
        missing=missing,
        estimated=part.estimated | whole.estimated,
        quotient=totals if is_known else None,
    )


def _last_years_rate(plan: Plan, ids: tuple[str, str], period: str) -> Figure | None:
    by_id = {indicator.id: indicator for indicator in plan.indicators}
    part, whole = (by_id[id_].last_year(period) if id_ in by_id else None for id_ in ids)
    return rate_of(part, whole) if part is not None and whole else None


def over_periods(totals: Sequence[IndicatorTotal]) -> IndicatorTotal:
    """One total of several periods, in their order.

    Counts and money add up, a rate is that of the totals of its parts and wholes; of a stock and
    of yes or no the last period's holds.
    """
    last = totals[-1]
    if len(totals) == 1:
        return last
    estimated = frozenset[str]().union(*(total.estimated for total in totals))
    if last.indicator.kind == "rate":
        quotients = [total.quotient for total in totals if total.quotient]
        if len(quotients) < len(totals):
            return replace(last, total=None, quotient=None)
        quotient = (summed(part for part, _ in quotients), summed(whole for _, whole in quotients))
        return replace(last, total=rate_of(*quotient), quotient=quotient, estimated=estimated)
    if not adds_up(last.indicator):
        return last
    by_unit: dict[str, list[Figure]] = {}
    for unit, figure in (part for total in totals for part in total.parts):
        by_unit.setdefault(unit, []).append(figure)
    parts = [(unit, summed(given)) for unit, given in by_unit.items()]
    carried = [part for total in totals for part in total.carried]
    whole = summed(figure for _, figure in (*parts, *carried))
    return replace(last, total=whole, parts=parts, carried=carried, estimated=estimated)


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
    if indicator.kind == "rate" and len(owing) > 1:
        return None
    shared = [target[unit] for unit in gone if unit in target]
    return summed(own + shared) if own and len(own) == len(owing) else None


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
        if is_assigned(total.indicator, unit) or total.parts
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
