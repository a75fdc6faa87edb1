"""What was typed or pasted into a box of a form, as the value it stands for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

from danvan_cli import vietnamese
from danvan_cli.forms import figures
from danvan_cli.forms.boxes import PROMPTS, WORDS_OWN_PROMPTS, Box
from danvan_cli.word.file.text import LIST_MARK
from danvan_cli.word.file.unbroken import as_typed

_LIST_LABEL = re.compile(f"{LIST_MARK}[^{LIST_MARK}]*{LIST_MARK}")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LEADING_TABS = re.compile(r"^[^\S\n]*\t[^\S\n]*", re.MULTILINE)
_TRAILING_SPACE = re.compile(r"[^\S\n]+$", re.MULTILINE)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufffe\uffff\ud800-\udfff]"
)
_SORTED_AT_ONCE = 20_000
_HEAPS = re.compile(r"([^\w\s\x00-\x7f]{100})[^\w\s\x00-\x7f]+")
_JOINER = "\u200d"
_EMOJI_LOOK = "\ufe0f"
_DAYS = (
    re.compile(r"(?P<day>\d{1,2})\s*[-./]\s*(?P<month>\d{1,2})\s*[-./]\s*(?P<year>\d{4})"),
    re.compile(
        r"(?:ngày\s*)?(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*,?\s*năm\s*(?P<year>\d{4})",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
)
_ALIKE = str.maketrans("“”„‟‘’‚‛–—‑‐", '""""' + "''''" + "----")


def clean(text: str) -> str:
    """Text as it would have been typed here: NFC, each line break '\\n', nothing that is not seen.

    Blanks at the ends of lines go, and blank lines before and after everything; no-break spaces and
    hyphens, as our own documents have them, are ordinary ones; all other signs stay. Clean text
    stays as it is.
    """
    text = as_typed(text)
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", _without_heaps(text)))
    text = _LEADING_TABS.sub("", text).replace("\t", " ")
    text = _without_joiners(vietnamese.nfc(text))
    return vietnamese.nfc(_TRAILING_SPACE.sub("", text).strip("\n"))


def _without_heaps(text: str) -> str:
    """Very many accents on one letter would take time by the square of their number."""
    if len(text) < _SORTED_AT_ONCE:
        return text
    return _HEAPS.sub(
        lambda heap: heap[1] if any(map(unicodedata.combining, heap[0])) else heap[0], text
    )


def _without_joiners(text: str) -> str:
    """A joiner between two emojis makes one of them, and stays; elsewhere nobody sees it."""
    parts = text.split(_JOINER)
    joined = parts[0]
    for before, after in pairwise(parts):
        is_inside = _is_emoji(before.rstrip(_EMOJI_LOOK)[-1:]) and _is_emoji(after[:1])
        joined += _JOINER + after if is_inside else after
    return joined


def _is_emoji(character: str) -> bool:
    return character != "" and unicodedata.category(character) in ("So", "Sk")


def value(box: Box, text: str, choices: Mapping[str, str] | None = None, day: str = "") -> str:
    """The text in the form of `form.text_in`; '' for nothing, as it stands where it has no form.

    A list's own numbers and bullets are part of prose only; an item stands for itself.
    `choices` are the control's own: words → value; `day` (2026-05-29) is what it holds as its date.
    """
    if box.kind != "prose":
        text = _LIST_LABEL.sub("", text)
    text = without_prompts(clean(text), [PROMPTS[box.kind]])
    if box.kind in ("prose", "items"):
        return text
    line = " ".join(line.strip() for line in text.split("\n")).strip()
    match box.kind:
        case "choice":
            return _choice(box, line, choices or {})
        case "day":
            return _day(line, day)
        case "number":
            return figures.canonical(line)
        case _:
            return line


def without_prompts(text: str, prompts: Iterable[str]) -> str:
    """LibreOffice makes plain text of a prompt: people then write before, behind or in it."""
    plain = alike(text)
    for prompt in (*prompts, *WORDS_OWN_PROMPTS):
        if plain == _plain_prompt(prompt):
            return ""
        typed = _written_around(text, prompt)
        if typed != text:
            text, plain = typed, alike(typed)
    return text


def _written_around(text: str, prompt: str) -> str:
    if len(text) < len(prompt):
        return text
    for place in range(len(prompt) + 1):
        before, behind = prompt[:place], prompt[place:]
        if text.startswith(before) and text.endswith(behind):
            return text[len(before) : len(text) - len(behind)].strip()
    return text


def alike(text: str) -> str:
    """For comparing: small letters, single blanks, straight quotes, no point at the end."""
    straight = vietnamese.nfc(text).translate(_ALIKE).casefold()
    return " ".join(straight.split()).rstrip(" .;:,")


_plain_prompt = cache(alike)


def _choice(box: Box, text: str, own: Mapping[str, str]) -> str:
    """By the words of the form's own list, else by today's, else by the value itself."""
    values = {alike(str(value)): str(value) for value in box.choices}
    values |= {alike(words): str(value) for value, words in box.choices.items()}
    values |= {
        alike(words): value
        for words, value in own.items()
        if value in {str(choice) for choice in box.choices}
    }
    return values.get(alike(text), text)


def _day(text: str, held: str) -> str:
    """29/05/2026 for '29.5.2026' or 'ngày 29 tháng 5 năm 2026'.

    A day written some other way counts by what the control holds, if the text has its numbers.
    """
    if written := day_in(text):
        return written
    numbers = {int(figure) for figure in re.findall(r"\d{1,4}", text, re.ASCII)}
    if (known := day_in(held[:10])) and {int(part) for part in known.split("/")[::2]} <= numbers:
        return known
    return text


def day_in(text: str) -> str:
    """The one day that the text is, as `vietnamese.short_day` has it; '' if it is none."""
    for pattern in _DAYS:
        if match := pattern.fullmatch(alike(text)):
            try:
                day = vietnamese.parse_day("{day}/{month}/{year}".format(**match.groupdict()))
            except ValueError:
                return ""
            return vietnamese.short_day(day)
    return ""
