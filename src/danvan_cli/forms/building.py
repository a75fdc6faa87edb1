"""A unit's Word form: every box that its report has, next to the words that say what goes there."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from types import MappingProxyType
from typing import Any

from docx import Document
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.files import report_scaffold
from danvan_cli.files.report_scaffold import Request
from danvan_cli.forms import boxes as form
from danvan_cli.forms import controls
from danvan_cli.forms.boxes import Box
from danvan_cli.forms.figures import text_of_given
from danvan_cli.model import letterhead
from danvan_cli.model.figure_kinds import ESTIMATED, most_digits
from danvan_cli.model.plan import Indicator, Plan, Task, Unit, coordinator, is_assigned
from danvan_cli.model.plan_of_period import spans
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.word import decree
from danvan_cli.word.document import finish, phrases, printing, stylesheet
from danvan_cli.word.document.building import LETTERHEAD_MM, begin
from danvan_cli.word.document.styles import GRID, RULE_LINE, SUBJECT_RULE_LINE, TWIPS_A_POINT, Style
from danvan_cli.word.file import package
from danvan_cli.word.file.xml_text import cell, paragraph, parsed, row, table

DOCUMENT_TYPE = "BIỂU MẪU BÁO CÁO"
_EMPTY_ROWS = 3
_WIDTH_MM = 165
_LABEL_MM = 38
_PAIR_MM = (_LABEL_MM, _WIDTH_MM - _LABEL_MM)
_MODEL_MM = (_LABEL_MM, 40, 42, 45)
_AWARD_MM = (_LABEL_MM, 28, 38, 61)
_PROPOSAL_MM = (30, 67, 26, 42)
_PROPOSALS_HINT = (
    "Kiến nghị gửi mỗi cơ quan ghi một hàng, mỗi kiến nghị một dòng. Câu đã nêu cơ quan (“Đề nghị "
    "Sở Nội vụ …”) thì để trống ô Gửi cơ quan."
)
_ASK_FOR_NOTE = "Sai thì sửa số ở ô trên; đúng thì ghi lý do vào ô bên cạnh."
_FIGURES_MM = (12, 67, 22, 35, 29)
_HEAD_SHADE = "DEE6EF"
_LABEL_SHADE = "F5F5F5"
_TITLES = {
    "leadership": "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
    "results": "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
    "indicators": "III. SỐ LIỆU",
    "awards": "V. ĐỀ XUẤT KHEN THƯỞNG",
    "lists": "VI. ĐÁNH GIÁ, PHƯƠNG HƯỚNG, KIẾN NGHỊ",
    "sending": "VII. NGÀY GỬI, NGƯỜI KÝ",
}
_HOW_TO = (
    "Chỉ điền được vào các ô; dùng phím Tab để sang ô tiếp theo. Tình hình thực hiện luôn phải "
    "chọn; số liệu không có thì ghi 0; ô khác không có nội dung thì để trống.",
    "Ô có chữ “Chọn”: nhấp vào rồi chọn trong danh sách. Ô nhiều dòng: dùng phím Enter để xuống "
    "dòng, mỗi ý hoặc mỗi văn bản một dòng.",
)
_HINTS: Mapping[str, str] = {
    "evidence": "mỗi văn bản một dòng",
    "authority": "khi ký thay, ví dụ: KT. TRƯỞNG PHÒNG; có hai dòng thì bấm Enter",
    "position": "ví dụ: PHÓ TRƯỞNG PHÒNG",
}

_SINGLE: dict[str, Any] = {"line_spacing": 1.0}
_SMALL = 12
_STYLES = (
    Style(
        id="BieuMauMuc",
        name="Biểu mẫu - mục",
        based_on="Muc",
        properties={"indent_first_line": 0, "spacing_before": 14 * TWIPS_A_POINT},
    ),
    Style(
        id="BieuMauKhoan",
        name="Biểu mẫu - khoản",
        based_on="Khoan",
        properties={"indent_first_line": 0, "spacing_before": 8 * TWIPS_A_POINT},
    ),
    Style(
        id="BieuMauCachDien",
        name="Biểu mẫu - cách điền",
        properties=_SINGLE
        | {"alignment": "left", "font_size": _SMALL, "spacing_after": 3 * TWIPS_A_POINT},
    ),
    Style(
        id="BieuMauHan",
        name="Biểu mẫu - hạn gửi",
        based_on="BieuMauCachDien",
        properties={"bold": True},
    ),
    Style(
        id="BieuMauLoiNhac",
        name="Biểu mẫu - lời nhắc",
        properties=_SINGLE | {"italic": True, "font_size": 11, "keep_with_next": True},
    ),
    Style(
        id="BieuMauNhiemVu",
        name="Biểu mẫu - nhiệm vụ",
        properties=_SINGLE | {"alignment": "left", "font_size": _SMALL, "keep_with_next": True},
    ),
    Style(
        id="BieuMauTenO",
        name="Biểu mẫu - tên ô",
        properties=_SINGLE
        | {"alignment": "left", "bold": True, "font_size": _SMALL, "keep_with_next": True},
    ),
    Style(
        id="BieuMauNhan",
        name="Biểu mẫu - nhãn",
        properties=_SINGLE | {"alignment": "left", "font_size": _SMALL},
    ),
)


class _Form(Struct, frozen=True):
    """A form in the making: whose it is, its boxes by path, what they hold.

    `doubts`: why figures in it are doubtful, by indicator. `inherited`: what stands in it because
    the unit took over from others.
    """

    request: Request
    boxes: Mapping[form.Path, Box]
    texts: Mapping[form.Path, str]
    rows: Mapping[str, int]
    doubts: Mapping[str, str]
    inherited: UnitReport | None


def render_form(
    request: Request,
    own: UnitReport | None,
    rows: int = form.USUAL_ROWS,
    doubts: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The unit's form for a period as a Word file, with what it has reported already in it.

    `rows`: how many models and awards it has room for, at least. `doubts`: by indicator, what
    is said of a doubtful figure ('là 64.000, gấp …'): the form asks for an explanation. The same
    bytes for the same input.
    """
    document, plan = Document(BytesIO(without_text())), request.plan
    body = document.element.body
    for element in parsed("".join(_body(_begun(request, own, rows, doubts)))):
        body.sectPr.addprevious(element)
    finish.finish(document, plan.document)
    controls.lock_all_else(document)
    controls.finish_controls(document)
    subject = plan.periods[request.period].subject
    printing.set_properties(document, _title(request), subject, plan.organization.name)
    identity = {
        "document": form.DOCUMENT,
        "year": str(plan.year),
        "period": request.period,
        "unit": request.unit.id,
        "plan": form.fingerprint(plan, request.unit),
    }
    return package.stamped(document, plan.organization.name, identity)


@functools.cache
def without_text() -> bytes:
    """What all forms begin with: page, header and styles, made once."""
    document = begin()
    stylesheet.add_paragraph_styles(document, _STYLES)
    return package.zipped(package.parts(document))


def _title(request: Request) -> str:
    name = request.plan.periods[request.period].name
    return f"Biểu mẫu báo cáo {name} {request.plan.year} của {request.unit.name}"


def _begun(request: Request, own: UnitReport | None, rows: int, doubts: Mapping[str, str]) -> _Form:
    inherited = None if own else report_scaffold.inherited(request)
    given = own or inherited
    filled = form.rows_in(given) if given else {}
    counts = {
        name: max(filled[name] + _EMPTY_ROWS if given else 0, rows) for name in form.ROW_LISTS
    }
    boxes = form.boxes(request.plan, request.unit, counts)
    texts = {box.path: form.text_in(box, given) for box in boxes} if given else {}
    if request.last and not (own and own.signatory):
        texts |= {
            box.path: form.text_in(box, request.last) for box in boxes if box.path[0] == "signatory"
        }
    for indicator in report_scaffold.own_indicators(request):
        path, figure = ("indicators", indicator.id), report_scaffold.prefilled(indicator, request)
        if figure is not None and not texts.get(path):
            texts[path] = text_of_given(figure)
    return _Form(request, {box.path: box for box in boxes}, texts, counts, doubts, inherited)


def _body(making: _Form) -> Iterator[str]:
    plan = making.request.plan
    subject = plan.periods[making.request.period].subject
    yield from heading(plan, making.request.unit, DOCUMENT_TYPE, subject)
    yield from _instructions(making)
    yield from _leadership(making)
    yield from _results(making)
    yield from _indicators(making)
    yield from _models(making)
    yield from _awards(making)
    yield from _lists(making)
    yield from _sending(making)


def heading(plan: Plan, unit: Unit, title: str, subject: str) -> Iterator[str]:
    """Whose the form is, and what it is."""
    *superior, issuer = letterhead.bodies(
        letterhead.letterhead_of(unit.name, plan.organization.as_superior)
    )
    agency = (
        *(paragraph("TenCoQuanChuQuan", line) for lines in superior for line in lines),
        paragraph("TenCoQuan", "\n".join(issuer)),
        paragraph(RULE_LINE),
    )
    nation = (
        paragraph("QuocHieu", decree.NATIONAL_NAME.text or ""),
        paragraph("TieuNgu", decree.MOTTO.text or ""),
        paragraph(RULE_LINE),
    )
    cells = (
        cell(width, "".join(content))
        for width, content in zip(LETTERHEAD_MM, (agency, nation), strict=True)
    )
    yield table(LETTERHEAD_MM, [row(cells)])
    yield paragraph("TenLoai", title)
    yield paragraph("TrichYeu", subject)
    yield paragraph(SUBJECT_RULE_LINE)


def _instructions(making: _Form) -> Iterator[str]:
    to = coordinator(making.request.plan)
    address = f" ({to.email})" if to.email else ""
    when = report_scaffold.until_when(making.request)
    for line in _HOW_TO:
        yield paragraph("BieuMauCachDien", f"{phrases.DASH}{line}")
    yield paragraph("BieuMauHan", f"{phrases.DASH}Gửi về {to.name}{address} {when}.")


def _leadership(making: _Form) -> Iterator[str]:
    yield _part("leadership")
    # The one box on the first page: where its text is long, a page break may cut it.
    box = cell(_WIDTH_MM, _box(making, ("leadership",)))
    yield table((_WIDTH_MM,), [f"<w:tr>{box}</w:tr>"], GRID)


def _results(making: _Form) -> Iterator[str]:
    unit, plan = making.request.unit.id, making.request.plan
    own = {
        section.id: [task for task in section.tasks if is_assigned(task, unit)]
        for section in plan.sections
    }
    if any(own.values()):
        yield _part("results")
    for section in plan.sections:
        if tasks := own[section.id]:
            yield paragraph("BieuMauKhoan", f"{section.id}. {section.title}")
            rows = (line for task in tasks for line in _task_rows(making, task))
            yield table(_PAIR_MM, rows, GRID)


def _task_rows(making: _Form, task: Task) -> Iterator[str]:
    number, words = _PAIR_MM
    text = paragraph("BieuMauNhiemVu", task.text)
    if notes := " ".join(report_scaffold.notes(task, making.request)):
        text += paragraph("BieuMauLoiNhac", notes)
    yield row(
        (
            cell(number, paragraph("BieuMauTenO", f"Mục {task.id}"), shade=_HEAD_SHADE),
            cell(words, text, shade=_HEAD_SHADE),
        )
    )
    path = ("results", str(task.id))
    yield from _pairs(making, [(*path, name) for name in ("status", "summary", "evidence")])


def _indicators(making: _Form) -> Iterator[str]:
    own = report_scaffold.own_indicators(making.request)
    if not own:
        return
    yield _part("indicators")
    window = report_scaffold.data_window(making.request)
    yield paragraph("BieuMauLoiNhac", f"{window}. {_how_to_write(making)}")
    earlier = _earlier_heading(making, own)
    headings = ("TT", "Chỉ tiêu", "Đơn vị tính", earlier, "Kỳ này")
    cells = (
        cell(width, paragraph("BangTieuDe", words), shade=_HEAD_SHADE, middle=True)
        for width, words in zip(_FIGURES_MM, headings, strict=True)
    )
    names = {indicator.id: indicator.name for indicator in making.request.plan.indicators}
    figures = (
        line
        for number, indicator in enumerate(own, 1)
        for line in (_figure(making, number, indicator, names), *_note(making, indicator))
    )
    yield table(_FIGURES_MM, [row(cells, heading=True), *figures], GRID)


def _how_to_write(making: _Form) -> str:
    words = "Chỉ ghi chữ số; không có thì ghi 0."
    if report_scaffold.may_be_estimated(making.request):
        words += f" Số chưa chốt thì ghi thêm {ESTIMATED}, ví dụ 64 {ESTIMATED}."
    return words


def _earlier_heading(making: _Form, own: Sequence[Indicator]) -> str:
    """What the figures below it are: the last period's and, in brackets, last year's."""
    known = {
        when
        for indicator in own
        for when, _ in report_scaffold.earlier_figures(indicator, making.request)
    }
    several = len(making.request.plan.periods[making.request.period].continued) > 1
    earlier = report_scaffold.TOGETHER
    if not several:
        earlier = report_scaffold.last_time(making.request)
    if report_scaffold.LAST_YEAR not in known:
        return earlier
    last_year = f"cùng kỳ năm {making.request.plan.year - 1}"
    return f"{earlier}; trong ngoặc: {last_year}" if "(" in earlier else f"{earlier} ({last_year})"


def _figure(making: _Form, number: int, indicator: Indicator, names: Mapping[str, str]) -> str:
    kept = _has_note(making, indicator)
    name = paragraph("BangChu", indicator.name, kept=kept)
    if indicator.part_of:
        name += paragraph("BieuMauLoiNhac", f"không lớn hơn “{names[indicator.part_of]}”")
    if days := spans(making.request.plan)[indicator.id].in_words:
        name += paragraph("BieuMauLoiNhac", days)
    if file := report_scaffold.register_of(indicator, making.request):
        name += paragraph("BieuMauLoiNhac", f"tính từ sổ {file}")
    if indicator.kind == "stock":
        last = vietnamese.short_day(making.request.plan.periods[making.request.period].data.to)
        name += paragraph("BieuMauLoiNhac", f"số hiện có đến ngày {last}")
    if most := most_digits(indicator):
        name += paragraph("BieuMauLoiNhac", f"đến {most} chữ số thập phân, ví dụ 97,5")
    contents = (
        paragraph("BangGiua", str(number), kept=kept),
        name,
        paragraph("BangGiua", indicator.measure, kept=kept),
        "".join(_earlier_figures(making, indicator)),
        _box(making, ("indicators", indicator.id), "BangSo"),
    )
    return row(map(cell, _FIGURES_MM, contents))


def _has_note(making: _Form, indicator: Indicator) -> bool:
    return indicator.id in making.doubts or bool(making.texts.get(("notes", indicator.id)))


def _note(making: _Form, indicator: Indicator) -> Iterator[str]:
    """Below a figure that is doubtful, or that the unit has explained: why, and a box to say so."""
    if not _has_note(making, indicator):
        return
    label = paragraph("BieuMauNhan", "Giải trình")
    if why := making.doubts.get(indicator.id):
        label += paragraph("BieuMauLoiNhac", f"Số liệu trên {why}. {_ASK_FOR_NOTE}")
    widths = sum(_FIGURES_MM[:2]), sum(_FIGURES_MM[2:])
    yield row(
        (
            cell(widths[0], label, span=2, shade=_LABEL_SHADE),
            cell(widths[1], _box(making, ("notes", indicator.id)), span=3),
        )
    )


def _earlier_figures(making: _Form, indicator: Indicator) -> Iterator[str]:
    figures = list(report_scaffold.earlier_figures(indicator, making.request))
    for when, shown in figures:
        if when == report_scaffold.LAST_YEAR:
            shown = f"({shown})"
        elif when not in (report_scaffold.LAST_TIME, report_scaffold.TOGETHER):
            shown = f"{when}: {shown}"
        yield paragraph("BangSo", shown)
    if not figures:
        yield paragraph("BangSo", phrases.NONE)


def _models(making: _Form) -> Iterator[str]:
    yield _models_part(making.request.plan)
    if making.inherited and making.inherited.models:
        yield paragraph("BieuMauLoiNhac", report_scaffold.INHERITED_MODELS)
    rows = (
        line
        for number in range(1, making.rows["models"] + 1)
        for line in _model_rows(making, number)
    )
    yield table(_MODEL_MM, rows, GRID)


def _model_rows(making: _Form, number: int) -> Iterator[str]:
    path = ("models", str(number))
    yield _head_row(f"Mô hình {number}", _MODEL_MM)
    for name in ("name", "field", "summary"):
        yield _row(making, [(*path, name)], _MODEL_MM, kept=True)
    yield _row(making, [(*path, "status"), (*path, "replicate")], _MODEL_MM)


def _awards(making: _Form) -> Iterator[str]:
    yield _part("awards")
    if making.inherited and making.inherited.awards:
        yield paragraph("BieuMauLoiNhac", report_scaffold.INHERITED_AWARDS)
    rows = (
        line
        for number in range(1, making.rows["awards"] + 1)
        for line in _award_rows(making, number)
    )
    yield table(_AWARD_MM, rows, GRID)


def _award_rows(making: _Form, number: int) -> Iterator[str]:
    path = ("awards", str(number))
    yield _head_row(f"Đề xuất {number}", _AWARD_MM)
    yield _row(making, [(*path, "kind"), (*path, "name")], _AWARD_MM, kept=True)
    yield _row(making, [(*path, "position"), (*path, "form")], _AWARD_MM, kept=True)
    yield _row(making, [(*path, "achievement")], _AWARD_MM)


def _lists(making: _Form) -> Iterator[str]:
    yield _part("lists")
    yield paragraph("BieuMauLoiNhac", "Mỗi ý một dòng.")
    own = [path for path, box in making.boxes.items() if box.kind == "items" and len(path) == 1]
    yield table(_PAIR_MM, [_row(making, [path], _PAIR_MM) for path in own], GRID)
    yield paragraph("BieuMauLoiNhac", _PROPOSALS_HINT)
    paths = (("proposals", str(number)) for number in range(1, making.rows["proposals"] + 1))
    rows = (_row(making, [(*path, "text"), (*path, "to")], _PROPOSAL_MM) for path in paths)
    yield table(_PROPOSAL_MM, rows, GRID)


def _sending(making: _Form) -> Iterator[str]:
    yield _part("sending")
    own = [path for path in making.boxes if path[0] in ("submitted", "signatory")]
    yield table(_PAIR_MM, _pairs(making, own), GRID)


def _part(name: str) -> str:
    return paragraph("BieuMauMuc", _TITLES[name])


def _models_part(plan: Plan) -> str:
    """'IV. MÔ HÌNH “DÂN VẬN KHÉO”': what the plan's appendix of models is called."""
    title = plan.appendix_titles.models.removeprefix("Danh sách ")
    return paragraph("BieuMauMuc", f"IV. {title.upper()}")


def _pairs(making: _Form, paths: Sequence[form.Path]) -> Iterator[str]:
    """Rows of a label and its box each, which no page break parts."""
    *others, last = paths
    for path in others:
        yield _row(making, [path], _PAIR_MM, kept=True)
    yield _row(making, [last], _PAIR_MM)


def _row(
    making: _Form, paths: Sequence[form.Path], columns: Sequence[float], *, kept: bool = False
) -> str:
    """A row of labels and boxes in turn; the last box takes what is left of the columns (mm).

    `kept`: on one page with the row after it.
    """
    last = 2 * len(paths) - 1
    widths = [*columns[:last], sum(columns[last:])]
    contents = [
        content for path in paths for content in (_label(making, path, kept), _box(making, path))
    ]
    return row(
        cell(
            width,
            content,
            span=len(columns) - last if place == last else 1,
            shade=None if place % 2 else _LABEL_SHADE,
        )
        for place, (width, content) in enumerate(zip(widths, contents, strict=True))
    )


def _label(making: _Form, path: form.Path, kept: bool) -> str:
    label = paragraph("BieuMauNhan", making.boxes[path].label, kept=kept)
    hint = _HINTS.get(path[-1])
    return label + paragraph("BieuMauLoiNhac", hint, kept=kept) if hint else label


def _box(making: _Form, path: form.Path, style: str = "BangChu") -> str:
    return controls.box_text(making.boxes[path], making.texts.get(path, ""), style)


def _head_row(words: str, columns: Sequence[float]) -> str:
    content = paragraph("BieuMauTenO", words)
    return row([cell(_WIDTH_MM, content, span=len(columns), shade=_HEAD_SHADE)])
