"""`danvan rate`: the units' points by the office's criteria, their ranks and classes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import click
import typer
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.cli.commands import (
    rate_approve,
    rate_result,
    rate_unit,
    rate_what_if,
    rate_workbook,
)
from danvan_cli.cli.commands.rate_result import Rated
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.findings_formats import as_text
from danvan_cli.cli.frame import layout, workbook_file
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Table, Words
from danvan_cli.cli.frame.opening import mention_findings, open_workspace
from danvan_cli.cli.frame.options import AsOf, AsTable, DryRun, OnlyPeriod, OnlyUnit, Output
from danvan_cli.cli.frame.sheet import Sheet
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.evaluation.classes import UnitRating
from danvan_cli.problems import Failure
from danvan_cli.tracking.checked_workspace import known_unit

WhatIf = Annotated[
    bool,
    typer.Option(
        "--what-if",
        help="Báo cáo chưa gửi làm mất bao nhiêu điểm: gửi hôm nay, gửi ngày mai, không gửi.",
    ),
]
Anyway = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Ghi đè cả tệp đã có người sửa; với --approve: cả khi đã ghi nhận phê duyệt khác.",
    ),
]


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
    approve: rate_approve.Number = None,
    date: rate_approve.DayOfApproval = None,
    dry_run: DryRun = False,
    force: Anyway = False,
) -> None:
    """Chấm điểm, xếp loại các đơn vị theo criteria.yaml.

    Điểm tự động lấy từ báo cáo, ngày nhận và số liệu; điểm tự chấm và điểm của Hội đồng lấy từ
    _rating.yaml của kỳ. Với --unit: từng điểm kèm căn cứ, tệp và dòng. Còn tiêu chí chưa có điểm
    thì kết quả là tạm tính.

    --format xlsx ghi bảng tính có bảng xếp loại và từng điểm kèm căn cứ, vào tệp ghi ở -o, không
    ghi thì vào thư mục output/.

    --approve ghi nhận quyết định phê duyệt cùng tổng điểm từng đơn vị vào _rating.yaml, giữ nguyên
    ghi chú trong đó. Từ đó điểm tính đến ngày ấy; điểm khác kết quả đã phê duyệt mà không theo kiến
    nghị thì lệnh nêu lỗi R496, kết thúc với mã 1.
    """
    workbook_file.refuse_without_workbook(output, format)
    others = {"--unit": unit, "--what-if": what_if, "--format": format != "table"}
    named = [name for name, given in others.items() if given]
    wanted = rate_approve.asked(approve, date, dry_run=dry_run, force=force, others=named)
    checked = open_workspace(ctx, as_of)
    if unit is not None:
        known_unit(checked.plan, unit)
    found = rate_result.rated(checked, period)
    if wanted:
        rate_approve.approve(found, wanted)
    else:
        _show(found, unit, what_if=what_if, format=format, output=output, force=force)


def _show(
    found: Rated, unit: str | None, *, what_if: bool, format: str, output: Path | None, force: bool
) -> None:
    """Prints or writes what is asked for; ends with 1 where points are not as approved."""
    checked = found.checked
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
    if changed := rate_result.changed(found, unit):
        click.echo(as_text(changed, Path.cwd()), err=True)
        raise typer.Exit(FINDINGS)


def _view(found: Rated, chosen: list[UnitRating], *, what_if: bool, of_one: bool) -> _View:
    checked, heading = found.checked, workbook_file.heading(_head(found))
    if what_if:
        units = [each.points.unit for each in chosen]
        costs = rate_what_if.costs(checked, found.criteria, units)
        return _View(
            blocks=list(rate_what_if.blocks(found.criteria, costs)),
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


def _head(found: Rated) -> Iterator[Block]:
    plan, approved = found.checked.plan, found.approved
    period = plan.periods[found.criteria.period].name_in(plan.year)
    yield layout.line(plan.title)
    yield Heading(f"Chấm điểm, xếp loại {period}")
    if found.criteria.decision:
        by = found.criteria.decision
        day = vietnamese.short_day(by.issued)
        yield layout.line(f"Theo Quyết định số {by.number} ngày {day}.", "quiet")
    if approved:
        day = vietnamese.short_day(approved.on)
        number = f" theo Quyết định số {approved.decision.number}" if approved.decision else ""
        yield layout.line(f"Đã phê duyệt ngày {day}{number}.", "good")
    else:
        yield layout.line(f"Tính đến {vietnamese.long_day(found.checked.as_of)}", "quiet")


def _blocks(found: Rated) -> Iterator[Block]:
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


def _notes(found: Rated) -> Iterator[Block]:
    reasons: dict[str, list[str]] = {}
    for each in found.units:
        if each.why:
            reasons.setdefault(each.why, []).append(each.points.unit.short_name)
    for why, names in reasons.items():
        yield layout.line(f"{', '.join(names)}: {why}.", "warning")
    for each in found.units:
        if outside := [one.criterion.id for one in each.points.for_outsiders]:
            yield layout.line(
                f"{each.points.unit.short_name} là đơn vị đầu mối: điểm Hội đồng chấm "
                f"({', '.join(outside)}) phải do người ngoài đơn vị thẩm định.",
                "warning",
            )
    waiting = {
        criterion.criterion.id: criterion
        for each in found.units
        if each.is_provisional
        for criterion in each.points.waiting
    }
    if waiting:
        ids = ", ".join(waiting)
        yield layout.line(f"Tạm tính, vì còn chờ điểm của tiêu chí: {ids}.", "warning")
        yield layout.line("Xem từng đơn vị: danvan rate --unit ĐƠN_VỊ", "quiet")


def _record(found: Rated) -> dict[str, Any]:
    approved = found.approved.totals if found.approved else {}
    return {
        "provisional": any(each.is_provisional for each in found.units),
        "approved": found.approved.on.isoformat() if found.approved else None,
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
                "approved": approved.get(each.points.unit.id),
                "provisional": each.is_provisional,
                "for_outsiders": [one.criterion.id for one in each.points.for_outsiders],
                "groups": {
                    group.id: each.points.of_group(group.id)[0] for group in found.criteria.groups
                },
            }
            for each in found.units
        ],
    }


def _csv(found: Rated) -> str:
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
