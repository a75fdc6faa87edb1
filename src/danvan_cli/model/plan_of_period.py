"""The plan as it holds for one period: what is not yet, or no longer, to be reported left out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import asdict, replace

from danvan_cli import vietnamese
from danvan_cli.model import succession
from danvan_cli.model.outline import source_of
from danvan_cli.model.plan import (
    DataWindow,
    Indicator,
    OutlinePart,
    Period,
    Plan,
    Section,
    Task,
    is_assigned,
)


class EndedTask(Task, frozen=True, kw_only=True):
    """A task that ended within the period, and that was to be reported for one it continues.

    Units may still report it, but do not owe it.
    """


class Span(Struct, frozen=True):
    """The days on which a task or an indicator holds; None: without such a limit."""

    from_: date | None
    until: date | None

    def meets(self, window: DataWindow) -> bool:
        return (self.from_ is None or self.from_ <= window.to) and (
            self.until is None or window.from_ <= self.until
        )

    def has_begun(self, day: date) -> bool:
        return self.from_ is None or self.from_ <= day

    def has_ended(self, day: date) -> bool:
        """Whether its last day is past."""
        return self.until is not None and self.until < day

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it begins, so that it has no day."""
        return self.from_ is not None and self.until is not None and self.until < self.from_

    @property
    def in_words(self) -> str:
        """'chỉ từ ngày 01/7/2026', 'chỉ đến hết ngày 30/6/2026'; '' without limits."""
        first = f"từ ngày {vietnamese.short_day(self.from_)}" if self.from_ else ""
        last = f"đến hết ngày {vietnamese.short_day(self.until)}" if self.until else ""
        return " ".join(words for words in ("chỉ" if first or last else "", first, last) if words)


def is_owed(item: Task | Indicator, unit: str) -> bool:
    """Whether the unit has to report it; `item` is of a period's plan.

    A figure is owed even if it ended within the period, since that of a year includes all of it.
    """
    return is_assigned(item, unit) and not isinstance(item, EndedTask)


class Owed(NamedTuple):
    """The ids of the tasks and of the figures that a unit has to report."""

    tasks: list[str]
    figures: list[str]


def owed_by(plan: Plan, unit: str) -> Owed:
    """What the unit has to report; `plan`: that of a period."""
    tasks = [task for section in plan.sections for task in section.tasks]
    return Owed(
        [str(task.id) for task in tasks if is_owed(task, unit)],
        [indicator.id for indicator in plan.indicators if is_owed(indicator, unit)],
    )


def span_of_task(task: Task) -> Span:
    return Span(task.from_, task.until)


def span_of_section(section: Section) -> Span:
    """From the first day of any of its tasks to the last."""
    begins, ends = [task.from_ for task in section.tasks], [task.until for task in section.tasks]
    return Span(
        min((day for day in begins if day), default=None) if None not in begins else None,
        max((day for day in ends if day), default=None) if None not in ends else None,
    )


def span_of_indicator(indicator: Indicator, task: Task | None) -> Span:
    """Its own days, within those of the task that it belongs to."""
    if task is None:
        return Span(indicator.from_, indicator.until)
    begins = [day for day in (indicator.from_, task.from_) if day]
    ends = [day for day in (indicator.until, task.until) if day]
    return Span(max(begins, default=None), min(ends, default=None))


def plan_of_period(plan: Plan, period_id: str) -> Plan:
    """The plan as it holds for a period: `holding_in`, and with the units that report for it.

    What units had that are gone by its last day is their heirs' (model/succession.py), so it is of
    no use for an earlier period.
    """
    passed_on = succession.passed_on(plan, succession.at_deadline(plan, period_id))
    return holding_in(passed_on, period_id)


def holding_in(plan: Plan, period_id: str) -> Plan:
    """The plan with those tasks and indicators only that hold on a day of the period's figures, and
    that a unit has which reports for it.

    A section left without tasks, and a part of an outline left without contents, goes with them. A
    part whose whole is not there stands alone; a rate goes with what it is computed from. The plan
    itself where it says nothing of days, nor the period of units.
    """
    period = plan.periods[period_id]
    if not _has_spans(plan) and period.units is None:
        return plan
    continued = [plan.periods[name].data for name in period.continued if name in plan.periods]
    sections = [_section(section, period, continued) for section in plan.sections]
    kept = replace(
        plan,
        sections=[
            section
            for section, whole in zip(sections, plan.sections, strict=True)
            if section.tasks or not whole.tasks
        ],
        indicators=list(_indicators(plan, period)),
    )
    return replace(
        kept,
        outline=_outline(plan.outline, kept),
        periods={
            name: replace(other, outline=_outline(other.outline, kept)) if other.outline else other
            for name, other in plan.periods.items()
        },
    )


def owed_tasks(plan: Plan, period_id: str) -> set[str]:
    """The ids of the tasks that units owe for a period; `plan`: that of the year."""
    return {
        task.id
        for section in plan_of_period(plan, period_id).sections
        for task in section.tasks
        if not isinstance(task, EndedTask)
    }


def why_not_there(span: Span) -> str:
    """Why a task or an indicator is not in a period, from its days: they, or else the units."""
    return span.in_words or "chỉ giao cho các đơn vị không báo cáo kỳ này"


def spans(plan: Plan) -> dict[str, Span]:
    """The days of every indicator, by id."""
    tasks = {task.id: task for section in plan.sections for task in section.tasks}
    return {
        indicator.id: span_of_indicator(indicator, tasks.get(indicator.task))
        for indicator in plan.indicators
    }


def _has_spans(plan: Plan) -> bool:
    tasks = [task for section in plan.sections for task in section.tasks]
    return any(task.from_ or task.until for task in tasks) or any(
        indicator.from_ or indicator.until for indicator in plan.indicators
    )


def _section(section: Section, period: Period, continued: Sequence[DataWindow]) -> Section:
    tasks = []
    for task in section.tasks:
        span = span_of_task(task)
        if span.meets(period.data) and _is_for(task, period):
            ended = _has_been_asked(span, period.data, continued)
            tasks.append(EndedTask(**asdict(task)) if ended else task)
    return replace(section, tasks=tasks)


def _is_for(item: Task | Indicator, period: Period) -> bool:
    """Whether any unit that reports for the period has it; a rate is nobody's."""
    if isinstance(item, Indicator) and item.kind == "rate":
        return True
    return period.units is None or any(is_assigned(item, unit) for unit in period.units)


def _indicators(plan: Plan, period: Period) -> Iterator[Indicator]:
    all_spans = spans(plan)
    there = {
        indicator.id
        for indicator in plan.indicators
        if all_spans[indicator.id].meets(period.data) and _is_for(indicator, period)
    }
    for indicator in plan.indicators:
        needed = {indicator.rate.part, indicator.rate.whole} if indicator.rate else set()
        if indicator.id in there and needed.isdisjoint(all_spans.keys() - there):
            if indicator.part_of is not None and indicator.part_of in all_spans.keys() - there:
                indicator = replace(indicator, part_of=None)
            yield indicator


def _has_been_asked(span: Span, window: DataWindow, continued: Sequence[DataWindow]) -> bool:
    """Whether it ended before the window did, and the units had to report it in a former one."""
    return span.has_ended(window.to) and any(span.meets(former) for former in continued)


def _outline(parts: Sequence[OutlinePart], plan: Plan) -> list[OutlinePart]:
    kept = []
    for part in parts:
        inner = replace(
            part,
            of=[left for written in part.of if (left := _source(written, plan))],
            parts=_outline(part.parts, plan),
        )
        if inner.of or inner.parts or not (part.of or part.parts):
            kept.append(inner)
    return kept


def _source(written: str, plan: Plan) -> str | None:
    """An item of `of` without the ids that the plan does not have; None where none is left."""
    try:
        source = source_of(written)
    except ValueError:
        return written
    there = {
        "section": {str(section.id) for section in plan.sections},
        "task": {str(task.id) for section in plan.sections for task in section.tasks},
        "indicators": {indicator.id for indicator in plan.indicators},
    }.get(source.kind)
    if there is None or not source.ids:
        return written
    left = [name for name in source.ids if name in there]
    return " ".join([source.kind, *left]) if left else None
