"""What an indicator's kind decides: which figures fit it, and how one is printed."""

from danvan_cli import vietnamese
from danvan_cli.model.plan import Indicator
from danvan_cli.model.values import NO, YES, Figure

ESTIMATED = "(ước)"
"""Behind a figure that is not final yet."""

_DIGITS_OF_MONEY = 2


def most_digits(indicator: Indicator) -> int:
    """How many digits a figure may have behind its comma; money has two unless the plan says so."""
    if indicator.decimal is not None:
        return indicator.decimal
    return _DIGITS_OF_MONEY if indicator.kind == "money" else 0


def figure_text(indicator: Indicator, figure: Figure, *, estimated: bool = False) -> str:
    """One unit's figure as it is printed: '1.234,5', 'có', '97,5%', '64 (ước)'."""
    if indicator.kind == "yes_no":
        text = YES if figure else NO
    else:
        text = vietnamese.number(figure) + ("%" if indicator.kind == "rate" else "")
    return f"{text} {ESTIMATED}" if estimated else text
