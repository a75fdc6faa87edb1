"""Changes the formatting of runs, paragraphs and sections to what the decree requires."""

from collections.abc import Callable, Iterable, Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.parfmt import ParagraphFormat
from docx.text.run import Run

from danvan_cli.check.finding import Repair
from danvan_cli.check.reading.formatting import XmlElement
from danvan_cli.check.reading.lines import Stretch
from danvan_cli.word import decree
from danvan_cli.word.file.tracked_changes import runs_of

_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_LEADING = (qn("w:tab"), qn("w:ptab"))


def size(stretches: Sequence[Stretch], points: float) -> Repair | None:
    return _for_runs(stretches, lambda run: setattr(run.font, "size", Pt(points)))


def bold(stretches: Sequence[Stretch], wanted: bool) -> Repair | None:
    return _for_runs(stretches, lambda run: setattr(run.font, "bold", wanted))


def italic(stretches: Sequence[Stretch], wanted: bool) -> Repair | None:
    return _for_runs(stretches, lambda run: setattr(run.font, "italic", wanted))


def color(stretches: Sequence[Stretch]) -> Repair | None:
    def blacken(run: Run) -> None:
        run.font.color.rgb = RGBColor.from_string(decree.COLOR)

    return _for_runs(stretches, blacken)


def font(stretches: Sequence[Stretch]) -> Repair | None:
    """Every script of the run in the decree's font, whatever the theme says."""

    def write(run: Run) -> None:
        properties = run._r.get_or_add_rPr()
        for fonts in properties.findall(qn("w:rFonts")):
            properties.remove(fonts)
        run.font.name = decree.FONT
        fonts = properties.find(qn("w:rFonts"))
        for script in ("w:eastAsia", "w:cs"):
            fonts.set(qn(script), decree.FONT)

    return _for_runs(stretches, write)


def alignment(paragraph: XmlElement, wanted: decree.Alignment) -> Repair:
    def write() -> None:
        _format(paragraph).alignment = _ALIGNMENTS[wanted]

    return write


def first_line(paragraph: XmlElement, mm: float) -> Repair:
    """The first line so far from the margin, the others at it; leading tabs go."""

    def write() -> None:
        _drop_leading_tabs(paragraph)
        formatting = _format(paragraph)
        formatting.left_indent, formatting.right_indent = Mm(0), Mm(0)
        formatting.first_line_indent = Mm(mm)
        indents = paragraph.pPr.find(qn("w:ind"))
        for attribute in [name for name in indents.attrib if name.endswith("Chars")]:
            del indents.attrib[attribute]  # Word prefers these, in characters, to lengths.

    return write


def no_first_line(paragraph: XmlElement) -> Repair:
    """Without an indent of the first line."""

    def write() -> None:
        _format(paragraph).first_line_indent = Mm(0)

    return write


def at_the_edge(paragraph: XmlElement) -> Repair:
    """Without any indent at the left."""

    def write() -> None:
        formatting = _format(paragraph)
        formatting.left_indent = formatting.first_line_indent = Mm(0)

    return write


def space_above(paragraph: XmlElement, points: float) -> Repair:
    def write() -> None:
        _format(paragraph).space_before = Pt(points)
        properties = paragraph.get_or_add_pPr()
        for contextual in properties.findall(qn("w:contextualSpacing")):
            properties.remove(contextual)
        off = OxmlElement("w:contextualSpacing")
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, "w:mirrorIndents", *_AFTER_CONTEXTUAL)

    return write


def line_spacing(paragraph: XmlElement, lines: float) -> Repair:
    def write() -> None:
        _format(paragraph).line_spacing = float(lines)

    return write


def together(repairs: Iterable[Repair | None]) -> Repair:
    """One after the other, those that there are."""
    every = [repair for repair in repairs if repair is not None]

    def write() -> None:
        for repair in every:
            repair()

    return write


def set_section(section: XmlElement, name: str, **values: float) -> Repair:
    """Attributes, lengths in mm, of `w:pgSz` or `w:pgMar`."""

    def write() -> None:
        element = section.get_or_add_pgSz() if name == "w:pgSz" else section.get_or_add_pgMar()
        for attribute, mm in values.items():
            element.set(qn(f"w:{attribute}"), str(round(Length(Mm(mm)).twips)))

    return write


_AFTER_CONTEXTUAL = (
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)
"""What the schema has come behind w:contextualSpacing and w:mirrorIndents."""


def _for_runs(stretches: Sequence[Stretch], change: Callable[[Run], object]) -> Repair | None:
    """None where a run also has text that is not meant: another element beyond a tab."""
    if not all(stretch.is_whole for stretch in stretches):
        return None
    runs = list({id(stretch.run): stretch.run for stretch in stretches}.values())

    def write() -> None:
        for run in runs:
            change(Run(run, None))  # type: ignore[arg-type]

    return write


def _format(paragraph: XmlElement) -> ParagraphFormat:
    formatting: ParagraphFormat = WordParagraph(paragraph, None).paragraph_format  # type: ignore[arg-type]
    return formatting


def _drop_leading_tabs(paragraph: XmlElement) -> None:
    for run in runs_of(paragraph):
        for child in list(run):
            if child.tag in _LEADING:
                run.remove(child)
            elif child.tag == qn("w:t") and (child.text or "").strip():
                child.text = child.text.lstrip()
                return
