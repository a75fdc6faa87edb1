"""Combines the unit reports and the office report of a period into one report."""

from collections.abc import Callable
from datetime import date
from functools import partial

from danvan_cli.model.addressees import bodies
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.outline import outline_of
from danvan_cli.model.plan import Plan, Task
from danvan_cli.model.succession import named_on
from danvan_cli.report import appendices, figures_in_words, proposals
from danvan_cli.report.carried import carried_notes, with_carried
from danvan_cli.report.citation import plan_citation
from danvan_cli.report.combined_report import CombinedReport, PointGroup
from danvan_cli.report.figures import indicator_totals
from danvan_cli.report.merging import task_points
from danvan_cli.report.outline import Material, parts_of
from danvan_cli.report.unfinished import unfinished_sentence, unfinished_tasks
from danvan_cli.tracking.status import PeriodStatus


def combine(
    plan: Plan,
    status: PeriodStatus,
    office: OfficeReport | None,
    as_of: date,
    body: str | None = None,
    points: Callable[[Task], PointGroup] | None = None,
) -> CombinedReport:
    """The combined report of a period, from the unit reports that count on a day.

    `body`: whose figures its sentences tell, by default the office's. `points`: what is said of a
    task, if that is not what the units report of it, merged.
    """
    own = office or OfficeReport()
    issued = own.issued_by(as_of)
    plan = named_on(plan, issued or as_of)
    period = status.period
    reports = {
        unit_status.unit.id: unit_status.report
        for unit_status in status.units
        if unit_status.report
    }
    totals = indicator_totals(plan, status)
    start = figures_in_words.opening(
        period.name, plan.year, body or plan.organization.name, targets=plan.document.targets
    )
    listed = with_carried(plan, status, reports)
    models = appendices.models(*listed)
    awards, own_awards = appendices.awards(*listed)
    known = bodies(plan)
    unfinished = unfinished_tasks(plan, period.data.to, reports)
    owed = unfinished_sentence(plan, unfinished)
    material = Material(
        plan=plan,
        own=own,
        reports=reports,
        totals=totals,
        start=start,
        period=period,
        proposals=proposals.proposals(plan, period, own, reports, known),
        models=models,
        awards=awards,
        points=points or partial(task_points, plan, reports=reports, office=own),
        first={"shortcomings": owed} if owed else {},
    )
    return CombinedReport(
        organization=plan.organization,
        plan_citation=plan_citation(plan, issued or as_of),
        year=plan.year,
        period_name=period.name,
        subject=period.subject,
        data=period.data,
        number=own.number if issued else None,
        issued=issued,
        expected_month=max(status.office_deadline.last_day, as_of),
        addressees=period.addressees,
        recipients=own.recipients or period.recipients,
        archive=plan.archive,
        drafter=plan.drafter,
        signatory=own.signatory or plan.signatories["default"],
        opening=own.opening and " ".join(own.opening.split()),
        closing=own.closing and " ".join(own.closing.split()),
        parts=parts_of(outline_of(plan, period), material),
        proposals=material.proposals,
        unfinished=unfinished,
        to_the_office=proposals.to_the_office(plan.units, reports, known),
        indicators=totals,
        carried=list(carried_notes(plan, status)),
        targets=plan.document.targets,
        models=models,
        awards=awards,
        own_awards=own_awards,
        appendices=appendices.appendices(plan, period, totals, models, awards),
    )
