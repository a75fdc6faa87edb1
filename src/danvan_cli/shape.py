"""Plain data to typed values, or every misfit with its path.

Fast when right, thorough when wrong: msgspec converts good data in one step; only where it
refuses does this module walk the same type and data to find all that does not fit.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, cast

import msgspec
from msgspec import inspect

from danvan_cli.diagnostics import DataPath, Diagnostic
from danvan_cli.source import Data, Unread
from danvan_cli.values import ID_PATTERN, NOT_BLANK_PATTERN

T = TypeVar("T")


def convert(data: Data, type_: type[T]) -> tuple[T | None, list[Diagnostic]]:
    """The typed value and no problem, or None and every problem."""
    try:
        return msgspec.convert(data, type_, dec_hook=_read_single), []
    except msgspec.ValidationError:
        return None, list(_misfits(data, inspect.type_info(type_), ()))


def did_you_mean(written: str, known: Mapping[str, object] | list[str]) -> str | None:
    """'ý bạn là “…”?' where one of the known names is close to what is written."""
    close = get_close_matches(written, list(known), n=1, cutoff=0.6)
    return f"ý bạn là “{close[0]}”?" if close else None


def _read_single(type_: type[Any], written: object) -> object:
    """Day and Label read themselves; msgspec knows no other type that is not plain."""
    return type_.read(written)


def _misfits(data: Data, type_: inspect.Type, path: DataPath) -> Iterator[Diagnostic]:
    if isinstance(data, Unread):
        return
    match type_:
        case inspect.UnionType():
            kind = next(each for each in type_.types if not isinstance(each, inspect.NoneType))
            if data is not None:
                yield from _misfits(data, kind, path)
        case inspect.StructType():
            yield from _struct_misfits(data, type_, path)
        case inspect.ListType():
            yield from _list_misfits(data, type_, path)
        case inspect.DictType():
            yield from _dict_misfits(data, type_, path)
        case inspect.LiteralType():
            yield from _literal_misfits(data, type_, path)
        case inspect.CustomType():
            yield from _single_misfits(data, type_, path)
        case _:
            yield from _scalar_misfits(data, type_, path)


def _struct_misfits(data: Data, type_: inspect.StructType, path: DataPath) -> Iterator[Diagnostic]:
    if not isinstance(data, dict):
        yield _wrong_type(data, type_, path)
        return
    fields = {field.encode_name: field for field in type_.fields}
    for name, value in data.items():
        if name in fields:
            yield from _misfits(value, fields[name].type, (*path, name))
        else:
            yield Diagnostic(
                code="S202",
                message=f"không có trường “{name}” ở đây",
                hint=did_you_mean(name, fields) or f"các trường dùng được: {', '.join(fields)}",
                path=(*path, name),
                at_key=True,
            )
    for name, field in fields.items():
        if field.required and name not in data:
            yield Diagnostic(
                code="S201", message=f"thiếu trường “{name}”", path=(*path, name), at_key=True
            )


def _list_misfits(data: Data, type_: inspect.ListType, path: DataPath) -> Iterator[Diagnostic]:
    if not isinstance(data, list):
        yield _wrong_type(data, type_, path)
        return
    if len(data) < (type_.min_length or 0) or len(data) > (type_.max_length or len(data)):
        bounds = f"từ {type_.min_length} mục" if type_.min_length else ""
        bounds += f" đến {type_.max_length} mục" if type_.max_length else " trở lên"
        yield Diagnostic(code="S203", message=f"danh sách phải có {bounds.strip()}", path=path)
    for place, item in enumerate(data):
        yield from _misfits(item, type_.item_type, (*path, place))


def _dict_misfits(data: Data, type_: inspect.DictType, path: DataPath) -> Iterator[Diagnostic]:
    if not isinstance(data, dict):
        yield _wrong_type(data, type_, path)
        return
    if len(data) < (type_.min_length or 0):
        yield Diagnostic(code="S203", message="phải có ít nhất một mục", path=path)
    for key, value in data.items():
        for misfit in _misfits(key, type_.key_type, (*path, key)):
            yield msgspec.structs.replace(misfit, at_key=True)
        yield from _misfits(value, type_.value_type, (*path, key))


def _literal_misfits(
    data: Data, type_: inspect.LiteralType, path: DataPath
) -> Iterator[Diagnostic]:
    # In Python True == 1; here only the value that is written so will do.
    if any(data == value and type(data) is type(value) for value in type_.values):
        return
    values = [str(value) for value in type_.values]
    yield Diagnostic(
        code="S204",
        message=f"{_shown(data)} không phải là giá trị dùng được",
        hint=(isinstance(data, str) and did_you_mean(data, values))
        or f"chọn một trong: {', '.join(values)}",
        path=path,
    )


def _single_misfits(data: Data, type_: inspect.CustomType, path: DataPath) -> Iterator[Diagnostic]:
    try:
        _read_single(type_.cls, data)
    except ValueError as error:
        code = "S205" if type_.cls.__name__ == "Day" else "S203"
        yield Diagnostic(code=code, message=str(error), path=path)


def _scalar_misfits(data: Data, type_: inspect.Type, path: DataPath) -> Iterator[Diagnostic]:
    if not _is_of_type(data, type_):
        yield _wrong_type(data, type_, path)
    elif isinstance(type_, inspect.StrType) and type_.pattern == ID_PATTERN:
        yield from _id_misfits(cast(str, data), path)
    elif isinstance(type_, inspect.StrType) and type_.pattern == NOT_BLANK_PATTERN:
        if not cast(str, data).strip():
            yield Diagnostic(code="S208", message="không được để trống", path=path)
    elif isinstance(type_, inspect.IntType) and type_.ge is not None and type_.le is not None:
        number = cast(int, data)
        if not type_.ge <= number <= type_.le:
            yield Diagnostic(
                code="S207", message=f"phải là số từ {type_.ge} đến {type_.le}", path=path
            )


def _is_of_type(data: Data, type_: inspect.Type) -> bool:
    match type_:
        case inspect.StrType():
            return isinstance(data, str)
        case inspect.IntType():
            return isinstance(data, int) and not isinstance(data, bool)
        case inspect.BoolType():
            return isinstance(data, bool)
        case _:
            raise TypeError(f"no such type in the files: {type_}")


def _id_misfits(written: str, path: DataPath) -> Iterator[Diagnostic]:
    if not re.search(ID_PATTERN, written):
        yield Diagnostic(
            code="S206",
            message=f"mã “{written}” không đúng dạng",
            hint="mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, dài đến 40 ký tự, "
            "ví dụ ban-tiep-cong-dan",
            path=path,
        )


def _wrong_type(data: Data, type_: inspect.Type, path: DataPath) -> Diagnostic:
    return Diagnostic(
        code="S203",
        message=f"phải là {_kind(type_)}, đang là {_shown(data)}",
        hint=_remedy(data, type_),
        path=path,
    )


def _remedy(data: Data, type_: inspect.Type) -> str | None:
    match type_, data:
        case inspect.StrType(), bool():
            return f'đặt trong dấu ngoặc kép: "{str(data).lower()}"'
        case inspect.StrType(), int():
            return f'đặt trong dấu ngoặc kép: "{data}"'
        case inspect.IntType(), str() if data.replace(".", "").replace(" ", "").isdecimal():
            return f"viết liền, không ngoặc kép: {data.replace('.', '').replace(' ', '')}"
        case inspect.IntType(), _:
            return "chỉ ghi chữ số, không ghi đơn vị tính"
        case inspect.BoolType(), _:
            return "viết true (có) hoặc false (không)"
        case inspect.ListType(), str() | int():
            return "viết mỗi mục trên một dòng riêng, bắt đầu bằng “- ”"
        case _:
            return None


def _kind(type_: inspect.Type) -> str:
    match type_:
        case inspect.StrType():
            return "chữ"
        case inspect.IntType():
            return "số nguyên"
        case inspect.BoolType():
            return "true hoặc false"
        case inspect.ListType():
            return "danh sách"
        case _:
            return "một nhóm các trường"


def _shown(data: Data) -> str:
    match data:
        case None:
            return "trống"
        case bool():
            return f"giá trị {str(data).lower()}"
        case int():
            return f"số {data}"
        case str():
            return f"chữ “{data if len(data) <= 40 else data[:39] + '…'}”"
        case list():
            return "danh sách"
        case _:
            return "một nhóm các trường"
