"""Phrases and lists as the decree has them written: numbers, dates, punctuation, dashes."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from danvan_cli import vietnamese
from danvan_cli.report.merging import paragraphs_of
from danvan_cli.word import decree

BLANK = "…"
BLANK_NAME = "…" * 8
NONE = "–"
_BLANK_NUMBER = " " * 6
DASH = "- "
PLUS = "+ "
_OWN_DASHES = ("-", "–", "+", "•")
_DASHES = (DASH, PLUS)


def number_line(number: str | None, symbol: str) -> str:
    """'Số: 07/BC-VP', or, of a draft, 'Số:      /BC-VP' (NĐ 30/2020, PL I, I.II.3c)."""
    if number is None:
        return f"{decree.NUMBER_WORD}{_BLANK_NUMBER}/{symbol}"
    return f"{decree.NUMBER_WORD} {padded(number)}"


def padded(number: str) -> str:
    """A number under 10 with its zero: 07/BC-VP."""
    return re.sub(r"^\d(?!\d)", r"0\g<0>", number)


def date_in_words(issued: date | None, expected: date | None, year: int | None = None) -> str:
    """'ngày 04 tháng 6 năm 2026'; of a draft, with the day left open, or the month, too."""
    if issued:
        return vietnamese.long_day(issued)
    if expected:
        month = vietnamese.long_day(expected).split(" ", 2)[2]
        return f"ngày {BLANK} {month}"
    return f"ngày {BLANK} tháng {BLANK} năm {year or BLANK}"


def archive_line(archive: str, drafter: str | None) -> str:
    """'- Lưu: VT, HC-TC (Nhưng).'"""
    sign = f" ({drafter})" if drafter else ""
    return f"- {decree.ARCHIVE_WORD} {archive}{sign}."


def appendix_reference(
    document: str,
    number: str | None,
    symbol: str | None,
    when: str,
    issuer: str,
    medium: Literal["electronic", "paper"],
) -> str:
    """'(Kèm theo Báo cáo …)', filled in for paper only (NĐ 30/2020, PL I, I.III.1c)."""
    if medium == "electronic":
        number, when = None, date_in_words(None, None)
    written = padded(number) if number else f"{BLANK}/{symbol}"
    numbered = f" số {written}" if symbol else ""
    return f"(Kèm theo {document}{numbered} {when} của {issuer})"


def addressee_lines(names: list[str]) -> tuple[str | None, list[str]]:
    """One addressee follows 'Kính gửi:', several are below it (NĐ 30/2020, PL I, I.II.9d)."""
    if len(names) == 1:
        return names[0], []
    return None, punctuated((f"- {name}" for name in names), decree.ADDRESSEES)


def recipient_lines(names: list[str]) -> list[str]:
    """Every line but that of the archive, which ends the list."""
    return [f"- {vietnamese.bare(name)};" for name in names]


def punctuated(texts: Iterable[str], element: decree.Element) -> list[str]:
    marks = element.items
    items = [vietnamese.bare(text) for text in texts]
    if marks is None or not items:
        return items
    return [text + marks.item for text in items[:-1]] + [items[-1] + marks.last]


def final(text: str) -> str:
    """The last paragraph of a document (NĐ 30/2020, PL III, mẫu 1.4)."""
    return vietnamese.bare(text.removesuffix(decree.END_MARK)) + decree.END_MARK


def lines(text: str, prefix: str) -> list[str]:
    """A text's paragraphs, the first behind the prefix; its own dash makes ours needless."""
    first, *others = paragraphs_of(text) or [""]
    if prefix in _DASHES and first.startswith(_OWN_DASHES):
        prefix = ""
    return [vietnamese.ended(prefix + first), *others]


def dashed(texts: Iterable[str], dash: str = DASH) -> list[str]:
    return [line for text in texts for line in lines(text, dash)]
