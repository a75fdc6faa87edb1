"""How a text cites the plan, with the documents that have amended it."""

import re
from datetime import date

from danvan_cli import vietnamese
from danvan_cli.model.plan import Amendment, Plan

_TYPE = "Kế hoạch"
_ABBREVIATION = "KH"
_TYPES = {"KH": _TYPE, "QĐ": "Quyết định", "TB": "Thông báo", "CT": "Chỉ thị"}
"""The types of document (NĐ 30/2020, PL I, I.II.3 and PL III) by which a plan is amended."""


def plan_citation(plan: Plan, as_of: date) -> str:
    """The plan as cited the first time: type, number, day, issuer and subject.

    Number and day are left open until the plan has them (NĐ 30/2020, PL I, I.II.6b). Amendments
    issued by that day are cited behind it in the same way.
    """
    number = plan.number or f"…/{_ABBREVIATION}-{plan.organization.symbol}"
    issued = plan.issued
    day = vietnamese.long_day(issued) if issued else f"ngày … tháng … năm {plan.year}"
    cited = f"{_TYPE} số {number} {day} của {plan.organization.name} về {_subject(plan)}"
    amendments = [
        _amendment(amendment, plan.organization.name)
        for amendment in sorted(plan.amendments, key=lambda amendment: amendment.issued)
        if amendment.issued <= as_of
    ]
    if not amendments:
        return cited
    return f"{cited} (được sửa đổi, bổ sung bởi {vietnamese.enumeration(amendments)})"


def _amendment(amendment: Amendment, issuer: str) -> str:
    abbreviation = re.match(r"[^/]*/([^-]+)", amendment.number)
    kind = _TYPES.get(abbreviation[1] if abbreviation else "", "Văn bản")
    subject = amendment.subject.strip().rstrip(".").removeprefix("về ").removeprefix("Về ")
    return (
        f"{kind} số {amendment.number} {vietnamese.long_day(amendment.issued)} của {issuer} về "
        f"{vietnamese.in_sentence(subject)}"
    )


def _subject(plan: Plan) -> str:
    """The title without the type's name and the issuer's, which the citation has elsewhere."""
    issuer = re.escape(plan.organization.name)
    without_issuer = re.sub(rf" của {issuer}(?= năm \d|$)", "", plan.title.rstrip())
    subject = re.sub(rf"^{_TYPE}\s+(?:về\s+)?", "", without_issuer, flags=re.IGNORECASE)
    return vietnamese.in_sentence(subject)
