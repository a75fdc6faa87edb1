"""The combined report as the Word file that a leader edits."""

from pathlib import Path

from danvan_cli.drafts import reading
from danvan_cli.drafts.controls import enclose
from danvan_cli.drafts.passages import marked, printed_passages
from danvan_cli.drafts.sources import SOURCES_PROPERTY, add_sources
from danvan_cli.model.plan import DocumentLook
from danvan_cli.report.combined_report import DOCUMENT, CombinedReport
from danvan_cli.word.document.printing import filled, stamped
from danvan_cli.word.document.report_document import report_document
from danvan_cli.word.document.template_check import sound_template


def render_draft(
    report: CombinedReport,
    settings: DocumentLook,
    root: Path,
    year: int,
    period: str,
    *,
    with_sources: bool = False,
) -> bytes:
    """The combined report with its passages in controls, for a leader to edit in Word.

    It says of itself of which year and period it is, and what it holds now. `with_sources`: the
    units behind each point are in comments.
    """
    document = report_document(report, settings)
    passages = printed_passages(report, document)
    template = sound_template(root, "bao-cao.docx", document)
    draft = filled(template, marked(document, passages), settings)
    enclose(draft, passages)
    if with_sources:
        add_sources(draft, report)
    identity = {
        "document": DOCUMENT,
        "year": str(year),
        "period": period,
        "organization": report.organization.name,
    }
    if with_sources:
        identity[SOURCES_PROPERTY] = "true"
    printed = reading.record(reading.blocks(draft, passages))
    return stamped(template, draft, document.agency, identity | printed)
