"""Which files of a workspace are read, by their names and places, and why others are not."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from danvan_cli import vietnamese
from danvan_cli.files import links
from danvan_cli.files.temporary_names import is_temporary
from danvan_cli.model.plan import Plan, Unit
from danvan_cli.problems import Diagnostic, Guess, did_you_mean

PLAN_NAME = "plan.yaml"
OFFICE_NAME = "_office.yaml"
ISSUED_NAME = "_issued.yaml"
CRITERIA_NAME = "criteria.yaml"
RATING_NAME = "_rating.yaml"
REPORT_SUFFIXES = (".yaml", ".yml")
READ_ME_NAME = "README.md"
GIT_NAMES = (".gitkeep", ".gitignore")
# Files that macOS and Windows create; names with ~$ and ._ are created by Word and macOS.
_SYSTEM_NAMES = (".DS_Store", "desktop.ini", "Desktop.ini", "Thumbs.db")

REPORTS = "reports"


def report_paths(root: Path, year: int | None) -> Iterator[Path]:
    """The files below `reports/<year>/`, or below every year if the plan's year is unknown."""
    reports = root / REPORTS
    years = [reports / str(year)] if year else _year_folders(reports)
    for folder in years:
        yield from sorted(_files_below(folder, root))


def outside_workspace(paths: Iterable[Path], root: Path) -> set[Path]:
    """The paths that lead out of the workspace by a link, of a file or folder (see `links`)."""
    # Checking each folder, and of the files only links, takes little time.
    folders = {path.parent for path in paths}
    outside = {folder for folder in folders if links.leads_outside(folder, root)}
    return {
        path
        for path in paths
        if path.parent in outside or (path.is_symlink() and links.leads_outside(path, root))
    }


def _files_below(folder: Path, root: Path) -> Iterator[Path]:
    """Every file at any depth, without following links, and folders named like a report.

    If the folder itself leads out of the workspace: only the folder.
    """
    if links.leads_outside(folder, root):
        yield folder
        return
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in files if not is_ignored(name))
        for path in (Path(parent, name) for name in folders):
            if path.suffix in REPORT_SUFFIXES or path.is_symlink():
                yield path


def is_ignored(name: str) -> bool:
    is_systems = name in _SYSTEM_NAMES or name.startswith(("~$", "._"))
    return is_systems or name in GIT_NAMES or is_temporary(name)


def _year_folders(reports: Path) -> list[Path]:
    return [folder for folder in sorted(reports.glob("[0-9][0-9][0-9][0-9]")) if folder.is_dir()]


def outside_year_folders(root: Path, year: int | None) -> Iterator[tuple[Path, Diagnostic]]:
    """F113: files and folders in `reports/` that are not in the folder of a year."""
    folder = f"reports/{year or '<năm>'}/<kỳ>"
    reports = root / REPORTS
    for path in sorted(reports.glob("*")) if not links.leads_outside(reports, root) else ():
        is_folder = path.is_dir()
        if is_folder and (re.fullmatch(r"\d{4}", path.name, re.ASCII) or _is_empty(path, root)):
            continue
        if is_ignored(path.name) or path.name == READ_ME_NAME:
            continue
        message = "thư mục này không phải của một năm, danvan không đọc các tệp trong đó"
        problem = Diagnostic(
            code="F113",
            message=message if is_folder else "tệp nằm ngoài thư mục của năm và kỳ báo cáo",
            hint=f"nếu là báo cáo thì chuyển vào {folder}, nếu không thì chuyển đi nơi khác",
        )
        yield path, problem


def _is_empty(folder: Path, root: Path) -> bool:
    return next(_files_below(folder, root), None) is None


def other_years(root: Path, year: int | None) -> Iterator[Diagnostic]:
    """F119 at the plan's year: there are reports of later years, or only of other years.

    Reports of earlier years are fine if there are reports of the plan's year, too.
    """
    if year is None:
        return
    folders = [folder for folder in _year_folders(root / REPORTS) if not _is_empty(folder, root)]
    years = [int(folder.name) for folder in folders]
    unread = [other for other in years if other > year or year not in years]
    if unread:
        files = sum(
            1
            for folder in folders
            if int(folder.name) in unread
            for _ in _files_below(folder, root)
        )
        yield Diagnostic(
            code="F119",
            message=f"kế hoạch ghi năm {year} nên {vietnamese.number(files)} tệp trong "
            f"{vietnamese.enumeration([f'reports/{other}' for other in unread])} không được đọc",
            hint="nếu năm của kế hoạch sai thì sửa year; nếu đúng thì sửa tên thư mục, hoặc để "
            "nguyên nếu là báo cáo của năm khác",
            path=("year",),
        )


def unexpected_file(
    path: Path, plan: Plan | None, units: Mapping[str, Unit], guess: Guess
) -> Diagnostic | None:
    """F113: why a file below `reports/<year>/` is not read; None if it is."""
    period, name = path.parent.name, vietnamese.nfc(path.name)
    periods = list(plan.periods) if plan else []
    if path.is_dir():
        return Diagnostic(
            code="F113",
            message=f"“{name}” là thư mục, không phải tệp báo cáo",
            hint="chuyển các tệp trong đó ra đúng chỗ rồi xóa thư mục này",
        )
    if re.fullmatch(r"\d{4}", period) and path.parents[1].name == REPORTS:
        return _misplaced("tệp nằm ngoài thư mục của kỳ báo cáo", periods)
    if path.parents[2].name != REPORTS:
        return _misplaced("tệp nằm sâu hơn thư mục của kỳ báo cáo", periods)
    if plan and period not in plan.periods:
        return _misplaced(f"kế hoạch không có kỳ báo cáo “{period}”", periods, period)
    if name in (OFFICE_NAME, ISSUED_NAME, RATING_NAME):
        return None
    if path.suffix not in REPORT_SUFFIXES:
        return Diagnostic(
            code="F113",
            message=f"danvan không đọc tệp có tên “{name}”",
            hint="đặt tên là <mã đơn vị>.yaml; nếu không phải báo cáo thì chuyển đi nơi khác",
        )
    if plan and path.stem not in units:
        return Diagnostic(
            code="F113",
            message=f"kế hoạch không có đơn vị “{path.stem}”",
            hint=guess(path.stem, units) or "xem mã đơn vị ở mục units của plan.yaml",
        )
    return None


def _misplaced(message: str, periods: list[str], written: str = "") -> Diagnostic:
    folders = f"các thư mục kỳ báo cáo: {', '.join(periods)}" if periods else None
    return Diagnostic(code="F113", message=message, hint=did_you_mean(written, periods) or folders)
