"""Puts page numbers where the decree wants them, and takes them away elsewhere."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.section import _Header
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx_plus.fields import add_page_number_field

from danvan_cli.check.finding import Repair
from danvan_cli.check.reading.formatting import XmlElement
from danvan_cli.check.reading.sections import Section
from danvan_cli.word import decree


def add(document: WordDocument, section: Section) -> Repair:
    """A centred number in the header of a section that has none."""

    def write() -> None:
        header = _word_section(document, section).header
        _make(document, header)
        is_free = header.paragraphs and not _has_text(header._element)
        paragraph = header.paragraphs[0] if is_free else header.add_paragraph()
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.first_line_indent = Pt(0)
        add_page_number_field(paragraph)
        for run in paragraph.runs:
            run.font.name = decree.FONT
            run.font.size = Pt(decree.PAGE_NUMBER.sizes.most)
            run.font.bold = run.font.italic = False
        if section.number == 0:
            _hide(document, section)

    return write


def remove(part: XmlElement) -> Repair:
    """Takes the paragraphs with page numbers out of a header or footer."""

    def write() -> None:
        for paragraph in list(part.iter(qn("w:p"))):
            if _has_field(paragraph):
                _empty(paragraph)

    return write


def hide_on_first_page(document: WordDocument, section: Section) -> Repair:
    def write() -> None:
        _hide(document, section)

    return write


def centre(paragraph: XmlElement) -> Repair:
    """Centred between the margins, out of any frame, without tabs before it."""

    def write() -> None:
        formatting = WordParagraph(paragraph, None).paragraph_format  # type: ignore[arg-type]
        formatting.alignment = WD_ALIGN_PARAGRAPH.CENTER
        formatting.first_line_indent = formatting.left_indent = formatting.right_indent = Pt(0)
        for frame in list(paragraph.pPr.iter(qn("w:framePr"))):
            paragraph.pPr.remove(frame)
        for run in paragraph.iter(qn("w:r")):
            for tab in run.findall(qn("w:tab")) + run.findall(qn("w:ptab")):
                run.remove(tab)

    return write


def set_format(section: Section, value: str | None) -> Repair:
    return _set(section, "w:fmt", value)


def set_start(section: Section, value: int | None) -> Repair:
    return _set(section, "w:start", None if value is None else str(value))


def use_one_header(document: WordDocument) -> Repair:
    """The same header on odd and even pages."""

    def write() -> None:
        document.settings.odd_and_even_pages_header_footer = False

    return write


def use_no_first_header(section: Section) -> Repair:
    """The header of all pages on the section's first one, too."""

    def write() -> None:
        for mark in section.properties.findall(qn("w:titlePg")):
            section.properties.remove(mark)

    return write


def _set(section: Section, attribute: str, value: str | None) -> Repair:
    def write() -> None:
        pages = section.properties.find(qn("w:pgNumType"))
        if pages is None:
            pages = section.properties.makeelement(qn("w:pgNumType"))
            margins = section.properties.find(qn("w:pgMar"))
            margins.addnext(pages)
        if value is None:
            pages.attrib.pop(qn(attribute), None)
        else:
            pages.set(qn(attribute), value)

    return write


def _hide(document: WordDocument, section: Section) -> None:
    """A first page of its own, whose header and footer have no number."""
    word_section = _word_section(document, section)
    for existing in (section.headers.get("first"), section.footers.get("first")):
        if existing is not None:
            remove(existing)()
    if "first" not in section.headers:
        _make(document, word_section.first_page_header)
    word_section.different_first_page_header_footer = True


def _make(document: WordDocument, header: _Header) -> None:
    """A header of the section's own, in a style that the document has."""
    if not header.is_linked_to_previous:
        return
    header.is_linked_to_previous = False
    known = {style.style_id for style in document.styles}
    for style in list(header._element.iter(qn("w:pStyle"))):
        if style.get(qn("w:val")) not in known:
            style.getparent().remove(style)


def _word_section(document: WordDocument, section: Section) -> WordSection:
    return WordSection(section.properties, document.part)


def _has_field(paragraph: XmlElement) -> bool:
    simple = any(
        "PAGE" in (field.get(qn("w:instr")) or "") for field in paragraph.iter(qn("w:fldSimple"))
    )
    return simple or any("PAGE" in (code.text or "") for code in paragraph.iter(qn("w:instrText")))


def _has_text(part: XmlElement) -> bool:
    return any((piece.text or "").strip() for piece in part.iter(qn("w:t")))


def _empty(paragraph: XmlElement) -> None:
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
