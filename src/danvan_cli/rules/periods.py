"""Rules on periods that several others make up, and on those of some units only."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from danvan_cli.model import succession
from danvan_cli.model.plan import DataWindow, Period, Plan, Unit, units_by_id, with_groups
from danvan_cli.problems import ERROR, WARNING, DataPath, Diagnostic, quoted, rule
from danvan_cli.rules.report import ReportCase
from danvan_cli.vietnamese import short_day


@rule("P358", ERROR, "Các kỳ được gộp trùng thời gian")
def continued_periods_do_not_overlap(plan: Plan) -> Iterator[Diagnostic]:
    """What happened in two of them would be counted twice in their sum."""
    for name, period in plan.periods.items():
        known = [(i, other) for i, other in enumerate(period.continued) if other in plan.periods]
        for (_, first), (place, second) in combinations(known, 2):
            windows = plan.periods[first].data, plan.periods[second].data
            if first != second and not _overlap(*windows):
                continue
            message = (
                f"kỳ {quoted(first)} ghi hai lần"
                if first == second
                else f"thời gian chốt số liệu của kỳ {quoted(first)} ({_in_words(windows[0])}) và "
                f"kỳ {quoted(second)} ({_in_words(windows[1])}) có ngày trùng nhau"
            )
            yield Diagnostic(
                code="P358",
                message=message,
                hint="chỉ ghi các kỳ nối tiếp nhau: số liệu của các kỳ này được cộng lại",
                path=("periods", name, "continues", place),
            )


@rule("P359", ERROR, "Kỳ không có đơn vị nào báo cáo")
def some_unit_reports(plan: Plan) -> Iterator[Diagnostic]:
    """A period of no unit, or of units that are all gone by then, has a report of nothing."""
    known = units_by_id(plan)
    for name, period in with_groups(plan).periods.items():
        day_of = succession.at_deadline(plan, name)
        named = [known[unit] for unit in period.units or [] if unit in known]
        if period.units is not None and not period.units:
            message = "kỳ này không có đơn vị nào báo cáo"
            hint = "ghi mã các đơn vị, nhóm đơn vị, hoặc bỏ units nếu mọi đơn vị báo cáo"
        elif named and not any(_may_report(unit, day_of(unit.id)) for unit in named):
            message = "đến hạn của kỳ này, không đơn vị nào trong danh sách đang hoạt động"
            hint = "ghi thêm đơn vị tiếp nhận; xem from, until của các đơn vị"
        else:
            continue
        yield Diagnostic(code="P359", message=message, hint=hint, path=("periods", name, "units"))


def _may_report(unit: Unit, last: date) -> bool:
    """Whether it exists on its last day; True where the plan does not say that day (P309)."""
    return last == date.min or unit.exists_on(last)


@rule("P360", WARNING, "Thời hạn của đơn vị không báo cáo kỳ này")
def deadlines_are_of_units_that_report(plan: Plan) -> Iterator[Diagnostic]:
    """A deadline or more time for a unit that the period is not for would never be seen."""
    whole = with_groups(plan).periods
    for name, period in plan.periods.items():
        for path, unit in _units_with_deadlines(period):
            members = plan.unit_groups.get(unit, [unit])
            if not any(whole[name].is_for(member) for member in members):
                yield Diagnostic(
                    code="P360",
                    message=f"{quoted(unit)} không phải báo cáo kỳ này",
                    hint="xem lại units của kỳ",
                    path=("periods", name, *path),
                    at_key=path[0] == "unit_deadlines",
                )


def _units_with_deadlines(period: Period) -> Iterator[tuple[DataPath, str]]:
    for unit in period.unit_deadlines:
        yield ("unit_deadlines", unit), unit
    for i, extension in enumerate(period.extensions):
        for j, unit in enumerate(extension.units):
            yield ("extensions", i, "units", j), unit


@rule("R466", ERROR, "Kỳ báo cáo không dành cho đơn vị")
def unit_reports_for_the_period(case: ReportCase) -> Iterator[Diagnostic]:
    """The period is for other units, so this report would be counted nowhere."""
    period = case.plan.periods.get(case.reported_period)
    if period and case.reporter and not period.is_for(case.reporter.id):
        yield Diagnostic(
            code="R466",
            message=f"{case.reporter.name} không phải báo cáo kỳ này",
            hint="kỳ này chỉ của các đơn vị ghi ở units của kỳ trong plan.yaml: thêm đơn vị vào "
            "đó, hoặc chuyển báo cáo sang kỳ khác",
            path=("unit",),
        )


def _overlap(one: DataWindow, other: DataWindow) -> bool:
    return one.from_ <= other.to and other.from_ <= one.to


def _in_words(window: DataWindow) -> str:
    return f"{short_day(window.from_)} - {short_day(window.to)}"
