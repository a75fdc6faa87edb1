"""Where a figure or a task's words in the combined report come from: unit, line, commit."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from danvan_cli.files import yaml_reading
from danvan_cli.model.plan import Indicator, Section, Task, Unit, is_assigned
from danvan_cli.model.unit_report import TaskResult
from danvan_cli.problems import DataPath
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal
from danvan_cli.tracking import history
from danvan_cli.tracking.history import Contents, FileHistory, Origin, ReportHistory
from danvan_cli.tracking.status import PeriodStatus


class ValueSource(Struct, frozen=True):
    """Where a value stands: the file, the line from 1, and the commit that brought it there."""

    file: FileHistory
    line: int
    origin: Origin


class Figure(Struct, frozen=True):
    """What one unit gave."""

    unit: Unit
    value: int
    source: ValueSource


class Answer(Struct, frozen=True):
    """What one unit reported of a task."""

    unit: Unit
    result: TaskResult
    source: ValueSource


class Absence(Struct, frozen=True):
    """A unit that should have given something and has no part in the report; `why` in words."""

    unit: Unit
    why: str


class IndicatorTrace(Struct, frozen=True):
    """The combined report's total, and the figures that it is the sum of."""

    total: IndicatorTotal
    parts: list[Figure]
    absent: list[Absence]


class TaskTrace(Struct, frozen=True):
    """What each unit says of a task; `office` where the office's words stand in their place."""

    section: Section
    task: Task
    parts: list[Answer]
    absent: list[Absence]
    office: ValueSource | None


def of_indicator(
    indicator: Indicator,
    status: PeriodStatus,
    report: CombinedReport,
    reports: Mapping[str, ReportHistory],
    contents: Contents,
) -> IndicatorTrace:
    """`reports`: the period's, by unit; `contents`: what their versions hold."""
    total = next(total for total in report.indicators if total.indicator.id == indicator.id)
    units = {unit_status.unit.id: unit_status.unit for unit_status in status.units}
    path = ("indicators", indicator.id)
    parts = [
        Figure(units[unit], value, _source(reports[unit], path, contents))
        for unit, value in total.parts
    ]
    given = [part.unit.id for part in parts]
    return IndicatorTrace(
        total, parts, list(_absent(indicator, status, given, "không ghi số liệu"))
    )


def of_task(
    section: Section,
    task: Task,
    status: PeriodStatus,
    report: CombinedReport,
    reports: Mapping[str, ReportHistory],
    office: FileHistory | None,
    contents: Contents,
) -> TaskTrace:
    """As `of_indicator`; `office`: the file of its own words, where there is one."""
    path = ("results", task.id)
    parts = [
        Answer(unit_status.unit, result, _source(reports[unit_status.unit.id], path, contents))
        for unit_status in status.units
        if unit_status.report and (result := unit_status.report.results.get(task.id))
    ]
    given = [part.unit.id for part in parts]
    absent = list(_absent(task, status, given, "không báo cáo nhiệm vụ này"))
    passage = next(
        section_result
        for section_result in report.sections
        if section_result.path == f"sections.{section.id}"
    )
    words = None
    if office and passage.paragraphs:
        words = _source(office, ("sections", str(section.id)), contents)
    return TaskTrace(section, task, parts, absent, words)


def _absent(
    item: Indicator | Task, status: PeriodStatus, given: list[str], silent: str
) -> Iterator[Absence]:
    for unit_status in status.units:
        if is_assigned(item, unit_status.unit.id) and unit_status.unit.id not in given:
            yield Absence(unit_status.unit, silent if unit_status.report else unit_status.in_words)


def _source(file_history: FileHistory, path: DataPath, contents: Contents) -> ValueSource:
    line = yaml_reading.locate(file_history.file.text).of(path, at_key=True).line
    return ValueSource(file_history, line, history.origin(file_history, path, contents))
