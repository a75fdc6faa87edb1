"""Values → Word files, through the office's own templates or the default ones."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from docx.document import Document as WordDocument
from msgspec.structs import asdict

from danvan_cli import writing
from danvan_cli.combined_report import DOCUMENT, CombinedReport
from danvan_cli.failures import Failure
from danvan_cli.plan import DocumentLook, Plan, Unit
from danvan_cli.reminders import Reminder
from danvan_cli.resources import packaged
from danvan_cli.standing import PeriodStanding
from danvan_cli.unit_report import UnitReport
from danvan_cli.word import finish, package, report_read
from danvan_cli.word.documents import Document
from danvan_cli.word.filling import UNREADABLE, fill
from danvan_cli.word.passage_controls import enclose
from danvan_cli.word.passages import marked, printed_passages
from danvan_cli.word.plan_document import plan_document
from danvan_cli.word.reminder_document import reminder_document
from danvan_cli.word.report_document import report_document
from danvan_cli.word.unit_document import unit_document
from danvan_cli.word.working_document import working_document
from danvan_cli.working_paper import WorkingPaper

_LONGEST_PROPERTY = 255


def render_report(report: CombinedReport, look: DocumentLook, root: Path) -> bytes:
    """The combined report (bao-cao.docx); `root` is the workspace.

    Raises Failure, as do all of these, where the template cannot be filled in.
    """
    return render(template_path(root, "bao-cao.docx"), report_document(report, look), look)


def render_draft(
    report: CombinedReport, look: DocumentLook, root: Path, year: int, period: str
) -> bytes:
    """The combined report with its passages in controls, for a leader to edit in Word.

    It says of itself of which year and period it is, and what it holds now.
    """
    document = report_document(report, look)
    passages = printed_passages(report, document)
    template = template_path(root, "bao-cao.docx")
    filled = _filled(template, marked(document, passages), look)
    enclose(filled, passages)
    identity = {
        "document": DOCUMENT,
        "year": str(year),
        "period": period,
        "organization": report.organization.name,
    }
    printed = report_read.record(report_read.blocks(filled, passages))
    with _told_of(template):
        return package.stamped(filled, document.agency, identity | printed)


def render_unit_report(
    plan: Plan,
    standing: PeriodStanding,
    unit: Unit,
    report: UnitReport,
    root: Path,
    as_of: date,
) -> bytes:
    """One unit's own report (bao-cao-don-vi.docx)."""
    document = unit_document(plan, standing, unit, report, as_of)
    return render(template_path(root, "bao-cao-don-vi.docx"), document, plan.document)


def render_plan(plan: Plan, root: Path) -> bytes:
    """The plan itself (ke-hoach.docx)."""
    return render(template_path(root, "ke-hoach.docx"), plan_document(plan), plan.document)


def render_reminder(reminder: Reminder, root: Path) -> bytes:
    """The letter to the units whose report is wanting (cong-van-don-doc.docx)."""
    look = reminder.plan.document
    return render(template_path(root, "cong-van-don-doc.docx"), reminder_document(reminder), look)


def render_working_paper(paper: WorkingPaper, look: DocumentLook, root: Path) -> bytes:
    """The coordinator's working paper (tong-hop-noi-bo.docx)."""
    return render(template_path(root, "tong-hop-noi-bo.docx"), working_document(paper), look)


def template_path(root: Path, name: str) -> Path:
    """The template in the workspace that the office has made its own, else danvan's.

    A copy that nobody has edited gives way, lest it keep out every later correction of danvan's.
    A folder or a broken link of that name is meant as the office's own, and refused later.
    """
    own = root / "templates" / name
    return own if os.path.lexists(own) and _is_edited(own) else packaged(f"templates/{name}")


def _is_edited(template: Path) -> bool:
    """Also of what cannot be read, which filling it in tells of."""
    if not template.is_file():
        return True
    try:
        return not writing.is_as_written(template.read_bytes())
    except OSError:
        return True


def render(template: Path, document: Document, look: DocumentLook) -> bytes:
    """A template filled in with a document; the same bytes for the same input."""
    filled = _filled(template, document, look)
    with _told_of(template):
        return package.stamped(filled, document.agency)


def _filled(template: Path, document: Document, look: DocumentLook) -> WordDocument:
    filled = fill(template, context_of(document))
    with _told_of(template):
        finish.finish(filled, look)
        set_properties(filled, document.title, document.subject, document.agency)
    return filled


@contextmanager
def _told_of(template: Path) -> Iterator[None]:
    """A part that filling in has not touched may yet turn out to be damaged."""
    try:
        yield
    except UNREADABLE as error:
        raise Failure(f"không dùng được mẫu: cấu trúc của “{template}” không đúng") from error


def context_of(document: Document) -> dict[str, object]:
    """What a template's names stand for."""
    return asdict(document)


def set_properties(document: WordDocument, title: str, subject: str, agency: str) -> None:
    """These alone: what a template's author left there is not about this text."""
    properties = document.core_properties
    properties._element.clear()
    properties.title = _property(title)
    properties.subject = _property(subject)
    properties.author = properties.last_modified_by = _property(agency)
    properties.language = package.LANGUAGE


def _property(text: str) -> str:
    """One line, no longer than Word's properties can be."""
    return " ".join(text.split())[:_LONGEST_PROPERTY]
