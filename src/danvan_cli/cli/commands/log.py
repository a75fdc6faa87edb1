"""`danvan log`: from git, when each report came and changed, and what does not fit."""

from collections.abc import Iterator
from typing import Any

import click
import typer

from danvan_cli import vietnamese
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout, places, progress
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Table, Words
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsList, OnlyPeriod, OnlyUnit
from danvan_cli.model.plan import Plan, units_by_id
from danvan_cli.tracking import history
from danvan_cli.tracking.checked_workspace import known_period, known_unit
from danvan_cli.tracking.git import Commit
from danvan_cli.tracking.history import (
    Backdated,
    FigureChange,
    FutureDated,
    GitWarning,
    History,
    NotCompared,
    ReportHistory,
)
from danvan_cli.tracking.status import period_ids

_NAME_WIDTH = 40


def log(
    ctx: typer.Context,
    period: OnlyPeriod = None,
    unit: OnlyUnit = None,
    format: AsList = "table",
) -> None:
    """Xem lịch sử các báo cáo trong git, và điều chưa khớp.

    Mỗi báo cáo: ngày ghi vào git lần đầu, ngày sửa lần cuối, số lần, người sửa. Nêu rõ báo cáo
    ghi ngày gửi sớm hơn lần đầu ghi vào git quá 3 ngày, số liệu đổi sau khi cơ quan đã ban hành
    báo cáo tổng hợp, và lần ghi đề một ngày chưa đến.
    """
    checked = open_workspace(ctx, None)
    plan = checked.plan
    if period is not None:
        known_period(plan, period)
    if unit is not None:
        known_unit(plan, unit)
    with progress.bar(progress.READING_HISTORY):
        known = history.read(checked.workspace, plan, checked.today)
    wanted = [
        report
        for report in _in_order(plan, known.reports)
        if period in (None, report.period) and unit in (None, report.unit)
    ]
    if format == "json":
        click.echo(to_json(_record(known, wanted)))
    else:
        layout.show(list(_blocks(plan, known, wanted)))


def commit_in_words(commit: Commit) -> str:
    """'1a2b3c4 29/5/2026 Nguyễn Văn A', and the author's day where it is another."""
    words = f"{commit.id[:7]} {vietnamese.short_day(commit.day)} {commit.author}".rstrip()
    return words if commit.written == commit.day else f"{words} ({_written(commit)})"


def _written(commit: Commit) -> str:
    return f"người ghi đề ngày {vietnamese.short_day(commit.written)}"


def commit_record(commit: Commit | None) -> dict[str, Any] | None:
    if commit is None:
        return None
    return {
        "commit": commit.id,
        "day": commit.day.isoformat(),
        "author_day": commit.written.isoformat(),
        "author": commit.author,
    }


NO_COMMIT = {"commit": None, "day": None, "author_day": None, "author": None}


def silence(problem: str | None, shallow: bool) -> Iterator[Block]:
    """What git cannot say, and why; without a full stop, since a command to type may end it."""
    if problem:
        yield layout.line(f"Không có lịch sử: {problem}", "warning")
    elif shallow:
        yield layout.line(
            "Bản sao này chỉ có phần cuối của lịch sử (shallow clone); để lấy đủ, hãy chạy: "
            "git fetch --unshallow",
            "warning",
        )


def _in_order(plan: Plan, reports: list[ReportHistory]) -> list[ReportHistory]:
    """By period, then unit, as the plan has them."""
    periods = {period: place for place, period in enumerate(period_ids(plan))}
    units = {unit: place for place, unit in enumerate(units_by_id(plan))}
    return sorted(
        (report for report in reports if report.period in periods and report.unit in units),
        key=lambda report: (periods[report.period], units[report.unit]),
    )


def _blocks(plan: Plan, known: History, wanted: list[ReportHistory]) -> Iterator[Block]:
    yield from silence(known.problem, known.shallow)
    if not wanted:
        yield layout.line("Không có báo cáo nào.", "quiet")
    units = units_by_id(plan)
    for period in dict.fromkeys(report.period for report in wanted):
        own = [report for report in wanted if report.period == period]
        yield Heading(f"Báo cáo {plan.periods[period].name}")
        yield _table(plan, own)
        git_warnings = [
            (unit, known.git_warnings_of(period, unit))
            for unit in dict.fromkeys(r.unit for r in own)
        ]
        if any(found for _, found in git_warnings):
            yield layout.line("Cần xem lại:")
            yield from (
                layout.line(f"  {units[unit].name}: {warning.in_words}.", "bad")
                for unit, found in git_warnings
                for warning in found
            )


def _table(plan: Plan, reports: list[ReportHistory]) -> Table:
    units = units_by_id(plan)
    rows: list[list[Cell]] = []
    for report in reports:
        submitted = report.submitted
        rows.append(
            [
                units[report.unit].name,
                vietnamese.short_day(submitted) if submitted else "",
                _first(report),
                _last(report),
                str(len(report.commits)),
                layout.shortened(vietnamese.enumeration(report.authors), _NAME_WIDTH),
            ]
        )
    columns = ["Đơn vị", "Ngày gửi", "Ghi vào git", "Sửa lần cuối", "Số lần", "Người sửa"]
    return Table(columns, rows, right=frozenset({4}))


def _first(report: ReportHistory) -> Cell:
    if report.first:
        return _day(report.first)
    if report.older_than:
        return Words(f"chậm nhất {vietnamese.short_day(report.older_than.day)}", "quiet")
    return Words(
        "chưa" if report.uncommitted else "-", "warning" if report.uncommitted else "quiet"
    )


def _last(report: ReportHistory) -> Cell:
    if report.uncommitted:
        return Words("chưa ghi vào git", "warning")
    return _day(report.last) if report.last else Words("-", "quiet")


def _day(commit: Commit) -> str:
    """'29/5/2026'; where the author's day is another: '10/6/2026 (ghi 29/5/2026)'."""
    day = vietnamese.short_day(commit.day)
    if commit.written == commit.day:
        return day
    return f"{day} (ghi {vietnamese.short_day(commit.written)})"


def _record(known: History, wanted: list[ReportHistory]) -> dict[str, Any]:
    return {
        "git": {"problem": known.problem, "shallow": known.shallow},
        "reports": [_report_record(known, report) for report in wanted],
    }


def _report_record(known: History, report: ReportHistory) -> dict[str, Any]:
    submitted = report.submitted
    return {
        "period": report.period,
        "unit": report.unit,
        "file": places.shown(report.file.path),
        "submitted": submitted.isoformat() if submitted else None,
        "first": commit_record(report.first),
        "last": commit_record(report.last),
        "changes": len(report.commits),
        "authors": report.authors,
        "uncommitted": report.uncommitted,
        "remarks": [
            _warning_record(warning)
            for warning in known.git_warnings_of(report.period, report.unit)
        ],
    }


def _warning_record(warning: GitWarning) -> dict[str, Any]:
    match warning:
        case Backdated():
            record: dict[str, Any] = {"kind": "backdated", "days": warning.days}
        case FutureDated():
            record = {"kind": "future_dated", **(commit_record(warning.commit) or {})}
        case NotCompared():
            record = {
                "kind": "not_compared",
                "versions": warning.versions,
                "issued": warning.issued.isoformat(),
            }
        case FigureChange():
            record = {
                "kind": "figure_changed",
                "indicator": warning.indicator,
                "before": warning.before and warning.before.figure,
                "after": warning.after and warning.after.figure,
                "issued": warning.issued.isoformat(),
                **(commit_record(warning.commit) or NO_COMMIT),
            }
    return {**record, "message": warning.in_words}
