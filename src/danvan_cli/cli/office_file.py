"""The file of the office's own words, for the commands that write into it."""

from pathlib import Path

from danvan_cli import workspace
from danvan_cli.checked_workspace import Opened
from danvan_cli.cli.places import shown
from danvan_cli.failures import Failure
from danvan_cli.office import OfficeReport

_NOTHING = "{}\n"
"""The YAML of a file in which nothing stands yet."""


def office_path(opened: Opened, period: str) -> Path:
    """Where the office's own words for the period stand, or would stand."""
    return opened.reports_folder(period) / workspace.OFFICE_NAME


def office_as_it_stands(opened: Opened, path: Path) -> tuple[str, OfficeReport]:
    """The file's text and what it holds; an empty one where there is none yet.

    Raises Failure where it has errors.
    """
    file = next((each for each in opened.workspace.offices if each.path == path), None)
    if file is None:
        return _NOTHING, OfficeReport()
    if file.office is None or opened.errors_in(path):
        raise Failure(
            f"{shown(path)} có lỗi nên chưa ghi thêm được",
            f"xem từng lỗi: danvan validate {shown(path)}",
        )
    # As it stands in the file: its notation and, before normalisation, every letter.
    return path.read_bytes().decode("utf-8-sig"), file.office
