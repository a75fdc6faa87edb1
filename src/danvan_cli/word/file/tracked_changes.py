"""A Word document's XML as it reads once all its tracked changes are accepted."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from docx.oxml.ns import qn

XmlElement: TypeAlias = Any

TRANSPARENT = ("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "customXml", "bdo", "dir")
"""What stands around text and changes nothing of it."""

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""What elements of a run that are no text stand for."""

_GONE = ("del", "moveFrom")
_PAGE_BREAKS = ("page", "column")


def name_of(element: XmlElement) -> str:
    """'p' for a `w:p`; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inside(parent: XmlElement, name: str) -> Iterator[XmlElement]:
    """A table's rows or a row's cells, those inside content controls among them."""
    for child in parent:
        if name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", *TRANSPARENT):
            yield from inside(child, name)


def kept_rows(table: XmlElement) -> Iterator[XmlElement]:
    """A table's rows without those that are deleted."""
    for row in inside(table, "tr"):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def is_end_deleted(paragraph: XmlElement) -> bool:
    """Whether the paragraph's mark is deleted, so that its text goes on in the next."""
    look = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return look is not None and any(name_of(each) in _GONE for each in look)


def runs_of(parent: XmlElement) -> Iterator[XmlElement]:
    """The runs that stay once all changes are accepted, those of text boxes left out."""
    for child in parent:
        name = name_of(child)
        if name == "r":
            yield child
        elif name in TRANSPARENT:
            yield from runs_of(child)
        elif name == "sdt":
            for content in child.findall(qn("w:sdtContent")):
                yield from runs_of(content)


def signs(run: XmlElement) -> Iterator[str]:
    """The text of a run; a line break is one, a page break is nothing."""
    for child in run:
        name = name_of(child)
        if name == "t":
            yield child.text or ""
        elif name == "br" and child.get(qn("w:type")) in _PAGE_BREAKS:
            yield ""
        elif name in SIGNS:
            yield SIGNS[name]
