"""What scores (`_rating.yaml`) must keep to."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.criteria import Criteria, Criterion
from danvan_cli.model.plan import Plan
from danvan_cli.model.rating import Approval, RatingRecord, Score
from danvan_cli.model.values import Points
from danvan_cli.problems import (
    ERROR,
    WARNING,
    DataPath,
    Diagnostic,
    did_you_mean,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.rules.criteria import known_ids
from danvan_cli.rules.days import in_the_future


class RatingCase(Struct, frozen=True):
    """The scores of a period to be checked; `period`: that of its folder."""

    plan: Plan
    criteria: Criteria
    record: RatingRecord
    period: str | None
    today: date


@rule("R490", ERROR, "Bảng chấm nhắc đến mã không có")
def scores_name_what_is_there(case: RatingCase) -> Iterator[Diagnostic]:
    """A misspelt id would leave a score out without a word."""
    guess = limit_guesses(did_you_mean)
    for what, name, known, path, at_key in _names(case):
        if name not in known:
            yield Diagnostic(
                code="R490",
                message=f"không có {what} {quoted(name)}",
                hint=guess(name, known) or f"{what} có: {', '.join(known) or 'chưa có'}",
                path=path,
                at_key=at_key,
            )


def _names(case: RatingCase) -> Iterator[tuple[str, str, Collection[str], DataPath, bool]]:
    """What is named, by which id, the ids that there are, the place, and whether it is a key."""
    units = [unit.id for unit in case.plan.units]
    criteria = list(known_ids(case.criteria))
    added = {
        "bonus": ("điểm thưởng", [each.id for each in case.criteria.bonus]),
        "deductions": ("điểm trừ", [each.id for each in case.criteria.deductions]),
    }
    fields: dict[str, Mapping[str, Mapping[str, object]]] = {
        "self": case.record.own,
        "council": case.record.council,
        "bonus": case.record.bonus,
        "deductions": case.record.deductions,
    }
    for field, by_unit in fields.items():
        what, known = added.get(field, ("tiêu chí", criteria))
        for unit, given in by_unit.items():
            yield "đơn vị", unit, units, (field, unit), True
            for name in given:
                yield what, name, known, (field, unit, name), True
    for unit in case.record.approved.totals if case.record.approved else ():
        yield "đơn vị", unit, units, ("approved", "totals", unit), True
    for i, appeal in enumerate(case.record.appeals):
        yield "đơn vị", appeal.unit, units, ("appeals", i, "unit"), False
        yield "tiêu chí", appeal.criterion, criteria, ("appeals", i, "criterion"), False


@rule("R491", ERROR, "Điểm chấm ngoài khoảng cho phép")
def scores_are_within_bounds(case: RatingCase) -> Iterator[Diagnostic]:
    """From 0 to the criterion's points."""
    known = known_ids(case.criteria)
    for path, name, typed in _points(case.record):
        criterion = known.get(name)
        if criterion and not 0 <= typed <= criterion.points:
            yield Diagnostic(
                code="R491",
                message=f"tiêu chí {name} được chấm {typed} điểm, phải từ 0 đến {criterion.points}",
                hint="sửa điểm; điểm lẻ viết trong dấu nháy, ví dụ '7,5'",
                path=path,
            )


def _scores(record: RatingRecord) -> Iterator[tuple[DataPath, str, Score]]:
    for field, by_unit in (("self", record.own), ("council", record.council)):
        for unit, given in by_unit.items():
            for name, score in given.items():
                yield (field, unit, name), name, score


def _points(record: RatingRecord) -> Iterator[tuple[DataPath, str, Points]]:
    for path, name, score in _scores(record):
        yield (*path, "points"), name, score.points
    for i, appeal in enumerate(record.appeals):
        if appeal.points is not None:
            yield ("appeals", i, "points"), appeal.criterion, appeal.points


@rule("R492", WARNING, "Hội đồng chấm khác đơn vị mà chưa nêu lý do")
def differences_are_explained(case: RatingCase) -> Iterator[Diagnostic]:
    """A unit that is given other points than it gave itself asks why."""
    least = case.criteria.explain_from
    for unit, given in case.record.council.items():
        for name, score in given.items():
            own = case.record.own.get(unit, {}).get(name)
            if own is None or score.reason:
                continue
            difference = abs(own.points - score.points)
            if difference and difference >= least:
                yield Diagnostic(
                    code="R492",
                    message=f"tiêu chí {name}: đơn vị tự chấm {own.points}, Hội đồng chấm "
                    f"{score.points}, chênh {vietnamese.number(difference)} mà chưa nêu lý do",
                    hint="ghi reason; mức chênh phải nêu lý do ở explain_from của criteria.yaml",
                    path=("council", unit, name, "points"),
                )


@rule("R493", ERROR, "Tiêu chí không chấm theo cách này")
def scores_are_given_by_whom_they_belong_to(case: RatingCase) -> Iterator[Diagnostic]:
    """Automatic points are computed, never typed; only its council gives a council's points."""
    known = known_ids(case.criteria)
    for path, name, _ in _scores(case.record):
        criterion = known.get(name)
        if criterion and (message := _wrong_judge(criterion, str(path[0]))):
            yield Diagnostic(
                code="R493",
                message=message,
                hint="bỏ điểm này, hoặc sửa by của tiêu chí trong criteria.yaml",
                path=path,
                at_key=True,
            )
        elif criterion and criterion.applies_to and path[1] not in criterion.applies_to:
            yield Diagnostic(
                code="R493",
                message=f"tiêu chí {name} không áp dụng với đơn vị {path[1]}",
                hint="bỏ điểm này, hoặc sửa applies_to của tiêu chí trong criteria.yaml",
                path=path,
                at_key=True,
            )


def _wrong_judge(criterion: Criterion, field: str) -> str | None:
    if criterion.by == "auto":
        return f"tiêu chí {criterion.id} do chương trình chấm, không ghi điểm"
    if criterion.by == "council" and field == "self":
        return f"tiêu chí {criterion.id} do Hội đồng chấm, đơn vị không tự chấm"
    return None


@rule("R494", ERROR, "Kiến nghị về điểm chưa đủ")
def appeals_are_decided_whole(case: RatingCase) -> Iterator[Diagnostic]:
    """A decided appeal says which points hold; one that is not decided yet says none."""
    for i, appeal in enumerate(case.record.appeals):
        if (appeal.decided is None) != (appeal.points is None):
            there, missing = (
                ("decided", "points") if appeal.points is None else ("points", "decided")
            )
            yield Diagnostic(
                code="R494",
                message=f"kiến nghị có {there} mà thiếu {missing}",
                hint="đã giải quyết thì ghi cả ngày (decided) và điểm (points); điểm giữ nguyên "
                "thì ghi lại điểm cũ",
                path=("appeals", i, there),
            )
        elif appeal.decided and appeal.decided < appeal.on:
            yield Diagnostic(
                code="R494",
                message=f"ngày giải quyết ({vietnamese.short_day(appeal.decided)}) trước ngày "
                f"kiến nghị ({vietnamese.short_day(appeal.on)})",
                hint="xem lại on và decided",
                path=("appeals", i, "decided"),
            )


@rule("R495", ERROR, "Bảng chấm không phải của kỳ xếp loại")
def scores_are_of_the_rated_period(case: RatingCase) -> Iterator[Diagnostic]:
    """Scores in another period's folder would be counted nowhere."""
    if case.period is not None and case.period != case.criteria.period:
        yield Diagnostic(
            code="R495",
            message=f"criteria.yaml xếp loại kỳ “{case.criteria.period}”, tệp này ở kỳ "
            f"“{case.period}”",
            hint=f"chuyển tệp sang thư mục {case.criteria.period}, hoặc sửa period trong "
            "criteria.yaml",
            path=(),
        )


def approved_by_today(case: RatingCase) -> Iterator[Diagnostic]:
    """R417: a day to come is a slip of the pen."""
    if case.record.approved:
        yield from in_the_future(("approved", "on"), case.record.approved.on, case.today)


class ApprovedCase(Struct, frozen=True):
    """An approved result; only who has computed points can ask.

    `now`: the totals by unit id without appeals that were decided since; `names`: of the units to
    be looked at.
    """

    approved: Approval
    now: Mapping[str, Decimal]
    names: Mapping[str, str]


@rule("R496", ERROR, "Điểm khác kết quả đã phê duyệt")
def totals_are_as_approved(case: ApprovedCase) -> Iterator[Diagnostic]:
    """After the approval only an appeal changes points."""
    approved = case.approved
    for unit, name in case.names.items():
        before, after = approved.totals.get(unit), case.now.get(unit)
        if not approved.totals or before == after:
            continue
        yield Diagnostic(
            code="R496",
            message=f"{name}: {_total(before, 'không có tổng điểm')} trong kết quả phê duyệt ngày "
            f"{vietnamese.short_day(approved.on)}, nay tính ra {_total(after, 'không xếp loại')}",
            hint=f"tìm chỗ đã sửa: danvan rate --unit {unit}, git log; sau khi phê duyệt chỉ đổi "
            "điểm bằng kiến nghị được giải quyết sau ngày ấy (appeals)",
            path=("approved", "totals", *([] if before is None else [unit])),
        )


def _total(points: Decimal | None, without: str) -> str:
    return without if points is None else f"{vietnamese.points(points)} điểm"
