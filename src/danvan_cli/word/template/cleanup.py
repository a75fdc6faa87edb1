"""What a template's loops and conditions leave that Word would not take, put right.

Ids that a document may hold only once, cells, rows and tables with nothing left in them, and tables
with other columns than they say.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any

from docx.opc.package import OpcPackage
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.table import CT_Tbl
from lxml import etree

_RENDERED = ("document.main+xml", "header+xml", "footer+xml")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PARAGRAPH_IDS = (f"{_W14}paraId", f"{_W14}textId")
_NEED_A_PARAGRAPH = (qn("w:tc"), qn("w:hdr"), qn("w:ftr"), qn("w:txbxContent"))
# By XPath: a large table has tens of thousands of cells, and Python would make an object of each.
_CELLS = etree.XPath("count(w:tc)", namespaces=nsmap)
_COLUMNS = etree.XPath(
    "count(w:tc[not(w:tcPr/w:gridSpan)]) + sum(w:tc/w:tcPr/w:gridSpan/@w:val)", namespaces=nsmap
)


def clear_up(package: OpcPackage) -> None:
    """Puts right body, headers and footers; the same document always gets the same ids."""
    drawing_ids, control_ids, bookmark_ids = count(1), count(1), count(1)
    bookmarks: set[str] = set()
    for part in sorted(package.parts, key=lambda part: str(part.partname)):
        if not isinstance(part, XmlPart) or not part.content_type.endswith(_RENDERED):
            continue
        root: Any = part.element
        _fill_or_drop_what_is_empty(root)
        for table in root.iter(qn("w:tbl")):
            _count_columns(table)
        for drawing in root.iter(qn("wp:docPr")):
            drawing.set("id", str(next(drawing_ids)))
        for control in root.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"):
            control.set(qn("w:val"), str(next(control_ids)))
        _renumber_bookmarks(root, bookmark_ids, bookmarks)
        # Only threads of comments refer to these, and they do so inside the comments' own part.
        etree.strip_attributes(root, *PARAGRAPH_IDS)


def _fill_or_drop_what_is_empty(root: Any) -> None:
    """From the inside out: a dropped table can leave a cell empty."""
    for element in reversed(list(root.iter(qn("w:tbl"), qn("w:tr"), *_NEED_A_PARAGRAPH))):
        if element.tag in _NEED_A_PARAGRAPH:
            if len(element) == 0 or element[-1].tag not in (qn("w:p"), qn("w:sdt")):
                etree.SubElement(element, qn("w:p"))
        elif next(element.iter(qn("w:tc")), None) is None:
            element.getparent().remove(element)


def _count_columns(table: CT_Tbl) -> None:
    """Gives a table's grid as many columns as its rows have, where a loop has changed that.

    The table keeps its width.
    """
    columns = table.tblGrid.findall(qn("w:gridCol"))
    widths = [float(column.get(qn("w:w"), 0)) for column in columns]
    most_cells = max((int(_CELLS(row)) for row in table.tr_lst), default=0)
    most_columns = max((int(_COLUMNS(row)) for row in table.tr_lst), default=0)
    wanted = max(min(len(widths), most_columns), most_cells)
    if not all(widths) or not wanted or wanted == len(widths):
        return
    if wanted > len(widths):
        average = sum(widths) / wanted
        shrunk = [width * len(widths) / wanted for width in widths]
        widths = shrunk + [average] * (wanted - len(widths))
    else:
        freed = sum(widths[wanted:]) / wanted
        widths = [width + freed for width in widths[:wanted]]
    set_grid(table, widths)


def set_grid(table: CT_Tbl, widths: Iterable[float]) -> None:
    """Gives the table columns of these widths, in twips, in place of its own."""
    grid = table.tblGrid
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        grid.append(OxmlElement("w:gridCol", {qn("w:w"): str(int(width))}))


def _renumber_bookmarks(root: Any, ids: "count[int]", names: set[str]) -> None:
    """Of bookmarks of one name the first stays, as Word would have it."""
    kept: dict[str, str | None] = {}
    for mark in list(root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        old = mark.get(qn("w:id"))
        if mark.tag == qn("w:bookmarkEnd"):
            new = kept.pop(old, None)
        elif mark.get(qn("w:name")) in names:
            new = None
            kept.setdefault(old, None)
        else:
            names.add(mark.get(qn("w:name")))
            new = kept[old] = str(next(ids))
        if new is None:
            mark.getparent().remove(mark)
        else:
            mark.set(qn("w:id"), new)
