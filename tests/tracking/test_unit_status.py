"""Who has reported, how, and what is overdue, day by day."""

from datetime import date

import pytest

from conftest import PLAN, plan_from, report_from
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan
from danvan_cli.model.values import Day
from danvan_cli.tracking import status
from danvan_cli.tracking.status import PeriodStatus, Submission, UnitStatus


def submission(text: str, errors: int = 0, unit: str = "tong-hop") -> Submission:
    return Submission(unit, "h1", report_from(unit, text), errors)


def h1(
    plan: Plan, as_of: date, *filed: Submission, office: OfficeReport | None = None
) -> PeriodStatus:
    offices = {"h1": office} if office else {}
    return status.assess(plan, list(filed), offices, as_of)[0]


def first_unit(plan: Plan, as_of: date, *filed: Submission) -> UnitStatus:
    return h1(plan, as_of, *filed).units[0]


@pytest.mark.parametrize(
    ("received", "state", "days"),
    [("1/6/2026", "on_time", 0), ("2/6/2026", "late", 1), ("5/6/2026", "late", 4)],
)
def test_the_day_it_was_received_decides(plan: Plan, received: str, state: str, days: int) -> None:
    filed = submission(f"submitted: 29/5/2026\nreceived: {received}\n")
    unit = first_unit(plan, date(2026, 6, 10), filed)
    assert (unit.state, unit.days, unit.submitted) == (state, days, date(2026, 5, 29))


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        (date(2026, 5, 31), "pending", 1),
        (date(2026, 6, 1), "pending", 0),
        (date(2026, 6, 2), "overdue", 1),
        (date(2026, 6, 5), "overdue", 4),
    ],
)
def test_a_missing_report_is_pending_until_the_last_day_is_over(
    plan: Plan, day: date, state: str, days: int
) -> None:
    unit = first_unit(plan, day)
    assert (unit.state, unit.days) == (state, days)


def test_what_came_after_the_day_is_not_there_yet(plan: Plan) -> None:
    filed = submission("submitted: 29/5/2026\nreceived: 1/6/2026\n", errors=2)
    assert first_unit(plan, date(2026, 5, 31), filed).state == "pending"
    assert first_unit(plan, date(2026, 5, 31), filed).errors == 0
    assert first_unit(plan, date(2026, 6, 1), filed).state == "invalid"


def test_a_report_with_errors_counts_nowhere(plan: Plan) -> None:
    unit = first_unit(plan, date(2026, 6, 1), submission("submitted: 29/5/2026\n", errors=2))
    assert (unit.state, unit.days, unit.errors, unit.report) == ("invalid", None, 2, None)


def test_a_file_that_cannot_be_understood_is_invalid(plan: Plan) -> None:
    unit = first_unit(plan, date(2026, 5, 1), Submission("tong-hop", "h1", None, 3))
    assert (unit.state, unit.errors) == ("invalid", 3)


def test_a_file_that_cannot_be_understood_is_not_there_before_the_day_on_it(plan: Plan) -> None:
    submission_dates = report_from("tong-hop", "submitted: 29/5/2026\n")
    filed = Submission("tong-hop", "h1", None, 3, submission_dates)
    assert first_unit(plan, date(2026, 5, 28), filed).state == "pending"
    unit = first_unit(plan, date(2026, 5, 29), filed)
    assert (unit.state, unit.errors, unit.report) == ("invalid", 3, None)


def test_a_draft_is_no_report(plan: Plan) -> None:
    unit = first_unit(plan, date(2026, 6, 3), submission("leadership: đang viết\n", errors=1))
    assert (unit.state, unit.days, unit.errors) == ("overdue", 2, 1)


def test_a_returned_report_is_returned_from_that_day_on(plan: Plan) -> None:
    filed = submission("submitted: 29/5/2026\nreturned: {date: 30/5/2026, reason: thiếu số liệu}\n")
    assert first_unit(plan, date(2026, 5, 29), filed).state == "on_time"
    returned = first_unit(plan, date(2026, 5, 30), filed)
    assert (returned.state, returned.days, returned.returned_reason) == (
        "returned",
        None,
        "thiếu số liệu",
    )


def test_a_unit_is_expected_only_where_it_exists_on_the_last_day() -> None:
    plan = plan_from(
        PLAN.replace("short: TH}", "short: TH, until: 2026-06-30}").replace(
            "short: TTTH}", "short: TTTH, from: 2026-07-01}"
        )
    )
    first, second = status.assess(plan, [], {}, date(2026, 6, 1))
    assert [each.unit.id for each in first.units] == ["tong-hop", "tiep-dan"]
    assert [each.unit.id for each in second.units] == ["tiep-dan", "tin-hoc"]


@pytest.mark.parametrize(
    ("issued", "as_of", "state", "days"),
    [
        (None, date(2026, 6, 4), "pending", 0),
        (None, date(2026, 6, 5), "overdue", 1),
        (Day(2026, 6, 4), date(2026, 6, 5), "done", 0),
        (Day(2026, 6, 6), date(2026, 6, 8), "late", 2),
        (Day(2026, 6, 6), date(2026, 6, 5), "overdue", 1),
    ],
)
def test_the_offices_report_is_met_by_its_issue(
    plan: Plan, issued: Day | None, as_of: date, state: str, days: int
) -> None:
    office = h1(plan, as_of, office=OfficeReport(issued=issued)).office
    assert (office.state, office.days) == (state, days)


def test_periods_stand_in_the_order_of_their_deadlines() -> None:
    head, h1_text = PLAN.split("  h1:\n")
    h1_text, annual = h1_text.split("  annual:\n")
    annual, tail = annual.split("indicators:")
    swapped = f"{head}  annual:\n{annual}  h1:\n{h1_text}indicators:{tail}"
    assert status.period_ids(plan_from(swapped)) == ["h1", "annual"]


def test_overdue_lists_missing_wrong_and_returned_reports_but_no_late_ones(plan: Plan) -> None:
    late = submission("submitted: 3/6/2026\n")
    wrong = submission("submitted: 29/5/2026\n", errors=1, unit="tiep-dan")
    statuses = status.assess(plan, [late, wrong], {}, date(2026, 6, 5))
    found = [(each.kind, each.unit, each.days) for each in status.overdue_reports(statuses)]
    assert found == [
        ("unit_report", "tiep-dan", 4),
        ("unit_report", "tin-hoc", 4),
        ("office_report", None, 1),
    ]


def test_nothing_is_overdue_on_the_last_day(plan: Plan) -> None:
    statuses = status.assess(plan, [], {}, date(2026, 6, 1))
    assert list(status.overdue_reports(statuses)) == []


def test_states_are_told_in_words(plan: Plan) -> None:
    late = submission("submitted: 3/6/2026\n")
    period = h1(plan, date(2026, 6, 5), late)
    assert [unit.in_words for unit in period.units] == [
        "muộn 2 ngày",
        "quá hạn 4 ngày",
        "quá hạn 4 ngày",
    ]
    assert first_unit(plan, date(2026, 6, 1)).in_words == "hạn hôm nay"
    assert period.office.in_words == "quá hạn 1 ngày"
