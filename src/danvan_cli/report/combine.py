"""Combines the unit reports and the office report of a period into one report."""

import re
from collections.abc import Mapping
from datetime import date

from danvan_cli.model.addressees import bodies
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, Section, units_by_id
from danvan_cli.model.unit_report import LIST_TITLES, UnitReport
from danvan_cli.report import appendices, figures_in_words, proposals
from danvan_cli.report.citation import plan_citation
from danvan_cli.report.combined_report import (
    CombinedReport,
    IndicatorTotal,
    Passage,
    SectionResult,
)
from danvan_cli.report.figures import indicator_totals
from danvan_cli.report.figures_in_words import Opening, figures_sentence
from danvan_cli.report.merging import UnitText, limited_points, paragraphs_of, task_points
from danvan_cli.report.unfinished import unfinished_sentence, unfinished_tasks
from danvan_cli.tracking.status import PeriodStatus


def combine(
    plan: Plan,
    status: PeriodStatus,
    office: OfficeReport | None,
    as_of: date,
    body: str | None = None,
) -> CombinedReport:
    """The combined report of a period, from the unit reports that count on a day.

    `body`: whose figures its sentences tell, by default the office's.
    """
    own = office or OfficeReport()
    issued = own.issued_by(as_of)
    period = status.period
    reports = {
        unit_status.unit.id: unit_status.report
        for unit_status in status.units
        if unit_status.report
    }
    totals = indicator_totals(plan, status)
    start = figures_in_words.opening(period.name, plan.year, body or plan.organization.name)
    models = appendices.models(plan, reports)
    awards, own_awards = appendices.awards(plan, reports)
    known = bodies(plan)
    unfinished = unfinished_tasks(plan, period.data.to, reports)
    return CombinedReport(
        organization=plan.organization,
        plan_citation=plan_citation(plan),
        year=plan.year,
        period_name=period.name,
        next_name=_with_year(period.next_name, plan.year),
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
        leadership=_leadership(plan, own, reports),
        sections=[
            _section(plan, place, section, own, reports, totals, start)
            for place, section in enumerate(plan.sections, 1)
        ],
        assessment=_assessment(plan, own, reports, unfinished_sentence(plan, unfinished)),
        unfinished=unfinished,
        next_steps=_list_passage("next_steps", plan, own, reports),
        proposals=proposals.proposals(plan, period, own, reports, known),
        to_the_office=proposals.to_the_office(plan.units, reports, known),
        indicators=totals,
        models=models,
        awards=awards,
        own_awards=own_awards,
        appendices=appendices.appendices(plan, period, totals, models, awards),
    )


def _with_year(name: str, year: int) -> str:
    """'6 tháng cuối năm 2026': a period's name with its year, unless it has one: 'năm 2027'."""
    return name if re.search(r"\b\d{4}\b", name) else f"{name} {year}"


def _leadership(plan: Plan, own: OfficeReport, reports: dict[str, UnitReport]) -> Passage:
    paragraphs = paragraphs_of(own.leadership)
    units = units_by_id(plan)
    texts = (
        UnitText(units[unit], line)
        for unit, report in reports.items()
        for line in paragraphs_of(report.leadership)
    )
    return Passage(
        path="leadership",
        title="Công tác lãnh đạo, chỉ đạo",
        paragraphs=paragraphs,
        groups=[] if paragraphs else [limited_points(texts, plan.document.most_points)],
    )


def _section(
    plan: Plan,
    number: int,
    section: Section,
    own: OfficeReport,
    reports: dict[str, UnitReport],
    totals: list[IndicatorTotal],
    start: Opening,
) -> SectionResult:
    tasks = {task.id for task in section.tasks}
    paragraphs = paragraphs_of(own.sections.get(section.id))
    groups = (task_points(plan, task, reports, own) for task in section.tasks)
    return SectionResult(
        path=f"sections.{section.id}",
        number=number,
        title=section.title,
        figures=figures_sentence(
            [total for total in totals if total.indicator.task in tasks], start
        ),
        paragraphs=paragraphs,
        groups=[] if paragraphs else list(groups),
    )


ASSESSMENT: Mapping[str, str] = {
    name: title for name, title in LIST_TITLES.items() if name not in ("next_steps", "proposals")
}
"""The parts of the assessment: field of `_office.yaml` → title."""


def _assessment(
    plan: Plan, own: OfficeReport, reports: dict[str, UnitReport], unfinished: str | None
) -> list[Passage]:
    """The parts that have content; `unfinished` is put first among the shortcomings."""
    passages = (
        _list_passage(name, plan, own, reports, unfinished if name == "shortcomings" else None)
        for name in ASSESSMENT
    )
    return [passage for passage in passages if not passage.is_empty]


def _list_passage(
    name: str,
    plan: Plan,
    own: OfficeReport,
    reports: dict[str, UnitReport],
    first: str | None = None,
) -> Passage:
    """A list of the office, or else of the units, each item a point of its own."""
    paragraphs = [item.strip() for item in _items(own, name) if item.strip()]
    units = units_by_id(plan)
    texts = [
        UnitText(units[unit], item)
        for unit, report in reports.items()
        for item in _items(report, name)
    ]
    if first:
        texts.insert(0, UnitText(None, first, is_proposed=True))
    return Passage(
        path=name,
        title=LIST_TITLES[name],
        paragraphs=paragraphs,
        groups=[] if paragraphs else [limited_points(texts, plan.document.most_points)],
    )


def _items(source: OfficeReport | UnitReport, name: str) -> list[str]:
    items: list[str] = getattr(source, name)
    return items
