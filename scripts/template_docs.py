"""Writes the second half of docs/templates.md, the names that templates can use, from the types."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, inspect

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "templates.md"
sys.path.insert(0, str(ROOT / "src"))

from danvan_cli.word.document.fields import CONTENT, DOCUMENTS  # noqa: E402

_KINDS: Mapping[type[inspect.Type], str] = {
    inspect.IntType: "số",
    inspect.BoolType: "đúng hoặc sai",
}
MARK = "<!-- Từ đây do `python scripts/template_docs.py` lập; không sửa tay. -->\n"
TABLE_HEAD = "| Tên | Là | Nghĩa |\n|---|---|---|\n"


def reference() -> str:
    """All that stands below the mark: a chapter for each template."""
    chapters = [
        f"### {name}\n\n{''.join(tables(document))}" for name, document in DOCUMENTS.items()
    ]
    return "\n".join(chapters)


def tables(document: type[Struct]) -> Iterator[str]:
    """A table of the document's own names, then one for each type of what they hold."""
    yield table(fields_of(document))
    groups: dict[type[Struct], dict[str, None]] = {}
    lists: dict[type[Struct], dict[str, None]] = {}
    for holder in holders(document):
        groups.setdefault(holder.held, {})
        lists.setdefault(holder.held, {})
        (lists if holder.is_list else groups)[holder.held][f"`{holder.name}`"] = None
    for held in groups:
        named = [("trong", groups[held]), ("trong mỗi mục của", lists[held])]
        told = "; ".join(f"{where} {', '.join(names)}" for where, names in named if names)
        yield f"\n{told[0].upper()}{told[1:]}:\n\n{table(fields_of(held))}"


class Holder(Struct, frozen=True):
    """A name under which there are further names: those of the type that it holds."""

    name: str
    held: type[Struct]
    is_list: bool


def holders(struct: type[Struct], within: str = "") -> Iterator[Holder]:
    """All of a type, each followed by those within it; a list's items start names anew."""
    for field in fields_of(struct):
        inner, is_list, _ = unwrapped(field.type)
        if isinstance(inner, inspect.StructType):
            name = f"{within}{field.name}"
            yield Holder(name, inner.cls, is_list)
            yield from holders(inner.cls, "" if is_list else f"{name}.")


def fields_of(struct: type[Struct]) -> Iterable[inspect.Field]:
    described = inspect.type_info(struct)
    assert isinstance(described, inspect.StructType)
    return described.fields


def unwrapped(type_: inspect.Type) -> tuple[inspect.Type, bool, bool]:
    """A field's type without what it is wrapped in; whether it is a list, and may be missing."""
    if isinstance(type_, inspect.Metadata):
        return unwrapped(type_.type)
    if isinstance(type_, inspect.ListType):
        return unwrapped(type_.item_type)[0], True, False
    if isinstance(type_, inspect.UnionType):
        present = next(each for each in type_.types if not isinstance(each, inspect.NoneType))
        return (*unwrapped(present)[:2], True)
    return type_, False, False


def table(fields: Iterable[inspect.Field]) -> str:
    return TABLE_HEAD + "".join(
        f"| `{field.name}` | {kind_of(field.type)} | {description_of(field.type)} |\n"
        for field in fields
    )


def kind_of(type_: inspect.Type) -> str:
    inner, is_list, is_optional = unwrapped(type_)
    if isinstance(inner, inspect.StructType):
        kind = "danh sách" if is_list else "nhóm tên"
    else:
        kind = _KINDS.get(type(inner), "chữ")
        kind = f"danh sách {kind}" if is_list else kind
    kind = f"{kind}; có thể không có" if is_optional else kind
    return f"{kind}; phải in" if _is_content(type_) else kind


def _is_content(type_: inspect.Type) -> bool:
    return isinstance(type_, inspect.Metadata) and type_.extra == CONTENT


def description_of(type_: inspect.Type) -> str:
    assert isinstance(type_, inspect.Metadata), "a field without a description"
    return str((type_.extra_json_schema or {})["description"])


if __name__ == "__main__":
    by_hand = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    PAGE.write_text(f"{by_hand}{MARK}\n{reference()}", encoding="utf-8", newline="\n")
