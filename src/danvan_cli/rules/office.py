"""What the office's own words for the combined report must keep to."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from danvan_cli.model.addressees import addressee, bodies
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, is_assigned, tasks, units_by_id
from danvan_cli.model.plan_of_period import Span, why_not_there
from danvan_cli.model.unit_report import Proposal
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


class OfficeCase(Struct, frozen=True):
    """An `_office.yaml` to be checked against the plan, with its whole text.

    `unfilled`: ids without a value. `period`: that of its folder, if the plan has it. `left_out`:
    what could not be understood and so stands nowhere in `office`. `not_now`: the sections, tasks
    and indicators that do not hold in the period, with their days.
    """

    plan: Plan
    office: OfficeReport
    today: date
    unfilled: frozenset[DataPath] = frozenset()
    text: str = ""
    period: str | None = None
    left_out: frozenset[DataPath] = frozenset()
    not_now: Mapping[str, Span] = {}

    def lacks(self, what: str, name: str) -> str:
        """'kế hoạch không có mục “9”', or the days of what there is in other periods."""
        if span := self.not_now.get(name):
            return f"{what} {quoted(name)} {why_not_there(span)}, không có trong kỳ này"
        return f"kế hoạch không có {what} {quoted(name)}"


@rule("R424", ERROR, "Mục không có trong kế hoạch")
def sections_are_the_plans(case: OfficeCase) -> Iterator[Diagnostic]:
    """Prose for a section that the plan does not have would be printed nowhere."""
    known = dict.fromkeys(section.id for section in case.plan.sections)
    # Of a task, too, if the outline places it alone (R450).
    with_figures = {*known, *(task.id for _, task in tasks(case.plan))}
    guess = limit_guesses(did_you_mean)
    for field, there in (("sections", {*known}), ("figures", with_figures)):
        for section in _ids(case, field):
            if section not in there:
                yield Diagnostic(
                    code="R424",
                    message=case.lacks("mục", section),
                    hint=guess(section, known) or f"các mục: {', '.join(known)}",
                    path=(field, section),
                    at_key=True,
                )


@rule("R458", ERROR, "Chỉ tiêu của bản tóm tắt không có trong kế hoạch")
def brief_figures_are_the_plans(case: OfficeCase) -> Iterator[Diagnostic]:
    """A figure that the plan does not have would be missing on the leader's page."""
    known = dict.fromkeys(indicator.id for indicator in case.plan.indicators)
    guess = limit_guesses(did_you_mean)
    for i, name in enumerate(case.office.brief.indicators):
        if name not in known:
            yield Diagnostic(
                code="R458",
                message=case.lacks("chỉ tiêu", name),
                hint=guess(name, known) or "xem mã chỉ tiêu ở mục indicators của plan.yaml",
                path=("brief", "indicators", i),
            )


@rule("R451", ERROR, "Nhiệm vụ không có trong kế hoạch")
def tasks_are_the_plans(case: OfficeCase) -> Iterator[Diagnostic]:
    """Prose for a task that the plan does not have would be printed nowhere."""
    known = {str(task.id): task for _, task in tasks(case.plan)}
    guess = limit_guesses(did_you_mean_task)
    for task in _ids(case, "tasks"):
        if task not in known:
            yield Diagnostic(
                code="R451",
                message=case.lacks("nhiệm vụ", task),
                hint=guess(task, known) or "xem mã nhiệm vụ ở mục sections của plan.yaml",
                path=("tasks", task),
                at_key=True,
            )


@rule("R452", WARNING, "Nội dung của nhiệm vụ không được in")
def tasks_are_printed(case: OfficeCase) -> Iterator[Diagnostic]:
    """A section's own prose takes the place of all that is said of its tasks."""
    for section, task in tasks(case.plan):
        if case.office.tasks.get(task.id) and case.office.sections.get(section.id):
            yield Diagnostic(
                code="R452",
                message=f"mục {section.id} có nội dung riêng (sections) nên nội dung của nhiệm vụ "
                f"{task.id} không được in",
                hint="chuyển nội dung ấy vào sections, hoặc bỏ nội dung của mục trong sections",
                path=("tasks", task.id),
                at_key=True,
            )


def _ids(case: OfficeCase, field: str) -> list[str]:
    """The ids in a field of `_office.yaml`, those without a value among them."""
    unfilled = [str(path[1]) for path in case.unfilled if path[0] == field]
    return [*getattr(case.office, field), *unfilled]


@rule("R445", ERROR, "Ý được chọn không có trong kế hoạch")
def chosen_points_are_of_the_plan(case: OfficeCase) -> Iterator[Diagnostic]:
    """A choice of a task or unit that the plan does not have would choose nothing."""
    known = {str(task.id): task for _, task in tasks(case.plan)}
    units = units_by_id(case.plan)
    guess_task, guess_unit = limit_guesses(did_you_mean_task), limit_guesses(did_you_mean)
    for name, chosen in case.office.highlights.items():
        if name not in known:
            yield Diagnostic(
                code="R445",
                message=case.lacks("nhiệm vụ", name),
                hint=guess_task(name, known) or "xem mã nhiệm vụ ở mục sections của plan.yaml",
                path=("highlights", name),
                at_key=True,
            )
            continue
        for place, unit in enumerate(chosen):
            if unit in units and is_assigned(known[name], unit):
                continue
            message = f"kế hoạch không có đơn vị {quoted(unit)}"
            hint = guess_unit(unit, units) or "xem mã đơn vị ở mục units của plan.yaml"
            if unit in units:
                message = f"nhiệm vụ {name} không giao cho {units[unit].name}"
                hint = "chỉ chọn đơn vị được giao nhiệm vụ"
            path = ("highlights", name, place)
            yield Diagnostic(code="R445", message=message, hint=hint, path=path)


@rule("R425", WARNING, "Số và ngày ban hành chưa đủ")
def number_and_day_come_together(case: OfficeCase) -> Iterator[Diagnostic]:
    """An issued report has both (NĐ 30/2020, Điều 15); a draft has neither."""
    number, issued = case.office.number, case.office.issued
    if (number is None) != (issued is None):
        there, missing = ("number", "issued") if number else ("issued", "number")
        if (missing,) in case.left_out:
            return
        names = {"number": "số, ký hiệu", "issued": "ngày ban hành"}
        yield Diagnostic(
            code="R425",
            message=f"có {names[there]} mà chưa có {names[missing]} ({missing})",
            hint="ghi cả hai khi báo cáo đã ban hành; báo cáo chưa ban hành thì không ghi",
            path=(there,),
        )


@rule("R426", WARNING, "Số, ký hiệu không đúng dạng")
def number_has_the_decrees_form(case: OfficeCase) -> Iterator[Diagnostic]:
    """09/BC-VP: from 01, the abbreviation of the type, that of the office.

    NĐ 30/2020, PL I, I.II.3.
    """
    number, symbol = case.office.number, case.plan.organization.symbol
    if number is not None and not is_number_in_form(number, symbol):
        yield Diagnostic(
            code="R426",
            message=f"số, ký hiệu {quoted(number)} không đúng dạng của báo cáo",
            hint=f"viết như 57/BC-{symbol}; số nhỏ hơn 10 thì thêm số 0 phía trước",
            path=("number",),
        )


def is_number_in_form(number: str, symbol: str) -> bool:
    """Whether this is the number of a báo cáo of the office with that symbol: 57/BC-VP."""
    form = rf"(?:0[1-9]|[1-9]\d+)[a-z]?/BC-{re.escape(symbol)}"
    return re.fullmatch(form, number, re.ASCII) is not None


@rule("R457", WARNING, "Kế hoạch chưa có số, ngày ban hành")
def plan_can_be_cited(case: OfficeCase) -> Iterator[Diagnostic]:
    """A report cites its plan by number and day, so these are due once a report is written.

    NĐ 30/2020, PL I, I.II.6b.
    """
    plan = case.plan
    fields = {"number": ("số, ký hiệu", plan.number), "issued": ("ngày ban hành", plan.issued)}
    missing = {name: words for name, (words, value) in fields.items() if value is None}
    if missing:
        yield Diagnostic(
            code="R457",
            message=f"kế hoạch chưa ghi {' và '.join(missing.values())}, nên báo cáo để trống chỗ "
            "đó ở câu dẫn kế hoạch",
            hint=f"ghi {', '.join(missing)} trong plan.yaml",
            path=(),
        )


def issued_by_today(case: OfficeCase) -> Iterator[Diagnostic]:
    """R417: a day to come is a slip of the pen."""
    yield from in_the_future(("issued",), case.office.issued, case.today)


def issued_since_the_year_began(case: OfficeCase) -> Iterator[Diagnostic]:
    """R418: a day of last year is mostly last year's, copied."""
    yield from before_the_year(("issued",), case.office.issued, case.plan)


@rule("R440", WARNING, "Kiến nghị gửi chính cơ quan báo cáo")
def proposals_are_for_others(case: OfficeCase) -> Iterator[Diagnostic]:
    """The report goes up; what the office or its units can do themselves is not asked for there."""
    known = bodies(case.plan)
    for place, item in enumerate(case.office.proposals):
        body = addressee(item, known)
        if body and body.is_own:
            is_named = isinstance(item, Proposal)
            yield Diagnostic(
                code="R440",
                message=f"kiến nghị gửi {body.name}, là chính cơ quan báo cáo hoặc đơn vị của mình",
                hint="chuyển thành nhiệm vụ ở next_steps, hoặc ghi đúng cơ quan có thẩm quyền",
                path=("proposals", place, "to") if is_named else ("proposals", place),
            )
