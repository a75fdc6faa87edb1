"""What should not stand in files that are mailed around and kept under git: warnings only."""

import re
from collections.abc import Iterator
from itertools import islice

import msgspec
from msgspec import Struct

from danvan_cli import source
from danvan_cli.diagnostics import DataPath, Diagnostic, quoted
from danvan_cli.source import Place, Places

# Nearly no text has so many digits in a row, and to search for this takes a tenth of the time.
_MANY_DIGITS = re.compile(r"\d(?:[\s.-]*\d){8}", re.ASCII)
# Twelve digits by themselves (Luật Căn cước 2023, Điều 12), not a piece of some longer code; in
# groups only with the 0 that every such number begins with, and no sum of money.
_CITIZEN_ID = re.compile(
    r"""(?<![\w./+-])(?<!\d[ ])
        (?: \d{12} | 0\d{2}([ .-])\d{3}\1\d{3}\1\d{3} | 0\d{3}([ .-])\d{4}\2\d{4} )
        (?![\w/]|[.,-]\d|[ ]\d{3})""",
    re.ASCII | re.VERBOSE,
)
# Ten digits from 03, 05, 07, 08 or 09, or +84 for the 0, in groups that no date is written in.
_MOBILE = re.compile(
    r"""(?<![\w./+-])
        (?: (?:\(?\+84\)?[ ]?|0) [35789] (?: \d{8}
            | \d([ .-])\d{3}\1\d{4} | \d([ .-])\d{4}\2\d{3} | \d([ .-])\d{3}\3\d{2}\3\d{2}
            | \d{2}([ .-])\d{3}\4\d{3} | \d{2}([ .-])\d{2}\5\d{2}\5\d{2} )
          | 84[35789]\d{8} )
        (?![\w/]|[.,-]\d)""",
    re.ASCII | re.VERBOSE,
)
_CAPITALS = re.compile("MẬT")
# The degrees of Luật Bảo vệ bí mật nhà nước in the capitals of a stamp; as against
# 'BÍ MẬT NHÀ NƯỚC' in the name of that law, 'BẢO MẬT', 'MẬT KHẨU'.
_MARKING = re.compile(
    r"(?<!\bBÍ )(?<!\bBẢO )(?<!\bCƠ )\b(?:TUYỆT |TỐI )?MẬT\b(?! KHẨU\b| MÃ\b| ĐỘ\b| ONG\b)"
)


def no_citizen_ids(text: str, value: Struct) -> Iterator[Diagnostic]:
    """R420: personal data has no business in a report of figures and results.

    `text` is the whole file's, which takes one look to search; `value`, what it holds, says where.
    """
    for path, found, place in _found(_CITIZEN_ID, _MANY_DIGITS, text, value):
        yield Diagnostic(
            code="R420",
            message=f"có dãy 12 chữ số giống số định danh cá nhân ({quoted(found)})",
            hint="nếu đúng là số định danh thì xóa đi",
            path=path,
            line=place.line,
            column=place.column,
        )


def no_mobile_numbers(text: str, value: Struct) -> Iterator[Diagnostic]:
    """R421: a report is passed on to people whom the number's owner did not give it to."""
    for path, found, place in _found(_MOBILE, _MANY_DIGITS, text, value):
        yield Diagnostic(
            code="R421",
            message=f"có dãy số giống số điện thoại di động ({quoted(found)})",
            hint="nếu đúng là số điện thoại của cá nhân thì xóa đi",
            path=path,
            line=place.line,
            column=place.column,
        )


def no_secrecy_markings(text: str, value: Struct) -> Iterator[Diagnostic]:
    """R422: state secrets may not be kept in or sent by such files at all."""
    for path, found, place in _found(_MARKING, _CAPITALS, text, value):
        yield Diagnostic(
            code="R422",
            message=f"có dấu chỉ độ mật ({quoted(found)})",
            hint="tài liệu mật không được soạn, lưu và gửi bằng danvan; nếu không phải tài liệu "
            "mật thì viết bằng chữ thường",
            path=path,
            line=place.line,
            column=place.column,
        )


def _found(
    pattern: re.Pattern[str], sign: re.Pattern[str], text: str, value: Struct
) -> Iterator[tuple[DataPath, str, Place]]:
    """All that the pattern finds in the values, with the paths of these, and where it stands.

    Without the `sign`, which is quick to look for, the text has nothing that it could find.
    """
    # An escape can write in other letters what the value holds.
    if not sign.search(text) and "\\" not in text:
        return
    places: Places | None = None
    for path, words in _texts(value, ()):
        if pattern.search(words):
            places = places or source.locate(text)
            yield from _placed(pattern, path, words, text, places.span(path))


def _placed(
    pattern: re.Pattern[str], path: DataPath, words: str, text: str, span: slice
) -> Iterator[tuple[DataPath, str, Place]]:
    """Each match with its place; with that of its value where the text writes it otherwise."""
    in_words, in_text = 0, span.start
    for match in pattern.finditer(words):
        # A folded value has a space where the text has a line break.
        written = re.compile(r"\s+".join(map(re.escape, match[0].split())))
        before = len(written.findall(words, in_words, match.start()))
        there = islice(written.finditer(text, in_text, span.stop), before, None)
        if found := next(there, None):
            in_words, in_text = match.end(), found.end()
        yield path, match[0], source.place_at(text, found.start() if found else span.start)


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
            for field in msgspec.structs.fields(value):
                item = getattr(value, field.name)
                yield from _texts(item, (*path, field.encode_name))
