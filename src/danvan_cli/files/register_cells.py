"""Reads cells of a register as days and numbers, however Excel or a person wrote them."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from danvan_cli.files.register_tables import Cell
from danvan_cli.model.registers import alike
from danvan_cli.model.values import Figure

_YEARS = range(1990, 2101)
_TIME = r"(?:[T\s]+\d{1,2}:\d\d(?::\d\d)?)?"
_WRITTEN_DAY = re.compile(rf"(?a)(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){_TIME}")
_ISO_DAY = re.compile(rf"(?a)(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}")
_WHOLE = re.compile(r"(?a)-?(?:\d{1,3}(?:[. ]\d{3})+|\d{1,15})")
_DECIMAL = re.compile(r"(?a)(-?(?:\d{1,3}(?:[. ]\d{3})+|\d{1,15})),(\d{1,2})")
_LARGEST = 10**15
_LARGEST_SERIAL = 100_000


class CellError(Exception):
    """What is wrong with a cell, without its text unless it is a day or a number; and a hint."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def is_filled(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def text_in(cell: Cell) -> str:
    """The text as `alike` writes it; of a number its digits."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else alike(str(cell))


def day_in(cell: Cell, epoch: date) -> date:
    """The day, also of text, or of a serial number counted from `epoch`. Raises CellError."""
    if not is_filled(cell):
        raise CellError(
            "để trống", "ghi ngày ở mỗi dòng; ô gộp nhiều dòng thì tách ra; dòng thừa thì xóa"
        )
    if isinstance(cell, datetime):
        cell = cell.date()
    elif isinstance(cell, int | float):
        cell = _serial_day(cell, epoch)
    elif isinstance(cell, str):
        cell = _written_day(cell.strip())
    if not isinstance(cell, date):
        raise CellError("không phải là ngày", "viết như 5/6/2026, ngày trước, tháng sau")
    if cell.year not in _YEARS:
        raise CellError(f"năm {cell.year} ngoài khoảng {_YEARS[0]}-{_YEARS[-1]}")
    return cell


def _serial_day(serial: float, epoch: date) -> date | None:
    """A day that Excel has as a number, since its cell is not formatted as a day."""
    return epoch + timedelta(days=int(serial)) if 0 < serial < _LARGEST_SERIAL else None


def _written_day(text: str) -> date | None:
    if match := _ISO_DAY.fullmatch(text):
        year, month, day = match.groups()
    elif match := _WRITTEN_DAY.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise CellError(
            f"không có ngày {text} trong lịch", "viết như 5/6/2026, ngày trước, tháng sau"
        ) from None


def number_in(cell: Cell) -> Figure:
    """A number as Excel has it, or as it is written: 1.234, 1 234, 97,5. Raises CellError."""
    if not is_filled(cell):
        raise CellError("để trống", "không có thì ghi 0")
    number = _number(cell)
    if number is None or not -_LARGEST < number < _LARGEST:
        raise CellError("không phải là số", "chỉ ghi số, ví dụ 1234 hoặc 97,5")
    if number < 0:
        raise CellError("là số âm")
    return number


def _number(cell: Cell) -> Figure | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        exact = Decimal(str(cell)) if abs(cell) < _LARGEST else None
        return None if exact is None else _plain(round(exact, 2))
    if not isinstance(cell, str):
        return None
    text = cell.strip().replace("\xa0", " ")
    if _WHOLE.fullmatch(text):
        return int(re.sub("[. ]", "", text))
    if match := _DECIMAL.fullmatch(text):
        return _plain(Decimal(f"{re.sub('[. ]', '', match[1])}.{match[2]}"))
    return None


def _plain(number: Decimal) -> Figure:
    return int(number) if number == int(number) else number
