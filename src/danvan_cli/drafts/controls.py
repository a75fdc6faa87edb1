"""A content control and a bookmark around each passage that `_office.yaml` can hold.

Word keeps both. LibreOffice 7.4 drops a control's tag, but keeps bookmarks.
"""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from msgspec import Struct

from danvan_cli.drafts.passages import Printed, in_one_line
from danvan_cli.word.file.content_controls import LONGEST_NAME, bookmark, control, gallery
from danvan_cli.word.file.text import paragraph_text
from danvan_cli.word.file.tracked_changes import XmlElement
from danvan_cli.word.file.xml_text import parsed
from danvan_cli.word.template.values import PASSAGE_MARK

_GALLERY = "danvan"


class _Line(Struct, frozen=True):
    """A paragraph that a passage's line was printed in."""

    paragraph: XmlElement
    number: int


def enclose(document: WordDocument, passages: Sequence[Printed]) -> None:
    """Replaces the marks of `passages.marked` by controls and bookmarks.

    A passage that a template prints in another way than a paragraph a line, side by side, or more
    than once, gets none.
    """
    body = document.element.body
    lines = list(_taken_out(document))
    control_ids = count(_highest(body, f".//{qn('w:sdtPr')}/{qn('w:id')}", "w:val") + 1)
    bookmark_ids = count(_highest(body, f".//{qn('w:bookmarkStart')}", "w:id") + 1)
    for number, passage in enumerate(passages):
        paragraphs = [line.paragraph for line in lines if line.number == number]
        if paragraphs and _print_just(paragraphs, passage):
            _bookmark(paragraphs, passage, next(bookmark_ids))
            _control(paragraphs, passage, next(control_ids))


def _taken_out(document: WordDocument) -> Iterator[_Line]:
    """The lines in the body, in order; the marks go, and from headers, footers and notes, too."""
    body = document.element.body
    for part in document.part.package.parts:
        root = getattr(part, "element", None)
        if root is None:
            continue
        for mark in list(root.iter(PASSAGE_MARK)):
            paragraph = next(mark.iterancestors(qn("w:p")), None)
            after = mark.getnext()
            if after is not None and after.tag == qn("w:t") and not after.text:
                mark.getparent().remove(after)
            mark.getparent().remove(mark)
            if paragraph is not None and body in paragraph.iterancestors():
                yield _Line(paragraph, int(mark.get("number")))


def _highest(body: XmlElement, path: str, attribute: str) -> int:
    return max((int(element.get(qn(attribute))) for element in body.iterfind(path)), default=0)


def _print_just(paragraphs: Sequence[XmlElement], passage: Printed) -> bool:
    """Whether these paragraphs, side by side, are the passage's lines and nothing else."""
    printed = [in_one_line(paragraph_text(paragraph)) for paragraph in paragraphs]
    return printed == [in_one_line(line) for line in passage.lines] and all(
        above.getnext() is below for above, below in pairwise(paragraphs)
    )


def _bookmark(paragraphs: Sequence[XmlElement], passage: Printed, number: int) -> None:
    first, last = paragraphs[0], paragraphs[-1]
    place = 0 if first.pPr is None else 1
    start, end = parsed("".join(bookmark(passage.name, number)))
    first.insert(place, start)
    last.append(end)


def _control(paragraphs: Sequence[XmlElement], passage: Printed, number: int) -> None:
    """Around the paragraphs; around the text of a line, which stays one paragraph.

    A table's cell has to end with a paragraph, so the last passage in one keeps its bookmark only.
    """
    title, kind = passage.heading[:LONGEST_NAME], gallery("docPartObj", _GALLERY)
    (around,) = parsed(control(title, passage.tag, number, kind, is_empty=passage.is_placeholder))
    content = around[-1]
    last = paragraphs[-1]
    if passage.kind == "line":
        inner = [element for element in last if element.tag != qn("w:pPr")]
        inner[0].addprevious(around)
        content.extend(inner)
    elif last.getnext() is not None:
        paragraphs[0].addprevious(around)
        content.extend(paragraphs)
