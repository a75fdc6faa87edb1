"""Word's content controls and bookmarks: writing them, and reading their tags and titles."""

from xml.sax.saxutils import quoteattr

from docx.oxml.ns import qn

from danvan_cli.word.file.tracked_changes import XmlElement
from danvan_cli.word.file.xml_text import value

LONGEST_NAME = 64
"""Letters of a control's title or tag that Word keeps."""


def control(
    title: str, tag: str, number: int, kind: str, *, is_empty: bool, content: str = ""
) -> str:
    """The text of a control that cannot be deleted by accident; its content can be edited.

    `number` is its own in the document, `kind` the element for its type; `is_empty`: it
    shows a placeholder. The properties are in the order that ECMA-376, 17.5.2.38 gives them.
    """
    properties = "".join(
        (
            value("alias", title),
            value("tag", tag),
            value("id", str(number)),
            value("lock", "sdtLocked"),
            "<w:showingPlcHdr/>" if is_empty else "",
            kind,
        )
    )
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def gallery(kind: str, name: str) -> str:
    """The kind of a control for any text: 'docPartList' or 'docPartObj' of a gallery.

    LibreOffice 7.4 leaves such controls alone. In rich text ones it loses formatting and new
    paragraphs, and makes a file that no program opens where changes in them are tracked.
    """
    return f"<w:{kind}>{value('docPartGallery', name)}</w:{kind}>"


def bookmark(name: str, number: int) -> tuple[str, str]:
    """The texts where it starts and where it ends; `number` is its own in the document."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>',
        f'<w:bookmarkEnd w:id="{number}"/>',
    )


def setting(control: XmlElement, name: str) -> XmlElement | None:
    """One of a control's properties, as the element that it is; None where it has no such."""
    return control.find(f"{qn('w:sdtPr')}/{qn(f'w:{name}')}")


def tag_of(control: XmlElement) -> str:
    """'' for a control without one."""
    return _value(control, "tag")


def title_of(control: XmlElement) -> str:
    """'' for a control without one."""
    return _value(control, "alias")


def choices_of(control: XmlElement) -> dict[str, str]:
    """The words of a control's list → value, without the prompt to choose one."""
    settings = control.find(qn("w:sdtPr"))
    items = [] if settings is None else list(settings.iter(qn("w:listItem")))
    pairs = ((item.get(qn("w:displayText")), item.get(qn("w:value"), "")) for item in items)
    return {words or value: value for words, value in pairs if value}


def _value(control: XmlElement, name: str) -> str:
    found = setting(control, name)
    return "" if found is None else str(found.get(qn("w:val"), ""))
