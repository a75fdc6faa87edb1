"""Help in framed panels, for a terminal."""

import sys
from collections.abc import Iterable

import click
from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from danvan_cli.cli.frame import terminal

WIDEST = 120
"""Characters; longer lines are hard to read."""


class PanelFormatter(click.HelpFormatter):
    """Takes what Click's formatter takes; shows each list of options or commands in a panel."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, file=terminal.drawn_on(sys.stdout))
        self._width = min(self._console.width, WIDEST)
        super().__init__(width=self._width - 2)
        self._title = ""

    def write_heading(self, heading: str) -> None:
        self._title = heading

    def write_paragraph(self) -> None:
        self.write("\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        table = Table.grid(padding=(0, col_spacing, 0, 0))
        table.add_column(style="bold cyan", max_width=col_max)
        table.add_column()
        for term, meaning in rows:
            table.add_row(Text(term), Text(meaning))
        self._show_text()
        panel = Panel(
            table, box=box.ROUNDED, title=Text(self._title), title_align="left", border_style="dim"
        )
        self._console.print(panel, width=self._width)

    def show(self) -> None:
        """Shows what has been written and is not on the terminal yet."""
        self._show_text()

    def _show_text(self) -> None:
        """Shows the text between two panels; nothing where it is but a blank line."""
        text, self.buffer = self.getvalue(), []
        if text.strip():
            self._console.print(text, markup=False, soft_wrap=True, end="")
