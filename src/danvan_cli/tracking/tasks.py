"""Computes the progress of the plan's tasks from the unit reports."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.model import deadlines, succession
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Plan, Section, Task, Unit, is_assigned
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.plan_of_period import owed_tasks, span_of_task
from danvan_cli.model.unit_report import SETTLED_STATUSES, TaskResult, TaskStatus, UnitReport
from danvan_cli.tracking.status import Overdue, PeriodStatus

_LEAST_FINISHED: tuple[TaskStatus, ...] = (
    "not_started",
    "in_progress",
    "ongoing",
    "done",
    "none_arisen",
    "not_applicable",
)
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


def latest_results(plan: Plan, statuses: list[PeriodStatus]) -> dict[str, dict[str, TaskResult]]:
    """What each unit's latest report says, by task and unit.

    Of a task that a later report did not owe any more, what an earlier one says.
    """
    owed = [(status, owed_tasks(plan, status.id)) for status in statuses]
    latest = latest_reports(statuses)
    found: dict[str, dict[str, TaskResult]] = {}
    for _, task in plan_tasks(plan):
        if all(task.id in ids for _, ids in owed):
            found[task.id] = _of_task(task, latest)
            continue
        results: dict[str, TaskResult] = {}
        for status, ids in owed:
            reports = {unit.unit.id: unit.report for unit in status.units if unit.report}
            silent = reports.keys() if task.id in ids else ()
            results = {unit: told for unit, told in results.items() if unit not in silent}
            results |= _of_task(task, reports)
        found[task.id] = results
    return found


def _of_task(task: Task, reports: dict[str, UnitReport]) -> dict[str, TaskResult]:
    return {
        unit: result for unit, report in reports.items() if (result := report.results.get(task.id))
    }


def assess(plan: Plan, statuses: list[PeriodStatus], as_of: date) -> list[TaskProgress]:
    """The progress of every task on a day, in plan order.

    Of one that has not begun by that day, or has ended, no unit owes anything. What units had that
    are gone by then is their heirs' (model/succession.py).
    """
    before = succession.predecessors(plan, succession.on(as_of))
    results = _taken_over(latest_results(plan, statuses), before, statuses)
    plan = succession.passed_on(plan, succession.on(as_of))
    calendar = deadlines.work_calendar(plan)
    units = [unit for unit in plan.units if unit.exists_on(as_of)]
    progress = []
    for section, task in plan_tasks(plan):
        due = deadlines.status(task.due, as_of, calendar) if task.due else None
        own = {unit.id: unit for unit in units if _has(unit, before.get(unit.id, []), task, due)}
        span = span_of_task(task)
        if not span.has_begun(as_of) or span.has_ended(as_of):
            due = None if span.has_ended(as_of) else due
            progress.append(_not_owed(section, task, own, results[task.id], due))
        else:
            progress.append(_task(section, task, own, results[task.id], due))
    return progress


def _taken_over(
    results: dict[str, dict[str, TaskResult]],
    before: Mapping[str, Sequence[Unit]],
    statuses: list[PeriodStatus],
) -> dict[str, dict[str, TaskResult]]:
    """The results with those of units that are gone told of their heirs, by task and unit.

    Until an heir has reported as such, the least finished of its own and theirs is what it has.
    """
    reported = {
        heir.id
        for period in statuses
        for gone in period.predecessors
        for heir in gone.heirs
        if any(unit.unit.id == heir.id and unit.report for unit in period.units)
    }
    for heir, units in before.items():
        if heir in reported:
            continue
        for told in results.values():
            known = [told[name] for name in (heir, *(unit.id for unit in units)) if name in told]
            if known:
                told[heir] = min(known, key=lambda result: _LEAST_FINISHED.index(result.status))
    return results


def _has(unit: Unit, before: Sequence[Unit], task: Task, due: DeadlineStatus | None) -> bool:
    """Whether the task is the unit's, or was that of one that it took over from.

    A unit founded later has nothing to do with what was due.
    """
    is_too_young = due is not None and not any(
        each.from_ is None or each.from_ <= due.last_day for each in (unit, *before)
    )
    return is_assigned(task, unit.id) and not is_too_young


def _not_owed(
    section: Section,
    task: Task,
    units: dict[str, Unit],
    told: dict[str, TaskResult],
    due: DeadlineStatus | None,
) -> TaskProgress:
    """What units have said of a task that has not begun, or has ended."""
    units = {unit: units[unit] for unit in units if unit in told}
    return replace(_task(section, task, units, told, due), owing=[])


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
    told: dict[str, TaskResult],
    due: DeadlineStatus | None,
) -> TaskProgress:
    results = {unit: told.get(unit) for unit in units}
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
