"""Builds the default Word templates from the decree.

Run as `python -m danvan_cli.word.document.default_templates`.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.section import Section
from docx.table import Table, _Cell
from msgspec import Struct

from danvan_cli.files import safe_write
from danvan_cli.report.working_paper import NOT_ASSIGNED, NOT_REPORTED
from danvan_cli.word import decree
from danvan_cli.word.document import rule_lines
from danvan_cli.word.document.building import (
    LETTERHEAD_MM,
    TEXT_MM,
    Container,
    add,
    add_row,
    add_rule_line,
    add_table,
    begin,
    lay_out,
)
from danvan_cli.word.document.styles import (
    CIRCULATION,
    GRID,
    INDENTED,
    SECTION_END,
    SUBJECT_RULE_LINE,
    TAG,
)
from danvan_cli.word.file import package

_SIGNATURE_MM = (72, 93)
_FIGURES_CAPTION = (
    f"Bảng {{{{ loop.index }}}} ({NOT_REPORTED}: không báo cáo; "
    f"{NOT_ASSIGNED}: không giao cho đơn vị)"
)


_HEADINGS = (
    ("if part.heading and part.level == 1", "Muc"),
    ("elif part.heading and part.level == 2", "Khoan"),
    ("elif part.heading", "Diem"),
)


class Column(Struct, frozen=True):
    """A column of a table: its heading, width in mm, what a row prints in it and in which style.

    `repeat`: over which lines of the row the text is repeated, a paragraph each. `indented`: what
    must hold of a row for the text to be indented.
    """

    heading: str
    width: float
    text: str
    style: str
    repeat: str | None = None
    indented: str | None = None


def _figures_in(table: str) -> list[Column]:
    """The columns of a table of figures that has this name."""
    return [
        Column("TT", 10, "{{ row.number }}", "BangGiua"),
        Column("Chỉ tiêu", 55, "{{ row.name }}", "BangChu", indented="row.is_part"),
        Column("ĐVT", 20, "{{ row.measure }}", "BangGiua"),
        Column("Kỳ này", 19, "{{ row.total }}", "BangSo"),
        Column(f"{{{{ {table}.previous_heading }}}}", 20, "{{ row.previous }}", "BangSo"),
        Column("Tăng, giảm (%)", 19, "{{ row.change }}", "BangSo"),
        Column("Ghi chú", 22, "{{ row.note }}", "BangGiua"),
    ]


_OWN_FIGURES = [
    Column("TT", 10, "{{ row.number }}", "BangGiua"),
    Column("Chỉ tiêu", 80, "{{ row.name }}", "BangChu", indented="row.is_part"),
    Column("ĐVT", 27, "{{ row.measure }}", "BangGiua"),
    Column("Số liệu", 23, "{{ row.total }}", "BangSo"),
    Column("Ghi chú", 25, "{{ row.note }}", "BangGiua"),
]
_CHANGED_FIGURES = [
    Column("TT", 10, "{{ row.number }}", "BangGiua"),
    Column("Chỉ tiêu", 62, "{{ row.name }}", "BangChu"),
    Column("ĐVT", 24, "{{ row.measure }}", "BangGiua"),
    Column("Đã báo cáo", 23, "{{ row.before }}", "BangSo"),
    Column("Nay báo cáo", 23, "{{ row.now }}", "BangSo"),
    Column("Chênh lệch", 23, "{{ row.difference }}", "BangSo"),
]
_MODELS = [
    Column("TT", 12, "{{ row.number }}", "BangGiua"),
    Column("Tên mô hình", 52, "{{ row.name }}", "BangChu"),
    Column("Đơn vị", 44, "{{ row.unit }}", "BangChu"),
    Column("Lĩnh vực", 34, "{{ row.field }}", "BangChu"),
    Column("Nội dung", 74, "{{ line }}", "BangChu", repeat="line in row.summary"),
    Column("Kết quả", 36, "{{ row.result }}", "BangChu"),
]
_AWARDS = [
    Column("TT", 12, "{{ row.number }}", "BangGiua"),
    Column("{{ group.name_column }}", 66, "{{ row.name }}", "BangChu"),
    Column("Đơn vị", 50, "{{ row.unit }}", "BangChu"),
    Column("Hình thức", 36, "{{ row.form }}", "BangChu"),
    Column("Thành tích", 88, "{{ line }}", "BangChu", repeat="line in row.achievement"),
]
_FAULTS = [
    Column("TT", 12, "{{ row.number }}", "BangGiua"),
    Column("Đơn vị", 46, "{{ row.unit }}", "BangChu"),
    Column("Phần của báo cáo", 52, "{{ row.part }}", "BangChu"),
    Column("Lỗi", 66, "{{ row.message }}", "BangChu"),
    Column("Cách sửa", 76, "{{ row.hint }}", "BangChu"),
]
_OWING = [
    Column("TT", 12, "{{ row.number }}", "BangGiua"),
    Column("Đơn vị", 83, "{{ row.unit }}", "BangChu"),
    Column("Tình trạng báo cáo", 70, "{{ row.state }}", "BangChu"),
]
_BRIEF = [
    Column("Phần", 40, "{{ row.heading }}", "BangNhoChu"),
    Column("Nội dung", 125, "{{ line }}", "BangNhoChu", repeat="line in row.points"),
]
_PAPER_FAULTS = [
    Column("TT", 11, "{{ row.number }}", "BangNhoGiua"),
    Column("Đơn vị", 34, "{{ row.unit }}", "BangNhoChu"),
    Column("Nơi có lỗi", 44, "{{ row.place }}", "BangNhoChu"),
    Column("Lỗi", 38, "{{ row.message }}", "BangNhoChu"),
    Column("Cách sửa", 38, "{{ row.hint }}", "BangNhoChu"),
]
_QUALITY = [
    Column("TT", 11, "{{ row.number }}", "BangNhoGiua"),
    Column("Đơn vị", 49, "{{ row.name }}", "BangNhoChu"),
    Column("Thời hạn", 28, "{{ row.time }}", "BangNhoChu"),
    Column("Nhiệm vụ đã báo cáo", 18, "{{ row.tasks }}", "BangNhoGiua"),
    Column("Số liệu đã báo cáo", 18, "{{ row.figures }}", "BangNhoGiua"),
    Column("Lỗi", 21, "{{ row.errors }}", "BangNhoChu"),
    Column("Đã giải trình", 20, "{{ row.doubts }}", "BangNhoGiua"),
]
_UNITS = [
    Column("TT", 11, "{{ row.number }}", "BangNhoGiua"),
    Column("Đơn vị", 49, "{{ row.name }}", "BangNhoChu"),
    Column("Tình trạng", 28, "{{ row.state }}", "BangNhoChu"),
    Column("Ngày gửi", 23, "{{ row.submitted }}", "BangNhoGiua"),
    Column("Ngày nhận", 23, "{{ row.arrived }}", "BangNhoGiua"),
    Column("Ghi chú", 31, "{{ row.remark }}", "BangNhoChu"),
]


def report_template() -> WordDocument:
    """bao-cao.docx: the office's report for the province."""
    document = begin()
    _letterhead(document, numbered=True)
    _type_and_subject(document)
    _addressees(document)
    _report_body(document, _figures_in("part.figures"))
    _signature(document)
    _end_section(document)
    _appendix(
        document,
        "figures",
        _figures_in("figures"),
        caption="{{ figures.window }}",
        notes="figures.coverage",
    )
    _appendix(document, "models", _MODELS)
    _appendix(document, "awards", _AWARDS, groups=True)
    return document


def supplement_template() -> WordDocument:
    """bao-cao-bo-sung.docx: what has changed since a report was issued."""
    document = begin()
    _letterhead(document, numbered=True)
    _type_and_subject(document)
    _addressees(document)
    add(document, "NoiDung", "{{ opening }}")
    add(document, "Muc", "I. LÝ DO BỔ SUNG")
    _repeated(document, "line in reason", "NoiDung", "{{ line }}")
    _tag(document, "if figures")
    add(document, "Muc", "II. SỐ LIỆU THAY ĐỔI")
    _row_table(document, _CHANGED_FIGURES, "figures", "BangTieuDe")
    _tag(document, "endif")
    _tag(document, "if parts")
    add(document, "Muc", "{{ parts_heading }}")
    _tag(document, "for part in parts")
    add(document, "Khoan", "{{ part.heading }}")
    _passage(document, "part")
    _tag(document, "endfor")
    _tag(document, "endif")
    add(document, "LoiKet", "{{ closing }}")
    _signature(document)
    _end_section(document)
    return document


def unit_report_template() -> WordDocument:
    """bao-cao-don-vi.docx: one unit's own report."""
    document = begin()
    _letterhead(document, numbered=False)
    _type_and_subject(document)
    _addressees(document)
    _report_body(document, _OWN_FIGURES)
    _signature(document)
    _end_section(document)
    _appendix(document, "figures", _OWN_FIGURES, caption="{{ figures.window }}")
    _appendix(document, "models", _MODELS)
    _appendix(document, "awards", _AWARDS, groups=True)
    return document


def plan_template() -> WordDocument:
    """ke-hoach.docx: the plan itself."""
    document = begin()
    _letterhead(document, numbered=True)
    _type_and_subject(document)
    _repeated(document, "line in legal_bases", "CanCu", "{{ line }}")
    add(document, "NoiDung", "{{ opening }}")
    add(document, "Muc", "I. MỤC ĐÍCH, YÊU CẦU")
    add(document, "Khoan", "1. Mục đích")
    _repeated(document, "line in objectives", "GachDauDong", "{{ line }}")
    add(document, "Khoan", "2. Yêu cầu")
    _repeated(document, "line in requirements", "GachDauDong", "{{ line }}")
    add(document, "Muc", "II. NỘI DUNG VÀ NHIỆM VỤ")
    _tag(document, "for section in sections")
    add(document, "Khoan", "{{ section.heading }}")
    _repeated(document, "line in section.points", "GachDauDong", "{{ line }}")
    _tag(document, "endfor")
    add(document, "Muc", "III. TỔ CHỨC THỰC HIỆN")
    _repeated(document, "line in implementation", "KhoanKhongTieuDe", "{{ line }}")
    add(document, "LoiKet", "{{ closing }}")
    _signature(document)
    _end_section(document)
    return document


def amendment_template() -> WordDocument:
    """ke-hoach-sua-doi.docx: what amends the plan."""
    document = begin()
    _letterhead(document, numbered=True)
    _type_and_subject(document)
    _repeated(document, "line in legal_bases", "CanCu", "{{ line }}")
    add(document, "NoiDung", "{{ opening }}")
    add(document, "Muc", "I. NỘI DUNG SỬA ĐỔI, BỔ SUNG")
    _tag(document, "for section in sections")
    add(document, "Khoan", "{{ section.heading }}")
    _repeated(document, "line in section.points", "GachDauDong", "{{ line }}")
    _tag(document, "endfor")
    add(document, "Muc", "II. TỔ CHỨC THỰC HIỆN")
    _repeated(document, "line in implementation", "KhoanKhongTieuDe", "{{ line }}")
    add(document, "LoiKet", "{{ closing }}")
    _signature(document)
    _end_section(document)
    return document


def reminder_template() -> WordDocument:
    """cong-van-don-doc.docx: the letter to units whose report is missing (PL III, mẫu 1.5)."""
    document = begin()
    _letterhead(document, numbered=True, subject=f"{decree.LETTER_SUBJECT_WORD} {{{{ subject }}}}")
    _addressees(document)
    add(document, "NoiDung", "{{ opening }}")
    _repeated(document, "line in points", "GachDauDong", "{{ line }}")
    _if(document, "appendix_citation", "NoiDung", "{{ appendix_citation }}")
    add(document, "LoiKet", "{{ closing }}")
    _signature(document)
    _end_section(document)
    _appendix(document, "units", _OWING)
    _appendix(document, "faults", _FAULTS, note="faults.more")
    return document


def working_paper_template() -> WordDocument:
    """tong-hop-noi-bo.docx: the coordinator's working paper."""
    document = begin()
    _circulation_mark(document.sections[0])
    _letterhead(document, numbered=False)
    _type_and_subject(document)
    add(document, "Muc", "I. TÌNH HÌNH GỬI BÁO CÁO")
    _repeated(document, "line in summary", "NoiDung", "{{ line }}")
    _tag(document, "if decisions")
    add(document, "Khoan", "Việc cần xem xét, quyết định")
    _repeated(document, "line in decisions", "GachDauDong", "{{ line }}")
    _tag(document, "endif")
    add(document, "Khoan", "Báo cáo của từng đơn vị")
    _row_table(document, _UNITS, "units", "BangNhoTieuDe")
    _tag(document, "if quality")
    add(document, "Khoan", "Chất lượng báo cáo")
    add(document, "NoiDung", "{{ quality_summary }}")
    _row_table(document, _QUALITY, "quality", "BangNhoTieuDe")
    _tag(document, "endif")
    _tag(document, "if faults")
    add(document, "Khoan", "Lỗi trong báo cáo của đơn vị")
    _row_table(document, _PAPER_FAULTS, "faults", "BangNhoTieuDe")
    _tag(document, "endif")
    _end_section(document)
    _tag(document, "if groups")
    add(document, "Muc", "II. NHIỆM VỤ THEO ĐƠN VỊ")
    _matrices(document, "tasks", "{{ task_legend }}", "BangNhoGiua")
    add(document, "Muc", "III. SỐ LIỆU THEO ĐƠN VỊ")
    _matrices(document, "indicators", _FIGURES_CAPTION, "BangNhoSo")
    _repeated(document, "line in figure_notes", "NoiDung", "{{ line }}")
    _end_section(document, landscape=True, continues=True)
    add(document, "Muc", "IV. NỘI DUNG BÁO CÁO CỦA TỪNG ĐƠN VỊ")
    _unit_texts(document, "groups")
    _tag(document, "if editing")
    add(document, "Muc", "V. CÂU CẦN BIÊN TẬP")
    _unit_texts(document, "editing")
    _tag(document, "endif")
    _end_section(document, continues=True)
    _tag(document, "endif")
    return document


def brief_template() -> WordDocument:
    """tom-tat.docx: the report on one page, for the leader."""
    document = begin()
    _circulation_mark(document.sections[0])
    _letterhead(document, numbered=False)
    _type_and_subject(document)
    _row_table(document, _BRIEF, "parts", "BangNhoTieuDe")
    _end_section(document)
    return document


TEMPLATES: Mapping[str, Callable[[], WordDocument]] = {
    "bao-cao.docx": report_template,
    "bao-cao-bo-sung.docx": supplement_template,
    "bao-cao-don-vi.docx": unit_report_template,
    "ke-hoach.docx": plan_template,
    "ke-hoach-sua-doi.docx": amendment_template,
    "cong-van-don-doc.docx": reminder_template,
    "tong-hop-noi-bo.docx": working_paper_template,
    "tom-tat.docx": brief_template,
}


def build(folder: Path) -> list[Path]:
    """Writes every default template into the folder and returns their paths."""
    documents = {}
    for name, template in TEMPLATES.items():
        document = template()
        rule_lines.draw(document)
        documents[name] = package.stamped(document)
    return safe_write.write_together(folder, documents, force=True)


def main(arguments: Sequence[str]) -> None:
    """Writes the templates into the folder named, or into ./templates."""
    for path in build(Path(arguments[0]) if arguments else Path("templates")):
        sys.stdout.write(f"{path}\n")


def _end_section(
    document: WordDocument, *, landscape: bool = False, continues: bool = False
) -> None:
    """Ends a section; the break has a paragraph of its own, since tables cannot contain one.

    Page numbers start again at 1, and the first is not shown, unless the section `continues`
    the one before. What follows the last section is dropped when the template is filled in.
    """
    last = document.element.body.get_or_add_sectPr()
    properties: CT_SectPr = deepcopy(last)
    lay_out(Section(properties, document.part), landscape=landscape, continues=continues)
    if not continues:
        _start_numbering(properties)
    paragraph = add(document, SECTION_END, "")
    paragraph._p.get_or_add_pPr().append(properties)


def _start_numbering(properties: CT_SectPr) -> None:
    start = OxmlElement("w:pgNumType", {qn("w:start"): str(decree.FIRST_PAGE_NUMBER)})
    properties.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def _tag(container: Container, statement: str) -> None:
    """A Jinja statement in a paragraph of its own, which is gone once it is carried out."""
    add(container, TAG, f"{{%p {statement} %}}")


def _repeated(container: Container, loop: str, style: str, text: str) -> None:
    _tag(container, f"for {loop}")
    add(container, style, text)
    _tag(container, "endfor")


def _if(container: Container, condition: str, style: str, text: str) -> None:
    _tag(container, f"if {condition}")
    add(container, style, text)
    _tag(container, "endif")


def _circulation_mark(section: Section) -> None:
    header = section.first_page_header
    header.paragraphs[0].text = "LƯU HÀNH NỘI BỘ"
    header.paragraphs[0]._p.style = CIRCULATION


def _letterhead(document: WordDocument, *, numbered: bool, subject: str | None = None) -> None:
    """The names in the first row, number and date side by side in the second.

    `subject`: that of a công văn, which is below its number.
    """
    table = add_table(document, LETTERHEAD_MM)
    agency, nation = add_row(table, LETTERHEAD_MM)
    _repeated(agency, "line in superior", "TenCoQuanChuQuan", "{{ line }}")
    add(agency, "TenCoQuan", "{{ issuer }}")
    add_rule_line(agency)
    add(nation, "QuocHieu", decree.NATIONAL_NAME.text or "")
    add(nation, "TieuNgu", decree.MOTTO.text or "")
    add_rule_line(nation)
    number, date = add_row(table, LETTERHEAD_MM)
    add(number, "SoKyHieu", "{{ number }}" if numbered else "{{ number or '' }}")
    if subject:
        add(number, "TrichYeuCongVan", subject)
    add(date, "DiaDanhNgayThang", "{{ place_and_date }}")


def _type_and_subject(document: WordDocument) -> None:
    add(document, "TenLoai", "{{ document_type }}")
    add(document, "TrichYeu", "{{ subject }}")
    add_rule_line(document, SUBJECT_RULE_LINE)


def _addressees(document: WordDocument) -> None:
    _tag(document, "if addressee")
    add(document, "KinhGui", f"{decree.ADDRESSEES_WORD} {{{{ addressee }}}}")
    _tag(document, "else")
    add(document, "KinhGuiNhieuNoi", decree.ADDRESSEES_WORD)
    _repeated(document, "line in addressees", "NoiKinhGui", "{{ line }}")
    _tag(document, "endif")


def _report_body(document: WordDocument, figures: Sequence[Column]) -> None:
    add(document, "NoiDung", "{{ opening }}")
    _tag(document, "for part in parts")
    for condition, style in _HEADINGS:
        _tag(document, condition)
        add(document, style, "{{ part.heading }}")
    _tag(document, "endif")
    _passage(document, "part")
    _tag(document, "if part.figures")
    _row_table(document, figures, "part.figures.rows", "BangTieuDe")
    _repeated(document, "line in part.figures.coverage", "ChuThichBang", "{{ line }}")
    _tag(document, "endif")
    _tag(document, "endfor")
    add(document, "LoiKet", "{{ closing }}")


def _passage(document: WordDocument, name: str) -> None:
    _repeated(document, f"line in {name}.paragraphs", "NoiDung", "{{ line }}")
    _repeated(document, f"line in {name}.points", "GachDauDong", "{{ line }}")


def _signature(document: WordDocument) -> None:
    """'Nơi nhận' on the left, the signer on the right; one row that no page break cuts."""
    recipients, signer = add_row(add_table(document, _SIGNATURE_MM), _SIGNATURE_MM)
    add(recipients, "NoiNhan", decree.RECIPIENTS_WORD.text or "")
    _repeated(recipients, "line in recipients", "DanhSachNoiNhan", "{{ line }}")
    add(recipients, "DanhSachNoiNhan", "{{ archive }}")
    _if(signer, "authority", "QuyenHanNguoiKy", "{{ authority }}")
    add(signer, "ChucVuNguoiKy", "{{ position }}")
    add(signer, "HoTenNguoiKy", "{{ signer }}")


def _appendix(
    document: WordDocument,
    name: str,
    columns: Sequence[Column],
    caption: str | None = None,
    note: str | None = None,
    notes: str | None = None,
    *,
    groups: bool = False,
) -> None:
    """A section of its own, there only if it has rows (PL I, I.III.1); in landscape if need be.

    `note` names a text that may be missing, `notes` a list of them, which are below the table.
    `groups`: it has groups with a heading, each with a table of its own.
    """
    _tag(document, f"if {name}")
    add(document, "PhuLuc", f"{{{{ {name}.label }}}}")
    add(document, "TenPhuLuc", f"{{{{ {name}.title }}}}")
    add(document, "KemTheo", f"{{{{ {name}.reference }}}}")
    add_rule_line(document, SUBJECT_RULE_LINE)
    if caption:
        add(document, "ChuThichBang", caption)
    if groups:
        _tag(document, f"for group in {name}.groups")
        add(document, "NhomPhuLuc", "{{ group.heading }}")
        _row_table(document, columns, "group.rows", "BangTieuDe")
        _tag(document, "endfor")
    else:
        _row_table(document, columns, f"{name}.rows", "BangTieuDe")
    if note:
        _if(document, note, "ChuThichBang", f"{{{{ {note} }}}}")
    if notes:
        _repeated(document, f"line in {notes}", "ChuThichBang", "{{ line }}")
    is_wide = sum(column.width for column in columns) > TEXT_MM
    _end_section(document, landscape=is_wide)
    _tag(document, "endif")


def _row_table(
    document: WordDocument, columns: Sequence[Column], rows: str, heading_style: str
) -> None:
    """A table with a heading row that every page repeats, and a row for each of `rows`."""
    widths = [column.width for column in columns]
    table = add_table(document, widths, GRID)
    for cell, column in zip(add_row(table, widths, heading=True), columns, strict=True):
        add(cell, heading_style, column.heading)
    _tag_row(table, widths, f"for row in {rows}")
    for cell, column in zip(add_row(table, widths), columns, strict=True):
        if column.repeat:
            _repeated(cell, column.repeat, column.style, column.text)
        elif column.indented:
            _tag(cell, f"if {column.indented}")
            add(cell, INDENTED, column.text)
            _tag(cell, "else")
            add(cell, column.style, column.text)
            _tag(cell, "endif")
        else:
            add(cell, column.style, column.text)
    _tag_row(table, widths, "endfor")


def _matrices(document: WordDocument, name: str, caption: str, cell_style: str) -> None:
    """Tables with as many columns as there are; their widths are set when that is known."""
    _tag(document, f"for matrix in {name}")
    add(document, "ChuThichBang", caption)
    widths = (36, 72, 72, 72)
    table = add_table(document, widths, GRID)
    headings = add_row(table, widths, heading=True)
    _column_cells(headings, "BangNhoTieuDe", "Đơn vị", "matrix.columns", "BangNhoTieuDe")
    for rows, style in (("matrix.rows", cell_style), ("matrix.totals", "BangNhoTong")):
        _tag_row(table, widths, f"for row in {rows}")
        lead = "BangNhoChu" if rows == "matrix.rows" else "BangNhoTong"
        _column_cells(add_row(table, widths), lead, "{{ row.name }}", "row.cells", style)
        _tag_row(table, widths, "endfor")
    _tag(document, "endfor")


def _column_cells(
    cells: Sequence[_Cell], lead_style: str, lead: str, values: str, style: str
) -> None:
    first, begin, value, end = cells
    add(first, lead_style, lead)
    add(begin, TAG, f"{{%tc for value in {values} %}}")
    add(value, style, "{{ value }}")
    add(end, TAG, "{%tc endfor %}")


def _unit_texts(document: WordDocument, groups: str) -> None:
    _tag(document, f"for group in {groups}")
    add(document, "Khoan", "{{ group.heading }}")
    _tag(document, "for topic in group.topics")
    _if(document, "topic.heading", "NhiemVu", "{{ topic.heading }}")
    _tag(document, "for entry in topic.entries")
    add(document, "NoiDung", "- {{ entry.lead }}{% if entry.first %} {{ entry.first }}{% endif %}")
    _repeated(document, "line in entry.others", "NoiDung", "{{ line }}")
    _tag(document, "endfor")
    _tag(document, "endfor")
    _tag(document, "endfor")


def _tag_row(table: Table, widths: Sequence[float], statement: str) -> None:
    """A Jinja statement in a row of its own, which is gone once it is carried out."""
    first, *others = add_row(table, widths)
    add(first, TAG, f"{{%tr {statement} %}}")
    for cell in others:
        add(cell, TAG, "")


if __name__ == "__main__":
    main(sys.argv[1:])
