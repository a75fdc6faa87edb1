"""How an office's name is written above documents: its own and those of its units.

NĐ 30/2020, PL I, I.II.2: the issuing body in full; its superior, where it is a local one, with its
province, commune and so on, its common words abbreviated.
"""

import re
from collections.abc import Sequence

from danvan_cli import vietnamese

_COUNCILS = {
    "UBND": "ỦY BAN NHÂN DÂN",
    "HĐND": "HỘI ĐỒNG NHÂN DÂN",
}
"""Abbreviation → name of the bodies that bear nothing but their locality's name."""

_COUNCIL_NAMES = (*_COUNCILS, *_COUNCILS.values())
_COUNCIL = "|".join(_COUNCIL_NAMES)
_KIND = r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)"
_NAMED_PLACE = re.compile(rf"\b(?:{_COUNCIL})\s+({_KIND}\s+(\S.*))")
_UNNAMED_PLACE = re.compile(rf"(.*\b)?(?:{_COUNCIL})(?:\s+{_KIND})?")
_COUNCIL_OF_PLACE = re.compile(rf"({_COUNCIL})\s+({_KIND}\s+\S.*)")
_PLACE = re.compile(rf"{_KIND}\s+\S.*")


def bodies(letterhead: Sequence[str]) -> list[list[str]]:
    """The lines of each body in a letterhead, the issuing one last.

    'XÃ HẢI LĂNG' below 'ỦY BAN NHÂN DÂN' is the second line of one name.
    """
    found: list[list[str]] = []
    for line in letterhead:
        if found and _upper(found[-1][-1]).endswith(_COUNCIL_NAMES) and _PLACE.match(_upper(line)):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def letterhead_of(name: str, superior: str = "") -> list[str]:
    """The letterhead of a body: its name below its superior's, that of a UBND in two lines.

    A UBND or HĐND has no superior above its name.
    """
    if council := council_of(name):
        return [council, _place_of_council(name)]
    return [line for line in (_upper(superior), _upper(name)) if line]


def council_of(name: str) -> str | None:
    """'ỦY BAN NHÂN DÂN' for 'UBND xã Hải Lăng'; None for what is neither UBND nor HĐND.

    Its documents are signed for it: TM. ỦY BAN NHÂN DÂN (NĐ 30/2020, PL I, I.II.7b).
    """
    match = _COUNCIL_OF_PLACE.fullmatch(_upper(name))
    return _COUNCILS.get(match[1], match[1]) if match else None


def _place_of_council(name: str) -> str:
    match = _COUNCIL_OF_PLACE.fullmatch(_upper(name))
    return match[2] if match else ""


def as_superior(name: str, letterhead: Sequence[str]) -> str:
    """The office's name above those of its units: VĂN PHÒNG UBND TỈNH QUẢNG TRỊ.

    The locality is that of the UBND or HĐND in the office's own letterhead. `name` as in sentences.
    """
    words = _upper(name)
    for abbreviation, full in _COUNCILS.items():
        words = words.replace(full, abbreviation)
    names = (_upper(" ".join(lines)) for lines in reversed(bodies(letterhead)))
    places = (match for lines in names if (match := _NAMED_PLACE.search(lines)))
    place = next(places, None)
    if place is None or words.endswith(place[2]):
        return words
    return _joined(words.split(), place[1].split())


def _joined(words: Sequence[str], place: Sequence[str]) -> str:
    """Both in a row, what the first ends and the second begins with but once."""
    shared = next(
        (number for number in range(len(place), 0, -1) if words[-number:] == place[:number]), 0
    )
    return " ".join([*words, *place[shared:]])


def without_place(letterhead: Sequence[str]) -> list[int]:
    """The places of the lines that name a UBND or HĐND without saying of which locality.

    Of the issuing body, the one alone that is a UBND or HĐND itself: 'VĂN PHÒNG HĐND VÀ UBND' is
    named by its superior.
    """
    found, place = [], -1
    groups = bodies(letterhead)
    for lines in groups:
        place += len(lines)
        match = _UNNAMED_PLACE.fullmatch(_upper(" ".join(lines)))
        if match and (lines is not groups[-1] or not match[1]):
            found.append(place)
    return found


def _upper(name: str) -> str:
    """In capitals, in one line, the tone of 'ỦY' on its first vowel."""
    return " ".join(vietnamese.nfc(name).upper().replace("UỶ", "ỦY").split())
