"""How far the tasks are, and which deliverables are owed."""

from datetime import date

import pytest
from msgspec.structs import replace

from conftest import PLAN, plan_from, report_from
from danvan_cli.model.plan import Plan
from danvan_cli.model.values import Day
from danvan_cli.tracking import status, tasks
from danvan_cli.tracking.status import Submission
from danvan_cli.tracking.tasks import TaskProgress


def assess(plan: Plan, as_of: date, *filed: Submission) -> dict[str, TaskProgress]:
    statuses = status.assess(plan, list(filed), {}, as_of)
    return {each.task.id: each for each in tasks.assess(plan, statuses, as_of)}


def filed(unit: str, results: str, period: str = "h1", day: str = "29/5/2026") -> Submission:
    text = f"submitted: {day}\nresults: {{{results}}}\n"
    return Submission(unit, period, report_from(unit, text, period))


def test_each_task_counts_its_own_units(plan: Plan) -> None:
    found = assess(
        plan,
        date(2026, 6, 1),
        filed("tong-hop", "'1.1': {status: done, summary: xong}"),
        filed("tiep-dan", "'1.1': {status: ongoing, summary: đều}, '2.1': {status: none_arisen}"),
    )
    assert found["1.1"].counts["done"] == 1
    assert found["1.1"].counts["ongoing"] == 1
    assert found["1.1"].unreported == 1
    assert (found["2.1"].counts["none_arisen"], found["2.1"].units) == (1, 1)


def test_the_latest_report_speaks(plan: Plan) -> None:
    reports = (
        filed("tong-hop", "'1.1': {status: not_started}"),
        filed("tong-hop", "'1.1': {status: done, summary: xong}", "annual", "30/10/2026"),
    )
    assert assess(plan, date(2026, 6, 1), *reports)["1.1"].counts["not_started"] == 1
    assert assess(plan, date(2026, 11, 1), *reports)["1.1"].counts["done"] == 1


def test_a_report_with_errors_says_nothing(plan: Plan) -> None:
    report = report_from("tong-hop", "submitted: 29/5/2026\nresults: {'1.1': {status: done}}\n")
    wrong = Submission("tong-hop", "h1", report, errors=1)
    assert assess(plan, date(2026, 6, 1), wrong)["1.1"].unreported == 3


def test_a_deliverable_is_overdue_for_each_unit_that_owes_it(plan: Plan) -> None:
    done = filed("tong-hop", "'1.2': {status: done, summary: xong}")
    spared = filed("tin-hoc", "'1.2': {status: not_applicable}")
    assert assess(plan, date(2026, 9, 30), done, spared)["1.2"].overdue == 0
    late = assess(plan, date(2026, 10, 2), done, spared)["1.2"]
    assert late.overdue == 1
    (found,) = tasks.overdue_tasks([late])
    assert (found.kind, found.unit, found.task, found.days) == ("task", "tiep-dan", "1.2", 2)


def test_ongoing_work_is_never_overdue(plan: Plan) -> None:
    found = assess(plan, date(2026, 12, 31))
    assert found["1.1"].overdue == 0


def test_a_unit_owes_nothing_that_was_due_before_it_was_there(plan: Plan) -> None:
    units = [
        replace(unit, from_=Day(2026, 10, 1)) if unit.id == "tin-hoc" else unit
        for unit in plan.units
    ]
    day = date(2026, 11, 1)
    found, young = assess(plan, day)["1.2"], assess(replace(plan, units=units), day)["1.2"]
    assert [unit.id for unit in found.owing] == ["tong-hop", "tiep-dan", "tin-hoc"]
    assert [unit.id for unit in young.owing] == ["tong-hop", "tiep-dan"]
    assert (young.units, young.overdue) == (2, 2)


@pytest.mark.parametrize(("result", "owing"), [("in_progress", ["tong-hop"]), ("done", [])])
def test_what_a_unit_that_is_gone_left_undone_is_its_heirs(result: str, owing: list[str]) -> None:
    text = PLAN.replace("due: {by: 2026-09-30}", "due: {by: 2026-05-31}, assigned: [tin-hoc]")
    merged = text.replace("short: TTTH}", "short: TTTH, until: 2026-06-30, into: [tong-hop]}")
    given = (
        filed("tong-hop", "'1.1': {status: done, summary: xong}"),
        filed("tin-hoc", f"'1.2': {{status: {result}, summary: A}}"),
    )
    for day, owes in ((date(2026, 6, 30), ["tin-hoc"] if owing else []), (date(2026, 7, 1), owing)):
        task = assess(plan_from(merged), day, *given)["1.2"]
        assert [unit.id for unit in task.owing] == owes
        assert task.units == 1
