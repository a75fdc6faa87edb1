"""A unit's Word form: every box that its report has, beside the words that say what goes there."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table, _Cell
from msgspec import Struct

from danvan_cli import form, scaffold, vietnamese
from danvan_cli.form import Box
from danvan_cli.plan import Indicator, Section, Task, coordinator, is_assigned
from danvan_cli.scaffold import Request
from danvan_cli.unit_report import UnitReport
from danvan_cli.word import finish, form_controls, nd30, package, phrases, render, stylesheet
from danvan_cli.word.pages import LETTERHEAD_MM, add, add_row, add_rule_line, add_table, begin
from danvan_cli.word.styles import GRID, SUBJECT_RULE_LINE, TWIPS_A_POINT, Style

DOCUMENT_TYPE = "BIỂU MẪU BÁO CÁO"
_EMPTY_ROWS = 3
_WIDTH_MM = 165
_LABEL_MM = 38
_PAIR_MM = (_LABEL_MM, _WIDTH_MM - _LABEL_MM)
_MODEL_MM = (_LABEL_MM, 40, 42, 45)
_AWARD_MM = (_LABEL_MM, 28, 38, 61)
_FIGURES_MM = (12, 67, 22, 35, 29)
_HEAD_SHADE = "DEE6EF"
_LABEL_SHADE = "F5F5F5"
_TITLES = {
    "leadership": "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
    "results": "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
    "indicators": "III. SỐ LIỆU",
    "models": "IV. MÔ HÌNH “DÂN VẬN KHÉO”",
    "awards": "V. ĐỀ XUẤT KHEN THƯỞNG",
    "lists": "VI. ĐÁNH GIÁ, PHƯƠNG HƯỚNG, KIẾN NGHỊ",
    "sending": "VII. NGÀY GỬI, NGƯỜI KÝ",
}
_HOW_TO = (
    "Chỉ điền được vào các ô; bấm phím Tab để sang ô tiếp theo. Ô nào không có nội dung thì để "
    "trống.",
    "Ô có chữ “Chọn”: bấm vào rồi chọn trong danh sách. Ô nhiều dòng: bấm Enter để xuống dòng, mỗi "
    "ý hoặc mỗi văn bản một dòng.",
)
_HINTS: Mapping[str, str] = {
    "evidence": "mỗi văn bản một dòng",
    "authority": "khi ký thay, ví dụ: KT. TRƯỞNG PHÒNG",
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
    """A form in the making: the document, whose it is, its boxes by path, what they hold."""

    document: WordDocument
    request: Request
    boxes: Mapping[form.Path, Box]
    texts: Mapping[form.Path, str]
    models: int
    awards: int


def render_form(request: Request, own: UnitReport | None, rows: int = form.USUAL_ROWS) -> bytes:
    """The unit's form for a period as a Word file, with what it has reported already in it.

    `rows`: how many models and awards it has room for, at least. The same bytes for the same input.
    """
    making = _begun(request, own, rows)
    _heading(making)
    _instructions(making)
    _leadership(making)
    _results(making)
    _indicators(making)
    _models(making)
    _awards(making)
    _lists(making)
    _sending(making)
    document, plan = making.document, request.plan
    finish.finish(document, plan.document)
    form_controls.lock_all_else(document)
    form_controls.finish_controls(document)
    subject = plan.periods[request.period].subject
    render.set_properties(document, _title(request), subject, plan.organization.name)
    identity = {
        "document": form.DOCUMENT,
        "year": str(plan.year),
        "period": request.period,
        "unit": request.unit.id,
        "plan": form.fingerprint(plan, request.unit),
    }
    return package.stamped(document, plan.organization.name, identity)


def _title(request: Request) -> str:
    name = request.plan.periods[request.period].name
    return f"Biểu mẫu báo cáo {name} {request.plan.year} của {request.unit.name}"


def _begun(request: Request, own: UnitReport | None, rows: int) -> _Form:
    models = max(len(own.models) + _EMPTY_ROWS if own else 0, rows)
    awards = max(len(own.awards) + _EMPTY_ROWS if own else 0, rows)
    boxes = form.boxes(request.plan, request.unit, models, awards)
    texts = {box.path: form.text_in(box, own) for box in boxes} if own else {}
    if request.earlier and not (own and own.signatory):
        texts |= {
            box.path: form.text_in(box, request.earlier)
            for box in boxes
            if box.path[0] == "signatory"
        }
    document = begin()
    stylesheet.add_paragraph_styles(document, _STYLES)
    return _Form(document, request, {box.path: box for box in boxes}, texts, models, awards)


def _heading(making: _Form) -> None:
    plan, unit = making.request.plan, making.request.unit
    document = making.document
    agency, nation = add_row(add_table(document, LETTERHEAD_MM), LETTERHEAD_MM)
    add(agency, "TenCoQuanChuQuan", plan.organization.name.upper())
    add(agency, "TenCoQuan", unit.name.upper())
    add_rule_line(agency)
    add(nation, "QuocHieu", nd30.NATIONAL_NAME.text or "")
    add(nation, "TieuNgu", nd30.MOTTO.text or "")
    add_rule_line(nation)
    add(document, "TenLoai", DOCUMENT_TYPE)
    add(document, "TrichYeu", plan.periods[making.request.period].subject)
    add_rule_line(document, SUBJECT_RULE_LINE)


def _instructions(making: _Form) -> None:
    to = coordinator(making.request.plan)
    address = f" ({to.email})" if to.email else ""
    when = scaffold.until_when(making.request)
    for line in _HOW_TO:
        add(making.document, "BieuMauCachDien", f"{phrases.DASH}{line}")
    add(making.document, "BieuMauHan", f"{phrases.DASH}Gửi về {to.name}{address} {when}.")


def _leadership(making: _Form) -> None:
    _part(making, "leadership")
    (cell,) = add_row(add_table(making.document, (_WIDTH_MM,), GRID), (_WIDTH_MM,))
    # The one box on the first page: where its text is long, a page break may cut it.
    row = cell._tc.getparent()
    row.remove(row.trPr)
    _fill(making, cell, ("leadership",))


def _results(making: _Form) -> None:
    unit, plan = making.request.unit.id, making.request.plan
    own = {
        section.id: [task for task in section.tasks if is_assigned(task, unit)]
        for section in plan.sections
    }
    if any(own.values()):
        _part(making, "results")
    for section in plan.sections:
        if own[section.id]:
            _section(making, section, own[section.id])


def _section(making: _Form, section: Section, own: Sequence[Task]) -> None:
    add(making.document, "BieuMauKhoan", f"{section.id}. {section.title}")
    table = add_table(making.document, _PAIR_MM, GRID)
    for task in own:
        number, words = add_row(table, _PAIR_MM)
        _shade(number, _HEAD_SHADE)
        _shade(words, _HEAD_SHADE)
        add(number, "BieuMauTenO", f"Mục {task.id}")
        add(words, "BieuMauNhiemVu", task.text)
        if remarks := " ".join(scaffold.remarks(task, making.request)):
            add(words, "BieuMauLoiNhac", remarks)
        path = ("results", str(task.id))
        _pairs(making, table, [(*path, name) for name in ("status", "summary", "evidence")])


def _indicators(making: _Form) -> None:
    own = scaffold.own_indicators(making.request)
    if not own:
        return
    _part(making, "indicators")
    window = scaffold.data_window(making.request)
    add(making.document, "BieuMauLoiNhac", f"{window}. Chỉ ghi chữ số; không có thì ghi 0.")
    table = add_table(making.document, _FIGURES_MM, GRID)
    headings = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ trước", "Kỳ này")
    for cell, words in zip(add_row(table, _FIGURES_MM, heading=True), headings, strict=True):
        _shade(cell, _HEAD_SHADE)
        add(cell, "BangTieuDe", words)
    names = {each.id: each.name for each in making.request.plan.indicators}
    for number, indicator in enumerate(own, 1):
        _figure(making, table, number, indicator, names)


def _figure(
    making: _Form, table: Table, number: int, indicator: Indicator, names: Mapping[str, str]
) -> None:
    place, name, measure, earlier, figure = add_row(table, _FIGURES_MM)
    add(place, "BangGiua", str(number))
    add(name, "BangChu", indicator.name)
    if indicator.part_of:
        add(name, "BieuMauLoiNhac", f"không lớn hơn “{names[indicator.part_of]}”")
    add(measure, "BangGiua", indicator.measure)
    figures = list(scaffold.earlier_figures(indicator, making.request))
    for when, value in figures:
        add(earlier, "BangSo", vietnamese.number(value))
        if when != scaffold.LAST_TIME:
            add(earlier, "BieuMauLoiNhac", vietnamese.in_sentence(when))
    if not figures:
        add(earlier, "BangSo", phrases.NONE)
    _fill(making, figure, ("indicators", indicator.id), "BangSo")


def _models(making: _Form) -> None:
    _part(making, "models")
    table = add_table(making.document, _MODEL_MM, GRID)
    for number in range(1, making.models + 1):
        path = ("models", str(number))
        _head_row(table, f"Mô hình {number}")
        for name in ("name", "field", "summary"):
            _row(making, table, [(*path, name)], _MODEL_MM, kept=True)
        _row(making, table, [(*path, "status"), (*path, "replicate")], _MODEL_MM)


def _awards(making: _Form) -> None:
    _part(making, "awards")
    table = add_table(making.document, _AWARD_MM, GRID)
    for number in range(1, making.awards + 1):
        path = ("awards", str(number))
        _head_row(table, f"Đề xuất {number}")
        _row(making, table, [(*path, "kind"), (*path, "name")], _AWARD_MM, kept=True)
        _row(making, table, [(*path, "form")], _AWARD_MM, kept=True)
        _row(making, table, [(*path, "achievement")], _AWARD_MM)


def _lists(making: _Form) -> None:
    _part(making, "lists")
    add(making.document, "BieuMauLoiNhac", "Mỗi ý một dòng.")
    table = add_table(making.document, _PAIR_MM, GRID)
    for path, box in making.boxes.items():
        if box.kind == "items" and len(path) == 1:
            _row(making, table, [path], _PAIR_MM)


def _sending(making: _Form) -> None:
    _part(making, "sending")
    own = [path for path in making.boxes if path[0] in ("submitted", "signatory")]
    _pairs(making, add_table(making.document, _PAIR_MM, GRID), own)


def _part(making: _Form, name: str) -> None:
    add(making.document, "BieuMauMuc", _TITLES[name])


def _pairs(making: _Form, table: Table, paths: Sequence[form.Path]) -> None:
    """Rows of a label and its box each, which no page break parts."""
    *others, last = paths
    for path in others:
        _row(making, table, [path], _PAIR_MM, kept=True)
    _row(making, table, [last], _PAIR_MM)


def _row(
    making: _Form,
    table: Table,
    paths: Sequence[form.Path],
    columns: Sequence[float],
    *,
    kept: bool = False,
) -> None:
    """A row of labels and boxes in turn; the last box takes what is left of the columns (mm).

    `kept`: on one page with the row after it.
    """
    used = 2 * len(paths)
    cells = add_row(table, [*columns[: used - 1], sum(columns[used - 1 :])])
    if used < len(columns):
        cells[-1]._tc.grid_span = len(columns) - used + 1
    for path, label, box in zip(paths, cells[::2], cells[1::2], strict=True):
        _label(making, label, path, kept=kept)
        _fill(making, box, path)


def _label(making: _Form, cell: _Cell, path: form.Path, *, kept: bool) -> None:
    _shade(cell, _LABEL_SHADE)
    add(cell, "BieuMauNhan", making.boxes[path].label).paragraph_format.keep_with_next = kept
    if hint := _HINTS.get(path[-1]):
        add(cell, "BieuMauLoiNhac", hint).paragraph_format.keep_with_next = kept


def _fill(making: _Form, cell: _Cell, path: form.Path, style: str = "BangChu") -> None:
    form_controls.fill_cell(cell, making.boxes[path], making.texts.get(path, ""), style)


def _head_row(table: Table, words: str) -> None:
    (cell,) = add_row(table, (_WIDTH_MM,))
    cell._tc.grid_span = len(table.columns)
    _shade(cell, _HEAD_SHADE)
    add(cell, "BieuMauTenO", words)


def _shade(cell: _Cell, color: str) -> None:
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{color}"/>')
    cell._tc.get_or_add_tcPr().insert_element_before(shade, "w:noWrap", "w:tcMar", "w:vAlign")
