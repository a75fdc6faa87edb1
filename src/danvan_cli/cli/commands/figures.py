"""`danvan figures`: a period's figures beside those before, or unit by unit."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import click
import typer
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.cli.commands import figures_by_unit, figures_doubtful
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout, workbook_file
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Line, Table, Words
from danvan_cli.cli.frame.opening import mention_findings, open_workspace
from danvan_cli.cli.frame.options import AsOf, AsTable, Force, OnlyUnit, Output, Period
from danvan_cli.cli.frame.sheet import Share, Sheet, Value
from danvan_cli.model.plan import Plan, Unit, units_by_id
from danvan_cli.model.plan_of_period import plan_of_period
from danvan_cli.problems import Failure, did_you_mean
from danvan_cli.report.carried import carried_notes, periods_in_words
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.report.figures import indicator_totals, over_periods, unit_figures
from danvan_cli.tracking.checked_workspace import (
    CheckedWorkspace,
    earlier_periods,
    known_unit,
    of_period,
    refuse_not_now,
    reporter,
)
from danvan_cli.tracking.status import PeriodStatus

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CHỈ_TIÊU]...",
        show_default=False,
        help="Mã chỉ tiêu trong plan.yaml; không ghi thì lấy mọi chỉ tiêu.",
    ),
]
By = Annotated[
    Literal["indicator", "unit"],
    typer.Option(
        "--by",
        metavar="CÁCH",
        help="indicator: mỗi chỉ tiêu một dòng; unit: bảng số liệu của từng đơn vị.",
    ),
]
Doubtful = Annotated[
    bool,
    typer.Option(
        "--doubtful",
        help="Chỉ liệt kê số liệu khác thường của từng đơn vị, lý do và giải trình.",
    ),
]


_COVERAGE = (
    "ĐV: số đơn vị đã có số liệu trên số đơn vị phải báo cáo; chưa đủ thì không tính tăng, giảm."
)


class _Row(Struct, frozen=True):
    """An indicator now; `earlier`: its total in the periods before, None if one has none."""

    now: IndicatorTotal
    earlier: IndicatorTotal | None


class _Figures(Struct, frozen=True):
    """What is asked for; `before`: the earlier periods' ids; `unit`: of this unit only."""

    plan: Plan
    period: str
    before: list[str]
    unit: str | None
    rows: list[_Row]
    notes: list[str] = []
    """Whose figures are in these, besides those of the units that report."""

    @property
    def totals(self) -> list[IndicatorTotal]:
        return [row.now for row in self.rows]


def figures(
    ctx: typer.Context,
    period: Period,
    ids: Ids = None,
    unit: OnlyUnit = None,
    by: By = "indicator",
    doubtful: Doubtful = False,
    as_of: AsOf = None,
    format: AsTable = "table",
    output: Output = None,
    force: Force = False,
) -> None:
    """Xem số liệu của một kỳ, so với kỳ trước, năm trước.

    Kỳ trước là kỳ mà kỳ này đã bao gồm (continues; nhiều kỳ thì cộng lại), nếu không có thì là kỳ
    liền trước. Chỉ tiêu chưa đủ số liệu của các đơn vị thì không tính tăng, giảm.

    --format xlsx ghi bảng tính (Excel, LibreOffice) có cả hai bảng, vào tệp ghi ở -o hoặc
    so-lieu.xlsx trong thư mục output/.

    Với --doubtful: số liệu cần xem lại vì khác hẳn trước đây hoặc khác hẳn các đơn vị cùng nhóm.
    """
    workbook_file.refuse_without_workbook(output, format)
    checked = open_workspace(ctx, as_of)
    of_year, checked = checked, of_period(checked, period)
    for wanted in ids or []:
        refuse_not_now(of_year, period, vietnamese.nfc(wanted).strip())
    if unit is not None:
        reporter(checked, known_unit(checked.plan, unit), period)
    of_indicators = _known_ids(checked.plan, ids or [])
    if doubtful:
        listed = figures_doubtful.found(checked, period, of_indicators, unit)
        if format == "xlsx":
            sheets = [figures_doubtful.sheet(checked, period, listed)]
            name = "so-lieu-khac-thuong.xlsx"
            what = (period, sheets, name, output)
            click.echo(workbook_file.write(checked, *what, force=force))
        else:
            figures_doubtful.show(checked, period, listed, format)
        mention_findings(checked)
        return
    found = _found(of_year, checked.plan, period, of_indicators, unit)
    match format:
        case "json":
            content = figures_by_unit.record(found.totals) if by == "unit" else _record(found)
            head = {"period": period, "as_of": checked.as_of.isoformat()}
            click.echo(to_json(head | content))
        case "csv":
            table = figures_by_unit.csv(found.plan, found.totals) if by == "unit" else _csv(found)
            click.echo(table, nl=False)
        case "markdown":
            click.echo(layout.markdown(_blocks(checked, found, by, None)), nl=False)
        case "table":
            layout.show(list(_blocks(checked, found, by, layout.width())))
        case "xlsx":
            sheets = _sheets(checked, found, by)
            click.echo(
                workbook_file.write(checked, period, sheets, "so-lieu.xlsx", output, force=force)
            )
    mention_findings(checked)


def _sheets(checked: CheckedWorkspace, found: _Figures, by: str) -> list[Sheet]:
    """Both tables, the one that is asked for first."""
    heading = workbook_file.heading(_head(checked, found))
    sheets = [_sheet(found, heading)]
    if found.unit is None:
        sheets.append(figures_by_unit.sheet(found.plan, found.totals, heading))
    if by == "unit":
        sheets.reverse()
    return sheets


def _known_ids(plan: Plan, wanted: Sequence[str]) -> set[str]:
    """The ids asked for, all if none is named; raises Failure for one that the plan has not."""
    known = {indicator.id: indicator.id for indicator in plan.indicators}
    names = {indicator.name.casefold(): indicator.id for indicator in plan.indicators}
    ids = [vietnamese.nfc(each).strip() for each in wanted]
    for written in ids:
        if written not in known:
            close = get_close_matches(written.casefold(), names, n=1)
            hint = f"ý bạn là “{names[close[0]]}”?" if close else did_you_mean(written, known)
            raise Failure(
                f"kế hoạch không có chỉ tiêu “{written}”",
                hint or f"các chỉ tiêu: {', '.join(known)}",
            )
    return set(ids or known)


def _found(
    of_year: CheckedWorkspace, plan: Plan, period: str, ids: set[str], unit: str | None
) -> _Figures:
    """`plan`: that of the period; the periods before may have had other units and indicators."""
    before = earlier_periods(plan, period)

    def totals(name: str) -> list[IndicatorTotal]:
        its = plan if name == period else plan_of_period(of_year.plan, name)
        if unit is None:
            return indicator_totals(its, of_year.status(name))
        return unit_figures(its, of_year.status(name), unit, history=of_year.history)

    earlier: dict[str, list[IndicatorTotal]] = {}
    for total in (total for name in before for total in totals(name)):
        earlier.setdefault(total.indicator.id, []).append(total)
    rows = [
        _Row(total, _together(earlier.get(total.indicator.id, [])))
        for total in totals(period)
        if total.indicator.id in ids
    ]
    notes = list(_notes(plan, of_year.status(period), unit))
    return _Figures(plan, period, before, unit, rows, notes)


def _notes(plan: Plan, status: PeriodStatus, unit: str | None) -> Iterator[str]:
    if unit is None:
        yield from carried_notes(plan, status)
        return
    for before in status.predecessors:
        if unit in [heir.id for heir in before.heirs] and before.reports:
            where = "đã cộng vào tổng số chung" if before.is_added else "kỳ này do đơn vị báo cáo"
            yield f"Số {periods_in_words(plan, before)} của {before.unit.name}: {where}."


def _together(totals: Sequence[IndicatorTotal]) -> IndicatorTotal | None:
    """The total of several periods; None if one of them has none."""
    is_known = totals and all(total.total is not None for total in totals)
    return over_periods(totals) if is_known else None


def _blocks(
    checked: CheckedWorkspace, found: _Figures, by: str, width: int | None
) -> Iterator[Block]:
    plan = found.plan
    yield from _head(checked, found)
    if not found.rows:
        whose = "Đơn vị không được giao" if found.unit else "Không có"
        yield layout.line(f"{whose} chỉ tiêu nào ở đây.", "quiet")
    elif by == "unit":
        yield from figures_by_unit.blocks(plan, found.totals, width)
    else:
        yield _table(found)
        if before := _before(found):
            yield layout.line(before, "quiet")
        if not found.unit:
            yield layout.line(_COVERAGE, "quiet")
    for note in found.notes:
        yield layout.line(note, "quiet")


def _head(checked: CheckedWorkspace, found: _Figures) -> tuple[Line, Heading, Line]:
    plan, period = found.plan, found.plan.periods[found.period]
    whose = f" của {units_by_id(plan)[found.unit].name}" if found.unit else ""
    return (
        layout.line(plan.title),
        Heading(f"Số liệu {period.name_in(plan.year)}{whose}"),
        layout.line(f"Tính đến {vietnamese.long_day(checked.as_of)}", "quiet"),
    )


def _before(found: _Figures) -> str | None:
    """Which periods stand in the column 'Kỳ trước'."""
    if not found.before:
        return None
    names = [found.plan.periods[name].name_in(found.plan.year) for name in found.before]
    together = ", cộng lại" if len(names) > 1 else ""
    return f"Kỳ trước: {vietnamese.enumeration(names)}{together}."


def _table(found: _Figures) -> Table:
    """Only the columns that have anything in them; one unit's figure is no sum over units."""
    columns = ["Chỉ tiêu", "Kỳ này", "Kỳ trước", f"Năm {found.plan.year - 1}", "Tăng, giảm"]
    columns += ["KH", "% KH", "ĐV"]
    rows = [_cells(row) for row in found.rows]
    empty = {place for place in (2, 3, 4, 5, 6) if all(row[place] == "-" for row in rows)}
    kept = [place for place in range(len(columns)) if place not in empty]
    if found.unit:
        kept.remove(len(columns) - 1)
    return Table(
        [columns[place] for place in kept],
        [[row[place] for place in kept] for row in rows],
        right=frozenset(range(1, len(kept))),
        cut=0,
    )


def _cells(row: _Row) -> list[Cell]:
    total = row.now
    name = f"{'- ' if total.is_part else ''}{total.indicator.name} ({total.indicator.measure})"
    covered = f"{vietnamese.number(len(total.parts))}/{vietnamese.number(total.owing)}"
    return [
        name,
        total.total_text or "-",
        (row.earlier and row.earlier.total_text) or "-",
        total.text_of(total.previous) or "-",
        total.change or "-",
        total.text_of(total.target) or "-",
        total.of_target or "-",
        Words(covered, None if total.is_covered else "warning"),
    ]


def _sheet(found: _Figures, heading: list[str]) -> Sheet:
    """One row an indicator, with who has still to give a figure."""
    columns = ["Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước", f"Năm {found.plan.year - 1}"]
    columns += ["Tăng, giảm", "Kế hoạch", "So với kế hoạch", "Số đơn vị đã có"]
    columns += ["Số đơn vị phải có", "Chưa có số liệu"]
    rows = [_sheet_row(row, units_by_id(found.plan)) for row in found.rows]
    empty = {place for place in range(3, 11) if all(row[place] is None for row in rows)}
    kept = [place for place in range(len(columns)) if place not in empty]
    before = _before(found)
    return Sheet(
        "Số liệu",
        [*heading, *([before] if before and 3 in kept else []), *found.notes],
        [columns[place] for place in kept],
        [[row[place] for place in kept] for row in rows],
    )


def _sheet_row(row: _Row, units: Mapping[str, Unit]) -> list[Value]:
    total = row.now
    return [
        f"{'- ' if total.is_part else ''}{total.indicator.name}",
        total.indicator.measure,
        figures_by_unit.value_of(total),
        figures_by_unit.value_of(row.earlier) if row.earlier else None,
        figures_by_unit.number_value(total, total.previous),
        figures_by_unit.change_value(total),
        *(figures_by_unit.number_value(total, total.target), Share.of(total.of_target)),
        *(len(total.parts), total.owing),
        "; ".join(units[unit].short_name for unit in total.missing) or None,
    ]


def _csv(found: _Figures) -> str:
    """One row an indicator."""
    columns = ["indicator", "name", "measure", "figure", "earlier", "last_year", "change"]
    return layout.csv_text(
        [*columns, "target", "of_target", "reported", "owing", "estimated"],
        [
            [
                row.now.indicator.id,
                row.now.indicator.name,
                row.now.indicator.measure,
                row.now.total,
                row.earlier and row.earlier.total,
                row.now.previous,
                row.now.change,
                row.now.target,
                row.now.of_target,
                len(row.now.parts),
                row.now.owing,
                len(row.now.estimated),
            ]
            for row in found.rows
        ],
    )


def _record(found: _Figures) -> dict[str, Any]:
    return {
        "earlier_periods": found.before,
        "unit": found.unit,
        "indicators": [
            {
                "id": row.now.indicator.id,
                "name": row.now.indicator.name,
                "measure": row.now.indicator.measure,
                "kind": row.now.indicator.kind,
                "figure": row.now.total,
                "earlier": row.earlier and row.earlier.total,
                "last_year": row.now.previous,
                "change": row.now.change,
                "target": row.now.target,
                "of_target": row.now.of_target,
                "direction": row.now.indicator.direction,
                "rate": row.now.rate,
                "reported": len(row.now.parts),
                "owing": row.now.owing,
                "missing": row.now.missing,
                **({"carried": dict(row.now.carried)} if row.now.carried else {}),
                "estimated": sorted(row.now.estimated),
            }
            for row in found.rows
        ],
    }
