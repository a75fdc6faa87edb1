"""The brief of a report → what tom-tat.docx prints: one page, for the leader only."""

from datetime import date

from danvan_cli import vietnamese
from danvan_cli.model.plan import Plan, coordinator
from danvan_cli.report.brief import BriefPart
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import BriefDocument, BriefPassage


def brief_document(
    plan: Plan, report: CombinedReport, parts: list[BriefPart], as_of: date
) -> BriefDocument:
    """An inner note of the coordinator: it bears no number and is not issued."""
    office = plan.organization
    subject = report.subject_in_sentence
    return BriefDocument(
        title=f"Tóm tắt báo cáo {subject}",
        agency=office.name,
        superior=[office.as_superior],
        issuer=coordinator(plan).name.upper(),
        number=None,
        place_and_date=f"{office.place}, {vietnamese.long_day(as_of)}",
        document_type="TÓM TẮT BÁO CÁO",
        subject=report.subject,
        parts=[_passage(number, part) for number, part in enumerate(parts, 1)],
    )


def _passage(number: int, part: BriefPart) -> BriefPassage:
    rest = f" (còn {part.left_out} ý, xem báo cáo)" if part.left_out else ""
    heading = f"{number}. {part.title}{rest}"
    return BriefPassage(heading=heading, points=phrases.dashed(part.items))
