"""`danvan overdue`: only what is past its last day; exit status 1 if anything is."""

from datetime import date
from typing import Any

import click
import typer

from danvan_cli import vietnamese
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Cell, Table, Words
from danvan_cli.cli.frame.opening import mention_findings, open_workspace
from danvan_cli.cli.frame.options import AsOf, AsStatus, OnlyPeriod
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.model import succession
from danvan_cli.model.plan import Plan, units_by_id
from danvan_cli.tracking import tasks
from danvan_cli.tracking.checked_workspace import known_period
from danvan_cli.tracking.status import Overdue, PeriodStatus, UnitState, overdue_reports
from danvan_cli.tracking.tasks import TaskProgress, overdue_tasks

_KINDS = {"unit_report": "báo cáo", "office_report": "báo cáo tổng hợp", "task": "nhiệm vụ"}
_REASONS: dict[UnitState | None, str] = {"invalid": " (có lỗi)", "returned": " (đã trả lại)"}


def overdue(
    ctx: typer.Context,
    period: OnlyPeriod = None,
    as_of: AsOf = None,
    format: AsStatus = "table",
) -> None:
    """Chỉ liệt kê việc đã quá hạn; kết thúc với mã 1 nếu có."""
    checked = open_workspace(ctx, as_of)
    statuses = checked.statuses()
    progress = tasks.assess(checked.plan, statuses, checked.as_of)
    if period is not None:
        known_period(checked.plan, period)
        statuses = [status for status in statuses if status.id == period]
        progress = []
    found = all_overdue(statuses, progress)
    match format:
        case "json":
            click.echo(to_json([_record(entry) for entry in found]))
        case "csv":
            click.echo(_csv(found), nl=False)
        case "markdown":
            click.echo(layout.markdown(_blocks(checked.plan, found, checked.as_of)), nl=False)
        case "table":
            layout.show(_blocks(checked.plan, found, checked.as_of))
    mention_findings(checked)
    if found:
        raise typer.Exit(FINDINGS)


def all_overdue(statuses: list[PeriodStatus], progress: list[TaskProgress]) -> list[Overdue]:
    """Reports and tasks past their last day, the longest first."""
    found = [*overdue_reports(statuses), *overdue_tasks(progress)]
    return sorted(found, key=lambda entry: entry.last_day)


def overdue_table(plan: Plan, found: list[Overdue], as_of: date) -> Table:
    """A unit that is gone by then stands there with the units that took over from it."""
    units, heirs = units_by_id(plan), succession.heirs(plan, succession.on(as_of))
    rows: list[list[Cell]] = [
        [
            succession.with_heirs(units[entry.unit], heirs.get(entry.unit, []))
            if entry.unit
            else plan.organization.name,
            _what(plan, entry),
            vietnamese.short_day(entry.last_day),
            Words(f"{entry.days} ngày", "bad"),
        ]
        for entry in found
    ]
    return Table(["Đơn vị", "Việc", "Ngày cuối", "Quá hạn"], rows, right=frozenset({3}))


def _what(plan: Plan, entry: Overdue) -> str:
    if entry.period is not None:
        why = _REASONS.get(entry.state, "")
        return f"{_KINDS[entry.kind]} {plan.periods[entry.period].name}{why}"
    return f"{_KINDS[entry.kind]} {entry.task}"


def _blocks(plan: Plan, found: list[Overdue], as_of: date) -> list[Block]:
    day = vietnamese.short_day(as_of)
    if not found:
        return [layout.line(f"Tính đến {day}, không có việc quá hạn.", "good")]
    return [
        layout.line(f"Tính đến {day}, có {len(found)} việc quá hạn:"),
        overdue_table(plan, found, as_of),
    ]


def _record(entry: Overdue) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "period": entry.period,
        "unit": entry.unit,
        "task": entry.task,
        "last_day": entry.last_day.isoformat(),
        "days": entry.days,
    }


def _csv(found: list[Overdue]) -> str:
    columns = ["kind", "period", "unit", "task", "last_day", "days"]
    return layout.csv_text(columns, [list(_record(entry).values()) for entry in found])
