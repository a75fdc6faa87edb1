"""Finds and reads the files of a workspace: the plan, unit reports and office reports."""

import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.files import computed_figures, conversion, links, yaml_reading
from danvan_cli.files.decoding import MAX_BYTES
from danvan_cli.files.register_file import RegisterFile
from danvan_cli.files.temporary_names import is_temporary
from danvan_cli.files.yaml_reading import TextPositions
from danvan_cli.model.criteria import Criteria
from danvan_cli.model.history import YearRecord
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, Unit, units_by_id, with_groups
from danvan_cli.model.rating import RatingRecord
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure, typed_of
from danvan_cli.problems import DataPath, Diagnostic, Failure, Guess, did_you_mean, limit_guesses

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

_REPORTS = "reports"
_DATE_FIELDS = ("submitted", "received", "returned")
_BY_ID = ("results", "indicators", "sections", "tasks", "figures")
_DAY_LINE = re.compile(r"^(submitted|received): *['\"]?([\d/-]+)", re.MULTILINE)

T = TypeVar("T")

OneByOne: TypeAlias = Callable[[list[Path]], Iterable[Path]]
"""Yields the files in their order; it may show progress meanwhile."""


class Reading(Struct, frozen=True):
    """One file as read: its text, and the problems found before any rule was checked.

    `data` is kept only if the file has no typed value, to use its valid parts; `unfilled` are the
    ids without a value behind them, which no typed value has.
    """

    path: Path
    text: str = ""
    problems: list[Diagnostic] = []
    data: yaml_reading.Data = None
    unfilled: frozenset[DataPath] = frozenset()


class PlanFile(Reading, frozen=True):
    """The plan; None if the file could not be understood, though `year` may still be known."""

    plan: Plan | None = None
    year: int | None = None


class ReportFile(Reading, frozen=True, kw_only=True):
    """A unit's report; `unit` and `period` are from its path; None outside `reports/`.

    `computed`: the figures that registers give it; those that were not typed are in `report`, too,
    and their ids in `filled_in`.
    """

    unit: str | None
    period: str | None
    report: UnitReport | None = None
    computed: Mapping[str, Figure] = {}
    filled_in: frozenset[str] = frozenset()

    @property
    def typed(self) -> UnitReport | None:
        """The report without what registers filled in."""
        if self.report is None or not self.filled_in:
            return self.report
        own = self.report.indicators.items()
        typed = {name: given for name, given in own if name not in self.filled_in}
        return replace(self.report, indicators=typed)


class OfficeFile(Reading, frozen=True, kw_only=True):
    period: str | None
    office: OfficeReport | None = None


class IssuedFile(Reading, frozen=True, kw_only=True):
    """The record of what an issued report said."""

    period: str | None
    record: IssuedReport | None = None


class HistoryFile(Reading, frozen=True, kw_only=True):
    """The figures of an earlier year; `year` is that of its name, None if it names none."""

    year: int | None
    record: YearRecord | None = None


class EarlierWorkspace(Struct, frozen=True):
    """What an entry of the plan's `years` leads to.

    `sources`: by period, the file that its figures are from. `reason`: why there is no record, in
    Vietnamese, with what to do about it.
    """

    record: YearRecord | None = None
    sources: Mapping[str, Reading] = {}
    reason: str | None = None
    hint: str | None = None


class CriteriaFile(Reading, frozen=True, kw_only=True):
    """By what the office rates its units."""

    criteria: Criteria | None = None


class RatingFile(Reading, frozen=True, kw_only=True):
    """The scores of a period."""

    period: str | None
    record: RatingRecord | None = None


class Workspace(Struct, frozen=True):
    """All files of a workspace; `unexpected`: files under `reports/` that are not read.

    `history`: its files on earlier years; `earlier`: one for each of the plan's `years`.
    """

    root: Path
    plan: PlanFile
    reports: list[ReportFile]
    offices: list[OfficeFile]
    unexpected: list[Reading]
    issued: list[IssuedFile] = []
    history: list[HistoryFile] = []
    earlier: list[EarlierWorkspace] = []
    registers: list[RegisterFile] = []
    criteria: CriteriaFile | None = None
    ratings: list[RatingFile] = []

    @property
    def past_years(self) -> list[YearRecord]:
        """What is known of earlier years."""
        records = [file.record for file in self.history]
        records += [found.record for found in self.earlier]
        return [record for record in records if record]

    def files(self) -> Iterator[Reading]:
        yield self.plan
        yield from self._register_files()
        if self.criteria:
            yield self.criteria
        yield from self.offices
        yield from self.issued
        yield from self.history
        yield from self.ratings
        yield from self.reports
        yield from self.unexpected

    def _register_files(self) -> Iterator[Reading]:
        """Each once, though several registers may be sheets of one."""
        problems: dict[Path, list[Diagnostic]] = {}
        for file in self.registers:
            if not file.is_missing:
                problems.setdefault(file.path, []).extend(file.problems)
        yield from (Reading(path, problems=found) for path, found in problems.items())


def find(start: Path) -> Path:
    """The nearest folder from `start` upward that holds a plan.yaml.

    Raises Failure if there is none.
    """
    if not start.is_dir():
        raise Failure(f"không có thư mục {start}")
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / PLAN_NAME).is_file():
            return folder
    raise Failure(
        f"không tìm thấy {PLAN_NAME} ở thư mục này và các thư mục trên nó",
        "chuyển vào thư mục kế hoạch, hoặc chỉ ra nó: danvan -C THƯ_MỤC LỆNH",
    )


def reports_folder(root: Path, year: int, period: str) -> Path:
    """The folder of the unit reports and the office report of a period."""
    return root / _REPORTS / str(year) / period


def load(root: Path, one_by_one: OneByOne = iter) -> Workspace:
    """Reads the plan and every report of its year; problems are collected, never raised."""
    plan = read_plan(root / PLAN_NAME)
    reports: list[ReportFile] = []
    offices: list[OfficeFile] = []
    issued: list[IssuedFile] = []
    ratings: list[RatingFile] = []
    unexpected: list[Reading] = []
    units = units_by_id(plan.plan) if plan.plan else {}
    paths = list(_report_paths(root, plan.year))
    outside, guess = _outside_workspace(paths, root), limit_guesses(did_you_mean)
    for path in one_by_one(paths):
        if path in outside and path.is_dir():
            unexpected.append(Reading(path, problems=_unreadable(links.LEADS_OUTSIDE).problems))
        elif unexpected_file := _unexpected_file(path, plan.plan, units, guess):
            unexpected.append(Reading(path, problems=[unexpected_file]))
        elif path.name == OFFICE_NAME:
            offices.append(office_from(path, _read(path, outside), path.parent.name))
        elif path.name == ISSUED_NAME:
            issued.append(issued_from(path, _read(path, outside), path.parent.name))
        elif path.name == RATING_NAME:
            ratings.append(rating_from(path, _read(path, outside), path.parent.name))
        else:
            unit = vietnamese.nfc(path.stem)
            reports.append(report_from(path, _read(path, outside), unit, path.parent.name))
    unexpected += _outside_year_folders(root, plan.year)
    plan = replace(plan, problems=[*plan.problems, *_other_years(root, plan.year)])
    found = Workspace(
        root=root,
        plan=plan,
        reports=reports,
        offices=offices,
        unexpected=unexpected,
        issued=issued,
        criteria=read_criteria(root / CRITERIA_NAME),
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
    return criteria_from(path, _read(path, _outside_workspace([path], path.parent)))


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
    return _read(path, _outside_workspace([path], root))


def _read(path: Path, outside: Collection[Path]) -> yaml_reading.Source:
    if path in outside:
        return _unreadable(links.LEADS_OUTSIDE)
    return read(path)


def _unreadable(reason: str) -> yaml_reading.Source:
    problem = Diagnostic(code="F101", message=f"không đọc được tệp: {reason}")
    return yaml_reading.Source("", yaml_reading.Unread(), [problem], complete=False)


def _report_paths(root: Path, year: int | None) -> Iterator[Path]:
    """The files below `reports/<year>/`, or below every year if the plan's year is unknown."""
    reports = root / _REPORTS
    years = [reports / str(year)] if year else _year_folders(reports)
    for folder in years:
        yield from sorted(_files_below(folder, root))


def _outside_workspace(paths: Iterable[Path], root: Path) -> set[Path]:
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


def _outside_year_folders(root: Path, year: int | None) -> Iterator[Reading]:
    """F113: files and folders in `reports/` that are not in the folder of a year."""
    folder = f"reports/{year or '<năm>'}/<kỳ>"
    reports = root / _REPORTS
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
        yield Reading(path, problems=[problem])


def _is_empty(folder: Path, root: Path) -> bool:
    return next(_files_below(folder, root), None) is None


def _other_years(root: Path, year: int | None) -> Iterator[Diagnostic]:
    """F119 at the plan's year: there are reports of later years, or only of other years.

    Reports of earlier years are fine if there are reports of the plan's year, too.
    """
    if year is None:
        return
    folders = [folder for folder in _year_folders(root / _REPORTS) if not _is_empty(folder, root)]
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


def _unexpected_file(
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
    if re.fullmatch(r"\d{4}", period) and path.parents[1].name == _REPORTS:
        return _misplaced("tệp nằm ngoài thư mục của kỳ báo cáo", periods)
    if path.parents[2].name != _REPORTS:
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
