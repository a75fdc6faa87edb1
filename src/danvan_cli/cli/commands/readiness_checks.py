"""The checklist before signing, for `ready` and `issue`: what is done, what is still open."""

from collections.abc import Iterator
from typing import Any

from danvan_cli import check as word_check
from danvan_cli.check import finding
from danvan_cli.cli.commands.import_draft import unimported_edits
from danvan_cli.cli.commands.report_documents import fallen_totals
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Table, Words
from danvan_cli.files import workspace
from danvan_cli.problems import Diagnostic
from danvan_cli.report import doubts, readiness
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.figures_in_words import numbers_without_figures
from danvan_cli.report.readiness import TITLES, Check
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.status import PeriodStatus
from danvan_cli.word.document import render
from danvan_cli.word.file.opening import open_content
from danvan_cli.word.file.plain_text import paragraphs

_MOST_SHOWN = 10
"""Lines shown for one check; JSON has them all."""


def printed(checked: CheckedWorkspace, report: CombinedReport) -> Any:
    """The Word document that `danvan report` makes of the report; Failure where it cannot."""
    root = checked.workspace.root
    content = render.render_report(report, checked.plan.document, root)
    return open_content(root / "templates" / "bao-cao.docx", content)


def checks(
    checked: CheckedWorkspace,
    status: PeriodStatus,
    report: CombinedReport,
    document: Any,
    *,
    of_draft: bool,
) -> list[Check]:
    """All checks of the report, in the order in which they are usually dealt with.

    `document`: the Word document to be signed; `of_draft`: whether it is made of the draft in the
    output folder.
    """
    root = checked.workspace.root
    found = {
        check.id: check
        for check in (
            *readiness.of_data(status, report),
            readiness.of_numbers(
                _problems(checked, status.id),
                root,
                numbers_without_figures(checked.plan, report),
            ),
            readiness.of_doubts(doubts.of_period(checked, status), status.id),
            *readiness.of_text(paragraphs(document)),
            Check(
                "edits",
                unimported_edits(checked, status.id) if of_draft else [],
                f"danvan import output/{checked.plan.year}/{status.id}/bao-cao.docx",
            ),
            Check(
                "document",
                [
                    problem.message
                    for problem in finding.diagnostics(word_check.findings(document))
                    if problem.is_error
                ],
                "sửa mẫu templates/bao-cao.docx hoặc plan.yaml; xem: danvan check TỆP",
            ),
        )
    }
    return [found[name] for name in TITLES]


def _problems(checked: CheckedWorkspace, period: str) -> list[Diagnostic]:
    """Those of the period's files, and of the totals of the period, which the plan has."""
    folder, plan = checked.reports_folder(period), checked.workspace.plan
    fallen = fallen_totals(checked, period)
    return workspace.with_positions(plan, fallen) + [
        problem
        for file in checked.workspace.files()
        if file.path.parent == folder
        for problem in workspace.with_positions(file, checked.findings.get(file.path, []))
    ]


def blocks(found: list[Check]) -> Iterator[Block]:
    """The checklist as a table, then what is open, check by check."""
    rows: list[list[Cell]] = [
        [check.title, Words("xong", "good") if check.is_done else Words(_count(check), "bad")]
        for check in found
    ]
    yield Table(["Việc", "Kết quả"], rows)
    yield from open_blocks(found)


def open_blocks(found: list[Check]) -> Iterator[Block]:
    """What is open, check by check, with how to do it."""
    for check in found:
        if not check.is_done:
            yield Heading(check.title)
            yield from (layout.line(f"- {line}") for line in check.open[:_MOST_SHOWN])
            if len(check.open) > _MOST_SHOWN:
                yield layout.line(f"- … và {len(check.open) - _MOST_SHOWN} chỗ khác")
            yield layout.line(f"Cách làm: {check.cure}.", "quiet")


def _count(open_check: Check) -> str:
    return f"còn {len(open_check.open)}"


def records(found: list[Check]) -> list[dict[str, Any]]:
    return [
        {
            "id": check.id,
            "title": check.title,
            "done": check.is_done,
            "open": check.open,
            "cure": check.cure,
        }
        for check in found
    ]
