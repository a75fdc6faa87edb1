"""A document's body, parsed as it is made: long tables and texts leave the tree on the way.

A tree takes ten times the memory of its text. So of a table's rows and the body's paragraphs, all
but the first and the last ones become text again as soon as enough comes after them; an element
holds their place until the document is saved. What the rest of `word/` reads or changes once
the whole document is there (ids, sections, lines beneath names, rows that a page break may not
part) is never among them.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, islice

from docx.oxml.ns import qn
from docx.oxml.parser import element_class_lookup
from lxml import etree

from danvan_cli.word.document import finish, rule_lines
from danvan_cli.word.document.styles import TAG
from danvan_cli.word.file.package import PLACE
from danvan_cli.word.file.tracked_changes import XmlElement
from danvan_cli.word.template.cleanup import PARAGRAPH_IDS

_FIRST = finish.WHOLE_ROWS + 2
"""What of a table stays at its beginning: its settings, and rows enough that it is a long one."""

_LAST = 8
"""What stays at the end of a table and of the body: more than is ever read again."""

_PIECES_AT_ONCE = 4_000
_CELL, _PARAGRAPH, _ROW, _STYLE = map(qn, ("w:tc", "w:p", "w:tr", "w:pStyle"))
_TABLE, _VALUE = map(qn, ("w:tbl", "w:val"))
_READ_LATER = (
    PLACE,
    *map(qn, ("w:bookmarkEnd", "w:bookmarkStart", "w:gridSpan", "w:sdt", "w:sectPr", "w:tbl")),
    *map(qn, ("w:txbxContent", "wp:docPr")),
)
_STYLES_READ_LATER = {TAG, *rule_lines.STYLES_CHANGED}


def read(pieces: Iterable[str], held: list[bytes]) -> XmlElement:
    """The root of a main part whose XML comes in pieces; what leaves the tree is added to `held`.

    Raises etree.XMLSyntaxError for what is no XML, once there are no more pieces.
    """
    parser = etree.XMLPullParser(events=("start",), tag=qn("w:body"), resolve_entities=False)
    parser.set_element_class_lookup(element_class_lookup)
    body = seen = None
    left = iter(pieces)
    try:
        while some := "".join(islice(left, _PIECES_AT_ONCE)):
            parser.feed(some.encode())
            for _, found in parser.read_events():
                body = found if body is None else body
            if body is not None:
                seen = _take_out_blocks(body, seen, held)
        return parser.close()
    except etree.XMLSyntaxError:
        for _ in left:
            pass  # a mistake in a tag is found here, and is reported first
        raise


def _take_out_blocks(
    body: XmlElement, seen: XmlElement | None, held: list[bytes]
) -> XmlElement | None:
    """Takes out plain children of the body after `seen`; returns the last one examined."""
    new = list(body if seen is None else seen.itersiblings())
    for child in new:
        if child.tag == _TABLE:
            _take_out_rows(child, held)
    for is_plain, run in groupby(new[:-_LAST], _is_plain_paragraph):
        children = list(run)
        seen = _take_out(children, held) if is_plain else children[-1]
    return seen


def _take_out_rows(table: XmlElement, held: list[bytes]) -> None:
    places = table.findall(PLACE)
    new = list(places[-1].itersiblings()) if places else table[_FIRST:]
    rows = new[:-_LAST]
    if not rows:
        return
    most_cells = len(table.tr_lst[0].tc_lst)
    widths = finish.fitted_widths(table)
    for is_plain, run in groupby(rows, lambda row: _is_plain_row(row, most_cells)):
        if is_plain:
            plain = list(run)
            for row in plain if widths else ():
                finish.set_widths(row, widths)
            _take_out(plain, held)


def _take_out(elements: Sequence[XmlElement], held: list[bytes]) -> XmlElement:
    """Takes adjacent elements out of the tree; returns the placeholder for them."""
    place = elements[0].makeelement(PLACE, nsmap={"dv": "urn:danvan:held"})
    elements[0].addprevious(place)
    place.extend(elements)
    etree.strip_attributes(place, *PARAGRAPH_IDS)
    text: bytes = etree.tostring(place, encoding="UTF-8", xml_declaration=False)
    place.clear()
    place.set("number", str(len(held)))
    held.append(text[text.index(b">") + 1 : text.rindex(b"</")])
    return place


def _is_plain_paragraph(element: XmlElement) -> bool:
    return element.tag == _PARAGRAPH and _is_plain(element)


def _is_plain(element: XmlElement) -> bool:
    if next(element.iter(*_READ_LATER), None) is not None:
        return False
    return all(style.get(_VALUE) not in _STYLES_READ_LATER for style in element.iter(_STYLE))


def _is_plain_row(row: XmlElement, most_cells: int) -> bool:
    """Whether it has no more cells than the table's first row, and a paragraph in each of them."""
    cells = list(row.iterchildren(_CELL))
    return (
        row.tag == _ROW
        and 0 < len(cells) <= most_cells
        and all(len(cell) and cell[-1].tag == _PARAGRAPH for cell in cells)
        and _is_plain(row)
    )
