"""One unit's report → what bao-cao-don-vi.docx prints, for its head to sign."""

from datetime import date
from functools import partial

from msgspec.structs import asdict, replace

from danvan_cli import vietnamese
from danvan_cli.model import letterhead
from danvan_cli.model.addressees import bodies
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, Signatory, Task, Unit, is_assigned
from danvan_cli.model.succession import named_on
from danvan_cli.model.unit_report import TASK_STATUS_NAMES, TaskResult, UnitReport
from danvan_cli.report import combine, outline, proposals
from danvan_cli.report.combined_report import (
    CombinedReport,
    Part,
    Passage,
    Point,
    PointGroup,
    Reported,
    Sentence,
)
from danvan_cli.report.merging import paragraphs_of
from danvan_cli.tracking.status import PeriodStatus
from danvan_cli.word import decree
from danvan_cli.word.document.fields import FigureRow, UnitReportDocument
from danvan_cli.word.document.report_document import report_document

_OFFICE_ONLY = "own."
_MAY_LACK = (_OFFICE_ONLY, "sections.", "tasks.", "indicators")


def unit_document(
    plan: Plan, period_status: PeriodStatus, unit: Unit, report: UnitReport, as_of: date
) -> UnitReportDocument:
    """One unit's report for a period, under the name that it bears when it sends the report.

    It bears no number where the unit has no register of its own; last year's figures, known
    only for the whole office, are left out.
    """
    day = report.submitted or as_of
    plan, unit, office = named_on(plan, day), unit.named_on(day), plan.organization
    addressee = _unit_addressee(plan, unit)
    asked = [Reported(unit, item) for item in report.proposals]
    own_proposals = proposals.of_units(asked, bodies(plan), period_status.period)
    combined = _combined_alone(plan, period_status, unit, report, as_of)
    alone = replace(
        combined,
        organization=replace(
            office,
            name=unit.name,
            letterhead=letterhead.letterhead_of(unit.name, office.as_superior),
            symbol=unit.own_symbol,
        ),
        parts=outline.numbered([_of_unit(part, own_proposals) for part in combined.parts]),
        number=None,
        issued=report.submitted,
        expected_month=max(period_status.unit_deadline.last_day, as_of),
        addressees=[addressee],
        recipients=["Như trên"],
        archive=_archive(unit),
        drafter=None,
        signatory=report.signatory or _head(unit),
    )
    document = report_document(alone, plan.document, numbered=unit.own_number)
    return replace(
        _with_explanations(UnitReportDocument(**asdict(document)), plan, report),
        number=document.number or None,
        title=f"Báo cáo {alone.subject_in_sentence} của {unit.name}",
    )


def _with_explanations(
    document: UnitReportDocument, plan: Plan, report: UnitReport
) -> UnitReportDocument:
    """The document with what the unit says of a figure in the last column of its row."""
    notes = {
        indicator.name: report.notes[indicator.id]
        for indicator in plan.indicators
        if indicator.id in report.notes
    }

    def explained(rows: list[FigureRow]) -> list[FigureRow]:
        return [
            replace(row, note="; ".join(filter(None, (row.note, notes.get(row.name)))))
            for row in rows
        ]

    figures = document.figures
    return replace(
        document,
        figures=figures and replace(figures, rows=explained(figures.rows)),
        parts=[
            replace(part, figures=replace(part.figures, rows=explained(part.figures.rows)))
            if part.figures
            else part
            for part in document.parts
        ],
    )


def _combined_alone(
    plan: Plan, period_status: PeriodStatus, unit: Unit, report: UnitReport, as_of: date
) -> CombinedReport:
    """The combined report of an office that has this unit only."""
    own = [
        replace(indicator, previous={})
        for indicator in plan.indicators
        if is_assigned(indicator, unit.id)
    ]
    units = [
        replace(status, report=report, state="on_time")
        for status in period_status.units
        if status.unit.id == unit.id
    ]
    return combine.combine(
        replace(
            plan,
            units=[unit],
            indicators=own,
            awards=[],
            document=replace(plan.document, unit_names="none", most_points=None, targets=False),
        ),
        replace(period_status, units=units, predecessors=[]),
        OfficeReport(leadership=report.leadership),
        as_of,
        unit.name,
        partial(_unit_points, unit=unit, report=report),
    )


def _of_unit(part: Part, own_proposals: Passage) -> Part:
    """A part with all that the unit proposes, without what only the office writes.

    Sections without text and figures are left out, and what the unit has nothing to say of.
    """
    may_lack = [content.path.startswith(_MAY_LACK) for content in part.contents]
    return replace(
        part,
        contents=[
            own_proposals if content.path == own_proposals.path else content
            for content in part.contents
            if not content.path.startswith(_OFFICE_ONLY)
        ],
        parts=[_of_unit(inner, own_proposals) for inner in part.parts],
        is_optional=part.is_optional or any(may_lack),
    )


def _unit_addressee(plan: Plan, unit: Unit) -> str:
    """The coordinator's own report goes to the office itself, the others' through it."""
    if unit.id == plan.coordinator:
        return plan.organization.name
    through = next(office.name for office in plan.units if office.id == plan.coordinator)
    return f"{plan.organization.name} (qua {through})"


def _archive(unit: Unit) -> str:
    """A unit without a register keeps its report itself, not with the office's văn thư."""
    if not unit.own_number:
        return unit.own_symbol
    return f"{decree.ARCHIVE_ABBREVIATION}, {unit.own_symbol}"


def _head(unit: Unit) -> Signatory:
    """The unit's head, or, of a UBND or HĐND, its chairman in its name."""
    if council := letterhead.council_of(unit.name):
        return Signatory(authority=f"TM. {council}", position="CHỦ TỊCH")
    return Signatory(position=f"TRƯỞNG {unit.name.upper()}")


def _unit_points(task: Task, unit: Unit, report: UnitReport) -> PointGroup:
    """What the unit says of a task, also of one that is not done."""
    result = report.results.get(task.id)
    if result is None or result.status == "not_applicable" or not is_assigned(task, unit.id):
        return PointGroup([], task=task)
    lines = paragraphs_of(_described(task, result))
    return PointGroup([Point([Sentence(line, [], starts_line=True) for line in lines])], task=task)


def _described(task: Task, result: TaskResult) -> str:
    """What the unit says; a task that it says nothing of, or has not begun, is named."""
    name = vietnamese.in_sentence(task.short_heading)
    status = f"Nhiệm vụ {name} {TASK_STATUS_NAMES[result.status]}"
    if not result.summary or not result.summary.strip():
        return status
    if result.status == "not_started":
        return f"{status}: {vietnamese.in_sentence(result.summary)}"
    if not result.evidence:
        return result.summary
    return f"{vietnamese.bare(result.summary)} ({'; '.join(result.evidence)})"
