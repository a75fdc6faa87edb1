"""The quality of a unit's reporting in `danvan status`: four figures for each period."""

from collections.abc import Sequence
from typing import Any

from danvan_cli.cli.frame.layout import Cell, Table, Tone, Words
from danvan_cli.report.quality import ReportQuality
from danvan_cli.tracking.status import PeriodStatus


def quality_table(statuses: Sequence[PeriodStatus], found: Sequence[ReportQuality]) -> Table:
    """One unit's, a row for each period that it reports for."""
    names = {status.id: status.period.standalone_name for status in statuses}
    rows: list[list[Cell]] = [
        [
            names[quality.period],
            Words(quality.time_in_words, _tone(quality.in_time)),
            _share(quality, quality.tasks_in_words, quality.tasks_given == quality.tasks_owed),
            _share(
                quality, quality.figures_in_words, quality.figures_given == quality.figures_owed
            ),
            Words(
                quality.errors_in_words, _tone(quality.is_without_errors or not quality.is_there)
            ),
        ]
        for quality in found
    ]
    return Table(["Kỳ", "Thời hạn", "Nhiệm vụ", "Số liệu", "Lỗi"], rows)


def record(quality: ReportQuality) -> dict[str, Any]:
    """For the JSON."""
    return {
        "in_time": quality.in_time,
        "days_late": quality.days_late,
        "returned": quality.is_returned,
        "tasks": {"owed": quality.tasks_owed, "reported": quality.tasks_given},
        "figures": {"owed": quality.figures_owed, "reported": quality.figures_given},
        "errors": quality.errors,
    }


def _share(quality: ReportQuality, words: str, is_whole: bool) -> Words:
    return Words(words, _tone(is_whole) if quality.is_there else "quiet")


def _tone(is_good: bool | None) -> Tone:
    return "quiet" if is_good is None else "good" if is_good else "bad"
