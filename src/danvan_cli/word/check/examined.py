"""A document as the rules see it."""

from docx.document import Document as WordDocument
from msgspec import Struct

from danvan_cli.word.check import anatomy, lines, sections
from danvan_cli.word.check.elements import Elements
from danvan_cli.word.check.lines import Paragraph
from danvan_cli.word.check.look import Looks
from danvan_cli.word.check.sections import Section


class Examined(Struct, frozen=True):
    """A document taken apart once, for all rules."""

    document: WordDocument
    looks: Looks
    paragraphs: list[Paragraph]
    elements: Elements
    sections: list[Section]

    @property
    def last_section_of_text(self) -> int:
        """The section that the document itself ends in; what follows is attached to it."""
        found = (*self.elements.single.values(), *self.elements.body_found())
        return max((each.last.paragraph.section for each in found), default=0)


def examine(document: WordDocument) -> Examined:
    looks = Looks(document)
    paragraphs = lines.read(document, looks)
    elements = anatomy.elements(paragraphs)
    return Examined(document, looks, paragraphs, elements, sections.read(document))
