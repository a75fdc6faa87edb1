"""Where automatic points come from: one function for each source that criteria may name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from danvan_cli import vietnamese
from danvan_cli.evaluation.case import CENT, Judged, Place, UnitCase
from danvan_cli.model import deadlines
from danvan_cli.model.criteria import (
    Band,
    Compared,
    Each,
    OfFigure,
    OfModels,
    OfTarget,
    Share,
    Source,
    Timeliness,
)
from danvan_cli.model.plan import Indicator, is_assigned, tasks
from danvan_cli.model.plan_of_period import owed_by
from danvan_cli.model.unit_report import SETTLED_STATUSES
from danvan_cli.model.values import Figure, figure_of
from danvan_cli.tracking.status import PeriodStatus, UnitStatus

_NONE, _HUNDRED = Decimal(0), Decimal(100)


def judged(source: Source, most: Decimal, case: UnitCase) -> Judged:
    """The points of the one source that is named, from 0 to `most`, with the reason."""
    for name, judge in _JUDGES.items():
        if (named := getattr(source, name)) is not None:
            return judge(named, most, case)
    return Judged(None, "tiêu chí chưa ghi nguồn điểm (from)")


def rounded(points: Decimal) -> Decimal:
    """To two decimals, a half upward."""
    return points.quantize(CENT, ROUND_HALF_UP)


def _timeliness(wanted: Timeliness, most: Decimal, case: UnitCase) -> Judged:
    """Each report that was due has an equal share of the points.

    An extension moves the last day, so a report within it is in time (see `UnitStatus.deadline`).
    """
    due = [each for each in case.reports if each[1].state != "pending"]
    if not due:
        return Judged(None, "chưa đến hạn báo cáo nào", waits=True)
    points, reasons, places = _NONE, [], []
    for period, own in due:
        share = most / len(due)
        gained = _for_report(own, share, wanted.per_day, wanted.never_sent / len(due))
        points += gained
        reasons.append(_of_period(period, due, f"{_number(gained)}: {_when(own)}"))
        if own.report:
            places.append(Place(period.id, _arrival_path(own)))
    return Judged(rounded(points), "; ".join(reasons), places)


def _for_report(own: UnitStatus, share: Decimal, per_day: Decimal, never: Decimal) -> Decimal:
    if own.report is None:
        return min(never, share)
    return max(share - per_day * (own.days or 0), _NONE)


def _when(own: UnitStatus) -> str:
    """'nhận 28/10/2026, hạn 01/11/2026'."""
    last = vietnamese.short_day(own.deadline.last_day)
    limit = f"{'gia hạn đến' if own.deadline.extended else 'hạn'} {last}"
    if own.report is None or own.arrived is None:
        return f"{own.in_words}, {limit}"
    late = f", muộn {own.days} ngày" if own.days else ""
    return f"nhận {vietnamese.short_day(own.arrived)}, {limit}{late}"


def _arrival_path(own: UnitStatus) -> tuple[str]:
    return ("received",) if own.report and own.report.received else ("submitted",)


def _of_period(period: PeriodStatus, due: Sequence[Any], words: str) -> str:
    """With the period before it, where there are several."""
    return f"{period.period.standalone_name} {words}" if len(due) > 1 else words.partition(": ")[2]


def _returned(wanted: Each, most: Decimal, case: UnitCase) -> Judged:
    returned = [(period, own) for period, own in case.reports if own.state == "returned"]
    if not case.reports:
        return Judged(None, "không phải báo cáo kỳ nào")
    reasons = [
        f"{period.period.standalone_name}: đã trả lại, {own.returned_reason}"
        for period, own in returned
    ]
    points = max(most - wanted.each * len(returned), _NONE)
    places = [Place(period.id, ("returned",)) for period, _ in returned]
    return Judged(rounded(points), "; ".join(reasons) or "không bị trả lại", places)


def _errors(wanted: Each, most: Decimal, case: UnitCase) -> Judged:
    sent = [(period, own) for period, own in case.reports if own.submitted]
    if not sent:
        return Judged(_NONE, "chưa gửi báo cáo nào", waits=any(_is_pending(case)))
    wrong = [(period, own) for period, own in sent if own.errors]
    points = max(most - wanted.each * sum(own.errors for _, own in wrong), _NONE)
    reasons = [f"{period.period.standalone_name}: {own.errors} lỗi" for period, own in wrong]
    places = [Place(period.id, ()) for period, _ in wrong]
    return Judged(rounded(points), "; ".join(reasons) or "báo cáo không có lỗi", places)


def _is_pending(case: UnitCase) -> Iterator[bool]:
    return (own.state == "pending" for _, own in case.reports)


def _completeness(_: Share, most: Decimal, case: UnitCase) -> Judged:
    """By how many of the unit's tasks and figures its report for the rated period tells."""
    if case.rated is None:
        return Judged(None, "không phải báo cáo kỳ này")
    report, owed = case.report, owed_by(case.plan, case.unit.id)
    if not any(owed):
        return Judged(None, "đơn vị không được giao nhiệm vụ, chỉ tiêu nào")
    if report is None:
        return Judged(_NONE, "chưa có báo cáo", waits=case.rated.state == "pending")
    told = sum(task in report.results for task in owed.tasks)
    figures = sum(name in report.figures for name in owed.figures)
    reason = f"{told}/{len(owed.tasks)} nhiệm vụ, {figures}/{len(owed.figures)} chỉ tiêu có báo cáo"
    points = most * (told + figures) / (len(owed.tasks) + len(owed.figures))
    return Judged(rounded(points), reason, [Place(case.period, ("results",))])


def _tasks_done(_: Share, most: Decimal, case: UnitCase) -> Judged:
    """By how many deliverables of the unit, due by its report, it reports as finished."""
    if case.rated is None:
        return Judged(None, "không phải báo cáo kỳ này")
    day, calendar = case.rated.deadline.last_day, deadlines.work_calendar(case.plan)
    owed = [
        task.id
        for _, task in tasks(case.plan)
        if task.due
        and is_assigned(task, case.unit.id)
        and deadlines.last_day(task.due, calendar) <= day
    ]
    if not owed:
        return Judged(None, "đơn vị không có nhiệm vụ nào có thời hạn")
    results = case.report.results if case.report else {}
    done = [task for task in owed if task in results and results[task].status in SETTLED_STATUSES]
    places = [Place(case.period, ("results", task)) for task in done]
    reason = f"{len(done)}/{len(owed)} nhiệm vụ có thời hạn đã hoàn thành"
    return Judged(rounded(most * len(done) / len(owed)), reason, places)


def _figure(wanted: OfFigure, most: Decimal, case: UnitCase) -> Judged:
    indicator = _indicator(case, wanted.id)
    whole = _indicator(case, wanted.of) if wanted.of else None
    if indicator is None or (wanted.of and whole is None):
        return Judged(None, "đơn vị không có chỉ tiêu này")
    value = _given(case, indicator)
    if value is None:
        return Judged(_NONE, f"{indicator.name}: chưa có số liệu", waits=_may_come(case))
    place = Place(case.period, ("indicators", indicator.id))
    if whole is None:
        points = _banded(wanted.bands, value, most)
        return Judged(points, f"{indicator.name}: {_number(value)}", [place])
    base = _given(case, whole)
    if not base:
        return Judged(None, f"{whole.name}: không có số liệu hoặc bằng 0")
    share = rounded(_HUNDRED * value / base)
    reason = f"{indicator.name} {_number(value)}/{_number(base)}, đạt {_number(share)}%"
    places = [place, Place(case.period, ("indicators", whole.id))]
    return Judged(_banded(wanted.bands, share, most), reason, places)


def _target(wanted: OfTarget, most: Decimal, case: UnitCase) -> Judged:
    indicator = _indicator(case, wanted.id)
    targets = indicator.target.get(case.period) if indicator else None
    typed = targets.get(case.unit.id) if isinstance(targets, Mapping) else None
    if indicator is None or typed is None:
        return Judged(None, "đơn vị không có kế hoạch của chỉ tiêu này")
    value, target = _given(case, indicator), Decimal(figure_of(typed))
    if value is None:
        return Judged(_NONE, f"{indicator.name}: chưa có số liệu", waits=_may_come(case))
    is_met = value <= target if indicator.direction == "less" else value >= target
    pair = (target, value) if indicator.direction == "less" else (value, target)
    points = most if is_met else most * pair[0] / pair[1]
    reason = f"{indicator.name}: {_number(value)}, kế hoạch {_number(target)}"
    return Judged(rounded(points), reason, [Place(case.period, ("indicators", indicator.id))])


def _models(wanted: OfModels, most: Decimal, case: UnitCase) -> Judged:
    if case.rated is None:
        return Judged(None, "không phải báo cáo kỳ này")
    models = case.report.models if case.report else []
    recognized = sum(model.status == "recognized" for model in models)
    others = len(models) - recognized
    points = wanted.recognized * recognized + wanted.registered * others
    cap = most if wanted.most is None else min(most, wanted.most)
    reason = f"{recognized} mô hình được công nhận, {others} mô hình đăng ký, đang triển khai"
    places = [Place(case.period, ("models",))] if models else []
    return Judged(rounded(min(points, cap)), reason, places)


def _compared(wanted: Compared, most: Decimal, case: UnitCase) -> Judged:
    indicator = _indicator(case, wanted.figure)
    if indicator is None:
        return Judged(None, "đơn vị không có chỉ tiêu này")
    before, value = case.last_year.get(indicator.id), _given(case, indicator)
    if not before:
        return Judged(None, f"{indicator.name}: không có số liệu cùng kỳ năm trước")
    if value is None:
        return Judged(_NONE, f"{indicator.name}: chưa có số liệu", waits=_may_come(case))
    change = rounded(_HUNDRED * (Decimal(value) - before) / before)
    reason = f"{indicator.name}: {_number(value)}, cùng kỳ {_number(before)}, {_number(change)}%"
    places = [Place(case.period, ("indicators", indicator.id))]
    return Judged(_banded(wanted.bands, change, most), reason, places)


def _indicator(case: UnitCase, wanted: str) -> Indicator | None:
    """The indicator, if the unit has to give it."""
    return next(
        (
            each
            for each in case.plan.indicators
            if each.id == wanted and is_assigned(each, case.unit.id)
        ),
        None,
    )


def _given(case: UnitCase, indicator: Indicator) -> Decimal | None:
    figure = case.report.figures.get(indicator.id) if case.report else None
    return None if figure is None else Decimal(figure)


def _may_come(case: UnitCase) -> bool:
    return case.rated is not None and case.rated.state == "pending"


def _banded(bands: Sequence[Band], value: Decimal, most: Decimal) -> Decimal:
    """The points of the highest band that the value reaches."""
    reached = [band for band in bands if value >= band.from_]
    best = max(reached, key=lambda band: band.from_, default=None)
    return _NONE if best is None else min(best.points, most)


def _number(value: Figure) -> str:
    return vietnamese.number(value)


_JUDGES: Mapping[str, Callable[[Any, Decimal, UnitCase], Judged]] = {
    "timeliness": _timeliness,
    "returned": _returned,
    "completeness": _completeness,
    "errors": _errors,
    "tasks_done_in_time": _tasks_done,
    "figure": _figure,
    "target": _target,
    "models": _models,
    "compared": _compared,
}
"""By the name of the field of `Source`; a source that is not here gives no points."""
