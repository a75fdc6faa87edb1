"""The record of what was issued, for the commands that write it and compare with it."""

from pathlib import Path

from danvan_cli.drafts.as_issued import as_issued
from danvan_cli.files import safe_write
from danvan_cli.files.workspace import ISSUED_NAME
from danvan_cli.files.yaml_writing import issued_text
from danvan_cli.report import supplement
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.tracking.checked_workspace import CheckedWorkspace

_COMMENTS = (
    "Nội dung báo cáo như đã ban hành, do danvan issue ghi để đối chiếu và lập báo cáo bổ sung.",
    "Không sửa tay.",
)


def write(checked: CheckedWorkspace, period: str, report: CombinedReport) -> Path:
    """Writes what the report, with number and day, says; returns the file's path."""
    path = checked.reports_folder(period) / ISSUED_NAME
    text = issued_text(as_issued(report, checked.plan.document), _COMMENTS)
    return safe_write.write(path, text.encode(), within=checked.workspace.root, force=True)


def explained(checked: CheckedWorkspace, period: str, report: CombinedReport) -> dict[str, str]:
    """What the report says otherwise than as issued, by `supplement.in_words`.

    Empty where what was issued has not been recorded.
    """
    record = checked.issued_reports().get(period)
    if record is None or report.number is None or report.issued is None:
        return {}
    return supplement.in_words(supplement.changes(record, as_issued(report, checked.plan.document)))
