"""The figures that submitted reports leave out though the plan asks their units for them.

No findings, as a unit may well have nothing to count; but they are not left out in silence.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path

from danvan_cli.files.readings import Workspace
from danvan_cli.model.plan import Indicator, Plan, with_groups
from danvan_cli.model.plan_of_period import is_owed, plan_of_period
from danvan_cli.model.succession import with_heirs_in_periods
from danvan_cli.model.unit_report import UnitReport


def left_out(plan: Plan, report: UnitReport) -> list[Indicator]:
    """What the report's unit owes and does not give; `plan` is that of the report's period."""
    return [
        indicator
        for indicator in plan.indicators
        if indicator.id not in report.figures and is_owed(indicator, report.unit)
    ]


def by_period(known: Workspace, errors: Mapping[Path, int], today: date) -> dict[str, int]:
    """How many those are in the reports that count on a day, by period in the plan's order.

    `errors`: how many a file has; a report with errors is told of by these, and does not count.
    """
    if known.plan.plan is None:
        return {}
    plan = with_heirs_in_periods(with_groups(known.plan.plan))
    plan_of = cache(partial(plan_of_period, plan))
    missing: Counter[str] = Counter()
    for file in known.reports:
        report, period = file.report, file.period
        if report is None or period not in plan.periods or errors.get(file.path):
            continue
        if report.counts_on(today) and plan.periods[period].is_for(report.unit):
            missing[period] += len(left_out(plan_of(period), report))
    return {period: missing[period] for period in plan.periods if missing[period]}
