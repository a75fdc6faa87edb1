"""A document's text, for reading at a terminal and for comparing."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from danvan_cli.word.file.unbroken import as_typed

_TEXTS = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
_WORD_PARTS = "wordprocessingml"


def plain_text(document: bytes) -> str:
    """A line for each paragraph, and for each table row its cells parted by ' | '."""
    lines = _lines(docx.Document(BytesIO(document)).iter_inner_content())
    return "".join(f"{as_typed(line)}\n" for line in lines if line.strip(" |"))


def _lines(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield " | ".join(" / ".join(_cell_lines(cell.text)) for cell in row.cells)


def _cell_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def paragraphs(document: WordDocument) -> list[str]:
    """The text of each paragraph of the body, headers, footers and notes; blank ones left out."""
    parts = document.part.package.iter_parts()
    texts: list[str] = []
    for part in sorted(parts, key=lambda part: part.partname):
        if _WORD_PARTS in part.content_type and part.content_type.endswith("+xml"):
            # A part of notes is parsed XML once docx_plus has been imported, else plain bytes.
            root = part._element if isinstance(part, XmlPart) else etree.fromstring(part.blob)
            texts += map(_text, root.iter(qn("w:p")))
    return [text for text in texts if text]


def _text(paragraph: etree._Element) -> str:
    """Without that of a text box in it, which has paragraphs of its own."""
    pieces = (
        (element.text or "") if (shown := _TEXTS[element.tag]) is None else shown
        for element in paragraph.iter(*_TEXTS)
        if next(element.iterancestors(qn("w:p"))) is paragraph
        and (element.tag == qn("w:t") or element.getparent().tag == qn("w:r"))
    )
    return " ".join("".join(pieces).split())
