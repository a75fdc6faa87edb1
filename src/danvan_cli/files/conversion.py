"""Converts plain data to typed values, or reports every type error with its path.

msgspec converts valid data in one step, which is fast. Only if it refuses does this module walk
through the type and the data to find all errors.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice, takewhile
from typing import Any, TypeVar, cast

import msgspec
from msgspec import inspect

from danvan_cli import characters
from danvan_cli.files.yaml_reading import MAX_DIGITS, Data, Unread
from danvan_cli.model.plan import AWARDED_BY_NAMES
from danvan_cli.model.unit_report import AWARD_KIND_NAMES, MODEL_STATUS_NAMES, TASK_STATUS_NAMES
from danvan_cli.model.values import (
    DECIMAL_PATTERN,
    FIGURE_PATTERN,
    ID_PATTERN,
    NO,
    NOT_BLANK_PATTERN,
    YES,
    Day,
)
from danvan_cli.problems import (
    MAX_PROBLEMS,
    MAX_SHOWN,
    DataPath,
    Diagnostic,
    did_you_mean,
    limited,
    quoted,
)

T = TypeVar("T")

_MEANINGS: Mapping[str, str] = {
    str(value): name
    for names in (TASK_STATUS_NAMES, MODEL_STATUS_NAMES, AWARD_KIND_NAMES, AWARDED_BY_NAMES)
    for value, name in names.items()
}
# These fields may hold long texts; all others hold one word, name, number or line.
_PROSE = (
    "summary",
    "leadership",
    "opening",
    "closing",
    "achievement",
    "reason",
    "text",
    "supplement_reason",
)
_GROUPED_NUMBER = r"(?a)-?\d{1,3}(?:[. ]\d{3})+"
_GROUPED_DECIMAL = rf"{_GROUPED_NUMBER},\d{{1,2}}"
_NUMBERS = (DECIMAL_PATTERN, FIGURE_PATTERN)
_ANSWERS = ("yes", "no", "y", "n", "on", "off", "co", "khong", "x", "đúng", "sai")
"""What people type for có and không."""

_SINGLE = (inspect.StrType, inspect.IntType, inspect.BoolType)


def convert(data: Data, type_: type[T]) -> tuple[T | None, list[Diagnostic]]:
    """The typed value and no problem, or None and every problem.

    None and no problem if reading has already refused a value and reported it.
    """
    try:
        return msgspec.convert(data, type_, dec_hook=_read_single), []
    except msgspec.ValidationError:
        without_empty = _without_empty(data, inspect.type_info(type_))
    try:
        return msgspec.convert(without_empty, type_, dec_hook=_read_single), []
    except msgspec.ValidationError:
        return None, limited(_type_errors(without_empty, inspect.type_info(type_), ()))


def convert_valid_parts(data: Data, type_: type[T]) -> tuple[T | None, list[DataPath]]:
    """The typed value without its invalid parts, and the paths of the parts that were removed.

    If an item of a list is invalid the whole list is removed, so that all other paths stay right;
    if a field is missing its whole group is. None if nothing would be left.
    """
    removed: list[DataPath] = []
    data = _without_empty(data, inspect.type_info(type_))
    paths = set(_unread_paths(data, ()))
    while all(paths) and len(paths) <= MAX_PROBLEMS:
        data = _without(data, paths)
        removed += paths
        try:
            return msgspec.convert(data, type_, dec_hook=_read_single), removed
        except msgspec.ValidationError:
            type_errors = islice(_type_errors(data, inspect.type_info(type_), ()), MAX_PROBLEMS + 1)
            paths = {_removable(type_error) for type_error in type_errors}
    return None, removed


def _without_empty(data: Data, type_: inspect.Type) -> Data:
    """The data without known keys that have no value, which count as missing.

    An unknown key without a value stays, since it may be text that became a key by mistake.
    """
    match type_, data:
        case inspect.UnionType(), _ if data is not None:
            return _without_empty(data, _option_for(data, type_))
        case inspect.StructType(), dict():
            fields = {field.encode_name: field.type for field in type_.fields}
            return {
                name: _without_empty(value, fields[name]) if name in fields else value
                for name, value in data.items()
                if value is not None or name not in fields
            }
        case inspect.DictType(), dict():
            without_empty = {name: value for name, value in data.items() if value is not None}
            return {
                name: _without_empty(value, type_.value_type)
                for name, value in without_empty.items()
            }
        case inspect.ListType(), list():
            return [_without_empty(item, type_.item_type) for item in data]
        case _:
            return data


def _option_for(data: Data, type_: inspect.UnionType) -> inspect.Type:
    """Of values, lists and groups, the one that the data are meant for; else the first one.

    A key that no field has is text with a colon in it.
    """
    options = [kind for kind in type_.types if not isinstance(kind, inspect.NoneType)]
    for option in options:
        if isinstance(option, _SINGLE) and _is_of_type(data, option):
            return option
        if isinstance(option, inspect.StructType) and isinstance(data, dict):
            fields = {field.encode_name for field in option.fields}
            if len(options) == 1 or fields & data.keys():
                return option
        if isinstance(option, inspect.DictType) and isinstance(data, dict):
            return option
        if isinstance(option, inspect.ListType) and isinstance(data, list):
            return option
    return options[0]


def _unread_paths(data: Data, path: DataPath) -> Iterator[tuple[str, ...]]:
    if isinstance(data, Unread):
        yield _above_lists(path)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _unread_paths(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _unread_paths(value, (*path, place))


def _removable(type_error: Diagnostic) -> tuple[str, ...]:
    return _above_lists(type_error.path[:-1] if type_error.code == "S201" else type_error.path)


def _above_lists(path: DataPath) -> tuple[str, ...]:
    steps = takewhile(lambda step: isinstance(step, str), path)
    return tuple(str(step) for step in steps)


def _without(data: Data, paths: Collection[tuple[str, ...]]) -> Data:
    """The data without the values at these paths; each group is copied once."""
    if not isinstance(data, dict) or not paths:
        return data
    taken = {path[0] for path in paths if len(path) == 1}
    below: dict[str, list[tuple[str, ...]]] = {}
    for first, *rest in paths:
        below.setdefault(first, []).append(tuple(rest))
    return {
        key: _without(value, below.get(key, ())) for key, value in data.items() if key not in taken
    }


def _read_single(type_: type[Any], written: object) -> object:
    """Converts a Day or a Label, the only types that msgspec cannot convert itself."""
    return type_.read(written)


def _type_errors(data: Data, type_: inspect.Type, path: DataPath) -> Iterator[Diagnostic]:
    if isinstance(data, Unread):
        return
    match type_:
        case inspect.UnionType():
            if data is not None:
                yield from _type_errors(data, _option_for(data, type_), path)
        case _ if data is None:
            yield _blank(path)
        case inspect.StructType():
            yield from _struct_errors(data, type_, path)
        case inspect.ListType():
            yield from _list_errors(data, type_, path)
        case inspect.DictType():
            yield from _dict_errors(data, type_, path)
        case inspect.LiteralType():
            yield from _literal_errors(data, type_, path)
        case inspect.CustomType():
            yield from _with_unusual_named(data, _single_errors(data, type_, path))
        case inspect.StrType() if type_.pattern not in _NUMBERS:
            yield from _scalar_errors(data, type_, path)
        case _:
            yield from _with_unusual_named(data, _scalar_errors(data, type_, path))


def _with_unusual_named(data: Data, type_errors: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """The type errors, with a hint if a character only looks like a digit, hyphen or space."""
    odd = characters.describe_unusual(data) if isinstance(data, str) else None
    for type_error in type_errors:
        yield msgspec.structs.replace(type_error, hint=odd) if odd else type_error


def _struct_errors(data: Data, type_: inspect.StructType, path: DataPath) -> Iterator[Diagnostic]:
    if not isinstance(data, dict):
        yield _wrong_type(data, type_, path)
        return
    fields = {field.encode_name: field for field in type_.fields}
    for name, value in data.items():
        if name in fields:
            yield from _type_errors(value, fields[name].type, (*path, name))
        else:
            yield Diagnostic(
                code="S202",
                message=f"không có trường {quoted(name)} ở đây",
                hint=did_you_mean(name, fields)
                or _not_a_name(name)
                or f"các trường dùng được: {', '.join(fields)}",
                path=(*path, name),
                at_key=True,
            )
    for name, field in fields.items():
        if field.required and name not in data:
            yield Diagnostic(
                code="S201", message=f"thiếu trường “{name}”", path=(*path, name), at_key=True
            )


def _not_a_name(name: str) -> str | None:
    """A hint for text that a colon has turned into the name of a field."""
    if " " not in name and name.isascii():
        return None
    return "nếu đây là nội dung thì đặt cả giá trị, cả phần trước đó, trong dấu ngoặc kép"


def _list_errors(data: Data, type_: inspect.ListType, path: DataPath) -> Iterator[Diagnostic]:
    if not isinstance(data, list):
        yield _wrong_type(data, type_, path)
        return
    if len(data) < (type_.min_length or 0) or len(data) > (type_.max_length or len(data)):
        bounds = f"từ {type_.min_length} mục" if type_.min_length else ""
        bounds += f" đến {type_.max_length} mục" if type_.max_length else " trở lên"
        yield Diagnostic(code="S203", message=f"danh sách phải có {bounds.strip()}", path=path)
    for place, item in enumerate(data):
        yield from _type_errors(item, type_.item_type, (*path, place))


def _dict_errors(data: Data, type_: inspect.DictType, path: DataPath) -> Iterator[Diagnostic]:
    if not isinstance(data, dict):
        yield _wrong_type(data, type_, path)
        return
    if len(data) < (type_.min_length or 0):
        yield Diagnostic(code="S203", message="phải có ít nhất một mục", path=path)
    for key, value in data.items():
        for type_error in _type_errors(key, type_.key_type, (*path, key)):
            yield msgspec.structs.replace(type_error, at_key=True)
        yield from _type_errors(value, type_.value_type, (*path, key))


def _literal_errors(data: Data, type_: inspect.LiteralType, path: DataPath) -> Iterator[Diagnostic]:
    # In Python True == 1; here only the value that is written so will do.
    if any(data == value and type(data) is type(value) for value in type_.values):
        return
    values = {str(value): _MEANINGS.get(str(value)) for value in type_.values}
    yield Diagnostic(
        code="S204",
        message=f"{_described(data)} không phải là giá trị dùng được",
        hint=_choice(data, values),
        path=path,
    )


def _choice(data: Data, values: Mapping[str, str | None]) -> str:
    """The value that is meant, also by its Vietnamese name; else all values."""
    if isinstance(data, str):
        for value, meaning in values.items():
            if meaning == data.strip().lower():
                return f"ý bạn là “{value}”?"
        if close := did_you_mean(data, values):
            return close
    named = [f"{value} ({meaning})" if meaning else value for value, meaning in values.items()]
    return f"chọn một trong: {'; '.join(named)}"


def _single_errors(data: Data, type_: inspect.CustomType, path: DataPath) -> Iterator[Diagnostic]:
    try:
        _read_single(type_.cls, data)
    except ValueError as error:
        code = "S205" if issubclass(type_.cls, Day) else "S203"
        too_long = isinstance(data, str) and len(data) > MAX_SHOWN
        message = f"{_described(data)} không đúng dạng" if too_long else str(error)
        is_register = path[-1] == "from" and isinstance(data, dict) and "register" in data
        hint = "số liệu tính từ sổ thì ghi computed: {register: …}" if is_register else None
        yield Diagnostic(code=code, message=message, hint=hint, path=path)


def _scalar_errors(data: Data, type_: inspect.Type, path: DataPath) -> Iterator[Diagnostic]:
    if not _is_of_type(data, type_):
        yield _wrong_type(data, type_, path)
    elif isinstance(type_, inspect.StrType) and type_.pattern == ID_PATTERN:
        yield from _id_errors(cast(str, data), path)
    elif isinstance(type_, inspect.StrType) and type_.pattern == NOT_BLANK_PATTERN:
        if not cast(str, data).strip():
            yield _blank(path)
    elif isinstance(type_, inspect.StrType) and type_.pattern in _NUMBERS:
        if not re.search(type_.pattern, cast(str, data)):
            yield _not_a_number(cast(str, data), type_.pattern, path)
    elif isinstance(type_, inspect.IntType):
        yield from _range_errors(cast(int, data), type_, path)


def _blank(path: DataPath) -> Diagnostic:
    is_item = bool(path) and isinstance(path[-1], int)
    return Diagnostic(
        code="S208",
        message="mục này để trống" if is_item else "không được để trống",
        hint="ghi nội dung, hoặc xóa cả mục" if is_item else None,
        path=path,
    )


def _range_errors(number: int, type_: inspect.IntType, path: DataPath) -> Iterator[Diagnostic]:
    low, high = type_.ge, type_.le
    if (low is not None and number < low) or (high is not None and number > high):
        bounds = f"từ {low}" if low is not None else ""
        bounds += f" đến {high}" if high is not None else " trở lên"
        yield Diagnostic(code="S207", message=f"phải là số {bounds.strip()}", path=path)


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


def _id_errors(written: str, path: DataPath) -> Iterator[Diagnostic]:
    if not re.search(ID_PATTERN, written):
        yield Diagnostic(
            code="S206",
            message=f"mã {quoted(written)} không đúng dạng",
            hint=characters.describe_unusual(written)
            or "mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, dài đến 40 ký tự, "
            "ví dụ ban-tiep-cong-dan",
            path=path,
        )


def _not_a_number(written: str, pattern: str, path: DataPath) -> Diagnostic:
    """Of a unit's figure, whose kind only the plan says, words may stand for yes or no."""
    wanted, hint = "số", _number_hint(written)
    if pattern == FIGURE_PATTERN and written.strip().casefold() in _ANSWERS:
        wanted, hint = f"số, hoặc là {YES}, {NO}", f"ghi {YES} hoặc {NO}"
    elif pattern == FIGURE_PATTERN and not re.search(r"\d", written):
        hint += f"; chỉ tiêu có hay không thì ghi {YES} hoặc {NO}"
    return Diagnostic(
        code="S203",
        message=f"phải là {wanted}, đang là {_described(written)}",
        hint=hint,
        path=path,
    )


def _wrong_type(data: Data, type_: inspect.Type, path: DataPath) -> Diagnostic:
    return Diagnostic(
        code="S203",
        message=f"phải là {_type_name(type_)}, đang là {_described(data)}",
        hint=_hint(data, type_, path),
        path=path,
    )


def _hint(data: Data, type_: inspect.Type, path: DataPath) -> str | None:
    match type_, data:
        case inspect.StrType(), bool():
            return f'đặt trong dấu ngoặc kép: "{str(data).lower()}"'
        case inspect.StrType(), int():
            return f'đặt trong dấu ngoặc kép: "{data}"'
        case inspect.StrType(), list() if not _may_be_long(path):
            return "chỉ ghi một giá trị, không có dấu ngoặc [ ] hay dấu gạch đầu dòng"
        case inspect.StrType(), list():
            return "viết thành đoạn văn: sau dấu hai chấm ghi dấu |, rồi mỗi đoạn một dòng thụt vào"
        case inspect.StrType(), dict():
            return "nếu trong nội dung có dấu hai chấm thì đặt cả giá trị trong dấu ngoặc kép"
        case inspect.IntType(), _:
            return _number_hint(data)
        case inspect.BoolType(), _:
            return "viết true (có) hoặc false (không)"
        case inspect.ListType(), str() | int():
            return "viết mỗi mục trên một dòng riêng, bắt đầu bằng “- ” (gạch nối và dấu cách)"
        case inspect.StructType(), _:
            names = ", ".join(field.encode_name for field in type_.fields)
            return f"viết các trường ở những dòng dưới, thụt vào hai dấu cách: {names}"
        case inspect.DictType(), _:
            return "viết mỗi mục “tên: giá trị” trên một dòng, thụt vào hai dấu cách"
        case _:
            return None


def _may_be_long(path: DataPath) -> bool:
    """Whether the text may have several paragraphs."""
    of_id = ("sections", "tasks", "figures", "own")
    return path[-1] in _PROSE or (path[0] in of_id and len(path) == 2)


def _number_hint(data: Data) -> str:
    if isinstance(data, str) and re.fullmatch(_GROUPED_NUMBER, data):
        return f"viết liền: {re.sub('[. ]', '', data)}"
    if isinstance(data, str) and re.fullmatch(_GROUPED_DECIMAL, data):
        return f"viết liền, trong dấu nháy: '{re.sub('[. ]', '', data)}'"
    if isinstance(data, str) and re.fullmatch(r"(?a)-?\d{1,3}(?:,\d{3})+\.\d+", data):
        return "viết liền, dấu phẩy trước phần thập phân, trong dấu nháy: '1234,5'"
    if isinstance(data, str) and re.fullmatch(r"(?a)-?\d+[.,]\d{3,}", data):
        return "phần thập phân nhiều nhất hai chữ số; không có phần thập phân thì viết liền"
    if isinstance(data, str) and re.fullmatch(r"(?a)-?\d+", data):
        if len(data) <= MAX_DIGITS:
            return f"viết không có dấu ngoặc: {data}"
        return f"số dài nhất là {MAX_DIGITS} chữ số"
    return (
        "chỉ ghi chữ số, không ghi đơn vị tính hay chữ nào khác; số thập phân viết trong dấu "
        "nháy: '97,5'"
    )


def _type_name(type_: inspect.Type) -> str:
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


def _described(data: Data) -> str:
    match data:
        case bool():
            return f"giá trị {str(data).lower()}"
        case int():
            return f"số {data}"
        case str():
            return f"chữ {quoted(data)}"
        case list():
            return "danh sách"
        case _:
            return "một nhóm các trường"
