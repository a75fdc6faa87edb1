"""A Word report that somebody may have edited → its text, passage by passage.

Tracked changes count as accepted. Passages are known by their controls' tags, or else by their
bookmarks, since LibreOffice drops the tags.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from msgspec import Struct

from danvan_cli.drafts.passages import BOOKMARK_START, Printed, digest, in_one_line
from danvan_cli.word.file.content_controls import tag_of
from danvan_cli.word.file.text import paragraph_text, text_of
from danvan_cli.word.file.tracked_changes import (
    XmlElement,
    inside,
    is_end_deleted,
    kept_rows,
    name_of,
)

_PRINTED_PROPERTY = "printed."
_LONGEST_PROPERTY = 240
_FRAME_DIGEST_LENGTH = 6
_MARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:sdt"))


class Block(Struct, frozen=True):
    """A paragraph with something in it, or a row of a table that has a heading row.

    `name` is that of the passage it is part of (`Printed.name`), None for all else. A block without
    text is the place of a passage in which nothing stands.
    """

    text: str
    name: str | None = None


class Token(Struct, frozen=True):
    """What the document held when it was made: a passage, or a block of the rest; its digest."""

    digest: str
    name: str | None = None


def blocks(document: WordDocument, passages: Iterable[Printed]) -> list[Block]:
    """The document's text from top to bottom; `passages` are those whose tags are known."""
    walk = _Walk({passage.tag: passage.name for passage in passages})
    walk.go_through(document.element.body, None)
    return list(walk.blocks())


class _Walk:
    """Walks through a body, collecting paragraphs and where bookmarks begin and end.

    A bookmark begins with a paragraph, by number from 0, and ends with one: where it ends before a
    paragraph's text, the one before. The bookmark of a place begins with the next.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._paragraphs: list[tuple[str, str | None]] = []
        self._begins: list[tuple[str, str, int]] = []
        self._ends: dict[str, int] = {}
        self._carried = ""

    def go_through(self, parent: XmlElement, name: str | None) -> None:
        """`name`: that of the passage whose control this is in."""
        for child in inside(parent, "p", "tbl", "sdt", "bookmarkStart", "bookmarkEnd"):
            match name_of(child):
                case "p":
                    self._paragraph(child, name)
                case "tbl":
                    self._table(child, name)
                case "sdt":
                    self.go_through(child, self._tagged(child) or name)
                case "bookmarkStart":
                    self._begin(child, len(self._paragraphs))
                case "bookmarkEnd":
                    self._end(child, len(self._paragraphs) - 1)

    def _tagged(self, control: XmlElement) -> str | None:
        return self._names.get(tag_of(control))

    def _begin(self, mark: XmlElement, number: int) -> None:
        name = mark.get(qn("w:name"), "")
        if name.startswith(BOOKMARK_START):
            self._begins.append((mark.get(qn("w:id")), name, number))

    def _end(self, mark: XmlElement, number: int) -> None:
        self._ends[mark.get(qn("w:id"))] = number

    def _paragraph(self, element: XmlElement, name: str | None) -> None:
        text = self._carried + paragraph_text(element)
        if next(element.iter(*_MARKS), None) is not None:
            name = self._marked(element) or name
        self._add(element, text, name)

    def _marked(self, element: XmlElement) -> str | None:
        """Takes down the bookmarks of a paragraph; the passage whose control is in it."""
        number, name = len(self._paragraphs), None
        has_text = bool(self._carried.strip())
        for child in element.iter():
            kind = name_of(child)
            if kind == "bookmarkStart":
                self._begin(child, number)
            elif kind == "bookmarkEnd":
                self._end(child, number if has_text else number - 1)
            elif kind == "sdt":
                name = self._tagged(child) or name
            has_text = (
                has_text or kind == "sym" or (kind == "t" and bool((child.text or "").strip()))
            )
        return name

    def _add(self, element: XmlElement, text: str, name: str | None) -> None:
        """A paragraph whose end is deleted goes on in the next."""
        goes_on = is_end_deleted(element)
        self._carried = text if goes_on else ""
        if not goes_on:
            self._paragraphs.append((text, name))

    def _table(self, table: XmlElement, name: str | None) -> None:
        """A table with a heading row row by row, any other paragraph by paragraph."""
        rows = list(kept_rows(table))
        heading = f"{qn('w:trPr')}/{qn('w:tblHeader')}"
        by_row = bool(rows) and rows[0].find(heading) is not None
        for row in rows:
            if by_row:
                cells = [in_one_line(text_of(cell)) for cell in inside(row, "tc")]
                self._paragraphs.append((" | ".join(cells), None))
            else:
                for cell in inside(row, "tc"):
                    self.go_through(cell, name)

    def blocks(self) -> Iterator[Block]:
        if self._carried.strip():
            self._paragraphs.append((self._carried, None))
            self._carried = ""
        names = [name for _, name in self._paragraphs]
        held = {name for text, name in self._paragraphs if text.strip()}
        places: dict[int, list[str]] = defaultdict(list)
        free = _Free(names)
        for name, (first, last) in self._spans().items():
            if name in held:
                continue
            if first > last:
                places[first].append(name)
            for number in free.take(first, last):
                names[number] = name
        for number, (text, _) in enumerate(self._paragraphs):
            yield from (Block("", name) for name in places[number])
            if text.strip():
                yield Block(text, names[number])
        yield from (Block("", name) for name in places[len(self._paragraphs)])

    def _spans(self) -> dict[str, tuple[int, int]]:
        """From the first beginning of each name to its last end; LibreOffice makes several."""
        spans: dict[str, tuple[int, int]] = {}
        for mark, name, first in self._begins:
            last = self._ends.get(mark, first)
            before = spans.get(name, (first, last))
            spans[name] = (min(first, before[0]), max(last, before[1]))
        return {
            name: (first, min(last, len(self._paragraphs) - 1))
            for name, (first, last) in spans.items()
        }


class _Free:
    """The paragraphs that have no passage yet; each is found once, however many marks span it."""

    def __init__(self, names: Sequence[str | None]) -> None:
        self._next = [number + bool(name) for number, name in enumerate(names)]
        self._next.append(len(names))

    def take(self, first: int, last: int) -> Iterator[int]:
        """Those from first to last, which are free no more."""
        while first <= last and (number := self._from(first)) <= last:
            self._next[number] = number + 1
            yield number

    def _from(self, number: int) -> int:
        way = []
        while self._next[number] != number:
            way.append(number)
            number = self._next[number]
        for passed in way:
            self._next[passed] = number
        return number


def record(document: Sequence[Block]) -> dict[str, str]:
    """Own properties (`package.stamped`) that say, by digests, what a document holds when made.

    A property of Word's holds 255 characters, so there are several, numbered from 1.
    """
    chunks: list[str] = []
    for token in tokens(document):
        written = f"{token.name}={token.digest}" if token.name else token.digest
        if chunks and len(chunks[-1]) + len(written) < _LONGEST_PROPERTY:
            chunks[-1] += f" {written}"
        else:
            chunks.append(written)
    return {f"{_PRINTED_PROPERTY}{number}": chunk for number, chunk in enumerate(chunks, 1)}


def tokens(document: Sequence[Block]) -> Iterator[Token]:
    """One for each run of blocks of a passage, and one for each block of the rest."""
    for name, group in groupby(document, key=lambda block: block.name):
        texts = [block.text for block in group if block.text]
        if name:
            yield Token(digest(texts), name)
        else:
            yield from (Token(frame_digest(text)) for text in texts)


def frame_digest(text: str) -> str:
    """6 hex digits for a paragraph or row outside the passages."""
    return hashlib.sha256(in_one_line(text).encode()).hexdigest()[:_FRAME_DIGEST_LENGTH]


def recorded(properties: Mapping[str, str]) -> list[Token]:
    """What `record` wrote; empty where the properties are gone."""
    found: list[Token] = []
    for number in range(1, len(properties) + 1):
        for written in properties.get(f"{_PRINTED_PROPERTY}{number}", "").split():
            name, _, known = written.rpartition("=")
            found.append(Token(known, name or None))
    return found
