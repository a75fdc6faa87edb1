"""What the targets of indicators must keep to: periods and units of the plan, no number below 0."""

from collections.abc import Iterator

from danvan_cli.model.plan import Plan, is_assigned, with_groups
from danvan_cli.problems import (
    ERROR,
    DataPath,
    Diagnostic,
    did_you_mean,
    limit_guesses,
    quoted,
    rule,
)


@rule("P368", ERROR, "Kỳ của mức kế hoạch không có trong kế hoạch")
def targets_have_periods(plan: Plan) -> Iterator[Diagnostic]:
    """`target` is read by period, so a misspelt period's target would never be seen."""
    guess = limit_guesses(did_you_mean)
    for i, indicator in enumerate(plan.indicators):
        for name in indicator.target:
            if name not in plan.periods:
                yield Diagnostic(
                    code="P368",
                    message=f"kế hoạch không có kỳ báo cáo {quoted(name)}",
                    hint=guess(name, plan.periods),
                    path=("indicators", i, "target", name),
                    at_key=True,
                )


@rule("P369", ERROR, "Mức kế hoạch của đơn vị không có chỉ tiêu này")
def targets_have_units(plan: Plan) -> Iterator[Diagnostic]:
    """A target of a unit that does not report the figure would never be reached."""
    guess = limit_guesses(did_you_mean)
    units = [unit.id for unit in plan.units]
    for i, indicator in enumerate(with_groups(plan).indicators):
        for path, unit, _ in _by_unit(i, indicator.target):
            if unit not in units:
                message, hint = f"kế hoạch không có đơn vị {quoted(unit)}", guess(unit, units)
            elif not is_assigned(indicator, unit):
                message = f"chỉ tiêu {quoted(indicator.id)} không giao cho đơn vị {quoted(unit)}"
                hint = "xem lại units của chỉ tiêu, hoặc bỏ mức kế hoạch của đơn vị này"
            else:
                continue
            yield Diagnostic(code="P369", message=message, hint=hint, path=path, at_key=True)


@rule("P370", ERROR, "Mức kế hoạch là số âm")
def targets_are_not_negative(plan: Plan) -> Iterator[Diagnostic]:
    """What is counted cannot be planned to be below 0."""
    for i, indicator in enumerate(plan.indicators):
        paths: list[tuple[DataPath, int]] = [
            (("indicators", i, "target", period), wanted)
            for period, wanted in indicator.target.items()
            if isinstance(wanted, int)
        ]
        paths += [(path, wanted) for path, _, wanted in _by_unit(i, indicator.target)]
        for path, wanted in paths:
            if wanted < 0:
                yield Diagnostic(
                    code="P370", message=f"mức kế hoạch là số âm ({wanted})", path=path
                )


def _by_unit(
    place: int, target: dict[str, int | dict[str, int]]
) -> Iterator[tuple[DataPath, str, int]]:
    for period, wanted in target.items():
        if isinstance(wanted, dict):
            for unit, number in wanted.items():
                yield ("indicators", place, "target", period, unit), unit, number
