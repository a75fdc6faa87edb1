"""How texts name what an indicator counts: 'cuộc kiểm tra', 'lượt người tham dự'."""

from collections.abc import Sequence

from danvan_cli import vietnamese
from danvan_cli.model.plan import PLACE_OF_NUMBER, Indicator

_COUNTS = ("Tổng số ", "Số ")
_PERSONS = ["người"]
"""Counted by the noun alone: '21 cá nhân được khen thưởng'."""


def noun(indicator: Indicator) -> str:
    """The measure, then the name, no word of it twice: 'cuộc kiểm tra, giám sát'."""
    name = indicator.name
    for count in _COUNTS:
        name = name.removeprefix(count)
    measure, words = indicator.measure.split(), name.split()
    most = min(len(measure), len(words))
    same = next(
        length
        for length in range(most, -1, -1)
        if _letters(measure[len(measure) - length :]) == _letters(words[:length])
    )
    kept = [] if measure == _PERSONS else measure[: len(measure) - same]
    return " ".join([*kept, vietnamese.in_sentence(name)])


def usual_phrase(indicator: Indicator) -> str:
    """How a sentence tells a figure whose plan has no phrase, with {n} for the number.

    '{n} cuộc hội nghị', 'tỷ lệ đơn đã xử lý đạt {n}', '{n} có trang thông tin'.
    """
    match indicator.kind:
        case "rate":
            return f"{vietnamese.in_sentence(indicator.name)} đạt {PLACE_OF_NUMBER}"
        case "yes_no":
            return f"{PLACE_OF_NUMBER} {vietnamese.in_sentence(indicator.name)}"
        case _:
            return f"{PLACE_OF_NUMBER} {noun(indicator)}"


def without_any(indicator: Indicator) -> str:
    """How a sentence tells a 0 whose plan has no words for it."""
    match indicator.kind:
        case "money":
            return f"không có {vietnamese.in_sentence(indicator.name)}"
        case "yes_no":
            return f"chưa có đơn vị nào {vietnamese.in_sentence(indicator.name)}"
        case _:
            return f"không có {noun(indicator)}"


def _letters(words: Sequence[str]) -> list[str]:
    return [word.strip(",;").casefold() for word in words]
