"""Where a workspace's files are, and what stands in them."""

import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import shape, source, vietnamese
from danvan_cli.diagnostics import Diagnostic
from danvan_cli.failures import Failure
from danvan_cli.office import OfficeReport
from danvan_cli.plan import Plan
from danvan_cli.unit_report import UnitReport

PLAN_NAME = "plan.yaml"
OFFICE_NAME = "_office.yaml"
REPORT_SUFFIXES = (".yaml", ".yml")

T = TypeVar("T")


class Reading(Struct, frozen=True):
    """One file as read: its text, and the problems met before any rule was asked."""

    path: Path
    text: str = ""
    problems: list[Diagnostic] = []


class PlanFile(Reading, frozen=True):
    """`plan` is None where the file could not be understood; `year` may be known even so."""

    plan: Plan | None = None
    year: int | None = None


class ReportFile(Reading, frozen=True, kw_only=True):
    """`unit` and `period` are those of its path; None for a file that lies elsewhere."""

    unit: str | None
    period: str | None
    report: UnitReport | None = None


class OfficeFile(Reading, frozen=True, kw_only=True):
    period: str | None
    office: OfficeReport | None = None


class Workspace(Struct, frozen=True):
    """All that is read of a workspace; `strays` are files under `reports/` that are not read."""

    root: Path
    plan: PlanFile
    reports: list[ReportFile]
    offices: list[OfficeFile]
    strays: list[Reading]

    def files(self) -> Iterator[Reading]:
        yield self.plan
        yield from self.offices
        yield from self.reports
        yield from self.strays


def find(start: Path) -> Path:
    """The nearest folder from `start` upward that holds a plan.yaml.

    Raises Failure where there is none.
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


def load(root: Path) -> Workspace:
    """Reads the plan and every report of its year; problems are kept, never raised."""
    plan = read_plan(root / PLAN_NAME)
    reports: list[ReportFile] = []
    offices: list[OfficeFile] = []
    strays: list[Reading] = []
    for path in _report_paths(root, plan.year):
        if stray := _stray(path, plan.plan):
            strays.append(Reading(path, problems=[stray]))
        elif path.name == OFFICE_NAME:
            offices.append(read_office(path, path.parent.name))
        else:
            reports.append(read_report(path, vietnamese.nfc(path.stem), path.parent.name))
    return Workspace(root, plan, reports, offices, strays)


def read_plan(path: Path) -> PlanFile:
    read = _read(path)
    plan, misfits = _typed(read, Plan)
    return PlanFile(path, read.text, read.problems + misfits, plan, _year_of(read.data))


def _year_of(data: source.Data) -> int | None:
    """A plan's year, even where the rest of it cannot be understood."""
    year = data.get("year") if isinstance(data, dict) else None
    return year if type(year) is int and year in vietnamese.YEARS else None


def read_report(path: Path, unit: str | None = None, period: str | None = None) -> ReportFile:
    read = _read(path)
    report, misfits = _typed(read, UnitReport)
    return ReportFile(
        path, read.text, read.problems + misfits, unit=unit, period=period, report=report
    )


def read_office(path: Path, period: str | None = None) -> OfficeFile:
    read = _read(path)
    office, misfits = _typed(read, OfficeReport)
    return OfficeFile(path, read.text, read.problems + misfits, period=period, office=office)


def placed(reading: Reading, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The problems with file, line and column, in the order in which they stand in the file."""
    found = list(diagnostics)
    if any(each.line is None for each in found) and reading.text:
        places = source.locate(reading.text)
        found = [
            each if each.line is not None else _at(each, places.of(each.path, at_key=each.at_key))
            for each in found
        ]
    return sorted(
        (replace(each, file=reading.path) for each in found),
        key=lambda each: (each.line or 0, each.column or 0, each.code),
    )


def _at(diagnostic: Diagnostic, place: source.Place) -> Diagnostic:
    return replace(diagnostic, line=place.line, column=place.column)


def _typed(read: source.Source, type_: type[T]) -> tuple[T | None, list[Diagnostic]]:
    if isinstance(read.data, source.Unread):
        return None, []
    return shape.convert(read.data, type_)


def _read(path: Path) -> source.Source:
    try:
        mode = path.stat().st_mode
        # Opening a fifo would wait for a writer that never comes.
        if not stat.S_ISREG(mode):
            return _unreadable("đây không phải là một tệp thông thường")
        with path.open("rb") as file:
            return source.read(file.read(source.MAX_BYTES + 1))
    except FileNotFoundError:
        return _unreadable("liên kết hỏng hoặc tệp vừa bị xóa")
    except PermissionError:
        return _unreadable("không có quyền đọc, hoặc chương trình khác đang khóa tệp")
    except OSError as error:
        return _unreadable(error.strerror or type(error).__name__)


def _unreadable(reason: str) -> source.Source:
    problem = Diagnostic(code="F101", message=f"không đọc được tệp: {reason}")
    return source.Source("", source.Unread(), [problem], complete=False)


def _report_paths(root: Path, year: int | None) -> Iterator[Path]:
    """Every file below `reports/<year>/`; of every year where the plan's is not known."""
    reports = root / "reports"
    years = [reports / str(year)] if year else sorted(reports.glob("[0-9][0-9][0-9][0-9]"))
    for folder in years:
        if folder.is_dir():
            yield from sorted(
                path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
            )


def _stray(path: Path, plan: Plan | None) -> Diagnostic | None:
    """Why a file under `reports/` is not read; None where it is."""
    period, name = path.parent.name, vietnamese.nfc(path.name)
    periods = list(plan.periods) if plan else []
    if re.fullmatch(r"\d{4}", period) and path.parents[1].name == "reports":
        return _misplaced("tệp nằm ngoài thư mục của kỳ báo cáo", periods)
    if path.parents[2].name != "reports":
        return _misplaced("tệp nằm sâu hơn thư mục của kỳ báo cáo", periods)
    if plan and period not in plan.periods:
        return _misplaced(f"kế hoạch không có kỳ báo cáo “{period}”", periods, period)
    if name == OFFICE_NAME:
        return None
    if path.suffix not in REPORT_SUFFIXES:
        return Diagnostic(
            code="F113",
            message=f"danvan không đọc tệp có tên “{name}”",
            hint="đặt tên là <mã đơn vị>.yaml; nếu không phải báo cáo thì chuyển đi nơi khác",
        )
    if plan and path.stem not in (ids := [unit.id for unit in plan.units]):
        return Diagnostic(
            code="F113",
            message=f"kế hoạch không có đơn vị “{path.stem}”",
            hint=shape.did_you_mean(path.stem, ids) or "xem mã đơn vị ở mục units của plan.yaml",
        )
    return None


def _misplaced(message: str, periods: list[str], written: str = "") -> Diagnostic:
    folders = f"các thư mục kỳ báo cáo: {', '.join(periods)}" if periods else None
    return Diagnostic(
        code="F113", message=message, hint=shape.did_you_mean(written, periods) or folders
    )
