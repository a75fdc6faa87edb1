"""`danvan figures`: a period's figures beside those before, or unit by unit."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import click
import typer

from danvan_cli import vietnamese
from danvan_cli.cli.commands import figures_by_indicator, figures_by_unit, figures_doubtful
from danvan_cli.cli.commands.figures_by_indicator import Figures, Row
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout, workbook_file
from danvan_cli.cli.frame.layout import Block, Heading, Line
from danvan_cli.cli.frame.opening import mention_findings, open_workspace
from danvan_cli.cli.frame.options import AsOf, AsTable, Force, OnlyUnit, Output, Period, TableFormat
from danvan_cli.cli.frame.sheet import Sheet
from danvan_cli.model.plan import Plan, units_by_id
from danvan_cli.model.plan_of_period import plan_of_period
from danvan_cli.problems import Failure, did_you_mean
from danvan_cli.report.carried import carried_notes, periods_in_words
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.report.doubts import UnitDoubt
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
        _show_doubtful(checked, period, listed, format, output, force=force)
    else:
        found = _found(of_year, checked.plan, period, of_indicators, unit)
        _show(checked, found, by, format, output, force=force)
    mention_findings(checked)


def _show(
    checked: CheckedWorkspace,
    found: Figures,
    by: str,
    format: TableFormat,
    output: Path | None,
    *,
    force: bool,
) -> None:
    match format:
        case "json":
            click.echo(_json(checked, found, by))
        case "csv":
            click.echo(_csv(found, by), nl=False)
        case "markdown":
            click.echo(layout.markdown(_blocks(checked, found, by, None)), nl=False)
        case "table":
            layout.show(list(_blocks(checked, found, by, layout.width())))
        case "xlsx":
            what = (found.period, _sheets(checked, found, by), "so-lieu.xlsx", output)
            click.echo(workbook_file.write(checked, *what, force=force))


def _show_doubtful(
    checked: CheckedWorkspace,
    period: str,
    listed: Sequence[UnitDoubt],
    format: TableFormat,
    output: Path | None,
    *,
    force: bool,
) -> None:
    if format == "xlsx":
        sheets = [figures_doubtful.sheet(checked, period, listed)]
        what = (period, sheets, "so-lieu-khac-thuong.xlsx", output)
        click.echo(workbook_file.write(checked, *what, force=force))
    else:
        figures_doubtful.show(checked, period, listed, format)


def _json(checked: CheckedWorkspace, found: Figures, by: str) -> str:
    if by == "unit":
        content = figures_by_unit.record(found.totals)
    else:
        content = figures_by_indicator.record(found)
    return to_json({"period": found.period, "as_of": checked.as_of.isoformat()} | content)


def _csv(found: Figures, by: str) -> str:
    if by == "unit":
        return figures_by_unit.csv(found.plan, found.totals)
    return figures_by_indicator.csv(found)


def _sheets(checked: CheckedWorkspace, found: Figures, by: str) -> list[Sheet]:
    """Both tables, the one that is asked for first."""
    heading = workbook_file.heading(_head(checked, found))
    sheets = [figures_by_indicator.sheet(found, heading)]
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
) -> Figures:
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
        Row(total, _together(earlier.get(total.indicator.id, [])))
        for total in totals(period)
        if total.indicator.id in ids
    ]
    notes = list(_notes(plan, of_year.status(period), unit))
    return Figures(plan, period, before, unit, rows, notes)


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
    checked: CheckedWorkspace, found: Figures, by: str, width: int | None
) -> Iterator[Block]:
    plan = found.plan
    yield from _head(checked, found)
    if not found.rows:
        whose = "Đơn vị không được giao" if found.unit else "Không có"
        yield layout.line(f"{whose} chỉ tiêu nào ở đây.", "quiet")
    elif by == "unit":
        yield from figures_by_unit.blocks(plan, found.totals, width)
    else:
        yield from figures_by_indicator.blocks(found)
    for note in found.notes:
        yield layout.line(note, "quiet")


def _head(checked: CheckedWorkspace, found: Figures) -> tuple[Line, Heading, Line]:
    plan, period = found.plan, found.plan.periods[found.period]
    whose = f" của {units_by_id(plan)[found.unit].name}" if found.unit else ""
    return (
        layout.line(plan.title),
        Heading(f"Số liệu {period.name_in(plan.year)}{whose}"),
        layout.line(f"Tính đến {vietnamese.long_day(checked.as_of)}", "quiet"),
    )
