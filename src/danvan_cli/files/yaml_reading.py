"""Reads YAML strictly: text to plain data, and to the position of each value in the text.

The data are built from libyaml's events, so what is not allowed is refused before it is built
(docs/decisions.md). Only strings, integers, true/false and null are recognized.
"""

import re
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeAlias

import yaml
from msgspec import Struct
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from danvan_cli import vietnamese
from danvan_cli.files import decoding, flow_commas, slips
from danvan_cli.files.decoding import TextPosition
from danvan_cli.problems import MAX_PROBLEMS, MAX_SHOWN, DataPath, Diagnostic, limited, quoted

Data: TypeAlias = "str | int | bool | list[Data] | dict[str, Data] | Unread | None"
_Event: TypeAlias = Any
_Mark: TypeAlias = Any

MAX_DEPTH = 20
MAX_EVENTS = 100_000
"""Events (names, values, starts and ends of groups) that are read of one file at most.

A plan of 3,321 units has about 40,000. A file of 1 MiB can hold ten times as many, and they take
the time and memory, not the characters.
"""
MAX_DIGITS = 15
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"
_REFILL = "chép lại nội dung vào tệp rồi lưu; tệp không dùng đến thì xóa"


class Unread:
    """Takes the place of a value that was refused, so that it is not reported twice."""


class TextPositions(Struct):
    """The positions of all values in a text, as libyaml's marks.

    `values` and `keys`: where they begin; `ends`: where single values end. A mark becomes a
    TextPosition only on request, since that takes time and few are needed.
    """

    values: dict[DataPath, _Mark] = {}
    keys: dict[DataPath, _Mark] = {}
    ends: dict[DataPath, _Mark] = {}

    def of(self, path: DataPath, *, at_key: bool = False) -> TextPosition:
        """The position of a value or key; if it is missing, of the nearest key above, or 1:1."""
        if not at_key and path in self.values:
            return _position(self.values[path])
        for length in range(len(path), 0, -1):
            if mark := self.keys.get(path[:length]) or self.values.get(path[:length]):
                return _position(mark)
        return TextPosition(1, 1)

    def span(self, path: DataPath) -> slice:
        """The range of a single value, in characters of the text from 0."""
        return slice(self.values[path].index, self.ends[path].index)


class Source(Struct, frozen=True):
    """The content of a file: its text in NFC, its data, and the problems of both.

    A key without a value has None; `conversion` knows which of them count as missing.
    `complete` is False if encoding, size, depth or syntax ended the reading early.
    """

    text: str
    data: Data
    problems: list[Diagnostic]
    complete: bool = True


def read(content: bytes) -> Source:
    """Reads a YAML file's bytes; it never raises, but returns what is wrong in `problems`."""
    text = decoding.decoded(content)
    if isinstance(text, Diagnostic):
        return Source("", Unread(), [text], complete=False)
    problems = list(decoding.problems(text))
    if conflicts := list(decoding.conflicts(text)):
        return Source(text, Unread(), problems + limited(conflicts), complete=False)
    if problems:
        text = decoding.cleaned(text)
    builder = _Builder(text)
    data = builder.build()
    if any(problem.path for problem in builder.problems):
        # Only a builder that records positions knows the full path of a refused value.
        builder = _Builder(text, TextPositions())
        data = builder.build()
    if builder.complete and (builder.may_hold_slips or slips.may_hold(text)):
        builder.problems += limited(slips.problems(text))
    return Source(text, data, problems + limited(builder.problems), builder.complete)


def locate(text: str) -> TextPositions:
    """The positions of all values in a text that `read` returned."""
    positions = TextPositions()
    _Builder(text, positions).build()
    return positions


class _TooDeepError(Exception):
    def __init__(self, mark: _Mark) -> None:
        self.mark = mark


class _TooManyProblemsError(Exception):
    """There are so many problems that this is probably not a file for danvan."""


class _Builder:
    """Builds data from events, and records positions if it is given a TextPositions."""

    def __init__(self, text: str, positions: TextPositions | None = None) -> None:
        self.problems: list[Diagnostic] = []
        self.complete = True
        self.may_hold_slips = False
        self._text = text
        self._positions = positions
        events = islice(iter(CParser(text).get_event, None), MAX_EVENTS)
        self._get_event: Callable[[], _Event] = events.__next__
        # A value can only hold a character that the text does not hold if it is an escape.
        self._has_escapes = "\\" in text
        self._may_lose_comment = "#" in text and re.search(_COMMENT_SIGN, text) is not None

    def build(self) -> Data:
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._syntax_error(error))
        except _TooDeepError as error:
            self.problems.append(_too_deep(error.mark))
        except StopIteration:
            self.problems.append(_too_many_values())
        except _TooManyProblemsError:
            pass
        self.complete = False
        return Unread()

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        """The syntax error of libyaml, which since 0.2.6 may also refuse deep nesting itself."""
        if _LIBYAML_TOO_DEEP in (error.problem or ""):
            return _too_deep(error.problem_mark)
        # Takes time to import, and only a mistake needs it.
        from danvan_cli.files.yaml_errors import explain

        return explain(error, self._text)

    def _document(self) -> Data:
        get_event = self._get_event
        get_event()
        if isinstance(get_event(), StreamEndEvent):
            self._report("F110", "tệp rỗng", None, hint=_REFILL)
            return Unread()
        data = self._value(get_event(), (), 0)
        get_event()
        following = get_event()
        if not isinstance(following, StreamEndEvent):
            self._report(
                "F109",
                "sau dấu --- là một văn bản thứ hai; mỗi tệp chỉ chứa một văn bản",
                following.start_mark,
                hint="xóa dòng --- hoặc tách thành hai tệp",
            )
        if data is None:
            self._report("F110", "tệp rỗng", None, hint=_REFILL)
            return Unread()
        if not isinstance(data, dict | Unread):
            self._report(
                "F111",
                "nội dung tệp phải gồm các dòng “tên trường: giá trị”",
                None,
                hint="viết mỗi trường trên một dòng, ví dụ “year: 2026”",
            )
            return Unread()
        return data

    def _value(self, event: _Event, path: DataPath, depth: int) -> Data:
        kind = event.__class__
        if self._positions is not None:
            self._positions.values[path] = event.start_mark
            if kind is ScalarEvent:
                self._positions.ends[path] = event.end_mark
        if event.anchor is None and event.tag is None:
            if kind is ScalarEvent:
                return self._scalar(event)
        elif kind is AliasEvent:
            self._report(
                "F107",
                f"không dùng bí danh YAML {quoted(f'*{event.anchor}')}",
                event.start_mark,
                hint="viết lại đầy đủ nội dung; nếu dấu * là nội dung thì đặt trong dấu ngoặc kép",
            )
            return Unread()
        else:
            self._refuse_anchor_or_tag(event)
            if kind is ScalarEvent:
                return Unread() if event.tag is not None else self._scalar(event)
        if depth >= MAX_DEPTH:
            raise _TooDeepError(event.start_mark)
        if kind is MappingStartEvent:
            return self._mapping(path, depth + 1)
        return self._list(path, depth + 1)

    def _mapping(self, path: DataPath, depth: int) -> Data:
        get_event, positions = self._get_event, self._positions
        mapping: dict[str, Data] = {}
        cut_off: list[flow_commas.Pieces] = []
        before: _Event = None
        step: DataPath = ()
        while (event := get_event()).__class__ is not MappingEndEvent:
            key = self._key(event, depth)
            if key is None:
                self._skip(get_event(), depth)
                continue
            if key in mapping:
                self._report_duplicate(key, path, event.start_mark)
                self._skip(get_event(), depth)
                continue
            if positions is not None:
                step = (*path, key)
                positions.keys[step] = event.start_mark
            beginning = get_event()
            value = self._value(beginning, step, depth)
            if value is None and flow_commas.is_cut_off(self._text, event, beginning):
                flow_commas.add(cut_off, before, event)
                continue
            mapping[key] = value
            before = event
        for pieces in cut_off:
            self._add(flow_commas.problem(self._text, pieces))
        return mapping

    def _key(self, event: _Event, depth: int) -> str | None:
        if event.__class__ is not ScalarEvent:
            self._report(
                "F117",
                "tên trường phải là chữ",
                event.start_mark,
                hint="bỏ bớt dấu ngoặc [ hoặc {; nếu là nội dung thì đặt trong dấu ngoặc kép",
            )
            self._skip(event, depth)
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse_anchor_or_tag(event)
        key: str = self._checked(event) if self._has_escapes else event.value
        return key

    def _report_duplicate(self, key: str, path: DataPath, mark: _Mark) -> None:
        self._report(
            "F106",
            f"trường {quoted(key)} đã có ở trên trong cùng một nhóm",
            mark,
            hint="gộp nội dung vào một trường rồi xóa trường kia",
            path=(*path, key),
        )

    def _skip(self, event: _Event, depth: int) -> None:
        """Reads a value without keeping its data, its positions, or its problems with commas."""
        positions, self._positions = self._positions, None
        known = len(self.problems)
        self._value(event, (), depth)
        self.problems[known:] = [
            problem for problem in self.problems[known:] if problem.code != "F120"
        ]
        self._positions = positions

    def _list(self, path: DataPath, depth: int) -> list[Data]:
        get_event = self._get_event
        items: list[Data] = []
        step: DataPath = ()
        while (event := get_event()).__class__ is not SequenceEndEvent:
            if self._positions is not None:
                step = (*path, len(items))
            items.append(self._value(event, step, depth))
        return items

    def _scalar(self, event: _Event) -> Data:
        value: str = event.value
        style: str = event.style
        if style == "|" or style == ">":
            if style == ">" or slips.may_hold_field_line(value):
                self.may_hold_slips = True
        elif event.start_mark.line != event.end_mark.line or value.endswith(slips.QUOTES):
            self.may_hold_slips = True
        if style == "":
            if self._may_lose_comment:
                self._check_lost_comment(event)
            return _resolve(value)
        if self._has_escapes:
            value = self._checked(event)
        # The last line break of a block belongs to YAML's notation, not to the text.
        return value.rstrip("\n") if style in "|>" else value

    def _checked(self, event: _Event) -> str:
        value: str = event.value
        if match := re.search(decoding.FORBIDDEN, value):
            self._report(
                "F112",
                f"có ký tự không dùng được trong văn bản ({decoding.name_of(match[0])})",
                event.start_mark,
                hint="xóa ký tự đó đi",
            )
        return decoding.cleaned(value)

    def _refuse_anchor_or_tag(self, event: _Event) -> None:
        if event.anchor is not None:
            self._report(
                "F107",
                f"không dùng neo YAML {quoted(f'&{event.anchor}')}",
                event.start_mark,
                hint="xóa phần bắt đầu bằng &; nếu dấu & là nội dung thì đặt trong dấu ngoặc kép",
            )
        if event.tag is not None:
            self._report(
                "F108",
                "không dùng thẻ kiểu YAML (bắt đầu bằng dấu !)",
                event.start_mark,
                hint="xóa phần bắt đầu bằng !; nếu dấu ! là nội dung thì đặt trong dấu ngoặc kép",
            )

    def _check_lost_comment(self, event: _Event) -> None:
        # Copying the rest of the line for each value would take quadratic time in a long line.
        if match := re.compile(_LOST_COMMENT).match(self._text, event.end_mark.index):
            lost = _rest_of_line(self._text, match.start("sign"))
            self._report(
                "F116",
                f"YAML coi {quoted(lost)} là ghi chú nên bỏ qua phần này",
                event.end_mark,
                hint="nếu đó là nội dung, đặt cả giá trị trong dấu ngoặc kép; "
                "nếu là ghi chú, viết một dấu cách sau dấu #",
            )

    def _report(
        self,
        code: str,
        message: str,
        mark: _Mark | None,
        hint: str | None = None,
        path: DataPath = (),
    ) -> None:
        self._add(_problem(code, message, mark, hint, path))

    def _add(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) > MAX_PROBLEMS:
            raise _TooManyProblemsError


def _too_deep(mark: _Mark) -> Diagnostic:
    message = f"giá trị lồng nhau quá {MAX_DEPTH} cấp"
    return _problem("F104", message, mark, "bỏ bớt các dấu ngoặc [ hoặc { thừa")


def _too_many_values() -> Diagnostic:
    message = (
        f"tệp có quá {vietnamese.number(MAX_EVENTS)} tên trường và giá trị, quá nhiều so với một "
        "kế hoạch hay báo cáo"
    )
    return _problem("F103", message, None, "kiểm tra xem có lưu nhầm tệp khác vào tên này không")


def _problem(
    code: str, message: str, mark: _Mark | None, hint: str | None, path: DataPath = ()
) -> Diagnostic:
    line, column = (1, 1) if mark is None else _position(mark)
    return Diagnostic(code=code, message=message, hint=hint, path=path, line=line, column=column)


_INTEGER = re.compile(rf"-?\d{{1,{MAX_DIGITS}}}", re.ASCII)
_CONSTANTS: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}


def _resolve(value: str) -> str | int | bool | None:
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if value[0] in "-0123456789" and _INTEGER.fullmatch(value):
        return int(value)
    return value


def _position(mark: _Mark) -> TextPosition:
    return TextPosition(mark.line + 1, mark.column + 1)


# (Compiled once a text asks for them.)
_COMMENT_SIGN = r"#(?<=[ \t]#)[^\s#!]"
_LOST_COMMENT = r"[ \t]+(?P<sign>#)[^\s#!]"


def _rest_of_line(text: str, start: int) -> str:
    """The rest of the line, as far as a message shows it."""
    return text[start : start + 2 * MAX_SHOWN].partition("\n")[0].rstrip()
