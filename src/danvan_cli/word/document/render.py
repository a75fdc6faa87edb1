"""Values → Word files, through the office's own templates or the default ones."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from danvan_cli.model.plan import DocumentLook, Plan, Unit
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.supplement import Changes
from danvan_cli.report.working_paper import WorkingPaper
from danvan_cli.tracking.reminders import Reminder
from danvan_cli.tracking.status import PeriodStatus
from danvan_cli.word.document.fields import (
    AmendmentDocument,
    BriefDocument,
    Document,
    ReminderDocument,
)
from danvan_cli.word.document.plan_document import plan_document
from danvan_cli.word.document.printing import render
from danvan_cli.word.document.reminder_document import reminder_document
from danvan_cli.word.document.report_document import report_document
from danvan_cli.word.document.supplement_document import supplement_document
from danvan_cli.word.document.template_check import sound_template
from danvan_cli.word.document.unit_document import unit_document
from danvan_cli.word.document.working_document import working_document
from danvan_cli.word.file.opening import open_content
from danvan_cli.word.file.plain_text import paragraphs


def render_report(report: CombinedReport, settings: DocumentLook, root: Path) -> bytes:
    """The combined report (bao-cao.docx); `root` is the workspace.

    Raises Failure, as do all of these, where the template cannot be filled in.
    """
    return _printed(root, "bao-cao.docx", report_document(report, settings), settings)


def report_paragraphs(report: CombinedReport, settings: DocumentLook, root: Path) -> list[str]:
    """The combined report's whole text as it would be printed, headers and notes with it."""
    content = render_report(report, settings, root)
    return paragraphs(open_content(root / "templates" / "bao-cao.docx", content))


def render_supplement(
    report: CombinedReport, found: Changes, reason: list[str], settings: DocumentLook, root: Path
) -> bytes:
    """The supplement to an issued report (bao-cao-bo-sung.docx)."""
    document = supplement_document(report, found, reason, settings)
    return _printed(root, "bao-cao-bo-sung.docx", document, settings)


def render_unit_report(
    plan: Plan,
    period_status: PeriodStatus,
    unit: Unit,
    report: UnitReport,
    root: Path,
    as_of: date,
) -> bytes:
    """One unit's own report (bao-cao-don-vi.docx)."""
    document = unit_document(plan, period_status, unit, report, as_of)
    return _printed(root, "bao-cao-don-vi.docx", document, plan.document)


def render_plan(plan: Plan, root: Path) -> bytes:
    """The plan itself (ke-hoach.docx)."""
    return _printed(root, "ke-hoach.docx", plan_document(plan), plan.document)


def render_amendment(plan: Plan, document: AmendmentDocument, root: Path) -> bytes:
    """The draft of what amends the plan (ke-hoach-sua-doi.docx)."""
    return _printed(root, "ke-hoach-sua-doi.docx", document, plan.document)


def render_reminder(reminder: Reminder, root: Path) -> bytes:
    """The letter to the units whose report is missing or has errors (cong-van-don-doc.docx)."""
    settings = reminder.plan.document
    return _printed(root, "cong-van-don-doc.docx", reminder_document(reminder), settings)


def render_extension(plan: Plan, letter: ReminderDocument, root: Path) -> bytes:
    """The letter that gives units more time (cong-van-don-doc.docx)."""
    return _printed(root, "cong-van-don-doc.docx", letter, plan.document)


def render_brief(document: BriefDocument, settings: DocumentLook, root: Path) -> bytes:
    """The leader's page (tom-tat.docx), in the smaller of the sizes that the decree has."""
    small = replace(settings, size_set="12-13", body=13)
    return _printed(root, "tom-tat.docx", document, small)


def render_working_paper(paper: WorkingPaper, settings: DocumentLook, root: Path) -> bytes:
    """The coordinator's working paper (tong-hop-noi-bo.docx)."""
    return _printed(root, "tong-hop-noi-bo.docx", working_document(paper), settings)


def _printed(root: Path, name: str, document: Document, settings: DocumentLook) -> bytes:
    return render(sound_template(root, name, document), document, settings)
