"""How a text cites the plan."""

import re

from danvan_cli import vietnamese
from danvan_cli.model.plan import Plan

_TYPE = "Kế hoạch"
_ABBREVIATION = "KH"


def plan_citation(plan: Plan) -> str:
    """The plan as cited the first time: type, number, day, issuer and subject.

    Number and day are left open until the plan has them (NĐ 30/2020, PL I, I.II.6b).
    """
    number = plan.number or f"…/{_ABBREVIATION}-{plan.organization.symbol}"
    issued = plan.issued
    day = vietnamese.long_day(issued) if issued else f"ngày … tháng … năm {plan.year}"
    return f"{_TYPE} số {number} {day} của {plan.organization.name} về {_subject(plan)}"


def _subject(plan: Plan) -> str:
    """The title without the type's name and the issuer's, which the citation has elsewhere."""
    issuer = re.escape(plan.organization.name)
    without_issuer = re.sub(rf" của {issuer}(?= năm \d|$)", "", plan.title.rstrip())
    subject = re.sub(rf"^{_TYPE}\s+(?:về\s+)?", "", without_issuer, flags=re.IGNORECASE)
    return vietnamese.in_sentence(subject)
