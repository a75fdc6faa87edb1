"""Reads what is known of earlier years: `history/<year>.yaml`, or the workspaces of those years."""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.files import links, paths, readings, workspace, yaml_reading
from danvan_cli.files.paths import ISSUED_NAME, PLAN_NAME
from danvan_cli.files.readings import EarlierWorkspace, HistoryFile, IssuedFile, Workspace
from danvan_cli.model.history import PastFigure, PastIndicator, YearRecord
from danvan_cli.model.plan import EarlierYear
from danvan_cli.problems import DataPath, Diagnostic, count_errors, quoted, reason

FOLDER = "history"
YEAR_NAME = re.compile(r"(20\d\d)\.yaml", re.ASCII)


def history_path(root: Path, year: int) -> Path:
    return root / FOLDER / f"{year}.yaml"


def load(root: Path, one_by_one: workspace.OneByOne = iter) -> Workspace:
    """Reads a workspace (see `workspace.load`) and what is known of the years before its own."""
    found = workspace.load(root, one_by_one)
    years = found.plan.plan.years if found.plan.plan else []
    return replace(
        found,
        history=list(_history_files(root)),
        earlier=[_earlier_workspace(root, year) for year in years],
    )


def history_from(path: Path, read: yaml_reading.Source) -> HistoryFile:
    """What a file on an earlier year says; F113 where its name is not that of one."""
    record, type_errors = workspace.typed(read, YearRecord)
    name = YEAR_NAME.fullmatch(vietnamese.nfc(path.name))
    unnamed = Diagnostic(
        code="F113",
        message=f"danvan không đọc tệp có tên “{path.name}”",
        hint=f"đặt tên là năm của số liệu: {FOLDER}/2025.yaml",
    )
    if name is None:
        return HistoryFile(path, problems=[unnamed], year=None)
    return HistoryFile(
        path, read.text, [*read.problems, *type_errors], year=int(name[1]), record=record
    )


def _history_files(root: Path) -> Iterator[HistoryFile]:
    folder = root / FOLDER
    if links.leads_outside(folder, root):
        problem = Diagnostic(code="F101", message=f"không đọc được tệp: {links.LEADS_OUTSIDE}")
        yield HistoryFile(folder, problems=[problem], year=None)
    elif folder.is_dir():
        for path in sorted(folder.iterdir()):
            if not paths.is_ignored(path.name) and path.name != paths.READ_ME_NAME:
                yield history_from(path, workspace.read_inside(path, root))


def _earlier_workspace(root: Path, year: EarlierYear) -> EarlierWorkspace:
    try:
        return _earlier(root / year.from_, year)
    except OSError as error:
        return EarlierWorkspace(reason=f"không mở được {quoted(year.from_)}: {reason(error)}")
    except ValueError:  # a NUL in the name
        return EarlierWorkspace(reason=f"{quoted(year.from_)} không phải là một đường dẫn")


def _earlier(folder: Path, year: EarlierYear) -> EarlierWorkspace:
    """What the workspace of an earlier year says that was issued, or why nothing is known of it.

    The year's own `history` file is read if it has been closed, else the records of what was
    issued, which know no unit's figures.
    """
    if not folder.is_dir():
        return EarlierWorkspace(
            reason=f"không có thư mục {quoted(year.from_)}",
            hint=f"đường dẫn tính từ thư mục có {PLAN_NAME} này",
        )
    path = history_path(folder, year.year)
    if path.is_file():
        file = history_from(path, workspace.read_inside(path, folder))
        if file.record is None or count_errors(file.problems) or file.record.year != year.year:
            return _unusable(year, f"{FOLDER}/{path.name}")
        periods = {name for past in file.record.indicators.values() for name in past.periods}
        return EarlierWorkspace(file.record, dict.fromkeys(periods, file))
    if not (folder / PLAN_NAME).is_file():
        return EarlierWorkspace(
            reason=f"{quoted(year.from_)} không phải thư mục kế hoạch: không có {PLAN_NAME}"
        )
    return _as_issued(folder, year)


def _as_issued(folder: Path, year: EarlierYear) -> EarlierWorkspace:
    plan = workspace.read_plan(folder / PLAN_NAME)
    if plan.plan is None or count_errors(plan.problems):
        return _unusable(year, PLAN_NAME)
    if plan.plan.year != year.year:
        return EarlierWorkspace(
            reason=f"kế hoạch ở {quoted(year.from_)} của năm {plan.plan.year}, không phải năm "
            f"{year.year}"
        )
    records: dict[str, IssuedFile] = {}
    for period in plan.plan.periods:
        path = workspace.reports_folder(folder, year.year, period) / ISSUED_NAME
        if path.exists():
            file = workspace.issued_from(path, workspace.read_inside(path, folder), period)
            if file.record is None or count_errors(file.problems):
                return _unusable(year, f"reports/{year.year}/{period}/{ISSUED_NAME}")
            records[period] = file
    if not records:
        return EarlierWorkspace(
            reason=f"chưa báo cáo nào ở {quoted(year.from_)} được ghi nhận ban hành",
            hint=f"ghi nhận báo cáo đã ban hành: danvan -C {year.from_} issue",
        )
    return EarlierWorkspace(_together(year.year, records), records)


def _together(year: int, files: dict[str, IssuedFile]) -> YearRecord:
    """The totals of the issued reports; name and measure are those of the latest."""
    indicators: dict[str, PastIndicator] = {}
    for period, file in files.items():
        for name, figure in file.record.figures.items() if file.record else ():
            if figure.total is not None:
                known = indicators.get(name, PastIndicator())
                periods = {**known.periods, period: PastFigure(total=figure.total)}
                indicators[name] = PastIndicator(
                    name=figure.name, measure=figure.measure, periods=periods
                )
    return YearRecord(year=year, indicators=indicators)


def _unusable(year: EarlierYear, name: str) -> EarlierWorkspace:
    return EarlierWorkspace(
        reason=f"{name} ở {quoted(year.from_)} có lỗi nên chưa dùng được",
        hint=f"xem từng lỗi: danvan -C {year.from_} validate",
    )


def path_of(file: readings.Reading, indicator: str, period: str) -> DataPath:
    """Where the file of a source says the total of an indicator."""
    if isinstance(file, IssuedFile):
        return "figures", indicator, "total"
    return "indicators", indicator, "periods", period, "total"
