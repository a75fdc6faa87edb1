"""What is wrong in a whole workspace, or in files that are named, wherever they lie."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import rules
from danvan_cli.files import workspace
from danvan_cli.files.workspace import (
    OfficeFile,
    OneByOne,
    PlanFile,
    Reading,
    ReportFile,
    Workspace,
)
from danvan_cli.files.yaml_reading import Source
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import Diagnostic, Failure, count_errors

_Readable: TypeAlias = PlanFile | ReportFile | OfficeFile

_READERS: Mapping[type[Struct], Callable[[Path, Source], _Readable]] = {
    UnitReport: workspace.report_from,
    Plan: workspace.plan_from,
    OfficeReport: workspace.office_from,
}
_NO_WORKSPACE = Workspace(Path(), PlanFile(Path(workspace.PLAN_NAME)), [], [], [])
_ASK_FOR_YAML = "đề nghị đơn vị gửi tệp .yaml, hoặc biểu mẫu Word đã điền"
_OTHER_KINDS = {
    ".docx": "dùng danvan check để kiểm tra thể thức văn bản, danvan import để nhập biểu mẫu mà "
    "đơn vị đã điền",
    ".doc": "mở bằng Word, lưu thành .docx, rồi dùng danvan check hoặc danvan import",
    ".odt": "mở bằng LibreOffice, lưu thành .docx, rồi dùng danvan check hoặc danvan import",
    ".pdf": _ASK_FOR_YAML,
    ".xls": _ASK_FOR_YAML,
    ".xlsx": _ASK_FOR_YAML,
}


class Findings(Struct, frozen=True):
    """What was found in how many files.

    `not_held`: why reports could not be held against the plan; None if they were.
    """

    diagnostics: list[Diagnostic]
    files: int
    not_held: str | None = None

    @property
    def errors(self) -> int:
        return count_errors(self.diagnostics)

    @property
    def warnings(self) -> int:
        return len(self.diagnostics) - self.errors


def in_workspace(root: Path, today: date, one_by_one: OneByOne = iter) -> Findings:
    """All problems of the plan and of every file under the reports of its year."""
    found = workspace.load(root, one_by_one)
    return _findings(found, sorted(found.files(), key=lambda each: each.path), today)


def in_files(
    files: Sequence[Path], start: Path, today: date, one_by_one: OneByOne = iter
) -> Findings:
    """All problems of these files, held against the plan of the workspace that they lie in.

    One that lies in none is held against the plan of the one from `start` upward, if there is one.
    Raises Failure for what is no such file at all.
    """
    by_home: dict[Path | None, dict[Path, None]] = {}
    for file in files:
        _refuse_other_kinds(file)
        home = _home(file.resolve().parent) or _home(start)
        by_home.setdefault(home, {})[file] = None
    return _together(
        [_in_home(home, list(these), today, one_by_one) for home, these in by_home.items()]
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


def _home(folder: Path) -> Path | None:
    try:
        return workspace.find(folder)
    except Failure:
        return None


def _in_home(home: Path | None, files: list[Path], today: date, one_by_one: OneByOne) -> Findings:
    known = workspace.load(home, one_by_one) if home else _NO_WORKSPACE
    by_path = {reading.path.resolve(): reading for reading in known.files()}
    named: list[Reading] = [by_path.get(file.resolve()) or _read_elsewhere(file) for file in files]
    added = [each for each in named if each.path.resolve() not in by_path]
    plans = [each for each in added if isinstance(each, PlanFile)]
    known = replace(
        known,
        reports=known.reports + [each for each in added if isinstance(each, ReportFile)],
        offices=known.offices + [each for each in added if isinstance(each, OfficeFile)],
    )
    parts = [_findings(known, [each for each in named if each not in plans], today)]
    for plan in plans:
        alone = Workspace(plan.path.parent, plan, [], [], [])
        parts.append(_findings(alone, [plan], today))
    return _together(parts)


def _read_elsewhere(file: Path) -> _Readable:
    """A file that is no part of a workspace, as what its name or its fields say that it is."""
    if file.name == workspace.OFFICE_NAME:
        return workspace.read_office(file)
    read = workspace.read(file)
    fields = read.data.keys() if isinstance(read.data, dict) else set()
    alike = {kind: len(fields & set(kind.__struct_encode_fields__)) for kind in _READERS}
    kind = max(alike, key=lambda each: alike[each])
    if isinstance(read.data, dict) and not alike[kind]:
        raise Failure(
            f"“{file}” không phải là kế hoạch, báo cáo của đơn vị hay phần viết của cơ quan",
            "báo cáo của đơn vị có các trường unit, year, period",
        )
    return _READERS[kind](file, read)


def _findings(known: Workspace, readings: Sequence[Reading], today: date) -> Findings:
    """What is wrong in these of a workspace's files, with the places."""
    found = rules.check(known, today)
    has_reports = any(isinstance(each, ReportFile | OfficeFile) for each in readings)
    reason = "kế hoạch có lỗi" if known.plan.problems else f"không tìm thấy {workspace.PLAN_NAME}"
    return Findings(
        diagnostics=[
            problem
            for reading in readings
            for problem in workspace.placed(reading, found.get(reading.path, []))
        ],
        files=len(readings),
        not_held=reason if has_reports and known.plan.plan is None else None,
    )


def _together(parts: Sequence[Findings]) -> Findings:
    return Findings(
        diagnostics=[each for part in parts for each in part.diagnostics],
        files=sum(part.files for part in parts),
        not_held=next((part.not_held for part in parts if part.not_held), None),
    )
