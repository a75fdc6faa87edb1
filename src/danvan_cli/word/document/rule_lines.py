"""The lines beneath names and subjects: as long as the decree wants them for their text."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.oxml.table import CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.shared import Length, Pt
from docx.styles.style import BaseStyle, ParagraphStyle
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.word.document.styles import (
    DEFAULT_SETTINGS,
    RULE_LINE,
    STYLES,
    SUBJECT_RULE_LINE,
    TWIPS_A_POINT,
)
from danvan_cli.word.file.text_width import (
    SLACK,
    balanced_line,
    line_widths,
    longest_line,
    text_width,
    words_of,
)
from danvan_cli.word.file.unbroken import NO_BREAK_SPACE

T = TypeVar("T")

_FRACTIONS = {
    style.id: (style.element.rule_line.least + style.element.rule_line.most) / 2
    for style in STYLES
    if style.element and style.element.rule_line
}
_SIGNING = ("QuyenHanNguoiKy", "ChucVuNguoiKy")
_NAMES = ("TenCoQuanChuQuan", "TenCoQuan", *_SIGNING)
_EVENED = ("TenCoQuanChuQuan", "TenPhuLuc", "TrichYeuCongVan", *_SIGNING)
"""Names and subjects without a line beneath; those with one are seen to with it."""

_HEADINGS = ("Muc", "Khoan")
_SHORT = 1 / 4
"""A heading's last line is lost below a long one if it is no longer than that part of the room."""

STYLES_CHANGED = frozenset({*_FRACTIONS, *_EVENED, *_HEADINGS, RULE_LINE, SUBJECT_RULE_LINE})
"""The styles of all paragraphs that `draw` reads or changes."""

_COMPOUNDS = tuple(
    re.compile(rf"(?:\S+ ){{1,{words}}}[-–](?: \S+){{1,{words}}}") for words in (2, 1)
)
"""'HÀNH CHÍNH - TỔ CHỨC', two words to either side of the dash, as most terms have; or one."""


class _Setting(Struct, frozen=True):
    """How a paragraph is set; `room` is what its indents leave of the column, in points.

    `indent`: what its first line leaves free besides.
    """

    lines: list[str]
    room: float
    size: float
    bold: bool
    italic: bool
    indent: float = 0.0


def draw(document: WordDocument) -> None:
    """Gives each line its length, centred, and breaks names and subjects into even lines.

    A line is the upper border of an otherwise empty paragraph; its indents set its length.
    """
    for style in list(document.element.body.iter(qn("w:pStyle"))):
        paragraph = style.getparent().getparent()
        if not isinstance(paragraph, CT_P):
            continue  # a style of what is no paragraph, which only a damaged template has
        if style.get(qn("w:val")) in _EVENED:
            _even_out(document, paragraph)
        elif style.get(qn("w:val")) in _HEADINGS:
            _leave_no_short_end(document, paragraph)
        elif style.get(qn("w:val")) in (RULE_LINE, SUBJECT_RULE_LINE):
            _draw_beneath(document, paragraph.getprevious(), paragraph)


def _draw_beneath(document: WordDocument, above: object, line: CT_P) -> None:
    fraction = _FRACTIONS.get(above.style or "") if isinstance(above, CT_P) else None
    if isinstance(above, CT_P) and fraction is not None:
        length = _longest(_even_out(document, above)) * fraction
        _centre(line, _column_width(line), length)


def _even_out(document: WordDocument, paragraph: CT_P) -> _Setting:
    """Where the text takes several lines, indents it so that they are of about one length."""
    column = _column_width(paragraph)
    setting = _setting(document, paragraph, column)
    if _longest(setting, room=float("inf")) > setting.room:
        if paragraph.style in _NAMES:
            _keep_compounds(paragraph, setting)
            setting = _setting(document, paragraph, column)
        setting = _evened(setting)
        _centre(paragraph, column, setting.room)
    return setting


def _keep_compounds(paragraph: CT_P, setting: _Setting) -> None:
    """Breaks a name before 'HÀNH CHÍNH - TỔ CHỨC' or behind it, at least never at the dash."""
    texts = list(paragraph.iter(qn("w:t")))
    whole = "".join(text.text or "" for text in texts)
    for compound in _COMPOUNDS:
        kept = compound.sub(lambda match: match[0].replace(" ", NO_BREAK_SPACE), whole)
        widths = (text_width(word, setting.size, bold=setting.bold) for word in words_of(kept))
        if max(widths, default=0.0) <= setting.room - SLACK:
            break
    letters = iter(kept)
    for text in texts:
        text.text = "".join(islice(letters, len(text.text or "")))


def _leave_no_short_end(document: WordDocument, paragraph: CT_P) -> None:
    """Where a heading's last line is a word or two, ends its lines earlier, so that they are even.

    They begin at the left, the first with its indent.
    """
    setting = _setting(document, paragraph, _column_width(paragraph))
    (text, *others), look = setting.lines, {"bold": setting.bold, "italic": setting.italic}
    lines = line_widths(text, setting.room, setting.size, indent=setting.indent, **look)
    if (
        others
        or len(lines) < 2
        or lines[-1] > setting.room * _SHORT
        or _is_centred(document, paragraph)
    ):
        return
    even = balanced_line(text, setting.room, setting.size, indent=setting.indent, **look)
    properties = paragraph.get_or_add_pPr()
    properties.ind_right = Pt(max(0.0, setting.room - even))


def _is_centred(document: WordDocument, paragraph: CT_P) -> bool:
    """An office's own template may have centred headings, which a right indent would shift."""
    styles = _chain(document, paragraph.style)
    alignment = _first((style.paragraph_format.alignment for style in styles), None)
    return bool(alignment == WD_ALIGN_PARAGRAPH.CENTER)


def width_in_one_line(document: WordDocument, paragraph: CT_P) -> float:
    """The points that a paragraph needs so that its lines do not wrap."""
    setting = _setting(document, paragraph, _column_width(paragraph))
    return _longest(setting, room=float("inf"))


def cell_width(cell: CT_Tc) -> int | None:
    """The cell's width in twips, where it has one."""
    properties = cell.tcPr
    width = None if properties is None else properties.find(qn("w:tcW"))
    if width is None or width.get(qn("w:type")) != "dxa":
        return None
    return int(width.get(qn("w:w")))


def _column_width(paragraph: CT_P) -> float:
    """The width in points of the cell or page that the paragraph is in."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is not None and (width := cell_width(cell)):
        return width / TWIPS_A_POINT
    section = _section_of(paragraph)
    page, left, right = section.page_width, section.left_margin, section.right_margin
    return float(Length((page or 0) - (left or 0) - (right or 0)).pt)


def _section_of(paragraph: CT_P) -> CT_SectPr:
    """Its section's properties are in the section's last paragraph, or at the end of the body."""
    block = paragraph
    while block.getparent().tag != qn("w:body"):
        block = block.getparent()
    for following in block.itersiblings():
        properties: CT_SectPr | None = next(following.iter(qn("w:sectPr")), None)
        if properties is not None:
            return properties
    raise ValueError("a document without a section")


def _setting(document: WordDocument, paragraph: CT_P, column: float) -> _Setting:
    styles = _chain(document, paragraph.style)
    left = _first((style.paragraph_format.left_indent for style in styles), Pt(0))
    right = _first((style.paragraph_format.right_indent for style in styles), Pt(0))
    caps = _first((style.font.all_caps for style in styles), False)
    return _Setting(
        lines=(paragraph.text.upper() if caps else paragraph.text).split("\n"),
        room=column - left.pt - right.pt,
        size=_first((style.font.size for style in styles), Pt(DEFAULT_SETTINGS.body)).pt,
        bold=_first((style.font.bold for style in styles), False),
        italic=_first((style.font.italic for style in styles), False),
        indent=_first((style.paragraph_format.first_line_indent for style in styles), Pt(0)).pt,
    )


def _chain(document: WordDocument, style_id: str | None) -> list[ParagraphStyle]:
    """A paragraph style and those it is based on."""
    style: BaseStyle | None = document.styles.get_by_id(style_id, WD_STYLE_TYPE.PARAGRAPH)
    chain = []
    while isinstance(style, ParagraphStyle) and style not in chain:
        chain.append(style)
        style = style.base_style
    return chain


def _first(values: Iterable[T | None], default: T) -> T:
    return next((value for value in values if value is not None), default)


def _longest(setting: _Setting, room: float | None = None) -> float:
    return max(
        longest_line(
            line,
            setting.room if room is None else room,
            setting.size,
            bold=setting.bold,
            italic=setting.italic,
        )
        for line in setting.lines
    )


def _evened(setting: _Setting) -> _Setting:
    """Narrower, so that its lines are of about the same length and no more than before."""
    even = max(
        balanced_line(line, setting.room, setting.size, bold=setting.bold, italic=setting.italic)
        for line in setting.lines
    )
    return replace(setting, room=even)


def _centre(paragraph: CT_P, column: float, width: float) -> None:
    properties = paragraph.get_or_add_pPr()
    properties.ind_left = properties.ind_right = Pt((column - width) / 2)
