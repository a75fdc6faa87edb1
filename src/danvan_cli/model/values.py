"""The kinds of single value that the plan and the reports are made of."""

import re
from datetime import date
from typing import Annotated, Self, TypeAlias

from msgspec import Meta

from danvan_cli import vietnamese

RESERVED_BY_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Ids that Windows keeps for devices, and takes for no file name."""

# `$` alone would let a line break follow.
ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)"
NOT_BLANK_PATTERN = r"\S"

Id: TypeAlias = Annotated[str, Meta(pattern=ID_PATTERN)]
"""The id of a unit, a period or an indicator; it becomes part of file names."""

Text: TypeAlias = Annotated[str, Meta(pattern=NOT_BLANK_PATTERN)]
"""Words that must be there."""


class Label(str):
    """A name that may be written as a number: section 1, task 1.1, which stay text."""

    __slots__ = ()

    @classmethod
    def read(cls, written: object) -> Self:
        """Raises ValueError, in Vietnamese, where a label is neither text nor number."""
        if isinstance(written, bool) or not isinstance(written, str | int):
            raise ValueError("phải là chữ hoặc số")
        if not str(written).strip():
            raise ValueError("không được để trống")
        return cls(written)


class Day(date):
    """A calendar day in Việt Nam, written 29/5/2026 or 2026-05-29."""

    @classmethod
    def read(cls, written: object) -> Self:
        """Raises ValueError, in Vietnamese, where what is written is no day."""
        if not isinstance(written, str):
            raise ValueError("phải là ngày, viết như 29/5/2026")
        day = vietnamese.parse_day(written.strip())
        return cls(day.year, day.month, day.day)
