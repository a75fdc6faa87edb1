"""What an indicator's kind decides: which figures fit it, how they add up and are printed."""

from collections.abc import Iterable
from decimal import Decimal

from danvan_cli import vietnamese
from danvan_cli.model.plan import FigureKind, Indicator
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import NO, YES, Figure

ESTIMATED = "(ước)"
"""Behind a figure that is not final yet."""

_ADD_UP: tuple[FigureKind, ...] = ("count", "money")
_DIGITS_OF_MONEY = 2


def adds_up(indicator: Indicator) -> bool:
    """Whether the figures of one period and of the next have a sum, which is never below either.

    A stock of a later period takes the place of the one before it.
    """
    return indicator.kind in _ADD_UP


def most_digits(indicator: Indicator) -> int:
    """How many digits a figure may have behind its comma; money has two unless the plan says so."""
    if indicator.decimal is not None:
        return indicator.decimal
    return _DIGITS_OF_MONEY if indicator.kind == "money" else 0


def digits_of(figure: Figure) -> int:
    """How many digits a figure has behind its comma."""
    return len(vietnamese.digits(figure).partition(",")[2])


def summed(figures: Iterable[Figure]) -> Figure:
    """The sum, a whole number as such, else without zeros at its end."""
    total = Decimal(sum(figures))
    whole = int(total)
    return whole if total == whole else total.normalize()


def rate_of(part: Figure, whole: Figure) -> Figure:
    """The percentage that a part is of its whole, to one decimal, rounded half up.

    Raises ZeroDivisionError if the whole is 0.
    """
    return summed([Decimal(vietnamese.per_mille(part, whole)) / 10])


def number_text(indicator: Indicator, figure: Figure) -> str:
    """A figure of several units as it is printed: '1.234,5', '97,5%', '8 đơn vị'."""
    ends = {"rate": "%", "yes_no": " đơn vị"}
    return vietnamese.number(figure) + ends.get(indicator.kind, "")


def figure_text(indicator: Indicator, figure: Figure, *, estimated: bool = False) -> str:
    """One unit's figure as it is printed: '1.234,5', 'có', '97,5%', '64 (ước)'."""
    if indicator.kind == "yes_no":
        return YES if figure else NO
    return marked(number_text(indicator, figure), estimated=estimated)


def reported_text(indicator: Indicator, report: UnitReport) -> str | None:
    """What one unit's report says of an indicator as it is printed; None if it says nothing."""
    if not indicator.rate:
        figure = report.figures.get(indicator.id)
        estimated = indicator.id in report.estimated
        return None if figure is None else figure_text(indicator, figure, estimated=estimated)
    ids = {indicator.rate.part, indicator.rate.whole}
    part, whole = (report.figures.get(id_) for id_ in (indicator.rate.part, indicator.rate.whole))
    if part is None or not whole:
        return None
    estimated = not ids.isdisjoint(report.estimated)
    return figure_text(indicator, rate_of(part, whole), estimated=estimated)


def marked(text: str, *, estimated: bool) -> str:
    """The text with '(ước)' behind it, if it is of an estimate."""
    return f"{text} {ESTIMATED}" if estimated else text
