"""The JSON of `danvan status`, as docs/cli.md and design.md fix it for other programs."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from danvan_cli.characters import escaped_in_json
from danvan_cli.cli.commands import status_quality, status_targets
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Plan, is_assigned
from danvan_cli.report.quality import ReportQuality
from danvan_cli.report.targets import TargetProgress
from danvan_cli.tracking.status import UNIT_STATES, PeriodStatus, UnitStatus
from danvan_cli.tracking.tasks import TaskProgress


def status_json(
    plan: Plan,
    as_of: date,
    statuses: list[PeriodStatus],
    progress: list[TaskProgress],
    targets: list[TargetProgress],
    quality: Sequence[ReportQuality],
    unit: str | None,
) -> str:
    """One object, indented; of one unit only where `unit` names it."""
    content = {
        "plan": {"title": plan.title, "year": plan.year},
        "as_of": as_of.isoformat(),
        "periods": [_period(status, quality, unit) for status in statuses],
        "tasks": [_task(task) for task in progress if unit is None or is_assigned(task.task, unit)],
        "targets": [status_targets.record(target) for target in targets],
    }
    return to_json(content)


def to_json(content: object) -> str:
    """Readable JSON with Vietnamese letters as they are."""
    return escaped_in_json(msgspec.json.format(_ENCODER.encode(content), indent=2).decode())


def _encoded(value: object) -> Decimal | str:
    """Points and labels as what they are, which msgspec does not know of subclasses."""
    match value:
        case Decimal():
            return Decimal(value)
        case str():
            return str(value)
        case _:
            raise TypeError(type(value))


_ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=_encoded)
"""97.5 as that number with exactly its digits, never as a float."""


def _period(
    status: PeriodStatus, quality: Sequence[ReportQuality], unit: str | None
) -> dict[str, Any]:
    own = {each.unit.id: each for each in quality if each.period == status.id}
    return {
        "id": status.id,
        "name": status.period.name,
        "unit_deadline": _deadline(status.unit_deadline),
        "office_deadline": _deadline(status.office_deadline),
        "office": {
            "state": status.office.state,
            "issued": _iso(status.office.issued),
            "days": status.office.days,
        },
        "counts": {
            **{state: status.count(state) for state in UNIT_STATES},
            "total": len(status.units),
        },
        "units": [
            _unit(unit_status)
            | _took_over(status, unit_status)
            | {"quality": status_quality.record(own[unit_status.unit.id])}
            for unit_status in status.units
            if unit in (None, unit_status.unit.id)
        ],
    }


def _deadline(due: DeadlineStatus) -> dict[str, Any]:
    return {
        "rule": due.rule,
        "date": due.day.isoformat(),
        "last_day": due.last_day.isoformat(),
        "last_working_day": due.last_working_day.isoformat(),
        "days_left": due.days_left,
        "working_days_left": due.working_days_left,
    }


def _unit(unit: UnitStatus) -> dict[str, Any]:
    return {
        "id": unit.unit.id,
        "name": unit.unit.name,
        "state": unit.state,
        "submitted": _iso(unit.submitted),
        "days": unit.days,
        "errors": unit.errors,
        "extended_to": _iso(unit.deadline.last_day) if unit.deadline.extended else None,
    }


def _took_over(status: PeriodStatus, unit: UnitStatus) -> dict[str, list[str]]:
    """The units whose tasks and figures are this one's in the period; nothing without any."""
    gone = [
        before.unit.id
        for before in status.predecessors
        if unit.unit.id in [heir.id for heir in before.heirs]
    ]
    return {"took_over": gone} if gone else {}


def _task(task: TaskProgress) -> dict[str, Any]:
    return {
        "id": str(task.task.id),
        "section": str(task.section.id),
        "text": task.task.text,
        "due": task.due.last_day.isoformat() if task.due else None,
        "overdue": task.overdue,
        **{str(status): count for status, count in task.counts.items()},
        "unreported": task.unreported,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
