"""`danvan rate`: the units' points by the office's criteria, their ranks and classes."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import click
import typer
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.cli.commands import rate_unit, rate_what_if, rate_workbook
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout, workbook_file
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Table, Words
from danvan_cli.cli.frame.opening import mention_findings, open_workspace
from danvan_cli.cli.frame.options import AsOf, AsTable, Force, OnlyPeriod, OnlyUnit, Output
from danvan_cli.cli.frame.sheet import Sheet
from danvan_cli.evaluation import rating
from danvan_cli.evaluation.classes import UnitRating
from danvan_cli.files.workspace import CRITERIA_NAME, RATING_NAME
from danvan_cli.model.criteria import Criteria, with_groups
from danvan_cli.model.rating import RatingRecord
from danvan_cli.problems import Failure, count_errors
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, known_unit

WhatIf = Annotated[
    bool,
    typer.Option(
        "--what-if",
        help="Báo cáo chưa gửi làm mất bao nhiêu điểm: gửi hôm nay, gửi ngày mai, không gửi.",
    ),
]


class _Rated(Struct, frozen=True):
    """The criteria, what people scored by them, and all units, best first."""

    checked: CheckedWorkspace
    criteria: Criteria
    record: RatingRecord
    units: list[UnitRating]


class _View(Struct, frozen=True, kw_only=True):
    """What is asked for, in each form of output; `workbook`: the name of the file of `sheets`."""

    blocks: list[Block]
    record: dict[str, Any]
    csv: str
    sheets: Callable[[], list[Sheet]]
    workbook: str


def rate(
    ctx: typer.Context,
    period: OnlyPeriod = None,
    unit: OnlyUnit = None,
    what_if: WhatIf = False,
    as_of: AsOf = None,
    format: AsTable = "table",
    output: Output = None,
    force: Force = False,
) -> None:
    """Chấm điểm, xếp loại các đơn vị theo criteria.yaml.

    Điểm tự động lấy từ báo cáo, ngày nhận và số liệu; điểm tự chấm và điểm của Hội đồng lấy từ
    _rating.yaml của kỳ. Với --unit: từng điểm kèm căn cứ, tệp và dòng. Còn tiêu chí chưa có điểm
    thì kết quả là tạm tính.

    --format xlsx ghi bảng tính có bảng xếp loại và từng điểm kèm căn cứ, vào tệp ghi ở -o hoặc
    xep-loai.xlsx trong thư mục output/.
    """
    workbook_file.refuse_without_workbook(output, format)
    checked = open_workspace(ctx, as_of)
    if unit is not None:
        known_unit(checked.plan, unit)
    found = _rated(checked, period)
    chosen = [each for each in found.units if unit in (None, each.points.unit.id)]
    if unit is not None and not chosen:
        raise Failure(
            f"đơn vị “{unit}” không phải báo cáo kỳ “{found.criteria.period}” nên không xếp loại",
            "xem from, until của đơn vị trong plan.yaml",
        )
    view = _view(found, chosen, what_if=what_if, of_one=unit is not None)
    match format:
        case "json":
            head = {"period": found.criteria.period, "as_of": checked.as_of.isoformat()}
            click.echo(to_json(head | view.record))
        case "csv":
            click.echo(view.csv, nl=False)
        case "markdown":
            click.echo(layout.markdown([*_head(found), *view.blocks]), nl=False)
        case "table":
            layout.show([*_head(found), *view.blocks])
        case "xlsx":
            path = (found.criteria.period, view.sheets(), view.workbook, output)
            click.echo(workbook_file.write(checked, *path, force=force))
    mention_findings(checked)


def _view(found: _Rated, chosen: list[UnitRating], *, what_if: bool, of_one: bool) -> _View:
    checked, heading = found.checked, workbook_file.heading(_head(found))
    if what_if:
        units = [each.points.unit for each in chosen]
        costs = rate_what_if.costs(checked, found.criteria, units)
        return _View(
            blocks=list(rate_what_if.blocks(costs)),
            record=rate_what_if.record(costs),
            csv=rate_what_if.csv(costs),
            sheets=lambda: [rate_what_if.sheet(costs, heading)],
            workbook="bao-cao-con-thieu.xlsx",
        )
    groups = found.criteria.groups
    return _View(
        blocks=list(rate_unit.blocks(checked, chosen[0]) if of_one else _blocks(found)),
        record=rate_unit.record(checked, chosen[0]) if of_one else _record(found),
        csv=rate_unit.csv(checked, chosen[0]) if of_one else _csv(found),
        sheets=lambda: rate_workbook.sheets(checked, groups, chosen, heading),
        workbook="xep-loai.xlsx",
    )


def _rated(checked: CheckedWorkspace, period: str | None) -> _Rated:
    """Raises Failure without criteria, with errors in them, or for a period they do not rate."""
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
    record = _scores(checked, criteria.period)
    approved = record.approved.on if record.approved else None
    day = min(checked.as_of, approved) if approved else checked.as_of
    statuses = checked.statuses(day)
    units = rating.rate(checked.plan, criteria, record, statuses, checked.history)
    return _Rated(checked, criteria, record, units)


def _scores(checked: CheckedWorkspace, period: str) -> RatingRecord:
    """What people scored; raises Failure where that cannot be used."""
    for file in checked.workspace.ratings:
        if file.period == period:
            errors = checked.errors_in(file.path)
            if file.record is None or errors:
                raise Failure(
                    f"{RATING_NAME} của kỳ “{period}” có {errors} lỗi nên chưa chấm được",
                    "xem từng lỗi: danvan validate",
                )
            return file.record
    return RatingRecord()


def _head(found: _Rated) -> Iterator[Block]:
    plan, approved = found.checked.plan, found.record.approved
    period = plan.periods[found.criteria.period].name_in(plan.year)
    yield layout.line(plan.title)
    yield Heading(f"Chấm điểm, xếp loại {period}")
    if found.criteria.decision:
        by = found.criteria.decision
        day = vietnamese.short_day(by.issued)
        yield layout.line(f"Theo Quyết định số {by.number} ngày {day}.", "quiet")
    if approved:
        yield layout.line(f"Đã phê duyệt ngày {vietnamese.short_day(approved.on)}.", "good")
    else:
        yield layout.line(f"Tính đến {vietnamese.long_day(found.checked.as_of)}", "quiet")


def _blocks(found: _Rated) -> Iterator[Block]:
    groups = found.criteria.groups
    rows: list[list[Cell]] = [
        [
            "-" if each.rank is None else str(each.rank),
            each.points.unit.short_name,
            *(vietnamese.number(each.points.of_group(group.id)[0]) for group in groups),
            _added(each),
            vietnamese.points(each.points.total),
            _class(each),
        ]
        for each in found.units
    ]
    columns = ["Hạng", "Đơn vị", *(group.id for group in groups), "Cộng, trừ", "Điểm", "Xếp loại"]
    yield Table(columns, rows, right=frozenset({0, *range(2, len(groups) + 4)}), cut=1)
    for group in groups:
        most = vietnamese.number(sum(criterion.points for criterion in group.criteria))
        yield layout.line(f"({group.id}) {group.title}: {most} điểm", "quiet")
    yield from _notes(found)


def _added(each: UnitRating) -> str:
    """'+2', '-5', '+2 -1'; '' without any."""
    bonus = sum(one.points for one in each.points.bonus)
    taken = sum(one.points for one in each.points.deductions)
    signs = (("+", bonus), ("-", taken))
    return " ".join(f"{sign}{vietnamese.number(points)}" for sign, points in signs if points)


def _class(each: UnitRating) -> Cell:
    if each.is_provisional:
        name = each.class_.name if each.class_ else "-"
        return Words(f"{name} (tạm tính)", "warning")
    return each.class_.name if each.class_ else Words("-", "quiet")


def _notes(found: _Rated) -> Iterator[Block]:
    for each in found.units:
        if each.why:
            yield layout.line(f"{each.points.unit.short_name}: {each.why}.", "warning")
    waiting = {
        criterion.criterion.id: criterion
        for each in found.units
        for criterion in each.points.waiting
    }
    if waiting:
        ids = ", ".join(waiting)
        yield layout.line(f"Tạm tính, vì còn chờ điểm của tiêu chí: {ids}.", "warning")
        yield layout.line("Xem từng đơn vị: danvan rate --unit ĐƠN_VỊ", "quiet")


def _record(found: _Rated) -> dict[str, Any]:
    return {
        "provisional": any(each.is_provisional for each in found.units),
        "units": [
            {
                "rank": each.rank,
                "unit": each.points.unit.id,
                "name": each.points.unit.name,
                "gained": each.points.gained,
                "possible": each.points.possible,
                "scaled": each.points.scaled,
                "total": each.points.total,
                "class": each.class_.id if each.class_ else None,
                "why": each.why,
                "provisional": each.is_provisional,
                "groups": {
                    group.id: each.points.of_group(group.id)[0] for group in found.criteria.groups
                },
            }
            for each in found.units
        ],
    }


def _csv(found: _Rated) -> str:
    """One row a unit, one column a group of criteria."""
    groups = found.criteria.groups
    return layout.csv_text(
        [
            *("rank", "unit", "name", *(f"group_{group.id}" for group in groups)),
            *("gained", "possible", "total", "class", "provisional", "why"),
        ],
        [
            [
                each.rank,
                each.points.unit.id,
                each.points.unit.name,
                *(each.points.of_group(group.id)[0] for group in groups),
                each.points.gained,
                each.points.possible,
                each.points.total,
                each.class_.name if each.class_ else None,
                each.is_provisional,
                each.why,
            ]
            for each in found.units
        ],
    )
