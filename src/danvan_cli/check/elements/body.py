"""Classifies each paragraph of the text: căn cứ, phần, mục, điều, khoản, điểm, lời văn."""

import re
from collections.abc import Sequence

from danvan_cli.check.elements.elements import Found, Part
from danvan_cli.check.reading.lines import Paragraph, Stretch, is_rule, plain
from danvan_cli.word import decree
from danvan_cli.word.decree import DocumentType, Element

LONGEST_HEADING = 200
_LONGEST_CAPTION = 120
_LONGEST_NOTE = 300

PART_NUMBER = re.compile(r"(?:phần|chương)\s+(?:thứ\s+)?(\w+)\.?", re.IGNORECASE)
SECTION_NUMBER = re.compile(r"(?:mục|tiểu mục)\s+(\w+)\.?", re.IGNORECASE)
ARTICLE = re.compile(r"Điều\s+(\w+)\s*(\S?)", re.IGNORECASE)
HEADING = re.compile(r"([IVX]+)\s*([.)/:-])\s*\S")
CLAUSE = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\s*([.)/:])(?=\s*[^\d\s])")
POINT = re.compile(r"([a-zđ])\s*([.)/:])\s*\S")
DASH = re.compile(r"[-–—+•*]\s*\S")

_BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet)\b")
_CAPTION = re.compile(r"(?:bảng|biểu|hình|sơ đồ|đơn vị tính|đvt|nguồn|ghi chú)\b", re.IGNORECASE)
_IN_PARENTHESES = re.compile(r"\(.*\)[.;]?")
_ENDED = (".", ";", ",", "!", "?", "…")
_ALWAYS_ON_BASES = ("QUYẾT ĐỊNH", "NGHỊ QUYẾT", "CHỈ THỊ")


def legal_bases(
    paragraphs: Sequence[Paragraph], kind: DocumentType | None
) -> tuple[list[Found], int]:
    """The căn cứ that the text begins with, and the place where they end.

    A lone upright one is the beginning of a sentence: 'Căn cứ Công văn …, Sở Nội vụ báo cáo:'.
    """
    found: list[Paragraph] = []
    end = 0
    for place, paragraph in enumerate(paragraphs):
        text = plain(paragraph.text)
        if not text or is_rule(text) or (_is_decision(kind) and paragraph.text.isupper()):
            continue  # 'CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH' is above the căn cứ of a quyết định.
        if not _BASIS.match(text) or paragraph.cell or text.endswith(":"):
            break
        found.append(paragraph)
        end = place + 1
    is_list = len(found) > 1 or (kind is not None and kind.name in _ALWAYS_ON_BASES)
    if found and not (is_list or _is_italic(found[0]) or found[0].text.endswith(";")):
        return [], 0
    return [Found(decree.LEGAL_BASIS, tuple(basis.lines)) for basis in found], end


def parts(paragraphs: Sequence[Paragraph]) -> list[Part]:
    """Every paragraph of the text that says something, tables left out."""
    found: list[Part] = []
    in_tables = {paragraph.number for paragraph in paragraphs if paragraph.cell}
    for paragraph in paragraphs:
        if paragraph.cell or not paragraph.text or is_rule(paragraph.text):
            continue
        before = found[-1][1] if found else None
        element = _element(paragraph, before)
        if element is decree.BODY and _is_note_of_table(paragraph, in_tables):
            element = None
        found.append((paragraph, element))
    return found


def is_bold(paragraph: Paragraph) -> bool:
    visible = _visible(paragraph)
    return bool(visible) and all(stretch.formatting.bold for stretch in visible)


def _element(paragraph: Paragraph, before: Element | None) -> Element | None:
    text = paragraph.text
    if PART_NUMBER.fullmatch(text) or SECTION_NUMBER.fullmatch(text):
        return decree.PART_NUMBER
    if before is decree.PART_NUMBER and not text.endswith(_ENDED):
        return decree.PART_TITLE
    if ARTICLE.match(text):
        return decree.ARTICLE
    if HEADING.match(text) and len(text) <= LONGEST_HEADING:
        return decree.HEADING
    if CLAUSE.match(text):
        return _clause(paragraph)
    if POINT.match(text):
        return decree.POINT
    if DASH.match(text):
        return decree.BODY
    return None if _is_caption(paragraph) else decree.BODY


def _clause(paragraph: Paragraph) -> Element:
    """A khoản has a heading where it is a short phrase that does not end as a sentence does."""
    text = paragraph.text
    is_phrase = len(text) <= LONGEST_HEADING and not text.endswith(_ENDED)
    return decree.CLAUSE_HEADING if is_phrase else decree.CLAUSE


def _is_caption(paragraph: Paragraph) -> bool:
    """What belongs to a table or a picture, or announces something: not running text."""
    text = paragraph.text
    if _IN_PARENTHESES.fullmatch(text):
        return True
    if len(text) > _LONGEST_CAPTION:
        return False
    if _CAPTION.match(text) or text.isupper():
        return True
    stands_out = (
        paragraph.formatting.alignment in ("center", "right")
        or is_bold(paragraph)
        or _is_italic(paragraph)
    )
    return stands_out and not text.endswith(_ENDED)


def _is_note_of_table(paragraph: Paragraph, in_tables: set[int]) -> bool:
    """A title or note right above or below a table, set apart from running text."""
    is_beside = bool({paragraph.number - 1, paragraph.number + 1} & in_tables)
    stands_out = paragraph.formatting.alignment in ("center", "right") or _is_italic(paragraph)
    return is_beside and stands_out and len(paragraph.text) <= _LONGEST_NOTE


def _is_decision(kind: DocumentType | None) -> bool:
    return kind is not None and kind.name == "QUYẾT ĐỊNH"


def _is_italic(paragraph: Paragraph) -> bool:
    visible = _visible(paragraph)
    return bool(visible) and all(stretch.formatting.italic for stretch in visible)


def _visible(paragraph: Paragraph) -> list[Stretch]:
    return [stretch for line in paragraph.lines for stretch in line.visible]
