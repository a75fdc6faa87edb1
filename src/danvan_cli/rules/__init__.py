"""All that is checked over values: which rules there are, and what breaks them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.files.workspace import (
    CriteriaFile,
    IssuedFile,
    OfficeFile,
    PlanFile,
    RatingFile,
    ReportFile,
    Workspace,
    valid_parts,
)
from danvan_cli.model import continued, deadlines
from danvan_cli.model.criteria import with_groups as criteria_with_groups
from danvan_cli.model.history import comparable
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, tasks, units_by_id, with_groups
from danvan_cli.model.plan_of_period import (
    Span,
    plan_of_period,
    span_of_section,
    span_of_task,
    spans,
)
from danvan_cli.model.predecessors import Predecessor, predecessors
from danvan_cli.model.succession import with_heirs_in_periods
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import MAX_PROBLEMS, DataPath, Diagnostic, count_errors, limited
from danvan_cli.rules import (
    amendments,
    checks,
    confidential,
    continuation,
    criteria,
    doubtful,
    figure_kinds,
    figures,
    history,
    issued,
    mentions,
    office,
    outline,
    periods,
    plan,
    rating,
    registers,
    report,
    succession,
    taken_over,
    targets,
    unit_deadlines,
    voice,
)
from danvan_cli.rules.comparisons import Compared
from danvan_cli.rules.continuation import Continuation
from danvan_cli.rules.criteria import CriteriaCase
from danvan_cli.rules.figures import ContinuedTotals, Earlier
from danvan_cli.rules.history import PastCase, YearsCase
from danvan_cli.rules.issued import IssuedCase
from danvan_cli.rules.office import OfficeCase
from danvan_cli.rules.rating import RatingCase
from danvan_cli.rules.registers import RegisterCase, RegistersCase, TrackedCase
from danvan_cli.rules.report import Known, ReportCase

Found: TypeAlias = Iterator[Diagnostic]
Case = TypeVar("Case")
_MAKE_DEADLINES = ("when_day_off", "days_off", "working_days")


class Rules(Struct, frozen=True):
    """Rules by what they look at: a plan, a report, two reports of a unit, the reports of two
    periods, the office's words, the record of what was issued, the plan beside earlier years, and
    the figures of an earlier year.

    `registers` look at all registers of a plan, `register` at one file, `tracked` at what git has
    of them (only `danvan register check` asks it). `words` look at what a report or the office
    says, and at the text of the file; `plan_text` at the plan and its text.
    """

    plan: Sequence[Callable[[Plan], Found]]
    registers: Sequence[Callable[[RegistersCase], Found]]
    register: Sequence[Callable[[RegisterCase], Found]]
    tracked: Sequence[Callable[[TrackedCase], Found]]
    report: Sequence[Callable[[ReportCase], Found]]
    continuation: Sequence[Callable[[Continuation], Found]]
    totals: Sequence[Callable[[ContinuedTotals], Found]]
    office: Sequence[Callable[[OfficeCase], Found]]
    issued: Sequence[Callable[[IssuedCase], Found]]
    years: Sequence[Callable[[YearsCase], Found]]
    past: Sequence[Callable[[PastCase], Found]]
    criteria: Sequence[Callable[[CriteriaCase], Found]]
    rating: Sequence[Callable[[RatingCase], Found]]
    words: Sequence[Callable[[str, Struct], Found]]
    plan_text: Sequence[Callable[[str, Plan], Found]]


RULES = Rules(
    plan=[
        plan.ids_are_unique,
        plan.indicators_belong_to_tasks,
        plan.wholes_are_known,
        plan.periods_continue_earlier_ones,
        periods.continued_periods_do_not_overlap,
        periods.some_unit_reports,
        periods.deadlines_are_of_units_that_report,
        plan.units_are_known,
        plan.units_report_before_the_office,
        plan.milestones_are_in_order,
        plan.year_is_that_of_the_figures,
        plan.days_are_in_the_plans_year,
        plan.deadlines_have_one_day,
        plan.spans_do_not_run_backwards,
        plan.wholes_are_no_circle,
        plan.last_years_figures_have_periods,
        plan.data_close_before_the_deadline,
        plan.leads_are_assigned,
        plan.ids_can_name_files,
        plan.last_years_figures_make_sense,
        plan.someone_signs_by_default,
        plan.something_is_assigned_to_someone,
        plan.something_is_assigned_to_units_that_stay,
        plan.mail_can_be_sent,
        plan.award_forms_are_unique,
        plan.councils_name_their_place,
        plan.symbols_have_the_decrees_form,
        plan.units_have_symbols,
        succession.successors_are_no_circle,
        succession.successors_are_there_the_day_after,
        succession.successions_have_a_day,
        succession.shared_figures_are_decided_on,
        succession.names_are_in_order,
        amendments.amendments_are_known,
        amendments.amendments_are_later_than_the_plan,
        amendments.parts_are_reported_once,
        amendments.tasks_are_due_while_they_last,
        amendments.dropped_periods_are_not_continued,
        unit_deadlines.groups_are_told_from_units,
        unit_deadlines.a_unit_has_one_deadline,
        unit_deadlines.extensions_help,
        figure_kinds.rates_are_computed_from_two,
        figure_kinds.fields_fit_the_kind,
        figure_kinds.planned_figures_fit_the_kind,
        figure_kinds.money_is_in_dong,
        figures.phrases_have_a_place_for_the_number,
        figures.figures_can_be_summed,
        targets.targets_have_periods,
        targets.targets_have_units,
        targets.a_unit_has_one_target,
        targets.targets_are_not_negative,
        checks.checks_can_be_read,
        checks.checks_name_indicators,
        checks.checks_meet_figures,
        outline.parts_name_what_is_there,
        outline.nothing_is_placed_twice,
        outline.all_is_placed,
        outline.parts_have_content,
        registers.registers_can_be_read,
        registers.computed_figures_have_registers,
        registers.columns_are_not_personal,
        registers.computed_figures_are_the_units,
    ],
    registers=[registers.registers_are_there, registers.conditions_are_met_by_some_row],
    register=[registers.days_of_rows_have_come],
    tracked=[registers.registers_are_not_in_git],
    report=[
        report.unit_is_in_the_plan,
        report.unit_is_the_files,
        report.year_is_the_plans,
        report.period_is_the_folders,
        report.only_one_file_reports,
        report.tasks_are_in_the_plan,
        report.tasks_are_the_units,
        report.assigned_tasks_are_reported,
        report.results_say_what_was_done,
        report.indicators_are_in_the_plan,
        report.indicators_are_the_units,
        report.figures_are_not_negative,
        registers.figures_agree_with_registers,
        figure_kinds.counts_are_whole,
        figure_kinds.decimals_are_as_many_as_the_plan_says,
        figure_kinds.rates_are_not_typed,
        figure_kinds.yes_or_no_is_not_a_number,
        report.parts_are_within_their_wholes,
        report.parts_come_with_their_wholes,
        report.day_of_sending_is_given,
        report.sent_before_received,
        report.days_have_come,
        report.days_are_since_the_year_began,
        report.unit_exists_at_the_deadline,
        periods.unit_reports_for_the_period,
        report.returned_after_it_came,
        report.awards_have_a_level,
        report.persons_have_names,
        doubtful.notes_explain_figures,
        mentions.words_agree_with_figures,
        mentions.models_agree_with_their_figure,
        checks.figures_keep_to_checks,
    ],
    continuation=[
        continuation.figures_do_not_shrink,
        continuation.figures_are_the_sum,
        taken_over.figures_hold_those_taken_over,
        taken_over.models_taken_over_are_reported,
    ],
    totals=[
        figures.totals_do_not_fall,
        taken_over.heirs_share_all_figures,
        taken_over.added_figures_are_there,
        taken_over.last_figures_are_decided_on,
    ],
    office=[
        office.sections_are_the_plans,
        office.brief_figures_are_the_plans,
        office.tasks_are_the_plans,
        office.tasks_are_printed,
        office.chosen_points_are_of_the_plan,
        outline.all_words_have_a_place,
        voice.office_speaks_for_all,
        office.number_and_day_come_together,
        office.number_has_the_decrees_form,
        office.plan_can_be_cited,
        office.issued_by_today,
        office.issued_since_the_year_began,
        office.proposals_are_for_others,
    ],
    issued=[issued.record_is_of_the_issued_report],
    years=[history.earlier_years_can_be_read, history.typed_figures_are_as_issued],
    past=[
        history.year_is_that_of_the_name,
        history.past_figures_make_sense,
        history.measures_are_as_they_were,
    ],
    criteria=[
        criteria.ids_of_criteria_are_unique,
        criteria.points_make_the_scale,
        criteria.automatic_points_have_a_source,
        criteria.criteria_name_what_is_there,
        criteria.classes_go_down,
        criteria.points_are_within_bounds,
        criteria.bands_rise,
    ],
    rating=[
        rating.scores_name_what_is_there,
        rating.scores_are_within_bounds,
        rating.differences_are_explained,
        rating.scores_are_given_by_whom_they_belong_to,
        rating.appeals_are_decided_whole,
        rating.scores_are_of_the_rated_period,
        rating.approved_by_today,
    ],
    words=[
        confidential.no_personal_numbers,
        confidential.no_secrecy_markings,
        figure_kinds.decimals_are_quoted,
    ],
    plan_text=[figure_kinds.planned_decimals_are_quoted],
)


class KnownPlan(NamedTuple):
    """A plan, and what it has by id."""

    plan: Plan
    known: Known


class Plans(Struct, frozen=True):
    """The year's plan, and the plan as it holds for each period, by id."""

    of_year: KnownPlan
    by_period: Mapping[str, KnownPlan]

    def of(self, period: str | None) -> KnownPlan:
        """That of the year for a period that the plan does not have."""
        return self.by_period.get(period or "", self.of_year)


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
        plans = _plans(the_plan)
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


def _plans(plan: Plan) -> Plans:
    known = _known(plan)
    of_periods = {name: plan_of_period(plan, name) for name in plan.periods}
    return Plans(
        KnownPlan(plan, known),
        {
            name: KnownPlan(its, _known_of_period(known, plan, its))
            for name, its in of_periods.items()
        },
    )


def _known(plan: Plan) -> Known:
    calendar = deadlines.work_calendar(plan)
    return Known(
        units=units_by_id(plan),
        tasks={task.id: task for _, task in tasks(plan)},
        indicators={indicator.id: indicator for indicator in plan.indicators},
        last_days={
            (name, unit): deadlines.last_day(deadline, calendar)
            for name, period in plan.periods.items()
            for unit, deadline in ((None, period.unit_deadline), *period.unit_deadlines.items())
            if (deadline.before is None) != (deadline.by is None)
        },
    )


def _known_of_period(known: Known, plan: Plan, of_period: Plan) -> Known:
    """What there is in a period of what the plan has."""
    if of_period is plan:
        return known
    of_tasks = {task.id: task for _, task in tasks(of_period)}
    of_indicators = {indicator.id: indicator for indicator in of_period.indicators}
    whole: Mapping[str, Span] = {
        **{section.id: span_of_section(section) for section in plan.sections},
        **{task.id: span_of_task(task) for _, task in tasks(plan)},
        **spans(plan),
    }
    sections = {section.id for section in of_period.sections}
    here = sections | of_tasks.keys() | of_indicators.keys()
    return replace(
        known,
        tasks=of_tasks,
        indicators=of_indicators,
        not_now={name: span for name, span in whole.items() if name not in here},
    )
