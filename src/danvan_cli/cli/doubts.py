"""What git makes doubtful in the reports: asked for while they are read, told beside them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from danvan_cli import workspace
from danvan_cli.checked_workspace import Opened
from danvan_cli.cli import layout
from danvan_cli.cli.layout import Block
from danvan_cli.cli.options import start_directory
from danvan_cli.failures import Failure
from danvan_cli.standing import PeriodStanding

if TYPE_CHECKING:
    from danvan_cli.git import Repository
    from danvan_cli.history import PeriodRemarks

MARK = "(!)"

Remarks: TypeAlias = "Mapping[str, PeriodRemarks]"
"""By period; nothing of a period on which git says nothing."""

Answer: TypeAlias = Callable[[Opened, list[PeriodStanding]], Remarks]


@contextmanager
def asked(ctx: click.Context) -> Iterator[Answer]:
    """Waits for git only when the answer is wanted; outside a repository git is not asked at all.

    Raises Failure where there is no workspace.
    """
    root = workspace.find(start_directory(ctx))
    if not _is_under_git(root):
        yield _nothing
        return
    # Here, since outside a repository status starts without them.
    from danvan_cli import git

    with git.asked(root) as answer:
        yield lambda opened, standings: _remarks(opened, standings, answer())


def _nothing(_opened: Opened, _standings: list[PeriodStanding]) -> Remarks:
    return {}


def read(opened: Opened, standings: list[PeriodStanding]) -> Remarks:
    """The same at once."""
    root = opened.workspace.root
    if not _is_under_git(root):
        return {}
    from danvan_cli import git

    return _remarks(opened, standings, git.read(root))


def _is_under_git(root: Path) -> bool:
    """Whether this folder or one above it looks like a repository's top."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def _remarks(opened: Opened, standings: list[PeriodStanding], repository: "Repository") -> Remarks:
    """A repository that cannot be read says nothing here; `danvan log` says why."""
    from danvan_cli import history

    try:
        known = history.read(opened.workspace, opened.plan, repository)
    except Failure:
        return {}
    return {each.id: known.remarks_of(each, opened.as_of) for each in standings}


def is_marked(period: str, unit: str, remarks: Remarks) -> bool:
    """Whether something is to be said of this report alone."""
    return period in remarks and bool(remarks[period].apart_on(unit))


def notes(standings: list[PeriodStanding], remarks: Remarks) -> Iterator[Block]:
    """Below a table with marks: what they mean, and what all reports of a period share."""
    for each in standings:
        if each.id in remarks and (common := remarks[each.id].in_common):
            yield layout.line(
                f"Báo cáo {each.period.name}: {common}; xem: danvan log --period {each.id}",
                "warning",
            )
    periods = [
        each.id
        for each in standings
        if any(is_marked(each.id, unit.unit.id, remarks) for unit in each.units)
    ]
    if periods:
        only = f" --period {periods[0]}" if len(periods) == 1 else ""
        yield layout.line(
            f"{MARK} ngày gửi hoặc số liệu không khớp với lịch sử git; xem: danvan log{only}",
            "warning",
        )


def in_words(standings: list[PeriodStanding], unit: str, remarks: Remarks) -> Iterator[Block]:
    """Each remark on one unit's reports."""
    for each in standings:
        for remark in remarks[each.id].on(unit) if each.id in remarks else ():
            yield layout.line(
                f"Cần xem lại báo cáo {each.period.name}: {remark.in_words}.", "warning"
            )
