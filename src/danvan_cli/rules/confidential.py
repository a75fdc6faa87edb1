"""What should not be in files that are sent by mail and kept under git: warnings only."""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.files import yaml_reading
from danvan_cli.files.decoding import TextPosition, position_at
from danvan_cli.files.yaml_reading import TextPositions
from danvan_cli.problems import WARNING, DataPath, Diagnostic, quoted, rule

# Nine digits but for spaces, points and dashes; a date has eight, so that few texts have them.
_MANY_DIGITS = re.compile(r"[0-9](?:[\s.-]*[0-9]){8}")
# Twelve digits by themselves (Luật Căn cước 2023, Điều 12), not a piece of some longer code; in
# groups only with the 0 that every such number begins with, and no sum of money.
_CITIZEN_ID = r"""(?ax)
        (?<![\w./+-])(?<!\d[ ])
        (?: \d{12} | 0\d{2}([ .-])\d{3}\1\d{3}\1\d{3} | 0\d{3}([ .-])\d{4}\2\d{4} )
        (?![\w/]|[.,-]\d|[ ]\d{3})"""
# Ten digits from 03, 05, 07, 08 or 09, or +84 for the 0, in groups that no date is written in.
_MOBILE = r"""(?ax)
        (?<![\w./+-])
        (?: (?:\(?\+84\)?[ ]?|0) [35789] (?: \d{8}
            | \d([ .-])\d{3}\1\d{4} | \d([ .-])\d{4}\2\d{3} | \d([ .-])\d{3}\3\d{2}\3\d{2}
            | \d{2}([ .-])\d{3}\4\d{3} | \d{2}([ .-])\d{2}\5\d{2}\5\d{2} )
          | 84[35789]\d{8} )
        (?![\w/]|[.,-]\d)"""
_CAPITALS = "MẬT"
# The degrees of Luật Bảo vệ bí mật nhà nước in the capitals of a stamp; as against
# 'BÍ MẬT NHÀ NƯỚC' in the name of that law, 'BẢO MẬT', 'MẬT KHẨU'.
_MARKING = r"(?<!\bBÍ )(?<!\bBẢO )(?<!\bCƠ )\b(?:TUYỆT |TỐI )?MẬT\b(?! KHẨU\b| MÃ\b| ĐỘ\b| ONG\b)"


@rule("R420", WARNING, "Có số giống số định danh cá nhân")
@rule("R421", WARNING, "Có số giống số điện thoại di động")
def no_personal_numbers(text: str, value: Struct) -> Iterator[Diagnostic]:
    """A report is passed on to people whom the number's owner did not give it to.

    `text` is the whole file, which is quickly searched; `value`, its content, shows where it is.
    """
    if _MANY_DIGITS.search(text) or _has_escapes(text):
        yield from matches(
            _CITIZEN_ID,
            Diagnostic(
                code="R420",
                message="có dãy 12 chữ số giống số định danh cá nhân",
                hint="nếu đúng là số định danh thì xóa đi",
            ),
            text,
            value,
        )
        yield from matches(
            _MOBILE,
            Diagnostic(
                code="R421",
                message="có dãy số giống số điện thoại di động",
                hint="nếu đúng là số điện thoại của cá nhân thì xóa đi",
            ),
            text,
            value,
        )


@rule("R422", WARNING, "Có dấu chỉ độ mật")
def no_secrecy_markings(text: str, value: Struct) -> Iterator[Diagnostic]:
    """State secrets may not be kept in or sent by such files at all."""
    if _CAPITALS in text or _has_escapes(text):
        yield from matches(
            _MARKING,
            Diagnostic(
                code="R422",
                message="có dấu chỉ độ mật",
                hint="tài liệu mật không được soạn, lưu và gửi bằng danvan; nếu không phải tài "
                "liệu mật thì viết bằng chữ thường",
            ),
            text,
            value,
        )


def _has_escapes(text: str) -> bool:
    """Whether the text may write in other letters what a value is."""
    return "\\" in text


def matches(regex: str, problem: Diagnostic, text: str, value: Struct) -> Iterator[Diagnostic]:
    """The problem for all that the regex finds in the values, with its words and place."""
    # Compiled as late as this since that takes milliseconds, and few texts ask for it.
    pattern = re.compile(regex)
    places: TextPositions | None = None
    for path, words in _texts(value, ()):
        if pattern.search(words):
            places = places or yaml_reading.locate(text)
            for found, place in _placed(pattern, words, text, places.span(path)):
                message = f"{problem.message} ({quoted(found)})"
                line, column = place
                yield replace(problem, message=message, path=path, line=line, column=column)


def _placed(
    pattern: re.Pattern[str], words: str, text: str, span: slice
) -> Iterator[tuple[str, TextPosition]]:
    """Each match with its place; with that of its value where the text writes it otherwise."""
    in_words, in_text = 0, span.start
    for match in pattern.finditer(words):
        # A folded value has a space where the text has a line break.
        written = re.compile(r"\s+".join(map(re.escape, match[0].split())))
        before = len(written.findall(words, in_words, match.start()))
        there = islice(written.finditer(text, in_text, span.stop), before, None)
        if found := next(there, None):
            in_words, in_text = match.end(), found.end()
        yield match[0], position_at(text, found.start() if found else span.start)


def _texts(value: object, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    match value:
        case str():
            yield path, value
        case list():
            for place, item in enumerate(value):
                yield from _texts(item, (*path, place))
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*path, key))
        case Struct():
            names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
            for name, written_name in names:
                yield from _texts(getattr(value, name), (*path, written_name))
