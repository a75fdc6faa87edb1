"""What the figures of a unit's report cover, in words: which days, and whose share."""

from collections.abc import Iterator, Sequence

from danvan_cli import vietnamese
from danvan_cli.model import continued, succession
from danvan_cli.model.plan import Plan, Unit, units_by_id
from danvan_cli.model.predecessors import Predecessor


def data_window(plan: Plan, unit: Unit, period: str, gone: Sequence[Predecessor]) -> str:
    """'Số liệu từ ngày … đến ngày …', and whose earlier figures are included.

    `gone`: the units that this one took over from.
    """
    window = plan.periods[period].data
    words = (
        f"Số liệu từ ngày {vietnamese.short_day(window.from_)} "
        f"đến ngày {vietnamese.short_day(window.to)}"
    )
    included = [
        plan.periods[name].name
        for name, _ in continued.in_order(plan, period)
        if succession.was_there(plan, unit, name)
    ]
    if included:
        words += f", gồm cả số đã báo cáo {vietnamese.enumeration(included)}"
    return "".join(
        (
            words,
            *map(_taken_over, gone),
            *_split_off(plan, unit, period),
            *_split(plan, unit, period, gone),
        )
    )


def _taken_over(gone: Predecessor) -> str:
    """What to do with the last figures of a unit that this one took over from."""
    if gone.is_added:
        return f"; không tính phần {_both_names(gone.unit)} đã báo cáo, vì được cộng riêng"
    share = "phần tiếp nhận của" if len(gone.heirs) > 1 else "phần của"
    return f"; gồm cả {share} {_both_names(gone.unit)}"


def _split_off(plan: Plan, unit: Unit, period: str) -> Iterator[str]:
    """That what was split off from the unit counts here only until then."""
    for part in plan.units:
        if part.from_unit == unit.id and part.from_ and _is_within(plan, part, period):
            yield (
                f"; gồm cả phần của {part.name} trước ngày {vietnamese.short_day(part.from_)}, từ "
                "ngày đó đơn vị này báo cáo riêng"
            )


def _split(plan: Plan, unit: Unit, period: str, gone: Sequence[Predecessor]) -> Iterator[str]:
    """Since when a unit counts that was split off from one that is still there."""
    parent = units_by_id(plan).get(unit.from_unit or "")
    if parent is None or parent.id in [before.unit.id for before in gone]:
        return
    if unit.from_ and _is_within(plan, unit, period):
        yield (
            f"; chỉ tính từ ngày {vietnamese.short_day(unit.from_)}, số trước ngày đó do "
            f"{_both_names(parent)} báo cáo"
        )


def _is_within(plan: Plan, part: Unit, period: str) -> bool:
    """Whether the unit begins within the days of the figures, and reports for the period."""
    window = plan.periods[period].data
    return bool(
        part.from_
        and window.from_ < part.from_ <= window.to
        and succession.was_there(plan, part, period)
    )


def _both_names(unit: Unit) -> str:
    return f"{unit.name} ({unit.short})" if unit.short else unit.name
