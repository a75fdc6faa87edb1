"""A document, parsed for the rules."""

from collections.abc import Mapping

from docx.document import Document as WordDocument
from msgspec import Struct

from danvan_cli.check.elements import parse_elements
from danvan_cli.check.elements.elements import Elements
from danvan_cli.check.reading import lines, sections
from danvan_cli.check.reading.formatting import DocumentFormatting, XmlElement
from danvan_cli.check.reading.lines import Paragraph
from danvan_cli.check.reading.sections import PageNumber, Section


class Examined(Struct, frozen=True):
    """A document parsed once, for all rules.

    `last_section_of_text` is the section that the document itself ends in; what follows is attached
    to it. `has_even_pages`: even pages have headers and footers of their own.
    """

    document: WordDocument
    formatting: DocumentFormatting
    paragraphs: list[Paragraph]
    elements: Elements
    sections: list[Section]
    last_section_of_text: int
    has_even_pages: bool
    page_numbers: Mapping[XmlElement, list[PageNumber]]

    def page_numbers_in(self, part: XmlElement | None) -> list[PageNumber]:
        """The page numbers in a header or footer."""
        return [] if part is None else self.page_numbers[part]


def examine(document: WordDocument) -> Examined:
    formatting = DocumentFormatting(document)
    paragraphs = lines.read(document, formatting)
    elements = parse_elements.elements(paragraphs)
    read = sections.read(document)
    found = (*elements.single.values(), *elements.body_found)
    return Examined(
        document,
        formatting,
        paragraphs,
        elements,
        read,
        page_numbers=sections.page_numbers_by_part(read, formatting),
        last_section_of_text=max((element.last.paragraph.section for element in found), default=0),
        has_even_pages=sections.has_even_pages(document),
    )
