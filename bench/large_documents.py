"""Word documents of any length, each long in its own way, to see that reading them is linear."""

from collections.abc import Callable, Mapping
from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

SENTENCE = (
    "Các cơ quan, đơn vị tổ chức thực hiện đầy đủ, kịp thời các nhiệm vụ được giao; hằng quý báo "
    "cáo kết quả thực hiện về Văn phòng để tổng hợp, trình cấp có thẩm quyền xem xét, quyết định."
)
_TEXT = f"<w:r><w:t>{SENTENCE}</w:t></w:r>"
_RUN = "<w:r><w:t>và </w:t></w:r>"
_CELL = f"<w:tc><w:p>{_RUN}</w:p></w:tc>"
_PAGES = 60
"""Paragraphs that take more than a page, so that no length decides whether numbers are missed."""

_HEAD = "<w:p><w:r><w:t>BÁO CÁO</w:t></w:r></w:p><w:p/><w:p/><w:p/>"


def document(body: str, styles: str = "", lists: str = "", header: str = "") -> bytes:
    """A file with this XML in its body, and after what else is in the other parts."""
    made = docx.Document()
    numbering = made.part.numbering_part.element
    places = [(made.styles.element, styles), (numbering, lists)]
    if header:
        places.append((made.sections[0].header._element, header))
    places.append((made.element.body, body))
    for place, xml in places:
        first = place[0] if place is made.element.body else None
        for element in list(parse_xml(f"<w:all {nsdecls('w')}>{xml}</w:all>")):
            place.append(element) if first is None else first.addprevious(element)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def paragraph(inside: str, properties: str = "") -> str:
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{look}{_TEXT}{inside}</w:p>"


def table(rows: str, columns: int = 0, style: str = "") -> str:
    look = f'<w:tblStyle w:val="{style}"/>' if style else ""
    grid = '<w:gridCol w:w="99"/>' * columns
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _numbered(xml: str, number: int) -> str:
    """The XML as often as said, '#' in it being the number from 1."""
    return "".join(xml.replace("#", str(each)) for each in range(1, number + 1))


BODIES: Mapping[str, Callable[[int], str]] = {
    "runs": lambda number: paragraph(_RUN * number),
    "runs below properties": lambda number: paragraph(_RUN * number, '<w:jc w:val="both"/>'),
    "runs each of its own look": lambda number: paragraph(
        _numbered('<w:r><w:rPr><w:spacing w:val="#"/></w:rPr><w:t>và </w:t></w:r>', number)
    ),
    "insertions": lambda number: paragraph(f"<w:ins>{_RUN}</w:ins>" * number),
    "deletions": lambda number: paragraph(
        "<w:del><w:r><w:delText>và</w:delText></w:r></w:del>" * number
    ),
    "field characters": lambda number: paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        * number
    ),
    "hyperlinks": lambda number: paragraph(f"<w:hyperlink>{_RUN}</w:hyperlink>" * number),
    "tabs": lambda number: paragraph("<w:r><w:tab/><w:t>và</w:t></w:r>" * number),
    "tabs in one run": lambda number: paragraph(f"<w:r>{'<w:tab/><w:t>và</w:t>' * number}</w:r>"),
    "lines": lambda number: paragraph("<w:r><w:br/><w:t>và</w:t></w:r>" * number),
    "lines in one run": lambda number: paragraph(f"<w:r>{'<w:br/><w:t>và</w:t>' * number}</w:r>"),
    "tab stops": lambda number: (
        "<w:p><w:pPr><w:tabs>"
        + _numbered('<w:tab w:val="left" w:pos="#00"/>', number)
        + f"</w:tabs></w:pPr><w:r>{'<w:tab/>' * number}</w:r>{_TEXT}</w:p>"
    ),
    "paragraphs": lambda number: paragraph("") * (_PAGES + number),
    "sections": lambda number: paragraph("") * _PAGES + paragraph("", "<w:sectPr/>") * number,
    "appendices": lambda number: (
        _HEAD + _numbered("<w:p><w:r><w:t>Phụ lục #</w:t></w:r></w:p>", number)
    ),
    "recipients": lambda number: (
        f"{_HEAD}<w:p><w:r><w:t>Nơi nhận:</w:t></w:r></w:p>"
        + "<w:p><w:r><w:t>- Sở Nội vụ;</w:t></w:r></w:p>" * number
    ),
    "addressees": lambda number: (
        f"{_HEAD}<w:p><w:r><w:t>Kính gửi:</w:t></w:r></w:p>"
        + "<w:p><w:r><w:t>- Sở Nội vụ</w:t></w:r></w:p>" * number
    ),
    "rows": lambda number: table(f"<w:tr>{_CELL * 2}</w:tr>" * number, 2),
    "rows of a style with conditions": lambda number: table(
        f"<w:tr>{_CELL * 2}</w:tr>" * number, 2, "LightShading-Accent1"
    ),
    "cells in a row": lambda number: table(f"<w:tr>{_CELL * number}</w:tr>", number, "LightList"),
    "wide cells": lambda number: table(
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr><w:p/></w:tc></w:tr>' * number,
        number,
    ),
    "tables": lambda number: table(f"<w:tr>{_CELL * 2}</w:tr>", 2, "LightList") * number,
}
"""What it is many of → the XML of a body with that number of them."""

FILES: Mapping[str, Callable[[int], bytes]] = {
    **{name: (lambda number, body=body: document(body(number))) for name, body in BODIES.items()},
    "styles": lambda number: document(
        paragraph("") * _PAGES
        + _numbered(f'<w:p><w:pPr><w:pStyle w:val="s#"/></w:pPr>{_TEXT}</w:p>', number),
        styles=_numbered('<w:style w:type="paragraph" w:styleId="s#"/>', number),
    ),
    "lists": lambda number: document(
        paragraph("") * _PAGES
        + _numbered(
            f'<w:p><w:pPr><w:numPr><w:numId w:val="9#"/></w:numPr></w:pPr>{_TEXT}</w:p>', number
        ),
        lists='<w:abstractNum w:abstractNumId="99"><w:lvl w:ilvl="0"/></w:abstractNum>'
        + _numbered('<w:num w:numId="9#"><w:abstractNumId w:val="99"/></w:num>', number),
    ),
    "sections below one header": lambda number: document(
        paragraph("") * _PAGES + paragraph("", "<w:sectPr/>") * number,
        header=paragraph("") * number,
    ),
}
"""The same as whole files, and those that are long in other parts than the body."""
