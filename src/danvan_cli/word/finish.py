"""What can only be done once a template is filled in: sections, columns, lines, sizes, ids."""

from collections.abc import Iterable
from typing import TypeVar

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.oxml.table import CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.shared import Length, Pt, Twips
from docx.styles.style import BaseStyle, ParagraphStyle

from danvan_cli.plan import DocumentLook
from danvan_cli.word import nd30
from danvan_cli.word.styles import (
    ADDRESSEE_LINES,
    DEFAULT_LOOK,
    RULE_LINE,
    STYLES,
    SUBJECT_RULE_LINE,
    TAG,
    TWIPS_A_POINT,
    addressee_indents,
)
from danvan_cli.word.text_width import longest_line

T = TypeVar("T")

_OFF_BY = 0.01
_STYLE_ELEMENTS = {style.id: style.element for style in STYLES if style.element}
_RULED = {style: element for style, element in _STYLE_ELEMENTS.items() if element.rule_line}
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def finish(document: WordDocument, look: DocumentLook) -> None:
    """Sets right what depends on the texts that were filled in."""
    end_at_last_section(document)
    for table in document.element.body.iter(qn("w:tbl")):
        fit_columns(table)
    set_sizes(document, look)
    draw_rule_lines(document)
    drop_doubled_ids(document)
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
    """Shares a table's width among its columns where a loop has made more or fewer of them.

    The first keeps its width.
    """
    total = table.tblPr.find(qn("w:tblW"))
    if total is None or total.get(qn("w:type")) != "dxa" or not table.tr_lst:
        return
    whole = int(total.get(qn("w:w")))
    widths = [_width(cell) or 0 for cell in table.tr_lst[0].tc_lst]
    if not all(widths) or len(widths) < 2 or abs(sum(widths) - whole) < whole * _OFF_BY:
        return
    first, others = widths[0], len(widths) - 1
    fitted = [first] + [(whole - first) // others] * others
    for row in table.tr_lst:
        for cell, width in zip(row.tc_lst, fitted, strict=False):
            cell.get_or_add_tcPr().width = Twips(width)
    grid = table.tblGrid
    for column in list(grid):
        grid.remove(column)
    for width in fitted:
        grid.append(OxmlElement("w:gridCol", {qn("w:w"): str(width)}))


def _width(cell: CT_Tc) -> int | None:
    """The cell's width in twips, where it has one."""
    properties = cell.tcPr
    width = None if properties is None else properties.find(qn("w:tcW"))
    if width is None or width.get(qn("w:type")) != "dxa":
        return None
    return int(width.get(qn("w:w")))


def set_sizes(document: WordDocument, look: DocumentLook) -> None:
    """Gives the styles the sizes of the plan's size set and body text.

    A style whose size an office has changed in its template keeps it.
    """
    if (look.size_set, look.body) == (DEFAULT_LOOK.size_set, DEFAULT_LOOK.body):
        return
    sizes = {
        style: (_size(element, DEFAULT_LOOK), _size(element, look))
        for style, element in _STYLE_ELEMENTS.items()
    }
    sizes["Normal"] = (DEFAULT_LOOK.body, look.body)
    for style_id, (built, wanted) in sizes.items():
        style = document.styles.element.get_by_id(style_id)
        if style is not None and style.rPr is not None and style.rPr.sz_val == Pt(built):
            style.rPr.sz_val = Pt(wanted)
    _align_addressees(document, look.body)


def _size(element: nd30.Element, look: DocumentLook) -> int:
    return nd30.size(element, look.size_set, look.body)


def _align_addressees(document: WordDocument, body: int) -> None:
    style = document.styles.element.get_by_id(ADDRESSEE_LINES)
    indents = None if style is None or style.pPr is None else style.pPr.ind
    if indents is not None and indents.left == Twips(addressee_indents(DEFAULT_LOOK.body)[0]):
        left, hanging = addressee_indents(body)
        indents.left, indents.hanging = Twips(left), Twips(hanging)


def draw_rule_lines(document: WordDocument) -> None:
    """Makes each line as long as the decree wants it for the text above, and centres it.

    A line is the upper border of an otherwise empty paragraph; its indents set its length.
    """
    for line in document.element.body.xpath(
        f".//w:p[w:pPr/w:pStyle[@w:val='{RULE_LINE}' or @w:val='{SUBJECT_RULE_LINE}']]"
    ):
        above = line.getprevious()
        element = _RULED.get(above.style or "") if isinstance(above, CT_P) else None
        if element is None or element.rule_line is None:
            continue
        room = _room(line)
        wanted = (element.rule_line.least + element.rule_line.most) / 2
        length = _longest_line(document, above, room) * wanted
        line.get_or_add_pPr().ind_left = Pt((room - length) / 2)
        line.get_or_add_pPr().ind_right = Pt((room - length) / 2)


def _room(paragraph: CT_P) -> float:
    """How wide the column is in which the paragraph stands, in points."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is not None and (width := _width(cell)):
        return width / TWIPS_A_POINT
    section: CT_SectPr = paragraph.xpath("following::w:sectPr[1]")[0]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    return float(Length((page or 0) - (left or 0) - (right or 0)).pt)


def _longest_line(document: WordDocument, paragraph: CT_P, room: float) -> float:
    """The width of the longest line of the paragraph's text as its style sets it, in points."""
    styles = _chain(document, paragraph.style)
    left = _first((each.paragraph_format.left_indent for each in styles), Pt(0))
    right = _first((each.paragraph_format.right_indent for each in styles), Pt(0))
    size = _first((each.font.size for each in styles), Pt(DEFAULT_LOOK.body))
    bold = _first((each.font.bold for each in styles), False)
    italic = _first((each.font.italic for each in styles), False)
    caps = _first((each.font.all_caps for each in styles), False)
    text = paragraph.text.upper() if caps else paragraph.text
    return max(
        longest_line(line, room - left.pt - right.pt, size.pt, bold=bold, italic=italic)
        for line in text.split("\n")
    )


def _chain(document: WordDocument, style_id: str | None) -> list[ParagraphStyle]:
    """A paragraph style and those it is based on."""
    style: BaseStyle | None = document.styles.get_by_id(style_id, WD_STYLE_TYPE.PARAGRAPH)
    chain = []
    while isinstance(style, ParagraphStyle) and style not in chain:
        chain.append(style)
        style = style.base_style
    return chain


def _first(values: Iterable[T | None], default: T) -> T:
    return next((value for value in values if value is not None), default)


def drop_doubled_ids(document: WordDocument) -> None:
    """Removes what a loop has doubled: Word's paragraph ids, and bookmarks of one name."""
    body = document.element.body
    for element in body.iter(qn("w:p"), qn("w:tr")):
        element.attrib.pop(f"{_W14}paraId", None)
        element.attrib.pop(f"{_W14}textId", None)
    names: set[str] = set()
    for start in list(body.iter(qn("w:bookmarkStart"))):
        if (name := start.get(qn("w:name"))) in names:
            start.getparent().remove(start)
        names.add(name)
    ids: set[str] = {start.get(qn("w:id")) for start in body.iter(qn("w:bookmarkStart"))}
    for end in list(body.iter(qn("w:bookmarkEnd"))):
        if end.get(qn("w:id")) not in ids:
            end.getparent().remove(end)
        ids.discard(end.get(qn("w:id")))


def _drop_tag_style(document: WordDocument) -> None:
    style = document.styles.element.get_by_id(TAG)
    if style is not None and not document.element.body.xpath(f".//w:pStyle[@w:val='{TAG}']"):
        document.styles.element.remove(style)
