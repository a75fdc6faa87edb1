"""The letterhead's columns, which give way to a long place name before the date."""

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P

from danvan_cli.word.document import rule_lines
from danvan_cli.word.document.styles import TWIPS_A_POINT
from danvan_cli.word.file.xml_text import mm_in_twips
from danvan_cli.word.template.cleanup import set_grid

_DATE = "DiaDanhNgayThang"
_LEAST_MM = 45
"""What stays for the issuing body's name, number and symbol."""

_TO_SPARE = 6.0
"""Points, since Liberation Serif lacks some letters with two marks and takes them elsewhere."""


def give_way_to_date(document: WordDocument) -> None:
    """Widens the right column so that place and date take one line (NĐ 30/2020, PL I, I.II.4c)."""
    for style in list(document.element.body.iter(qn("w:pStyle"))):
        paragraph = style.getparent().getparent()
        if style.get(qn("w:val")) == _DATE and isinstance(paragraph, CT_P):
            cell = next(paragraph.iterancestors(qn("w:tc")), None)
            if cell is not None:
                _widen(cell, rule_lines.width_in_one_line(document, paragraph))


def _widen(cell: CT_Tc, points: float) -> None:
    row = cell.getparent()
    cells = row.tc_lst if isinstance(row, CT_Row) else []
    widths = [rule_lines.cell_width(each) or 0 for each in cells]
    if len(widths) != 2 or not all(widths) or cells[-1] is not cell:
        return
    left, right = widths
    shift = min(round((points + _TO_SPARE) * TWIPS_A_POINT) - right, left - mm_in_twips(_LEAST_MM))
    table = row.getparent()
    if shift > 0 and isinstance(table, CT_Tbl):
        _share(table, [left - shift, right + shift])


def _share(table: CT_Tbl, widths: list[int]) -> None:
    for row in table.tr_lst:
        if len(row.tc_lst) == len(widths):
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(width))
    set_grid(table, widths)
