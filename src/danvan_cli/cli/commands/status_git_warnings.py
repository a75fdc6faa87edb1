"""Shows the git warnings about reports: a mark in the table, and sentences below it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from danvan_cli.cli.frame import layout, progress
from danvan_cli.cli.frame.layout import Block
from danvan_cli.problems import Failure
from danvan_cli.tracking import history
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.history import PeriodGitWarnings
from danvan_cli.tracking.status import PeriodStatus

MARK = "(!)"

GitWarnings: TypeAlias = Mapping[str, PeriodGitWarnings]
"""By period; nothing of a period on which git says nothing."""


def read(checked: CheckedWorkspace, statuses: list[PeriodStatus]) -> GitWarnings:
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
    return {status.id: known.period_git_warnings(status, checked.as_of) for status in statuses}


def _is_under_git(root: Path) -> bool:
    """Whether this folder or one above it looks like a repository's top."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def is_marked(period: str, unit: str, git_warnings: GitWarnings) -> bool:
    """Whether something is to be said of this report alone."""
    return period in git_warnings and bool(git_warnings[period].only_for_unit(unit))


def notes(statuses: list[PeriodStatus], git_warnings: GitWarnings) -> Iterator[Block]:
    """Below a table with marks: what they mean, and what all reports of a period share."""
    for status in statuses:
        if status.id in git_warnings and (common := git_warnings[status.id].for_all_units):
            yield layout.line(
                f"Báo cáo {status.period.name}: {common}; xem: danvan log --period {status.id}",
                "warning",
            )
    periods = [
        status.id
        for status in statuses
        if any(is_marked(status.id, unit.unit.id, git_warnings) for unit in status.units)
    ]
    if periods:
        only = f" --period {periods[0]}" if len(periods) == 1 else ""
        yield layout.line(
            f"{MARK} ngày gửi hoặc số liệu không khớp với lịch sử git; xem: danvan log{only}",
            "warning",
        )


def in_words(statuses: list[PeriodStatus], unit: str, git_warnings: GitWarnings) -> Iterator[Block]:
    """Each git warning about one unit's reports."""
    for status in statuses:
        for warning in git_warnings[status.id].of(unit) if status.id in git_warnings else ():
            yield layout.line(
                f"Cần xem lại báo cáo {status.period.name}: {warning.in_words}.", "warning"
            )
