"""A Vietnamese text → its sentences, and what makes two sentences the same.

No library that is kept up knows Vietnamese abbreviations (docs/decisions.md). Where it is not
certain that a sentence ends, it does not: a longer sentence merely equals fewer others.
"""

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    (
        *("tp", "tx", "tt", "kp", "kt", "tl", "tm", "tuq", "đ/c", "đc", "đt", "sđt", "tel", "fax"),
        *("ths", "ts", "gs", "pgs", "bs", "bscki", "bsckii", "ks", "kts", "ls", "ds"),
        *("nsnd", "nsưt", "ngnd", "ngưt", "ttnd", "ttưt", "nxb", "tr", "vd", "stt"),
    )
)
"""What has a full stop and goes on, in lower case: places, titles, signing authorities."""

_LONGEST_ABBREVIATION = 12
_ROMAN = ("I", "V", "X")
_ETC = ("v.v", "..", "…")
# A mark and what closes behind it; then a capital or digit, maybe behind a dash or what opens.
_POSSIBLE_END = re.compile(
    r"(?<![.!?…])([.!?…]++)[”\"’')\]]*+\s++(?=[-–+•]?\s*[“\"‘'(\[]*([^\W_]))"
)
_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[IVXivx]+|[^\W\d_]")


def sentences_of(paragraph: str) -> Iterator[str]:
    """The sentences of one paragraph in order; joined by spaces they are the paragraph again."""
    start = 0
    for match in _POSSIBLE_END.finditer(paragraph):
        mark, first = match.groups()
        is_word_before = mark == "." and _goes_on(paragraph, start, match.start())
        if not is_word_before and (first.isupper() or first.isdigit()):
            yield paragraph[start : match.end()].strip()
            start = match.end()
    if rest := paragraph[start:].strip():
        yield rest


def _goes_on(paragraph: str, start: int, end: int) -> bool:
    """Whether the full stop at `end` is that of an abbreviation, an initial or a numbering."""
    sentence = paragraph[max(start, end - _LONGEST_ABBREVIATION) : end]
    if sentence.endswith(_ETC):
        return False
    if end - start <= len(sentence) and _NUMBERING.fullmatch(sentence.strip()):
        return True
    *before, last = re.split(r"[\s(“\"]", sentence)
    word = last.rpartition(".")[2]
    if word in _ROMAN and before and before[-1].islower():
        return False
    return (len(word) == 1 and word.isalpha()) or word.casefold() in _ABBREVIATIONS


def key(sentence: str) -> str:
    """What is the same in equal sentences: all but case, spacing and full stops at the end."""
    return " ".join(sentence.split()).rstrip(".;").casefold()
