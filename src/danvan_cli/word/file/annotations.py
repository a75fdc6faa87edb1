"""What a Word document has besides its text: comments, notes, headers, footers, pictures."""

import re
from collections.abc import Iterator, Mapping

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from danvan_cli.word.file.text import text_of

_NOTES: Mapping[str, str] = {
    "comments+xml": "ý kiến ghi bên lề",
    "footnotes+xml": "chú thích cuối trang",
    "endnotes+xml": "chú thích cuối văn bản",
    "header+xml": "đầu trang",
    "footer+xml": "chân trang",
}
_PICTURES = [f"local-name() = '{name}'" for name in ("imagedata", "chart", "relIds")]
"""By elements that are one each: of older Word, of a chart, of SmartArt."""


OWN_AUTHOR = "danvan"
"""Who has written the comments in a draft with sources, which nobody has to answer."""


def notes(document: WordDocument) -> Iterator[tuple[str, str]]:
    """Kind and text of comments, notes, headers and footers."""
    for part in document.part.package.parts:
        kinds = [kind for ending, kind in _NOTES.items() if part.content_type.endswith(ending)]
        if not kinds:
            continue
        element = getattr(part, "element", None)
        root = parse_xml(part.blob) if element is None else element
        for note in [root] if root.tag in (qn("w:hdr"), qn("w:ftr")) else root:
            if note.get(qn("w:author")) == OWN_AUTHOR:
                continue
            text = text_of(note)
            if re.search(r"[^\W\d]", text):
                yield kinds[0], text


def pictures(document: WordDocument) -> int:
    """How many pictures, charts and drawn diagrams the body has."""
    body = document.element.body
    return len(body.xpath(f".//a:blip | .//*[{' or '.join(_PICTURES)}]"))
