"""How texts name what an indicator counts: 'cuộc kiểm tra', 'lượt người tham dự'."""

from collections.abc import Sequence

from danvan_cli import vietnamese
from danvan_cli.model.plan import Indicator

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


def _letters(words: Sequence[str]) -> list[str]:
    return [word.strip(",;").casefold() for word in words]
