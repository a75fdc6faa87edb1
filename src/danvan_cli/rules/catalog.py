"""Every rule there is, by what it looks at."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from danvan_cli.model.plan import Plan
from danvan_cli.problems import Diagnostic
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
from danvan_cli.rules.continuation import Continuation
from danvan_cli.rules.criteria import CriteriaCase
from danvan_cli.rules.figures import ContinuedTotals
from danvan_cli.rules.history import PastCase, YearsCase
from danvan_cli.rules.issued import IssuedCase
from danvan_cli.rules.office import OfficeCase
from danvan_cli.rules.rating import ApprovedCase, RatingCase
from danvan_cli.rules.registers import RegisterCase, RegistersCase, TrackedCase
from danvan_cli.rules.report import ReportCase

Found: TypeAlias = Iterator[Diagnostic]


class Rules(Struct, frozen=True):
    """Rules by what they look at: a plan, a report, two reports of a unit, the reports of two
    periods, the office's words, the record of what was issued, the plan beside earlier years, and
    the figures of an earlier year.

    `registers` look at all registers of a plan, `register` at one file, `tracked` at what git has
    of them (only `danvan register check` asks it), `approved` at an approved result beside what
    comes out now (only `danvan rate` asks it). `words` look at what a report or the office
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
    approved: Sequence[Callable[[ApprovedCase], Found]]
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
        history.past_figures_are_of_the_plan,
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
    approved=[rating.totals_are_as_approved],
    words=[
        confidential.no_personal_numbers,
        confidential.no_secrecy_markings,
        figure_kinds.decimals_are_quoted,
    ],
    plan_text=[figure_kinds.planned_decimals_are_quoted],
)
