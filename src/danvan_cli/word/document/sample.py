"""Made-up documents to try a template with, made from the types, so that they never lag behind."""

from collections.abc import Iterator
from itertools import count
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, inspect
from msgspec.structs import replace

from danvan_cli.word.document.fields import CONTENT, Document

_Kind = TypeVar("_Kind", bound=Struct)
_FIRST_MARK = 7300001
"""A number that no sample has of itself, and that capitals and blanks do not change."""


class _Extent(Struct, frozen=True):
    """Whether values that may be missing are there, and how many items each list has."""

    optional: bool
    items: int


_EXTENTS = (_Extent(True, 2), _Extent(False, 2), _Extent(True, 0))


def samples(document: type[Document]) -> Iterator[Document]:
    """A document with all there can be; one without what may be missing; one with empty lists.

    Each text is what its field's description says.
    """
    for extent in _EXTENTS:
        yield msgspec.convert(_value(inspect.type_info(document), "", extent), document)


def _value(type_: inspect.Type, description: str, extent: _Extent) -> object:
    """A value of a field's type, as plain data."""
    if isinstance(type_, inspect.Metadata):
        described = (type_.extra_json_schema or {}).get("description", description)
        return _value(type_.type, described, extent)
    if isinstance(type_, inspect.UnionType):
        return _optional(type_, description, extent)
    if isinstance(type_, inspect.ListType):
        texts = [f"{description} ({number})" for number in range(1, extent.items + 1)]
        return [_value(type_.item_type, text, extent) for text in texts]
    if isinstance(type_, inspect.StructType):
        return {field.name: _value(field.type, "", extent) for field in type_.fields}
    if isinstance(type_, inspect.IntType):
        return 1
    if isinstance(type_, inspect.BoolType):
        return extent.optional
    if isinstance(type_, inspect.StrType):
        return description
    raise TypeError(f"no sample for {type_}")


def _optional(type_: inspect.UnionType, description: str, extent: _Extent) -> object:
    if not extent.optional:
        return None
    present = next(option for option in type_.types if not isinstance(option, inspect.NoneType))
    return _value(present, description, extent)


def with_marks(document: _Kind) -> tuple[_Kind, dict[str, str]]:
    """The sample with a number of its own in each text of content; number → the text's name.

    The name is like `sections.paragraphs`, whatever the place in a list.
    """
    marks: dict[str, str] = {}
    numbers = count(_FIRST_MARK)

    def marked(text: str, name: str) -> str:
        mark = str(next(numbers))
        marks[mark] = name
        return f"{text} {mark}"

    def within(value: Any, name: str, *, is_content: bool) -> Any:
        if isinstance(value, str):
            return marked(value, name) if is_content else value
        if isinstance(value, list):
            return [within(item, name, is_content=is_content) for item in value]
        if not isinstance(value, Struct):
            return value
        described = inspect.type_info(type(value))
        assert isinstance(described, inspect.StructType)
        changed = {
            field.name: within(
                getattr(value, field.name),
                f"{name}.{field.name}".lstrip("."),
                is_content=isinstance(field.type, inspect.Metadata) and field.type.extra == CONTENT,
            )
            for field in described.fields
        }
        return replace(value, **changed)

    return within(document, "", is_content=False), marks
