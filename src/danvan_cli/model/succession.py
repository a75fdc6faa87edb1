"""Which units take over from which: mergers (sáp nhập), splits (chia tách), and new names.

A unit is gone on a day after its `until`. What it had is then had by the units that it names in
`into`, and by those that name it in `from_unit`; where one of these is gone, too, by those that
took over from it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model import deadlines
from danvan_cli.model.plan import Indicator, Plan, Task, Unit, units_by_id
from danvan_cli.model.values import Figure, TypedNumber, typed_of

DayOf: TypeAlias = Callable[[str], date]
"""The day that decides for a unit, by its id: whether it is gone, whether it exists yet."""


class _Links(Struct, frozen=True):
    """The units of a plan by id, and which were split from which; `day_of` decides."""

    units: Mapping[str, Unit]
    split: Mapping[str, list[str]]
    day_of: DayOf

    def is_gone(self, unit: Unit) -> bool:
        return unit.until is not None and unit.until < self.day_of(unit.id)

    def have(self, name: str, *, also_split: bool) -> list[str]:
        """The units that have what this one had, itself if it is there, in `into`'s order.

        `also_split`: with those that were split off from one that is still there.
        """
        found: list[str] = []
        seen: set[str] = set()
        left = [name]
        while left:
            each = left.pop()
            unit = self.units.get(each)
            if unit is None or each in seen or not _has_begun(unit, self.day_of(each)):
                continue
            seen.add(each)
            is_gone = self.is_gone(unit)
            if not is_gone:
                found.append(each)
            following = [*unit.into] if is_gone else []
            following += self.split.get(each, []) if is_gone or also_split else []
            left += reversed(following)
        return found


def is_used(plan: Plan) -> bool:
    """Whether any unit takes over from another."""
    return any(unit.into or unit.from_unit for unit in plan.units)


def on(day: date) -> DayOf:
    """One day for all units."""
    return lambda _: day


def at_deadline(plan: Plan, period: str) -> DayOf:
    """The last day of each unit for the period, without extensions: it decides who reports.

    The first of all days, so that nobody is gone, where the plan does not say it (P309).
    """
    due, calendar = plan.periods[period], deadlines.work_calendar(plan)

    def day_of(unit: str) -> date:
        own = deadlines.unit_deadline(due, unit)
        has_a_day = (own.before is None) != (own.by is None)
        return deadlines.last_day(own, calendar) if has_a_day else date.min

    return day_of


def successors(plan: Plan) -> dict[str, list[str]]:
    """The units that the plan names as taking over from each, whether they are there or not."""
    named: dict[str, list[str]] = {unit.id: list(unit.into) for unit in plan.units if unit.into}
    for parent, split in _split(plan).items():
        named[parent] = list(dict.fromkeys([*named.get(parent, []), *split]))
    return named


def heirs(plan: Plan, day_of: DayOf) -> dict[str, list[Unit]]:
    """Each unit that is gone → the units that are there and have what it had, in `into`'s order.

    A unit that is gone without any is left out.
    """
    if not is_used(plan):
        return {}
    links = _Links(units_by_id(plan), _split(plan), day_of)
    gone = [unit.id for unit in plan.units if links.is_gone(unit)]
    found = {name: links.have(name, also_split=False) for name in gone}
    return {
        name: [links.units[heir] for heir in taking] for name, taking in found.items() if taking
    }


def predecessors(plan: Plan, day_of: DayOf) -> dict[str, list[Unit]]:
    """Each unit that took over from others that are gone → those, in the plan's order."""
    known = units_by_id(plan)
    found: dict[str, list[Unit]] = {}
    for gone, taking in heirs(plan, day_of).items():
        for heir in taking:
            found.setdefault(heir.id, []).append(known[gone])
    return found


def was_there(plan: Plan, unit: Unit, period: str) -> bool:
    """Whether the unit had begun by its own last day for the period, so that it reported."""
    return _has_begun(unit, at_deadline(plan, period)(unit.id))


def passed_on(plan: Plan, day_of: DayOf) -> Plan:
    """The plan with tasks, indicators and targets of units that are gone given to their heirs.

    A unit that was split off from one that is still there has the same tasks and indicators. A
    target passes where there is one heir; it is not shared out among several.
    """
    if not is_used(plan):
        return plan
    links = _Links(units_by_id(plan), _split(plan), day_of)
    have = {name: links.have(name, also_split=True) for name in links.units}
    only_heir = {
        gone: taking[0].id for gone, taking in heirs(plan, day_of).items() if not taking[1:]
    }
    return replace(
        plan,
        sections=[
            replace(section, tasks=[_task(task, have) for task in section.tasks])
            for section in plan.sections
        ],
        indicators=[_indicator(indicator, have, only_heir) for indicator in plan.indicators],
    )


def instead(plan: Plan, unit: str, period: str) -> str | None:
    """'Phòng Tổng hợp (tong-hop) báo cáo thay': who reports for a unit that is gone by then."""
    taking = heirs(plan, at_deadline(plan, period)).get(unit)
    if not taking:
        return None
    names = vietnamese.enumeration([f"{heir.name} ({heir.id})" for heir in taking])
    return f"{names} báo cáo thay"


def with_heirs_in_periods(plan: Plan) -> Plan:
    """The plan with those that have what a period's units had by its last day among its units."""
    if not is_used(plan):
        return plan
    periods = {}
    for name, period in plan.periods.items():
        have = {
            gone: [heir.id for heir in taking]
            for gone, taking in heirs(plan, at_deadline(plan, name)).items()
        }
        named = period.units and [
            unit for own in period.units for unit in (own, *have.get(own, []))
        ]
        periods[name] = replace(period, units=named and list(dict.fromkeys(named)))
    return replace(plan, periods=periods)


def named_on(plan: Plan, day: date) -> Plan:
    """The plan with each unit's name of that day; never of a later day than before."""
    if not any(unit.names for unit in plan.units):
        return plan
    return replace(plan, units=[unit.named_on(day) for unit in plan.units])


def with_predecessors(unit: Unit, gone: Sequence[Unit]) -> str:
    """'Phòng Tổng hợp (gồm Phòng Đối ngoại)'; the name alone where it took over from nobody."""
    if not gone:
        return unit.name
    return f"{unit.name} (gồm {vietnamese.enumeration([before.name for before in gone])})"


def with_heirs(unit: Unit, taking: Sequence[Unit]) -> str:
    """'Phòng Đối ngoại (nay thuộc Phòng Tổng hợp)'; the name alone without heirs."""
    if not taking:
        return unit.name
    return f"{unit.name} (nay thuộc {vietnamese.enumeration([heir.name for heir in taking])})"


def _has_begun(unit: Unit, day: date) -> bool:
    return unit.from_ is None or unit.from_ <= day


def _split(plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit in plan.units:
        if unit.from_unit:
            found.setdefault(unit.from_unit, []).append(unit.id)
    return found


def _task(task: Task, have: Mapping[str, list[str]]) -> Task:
    assigned, lead = _given(task.assigned, have), task.lead
    if lead and (now := have.get(lead)):
        lead = now[0]
    return replace(task, assigned=assigned, lead=lead)


def _given(named: list[str] | None, have: Mapping[str, list[str]]) -> list[str] | None:
    """Those that have it now; a unit that is gone without heirs stays."""
    if named is None:
        return None
    return list(dict.fromkeys(unit for name in named for unit in have.get(name) or [name]))


def _indicator(
    indicator: Indicator, have: Mapping[str, list[str]], only_heir: Mapping[str, str]
) -> Indicator:
    moved = partial(_target, only_heir=only_heir)
    return replace(
        indicator,
        units=_given(indicator.units, have),
        target={
            period: moved(target)
            for period in indicator.target
            if (target := indicator.wanted(period)) is not None
        },
    )


def _target(
    target: Figure | dict[str, Figure], only_heir: Mapping[str, str]
) -> TypedNumber | dict[str, TypedNumber]:
    if not isinstance(target, dict):
        return typed_of(target)
    moved: dict[str, Figure] = {}
    for unit, wanted in target.items():
        owner = only_heir.get(unit, unit)
        moved[owner] = moved.get(owner, 0) + wanted
    return {unit: typed_of(wanted) for unit, wanted in moved.items()}
