"""The thể thức elements of one document: what each is, and its lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from danvan_cli.check.reading.lines import Line, Paragraph
from danvan_cli.check.reading.sides import Side
from danvan_cli.word import decree
from danvan_cli.word.decree import DocumentType, Element


class Found(Struct, frozen=True):
    """An element and its lines; `side` only for what belongs to one half of the page."""

    element: Element
    lines: tuple[Line, ...]
    side: Side | None = None

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def paragraphs(self) -> list[Paragraph]:
        by_number = {line.paragraph.number: line.paragraph for line in self.lines}
        return list(by_number.values())

    @property
    def sizes(self) -> set[float]:
        """In points; only those that could be resolved."""
        return {
            stretch.formatting.size
            for line in self.lines
            for stretch in line.visible
            if stretch.formatting.size
        }


class FoundAppendix(Struct, frozen=True):
    """A phụ lục: the line that says so, its title and reference where it has them, its text."""

    label: Found
    title: Found | None
    reference: Found | None
    paragraphs: list[Paragraph]

    @property
    def section(self) -> int:
        return self.label.first.paragraph.section


Part: TypeAlias = tuple[Paragraph, Element | None]
"""A paragraph of the text, and the element that it is."""


class Elements(Struct, frozen=True, kw_only=True):
    """What was found in a document.

    `kind` is None for a tên loại that the decree does not list, or for none at all. `single` has
    what a document has once, by the element's name; `body` the paragraphs of the text in order,
    each with the element that it is, None for captions and the like; `body_found` those that are
    one; `body_size` the size of most of the running text in points, None where there is none;
    `main` all paragraphs before the appendices.
    """

    paragraphs: list[Paragraph]
    main: Sequence[Paragraph]
    kind: DocumentType | None
    single: Mapping[str, Found]
    legal_bases: Sequence[Found]
    body: Sequence[Part]
    body_found: Sequence[Found]
    body_size: float | None
    appendices: Sequence[FoundAppendix]

    def get(self, element: Element) -> Found | None:
        return self.single.get(element.name)

    def all(self) -> Iterator[Found]:
        """Everything found whose formatting the decree fixes, in the order of its kinds."""
        yield from self.single.values()
        yield from self.legal_bases
        yield from self.body_found
        for appendix in self.appendices:
            yield from (
                found for found in (appendix.label, appendix.title, appendix.reference) if found
            )

    @property
    def is_letter(self) -> bool:
        return self.kind is decree.LETTER


def found_in(body: Sequence[Part]) -> list[Found]:
    """The paragraphs of the text that are an element."""
    return [Found(element, tuple(paragraph.lines)) for paragraph, element in body if element]


def commonest_size(body: Sequence[Part]) -> float | None:
    """The size of most of the running text, in points; None where there is none."""
    letters: dict[float, int] = {}
    for paragraph, element in body:
        if (
            element is not decree.BODY
            and element is not decree.CLAUSE
            and element is not decree.POINT
        ):
            continue
        for stretch in paragraph.stretches:
            if stretch.formatting.size and stretch.text.strip():
                size = stretch.formatting.size
                letters[size] = letters.get(size, 0) + len(stretch.text)
    return max(letters, key=lambda size: letters[size]) if letters else None
