"""What git makes doubtful in the reports, in marks and words next to them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from danvan_cli.cli.frame import layout, progress
from danvan_cli.cli.frame.layout import Block
from danvan_cli.problems import Failure
from danvan_cli.tracking import history
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.history import PeriodRemarks
from danvan_cli.tracking.status import PeriodStatus

MARK = "(!)"

Remarks: TypeAlias = Mapping[str, PeriodRemarks]
"""By period; nothing of a period on which git says nothing."""


def read(checked: CheckedWorkspace, statuses: list[PeriodStatus]) -> Remarks:
    """Outside a repository git is not asked at all; one that cannot be read says nothing here.

    `danvan log` says why.
    """
    if not _is_under_git(checked.workspace.root):
        return {}
    try:
        with progress.bar(progress.READING_HISTORY):
            known = history.read(checked.workspace, checked.plan, checked.today)
    except Failure:
        return {}
    return {status.id: known.remarks_of(status, checked.as_of) for status in statuses}


def _is_under_git(root: Path) -> bool:
    """Whether this folder or one above it looks like a repository's top."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def is_marked(period: str, unit: str, remarks: Remarks) -> bool:
    """Whether something is to be said of this report alone."""
    return period in remarks and bool(remarks[period].apart_on(unit))


def notes(statuses: list[PeriodStatus], remarks: Remarks) -> Iterator[Block]:
    """Below a table with marks: what they mean, and what all reports of a period share."""
    for status in statuses:
        if status.id in remarks and (common := remarks[status.id].in_common):
            yield layout.line(
                f"Báo cáo {status.period.name}: {common}; xem: danvan log --period {status.id}",
                "warning",
            )
    periods = [
        status.id
        for status in statuses
        if any(is_marked(status.id, unit.unit.id, remarks) for unit in status.units)
    ]
    if periods:
        only = f" --period {periods[0]}" if len(periods) == 1 else ""
        yield layout.line(
            f"{MARK} ngày gửi hoặc số liệu không khớp với lịch sử git; xem: danvan log{only}",
            "warning",
        )


def in_words(statuses: list[PeriodStatus], unit: str, remarks: Remarks) -> Iterator[Block]:
    """Each remark on one unit's reports."""
    for status in statuses:
        for remark in remarks[status.id].on(unit) if status.id in remarks else ():
            yield layout.line(
                f"Cần xem lại báo cáo {status.period.name}: {remark.in_words}.", "warning"
            )
