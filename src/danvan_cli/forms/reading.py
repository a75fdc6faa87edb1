"""Reads a Word form that a unit filled in: which form it is, and what its places hold.

A value is the text of its whole cell, so that nothing typed beside a control is lost.
"""

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from danvan_cli.files.report_scaffold import Request
from danvan_cli.forms import placeholders, values
from danvan_cli.forms.boxes import BOOKMARK_START
from danvan_cli.forms.building import render_form
from danvan_cli.forms.filled import FilledForm, FormField, is_name
from danvan_cli.word.file import annotations, numbering
from danvan_cli.word.file.content_controls import choices_of, setting, tag_of, title_of
from danvan_cli.word.file.package import own_properties
from danvan_cli.word.file.text import paragraph_text, text_of
from danvan_cli.word.file.tracked_changes import XmlElement, name_of

_BOOKMARKS = {qn("w:bookmarkStart"): qn("w:name"), qn("w:name"): qn("w:val")}
"""Element → the attribute with its name; in a .doc, LibreOffice makes them names of form fields."""


def read(document: WordDocument) -> FilledForm:
    """The form's properties and places; of a document that is no form, whatever it has of them.

    The document is changed: its placeholder texts go, its lists' numbers become text.
    """
    body = document.element.body
    placeholders.remove(document)
    numbering.write_out(document)
    found = _Found(body)
    places = _places(body, found)
    outside = [values.clean(line) for line in _outside(body, found)]
    lines = [line for line in outside if line]
    return FilledForm(
        properties=own_properties(document),
        places=places,
        outside=lines,
        is_locked=_is_locked(body),
        notes=list(annotations.notes(document)),
        pictures=annotations.pictures(document),
    )


def read_empty(request: Request) -> FilledForm:
    """The form that danvan makes, before anyone filled it in."""
    return read(Document(BytesIO(render_form(request, None, rows=1))))


def _is_locked(body: XmlElement) -> bool:
    """Whether all is in the group that danvan made, in which one can write in boxes only."""
    groups = set(body.xpath("w:sdt[w:sdtPr/w:group][w:sdtPr/w:lock/@w:val = 'contentLocked']"))
    others = (element for element in body if element not in groups)
    return bool(groups) and not any(True for element in others for _ in element.iter(qn("w:t")))


def _places(body: XmlElement, found: "_Found") -> list[FormField]:
    """In reading order: each cell with one of our names, and each named control outside tables.

    In tables with such cells, the other cells too: copied rows may have lost their names.
    """
    places: list[FormField] = []
    for element in body.iter(qn("w:tc"), qn("w:sdt")):
        if element in found.hosts:
            places += found.places_in(element)
        elif name_of(element) == "tc" and _above(element, "tbl") in found.tables:
            places.append(found.place(element, element))
    return places


def _outside(body: XmlElement, found: "_Found") -> Iterator[str]:
    """The text of each paragraph that lies in no place."""
    for paragraph in body.iter(qn("w:p")):
        if not any(ancestor in found.hosts for ancestor in paragraph.iterancestors()):
            yield paragraph_text(paragraph)


class _Found:
    """What bears a name, by the cell, or outside tables the control, that it is in."""

    def __init__(self, body: XmlElement) -> None:
        self.controls: dict[XmlElement, list[XmlElement]] = {}
        self.bookmarks: dict[XmlElement, list[str]] = {}
        inner: set[XmlElement] = set()
        for element in body.iter(qn("w:sdt"), *_BOOKMARKS):
            if name_of(element) == "sdt":
                if element not in inner and is_name(tag_of(element), title_of(element)):
                    self.controls.setdefault(_host(element), []).append(element)
                    inner.update(element.iter(qn("w:sdt")))
            elif (name := element.get(_BOOKMARKS[element.tag], "")).startswith(BOOKMARK_START):
                self.bookmarks.setdefault(_host(element), []).append(name)
        self.hosts = self.controls.keys() | self.bookmarks.keys()
        tables = (_above(host, "tbl") for host in self.hosts if name_of(host) == "tc")
        self.tables = {table: number for number, table in enumerate(dict.fromkeys(tables))}

    def places_in(self, host: XmlElement) -> Iterator[FormField]:
        """One place; where cells were merged and so hold several controls, one for each."""
        controls = self.controls.get(host, [])
        bookmarks = tuple(dict.fromkeys(self.bookmarks.get(host, [])))
        names = {(tag_of(control), title_of(control)) for control in controls}
        if len(names) < 2:
            yield self.place(controls[0] if controls else host, host, bookmarks)
            return
        for control in controls:
            yield self.place(control, control)

    def place(
        self, control: XmlElement, source: XmlElement, bookmarks: tuple[str, ...] = ()
    ) -> FormField:
        """The place that `control` names, with all the text of `source`."""
        inside = [control, *source.iter(qn("w:sdt"))]
        lists = (choices_of(element) for element in inside)
        days = (_held_day(element) for element in inside)
        table = _above(source, "tbl")
        before = source.getprevious() if name_of(source) == "tc" else None
        return FormField(
            text=text_of(source),
            tag=tag_of(control),
            title=title_of(control),
            bookmarks=bookmarks,
            choices=next((choices for choices in lists if choices), {}),
            day=next((day for day in days if day), ""),
            table=self.tables.get(table),
            label_cell=text_of(before) if before is not None and name_of(before) == "tc" else "",
        )


def _host(element: XmlElement) -> XmlElement:
    """The cell that a name is for: the one around it, or, of a control around a cell, that one."""
    if name_of(element) == "sdt":
        cell = element.find(f"{qn('w:sdtContent')}/{qn('w:tc')}")
        if cell is not None:
            return cell
    cell = _above(element, "tc")
    if cell is not None:
        return cell
    control = element if name_of(element) == "sdt" else _above(element, "sdt")
    return control if control is not None else element


def _above(element: XmlElement, name: str) -> XmlElement | None:
    return next(element.iterancestors(qn(f"w:{name}")), None)


def _held_day(control: XmlElement) -> str:
    date = setting(control, "date")
    return "" if date is None else str(date.get(qn("w:fullDate"), ""))
