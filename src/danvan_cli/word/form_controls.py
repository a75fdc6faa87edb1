"""The boxes of a form as Word's content controls, each alone in its table cell.

Every control is found by two ways: by its tag, and by a bookmark in its cell, since LibreOffice
drops tags. A text of several lines is a paragraph a line, since LibreOffice flattens line breaks.
"""

from datetime import date

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import _Cell

from danvan_cli import vietnamese
from danvan_cli.form import PROMPTS, Box
from danvan_cli.word import package
from danvan_cli.word.accepted import XmlElement
from danvan_cli.word.content_controls import gallery, new_bookmark, new_control, properties

PLACEHOLDER_STYLE = "PlaceholderText"
_PLACEHOLDER = f"""\
<w:style {nsdecls("w")} w:type="character" w:styleId="{PLACEHOLDER_STYLE}">\
<w:name w:val="Placeholder Text"/><w:basedOn w:val="DefaultParagraphFont"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:rPr><w:color w:val="666666"/></w:rPr></w:style>"""
_DATE_FORMAT = "dd/MM/yyyy"


def fill_cell(cell: _Cell, box: Box, text: str, style: str) -> None:
    """Puts a control with this text, '' for nothing, into a cell that is still empty.

    The text of a choice is its value, that of a day as people write days.
    """
    kind = _kind(box, text)
    control, content = new_control(properties(box.title, box.tag, 0, kind, is_empty=not text))
    start, end = new_bookmark(box.bookmark, 0)
    if box.kind in ("prose", "items"):
        lines = text.split("\n") if text else [PROMPTS[box.kind]]
        content.extend(_paragraph(style, _run(line, is_prompt=not text)) for line in lines)
        # Of a bookmark inside such a control, LibreOffice leaves nothing.
        cell._tc.extend((start, control, end))
    else:
        content.append(_run(_shown(box, text) or PROMPTS[box.kind], is_prompt=not text))
        cell._tc.append(_paragraph(style, start, control, end))


def finish_controls(document: WordDocument) -> None:
    """Numbers all controls and bookmarks, and defines the style of their prompts."""
    body = document.element.body
    for number, identity in enumerate(body.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"), 1):
        identity.set(qn("w:val"), str(number))
    # No two of them overlap.
    for mark in ("w:bookmarkStart", "w:bookmarkEnd"):
        for number, element in enumerate(body.iter(qn(mark)), 1):
            element.set(qn("w:id"), str(number))
    document.styles.element.append(parse_xml(_PLACEHOLDER))


def lock_all_else(document: WordDocument) -> None:
    """Puts the whole text into a group control: in Word, nothing but the controls in it changes.

    Word's own 'Group'. Protecting the document as a form would keep LibreOffice 7.4 from filling in
    content controls, too.
    """
    body = document.element.body
    group_properties = OxmlElement("w:sdtPr")
    for name, attributes in (
        ("id", {qn("w:val"): "0"}),
        ("lock", {qn("w:val"): "contentLocked"}),
        ("group", {}),
    ):
        group_properties.append(OxmlElement(f"w:{name}", attributes))
    group, content = new_control(group_properties)
    content.extend(each for each in list(body) if each is not body.sectPr)
    body.insert(0, group)


def _kind(box: Box, text: str) -> XmlElement:
    match box.kind:
        case "choice":
            return _list_of_choices(box)
        case "day":
            return _date_picker(text)
        case "line" | "number":
            return OxmlElement("w:text")
        case "prose" | "items":
            return gallery("docPartList", "Quick Parts")


def _list_of_choices(box: Box) -> BaseOxmlElement:
    """The first entry, whose value is empty, undoes a choice."""
    element = OxmlElement("w:dropDownList")
    for value, words in {"": PROMPTS[box.kind], **box.choices}.items():
        item = {qn("w:displayText"): words, qn("w:value"): str(value)}
        element.append(OxmlElement("w:listItem", item))
    return element


def _date_picker(text: str) -> BaseOxmlElement:
    chosen = {}
    if text:
        chosen[qn("w:fullDate")] = f"{vietnamese.parse_day(text).isoformat()}T00:00:00Z"
    element = OxmlElement("w:date", chosen)
    for name, value in (
        ("dateFormat", _DATE_FORMAT),
        ("lid", package.LANGUAGE),
        ("storeMappedDataAs", "dateTime"),
        ("calendar", "gregorian"),
    ):
        element.append(OxmlElement(f"w:{name}", {qn("w:val"): value}))
    return element


def _shown(box: Box, text: str) -> str:
    match box.kind:
        case "choice":
            return box.choices.get(text, "")
        case "day" if text:
            return _as_picked(vietnamese.parse_day(text))
        case "number" if text:
            return vietnamese.number(int(text))
        case _:
            return text


def _as_picked(day: date) -> str:
    """As Word shows a day of that format, so that it does not change under the reader's eyes."""
    return f"{day:%d/%m/%Y}"


def _paragraph(style: str, *content: BaseOxmlElement) -> BaseOxmlElement:
    paragraph = OxmlElement("w:p")
    paragraph.style = style
    paragraph.extend(content)
    return paragraph


def _run(text: str, *, is_prompt: bool) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    if is_prompt:
        run.style = PLACEHOLDER_STYLE
    run.text = text
    return run
