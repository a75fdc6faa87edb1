"""How a text cites the plan."""

from danvan_cli import vietnamese
from danvan_cli.model.plan import Plan


def plan_citation(plan: Plan) -> str:
    """The plan as cited the first time: by number, day and issuer, or by its title without these.

    NĐ 30/2020, PL I, I.II.6b.
    """
    if plan.number is None or plan.issued is None:
        return plan.title
    subject = plan.title.removeprefix("Kế hoạch ").removesuffix(f" của {plan.organization.name}")
    day = vietnamese.long_day(plan.issued)
    return f"Kế hoạch số {plan.number} {day} của {plan.organization.name} {subject}"
