"""The boxes of a form as Word's content controls, each alone in its table cell.

Every control is found by two ways: by its tag, and by a bookmark in its cell, since LibreOffice
drops tags. A text of several lines is a paragraph a line, since LibreOffice flattens line breaks.
"""

from datetime import date
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from danvan_cli import vietnamese
from danvan_cli.forms import figures
from danvan_cli.forms.boxes import PROMPTS, Box
from danvan_cli.word.file import package
from danvan_cli.word.file.content_controls import bookmark, control, gallery
from danvan_cli.word.file.xml_text import paragraph, parsed, run, value

PLACEHOLDER_STYLE = "PlaceholderText"
_PLACEHOLDER = f"""\
<w:style {nsdecls("w")} w:type="character" w:styleId="{PLACEHOLDER_STYLE}">\
<w:name w:val="Placeholder Text"/><w:basedOn w:val="DefaultParagraphFont"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:rPr><w:color w:val="666666"/></w:rPr></w:style>"""
_DATE_SETTINGS = (
    value("dateFormat", "dd/MM/yyyy")
    + value("lid", package.LANGUAGE)
    + value("storeMappedDataAs", "dateTime")
    + value("calendar", "gregorian")
)
_GROUP = (
    f"<w:sdt><w:sdtPr>{value('id', '0')}{value('lock', 'contentLocked')}<w:group/></w:sdtPr>"
    "<w:sdtContent/></w:sdt>"
)


def box_text(box: Box, text: str, style: str) -> str:
    """What a cell holds that has a control with this text, '' for nothing.

    The text of a choice is its value, that of a day as people write days. The numbers of controls
    and bookmarks are left to `finish_controls`.
    """
    start, end = bookmark(box.bookmark, 0)
    if box.kind in ("prose", "items"):
        lines = text.split("\n") if text else [PROMPTS[box.kind]]
        content = "".join(paragraph(style, content=_run(line, text)) for line in lines)
        # Of a bookmark inside such a control, LibreOffice leaves nothing.
        return start + _control(box, text, content) + end
    content = _run(_shown(box, text) or PROMPTS[box.kind], text)
    return paragraph(style, content=start + _control(box, text, content) + end)


def _control(box: Box, text: str, content: str) -> str:
    kind = _kind(box, text)
    return control(box.title, box.tag, 0, kind, is_empty=not text, content=content)


def _run(shown: str, text: str) -> str:
    """A box without a text shows a prompt."""
    return run(shown, None if text else PLACEHOLDER_STYLE)


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
    (group,) = parsed(_GROUP)
    body.insert(0, group)
    group[-1].extend(element for element in body[1:] if element is not body.sectPr)


def _kind(box: Box, text: str) -> str:
    match box.kind:
        case "choice":
            return _list_of_choices(box)
        case "day":
            return _date_picker(text)
        case "line" | "number":
            return "<w:text/>"
        case "prose" | "items":
            return gallery("docPartList", "Quick Parts")


def _list_of_choices(box: Box) -> str:
    """The first entry, whose value is empty, undoes a choice."""
    items = (
        f"<w:listItem w:displayText={quoteattr(words)} w:value={quoteattr(str(choice))}/>"
        for choice, words in {"": PROMPTS[box.kind], **box.choices}.items()
    )
    return f"<w:dropDownList>{''.join(items)}</w:dropDownList>"


def _date_picker(text: str) -> str:
    day = f' w:fullDate="{vietnamese.parse_day(text).isoformat()}T00:00:00Z"' if text else ""
    return f"<w:date{day}>{_DATE_SETTINGS}</w:date>"


def _shown(box: Box, text: str) -> str:
    match box.kind:
        case "choice":
            return box.choices.get(text, "")
        case "day" if text:
            return _as_picked(vietnamese.parse_day(text))
        case "number" if text:
            return figures.shown(text)
        case _:
            return text


def _as_picked(day: date) -> str:
    """As Word shows a day of that format, so that it does not change under the reader's eyes."""
    return f"{day:%d/%m/%Y}"
