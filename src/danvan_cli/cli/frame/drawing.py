"""Headings, lines and tables on a terminal: with colour, and as wide as it is."""

import sys
from collections.abc import Sequence

from msgspec.structs import replace
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from danvan_cli.characters import escaped
from danvan_cli.cli.frame import terminal
from danvan_cli.cli.frame.layout import (
    BAR_WIDTH,
    Bar,
    BarLegend,
    Block,
    Cell,
    Heading,
    Line,
    Table,
    Tone,
    Words,
    in_cell,
    plain_cell,
    shortened,
)

_MARKS = "█▒░"
_COLUMN_GAP = 2
_LEAST_WIDTH = 12
"""A text is not cut below this many characters."""
_STYLES: dict[Tone, str] = {
    "good": "green",
    "warning": "yellow",
    "bad": "bold red",
    "quiet": "dim",
}


def draw(blocks: Sequence[Block]) -> None:
    console = Console(highlight=False, file=terminal.drawn_on(sys.stdout))
    for block in blocks:
        match block:
            case Heading():
                console.print(Text(f"\n{escaped(block.text)}", style="bold"))
            case Line(words):
                console.print(
                    Text(escaped(words.text), style=_STYLES[words.tone] if words.tone else "")
                )
            case Table():
                table = _table(_cut_to(block, console.width - 1))
                console.print(Padding(table, (0, 0, 0, 1)))
            case BarLegend():
                console.print(Text(block.with_marks(_MARKS), style=_STYLES["quiet"]))


def _cut_to(table: Table, width: int) -> Table:
    """The table with the texts of its `cut` column as short as this width asks."""
    if table.cut is None:
        return table
    plain_rows = [list(table.columns), *([plain_cell(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[place]) for row in plain_rows) for place in range(len(table.columns))]
    others = sum(widths) - widths[table.cut] + _COLUMN_GAP * (len(widths) - 1)
    room = max(width - others, _LEAST_WIDTH)
    return replace(
        table,
        rows=[
            [
                shortened(cell, room) if place == table.cut and isinstance(cell, str) else cell
                for place, cell in enumerate(row)
            ]
            for row in table.rows
        ],
    )


def _table(table: Table) -> RichTable:
    shown = RichTable(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for place, title in enumerate(table.columns):
        shown.add_column(title, justify="right" if place in table.right else "left")
    for row in table.rows:
        shown.add_row(*(_cell(cell) for cell in row))
    return shown


def _cell(cell: Cell) -> Text:
    match cell:
        case Bar():
            done, under_way, rest = cell.cut(BAR_WIDTH)
            return Text.assemble(
                (_MARKS[0] * done, "green"),
                (_MARKS[1] * under_way, "yellow"),
                (_MARKS[2] * rest, "dim"),
            )
        case Words():
            return Text(in_cell(cell.text), style=_STYLES[cell.tone] if cell.tone else "")
        case str():
            return Text(in_cell(cell))
