"""A Word document's paragraphs in reading order, and the lines and stretches of text in them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import isfinite
from typing import TypeAlias

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from msgspec import Struct

from danvan_cli.check.reading.formatting import (
    TWIPS_A_MM,
    DocumentFormatting,
    ParagraphFormatting,
    TextFormatting,
    XmlElement,
)
from danvan_cli.problems import quoted
from danvan_cli.word.file.numbering import Numbering
from danvan_cli.word.file.tracked_changes import inside, name_of, runs_of, signs

_CELL_MARGIN = 108
"""Twips at either side of a cell where nothing says: Word's own."""

_GAP = re.compile(r"(?<!Số:)\t+|(?<!Số:)(?<!ngày)(?<!tháng)(?<!năm)(?<=\S)[ \u00a0]{5,}(?=[^\s/])")
"""How people separate two columns without a table; not the room left for a number or a day."""


class Cell(Struct, frozen=True):
    """A place in a table: `row`, and the first grid `column`, both from 0; `width` in mm.

    `width` is what text has within the cell's margins, `left` how far the cell begins from the
    table's edge.
    """

    table: XmlElement
    element: XmlElement
    row: int
    column: int
    width: float
    left: float = 0.0


class Stretch(Struct, frozen=True):
    """Text with one formatting, as Word shows it: no hidden text, capitals where Word shows them.

    `is_whole`: nothing else that shows is in its run.
    """

    text: str
    run: XmlElement
    formatting: TextFormatting
    is_whole: bool = True


Stretches: TypeAlias = tuple[Stretch, ...]


class Paragraph(Struct, frozen=True):
    """`number` counts all paragraphs from 1, empty ones and those in tables among them.

    `section` is its section's place from 0, `label` what Word writes before it by itself, `room`
    the width in mm between the edges of its page or cell.
    """

    number: int
    element: XmlElement
    formatting: ParagraphFormatting
    stretches: tuple[Stretch, ...]
    section: int
    room: float
    cell: Cell | None = None
    label: str = ""

    @property
    def text(self) -> str:
        """In one line, with its label."""
        return _in_one_line(f"{self.label} {_joined(self.stretches)}")

    @property
    def lines(self) -> list["Line"]:
        """Its text at line breaks."""
        return [
            Line(self, part, first=place == 0)
            for place, part in enumerate(_split(self.stretches, re.compile("\n")))
        ]

    @property
    def is_empty(self) -> bool:
        return not self.text and not _has_pictures(self.element)

    @property
    def breaks_page(self) -> bool:
        """Whether a page ends in it, or a new one is made to begin with it."""
        breaks = self.element.iter(qn("w:br"))
        before = self.element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
        return before is not None or any(element.get(qn("w:type")) == "page" for element in breaks)

    @property
    def place(self) -> str:
        """'đoạn 12 (“Kết quả thực hiện…”)'."""
        return f"đoạn {self.number} ({quoted(self.text)})" if self.text else f"đoạn {self.number}"


class Line(Struct, frozen=True):
    """A line of a paragraph, or one of two in one line, separated by tabs.

    `first`: it begins its paragraph; `alone`: nothing else is in its line; `leads`: nothing is to
    its left; `indented`: a tab or a wide gap comes before it; `tabs`: how many tabs come before it
    in its line.
    """

    paragraph: Paragraph
    stretches: tuple[Stretch, ...]
    first: bool = True
    alone: bool = True
    leads: bool = True
    indented: bool = False
    tabs: int = 0

    @property
    def text(self) -> str:
        label = f"{self.paragraph.label} " if self.first else ""
        return _in_one_line(label + _joined(self.stretches))

    @property
    def plain(self) -> str:
        """For comparing: small letters without marks, single spaces."""
        return plain(self.text)

    @property
    def visible(self) -> list[Stretch]:
        """The stretches with something to see in them."""
        return [
            stretch
            for stretch in self.stretches
            if stretch.text.strip() and not stretch.formatting.raised
        ]

    @property
    def place(self) -> str:
        return f"đoạn {self.paragraph.number} ({quoted(self.text)})"

    @property
    def is_rule(self) -> bool:
        """Whether it is but a line made of characters."""
        return is_rule(self.text)

    def pieces(self) -> list["Line"]:
        """Its parts between tabs and wide gaps, empty ones left out."""
        spans: list[tuple[int, int]] = []
        tabs_before: list[int] = []
        text = _joined(self.stretches)
        start = tabs = 0
        for match in [*_GAP.finditer(text), None]:
            end = match.start() if match else len(text)
            if text[start:end].strip():
                spans.append((start, end))
                tabs_before.append(tabs)
            if match:
                start, tabs = match.end(), tabs + match[0].count("\t")
        pieces = [
            Line(
                self.paragraph,
                part,
                first=self.first and place == 0,
                alone=len(spans) == 1,
                leads=place == 0,
                indented=spans[place][0] > 0,
                tabs=tabs_before[place],
            )
            for place, part in enumerate(_cut(self.stretches, spans))
        ]
        return pieces or [self]


def read(document: WordDocument, formatting: DocumentFormatting) -> list[Paragraph]:
    """Every paragraph of the body and its tables, text boxes left out."""
    return list(_Reader(document, formatting).paragraphs())


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _in_one_line(
        "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    )


def is_rule(text: str) -> bool:
    return bool(re.fullmatch(r"[_\-–—=*\s]{3,}", text))


def stretches_of(paragraph: XmlElement, formatting: DocumentFormatting) -> tuple[Stretch, ...]:
    """What of a paragraph shows, run by run."""
    stretches = []
    formatting_of = formatting.of_runs_in(paragraph)
    for run in runs_of(paragraph):
        text = "".join(signs(run))
        own = formatting_of(run)
        if text and not own.hidden:
            stretches.append(Stretch(text.upper() if own.upper else text, run, own))
    return tuple(stretches)


class _Reader:
    """Walks through the body, counting paragraphs, sections and automatic numbers."""

    def __init__(self, document: WordDocument, formatting: DocumentFormatting) -> None:
        self._body = document.element.body
        self._formatting = formatting
        self._numbering = Numbering(document)
        self._section = 0
        self._number = 0
        self._rooms = [_room(section) for section in self._body.iter(qn("w:sectPr"))]

    def paragraphs(self) -> Iterator[Paragraph]:
        yield from self._blocks(self._body, None)

    def _blocks(self, parent: XmlElement, cell: Cell | None) -> Iterator[Paragraph]:
        for block in inside(parent, "p", "tbl"):
            if name_of(block) == "p":
                yield self._paragraph(block, cell)
            else:
                yield from self._table(block)

    def _paragraph(self, element: XmlElement, cell: Cell | None) -> Paragraph:
        self._number += 1
        formatting = self._formatting.paragraph(element)
        paragraph = Paragraph(
            number=self._number,
            element=element,
            formatting=formatting,
            stretches=stretches_of(element, self._formatting),
            section=self._section,
            room=cell.width if cell else self._page_room(),
            cell=cell,
            label=self._numbering.label(formatting.numbering, formatting.level),
        )
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            self._section += 1
        return paragraph

    def _page_room(self) -> float:
        return self._rooms[min(self._section, len(self._rooms) - 1)] if self._rooms else 0.0

    def _table(self, table: XmlElement) -> Iterator[Paragraph]:
        columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
        edges = [0.0, *accumulate(_twips(column, "w:w") for column in columns)]
        margins = self._margins(table)
        for row_number, row in enumerate(inside(table, "tr")):
            column = 0
            for element in inside(row, "tc"):
                span = _span(element)
                left, right = (edges[min(edge, len(columns))] for edge in (column, column + span))
                width = _cell_width(element) or right - left
                inner = max(0.0, (width - margins) / TWIPS_A_MM)
                cell = Cell(table, element, row_number, column, inner, left / TWIPS_A_MM)
                yield from self._blocks(element, cell)
                column += span

    def _margins(self, table: XmlElement) -> float:
        """Twips that a cell's text keeps from its left and right edges together."""
        total = 0.0
        for sides in (("w:left", "w:start"), ("w:right", "w:end")):
            total += self._margin(table, sides)
        return total

    def _margin(self, table: XmlElement, sides: Sequence[str]) -> float:
        for properties in self._formatting.table_properties(table):
            for side in sides:
                found = properties.find(f"{qn('w:tblCellMar')}/{qn(side)}")
                if found is not None:
                    return _twips(found, "w:w")
        return _CELL_MARGIN


def _split(stretches: Sequence[Stretch], separator: re.Pattern[str]) -> Iterator[Stretches]:
    """The stretches between the separators, cut where a separator lies within one."""
    text = _joined(stretches)
    separators = list(separator.finditer(text))
    starts = [0, *(match.end() for match in separators)]
    ends = [*(match.start() for match in separators), len(text)]
    return _cut(stretches, zip(starts, ends, strict=True))


def _cut(stretches: Sequence[Stretch], spans: Iterable[tuple[int, int]]) -> Iterator[Stretches]:
    """What of the stretches lies in each span of their text; the spans follow one another.

    In one walk: a paragraph may have as many spans as it has stretches.
    """
    ends = list(accumulate(len(stretch.text) for stretch in stretches))
    seen = [len(stretch.text.strip()) for stretch in stretches]
    first = 0
    for start, end in spans:
        while first < len(ends) and ends[first] <= start:
            first += 1
        cut = []
        place = first
        while place < len(ends) and (begin := ends[place] - len(stretches[place].text)) < end:
            stretch = stretches[place]
            if text := stretch.text[max(0, start - begin) : end - begin]:
                is_whole = stretch.is_whole and len(text.strip()) == seen[place]
                cut.append(Stretch(text, stretch.run, stretch.formatting, is_whole))
            place += 1
        yield tuple(cut)


def _joined(stretches: Sequence[Stretch]) -> str:
    return "".join(stretch.text for stretch in stretches)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _span(cell: XmlElement) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if found is None else max(1, int(_twips(found, "w:val")))


def _cell_width(cell: XmlElement) -> float:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return 0.0 if found is None or found.get(qn("w:type")) != "dxa" else _twips(found, "w:w")


def _room(section: XmlElement) -> float:
    """The width in mm between a section's margins."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return 0.0
    taken = sum(_twips(margins, f"w:{side}") for side in ("left", "right", "gutter"))
    return max(0.0, (_twips(size, "w:w") - taken) / TWIPS_A_MM)


def _twips(element: XmlElement, attribute: str) -> float:
    try:
        twips = float(element.get(qn(attribute)) or 0)
    except ValueError:
        return 0.0
    return twips if isfinite(twips) else 0.0


def _has_pictures(paragraph: XmlElement) -> bool:
    names = ("w:drawing", "w:pict", "w:object")
    return any(next(paragraph.iter(qn(name)), None) is not None for name in names)
