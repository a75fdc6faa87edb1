"""All that is checked over values: what breaks the rules, which `catalog` lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from danvan_cli.files.readings import (
    CriteriaFile,
    IssuedFile,
    OfficeFile,
    PlanFile,
    RatingFile,
    ReportFile,
    Workspace,
)
from danvan_cli.files.workspace import valid_parts
from danvan_cli.model import continued
from danvan_cli.model.criteria import with_groups as criteria_with_groups
from danvan_cli.model.history import comparable
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, with_groups
from danvan_cli.model.predecessors import Predecessor, predecessors
from danvan_cli.model.succession import with_heirs_in_periods
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import MAX_PROBLEMS, DataPath, Diagnostic, count_errors, limited
from danvan_cli.rules.catalog import RULES, Found
from danvan_cli.rules.comparisons import Compared
from danvan_cli.rules.continuation import Continuation
from danvan_cli.rules.criteria import CriteriaCase
from danvan_cli.rules.figures import ContinuedTotals, Earlier
from danvan_cli.rules.history import PastCase, YearsCase
from danvan_cli.rules.issued import IssuedCase
from danvan_cli.rules.known_plans import KnownPlan, Plans, known_plans
from danvan_cli.rules.office import OfficeCase
from danvan_cli.rules.rating import ApprovedCase, RatingCase
from danvan_cli.rules.registers import RegisterCase, RegistersCase, TrackedCase
from danvan_cli.rules.report import ReportCase

Case = TypeVar("Case")
_MAKE_DEADLINES = ("when_day_off", "days_off", "working_days")


def check(workspace: Workspace, today: date) -> dict[Path, list[Diagnostic]]:
    """For each file with problems, those met in reading it and those of the rules.

    The rules' know their paths, not yet their lines (see `workspace.placed`). Where the plan has
    no typed value, what fits of it is still checked, but other files have only the problems of
    their reading.
    """
    found = {reading.path: list(reading.problems) for reading in workspace.files()}
    found[workspace.plan.path] += _check_plan(workspace.plan)
    if workspace.plan.plan:
        the_plan = with_heirs_in_periods(with_groups(workspace.plan.plan))
        plans = known_plans(the_plan)
        for file in workspace.offices:
            found[file.path] += _check_office(file, plans.of(file.period), today)
        of_plan = RegistersCase(the_plan, workspace.registers)
        found[workspace.plan.path] += _problems(RULES.registers, of_plan)
        for register in workspace.registers:
            if not register.is_missing:
                found[register.path] += _problems(RULES.register, RegisterCase(register, today))
        if workspace.criteria:
            found[workspace.criteria.path] += _check_criteria(workspace.criteria, the_plan)
            for rating_file in workspace.ratings:
                found[rating_file.path] += _check_rating(
                    rating_file, workspace.criteria, the_plan, today
                )
        offices = {file.period: file.office for file in workspace.offices}
        for issued_file in workspace.issued:
            found[issued_file.path] += _check_issued(issued_file, offices)
        without_errors = _check_reports(workspace.reports, plans, today, found)
        compared = Compared(the_plan, without_errors, comparable(the_plan, workspace.past_years))
        for report_file in workspace.reports:
            doubts = compared.in_file(report_file, answered=False)
            found[report_file.path] += limited(doubt.diagnostic for doubt in doubts)
        for case in _continued_totals(workspace, plans, without_errors, today):
            found[workspace.plan.path] += _problems(RULES.totals, case)
        _check_past_years(workspace, workspace.plan.plan, found)
    return {path: problems for path, problems in found.items() if problems}


def problems_of_tracked(plan: Plan, tracked: frozenset[str]) -> list[Diagnostic]:
    """What is wrong with what git has of a plan's registers: their files, named as there."""
    return _problems(RULES.tracked, TrackedCase(plan, tracked))


def problems_of_approved(case: ApprovedCase) -> list[Diagnostic]:
    """What is not as approved in a result that was computed again."""
    return _problems(RULES.approved, case)


def _problems(rules: Iterable[Callable[[Case], Found]], case: Case) -> list[Diagnostic]:
    return limited(chain.from_iterable(rule(case) for rule in rules))


def _check_plan(file: PlanFile) -> Found:
    plan, left_out = file.plan, frozenset[DataPath]()
    if plan is None and 0 < len(file.problems) < MAX_PROBLEMS:
        plan, left_out = valid_parts(file, Plan)
    if plan is None or any(_is_referred_to(path) for path in left_out):
        return
    in_text = chain.from_iterable(rule(file.text, plan) for rule in RULES.plan_text)
    yield from _without_left_out(chain(_problems(RULES.plan, plan), in_text), left_out)


def _is_referred_to(left_out: DataPath) -> bool:
    """Whether other parts of a plan are judged by this one: periods by name, deadlines by days."""
    return left_out[0] in _MAKE_DEADLINES or (left_out[0] == "periods" and len(left_out) <= 2)


def _check_office(file: OfficeFile, known: KnownPlan, today: date) -> Found:
    office, left_out = file.office, frozenset[DataPath]()
    if office is None and len(file.problems) < MAX_PROBLEMS:
        office, left_out = valid_parts(file, OfficeReport)
    if office is None:
        return
    case = OfficeCase(
        plan=known.plan,
        not_now=known.known.not_now,
        office=office,
        today=today,
        unfilled=file.unfilled,
        text=file.text,
        period=file.period,
        left_out=left_out,
    )
    problems = chain(_problems(RULES.office, case), _problems_in_words(file.text, office))
    yield from _without_left_out(problems, left_out)


def _check_issued(file: IssuedFile, offices: Mapping[str | None, OfficeReport | None]) -> Found:
    """Nothing where the office's words cannot be read, which is told there."""
    office = offices.get(file.period, OfficeReport())
    if file.record and office and file.period:
        yield from _problems(RULES.issued, IssuedCase(file.record, office))


def _check_past_years(
    workspace: Workspace, plan: Plan, found: dict[Path, list[Diagnostic]]
) -> None:
    years = YearsCase(plan, workspace.root, workspace.history, workspace.earlier)
    found[workspace.plan.path] += _problems(RULES.years, years)
    indicators = {indicator.id: indicator for indicator in plan.indicators}
    for file in workspace.history:
        if file.record:
            case = PastCase(plan, indicators, file.year, file.record)
            found[file.path] += _problems(RULES.past, case)


def _check_criteria(file: CriteriaFile, plan: Plan) -> Found:
    if file.criteria:
        yield from _problems(RULES.criteria, CriteriaCase(plan, file.criteria))
        yield from _problems_in_words(file.text, file.criteria)


def _check_rating(file: RatingFile, by: CriteriaFile, plan: Plan, today: date) -> Found:
    if file.record and by.criteria:
        resolved = criteria_with_groups(by.criteria, plan.unit_groups)
        case = RatingCase(plan, resolved, file.record, file.period, today)
        yield from _problems(RULES.rating, case)
        yield from _problems_in_words(file.text, file.record)


def _problems_in_words(text: str, value: Struct) -> list[Diagnostic]:
    return limited(chain.from_iterable(rule(text, value) for rule in RULES.words))


def _check_reports(
    files: list[ReportFile], plans: Plans, today: date, found: dict[Path, list[Diagnostic]]
) -> dict[tuple[str, str], UnitReport]:
    """Adds what is found in the reports; the reports without errors, by unit and period."""
    firsts: dict[tuple[str, str], Path] = {}
    without_errors: dict[tuple[str, str], UnitReport] = {}
    for file in files:
        place = (file.unit, file.period) if file.unit and file.period else None
        first = firsts.setdefault(place, file.path) if place else file.path
        first_file = first if first != file.path else None
        found[file.path] += _check_report(file, plans, today, first_file)
        if file.report and place and not first_file and not count_errors(found[file.path]):
            without_errors[place] = file.report
    counted = partial(_counted, without_errors, today)
    gone = {
        name: predecessors(plans.of_year.plan, name, counted) for name in plans.of_year.plan.periods
    }
    for file in files:
        if case := _continuation(file, plans, without_errors, gone):
            found[file.path] += _problems(RULES.continuation, case)
    return without_errors


def _continued_totals(
    workspace: Workspace,
    plans: Plans,
    without_errors: dict[tuple[str, str], UnitReport],
    today: date,
) -> Iterator[ContinuedTotals]:
    """The periods that continue another, with the reports of both; as issued, if that is known."""
    last_days = plans.of_year.known.last_days
    offices = {file.period: file.office for file in workspace.offices if file.office}
    records = {file.period: file.record for file in workspace.issued if file.record}
    for name, its in plans.by_period.items():
        plan = its.plan
        earlier = [earlier for earlier, _ in continued.in_order(plan, name)]
        if not earlier or (name, None) not in last_days:
            continue
        yield ContinuedTotals(
            plan=plan,
            period=name,
            expected=[
                unit
                for unit in plan.units
                if plan.periods[name].is_for(unit.id)
                and unit.exists_on(last_days.get((name, unit.id), last_days[name, None]))
            ],
            now=_counting(without_errors, name, today),
            then=[_earlier(each, offices, records, without_errors, today) for each in earlier],
            gone=predecessors(plans.of_year.plan, name, partial(_counted, without_errors, today)),
        )


def _counted(
    without_errors: dict[tuple[str, str], UnitReport], day: date, period: str, unit: str
) -> UnitReport | None:
    report = without_errors.get((unit, period))
    return report if report and report.counts_on(day) else None


def _earlier(
    period: str,
    offices: Mapping[str | None, OfficeReport],
    records: Mapping[str | None, IssuedReport],
    without_errors: dict[tuple[str, str], UnitReport],
    today: date,
) -> Earlier:
    issued = offices[period].issued_by(today) if period in offices else None
    return Earlier(
        period,
        _counting(without_errors, period, issued or today),
        records[period].figures if issued and period in records else {},
    )


def _counting(
    without_errors: dict[tuple[str, str], UnitReport], period: str, day: date
) -> dict[str, UnitReport]:
    """The reports of a period that count on a day, by unit."""
    return {
        unit: report
        for (unit, of_period), report in without_errors.items()
        if of_period == period and report.counts_on(day)
    }


def _check_report(file: ReportFile, plans: Plans, today: date, first_file: Path | None) -> Found:
    report, left_out = file.report, frozenset[DataPath]()
    if report is None and len(file.problems) < MAX_PROBLEMS:
        report, left_out = valid_parts(file, UnitReport)
    if report is None:
        return
    plan, known = plans.of(file.period or report.period)
    case = ReportCase(
        plan=plan,
        known=known,
        report=report,
        today=today,
        unit=file.unit,
        period=file.period,
        first_file=first_file,
        left_out=left_out,
        computed=file.computed,
        unfilled=file.unfilled,
    )
    problems = chain(_problems(RULES.report, case), _problems_in_words(file.text, report))
    yield from _without_left_out(problems, left_out)


def _without_left_out(problems: Iterable[Diagnostic], left_out: frozenset[DataPath]) -> Found:
    for problem in problems:
        if not any(_overlap(problem.path, path) for path in left_out):
            yield problem


def _overlap(one: DataPath, other: DataPath) -> bool:
    """Whether one is the other or lies in it."""
    length = min(len(one), len(other))
    return length > 0 and one[:length] == other[:length]


def _continuation(
    file: ReportFile,
    plans: Plans,
    without_errors: dict[tuple[str, str], UnitReport],
    gone: Mapping[str, list[Predecessor]],
) -> Continuation | None:
    if file.report is None:
        return None
    plan, known = plans.of(file.period or file.report.period)
    period = plan.periods.get(file.period or file.report.period)
    unit = file.unit or file.report.unit
    if period is None:
        return None
    earlier = {
        name: without_errors[unit, name]
        for name in period.continued
        if (unit, name) in without_errors
    }
    period_id = file.period or file.report.period
    own = [each for each in gone[period_id] if each.is_included_by(unit)]
    if not earlier and not own:
        return None
    return Continuation(plan, known, period_id, file.report, earlier, own)
