"""Walks through a Word document's XML as if all its tracked changes were accepted."""

from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

from docx.oxml.ns import qn

XmlElement: TypeAlias = Any

TRANSPARENT = ("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "customXml", "bdo", "dir")
"""Elements that enclose text and change nothing of it."""

AROUND = ("sdt", "sdtContent", *TRANSPARENT)
"""Those, and content controls."""

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""The text that other elements of a run than `w:t` mean."""

_GONE = ("del", "moveFrom")
_PAGE_BREAKS = ("page", "column")


def name_of(element: XmlElement) -> str:
    """'p' for a `w:p`; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inside(
    parent: XmlElement, *names: str, around: Collection[str] = AROUND
) -> Iterator[XmlElement]:
    """The elements with these names in reading order, also those in elements named in `around`.

    For instance the paragraphs and tables of a body, a table's rows, a row's cells.
    """
    for child in parent:
        name = name_of(child)
        if name in names:
            yield child
        elif name in around:
            yield from inside(child, *names, around=around)


def kept_rows(table: XmlElement) -> Iterator[XmlElement]:
    """A table's rows without those that are deleted."""
    for row in inside(table, "tr"):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def is_end_deleted(paragraph: XmlElement) -> bool:
    """Whether the paragraph's mark is deleted, so that its text goes on in the next."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is not None and any(name_of(change) in _GONE for change in mark)


def runs_of(parent: XmlElement) -> Iterator[XmlElement]:
    """The runs that remain once all changes are accepted, those of text boxes left out."""
    return inside(parent, "r")


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
