"""A document's sections: paper, margins, and the headers and footers in force in each."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx_plus.core.oxml import on_off
from msgspec import Struct

from danvan_cli.check.reading.formatting import TWIPS_A_MM, DocumentFormatting, XmlElement
from danvan_cli.check.reading.lines import Line, Paragraph, Stretch, stretches_of

HEADER = "w:headerReference"
FOOTER = "w:footerReference"


class PageNumber(Struct, frozen=True):
    """A PAGE field: its paragraph, as a line of its own, and whether that is centred."""

    line: Line
    is_centred: bool


class Margins(Struct, frozen=True):
    """In mm; the gutter counts to the left."""

    top: float
    bottom: float
    left: float
    right: float


class Section(Struct, frozen=True, kw_only=True):
    """A section; `headers` and `footers` by kind ('default', 'first', 'even'), inherited ones too.

    `start` and `format` are those of its page numbers, where it says so.
    """

    number: int
    properties: XmlElement
    width: float
    height: float
    margins: Margins | None
    headers: Mapping[str, XmlElement]
    footers: Mapping[str, XmlElement]
    has_first_page: bool
    start: int | None
    format: str | None
    begins_page: bool

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height

    def parts_in_use(self, *, even_pages: bool) -> list[tuple[str, XmlElement]]:
        """'đầu trang' or 'chân trang' with each header and footer that some page shows."""
        kinds = ["default"]
        kinds += ["first"] if self.has_first_page else []
        kinds += ["even"] if even_pages else []
        return [
            (words, parts[kind])
            for words, parts in (("đầu trang", self.headers), ("chân trang", self.footers))
            for kind in kinds
            if kind in parts
        ]


def read(document: WordDocument) -> list[Section]:
    """The sections in order; what one does not say of headers, it has from the one before."""
    sections: list[Section] = []
    headers: dict[str, XmlElement] = {}
    footers: dict[str, XmlElement] = {}
    for number, properties in enumerate(document.element.body.iter(qn("w:sectPr"))):
        headers |= _parts(document, properties, HEADER)
        footers |= _parts(document, properties, FOOTER)
        sections.append(_section(number, properties, dict(headers), dict(footers)))
    return sections


def page_numbers_by_part(
    sections: Sequence[Section], formatting: DocumentFormatting
) -> dict[XmlElement, list[PageNumber]]:
    """The page numbers of every header and footer; very many sections may share one."""
    parts = (
        part
        for section in sections
        for part in (*section.headers.values(), *section.footers.values())
    )
    return {part: _page_numbers(part, formatting) for part in dict.fromkeys(parts)}


def _page_numbers(part: XmlElement, formatting: DocumentFormatting) -> list[PageNumber]:
    return [
        PageNumber(_line(paragraph, formatting), _is_centred(paragraph, formatting))
        for paragraph in part.iter(qn("w:p"))
        if any(_is_page_field(instruction) for instruction in _instructions(paragraph))
    ]


def has_even_pages(document: WordDocument) -> bool:
    """Whether even pages have headers of their own."""
    try:
        part: Any = document.part.part_related_by(RELATIONSHIP.SETTINGS)
    except KeyError:
        return False
    return _is_on(part.element, "w:evenAndOddHeaders")


def paragraphs_of(part: XmlElement, formatting: DocumentFormatting) -> list[Paragraph]:
    """The paragraphs of a header or footer, which have no number."""
    return [_paragraph(paragraph, formatting) for paragraph in part.iter(qn("w:p"))]


def _parts(document: WordDocument, properties: XmlElement, name: str) -> dict[str, XmlElement]:
    found = {}
    for reference in properties.findall(qn(name)):
        part: Any = document.part.related_parts.get(reference.get(qn("r:id")))
        if isinstance(part, XmlPart):
            found[reference.get(qn("w:type"), "default")] = part.element
    return found


def _section(
    number: int,
    properties: XmlElement,
    headers: dict[str, XmlElement],
    footers: dict[str, XmlElement],
) -> Section:
    size, pages = properties.find(qn("w:pgSz")), properties.find(qn("w:pgNumType"))
    kind = properties.find(qn("w:type"))
    return Section(
        number=number,
        properties=properties,
        width=_mm(size, "w:w"),
        height=_mm(size, "w:h"),
        margins=_margins(properties.find(qn("w:pgMar"))),
        headers=headers,
        footers=footers,
        has_first_page=_is_on(properties, "w:titlePg"),
        start=_start(pages),
        format=None if pages is None else pages.get(qn("w:fmt")),
        begins_page=kind is None or kind.get(qn("w:val")) != "continuous",
    )


def _margins(element: XmlElement | None) -> Margins | None:
    if element is None:
        return None
    return Margins(
        top=abs(_mm(element, "w:top")),
        bottom=abs(_mm(element, "w:bottom")),
        left=_mm(element, "w:left") + _mm(element, "w:gutter"),
        right=_mm(element, "w:right"),
    )


def _line(paragraph: XmlElement, formatting: DocumentFormatting) -> Line:
    """Its text; of a field that was never computed, a digit with the formatting of its code."""
    read = _paragraph(paragraph, formatting)
    shown = read.stretches
    if not any(stretch.text.strip() for stretch in shown):
        formatting_of = formatting.of_runs_in(paragraph)
        codes = (run for run in paragraph.iter(qn("w:r")) if _has_code(run))
        shown = tuple(Stretch("2", run, formatting_of(run)) for run in codes)
    return Line(read, shown)


def _has_code(run: XmlElement) -> bool:
    return run.find(qn("w:instrText")) is not None


def _paragraph(paragraph: XmlElement, formatting: DocumentFormatting) -> Paragraph:
    return Paragraph(
        number=0,
        element=paragraph,
        formatting=formatting.paragraph(paragraph),
        stretches=stretches_of(paragraph, formatting),
        section=0,
        room=0,
    )


def _instructions(paragraph: XmlElement) -> Iterator[str]:
    for simple in paragraph.iter(qn("w:fldSimple")):
        yield simple.get(qn("w:instr")) or ""
    yield "".join(code.text or "" for code in paragraph.iter(qn("w:instrText")))


def _is_page_field(instruction: str) -> bool:
    return "PAGE" in instruction.upper().replace("\\", " ").split()


def _is_centred(paragraph: XmlElement, formatting: DocumentFormatting) -> bool:
    frame = formatting.in_force(paragraph, "w:framePr")
    if frame is not None and frame.get(qn("w:xAlign")) is not None:
        return bool(frame.get(qn("w:xAlign")) == "center")
    own = formatting.paragraph(paragraph)
    if own.alignment == "center":
        return True
    reached = next(paragraph.iter(qn("w:ptab")), None)
    if reached is not None:
        return bool(reached.get(qn("w:alignment")) == "center")
    tabs = sum(1 for run in paragraph.iter(qn("w:r")) for _ in run.iter(qn("w:tab")))
    stops: Sequence[tuple[float, str]] = own.tabs
    return 0 < tabs <= len(stops) and stops[tabs - 1][1] == "center"


def _start(pages: XmlElement | None) -> int | None:
    written = None if pages is None else pages.get(qn("w:start"))
    return int(written) if written and written.isdigit() else None


def _is_on(parent: XmlElement, name: str) -> bool:
    found = parent.find(qn(name))
    return found is not None and on_off(found.get(qn("w:val")), absent=True)


def _mm(element: XmlElement | None, attribute: str) -> float:
    try:
        written = None if element is None else element.get(qn(attribute))
        twips = float(written or 0)
    except ValueError:
        return 0.0
    return twips / TWIPS_A_MM if isfinite(twips) else 0.0
