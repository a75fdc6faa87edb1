"""Rules on groups of units, and on deadlines that are not the same for all units."""

from collections.abc import Iterator
from datetime import date

from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import WorkCalendar
from danvan_cli.model.plan import Deadline, Extension, Period, Plan, with_groups
from danvan_cli.problems import ERROR, WARNING, DataPath, Diagnostic, quoted, rule
from danvan_cli.vietnamese import short_day


@rule("P342", ERROR, "Nhóm đơn vị không dùng được")
def groups_are_told_from_units(plan: Plan) -> Iterator[Diagnostic]:
    """A group stands where a unit may, so their ids differ; an empty one means no unit."""
    ids = {unit.id for unit in plan.units}
    for group, units in plan.unit_groups.items():
        if group in ids:
            message, hint = f"mã nhóm {quoted(group)} cũng là mã của một đơn vị", "đặt mã nhóm khác"
        elif not units:
            message, hint = f"nhóm {quoted(group)} không có đơn vị nào", "ghi mã các đơn vị"
        else:
            continue
        yield Diagnostic(
            code="P342", message=message, hint=hint, path=("unit_groups", group), at_key=True
        )


@rule("P343", ERROR, "Đơn vị có hai thời hạn khác nhau")
def a_unit_has_one_deadline(plan: Plan) -> Iterator[Diagnostic]:
    """A unit in two groups with different deadlines needs one of its own."""
    for name, period in plan.periods.items():
        first: dict[str, tuple[str, Deadline]] = {}
        for group, deadline in period.unit_deadlines.items():
            for unit in plan.unit_groups.get(group, []):
                other, known = first.setdefault(unit, (group, deadline))
                if known != deadline and unit not in period.unit_deadlines:
                    yield Diagnostic(
                        code="P343",
                        message=f"đơn vị {quoted(unit)} ở cả nhóm {quoted(other)} và nhóm "
                        f"{quoted(group)}, hai nhóm có thời hạn khác nhau",
                        hint=f"ghi thêm thời hạn riêng cho {unit}",
                        path=("periods", name, "unit_deadlines", group),
                        at_key=True,
                    )


@rule("P344", WARNING, "Gia hạn cần xem lại")
def extensions_help(plan: Plan) -> Iterator[Diagnostic]:
    """More time is granted before the last day, and ends before the office itself reports."""
    calendar = deadlines.work_calendar(plan)
    periods = with_groups(plan).periods
    for name, period in periods.items():
        if _is_incomplete(period):
            continue
        for i, extension in enumerate(period.extensions):
            path: DataPath = ("periods", name, "extensions", i)
            for reason, field in _doubts(period, extension, calendar):
                yield Diagnostic(code="P344", message=reason, path=(*path, field))


def _is_incomplete(period: Period) -> bool:
    """Whether a deadline has no day, or two, which rule P309 reports."""
    all_deadlines = (period.office_deadline, period.unit_deadline, *period.unit_deadlines.values())
    return any((due.before is None) == (due.by is None) for due in all_deadlines)


def _doubts(
    period: Period, extension: Extension, calendar: WorkCalendar
) -> Iterator[tuple[str, str]]:
    """What is doubtful, and the field that it is about."""
    days = [
        deadlines.last_day(deadlines.unit_deadline(period, unit), calendar)
        for unit in extension.units
    ]
    first: date | None = min(days, default=None)
    office = deadlines.last_day(period.office_deadline, calendar)
    if first and extension.by <= first:
        yield f"gia hạn đến {short_day(extension.by)}, không sau thời hạn {short_day(first)}", "by"
    if extension.by >= office:
        yield (
            f"gia hạn đến {short_day(extension.by)}, không trước ngày cuối cơ quan gửi báo cáo "
            f"({short_day(office)})",
            "by",
        )
    if first and extension.granted and extension.granted > first:
        yield (
            f"gia hạn ngày {short_day(extension.granted)}, sau khi đã hết thời hạn "
            f"({short_day(first)})",
            "granted",
        )
