"""What a broken check of the office says: which figures, what they come to, what is required."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from danvan_cli import vietnamese
from danvan_cli.model.plan import Indicator
from danvan_cli.model.values import NO, YES
from danvan_cli.rules import expressions
from danvan_cli.rules.expressions import COMPARISONS, Comparison, Exact, Expression, Name, Operation

_REQUIRED = {
    "=": "phải bằng",
    "≠": "phải khác",
    "<": "phải nhỏ hơn",
    ">": "phải lớn hơn",
    "≤": "không được lớn hơn",
    "≥": "không được nhỏ hơn",
}


def broken_check(
    when: Sequence[Comparison],
    broken: Sequence[Comparison],
    figures: Mapping[str, Exact],
    known: Mapping[str, Indicator],
) -> str:
    """'“Đơn phải xử lý” (64) phải bằng “Chuyển sang” (10) + “Đơn mới” (50) = 60'.

    `when`: what the figures meet; `broken`: what they should meet and do not.
    """
    required = "; ".join(_compared(broken, _REQUIRED, figures, known))
    if not when:
        return required
    met = vietnamese.enumeration(list(_compared(when, COMPARISONS, figures, known)))
    return f"khi {met} thì {required}"


def _compared(
    comparisons: Sequence[Comparison],
    words: Mapping[str, str],
    figures: Mapping[str, Exact],
    known: Mapping[str, Indicator],
) -> Iterator[str]:
    for comparison in comparisons:
        left, right = (
            _with_value(side, figures, known) for side in (comparison.left, comparison.right)
        )
        comma = "," if isinstance(comparison.left, Operation) else ""
        yield f"{left}{comma} {words[comparison.sign]} {right}"


def _with_value(
    side: Expression, figures: Mapping[str, Exact], known: Mapping[str, Indicator]
) -> str:
    """A side of a comparison, and behind a computation what it comes to."""
    told = _told(side, figures, known)
    value = expressions.value(side, figures)
    return (
        told if value is None or not isinstance(side, Operation) else f"{told} = {decimal(value)}"
    )


def _told(part: Expression, figures: Mapping[str, Exact], known: Mapping[str, Indicator]) -> str:
    """An expression with the indicators' names, each with its figure."""
    match part:
        case Fraction():
            return decimal(part)
        case Name():
            return _figure(known[part.id], figures[part.id])
    left, right = _told(part.left, figures, known), _told(part.right, figures, known)
    if part.sign in "×÷" and _is_sum(part.left):
        left = f"({left})"
    if isinstance(part.right, Operation) and (
        part.sign == "÷" or (part.sign in "−×" and _is_sum(part.right))
    ):
        right = f"({right})"
    return f"{left} {part.sign} {right}"


def _figure(indicator: Indicator, figure: Exact) -> str:
    shown = decimal(figure)
    if indicator.kind == "yes_no":
        shown = YES if figure else NO
    return f"“{indicator.name}” ({shown})"


def _is_sum(part: Expression) -> bool:
    return isinstance(part, Operation) and part.sign in "+−"


def decimal(value: Exact) -> str:
    """1.234 or 2,5; 'khoảng 0,33' if two decimals are not all."""
    hundredths = round(value * 100)
    ones, rest = divmod(abs(hundredths), 100)
    decimals = f",{rest:02}".rstrip("0").rstrip(",")
    about = "" if hundredths == value * 100 else "khoảng "
    return f"{about}{'-' if hundredths < 0 else ''}{vietnamese.number(ones)}{decimals}"
