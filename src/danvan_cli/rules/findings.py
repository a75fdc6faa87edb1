"""What is wrong in a whole workspace, or in files that are named, wherever they lie."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import rules
from danvan_cli.files import past_years, paths, workspace
from danvan_cli.files.readings import (
    CriteriaFile,
    HistoryFile,
    IssuedFile,
    OfficeFile,
    PlanFile,
    RatingFile,
    Reading,
    ReportFile,
    Workspace,
)
from danvan_cli.files.workspace import OneByOne
from danvan_cli.files.yaml_reading import Source
from danvan_cli.model.criteria import Criteria
from danvan_cli.model.history import comparable
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, with_groups
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import ERROR, Diagnostic, Failure, count_errors
from danvan_cli.rules import figures_left_out, registers
from danvan_cli.rules.comparisons import Compared

_Readable: TypeAlias = (
    PlanFile | ReportFile | OfficeFile | IssuedFile | HistoryFile | CriteriaFile | RatingFile
)

_READERS: Mapping[type[Struct], Callable[[Path, Source], _Readable]] = {
    UnitReport: workspace.report_from,
    Plan: workspace.plan_from,
    OfficeReport: workspace.office_from,
    Criteria: workspace.criteria_from,
}
_NO_WORKSPACE = Workspace(Path(), PlanFile(Path(paths.PLAN_NAME)), [], [], [])
_ASK_FOR_YAML = "đề nghị đơn vị gửi tệp .yaml, hoặc biểu mẫu Word đã điền"
_REGISTER = "sổ của kế hoạch thì dùng danvan register check"
_OTHER_KINDS = {
    ".docx": "dùng danvan check để kiểm tra thể thức văn bản, danvan import để nhập biểu mẫu mà "
    "đơn vị đã điền",
    ".doc": "mở bằng Word, lưu thành .docx, rồi dùng danvan check hoặc danvan import",
    ".odt": "mở bằng LibreOffice, lưu thành .docx, rồi dùng danvan check hoặc danvan import",
    ".pdf": _ASK_FOR_YAML,
    **dict.fromkeys((".xls", ".xlsx", ".csv"), f"{_REGISTER}; báo cáo thì {_ASK_FOR_YAML}"),
}


class Findings(Struct, frozen=True):
    """What was found in how many files.

    `not_compared`: why reports could not be compared with the plan; None if they were. `explained`:
    how many doubtful figures the units explained, which are no findings any more. `left_out`: of a
    whole workspace, how many figures its reports owe and do not give, by period.
    """

    diagnostics: list[Diagnostic]
    files: int
    not_compared: str | None = None
    explained: int = 0
    left_out: Mapping[str, int] = {}

    @property
    def errors(self) -> int:
        return count_errors(self.diagnostics)

    @property
    def warnings(self) -> int:
        return len(self.diagnostics) - self.errors


def in_workspace(root: Path, today: date, one_by_one: OneByOne = iter) -> Findings:
    """All problems of the plan and of every file under the reports of its year."""
    return of_workspace(past_years.load(root, one_by_one), today)


def of_workspace(known: Workspace, today: date) -> Findings:
    """The same of a workspace that was read."""
    found = _findings(known, sorted(known.files(), key=lambda reading: reading.path), today)
    errors = Counter(
        problem.file for problem in found.diagnostics if problem.file and problem.severity == ERROR
    )
    return replace(found, left_out=figures_left_out.by_period(known, errors, today))


def of_registers(known: Workspace, tracked: frozenset[str], today: date) -> Findings:
    """What is wrong in and with the registers of a workspace; `tracked`: the files that git has."""
    files = {file.path for file in known.registers}
    found = rules.check(known, today)
    if known.plan.plan:
        found.setdefault(known.plan.path, []).extend(
            rules.problems_of_tracked(known.plan.plan, tracked)
        )
    of_them = {
        path: [problem for problem in problems if path in files or problem.code in registers.CODES]
        for path, problems in found.items()
    }
    return Findings(
        diagnostics=[
            problem
            for reading in sorted(known.files(), key=lambda reading: reading.path)
            for problem in workspace.with_positions(reading, of_them.get(reading.path, []))
        ],
        files=len(files),
    )


def in_files(
    files: Sequence[Path], start: Path, today: date, one_by_one: OneByOne = iter
) -> Findings:
    """All problems of these files, compared with the plan of the workspace that they lie in.

    One that lies in none is compared with the plan of the one from `start` upward, if there is one.
    Raises Failure for what is no such file at all.
    """
    by_root: dict[Path | None, dict[Path, None]] = {}
    for file in files:
        _refuse_other_kinds(file)
        root = _root(file.resolve().parent) or _root(start)
        by_root.setdefault(root, {})[file] = None
    return _together(
        [
            _in_files_of(root, list(files_there), today, one_by_one)
            for root, files_there in by_root.items()
        ]
    )


def _refuse_other_kinds(file: Path) -> None:
    if file.is_dir():
        raise Failure(f"“{file}” là thư mục, không phải tệp")
    if not file.exists():
        raise Failure(f"không có tệp “{file}”")
    if not file.is_file():
        raise Failure(f"“{file}” không phải là một tệp thông thường")
    suffix = file.suffix.lower()
    if suffix in _OTHER_KINDS:
        message = f"danvan validate kiểm tra tệp .yaml, không kiểm tra tệp {suffix} như “{file}”"
        raise Failure(message, _OTHER_KINDS[suffix])


def _root(folder: Path) -> Path | None:
    try:
        return workspace.find(folder)
    except Failure:
        return None


def _in_files_of(
    root: Path | None, files: list[Path], today: date, one_by_one: OneByOne
) -> Findings:
    known = past_years.load(root, one_by_one) if root else _NO_WORKSPACE
    by_path = {reading.path.resolve(): reading for reading in known.files()}
    named: list[Reading] = [by_path.get(file.resolve()) or _read_elsewhere(file) for file in files]
    added = [reading for reading in named if reading.path.resolve() not in by_path]
    plans = [reading for reading in added if isinstance(reading, PlanFile)]
    known = replace(
        known,
        reports=known.reports + [reading for reading in added if isinstance(reading, ReportFile)],
        offices=known.offices + [reading for reading in added if isinstance(reading, OfficeFile)],
        issued=known.issued + [reading for reading in added if isinstance(reading, IssuedFile)],
        history=known.history + [reading for reading in added if isinstance(reading, HistoryFile)],
        criteria=next((each for each in added if isinstance(each, CriteriaFile)), known.criteria),
        ratings=known.ratings + [reading for reading in added if isinstance(reading, RatingFile)],
    )
    parts = [_findings(known, [reading for reading in named if reading not in plans], today)]
    for plan in plans:
        alone = Workspace(plan.path.parent, plan, [], [], [])
        parts.append(_findings(alone, [plan], today))
    return _together(parts)


def _read_elsewhere(file: Path) -> _Readable:
    """A file that is no part of a workspace, as what its name or its fields say that it is."""
    if file.name == paths.OFFICE_NAME:
        return workspace.read_office(file)
    read = workspace.read(file)
    if file.name == paths.ISSUED_NAME:
        return workspace.issued_from(file, read)
    if past_years.YEAR_NAME.fullmatch(file.name):
        return past_years.history_from(file, read)
    if file.name == paths.RATING_NAME:
        return workspace.rating_from(file, read)
    fields = read.data.keys() if isinstance(read.data, dict) else set()
    alike = {kind: len(fields & set(kind.__struct_encode_fields__)) for kind in _READERS}
    kind = max(alike, key=lambda kind: alike[kind])
    if isinstance(read.data, dict) and not alike[kind]:
        raise Failure(
            f"“{file}” không phải là kế hoạch, báo cáo của đơn vị hay phần viết của cơ quan",
            "báo cáo của đơn vị có các trường unit, year, period",
        )
    return _READERS[kind](file, read)


def _findings(known: Workspace, readings: Sequence[Reading], today: date) -> Findings:
    """What is wrong in these of a workspace's files, with the places."""
    found = rules.check(known, today)
    has_reports = any(isinstance(reading, ReportFile | OfficeFile) for reading in readings)
    reason = "kế hoạch có lỗi" if known.plan.problems else f"không tìm thấy {paths.PLAN_NAME}"
    return Findings(
        diagnostics=[
            problem
            for reading in readings
            for problem in workspace.with_positions(reading, found.get(reading.path, []))
        ],
        files=len(readings),
        not_compared=reason if has_reports and known.plan.plan is None else None,
        explained=_explained(known, readings, found),
    )


def _explained(
    known: Workspace, readings: Sequence[Reading], found: Mapping[Path, list[Diagnostic]]
) -> int:
    noted = [file for file in readings if isinstance(file, ReportFile) and _has_notes(file)]
    if not noted or known.plan.plan is None:
        return 0
    reports = {
        (file.unit, file.period): file.report
        for file in known.reports
        if file.report and file.unit and file.period and not count_errors(found.get(file.path, []))
    }
    plan = with_groups(known.plan.plan)
    compared = Compared(plan, reports, comparable(plan, known.past_years))
    return sum(1 for file in noted for _ in compared.in_file(file, answered=True))


def _has_notes(file: ReportFile) -> bool:
    return file.report is not None and bool(file.report.notes)


def _together(parts: Sequence[Findings]) -> Findings:
    return Findings(
        diagnostics=[problem for part in parts for problem in part.diagnostics],
        files=sum(part.files for part in parts),
        not_compared=next((part.not_compared for part in parts if part.not_compared), None),
        explained=sum(part.explained for part in parts),
    )
