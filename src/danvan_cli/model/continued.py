"""The periods whose figures a period includes, and whether its own figures are their sum."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise

from danvan_cli.model.plan import DataWindow, Plan
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure

_DAY = timedelta(days=1)


def in_order(plan: Plan, period: str) -> list[tuple[str, DataWindow]]:
    """The continued periods that the plan has, each once, with their windows by first day."""
    names = [name for name in dict.fromkeys(plan.periods[period].continued) if name in plan.periods]
    windows = [(name, plan.periods[name].data) for name in names]
    return sorted(windows, key=lambda each: each[1].from_)


def is_made_up(plan: Plan, period: str) -> bool:
    """Whether several continued periods cover the period's window without gap or overlap.

    Of one period with the same window nothing is said: that is the same report made anew.
    """
    windows = [window for _, window in in_order(plan, period)]
    own = plan.periods[period].data
    if len(windows) < 2 or (windows[0].from_, windows[-1].to) != (own.from_, own.to):
        return False
    return all(later.from_ == earlier.to + _DAY for earlier, later in pairwise(windows))


def included_figures(
    plan: Plan, period: str, indicator: str, reports: Mapping[str, UnitReport]
) -> dict[str, Figure]:
    """By continued period, what a unit's report for it says of the indicator, where it does."""
    return {
        name: reports[name].figures[indicator]
        for name, _ in in_order(plan, period)
        if name in reports and indicator in reports[name].figures
    }


def is_their_sum(plan: Plan, period: str, included: Mapping[str, Figure]) -> bool:
    """Whether a unit's figure of the period must be the sum of these: of each there is one."""
    return is_made_up(plan, period) and included.keys() == set(plan.periods[period].continued)
