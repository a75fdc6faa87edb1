"""The types of single values in the plan and the reports: ids, texts, labels, days, figures."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Self, TypeAlias

from msgspec import Meta

from danvan_cli import vietnamese

RESERVED_BY_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that Windows reserves for devices and does not accept as file names."""

# `$` alone would also match before a final line break.
ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)"
NOT_BLANK_PATTERN = r"\S"
DECIMAL_PATTERN = r"^\s*-?[0-9]{1,15}(?:[.,][0-9]{1,2})?\s*$(?!\n)"
FIGURE_PATTERN = r"^\s*(?:-?[0-9]{1,15}(?:[.,][0-9]{1,2})?|[Cc]ó|[Kk]hông)\s*$(?!\n)"
PERCENT_PATTERN = r"^\s*(?:100|[1-9]?[0-9])%\s*$(?!\n)"
POINTS_PATTERN = r"^\s*-?[0-9]{1,6}(?:[.,][0-9]{1,2})?\s*$(?!\n)"

Id: TypeAlias = Annotated[str, Meta(pattern=ID_PATTERN)]
"""The id of a unit, a period or an indicator; it becomes part of file names."""

Text: TypeAlias = Annotated[str, Meta(pattern=NOT_BLANK_PATTERN)]
"""A text that must not be blank."""

Figure: TypeAlias = int | Decimal
"""A figure to compute with, never a float; of a yes/no it is a bool, which counts as 1 or 0."""

TypedNumber: TypeAlias = int | Annotated[str, Meta(pattern=DECIMAL_PATTERN)]
"""A number as a file has it: 41 or '41', or with decimals a text, '97,5' or '97.5'."""

TypedFigure: TypeAlias = int | bool | Annotated[str, Meta(pattern=FIGURE_PATTERN)]
"""A figure as a file has it: a number, or có, không, true, false."""

YES, NO = "có", "không"


def figure_of(typed: int | bool | str) -> Figure:
    """The figure that was typed; '97,50' is 97.5, and '64' and '64,0' the whole number 64.

    Raises ValueError for a text that is none.
    """
    if not isinstance(typed, str):
        return typed
    text = typed.strip()
    if re.fullmatch(FIGURE_PATTERN, text) is None:
        raise ValueError(text)
    if text.casefold() in (YES, NO):
        return text.casefold() == YES
    number = Decimal(text.replace(",", "."))
    whole = int(number)
    return whole if number == whole else number.normalize()


def typed_of(figure: Figure) -> int | str:
    """As a file has it: 41, '97,5', 'có'."""
    if isinstance(figure, bool):
        return YES if figure else NO
    return int(figure) if figure == int(figure) else vietnamese.digits(figure)


class Label(str):
    """An id that may be written as a number, such as section 1 or task 1.1; it is kept as text."""

    __slots__ = ()

    @classmethod
    def read(cls, written: object) -> Self:
        """Raises ValueError, in Vietnamese, if it is neither text nor a number."""
        if isinstance(written, bool) or not isinstance(written, str | int):
            raise ValueError("phải là chữ hoặc số")
        if not str(written).strip():
            raise ValueError("không được để trống")
        return cls(written)


class Points(Decimal):
    """Points (điểm), written 10, '10' or '7,5': at most two decimals, never a float."""

    __slots__ = ()

    @classmethod
    def read(cls, written: object) -> Self:
        """Raises ValueError, in Vietnamese, if it is no such number."""
        if isinstance(written, bool) or re.match(POINTS_PATTERN, str(written)) is None:
            raise ValueError("phải là điểm, viết như 10 hoặc '7,5', nhiều nhất hai số thập phân")
        return cls(str(written).strip().replace(",", "."))


class Percent(int):
    """A share in whole percent, written 20%."""

    __slots__ = ()

    @classmethod
    def read(cls, written: object) -> Self:
        """Raises ValueError, in Vietnamese, if it is none."""
        if not isinstance(written, str) or re.match(PERCENT_PATTERN, written) is None:
            raise ValueError("phải là tỷ lệ, viết như 20%")
        return cls(written.strip().removesuffix("%"))


class Day(date):
    """A calendar day in Việt Nam, written 29/5/2026 or 2026-05-29."""

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    @classmethod
    def read(cls, written: object) -> Self:
        """Raises ValueError, in Vietnamese, if it is not a day."""
        if not isinstance(written, str):
            raise ValueError("phải là ngày, viết như 29/5/2026")
        return cls.of(vietnamese.parse_day(written.strip()))
