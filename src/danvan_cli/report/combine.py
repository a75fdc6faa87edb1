"""Combines the unit reports and the office report of a period into one report."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model import deadlines
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, Section, Task, is_assigned
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.unit_report import (
    AWARD_KIND_NAMES,
    LIST_TITLES,
    MODEL_STATUS_NAMES,
    SETTLED_STATUSES,
    UnitReport,
)
from danvan_cli.report.combined_report import (
    AppendixHeading,
    AppendixKind,
    AwardRow,
    CombinedReport,
    IndicatorTotal,
    ModelRow,
    Passage,
    Point,
    SectionResult,
)
from danvan_cli.tracking.status import PeriodStatus

_REPORTED_STATUSES = ("done", "ongoing", "in_progress")
_APPENDIX_TITLES: dict[AppendixKind, str] = {
    "indicators": "BIỂU SỐ LIỆU",
    "models": "MÔ HÌNH “DÂN VẬN KHÉO”",
    "awards": "ĐỀ XUẤT KHEN THƯỞNG",
}


def combine(
    plan: Plan, status: PeriodStatus, office: OfficeReport | None, as_of: date
) -> CombinedReport:
    """The combined report of a period, from the unit reports that count on a day."""
    own = office or OfficeReport()
    issued = own.issued_by(as_of)
    period = status.period
    reports = {
        unit_status.unit.id: unit_status.report
        for unit_status in status.units
        if unit_status.report
    }
    names = {unit.id: unit.short_name for unit in plan.units}
    totals = indicator_totals(plan, status.id, reports)
    models = _models(plan, reports)
    awards = _awards(plan, reports)
    unfinished = unfinished_tasks(plan, period.data.to, reports)
    return CombinedReport(
        organization=plan.organization,
        plan_citation=plan_citation(plan),
        period_name=period.name,
        next_name=period.next_name,
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
        leadership=_leadership(own, reports, names),
        sections=[
            _section(place, section, own, reports, names, totals)
            for place, section in enumerate(plan.sections, 1)
        ],
        assessment=_assessment(own, reports, unfinished_sentence(plan, unfinished)),
        unfinished=unfinished,
        next_steps=_list_passage("next_steps", own, reports),
        proposals=_list_passage("proposals", own, reports),
        indicators=totals,
        models=models,
        awards=awards,
        appendices=_appendices(totals, models, awards),
    )


def supplement(report: CombinedReport) -> CombinedReport:
    """'Báo cáo bổ sung': a separate document, without a number yet, that adds to an issued report.

    Raises ValueError if the report has not been issued.
    """
    if report.number is None or report.issued is None:
        raise ValueError("only an issued report can be added to")
    return replace(
        report,
        subject=f"Bổ sung {vietnamese.in_sentence(report.subject)}",
        supplements=f"Báo cáo số {report.number} {vietnamese.long_day(report.issued)}",
        number=None,
        issued=None,
    )


def plan_citation(plan: Plan) -> str:
    """The plan as cited the first time: by number, day and issuer, or by its title without these.

    NĐ 30/2020, PL I, I.II.6b.
    """
    if plan.number is None or plan.issued is None:
        return plan.title
    subject = plan.title.removeprefix("Kế hoạch ").removesuffix(f" của {plan.organization.name}")
    day = vietnamese.long_day(plan.issued)
    return f"Kế hoạch số {plan.number} {day} của {plan.organization.name} {subject}"


def merge(points: Iterable[tuple[str, str]]) -> list[Point]:
    """Pairs of unit name and text → points in order; equal texts become one point of all units."""
    merged: dict[str, Point] = {}
    for unit, text in points:
        key = " ".join(text.split()).rstrip(".;").casefold()
        if not key:
            continue
        known = merged.setdefault(key, Point(text.strip(), []))
        if unit and unit not in known.units:
            known.units.append(unit)
    return list(merged.values())


def indicator_totals(
    plan: Plan, period: str, reports: dict[str, UnitReport]
) -> list[IndicatorTotal]:
    """The total of every indicator over these reports, in plan order."""
    figures = {
        indicator.id: {
            unit: report.indicators[indicator.id]
            for unit, report in reports.items()
            if indicator.id in report.indicators and is_assigned(indicator, unit)
        }
        for indicator in plan.indicators
    }
    return [
        _indicator_total(
            IndicatorTotal(
                number=number,
                indicator=indicator,
                total=None,
                previous=indicator.previous.get(period),
            ),
            figures[indicator.id],
            figures.get(indicator.part_of or ""),
        )
        for number, indicator in enumerate(plan.indicators, 1)
    ]


def _indicator_total(
    row: IndicatorTotal, given: dict[str, int], wholes: dict[str, int] | None
) -> IndicatorTotal:
    """The total with its sums; the rate only counts units that gave both part and whole."""
    both = given.keys() & (wholes or {}).keys()
    return replace(
        row,
        total=sum(given.values()) if given else None,
        parts=list(given.items()),
        rated=sum(given[unit] for unit in both) if both else None,
        whole=sum(wholes[unit] for unit in both) if wholes and both else None,
        is_covered=wholes is None or given.keys() == wholes.keys(),
    )


def _leadership(
    own: OfficeReport, reports: dict[str, UnitReport], names: dict[str, str]
) -> Passage:
    paragraphs = paragraphs_of(own.leadership)
    points = (
        (names[unit], line)
        for unit, report in reports.items()
        for line in paragraphs_of(report.leadership)
    )
    return Passage(
        path="leadership",
        title="Công tác lãnh đạo, chỉ đạo",
        paragraphs=paragraphs,
        points=[] if paragraphs else merge(points),
    )


def _section(
    number: int,
    section: Section,
    own: OfficeReport,
    reports: dict[str, UnitReport],
    names: dict[str, str],
    totals: list[IndicatorTotal],
) -> SectionResult:
    tasks = {task.id for task in section.tasks}
    paragraphs = paragraphs_of(own.sections.get(section.id))
    points = (
        (names[unit], result.summary)
        for task in section.tasks
        for unit, report in reports.items()
        if (result := report.results.get(task.id))
        and result.status in _REPORTED_STATUSES
        and result.summary
    )
    return SectionResult(
        path=f"sections.{section.id}",
        number=number,
        title=section.title,
        figures=figures_sentence([total for total in totals if total.indicator.task in tasks]),
        paragraphs=paragraphs,
        points=[] if paragraphs else merge(points),
    )


def figures_sentence(totals: Sequence[IndicatorTotal]) -> str | None:
    """'Số liệu trong kỳ: đơn phải xử lý 40 đơn, trong đó đơn đã xử lý 08 đơn (20%).'

    A part is not put under its whole, and has no rate, if some units gave only one of the two.
    None if no unit gave a figure.
    """
    given = [total for total in totals if total.total is not None]
    ids = {total.indicator.id for total in given}
    parts = [total for total in given if total.is_covered and total.indicator.part_of in ids]
    phrases = [
        ", trong đó ".join(
            _figure(total)
            for total in (whole, *(part for part in parts if part.indicator.part_of == whole_id))
        )
        for whole in given
        for whole_id in [whole.indicator.id]
        if whole not in parts
    ]
    return f"Số liệu trong kỳ: {'; '.join(phrases)}." if phrases else None


def _figure(total: IndicatorTotal) -> str:
    name = vietnamese.in_sentence(total.indicator.name)
    if not total.total:
        return f"{name}: không có"
    rate = f" ({total.rate})" if total.rate and total.is_covered else ""
    return f"{name} {vietnamese.number_in_text(total.total)} {total.indicator.measure}{rate}"


def unfinished_tasks(plan: Plan, data_to: date, reports: dict[str, UnitReport]) -> list[Task]:
    """The deliverables whose last day is covered by the figures, and that a unit has not finished.

    Units that have not reported do not count. A result has no date, so one that is done counts as
    done in time.
    """
    calendar = deadlines.work_calendar(plan)
    return [
        task
        for _, task in plan_tasks(plan)
        if task.due and deadlines.last_day(task.due, calendar) <= data_to
        if any(
            result.status not in SETTLED_STATUSES
            for unit, report in reports.items()
            if is_assigned(task, unit) and (result := report.results.get(task.id))
        )
    ]


def unfinished_sentence(plan: Plan, unfinished: list[Task]) -> str | None:
    """'Còn 01 nhiệm vụ chưa hoàn thành đúng thời hạn: in tài liệu (chậm nhất ngày 30/4/2026).'"""
    if not unfinished:
        return None
    calendar = deadlines.work_calendar(plan)
    named = [
        f"{vietnamese.in_sentence(task.text.rstrip().rstrip('.;'))} "
        f"(chậm nhất ngày {vietnamese.short_day(deadlines.last_day(task.due, calendar))})"
        for task in unfinished
        if task.due
    ]
    count = vietnamese.number_in_text(len(named))
    return f"Còn {count} nhiệm vụ chưa hoàn thành đúng thời hạn: {'; '.join(named)}."


ASSESSMENT: Mapping[str, str] = {
    name: title for name, title in LIST_TITLES.items() if name not in ("next_steps", "proposals")
}
"""The parts of the assessment: field of `_office.yaml` → title."""


def _assessment(
    own: OfficeReport, reports: dict[str, UnitReport], unfinished: str | None
) -> list[Passage]:
    """The parts that have content; `unfinished` is put first among the shortcomings."""
    passages = (
        _list_passage(name, own, reports, unfinished if name == "shortcomings" else None)
        for name in ASSESSMENT
    )
    return [passage for passage in passages if not passage.is_empty]


def _list_passage(
    name: str, own: OfficeReport, reports: dict[str, UnitReport], first: str | None = None
) -> Passage:
    """A list without names of units, since the report is about the office as a whole."""
    paragraphs = [item.strip() for item in _items(own, name) if item.strip()]
    points = [("", item) for report in reports.values() for item in _items(report, name)]
    if first:
        points.insert(0, ("", first))
    return Passage(
        path=name,
        title=LIST_TITLES[name],
        paragraphs=paragraphs,
        points=[] if paragraphs else merge(points),
    )


def _items(source: OfficeReport | UnitReport, name: str) -> list[str]:
    items: list[str] = getattr(source, name)
    return items


def _models(plan: Plan, reports: dict[str, UnitReport]) -> list[ModelRow]:
    rows = [
        (unit.name, model)
        for unit in plan.units
        if unit.id in reports
        for model in reports[unit.id].models
    ]
    return [
        ModelRow(
            number=number,
            name=model.name,
            unit=unit,
            field=model.field,
            summary=model.summary,
            status=MODEL_STATUS_NAMES[model.status],
            replicate=model.replicate,
        )
        for number, (unit, model) in enumerate(rows, 1)
    ]


def _awards(plan: Plan, reports: dict[str, UnitReport]) -> list[AwardRow]:
    """Collectives first, then individuals, with consecutive numbers."""
    rows = [
        (unit.name, award)
        for kind in AWARD_KIND_NAMES
        for unit in plan.units
        if unit.id in reports
        for award in reports[unit.id].awards
        if award.kind == kind
    ]
    return [
        AwardRow(
            number=number,
            kind=AWARD_KIND_NAMES[award.kind],
            name=award.name,
            unit=unit,
            form=award.form,
            achievement=award.achievement,
        )
        for number, (unit, award) in enumerate(rows, 1)
    ]


def _appendices(
    totals: list[IndicatorTotal], models: list[ModelRow], awards: list[AwardRow]
) -> list[AppendixHeading]:
    """The appendices with rows; numbered only if there are several (NĐ 30/2020, PL I, I.III.1a)."""
    has_rows: dict[AppendixKind, bool] = {
        "indicators": any(total.total is not None for total in totals),
        "models": bool(models),
        "awards": bool(awards),
    }
    kinds = [kind for kind in has_rows if has_rows[kind]]
    return [
        AppendixHeading(
            kind,
            f"Phụ lục {vietnamese.roman(place)}" if len(kinds) > 1 else "Phụ lục",
            _APPENDIX_TITLES[kind],
        )
        for place, kind in enumerate(kinds, 1)
    ]


def paragraphs_of(prose: str | None) -> list[str]:
    """The paragraphs of a prose text; a line break starts a new one."""
    return [line.strip() for line in (prose or "").split("\n") if line.strip()]
