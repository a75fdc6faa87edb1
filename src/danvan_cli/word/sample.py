"""Made-up documents to try a template with, made from the types, so that they never lag behind."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct, inspect

from danvan_cli.word.documents import Document


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
        return {each.name: _value(each.type, "", extent) for each in type_.fields}
    if isinstance(type_, inspect.IntType):
        return 1
    if isinstance(type_, inspect.StrType):
        return description
    raise TypeError(f"no sample for {type_}")


def _optional(type_: inspect.UnionType, description: str, extent: _Extent) -> object:
    if not extent.optional:
        return None
    present = next(each for each in type_.types if not isinstance(each, inspect.NoneType))
    return _value(present, description, extent)
