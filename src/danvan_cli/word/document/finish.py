"""What can only be done once a template is filled in: sections, columns, lines, sizes."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.oxml.ns import nsmap, qn
from docx.oxml.table import CT_Row, CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.shared import Pt, Twips
from lxml import etree

from danvan_cli.model.plan import DocumentLook
from danvan_cli.word import decree
from danvan_cli.word.document import letterhead_columns, rule_lines
from danvan_cli.word.document.styles import (
    ADDRESSEE_LINES,
    DEFAULT_SETTINGS,
    STYLES,
    TAG,
    addressee_indents,
)
from danvan_cli.word.template.cleanup import set_grid

_OFF_BY = 0.01
WHOLE_ROWS = 20
"""The most rows of a table that no page break parts."""
_SMALL = "BangNho"
_WIDTH = qn("w:w")
# By XPath: a large table has tens of thousands of cells, and Python would make an object of each.
_FIRST_WIDTH = etree.XPath("w:tc[1]/w:tcPr/w:tcW", namespaces=nsmap)
_OTHER_WIDTHS = etree.XPath(
    "w:tc[1 < position() and position() <= $columns]/w:tcPr/w:tcW", namespaces=nsmap
)
_STYLE_ELEMENTS = {style.id: style.element for style in STYLES if style.element}


def finish(document: WordDocument, settings: DocumentLook) -> None:
    """Sets right what depends on the texts that were filled in."""
    end_at_last_section(document)
    for table in document.element.body.iter(qn("w:tbl")):
        fit_columns(table)
        keep_rows_together(table)
    set_sizes(document, settings)
    letterhead_columns.give_way_to_date(document)
    rule_lines.draw(document)
    _drop_tag_style(document)


def end_at_last_section(document: WordDocument) -> None:
    """The section that was last filled in becomes the document's last."""
    body = document.element.body
    last = body.sectPr
    before = last.getprevious() if last is not None else None
    if not isinstance(before, CT_P) or before.pPr is None:
        return
    properties = before.pPr.find(qn("w:sectPr"))
    if properties is not None and not before.text.strip():
        before.pPr.remove(properties)
        body.replace(last, properties)


def fit_columns(table: CT_Tbl) -> None:
    """Shares a table's width among its columns where a loop has made more or fewer of them."""
    if widths := fitted_widths(table):
        for row in table.tr_lst:
            set_widths(row, widths)
        set_grid(table, widths)


def fitted_widths(table: CT_Tbl) -> list[int]:
    """Its columns' widths in twips as they should be, the first as it is and all others alike.

    None where they fit.
    """
    total = table.tblPr.find(qn("w:tblW"))
    if total is None or total.get(qn("w:type")) != "dxa" or not table.tr_lst:
        return []
    whole = int(total.get(qn("w:w")))
    widths = [rule_lines.cell_width(cell) or 0 for cell in table.tr_lst[0].tc_lst]
    if not all(widths) or len(widths) < 2 or abs(sum(widths) - whole) < whole * _OFF_BY:
        return []
    first, others = widths[0], len(widths) - 1
    return [first] + [(whole - first) // others] * others


def set_widths(row: CT_Row, widths: Sequence[int]) -> None:
    """Gives a row's cells these widths, as `fitted_widths` computes them."""
    first, *others = map(str, widths)
    for own in _FIRST_WIDTH(row):
        own.set(_WIDTH, first)
    for own in _OTHER_WIDTHS(row, columns=len(widths)):
        own.set(_WIDTH, others[0])


def keep_rows_together(table: CT_Tbl) -> None:
    """Leaves no row of a table with a heading row alone on a page.

    A short table stays whole; a longer one keeps its first rows and its last ones together.
    """
    rows = table.tr_lst
    if not rows or rows[0].trPr is None or rows[0].trPr.find(qn("w:tblHeader")) is None:
        return
    short = len(rows) <= WHOLE_ROWS and _is_small(rows[0])
    for row in rows[:-1] if short else [*rows[:2], *rows[-3:-1]]:
        for cell in row.tc_lst:
            for paragraph in cell.p_lst:
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def _is_small(row: CT_Row) -> bool:
    """Whether it is one of the working paper's rows, which are a line or two high."""
    return all(
        (paragraph.style or "").startswith(_SMALL)
        for cell in row.tc_lst
        for paragraph in cell.p_lst
    )


def set_sizes(document: WordDocument, settings: DocumentLook) -> None:
    """Gives the styles the sizes of the plan's size set and body text.

    A style whose size an office has changed in its template keeps it.
    """
    if (settings.size_set, settings.body) == (DEFAULT_SETTINGS.size_set, DEFAULT_SETTINGS.body):
        return
    sizes = {
        style: (_size(element, DEFAULT_SETTINGS), _size(element, settings))
        for style, element in _STYLE_ELEMENTS.items()
    }
    sizes["Normal"] = (DEFAULT_SETTINGS.body, settings.body)
    for style_id, (built, wanted) in sizes.items():
        style = document.styles.element.get_by_id(style_id)
        if style is not None and style.rPr is not None and style.rPr.sz_val == Pt(built):
            style.rPr.sz_val = Pt(wanted)
    _align_addressees(document, settings.body)


def _size(element: decree.Element, settings: DocumentLook) -> int:
    return decree.size(element, settings.size_set, settings.body)


def _align_addressees(document: WordDocument, body: int) -> None:
    style = document.styles.element.get_by_id(ADDRESSEE_LINES)
    indents = None if style is None or style.pPr is None else style.pPr.ind
    if indents is not None and indents.left == Twips(addressee_indents(DEFAULT_SETTINGS.body)[0]):
        left, hanging = addressee_indents(body)
        indents.left, indents.hanging = Twips(left), Twips(hanging)


def _drop_tag_style(document: WordDocument) -> None:
    style = document.styles.element.get_by_id(TAG)
    if style is not None and not document.element.body.xpath(f".//w:pStyle[@w:val='{TAG}']"):
        document.styles.element.remove(style)
