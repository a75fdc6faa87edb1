"""The lines beneath names and subjects: as long as the decree wants them for their text."""

from collections.abc import Iterable
from typing import TypeVar

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.oxml.table import CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.shared import Length, Pt
from docx.styles.style import BaseStyle, ParagraphStyle
from msgspec import Struct

from danvan_cli.word.document.styles import (
    DEFAULT_SETTINGS,
    RULE_LINE,
    STYLES,
    SUBJECT_RULE_LINE,
    TWIPS_A_POINT,
)
from danvan_cli.word.file.text_width import balanced_line, longest_line, text_width

T = TypeVar("T")

_FRACTIONS = {
    style.id: (style.element.rule_line.least + style.element.rule_line.most) / 2
    for style in STYLES
    if style.element and style.element.rule_line
}
_NAMES = ("TenCoQuanChuQuan", "TenCoQuan", "ChucVuNguoiKy")
_EVENED = ("TenCoQuanChuQuan", "TenPhuLuc", "TrichYeuCongVan", "ChucVuNguoiKy")
"""Names and subjects without a line beneath; those with one are seen to with it."""

STYLES_CHANGED = frozenset({*_FRACTIONS, *_EVENED, RULE_LINE, SUBJECT_RULE_LINE})
"""The styles of all paragraphs that `draw` reads or changes."""

_DASHES = ("-", "–")
_SLACK = 2.0
"""Points more than measured, so that another program's rounding breaks no line elsewhere."""


class _Setting(Struct, frozen=True):
    """How a paragraph is set; `room` is what its indents leave of the column, in points."""

    lines: list[str]
    room: float
    size: float
    bold: bool
    italic: bool


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
        setting = _evened(setting, is_name=paragraph.style in _NAMES)
        _centre(paragraph, column, setting.room)
    return setting


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


def _evened(setting: _Setting, *, is_name: bool) -> _Setting:
    """Narrower, so that its lines are of about the same length and no more than before.

    Of a name in two lines, the first ends with a dash if it can: PHÒNG HÀNH CHÍNH - / TỔ CHỨC.
    """
    even = (is_name and _room_to_dash(setting)) or max(
        balanced_line(line, setting.room, setting.size, bold=setting.bold, italic=setting.italic)
        for line in setting.lines
    )
    return _Setting(
        setting.lines, min(even + _SLACK, setting.room), setting.size, setting.bold, setting.italic
    )


def _room_to_dash(setting: _Setting) -> float | None:
    """The width at which a line breaks only after a dash; None if there is none."""

    def width(text: str) -> float:
        return text_width(text, setting.size, bold=setting.bold, italic=setting.italic)

    if len(setting.lines) != 1:
        return None
    words = setting.lines[0].split()
    rooms = []
    for place, word in enumerate(words[:-1], 1):
        first, second = " ".join(words[:place]), " ".join(words[place:])
        room = max(width(first), width(second))
        too_long = width(f"{first} {words[place]}")
        if word in _DASHES and room <= setting.room and room + _SLACK < too_long:
            rooms.append(room)
    return min(rooms, default=None)


def _centre(paragraph: CT_P, column: float, width: float) -> None:
    properties = paragraph.get_or_add_pPr()
    properties.ind_left = properties.ind_right = Pt((column - width) / 2)
