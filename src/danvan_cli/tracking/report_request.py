"""What is known of a report that is to be filled in: by `new`, by a form, by its import."""

from danvan_cli.files.report_scaffold import Request
from danvan_cli.model.plan import Unit
from danvan_cli.tracking.checked_workspace import (
    CheckedWorkspace,
    earlier_reports,
    split_from,
)


def request_for(checked: CheckedWorkspace, unit: Unit, period: str) -> Request:
    """The unit's report for a period, with all that the workspace knows of it beforehand."""
    return Request(
        plan=checked.plan,
        unit=unit,
        period=period,
        earlier=earlier_reports(checked, unit.id, period),
        history=checked.history,
        computed=checked.computed(unit.id, period),
        gone=checked.taken_over(unit.id, period),
        split_from=split_from(checked, unit, period),
    )
