"""The proposals of a report, grouped by the body that they are addressed to.

A unit's proposal to the office itself does not go up: the office would petition itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from danvan_cli.model import addressees
from danvan_cli.model.addressees import Bodies
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Period, Plan, Unit
from danvan_cli.model.unit_report import LIST_TITLES, Proposal, UnitReport
from danvan_cli.report.combined_report import (
    Point,
    PointGroup,
    ProposalGroup,
    Proposals,
    Reported,
    Sentence,
)
from danvan_cli.report.merging import paragraphs_of
from danvan_cli.report.sentences import key

Asked: TypeAlias = Reported[str | Proposal]


def is_own(item: str | Proposal, known: Bodies) -> bool:
    """Whether the office itself, or one of its units, has to answer this."""
    body = addressees.addressee(item, known)
    return body is not None and body.is_own


def to_the_office(
    units: Sequence[Unit], reports: dict[str, UnitReport], known: Bodies
) -> list[Asked]:
    """The units' proposals that do not go up."""
    return [asked for asked in _asked(units, reports) if is_own(asked.item, known)]


def proposals(
    plan: Plan, period: Period, own: OfficeReport, reports: dict[str, UnitReport], known: Bodies
) -> Proposals:
    """What goes up: the office's own list, or else those of the units that are for other bodies."""
    if own.proposals:
        groups = _groups(own.proposals, known, period)
        texts = [addressees.text_of(item).strip() for group in groups for item in group.items]
        return _passage(known, paragraphs=texts, by_addressee=groups)
    asked = [one for one in _asked(plan.units, reports) if not is_own(one.item, known)]
    return of_units(asked, known, period, plan.document.most_points)


def of_units(
    asked: Sequence[Asked], known: Bodies, period: Period, most: int | None = None
) -> Proposals:
    """The units' proposals, each once; `most`: of more than that the last are left out."""
    units: dict[str, list[Unit]] = {}
    for one in asked:
        units.setdefault(key(addressees.text_of(one.item)), []).append(one.unit)
    groups = _groups([one.item for one in asked], known, period)
    points = [
        _point(text, units[key(text)])
        for group in groups
        for text in map(addressees.text_of, group.items)
    ]
    left_out = [] if most is None else points[most:]
    printed = points[:most]
    return _passage(
        known,
        groups=[PointGroup(printed, left_out)],
        by_addressee=list(_first(groups, len(printed))),
    )


def _passage(
    known: Bodies,
    *,
    by_addressee: list[ProposalGroup],
    paragraphs: Sequence[str] = (),
    groups: Sequence[PointGroup] = (),
) -> Proposals:
    return Proposals(
        path="proposals",
        title=LIST_TITLES["proposals"],
        is_list=True,
        paragraphs=list(paragraphs),
        groups=list(groups),
        by_addressee=by_addressee,
        known=known,
    )


def _asked(units: Sequence[Unit], reports: dict[str, UnitReport]) -> Iterator[Asked]:
    return (
        Reported(unit, item)
        for unit in units
        if unit.id in reports
        for item in reports[unit.id].proposals
    )


def _point(text: str, units: list[Unit]) -> Point:
    lines = paragraphs_of(text)
    return Point([Sentence(line, units, starts_line=True) for line in lines])


def _groups(items: Iterable[str | Proposal], known: Bodies, period: Period) -> list[ProposalGroup]:
    """First what the report's own addressee has to answer, last what names nobody."""
    names = addressees.addressees_of(period)
    by_name: dict[str, list[str | Proposal]] = {name: [] for name in names}
    unknown: list[str | Proposal] = []
    for item in items:
        body = addressees.addressee(item, known)
        same = (name for name in by_name if body and known.are_same(name, body.name))
        there = by_name.setdefault(next(same, body.name), []) if body else unknown
        there.append(item)
    groups = [ProposalGroup(name, _once(group)) for name, group in by_name.items() if group]
    return [*groups, ProposalGroup(None, _once(unknown))] if unknown else groups


def _once(items: Iterable[str | Proposal]) -> list[str | Proposal]:
    """The items without those that say what one before says."""
    first: dict[str, str | Proposal] = {}
    for item in items:
        first.setdefault(key(addressees.text_of(item)), item)
    return list(first.values())


def _first(groups: Iterable[ProposalGroup], most: int) -> Iterator[ProposalGroup]:
    for group in groups:
        if items := group.items[: max(0, most)]:
            yield ProposalGroup(group.addressee, items)
        most -= len(group.items)
