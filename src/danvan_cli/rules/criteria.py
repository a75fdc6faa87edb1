"""What the office's criteria (`criteria.yaml`) must keep to, so that points can be given."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.criteria import (
    Adjustment,
    Band,
    Criteria,
    Criterion,
    Source,
)
from danvan_cli.model.plan import Plan
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


class CriteriaCase(Struct, frozen=True):
    """Criteria to be checked against the plan, its groups of units in place."""

    plan: Plan
    criteria: Criteria


@rule("P381", ERROR, "Mã trong bộ tiêu chí bị trùng")
def ids_of_criteria_are_unique(case: CriteriaCase) -> Iterator[Diagnostic]:
    """Scores and deductions are looked up by id, whatever kind it is of."""
    seen: dict[str, str] = {}
    for kind, name, path in _ids(case.criteria):
        if name in seen:
            yield Diagnostic(
                code="P381",
                message=f"{kind} có mã {quoted(name)} trùng với {seen[name]} ở trên",
                hint="mỗi nhóm, mỗi tiêu chí, điểm thưởng, điểm trừ, loại có một mã riêng",
                path=path,
            )
        seen.setdefault(name, kind)


def _ids(criteria: Criteria) -> Iterator[tuple[str, str, DataPath]]:
    """Kind, id and place of all but the groups, whose ids only need to differ among themselves."""
    for path, criterion in _criteria(criteria):
        yield "tiêu chí", criterion.id, (*path, "id")
    for field, kind in (("bonus", "điểm thưởng"), ("deductions", "điểm trừ")):
        adjustments: list[Adjustment] = getattr(criteria, field)
        for i, adjustment in enumerate(adjustments):
            yield kind, adjustment.id, (field, i, "id")
    for i, group in enumerate(criteria.groups):
        yield "nhóm", f"nhóm {group.id}", ("groups", i, "id")
    for i, each in enumerate(criteria.classes):
        yield "loại", f"loại {each.id}", ("classes", i, "id")


def _criteria(criteria: Criteria) -> Iterator[tuple[DataPath, Criterion]]:
    for i, group in enumerate(criteria.groups):
        for j, criterion in enumerate(group.criteria):
            yield ("groups", i, "criteria", j), criterion


@rule("P382", ERROR, "Điểm các tiêu chí không bằng thang điểm")
def points_make_the_scale(case: CriteriaCase) -> Iterator[Diagnostic]:
    """What a unit has of its criteria is told in the scale, which their points add up to."""
    scale = case.criteria.scale
    groups = [
        (group, sum((each.points for each in group.criteria), Decimal(0)))
        for group in case.criteria.groups
    ]
    total = sum((points for _, points in groups), Decimal(0))
    if total != scale:
        parts = ", ".join(f"{group.id}: {vietnamese.number(points)}" for group, points in groups)
        yield Diagnostic(
            code="P382",
            message=f"điểm các tiêu chí cộng lại là {vietnamese.number(total)} (nhóm {parts}), "
            f"thang điểm (scale) là {vietnamese.number(scale)}",
            hint="sửa điểm của tiêu chí hoặc sửa scale",
            path=("scale",),
        )


@rule("P383", ERROR, "Nguồn điểm của tiêu chí chưa đúng")
def automatic_points_have_a_source(case: CriteriaCase) -> Iterator[Diagnostic]:
    """Automatic points come from one place; others are given by people."""
    for path, criterion in _criteria(case.criteria):
        if criterion.by != "auto" and criterion.from_:
            yield Diagnostic(
                code="P383",
                message=f"tiêu chí {criterion.id} do người chấm (by: {criterion.by}) nên không có "
                "nguồn điểm",
                hint="bỏ from, hoặc ghi by: auto",
                path=(*path, "from"),
            )
        elif criterion.by == "auto":
            yield from _one_source(path, f"tiêu chí {criterion.id}", criterion.from_)
    for field in ("bonus", "deductions"):
        adjustments: list[Adjustment] = getattr(case.criteria, field)
        for i, adjustment in enumerate(adjustments):
            if adjustment.from_:
                yield from _one_source((field, i), adjustment.id, adjustment.from_)


def _one_source(path: DataPath, what: str, source: Source | None) -> Iterator[Diagnostic]:
    named = _named(source) if source else []
    if len(named) != 1:
        known = ", ".join(Source.__struct_encode_fields__)
        given = f"có {len(named)} nguồn điểm: {', '.join(named)}" if named else "chưa có nguồn điểm"
        yield Diagnostic(
            code="P383",
            message=f"{what} tự động chấm mà {given}",
            hint=f"ghi một nguồn ở from, trong số: {known}",
            path=(*path, "from") if source else path,
        )


def _named(source: Source) -> list[str]:
    """The sources that are given; there should be one."""
    return [name for name in Source.__struct_encode_fields__ if getattr(source, name) is not None]


@rule("P384", ERROR, "Bộ tiêu chí nhắc đến mã không có")
def criteria_name_what_is_there(case: CriteriaCase) -> Iterator[Diagnostic]:
    """A misspelt id would leave points out without a word."""
    guess = limit_guesses(did_you_mean)
    for what, name, known, path in _names(case):
        if name not in known:
            yield Diagnostic(
                code="P384",
                message=f"không có {what} {quoted(name)}",
                hint=guess(name, known) or f"{what} có: {', '.join(known) or 'chưa có'}",
                path=path,
            )


def _names(case: CriteriaCase) -> Iterator[tuple[str, str, Collection[str], DataPath]]:
    """What is named, by which id, the ids that there are, and the place."""
    plan, criteria = case.plan, case.criteria
    yield "kỳ báo cáo", criteria.period, plan.periods, ("period",)
    units = [*(unit.id for unit in plan.units), *plan.unit_groups]
    for path, criterion in _criteria(criteria):
        for i, unit in enumerate(criterion.applies_to):
            yield "đơn vị", unit, units, (*path, "applies_to", i)
    indicators = [indicator.id for indicator in plan.indicators]
    for path, source in _sources(criteria):
        for name, indicator in _indicators(source):
            yield "chỉ tiêu", indicator, indicators, (*path, *name)
    deductions = [adjustment.id for adjustment in criteria.deductions]
    classes = [each.id for each in criteria.classes]
    for i, ceiling in enumerate(criteria.ceilings):
        yield "điểm trừ", ceiling.when, deductions, ("ceilings", i, "when")
        yield "loại", ceiling.class_, classes, ("ceilings", i, "class")


def _sources(criteria: Criteria) -> Iterator[tuple[DataPath, Source]]:
    for path, criterion in _criteria(criteria):
        if criterion.from_:
            yield (*path, "from"), criterion.from_
    for field in ("bonus", "deductions"):
        adjustments: list[Adjustment] = getattr(criteria, field)
        for i, adjustment in enumerate(adjustments):
            if adjustment.from_:
                yield (field, i, "from"), adjustment.from_


def _indicators(source: Source) -> Iterator[tuple[DataPath, str]]:
    if source.figure:
        yield ("figure", "id"), source.figure.id
        if source.figure.of:
            yield ("figure", "of"), source.figure.of
    if source.target:
        yield ("target", "id"), source.target.id
    if source.compared:
        yield ("compared", "figure"), source.compared.figure


@rule("P385", ERROR, "Các loại không xếp từ cao xuống thấp")
def classes_go_down(case: CriteriaCase) -> Iterator[Diagnostic]:
    """The first class that the points reach is the unit's, so the best comes first."""
    classes = case.criteria.classes
    for i, (better, worse) in enumerate(pairwise(classes), 1):
        if better.from_ <= worse.from_:
            yield Diagnostic(
                code="P385",
                message=f"loại {worse.name} từ {worse.from_} điểm, không thấp hơn loại "
                f"{better.name} ghi trước nó (từ {better.from_} điểm)",
                hint="ghi loại cao nhất trước, mỗi loại sau có from nhỏ hơn",
                path=("classes", i, "from"),
            )


@rule("P386", ERROR, "Điểm ngoài khoảng cho phép")
def points_are_within_bounds(case: CriteriaCase) -> Iterator[Diagnostic]:
    """No criterion gives less than nothing, no band more than its criterion."""
    yield from _positive(case.criteria.scale, "thang điểm", ("scale",))
    if case.criteria.out_of is not None:
        yield from _positive(case.criteria.out_of, "thang quy đổi", ("out_of",))
    for path, criterion in _criteria(case.criteria):
        yield from _positive(
            criterion.points, f"điểm của tiêu chí {criterion.id}", (*path, "points")
        )
        for place, bands in _bands(criterion.from_):
            yield from _within(bands, criterion.points, (*path, "from", *place))
    for field in ("bonus", "deductions"):
        adjustments: list[Adjustment] = getattr(case.criteria, field)
        for i, each in enumerate(adjustments):
            yield from _positive(each.points, f"điểm của {each.id}", (field, i, "points"))


def _positive(typed: Points, what: str, path: DataPath) -> Iterator[Diagnostic]:
    if typed <= 0:
        yield Diagnostic(
            code="P386",
            message=f"{what} là {typed}, phải lớn hơn 0",
            hint="điểm trừ cũng ghi bằng số dương",
            path=path,
        )


def _bands(source: Source | None) -> Iterator[tuple[DataPath, list[Band]]]:
    if source and source.figure:
        yield ("figure", "bands"), source.figure.bands
    if source and source.compared:
        yield ("compared", "bands"), source.compared.bands


def _within(bands: list[Band], most: Decimal, path: DataPath) -> Iterator[Diagnostic]:
    for i, band in enumerate(bands):
        if not 0 <= band.points <= most:
            yield Diagnostic(
                code="P386",
                message=f"mức từ {band.from_} cho {band.points} điểm, phải từ 0 đến "
                f"{vietnamese.number(most)}",
                hint="không mức nào cho nhiều điểm hơn tiêu chí",
                path=(*path, i, "points"),
            )


@rule("P387", WARNING, "Mức điểm không tăng dần")
def bands_rise(case: CriteriaCase) -> Iterator[Diagnostic]:
    """Mostly a slip: a better value would get fewer points, or two bands begin at one value."""
    for path, source in _sources(case.criteria):
        for place, bands in _bands(source):
            ordered = sorted(bands, key=lambda band: band.from_)
            for lower, higher in pairwise(ordered):
                is_same = lower.from_ == higher.from_
                if is_same or lower.points > higher.points:
                    yield Diagnostic(
                        code="P387",
                        message=f"mức từ {higher.from_} cho {higher.points} điểm, mức từ "
                        f"{lower.from_} cho {lower.points} điểm",
                        hint="xem lại from và points của các mức",
                        path=(*path, *place, bands.index(higher)),
                    )


def known_ids(criteria: Criteria) -> Mapping[str, Criterion]:
    """The criteria by id."""
    return {criterion.id: criterion for _, criterion in _criteria(criteria)}
