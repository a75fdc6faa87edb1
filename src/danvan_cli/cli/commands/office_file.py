"""The file of the office's own words, for the commands that write into it."""

from pathlib import Path
from typing import NamedTuple

from danvan_cli.cli.frame.places import shown
from danvan_cli.files import paths, safe_write
from danvan_cli.files.replacing import Original
from danvan_cli.files.yaml_editing import updated
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.problems import Failure
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, original_file

_NOTHING = b"{}\n"
"""The YAML of a file that is still empty."""


class OfficeAsRead(NamedTuple):
    """The file's bytes, from which a changed text is made, and what they hold."""

    old: Original
    office: OfficeReport

    def text_with(self, office: OfficeReport) -> str:
        """The file's text with other words: its notation, comments and line ends stay."""
        return updated((self.old.content or _NOTHING).decode(), office)

    def write(self, text: str) -> Path:
        """Raises Failure where somebody has saved the file since it was read."""
        return safe_write.change(self.old, text.encode())


def office_as_read(checked: CheckedWorkspace, period: str) -> OfficeAsRead:
    """The office's own words for the period; none where there is no file yet.

    Raises Failure where the file has errors.
    """
    path = checked.reports_folder(period) / paths.OFFICE_NAME
    file = next((office for office in checked.workspace.offices if office.path == path), None)
    if file and (file.office is None or checked.errors_in(path)):
        raise Failure(
            f"{shown(path)} có lỗi nên chưa ghi thêm được",
            f"xem từng lỗi: danvan validate {shown(path)}",
        )
    office = file.office if file and file.office else OfficeReport()
    return OfficeAsRead(original_file(checked, path, file), office)
