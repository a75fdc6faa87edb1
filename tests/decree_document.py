"""Word documents as people make them by hand, in the decree's form, for tests that damage them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from docx_plus.fields import add_page_number_field

from decree_lines import drawn_picture, drawn_shape
from decree_words import LONG, OF_KIND, TEXTS

Kind = Literal["báo cáo", "công văn", "kế hoạch", "quyết định"]
Layout = Literal["table", "tabs"]
Lines = Literal["borders", "shapes", "pictures", "underscores"]

CENTER, LEFT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
SIZES = {"12-13": (12, 13), "13-14": (13, 14)}
ROOM = 165.0
LEFT_COLUMN, RIGHT_COLUMN = 65.0, 100.0


@dataclass
class Part:
    """A stretch of the document by its name, to be damaged."""

    paragraph: Paragraph
    run: Run


@dataclass
class Handmade:
    document: WordDocument
    parts: dict[str, Part] = field(default_factory=dict)

    def paragraph(self, name: str) -> Paragraph:
        return self.parts[name].paragraph

    def run(self, name: str) -> Run:
        return self.parts[name].run

    def save(self, folder: Path, name: str = "van-ban.docx") -> Path:
        path = folder / name
        self.document.save(str(path))
        return path


def handmade(
    kind: Kind = "báo cáo",
    *,
    layout: Layout = "table",
    lines: Lines = "borders",
    size_set: str = "13-14",
    body: int = 14,
    texts: Mapping[str, str | Sequence[str]] | None = None,
    appendices: int = 0,
) -> Handmade:
    """A document that keeps every rule; `texts` replaces the words of parts by name."""
    return _Maker(kind, layout, lines, size_set, body, dict(texts or {}), appendices).make()


class _Maker:
    def __init__(
        self,
        kind: Kind,
        layout: Layout,
        lines: Lines,
        size_set: str,
        body: int,
        texts: dict[str, str | Sequence[str]],
        appendices: int,
    ) -> None:
        self.kind = kind
        self.layout = layout
        self.lines = lines
        self.small, self.large = SIZES[size_set]
        self.body = body
        self.texts: dict[str, str | Sequence[str]] = {**TEXTS, **OF_KIND[kind], **texts}
        self.appendices = appendices
        self.made = Handmade(_blank())

    def make(self) -> Handmade:
        if self.layout == "table":
            self._letterhead_in_table()
        else:
            self._letterhead_with_tabs()
        self._subject()
        self._addressees()
        self._text()
        if self.layout == "table":
            self._signature_in_table()
        else:
            self._signature_with_tabs()
        _number_pages(self.made.document)
        for number in range(1, self.appendices + 1):
            self._appendix(number)
        return self.made

    def text(self, name: str) -> str:
        text = self.texts[name]
        assert isinstance(text, str)
        return text

    def items(self, name: str) -> list[str]:
        text = self.texts.get(name, [])
        return [text] if isinstance(text, str) else list(text)

    def put(
        self,
        paragraph: Paragraph,
        name: str,
        text: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        align: WD_ALIGN_PARAGRAPH | None = CENTER,
    ) -> Part:
        """The text as one run that says all about its looks itself."""
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.font.bold, run.font.italic = bold, italic
        if align is not None:
            paragraph.alignment = align
        self.made.parts[name] = Part(paragraph, run)
        return self.made.parts[name]

    def _letterhead_in_table(self) -> None:
        left, right = _two_columns(self.made.document, LEFT_COLUMN, RIGHT_COLUMN)
        if self.texts["Cơ quan chủ quản"]:
            self.put(_next(left), "Cơ quan chủ quản", self.text("Cơ quan chủ quản"), self.small)
        self.put(_next(left), "Cơ quan", self.text("Cơ quan"), self.small, bold=True)
        self._line(left, LEFT_COLUMN, 12)
        number = _next(left)
        self.put(number, "Số, ký hiệu", self.text("Số, ký hiệu"), 13)
        if self.kind == "công văn":
            subject = _next(left)
            self.put(subject, "V/v", self.text("V/v"), self.small)
            subject.paragraph_format.space_before = Pt(6)
        self.put(_next(right), "Quốc hiệu", self.text("Quốc hiệu"), self.small, bold=True)
        self.put(_next(right), "Tiêu ngữ", self.text("Tiêu ngữ"), self.large, bold=True)
        self._line(right, RIGHT_COLUMN, 60 if self.large == 14 else 55.7)
        self.put(
            _next(right), "Địa danh, ngày", self.text("Địa danh, ngày"), self.large, italic=True
        )

    def _letterhead_with_tabs(self) -> None:
        document = self.made.document
        first = _tabbed(document)
        self.put(first, "Cơ quan chủ quản", self.text("Cơ quan chủ quản"), self.small, align=None)
        _tab(first)
        self.put(first, "Quốc hiệu", self.text("Quốc hiệu"), self.small, bold=True, align=None)
        second = _tabbed(document)
        self.put(second, "Cơ quan", self.text("Cơ quan"), self.small, bold=True, align=None)
        _tab(second)
        self.put(second, "Tiêu ngữ", self.text("Tiêu ngữ"), self.large, bold=True, align=None)
        rule = _tabbed(document)
        # Typed from tab to tab: two rows of underscores, 11 and 59 mm long.
        self.put(rule, "Kẻ trái", "_" * 5, 13, align=None)
        _tab(rule)
        self.put(rule, "Kẻ phải", "_" * 24, 14, align=None)
        third = _tabbed(document)
        self.put(third, "Số, ký hiệu", self.text("Số, ký hiệu"), 13, align=None)
        _tab(third)
        date = self.text("Địa danh, ngày")
        self.put(third, "Địa danh, ngày", date, self.large, italic=True, align=None)
        if self.kind == "công văn":
            fourth = _tabbed(document)
            fourth.paragraph_format.space_before = Pt(6)
            self.put(fourth, "V/v", self.text("V/v"), self.small, align=None)

    def _subject(self) -> None:
        if "Tên loại" not in self.texts:
            return
        kind = self.made.document.add_paragraph()
        kind.paragraph_format.space_before = Pt(18)
        self.put(kind, "Tên loại", self.text("Tên loại"), self.body, bold=True)
        subject = self.made.document.add_paragraph()
        self.put(subject, "Trích yếu", self.text("Trích yếu"), self.body, bold=True)
        # Set in 14 pt bold; 0.4 of its length.
        width = {"báo cáo": 124, "kế hoạch": 83, "quyết định": 107}[self.kind] * self.body / 14
        self._line(self.made.document, ROOM, width * 0.42)

    def _addressees(self) -> None:
        for place, text in enumerate(self.items("Kính gửi")):
            paragraph = self.made.document.add_paragraph()
            name = "Kính gửi" if place == 0 else f"Kính gửi {place}"
            several = len(self.items("Kính gửi")) > 1
            self.put(paragraph, name, text, self.body, align=LEFT if several else CENTER)
            if several:
                paragraph.paragraph_format.left_indent = Mm(30 if place == 0 else 48)

    def _text(self) -> None:
        if self.kind in ("kế hoạch", "quyết định"):
            if self.kind == "quyết định":
                name = "Thẩm quyền"
                self.put(
                    self.made.document.add_paragraph(), name, self.text(name), self.body, bold=True
                )
            for place, text in enumerate(self.items("Căn cứ"), 1):
                self._prose(f"Căn cứ {place}", text, italic=True)
        if self.kind == "quyết định":
            order = self.made.document.add_paragraph()
            self.put(order, "Lệnh", "QUYẾT ĐỊNH:", self.body, bold=True)
            for place, label in enumerate(self.items("Điều"), 1):
                article = self._prose(f"Điều {place}", label, bold=True)
                self.put(article, f"Lời điều {place}", f" {LONG}", self.body, align=BOTH)
        else:
            self._prose("Mở đầu", self.text("Mở đầu"))
            self._prose("Mục", self.text("Mục"), bold=True)
            self._prose("Khoản có tiêu đề", self.text("Khoản có tiêu đề"), bold=True)
            for place in range(1, 9):
                self._prose(f"Lời văn {place}", LONG)
            self._prose("Khoản", self.text("Khoản"))
            self._prose("Điểm", self.text("Điểm"))
            self._prose("Gạch đầu dòng", self.text("Gạch đầu dòng"))
        for number in range(1, self.appendices + 1):
            self._prose(
                f"Chỉ dẫn {number}", f"(Chi tiết tại {_label(number, self.appendices)} kèm theo)."
            )
        self._prose("Lời kết", self.text("Lời kết"))

    def _prose(
        self, name: str, text: str, *, bold: bool = False, italic: bool = False
    ) -> Paragraph:
        paragraph = self.made.document.add_paragraph()
        self.put(paragraph, name, text, self.body, bold=bold, italic=italic, align=BOTH)
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.line_spacing = 1.15
        return paragraph

    def _signature_in_table(self) -> None:
        left, right = _two_columns(self.made.document, 80, 85)
        word = _next(left)
        self.put(
            word, "Từ Nơi nhận", self.text("Từ Nơi nhận"), 12, bold=True, italic=True, align=LEFT
        )
        for place, text in enumerate([*self.items("Nơi nhận"), self.text("Lưu")], 1):
            name = "Lưu" if text == self.text("Lưu") else f"Nơi nhận {place}"
            self.put(_next(left), name, text, 11, align=LEFT)
        for name in ("Quyền hạn", "Chức vụ"):
            if self.texts[name]:
                self.put(_next(right), name, self.text(name), self.body, bold=True)
        signer = _next(right)
        signer.paragraph_format.space_before = Pt(72)
        self.put(signer, "Họ tên", self.text("Họ tên"), self.body, bold=True)

    def _signature_with_tabs(self) -> None:
        right = ["Quyền hạn", "Chức vụ"]
        left = [("Từ Nơi nhận", self.text("Từ Nơi nhận"))]
        left += [
            (f"Nơi nhận {place}", text) for place, text in enumerate(self.items("Nơi nhận"), 1)
        ]
        left.append(("Lưu", self.text("Lưu")))
        for place, (name, text) in enumerate(left):
            paragraph = self.made.document.add_paragraph()
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(120), WD_TAB_ALIGNMENT.CENTER)
            is_word = place == 0
            self.put(
                paragraph,
                name,
                text,
                12 if is_word else 11,
                bold=is_word,
                italic=is_word,
                align=LEFT,
            )
            if place < len(right):
                _tab(paragraph)
                side = right[place]
                self.put(paragraph, side, self.text(side), self.body, bold=True, align=None)
        signer = self.made.document.add_paragraph()
        signer.paragraph_format.space_before = Pt(40)
        signer.paragraph_format.tab_stops.add_tab_stop(Mm(120), WD_TAB_ALIGNMENT.CENTER)
        _tab(signer)
        self.put(signer, "Họ tên", self.text("Họ tên"), self.body, bold=True, align=None)

    def _appendix(self, number: int) -> None:
        document = self.made.document
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = True
        pages = section._sectPr.find(qn("w:pgNumType"))
        if pages is None:
            pages = parse_xml(f"<w:pgNumType {nsdecls('w')}/>")
            section._sectPr.find(qn("w:pgMar")).addnext(pages)
        pages.set(qn("w:start"), "1")
        name = "Phụ lục" if number == 1 else f"Phụ lục {number}"
        self.put(document.add_paragraph(), name, _label(number, self.appendices), 14, bold=True)
        title = "BIỂU SỐ LIỆU"
        self.put(document.add_paragraph(), f"Tên phụ lục {number}", title, self.body, bold=True)
        reference = "(Kèm theo Báo cáo số 57/BC-VP ngày 04 tháng 6 năm 2026 của Văn phòng)"
        paragraph = document.add_paragraph()
        self.put(paragraph, f"Kèm theo {number}", reference, self.body, italic=True)
        self._line(document, ROOM, 0.42 * 146 * self.body / 14)
        table = document.add_table(2, 2)
        for row in table.rows:
            for cell in row.cells:
                cell.paragraphs[0].add_run("Số liệu").font.size = Pt(13)

    def _line(self, parent: WordDocument | _Cell, room: float, length: float) -> None:
        """A line `length` mm long in a column `room` mm wide, below what was put last."""
        if self.lines == "borders":
            paragraph = parent.add_paragraph()
            side = (room - length) / 2
            paragraph.paragraph_format.left_indent = Mm(side)
            paragraph.paragraph_format.right_indent = Mm(side)
            border = '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
            _properties(paragraph).insert_element_before(
                parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), "w:spacing", "w:ind", "w:jc"
            )
        elif self.lines == "underscores":
            paragraph = parent.add_paragraph()
            run = paragraph.add_run("_" * round(length / (13 / 2 * 25.4 / 72)))
            run.font.size = Pt(13)
            paragraph.alignment = CENTER
        else:
            anchor = parent.paragraphs[-1].add_run()
            start = (room - length) / 2
            make = drawn_shape if self.lines == "shapes" else drawn_picture
            anchor._r.append(parse_xml(make(start, length)))


def _blank() -> WordDocument:
    """A new document as Word starts it, with A4 paper, margins and Times New Roman."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(14)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.space_after = Pt(0)
    for script in ("w:eastAsia", "w:cs"):
        normal.element.rPr.rFonts.set(qn(script), "Times New Roman")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    return document


def _two_columns(document: WordDocument, left: float, right: float) -> tuple[_Cell, _Cell]:
    table = document.add_table(1, 2)
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    table._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
    cells = table.rows[0].cells
    for cell, column, width in zip(cells, table.columns, (left, right), strict=True):
        cell.width = column.width = Mm(width)
    return cells[0], cells[1]


def _next(cell: _Cell) -> Paragraph:
    """The cell's first paragraph if nothing is in it yet, or one more."""
    first = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()


def _tabbed(document: WordDocument) -> Paragraph:
    paragraph = document.add_paragraph()
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(LEFT_COLUMN / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(LEFT_COLUMN + RIGHT_COLUMN / 2), WD_TAB_ALIGNMENT.CENTER)
    _tab(paragraph)
    return paragraph


def _tab(paragraph: Paragraph) -> None:
    paragraph.add_run("\t")


def _label(number: int, count: int) -> str:
    return "Phụ lục" if count == 1 else f"Phụ lục {'I' * number}"


def _properties(paragraph: Paragraph):
    return paragraph._p.get_or_add_pPr()


def _number_pages(document: WordDocument) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    add_page_number_field(paragraph)
    for run in paragraph.runs:
        run.font.size = Pt(14)
        run.font.color.rgb = RGBColor(0, 0, 0)
