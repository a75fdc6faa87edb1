"""Paragraphs, tables and rows as WordprocessingML text, which is parsed in one go.

To build a large table element by element takes ten times as long as to write it and parse it.
The `w` of these texts is declared by what they are put into (`parsed`).
"""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from danvan_cli.characters import without_invisible
from danvan_cli.word.file.tracked_changes import XmlElement

_TWIPS_A_MM = 1440 / 25.4
_NO_TEXT = re.compile("([\t\n\r])")


def mm_in_twips(mm: float) -> int:
    """A length in twips, rounded up, so that a least length stays one."""
    return -int(-mm * _TWIPS_A_MM // 1)


def parsed(xml: str) -> list[XmlElement]:
    """The elements of the text, in order."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


def value(name: str, text: str) -> str:
    """An empty element with its `w:val`."""
    return f"<w:{name} w:val={quoteattr(text)}/>"


def run(text: str, style: str | None = None) -> str:
    """`style`: the id of a character style."""
    properties = f"<w:rPr>{value('rStyle', style)}</w:rPr>" if style else ""
    content = "".join(map(_run_content, _NO_TEXT.split(without_invisible(text))))
    return f"<w:r>{properties}{content}</w:r>"


def _run_content(part: str) -> str:
    match part:
        case "":
            return ""
        case "\t":
            return "<w:tab/>"
        case "\n" | "\r":
            return "<w:br/>"
        case _:
            kept = ' xml:space="preserve"' if part != part.strip() else ""
            return f"<w:t{kept}>{escape(part)}</w:t>"


def paragraph(style: str, text: str = "", *, kept: bool | None = None, content: str = "") -> str:
    """A paragraph of the style with this id, with a text, or with `content` as XML text.

    `kept`: on one page with the next; None leaves that to the style.
    """
    keeping = {None: "", True: "<w:keepNext/>", False: value("keepNext", "0")}[kept]
    inside = content or (run(text) if text else "")
    return f"<w:p><w:pPr>{value('pStyle', style)}{keeping}</w:pPr>{inside}</w:p>"


def cell(
    width: float,
    content: str = "",
    *,
    span: int = 1,
    shade: str | None = None,
    middle: bool = False,
) -> str:
    """A cell so wide (mm), over `span` columns; `shade` is a colour as 'RRGGBB'."""
    properties = f'<w:tcW w:w="{mm_in_twips(width)}" w:type="dxa"/>'
    if span > 1:
        properties += value("gridSpan", str(span))
    if shade:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'
    if middle:
        properties += value("vAlign", "center")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, heading: bool = False) -> str:
    """A row that no page break cuts; every page repeats one that is a `heading`."""
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[float], rows: Iterable[str], style: str | None = None) -> str:
    """A table whose columns are as wide as given (mm)."""
    columns = "".join(f'<w:gridCol w:w="{mm_in_twips(width)}"/>' for width in widths)
    named = value("tblStyle", style) if style else ""
    conditions = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"/>'
    # LibreOffice does not take these from the default table style.
    flush = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f"<w:tbl><w:tblPr>{named}"
        f'<w:tblW w:w="{sum(map(mm_in_twips, widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>'
        f"{conditions if style else f'<w:tblCellMar>{flush}</w:tblCellMar>'}</w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
