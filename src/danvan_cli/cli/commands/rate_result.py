"""What `danvan rate` shows or approves: the units as rated, what they were approved with."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import rules
from danvan_cli.evaluation import approval, rating
from danvan_cli.evaluation.classes import UnitRating
from danvan_cli.files import workspace
from danvan_cli.files.paths import CRITERIA_NAME, RATING_NAME
from danvan_cli.files.readings import RatingFile
from danvan_cli.model.criteria import Criteria, with_groups
from danvan_cli.model.plan import units_by_id
from danvan_cli.model.rating import Approval, RatingRecord
from danvan_cli.problems import Diagnostic, Failure, count_errors
from danvan_cli.rules.rating import ApprovedCase
from danvan_cli.tracking.checked_workspace import CheckedWorkspace


class Rated(Struct, frozen=True):
    """The criteria, what people scored by them, and all units, best first.

    `approved`: how the result was approved, None if that was after the day that is looked at.
    """

    checked: CheckedWorkspace
    criteria: Criteria
    record: RatingRecord
    units: list[UnitRating]
    approved: Approval | None


def rated(checked: CheckedWorkspace, period: str | None) -> Rated:
    """As on the day that is looked at, at the latest as on that of the approval.

    Raises Failure without criteria, with errors in them, or for a period they do not rate.
    """
    criteria = _criteria(checked, period)
    record = _scores(checked, criteria.period)
    approved = record.approved
    if approved and approved.on > checked.as_of:
        approved = None
    day = approved.on if approved else checked.as_of
    units = units_on(checked, criteria, record, day)
    if approved and approved.totals:
        units = [replace(each, is_approved=True) for each in units]
    return Rated(checked, criteria, record, units, approved)


def units_on(
    checked: CheckedWorkspace, criteria: Criteria, record: RatingRecord, day: date
) -> list[UnitRating]:
    return rating.rate(checked.plan, criteria, record, checked.statuses(day), checked.history)


def changed(found: Rated, unit: str | None) -> list[Diagnostic]:
    """R496 for each unit, or for this one, whose points are not as approved; with its place."""
    approved, file = found.approved, file_of(found.checked, found.criteria.period)
    if approved is None or file is None:
        return []
    record = approval.as_approved(found.record, approved)
    units = units_on(found.checked, found.criteria, record, approved.on)
    now, known = approval.totals(units), units_by_id(found.checked.plan)
    names = {each: known[each].name for each in approved.totals.keys() | now.keys()}
    asked = {each: name for each, name in names.items() if unit in (None, each)}
    case = ApprovedCase(approved, now, asked)
    return workspace.with_positions(file, rules.problems_of_approved(case))


def file_of(checked: CheckedWorkspace, period: str) -> RatingFile | None:
    return next((file for file in checked.workspace.ratings if file.period == period), None)


def _criteria(checked: CheckedWorkspace, period: str | None) -> Criteria:
    file = checked.workspace.criteria
    if file is None:
        raise Failure(
            f"chưa có {CRITERIA_NAME} cạnh plan.yaml",
            "viết bộ tiêu chí theo mẫu trong docs/huong-dan.md, mục Chấm điểm, xếp loại",
        )
    if file.criteria is None or checked.errors_in(file.path):
        errors = count_errors(checked.findings.get(file.path, []))
        raise Failure(
            f"{CRITERIA_NAME} có {errors} lỗi nên chưa chấm được", "xem từng lỗi: danvan validate"
        )
    criteria = with_groups(file.criteria, checked.plan.unit_groups)
    if period not in (None, criteria.period):
        raise Failure(
            f"{CRITERIA_NAME} xếp loại kỳ “{criteria.period}”, không phải kỳ “{period}”",
            f"danvan rate --period {criteria.period}",
        )
    return criteria


def _scores(checked: CheckedWorkspace, period: str) -> RatingRecord:
    """What people scored; raises Failure where that cannot be used."""
    file = file_of(checked, period)
    if file is None:
        return RatingRecord()
    errors = checked.errors_in(file.path)
    if file.record is None or errors:
        raise Failure(
            f"{RATING_NAME} của kỳ “{period}” có {errors} lỗi nên chưa chấm được",
            "xem từng lỗi: danvan validate",
        )
    return file.record
