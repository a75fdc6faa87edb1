"""One unit's part of `danvan rate`: each point with the reason and the lines behind it."""

from collections.abc import Iterator
from typing import Any

from danvan_cli import vietnamese
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Heading
from danvan_cli.cli.frame.places import shown
from danvan_cli.evaluation.case import Place
from danvan_cli.evaluation.classes import UnitRating
from danvan_cli.evaluation.points import AdjustmentPoints, CriterionPoints
from danvan_cli.files import yaml_reading
from danvan_cli.files.readings import Reading
from danvan_cli.model.criteria import JUDGE_NAMES
from danvan_cli.tracking.checked_workspace import CheckedWorkspace

OUTSIDER = "đơn vị đầu mối: người ngoài đơn vị phải thẩm định điểm này"


def blocks(checked: CheckedWorkspace, rated: UnitRating) -> Iterator[Block]:
    """Lines, not a table: on a terminal a table would cut the file names short."""
    points = rated.points
    yield Heading(points.unit.name)
    group = None
    for each in points.criteria:
        if each.group != group:
            group = each.group
            gained, most = points.of_group(group.id)
            yield layout.line(
                f"{group.id}. {group.title}: {vietnamese.number(gained)}/{vietnamese.number(most)}"
            )
        yield layout.line(f"  {_points(each):>9}  {each.criterion.id} {each.criterion.text}")
        yield layout.line(f"  {'':9}  {_because(checked, rated, each)}", "quiet")
    for sign, added in (("+", points.bonus), ("-", points.deductions)):
        for one in added:
            number = f"{sign}{vietnamese.number(one.points)}"
            yield layout.line(f"  {number:>9}  {one.adjustment.text}")
            yield layout.line(f"  {'':9}  {_because(checked, rated, one)}", "quiet")
    yield from _result(rated)


def _points(each: CriterionPoints) -> str:
    """'4,5/5'; '?/5' while they are to come, '-' where the criterion does not concern the unit."""
    if not each.applies:
        return "-"
    given = "?" if each.waits or each.points is None else vietnamese.number(each.points)
    return f"{given}/{vietnamese.number(each.most)}"


def _because(
    checked: CheckedWorkspace, rated: UnitRating, each: CriterionPoints | AdjustmentPoints
) -> str:
    """'nhận 28/10/2026, hạn 01/11/2026; reports/2026/annual/kinh-te.yaml:4'."""
    said = each.reason
    if isinstance(each, CriterionPoints):
        if each.own is not None and each.own != each.points:
            said += f"; đơn vị tự chấm {vietnamese.number(each.own)}"
        judge = JUDGE_NAMES[each.criterion.by]
        said += "" if each.reason == judge else f" ({judge})"
        if each.needs_outsider:
            said += f"; {OUTSIDER}"
    return "; ".join([said, *lines(checked, rated, each)])


def lines(
    checked: CheckedWorkspace, rated: UnitRating, each: CriterionPoints | AdjustmentPoints
) -> list[str]:
    """'reports/2026/annual/kinh-te.yaml:4' for each place that the points come from."""
    found = [_found(checked, rated, place) for place in each.places]
    return [f"{file}:{line}" for file, line in found]


def _found(checked: CheckedWorkspace, rated: UnitRating, place: Place) -> tuple[str, int]:
    file = _file(checked, rated, place)
    position = yaml_reading.locate(file.text).of(place.path, at_key=True)
    return shown(file.path), position.line


def _file(checked: CheckedWorkspace, rated: UnitRating, place: Place) -> Reading:
    if place.period is None:
        criteria = checked.workspace.criteria
        period = criteria.criteria.period if criteria and criteria.criteria else None
        return next(file for file in checked.workspace.ratings if file.period == period)
    file = checked.report_file(rated.points.unit.id, place.period)
    if file is None:
        raise LookupError(place)
    return file


def _result(rated: UnitRating) -> Iterator[Block]:
    points = rated.points
    gained, possible = vietnamese.number(points.gained), vietnamese.number(points.possible)
    total = f"{gained}/{possible} điểm"
    if points.possible != points.scale:
        total += f", quy đổi {vietnamese.points(points.scaled)}/{vietnamese.number(points.scale)}"
    if points.total != points.scaled:
        total += f", cộng, trừ còn {vietnamese.points(points.total)}"
    name = rated.class_.name if rated.class_ else "không xếp loại"
    rank = f", hạng {rated.rank}" if rated.rank else ""
    kind = " (tạm tính)" if rated.is_provisional else ""
    yield layout.line("")
    yield layout.line(f"{total}; {name}{rank}{kind}.", "warning" if kind else "good")
    if rated.why:
        yield layout.line(f"{vietnamese.capitalized(rated.why)}.", "warning")


def record(checked: CheckedWorkspace, rated: UnitRating) -> dict[str, Any]:
    points = rated.points
    return {
        "unit": points.unit.id,
        "rank": rated.rank,
        "class": rated.class_.id if rated.class_ else None,
        "gained": points.gained,
        "possible": points.possible,
        "total": points.total,
        "provisional": rated.is_provisional,
        "why": rated.why,
        "criteria": [
            {
                "id": each.criterion.id,
                "by": each.criterion.by,
                "most": each.most,
                "points": each.points,
                "own": each.own,
                "applies": each.applies,
                "waits": each.waits,
                "needs_outsider": each.needs_outsider,
                "reason": each.reason,
                "places": _records(checked, rated, each),
            }
            for each in points.criteria
        ],
        "bonus": [_adjustment(checked, rated, each) for each in points.bonus],
        "deductions": [_adjustment(checked, rated, each) for each in points.deductions],
    }


def _adjustment(
    checked: CheckedWorkspace, rated: UnitRating, each: AdjustmentPoints
) -> dict[str, Any]:
    return {
        "id": each.adjustment.id,
        "points": each.points,
        "reason": each.reason,
        "places": _records(checked, rated, each),
    }


def _records(
    checked: CheckedWorkspace, rated: UnitRating, each: CriterionPoints | AdjustmentPoints
) -> list[dict[str, Any]]:
    found = [_found(checked, rated, place) for place in each.places]
    return [{"file": file, "line": line} for file, line in found]


def csv(checked: CheckedWorkspace, rated: UnitRating) -> str:
    """One row a criterion."""
    return layout.csv_text(
        ["criterion", "text", "by", "points", "most", "reason", "places"],
        [
            [
                each.criterion.id,
                each.criterion.text,
                each.criterion.by,
                each.points,
                each.most if each.applies else None,
                each.reason,
                "; ".join(lines(checked, rated, each)),
            ]
            for each in rated.points.criteria
        ],
    )
