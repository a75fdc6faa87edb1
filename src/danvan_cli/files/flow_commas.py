"""Finds values in braces that a comma cuts: the rest becomes a field without a value (F120)."""

import re
from typing import Any, NamedTuple, TypeAlias

from danvan_cli.files.decoding import TextPosition
from danvan_cli.problems import Diagnostic, quoted

_Event: TypeAlias = Any

_LONGEST_QUOTED = 300
_GROUPED = r"(?a)\d{1,3}(?:, ?\d{3})+"


class Pieces(NamedTuple):
    """Consecutive names without a colon, and the field before them, if there is one."""

    field: _Event | None
    names: list[_Event]


def is_cut_off(text: str, name: _Event, value: _Event) -> bool:
    """Whether a name in braces, whose value is empty, has no colon."""
    return text.find(":", name.end_mark.index, value.start_mark.index) < 0


def add(pieces: list[Pieces], field: _Event | None, name: _Event) -> None:
    """Adds a name to the pieces that follow the same field, or starts new pieces."""
    if pieces and pieces[-1].field is field:
        pieces[-1].names.append(name)
    else:
        pieces.append(Pieces(field, [name]))


def problem(text: str, pieces: Pieces) -> Diagnostic:
    """F120 at the comma; its hint shows the whole value in quotes."""
    first, last = pieces.names[0], pieces.names[-1]
    rest = text[first.start_mark.index : last.end_mark.index]
    position = TextPosition(first.start_mark.line + 1, first.start_mark.column + 1)
    if pieces.field is None:
        message = f"trong dấu ngoặc {{ }}, {quoted(rest)} không có tên trường và dấu hai chấm"
        hint = "viết {tên trường: giá trị}; nếu dấu { là nội dung thì đặt cả giá trị trong dấu nháy"
    else:
        name = pieces.field.value
        comma = text.rfind(",", pieces.field.end_mark.index, first.start_mark.index)
        lines_below = text.count("\n", comma, first.start_mark.index)
        position = TextPosition(position.line - lines_below, comma - text.rfind("\n", 0, comma))
        message = f"dấu phẩy cắt nội dung của {quoted(name)}, {quoted(rest)} bị bỏ ra ngoài"
        hint = _hint(name, text[pieces.field.end_mark.index : last.end_mark.index])
    return Diagnostic(
        code="F120", message=message, hint=hint, line=position.line, column=position.column
    )


def _hint(field: str, written: str) -> str:
    """How to write the value; `written` is its text from the colon on."""
    value = " ".join(written.partition(":")[2].split())
    if re.fullmatch(_GROUPED, value):
        return f"số viết liền: {field}: {re.sub('[, ]', '', value)}"
    if value[:1] in "[{\"'" or len(value) > _LONGEST_QUOTED:
        return "đặt cả giá trị trong một cặp dấu ngoặc kép, cả phần sau dấu phẩy"
    return f"đặt cả giá trị trong dấu nháy: {field}: {_in_quotes(value)}"


def _in_quotes(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
