"""The part of `danvan status` about deadlines: the next one, all, and days off."""

from collections.abc import Iterator

from danvan_cli import vietnamese
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Cell, Table, Tone, Words
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Plan
from danvan_cli.tracking.status import OfficeStatus, PeriodStatus, period_ids
from danvan_cli.tracking.tasks import TaskProgress

SOON = 7
"""Working days."""

_FAR = 60
"""Days; beyond them nobody counts working days."""

STATE_TONES: dict[str, Tone] = {
    "on_time": "good",
    "done": "good",
    "late": "warning",
    "pending": "quiet",
    "returned": "bad",
    "invalid": "bad",
    "overdue": "bad",
}


def deadline_blocks(statuses: list[PeriodStatus]) -> Iterator[Block]:
    """Every deadline, then what is to be known of those still ahead."""
    yield _deadlines(statuses)
    yield from _milestones(statuses)
    yield from _day_off_notes(statuses)


def next_deadline(
    plan: Plan, statuses: list[PeriodStatus], progress: list[TaskProgress]
) -> layout.Line:
    ahead: list[tuple[str, DeadlineStatus]] = []
    for status in statuses:
        report = f"báo cáo {status.period.name}"
        ahead.append((f"các đơn vị gửi {report}", status.unit_deadline))
        if status.office.issued is None:
            ahead.append((f"{plan.organization.name} gửi {report}", status.office_deadline))
            ahead += [(f"{step.name} ({report})", step.deadline) for step in status.milestones]
    ahead += [(f"nhiệm vụ {task.task.id}", task.due) for task in progress if task.due]
    ahead = [(what, due) for what, due in ahead if not due.is_past]
    if not ahead:
        where = " của kỳ này" if len(statuses) == 1 < len(period_ids(plan)) else ""
        return layout.line(f"Không còn thời hạn nào{where} phía trước.", "quiet")
    what, due = min(ahead, key=lambda entry: entry[1].days_left)
    return layout.line(
        f"Thời hạn kế tiếp: {what}, chậm nhất {vietnamese.weekday(due.last_day)}, "
        f"{vietnamese.long_day(due.last_day)}, {_days_left(due, 'ngày làm việc')}.",
        "warning" if due.working_days_left <= SOON else None,
    )


def _days_left(due: DeadlineStatus, working_day: str) -> str:
    if due.days_left == 0:
        return "hôm nay là ngày cuối"
    if due.is_past:
        return f"đã qua {-due.days_left} ngày"
    if due.days_left > _FAR:
        return f"còn {due.days_left} ngày"
    return f"còn {due.days_left} ngày ({due.working_days_left} {working_day})"


def _deadlines(statuses: list[PeriodStatus]) -> Table:
    rows: list[list[Cell]] = []
    for status in statuses:
        sent = len(status.units) - status.count("pending") - status.count("overdue")
        units = f"{sent}/{len(status.units)} đã gửi"
        rows.append(
            [
                status.period.standalone_name,
                "đơn vị",
                vietnamese.short_day(status.unit_deadline.last_day),
                _days_left(status.unit_deadline, "làm việc"),
                units,
            ]
        )
        rows.append(
            [
                "",
                "cơ quan",
                vietnamese.short_day(status.office_deadline.last_day),
                _days_left(status.office_deadline, "làm việc"),
                _office(status.office),
            ]
        )
    return Table(["Kỳ", "Bên gửi", "Ngày cuối", "Thời gian", "Kết quả"], rows)


def _office(office: OfficeStatus) -> Words:
    if office.state == "pending":
        return Words("chưa ban hành", "quiet")
    return Words(office.in_words, STATE_TONES[office.state])


def _milestones(statuses: list[PeriodStatus]) -> Iterator[Block]:
    """The inner steps that are still ahead."""
    for status in statuses:
        for step in status.milestones:
            if not step.deadline.is_past and status.office.issued is None:
                day = vietnamese.short_day(step.deadline.last_day)
                left = _days_left(step.deadline, "ngày làm việc")
                yield layout.line(
                    f"Mốc: {step.name} (báo cáo {status.period.name}), {day}, {left}."
                )


def _day_off_notes(statuses: list[PeriodStatus]) -> Iterator[Block]:
    """A last day that is a day off says so, while it still matters."""
    for status in statuses:
        for due in (status.unit_deadline, status.office_deadline):
            if due.on_day_off and not due.is_past:
                yield layout.line(
                    f"{vietnamese.short_day(due.last_day)} là ngày nghỉ "
                    f"({vietnamese.weekday(due.last_day)}); ngày làm việc cuối cùng trước đó: "
                    f"{vietnamese.weekday(due.last_working_day)}, "
                    f"{vietnamese.short_day(due.last_working_day)}.",
                    "warning",
                )
