"""What a template's loops and conditions leave that Word would not take, put right.

Ids that a document may hold only once, and cells, rows and tables with nothing left in them.
"""

from itertools import count
from typing import Any

from docx.opc.package import OpcPackage
from docx.oxml.ns import qn
from lxml import etree

_RENDERED = ("document.main+xml", "header+xml", "footer+xml")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPH_IDS = (f"{_W14}paraId", f"{_W14}textId")
_NEED_A_PARAGRAPH = (qn("w:tc"), qn("w:hdr"), qn("w:ftr"), qn("w:txbxContent"))


def clear_up(package: OpcPackage) -> None:
    """Puts right body, headers and footers; the same document always gets the same ids."""
    drawing_ids, control_ids, bookmark_ids = count(1), count(1), count(1)
    bookmarks: set[str] = set()
    for part in sorted(package.parts, key=lambda each: str(each.partname)):
        if not part.content_type.endswith(_RENDERED):
            continue
        root: Any = part.element  # type: ignore[attr-defined]
        _fill_or_drop_what_is_empty(root)
        for drawing in root.iter(qn("wp:docPr")):
            drawing.set("id", str(next(drawing_ids)))
        for control in root.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"):
            control.set(qn("w:val"), str(next(control_ids)))
        _renumber_bookmarks(root, bookmark_ids, bookmarks)
        # Only threads of comments refer to these, and they do so inside the comments' own part.
        etree.strip_attributes(root, *_PARAGRAPH_IDS)


def _fill_or_drop_what_is_empty(root: Any) -> None:
    """From the inside out: a dropped table can leave a cell empty."""
    for element in reversed(list(root.iter(qn("w:tbl"), qn("w:tr"), *_NEED_A_PARAGRAPH))):
        if element.tag in _NEED_A_PARAGRAPH:
            if len(element) == 0 or element[-1].tag not in (qn("w:p"), qn("w:sdt")):
                etree.SubElement(element, qn("w:p"))
        elif next(element.iter(qn("w:tc")), None) is None:
            element.getparent().remove(element)


def _renumber_bookmarks(root: Any, ids: "count[int]", names: set[str]) -> None:
    """Of bookmarks of one name the first stays, as Word would have it."""
    standing: dict[str, str | None] = {}
    for mark in list(root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        old = mark.get(qn("w:id"))
        if mark.tag == qn("w:bookmarkEnd"):
            new = standing.pop(old, None)
        elif mark.get(qn("w:name")) in names:
            new = None
            standing.setdefault(old, None)
        else:
            names.add(mark.get(qn("w:name")))
            new = standing[old] = str(next(ids))
        if new is None:
            mark.getparent().remove(mark)
        else:
            mark.set(qn("w:id"), new)
