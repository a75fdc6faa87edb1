"""What has to be done before the combined report is signed, each thing done or not."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.problems import Diagnostic
from danvan_cli.report import first_mentions
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal, unwritten
from danvan_cli.report.doubts import UnitDoubt
from danvan_cli.tracking.status import PeriodStatus, UnitStatus

CheckId = Literal[
    "units",
    "passages",
    "numbers",
    "doubts",
    "citations",
    "abbreviations",
    "coverage",
    "edits",
    "document",
]

TITLES: dict[CheckId, str] = {
    "units": "Báo cáo của các đơn vị đủ và không có lỗi",
    "passages": "Mọi mục do cơ quan viết",
    "numbers": "Số nêu trong nội dung khớp số liệu",
    "doubts": "Số liệu khác thường đã được giải trình",
    "citations": "Văn bản viện dẫn lần đầu đủ số, ngày, trích yếu",
    "abbreviations": "Chữ viết tắt được giải thích",
    "coverage": "Số liệu của đủ các đơn vị",
    "edits": "Nội dung sửa trong Word đã nhận về",
    "document": "Thể thức theo Nghị định 30/2020/NĐ-CP",
}
_ABOUT_NUMBERS = "R43"
"""The codes R430 to R439: what is said against what is counted."""


class Check(Struct, frozen=True):
    """One thing to be done; `open`: what of it is not done, in Vietnamese, a line each.

    `cure`: how to do it.
    """

    id: CheckId
    open: list[str]
    cure: str

    @property
    def title(self) -> str:
        return TITLES[self.id]

    @property
    def is_done(self) -> bool:
        return not self.open


def of_data(status: PeriodStatus, report: CombinedReport) -> Iterator[Check]:
    """Whether all have reported, all is written by the office and every figure is covered."""
    period = status.id
    yield Check(
        "units",
        [f"{unit.unit.name}: {_why(unit)}" for unit in status.units if unit.report is None],
        f"nhắc đơn vị: danvan remind --period {period}; xem từng lỗi: danvan validate",
    )
    yield Check(
        "passages",
        [
            f"{passage.title} ({passage.path}): "
            + ("chưa có nội dung" if passage.is_empty else "còn ghép báo cáo của các đơn vị")
            for passage in unwritten(report.parts)
        ],
        "viết vào _office.yaml, hoặc sửa trong Word rồi danvan import",
    )
    yield Check(
        "coverage",
        [found for total in report.indicators if (found := _uncovered(total, status))],
        "nhắc đơn vị ghi đủ số liệu, không có thì ghi 0",
    )


def of_numbers(problems: Sequence[Diagnostic], root: Path, edited: Iterable[str]) -> Check:
    """Whether words agree with figures; `problems`: those of the period's files, with places.

    `edited`: what `figures_in_words.numbers_without_figures` found.
    """
    return Check(
        "numbers",
        [
            *edited,
            *(
                f"{problem.file.relative_to(root).as_posix()}:{problem.line}: {problem.message}"
                for problem in problems
                if problem.code.startswith(_ABOUT_NUMBERS) and problem.file
            ),
        ],
        "sửa số liệu hoặc nội dung ở chỗ đã nêu",
    )


def of_doubts(doubts: Iterable[UnitDoubt], period: str) -> Check:
    """Whether each doubtful figure has been explained by its unit."""
    return Check(
        "doubts",
        [f"{found.unit.name}: {found.doubt.message}" for found in doubts if not found.note],
        "hỏi lại đơn vị: số sai thì sửa, số đúng thì ghi giải trình ở notes; "
        f"xem: danvan figures --period {period} --doubtful",
    )


def of_text(paragraphs: Sequence[str]) -> Iterator[Check]:
    """Whether documents and abbreviations are given in full; `paragraphs`: the whole report's."""
    yield Check(
        "citations",
        [
            f"“{mention.text}”: thiếu {vietnamese.enumeration(mention.missing)}"
            for mention in first_mentions.incomplete_citations(paragraphs)
        ],
        "ghi đủ số, ký hiệu, ngày, cơ quan ban hành, trích yếu ở lần đầu "
        "(NĐ 30/2020, PL I, I.II.6b)",
    )
    yield Check(
        "abbreviations",
        [
            f"{name}, trong “{around}”"
            for name, around in first_mentions.unexplained_abbreviations(paragraphs).items()
        ],
        "viết đủ chữ, hoặc thêm “(sau đây viết tắt là …)” ở lần đầu",
    )


def _why(unit: UnitStatus) -> str:
    match unit.state:
        case "invalid":
            return f"có {unit.errors} lỗi"
        case "returned":
            return f"đã trả lại: {unit.returned_reason}"
        case _ if unit.is_draft:
            return "mới là dự thảo (chưa ghi submitted)"
        case _:
            return f"chưa gửi, {unit.in_words}"


def _uncovered(total: IndicatorTotal, status: PeriodStatus) -> str | None:
    """'Hội nghị: 11/12 đơn vị, thiếu TH'; None if every unit gave its figure."""
    if total.is_covered:
        return None
    missing = [unit.unit.short_name for unit in status.units if unit.unit.id in total.missing]
    return (
        f"{total.indicator.name}: {len(total.parts)}/{total.owing} đơn vị, "
        f"thiếu {vietnamese.enumeration(missing)}"
    )
