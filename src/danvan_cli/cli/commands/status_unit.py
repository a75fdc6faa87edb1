"""One unit's part of `danvan status`: its reports, its tasks, its figures."""

from collections.abc import Iterator, Sequence
from datetime import date

from danvan_cli import vietnamese
from danvan_cli.cli.commands import status_git_warnings
from danvan_cli.cli.commands.status_git_warnings import GitWarnings
from danvan_cli.cli.commands.status_quality import quality_table
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Table, Tone, Words
from danvan_cli.model import succession
from danvan_cli.model.figure_kinds import reported_text
from danvan_cli.model.plan import Plan, Task, Unit, is_assigned, units_by_id
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.unit_report import TASK_STATUS_NAMES, TaskResult, TaskStatus
from danvan_cli.report.quality import ReportQuality
from danvan_cli.tracking.status import PeriodStatus, UnitStatus
from danvan_cli.tracking.tasks import TaskProgress, latest_results

_TASK_TONES: dict[TaskStatus, Tone] = {
    "done": "good",
    "ongoing": "good",
    "in_progress": "warning",
    "not_started": "bad",
    "none_arisen": "quiet",
    "not_applicable": "quiet",
}

_QUALITY_LEGEND = "Nhiệm vụ, số liệu: đã có/phải có. Giải trình: đã có/số liệu khác thường."


def unit_blocks(
    plan: Plan,
    statuses: list[PeriodStatus],
    progress: list[TaskProgress],
    unit: str,
    git_warnings: GitWarnings,
    as_of: date,
    quality: Sequence[ReportQuality],
) -> Iterator[Block]:
    """What a unit has sent and how well, how far its tasks are, and its figures by period."""
    own = {
        period.id: unit_status
        for period in statuses
        for unit_status in period.units
        if unit_status.unit.id == unit
    }
    before = _before(plan, unit, as_of)
    yield Heading(f"Báo cáo của {_name(plan, unit, before, as_of)}")
    yield _reports(statuses, own, before)
    yield from status_git_warnings.in_words(statuses, unit, git_warnings)
    if own:
        yield Heading("Chất lượng báo cáo")
        yield quality_table(statuses, quality)
        yield layout.line(_QUALITY_LEGEND, "quiet")
    yield Heading("Nhiệm vụ (theo báo cáo gần nhất)")
    if own:
        yield _tasks(plan, unit, latest_results(plan, statuses), progress, as_of)
    else:
        yield layout.line("Đơn vị không phải báo cáo trong các kỳ này.", "quiet")
    figures = _figures(plan, unit, statuses, own)
    if figures.rows:
        yield Heading("Số liệu")
        yield figures


def _before(plan: Plan, unit: str, as_of: date) -> list[Unit]:
    """The units that are gone by then and whose only heir this one is."""
    heirs = succession.heirs(plan, succession.on(as_of))
    taking = {gone: [heir.id for heir in units] for gone, units in heirs.items()}
    return [gone for gone in plan.units if taking.get(gone.id) == [unit]]


def _name(plan: Plan, unit: str, before: list[Unit], as_of: date) -> str:
    own = units_by_id(plan)[unit]
    if before:
        return succession.with_predecessors(own, before)
    heirs = succession.heirs(plan, succession.on(as_of))
    return succession.with_heirs(own, heirs.get(unit, []))


def _reports(statuses: list[PeriodStatus], own: dict[str, UnitStatus], before: list[Unit]) -> Table:
    """The unit's reports, each followed by those of the units that it took over from."""
    gone = {unit.id for unit in before}
    rows: list[list[Cell]] = []
    for period in statuses:
        name = period.period.standalone_name
        unit = own.get(period.id)
        rows.append(_report(name, unit) if unit else [name, "không phải báo cáo", "", "", ""])
        rows += [
            _report(f"{name}, {other.unit.short_name}", other)
            for other in period.units
            if other.unit.id in gone
        ]
    return Table(["Kỳ", "Tình trạng", "Ngày gửi", "Ngày nhận", "Ghi chú"], rows)


def _report(name: str, unit: UnitStatus) -> list[Cell]:
    return [name, unit.in_words, _day(unit.submitted), _day(unit.arrived), _notes(unit)]


def _day(day: date | None) -> str:
    return vietnamese.short_day(day) if day else ""


def _notes(unit: UnitStatus) -> str:
    notes = [unit.returned_reason] if unit.returned_reason else []
    if unit.is_draft:
        notes.append("dự thảo, chưa ghi submitted")
    if unit.errors:
        notes.append(f"{unit.errors} lỗi")
    return "; ".join(notes)


def _tasks(
    plan: Plan,
    unit: str,
    results: dict[str, dict[str, TaskResult]],
    progress: list[TaskProgress],
    as_of: date,
) -> Table:
    overdue = {
        task.task.id
        for task in progress
        if task.overdue and unit in {owing.id for owing in task.owing}
    }
    rows: list[list[Cell]] = []
    for _, task in plan_tasks(plan):
        if is_assigned(task, unit):
            result = results[task.id].get(unit)
            status = (
                Words(TASK_STATUS_NAMES[result.status], _TASK_TONES[result.status])
                if result
                else Words(_silent(task, as_of), "quiet")
            )
            due = Words("quá hạn", "bad") if task.id in overdue else _due(task, progress)
            rows.append([task.id, task.text, status, due])
    columns = ["TT", "Nhiệm vụ", "Tình hình", "Thời hạn"]
    if not any(row[3] for row in rows):
        columns, rows = columns[:3], [row[:3] for row in rows]
    return Table(columns, rows, cut=1)


def _silent(task: Task, as_of: date) -> str:
    """Why there is no result: 'chưa báo cáo', 'từ 01/7/2026', 'đã hết 30/6/2026'."""
    if task.from_ and as_of < task.from_:
        return f"từ {vietnamese.short_day(task.from_)}"
    if task.until and task.until < as_of:
        return f"đã hết {vietnamese.short_day(task.until)}"
    return "chưa báo cáo"


def _due(task: Task, progress: list[TaskProgress]) -> str:
    due = next((status.due for status in progress if status.task.id == task.id), None)
    return vietnamese.short_day(due.last_day) if due else ""


def _figures(
    plan: Plan, unit: str, statuses: list[PeriodStatus], own: dict[str, UnitStatus]
) -> Table:
    reports = [status.report if (status := own.get(period.id)) else None for period in statuses]
    rows: list[list[Cell]] = []
    for indicator in plan.indicators:
        texts = [reported_text(indicator, report) if report else None for report in reports]
        if any(texts) and (is_assigned(indicator, unit) or indicator.rate):
            rows.append([indicator.name, indicator.measure, *(text or "-" for text in texts)])
    columns = ["Chỉ tiêu", "ĐVT", *(period.period.standalone_name for period in statuses)]
    return Table(columns, rows, right=frozenset(range(2, len(columns))))
