"""The matrix of `danvan figures --by unit`: what each unit gave for each indicator."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Cell, Table, Words, shortened
from danvan_cli.cli.frame.sheet import Estimate, Share, Sheet, Value
from danvan_cli.model.figure_kinds import figure_text
from danvan_cli.model.plan import Plan, Unit
from danvan_cli.model.values import Figure
from danvan_cli.report.combined_report import IndicatorTotal

MANY_UNITS = 40
"""A table shows no more units than this and says how many others there are."""

_NAME = 26
"""Characters of a unit's or an indicator's name beside its figures."""

_GAP = 2
_TOTAL = "Tổng cộng"
_MISSING = Words("chưa", "warning")
_NOT_OWED = Words("-", "quiet")


def blocks(plan: Plan, totals: Sequence[IndicatorTotal], width: int | None) -> Iterator[Block]:
    """The matrix in as many tables as `width` asks for; in one, with full names, if it is None.

    Units are rows, unless only the other way round it fits in one table.
    """
    units = _owing(plan, totals)
    shown = units[:MANY_UNITS]
    by_indicator = [(total, _cells(total)) for total in totals]
    if width is None:
        yield _table(shown, by_indicator, [_full_name(total) for total in totals])
    else:
        bands = list(_bands(shown, by_indicator, width))
        turned = _turned(shown, by_indicator)
        if len(bands) > 1 and _width(turned) <= width:
            yield turned
        else:
            for band in bands:
                for total, _ in band:
                    yield layout.line(f"({total.number}) {_full_name(total)}", "quiet")
                yield _table(shown, band, [f"({total.number})" for total, _ in band])
    legend = "chưa: đơn vị chưa có số liệu; -: đơn vị không có chỉ tiêu này"
    if any(total.of_unit_targets for total in totals):
        legend += "; (%): so với kế hoạch của đơn vị"
    yield layout.line(legend, "quiet")
    if rest := len(units) - len(shown):
        count = vietnamese.number(rest)
        yield layout.line(
            f"{count} đơn vị khác không in ở đây, đã tính trong tổng (xem đủ: --format csv).",
            "quiet",
        )


_Column = tuple[IndicatorTotal, dict[str, Cell]]
"""An indicator and its cells by unit."""


def _owing(plan: Plan, totals: Sequence[IndicatorTotal]) -> list[Unit]:
    """The units that owe or gave any of the figures, in the plan's order.

    Last those that are gone and whose last figures are in the totals.
    """
    ids = {unit for total in totals for unit in (*total.missing, *dict(total.parts))}
    carried = {unit for total in totals for unit in dict(total.carried)}
    return [
        *(unit for unit in plan.units if unit.id in ids),
        *(_before(unit) for unit in plan.units if unit.id in carried),
    ]


def _before(unit: Unit) -> Unit:
    """The unit named so that its figures are known to be of an earlier period."""
    name, short = (f"{called} (kỳ trước)" for called in (unit.name, unit.short_name))
    return replace(unit, name=name, short=short)


def _cells(total: IndicatorTotal) -> dict[str, Cell]:
    cells: dict[str, Cell] = {**total.unit_texts_with_shares}
    return cells | dict.fromkeys(total.missing, _MISSING)


def _bands(
    units: Sequence[Unit], columns: Sequence[_Column], width: int
) -> Iterator[list[_Column]]:
    """The indicators, as many in each table as fit beside the units' names."""
    band: list[_Column] = []
    for column in columns:
        more = [*band, column]
        if band and _width(_table(units, more, [f"({total.number})" for total, _ in more])) > width:
            yield band
            more = [column]
        band = more
    yield band


def _table(units: Sequence[Unit], columns: Sequence[_Column], titles: Sequence[str]) -> Table:
    rows: list[list[Cell]] = [
        [
            shortened(unit.short_name, _NAME),
            *(cells.get(unit.id, _NOT_OWED) for _, cells in columns),
        ]
        for unit in units
    ]
    for title, cells in _sums([total for total, _ in columns]):
        rows.append([title, *cells])
    return Table(["Đơn vị", *titles], rows, right=frozenset(range(1, len(columns) + 1)))


def _turned(units: Sequence[Unit], columns: Sequence[_Column]) -> Table:
    """Indicators as rows, the units' symbols above their figures."""
    sums = _sums([total for total, _ in columns])
    rows = [
        [
            shortened(_full_name(total), _NAME),
            *(cells.get(unit.id, _NOT_OWED) for unit in units),
            *(row[place] for _, row in sums),
        ]
        for place, (total, cells) in enumerate(columns)
    ]
    titles = ["Chỉ tiêu", *(unit.own_symbol for unit in units)]
    titles += [title.removesuffix(" cộng") for title, _ in sums]
    return Table(titles, rows, right=frozenset(range(1, len(titles))))


def _width(table: Table) -> int:
    rows = [table.columns, *([layout.plain_cell(cell) for cell in row] for row in table.rows)]
    return sum(max(map(len, cells)) + _GAP for cells in zip(*rows, strict=True))


def _sums(totals: Sequence[IndicatorTotal]) -> list[tuple[str, list[str]]]:
    """What stands below the units: the sum of each indicator, and what the plan wants of it."""
    rows = [
        (_TOTAL, [total.total_text or "-" for total in totals]),
        ("Kế hoạch", [total.text_of(total.target) or "-" for total in totals]),
        ("% kế hoạch", [total.of_target or "-" for total in totals]),
    ]
    return [row for row in rows if row is rows[0] or set(row[1]) != {"-"}]


def _full_name(total: IndicatorTotal) -> str:
    return f"{total.indicator.name} ({total.indicator.measure})"


def sheet(plan: Plan, totals: Sequence[IndicatorTotal], heading: Sequence[str]) -> Sheet:
    """One row a unit, all of them, and below what they are together."""
    columns: list[str] = ["Đơn vị"]
    cells: list[Mapping[str, Value]] = []
    sums: list[list[Value]] = [["Tổng cộng"], ["Kế hoạch"], ["So với kế hoạch"]]
    for total in totals:
        columns.append(_full_name(total))
        units = {unit: _unit_value(total, unit, figure) for unit, figure in total.figures.items()}
        cells.append({**dict.fromkeys(total.missing, _MISSING.text), **units})
        of_all = (value_of(total), number_value(total, total.target), Share.of(total.of_target))
        for row, value in zip(sums, of_all, strict=True):
            row.append(value)
        if total.unit_targets:
            columns += ["Kế hoạch", "So với kế hoạch"]
            shares = {unit: Share(text) for unit, text in total.of_unit_targets.items()}
            cells += [total.unit_targets, shares]
            for row in sums:
                row += [None, None]
    kept = sums if any(total.target is not None for total in totals) else sums[:1]
    rows = [
        [unit.name, *(column.get(unit.id) for column in cells)] for unit in _owing(plan, totals)
    ]
    return Sheet("Theo đơn vị", heading, columns, [*rows, *kept], sums=len(kept))


def value_of(total: IndicatorTotal) -> Value:
    """A total in a spreadsheet: a number wherever it is one."""
    if total.total is None or total.indicator.kind == "yes_no":
        return total.total_text
    if not total.estimated:
        return number_value(total, total.total)
    return total.total_text if total.indicator.kind == "rate" else Estimate(total.total)


def change_value(total: IndicatorTotal) -> Value:
    """A change in a spreadsheet; '+0,4 điểm %' is no share."""
    if total.change is None or not total.change.endswith("%") or " " in total.change:
        return total.change
    return Share(total.change)


def number_value(total: IndicatorTotal, figure: Figure | None) -> Value:
    """Another figure of the same indicator in a spreadsheet, as last year's."""
    return Share.of(total.text_of(figure)) if total.indicator.kind == "rate" else figure


def _unit_value(total: IndicatorTotal, unit: str, figure: Figure) -> Value:
    if unit not in total.estimated:
        return number_value(total, figure)
    if total.indicator.kind == "rate":
        return figure_text(total.indicator, figure, estimated=True)
    return Estimate(figure)


def csv(plan: Plan, totals: Sequence[IndicatorTotal]) -> str:
    """One row a unit, one column an indicator, two more if it has targets by unit."""
    columns: dict[str, Mapping[str, object]] = {}
    for total in totals:
        is_yes_no = total.indicator.kind == "yes_no"
        columns[total.indicator.id] = total.unit_texts if is_yes_no else total.figures
        if total.unit_targets:
            columns[f"{total.indicator.id}.target"] = total.unit_targets
            columns[f"{total.indicator.id}.of_target"] = total.of_unit_targets
    return layout.csv_text(
        ["unit", "name", *columns],
        [
            [unit.id, unit.name, *(column.get(unit.id) for column in columns.values())]
            for unit in _owing(plan, totals)
        ],
    )


def record(totals: Sequence[IndicatorTotal]) -> dict[str, Any]:
    """Indicator → figures by unit, and who has still to give one."""
    return {
        "indicators": [
            {
                "id": total.indicator.id,
                "name": total.indicator.name,
                "measure": total.indicator.measure,
                "kind": total.indicator.kind,
                "figure": total.total,
                "units": dict(total.parts),
                "missing": total.missing,
                **({"carried": dict(total.carried)} if total.carried else {}),
                "estimated": sorted(total.estimated),
                "target": total.target,
                "of_target": total.of_target,
                "unit_targets": dict(total.unit_targets),
                "of_unit_targets": total.of_unit_targets,
            }
            for total in totals
        ]
    }
