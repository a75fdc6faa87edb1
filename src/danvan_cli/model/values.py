"""The types of single values in the plan and the reports: ids, texts, labels, days."""

import re
from datetime import date
from typing import Annotated, Self, TypeAlias

from msgspec import Meta

from danvan_cli import vietnamese

RESERVED_BY_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that Windows reserves for devices and does not accept as file names."""

# `$` alone would also match before a final line break.
ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)"
NOT_BLANK_PATTERN = r"\S"

Id: TypeAlias = Annotated[str, Meta(pattern=ID_PATTERN)]
"""The id of a unit, a period or an indicator; it becomes part of file names."""

Text: TypeAlias = Annotated[str, Meta(pattern=NOT_BLANK_PATTERN)]
"""A text that must not be blank."""


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
