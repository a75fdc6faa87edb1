"""What stays on one line in print: numbers of documents, spans of years, days, articles.

No-break spaces and hyphens are ours alone: whatever is read back has ordinary ones.
"""

import re

NO_BREAK_SPACE = "\u00a0"
NO_BREAK_HYPHEN = "\x1e"
"""Word's own code for it. No person's text can have it: it is none of XML's characters."""

_SHORT = 20
"""So few letters are alone in their line; left as they are, Word's search finds them."""

_LONGEST_TOKEN = 40
_HYPHENATED = re.compile(r"\S*\w-\w\S*")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_ADDRESS = ("@", "://")
_WITH_NUMBER = re.compile(
    r"\b(?:[Pp]hụ lục(?= [IVXLC\d])|(?:[Đđ]iều|[Kk]hoản|[Mm]ục)(?= [IVX\d])|[Đđ]iểm(?= [a-zđ]\b)"
    r"|[Nn]gày(?= \d{1,2}/\d)) "
)
_READ_BACK = str.maketrans({NO_BREAK_SPACE: " ", NO_BREAK_HYPHEN: "-", "\u2011": "-"})
"""LibreOffice writes Word's own no-break hyphen as Unicode's."""


def unbroken(text: str) -> str:
    """The text with no-break signs in '450/KH-UBND', '2025-2030', 'Phụ lục II', 'ngày 15/3'."""
    if len(text) < _SHORT:
        return text
    if "-" in text:
        text = _HYPHENATED.sub(_with_hyphens, text)
    return _WITH_NUMBER.sub(lambda match: match[0].replace(" ", NO_BREAK_SPACE), text)


def _with_hyphens(match: re.Match[str]) -> str:
    token = match[0]
    if len(token) > _LONGEST_TOKEN or any(sign in token for sign in _ADDRESS):
        return token
    return _HYPHEN.sub(NO_BREAK_HYPHEN, token)


def as_typed(text: str) -> str:
    """The text with ordinary spaces and hyphens."""
    return text.translate(_READ_BACK)
