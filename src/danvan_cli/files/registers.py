"""Reads the registers of a plan: the columns that it names become days, texts and numbers.

No other column becomes a value, and no message quotes a cell but for days and numbers.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from danvan_cli import vietnamese
from danvan_cli.files import links, register_headings, register_tables
from danvan_cli.files.register_cells import CellError, day_in, is_filled, number_in, text_in
from danvan_cli.files.register_file import RegisterFile, is_inside, rows_in_words
from danvan_cli.files.register_headings import Headings
from danvan_cli.files.register_tables import Cell, UnreadableError
from danvan_cli.model.plan import Plan
from danvan_cli.model.register_rows import Row
from danvan_cli.model.registers import DAY, DONE, SUFFIXES, Register, is_personal
from danvan_cli.problems import MAX_PROBLEMS, Diagnostic, limited

T = TypeVar("T")

_MOST_ROWS = 200_000
_TOTALS = re.compile(r"(?:tổng|cộng)(?: |:|$)")
_TOTALS_ROW, _BELOW_TOTALS, _HEADING = "dòng tổng cộng", "dưới dòng tổng cộng", "dòng tiêu đề"
_ROWS_BELOW = 3
"""The rows below the one that has all headings that may still belong to them."""
_NUMBERING = re.compile(r"\(?(?:[a-z]|\d{1,2})\)?")


def read_all(root: Path, plan: Plan) -> list[RegisterFile]:
    """Every register whose file and columns may be read; rules tell of the others."""
    return [
        read(root, name, register, _asked_columns(plan, name, register), _summed(plan, name))
        for name, register in plan.registers.items()
        if is_inside(register.file)
        and Path(register.file).suffix.casefold() in SUFFIXES
        and DAY in register.columns
        and not any(map(is_personal, register.columns.values()))
    ]


def _asked_columns(plan: Plan, name: str, register: Register) -> set[str]:
    """The columns whose texts some condition asks for."""
    asked = set(register.due_where)
    for indicator in plan.indicators:
        if indicator.computed and indicator.computed.register == name:
            asked |= indicator.computed.where.keys()
    return asked & register.other_columns


def _summed(plan: Plan, name: str) -> set[str]:
    columns = plan.registers[name].other_columns
    return {
        indicator.computed.sum
        for indicator in plan.indicators
        if indicator.computed and indicator.computed.register == name and indicator.computed.sum
    } & columns


def read(
    root: Path, name: str, register: Register, asked: set[str], summed: set[str]
) -> RegisterFile:
    """A register's file; it never raises."""
    path = root / register.file
    try:
        if links.leads_outside(path, root):
            raise register_tables.unreadable(links.LEADS_OUTSIDE)
        content = _content(path)
        if content is None:
            return RegisterFile(name=name, register=register, path=path, is_missing=True)
        headings = register_headings.find(register, register_tables.tables(path.name, content))
        reader = _Reader(register, asked, summed, headings)
        reader.read()
    except UnreadableError as error:
        return RegisterFile(name=name, register=register, path=path, problems=[error.problem])
    problems = [*_open_elsewhere(path), *reader.found()]
    has_errors = any(problem.is_error for problem in problems)
    return RegisterFile(
        name=name,
        register=register,
        path=path,
        rows=[] if has_errors else reader.rows,
        problems=problems,
        left_out=reader.left_out,
    )


def _content(path: Path) -> bytes | None:
    try:
        if not path.exists():
            return None
        if not path.is_file():
            reason = "đây không phải là một tệp thông thường"
        else:
            real = Path(os.path.realpath(path))
            return links.read_unfollowed(real, register_tables.MAX_BYTES + 1)
    except PermissionError:
        reason = "không có quyền đọc, hoặc tệp đang mở trong Excel; đóng Excel rồi làm lại"
    except OSError as error:
        reason = error.strerror or type(error).__name__
    raise register_tables.unreadable(reason)


def _open_elsewhere(path: Path) -> Iterator[Diagnostic]:
    if path.with_name(f"~${path.name}").exists():
        yield Diagnostic(
            code="F130",
            message="sổ đang mở trong Excel, nên số liệu lấy theo lần lưu gần nhất",
            hint=f"lưu và đóng sổ; nếu sổ không mở thì xóa tệp ~${path.name}",
        )


class _Reader:
    """Makes rows of a table's rows, and collects what is wrong with them."""

    def __init__(
        self, register: Register, asked: set[str], summed: set[str], headings: Headings
    ) -> None:
        self.rows: list[Row] = []
        self.left_out: dict[str, list[int]] = {}
        self._register = register
        self._asked = asked
        self._summed = summed
        self._headings = headings
        self._problems: list[Diagnostic] = []
        self._unread: list[int] = []

    def found(self) -> list[Diagnostic]:
        return [*limited(self._problems), *self._content_elsewhere()]

    def read(self) -> None:
        first, entries = self._headings.row, 0
        is_data = False
        for number, cells in self._headings.table.rows():
            if number <= first or not any(map(is_filled, cells)):
                continue
            own = {
                column: cells[place] if place < len(cells) else None
                for column, place in self._headings.places.items()
            }
            if not is_data and number <= first + _ROWS_BELOW and _is_heading(own, cells):
                self._leave_out(_HEADING, number)
                continue
            is_data = True
            entries += 1
            if entries > _MOST_ROWS:
                raise register_tables.unreadable(
                    f"sổ có quá {vietnamese.number(_MOST_ROWS)} dòng", "tách sổ theo năm"
                )
            if len(self._problems) > MAX_PROBLEMS:
                return
            if is_filled(own[DAY]) or not self._is_no_entry(number, own, cells):
                self._read_row(number, own)

    def _leave_out(self, what: str, number: int) -> None:
        self.left_out.setdefault(what, []).append(number)

    def _is_no_entry(self, number: int, own: Mapping[str, Cell], cells: Sequence[Cell]) -> bool:
        """Whether a row without a day is none: totals, what stands below them, other columns'."""
        if _TOTALS_ROW in self.left_out:
            self._leave_out(_BELOW_TOTALS, number)
        elif _TOTALS.match(next(text_in(cell) for cell in cells if is_filled(cell))):
            self._leave_out(_TOTALS_ROW, number)
        elif not any(map(is_filled, own.values())):
            self._unread.append(number)
        else:
            return False
        return True

    def _read_row(self, number: int, own: Mapping[str, Cell]) -> None:
        before = len(self._problems)
        epoch = self._headings.table.epoch
        day = self._cell(number, DAY, partial(day_in, own[DAY], epoch))
        done = None
        if is_filled(own.get(DONE)):
            done = self._cell(number, DONE, partial(day_in, own[DONE], epoch))
        numbers = {
            column: self._cell(number, column, partial(number_in, own[column]))
            for column in self._summed
        }
        if day and done and done < day:
            self._wrong(
                *(number, DONE),
                CellError(
                    f"ngày {vietnamese.short_day(done)} trước ngày {vietnamese.short_day(day)} ở "
                    f"cột “{self._register.columns[DAY]}”",
                    "xem lại hai ngày; có thể Excel đã đảo ngày và tháng",
                ),
            )
        if len(self._problems) == before and day:
            texts = {column: text_in(own[column]) for column in self._asked}
            given = {column: figure for column, figure in numbers.items() if figure is not None}
            self.rows.append(Row(number, day, done, texts, given))

    def _cell(self, number: int, column: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except CellError as error:
            self._wrong(number, column, error)
            return None

    def _wrong(self, number: int, column: str, error: CellError) -> None:
        self._problems.append(
            Diagnostic(
                code="F129",
                message=f"dòng {number}, cột “{self._register.columns[column]}”: {error.message}",
                hint=error.hint,
                line=number,
                column=self._column(column),
            )
        )

    def _column(self, column: str) -> int | None:
        """Of a sheet; on a line of text columns are counted in characters."""
        is_sheet = self._headings.table.name is not None
        return self._headings.places[column] + 1 if is_sheet else None

    def _content_elsewhere(self) -> Iterator[Diagnostic]:
        if self._unread:
            yield Diagnostic(
                code="F130",
                message=f"{rows_in_words(self._unread)} chỉ có chữ ở các cột không được đọc, nên "
                "không tính",
                hint="nếu là một lượt, một việc thì ghi ngày ở dòng đó (ô gộp thì tách ra); nếu "
                "không thì xóa, hoặc chuyển xuống dưới dòng tổng cộng",
                line=self._unread[0],
            )


def _is_heading(own: Mapping[str, Cell], cells: Sequence[Cell]) -> bool:
    """Headings below headings, or the row that numbers the columns: (1), (2), 3, a."""
    if not any(map(is_filled, own.values())):
        return True
    return all(_NUMBERING.fullmatch(text_in(cell)) for cell in cells if is_filled(cell))
