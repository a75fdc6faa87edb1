"""A document's text, for reading at a terminal."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph


def plain_text(document: bytes) -> str:
    """A line for each paragraph, and for each table row its cells parted by ' | '."""
    lines = _lines(docx.Document(BytesIO(document)).iter_inner_content())
    return "".join(f"{line}\n" for line in lines if line.strip(" |"))


def _lines(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield " | ".join(" / ".join(_cell_lines(cell.text)) for cell in row.cells)


def _cell_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
