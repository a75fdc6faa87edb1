"""Formats figures, ranges and names for messages."""

from danvan_cli.vietnamese import in_sentence
from danvan_cli.word import decree
from danvan_cli.word.decree import Element, Range

_PROPER_NAMES = (decree.NATIONAL_NAME, decree.MOTTO, decree.ADDRESSEES, decree.RECIPIENTS)


def figure(value: float) -> str:
    """12,7 for 12.7; 13 for 13.0: one decimal at most."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def range_in_words(allowed: Range) -> str:
    """'12 đến 13', or '13'."""
    if allowed.least == allowed.most:
        return figure(allowed.least)
    return f"{figure(allowed.least)} đến {figure(allowed.most)}"


def must_be(allowed: Range, unit: str = "") -> str:
    """'phải từ 12 đến 13', or 'phải là 13'."""
    word = "là" if allowed.least == allowed.most else "từ"
    return f"phải {word} {range_in_words(allowed)}{unit}"


def nearest(value: float, allowed: Range) -> float:
    return min(max(value, allowed.least), allowed.most)


def within(element: Element) -> str:
    """The element's name inside a sentence: 'tên cơ quan ban hành', but 'Quốc hiệu'."""
    return element.name if element in _PROPER_NAMES else in_sentence(element.name)
