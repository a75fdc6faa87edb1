"""Finds and reads the files of a workspace: the plan, unit reports and office reports."""

import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.files import computed_figures, conversion, links, paths, yaml_reading
from danvan_cli.files.decoding import MAX_BYTES
from danvan_cli.files.readings import (
    CriteriaFile,
    IssuedFile,
    OfficeFile,
    PlanFile,
    RatingFile,
    Reading,
    ReportFile,
    Workspace,
)
from danvan_cli.files.yaml_reading import TextPositions
from danvan_cli.model.criteria import Criteria
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, units_by_id, with_groups
from danvan_cli.model.rating import RatingRecord
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure, typed_of
from danvan_cli.problems import DataPath, Diagnostic, Failure, did_you_mean, limit_guesses

_DATE_FIELDS = ("submitted", "received", "returned")
_BY_ID = ("results", "indicators", "sections", "tasks", "figures")
_DAY_LINE = re.compile(r"^(submitted|received): *['\"]?([\d/-]+)", re.MULTILINE)

T = TypeVar("T")

OneByOne: TypeAlias = Callable[[list[Path]], Iterable[Path]]
"""Yields the files in their order; it may show progress meanwhile."""


def find(start: Path) -> Path:
    """The nearest folder from `start` upward that holds a plan.yaml.

    Raises Failure if there is none.
    """
    if not start.is_dir():
        raise Failure(f"không có thư mục {start}")
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / paths.PLAN_NAME).is_file():
            return folder
    raise Failure(
        f"không tìm thấy {paths.PLAN_NAME} ở thư mục này và các thư mục trên nó",
        "chuyển vào thư mục kế hoạch, hoặc chỉ ra nó: danvan -C THƯ_MỤC LỆNH",
    )


def reports_folder(root: Path, year: int, period: str) -> Path:
    """The folder of the unit reports and the office report of a period."""
    return root / paths.REPORTS / str(year) / period


def load(root: Path, one_by_one: OneByOne = iter) -> Workspace:
    """Reads the plan and every report of its year; problems are collected, never raised."""
    plan = read_plan(root / paths.PLAN_NAME)
    reports: list[ReportFile] = []
    offices: list[OfficeFile] = []
    issued: list[IssuedFile] = []
    ratings: list[RatingFile] = []
    unexpected: list[Reading] = []
    units = units_by_id(plan.plan) if plan.plan else {}
    files = list(paths.report_paths(root, plan.year))
    outside, guess = paths.outside_workspace(files, root), limit_guesses(did_you_mean)
    for path in one_by_one(files):
        if path in outside and path.is_dir():
            unexpected.append(Reading(path, problems=_unreadable(links.LEADS_OUTSIDE).problems))
        elif unexpected_file := paths.unexpected_file(path, plan.plan, units, guess):
            unexpected.append(Reading(path, problems=[unexpected_file]))
        elif path.name == paths.OFFICE_NAME:
            offices.append(office_from(path, _read(path, outside), path.parent.name))
        elif path.name == paths.ISSUED_NAME:
            issued.append(issued_from(path, _read(path, outside), path.parent.name))
        elif path.name == paths.RATING_NAME:
            ratings.append(rating_from(path, _read(path, outside), path.parent.name))
        else:
            unit = vietnamese.nfc(path.stem)
            reports.append(report_from(path, _read(path, outside), unit, path.parent.name))
    unexpected += [
        Reading(path, problems=[problem])
        for path, problem in paths.outside_year_folders(root, plan.year)
    ]
    plan = replace(plan, problems=[*plan.problems, *paths.other_years(root, plan.year)])
    found = Workspace(
        root=root,
        plan=plan,
        reports=reports,
        offices=offices,
        unexpected=unexpected,
        issued=issued,
        criteria=read_criteria(root / paths.CRITERIA_NAME),
        ratings=ratings,
    )
    if plan.plan is None or not plan.plan.registers:
        return found
    return _with_registers(found, with_groups(plan.plan))


def _with_registers(found: Workspace, plan: Plan) -> Workspace:
    """The workspace with its registers, and with the figures in its reports that they give."""
    # Only a plan with registers needs what reads them.
    from danvan_cli.files import registers

    read = registers.read_all(found.root, plan)
    figures = computed_figures.of_registers(plan, read)
    reports = [
        with_computed(file, figures.get((file.unit or "", file.period or ""), {}))
        for file in found.reports
    ]
    return replace(found, registers=read, reports=reports)


def with_computed(file: ReportFile, computed: Mapping[str, Figure]) -> ReportFile:
    """The file with the figures that registers give its report, also those it left out."""
    if file.report is None or not computed:
        return file
    filled_in = computed.keys() - file.report.indicators.keys()
    indicators = dict(file.report.indicators)
    indicators |= {name: typed_of(computed[name]) for name in computed if name in filled_in}
    return replace(
        file,
        report=replace(file.report, indicators=indicators),
        computed=computed,
        filled_in=frozenset(filled_in),
    )


def read_plan(path: Path) -> PlanFile:
    return plan_from(path, read_inside(path, path.parent))


def plan_from(path: Path, read: yaml_reading.Source) -> PlanFile:
    plan, type_errors = typed(read, Plan)
    return PlanFile(
        path,
        read.text,
        read.problems + type_errors,
        read.data if plan is None else None,
        plan=plan,
        year=_year_of(read.data),
    )


def _year_of(data: yaml_reading.Data) -> int | None:
    """A plan's year, even if the rest of the plan cannot be understood."""
    year = data.get("year") if isinstance(data, dict) else None
    return year if type(year) is int and year in vietnamese.YEARS else None


def report_from(
    path: Path, read: yaml_reading.Source, unit: str | None = None, period: str | None = None
) -> ReportFile:
    report, type_errors = typed(read, UnitReport)
    return ReportFile(
        path,
        read.text,
        read.problems + type_errors,
        read.data if report is None else None,
        _unfilled(read.data),
        unit=unit,
        period=period,
        report=report,
    )


def valid_parts(file: Reading, type_: type[T]) -> tuple[T | None, frozenset[DataPath]]:
    """The valid parts of a file that has no typed value, and the paths of what was removed.

    None if its YAML is broken or too little of it is valid.
    """
    value, removed = conversion.convert_valid_parts(file.data, type_)
    return value, frozenset(removed)


def submission_dates(file: ReportFile) -> UnitReport | None:
    """The dates of sending, receiving and returning of a report that cannot be understood.

    None if it is unknown whether it was sent: its date is invalid, or its YAML is broken and no
    line has a date.
    """
    data = file.data
    if not isinstance(data, dict):
        data = dict(_DAY_LINE.findall(file.text))
        if "submitted" not in data:
            return None
    fields: dict[str, yaml_reading.Data] = {"unit": file.unit, "year": 0, "period": file.period}
    fields |= {name: data[name] for name in _DATE_FIELDS if name in data}
    report, removed = conversion.convert_valid_parts(fields, UnitReport)
    return None if ("submitted",) in removed else report


def read_office(path: Path, period: str | None = None) -> OfficeFile:
    return office_from(path, read(path), period)


def office_from(path: Path, read: yaml_reading.Source, period: str | None = None) -> OfficeFile:
    office, type_errors = typed(read, OfficeReport)
    return OfficeFile(
        path,
        read.text,
        read.problems + type_errors,
        read.data if office is None else None,
        _unfilled(read.data),
        period=period,
        office=office,
    )


def issued_from(path: Path, read: yaml_reading.Source, period: str | None = None) -> IssuedFile:
    record, type_errors = typed(read, IssuedReport)
    return IssuedFile(path, read.text, read.problems + type_errors, period=period, record=record)


def read_criteria(path: Path) -> CriteriaFile | None:
    """None where the office has none."""
    if not os.path.lexists(path):
        return None
    return criteria_from(path, _read(path, paths.outside_workspace([path], path.parent)))


def criteria_from(path: Path, read: yaml_reading.Source) -> CriteriaFile:
    criteria, type_errors = typed(read, Criteria)
    return CriteriaFile(path, read.text, read.problems + type_errors, criteria=criteria)


def rating_from(path: Path, read: yaml_reading.Source, period: str | None = None) -> RatingFile:
    record, type_errors = typed(read, RatingRecord)
    return RatingFile(path, read.text, read.problems + type_errors, period=period, record=record)


def _unfilled(data: yaml_reading.Data) -> frozenset[DataPath]:
    if not isinstance(data, dict):
        return frozenset()
    groups = {group: data.get(group) for group in _BY_ID}
    return frozenset(
        (group, name)
        for group, values in groups.items()
        if isinstance(values, dict)
        for name, value in values.items()
        if value is None
    )


def with_positions(reading: Reading, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The problems with their file, line and column, in the order of the file."""
    found = list(diagnostics)
    if any(problem.line is None for problem in found) and reading.text:
        positions = yaml_reading.locate(reading.text)
        found = [
            problem if problem.line is not None else _at_position(problem, positions, reading.text)
            for problem in found
        ]
    return sorted(
        (replace(problem, file=reading.path) for problem in found),
        key=lambda problem: (problem.line or 0, problem.column or 0, problem.code),
    )


def _at_position(diagnostic: Diagnostic, positions: TextPositions, text: str) -> Diagnostic:
    """With the place of its value or key, or that of the fault in a value of one line."""
    position = positions.of(diagnostic.path, at_key=diagnostic.at_key)
    column = position.column
    if diagnostic.after:
        written = text.split("\n")[position.line - 1][column - 1 :]
        quote = written[:1] if written[:1] in ("'", '"') else ""
        if written.startswith(diagnostic.after, len(quote)):
            column += len(quote) + len(diagnostic.after)
    return replace(diagnostic, line=position.line, column=column)


def typed(read: yaml_reading.Source, type_: type[T]) -> tuple[T | None, list[Diagnostic]]:
    """The value of a file as read, or what is wrong with it, unless that is told already."""
    if isinstance(read.data, yaml_reading.Unread):
        return None, []
    return conversion.convert(read.data, type_)


def read(path: Path) -> yaml_reading.Source:
    """Reads a file of any kind; it never raises."""
    try:
        mode = path.stat().st_mode
        # Opening a named pipe would wait forever for a writer.
        if not stat.S_ISREG(mode):
            return _unreadable("đây không phải là một tệp thông thường")
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        return yaml_reading.read(links.read_unfollowed(target, MAX_BYTES + 1))
    except FileNotFoundError:
        return _unreadable("liên kết hỏng hoặc tệp vừa bị xóa")
    except PermissionError:
        return _unreadable("không có quyền đọc, hoặc chương trình khác đang khóa tệp")
    except OSError as error:
        return _unreadable(error.strerror or type(error).__name__)


def read_inside(path: Path, root: Path) -> yaml_reading.Source:
    """Reads a file that is to lie in the workspace; it never raises."""
    return _read(path, paths.outside_workspace([path], root))


def _read(path: Path, outside: Collection[Path]) -> yaml_reading.Source:
    if path in outside:
        return _unreadable(links.LEADS_OUTSIDE)
    return read(path)


def _unreadable(reason: str) -> yaml_reading.Source:
    problem = Diagnostic(code="F101", message=f"không đọc được tệp: {reason}")
    return yaml_reading.Source("", yaml_reading.Unread(), [problem], complete=False)
