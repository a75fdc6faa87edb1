"""Reads a register's file as tables: rows of cells, numbered as in the file.

No message here quotes a cell, since cells may hold personal data.
"""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import PurePath
from typing import Any, TypeAlias

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.files import decoding, yaml_reading
from danvan_cli.problems import CODES, Diagnostic

Cell: TypeAlias = str | int | float | date | datetime | None
TableRow: TypeAlias = tuple[int, Sequence[Cell]]
"""The row's number in the file, from 1, and its cells."""

MAX_BYTES = 32 * 1024 * 1024
_MAX_UNPACKED = 128 * 1024 * 1024
_MAX_PARTS = 5_000
MAX_ROWS = 1_048_576
"""Rows of a sheet of Excel."""
_MAX_COLUMNS = 100
_SEPARATORS = ";,\t"
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial days, but of workbooks that count from 1904."""
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BAD_WORKBOOK = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
    # Of XML; openpyxl's own are ValueErrors.
    SyntaxError,
)


class Table(Struct, frozen=True):
    """A table that the register may be in: a sheet, or a text divided in one way.

    `rows` reads it from the start; it raises UnreadableError. `epoch`: day 0 of serial days.
    """

    name: str | None
    rows: Callable[[], Iterator[TableRow]]
    epoch: date = _EPOCH


class UnreadableError(Exception):
    """The file cannot be read as a table; `problem` says why."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def tables(name: str, content: bytes) -> list[Table]:
    """The tables in a file, of which its name's end tells the kind. Raises UnreadableError."""
    if len(content) > MAX_BYTES:
        raise unreadable(
            f"tệp lớn quá {MAX_BYTES // 2**20} MiB", "tách sổ theo năm, hoặc bỏ hình ảnh trong tệp"
        )
    match PurePath(name).suffix.casefold():
        case ".xlsx":
            return _sheets(content)
        case ".csv":
            return _separated(content)
        case _:
            return [_of_yaml(content)]


def unreadable(why: str, hint: str | None = None) -> UnreadableError:
    """F127, with the reason in Vietnamese."""
    return UnreadableError(Diagnostic(code="F127", message=f"không đọc được sổ: {why}", hint=hint))


def _sheets(content: bytes) -> list[Table]:
    _refuse_other_formats(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        epoch = book.epoch.date()
        return [Table(sheet.title, partial(_sheet_rows, sheet), epoch) for sheet in book.worksheets]
    except (InvalidFileException, *_BAD_WORKBOOK):
        raise _broken() from None


def _broken() -> UnreadableError:
    return unreadable("tệp .xlsx bị hỏng", "mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx")


def _refuse_other_formats(content: bytes) -> None:
    if content.startswith(_OLD_FORMAT):
        if _ENCRYPTED in content:
            raise unreadable("tệp có mật khẩu mở", "lưu một bản không có mật khẩu ở máy của đơn vị")
        raise unreadable(
            "tệp là định dạng .xls cũ, chỉ đổi tên thành .xlsx",
            "mở bằng Excel, chọn Lưu thành (Save as), loại “Excel Workbook (.xlsx)”",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except _BAD_WORKBOOK:
        raise unreadable(
            "tệp không phải là .xlsx, hoặc bị hỏng",
            "mở bằng Excel hoặc LibreOffice rồi lưu thành .xlsx",
        ) from None
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise unreadable("nội dung giải nén quá lớn", "tách sổ theo năm, bỏ hình ảnh trong tệp")


def _sheet_rows(sheet: Any) -> Iterator[TableRow]:
    # The size that a file claims may be smaller than it is.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from enumerate(rows, 1)
    except _BAD_WORKBOOK:
        raise _broken() from None


def _separated(content: bytes) -> list[Table]:
    text = decoding.decoded(content, MAX_BYTES)
    if isinstance(text, Diagnostic):
        hint = "trong Excel, chọn Lưu thành (Save as), loại “CSV UTF-8”"
        raise unreadable(text.message, hint)
    composed = vietnamese.nfc(text)
    return [Table(None, partial(_lines, composed, separator)) for separator in _SEPARATORS]


def _lines(text: str, separator: str) -> Iterator[TableRow]:
    """Each row by the number of the line on which it begins; Excel's `sep=;` is none."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    number = 1
    try:
        for cells in reader:
            if not (number == 1 and len("".join(cells)) <= 5 and "".join(cells).startswith("sep=")):
                yield number, [cell.strip() or None for cell in cells]
            number = reader.line_num + 1
    except csv.Error:
        raise unreadable(
            f"từ dòng {vietnamese.number(number)} không chia được thành cột",
            "xem dấu ngoặc kép trong dòng đó có đủ đôi không",
        ) from None


def _of_yaml(content: bytes) -> Table:
    """A list of groups below `rows`, with the columns' headings as the names of fields.

    The headings are taken for row 0, so that rows may stand on the file's first line.
    """
    source = yaml_reading.read(content)
    if problem := next((found for found in source.problems if found.is_error), None):
        # Its own words may quote a cell.
        title = vietnamese.in_sentence(CODES[problem.code].title)
        raise UnreadableError(
            Diagnostic(
                code="F127",
                message=f"không đọc được sổ: {title} ({problem.code})",
                hint=f"xem nghĩa và cách sửa: danvan explain {problem.code}",
                line=problem.line,
                column=problem.column,
            )
        )
    listed = source.data.get("rows") if isinstance(source.data, dict) else None
    items = listed if isinstance(listed, list) else [None]
    entries = [item for item in items if isinstance(item, dict)]
    if len(entries) < len(items):
        raise unreadable(
            "tệp .yaml không có danh sách rows",
            "ghi rows: rồi mỗi dòng của sổ là một mục, ví dụ - {Ngày tiếp: 5/1/2026}",
        )
    places = yaml_reading.locate(source.text)
    headings = list(dict.fromkeys(heading for entry in entries for heading in entry))
    rows: list[TableRow] = [(0, headings)]
    for place, entry in enumerate(entries):
        cells = [entry.get(heading) for heading in headings]
        number = places.of(("rows", place)).line
        rows.append((number, [cell if isinstance(cell, str | int) else None for cell in cells]))
    return Table(None, lambda: iter(rows))
