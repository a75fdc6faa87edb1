"""What units that are gone reported last, where the plan adds it to a later period (carry: add)."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.plan import Indicator, Plan
from danvan_cli.model.predecessors import Predecessor
from danvan_cli.model.succession import with_heirs
from danvan_cli.model.unit_report import Award, Model, UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.tracking.status import PeriodStatus


def carried_figures(indicator: Indicator, status: PeriodStatus) -> dict[str, Figure]:
    """By unit that is gone, the figure that is added to the period's total."""
    found = {before.unit.id: before.figure(indicator) for before in status.added}
    return {unit: figure for unit, figure in found.items() if figure is not None}


def carried_notes(plan: Plan, status: PeriodStatus) -> Iterator[str]:
    """'Số liệu gồm cả số 6 tháng đầu năm của Phòng Đối ngoại (nay thuộc Phòng Tổng hợp).'"""
    for before in status.added:
        if before.reports:
            name = with_heirs(before.unit, before.heirs)
            yield f"Số liệu gồm cả số {periods_in_words(plan, before)} của {name}."


def periods_in_words(plan: Plan, before: Predecessor) -> str:
    """'6 tháng đầu năm', 'quý I và quý II': whose reports its last figures are."""
    return vietnamese.enumeration([plan.periods[name].standalone_name for name in before.reports])


def with_carried(
    plan: Plan, status: PeriodStatus, reports: Mapping[str, UnitReport]
) -> tuple[Plan, dict[str, UnitReport]]:
    """Plan and reports with those of units whose models and awards are listed with the others'.

    Without the models that their heirs report themselves; the units have their heirs' names, too.
    """
    listed = dict(reports)
    names: dict[str, str] = {}
    for before in status.added:
        known = {
            _key(model)
            for heir in before.heirs
            if heir.id in reports
            for model in reports[heir.id].models
        }
        if last := _together(before, known):
            listed[before.unit.id] = last
            names[before.unit.id] = with_heirs(before.unit, before.heirs)
    units = [replace(unit, name=names.get(unit.id, unit.name)) for unit in plan.units]
    return replace(plan, units=units) if names else plan, listed


def _together(before: Predecessor, known: set[str]) -> UnitReport | None:
    """Its last report with the models and awards of all that are added; None without any."""
    models: dict[str, Model] = {}
    awards: list[Award] = []
    for report in before.reports.values():
        models |= {_key(model): model for model in report.models}
        awards += [award for award in report.awards if award not in awards]
    new = [model for key, model in models.items() if key not in known]
    if not new and not awards:
        return None
    return replace(list(before.reports.values())[-1], models=new, awards=awards)


def _key(model: Model) -> str:
    return " ".join(model.name.casefold().split())
