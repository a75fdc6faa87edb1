"""What registers, and the figures that are computed from them, must keep to."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import PurePath

from msgspec import Struct

from danvan_cli.files.register_file import RegisterFile, is_inside, rows_in_words
from danvan_cli.model.plan import Plan, is_assigned, with_groups
from danvan_cli.model.register_rows import texts_of
from danvan_cli.model.registers import (
    DAY,
    DONE,
    SUFFIXES,
    Computed,
    Conditions,
    Register,
    alike,
    is_personal,
)
from danvan_cli.problems import (
    ERROR,
    WARNING,
    DataPath,
    Diagnostic,
    did_you_mean,
    quoted,
    rule,
)
from danvan_cli.rules.report import ReportCase
from danvan_cli.vietnamese import number, short_day

CODES = ("P376", "P377", "P378", "P379", "P380", "R485", "R486", "R487", "R488")
"""Those of this module: what is wrong with registers, in whichever file it is told."""
_OLD_FORMAT = "mở bằng Excel, chọn Lưu thành (Save as), loại “Excel Workbook (.xlsx)”"


def _problem(
    code: str, message: str, hint: str | None, *path: str | int, at_key: bool = False
) -> Diagnostic:
    return Diagnostic(code=code, message=message, hint=hint, path=path, at_key=at_key)


@rule("P376", ERROR, "Sổ ghi không đúng")
def registers_can_be_read(plan: Plan) -> Iterator[Diagnostic]:
    """A register is a file below the plan's folder, of a unit, with a column of days."""
    units = [unit.id for unit in plan.units]
    for name, register in plan.registers.items():
        if register.unit not in units:
            message = f"kế hoạch không có đơn vị {quoted(register.unit)}"
            hint = did_you_mean(register.unit, units)
            yield _problem("P376", message, hint, "registers", name, "unit")
        yield from _file_problems(name, register)
        yield from _column_problems(name, register)
        yield from _due_problems(name, register)


def _file_problems(name: str, register: Register) -> Iterator[Diagnostic]:
    suffix = PurePath(register.file).suffix.casefold()
    if not is_inside(register.file):
        message = "sổ phải nằm trong thư mục kế hoạch"
        hint = "chép sổ vào đó, ghi tên tệp như so/tiep-dan-2026.xlsx"
    elif suffix not in SUFFIXES:
        message = f"danvan không đọc sổ là tệp {quoted(suffix or register.file)}"
        hint = _OLD_FORMAT if suffix == ".xls" else f"lưu thành một trong: {', '.join(SUFFIXES)}"
    else:
        return
    yield _problem("P376", message, hint, "registers", name, "file")


def _column_problems(name: str, register: Register) -> Iterator[Diagnostic]:
    path = ("registers", name, "columns")
    if DAY not in register.columns:
        hint = "ghi thêm day: tên cột ngày nhận, ngày diễn ra trong sổ"
        yield _problem("P376", "columns thiếu cột day", hint, *path)
    first: dict[str, str] = {}
    for column, heading in register.columns.items():
        other = first.setdefault(alike(heading), column)
        if other != column:
            message = f"{other} và {column} cùng là cột {quoted(heading)}"
            yield _problem("P376", message, "mỗi cột chỉ ghi một lần", *path, column)


def _due_problems(name: str, register: Register) -> Iterator[Diagnostic]:
    path = ("registers", name)
    if register.due_days is not None and register.due_working_days is not None:
        message, hint = "có cả due_days và due_working_days", "chỉ ghi một trong hai"
        yield _problem("P376", message, hint, *path, "due_working_days")
    has_due = register.due_days is not None or register.due_working_days is not None
    if has_due and DONE not in register.columns:
        message = "có thời hạn mà columns không có cột done"
        yield _problem(
            "P376", message, "ghi thêm done: tên cột ngày xong trong sổ", *path, "columns"
        )
    if register.due_where and not has_due:
        hint = "ghi thêm due_days hoặc due_working_days, hoặc bỏ due_where"
        yield _problem("P376", "có due_where mà không có thời hạn", hint, *path, "due_where")
    yield from _condition_problems("P376", register.due_where, register, (*path, "due_where"))


def _condition_problems(
    code: str, conditions: Conditions, register: Register, path: DataPath
) -> Iterator[Diagnostic]:
    columns = register.other_columns
    for column in conditions:
        if column not in columns:
            yield _problem(
                code,
                f"sổ không có cột {quoted(column)}",
                _which(column, columns),
                *path,
                column,
                at_key=True,
            )


def _which(written: str, columns: Collection[str]) -> str | None:
    if guess := did_you_mean(written, columns):
        return guess
    return f"các cột dùng được ở đây: {', '.join(sorted(columns))}" if columns else None


@rule("P377", ERROR, "Số liệu tính từ sổ ghi không đúng")
def computed_figures_have_registers(plan: Plan) -> Iterator[Diagnostic]:
    """A figure is a number of rows or the sum of a column, of rows that can be told apart."""
    for i, indicator in enumerate(plan.indicators):
        if indicator.computed is not None:
            yield from _computed_problems(plan, indicator.computed, ("indicators", i, "computed"))


def _computed_problems(plan: Plan, computed: Computed, path: DataPath) -> Iterator[Diagnostic]:
    register = plan.registers.get(computed.register)
    if register is None:
        message = f"kế hoạch không có sổ {quoted(computed.register)}"
        hint = did_you_mean(computed.register, plan.registers) or "ghi sổ đó ở registers"
        yield _problem("P377", message, hint, *path, "register")
        return
    if computed.count and computed.sum:
        yield _problem("P377", "có cả count và sum", "chỉ ghi một trong hai", *path, "sum")
    columns = register.other_columns
    if computed.sum is not None and computed.sum not in columns:
        message = f"sổ không có cột {quoted(computed.sum)} để cộng"
        yield _problem("P377", message, _which(computed.sum, columns), *path, "sum")
    yield from _condition_problems("P377", computed.where, register, (*path, "where"))
    if computed.day != "in_window" and DONE not in register.columns:
        message = f"day: {computed.day} cần biết ngày xong, mà sổ không có cột done"
        hint = "ghi thêm done: tên cột ngày xong vào columns của sổ"
        yield _problem("P377", message, hint, *path, "day")
    elif computed.day == "overdue" and not (register.due_days or register.due_working_days):
        message, hint = "sổ không có thời hạn", "ghi thêm due_days hoặc due_working_days vào sổ"
        yield _problem("P377", message, hint, *path, "day")


@rule("P378", ERROR, "Cột có thông tin cá nhân")
def columns_are_not_personal(plan: Plan) -> Iterator[Diagnostic]:
    """Names, addresses and numbers of persons are of no use for figures, so they are never read."""
    for name, register in plan.registers.items():
        for column, heading in register.columns.items():
            if is_personal(heading):
                yield _problem(
                    "P378",
                    f"cột {quoted(heading)} có thông tin cá nhân, danvan không đọc cột như vậy",
                    "bỏ cột này khỏi columns; số liệu không cần đến họ tên, địa chỉ, số giấy tờ",
                    *("registers", name, "columns", column),
                )


@rule("P379", ERROR, "Đơn vị giữ sổ không có chỉ tiêu này")
def computed_figures_are_the_units(plan: Plan) -> Iterator[Diagnostic]:
    """The figure goes into the report of the register's unit."""
    for i, indicator in enumerate(with_groups(plan).indicators):
        register = plan.registers.get(indicator.computed.register) if indicator.computed else None
        if register and not is_assigned(indicator, register.unit):
            yield _problem(
                "P379",
                f"chỉ tiêu tính từ sổ của {register.unit}, mà units không có đơn vị đó",
                f"ghi thêm {register.unit} vào units của chỉ tiêu, hoặc xem lại unit của sổ",
                *("indicators", i, "computed", "register"),
            )


class RegistersCase(Struct, frozen=True):
    """A plan and its registers as read."""

    plan: Plan
    registers: Sequence[RegisterFile]


@rule("P380", WARNING, "Chưa có tệp sổ")
def registers_are_there(case: RegistersCase) -> Iterator[Diagnostic]:
    """A register stays with its unit, so elsewhere only typed figures are known."""
    for file in case.registers:
        if file.is_missing:
            figures = [
                indicator.id
                for indicator in case.plan.indicators
                if indicator.computed and indicator.computed.register == file.name
            ]
            what = f", nên không tính được {', '.join(figures)}" if figures else ""
            yield _problem(
                "P380",
                f"không có tệp {quoted(file.register.file)}{what}",
                "chép sổ vào đó; máy không giữ sổ thì lấy số đã ghi trong báo cáo của đơn vị",
                *("registers", file.name, "file"),
            )


@rule("R488", WARNING, "Nội dung không dòng nào của sổ có")
def conditions_are_met_by_some_row(case: RegistersCase) -> Iterator[Diagnostic]:
    """A misspelt condition would make a 0 that nobody doubts."""
    files = {file.name: file for file in case.registers if file.is_usable and file.rows}
    for i, indicator in enumerate(case.plan.indicators):
        if indicator.computed and (file := files.get(indicator.computed.register)):
            path: DataPath = ("indicators", i, "computed", "where")
            yield from _unmet(indicator.computed.where, file, path)
    for name, file in files.items():
        yield from _unmet(file.register.due_where, file, ("registers", name, "due_where"))


def _unmet(conditions: Conditions, file: RegisterFile, path: DataPath) -> Iterator[Diagnostic]:
    for column, wanted in conditions.items():
        there = {row.texts.get(column) for row in file.rows}
        for text in [wanted] if isinstance(wanted, str) else wanted:
            if column in file.register.columns and not texts_of(text) & there:
                yield _problem(
                    "R488",
                    f"không dòng nào của sổ có {quoted(text)} ở cột "
                    f"{quoted(file.register.columns[column])}",
                    "ghi đúng như trong sổ; chữ hoa, chữ thường không cần giống",
                    *(*path, column),
                )


class RegisterCase(Struct, frozen=True):
    """A register as read, on a day."""

    file: RegisterFile
    today: date


@rule("R486", WARNING, "Ngày trong sổ chưa đến")
def days_of_rows_have_come(case: RegisterCase) -> Iterator[Diagnostic]:
    """Excel may have taken 6/5/2026 for the 6th of May or the 5th of June. One for all rows."""
    days = {row.number: max(row.day, row.done or row.day) for row in case.file.rows}
    later = [number for number, day in days.items() if day > case.today]
    if later:
        yield Diagnostic(
            code="R486",
            message=f"{rows_in_words(later)} có ngày chưa đến, muộn nhất là ngày "
            f"{short_day(max(days.values()))}",
            hint="xem lại ngày; có thể Excel đã đảo ngày và tháng",
            line=later[0],
        )


@rule("R485", ERROR, "Số liệu khác sổ")
def figures_agree_with_registers(case: ReportCase) -> Iterator[Diagnostic]:
    """A figure that is typed although a register gives it must be the register's."""
    for name, computed in case.computed.items():
        typed = case.report.figures.get(name)
        if typed is not None and typed != computed:
            yield _problem(
                "R485",
                f"{quoted(case.known.indicators[name].name)}: báo cáo ghi {number(typed)}, sổ "
                f"{quoted(_file(case, name))} tính ra {number(computed)}",
                "sửa chỗ sai; bỏ số trong báo cáo thì danvan lấy số của sổ; xem các dòng: danvan "
                f"trace {name} --period {case.reported_period}",
                *("indicators", name),
            )


def _file(case: ReportCase, indicator: str) -> str:
    computed = case.known.indicators[indicator].computed
    return case.plan.registers[computed.register].file if computed else ""


class TrackedCase(Struct, frozen=True):
    """A plan, and the files of its registers that git has; names as in the plan."""

    plan: Plan
    tracked: frozenset[str]


@rule("R487", WARNING, "Sổ nằm trong git")
def registers_are_not_in_git(case: TrackedCase) -> Iterator[Diagnostic]:
    """Whoever gets the repository gets all its history, so a register must never enter it."""
    for name, register in case.plan.registers.items():
        if register.file in case.tracked and not register.in_git:
            yield _problem(
                "R487",
                f"sổ {quoted(register.file)} đang nằm trong git, ai có kho git đều đọc được",
                f"chạy git rm --cached {register.file}, thêm tên sổ vào .gitignore; sổ không có "
                "thông tin cá nhân thì ghi in_git: true",
                *("registers", name, "file"),
            )
