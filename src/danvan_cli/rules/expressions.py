"""Reads and computes the office's own expressions over figures: 'don-phai-xu-ly = cu + moi'.

A condition is one comparison or several joined by 'và'; its sides are sums of ids and numbers.
An id keeps its hyphens, so a minus sign has spaces around it, or is a − (U+2212).
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple, NoReturn, TypeAlias

from msgspec import Struct

from danvan_cli.problems import quoted

Exact: TypeAlias = int | Fraction
"""A number without rounding; an int where that is enough, since it is faster."""

MAX_LENGTH = 500
"""Characters of an expression; a longer one could nest deeper than Python can follow."""
_MAX_DEPTH = 10

_SIGNS = {
    "-": "−",
    "–": "−",
    "*": "×",
    "/": "÷",
    "and": "và",
    "==": "=",
    "!=": "≠",
    "<>": "≠",
    "<=": "≤",
    ">=": "≥",
}
"""Other ways to write a sign, and the one that the rest of this module knows."""
COMPARISONS = {
    "=": "bằng",
    "≠": "khác",
    "<": "nhỏ hơn",
    ">": "lớn hơn",
    "≤": "không lớn hơn",
    "≥": "không nhỏ hơn",
}
"""Each comparison, and how a sentence says it."""
_HOLDS: Mapping[str, Callable[[Exact, Exact], bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "≤": operator.le,
    "≥": operator.ge,
}
_COMPUTED: Mapping[str, Callable[[Exact, Exact], Exact]] = {
    "+": operator.add,
    "−": operator.sub,
    "×": operator.mul,
    "÷": lambda left, right: Fraction(left) / right,
}
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)*(?![a-z0-9-]))|(?P<sign>(?i:và|and)\b(?!-)|<=|>=|<>"
    r"|!=|==|[=≠<>≤≥+\-–−*×/÷()])|(?P<id>[a-z0-9][a-z0-9-]*(?![^\W_]))|(?P<other>[^\W\d_]+|\S)|\s+"
)
_NUMBER = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,2})?")
_OPERAND = "mã chỉ tiêu, số hoặc dấu “(”"
_ONE_SIGN = "mỗi so sánh có một dấu; nhiều so sánh thì nối bằng “và”: a ≥ 0 và a ≤ b"
_EXAMPLE = "viết như don-phai-xu-ly = chuyen-sang + moi"


class Name(Struct, frozen=True):
    """An indicator's id, and the text before it in the expression."""

    id: str
    before: str


class Operation(Struct, frozen=True):
    sign: str
    left: "Expression"
    right: "Expression"


Expression: TypeAlias = Fraction | Name | Operation


class Comparison(Struct, frozen=True):
    sign: str
    left: Expression
    right: Expression


class Fault(Exception):  # noqa: N818 - what is wrong is the text, not the program
    """An expression that cannot be read: why, and the text before the place of the fault."""

    def __init__(self, message: str, hint: str, before: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.before = before


@cache
def condition(text: str) -> tuple[Comparison, ...]:
    """The comparisons that have to hold together; raises Fault."""
    return _Reader(text).condition()


@cache
def expression(text: str) -> Expression:
    """A computation without a comparison; raises Fault."""
    return _Reader(text).expression()


def number(text: str) -> Fraction:
    """A number, with comma or point before at most two decimals; raises Fault."""
    if not _NUMBER.fullmatch(text):
        raise Fault(
            f"số {quoted(text)} viết không đúng",
            "nghìn viết liền (1000), sau dấu phẩy có nhiều nhất hai chữ số (2,5)",
        )
    return Fraction(Decimal(text.replace(",", ".")))


def names(part: Expression | tuple[Comparison, ...]) -> Iterator[Name]:
    """The indicators that an expression or a condition names, in its order."""
    match part:
        case Name():
            yield part
        case Operation():
            yield from names(part.left)
            yield from names(part.right)
        case tuple():
            for comparison in part:
                yield from names(comparison.left)
                yield from names(comparison.right)


def value(part: Expression, figures: Mapping[str, Exact]) -> Exact | None:
    """What an expression comes to, exactly; None if it divides by 0."""
    match part:
        case Fraction():
            return part
        case Name():
            return figures[part.id]
    left, right = value(part.left, figures), value(part.right, figures)
    if left is None or right is None or (part.sign == "÷" and right == 0):
        return None
    return _COMPUTED[part.sign](left, right)


def holds(comparison: Comparison, figures: Mapping[str, Exact]) -> bool | None:
    """Whether a comparison is true; None if a side cannot be computed."""
    left, right = value(comparison.left, figures), value(comparison.right, figures)
    if left is None or right is None:
        return None
    return _HOLDS[comparison.sign](left, right)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int

    @property
    def sign(self) -> str:
        """The sign as this module knows it; '' for what is none."""
        written = self.text.casefold()
        return _SIGNS.get(written, written) if self.kind == "sign" else ""


class _Reader:
    """Reads an expression from left to right, each method what its name says."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise Fault(f"biểu thức dài hơn {MAX_LENGTH} ký tự", "tách thành nhiều quy tắc")
        self._text = text
        self._tokens = [
            _Token(found.lastgroup, found[0], found.start())
            for found in _TOKEN.finditer(text)
            if found.lastgroup
        ]
        self._tokens.append(_Token("end", "", len(text.rstrip())))
        self._place = 0
        self._depth = 0

    def condition(self) -> tuple[Comparison, ...]:
        comparisons = [self._comparison()]
        while self._is_next("và"):
            comparisons.append(self._comparison())
        self._end("dấu phép tính, “và”, hoặc hết")
        return tuple(comparisons)

    def expression(self) -> Expression:
        found = self._sum()
        self._end("dấu phép tính, hoặc hết")
        return found

    def _comparison(self) -> Comparison:
        left = self._sum()
        sign = self._next.sign
        if not self._is_next(*COMPARISONS):
            self._refuse(f"dấu so sánh ({' '.join(COMPARISONS)}) hoặc dấu phép tính")
        return Comparison(sign, left, self._sum())

    def _sum(self) -> Expression:
        found = self._product()
        while self._is_next(sign := "+") or self._is_next(sign := "−"):
            found = Operation(sign, found, self._product())
        return found

    def _product(self) -> Expression:
        found = self._operand()
        while self._is_next(sign := "×") or self._is_next(sign := "÷"):
            found = Operation(sign, found, self._operand())
        return found

    def _operand(self) -> Expression:
        token = self._next
        if self._is_next("("):
            return self._in_brackets()
        match token.kind:
            case "number":
                found: Expression = self._number(token)
            case "id":
                found = Name(token.text, self._text[: token.start])
            case _:
                self._refuse(_OPERAND)
        self._place += 1
        return found

    def _in_brackets(self) -> Expression:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            before = self._text[: self._next.start]
            raise Fault(f"ngoặc lồng nhau quá {_MAX_DEPTH} lớp", "bỏ bớt dấu ngoặc", before)
        found = self._sum()
        if not self._is_next(")"):
            self._refuse("dấu phép tính hoặc dấu “)”")
        self._depth -= 1
        return found

    def _number(self, token: _Token) -> Fraction:
        try:
            return number(token.text)
        except Fault as fault:
            raise Fault(fault.message, fault.hint, self._text[: token.start]) from None

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _is_next(self, *signs: str) -> bool:
        """Whether one of these signs comes next; it is then read."""
        is_there = self._next.sign in signs
        self._place += is_there
        return is_there

    def _end(self, wanted: str) -> None:
        if self._next.kind != "end":
            self._refuse(wanted, _ONE_SIGN if self._next.sign in COMPARISONS else _EXAMPLE)

    def _refuse(self, wanted: str, hint: str = _EXAMPLE) -> NoReturn:
        """Raises a Fault at the next token: what would be right there, and what there is."""
        token = self._next
        before = self._text[: token.start]
        where = f"sau {_last_of(before)}" if before.strip() else "đầu biểu thức"
        there = quoted(token.text) if token.text else "hết"
        message = f"{where} phải là {wanted}, đang là {there}"
        raise Fault(message, _hint(token) or hint, before)


def _last_of(before: str) -> str:
    """The last words before a fault, as many as a message may quote."""
    words = " ".join(before.split())
    return quoted(words) if len(words) <= 40 else f"“…{words[-39:]}”"


def _hint(token: _Token) -> str | None:
    """What may have been meant by a token that is never right."""
    match token.text.casefold():
        case "hoặc" | "or":
            return "các so sánh chỉ nối được bằng “và”"
        case ":":
            return "chia viết bằng dấu ÷ hoặc /"
        case "%":
            return "không dùng dấu %: viết × 100"
    if token.kind == "other" and token.text.isalpha():
        return "chỉ tiêu ghi bằng mã (id trong indicators), không ghi bằng tên"
    return None
