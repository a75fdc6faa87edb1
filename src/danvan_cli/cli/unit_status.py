"""One unit's part of `danvan status`: its reports, its tasks, its figures."""

from collections.abc import Iterator

from danvan_cli import vietnamese
from danvan_cli.cli import layout
from danvan_cli.cli.layout import Block, Cell, Heading, Table, Tone, Words
from danvan_cli.plan import Plan, is_assigned, units_by_id
from danvan_cli.plan import tasks as plan_tasks
from danvan_cli.standing import PeriodStanding, UnitStanding
from danvan_cli.tasks import latest_reports
from danvan_cli.unit_report import TASK_STATUS_NAMES, TaskStatus, UnitReport

_TASK_TONES: dict[TaskStatus, Tone] = {
    "done": "good",
    "ongoing": "good",
    "in_progress": "warning",
    "not_started": "bad",
    "none_arisen": "quiet",
    "not_applicable": "quiet",
}
_TEXT_WIDTH = 44


def unit_blocks(plan: Plan, standings: list[PeriodStanding], unit: str) -> Iterator[Block]:
    """What a unit has sent, how far its tasks are, and its figures by period."""
    own = {period.id: each for period in standings for each in period.units if each.unit.id == unit}
    yield Heading(f"Báo cáo của {units_by_id(plan)[unit].name}")
    yield _reports(standings, own)
    yield Heading("Nhiệm vụ (theo báo cáo gần nhất)")
    yield _tasks(plan, unit, latest_reports(standings).get(unit))
    figures = _figures(plan, unit, standings, own)
    if figures.rows:
        yield Heading("Số liệu")
        yield figures


def _reports(standings: list[PeriodStanding], own: dict[str, UnitStanding]) -> Table:
    rows: list[list[Cell]] = []
    for period in standings:
        each = own.get(period.id)
        if each is None:
            rows.append([period.period.name, "không phải báo cáo", "", ""])
            continue
        remark = each.returned_reason or (f"{each.errors} lỗi" if each.errors else "")
        submitted = vietnamese.short_day(each.submitted) if each.submitted else ""
        rows.append([period.period.name, each.in_words, submitted, remark])
    return Table(["Kỳ", "Tình trạng", "Ngày gửi", "Ghi chú"], rows)


def _tasks(plan: Plan, unit: str, report: UnitReport | None) -> Table:
    rows: list[list[Cell]] = []
    for _, task in plan_tasks(plan):
        if is_assigned(task, unit):
            result = report.results.get(task.id) if report else None
            status = (
                Words(TASK_STATUS_NAMES[result.status], _TASK_TONES[result.status])
                if result
                else Words("chưa báo cáo", "quiet")
            )
            rows.append([task.id, layout.shortened(task.text, _TEXT_WIDTH), status])
    return Table(["TT", "Nhiệm vụ", "Tình trạng"], rows)


def _figures(
    plan: Plan, unit: str, standings: list[PeriodStanding], own: dict[str, UnitStanding]
) -> Table:
    reports = [each.report if (each := own.get(period.id)) else None for period in standings]
    rows: list[list[Cell]] = []
    for indicator in plan.indicators:
        values = [report.indicators.get(indicator.id) if report else None for report in reports]
        if is_assigned(indicator, unit) and any(value is not None for value in values):
            shown = ["-" if value is None else vietnamese.number(value) for value in values]
            rows.append([indicator.name, indicator.measure, *shown])
    columns = ["Chỉ tiêu", "ĐVT", *(period.period.name for period in standings)]
    return Table(columns, rows, right=frozenset(range(2, len(columns))))
