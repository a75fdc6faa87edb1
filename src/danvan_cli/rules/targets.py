"""What the targets of indicators must keep to: periods and units of the plan, no number below 0."""

from collections.abc import Iterator, Sequence

from danvan_cli.model.plan import Indicator, Plan, is_assigned, with_groups
from danvan_cli.model.values import Figure
from danvan_cli.problems import (
    ERROR,
    DataPath,
    Diagnostic,
    did_you_mean,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.vietnamese import number


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
    known = [*(unit.id for unit in plan.units), *plan.unit_groups]
    for indicator, path, named in _by_unit(plan, with_groups(plan).indicators):
        for name in named:
            hint = "xem lại units của chỉ tiêu, hoặc bỏ mức kế hoạch này"
            members = plan.unit_groups.get(name, [name])
            without = [quoted(unit) for unit in members if not is_assigned(indicator, unit)]
            if name not in known:
                message = f"kế hoạch không có đơn vị {quoted(name)}"
                hint = guess(name, known) or "xem mã ở mục units, mã nhóm ở mục unit_groups"
            elif without:
                of_group = f" của nhóm {quoted(name)}" if name in plan.unit_groups else ""
                units = f"{', '.join(without)}{of_group}"
                message = f"chỉ tiêu {quoted(indicator.id)} không giao cho đơn vị {units}"
            else:
                continue
            yield Diagnostic(
                code="P369", message=message, hint=hint, path=(*path, name), at_key=True
            )


@rule("P345", ERROR, "Đơn vị có hai mức kế hoạch khác nhau")
def a_unit_has_one_target(plan: Plan) -> Iterator[Diagnostic]:
    """A unit in two groups with different targets needs one of its own."""
    for _, path, named in _by_unit(plan, plan.indicators):
        first: dict[str, tuple[str, Figure]] = {}
        for group, wanted in named.items():
            for unit in plan.unit_groups.get(group, []):
                other, known = first.setdefault(unit, (group, wanted))
                if known != wanted and unit not in named:
                    yield Diagnostic(
                        code="P345",
                        message=f"đơn vị {quoted(unit)} ở cả nhóm {quoted(other)} và nhóm "
                        f"{quoted(group)}, hai nhóm có mức kế hoạch khác nhau",
                        hint=f"ghi thêm mức kế hoạch riêng cho {unit}",
                        path=(*path, group),
                        at_key=True,
                    )


@rule("P370", ERROR, "Mức kế hoạch là số âm")
def targets_are_not_negative(plan: Plan) -> Iterator[Diagnostic]:
    """What is counted cannot be planned to be below 0."""
    targets: list[tuple[DataPath, Figure]] = [
        (("indicators", i, "target", period), wanted)
        for i, indicator in enumerate(plan.indicators)
        for period in indicator.target
        if (wanted := indicator.wanted(period)) is not None and not isinstance(wanted, dict)
    ]
    for _, path, named in _by_unit(plan, plan.indicators):
        targets += [((*path, unit), wanted) for unit, wanted in named.items()]
    for path, wanted in targets:
        if wanted < 0:
            yield Diagnostic(
                code="P370", message=f"mức kế hoạch là số âm ({number(wanted)})", path=path
            )


def _by_unit(
    plan: Plan, indicators: Sequence[Indicator]
) -> Iterator[tuple[Indicator, DataPath, dict[str, Figure]]]:
    """Each target by unit or group as it is written, its place, and the one of `indicators`."""
    for i, (written, indicator) in enumerate(zip(plan.indicators, indicators, strict=True)):
        for period in written.target:
            wanted = written.wanted(period)
            if isinstance(wanted, dict):
                yield indicator, ("indicators", i, "target", period), wanted
