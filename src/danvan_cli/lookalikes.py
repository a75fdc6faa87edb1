"""Characters that look like those of the keyboard and are others: found, named, and undone."""

import unicodedata
from collections.abc import Iterator

_MOST_NAMED = 3
# Of one shape in most typefaces. NFKC knows the rest, but these are letters of their own.
_SAME_SHAPE = str.maketrans(
    "аеорсухіјѕԁһԛԝАВЕЅІЈКМНОРСТУХοανρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhqwABESIJKMHOPCTYXoavpABEZHIKMNOPTYX",
)
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_SCRIPTS = {
    "CYRILLIC": "chữ Kirin",
    "GREEK": "chữ Hy Lạp",
    "FULLWIDTH": "ký tự toàn khổ",
    "MATHEMATICAL": "chữ toán học",
}


def as_typed(written: str) -> str:
    """The text with what the keyboard would have given for each such character."""
    typed = unicodedata.normalize("NFKC", written).translate(_SAME_SHAPE)
    for hyphen in _HYPHENS:
        typed = typed.replace(hyphen, "-")
    return "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")


def named(written: str) -> str | None:
    """'có ký tự lạ: “о” (chữ Kirin, U+043E); gõ lại bằng bàn phím'; None if there is none."""
    found = list(dict.fromkeys(_names(written)))
    if not found:
        return None
    more = " …" if len(found) > _MOST_NAMED else ""
    return f"có ký tự lạ: {', '.join(found[:_MOST_NAMED])}{more}; gõ lại bằng bàn phím"


def _names(written: str) -> Iterator[str]:
    for letter in written:
        if not letter.isascii() and (kind := _kind(letter)):
            yield f"{kind} U+{ord(letter):04X}"


def _kind(letter: str) -> str | None:
    category = unicodedata.category(letter)
    if category == "Zs":
        return "dấu cách lạ"
    if category == "Cf":
        return "ký tự không nhìn thấy được"
    if letter in _HYPHENS:
        return "dấu gạch nối lạ"
    script = unicodedata.name(letter, "").split(" ")[0]
    if script in _SCRIPTS:
        return f"“{letter}” là {_SCRIPTS[script]}"
    return f"“{letter}” là chữ số lạ" if category == "Nd" else None
