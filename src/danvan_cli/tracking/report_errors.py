"""Describes the errors in a unit's report in words that the unit understands."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from danvan_cli.model.plan import Plan
from danvan_cli.model.report_fields import REPORT_FIELDS, YES_NO, ReportField
from danvan_cli.model.unit_report import LIST_TITLES
from danvan_cli.problems import DataPath, Diagnostic

TASK_WORD = "Nhiệm vụ "

_PARTS: Mapping[str, str] = {
    "unit": "Phần đầu báo cáo, mã đơn vị",
    "year": "Phần đầu báo cáo, năm",
    "period": "Phần đầu báo cáo, kỳ báo cáo",
    "submitted": "Ngày gửi báo cáo",
    "signatory": "Người ký",
    "leadership": "Công tác lãnh đạo, chỉ đạo",
    "results": "Kết quả thực hiện nhiệm vụ",
    "indicators": "Số liệu",
    "models": "Mô hình",
    "awards": "Đề xuất khen thưởng",
    **LIST_TITLES,
}
_COORDINATORS = ("received", "returned")
"""The fields that the coordinator writes into a unit's report."""
_WHOLE_FILE = "Cả tệp"


def _named(names: Mapping[Any, str]) -> list[str]:
    """Each name as in the form's boxes, with another value of the file in brackets."""
    return [name if name == value else f"{name} ({value})" for value, name in names.items()]


_MEANT = "ý bạn là "
"""How the terminal proposes a similar name; a letter uses another wording."""
_HINTS: Mapping[str, str] = {
    "R413": "xem lại cả hai số",
    "R442": "ghi họ và tên, chức vụ của cá nhân",
    "R416": "xem lại ngày gửi và ngày nhận báo cáo",
}
"""Hints by code, used in place of hints that mention fields of the file."""


class ReportError(Struct, frozen=True, kw_only=True):
    """One error in a report.

    `part`: the part of the report ('Nhiệm vụ 4.2'); `field`: the field within it ('kết quả') or
    ''; `position`: file and line.
    """

    part: str
    field: str
    position: str
    message: str
    hint: str | None = None

    @property
    def where(self) -> str:
        """Part and field: 'Nhiệm vụ 4.2, kết quả'."""
        return ", ".join(filter(None, (self.part, self.field)))


def report_errors(plan: Plan, problems: Iterable[Diagnostic], root: Path) -> list[ReportError]:
    """The errors that the unit has to correct; `root`: file names are relative to it."""
    return [
        ReportError(
            part=_part(plan, problem.path),
            field=_field(problem.path),
            position=_position(problem, root),
            message=_message(problem),
            hint=_hint(problem),
        )
        for problem in problems
        if problem.is_error and not (problem.path and problem.path[0] in _COORDINATORS)
    ]


def _part(plan: Plan, path: DataPath) -> str:
    """'Nhiệm vụ 4.2', 'Chỉ tiêu “Hội nghị”', 'Mô hình thứ 2', 'Ngày gửi báo cáo'."""
    match path:
        case ("results", str(task), *_):
            return f"{TASK_WORD}{task}"
        case ("indicators", str(id_), *_):
            names = {indicator.id: indicator.name for indicator in plan.indicators}
            return f"Chỉ tiêu “{names.get(id_, id_)}”"
        case ("models" | "awards" as group, int(position), *_):
            what = "Mô hình" if group == "models" else "Đề xuất khen thưởng"
            return f"{what} thứ {position + 1}"
        case (str(group), int(position), *_):
            return f"{_PARTS.get(group, group)}, ý thứ {position + 1}"
        case (str(group), *_):
            return _PARTS.get(group, group)
        case _:
            return _WHOLE_FILE


def _field(path: DataPath) -> str:
    """The field within the part; '' if the part itself is meant, or only its list position."""
    fields: Mapping[Any, ReportField] = REPORT_FIELDS.get(str(path[0]), {}) if path else {}
    names = (
        fields[step].in_letter for step in path[1:] if isinstance(step, str) and step in fields
    )
    return next(names, "")


def _message(problem: Diagnostic) -> str:
    """The message; for a missing field the part already says what is missing."""
    is_missing = problem.code == "S201" and problem.path
    return f"chưa ghi (trường {problem.path[-1]})" if is_missing else problem.message


def _hint(problem: Diagnostic) -> str | None:
    """The hint, in words that also suit people who fill in the Word form."""
    match problem.path:
        case (str(group), _, str(name)) if field := REPORT_FIELDS.get(group, {}).get(name):
            if field.choices and field.choices is not YES_NO:
                return f"chọn một trong: {'; '.join(_named(field.choices))}"
    hint = _HINTS.get(problem.code, problem.hint)
    if hint and hint.startswith(_MEANT):
        return f"có thể là {hint.removeprefix(_MEANT).removesuffix('?')}"
    return hint


def _position(problem: Diagnostic, root: Path) -> str:
    """File and line: 'reports/2026/h1/kinh-te.yaml:12'."""
    if problem.file is None:
        return ""
    file = problem.file
    shown = (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()
    return shown if problem.line is None else f"{shown}:{problem.line}"
