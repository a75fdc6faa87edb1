"""Computes the progress of the plan's tasks from the unit reports."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from msgspec import Struct

from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Plan, Section, Task, Unit, is_assigned
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.unit_report import SETTLED_STATUSES, TaskResult, TaskStatus, UnitReport
from danvan_cli.tracking.status import Overdue, PeriodStatus

TASK_STATUSES: tuple[TaskStatus, ...] = get_args(TaskStatus)


class TaskProgress(Struct, frozen=True):
    """The progress of one task: how many units report which status, and how many none.

    `owing`: the units that have not finished a deliverable; they are overdue after the last day.
    """

    section: Section
    task: Task
    counts: dict[TaskStatus, int]
    unreported: int
    due: DeadlineStatus | None
    owing: list[Unit]

    @property
    def overdue(self) -> int:
        """The number of units that are overdue; 0 for ongoing work, which has no deadline."""
        return len(self.owing) if self.due and self.due.days_left < 0 else 0

    @property
    def units(self) -> int:
        return sum(self.counts.values()) + self.unreported


def latest_reports(statuses: list[PeriodStatus]) -> dict[str, UnitReport]:
    """Each unit's latest report without errors, by unit id."""
    return {
        unit_status.unit.id: unit_status.report
        for period in statuses
        for unit_status in period.units
        if unit_status.report is not None
    }


def assess(plan: Plan, statuses: list[PeriodStatus], as_of: date) -> list[TaskProgress]:
    """The progress of every task on a day, in plan order."""
    latest = latest_reports(statuses)
    calendar = deadlines.work_calendar(plan)
    units = [unit for unit in plan.units if unit.exists_on(as_of)]
    progress = []
    for section, task in plan_tasks(plan):
        due = deadlines.status(task.due, as_of, calendar) if task.due else None
        own = {unit.id: unit for unit in units if _has(unit, task, due)}
        progress.append(_task(section, task, own, latest, due))
    return progress


def _has(unit: Unit, task: Task, due: DeadlineStatus | None) -> bool:
    """Whether the task is the unit's: one founded later has nothing to do with what was due."""
    is_too_young = due is not None and unit.from_ is not None and unit.from_ > due.last_day
    return is_assigned(task, unit.id) and not is_too_young


def overdue_tasks(progress: list[TaskProgress]) -> Iterator[Overdue]:
    """The overdue tasks: one entry for each task and unit."""
    for task_progress in progress:
        if task_progress.due and task_progress.overdue:
            for unit in task_progress.owing:
                task, past = str(task_progress.task.id), -task_progress.due.days_left
                yield Overdue("task", None, unit.id, task, task_progress.due.last_day, past)


def _task(
    section: Section,
    task: Task,
    units: dict[str, Unit],
    latest: dict[str, UnitReport],
    due: DeadlineStatus | None,
) -> TaskProgress:
    results = {unit: _result(latest.get(unit), task) for unit in units}
    statuses = [result.status for result in results.values() if result]
    return TaskProgress(
        section=section,
        task=task,
        counts={status: statuses.count(status) for status in TASK_STATUSES},
        unreported=len(units) - len(statuses),
        due=due,
        owing=[
            units[unit]
            for unit, result in results.items()
            if due and (result is None or result.status not in SETTLED_STATUSES)
        ],
    )


def _result(report: UnitReport | None, task: Task) -> TaskResult | None:
    return report.results.get(task.id) if report else None
