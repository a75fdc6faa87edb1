"""The plan → what ke-hoach.docx prints: every word of it, in order."""

from danvan_cli.model.plan import Plan
from danvan_cli.word import decree
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import PlanDocument, PlanSection


def plan_document(plan: Plan) -> PlanDocument:
    organization, signatory = plan.organization, plan.signatories["default"]
    symbol = f"{decree.PLAN.abbreviation}-{organization.symbol}"
    subject = plan.title.removeprefix("Kế hoạch ")
    when = phrases.date_in_words(plan.issued, None, plan.year)
    return PlanDocument(
        title=plan.title,
        agency=organization.name,
        superior=organization.superior,
        issuer=organization.issuer,
        number=phrases.number_line(plan.number, symbol),
        place_and_date=f"{organization.place}, {when}",
        document_type=decree.PLAN.name,
        subject=subject[:1].upper() + subject[1:],
        addressee=None,
        addressees=[],
        opening=plan.opening or f"{organization.name} xây dựng {plan.title} như sau:",
        closing=phrases.final(plan.closing or f"Trên đây là {plan.title}"),
        recipients=phrases.recipient_lines(plan.recipients),
        archive=phrases.archive_line(plan.archive, plan.drafter),
        authority=signatory.authority,
        position=signatory.position,
        signer=signatory.name or phrases.BLANK_NAME,
        legal_bases=phrases.punctuated(
            (f"Căn cứ {basis}" for basis in plan.legal_bases), decree.LEGAL_BASIS
        ),
        objectives=phrases.dashed(plan.objectives),
        requirements=phrases.dashed(plan.requirements),
        sections=[
            PlanSection(
                heading=f"{section.id}. {section.title}",
                points=phrases.dashed(task.text for task in section.tasks),
            )
            for section in plan.sections
        ],
        implementation=[
            line
            for number, text in enumerate(plan.implementation, 1)
            for line in phrases.lines(text, f"{number}. ")
        ],
    )
