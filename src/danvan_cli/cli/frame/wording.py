"""Click's and Typer's own words in Vietnamese.

Both look their words up through `gettext`. A compiled catalogue would depend on LANG, which
Windows does not set, so the lookup itself is answered here, from a dict.
"""

import gettext
from typing import Any

import click

CATALOGUE = {
    # help
    "Usage:": "Cách dùng:",
    "Options": "Tùy chọn",
    "Arguments": "Đối số",
    "Commands": "Lệnh",
    "Show this message and exit.": "Hiện hướng dẫn này rồi thoát.",
    "Show the version and exit.": "Hiện phiên bản rồi thoát.",
    "%(prog)s, version %(version)s": "%(prog)s, phiên bản %(version)s",
    "default: {default}": "mặc định: {default}",
    "(dynamic)": "(tính khi chạy)",
    "required": "bắt buộc",
    "env var: {var}": "biến môi trường: {var}",
    "deprecated": "sẽ bị bỏ",
    # errors
    "Error: {message}": "Lỗi: {message}",
    "Try '{command} {option}' for help.": "Gõ '{command} {option}' để xem hướng dẫn.",
    "Aborted!": "Đã dừng.",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "Cảnh báo: lệnh '{name}' sẽ bị bỏ.{extra_message}"
    ),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": (
        "Cảnh báo: '{name}' sẽ bị bỏ.{extra_message}"
    ),
    # commands, options and arguments
    "Missing command.": "thiếu tên lệnh.",
    "No such command {name!r}.": "không có lệnh '{name}'.",
    "No such option {name!r}.": "không có tùy chọn '{name}'.",
    "Did you mean {possibility}?": "Ý bạn là {possibility}?",
    "Missing argument": "thiếu đối số",
    "Missing option": "thiếu tùy chọn",
    "Missing parameter": "thiếu tham số",
    "Missing parameter: {param_name}": "thiếu tham số: {param_name}",
    "Missing {param_type}": "thiếu {param_type}",
    "Got unexpected extra argument ({args})": "thừa đối số: {args}.",
    "Option {name!r} does not take a value.": "tùy chọn '{name}' không nhận giá trị.",
    "Option {name!r} requires an argument.": "tùy chọn '{name}' cần {nargs} giá trị đi kèm.",
    "Argument {name!r} takes {nargs} values.": "đối số '{name}' cần {nargs} giá trị.",
    "Takes {nargs} values but 1 was given.": "cần {nargs} giá trị, nhưng có {len}.",
    "{len_type} values are required, but {len_value} was given.": (
        "cần {len_type} giá trị, nhưng có {len_value}."
    ),
    "Value must be an iterable.": "giá trị phải là một danh sách.",
    # values
    "Invalid value: {message}": "giá trị không hợp lệ: {message}",
    "Invalid value for {param_hint}: {message}": "giá trị của {param_hint} không hợp lệ: {message}",
    "Choose from:\n\t{choices}": "Chọn một trong:\n\t{choices}",
    "{value!r} is not {choice}.": "“{value}” không phải là một trong: {choices}.",
    "{value!r} does not match the format {format}.": "“{value}” không theo mẫu {format}.",
    "{value!r} is not a valid {number_type}.": "“{value}” không phải là {number_type}.",
    "{value} is not in the range {range}.": "{value} nằm ngoài khoảng {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "“{value}” không phải là giá trị có/không. Các giá trị được hiểu: {states}"
    ),
    "{value!r} is not a valid UUID.": "“{value}” không phải là UUID.",
    # files
    "file": "tệp",
    "directory": "thư_mục",
    "path": "đường_dẫn",
    "{name} {filename!r} does not exist.": "“{filename}” không tồn tại.",
    "{name} {filename!r} is a file.": "“{filename}” là tệp, không phải thư mục.",
    "{name} {filename!r} is a directory.": "“{filename}” là thư mục, không phải tệp.",
    "{name} {filename!r} is not readable.": "không có quyền đọc “{filename}”.",
    "{name} {filename!r} is not writable.": "không có quyền ghi vào “{filename}”.",
    "{name} {filename!r} is not executable.": "không có quyền chạy “{filename}”.",
    "Could not open file {filename!r}: {message}": "không mở được tệp “{filename}”: {message}",
    "unknown error": "không rõ nguyên nhân",
    "Windows error: {error}": "lỗi của Windows: {error}",
    # questions
    "Do you want to continue?": "Bạn có muốn tiếp tục không?",
    "Confirm the action without prompting.": "Làm luôn, không hỏi lại.",
    "Repeat for confirmation": "Nhập lại để xác nhận",
    "Error: The two entered values do not match.": "Lỗi: hai giá trị đã nhập không khớp nhau.",
    "Error: invalid input": "Lỗi: giá trị đã nhập không hợp lệ",
    "Press any key to continue...": "Nhấn một phím bất kỳ để tiếp tục...",
}
"""Each of their words, or the singular where there are two forms, and ours.

Vietnamese has no plural, so one form serves both, but for OF_SEVERAL; a value is put in “…”, not
in Python's notation, which doubles every backslash of a Windows path.
"""

OF_SEVERAL = {"Did you mean {possibility}?": "Ý bạn là một trong: {possibilities}?"}
"""The other form, by the singular, where it is another sentence."""

TYPE_NAMES: dict[type[click.ParamType[Any]], str] = {
    click.types.StringParamType: "văn_bản",
    click.types.IntParamType: "số nguyên",
    click.types.IntRange: "số nguyên",
    click.types.FloatParamType: "số",
    click.types.FloatRange: "số",
    click.types.DateTime: "ngày_giờ",
    click.types.Choice: "lựa_chọn",
    click.types.File: "tệp",
}
"""What a value of each type is called in messages and, in capitals, in help.

Booleans keep Click's name: Typer knows by it which options it shows without a value.
"""

OPTIONS_METAVAR = "[TÙY_CHỌN]"
COMMAND_METAVAR = "LỆNH [ĐỐI_SỐ]..."

_dgettext, _dngettext = gettext.dgettext, gettext.dngettext


def speak_vietnamese() -> None:
    """Puts Click's and Typer's words into Vietnamese, whether or not they are imported yet."""
    gettext.dgettext = _translated
    gettext.dngettext = _translated_for_any_number
    for kind, name in TYPE_NAMES.items():
        kind.name = name


def _translated(domain: str, message: str) -> str:
    return CATALOGUE.get(message) or _dgettext(domain, message)


def _translated_for_any_number(domain: str, msgid1: str, msgid2: str, n: int) -> str:
    own = OF_SEVERAL.get(msgid1) if n != 1 else None
    return own or CATALOGUE.get(msgid1) or _dngettext(domain, msgid1, msgid2, n)
