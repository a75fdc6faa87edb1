"""How wide a line of text is in Times New Roman, for the lines drawn beneath it.

The widths are those of the font (and of Liberation Serif, which is metrically equal), in
2048ths of the size. Vietnamese letters are as wide as their base letter, but for ơ and ư.
"""

import unicodedata
from collections.abc import Mapping

_UNITS = 2048
_AVERAGE = 1024
_HORN = "\u031b"


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


def balanced_line(
    text: str, room: float, size: float, *, bold: bool = False, italic: bool = False
) -> float:
    """The narrowest room in which the text takes no more lines than in `room`, in points."""
    words = [text_width(word, size, bold=bold, italic=italic) for word in text.split()]
    space = text_width(" ", size, bold=bold, italic=italic)
    most = _count_lines(words, space, room)
    narrow, wide = max(words, default=0.0), room
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if _count_lines(words, space, middle) <= most:
            wide = middle
        else:
            narrow = middle
    return wide


def _count_lines(words: list[float], space: float, room: float) -> int:
    lines, line = 0, 0.0
    for width in words:
        if line and line + space + width <= room:
            line += space + width
        else:
            lines, line = lines + 1, width
    return lines


def longest_line(
    text: str, room: float, size: float, *, bold: bool = False, italic: bool = False
) -> float:
    """The width in points of the longest line of text set into a column `room` points wide."""
    longest = line = 0.0
    space = text_width(" ", size, bold=bold, italic=italic)
    for word in text.split():
        width = text_width(word, size, bold=bold, italic=italic)
        line = line + space + width if line and line + space + width <= room else width
        longest = max(longest, line)
    return min(longest, room)
