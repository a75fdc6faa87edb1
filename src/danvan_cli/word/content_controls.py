"""Word's content controls and bookmarks: made, and told apart by their tags and titles."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from danvan_cli.word.accepted import XmlElement


def new_control(properties: XmlElement) -> tuple[XmlElement, XmlElement]:
    """A control of these properties, and its content, which is still empty."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.extend((properties, content))
    return control, content


def properties(
    title: str, tag: str, number: int, kind: XmlElement, *, is_empty: bool
) -> XmlElement:
    """Those of a control that cannot be deleted by accident; what it holds can be edited.

    `number` is its own in the document, `kind` the element that says what it holds; `is_empty`: it
    shows a placeholder. They stand in the order that ECMA-376, 17.5.2.38 gives them.
    """
    element = OxmlElement("w:sdtPr")
    values = {
        "w:alias": title,
        "w:tag": tag,
        "w:id": str(number),
        "w:lock": "sdtLocked",
    }
    for name, value in values.items():
        element.append(OxmlElement(name, {qn("w:val"): value}))
    if is_empty:
        element.append(OxmlElement("w:showingPlcHdr"))
    element.append(kind)
    return element


def gallery(kind: str, name: str) -> XmlElement:
    """The kind of a control that holds any text: 'docPartList' or 'docPartObj' of a gallery.

    LibreOffice 7.4 leaves such controls alone. In rich text ones it loses formatting and new
    paragraphs, and makes a file that no program opens where changes in them are tracked.
    """
    element = OxmlElement(f"w:{kind}")
    element.append(OxmlElement("w:docPartGallery", {qn("w:val"): name}))
    return element


def new_bookmark(name: str, number: int) -> tuple[XmlElement, XmlElement]:
    """Where it starts and where it ends; `number` is its own in the document."""
    identity = {qn("w:id"): str(number)}
    start = OxmlElement("w:bookmarkStart", identity | {qn("w:name"): name})
    return start, OxmlElement("w:bookmarkEnd", identity)


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
    """The words of a control's list → value, without those that stand for 'choose'."""
    settings = control.find(qn("w:sdtPr"))
    items = [] if settings is None else list(settings.iter(qn("w:listItem")))
    pairs = ((each.get(qn("w:displayText")), each.get(qn("w:value"), "")) for each in items)
    return {words or value: value for words, value in pairs if value}


def _value(control: XmlElement, name: str) -> str:
    found = setting(control, name)
    return "" if found is None else str(found.get(qn("w:val"), ""))
