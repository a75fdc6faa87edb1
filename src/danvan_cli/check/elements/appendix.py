"""Finds the appendices that follow a document's signature."""

import re
from collections.abc import Sequence

from danvan_cli.check.elements.elements import Found, FoundAppendix
from danvan_cli.check.reading.lines import Line, Paragraph, plain
from danvan_cli.word import decree

LABEL = re.compile(r"phụ lục(?:\s+(?:số\s+)?(\w+))?\s*[.:]?", re.IGNORECASE)
_LABEL_AND_MORE = re.compile(r"phụ lục(?:\s+(?:số\s+)?([IVXLC]+|\d+))?\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\(?\s*(?:ban hanh )?kem theo\b")
_LONGEST_HEAD = 8
_NOT_BEFORE = 3


def starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The places of the paragraphs that are a 'Phụ lục' label on their own line."""
    return [
        place
        for place, paragraph in enumerate(paragraphs)
        if place >= _NOT_BEFORE and not paragraph.cell and is_label(paragraph)
    ]


def is_label(paragraph: Paragraph) -> bool:
    """Whether it says 'Phụ lục I', alone in its line, or as the beginning of a centred title."""
    lines = [line for line in paragraph.lines if line.text]
    if not lines:
        return False
    if LABEL.fullmatch(lines[0].text):
        return True
    return paragraph.formatting.alignment == "center" and bool(_LABEL_AND_MORE.match(lines[0].text))


def number_of(label: str) -> str | None:
    """'I' of 'Phụ lục I', 'Phụ lục I. BIỂU SỐ LIỆU'; None where it has none."""
    match = LABEL.fullmatch(label) or _LABEL_AND_MORE.match(label)
    return match[1] if match else None


def find(paragraphs: Sequence[Paragraph], at: Sequence[int]) -> list[FoundAppendix]:
    """The appendices that begin at these places."""
    ends = [*at[1:], len(paragraphs)][: len(at)]
    return [_appendix(paragraphs[start:end]) for start, end in zip(at, ends, strict=True)]


def _appendix(paragraphs: Sequence[Paragraph]) -> FoundAppendix:
    lines = _head_lines(paragraphs)
    label, *below = lines
    reference = next(
        (place for place, line in enumerate(below) if _REFERENCE.match(plain(line.text))), None
    )
    title = below if reference is None else below[:reference]
    title = [line for line in title if reference is not None or _looks_like_title(line)]
    return FoundAppendix(
        label=Found(decree.APPENDIX_WORD, (label,)),
        title=Found(decree.APPENDIX_TITLE, tuple(title)) if title else None,
        reference=None
        if reference is None
        else Found(decree.APPENDIX_REFERENCE, tuple(_until_closed(below[reference:]))),
        paragraphs=list(paragraphs),
    )


def _head_lines(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """The lines above the first table or automatic number, few at most."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        if lines and (paragraph.cell or paragraph.label):
            break
        lines += [line for line in paragraph.lines if line.text and not line.is_rule]
        if len(lines) >= _LONGEST_HEAD:
            break
    return lines[:_LONGEST_HEAD]


def _looks_like_title(line: Line) -> bool:
    is_bold = bool(line.visible) and all(stretch.formatting.bold for stretch in line.visible)
    return line.text.isupper() or (is_bold and line.paragraph.formatting.alignment == "center")


def _until_closed(lines: Sequence[Line]) -> list[Line]:
    """A long '(Kèm theo …)' may take several lines, up to its closing parenthesis."""
    if not lines[0].text.startswith("("):
        return list(lines[:1])
    for place, line in enumerate(lines):
        if line.text.rstrip(". ").endswith(")"):
            return list(lines[: place + 1])
    return list(lines[:1])
