"""What a unit's report must keep to, by the plan and by the unit's earlier report."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from danvan_cli.model.awards import award_level, is_persons_name
from danvan_cli.model.plan import Indicator, Plan, Task, Unit, is_assigned
from danvan_cli.model.plan_of_period import Span, is_owed, why_not_there
from danvan_cli.model.succession import instead
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.problems import (
    ERROR,
    WARNING,
    DataPath,
    Diagnostic,
    did_you_mean,
    did_you_mean_task,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.rules.days import before_the_year, in_the_future
from danvan_cli.vietnamese import enumeration, number, short_day

_HAS_RESULTS = ("done", "ongoing", "in_progress")
_MOST_NAMED = 8


class Known(Struct, frozen=True):
    """What the plan has, by id, looked up once for all reports.

    `last_days`: by period and unit; the unit is None for those without a deadline of their own.
    `not_now`: the tasks and indicators that do not hold in the period, with their days.
    """

    units: Mapping[str, Unit]
    tasks: Mapping[str, Task]
    indicators: Mapping[str, Indicator]
    last_days: Mapping[tuple[str, str | None], date]
    not_now: Mapping[str, Span] = {}


class ReportCase(Struct, frozen=True, kw_only=True):
    """One report to be checked against the plan on a day.

    `unit` and `period` are those of its path, of a file that lies elsewhere None; `first_file`
    is the file that is read for the same unit and period, where this is the second; `left_out`
    are the paths of what could not be read in it, `unfilled` those of ids without a value;
    `computed` are the figures that registers give it.
    """

    plan: Plan
    known: Known
    report: UnitReport
    today: date
    unit: str | None = None
    period: str | None = None
    first_file: Path | None = None
    left_out: frozenset[DataPath] = frozenset()
    computed: Mapping[str, Figure] = {}
    unfilled: frozenset[DataPath] = frozenset()

    @property
    def reporter(self) -> Unit | None:
        """Whose report it is; None if the plan has no such unit."""
        return self.known.units.get(self.unit or self.report.unit)

    @property
    def is_taken_over(self) -> bool:
        """Whether others report for the unit by then, so that this report is none (R419)."""
        unit, period = self.reporter, self.reported_period
        known = unit is not None and period in self.plan.periods
        return bool(unit and known and instead(self.plan, unit.id, period))

    def left_empty(self, group: str) -> list[str]:
        """The ids in a group of the report that have no value behind them."""
        return [str(name) for place, name in self.unfilled if place == group]

    @property
    def reported_period(self) -> str:
        return self.period or self.report.period


@rule("R401", ERROR, "Đơn vị báo cáo không có trong kế hoạch")
def unit_is_in_the_plan(case: ReportCase) -> Iterator[Diagnostic]:
    """Only the plan's units are asked for reports."""
    if case.report.unit not in case.known.units:
        of_path = case.unit and f"theo tên tệp là {quoted(case.unit)}"
        yield Diagnostic(
            code="R401",
            message=f"kế hoạch không có đơn vị {quoted(case.report.unit)}",
            hint=of_path
            or did_you_mean(case.report.unit, case.known.units)
            or "xem mã đơn vị ở mục units của plan.yaml",
            path=("unit",),
        )


@rule("R402", ERROR, "Đơn vị không khớp tên tệp")
def unit_is_the_files(case: ReportCase) -> Iterator[Diagnostic]:
    """A report under another unit's name would be counted as that unit's."""
    if case.unit and case.report.unit != case.unit and case.report.unit in case.known.units:
        yield Diagnostic(
            code="R402",
            message=f"tệp mang tên đơn vị {quoted(case.unit)} mà ghi đơn vị "
            f"{quoted(case.report.unit)}",
            hint="sửa trường unit, hoặc đổi tên tệp",
            path=("unit",),
        )


@rule("R403", ERROR, "Năm không khớp kế hoạch")
def year_is_the_plans(case: ReportCase) -> Iterator[Diagnostic]:
    """Last year's figures must not slip into this year's."""
    if case.report.year != case.plan.year:
        yield Diagnostic(
            code="R403",
            message=f"báo cáo của năm {case.report.year}, kế hoạch của năm {case.plan.year}",
            path=("year",),
        )


@rule("R404", ERROR, "Kỳ báo cáo không đúng")
def period_is_the_folders(case: ReportCase) -> Iterator[Diagnostic]:
    """A period that the plan does not have, or not that of the folder."""
    written = case.report.period
    if written not in case.plan.periods:
        message = f"kế hoạch không có kỳ báo cáo {quoted(written)}"
        of_path = case.period and f"theo thư mục là {quoted(case.period)}"
        known = ", ".join(case.plan.periods)
        hint = of_path or did_you_mean(written, case.plan.periods) or f"các kỳ: {known}"
    elif case.period and written != case.period:
        message = f"tệp ở thư mục của kỳ {quoted(case.period)} mà ghi kỳ báo cáo {quoted(written)}"
        hint = "sửa trường period, hoặc chuyển tệp sang thư mục của kỳ đó"
    elif dropped := _last_day_of_dropped(case, written):
        message = f"kế hoạch đã bỏ kỳ báo cáo {quoted(written)} sau ngày {short_day(dropped)}"
        hint = "báo cáo này không được tính; còn kỳ ấy thì sửa until của kỳ trong plan.yaml"
    else:
        return
    yield Diagnostic(code="R404", message=message, hint=hint, path=("period",))


def _last_day_of_dropped(case: ReportCase, period: str) -> date | None:
    """The last day of a period that the plan gave up before its deadline; else None."""
    until, due = case.plan.periods[period].until, case.known.last_days.get((period, None))
    return until if until and due and until < due else None


@rule("R405", ERROR, "Hai tệp cho một báo cáo")
def only_one_file_reports(case: ReportCase) -> Iterator[Diagnostic]:
    """Of two files for one unit and period, only one could count; a person must say which."""
    if case.first_file:
        yield Diagnostic(
            code="R405",
            message=f"đơn vị đã có báo cáo của kỳ này ở tệp {quoted(case.first_file.name)}",
            hint="giữ một tệp, xóa tệp kia",
        )


@rule("R406", ERROR, "Nhiệm vụ báo cáo không có trong kế hoạch")
def tasks_are_in_the_plan(case: ReportCase) -> Iterator[Diagnostic]:
    """A result for a task that the plan does not have would be printed nowhere."""
    guess = limit_guesses(did_you_mean_task)
    for task in [*case.report.results, *case.left_empty("results")]:
        if task not in case.known.tasks:
            message, hint = _not_now(case, f"nhiệm vụ {quoted(task)}", task) or (
                f"kế hoạch không có nhiệm vụ {quoted(task)}",
                guess(task, case.known.tasks) or "xem số nhiệm vụ trong kế hoạch",
            )
            yield Diagnostic(
                code="R406",
                message=message,
                hint=hint,
                path=("results", task),
                at_key=True,
            )


def _not_now(case: ReportCase, what: str, name: str) -> tuple[str, str] | None:
    """Message and hint for what the plan has, but not in this period."""
    span, period = case.known.not_now.get(name), case.plan.periods.get(case.reported_period)
    if span is None or period is None:
        return None
    window = f"từ ngày {short_day(period.data.from_)} đến ngày {short_day(period.data.to)}"
    return (
        f"{what} {why_not_there(span)}, không có trong kỳ này (số liệu {window})",
        "bỏ ở báo cáo này, ghi vào báo cáo của kỳ có nhiệm vụ ấy; kế hoạch ghi sai ngày thì sửa "
        "from, until trong plan.yaml",
    )


@rule("R407", ERROR, "Nhiệm vụ không giao cho đơn vị")
def tasks_are_the_units(case: ReportCase) -> Iterator[Diagnostic]:
    """Another unit's task; its result belongs in that unit's report."""
    if unit := case.reporter:
        for name in case.report.results:
            task = case.known.tasks.get(name)
            if task and not is_assigned(task, unit.id) and not case.is_taken_over:
                yield Diagnostic(
                    code="R407",
                    message=f"nhiệm vụ {name} không giao cho {unit.name}",
                    hint=f"giao cho: {_named(case, task.assigned)}",
                    path=("results", name),
                    at_key=True,
                )


@rule("R408", WARNING, "Nhiệm vụ được giao chưa báo cáo")
def assigned_tasks_are_reported(case: ReportCase) -> Iterator[Diagnostic]:
    """Of a task left out, nobody knows whether it was not done or only forgotten."""
    if unit := case.reporter:
        missing = [
            name
            for name, task in case.known.tasks.items()
            if name not in case.report.results
            and is_owed(task, unit.id)
            and ("results", name) not in case.left_out
        ]
        if missing:
            yield Diagnostic(
                code="R408",
                message=f"chưa báo cáo {len(missing)} nhiệm vụ được giao: {shortened(missing)}",
                hint="nhiệm vụ không có việc thì ghi status: none_arisen (không phát sinh) hoặc "
                "not_started (chưa thực hiện)",
                path=("results",),
                at_key=True,
            )


@rule("R409", WARNING, "Nhiệm vụ chưa ghi kết quả")
def results_say_what_was_done(case: ReportCase) -> Iterator[Diagnostic]:
    """'hoàn thành' or 'đang thực hiện' without a word gives the combined report nothing."""
    for name, result in case.report.results.items():
        if result.status in _HAS_RESULTS and not (result.summary or "").strip():
            yield Diagnostic(
                code="R409",
                message=f"nhiệm vụ {quoted(name)} có kết quả mà chưa ghi nội dung (summary)",
                hint="viết một, hai câu: đã làm gì, kết quả thế nào",
                path=("results", name, "summary"),
                at_key=result.summary is None,
            )


@rule("R410", ERROR, "Chỉ tiêu không có trong kế hoạch")
def indicators_are_in_the_plan(case: ReportCase) -> Iterator[Diagnostic]:
    """A figure under a name that the plan does not have would not be added up."""
    guess = limit_guesses(did_you_mean)
    for name in [*case.report.indicators, *case.left_empty("indicators")]:
        if name not in case.known.indicators:
            message, hint = _not_now(case, f"chỉ tiêu {quoted(name)}", name) or (
                f"kế hoạch không có chỉ tiêu {quoted(name)}",
                guess(name, case.known.indicators)
                or "xem mã chỉ tiêu ở mục indicators của plan.yaml",
            )
            yield Diagnostic(
                code="R410",
                message=message,
                hint=hint,
                path=("indicators", name),
                at_key=True,
            )


@rule("R411", ERROR, "Chỉ tiêu không giao cho đơn vị")
def indicators_are_the_units(case: ReportCase) -> Iterator[Diagnostic]:
    """Another unit's figure; two units counting the same things would double the sum."""
    if unit := case.reporter:
        for name in case.report.indicators:
            indicator = case.known.indicators.get(name)
            if indicator is None or indicator.kind == "rate":
                continue
            if not is_assigned(indicator, unit.id) and not case.is_taken_over:
                yield Diagnostic(
                    code="R411",
                    message=f"chỉ tiêu {quoted(indicator.name)} không giao cho {unit.name}",
                    hint=f"giao cho: {_named(case, indicator.units)}",
                    path=("indicators", name),
                    at_key=True,
                )


@rule("R412", ERROR, "Số liệu âm")
def figures_are_not_negative(case: ReportCase) -> Iterator[Diagnostic]:
    """They count things; one below zero would lower the other units' sum."""
    for name, figure in case.report.figures.items():
        if figure < 0:
            yield Diagnostic(
                code="R412",
                message=f"số liệu là số âm ({number(figure)})",
                hint="không có thì ghi 0",
                path=("indicators", name),
            )


@rule("R413", ERROR, "Số bộ phận lớn hơn tổng số")
def parts_are_within_their_wholes(case: ReportCase) -> Iterator[Diagnostic]:
    """More complaints settled than there were would make a rate over 100%."""
    figures = case.report.figures
    for name, figure in figures.items():
        part = case.known.indicators.get(name)
        if part is None or part.part_of is None:
            continue
        whole, total = case.known.indicators.get(part.part_of), figures.get(part.part_of)
        if whole and total is not None and figure > total:
            yield Diagnostic(
                code="R413",
                message=f"“{part.name}” ({number(figure)}) lớn hơn “{whole.name}” "
                f"({number(total)})",
                hint=f"xem lại cả hai số: {name} và {part.part_of}",
                path=("indicators", name),
            )


@rule("R427", WARNING, "Số bộ phận thiếu tổng số")
def parts_come_with_their_wholes(case: ReportCase) -> Iterator[Diagnostic]:
    """A rate needs both; a part alone would raise the other units' rate."""
    figures = case.report.figures
    for name in figures:
        part = case.known.indicators.get(name)
        whole = case.known.indicators.get((part and part.part_of) or "")
        if part is None or whole is None or whole.id in figures:
            continue
        is_asked_for = case.reporter is None or is_assigned(whole, case.reporter.id)
        if is_asked_for and ("indicators", whole.id) not in case.left_out:
            yield Diagnostic(
                code="R427",
                message=f"ghi số bộ phận “{part.name}” mà thiếu tổng số “{whole.name}”",
                hint=f"ghi thêm {whole.id}; có cả hai số mới tính được tỷ lệ",
                path=("indicators", name),
                at_key=True,
            )


@rule("R415", WARNING, "Báo cáo chưa ghi ngày gửi")
def day_of_sending_is_given(case: ReportCase) -> Iterator[Diagnostic]:
    """Without it the report is a draft, and counts nowhere."""
    if case.report.submitted is None:
        yield Diagnostic(
            code="R415",
            message="chưa ghi ngày gửi (submitted), nên báo cáo còn là dự thảo và chưa được tính",
            hint="khi gửi, ghi thêm dòng “submitted: ngày/tháng/năm”",
            path=("submitted",),
            at_key=True,
        )


@rule("R416", ERROR, "Ngày gửi sau ngày nhận")
def sent_before_received(case: ReportCase) -> Iterator[Diagnostic]:
    """One of the two is wrong, and `received` decides whether the report was in time."""
    submitted, received = case.report.submitted, case.report.received
    if submitted and received and submitted > received:
        yield Diagnostic(
            code="R416",
            message=f"ngày gửi {short_day(submitted)} sau ngày nhận {short_day(received)}",
            hint="xem lại submitted và received",
            path=("submitted",),
        )


def days_have_come(case: ReportCase) -> Iterator[Diagnostic]:
    """R417: a day to come is a slip of the pen."""
    for path, day in _days(case.report):
        yield from in_the_future(path, day, case.today)


def days_are_since_the_year_began(case: ReportCase) -> Iterator[Diagnostic]:
    """R418: a day of last year is mostly last year's report, copied."""
    for path, day in _days(case.report):
        yield from before_the_year(path, day, case.plan)


@rule("R419", ERROR, "Đơn vị không hoạt động tại thời hạn")
def unit_exists_at_the_deadline(case: ReportCase) -> Iterator[Diagnostic]:
    """A unit not yet or no longer there on the last day is not asked for this report."""
    unit, last_days, period = case.reporter, case.known.last_days, case.reported_period
    own = last_days.get((period, unit.id)) if unit else None
    last = own or last_days.get((period, None))
    if unit and last and not unit.exists_on(last):
        if unit.from_ and last < unit.from_:
            state = f"chưa có (từ {short_day(unit.from_)})"
        else:
            state = f"không còn (đến hết {short_day(unit.until or last)})"
        yield Diagnostic(
            code="R419",
            message=f"đến hạn cuối {short_day(last)} của kỳ này, {unit.name} {state}",
            hint=instead(case.plan, unit.id, period)
            or "xem from, until của đơn vị trong plan.yaml",
            path=("unit",),
        )


@rule("R423", WARNING, "Ngày trả lại không hợp lý")
def returned_after_it_came(case: ReportCase) -> Iterator[Diagnostic]:
    """Only what was sent can be sent back."""
    report = case.report
    if report.returned is None:
        return
    if report.arrived is None:
        if ("submitted",) in case.left_out:
            return
        message = "báo cáo chưa ghi ngày gửi mà đã ghi trả lại"
    elif report.returned.date < report.arrived:
        message = (
            f"ngày trả lại {short_day(report.returned.date)} trước ngày nhận báo cáo "
            f"{short_day(report.arrived)}"
        )
    else:
        return
    yield Diagnostic(
        code="R423",
        message=message,
        hint="đơn vị gửi lại báo cáo đã bổ sung thì xóa trường returned",
        path=("returned", "date"),
    )


@rule("R441", WARNING, "Hình thức khen thưởng không có trong kế hoạch")
def awards_have_a_level(case: ReportCase) -> Iterator[Diagnostic]:
    """Of a form that the plan does not have, nobody knows who confers it; it goes up."""
    known = ", ".join(level.form for level in case.plan.awards)
    for place, award in enumerate(case.report.awards):
        if case.plan.awards and award_level(case.plan, award.form) is None:
            yield Diagnostic(
                code="R441",
                message=f"kế hoạch không có hình thức khen thưởng {quoted(award.form)}",
                hint=f"các hình thức: {known}",
                path=("awards", place, "form"),
            )


@rule("R442", WARNING, "Khen thưởng cá nhân chưa ghi họ tên")
def persons_have_names(case: ReportCase) -> Iterator[Diagnostic]:
    """An award is conferred on a person, not on 'Công chức Phòng A'."""
    for place, award in enumerate(case.report.awards):
        if award.kind == "individual" and not is_persons_name(award.name):
            yield Diagnostic(
                code="R442",
                message=f"{quoted(award.name)} không phải là họ và tên của cá nhân",
                hint="ghi họ và tên ở name, chức vụ ở position",
                path=("awards", place, "name"),
            )


def _days(report: UnitReport) -> Iterator[tuple[DataPath, date | None]]:
    yield ("submitted",), report.submitted
    yield ("received",), report.received
    if report.returned:
        yield ("returned", "date"), report.returned.date


def _named(case: ReportCase, units: list[str] | None) -> str:
    known = case.known.units
    return shortened([known[unit].name if unit in known else unit for unit in units or []])


def shortened(names: list[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return enumeration(names)
    return f"{', '.join(names[:_MOST_NAMED])} …"
