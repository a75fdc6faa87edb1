"""Writes values as YAML that is easy to read, and that every YAML reader reads the same way.

Fields are in the order of their types, prose is in blocks, no line is wrapped, days are written
29/5/2026, and only text that a reader could misread is in quotes.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import msgspec
import yaml

from danvan_cli import vietnamese
from danvan_cli.model.history import YearRecord
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.record import Record
from danvan_cli.model.unit_report import UnitReport

Plain: TypeAlias = "str | int | bool | date | Decimal | Sequence[Plain] | Mapping[str, Plain]"

INDENT = "  "
LONGEST_INLINE = 80
"""Characters; longer prose is written as a block, so that a diff shows the changed line."""

# A blank line is written above these groups of a report, as in the samples.
_SET_APART = (
    "leadership",
    "results",
    "indicators",
    "models",
    "awards",
    "strengths",
    "figures",
    "passages",
    "appendices",
)


class Written(NamedTuple):
    """A written value: `head` follows its key or dash, `body` are the lines below, not indented.

    `head` is empty for lists and groups, which are completely in `body`.
    """

    head: str
    body: list[str] = []


def report_text(report: UnitReport, comments: Sequence[str] = ()) -> str:
    """The text of a unit's report file, with these comments at its beginning."""
    return fields_text(plain(report), comments)


def issued_text(record: IssuedReport, comments: Sequence[str] = ()) -> str:
    """The text of the record of an issued report, with these comments at its beginning."""
    return fields_text(plain(record), comments)


def year_text(record: YearRecord, comments: Sequence[str] = ()) -> str:
    """The text of an earlier year's figures, with these comments at its beginning."""
    return fields_text(plain(record), comments)


def fields_text(fields: Mapping[str, Plain], comments: Sequence[str] = ()) -> str:
    """The text of a file with these fields, even if they are not yet valid."""
    lines = [f"# {comment}".rstrip() for comment in comments]
    for name, value in fields.items():
        if lines and (name in _SET_APART or lines[-1].startswith("#")):
            lines.append("")
        lines += entry(f"{scalar(name)}:", written(value))
    return "".join(f"{line}\n" for line in lines)


def plain(record: Record) -> dict[str, Plain]:
    """The record's fields in their order, without those that have their default value."""
    fields: dict[str, Plain] = {}
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if not _is_default(field, value):
            fields[field.encode_name] = _plain(value)
    return fields


def _is_default(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    if field.default_factory is not msgspec.NODEFAULT:
        return bool(value == field.default_factory())
    return value is None or (field.default is not msgspec.NODEFAULT and value == field.default)


def _plain(value: Any) -> Plain:
    match value:
        case Record():
            return plain(value)
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            single: Plain = value
            return single


def entry(prefix: str, value: Written) -> list[str]:
    """The lines of a value after its prefix `key:` or `-`."""
    first = f"{prefix} {value.head}" if value.head else prefix
    return [first, *_indented(value.body)]


def written(value: Plain) -> Written:
    """A value as it is written behind its key."""
    match value:
        case bool():
            return Written("true" if value else "false")
        case int():
            return Written(str(value))
        case Decimal():
            return Written(f"'{vietnamese.digits(value)}'")
        case date():
            return Written(vietnamese.short_day(value))
        case str():
            is_long = "\n" in value or len(value) > LONGEST_INLINE
            return block(value) if is_long else Written(scalar(value))
        case Mapping():
            return Written("", list(_fields(value))) if value else Written("{}")
        case _:
            return Written("", list(_items(value))) if value else Written("[]")


def _fields(fields: Mapping[str, Plain]) -> Iterator[str]:
    for name, value in fields.items():
        yield from entry(f"{scalar(name)}:", written(value))


def _items(items: Sequence[Plain]) -> Iterator[str]:
    for item in items:
        yield from list_item(item)


def list_item(item: Plain) -> list[str]:
    """The lines of one list item: a text has one line; a group begins behind the dash."""
    if isinstance(item, str) and "\n" not in item:
        return [f"- {scalar(item)}"]
    value = written(item)
    if not value.head and value.body:
        return [f"- {value.body[0]}", *_indented(value.body[1:])]
    return entry("-", value)


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"{INDENT}{line}" if line else "" for line in lines]


def scalar(text: str) -> str:
    """Text on one line: plain, in single quotes, or in double quotes with escapes."""
    if _NEEDS_ESCAPE.search(text):
        return f'"{_escaped(text)}"'
    if _is_plain(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def block(text: str) -> Written:
    """Text as a `|` block, if a block can hold it; else on one line."""
    unfit = not text or text[0].isspace() or text.endswith("\n") or _UNFIT_FOR_BLOCK.search(text)
    return Written(scalar(text)) if unfit else Written("|", text.split("\n"))


# Characters that YAML does not allow, or that are invisible.
_UNFIT_FOR_BLOCK = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_NEEDS_ESCAPE = re.compile(f"[\t\n]|{_UNFIT_FOR_BLOCK.pattern}")
_NOT_PLAIN = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`=<~]|.*(?::(?:\s|$)|\s#|\s$)", re.DOTALL)
# What readers of YAML 1.1 or 1.2 do not take for text, in addition to PyYAML's own list.
_OTHER_THAN_TEXT = re.compile(
    r"null|true|false|yes|no|on|off|y|n|[-+.]?[\d.][\d_.,:a-fox+-]*|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)
_RESOLVER = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
_SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _is_plain(text: str) -> bool:
    """Whether every reader reads the text as this text if it has no quotes."""
    if not text or _NOT_PLAIN.match(text) or _OTHER_THAN_TEXT.fullmatch(text):
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == _TEXT_TAG)


def _escaped(text: str) -> str:
    """The text within double quotes.

    An accent after an escape is escaped, too, so that NFC does not combine it with a letter.
    """
    parts: list[str] = []
    for character in text:
        follows_escape = bool(parts) and parts[-1].startswith("\\")
        if character in _SHORT_ESCAPES:
            parts.append(_SHORT_ESCAPES[character])
        elif _NEEDS_ESCAPE.match(character) or (
            follows_escape and unicodedata.combining(character)
        ):
            parts.append(_code(character))
        else:
            parts.append(character)
    return "".join(parts)


def _code(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
