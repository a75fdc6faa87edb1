"""The abbreviations of offices and units in a document's number (NĐ 30/2020, PL I, I.II.3)."""

_IN_GROUPS = ".&"
"""Signs that may be within a group of letters: P.KT."""


def is_symbol(text: str) -> bool:
    """Whether it may follow 'BC-' in a number: groups in capitals, with hyphens and no spaces.

    Small letters as in the decree's own TTr and QyĐ are allowed where there are fewer of them.
    """
    return all(_is_group(group) for group in text.split("-"))


def _is_group(group: str) -> bool:
    capitals = sum(letter.isupper() for letter in group)
    return (
        group[:1].isupper()
        and all(letter.isalnum() or letter in _IN_GROUPS for letter in group)
        and capitals > sum(letter.islower() for letter in group)
    )


def symbol_from(name: str) -> str:
    """The first letters of a name's words, those in capitals whole: PKT for 'Phòng Kinh tế'."""
    words = ["".join(filter(str.isalnum, word)) for word in name.split()]
    if len(words) == 1:
        return words[0].upper()
    return "".join(word if word.isupper() else word[:1].upper() for word in words)
