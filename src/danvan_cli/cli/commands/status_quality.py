"""The quality of a unit's reporting in `danvan status`: four figures for each period."""

from collections.abc import Sequence
from typing import Any

from danvan_cli.cli.frame.layout import Cell, Table, Tone, Words
from danvan_cli.report.quality import ReportQuality
from danvan_cli.tracking.status import PeriodStatus


def quality_table(statuses: Sequence[PeriodStatus], found: Sequence[ReportQuality]) -> Table:
    """One unit's, a row for each period that it reports for."""
    names = {status.id: status.period.standalone_name for status in statuses}
    rows = [[names[quality.period], *_cells(quality)] for quality in found]
    return Table(["Kỳ", "Thời hạn", "Nhiệm vụ", "Số liệu", "Lỗi", "Giải trình"], rows)


def record(quality: ReportQuality) -> dict[str, Any]:
    """For the JSON."""
    return {
        "in_time": quality.in_time,
        "days_late": quality.days_late,
        "returned": quality.is_returned,
        "tasks": {"owed": quality.tasks_owed, "reported": quality.tasks_given},
        "figures": {"owed": quality.figures_owed, "reported": quality.figures_given},
        "errors": quality.errors,
        "doubts": {"found": quality.doubts, "answered": quality.doubts_answered},
    }


def _cells(quality: ReportQuality) -> list[Cell]:
    has_all_tasks = quality.tasks_given == quality.tasks_owed
    has_all_figures = quality.figures_given == quality.figures_owed
    cells: list[tuple[str, bool]] = [
        (quality.tasks_in_words, has_all_tasks),
        (quality.figures_in_words, has_all_figures),
        (quality.errors_in_words, quality.is_without_errors),
        (quality.doubts_in_words, quality.doubts_answered == quality.doubts),
    ]
    return [
        Words(quality.time_in_words, _tone(quality.in_time)),
        *(Words(text, _tone(is_good if quality.is_there else None)) for text, is_good in cells),
    ]


def _tone(is_good: bool | None) -> Tone:
    return "quiet" if is_good is None else "good" if is_good else "bad"
