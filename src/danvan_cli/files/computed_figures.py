"""The figures that registers give the reports of their units."""

from collections.abc import Collection, Mapping, Sequence

from danvan_cli.files.register_file import RegisterFile
from danvan_cli.model import deadlines, register_rows, succession
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
            unit = keeper(plan, indicator, register.register.unit, period)
            if unit is None:
                continue
            rows = rows_of(plan, indicator, register, period)
            of_report = figures.setdefault((unit, period), {})
            of_report[indicator.id] = register_rows.figure(indicator.computed, rows)
    return figures


def keeper(plan: Plan, indicator: Indicator, unit: str, period: str) -> str | None:
    """Whose figure the register of a unit gives in a period: its own, or that of its only heir.

    None where the unit has no such figure, or the heir had one of its own before; `plan`: that of
    the year, in which nothing has passed on yet.
    """
    own = next(given for given in plan.indicators if given.id == indicator.id)
    if not is_assigned(own, unit):
        return None
    heirs = succession.heirs(plan, succession.at_deadline(plan, period)).get(unit)
    if not heirs:
        return unit
    if len(heirs) > 1 or is_assigned(own, heirs[0].id):
        return None
    return heirs[0].id


def source(indicator: Indicator, registers: Collection[RegisterFile]) -> RegisterFile | None:
    """The usable register that an indicator is computed from; None if it has none.

    Neither has one that sums a column which is not there (P377).
    """
    computed = indicator.computed
    if computed is None:
        return None
    return next(
        (
            file
            for file in registers
            if file.name == computed.register
            and file.is_usable
            and (computed.sum is None or computed.sum in file.register.other_columns)
        ),
        None,
    )


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
