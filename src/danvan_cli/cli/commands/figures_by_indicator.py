"""The list of `danvan figures`: each indicator beside the period before and last year."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.cli.commands import figures_by_unit
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Cell, Table, Words
from danvan_cli.cli.frame.sheet import Share, Sheet, Value
from danvan_cli.model.plan import Plan, Unit, units_by_id
from danvan_cli.report.combined_report import IndicatorTotal

_COVERAGE = (
    "ĐV: số đơn vị đã có số liệu trên số đơn vị phải báo cáo; chưa đủ thì không tính tăng, giảm."
)


class Row(Struct, frozen=True):
    """An indicator now; `earlier`: its total in the periods before, None if one has none."""

    now: IndicatorTotal
    earlier: IndicatorTotal | None


class Figures(Struct, frozen=True):
    """What is asked for; `before`: the earlier periods' ids; `unit`: of this unit only."""

    plan: Plan
    period: str
    before: list[str]
    unit: str | None
    rows: list[Row]
    notes: list[str] = []
    """Whose figures are in these, besides those of the units that report."""

    @property
    def totals(self) -> list[IndicatorTotal]:
        return [row.now for row in self.rows]


def blocks(found: Figures) -> Iterator[Block]:
    yield _table(found)
    if before := _before(found):
        yield layout.line(before, "quiet")
    if not found.unit:
        yield layout.line(_COVERAGE, "quiet")


def _before(found: Figures) -> str | None:
    """Which periods stand in the column 'Kỳ trước'."""
    if not found.before:
        return None
    names = [found.plan.periods[name].name_in(found.plan.year) for name in found.before]
    together = ", cộng lại" if len(names) > 1 else ""
    return f"Kỳ trước: {vietnamese.enumeration(names)}{together}."


def _table(found: Figures) -> Table:
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


def _cells(row: Row) -> list[Cell]:
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


def sheet(found: Figures, heading: list[str]) -> Sheet:
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


def _sheet_row(row: Row, units: Mapping[str, Unit]) -> list[Value]:
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


def csv(found: Figures) -> str:
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


def record(found: Figures) -> dict[str, Any]:
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
