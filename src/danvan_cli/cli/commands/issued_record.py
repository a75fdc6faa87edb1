"""The record of what was issued, for the commands that write it and compare with it."""

from pathlib import Path

from danvan_cli import vietnamese
from danvan_cli.cli.frame.places import shown
from danvan_cli.drafts.as_issued import as_issued
from danvan_cli.files import safe_write
from danvan_cli.files.paths import ISSUED_NAME
from danvan_cli.files.yaml_writing import issued_text
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.problems import Failure
from danvan_cli.report import supplement
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.supplement import Changes
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


def known(checked: CheckedWorkspace, period: str, purpose: str) -> IssuedReport:
    """What the issued report said; raises Failure, with the cure, where that cannot be known.

    `purpose`: what it is needed for, as 'lập được báo cáo bổ sung'.
    """
    path = checked.reports_folder(period) / ISSUED_NAME
    if checked.errors_in(path):
        raise Failure(
            f"{shown(path)} có lỗi nên không biết báo cáo đã ban hành ra sao",
            f"xem từng lỗi: danvan validate {shown(path)}",
        )
    record = checked.issued_reports().get(period)
    if record is None:
        raise Failure(
            f"chưa có {shown(path)} giữ nội dung như đã ban hành nên chưa {purpose}; lập tệp đó",
            "báo cáo ban hành từ nay về sau thì danvan issue tự ghi tệp này",
            [
                f"nội dung chưa đổi từ khi ban hành: {again(checked, period)}",
                "nội dung đã đổi: lấy bản git của ngày ban hành ra thư mục khác (git worktree add "
                "../ban-hanh MÃ_COMMIT), chạy lệnh trên ở thư mục đó, rồi chép _issued.yaml về đây",
            ],
        )
    return record


def again(checked: CheckedWorkspace, period: str) -> str:
    """The command that records what has been issued already."""
    office = checked.offices()[period]
    day = vietnamese.short_day(office.issued) if office.issued else "NGÀY"
    return f"danvan issue --period {period} --number {office.number} --date {day} --force"


def explained(checked: CheckedWorkspace, period: str, report: CombinedReport) -> dict[str, str]:
    """What the report says otherwise than as issued, by `supplement.in_words`.

    Empty where what was issued has not been recorded.
    """
    found = _changes(checked, period, report)
    return supplement.in_words(found) if found else {}


def if_renamed(checked: CheckedWorkspace, period: str, report: CombinedReport) -> str:
    """What to do where only a unit's name is otherwise than as issued; '' for other changes."""
    found = _changes(checked, period, report)
    if found is None or not supplement.renamed(found, checked.plan.units):
        return ""
    return (
        "nếu đơn vị đã đổi tên sau ngày ban hành thì ghi tên cũ ở names của đơn vị trong "
        "plan.yaml; nếu không, "
    )


def _changes(checked: CheckedWorkspace, period: str, report: CombinedReport) -> Changes | None:
    record = checked.issued_reports().get(period)
    if record is None or report.number is None or report.issued is None:
        return None
    return supplement.changes(record, as_issued(report, checked.plan.document))
