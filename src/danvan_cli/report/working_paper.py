"""The coordinator's working paper: who reported how, every figure and text with its unit."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.plan import Indicator, Organization, Plan, Task, is_assigned
from danvan_cli.model.unit_report import (
    LIST_TITLES,
    TASK_STATUS_NAMES,
    TaskResult,
    TaskStatus,
    UnitReport,
)
from danvan_cli.report.combine import paragraphs_of
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal
from danvan_cli.tracking.history import PeriodGitWarnings
from danvan_cli.tracking.status import PeriodStatus, UnitStatus
from danvan_cli.tracking.tasks import TaskProgress

T = TypeVar("T")

_COLUMNS = 12
"""How many columns of figures a landscape A4 page holds legibly; Word's tables end at 63."""

STATUS_MARKS: dict[TaskStatus, str] = {
    "done": "HT",
    "ongoing": "TX",
    "in_progress": "ĐT",
    "not_started": "CT",
    "none_arisen": "KPS",
    "not_applicable": "KTN",
}
NO_GIT_WARNINGS = PeriodGitWarnings()
NOT_REPORTED = "–"
NOT_ASSIGNED = "×"


class UnitRow(Struct, frozen=True):
    """One unit's report: `state` in words, the days it was sent and came, and a remark."""

    number: int
    name: str
    state: str
    submitted: date | None
    arrived: date | None
    remark: str


class Matrix(Struct, frozen=True):
    """A table of units by columns, cut so that it fits a page: `rows` are unit and cells."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]
    totals: list[str]
    rates: list[str]


class OverdueTask(Struct, frozen=True):
    """A deliverable past its last day, and the short names of the units that still owe it."""

    task: str
    last_day: date
    units: list[str]


class Entry(Struct, frozen=True):
    """What one unit says: in paragraphs, or, to a heading of lists, in items."""

    unit: str
    status: str | None = None
    paragraphs: list[str] = []
    evidence: list[str] = []
    items: list[str] = []


class Topic(Struct, frozen=True):
    """A task or a heading with what the units say to it."""

    title: str
    entries: list[Entry]


class TopicGroup(Struct, frozen=True):
    title: str
    topics: list[Topic]


class WorkingPaper(Struct, frozen=True, kw_only=True):
    organization: Organization
    coordinator: str
    period_name: str
    subject: str
    as_of: date
    units: list[UnitRow]
    git_warning_for_all: str | None
    """What does not fit of every report that was sent."""
    counts: dict[str, int]
    overdue: list[OverdueTask]
    status_legend: str
    tasks: list[Matrix]
    indicators: list[Matrix]
    groups: list[TopicGroup]
    without_prose: list[str]
    """Titles of the passages put together from the units' words."""
    empty: list[str]
    """Titles of the passages that nobody has written anything for."""


def working_paper(
    plan: Plan,
    status: PeriodStatus,
    report: CombinedReport,
    as_of: date,
    git_warnings: PeriodGitWarnings = NO_GIT_WARNINGS,
    progress: Sequence[TaskProgress] = (),
) -> WorkingPaper:
    """The paper that goes with a combined report of the same day.

    `progress`: how the plan's tasks stand by the reports up to this period's.
    """
    counted = [(each, each.report) for each in status.units if each.report]
    return WorkingPaper(
        organization=plan.organization,
        coordinator=next(unit.name for unit in plan.units if unit.id == plan.coordinator),
        period_name=status.period.name,
        subject=status.period.subject,
        as_of=as_of,
        units=[
            _unit_row(number, each, git_warnings) for number, each in enumerate(status.units, 1)
        ],
        git_warning_for_all=git_warnings.for_all_units,
        counts=_counts(status),
        overdue=[
            OverdueTask(
                str(each.task.id), each.due.last_day, [unit.short_name for unit in each.owing]
            )
            for each in progress
            if each.due and each.overdue
        ],
        status_legend="; ".join(
            f"{mark}: {TASK_STATUS_NAMES[status]}" for status, mark in STATUS_MARKS.items()
        )
        + f"; {NOT_REPORTED}: không báo cáo; {NOT_ASSIGNED}: không giao cho đơn vị",
        tasks=list(_task_matrices(plan, status.units)),
        indicators=list(_indicator_matrices(report.indicators, status.units)),
        groups=[*_section_groups(plan, counted), _list_group(counted)],
        without_prose=[each.title for each in report.passages if each.points],
        empty=[each.title for each in report.passages if each.is_empty],
    )


def _unit_row(number: int, each: UnitStatus, git_warnings: PeriodGitWarnings) -> UnitRow:
    remarks = []
    if each.returned_reason:
        remarks.append(f"trả lại: {each.returned_reason}")
    if each.errors:
        remarks.append(f"{each.errors} lỗi, xem danvan validate")
    remarks += [warning.in_words for warning in git_warnings.only_for_unit(each.unit.id)]
    return UnitRow(
        number, each.unit.name, each.in_words, each.submitted, each.arrived, "; ".join(remarks)
    )


def _counts(status: PeriodStatus) -> dict[str, int]:
    return {
        "total": len(status.units),
        "included": sum(each.report is not None for each in status.units),
        "on_time": status.count("on_time"),
        "late": status.count("late"),
        "invalid": status.count("invalid"),
        "returned": status.count("returned"),
        "missing": status.count("pending") + status.count("overdue"),
    }


def _task_matrices(plan: Plan, units: list[UnitStatus]) -> Iterator[Matrix]:
    """Every unit has its row, those whose report is missing or does not count, too."""
    tasks = [task for section in plan.sections for task in section.tasks]
    for chunk in _chunks(tasks):
        rows = [(each.unit.short_name, [_mark(each, task) for task in chunk]) for each in units]
        yield Matrix([task.id for task in chunk], rows, [], [])


def _mark(each: UnitStatus, task: Task) -> str:
    if not is_assigned(task, each.unit.id):
        return NOT_ASSIGNED
    result = each.report.results.get(task.id) if each.report else None
    return STATUS_MARKS[result.status] if result else NOT_REPORTED


def _indicator_matrices(totals: list[IndicatorTotal], units: list[UnitStatus]) -> Iterator[Matrix]:
    for chunk in _chunks(totals):
        given = [(total.indicator, dict(total.parts)) for total in chunk]
        rows = [
            (each.unit.short_name, [_unit_figure(each, *column) for column in given])
            for each in units
        ]
        yield Matrix(
            [f"{each.indicator.name} ({each.indicator.measure})" for each in chunk],
            rows,
            [_figure(each.total) for each in chunk],
            [each.rate or "" for each in chunk],
        )


def _unit_figure(each: UnitStatus, indicator: Indicator, given: dict[str, int]) -> str:
    if not is_assigned(indicator, each.unit.id):
        return NOT_ASSIGNED
    return _figure(given.get(each.unit.id))


def _figure(value: int | None) -> str:
    return NOT_REPORTED if value is None else vietnamese.number(value)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As few and as even parts as fit a page."""
    parts = -(-len(items) // _COLUMNS)
    size = -(-len(items) // parts) if parts else 1
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _section_groups(
    plan: Plan, counted: list[tuple[UnitStatus, UnitReport]]
) -> Iterator[TopicGroup]:
    yield TopicGroup(
        "Công tác lãnh đạo, chỉ đạo",
        [
            Topic(
                "",
                [
                    Entry(each.unit.name, paragraphs=paragraphs_of(report.leadership))
                    for each, report in counted
                    if report.leadership
                ],
            )
        ],
    )
    for section in plan.sections:
        topics = [
            Topic(
                f"{task.id}. {task.text}",
                [
                    _result_entry(each, result)
                    for each, report in counted
                    if (result := report.results.get(task.id))
                ],
            )
            for task in section.tasks
        ]
        yield TopicGroup(f"{section.id}. {section.title}", topics)


def _result_entry(each: UnitStatus, result: TaskResult) -> Entry:
    return Entry(
        each.unit.name,
        TASK_STATUS_NAMES[result.status],
        paragraphs_of(result.summary),
        result.evidence,
    )


def _list_group(counted: list[tuple[UnitStatus, UnitReport]]) -> TopicGroup:
    topics = [
        Topic(
            title,
            [
                Entry(each.unit.name, items=items)
                for each, report in counted
                if (items := getattr(report, name))
            ],
        )
        for name, title in LIST_TITLES.items()
    ]
    return TopicGroup("Đánh giá, phương hướng, kiến nghị", topics)
