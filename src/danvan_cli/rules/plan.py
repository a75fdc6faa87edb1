"""What a plan must keep to: each function is one rule, which a person writing a plan can break."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from danvan_cli import vietnamese
from danvan_cli.model import deadlines, letterhead, succession, symbols
from danvan_cli.model.deadlines import WorkCalendar
from danvan_cli.model.plan import DataWindow, Deadline, Milestone, Period, Plan, Task
from danvan_cli.model.values import RESERVED_BY_WINDOWS, figure_of
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
from danvan_cli.rules.amendments import backward_spans
from danvan_cli.vietnamese import number, short_day

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


@rule("P301", ERROR, "Mã trùng nhau")
def ids_are_unique(plan: Plan) -> Iterator[Diagnostic]:
    """Two sections, tasks, units, indicators or checks with one id could not be distinguished."""
    sections = [(("sections", i), section.id) for i, section in enumerate(plan.sections)]
    yield from _repeated(sections, "mục")
    yield from _repeated([(path, task.id) for path, task in _tasks(plan)], "nhiệm vụ")
    units = [(("units", i), unit.id) for i, unit in enumerate(plan.units)]
    yield from _repeated(units, "đơn vị")
    indicators = [(("indicators", i), indicator.id) for i, indicator in enumerate(plan.indicators)]
    yield from _repeated(indicators, "chỉ tiêu")
    checks = [(("checks", i), check.id) for i, check in enumerate(plan.checks) if check.id]
    yield from _repeated(checks, "quy tắc kiểm tra")
    amendments = [(("amendments", i), each.number) for i, each in enumerate(plan.amendments)]
    yield from _repeated(amendments, "văn bản sửa đổi", field="number")


@rule("P302", ERROR, "Nhiệm vụ không có trong kế hoạch")
def indicators_belong_to_tasks(plan: Plan) -> Iterator[Diagnostic]:
    """A figure is reported in the section of its task, so that task must be in the plan."""
    known, guess = (
        dict.fromkeys(task.id for _, task in _tasks(plan)),
        limit_guesses(did_you_mean_task),
    )
    for i, indicator in enumerate(plan.indicators):
        if indicator.task not in known:
            yield Diagnostic(
                code="P302",
                message=f"kế hoạch không có nhiệm vụ {quoted(indicator.task)}",
                hint=guess(indicator.task, known),
                path=("indicators", i, "task"),
            )


@rule("P303", ERROR, "Chỉ tiêu tổng không có trong kế hoạch")
def wholes_are_known(plan: Plan) -> Iterator[Diagnostic]:
    """`part_of` must name an indicator, or the rate could not be worked out."""
    known = dict.fromkeys(sorted(indicator.id for indicator in plan.indicators))
    guess = limit_guesses(did_you_mean)
    for i, indicator in enumerate(plan.indicators):
        if indicator.part_of is not None and indicator.part_of not in known:
            yield Diagnostic(
                code="P303",
                message=f"kế hoạch không có chỉ tiêu {quoted(indicator.part_of)}",
                hint=guess(indicator.part_of, known),
                path=("indicators", i, "part_of"),
            )


@rule("P311", ERROR, "Chỉ tiêu tham chiếu vòng")
def wholes_are_no_circle(plan: Plan) -> Iterator[Diagnostic]:
    """A figure that is, by whatever way, a part of itself means nothing."""
    whole_of = {indicator.id: indicator.part_of for indicator in plan.indicators}
    in_circle = _in_circle(whole_of)
    for i, indicator in enumerate(plan.indicators):
        if indicator.id in in_circle:
            yield Diagnostic(
                code="P311",
                message=f"chỉ tiêu {quoted(indicator.id)} bao hàm chính nó, qua part_of",
                hint="bỏ part_of ở chỉ tiêu lớn nhất",
                path=("indicators", i, "part_of"),
            )


@rule("P304", ERROR, "Kỳ tiếp nối không đúng")
def periods_continue_earlier_ones(plan: Plan) -> Iterator[Diagnostic]:
    """Figures can include only those of periods that are in the plan and end before."""
    calendar, guess = deadlines.work_calendar(plan), limit_guesses(did_you_mean)
    for name, period in plan.periods.items():
        is_list = not isinstance(period.continues, str)
        for place, earlier in enumerate(period.continued):
            if reason := _cannot_continue(plan, name, earlier, calendar):
                others = [other for other in plan.periods if other != name]
                yield Diagnostic(
                    code="P304",
                    message=reason,
                    hint=guess(earlier, others) if earlier not in plan.periods else None,
                    path=("periods", name, "continues", *([place] if is_list else [])),
                )


@rule("P305", ERROR, "Đơn vị không có trong kế hoạch")
def units_are_known(plan: Plan) -> Iterator[Diagnostic]:
    """Who is to do, lead, count or coordinate must be one of the plan's units."""
    known = dict.fromkeys(sorted(unit.id for unit in plan.units))
    with_groups = known | dict.fromkeys(plan.unit_groups)
    guess = limit_guesses(did_you_mean)
    for path, unit, may_be_group in _named_units(plan):
        candidates = with_groups if may_be_group else known
        if unit not in candidates:
            yield Diagnostic(
                code="P305",
                message=f"kế hoạch không có đơn vị {quoted(unit)}",
                hint=guess(unit, candidates) or "xem mã đơn vị ở mục units",
                path=path,
                at_key=path[-2:-1] == ("unit_deadlines",),
            )


@rule("P306", ERROR, "Hạn của đơn vị không trước hạn của cơ quan")
def units_report_before_the_office(plan: Plan) -> Iterator[Diagnostic]:
    """The office needs the units' reports to write its own."""
    calendar = deadlines.work_calendar(plan)
    for name, period in plan.periods.items():
        office_last = _last_day(period.office_deadline, calendar)
        for path, deadline in _unit_deadlines(name, period):
            units_last = _last_day(deadline, calendar)
            if units_last and office_last and units_last >= office_last:
                yield Diagnostic(
                    code="P306",
                    message=f"đơn vị gửi đến hết {short_day(units_last)}, không trước hạn cuối "
                    f"{short_day(office_last)} của cơ quan",
                    path=path,
                )


@rule("P307", ERROR, "Mốc thời gian sai thứ tự")
def milestones_are_in_order(plan: Plan) -> Iterator[Diagnostic]:
    """The steps to the office's report follow one another and end with its deadline."""
    calendar = deadlines.work_calendar(plan)
    for name, period in plan.periods.items():
        office_last = _last_day(period.office_deadline, calendar)
        previous: tuple[date, Milestone] | None = None
        for i, milestone in enumerate(period.milestones):
            path = ("periods", name, "milestones", i)
            day = _last_day(milestone, calendar)
            if day is None:
                continue
            if office_last and day > office_last:
                yield Diagnostic(
                    code="P307",
                    message=f"mốc {quoted(milestone.name)} ({short_day(day)}) sau hạn của cơ quan "
                    f"({short_day(office_last)})",
                    path=path,
                )
            elif previous and day < previous[0]:
                yield Diagnostic(
                    code="P307",
                    message=f"mốc {quoted(milestone.name)} ({short_day(day)}) trước mốc "
                    f"{quoted(previous[1].name)} ({short_day(previous[0])}) ghi ở trên",
                    hint="xếp các mốc theo thứ tự thời gian",
                    path=path,
                )
            previous = (day, milestone)


@rule("P320", ERROR, "Năm kế hoạch không phải năm của các kỳ")
def year_is_that_of_the_figures(plan: Plan) -> Iterator[Diagnostic]:
    """Reports are looked for in the folder of the plan's year, so a wrong one hides all."""
    if _has_figures_of_its_year(plan):
        return
    windows = [period.data for period in plan.periods.values()]
    years = sorted({day.year for window in windows for day in (window.from_, window.to)})
    yield Diagnostic(
        code="P320",
        message=f"không kỳ nào chốt số liệu trong năm {plan.year} của kế hoạch; các kỳ đều ghi năm "
        f"{vietnamese.enumeration([str(year) for year in years])}",
        hint="sửa year, hoặc sửa ngày của các kỳ nếu đây là kế hoạch năm mới",
        path=("year",),
    )


@rule("P308", WARNING, "Ngày không thuộc năm kế hoạch")
def days_are_in_the_plans_year(plan: Plan) -> Iterator[Diagnostic]:
    """A day in another year mostly comes from copying last year's plan."""
    if not _has_figures_of_its_year(plan):
        return
    for path, deadline in _deadlines(plan):
        day = deadline.before or deadline.by
        if day and day.year != plan.year:
            yield _outside_year(path, short_day(day), plan)
    for name, period in plan.periods.items():
        if not _touches(period.data, plan.year):
            yield _outside_year(("periods", name, "data"), _window(period.data), plan)


@rule("P325", ERROR, "Hình thức khen thưởng ghi hai lần")
def award_forms_are_unique(plan: Plan) -> Iterator[Diagnostic]:
    """Of two levels for one form, nobody knows which decides."""
    seen: set[str] = set()
    for place, level in enumerate(plan.awards):
        form = " ".join(level.form.casefold().split())
        if form in seen:
            yield Diagnostic(
                code="P325",
                message=f"hình thức khen thưởng {quoted(level.form)} đã có ở trên",
                hint="mỗi hình thức chỉ ghi một lần; hình thức cùng tên thì ghi rõ hơn, ví dụ "
                "“Bằng khen của Thủ tướng Chính phủ”",
                path=("awards", place, "form"),
            )
        seen.add(form)


@rule("P309", ERROR, "Thời hạn phải ghi một trong hai cách")
def deadlines_have_one_day(plan: Plan) -> Iterator[Diagnostic]:
    """'trước ngày D' is before: D and 'chậm nhất ngày D' by: D; they differ by a day."""
    for path, deadline in _deadlines(plan):
        if (deadline.before is None) == (deadline.by is None):
            written = "cả before và by" if deadline.before else "ngày nào"
            negation = "" if deadline.before else "chưa "
            yield Diagnostic(
                code="P309",
                message=f"thời hạn {negation}ghi {written}",
                hint="ghi một trong hai: “before: ngày” (trước ngày đó) hoặc “by: ngày” "
                "(chậm nhất ngày đó)",
                path=path,
            )


@rule("P310", ERROR, "Ngày kết thúc trước ngày bắt đầu")
def spans_do_not_run_backwards(plan: Plan) -> Iterator[Diagnostic]:
    """A unit, a data window or a part of the plan that ends before it begins contains no day."""
    for path, item in backward_spans(plan):
        if item.from_ and item.until:
            yield _backwards((*path, "until"), item.from_, item.until)
    for i, unit in enumerate(plan.units):
        if unit.from_ and unit.until and unit.until < unit.from_:
            yield _backwards(("units", i, "until"), unit.from_, unit.until)
    for name, period in plan.periods.items():
        if period.data.to < period.data.from_:
            yield _backwards(("periods", name, "data", "to"), period.data.from_, period.data.to)


@rule("P312", ERROR, "Kỳ báo cáo không có trong kế hoạch")
def last_years_figures_have_periods(plan: Plan) -> Iterator[Diagnostic]:
    """`previous` is read by period, so a misspelt period's figure would never be seen."""
    guess = limit_guesses(did_you_mean)
    for i, indicator in enumerate(plan.indicators):
        for name in indicator.previous:
            if name not in plan.periods:
                yield Diagnostic(
                    code="P312",
                    message=f"kế hoạch không có kỳ báo cáo {quoted(name)}",
                    hint=guess(name, plan.periods),
                    path=("indicators", i, "previous", name),
                    at_key=True,
                )


@rule("P313", WARNING, "Thời gian chốt số liệu sau hạn gửi")
def data_close_before_the_deadline(plan: Plan) -> Iterator[Diagnostic]:
    """Units cannot count what happens after the day on which they report."""
    calendar = deadlines.work_calendar(plan)
    for name, period in plan.periods.items():
        last = _last_day(period.unit_deadline, calendar)
        if last and period.data.to > last:
            yield Diagnostic(
                code="P313",
                message=f"số liệu tính đến {short_day(period.data.to)}, sau ngày cuối đơn vị gửi "
                f"báo cáo ({short_day(last)})",
                path=("periods", name, "data", "to"),
            )


@rule("P314", WARNING, "Đơn vị chủ trì không được giao nhiệm vụ")
def leads_are_assigned(plan: Plan) -> Iterator[Diagnostic]:
    """The unit that leads a task takes part in it."""
    for path, task in _tasks(plan):
        if task.lead is not None and task.assigned is not None and task.lead not in task.assigned:
            yield Diagnostic(
                code="P314",
                message=f"đơn vị chủ trì {quoted(task.lead)} không có trong assigned",
                path=(*path, "lead"),
            )


@rule("P315", ERROR, "Mã là tên dành riêng của Windows")
def ids_can_name_files(plan: Plan) -> Iterator[Diagnostic]:
    """Ids of units and periods name files and folders; Windows keeps some for devices."""
    units: list[tuple[DataPath, str]] = [
        (("units", i, "id"), unit.id) for i, unit in enumerate(plan.units)
    ]
    periods: list[tuple[DataPath, str]] = [(("periods", name), name) for name in plan.periods]
    for path, name in units + periods:
        if RESERVED_BY_WINDOWS.fullmatch(name):
            yield Diagnostic(
                code="P315",
                message=f"{quoted(name)} là tên Windows dành cho thiết bị, không đặt cho tệp được",
                hint=f"đặt mã khác, ví dụ phong-{name}",
                path=path,
                at_key=path[0] == "periods",
            )


@rule("P316", ERROR, "Số liệu cùng kỳ không đúng")
def last_years_figures_make_sense(plan: Plan) -> Iterator[Diagnostic]:
    """This year's figures are compared with them, and their parts with their wholes."""
    previous_of = {
        indicator.id: {period: figure_of(typed) for period, typed in indicator.previous.items()}
        for indicator in plan.indicators
    }
    for i, indicator in enumerate(plan.indicators):
        whole = previous_of.get(indicator.part_of or "", {})
        for period, figure in previous_of[indicator.id].items():
            if figure < 0:
                reason = f"số liệu cùng kỳ là số âm ({number(figure)})"
            elif period in whole and figure > whole[period]:
                reason = (
                    f"số liệu cùng kỳ ({number(figure)}) lớn hơn của chỉ tiêu tổng "
                    f"{quoted(indicator.part_of or '')} ({number(whole[period])})"
                )
            else:
                continue
            yield Diagnostic(
                code="P316", message=reason, path=("indicators", i, "previous", period)
            )


@rule("P317", ERROR, "Thiếu người ký mặc định")
def someone_signs_by_default(plan: Plan) -> Iterator[Diagnostic]:
    """Documents that name no signatory of their own are signed by `default`."""
    if "default" not in plan.signatories:
        yield Diagnostic(
            code="P317",
            message="thiếu người ký mặc định (signatories.default)",
            hint=did_you_mean("default", plan.signatories),
            path=("signatories", "default"),
            at_key=True,
        )


@rule("P318", WARNING, "Không giao cho đơn vị nào")
def something_is_assigned_to_someone(plan: Plan) -> Iterator[Diagnostic]:
    """An empty list means no unit, where its writer may mean every unit."""
    lists: list[tuple[DataPath, list[str] | None]] = [
        ((*path, "assigned"), list(task.assigned) if task.assigned is not None else None)
        for path, task in _tasks(plan)
    ]
    for i, indicator in enumerate(plan.indicators):
        lists.append((("indicators", i, "units"), indicator.units))
    for path, named in lists:
        if named == []:
            yield Diagnostic(
                code="P318",
                message="danh sách trống nên không giao cho đơn vị nào",
                hint="muốn giao cho mọi đơn vị thì xóa cả dòng này",
                path=path,
            )


@rule("P347", WARNING, "Không còn đơn vị nào thực hiện")
def something_is_assigned_to_units_that_stay(plan: Plan) -> Iterator[Diagnostic]:
    """What only units have that are dissolved in the year would be forgotten after that day.

    It is not, where others took over from one of them.
    """
    end = max(period.data.to for period in plan.periods.values())
    heirs = succession.heirs(plan, succession.on(end))
    until = {unit.id: None if unit.id in heirs else unit.until for unit in plan.units}
    named: list[tuple[DataPath, list[str] | None]] = [
        ((*path, "assigned"), task.assigned) for path, task in _tasks(plan)
    ]
    named += [(("indicators", i, "units"), one.units) for i, one in enumerate(plan.indicators)]
    for path, units in named:
        members = [unit for name in units or [] for unit in plan.unit_groups.get(name, [name])]
        days = [until.get(unit) for unit in members]
        last = [day for day in days if day is not None]
        if last and len(last) == len(days) and max(last) < end:
            yield Diagnostic(
                code="P347",
                message=f"sau ngày {short_day(max(last))} không còn đơn vị nào trong danh sách này",
                hint="ghi đơn vị tiếp nhận ở into của đơn vị cũ, hoặc giao thêm cho đơn vị khác",
                path=path,
            )


@rule("P319", WARNING, "Địa chỉ thư điện tử không đúng dạng")
def mail_can_be_sent(plan: Plan) -> Iterator[Diagnostic]:
    """Reminders are addressed to it."""
    for i, unit in enumerate(plan.units):
        if unit.email is not None and not _EMAIL.fullmatch(unit.email):
            yield Diagnostic(
                code="P319",
                message=f"{quoted(unit.email)} không phải là một địa chỉ thư điện tử",
                hint="mỗi đơn vị ghi một địa chỉ, ví dụ btcd@example.vn",
                path=("units", i, "email"),
            )


@rule("P335", WARNING, "Tên UBND, HĐND thiếu địa danh")
def councils_name_their_place(plan: Plan) -> Iterator[Diagnostic]:
    """A local body's name has its province, commune and so on (NĐ 30/2020, PL I, I.II.2a)."""
    lines = plan.organization.letterhead
    for i in letterhead.without_place(lines):
        yield Diagnostic(
            code="P335",
            message=f"{quoted(lines[i])} chưa ghi tên tỉnh, thành phố, xã, phường",
            hint="ghi đủ, ví dụ UBND TỈNH QUẢNG TRỊ",
            path=("organization", "letterhead", i),
        )


@rule("P336", ERROR, "Ký hiệu của đơn vị không đúng dạng")
def symbols_have_the_decrees_form(plan: Plan) -> Iterator[Diagnostic]:
    """It is printed in numbers of documents: capitals in groups (NĐ 30/2020, PL I, I.II.3c)."""
    for i, unit in enumerate(plan.units):
        if unit.symbol and not symbols.is_symbol(unit.symbol):
            yield Diagnostic(
                code="P336",
                message=f"ký hiệu {quoted(unit.symbol)} không gồm các nhóm chữ in hoa nối bằng dấu "
                "gạch nối",
                hint="không có dấu cách, ví dụ BTCD, HC-TC, P.KT",
                path=("units", i, "symbol"),
            )


@rule("P337", WARNING, "Đơn vị chưa có ký hiệu")
def units_have_symbols(plan: Plan) -> Iterator[Diagnostic]:
    """The abbreviations are the head of the office's to lay down (NĐ 30/2020, PL I, I.II.3b)."""
    for i, unit in enumerate(plan.units):
        if unit.given_symbol is None:
            yield Diagnostic(
                code="P337",
                message=f"{quoted(unit.name)} chưa có ký hiệu dùng được trong số văn bản nên văn "
                f"bản ghi tạm {quoted(unit.own_symbol)}",
                hint="ghi thêm symbol, chữ in hoa, ví dụ BTCD",
                path=("units", i),
            )


def _tasks(plan: Plan) -> Iterator[tuple[DataPath, Task]]:
    for i, section in enumerate(plan.sections):
        for j, task in enumerate(section.tasks):
            yield ("sections", i, "tasks", j), task


def _deadlines(plan: Plan) -> Iterator[tuple[DataPath, Deadline]]:
    for name, period in plan.periods.items():
        yield from _unit_deadlines(name, period)
        yield ("periods", name, "office_deadline"), period.office_deadline
        for i, milestone in enumerate(period.milestones):
            yield ("periods", name, "milestones", i), milestone
    for path, task in _tasks(plan):
        if task.due is not None:
            yield (*path, "due"), task.due


def _unit_deadlines(name: str, period: Period) -> Iterator[tuple[DataPath, Deadline]]:
    yield ("periods", name, "unit_deadline"), period.unit_deadline
    for unit, deadline in period.unit_deadlines.items():
        yield ("periods", name, "unit_deadlines", unit), deadline


def _named_units(plan: Plan) -> Iterator[tuple[DataPath, str, bool]]:
    """Where a unit is named, its id, and whether a group may stand there."""
    yield ("coordinator",), plan.coordinator, False
    for i, unit in enumerate(plan.units):
        for j, heir in enumerate(unit.into):
            yield ("units", i, "into", j), heir, False
        if unit.from_unit is not None:
            yield ("units", i, "from_unit"), unit.from_unit, False
    for group, units in plan.unit_groups.items():
        for i, name in enumerate(units):
            yield ("unit_groups", group, i), name, False
    for path, task in _tasks(plan):
        for i, name in enumerate(task.assigned or []):
            yield (*path, "assigned", i), name, True
        if task.lead is not None:
            yield (*path, "lead"), task.lead, False
    for i, indicator in enumerate(plan.indicators):
        for j, name in enumerate(indicator.units or []):
            yield ("indicators", i, "units", j), name, True
    for name, period in plan.periods.items():
        for i, owner in enumerate(period.units or []):
            yield ("periods", name, "units", i), owner, True
        for owner in period.unit_deadlines:
            yield ("periods", name, "unit_deadlines", owner), owner, True
        for i, extension in enumerate(period.extensions):
            for j, owner in enumerate(extension.units):
                yield ("periods", name, "extensions", i, "units", j), owner, True


def _repeated(
    ids: Sequence[tuple[DataPath, str]], kind: str, field: str = "id"
) -> Iterator[Diagnostic]:
    seen: Counter[str] = Counter()
    for path, name in ids:
        seen[name] += 1
        if seen[name] > 1:
            yield Diagnostic(
                code="P301",
                message=f"mã {quoted(name)} đã dùng cho một {kind} ở trên",
                hint="đặt mã khác",
                path=(*path, field),
            )


def _in_circle(following: Mapping[str, str | None]) -> set[str]:
    """The names from which one comes back to them; each is walked over once."""
    done: set[str] = set()
    circles: set[str] = set()
    for start in following:
        walk: dict[str, None] = {}
        name: str | None = start
        while name is not None and name not in done and name not in walk:
            walk[name] = None
            name = following.get(name)
        if name in walk:
            walked = list(walk)
            circles.update(walked[walked.index(name) :])
        done.update(walk)
    return circles


def _cannot_continue(
    plan: Plan, name: str, earlier_name: str, calendar: WorkCalendar
) -> str | None:
    period, earlier = plan.periods[name], plan.periods.get(earlier_name)
    if earlier is None:
        return f"kế hoạch không có kỳ báo cáo {quoted(earlier_name)}"
    if earlier_name == name:
        return "kỳ báo cáo tiếp nối chính nó"
    last, earlier_last = (_last_day(either.unit_deadline, calendar) for either in (period, earlier))
    if last and earlier_last and earlier_last >= last:
        return f"hạn của kỳ {quoted(earlier_name)} không trước hạn của kỳ này"
    if not (period.data.from_ <= earlier.data.from_ and earlier.data.to <= period.data.to):
        return (
            f"thời gian chốt số liệu ({_window(period.data)}) không gồm hết của kỳ "
            f"{quoted(earlier_name)} ({_window(earlier.data)})"
        )
    return None


def _last_day(deadline: Deadline, calendar: WorkCalendar) -> date | None:
    """None where it is not said (P309)."""
    if (deadline.before is None) == (deadline.by is None):
        return None
    return deadlines.last_day(deadline, calendar)


def _window(window: DataWindow) -> str:
    return f"{short_day(window.from_)} - {short_day(window.to)}"


def _has_figures_of_its_year(plan: Plan) -> bool:
    """Or has no period that could be understood, so that nothing can be said."""
    windows = [period.data for period in plan.periods.values()]
    return not windows or any(_touches(window, plan.year) for window in windows)


def _touches(window: DataWindow, year: int) -> bool:
    """A window may open in December or close in January, but not lie outside the year."""
    return year in (window.from_.year, window.to.year)


def _outside_year(path: DataPath, days: str, plan: Plan) -> Diagnostic:
    return Diagnostic(
        code="P308",
        message=f"{days} không thuộc năm {plan.year} của kế hoạch",
        hint="nếu đúng là như vậy thì giữ nguyên",
        path=path,
    )


def _backwards(path: DataPath, start: date, end: date) -> Diagnostic:
    return Diagnostic(
        code="P310",
        message=f"ngày kết thúc {short_day(end)} trước ngày bắt đầu {short_day(start)}",
        path=path,
    )
