"""The workbook of `danvan rate`: all units on one sheet, every point with its reason on another."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from danvan_cli.cli.commands import rate_unit
from danvan_cli.cli.frame.sheet import Sheet, Value
from danvan_cli.evaluation.classes import UnitRating
from danvan_cli.evaluation.points import AdjustmentPoints, CriterionPoints
from danvan_cli.model.criteria import JUDGE_NAMES, CriteriaGroup
from danvan_cli.tracking.checked_workspace import CheckedWorkspace

_POINT_COLUMNS = [
    *("Đơn vị", "Tiêu chí", "Nội dung", "Cách chấm", "Điểm tối đa", "Đơn vị tự chấm", "Điểm"),
    *("Lý do", "Tệp, dòng"),
]


def sheets(
    checked: CheckedWorkspace,
    groups: Sequence[CriteriaGroup],
    units: Sequence[UnitRating],
    heading: Sequence[str],
) -> list[Sheet]:
    columns = ["Hạng", "Đơn vị", *(f"{group.id}. {group.title}" for group in groups)]
    columns += ["Cộng", "Điểm có thể đạt", "Quy đổi", "Điểm thưởng", "Điểm trừ", "Tổng điểm"]
    columns += ["Xếp loại", "Ghi chú"]
    return [
        Sheet("Xếp loại", heading, columns, [_unit_row(groups, each) for each in units]),
        Sheet(
            "Từng điểm",
            heading,
            _POINT_COLUMNS,
            [row for each in units for row in _point_rows(checked, each)],
        ),
    ]


def _unit_row(groups: Sequence[CriteriaGroup], rated: UnitRating) -> list[Value]:
    points = rated.points
    notes = ["tạm tính"] if rated.is_provisional else []
    return [
        rated.rank,
        points.unit.name,
        *(points.of_group(group.id)[0] for group in groups),
        *(points.gained, points.possible, points.scaled),
        *(_sum(points.bonus), _sum(points.deductions), points.total),
        rated.class_.name if rated.class_ else None,
        "; ".join([*notes, *([rated.why] if rated.why else [])]) or None,
    ]


def _point_rows(checked: CheckedWorkspace, rated: UnitRating) -> Iterator[list[Value]]:
    """What is taken off is a number below 0, so that a column can be added up."""
    for each in rated.points.criteria:
        yield [
            rated.points.unit.name,
            *(each.criterion.id, each.criterion.text, JUDGE_NAMES[each.criterion.by]),
            each.most if each.applies else None,
            each.own,
            _known(each),
            f"{each.reason}; {rate_unit.OUTSIDER}" if each.needs_outsider else each.reason,
            _lines(checked, rated, each),
        ]
    for kind, sign, added in (
        ("điểm thưởng", 1, rated.points.bonus),
        ("điểm trừ", -1, rated.points.deductions),
    ):
        for one in added:
            yield [
                rated.points.unit.name,
                *(one.adjustment.id, one.adjustment.text, kind, None, None),
                sign * one.points,
                *(one.reason, _lines(checked, rated, one)),
            ]


def _known(each: CriterionPoints) -> Decimal | None:
    """None while the points are to come, and for what does not concern the unit."""
    return None if each.points is None or each.waits else each.points


def _lines(
    checked: CheckedWorkspace, rated: UnitRating, each: CriterionPoints | AdjustmentPoints
) -> str | None:
    return "; ".join(rate_unit.lines(checked, rated, each)) or None


def _sum(added: Sequence[AdjustmentPoints]) -> Decimal | None:
    return sum((each.points for each in added), Decimal(0)) if added else None
