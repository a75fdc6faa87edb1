"""An extension → the letter that grants it, printed by cong-van-don-doc.docx."""

from collections.abc import Sequence
from datetime import date

from danvan_cli import vietnamese
from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Extension, Period, Plan, Unit
from danvan_cli.report import citation
from danvan_cli.tracking.reminders import destination, report_in_sentence
from danvan_cli.word import decree
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import ReminderDocument
from danvan_cli.word.document.reminder_document import letter_symbol


def extension_document(
    plan: Plan,
    period: Period,
    units: Sequence[Unit],
    extension: Extension,
    old: DeadlineStatus,
    as_of: date,
) -> ReminderDocument:
    """The letter of a day, still without a number; `old`: the deadline that it replaces."""
    office = plan.organization
    signatory = plan.signatories.get("reminder") or plan.signatories["default"]
    addressee, addressees = phrases.addressee_lines([unit.name for unit in units])
    report = report_in_sentence(period)
    cited = citation.plan_citation(plan, as_of)
    whom = "các đơn vị" if len(units) > 1 else "đơn vị"
    subject = f"gia hạn gửi {report}"
    return ReminderDocument(
        title=f"Công văn {subject}",
        agency=office.name,
        superior=office.superior,
        issuer=office.issuer,
        number=phrases.number_line(None, letter_symbol(plan)),
        place_and_date=f"{office.place}, {phrases.date_in_words(None, as_of)}",
        document_type=decree.LETTER.name,
        subject=subject,
        addressee=addressee,
        addressees=addressees,
        opening=(
            f"Thực hiện {cited}, các đơn vị có trách nhiệm gửi {report} về "
            f"{destination(plan)} {deadlines.in_words(old)}. Xét đề nghị của "
            f"{vietnamese.enumeration([unit.name for unit in units])} "
            f"({vietnamese.in_sentence(vietnamese.bare(extension.reason))}), {office.name} đồng ý "
            f"gia hạn thời gian gửi báo cáo đến hết {vietnamese.long_day(extension.by)}."
        ),
        points=[],
        appendix_citation=None,
        closing=phrases.final(
            f"{office.name} đề nghị {whom} gửi báo cáo đúng thời hạn được gia hạn"
        ),
        recipients=phrases.recipient_lines(["Như trên"]),
        archive=phrases.archive_line(plan.archive, plan.drafter),
        authority=signatory.authority,
        position=signatory.position,
        signer=signatory.name or phrases.BLANK_NAME,
        units=None,
        faults=None,
    )
