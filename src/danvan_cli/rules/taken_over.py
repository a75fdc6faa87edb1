"""Rules on what units that took over from others report: nothing of the others may be lost."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from danvan_cli.model import continued
from danvan_cli.model.figure_kinds import adds_up
from danvan_cli.model.plan import Indicator, Unit
from danvan_cli.model.plan_of_period import is_owed
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.problems import WARNING, Diagnostic, quoted, rule
from danvan_cli.rules.continuation import Continuation
from danvan_cli.rules.figures import ContinuedTotals, totals_do_not_fall
from danvan_cli.rules.report import shortened
from danvan_cli.vietnamese import enumeration, number

_DECIDE = (
    "đơn vị tiếp nhận báo cáo cả phần đơn vị cũ đã làm; muốn danvan cộng số cuối của đơn vị cũ thì "
    "ghi carry: add ở đơn vị đó trong plan.yaml; nếu là số đã đính chính thì giữ nguyên"
)


@rule("R460", WARNING, "Số liệu nhỏ hơn số của đơn vị đã sáp nhập")
def figures_hold_those_taken_over(case: Continuation) -> Iterator[Diagnostic]:
    """A year's figure of a merged unit includes the half-year's of all that it consists of.

    One that it leaves out would take the others' out of the year's total in silence.
    """
    for name, figure in case.report.figures.items():
        indicator = case.known.indicators.get(name)
        taken = _taken_over(case, indicator) if indicator else {}
        if indicator is None or not any(taken.values()):
            continue
        own = continued.included_figures(case.plan, case.period, name, case.earlier)
        parts = {case.known.units[case.report.unit].name: sum(own.values())} if own else {}
        if figure < sum(chain(own.values(), taken.values())):
            yield Diagnostic(
                code="R460",
                message=f"“{indicator.name}” ({number(figure)}) nhỏ hơn {_before(parts | taken)}",
                hint=_DECIDE,
                path=("indicators", name),
            )
    if left_out := list(_left_out(case)):
        yield Diagnostic(
            code="R460",
            message=f"chưa có số liệu mà kỳ trước đã báo cáo: {'; '.join(left_out)}",
            hint=_DECIDE,
            path=("indicators",),
            at_key=True,
        )


def _left_out(case: Continuation) -> Iterator[str]:
    """'“Hồ sơ đã giải quyết” (Phòng Đối ngoại 187)': what only the others reported."""
    for indicator in case.known.indicators.values():
        taken = _taken_over(case, indicator)
        is_given = indicator.id in case.report.figures
        if not is_given and is_owed(indicator, case.report.unit) and any(taken.values()):
            yield f"{quoted(indicator.name)} ({_each(taken)})"


def _taken_over(case: Continuation, indicator: Indicator) -> dict[str, Figure]:
    """By name, the last figures that are in this unit's own now."""
    figures = {gone.unit.name: gone.figure(indicator) for gone in case.gone}
    return {name: figure for name, figure in figures.items() if figure is not None}


def _before(parts: Mapping[str, Figure]) -> str:
    """'tổng đã báo cáo ở kỳ trước (6: Phòng Tổng hợp 4, Phòng Đối ngoại 2)'"""
    if len(parts) == 1:
        ((name, figure),) = parts.items()
        return f"số {name} đã báo cáo ở kỳ trước ({number(figure)})"
    return f"tổng đã báo cáo ở kỳ trước ({number(sum(parts.values()))}: {_each(parts)})"


def _each(parts: Mapping[str, Figure]) -> str:
    return ", ".join(f"{name} {number(figure)}" for name, figure in parts.items())


@rule("R461", WARNING, "Số liệu của các đơn vị tiếp nhận nhỏ hơn của đơn vị cũ")
def heirs_share_all_figures(case: ContinuedTotals) -> Iterator[Diagnostic]:
    """However several heirs share out the last figures, together they have to report all.

    A figure that a report leaves out adds nothing to the total.
    """
    for gone in case.gone:
        if gone.is_added or len(gone.heirs) < 2:
            continue
        for indicator in case.plan.indicators:
            last = gone.figure(indicator)
            if not last or any(heir.id not in case.now for heir in gone.heirs):
                continue
            now = [_figure(case.now, heir.id, indicator.id) for heir in gone.heirs]
            parts = _reported_then(case, gone.heirs, indicator.id)
            parts[gone.unit.name] = last
            whole = sum(figure for figure in now if figure is not None)
            if whole < sum(parts.values()):
                told = "chưa ghi" if now.count(None) == len(now) else number(whole)
                yield Diagnostic(
                    code="R461",
                    message=f"“{indicator.name}” kỳ {case.plan.periods[case.period].name} của "
                    f"{enumeration([heir.name for heir in gone.heirs])} ({told}) nhỏ hơn "
                    f"{_before(parts)}",
                    hint=_DECIDE,
                    path=("periods", case.period, "continues"),
                )


def _reported_then(
    case: ContinuedTotals, heirs: Sequence[Unit], indicator: str
) -> dict[str, Figure]:
    """By name, what the heirs themselves reported for the continued periods, where they did."""
    parts = {
        heir.name: sum(_figure(earlier.reports, heir.id, indicator) or 0 for earlier in case.then)
        for heir in heirs
    }
    return {name: figure for name, figure in parts.items() if figure}


def _figure(reports: Mapping[str, UnitReport], unit: str, indicator: str) -> Figure | None:
    return reports[unit].figures.get(indicator) if unit in reports else None


@rule("R462", WARNING, "Mô hình của đơn vị đã sáp nhập không được nhắc lại")
def models_taken_over_are_reported(case: Continuation) -> Iterator[Diagnostic]:
    """A model does not end with the unit that began it; its heir says how it stands."""
    known = {_key(model.name) for model in case.report.models}
    for gone in case.gone:
        names = {model.name for report in gone.reports.values() for model in report.models}
        missing = [quoted(name) for name in sorted(names) if _key(name) not in known]
        if missing:
            yield Diagnostic(
                code="R462",
                message=f"chưa có mô hình của {gone.unit.name}: {enumeration(missing)}",
                hint="ghi lại mô hình với tình trạng hiện nay; không còn thực hiện thì bỏ qua",
                path=("models",),
                at_key=True,
            )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


@rule("R463", WARNING, "Không có số cuối để cộng")
def added_figures_are_there(case: ContinuedTotals) -> Iterator[Diagnostic]:
    """What is to be added and was never reported would be missing in silence."""
    if not case.now:
        return
    for gone in case.gone:
        if gone.is_added and not gone.reports:
            yield Diagnostic(
                code="R463",
                message=f"{gone.unit.name} có carry: add mà không có báo cáo nào của các kỳ trước "
                f"được tính, nên không có số để cộng vào kỳ {case.plan.periods[case.period].name}",
                hint="nhập báo cáo của đơn vị đó, hoặc bỏ carry nếu đơn vị tiếp nhận báo cáo thay",
                path=("units", _place(case, gone.unit), "carry"),
            )


def _place(case: ContinuedTotals, gone: Unit) -> int:
    return [unit.id for unit in case.plan.units].index(gone.id)


@rule("R464", WARNING, "Số liệu của đơn vị đã giải thể không còn được tính")
def last_figures_are_decided_on(case: ContinuedTotals) -> Iterator[Diagnostic]:
    """Where nobody takes over and nothing is added, a person says whose figures hold the last ones.

    Once a total falls, R432 asks.
    """
    known = {unit.id for unit in case.expected} | {gone.unit.id for gone in case.gone}
    for unit in case.plan.units:
        if not case.now or unit.until is None or unit.carry or unit.id in known:
            continue
        lost = [
            indicator.name
            for indicator in case.plan.indicators
            if adds_up(indicator)
            and any(_figure(earlier.reports, unit.id, indicator.id) for earlier in case.then)
        ]
        if lost and not any(totals_do_not_fall(case)):
            yield Diagnostic(
                code="R464",
                message=f"{unit.name} không còn báo cáo kỳ {case.plan.periods[case.period].name}, "
                f"chưa rõ số đã báo cáo kỳ trước tính ở đâu: {shortened(lost)}",
                hint="ghi into nếu đơn vị khác tiếp nhận, carry: add nếu danvan cộng số đó, hoặc "
                "carry: included nếu đơn vị khác đã báo cáo cả phần đó",
                path=("units", _place(case, unit)),
            )
