"""Explains a YAML syntax error to a person who does not know YAML."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import yaml
from msgspec import Struct

from danvan_cli.problems import Diagnostic

_Mark: TypeAlias = Any

_MOST_TOKENS = 100_000


class _Position(Struct, frozen=True):
    """A position that has no mark of libyaml's, with the same attributes."""

    line: int
    column: int
    index: int


class _Meaning(NamedTuple):
    message: str
    hint: str


_QUOTE = _Meaning(
    "dấu ngoặc kép hoặc dấu nháy đơn mở ở đây chưa được đóng",
    "thêm dấu đóng ở cuối giá trị",
)
_AFTER_CLOSE = _Meaning(
    "còn chữ thừa sau dấu ngoặc đóng",
    "nếu dấu ngoặc là nội dung thì đặt cả giá trị trong dấu nháy đơn '…'; "
    "kiểm tra cả dòng trên có quên đóng ngoặc kép không",
)
_INDENT = _Meaning(
    "dòng này thụt vào không khớp với các dòng trên, hoặc dòng trên chưa kết thúc",
    "các trường cùng cấp phải bắt đầu ở cùng một cột; kiểm tra dấu ngoặc kép ở dòng trên",
)
_COLON = _Meaning(
    "dấu hai chấm thứ hai trên cùng một dòng",
    "đặt nội dung có dấu hai chấm trong dấu ngoặc kép",
)
_DEEPER = _Meaning(
    "dòng này thụt sâu hơn dòng trên, mà dòng trên đã có giá trị",
    "các trường cùng cấp phải bắt đầu ở cùng một cột; nội dung có dấu hai chấm thì đặt trong dấu "
    "ngoặc kép",
)
_NO_COLON = _Meaning(
    "thiếu dấu hai chấm sau tên trường",
    "viết “tên trường: giá trị”; nếu đây là nội dung của trường ở trên thì thụt vào hai dấu cách",
)
_NO_SPACE = _Meaning(
    "sau dấu hai chấm thiếu dấu cách",
    "viết “tên trường: giá trị”, có một dấu cách sau dấu hai chấm",
)
_WIDE_COLON = _Meaning(
    "dấu hai chấm ở đây là ký tự lạ (：)",
    "xóa đi và gõ lại dấu hai chấm bằng bàn phím, rồi một dấu cách",
)
_ODD_SPACE = _Meaning(
    "có dấu cách lạ (thường do chép từ Word hoặc trang web) ở chỗ phải là dấu cách thường",
    "xóa đi và gõ lại bằng phím cách",
)
_TAB = _Meaning(
    "dòng này thụt vào bằng phím Tab",
    "YAML chỉ thụt dòng bằng dấu cách; thay mỗi phím Tab bằng hai dấu cách",
)
_BLOCK = _Meaning(
    "sau dấu | hoặc > phải xuống dòng",
    "viết nội dung từ dòng dưới, thụt vào hai dấu cách; nếu dấu đó là nội dung thì đặt cả giá trị "
    "trong dấu ngoặc kép",
)
_LIST_END = _Meaning("danh sách mở bằng dấu [ chưa được đóng", "thêm dấu ] ở cuối danh sách")
_GROUP_END = _Meaning("nhóm mở bằng dấu { chưa được đóng", "thêm dấu } ở cuối nhóm")
_COMMA = _Meaning(
    "trong dấu ngoặc [ ] hoặc { }, trước chỗ này thiếu dấu phẩy",
    "thêm dấu phẩy giữa các mục; mục nào có dấu phẩy, dấu hai chấm thì đặt trong dấu ngoặc kép",
)
_DASH = _Meaning(
    "giữa danh sách có dòng không bắt đầu bằng dấu gạch đầu dòng",
    "mỗi mục của danh sách bắt đầu bằng “- ” ở cùng một cột",
)
_BULLET = _Meaning(
    "gạch đầu dòng phải là “- ”: một dấu trừ rồi một dấu cách",
    "viết “- ” ở cùng cột với các mục khác của danh sách",
)
_UNEVEN = _Meaning(
    "dòng này thụt vào ít hơn dòng đầu của nội dung dưới dấu | hoặc >",
    "mọi dòng của nội dung đó thụt vào bằng nhau, ít nhất hai dấu cách so với tên trường",
)
_COMMENT_IN_BLOCK = _Meaning(
    "dòng bắt đầu bằng dấu # thụt vào ít hơn nên cắt ngang nội dung dưới dấu | hoặc >",
    "nếu là nội dung thì thụt vào bằng các dòng khác; nếu là ghi chú thì chuyển lên trên trường đó",
)
_CONFLICT = _Meaning(
    "còn dòng ======= của dấu xung đột git",
    "xem lại hai phần ở trên và dưới dòng này, giữ nội dung đúng rồi xóa dòng đó",
)
_MISPLACED_DASH = _Meaning(
    "dấu gạch đầu dòng đứng sai chỗ",
    "xuống dòng rồi mới viết “- …”; nếu dấu gạch là nội dung thì đặt trong dấu ngoặc kép",
)
_ESCAPE = _Meaning(
    "dấu \\ trong ngoặc kép không đúng cách viết",
    "dùng dấu nháy đơn '…' thay cho ngoặc kép, hoặc viết \\\\",
)
_UNKNOWN = _Meaning(
    "không đọc được cấu trúc ở dòng này",
    "so với một tệp mẫu; nội dung có ký hiệu lạ thì đặt trong dấu ngoặc kép",
)

# Error messages of libyaml whose cause is best seen where the construct begins ...
_AT_BEGINNING: tuple[tuple[str, _Meaning], ...] = (
    ("found unexpected end of stream", _QUOTE),
    ("found unexpected document indicator", _QUOTE),
    ("could not find expected ':'", _NO_COLON),
    ("did not find expected ',' or ']'", _LIST_END),
    ("did not find expected ',' or '}'", _GROUP_END),
)
# ... whose cause is a sign with a special meaning in YAML ...
_AT_SIGN = (
    "did not find expected alphabetic or numeric character",
    "did not find expected whitespace or line break",
    "did not find expected node content",
    "did not find expected '!'",
    "did not find the expected '>'",
    "found undefined tag handle",
    "found unknown directive name",
    "found unexpected non-alphabetical character",
    "could not find expected directive name",
    "found character that cannot start any token",
)
# ... and whose cause is best seen where libyaml noticed it.
_AT_PROBLEM: tuple[tuple[str, _Meaning], ...] = (
    ("did not find expected key", _INDENT),
    ("did not find expected <document start>", _INDENT),
    ("did not find expected '-' indicator", _DASH),
    ("block sequence entries are not allowed", _MISPLACED_DASH),
    ("did not find expected comment or line break", _BLOCK),
    ("found unknown escape character", _ESCAPE),
    ("did not find expected hexdecimal number", _ESCAPE),
    ("found invalid Unicode character escape code", _ESCAPE),
    ("found a tab character", _TAB),
)
# Possessive, so that a long line of dashes does not cause endless backtracking.
_FIELD_NAME = r"[ -]*+[\w.'\"-]++"
_ODD_SPACES = "[\u00a0\u2000-\u200d\u202f\u3000\ufeff]"
_LIST_SIGN = "[–—−‒‐‑•*+·]|-(?=[^\\s-])"
_BLOCK_HEADER = re.compile(r"(?:.*[:-][ \t]+|[ \t]*)[|>][-+0-9]{0,2}[ \t]*(?:#.*)?")
# Mistakes that a person does not see; libyaml only notices them further on.
_INVISIBLE_MISTAKES: tuple[tuple[re.Pattern[str], _Meaning], ...] = (
    (re.compile(rf"(?:[ -]*+|{_FIELD_NAME}:)(?P<at>{_ODD_SPACES})"), _ODD_SPACE),
    (re.compile(rf"{_FIELD_NAME}(?P<at>[：﹕])"), _WIDE_COLON),
    (re.compile(r"[ -]*+[a-z0-9_.'\"-]++(?P<at>:)[^\s/]"), _NO_SPACE),
    (re.compile(rf"[ ]*(?P<at>{_LIST_SIGN})"), _BULLET),
    (re.compile("(?P<at>={7}$)"), _CONFLICT),
)
_STRUCTURE_ERRORS = (_NO_COLON, _COLON, _DEEPER, _INDENT, _DASH)


def explain(error: yaml.MarkedYAMLError, text: str) -> Diagnostic:
    """The problem (F105) for an error of libyaml, at the position where a person should look."""
    meaning, mark = _meaning(error, text)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if meaning in _STRUCTURE_ERRORS and (
        found := _uneven_block(text, line) or _invisible_mistake(text, line)
    ):
        meaning, line, column = found
    return Diagnostic(
        code="F105", message=meaning.message, hint=meaning.hint, line=line, column=column
    )


def _meaning(error: yaml.MarkedYAMLError, text: str) -> tuple[_Meaning, _Mark | None]:
    """The mistake that was made, and the mark where it is best seen."""
    problem, mark = error.problem or "", error.problem_mark
    beginning = error.context_mark or mark
    if mark and not text[mark.index :].strip() and (bracket := _last_open(text)):
        return (_LIST_END if text[bracket.index] == "[" else _GROUP_END), bracket
    before = _line_before(text, mark) if mark else ""
    if "mapping values are not allowed" in problem:
        return (_COLON if ": " in before else _DEEPER), mark
    if any(words in problem for words in _AT_SIGN):
        return _misread_sign(text, beginning)
    for words, meaning in _AT_BEGINNING:
        if words in problem:
            if meaning in (_LIST_END, _GROUP_END) and _is_closed(text, beginning, mark):
                return _COMMA, _name_before(text, mark)
            return meaning, beginning
    meaning = next((meaning for words, meaning in _AT_PROBLEM if words in problem), _UNKNOWN)
    if meaning in (_INDENT, _DASH) and before.rstrip().endswith(('"', "'", "]", "}")):
        opened = _quotes_over_lines(text, mark)
        return (_QUOTE, opened) if opened else (_AFTER_CLOSE, mark)
    return meaning, mark


def _tokens(text: str) -> Iterator[Any]:
    """The tokens of the text, as far as libyaml can read it."""
    try:
        yield from islice(yaml.scan(text, Loader=yaml.CSafeLoader), _MOST_TOKENS)
    except yaml.YAMLError:
        return


def _last_open(text: str) -> _Mark | None:
    """The position of the last bracket that is not closed."""
    opened: list[_Mark] = []
    for token in _tokens(text):
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            opened.append(token.start_mark)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
            opened.pop()
    return opened[-1] if opened else None


def _quotes_over_lines(text: str, mark: _Mark) -> _Mark | None:
    """The start of a quoted value that ends on this line and began on an earlier one."""
    for token in _tokens(text):
        if token.start_mark.index >= mark.index:
            return None
        is_quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
        if is_quoted and token.start_mark.line < token.end_mark.line == mark.line:
            return token.start_mark
    return None


def _is_closed(text: str, opened: _Mark, mark: _Mark) -> bool:
    """Whether the bracket is closed on one of its lines, which are indented deeper than it."""
    if opened.line == mark.line:
        return True
    closing = "]" if text[opened.index] == "[" else "}"
    indent = _indent(text[text.rfind("\n", 0, opened.index) + 1 :])
    for line in text[text.rfind("\n", 0, mark.index) + 1 :].split("\n"):
        if line.strip() and _indent(line) <= indent:
            return line.lstrip().startswith(closing)
        if closing in line:
            return True
    return False


def _name_before(text: str, mark: _Mark) -> _Mark:
    """If a comma is missing before a field in brackets: the position of the field's name."""
    line = _line_before(text, mark)
    start = len(line) - len(line.lstrip())
    if text[mark.index : mark.index + 1] != ":" or not line.strip() or "," in line or "{" in line:
        return mark
    return _Position(mark.line, start, mark.index - len(line) + start)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _uneven_block(text: str, number: int) -> tuple[_Meaning, int, int] | None:
    """Finds a line of a `|` block that is indented less, or a comment that ends the block."""
    lines = text.split("\n")[:number]
    indent = _indent(lines[-1])
    comment: int | None = None
    for above in range(len(lines) - 2, -1, -1):
        line = lines[above]
        if not line.strip() or _indent(line) >= indent:
            continue
        if line.lstrip().startswith("#"):
            comment = above
        elif _BLOCK_HEADER.fullmatch(line) and above < len(lines) - 2:
            if comment is not None:
                return _COMMENT_IN_BLOCK, comment + 1, _indent(lines[comment]) + 1
            return _UNEVEN, number, indent + 1
        else:
            return None
    return None


def _misread_sign(text: str, mark: _Mark) -> tuple[_Meaning, _Mark]:
    sign = text[mark.index : mark.index + 1]
    if sign == "\t":
        return _TAB, mark
    quote = "nếu là nội dung thì đặt cả giá trị trong dấu ngoặc kép"
    hint = f"nếu là gạch đầu dòng thì viết “- ”; {quote}" if sign == "*" else quote
    return _Meaning(f"giá trị không được bắt đầu bằng “{sign}”", hint), mark


def _invisible_mistake(text: str, number: int) -> tuple[_Meaning, int, int] | None:
    """A mistake that nobody sees on line `number` or the line above, with its position."""
    lines = text.split("\n")[:number]
    while lines and not lines[-1].strip():
        lines.pop()
    for line in range(len(lines), max(len(lines) - 2, 0), -1):
        for pattern, meaning in _INVISIBLE_MISTAKES:
            if match := pattern.match(lines[line - 1]):
                return meaning, line, match.start("at") + 1
    return None


def _line(mark: _Mark | None) -> int:
    return mark.line if mark else 0


def _line_before(text: str, mark: _Mark) -> str:
    return text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
