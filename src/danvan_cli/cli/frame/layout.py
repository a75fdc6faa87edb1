"""Headings, lines and tables: said once, shown on a terminal, on a pipe or as Markdown."""

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeAlias

import click
from msgspec import Struct

from danvan_cli.characters import escaped
from danvan_cli.cli.frame import terminal

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

BAR_WIDTH = 12
_PLAIN_MARKS = "#=."
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


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
        # rich takes half as long to import as all that status needs; a pipe goes without.
        from danvan_cli.cli.frame.drawing import draw

        draw(blocks)
    else:
        click.echo(plain(blocks), nl=False)


def width() -> int:
    """The characters that a table has to fit into; 80 where it is not shown on a terminal."""
    return shutil.get_terminal_size().columns - 1 if terminal.shows_panels() else 80


def plain(blocks: Iterable[Block]) -> str:
    """Text without colour or boxes, columns lined up by spaces."""
    return _joined(blocks, lambda heading: f"\n{heading.text.upper()}\n", _plain_table)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Comma-separated values; None and absent are empty.

    A text that a spreadsheet would work out as a formula gets an apostrophe before it.
    """
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
    rows = [list(table.columns), *([plain_cell(cell) for cell in row] for row in table.rows)]
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
    rows += [[plain_cell(cell).replace("|", "\\|") for cell in row] for row in table.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


def plain_cell(cell: Cell) -> str:
    match cell:
        case Bar():
            return "".join(
                mark * times for mark, times in zip(_PLAIN_MARKS, cell.cut(BAR_WIDTH), strict=True)
            )
        case Words():
            return in_cell(cell.text)
        case str():
            return in_cell(cell)


def in_cell(text: str) -> str:
    return escaped(" ".join(text.splitlines()))


def _share(part: int, whole: int, width: int) -> int:
    return max(round(part * width / whole), 1 if part else 0)
