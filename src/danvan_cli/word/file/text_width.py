"""How wide a line of text is in Times New Roman, for the lines drawn beneath it.

The widths are those of the font (and of Liberation Serif, which is metrically equal), in
2048ths of the size. Vietnamese letters are as wide as their base letter, but for ơ and ư.
"""

import re
import unicodedata
from collections.abc import Mapping

_UNITS = 2048
_AVERAGE = 1024
SLACK = 2.0
"""Points more than measured, so that another program's rounding breaks no line elsewhere."""

_HORN = "\u031b"
_BREAKS = re.compile("[ \t\n]+")


def _letters(by_width: Mapping[int, str]) -> Mapping[str, int]:
    return {letter: width for width, letters in by_width.items() for letter in letters}


_UPRIGHT = _letters(
    {
        369: "'",
        410: "|",
        512: " ,.\u00a0",
        569: "/:;\\ijlt",
        682: "!()-I[]`fr‘’",
        797: "Js",
        836: '"',
        909: "?acez“”",
        961: "^",
        983: "{}",
        1024: "#$*0123456789_bdghknopquvxy–đ«»§",
        1083: "ơ",
        1108: "~",
        1110: "ư",
        1139: "FPS",
        1155: "+<=>×",
        1251: "ELTZ",
        1366: "BCR",
        1479: "ADGHKNOQUVXYwƠĐ",
        1589: "Ư",
        1593: "&m",
        1706: "%",
        1821: "M",
        1886: "@",
        1933: "W",
        2048: "—…",
    }
)
_BOLD = _letters(
    {
        451: "|",
        512: " ,.\u00a0",
        569: "'/\\il",
        682: "!()-:;[]`fjt‘’",
        797: "Is",
        807: "{}",
        909: "cerz",
        1024: "#$*0123456789?J_agovxy“”–«»§",
        1065: "~",
        1134: "ơ",
        1137: '"',
        1139: "Sbdhknpquđ",
        1167: "+<=>×",
        1190: "^",
        1229: "ư",
        1251: "FP",
        1366: "BELTZ",
        1479: "ACDNRUVXYwĐ",
        1593: "GHKOQƠ",
        1630: "Ư",
        1706: "&m",
        1905: "@",
        1933: "M",
        2048: "%W—…",
    }
)
_ITALIC = _letters(
    {
        438: "'",
        512: " ,.\u00a0",
        563: "|",
        569: "/\\fijlt",
        682: "!()-:;I`‘’",
        797: "[]rsz",
        819: "{}",
        860: '"',
        864: "^",
        909: "Jcekvxy",
        1024: "#$*0123456789?S_abdghnopqu–đ«»§",
        1093: "ơ",
        1108: "~",
        1117: "ư",
        1139: "LTYZ“”",
        1251: "ABEFPRVX",
        1366: "CKNw",
        1382: "+<=>×",
        1479: "DGHOQUmƠĐ",
        1544: "Ư",
        1593: "&",
        1706: "%MW",
        1821: "—…",
        1884: "@",
    }
)


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of one line of text, in points; bold italic is measured as bold."""
    face = _BOLD if bold else _ITALIC if italic else _UPRIGHT
    letters = unicodedata.normalize("NFC", text)
    return sum(_width(letter, face) for letter in letters) * size / _UNITS


def _width(letter: str, face: Mapping[str, int]) -> int:
    if letter in face:
        return face[letter]
    decomposed = unicodedata.normalize("NFD", letter)
    base = decomposed[0]
    if _HORN in decomposed:
        base = unicodedata.normalize("NFC", base + _HORN)
    return face.get(base, _AVERAGE)


def words_of(text: str) -> list[str]:
    """What stays together in a line: words, with no-break spaces within."""
    return [word for word in _BREAKS.split(text) if word]


def balanced_line(
    text: str,
    room: float,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    indent: float = 0.0,
) -> float:
    """A room, in points, in which the text takes no more lines than in `room`, of about one length.

    Of all in which its lines break there, the middle one, so that a font of slightly other widths
    breaks them there, too. `indent`: what the first line leaves free at its beginning, in points.
    """
    words = [text_width(word, size, bold=bold, italic=italic) for word in words_of(text)]
    space = text_width(" ", size, bold=bold, italic=italic)
    most = len(_lines(words, space, room - SLACK, indent))
    narrow, wide = max(words, default=0.0), room
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_lines(words, space, middle, indent)) <= most:
            wide = middle
        else:
            narrow = middle
    return min(room, (wide + _room_to_break_elsewhere(words, space, wide, indent)) / 2)


def _room_to_break_elsewhere(words: list[float], space: float, room: float, indent: float) -> float:
    """The narrowest room in which one of the lines would take in the next one's first word."""
    used, rooms = indent, list[float]()
    for place, width in enumerate(words):
        more = used + (space if place else 0) + width
        if place and more > room:
            rooms.append(more)
            more = width
        used = more
    return min(rooms, default=room + 2 * SLACK)


def line_widths(
    text: str,
    room: float,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    indent: float = 0.0,
) -> list[float]:
    """The widths in points of the lines of text set into a column `room` points wide.

    `indent`: what the first line leaves free at its beginning, which is not counted.
    """
    words = [text_width(word, size, bold=bold, italic=italic) for word in words_of(text)]
    return _lines(words, text_width(" ", size, bold=bold, italic=italic), room, indent)


def _lines(words: list[float], space: float, room: float, indent: float) -> list[float]:
    lines: list[float] = []
    free = room - indent
    for width in words:
        if lines and lines[-1] + space + width <= free:
            lines[-1] += space + width
        else:
            free = room if lines else free
            lines.append(width)
    return lines


def longest_line(
    text: str, room: float, size: float, *, bold: bool = False, italic: bool = False
) -> float:
    """The width in points of the longest line of text set into a column `room` points wide."""
    return min(max(line_widths(text, room, size, bold=bold, italic=italic), default=0.0), room)
