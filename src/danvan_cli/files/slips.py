"""Finds likely mistakes that are valid YAML: text that is joined, misplaced, split or lost.

It reads the text a second time, only if the first reading saw a reason to. All problems are
warnings, since a person may have meant what is written.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

import yaml
from msgspec import Struct
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from danvan_cli.files.decoding import position_at
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Indicator, Milestone, Period, Plan, Section, Signatory, Task, Unit
from danvan_cli.model.unit_report import Award, Model, Return, TaskResult, UnitReport
from danvan_cli.problems import MAX_SHOWN, Diagnostic, quoted

_Event: TypeAlias = Any

QUOTES = ("'", '"')
_KINDS = (
    *(UnitReport, TaskResult, Model, Award, Return, Signatory, OfficeReport),
    *(Plan, Section, Task, Unit, Period, Milestone, Indicator),
)
# These names may also begin a line of prose or of an address.
_ALSO_PROSE = {"email", "from", "to", "by"}
# (Not compiled here, since that takes milliseconds and few texts need them; re caches them.)
# A value, then a comment that is indented, or that begins like the middle of a sentence.
_COMMENT_BELOW = (
    r"\n(?![ \t]*#)[^\n]*[^\s:](?<![:-] [|>])[ \t]*\n(?:[ \t]*\n)*+"
    r"(?:[ \t]+#|#(?:\w|[ \t]*[0-9]|[ \t]*[^\WA-ZĐ]))"
)
_HEADING = r"(?:[ \t]*(?:#[^\n]*)?\n)*+"
# `yaml_reading` itself reports a # without a space behind it (`#5`).
_SIGN_BEHIND = r"(?<=\S)[ \t]+#"
_BEHIND = r"[ \t]+#(?=[\s#!]|$)"
_WORDS_BEHIND = r"[ \t]+#[ \t]+[^\w]*\w"
_BRACKET_BEHIND = r"[ \t]+#.*[\]}]"
_LIST_SIGN = r"(?:[-–—−‐‑•*+·]|\d{1,2}[.)]|[a-zđ][.)])[ \t]*(?=\S)"
_DASH = r"[-–—−‒‐‑•*+·][ \t]?"
_OPEN_LIST = r"\[\s*[A-ZĐÀ-ÞẠ-ỹ][^\]\[,]*,|\[[^\]\[]*\d,\d"
_LAST_COMMA = r",\s*}"
_PROSE = (
    "summary",
    "leadership",
    "achievement",
    "reason",
    "opening",
    "closing",
    "text",
    "supplement_reason",
)
_COMMENT_ABOVE = rf"(?:{'|'.join(_PROSE)}):[ \t]*\n\s*#"
# Text that goes on in mid-sentence; a comment such as 'status: …' or '1.2. …' explains or numbers.
_GOES_ON = r"#(?:\w|[ \t]*[0-9])|#[ \t]*(?=[^\W\d_])(?![A-ZĐ])\w"
_EXPLAINS = r"#[ \t]*(?:[\w.'\"-]+:(?:[ \t]|$)|\d+(?:\.\d+)*\.(?:[ \t]|$))"


class _Scalar(Struct, frozen=True):
    """A value with its name (None in a list) and the column of its name or of the list's dash.

    `name_ends`: the end of the name, in characters of the text from 0.
    """

    event: _Event
    name: str | None
    name_ends: int
    column: int
    in_braces: bool


class _Group(Struct):
    """A mapping or list that is being read; `items`: the values of a list so far.

    If it is in brackets and has ended: `end`, and, unless it is within others in brackets,
    `column` of the name or dash that it belongs to.
    """

    event: _Event
    is_list: bool
    name: _Event = None
    items: list[_Event] = []
    last: _Scalar | None = None
    end: _Event = None
    column: int | None = None

    def next_is_name(self) -> bool:
        return not self.is_list and self.name is None


def may_hold(text: str) -> bool:
    """Whether the text itself, beyond its values, is a reason to look for mistakes."""
    # Few reports have a comment below their heading, and these patterns take as long as building
    # the data.
    heading = re.compile(_HEADING).match(text)
    has_comment = text.find("#", heading.end() if heading else 0) >= 0
    at_comments = (_SIGN_BEHIND, _COMMENT_BELOW, _COMMENT_ABOVE) if has_comment else ()
    in_brackets = (_OPEN_LIST,) if "[" in text else ()
    in_braces = (_LAST_COMMA,) if "{" in text else ()
    patterns = (*at_comments, *in_brackets, *in_braces)
    return any(re.search(pattern, text) for pattern in patterns)


def may_hold_field_line(value: str) -> bool:
    """Whether a `|` block has a line that looks like a field."""
    return ":" in value and _field_line().search(f"\n{value}\n") is not None


def problems(text: str) -> Iterator[Diagnostic]:
    """All likely mistakes of a text that libyaml has read to its end."""
    lines = text.split("\n")
    for found in _scalars_and_lists(text):
        if isinstance(found, _Group):
            if found.is_list:
                yield from _split_item(text, found.items)
            else:
                yield from _lost_comma(text, found)
            yield from _lost_behind_brackets(found, lines)
            continue
        yield from _lost_above(text, found)
        if found.event.style in ("|", ">"):
            yield from _in_block(found, lines)
        else:
            yield from _joined_lines(found, lines)
        yield from _lost_comment(found, lines)
        yield from _one_quote(found)


def _scalars_and_lists(text: str) -> Iterator[_Scalar | _Group]:
    """The values in their order, and lists and mappings in brackets when they end."""
    groups: list[_Group] = []
    get_event = CParser(text).get_event
    while not isinstance(event := get_event(), yaml.StreamEndEvent):
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                groups.append(_Group(event, isinstance(event, yaml.SequenceStartEvent)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = groups.pop()
                if ended.event.flow_style:
                    ended.end = event
                    if groups and not groups[-1].event.flow_style:
                        ended.column = _column(groups[-1])
                    yield ended
                if groups:
                    groups[-1].name = groups[-1].last = None
            case yaml.ScalarEvent() if groups:
                group = groups[-1]
                if group.next_is_name():
                    group.name = event
                    continue
                yield (found := _scalar(event, group))
                if group.is_list:
                    group.items.append(event)
                group.last = found
                group.name = None


def _scalar(event: _Event, group: _Group) -> _Scalar:
    name, ends = (
        (None, event.start_mark.index)
        if group.is_list
        else (group.name.value, group.name.end_mark.index)
    )
    return _Scalar(event, name, ends, _column(group), bool(group.event.flow_style))


def _column(group: _Group) -> int:
    """The column, from 0, of the list's dash or of the name of the current value."""
    mark = group.event.start_mark if group.is_list else group.name.start_mark
    column: int = mark.column
    return column


def _joined_lines(found: _Scalar, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """F121: lines that become one paragraph, or one item of a list."""
    first, last = found.event.start_mark.line, found.event.end_mark.line
    below = [number for number in range(first + 1, last + 1) if lines[number].strip()]
    if found.event.style in QUOTES and (swallowed := _first_field(lines, below)) is not None:
        yield _swallowed(swallowed, lines, "dấu nháy mở ở trên chưa đóng")
        return
    # A blank line between two keeps them apart.
    number = next((number for number in below if lines[number - 1].strip()), None)
    if number is None:
        return
    line = lines[number].strip()
    yield _at_line(
        "F121",
        f"YAML nối dòng {quoted(line)} vào dòng trên thành một đoạn",
        _cure_for_joined(line, found),
        number,
        lines,
    )


def _cure_for_joined(line: str, found: _Scalar) -> str:
    is_item = re.match(_LIST_SIGN, line) is not None
    signs = [sign for words in (line, found.event.value) if (sign := re.match(_DASH, words))]
    if any(sign[0] != "- " for sign in signs):
        return "gạch đầu dòng phải là “- ” (dấu trừ rồi một dấu cách), thẳng cột với các mục khác"
    if found.name is None:
        return "mỗi mục bắt đầu bằng “- ” ở cùng một cột; một mục thì viết trên một dòng"
    if is_item:
        return (
            "danh sách thì bắt đầu từ dòng dưới tên trường, mỗi mục một dòng; nội dung nhiều đoạn "
            "thì ghi dấu | sau dấu hai chấm rồi viết từ dòng dưới"
        )
    return (
        "nếu là nhiều đoạn thì ghi dấu | sau dấu hai chấm rồi viết từ dòng dưới, thụt vào hai dấu "
        "cách; nếu là một đoạn thì viết trên một dòng"
    )


def _in_block(found: _Scalar, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """F122: a field within a `|` block; F121: a list that `>` joins to one paragraph."""
    numbers = range(found.event.start_mark.line + 1, _end_of_block(found.event, lines) + 1)
    if (swallowed := _first_field(lines, numbers)) is not None:
        yield _swallowed(swallowed, lines, f"nằm trong nội dung của {quoted(found.name or '-')}")
    items = [number for number in numbers if re.match(_LIST_SIGN, lines[number].lstrip())]
    if found.event.style == ">" and items and len(numbers) > 1:
        yield _at_line(
            "F121",
            "dấu > nối các dòng thành một đoạn, cả những dòng có gạch đầu dòng hay số thứ tự",
            "thay dấu > bằng dấu | để mỗi dòng là một đoạn",
            items[0],
            lines,
        )


def _end_of_block(event: _Event, lines: Sequence[str]) -> int:
    """The last line that is not blank; libyaml's mark is where the next event begins."""
    first: int = event.start_mark.line
    last: int = min(event.end_mark.line, len(lines) - 1)
    if event.end_mark.column == 0 and last > first:
        last -= 1
    while last > first and not lines[last].strip():
        last -= 1
    return last


def _first_field(lines: Sequence[str], numbers: Sequence[int]) -> int | None:
    return next((number for number in numbers if _field_line().match(f"\n{lines[number]}\n")), None)


def _swallowed(number: int, lines: Sequence[str], why: str) -> Diagnostic:
    return _at_line(
        "F122",
        f"dòng {quoted(lines[number].strip())} {why}, không thành trường riêng",
        "nếu là trường thì viết thẳng cột với tên trường ở trên; nếu là nội dung thì giữ nguyên",
        number,
        lines,
    )


@cache
def _field_line() -> re.Pattern[str]:
    """A pattern for a line that begins with a field's name, or consists of a task's number."""
    fields = {name for kind in _KINDS for name in kind.__struct_encode_fields__} - _ALSO_PROSE
    names = "|".join(sorted(fields))
    return re.compile(
        rf"\n *(?:- )?(?:(?P<q>['\"]?)(?:{names})(?P=q):[ \t\n]|(?P<s>['\"]?)\d+\.\d+(?P=s):\s*\n)"
    )


def _lost_comment(found: _Scalar, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """F116: text behind a # that may belong to the value before it."""
    event = found.event
    is_block = event.style in ("|", ">")
    if event.style == "" and event.value:
        line, column = event.end_mark.line, event.end_mark.column
        behind = re.compile(_BEHIND).match(lines[line], column)
        if behind and (found.name in _PROSE or _is_prose(event, lines[line])):
            yield _lost(lines[line][column:].strip(), line, column + 1)
    if found.in_braces or not event.value:
        return
    end = _end_of_block(event, lines) if is_block else event.end_mark.line
    below = _comment_below(end, lines)
    if below is None:
        return
    comment = lines[below].lstrip()
    goes_on = is_block and below == end + 1 and re.match(_GOES_ON, comment)
    if _indent(lines[below]) > found.column or (goes_on and not re.match(_EXPLAINS, comment)):
        yield _lost(comment, below, _indent(lines[below]) + 1)


def _lost_above(text: str, found: _Scalar) -> Iterator[Diagnostic]:
    """F116: a comment between the name of a field for prose and its value."""
    start = text.find("#", found.name_ends, found.event.start_mark.index)
    if found.name in _PROSE and start >= 0 and found.event.value:
        position = position_at(text, start)
        yield _lost(
            text[start : start + 2 * MAX_SHOWN].partition("\n")[0],
            position.line - 1,
            position.column,
        )


def _lost_comma(text: str, group: _Group) -> Iterator[Diagnostic]:
    """F123: a comma before the closing brace that may belong to the prose."""
    last = group.last
    if last is None or last.event.style != "" or last.name not in _PROSE or not last.event.value:
        return
    comma = text.find(",", last.event.end_mark.index, group.end.start_mark.index)
    if comma >= 0:
        position = position_at(text, comma)
        yield Diagnostic(
            code="F123",
            message=f"dấu phẩy cuối không vào nội dung của {quoted(last.name or '')}",
            hint="nếu là nội dung thì đặt cả giá trị trong dấu ngoặc kép, nếu không thì xóa đi",
            line=position.line,
            column=position.column,
        )


def _is_prose(event: _Event, line: str) -> bool:
    """Whether the value has two words or more and the comment behind it has words, too."""
    words = re.compile(_WORDS_BEHIND).match(line, event.end_mark.column)
    return " " in event.value and words is not None


def _lost_behind_brackets(group: _Group, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """F116: a bracket within the text may have ended the list or mapping too early."""
    line, column = group.end.end_mark.line, group.end.end_mark.column
    if re.compile(_BRACKET_BEHIND).match(lines[line], column):
        yield _lost(lines[line][column:].strip(), line, column + 1)
    if group.column is not None:
        below = _comment_below(line, lines)
        if below is not None and _indent(lines[below]) > group.column:
            yield _lost(lines[below].lstrip(), below, _indent(lines[below]) + 1)


def _comment_below(line: int, lines: Sequence[str]) -> int | None:
    """The next line that is not blank, if it is a comment."""
    below = next((number for number in range(line + 1, len(lines)) if lines[number].strip()), None)
    return below if below is not None and lines[below].lstrip().startswith("#") else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _lost(comment: str, line: int, column: int) -> Diagnostic:
    return Diagnostic(
        code="F116",
        message=f"YAML coi {quoted(comment.rstrip())} là ghi chú nên bỏ qua phần này",
        hint="nếu đó là nội dung thì đặt cả giá trị trong dấu ngoặc kép, hoặc viết dưới dấu | và "
        "thụt vào; nếu là ghi chú thì đưa lên trên, thẳng cột với tên trường",
        line=line + 1,
        column=column,
    )


def _one_quote(found: _Scalar) -> Iterator[Diagnostic]:
    """F124: a quotation mark at the end of a value without one at its beginning."""
    event, value = found.event, found.event.value
    if event.style != "" or not value.endswith(QUOTES):
        return
    sign = value[-1]
    is_measure = value[-2:-1].isdigit()
    if value.count(sign) % 2 and not is_measure:
        yield Diagnostic(
            code="F124",
            message=f"dấu {sign} ở cuối {quoted(value)} không có dấu mở",
            hint="đặt dấu đó ở cả hai đầu, hoặc xóa đi",
            line=event.end_mark.line + 1,
            column=event.end_mark.column,
        )


def _split_item(text: str, items: Sequence[_Event]) -> Iterator[Diagnostic]:
    """F123: an item of a list in brackets that continues the item before it."""
    for before, item in pairwise(items):
        if before.style != "" or item.style != "" or not before.value or not item.value:
            continue
        comma = text.rfind(",", before.end_mark.index, item.start_mark.index)
        cuts_number = (
            comma + 1 == item.start_mark.index
            and before.value[-1].isdigit()
            and item.value[0].isdigit()
        )
        if cuts_number or _is_continued(items[0].value, before.value, item.value):
            whole = f"{before.value}, {item.value}"
            yield Diagnostic(
                code="F123",
                message=f"trong dấu ngoặc [ ], dấu phẩy tách {quoted(whole)} thành hai mục",
                hint="nếu là một mục thì đặt trong dấu ngoặc kép; nếu là hai mục thì viết mỗi mục "
                "một dòng, bắt đầu bằng “- ”",
                line=before.end_mark.line + 1,
                column=before.end_mark.column + comma - before.end_mark.index + 1,
            )
            return


def _is_continued(first: str, before: str, item: str) -> bool:
    """'[Thông báo số 31, ngày 5/5]': the list begins with a capital, this item does not."""
    return (
        first[:1].isupper()
        and (item[0].islower() or item[0].isdigit())
        and (" " in before or " " in item)
    )


def _at_line(code: str, message: str, hint: str, number: int, lines: Sequence[str]) -> Diagnostic:
    column = _indent(lines[number]) + 1
    return Diagnostic(code=code, message=message, hint=hint, line=number + 1, column=column)
