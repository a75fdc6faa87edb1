"""Changes values in an existing YAML text and keeps its comments and all unchanged lines.

ruamel.yaml is not used for this: it attaches a comment to the value before it, and loses the
comment with that value.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias, TypeVar, cast

import yaml
from msgspec import Struct

from danvan_cli.files import conversion, yaml_reading
from danvan_cli.files.yaml_writing import Plain, block, entry, list_item, plain, scalar, written
from danvan_cli.model.record import Record

R = TypeVar("R", bound=Record)

_MOST_COMPARED = 500
"""Items of a list that are compared at most; comparing takes quadratic time."""
_Node: TypeAlias = Any
_Fields: TypeAlias = Mapping[str, Plain]


class Comment(Struct, frozen=True):
    """A comment from its `#` on; `line` counts from 0; `alone`: nothing else is on that line."""

    line: int
    text: str
    on_own_line: bool


class Edit(Struct, frozen=True):
    """Replaces the lines from `start` up to, but not including, `end` (from 0) by `lines`."""

    start: int
    end: int
    lines: list[str]


def updated(text: str, value: Record) -> str:
    """The text, changed so that it holds `value`.

    Raises ValueError if the text does not hold a value of that type.
    """
    before = _value_in(text, type(value))
    if before is None:
        raise ValueError(f"the text holds no {type(value).__name__}")
    if before == value:
        return text
    body = text.removeprefix(_BYTE_ORDER_MARK)
    root = yaml.compose(body, Loader=yaml.CSafeLoader)
    # The group in the pattern makes split() return the line ends between the lines.
    lines, ends = _LINE_END.split(body)[::2], _LINE_END.findall(body)
    usual_end = max(_LINE_ENDS, key=ends.count)
    document = _Document(lines, list(_comments(body)))
    order = type(value).__struct_encode_fields__
    edits = list(document.fields(root, plain(before), plain(value), order))
    after = _applied(lines, ends, edits, usual_end)
    if _value_in(after, type(value)) != value:
        after = _rewritten(document.comments, value).replace("\n", usual_end)
    return text[: len(text) - len(body)] + after


def _value_in(text: str, type_: type[R]) -> R | None:
    value, _ = conversion.convert(yaml_reading.read(text.encode()).data, type_)
    return value


def _rewritten(comments: Sequence[Comment], value: Record) -> str:
    """The comments, then the fields; for texts in a rare notation, or without any field left."""
    lines = [comment.text for comment in comments]
    for name, field in plain(value).items():
        lines += entry(f"{scalar(name)}:", written(field))
    if len(lines) == len(comments):
        lines.append("{}")
    return "".join(f"{line}\n" for line in lines)


def _applied(
    lines: Sequence[str], ends: Sequence[str], edits: Sequence[Edit], usual_end: str
) -> str:
    """The text with these edits; each unchanged line keeps its line end."""
    ended = list(zip(lines, [*ends, usual_end], strict=True))
    result: list[tuple[str, str]] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        result += ended[done : edit.start]
        result += [(line, usual_end) for line in edit.lines]
        done = edit.end
    *others, (last, _) = [*result, *ended[done:]] or [("", "")]
    return "".join(line + end for line, end in others) + last


class _Document(Struct, frozen=True):
    lines: list[str]
    comments: list[Comment]

    def fields(
        self, node: _Node, before: _Fields, after: _Fields, order: Sequence[str]
    ) -> Iterator[Edit]:
        """The edits that change a block mapping's fields; `order`: where new fields belong."""
        nodes = {key.value: (key, value) for key, value in node.value}
        for name, (key, value) in nodes.items():
            if before.get(name) != after.get(name):
                yield from self._field(key, value, before.get(name), after.get(name))
        indent = " " * node.start_mark.column
        place = node.start_mark.line
        new: dict[int, list[str]] = {}
        for name in order:
            if name in nodes:
                place = self._last_line(*nodes[name]) + 1
            elif name in after:
                lines = entry(f"{scalar(name)}:", written(after[name]))
                new.setdefault(place, []).extend(_indented(indent, lines))
        for place, lines in new.items():
            yield Edit(place, place, lines)

    def _field(
        self, key: _Node, value: _Node, before: "Plain | None", after: "Plain | None"
    ) -> Iterator[Edit]:
        if after is None:
            yield self._removal(key.start_mark.line, self._last_line(key, value))
        elif _is_block(value) and isinstance(before, dict) and isinstance(after, dict):
            yield from self.fields(value, before, after, list(after))
        elif _is_block(value) and isinstance(before, list) and isinstance(after, list):
            yield from self._items(value, before, after)
        else:
            line = self.lines[key.start_mark.line]
            name = line[: key.end_mark.column].lstrip()
            stays_block = isinstance(after, str) and getattr(value, "style", None) == "|"
            new = entry(f"{name}:", block(cast(str, after)) if stays_block else written(after))
            indent = " " * key.start_mark.column
            yield self._replacement(key.start_mark.line, self._last_line(key, value), indent, new)

    def _items(
        self, node: _Node, before: Sequence[Plain], after: Sequence[Plain]
    ) -> Iterator[Edit]:
        """The edits that change a block list; unchanged items keep their lines."""
        spans = [(item.start_mark.line, self._last_line(item, item)) for item in node.value]
        indent = " " * node.start_mark.column
        for start, end, new_start, new_end in _changed(_keys(before), _keys(after)):
            new = iter(after[new_start:new_end])
            for first, last in spans[start:end]:
                if (item := next(new, None)) is not None:
                    yield self._replacement(first, last, indent, list_item(item))
                else:
                    yield self._removal(first, last)
            if more := list(new):
                place = spans[end - 1][1] + 1 if end else node.start_mark.line
                lines = [line for item in more for line in list_item(item)]
                yield Edit(place, place, _indented(indent, lines))

    def _replacement(self, first: int, last: int, indent: str, new: Sequence[str]) -> Edit:
        """A comment behind the old value is put behind the new one; others are put above it."""
        comments = self._comments_in(first, last)
        behind = next((comment for comment in comments if not comment.on_own_line), None)
        above = [comment.text for comment in comments if comment is not behind]
        head = f"{new[0]}  {behind.text}" if behind else new[0]
        return Edit(first, last + 1, _indented(indent, [*above, head, *new[1:]]))

    def _removal(self, first: int, last: int) -> Edit:
        """A comment behind the value is removed, too; one on its own line stays."""
        kept = [
            self.lines[comment.line]
            for comment in self._comments_in(first, last)
            if comment.on_own_line
        ]
        return Edit(first, last + 1, kept)

    def _last_line(self, key: _Node, value: _Node) -> int:
        """The last line of a field, from 0, without blank lines and comments below it."""
        if _is_block(value):
            last = value.value[-1]
            return (
                self._last_line(*last) if isinstance(last, tuple) else self._last_line(last, last)
            )
        if value.start_mark.index == value.end_mark.index:
            return cast(int, key.end_mark.line)
        line = cast(int, value.end_mark.line)
        if getattr(value, "style", None) in ("|", ">") and not value.end_mark.column:
            line -= 1
        while line > value.start_mark.line and not self.lines[line].strip():
            line -= 1
        return line

    def _comments_in(self, first: int, last: int) -> list[Comment]:
        start = bisect_left(self.comments, first, key=_line_of)
        end = bisect_right(self.comments, last, key=_line_of)
        return self.comments[start:end]


def _line_of(comment: Comment) -> int:
    return comment.line


def _is_block(node: _Node) -> bool:
    """Whether it is a list or mapping in block style."""
    return getattr(node, "flow_style", True) is False


def _indented(indent: str, lines: Sequence[str]) -> list[str]:
    return [f"{indent}{line}" if line else "" for line in lines]


def _keys(items: Sequence[Plain]) -> list[str]:
    return [repr(item) for item in items]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The changed ranges: start and end before, start and end after.

    If very many items between the equal beginning and end differ, they count as one change.
    """
    start, shorter = 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    kept = 0
    while kept < shorter - start and before[-1 - kept] == after[-1 - kept]:
        kept += 1
    end, new_end = len(before) - kept, len(after) - kept
    if max(end, new_end) - start > _MOST_COMPARED:
        yield start, end, start, new_end
        return
    matcher = SequenceMatcher(None, before[start:end], after[start:new_end], autojunk=False)
    for kind, *bounds in matcher.get_opcodes():
        if kind != "equal":
            first, last, new_first, new_last = (start + bound for bound in bounds)
            yield first, last, new_first, new_last


def _comments(text: str) -> Iterator[Comment]:
    """All comments: what libyaml skips between two tokens is comments and blanks."""
    line_starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    for start, end in _gaps(text):
        for match in _COMMENT.finditer(text, start, end):
            line = bisect_right(line_starts, match.start()) - 1
            before = text[line_starts[line] : match.start()]
            yield Comment(line, match[0].rstrip(), on_own_line=not before.strip())


_BYTE_ORDER_MARK = "\ufeff"
_LINE_ENDS = ("\n", "\r\n", "\r")
_LINE_END = re.compile("(\r\n|[\n\r\x85\u2028\u2029])")
"""What libyaml takes for the end of a line, also that of old Macs and of Unicode."""
_COMMENT = re.compile("#[^\n\r\x85\u2028\u2029]*")
_BLOCK_HEADER = re.compile(r"[|>][-+\d]*")


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """The ranges without a token; the rest of a block's first line is one, too."""
    end = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        yield end, token.start_mark.index
        end = token.end_mark.index
        if header := _BLOCK_HEADER.match(text, token.start_mark.index, end):
            line_end = _LINE_END.search(text, header.end())
            yield header.end(), line_end.start() if line_end else header.end()
    yield end, len(text)
