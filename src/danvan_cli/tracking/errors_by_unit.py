"""The errors in the units' reports for a period, in words that the units understand."""

from collections.abc import Mapping, Sequence

from danvan_cli.files import workspace
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.report_errors import ReportError, report_errors


def errors_by_unit(checked: CheckedWorkspace, period: str) -> Mapping[str, Sequence[ReportError]]:
    """Each unit's errors in its report for the period, by the unit's id."""
    found: dict[str, list[ReportError]] = {}
    for file in checked.workspace.reports:
        if file.unit is not None and file.period == period:
            problems = workspace.with_positions(file, checked.findings.get(file.path, []))
            errors = report_errors(checked.plan, problems, checked.workspace.root)
            found.setdefault(file.unit, []).extend(errors)
    return found
