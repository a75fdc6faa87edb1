"""The figures that registers give the reports of their units."""

from collections.abc import Collection, Mapping, Sequence

from danvan_cli.files.registers import RegisterFile
from danvan_cli.model import deadlines, register_rows
from danvan_cli.model.plan import Indicator, Plan, is_assigned
from danvan_cli.model.plan_of_period import plan_of_period
from danvan_cli.model.register_rows import Row
from danvan_cli.model.values import Figure


def of_registers(
    plan: Plan, registers: Collection[RegisterFile]
) -> Mapping[tuple[str, str], Mapping[str, Figure]]:
    """By unit and period, the computed figures by indicator.

    There is none of a register that is missing or has errors.
    """
    figures: dict[tuple[str, str], dict[str, Figure]] = {}
    for period in plan.periods:
        for indicator in plan_of_period(plan, period).indicators:
            register = source(indicator, registers)
            if register is None or indicator.computed is None:
                continue
            if not is_assigned(indicator, register.register.unit):
                continue
            rows = rows_of(plan, indicator, register, period)
            of_report = figures.setdefault((register.register.unit, period), {})
            of_report[indicator.id] = register_rows.figure(indicator.computed, rows)
    return figures


def source(indicator: Indicator, registers: Collection[RegisterFile]) -> RegisterFile | None:
    """The usable register that an indicator is computed from; None if it has none."""
    if indicator.computed is None:
        return None
    name = indicator.computed.register
    return next((file for file in registers if file.name == name and file.is_usable), None)


def rows_of(plan: Plan, indicator: Indicator, register: RegisterFile, period: str) -> Sequence[Row]:
    """The rows of a period that the indicator counts or sums up."""
    if indicator.computed is None:
        return []
    return register_rows.counted(
        indicator.computed,
        register.register,
        register.rows,
        plan.periods[period].data,
        deadlines.work_calendar(plan),
    )
