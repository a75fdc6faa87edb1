"""What a plan amended in the year must keep to: its amendments, the days of its parts."""

from collections.abc import Iterator

from danvan_cli.model import deadlines
from danvan_cli.model.plan import Indicator, Period, Plan, Task, tasks
from danvan_cli.model.plan_of_period import Span, span_of_indicator, span_of_task
from danvan_cli.problems import (
    ERROR,
    WARNING,
    DataPath,
    Diagnostic,
    did_you_mean,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.vietnamese import short_day


@rule("P353", ERROR, "Văn bản sửa đổi không có trong kế hoạch")
def amendments_are_known(plan: Plan) -> Iterator[Diagnostic]:
    """`amended_by` says which document changed a part, so that document must be cited."""
    known = dict.fromkeys(amendment.number for amendment in plan.amendments)
    guess = limit_guesses(did_you_mean)
    for path, item in _amended(plan):
        if item.amended_by is not None and item.amended_by not in known:
            yield Diagnostic(
                code="P353",
                message=f"kế hoạch không có văn bản sửa đổi số {quoted(item.amended_by)}",
                hint=guess(item.amended_by, known)
                or "ghi số, ngày, trích yếu của văn bản ấy ở mục amendments",
                path=(*path, "amended_by"),
            )


@rule("P354", ERROR, "Văn bản sửa đổi có ngày trước kế hoạch")
def amendments_are_later_than_the_plan(plan: Plan) -> Iterator[Diagnostic]:
    """Only what is there can be amended."""
    for i, amendment in enumerate(plan.amendments):
        if plan.issued and amendment.issued < plan.issued:
            yield Diagnostic(
                code="P354",
                message=f"văn bản sửa đổi ngày {short_day(amendment.issued)}, kế hoạch ngày "
                f"{short_day(plan.issued)}",
                hint="xem lại issued của cả hai",
                path=("amendments", i, "issued"),
            )


@rule("P355", WARNING, "Không thuộc kỳ báo cáo nào")
def parts_are_reported_once(plan: Plan) -> Iterator[Diagnostic]:
    """What holds on no day that the figures of a period cover would never be reported."""
    windows = [period.data for period in plan.periods.values()]
    for path, span in _spans(plan):
        if not any(span.meets(window) for window in windows) and not span.is_backwards:
            yield Diagnostic(
                code="P355",
                message=f"{span.in_words}, không có ngày nào thuộc thời gian chốt số liệu của một "
                "kỳ báo cáo",
                hint="xem lại from, until và data của các kỳ",
                path=path,
            )


@rule("P356", WARNING, "Thời hạn ngoài thời gian của nhiệm vụ")
def tasks_are_due_while_they_last(plan: Plan) -> Iterator[Diagnostic]:
    """A deadline after a task has ended is nobody's any more; one before it began cannot be met."""
    calendar = deadlines.work_calendar(plan)
    for path, task in _tasks(plan):
        if task.due is None or (task.due.before is None) == (task.due.by is None):
            continue
        span, last = span_of_task(task), deadlines.last_day(task.due, calendar)
        if not span.is_backwards and (not span.has_begun(last) or span.has_ended(last)):
            yield Diagnostic(
                code="P356",
                message=f"thời hạn {short_day(last)}, mà nhiệm vụ {span.in_words}",
                hint="xem lại due, from, until",
                path=(*path, "due"),
            )


@rule("P357", ERROR, "Kỳ tiếp nối một kỳ đã bỏ")
def dropped_periods_are_not_continued(plan: Plan) -> Iterator[Diagnostic]:
    """Nobody reports for a period that the plan gave up, so its figures cannot be included."""
    calendar = deadlines.work_calendar(plan)
    dropped = {
        name: period.until
        for name, period in plan.periods.items()
        if period.until
        and (period.unit_deadline.before is None) != (period.unit_deadline.by is None)
        and deadlines.is_dropped(period, calendar)
    }
    for name, period in plan.periods.items():
        for earlier in dropped.keys() & period.continued:
            yield Diagnostic(
                code="P357",
                message=f"kỳ báo cáo {quoted(earlier)} đã bỏ sau ngày "
                f"{short_day(dropped[earlier])}",
                hint="sửa continues: bỏ kỳ ấy, hoặc ghi kỳ khác",
                path=("periods", name, "continues"),
            )


def backward_spans(plan: Plan) -> Iterator[tuple[DataPath, Task | Indicator | Period]]:
    """The parts that end before they begin; P310 tells them."""
    for path, item in _amended(plan):
        if item.from_ and item.until and item.until < item.from_:
            yield path, item


def _amended(plan: Plan) -> Iterator[tuple[DataPath, Task | Indicator | Period]]:
    yield from _tasks(plan)
    for i, indicator in enumerate(plan.indicators):
        yield ("indicators", i), indicator
    for name, period in plan.periods.items():
        yield ("periods", name), period


def _tasks(plan: Plan) -> Iterator[tuple[DataPath, Task]]:
    for i, section in enumerate(plan.sections):
        for j, task in enumerate(section.tasks):
            yield ("sections", i, "tasks", j), task


def _spans(plan: Plan) -> Iterator[tuple[DataPath, Span]]:
    by_id = {task.id: task for _, task in tasks(plan)}
    for path, task in _tasks(plan):
        yield path, span_of_task(task)
    for i, indicator in enumerate(plan.indicators):
        yield ("indicators", i), span_of_indicator(indicator, by_id.get(indicator.task))
