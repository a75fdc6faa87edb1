"""Finds where a figure or text in the combined report comes from: unit, line and commit."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from danvan_cli.files import yaml_reading
from danvan_cli.model import values
from danvan_cli.model.plan import Indicator, Section, Task, Unit
from danvan_cli.model.plan_of_period import is_owed
from danvan_cli.model.predecessors import Predecessor
from danvan_cli.model.register_rows import Row
from danvan_cli.model.unit_report import TaskResult
from danvan_cli.problems import DataPath
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal, Sentence
from danvan_cli.tracking import history
from danvan_cli.tracking.history import Contents, FileHistory, Origin, ReportHistory
from danvan_cli.tracking.status import PeriodStatus


class ValueSource(Struct, frozen=True):
    """The source of a value: the file, the line from 1, and the commit that set it."""

    file: FileHistory
    line: int
    origin: Origin


class RegisterRows(Struct, frozen=True):
    """The rows of a register that make a figure; `is_source`: the report itself has none."""

    path: Path
    rows: Sequence[Row]
    is_source: bool


class Figure(Struct, frozen=True):
    """The figure that one unit reported, or that its register gave.

    `source` is None if only a register gave it.
    """

    unit: Unit
    value: values.Figure
    source: ValueSource | None
    register: RegisterRows | None = None


class Answer(Struct, frozen=True):
    """The result that one unit reported for a task."""

    unit: Unit
    result: TaskResult
    source: ValueSource


class Absence(Struct, frozen=True):
    """A unit whose figure or result is missing in the report; `why`: the reason in Vietnamese."""

    unit: Unit
    why: str


class EarlierFigure(Struct, frozen=True):
    """The last figure of a unit that is gone, from its report for an earlier period."""

    gone: Predecessor
    period: str
    value: values.Figure
    source: ValueSource


class IndicatorTrace(Struct, frozen=True):
    """The total in the combined report, and the figures that it consists of.

    `computed_from`: of a rate, the traces of its part and its whole. `before`: the last figures of
    units that are gone, which are added or are in their heirs' figures; `own_before`: where there
    are any, the figures of each unit from the periods that this one continues.
    """

    total: IndicatorTotal
    parts: list[Figure]
    absent: list[Absence]
    computed_from: list["IndicatorTrace"] = []
    before: list[EarlierFigure] = []
    own_before: list[tuple[str, values.Figure]] = []


class TaskTrace(Struct, frozen=True):
    """The results of each unit for a task; `office`: the office's text that replaces them."""

    section: Section
    task: Task
    parts: list[Answer]
    absent: list[Absence]
    office: ValueSource | None
    shared: list[Sentence]
    """The sentences that are printed once for several units."""


def of_indicator(
    indicator: Indicator,
    status: PeriodStatus,
    report: CombinedReport,
    reports: Mapping[str, ReportHistory],
    registers: Mapping[str, RegisterRows],
    contents: Contents,
    earlier: Mapping[tuple[str, str], ReportHistory],
) -> IndicatorTrace:
    """The trace of a figure; `reports`: the period's histories, by unit, as `registers`.

    `earlier`: the histories of all reports, by period and unit.
    """
    total = next(total for total in report.indicators if total.indicator.id == indicator.id)
    if indicator.rate:
        ids = (indicator.rate.part, indicator.rate.whole)
        known = {each.indicator.id: each.indicator for each in report.indicators}
        traced = [
            of_indicator(known[id_], status, report, reports, registers, contents, earlier)
            for id_ in ids
        ]
        return IndicatorTrace(total, [], [], computed_from=traced)
    units = {unit_status.unit.id: unit_status.unit for unit_status in status.units}
    path = ("indicators", indicator.id)
    parts = [
        Figure(
            units[unit],
            value,
            None
            if (rows := registers.get(unit)) and rows.is_source
            else _source(reports[unit], path, contents),
            rows,
        )
        for unit, value in total.parts
    ]
    given = [part.unit.id for part in parts]
    absent = list(_absent(indicator, status, given, "không ghi số liệu"))
    before = list(_before(indicator, status, earlier, contents))
    own_before = list(_own_before(indicator, status, earlier)) if before else []
    return IndicatorTrace(total, parts, absent, before=before, own_before=own_before)


def _before(
    indicator: Indicator,
    status: PeriodStatus,
    earlier: Mapping[tuple[str, str], ReportHistory],
    contents: Contents,
) -> Iterator[EarlierFigure]:
    path = ("indicators", indicator.id)
    for gone in status.predecessors:
        if gone.figure(indicator) is None:
            continue
        for period, report in gone.reports.items():
            if indicator.id in report.figures and (period, gone.unit.id) in earlier:
                source = _source(earlier[period, gone.unit.id], path, contents)
                yield EarlierFigure(gone, period, report.figures[indicator.id], source)


def _own_before(
    indicator: Indicator,
    status: PeriodStatus,
    earlier: Mapping[tuple[str, str], ReportHistory],
) -> Iterator[tuple[str, values.Figure]]:
    """By unit, its figures of the periods that this one continues."""
    for (period, unit), its in earlier.items():
        report = its.file.report
        if period in status.period.continued and report and indicator.id in report.figures:
            yield unit, report.figures[indicator.id]


def is_included(gone: Predecessor, found: IndicatorTrace) -> bool:
    """Whether the heirs' figures include the last ones of a unit that is gone, as far as is known.

    The plan says so (`carry: included`), or they are as large as their own and all taken over.
    """
    heirs = {heir.id for heir in gone.heirs}
    given = [part.value for part in found.parts if part.unit.id in heirs]
    if not given or gone.unit.carry == "included":
        return bool(given)
    taken = [
        earlier.value
        for earlier in found.before
        if not earlier.gone.is_added and heirs & {heir.id for heir in earlier.gone.heirs}
    ]
    own = [value for unit, value in found.own_before if unit in heirs]
    return sum(given) >= sum(taken) + sum(own)


def of_task(
    section: Section,
    task: Task,
    status: PeriodStatus,
    report: CombinedReport,
    reports: Mapping[str, ReportHistory],
    office: FileHistory | None,
    contents: Contents,
) -> TaskTrace:
    """The trace of a task's results; `office`: the history of the office report, if any."""
    path = ("results", task.id)
    parts = [
        Answer(unit_status.unit, result, _source(reports[unit_status.unit.id], path, contents))
        for unit_status in status.units
        if unit_status.report and (result := unit_status.report.results.get(task.id))
    ]
    given = [part.unit.id for part in parts]
    absent = list(_absent(task, status, given, "không báo cáo nhiệm vụ này"))
    written = {passage.path for passage in report.passages if passage.paragraphs}
    places: list[DataPath] = [("sections", str(section.id)), ("tasks", str(task.id))]
    own = next((place for place in places if ".".join(map(str, place)) in written), None)
    words = _source(office, own, contents) if office and own else None
    shared = [
        sentence
        for passage in report.passages
        for group in passage.groups
        if group.task and group.task.id == task.id
        for point in group.points
        for sentence in point.sentences
        if len(sentence.units) > 1
    ]
    return TaskTrace(section, task, parts, absent, words, shared)


def _absent(
    item: Indicator | Task, status: PeriodStatus, given: list[str], silent: str
) -> Iterator[Absence]:
    for unit_status in status.units:
        if is_owed(item, unit_status.unit.id) and unit_status.unit.id not in given:
            yield Absence(unit_status.unit, silent if unit_status.report else unit_status.in_words)


def _source(file_history: FileHistory, path: DataPath, contents: Contents) -> ValueSource:
    line = yaml_reading.locate(file_history.file.text).of(path, at_key=True).line
    return ValueSource(file_history, line, history.origin(file_history, path, contents))
