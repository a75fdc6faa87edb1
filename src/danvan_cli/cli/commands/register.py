"""`danvan register`: what registers hold, what is wrong in them, what in them is overdue."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import typer
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.findings_formats import RENDERINGS
from danvan_cli.cli.frame import layout, places, progress
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Table, Words
from danvan_cli.cli.frame.opening import mention_findings, open_workspace
from danvan_cli.cli.frame.options import AsFindings, AsOf, AsStatus, Strict, start_directory
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.files import computed_figures, paths, workspace
from danvan_cli.files.register_file import RegisterFile, rows_in_words
from danvan_cli.model import deadlines, register_rows
from danvan_cli.model.plan import Plan, units_by_id
from danvan_cli.model.register_rows import Row
from danvan_cli.model.registers import DONE
from danvan_cli.model.values import Figure
from danvan_cli.problems import Failure, count_errors
from danvan_cli.rules import findings
from danvan_cli.tracking import git
from danvan_cli.tracking.checked_workspace import CheckedWorkspace

_NO_REGISTERS = "Kế hoạch không có sổ nào (registers)."


class _Overdue(Struct, frozen=True):
    """A row that is overdue by `days`."""

    file: RegisterFile
    row: Row
    last_day: date
    days: int


def list_registers(ctx: typer.Context, as_of: AsOf = None, format: AsStatus = "table") -> None:
    """Các sổ của kế hoạch, và số liệu tính từ sổ.

    Mỗi sổ: số dòng, từ ngày nào đến ngày nào, còn bao nhiêu dòng chưa xong, bao nhiêu dòng quá hạn;
    mỗi chỉ tiêu tính từ sổ: số của từng kỳ.
    """
    checked = open_workspace(ctx, as_of)
    match format:
        case "json":
            click.echo(to_json([_record(checked, file) for file in checked.workspace.registers]))
        case "csv":
            click.echo(_csv(checked), nl=False)
        case "markdown":
            click.echo(layout.markdown(_blocks(checked)), nl=False)
        case "table":
            layout.show(_blocks(checked))
    mention_findings(checked)


def check_registers(
    ctx: typer.Context, strict: Strict = False, as_of: AsOf = None, format: AsFindings = "text"
) -> None:
    """Kiểm tra các sổ, và số liệu trong báo cáo có khớp sổ không.

    Nêu cả sổ đang nằm trong git mà chưa ghi là không có thông tin cá nhân. Thông báo chỉ ghi tệp,
    dòng, cột, không chép nội dung của ô.

    Mã kết thúc là 1 khi có lỗi (với --strict: cả khi chỉ có cảnh báo), 0 khi không có.
    """
    with progress.bar(progress.READING) as steps:
        loaded = workspace.load(workspace.find(start_directory(ctx)), steps.each)
    if loaded.plan.plan is None:
        raise Failure(
            f"{paths.PLAN_NAME} có lỗi nên chưa biết kế hoạch có sổ nào",
            "xem từng lỗi: danvan validate",
        )
    names = [file.register.file for file in loaded.registers]
    tracked = git.tracked(loaded.root, names) if names else frozenset()
    found = findings.of_registers(loaded, tracked, as_of or vietnamese.today())
    if rendered := RENDERINGS[format](found.diagnostics, Path.cwd()):
        click.echo(rendered)
    registers = f"Đã kiểm tra {vietnamese.number(len(names))} sổ"
    counts = f"{vietnamese.number(found.errors)} lỗi, {vietnamese.number(found.warnings)} cảnh báo"
    closing = f"{registers}: {counts if found.diagnostics else 'không có lỗi, không có cảnh báo'}."
    click.echo(closing if names or found.diagnostics else _NO_REGISTERS, err=format != "text")
    if found.errors or (strict and found.warnings):
        raise typer.Exit(FINDINGS)


def overdue_rows(ctx: typer.Context, as_of: AsOf = None, format: AsStatus = "table") -> None:
    """Chỉ liệt kê các dòng của sổ đã quá hạn; kết thúc với mã 1 nếu có.

    Nêu tệp, dòng, ngày nhận, ngày cuối; nội dung của dòng thì xem trong sổ.
    """
    checked = open_workspace(ctx, as_of)
    found = sorted(
        (entry for file in checked.workspace.registers for entry in _overdue(checked, file)),
        key=lambda entry: entry.last_day,
    )
    match format:
        case "json":
            click.echo(to_json([_overdue_record(entry) for entry in found]))
        case "csv":
            columns = ["register", "unit", "file", "row", "day", "last_day", "days"]
            rows = [list(_overdue_record(entry).values()) for entry in found]
            click.echo(layout.csv_text(columns, rows), nl=False)
        case "markdown":
            click.echo(layout.markdown(_overdue_blocks(checked, found)), nl=False)
        case "table":
            layout.show(_overdue_blocks(checked, found))
    mention_findings(checked)
    if found:
        raise typer.Exit(FINDINGS)


def _overdue(checked: CheckedWorkspace, file: RegisterFile) -> Iterator[_Overdue]:
    calendar = deadlines.work_calendar(checked.plan)
    for row in file.rows:
        last_day = register_rows.row_last_day(row, file.register, calendar)
        if last_day and register_rows.is_overdue(row, file.register, checked.as_of, calendar):
            yield _Overdue(file, row, last_day, (checked.as_of - last_day).days)


def _overdue_blocks(checked: CheckedWorkspace, found: list[_Overdue]) -> list[Block]:
    day = vietnamese.short_day(checked.as_of)
    if not checked.workspace.registers:
        return [layout.line(_NO_REGISTERS)]
    unread = [file.name for file in checked.workspace.registers if not file.is_usable]
    blocks: list[Block] = [layout.line(f"Tính đến {day}, không có dòng nào quá hạn.", "good")]
    if found:
        rows: list[list[Cell]] = [
            [
                entry.file.name,
                str(entry.row.number),
                vietnamese.short_day(entry.row.day),
                vietnamese.short_day(entry.last_day),
                Words(f"{vietnamese.number(entry.days)} ngày", "bad"),
            ]
            for entry in found
        ]
        columns = ["Sổ", "Dòng", "Ngày nhận", "Ngày cuối", "Quá hạn"]
        blocks = [
            layout.line(f"Tính đến {day}, có {vietnamese.number(len(found))} dòng quá hạn:"),
            Table(columns, rows, right=frozenset({1, 4})),
        ]
    if unread:
        blocks.append(layout.line(f"Chưa đọc được sổ: {', '.join(unread)}.", "warning"))
    return blocks


def _overdue_record(entry: _Overdue) -> dict[str, Any]:
    return {
        "register": entry.file.name,
        "unit": entry.file.register.unit,
        "file": places.shown(entry.file.path),
        "row": entry.row.number,
        "day": entry.row.day.isoformat(),
        "last_day": entry.last_day.isoformat(),
        "days": entry.days,
    }


def _figures(plan: Plan, file: RegisterFile) -> Iterator[tuple[str, dict[str, Figure]]]:
    """Each indicator that is computed from the register, and its figures by period."""
    for indicator in plan.indicators:
        if indicator.computed and computed_figures.source(indicator, [file]):
            yield (
                indicator.id,
                {
                    period: register_rows.figure(
                        indicator.computed,
                        computed_figures.rows_of(plan, indicator, file, period),
                    )
                    for period in plan.periods
                },
            )


def _state(file: RegisterFile) -> str:
    if file.is_missing:
        return "missing"
    return "read" if file.is_usable else "errors"


def _record(checked: CheckedWorkspace, file: RegisterFile) -> dict[str, Any]:
    days = [row.day for row in file.rows]
    return {
        "register": file.name,
        "unit": file.register.unit,
        "file": places.shown(file.path),
        "state": _state(file),
        "rows": len(file.rows) if file.is_usable else None,
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
        "open": _open(checked, file),
        "overdue": len(list(_overdue(checked, file))) if file.is_usable else None,
        "figures": [
            {"indicator": indicator, "period": period, "value": value}
            for indicator, figures in _figures(checked.plan, file)
            for period, value in figures.items()
        ],
    }


def _open(checked: CheckedWorkspace, file: RegisterFile) -> int | None:
    """The rows to be done that are not done by the day; None without a column that tells."""
    if not file.is_usable or DONE not in file.register.columns:
        return None
    to_do = (row for row in file.rows if row.says(file.register.due_where))
    return sum(row.is_open_on(checked.as_of) for row in to_do)


def _csv(checked: CheckedWorkspace) -> str:
    columns = ["register", "unit", "file", "state", "rows", "first", "last", "open", "overdue"]
    records = [_record(checked, file) for file in checked.workspace.registers]
    return layout.csv_text(columns, [[record[name] for name in columns] for record in records])


def _blocks(checked: CheckedWorkspace) -> list[Block]:
    files = checked.workspace.registers
    if not files:
        return [layout.line(_NO_REGISTERS)]
    blocks: list[Block] = [
        layout.line(f"Tính đến {vietnamese.short_day(checked.as_of)}, có {len(files)} sổ:"),
        _table(checked, files),
        *(layout.line(note, "quiet") for file in files for note in _notes(file)),
    ]
    rows: list[list[Cell]] = [
        [indicator, *map(vietnamese.number, figures.values())]
        for file in files
        for indicator, figures in _figures(checked.plan, file)
    ]
    if rows:
        periods = [period.standalone_name for period in checked.plan.periods.values()]
        right = frozenset(range(1, len(periods) + 1))
        blocks += [Heading("Số liệu tính từ sổ"), Table(["Chỉ tiêu", *periods], rows, right)]
    return blocks


def _table(checked: CheckedWorkspace, files: list[RegisterFile]) -> Table:
    units = units_by_id(checked.plan)
    columns = ["Sổ", "Đơn vị", "Số dòng", "Từ ngày", "Đến ngày", "Chưa xong", "Quá hạn"]
    rows: list[list[Cell]] = []
    for file in files:
        unit = units[file.register.unit].short_name
        if not file.is_usable:
            state = "chưa có tệp" if file.is_missing else "có lỗi"
            rows.append([file.name, unit, Words(state, "bad"), "", "", "", ""])
            continue
        days, late = [row.day for row in file.rows], len(list(_overdue(checked, file)))
        still_open = _open(checked, file)
        rows.append(
            [
                file.name,
                unit,
                vietnamese.number(len(days)),
                vietnamese.short_day(min(days)) if days else "",
                vietnamese.short_day(max(days)) if days else "",
                "-" if still_open is None else vietnamese.number(still_open),
                Words(vietnamese.number(late), "bad" if late else None),
            ]
        )
    return Table(columns, rows, right=frozenset({2, 5, 6}))


def _notes(file: RegisterFile) -> Iterator[str]:
    """What of the file is not counted, so that nothing is left out in silence."""
    left_out = [f"{what} ({rows_in_words(numbers)})" for what, numbers in file.left_out.items()]
    if left_out:
        yield f"{file.name}, {file.register.file}: không tính {', '.join(left_out)}."
    if errors := count_errors(file.problems):
        yield f"{file.name}: {vietnamese.number(errors)} lỗi; xem: danvan register check"
