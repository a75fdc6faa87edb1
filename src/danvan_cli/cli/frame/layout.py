"""Headings, lines and tables: said once, shown on a terminal, on a pipe or as Markdown."""

import io
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

import click
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.characters import visible
from danvan_cli.cli.frame import terminal

if TYPE_CHECKING:
    from rich.table import Table as RichTable
    from rich.text import Text

Tone = Literal["good", "warning", "bad", "quiet"]


class Words(Struct, frozen=True):
    """Text with a tone: how good or bad what it says is."""

    text: str
    tone: Tone | None = None


class Bar(Struct, frozen=True):
    """How much of a whole is done, is under way, and is neither."""

    done: int
    under_way: int
    rest: int

    def cut(self, width: int) -> tuple[int, int, int]:
        """The three parts in characters; something that is not nothing never vanishes."""
        whole = self.done + self.under_way + self.rest
        if not whole:
            return 0, 0, width
        done = _share(self.done, whole, width)
        under_way = min(_share(self.under_way, whole, width), width - done)
        return done, under_way, width - done - under_way


Cell: TypeAlias = str | Words | Bar


class Heading(Struct, frozen=True):
    text: str


class Line(Struct, frozen=True):
    words: Words


class Table(Struct, frozen=True):
    """`right`: the columns, from 0, whose cells are numbers.

    `cut`: the column, if any, whose texts may be cut on a terminal that is too narrow for them.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    right: frozenset[int] = frozenset()
    cut: int | None = None


class BarLegend(Struct, frozen=True):
    """What the parts of the bars above mean."""

    done: str
    under_way: str
    rest: str

    def with_marks(self, marks: str) -> str:
        meanings = zip(marks, (self.done, self.under_way, self.rest), strict=True)
        return "; ".join(f"{mark} {meaning}" for mark, meaning in meanings)


Block: TypeAlias = Heading | Line | Table | BarLegend

_BAR_WIDTH = 12
_PLAIN_MARKS = "#=."
_RICH_MARKS = "█▒░"
_COLUMN_GAP = 2
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
_LEAST_WIDTH = 12
"""A text is not cut below this many characters."""
_STYLES: dict[Tone, str] = {
    "good": "green",
    "warning": "yellow",
    "bad": "bold red",
    "quiet": "dim",
}


def shortened(text: str, width: int) -> str:
    """The text, or as many of its first words as fit, with an ellipsis."""
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"


def line(text: str, tone: Tone | None = None) -> Line:
    return Line(Words(text, tone))


def show(blocks: Sequence[Block]) -> None:
    """On a terminal with colour and its width; elsewhere as plain text."""
    if terminal.shows_panels():
        _print_rich(blocks)
    else:
        click.echo(plain(blocks), nl=False)


def plain(blocks: Iterable[Block]) -> str:
    """Text without colour or boxes, columns lined up by spaces."""
    return _joined(blocks, lambda heading: f"\n{heading.text.upper()}\n", _plain_table)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Comma-separated values; None and absent are empty.

    A text that a spreadsheet would work out as a formula gets an apostrophe before it.
    """
    import csv

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_no_formula(value) for value in row] for row in rows)
    return text.getvalue()


def _no_formula(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_BEGINS)
    return f"'{value}" if is_formula else value


def markdown(blocks: Iterable[Block]) -> str:
    return _joined(blocks, lambda heading: f"\n## {heading.text}\n\n", _markdown_table)


def _joined(
    blocks: Iterable[Block],
    show_heading: Callable[[Heading], str],
    show_table: Callable[[Table], str],
) -> str:
    parts: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                parts.append(show_heading(block))
            case Line():
                parts.append(f"{block.words.text}\n")
            case Table():
                parts.append(show_table(block))
            case BarLegend():
                parts.append(f"{block.with_marks(_PLAIN_MARKS)}\n")
    return "".join(parts).lstrip("\n")


def _plain_table(table: Table) -> str:
    rows = [list(table.columns), *([_plain_cell(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    text = ""
    for row in rows:
        cells = [
            cell.rjust(width) if place in table.right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        text += f"  {'  '.join(cells).rstrip()}\n"
    return text


def _markdown_table(table: Table) -> str:
    rules = ["---:" if place in table.right else "---" for place in range(len(table.columns))]
    rows = [list(table.columns), rules]
    rows += [[_plain_cell(cell).replace("|", "\\|") for cell in row] for row in table.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


def _plain_cell(cell: Cell) -> str:
    match cell:
        case Bar():
            return "".join(
                mark * times for mark, times in zip(_PLAIN_MARKS, cell.cut(_BAR_WIDTH), strict=True)
            )
        case Words():
            return _in_cell(cell.text)
        case str():
            return _in_cell(cell)


def _print_rich(blocks: Sequence[Block]) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False, file=terminal.drawn_on(sys.stdout))
    for block in blocks:
        match block:
            case Heading():
                console.print(Text(f"\n{visible(block.text)}", style="bold"))
            case Line(words):
                console.print(
                    Text(visible(words.text), style=_STYLES[words.tone] if words.tone else "")
                )
            case Table():
                table = _rich_table(_cut_to(block, console.width - 1))
                console.print(Padding(table, (0, 0, 0, 1)))
            case BarLegend():
                console.print(Text(block.with_marks(_RICH_MARKS), style=_STYLES["quiet"]))


def _cut_to(table: Table, width: int) -> Table:
    """The table with the texts of its `cut` column as short as this width asks."""
    if table.cut is None:
        return table
    plain_rows = [list(table.columns), *([_plain_cell(cell) for cell in row] for row in table.rows)]
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


def _rich_table(table: Table) -> "RichTable":
    from rich import box
    from rich.table import Table as RichTable

    shown = RichTable(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for place, title in enumerate(table.columns):
        shown.add_column(title, justify="right" if place in table.right else "left")
    for row in table.rows:
        shown.add_row(*(_rich_cell(cell) for cell in row))
    return shown


def _rich_cell(cell: Cell) -> "Text":
    from rich.text import Text

    match cell:
        case Bar():
            done, under_way, rest = cell.cut(_BAR_WIDTH)
            return Text.assemble(
                (_RICH_MARKS[0] * done, "green"),
                (_RICH_MARKS[1] * under_way, "yellow"),
                (_RICH_MARKS[2] * rest, "dim"),
            )
        case Words():
            return Text(_in_cell(cell.text), style=_STYLES[cell.tone] if cell.tone else "")
        case str():
            return Text(_in_cell(cell))


def _in_cell(text: str) -> str:
    return visible(" ".join(text.splitlines()))


def _share(part: int, whole: int, width: int) -> int:
    return max(round(part * width / whole), 1 if part else 0)
