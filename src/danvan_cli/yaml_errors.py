"""A YAML syntax error in words that a person who does not know YAML understands."""

from typing import Any, NamedTuple, TypeAlias

import yaml

from danvan_cli.diagnostics import Diagnostic

_Mark: TypeAlias = Any


class _Meaning(NamedTuple):
    message: str
    hint: str


_QUOTE = _Meaning(
    "dấu ngoặc kép hoặc ngoặc đơn mở ở đây chưa được đóng",
    "thêm dấu ngoặc đóng ở cuối giá trị",
)
_AFTER_CLOSE = _Meaning(
    "còn chữ thừa sau dấu ngoặc đóng",
    "nếu trong nội dung có dấu \" thì đặt cả giá trị trong dấu nháy đơn '…', "
    "hoặc kiểm tra dòng trên có quên đóng ngoặc kép không",
)
_INDENT = _Meaning(
    "dòng này thụt vào không khớp với các dòng trên, hoặc dòng trên chưa kết thúc",
    "các trường cùng cấp phải bắt đầu ở cùng một cột; kiểm tra dấu ngoặc kép ở dòng trên",
)
_COLON = _Meaning(
    "dấu hai chấm thứ hai trên cùng một dòng",
    "đặt nội dung có dấu hai chấm trong dấu ngoặc kép",
)
_NO_COLON_ABOVE = _Meaning(
    "dòng này là một trường mới nhưng dòng trên nó chưa đúng",
    "sau tên trường phải có dấu hai chấm và một dấu cách, các trường cùng cấp thụt đều nhau",
)
_TAB = _Meaning(
    "dòng bắt đầu bằng phím Tab",
    "YAML chỉ thụt dòng bằng dấu cách; thay mỗi phím Tab bằng hai dấu cách",
)
_START = _Meaning(
    "giá trị không được bắt đầu bằng ký tự này",
    "đặt cả giá trị trong dấu ngoặc kép",
)
_BLOCK = _Meaning(
    "sau dấu | hoặc > phải xuống dòng",
    "viết nội dung từ dòng dưới, thụt vào hai dấu cách",
)
_LIST_END = _Meaning("danh sách mở bằng dấu [ chưa được đóng", "thêm dấu ] hoặc dấu phẩy còn thiếu")
_GROUP_END = _Meaning("nhóm mở bằng dấu { chưa được đóng", "thêm dấu } hoặc dấu phẩy còn thiếu")
_DASH = _Meaning(
    "giữa danh sách có dòng không bắt đầu bằng dấu gạch đầu dòng",
    "mỗi mục của danh sách bắt đầu bằng “- ” ở cùng một cột",
)
_MISPLACED_DASH = _Meaning(
    "dấu gạch đầu dòng đứng sai chỗ",
    "xuống dòng rồi mới viết “- …”; nếu dấu gạch là chữ thì đặt trong dấu ngoặc kép",
)
_ESCAPE = _Meaning(
    "dấu \\ trong ngoặc kép không đúng cách viết",
    "dùng dấu nháy đơn '…' thay cho ngoặc kép, hoặc viết \\\\",
)
_NO_COLON = _Meaning(
    "thiếu dấu hai chấm sau tên trường",
    "viết “tên trường: giá trị”, có một dấu cách sau dấu hai chấm",
)
_UNKNOWN = _Meaning(
    "không đọc được cấu trúc ở dòng này",
    "so với một báo cáo mẫu; nội dung có ký hiệu lạ thì đặt trong dấu ngoặc kép",
)

# libyaml's own words, each with where the fault is seen best: at the problem or where it began.
_AT_BEGINNING: tuple[tuple[str, _Meaning], ...] = (
    ("found unexpected end of stream", _QUOTE),
    ("found unexpected document indicator", _QUOTE),
    ("did not find expected ',' or ']'", _LIST_END),
    ("did not find expected ',' or '}'", _GROUP_END),
    ("did not find expected alphabetic or numeric character", _START),
    ("found undefined tag handle", _START),
    ("did not find the expected '>'", _START),
    ("did not find expected '!'", _START),
    ("found unknown directive name", _START),
    ("could not find expected directive name", _START),
    ("found unexpected non-alphabetical character", _START),
)
_AT_PROBLEM: tuple[tuple[str, _Meaning], ...] = (
    ("block sequence entries are not allowed", _MISPLACED_DASH),
    ("did not find expected '-' indicator", _DASH),
    ("found unknown escape character", _ESCAPE),
    ("did not find expected hexdecimal number", _ESCAPE),
    ("found invalid Unicode character escape code", _ESCAPE),
    ("did not find expected comment or line break", _BLOCK),
    ("could not find expected ':'", _NO_COLON),
    ("found a tab character", _TAB),
    ("did not find expected node content", _START),
    ("did not find expected whitespace or line break", _START),
)


def explain(error: yaml.MarkedYAMLError, text: str) -> Diagnostic:
    """The problem (F105) that libyaml met in this text, with the place to look at."""
    problem = error.problem or ""
    for words, meaning in _AT_BEGINNING:
        if words in problem:
            return _syntax_error(meaning, error.context_mark or error.problem_mark)
    return _syntax_error(_meaning(problem, error.problem_mark, text), error.problem_mark)


def _meaning(problem: str, mark: _Mark | None, text: str) -> _Meaning:
    before = _line_before(text, mark) if mark else ""
    if "mapping values are not allowed" in problem:
        return _COLON if ": " in before else _NO_COLON_ABOVE
    if "did not find expected key" in problem:
        return _AFTER_CLOSE if before.rstrip().endswith(('"', "'", "]", "}")) else _INDENT
    if "found character that cannot start any token" in problem:
        return _TAB if mark and text[mark.index : mark.index + 1] == "\t" else _START
    return next((meaning for words, meaning in _AT_PROBLEM if words in problem), _UNKNOWN)


def _line_before(text: str, mark: _Mark) -> str:
    return text[text.rfind("\n", 0, mark.index) + 1 : mark.index]


def _syntax_error(meaning: _Meaning, mark: _Mark | None) -> Diagnostic:
    return Diagnostic(
        code="F105",
        message=meaning.message,
        hint=meaning.hint,
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
    )
