"""The JSON of `danvan status`, as docs/cli.md and design.md fix it for other programs."""

from datetime import date
from typing import Any

import msgspec

from danvan_cli.characters import in_json
from danvan_cli.model.deadlines import DeadlineStanding
from danvan_cli.model.plan import Plan, is_assigned
from danvan_cli.tracking.status import UNIT_STATES, PeriodStatus, UnitStatus
from danvan_cli.tracking.tasks import TaskStanding


def status_json(
    plan: Plan,
    as_of: date,
    standings: list[PeriodStatus],
    progress: list[TaskStanding],
    unit: str | None,
) -> str:
    """One object, indented; of one unit only where `unit` names it."""
    content = {
        "plan": {"title": plan.title, "year": plan.year},
        "as_of": as_of.isoformat(),
        "periods": [_period(each, unit) for each in standings],
        "tasks": [_task(each) for each in progress if unit is None or is_assigned(each.task, unit)],
    }
    return to_json(content)


def to_json(content: object) -> str:
    """Readable JSON with Vietnamese letters as they are."""
    return in_json(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())


def _period(each: PeriodStatus, unit: str | None) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.period.name,
        "unit_deadline": _deadline(each.unit_deadline),
        "office_deadline": _deadline(each.office_deadline),
        "office": {
            "state": each.office.state,
            "issued": _iso(each.office.issued),
            "days": each.office.days,
        },
        "counts": {
            **{state: each.count(state) for state in UNIT_STATES},
            "total": len(each.units),
        },
        "units": [_unit(one) for one in each.units if unit in (None, one.unit.id)],
    }


def _deadline(due: DeadlineStanding) -> dict[str, Any]:
    return {
        "rule": due.rule,
        "date": due.day.isoformat(),
        "last_day": due.last_day.isoformat(),
        "last_working_day": due.last_working_day.isoformat(),
        "days_left": due.days_left,
        "working_days_left": due.working_days_left,
    }


def _unit(each: UnitStatus) -> dict[str, Any]:
    return {
        "id": each.unit.id,
        "name": each.unit.name,
        "state": each.state,
        "submitted": _iso(each.submitted),
        "days": each.days,
        "errors": each.errors,
    }


def _task(each: TaskStanding) -> dict[str, Any]:
    return {
        "id": str(each.task.id),
        "section": str(each.section.id),
        "text": each.task.text,
        "due": each.due.last_day.isoformat() if each.due else None,
        "overdue": each.overdue,
        **{str(status): count for status, count in each.counts.items()},
        "unreported": each.unreported,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
