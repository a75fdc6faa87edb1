"""Writes a command's tables as a workbook into the output of a period, or where `-o` says."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from danvan_cli.cli.frame import places
from danvan_cli.cli.frame.layout import Block, Heading, Line
from danvan_cli.cli.frame.sheet import Sheet
from danvan_cli.files import safe_write
from danvan_cli.problems import Failure
from danvan_cli.tracking.checked_workspace import CheckedWorkspace


def refuse_without_workbook(output: Path | None, format: str) -> None:
    """Raises Failure for `-o` with what is only printed."""
    if output is not None and format != "xlsx":
        raise Failure("-o chỉ dùng khi ghi bảng tính", "thêm --format xlsx")


def heading(blocks: Iterable[Block]) -> list[str]:
    """The lines that a command prints above its table, for those above a sheet."""
    return [
        block.words.text if isinstance(block, Line) else block.text
        for block in blocks
        if isinstance(block, Line | Heading)
    ]


def write(
    checked: CheckedWorkspace,
    period: str,
    sheets: Sequence[Sheet],
    name: str,
    output: Path | None,
    *,
    force: bool,
) -> str:
    """Writes a workbook, of that name if no other place is given; returns the path to show."""
    # openpyxl takes longer to import than all else that these commands need.
    from danvan_cli.cli.frame import spreadsheet

    path = places.destination(output, checked.output_folder(period), name)
    within = places.within(output, checked.workspace.root)
    content = spreadsheet.workbook(sheets, checked.as_of)
    return places.shown(safe_write.write(path, content, within=within, force=force))
