"""When a figure stands out from others: by their median and the spread about it, never by a mean.

Figures of units are skewed: a few large ones move a mean and a standard deviation so far that they
no longer stand out themselves.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from msgspec import Struct

from danvan_cli.model.values import Figure

FEWEST = 4
"""As many figures are needed before their spread says anything."""

_TIMES = 3
_SPREADS = 3.5 * 1.4826
"""3.5 standard deviations, of which one is 1.4826 × the median deviation in normal data."""
_LEAST_TIMES = 2
"""A figure less far from the median stands out in no case, however alike the others are."""


class Spread(Struct, frozen=True):
    """How figures lie about their median.

    `deviation`: the median of their distances from it; `ratio`: the median of how many times they
    are above or below it, as a logarithm; infinite if most are 0.
    """

    median: Decimal
    deviation: Decimal
    ratio: float


def spread(figures: Sequence[Figure]) -> Spread:
    """Raises StatisticsError if there are none; figures are not negative."""
    exact = [Decimal(figure) for figure in figures]
    middle = median(exact)
    return Spread(
        median=middle,
        deviation=median(abs(figure - middle) for figure in exact),
        ratio=median(_ratio(figure, middle) for figure in exact),
    )


def stands_out(figure: Figure, among: Spread, least: Figure) -> bool:
    """Whether it is far from the median, as a distance and as a ratio, and by more than `least`.

    The distance alone would point out the upper end of any skewed group, and units differ by how
    many times they are larger. Where most are equal, it goes by `is_multiple`.
    """
    exact, middle = Decimal(figure), among.median
    if not among.deviation:
        return is_multiple(exact, middle, least)
    distance = abs(exact - middle)
    return (
        distance > least
        and distance > Decimal(_SPREADS) * among.deviation
        and _ratio(exact, middle) > _SPREADS * among.ratio
        and max(exact, middle) >= _LEAST_TIMES * min(exact, middle)
    )


def is_multiple(figure: Figure, other: Figure, least: Figure) -> bool:
    """Whether one is more than three times the other, and they are more than `least` apart."""
    low, high = sorted((Decimal(figure), Decimal(other)))
    return high > _TIMES * low and high - low > least


def _ratio(figure: Decimal, middle: Decimal) -> float:
    """How many times one is the other, as a logarithm: the same above and below."""
    if figure == middle:
        return 0.0
    return abs(math.log(figure / middle)) if figure and middle else math.inf
