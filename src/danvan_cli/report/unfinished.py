"""The deliverables that were not done in time, and the sentence that says so."""

from datetime import date

from danvan_cli import vietnamese
from danvan_cli.model import deadlines
from danvan_cli.model.plan import Plan, Task, is_assigned
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.unit_report import SETTLED_STATUSES, UnitReport


def unfinished_tasks(plan: Plan, data_to: date, reports: dict[str, UnitReport]) -> list[Task]:
    """The deliverables whose last day is covered by the figures, and that a unit has not finished.

    Units that have not reported do not count. A result has no date, so one that is done counts as
    done in time.
    """
    calendar = deadlines.work_calendar(plan)
    return [
        task
        for _, task in plan_tasks(plan)
        if task.due and deadlines.last_day(task.due, calendar) <= data_to
        if any(
            result.status not in SETTLED_STATUSES
            for unit, report in reports.items()
            if is_assigned(task, unit) and (result := report.results.get(task.id))
        )
    ]


def unfinished_sentence(plan: Plan, unfinished: list[Task]) -> str | None:
    """'Còn 01 nhiệm vụ chưa hoàn thành đúng thời hạn: in tài liệu (chậm nhất ngày 30/4/2026).'"""
    if not unfinished:
        return None
    calendar = deadlines.work_calendar(plan)
    named = [
        f"{vietnamese.in_sentence(task.text.rstrip().rstrip('.;'))} "
        f"(chậm nhất ngày {vietnamese.short_day(deadlines.last_day(task.due, calendar))})"
        for task in unfinished
        if task.due
    ]
    count = vietnamese.number_in_text(len(named))
    return f"Còn {count} nhiệm vụ chưa hoàn thành đúng thời hạn: {'; '.join(named)}."
