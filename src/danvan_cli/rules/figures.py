"""What figures must keep to: that they can be summed and told, and what their totals say."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from danvan_cli.model import succession
from danvan_cli.model.figure_kinds import adds_up
from danvan_cli.model.issued_report import IssuedFigure
from danvan_cli.model.plan import PLACE_OF_NUMBER, Indicator, Plan, Unit, is_assigned
from danvan_cli.model.predecessors import Predecessor
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.problems import ERROR, DataPath, Diagnostic, quoted, rule
from danvan_cli.vietnamese import enumeration, number

TOTAL_FELL = "R432"
"""Found at the plan, which is of use all the same: it is the reports that do not fit."""

_CANNOT_BE_SUMMED = re.compile(
    r".*[%‰].*|phần (?:trăm|nghìn)|tỷ lệ|điểm|điểm (?:số|trung bình|phần trăm)|"
    r"(?:có|đạt)\s*(?:/|-|,|hoặc|hay)\s*(?:không|chưa|không đạt|chưa đạt)",
    re.IGNORECASE,
)


@rule("P321", ERROR, "Câu viết số liệu không đúng")
def phrases_have_a_place_for_the_number(plan: Plan) -> Iterator[Diagnostic]:
    """`phrase` is printed with the figure where {n} stands, `none` as it is."""
    for i, indicator in enumerate(plan.indicators):
        for name, text, places in (("phrase", indicator.phrase, 1), ("none", indicator.none, 0)):
            if text is None:
                continue
            rest = text.replace(PLACE_OF_NUMBER, "")
            if "{" in rest or "}" in rest:
                message = f"{name} có dấu ngoặc nhọn không phải của {PLACE_OF_NUMBER}"
            elif text.count(PLACE_OF_NUMBER) != places:
                message = (
                    f"phrase phải có đúng một {PLACE_OF_NUMBER}"
                    if places
                    else f"none không có {PLACE_OF_NUMBER}, vì được in khi số liệu bằng 0"
                )
            else:
                continue
            hint = (
                f"{PLACE_OF_NUMBER} là chỗ của số, ví dụ “tổ chức {PLACE_OF_NUMBER} cuộc hội nghị”"
                if places
                else "ví dụ “không có trường hợp vi phạm phải xử lý”"
            )
            path: DataPath = ("indicators", i, name)
            yield Diagnostic(code="P321", message=message, hint=hint, path=path)


@rule("P322", ERROR, "Chỉ tiêu không cộng được")
def figures_can_be_summed(plan: Plan) -> Iterator[Diagnostic]:
    """A rate, a mark or yes/no of several units has no sum.

    What one unit alone reports as a stock is not summed.
    """
    for i, indicator in enumerate(plan.indicators):
        is_summed = adds_up(indicator) or indicator.kind == "stock"
        if indicator.kind == "stock" and indicator.units and len(indicator.units) == 1:
            continue
        if is_summed and _CANNOT_BE_SUMMED.fullmatch(indicator.measure.strip()):
            yield Diagnostic(
                code="P322",
                message=f"đơn vị tính {quoted(indicator.measure)} không cộng được giữa các đơn vị",
                hint="tỷ lệ của hai số liệu: kind: rate, danvan tự tính; có/không: kind: yes_no; "
                "tỷ lệ, điểm chỉ một đơn vị báo cáo: kind: stock, units ghi đơn vị đó",
                path=("indicators", i, "measure"),
            )


class Earlier(Struct, frozen=True):
    """The reports that count for a continued period, by unit.

    `issued`: the figures of its report as it was issued, by indicator, if they were recorded.
    """

    period: str
    reports: Mapping[str, UnitReport]
    issued: Mapping[str, IssuedFigure]


class ContinuedTotals(Struct, frozen=True):
    """The reports that count for a period, by unit, and for those that it continues.

    `expected`: the units that owe a report for the period; `gone`: those that are no more.
    """

    plan: Plan
    period: str
    expected: Sequence[Unit]
    now: Mapping[str, UnitReport]
    then: Sequence[Earlier]
    gone: Sequence[Predecessor] = ()


@rule("R432", ERROR, "Tổng số nhỏ hơn kỳ trước")
def totals_do_not_fall(case: ContinuedTotals) -> Iterator[Diagnostic]:
    """A year's total includes the half-year's, whichever units are still there.

    While units still owe their figure, a total is only not whole yet, unless a unit whose figure
    was in the earlier one owes nothing any more.
    """
    for indicator in filter(adds_up, case.plan.indicators):
        then = _figures_then(indicator, case)
        now = _figures(indicator, case.now) | _added(indicator, case)
        owing = {unit.id for unit in case.expected if is_assigned(indicator, unit.id)}
        is_whole = owing <= now.keys()
        lost = [unit for unit, figure in then.items() if figure and _is_lost(case, unit, owing)]
        is_less = sum(now.values()) < sum(_totals_then(indicator, case).values())
        if now and is_less and (is_whole or lost):
            yield Diagnostic(
                code=TOTAL_FELL,
                message=_fell(case, indicator, then, now, owing),
                hint=_cure(lost),
                path=("periods", case.period, "continues"),
            )


def _cure(lost: Sequence[str]) -> str:
    """Where the figures of a unit are in no total any more, somebody has to decide where to."""
    if lost:
        return (
            "kỳ này gồm cả kỳ trước: ghi ở đơn vị đã sáp nhập, giải thể “carry: add” để cộng số "
            "cuối của đơn vị đó, hoặc into nếu đơn vị tiếp nhận báo cáo cả phần đó; hoặc xem lại "
            "until"
        )
    return (
        "kỳ này gồm cả kỳ trước: xem lại số của các đơn vị, đơn vị tiếp nhận báo cáo cả phần đơn "
        "vị cũ; số kỳ trước sai thì đính chính trong báo cáo kỳ trước"
    )


def _added(indicator: Indicator, case: ContinuedTotals) -> dict[str, Figure]:
    """The last figures of units that are gone and whose figures are added."""
    figures = {gone.unit.id: gone.figure(indicator) for gone in case.gone if gone.is_added}
    return {unit: figure for unit, figure in figures.items() if figure is not None}


def _is_lost(case: ContinuedTotals, unit: str, owing: set[str]) -> bool:
    """Whether nobody reports the unit's part any more, and nothing of it is added."""
    known = (gone for gone in case.gone if gone.unit.id == unit)
    taken_over = any(gone.is_added or owing & {heir.id for heir in gone.heirs} for gone in known)
    return unit not in owing and not taken_over


def _figures(indicator: Indicator, reports: Mapping[str, UnitReport]) -> dict[str, Figure]:
    return {
        unit: report.figures[indicator.id]
        for unit, report in reports.items()
        if indicator.id in report.figures
    }


def _figures_then(indicator: Indicator, case: ContinuedTotals) -> dict[str, Figure]:
    """By unit, what it reported in the continued periods together."""
    then: dict[str, Figure] = {}
    for earlier in case.then:
        for unit, figure in _figures(indicator, earlier.reports).items():
            then[unit] = then.get(unit, 0) + figure
    return then


def _totals_then(indicator: Indicator, case: ContinuedTotals) -> dict[str, Figure]:
    """By continued period, its total as it was issued, or else as it is now."""
    totals = {}
    for earlier in case.then:
        issued = earlier.issued.get(indicator.id)
        figures = _figures(indicator, earlier.reports)
        known = None if issued is None else issued.figure
        totals[earlier.period] = sum(figures.values()) if known is None else known
    return totals


def _fell(
    case: ContinuedTotals,
    indicator: Indicator,
    then: Mapping[str, Figure],
    now: Mapping[str, Figure],
    owing: set[str],
) -> str:
    """Both totals, the units that owe nothing any more, and those whose figure is smaller."""
    periods = case.plan.periods
    before = [
        f"kỳ {periods[name].name} ({number(total)})"
        for name, total in _totals_then(indicator, case).items()
    ]
    whole = "tổng của " if len(before) > 1 else ""
    named = [unit for unit in case.plan.units if unit.id in then]
    gone = [
        f"{_with_heirs(case, unit)} ({number(then[unit.id])})"
        for unit in named
        if unit.id not in owing and unit.id not in now
    ]
    fewer = [
        f"{unit.name} ({number(then[unit.id])}, nay {number(now[unit.id])})"
        for unit in named
        if unit.id in now and now[unit.id] < then[unit.id]
    ]
    reasons = [
        f"{words} {enumeration(units)}"
        for words, units in (("không còn tính", gone), ("nhỏ hơn ở", fewer))
        if units
    ]
    return (
        f"“{indicator.name}” kỳ {periods[case.period].name} ({number(sum(now.values()))}) nhỏ hơn "
        f"{whole}{enumeration(before)}"
        f"{': ' if reasons else ''}{'; '.join(reasons)}"
    )


def _with_heirs(case: ContinuedTotals, unit: Unit) -> str:
    heirs = [heir for gone in case.gone if gone.unit.id == unit.id for heir in gone.heirs]
    return succession.with_heirs(unit, heirs)
