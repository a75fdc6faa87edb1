"""The numbers and bullets that Word writes by itself before paragraphs."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from msgspec import Struct

from danvan_cli.vietnamese import roman
from danvan_cli.word.file.text import LABEL, paragraph_text
from danvan_cli.word.file.tracked_changes import XmlElement

_SYMBOL_FONT_BULLETS = range(0xF000, 0xF100)
_LEVELS = range(9)
"""Word has no more; a file may say that it has a thousand million."""

_MOST_ROMAN = 39
_MOST_LETTERED = 780
"""As Word: 'z' thirty times."""

_Place: TypeAlias = tuple[int | None, int]


def write_out(document: WordDocument) -> None:
    """Puts into each paragraph of a list the number or bullet that Word shows before it.

    In an element of our own: whether it counts as text is for the reader to say.
    """
    numbering, lists = Numbering(document), _lists_of_styles(document)
    for paragraph in list(document.element.body.iter(qn("w:p"))):
        if paragraph_text(paragraph).strip():
            label = numbering.label(*_list(paragraph, lists))
            if label:
                run = OxmlElement("w:r")
                etree.SubElement(run, LABEL).text = label
                paragraph.insert(0 if paragraph.pPr is None else 1, run)


def _list(paragraph: XmlElement, of_styles: Mapping[str, _Place]) -> _Place:
    """Its list's number and its level there; a list that it names itself comes before its style's.

    Number 0 takes a paragraph out of its style's list.
    """
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    number, level = of_styles.get("" if style is None else style.get(qn("w:val"), ""), (None, 0))
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if own is None:
        return number, level
    return _place(own, number, level)


def _place(settings: XmlElement, number: int | None, level: int) -> _Place:
    own_number = _whole(_value(settings, "w:numId"), -1)
    own_level = _whole(_value(settings, "w:ilvl"), level)
    return number if own_number < 0 else own_number, own_level


def _lists_of_styles(document: WordDocument) -> dict[str, _Place]:
    """By the style's id, those that it has of its own; of styles based on it, Word's lists do."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        settings = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if settings is not None:
            found[style.get(qn("w:styleId"), "")] = _place(settings, None, 0)
    return found


class Level(Struct, frozen=True):
    """One level of a list: `text` is a pattern such as '%1.%2.'."""

    text: str
    format: str
    start: int


class Numbering:
    """Counts through a document; its paragraphs are to be asked for in order."""

    def __init__(self, document: WordDocument) -> None:
        root = part_of_lists(document)
        self._numbers = {} if root is None else by_id(root, "w:num", "w:numId")
        kinds = {} if root is None else by_id(root, "w:abstractNum", "w:abstractNumId")
        self._kinds = {name: _levels(kind) for name, kind in kinds.items()}
        self._lists: dict[int, tuple[str, dict[int, Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, number_id: int | None, level: int) -> str:
        """The label of the next paragraph of that list and level: '1.', 'a)', '-', or ''."""
        if number_id is None:
            return ""
        abstract, levels = self._list(number_id)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _label(levels, counts, level)

    def _list(self, number_id: int) -> tuple[str, dict[int, Level]]:
        if number_id not in self._lists:
            self._lists[number_id] = self._read_list(number_id)
        return self._lists[number_id]

    def _read_list(self, number_id: int) -> tuple[str, dict[int, Level]]:
        number = self._numbers.get(str(number_id))
        abstract_id = "" if number is None else _value(number, "w:abstractNumId") or ""
        if number is None or abstract_id not in self._kinds:
            return "", {}
        levels = dict(self._kinds[abstract_id])
        overridden = False
        for override in number.findall(qn("w:lvlOverride")):
            level = _level_of(override)
            if level not in _LEVELS:
                continue
            for own in override.findall(qn("w:lvl")):
                levels[level] = _level(own)
            start = _whole(_value(override, "w:startOverride"), -1)
            if start >= 0 and level in levels:
                levels[level] = Level(levels[level].text, levels[level].format, start)
                overridden = True
        # Lists of one kind count on together, but for one that says where it starts.
        return f"{abstract_id}/{number_id}" if overridden else abstract_id, levels


def _label(levels: Mapping[int, Level], counts: Mapping[int, int], level: int) -> str:
    own = levels[level]
    if own.format == "none":
        return ""
    if own.format == "bullet":
        return _bullet(own.text)
    label = own.text
    for place in range(level + 1):
        above = levels.get(place)
        if above is not None:
            written = _FORMATS.get(above.format, str)(counts.get(place, above.start))
            label = label.replace(f"%{place + 1}", written)
    return label


def _bullet(text: str) -> str:
    """Dots, ticks and the like for the letters of symbol fonts; only a dash would matter."""
    return "".join("•" if ord(letter) in _SYMBOL_FONT_BULLETS else letter for letter in text)


def _letters(value: int) -> str:
    times, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * (times + 1) if 1 <= value <= _MOST_LETTERED else str(value)


def _roman(value: int) -> str:
    return roman(value) if 1 <= value <= _MOST_ROMAN else str(value)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "decimalZero": lambda value: f"{value:02}",
}


def part_of_lists(document: WordDocument) -> XmlElement | None:
    """The root of the part that defines a document's lists; None where it has none."""
    try:
        part: Any = document.part.part_related_by(RELATIONSHIP.NUMBERING)
    except KeyError:
        return None
    return getattr(part, "element", None)


def by_id(root: XmlElement, name: str, attribute: str) -> dict[str, XmlElement]:
    """The root's children of that name by their ids; of two with one id, the first."""
    children = reversed(root.findall(qn(name)))
    return {child.get(qn(attribute)): child for child in children}


def _value(element: XmlElement, name: str) -> str | None:
    found = element.find(qn(name))
    value: str | None = None if found is None else found.get(qn("w:val"))
    return value


def _level_of(element: XmlElement) -> int:
    return _whole(element.get(qn("w:ilvl")), 0)


def _whole(written: str | None, otherwise: int) -> int:
    """Files that anyone may have sent hold other letters than digits, or thousands of these."""
    digits = written or ""
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else otherwise


def _levels(kind: XmlElement) -> dict[int, Level]:
    levels = {_level_of(level): _level(level) for level in kind.findall(qn("w:lvl"))}
    return {number: levels[number] for number in _LEVELS if number in levels}


def _level(element: XmlElement) -> Level:
    return Level(
        text=_value(element, "w:lvlText") or "",
        format=_value(element, "w:numFmt") or "decimal",
        start=_whole(_value(element, "w:start"), 1),
    )
