"""The table of styles → a Word document's styles part."""

from collections.abc import Iterable
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx_plus.styles import create_style

from danvan_cli.word import decree
from danvan_cli.word.decree import Element
from danvan_cli.word.document.styles import (
    ADDRESSEE_LINES,
    CIRCULATION,
    DEFAULT_SETTINGS,
    GRID,
    RULE_LINE,
    STYLES,
    Style,
)

_GRID_LINES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{decree.COLOR}"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_GRID_STYLE = f"""\
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{GRID}">\
<w:name w:val="Bảng biểu"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>\
<w:tblPr><w:tblBorders>{_GRID_LINES}</w:tblBorders><w:tblCellMar>\
<w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>\
<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>\
</w:tblCellMar></w:tblPr></w:style>"""


def _borders(*edges: str) -> str:
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="0" w:color="{decree.COLOR}"/>'
        for edge in edges
    )
    return f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>"


_BORDERS = {
    RULE_LINE: _borders("top"),
    CIRCULATION: _borders("top", "left", "bottom", "right"),
}


def add_styles(document: WordDocument) -> None:
    """Defines every style in a document that has none."""
    normal = create_style(
        document,
        "Normal",
        custom=False,
        ui_priority=0,
        q_format=True,
        font_size=DEFAULT_SETTINGS.body,
    )
    normal.element.set(qn("w:default"), "1")
    add_paragraph_styles(document, STYLES)
    document.styles.element.append(parse_xml(_GRID_STYLE))
    # Space after the last of several addressees only.
    addressees = document.styles.element.get_by_id(ADDRESSEE_LINES).get_or_add_pPr()
    addressees.insert_element_before(OxmlElement("w:contextualSpacing"), "w:jc")
    for style_id, borders in _BORDERS.items():
        properties = document.styles.element.get_by_id(style_id).get_or_add_pPr()
        properties.insert_element_before(parse_xml(borders), "w:spacing", "w:ind", "w:jc")


def add_paragraph_styles(document: WordDocument, styles: Iterable[Style]) -> None:
    """Adds the styles; Word lists them in this order."""
    for priority, style in enumerate(styles, 1):
        create_style(
            document,
            style.id,
            name=style.name,
            based_on=style.based_on,
            next_style=style.next,
            ui_priority=priority,
            q_format=True,
            **_of_element(style.element) | style.properties,
        )


def _of_element(element: Element | None) -> dict[str, Any]:
    if element is None:
        return {}
    properties: dict[str, Any] = {
        "font_size": decree.size(element, DEFAULT_SETTINGS.size_set, DEFAULT_SETTINGS.body)
    }
    if element.alignment:
        properties["alignment"] = element.alignment
    for name, wanted in (
        ("bold", element.bold),
        ("italic", element.italic),
        ("caps", element.upper),
    ):
        if wanted:
            properties[name] = True
    return properties
