"""Handles characters that are invisible, control a terminal, or only look like other letters."""

import re
import unicodedata
from collections.abc import Iterator

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_INVISIBLE = (
    # Soft hyphen, joiners, fillers, marks of direction, blanks without width, ends of lines.
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    # Shorthand, music, tags and variants, none of which has a shape of its own.
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_LOOSE_JOINER = r"\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
"""A joiner stays before an emoji, since flags and families consist of joined emoji."""

_TO_SHOW = re.compile(f"[{_CONTROLS}{_INVISIBLE}]|{_LOOSE_JOINER}")
_LINE_END = re.compile("[\x85\u2028\u2029]")
_TO_LEAVE_OUT = re.compile(f"[\x7f-\x9f{_INVISIBLE}]|{_LOOSE_JOINER}")


def escaped(text: str) -> str:
    """The text with such characters as escapes (`\\x1b`, `\\u202e`); line breaks and tabs stay."""
    return _TO_SHOW.sub(_written_out, text)


def escaped_on_one_line(text: str) -> str:
    """The same for a part of a line: line breaks and tabs become escapes, too."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def escaped_in_json(text: str) -> str:
    """A JSON text with such characters as JSON escapes; its values stay the same."""
    return _TO_SHOW.sub(_as_json_escape, text)


def without_invisible(text: str) -> str:
    """The text without characters that show nothing in a document or mail.

    Rare line separators become `\\n`. C0 control characters stay: other modules refuse them.
    """
    return _TO_LEAVE_OUT.sub("", _LINE_END.sub("\n", text))


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _as_json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True)
    )


_MOST_NAMED = 3
# They look the same in most fonts. NFKC replaces others, but these are letters in their own right.
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
    """The text with each such character replaced by the one that a keyboard types."""
    typed = unicodedata.normalize("NFKC", written).translate(_SAME_SHAPE)
    for hyphen in _HYPHENS:
        typed = typed.replace(hyphen, "-")
    return "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")


def describe_unusual(written: str) -> str | None:
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
