"""`danvan status`: the state of the plan at one glance."""

from collections.abc import Iterator
from datetime import date

import click
import typer
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.commands import status_git_warnings
from danvan_cli.cli.commands.overdue import all_overdue, overdue_table
from danvan_cli.cli.commands.status_deadlines import (
    deadline_blocks,
    next_deadline,
)
from danvan_cli.cli.commands.status_git_warnings import GitWarnings
from danvan_cli.cli.commands.status_json import status_json
from danvan_cli.cli.commands.status_rows import cells, unit_rows, wants_attention
from danvan_cli.cli.commands.status_targets import open_goals, target_blocks
from danvan_cli.cli.commands.status_unit import unit_blocks
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Bar, BarLegend, Block, Cell, Heading, Table
from danvan_cli.cli.frame.opening import mention_findings, open_workspace
from danvan_cli.cli.frame.options import AsOf, AsStatus, OnlyPeriod, OnlyUnit
from danvan_cli.model.plan import Plan
from danvan_cli.model.plan_of_period import holding_in
from danvan_cli.problems import Failure
from danvan_cli.report.quality import qualities
from danvan_cli.report.targets import TargetProgress, target_progress
from danvan_cli.tracking import tasks
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, known_unit, of_period
from danvan_cli.tracking.status import PeriodStatus, up_to
from danvan_cli.tracking.tasks import TaskProgress

MANY_UNITS = 40
"""Above this, the table names only the units that want attention."""

PERIODS_ABREAST = 4
"""As many periods as stand side by side on 80 columns."""


def status(
    ctx: typer.Context,
    period: OnlyPeriod = None,
    unit: OnlyUnit = None,
    as_of: AsOf = None,
    format: AsStatus = "table",
) -> None:
    """Xem thời hạn, báo cáo đã gửi, tiến độ nhiệm vụ, việc quá hạn."""
    checked = open_workspace(ctx, as_of)
    statuses = checked.statuses()
    git_warnings = (
        status_git_warnings.read(checked, statuses) if format in ("table", "markdown") else {}
    )
    if period is not None:
        of_period(checked, period)
        checked = replace(checked, plan=holding_in(checked.plan, period))
        if period not in [status.id for status in statuses]:
            raise _not_yet(checked, period)
        statuses = up_to(statuses, period)
    progress = tasks.assess(checked.plan, statuses, checked.as_of)
    shown = [status for status in statuses if period in (None, status.id)]
    if unit is not None:
        known_unit(checked.plan, unit)
    goals = shown if period or format == "json" else open_goals(shown)
    targets = list(target_progress(checked.plan, statuses, goals, unit))
    match format:
        case "json":
            quality = [each for status in shown for each in qualities(checked, status, unit)]
            click.echo(
                status_json(checked.plan, checked.as_of, shown, progress, targets, quality, unit)
            )
        case "csv":
            click.echo(_csv(shown, unit), nl=False)
        case "markdown":
            click.echo(
                layout.markdown(_blocks(checked, shown, progress, targets, unit, git_warnings)),
                nl=False,
            )
        case "table":
            layout.show(list(_blocks(checked, shown, progress, targets, unit, git_warnings)))
    mention_findings(checked)


def _not_yet(checked: CheckedWorkspace, period: str) -> Failure:
    begins = checked.plan.periods[period].from_ or checked.as_of
    return Failure(
        f"kỳ báo cáo “{period}” chỉ có từ ngày {vietnamese.short_day(begins)}",
        "xem vào ngày ấy: thêm --as-of",
    )


def _blocks(
    checked: CheckedWorkspace,
    statuses: list[PeriodStatus],
    progress: list[TaskProgress],
    targets: list[TargetProgress],
    unit: str | None,
    git_warnings: GitWarnings,
) -> Iterator[Block]:
    plan, as_of = checked.plan, checked.as_of
    yield layout.line(plan.title)
    yield layout.line(f"Tính đến {vietnamese.weekday(as_of)}, {vietnamese.long_day(as_of)}")
    yield next_deadline(plan, statuses, progress)
    yield Heading("Thời hạn")
    yield from deadline_blocks(statuses)
    if unit is not None:
        quality = [each for status in statuses for each in qualities(checked, status, unit)]
        yield from unit_blocks(plan, statuses, progress, unit, git_warnings, as_of, quality)
        yield from target_blocks(targets)
        return
    yield Heading("Báo cáo của các đơn vị")
    yield from _units(plan, statuses, git_warnings, as_of)
    yield Heading("Tiến độ nhiệm vụ theo mục (số lượt đơn vị, theo báo cáo gần nhất)")
    yield _progress(plan, progress)
    yield BarLegend("hoàn thành, thường xuyên", "đang thực hiện", "chưa thực hiện, chưa báo cáo")
    yield layout.line(_LEGEND, "quiet")
    yield from target_blocks(targets)
    yield Heading("Quá hạn")
    overdue = all_overdue(statuses, progress)
    yield (
        overdue_table(plan, overdue, as_of)
        if overdue
        else layout.line("Không có việc quá hạn.", "good")
    )


def _units(
    plan: Plan, statuses: list[PeriodStatus], git_warnings: GitWarnings, as_of: date
) -> Iterator[Block]:
    abreast = _most_telling(statuses)
    rows = unit_rows(plan, abreast, as_of)
    if len(rows) > MANY_UNITS:
        in_need = [row for row in rows if wants_attention(row, abreast, git_warnings)]
        rest = len(rows) - len(in_need)
        rows = in_need
    else:
        rest = 0
    if rows:
        yield Table(
            ["Đơn vị", *(status.period.standalone_name for status in abreast)],
            [[row.name, *cells(row, abreast, git_warnings)] for row in rows],
        )
    if rest:
        yield layout.line(
            f"{rest} đơn vị khác: đúng hạn hoặc chưa đến hạn (xem đủ: --format csv).", "quiet"
        )
    if len(abreast) < len(statuses):
        others = ", ".join(status.id for status in statuses if status not in abreast)
        yield layout.line(f"Các kỳ khác (xem bằng --period): {others}.", "quiet")
    for status in abreast:
        name = vietnamese.capitalized(status.period.standalone_name)
        yield layout.line(f"{name}: {status.counts_in_words}.")
    yield from status_git_warnings.notes(abreast, git_warnings)


def _most_telling(statuses: list[PeriodStatus]) -> list[PeriodStatus]:
    """Those around today: the next one to report for, and those just before it."""
    ahead = [place for place, status in enumerate(statuses) if not status.unit_deadline.is_past]
    last = (ahead[0] if ahead else len(statuses) - 1) + 1
    last = max(last, min(PERIODS_ABREAST, len(statuses)))
    return statuses[max(last - PERIODS_ABREAST, 0) : last]


_TASK_COLUMNS: tuple[tuple[str, str], ...] = (
    ("HT", "hoàn thành"),
    ("TX", "thường xuyên"),
    ("ĐT", "đang thực hiện"),
    ("CT", "chưa thực hiện"),
    ("KPS", "không phát sinh"),
    ("KTN", "không thuộc nhiệm vụ"),
    ("CBC", "chưa báo cáo"),
)
_LEGEND = "; ".join(f"{mark}: {meaning}" for mark, meaning in _TASK_COLUMNS)


def _progress(plan: Plan, progress: list[TaskProgress]) -> Table:
    rows: list[list[Cell]] = []
    for section in plan.sections:
        own = [task for task in progress if task.section.id == section.id]
        counts = [sum(task.counts[status] for task in own) for status in tasks.TASK_STATUSES]
        unreported = sum(task.unreported for task in own)
        done, ongoing, in_progress, not_started, *_ = counts
        bar = Bar(done + ongoing, in_progress, not_started + unreported)
        numbers = [str(count) for count in (*counts, unreported)]
        rows.append([f"{section.id}. {section.title}", bar, *numbers])
    columns = ["Mục", "", *(mark for mark, _ in _TASK_COLUMNS)]
    return Table(columns, rows, right=frozenset(range(2, len(columns))), cut=0)


def _csv(statuses: list[PeriodStatus], unit: str | None) -> str:
    """One row a unit and period."""
    return layout.csv_text(
        ["period", "unit", "name", "state", "submitted", "days", "errors"],
        [
            [
                period.id,
                unit_status.unit.id,
                unit_status.unit.name,
                unit_status.state,
                unit_status.submitted,
                unit_status.days,
                unit_status.errors,
            ]
            for period in statuses
            for unit_status in period.units
            if unit in (None, unit_status.unit.id)
        ],
    )
