"""`danvan trace`: where a figure or a task's words in the combined report come from."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Any

import click
import typer
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.commands import issued_record
from danvan_cli.cli.commands.log import NO_COMMIT, commit_in_words, commit_record, silence
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout, places, progress
from danvan_cli.cli.frame.layout import Block, Heading
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsList, AsOf, Period
from danvan_cli.files import computed_figures
from danvan_cli.files.register_file import rows_in_words
from danvan_cli.model.figure_kinds import figure_text
from danvan_cli.model.plan import Indicator, Plan, Section, Task
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.unit_report import TASK_STATUS_NAMES
from danvan_cli.problems import Failure
from danvan_cli.report import combine, issued, merging
from danvan_cli.report import trace as tracing
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.trace import (
    Absence,
    EarlierFigure,
    Figure,
    IndicatorTrace,
    RegisterRows,
    TaskTrace,
    ValueSource,
)
from danvan_cli.tracking import git, history
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, of_period, refuse_not_now
from danvan_cli.tracking.git import Repository
from danvan_cli.tracking.history import FileHistory
from danvan_cli.tracking.status import PeriodStatus

What = Annotated[
    str,
    typer.Argument(
        metavar="CHỈ_TIÊU|NHIỆM_VỤ",
        show_default=False,
        help="Mã chỉ tiêu (hoi-nghi) hoặc số nhiệm vụ (2.1) trong plan.yaml.",
    ),
]


def trace(
    ctx: typer.Context,
    what: What,
    period: Period,
    as_of: AsOf = None,
    format: AsList = "table",
) -> None:
    """Tra nguồn của một số liệu, nhiệm vụ.

    Với chỉ tiêu: số của từng đơn vị, tệp và dòng, lần ghi vào git đã đưa số đó vào; tổng là số
    trong báo cáo tổng hợp. Với nhiệm vụ: tình hình và nội dung báo cáo của từng đơn vị.
    """
    checked = open_workspace(ctx, as_of)
    wanted = vietnamese.nfc(what).strip()
    of_year, checked = checked, of_period(checked, period)
    refuse_not_now(of_year, period, wanted)
    item = _known_item(checked.plan, wanted)
    status, report = _as_reported(checked, period)
    with progress.bar(progress.READING_HISTORY):
        repository = git.read(checked.workspace.root)
        found = _trace(checked, repository, status, report, item)
    _mention_changes(checked, report, status, item)
    if format == "json":
        click.echo(to_json(_record(found, period)))
    else:
        layout.show(
            [*silence(repository.problem, repository.shallow), *_blocks(found, checked.plan)]
        )


def _known_item(plan: Plan, what: str) -> Indicator | tuple[Section, Task]:
    """What is meant, by id; raises Failure where the plan has no such thing."""
    indicators = {indicator.id: indicator for indicator in plan.indicators}
    tasks = {str(task.id): (section, task) for section, task in plan_tasks(plan)}
    if found := indicators.get(what) or tasks.get(what):
        return found
    names = {indicator.id: indicator.id for indicator in plan.indicators} | {
        indicator.name.casefold(): indicator.id for indicator in plan.indicators
    }
    close = get_close_matches(what.casefold(), [*names, *tasks], n=1)
    if close:
        hint = f"ý bạn là “{names.get(close[0], close[0])}”?"
    else:
        hint = f"các chỉ tiêu: {', '.join(indicators)}; các nhiệm vụ: {', '.join(tasks)}"
    raise Failure(f"kế hoạch không có chỉ tiêu hay nhiệm vụ “{what}”", hint)


def _as_reported(checked: CheckedWorkspace, period: str) -> tuple[PeriodStatus, CombinedReport]:
    """The combined report and what it rests on; what came after it was issued is not in it."""
    office = checked.offices().get(period)
    day = (office and office.issued_by(checked.as_of)) or checked.as_of
    status = checked.status(period, day)
    report = combine.combine(checked.plan, status, office, day)
    after = {unit.unit.id: unit for unit in checked.status(period).units if unit.after_issue}
    units = [
        replace(after[unit.unit.id], report=None) if unit.unit.id in after else unit
        for unit in status.units
    ]
    return replace(status, units=units), report


def _mention_changes(
    checked: CheckedWorkspace,
    report: CombinedReport,
    status: PeriodStatus,
    item: Indicator | tuple[Section, Task],
) -> None:
    """Says on stderr that what is traced is no longer what was issued."""
    office = checked.offices().get(status.id)
    if report.issued is None or office is None or not office.fingerprint:
        return
    parts = ["indicators"] if isinstance(item, Indicator) else _passages_of(*item)
    now, then = issued.fingerprint_of_parts(report), office.fingerprint
    if changed := [part for part in parts if now.get(part) != then.get(part)]:
        what = "Biểu số liệu" if isinstance(item, Indicator) else f"Mục {item[0].id}"
        click.echo(
            f"{what} nay đã khác báo cáo ban hành số {report.number} "
            f"{vietnamese.long_day(report.issued)}; xem: danvan log --period {status.id}",
            err=True,
        )
        explained = issued_record.explained(checked, status.id, report)
        for traced in [f"indicators.{item.id}"] if isinstance(item, Indicator) else changed:
            if told := explained.get(traced):
                click.echo(f"  {told}", err=True)


def _passages_of(section: Section, task: Task) -> list[str]:
    """The passages that may hold a task's words: its section's as a whole, or its own."""
    return [f"sections.{section.id}", f"tasks.{task.id}"]


def _trace(
    checked: CheckedWorkspace,
    repository: Repository,
    status: PeriodStatus,
    report: CombinedReport,
    item: Indicator | tuple[Section, Task],
) -> IndicatorTrace | TaskTrace:
    period = status.id
    everything = {
        (file_history.period, file_history.unit): file_history
        for file_history in history.histories(checked.workspace, repository)
    }
    reports = {unit: its for (of_period, unit), its in everything.items() if of_period == period}
    words = _office_words(checked, repository, period)
    with history.contents(repository) as contents:
        if isinstance(item, Indicator):
            rows = _register_rows(checked, item, period)
            return tracing.of_indicator(item, status, report, reports, rows, contents, everything)
        section, task = item
        return tracing.of_task(section, task, status, report, reports, words, contents)


def _register_rows(
    checked: CheckedWorkspace, indicator: Indicator, period: str
) -> dict[str, RegisterRows]:
    """By unit, the rows of the register that its figure is computed from."""
    file = computed_figures.source(indicator, checked.workspace.registers)
    if file is None:
        return {}
    rows = computed_figures.rows_of(checked.plan, indicator, file, period)
    return {
        report.unit: RegisterRows(file.path, rows, indicator.id in report.filled_in)
        for report in checked.workspace.reports
        if report.unit and report.period == period and indicator.id in report.computed
    }


def _office_words(
    checked: CheckedWorkspace, repository: Repository, period: str
) -> FileHistory | None:
    for file in checked.workspace.offices:
        if file.period == period:
            return history.of_file(checked.workspace, repository, file)
    return None


def _blocks(found: IndicatorTrace | TaskTrace, plan: Plan) -> Iterator[Block]:
    if isinstance(found, IndicatorTrace):
        yield from _indicator_blocks(found, plan)
    else:
        yield from _task_blocks(found)
    if found.absent:
        whom = "; ".join(f"{unit.unit.name} ({unit.why})" for unit in found.absent)
        is_figure = isinstance(found, IndicatorTrace)
        what = "Chưa có số liệu" if is_figure else "Chưa có báo cáo"
        yield layout.line(f"{what} của: {whom}.", "warning")


def _indicator_blocks(found: IndicatorTrace, plan: Plan) -> Iterator[Block]:
    """An addition, not a table: on a terminal a table would cut the file names short."""
    indicator, figures = found.total.indicator, found.total.unit_texts
    for each in found.computed_from:
        yield from _blocks(each, plan)
    yield Heading(f"{indicator.name} ({indicator.measure})")
    shown = found.total.total_text or "-"
    if found.computed_from:
        names = " chia ".join(f"“{each.total.indicator.name}”" for each in found.computed_from)
        yield layout.line(f"  {shown}  {names} (khớp báo cáo tổng hợp)", "good")
        return
    width = max(len(shown), *map(len, figures.values()), 0)
    for part in found.parts:
        yield layout.line(f"  {figures[part.unit.id]:>{width}}  {part.unit.name}")
        for source in _part_sources(part):
            yield layout.line(f"  {'':{width}}  {source}", "quiet")
    for earlier in found.before:
        if earlier.gone.is_added:
            value = figure_text(indicator, earlier.value)
            yield layout.line(f"  {value:>{width}}  {_of_gone(earlier, plan)}, cộng vào")
            yield layout.line(f"  {'':{width}}  {_source_text(earlier.source)}", "quiet")
    yield layout.line(f"  {shown:>{width}}  Tổng cộng (khớp báo cáo tổng hợp)", "good")
    for earlier in found.before:
        if not earlier.gone.is_added:
            yield layout.line(_in_heirs(earlier, found, plan))
            yield layout.line(f"  {_source_text(earlier.source)}", "quiet")


def _in_heirs(earlier: EarlierFigure, found: IndicatorTrace, plan: Plan) -> str:
    """That the heirs' figures include this one, only where the plan or their size says so."""
    heirs = vietnamese.enumeration([heir.name for heir in earlier.gone.heirs])
    value = figure_text(found.total.indicator, earlier.value)
    if tracing.is_included(earlier.gone, found):
        return f"Trong số của {heirs} có {value} của {_of_gone(earlier, plan)}:"
    return f"{_of_gone(earlier, plan)}, đã báo cáo {value}; chưa thấy trong số của {heirs}:"


def _of_gone(earlier: EarlierFigure, plan: Plan) -> str:
    """'Phòng Đối ngoại, kỳ 6 tháng đầu năm'"""
    return f"{earlier.gone.unit.name}, kỳ {plan.periods[earlier.period].name}"


def _part_sources(part: Figure) -> Iterator[str]:
    """The report that a figure is typed in, and the rows of the register that it comes from."""
    if part.source:
        yield _source_text(part.source)
    if register := part.register:
        words = "không dòng nào"
        if rows := [row.number for row in register.rows]:
            words = f"{rows_in_words(rows)} ({vietnamese.number(len(rows))} dòng)"
        yield f"{places.shown(register.path)}: {words}"


def _task_blocks(found: TaskTrace) -> Iterator[Block]:
    yield Heading(f"Nhiệm vụ {found.task.id}")
    yield layout.line(found.task.text)
    if found.office:
        yield layout.line(
            f"Trong báo cáo tổng hợp, mục {found.section.id} dùng nội dung do cơ quan viết: "
            f"{_source_text(found.office)}.",
            "warning",
        )
    for part in found.parts:
        yield layout.line("")
        yield layout.line(f"{part.unit.name}: {TASK_STATUS_NAMES[part.result.status]}", "good")
        yield layout.line(f"  {_source_text(part.source)}", "quiet")
        for paragraph in merging.paragraphs_of(part.result.summary):
            yield layout.line(f"  {paragraph}")
    places = {part.unit.id: part.source for part in found.parts}
    for sentence in found.shared:
        yield layout.line("")
        yield layout.line(f"In một lần cho {len(sentence.units)} đơn vị: {sentence.text}", "good")
        for unit in sentence.units:
            yield layout.line(f"  {unit.name}: {_source_text(places[unit.id])}", "quiet")
    if found.absent and found.parts:
        yield layout.line("")


def _source_text(source: ValueSource) -> str:
    """'reports/2026/h1/tong-hop.yaml:6, 1a2b3c4 29/5/2026 Nguyễn Văn A'."""
    return f"{places.shown(source.file.file.path)}:{source.line}, {_origin(source)}"


def _origin(source: ValueSource) -> str:
    state, commit = source.origin.state, source.origin.commit
    if state == "uncommitted":
        return "chưa ghi vào git"
    if commit is None:
        return "không rõ lần ghi vào git"
    if state == "older":
        return f"ghi vào git chậm nhất {vietnamese.short_day(commit.day)}"
    return commit_in_words(commit)


def _record(found: IndicatorTrace | TaskTrace, period: str) -> dict[str, Any]:
    if isinstance(found, IndicatorTrace):
        indicator = found.total.indicator
        return {
            "kind": "indicator",
            "id": indicator.id,
            "name": indicator.name,
            "measure": indicator.measure,
            "period": period,
            "total": found.total.total,
            "estimated": sorted(found.total.estimated),
            "computed_from": [_record(each, period) for each in found.computed_from],
            "parts": [
                {"unit": part.unit.id, "value": part.value, **_part_record(part)}
                for part in found.parts
            ],
            "absent": _absent_records(found.absent),
            **_before_record(found.before),
        }
    return {
        "kind": "task",
        "id": str(found.task.id),
        "section": str(found.section.id),
        "text": found.task.text,
        "period": period,
        "office": _source_record(found.office) if found.office else None,
        "parts": [
            {
                "unit": part.unit.id,
                "status": part.result.status,
                "summary": part.result.summary,
                **_source_record(part.source),
            }
            for part in found.parts
        ],
        "shared": [
            {"text": sentence.text, "units": [unit.id for unit in sentence.units]}
            for sentence in found.shared
        ],
        "absent": _absent_records(found.absent),
    }


def _before_record(before: list[EarlierFigure]) -> dict[str, Any]:
    """Nothing where no unit is gone."""
    records = [
        {
            "unit": earlier.gone.unit.id,
            "period": earlier.period,
            "value": earlier.value,
            "added": earlier.gone.is_added,
            **_source_record(earlier.source),
        }
        for earlier in before
    ]
    return {"before": records} if records else {}


def _part_record(part: Figure) -> dict[str, Any]:
    """`register` only where one gives the figure; where none typed it, too, it is the `file`."""
    if part.register is None:
        return _source_record(part.source) if part.source else {}
    file = places.shown(part.register.path)
    rows = [row.number for row in part.register.rows]
    source = {"file": file, "line": None, "origin": "register", **NO_COMMIT}
    if part.source:
        source = _source_record(part.source)
    return {**source, "register": {"file": file, "rows": rows}}


def _source_record(source: ValueSource) -> dict[str, Any]:
    """`commit` only where it is known to have brought the value."""
    commit = source.origin.commit if source.origin.state == "committed" else None
    return {
        "file": places.shown(source.file.file.path),
        "line": source.line,
        "origin": source.origin.state,
        **(commit_record(commit) or NO_COMMIT),
    }


def _absent_records(absent: list[Absence]) -> list[dict[str, str]]:
    return [{"unit": unit.unit.id, "why": unit.why} for unit in absent]
