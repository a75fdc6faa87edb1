"""Pages, paragraphs and tables of a document in the making, laid out as the decree wants them."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.section import Section
from docx.shared import Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx_plus.fields import add_page_number_field

from danvan_cli.word import decree
from danvan_cli.word.document import stylesheet
from danvan_cli.word.document.styles import RULE_LINE
from danvan_cli.word.file import package, xml_text
from danvan_cli.word.file.xml_text import mm_in_twips

Container: TypeAlias = WordDocument | _Cell
"""What paragraphs are added to."""

MARGINS_MM: Mapping[str, float] = {"top": 20, "bottom": 20, "left": 30, "right": 15}
LETTERHEAD_MM = (67, 98)
TEXT_MM = decree.PAGE.width - MARGINS_MM["left"] - MARGINS_MM["right"]
"""How wide the text of an upright page is."""

_HEADER_MM = 10


def begin() -> WordDocument:
    """An upright A4 page with its margins and, from page 2, its number in the top margin."""
    document = package.empty()
    stylesheet.add_styles(document)
    section = document.sections[0]
    lay_out(section)
    number = section.header.paragraphs[0]
    number.style = "Số trang"
    add_page_number_field(number)
    return document


def lay_out(section: Section, *, landscape: bool = False, continues: bool = False) -> None:
    """Paper and margins (NĐ 30/2020, PL I, I.I.1 to 3).

    `continues`: the section's first page is not the document's, so it bears its number.
    """
    page = decree.PAGE
    width, height = (page.height, page.width) if landscape else (page.width, page.height)
    section.page_width, section.page_height = _length(width), _length(height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = _length(MARGINS_MM["top"])
    section.bottom_margin = _length(MARGINS_MM["bottom"])
    section.left_margin = _length(MARGINS_MM["left"])
    section.right_margin = _length(MARGINS_MM["right"])
    section.header_distance = section.footer_distance = _length(_HEADER_MM)
    section.gutter = _length(0)
    section.different_first_page_header_footer = not continues


def _length(mm: float) -> Twips:
    return Twips(mm_in_twips(mm))


def add(container: Container, style: str, text: str) -> Paragraph:
    """Adds a paragraph of the style with this id."""
    paragraph = container.add_paragraph(text)
    paragraph._p.style = style
    return paragraph


def add_rule_line(container: Container, style: str = RULE_LINE) -> None:
    """The line beneath the paragraphs before it; its length is set when the text is known."""
    add(container, style, "")


def add_table(document: WordDocument, widths: Sequence[float], style: str | None = None) -> Table:
    """A table without rows, with columns of these widths (mm), at the end of the document."""
    (element,) = xml_text.parsed(xml_text.table(widths, (), style))
    document.element.body.get_or_add_sectPr().addprevious(element)
    return Table(element, document)


def add_row(table: Table, widths: Sequence[float], *, heading: bool = False) -> list[_Cell]:
    """Adds a row that no page break cuts, its cells empty."""
    cells = (xml_text.cell(width, middle=heading) for width in widths)
    (row,) = xml_text.parsed(xml_text.row(cells, heading=heading))
    table._tbl.append(row)
    return [_Cell(cell, table) for cell in row.tc_lst]
