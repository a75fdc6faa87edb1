"""What nobody sees in a text, or what steers a terminal: made visible, or left out."""

import re

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_INVISIBLE = (
    # Soft hyphen, joiners, fillers, marks of direction, blanks without width, ends of lines.
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    # Shorthand, music, tags and variants, none of which has a shape of its own.
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_LOOSE_JOINER = r"\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
"""The joiner stays before a picture, as in a flag or a family made of several."""

_TO_SHOW = re.compile(f"[{_CONTROLS}{_INVISIBLE}]|{_LOOSE_JOINER}")
_LINE_END = re.compile("[\x85\u2028\u2029]")
_TO_LEAVE_OUT = re.compile(f"[\x7f-\x9f{_INVISIBLE}]|{_LOOSE_JOINER}")


def visible(text: str) -> str:
    """With such characters written out, as `\\x1b` or `\\u202e`; line breaks and tabs stay."""
    return _TO_SHOW.sub(_written_out, text)


def on_one_line(text: str) -> str:
    """The same for a part of a line: whatever is no letter, sign or plain blank is written out."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def in_json(text: str) -> str:
    """A JSON text with such characters as JSON escapes, so that its values stay the same."""
    return _TO_SHOW.sub(_as_json_escape, text)


def left_out(text: str) -> str:
    """Without what has no shape in a document or mail; C0 controls are for others to refuse.

    An uncommon end of a line is a plain one.
    """
    return _TO_LEAVE_OUT.sub("", _LINE_END.sub("\n", text))


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _as_json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True)
    )
