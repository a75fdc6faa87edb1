"""The types of `criteria.yaml`: by what the office rates its units, and into which classes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from msgspec import Meta, field
from msgspec.structs import replace

from danvan_cli.model.record import Record
from danvan_cli.model.values import Day, Id, Label, Percent, Points, Text

Judge = Literal["auto", "self", "council"]
JUDGE_NAMES: dict[Judge, str] = {
    "auto": "tự động",
    "self": "đơn vị tự chấm",
    "council": "Hội đồng chấm",
}
NotClassed = Literal["no_report", "no_self_score", "not_all_periods"]
NOT_CLASSED_NAMES: dict[NotClassed, str] = {
    "no_report": "không gửi báo cáo của kỳ xếp loại",
    "no_self_score": "không tự chấm điểm",
    "not_all_periods": "không hoạt động đủ các kỳ báo cáo trong năm",
}


class Decision(Record, frozen=True, kw_only=True):
    """The decision that prescribes the criteria, or approves the result."""

    number: Text
    issued: Day


class Timeliness(Record, frozen=True, kw_only=True):
    """Points for reports in time, less `per_day` of delay; `never_sent`: for one never sent."""

    per_day: Points
    never_sent: Points = field(default_factory=Points)


class Each(Record, frozen=True, kw_only=True):
    """Points taken off for each return of a report, or each error in it."""

    each: Points


class Share(Record, frozen=True, kw_only=True):
    """Points by the share of what was owed that was given; it has nothing to be set."""


class Band(Record, frozen=True, kw_only=True):
    """From this value on there are these points; below the lowest band there are none."""

    from_: Points = field(name="from")
    points: Points


class OfFigure(Record, frozen=True, kw_only=True):
    """Points by an indicator's figure, or by its share in percent of another one's (`of`)."""

    id: Id
    of: Id | None = None
    bands: Annotated[list[Band], Meta(min_length=1)]


class OfTarget(Record, frozen=True, kw_only=True):
    """Points by how much of its target in the plan an indicator reaches, at most all."""

    id: Id


class OfModels(Record, frozen=True, kw_only=True):
    """Points for each model that is registered or implemented, and for each recognized."""

    registered: Points = field(default_factory=Points)
    recognized: Points = field(default_factory=Points)
    most: Points | None = None


class Compared(Record, frozen=True, kw_only=True):
    """Points by the change in percent of an indicator against the same period last year."""

    figure: Id
    with_: Literal["previous"] = field(name="with", default="previous")
    bands: Annotated[list[Band], Meta(min_length=1)]


class Source(Record, frozen=True, kw_only=True):
    """Where automatic points come from: exactly one of these (P383)."""

    timeliness: Timeliness | None = None
    returned: Each | None = None
    completeness: Share | None = None
    errors: Each | None = None
    tasks_done_in_time: Share | None = None
    figure: OfFigure | None = None
    target: OfTarget | None = None
    models: OfModels | None = None
    compared: Compared | None = None


class Criterion(Record, frozen=True, kw_only=True):
    """One criterion (tiêu chí). `points`: the most it gives; `applies_to` empty: to all units."""

    id: Label
    text: Text
    points: Points
    by: Judge
    from_: Source | None = field(name="from", default=None)
    applies_to: list[Id] = []


class CriteriaGroup(Record, frozen=True, kw_only=True):
    id: Label
    title: Text
    criteria: Annotated[list[Criterion], Meta(min_length=1)]


class Adjustment(Record, frozen=True, kw_only=True):
    """Points added or taken off beside the scale.

    `points`: for each time; `most`: the cap. `from`: counted automatically, of a deduction what is
    lost of the cap (of `points`, without one).
    """

    id: Label
    text: Text
    points: Points
    most: Points | None = None
    from_: Source | None = field(name="from", default=None)


class RatingClass(Record, frozen=True, kw_only=True):
    """A class (xếp loại), best first. `at_most`: the share of the units rated."""

    id: Id
    name: Text
    from_: Points = field(name="from")
    at_most: Percent | None = None


class Ceiling(Record, frozen=True, kw_only=True):
    """A unit with this deduction gets no better class than this."""

    when: Label
    class_: Id = field(name="class")


class Criteria(Record, frozen=True, kw_only=True):
    """How units are rated for a period.

    `scale`: what the points of all criteria add up to; `out_of`: what a total is told out of, if
    that is something else (325 points told out of 100). `explain_from`: the difference from which
    the council says why it gives other points than the unit gave itself.
    """

    decision: Decision | None = None
    period: Id
    scale: Points
    out_of: Points | None = None
    groups: Annotated[list[CriteriaGroup], Meta(min_length=1)]
    bonus: list[Adjustment] = []
    deductions: list[Adjustment] = []
    classes: Annotated[list[RatingClass], Meta(min_length=1)]
    not_classed: list[NotClassed] = []
    ceilings: list[Ceiling] = []
    explain_from: Points = field(default_factory=lambda: Points(1))


def all_criteria(criteria: Criteria) -> Iterator[tuple[CriteriaGroup, Criterion]]:
    """Every criterion with its group, in the order of the file."""
    return ((group, criterion) for group in criteria.groups for criterion in group.criteria)


def with_groups(criteria: Criteria, groups: Mapping[str, Sequence[str]]) -> Criteria:
    """With the units of each group of the plan in place of the group's id."""

    def for_units(criterion: Criterion) -> Criterion:
        units = [unit for name in criterion.applies_to for unit in groups.get(name, [name])]
        return replace(criterion, applies_to=list(dict.fromkeys(units)))

    return replace(
        criteria,
        groups=[
            replace(group, criteria=[for_units(criterion) for criterion in group.criteria])
            for group in criteria.groups
        ],
    )
