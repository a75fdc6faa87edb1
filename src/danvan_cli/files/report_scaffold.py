"""Makes a report file for a unit to fill in: its fields, with explanations as comments."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.files import window_words
from danvan_cli.files.field_descriptions import DESCRIPTIONS
from danvan_cli.files.yaml_writing import entry, plain, scalar, written
from danvan_cli.model import continued, deadlines
from danvan_cli.model.figure_kinds import adds_up, figure_text, most_digits, reported_text
from danvan_cli.model.history import NOTHING_KNOWN, History
from danvan_cli.model.plan import (
    Indicator,
    Plan,
    Task,
    Unit,
    coordinator,
    is_assigned,
    units_by_id,
)
from danvan_cli.model.plan_of_period import EndedTask, span_of_task, spans
from danvan_cli.model.predecessors import Predecessor
from danvan_cli.model.record import Record
from danvan_cli.model.unit_report import (
    AWARD_KIND_NAMES,
    LIST_TITLES,
    MODEL_STATUS_NAMES,
    TASK_STATUS_NAMES,
    Award,
    GivenFigure,
    Model,
    ModelField,
    TaskResult,
    UnitReport,
)
from danvan_cli.model.values import NO, YES, Figure, Label, typed_of

LAST_TIME = "Kỳ trước"
TOGETHER = "Cộng các kỳ trước"
LAST_YEAR = "Cùng kỳ năm trước"
_WIDTH = 98
_HOW_TO = """\
Cách điền:
- Viết sau dấu hai chấm, cách một dấu cách. Tình hình (status) luôn phải ghi; số liệu không có thì
  ghi 0; mục khác không có nội dung thì để trống.
- Sau dấu | thì viết từ dòng dưới, thụt vào hai dấu cách so với tên mục; mỗi dòng là một đoạn.
- Mục gồm nhiều ý thì viết từ dòng dưới, mỗi ý một dòng, thụt vào hai dấu cách, bắt đầu bằng “- ”.
- Dòng bắt đầu bằng dấu # là lời nhắc, không vào báo cáo; giữ hay xóa đều được."""
_SIGNATORY = """\
signatory:
  authority: KT. TRƯỞNG PHÒNG
  position: PHÓ TRƯỞNG PHÒNG
  name: Nguyễn Văn A"""


class Request(Struct, frozen=True):
    """Which report to make: unit and period.

    `earlier`: the unit's reports for the periods that this one continues, or for the one before, by
    period in their order. `computed`: the figures that registers give it. `gone`: the units that it
    took over from; `split_from`: the one that it was split off from and that is still there, with
    what it reported before.
    """

    plan: Plan
    unit: Unit
    period: str
    earlier: Mapping[str, UnitReport] = {}
    history: History = NOTHING_KNOWN
    computed: Mapping[str, Figure] = {}
    gone: Sequence[Predecessor] = ()
    split_from: Sequence[Predecessor] = ()

    @property
    def last(self) -> UnitReport | None:
        """The latest of its earlier reports."""
        return next(reversed(list(self.earlier.values())), None)


def report_to_fill_in(request: Request, schema: str) -> str:
    """The text of the file; `schema`: the path from the file to its JSON Schema, for editors."""
    parts = [
        [f"# yaml-language-server: $schema={schema}", "#", *_heading(request)],
        _identity(request),
        [*_described("submitted"), "submitted:"],
        _signatory(request),
        [*_described("leadership"), "leadership: |"],
        ["", *_results(request)],
        _indicators(request),
        _notes(request),
        _models(inherited(request)),
        _awards(inherited(request)),
        *([*_described(name), f"{name}:"] for name in LIST_TITLES),
    ]
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)


def _heading(request: Request) -> Iterator[str]:
    period = request.plan.periods[request.period]
    yield from _comment(f"{request.unit.name}: {period.subject}")
    yield from _comment(f"Gửi về {coordinator(request.plan).name} {until_when(request)}.")
    yield "#"
    for line in _HOW_TO.split("\n"):
        yield f"# {line}"


def until_when(request: Request) -> str:
    """'chậm nhất thứ Hai, ngày 01/6/2026'."""
    last = _last_day(request)
    return f"chậm nhất {vietnamese.weekday(last)}, ngày {vietnamese.short_day(last)}"


def _last_day(request: Request) -> date:
    """The day by which the unit has to send the report."""
    calendar = deadlines.work_calendar(request.plan)
    period, unit = request.plan.periods[request.period], request.unit.id
    extended = deadlines.extended_deadline(period, unit, date.max, calendar)
    return deadlines.last_day(extended or deadlines.unit_deadline(period, unit), calendar)


def _identity(request: Request) -> list[str]:
    unit, period = scalar(request.unit.id), scalar(request.period)
    return [f"unit: {unit}", f"year: {request.plan.year}", f"period: {period}"]


def _signatory(request: Request) -> list[str]:
    """The signatory of the earlier report, or else an example as a comment."""
    if request.last and request.last.signatory:
        lines = entry("signatory:", written(plain(request.last.signatory)))
    else:
        lines = [f"# {line}" for line in _SIGNATORY.split("\n")]
    return [*_described("signatory"), *lines]


def _results(request: Request) -> Iterator[str]:
    yield from _described("results")
    yield from _choices("status", TaskResult, TASK_STATUS_NAMES)
    for name in ("summary", "evidence"):
        yield from _comment(f"{name}: {vietnamese.in_sentence(DESCRIPTIONS[TaskResult][name])}")
    yield "results:"
    for section in request.plan.sections:
        own = [task for task in section.tasks if is_assigned(task, request.unit.id)]
        if own:
            yield ""
            yield from _comment(f"Mục {section.id}. {section.title}", "  ")
        for task in own:
            yield ""
            yield from _task(task, request)


def _task(task: Task, request: Request) -> Iterator[str]:
    yield from _comment(f"{task.id}. {task.text}", "  ")
    yield from _comment(" ".join(notes(task, request)), "  ")
    yield f"  {scalar(task.id)}:"
    yield from ("    status:", "    summary: |", "", "    evidence:")


def notes(task: Task, request: Request) -> Iterator[str]:
    """Notes on a task: its leading unit, its deadline and days, its earlier status."""
    if task.lead is not None:
        yield f"Chủ trì: {units_by_id(request.plan)[task.lead].name}."
    if task.due is not None:
        last = deadlines.last_day(task.due, deadlines.work_calendar(request.plan))
        yield f"Thời hạn: chậm nhất ngày {vietnamese.short_day(last)}."
    if words := span_of_task(task).in_words:
        yield f"{vietnamese.capitalized(words)}."
    if isinstance(task, EndedTask):
        yield "Nhiệm vụ đã kết thúc, chỉ ghi nếu có kết quả sau kỳ trước."
    if request.last and (result := request.last.results.get(task.id)):
        yield f"Kỳ trước báo cáo: {TASK_STATUS_NAMES[result.status]}."
    for before in (*request.gone, *request.split_from):
        results = [report.results.get(task.id) for report in before.reports.values()]
        if results and (told := results[-1]):
            yield f"{before.unit.name} kỳ trước báo cáo: {TASK_STATUS_NAMES[told.status]}."


def _indicators(request: Request) -> list[str]:
    own = own_indicators(request)
    if not own:
        return []
    how = "Chỉ ghi chữ số; không có thì ghi 0."
    if may_be_estimated(request):
        how += " Số chưa chốt thì ghi {figure: 64, estimated: true}, được in là 64 (ước)."
    lines = list(_comment(f"{data_window(request)}. {how}"))
    lines.append("indicators:")
    for indicator in own:
        lines += _comment(" ".join(_indicator_words(indicator, request)), "  ")
        given = prefilled(indicator, request)
        filled = "" if given is None else f" {_in_one_line(given)}"
        lines.append(f"  {scalar(indicator.id)}:{filled}")
    return lines


def _in_one_line(given: GivenFigure) -> str:
    """'64', or '{figure: 64, estimated: true}'."""
    figure = written(given.figure).head
    return f"{{figure: {figure}, estimated: true}}" if given.estimated else figure


def _notes(request: Request) -> list[str]:
    """Asked for only once a figure is doubtful, but it is told where the answer goes."""
    own = own_indicators(request)
    example = f"# notes: {{{own[0].id}: Có hội nghị trực tuyến 11 điểm cầu}}" if own else ""
    return [*_described("notes"), example, "notes:"] if own else []


def own_indicators(request: Request) -> list[Indicator]:
    """The indicators for which the unit reports figures."""
    return [
        indicator
        for indicator in request.plan.indicators
        if is_assigned(indicator, request.unit.id)
    ]


def data_window(request: Request) -> str:
    """'Số liệu từ ngày … đến ngày …', and whose earlier figures are included."""
    return window_words.data_window(request.plan, request.unit, request.period, request.gone)


def _indicator_words(indicator: Indicator, request: Request) -> Iterator[str]:
    yield f"{indicator.name} ({indicator.measure})."
    if indicator.part_of:
        yield f"Không lớn hơn {indicator.part_of}."
    if days := spans(request.plan)[indicator.id].in_words:
        yield f"{vietnamese.capitalized(days)}."
    if file := register_of(indicator, request):
        yield f"Tính từ sổ {file}."
    if indicator.kind == "stock":
        last = request.plan.periods[request.period].data.to
        yield f"Số hiện có đến ngày {vietnamese.short_day(last)}."
    if indicator.kind == "yes_no":
        yield f"Ghi {YES} hoặc {NO}."
    if most := most_digits(indicator):
        yield f"Đến {most} chữ số thập phân, viết trong dấu nháy: '97,5'."
    for when, figure in earlier_figures(indicator, request):
        when = last_time(request) if when == LAST_TIME else vietnamese.capitalized(when)
        yield f"{when}: {figure}."


def may_be_estimated(request: Request) -> bool:
    """Whether the unit reports before the last day of the figures, which then are estimates."""
    return request.plan.periods[request.period].data.to > _last_day(request)


def register_of(indicator: Indicator, request: Request) -> str | None:
    """The file of the register that the unit's figure is computed from, if it is."""
    if indicator.computed is None or indicator.id not in request.computed:
        return None
    return request.plan.registers[indicator.computed.register].file


def last_time(request: Request) -> str:
    """'Kỳ trước', of a period that this one does not continue with its name: its days differ."""
    if not request.earlier or request.plan.periods[request.period].continued:
        return LAST_TIME
    names = [request.plan.periods[name].standalone_name for name in request.earlier]
    return f"{LAST_TIME} ({vietnamese.enumeration(names)})"


def earlier_figures(indicator: Indicator, request: Request) -> Iterator[tuple[str, str]]:
    """'Kỳ trước' and 'Cùng kỳ năm trước' with their figures as printed, if they are known.

    Of several periods before, their sum, or where one is missing each with the period's name.
    """
    given = [
        (name, report) for name, report in request.earlier.items() if indicator.id in report.figures
    ]
    periods = request.plan.periods
    several = len(periods[request.period].continued) > 1
    if several and adds_up(indicator) and len(given) == len(periods[request.period].continued):
        together = sum(report.figures[indicator.id] for _, report in given)
        estimated = any(indicator.id in report.estimated for _, report in given)
        yield TOGETHER, figure_text(indicator, together, estimated=estimated)
    else:
        for name, report in given:
            when = periods[name].name if several else LAST_TIME
            yield when, reported_text(indicator, report) or ""
    for before in (*request.gone, *request.split_from):
        if (reported := before.figure(indicator)) is not None:
            shown = figure_text(indicator, reported, estimated=before.is_estimated(indicator))
            yield f"{before.unit.short_name} kỳ trước", shown
    if (last_year := _last_year(indicator, request)) is not None:
        yield LAST_YEAR, figure_text(indicator, last_year)


def _last_year(indicator: Indicator, request: Request) -> Figure | None:
    """The unit's own figure; `previous` is the whole office's, so of an indicator of one unit."""
    year, unit = request.plan.year - 1, request.unit.id
    own = request.history.figure(year, indicator.id, request.period, unit)
    if own is None and indicator.units == [unit]:
        return indicator.last_year(request.period)
    return own


def prefilled(indicator: Indicator, request: Request) -> GivenFigure | None:
    """The figure that its register gives, or that the unit's earlier ones add up to.

    The latter where the period is made up of theirs; of an estimate it is one, too.
    """
    if indicator.id in request.computed:
        return GivenFigure(figure=typed_of(request.computed[indicator.id]))
    included = continued.included_figures(
        request.plan, request.period, indicator.id, request.earlier
    )
    is_sum = continued.is_their_sum(request.plan, request.period, included)
    if not adds_up(indicator) or not is_sum:
        return None
    own = [gone for gone in request.gone if gone.is_included_by(request.unit.id)]
    total = sum((*included.values(), *(gone.figure(indicator) or 0 for gone in own)))
    estimated = any(indicator.id in request.earlier[name].estimated for name in included)
    estimated = estimated or any(gone.is_estimated(indicator) for gone in own)
    return GivenFigure(figure=typed_of(total), estimated=estimated)


def inherited(request: Request) -> UnitReport | None:
    """A report with only the models and awards of units that this one took over from.

    Those of a unit whose last figures are added are listed without being reported again. Of
    several heirs the first goes on with them.
    """
    own = [
        report
        for gone in request.gone
        if not gone.is_added and gone.heirs[0].id == request.unit.id
        for report in gone.reports.values()
    ]
    models = {model.name: model for report in own for model in report.models}
    awards = list({award.name: award for report in own for award in report.awards}.values())
    if not models and not awards:
        return None
    return UnitReport(
        unit=Label(request.unit.id),
        year=request.plan.year,
        period=Label(request.period),
        models=list(models.values()),
        awards=awards,
    )


_INHERITED = "Ghi sẵn theo báo cáo kỳ trước của đơn vị đã sáp nhập: "
INHERITED_MODELS = f"{_INHERITED}ghi tình trạng hiện nay; không còn thực hiện thì xóa."
INHERITED_AWARDS = f"{_INHERITED}không đề xuất nữa thì xóa."
_MODEL = """\
- name: Tên mô hình
  field: kinh tế
  summary: Nội dung, cách làm, kết quả
  status: registered
  replicate: false"""
_AWARD = """\
- kind: collective
  name: Tên tập thể, hoặc họ và tên cá nhân
  position: Chức vụ của cá nhân
  form: Giấy khen
  achievement: Thành tích"""


def _models(inherited: UnitReport | None) -> list[str]:
    lines = [*_described("models"), *_comment(f"field: {', '.join(get_args(ModelField))}.")]
    lines += _choices("status", Model, MODEL_STATUS_NAMES)
    lines += _comment(f"replicate: {vietnamese.in_sentence(DESCRIPTIONS[Model]['replicate'])}")
    if inherited and inherited.models:
        lines += _comment(INHERITED_MODELS)
        return [*lines, *entry("models:", written([plain(model) for model in inherited.models]))]
    return [*lines, "models:", *_example(_MODEL)]


def _awards(inherited: UnitReport | None) -> list[str]:
    lines = [*_described("awards"), *_choices("kind", Award, AWARD_KIND_NAMES)]
    if inherited and inherited.awards:
        lines += _comment(INHERITED_AWARDS)
        return [*lines, *entry("awards:", written([plain(award) for award in inherited.awards]))]
    return [*lines, "awards:", *_example(_AWARD)]


def _example(lines: str) -> Iterator[str]:
    yield "  # Mỗi mục ghi như sau, không có dấu # ở đầu dòng:"
    for line in lines.split("\n"):
        yield f"  # {line}"


def _described(name: str) -> Iterator[str]:
    return _comment(DESCRIPTIONS[UnitReport][name])


def _choices(name: str, type_: type[Record], names: Mapping[Any, str]) -> Iterator[str]:
    meaning = vietnamese.in_sentence(DESCRIPTIONS[type_][name]).rstrip(".")
    yield from _comment(f"{name}: {meaning}, là một trong các từ:")
    width = max(len(value) for value in names)
    for value, words in names.items():
        yield f"#   {value:{width}}  {words}"


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """A paragraph, wrapped into comment lines."""
    prefix = f"{indent}# "
    lines = textwrap.wrap(
        text, _WIDTH - len(prefix), break_long_words=False, break_on_hyphens=False
    )
    for line in lines:
        yield prefix + line
