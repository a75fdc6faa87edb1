"""A plan and the plans of its periods, with what they have by id, as rules look it up."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.model import deadlines
from danvan_cli.model.plan import Plan, tasks, units_by_id
from danvan_cli.model.plan_of_period import (
    Span,
    plan_of_period,
    span_of_section,
    span_of_task,
    spans,
)
from danvan_cli.rules.report import Known


class KnownPlan(NamedTuple):
    """A plan, and what it has by id."""

    plan: Plan
    known: Known


class Plans(Struct, frozen=True):
    """The year's plan, and the plan as it holds for each period, by id."""

    of_year: KnownPlan
    by_period: Mapping[str, KnownPlan]

    def of(self, period: str | None) -> KnownPlan:
        """That of the year for a period that the plan does not have."""
        return self.by_period.get(period or "", self.of_year)


def known_plans(plan: Plan) -> Plans:
    """The year's plan and that of each of its periods, looked up once."""
    known = _known(plan)
    of_periods = {name: plan_of_period(plan, name) for name in plan.periods}
    return Plans(
        KnownPlan(plan, known),
        {
            name: KnownPlan(its, _known_of_period(known, plan, its))
            for name, its in of_periods.items()
        },
    )


def _known(plan: Plan) -> Known:
    calendar = deadlines.work_calendar(plan)
    return Known(
        units=units_by_id(plan),
        tasks={task.id: task for _, task in tasks(plan)},
        indicators={indicator.id: indicator for indicator in plan.indicators},
        last_days={
            (name, unit): deadlines.last_day(deadline, calendar)
            for name, period in plan.periods.items()
            for unit, deadline in ((None, period.unit_deadline), *period.unit_deadlines.items())
            if (deadline.before is None) != (deadline.by is None)
        },
    )


def _known_of_period(known: Known, plan: Plan, of_period: Plan) -> Known:
    """What there is in a period of what the plan has."""
    if of_period is plan:
        return known
    of_tasks = {task.id: task for _, task in tasks(of_period)}
    of_indicators = {indicator.id: indicator for indicator in of_period.indicators}
    whole: Mapping[str, Span] = {
        **{section.id: span_of_section(section) for section in plan.sections},
        **{task.id: span_of_task(task) for _, task in tasks(plan)},
        **spans(plan),
    }
    sections = {section.id for section in of_period.sections}
    here = sections | of_tasks.keys() | of_indicators.keys()
    return replace(
        known,
        tasks=of_tasks,
        indicators=of_indicators,
        not_now={name: span for name, span in whole.items() if name not in here},
    )
