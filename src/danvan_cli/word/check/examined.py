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

    def is_appendix(self, section: Section) -> bool:
        """Whether an appendix begins in the section, or the section goes on with one."""
        starts = [each.section for each in self.elements.appendices]
        return bool(starts) and section.number >= min(starts) and not self._has_main(section)

    def _has_main(self, section: Section) -> bool:
        return any(each.section == section.number and each.text for each in self.elements.main)


def examine(document: WordDocument) -> Examined:
    looks = Looks(document)
    paragraphs = lines.read(document, looks)
    elements = anatomy.elements(paragraphs)
    return Examined(document, looks, paragraphs, elements, sections.read(document))
