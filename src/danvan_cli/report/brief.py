"""The brief: the report on one page for the leader who is to sign it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.addressees import text_of
from danvan_cli.model.figure_kinds import marked
from danvan_cli.model.office_report import Brief
from danvan_cli.model.unit_report import Proposal
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal, unwritten
from danvan_cli.report.figures import coverage, not_covered
from danvan_cli.tracking.status import PeriodStatus

MOST_FIGURES = 5
MOST_ITEMS = 3
LONGEST_ITEM = 150
"""Characters of an item; the whole of a longer one stands in the report."""


class BriefPart(Struct, frozen=True):
    """`left_out`: how many items of the report are not printed here."""

    title: str
    items: list[str]
    left_out: int = 0


def brief(report: CombinedReport, status: PeriodStatus, chosen: Brief) -> list[BriefPart]:
    """What the office has chosen for the page, or else the first of each."""
    return [
        BriefPart("Số liệu chính", [_figure(total) for total in _totals(report, chosen)]),
        _items("Ưu điểm", chosen.strengths or _said(report, "strengths")),
        _items("Tồn tại, hạn chế", chosen.shortcomings or _said(report, "shortcomings")),
        _items("Đề xuất, kiến nghị", list(_proposals(report))),
        BriefPart("Còn thiếu", list(_missing(report, status)) or ["Không"]),
        BriefPart("Cần cho ý kiến", chosen.decisions or list(_open(report)) or ["Không"]),
    ]


def _totals(report: CombinedReport, chosen: Brief) -> list[IndicatorTotal]:
    by_id = {total.indicator.id: total for total in report.indicators}
    if chosen.indicators:
        return [by_id[id_] for id_ in chosen.indicators if id_ in by_id]
    given = [total for total in report.indicators if total.total and not total.is_part]
    return given[:MOST_FIGURES]


def _figure(total: IndicatorTotal) -> str:
    """'Hội nghị: 31 cuộc (cùng kỳ năm trước 27, +14,8%)'."""
    if total.total is None:
        return f"{total.indicator.name}: chưa có số liệu"
    said = f"{total.indicator.name}: {_with_measure(total)}"
    notes = []
    if total.previous is not None:
        notes.append(f"cùng kỳ năm trước {total.text_of(total.previous)}")
    if total.change:
        notes.append(total.change)
    if not total.is_covered:
        notes.append(f"số liệu của {coverage(total)}")
    return f"{said} ({', '.join(notes)})" if notes else said


def _with_measure(total: IndicatorTotal) -> str:
    """'31 cuộc', '64 cuộc (ước)', '97,5%', '8/12 đơn vị'."""
    if total.indicator.kind in ("rate", "yes_no") or total.total is None:
        return total.total_text or ""
    text = f"{total.text_of(total.total)} {total.indicator.measure}"
    return marked(text, estimated=bool(total.estimated))


def _said(report: CombinedReport, path: str) -> list[str]:
    passages = {passage.path: passage for passage in report.passages}
    passage = passages.get(path)
    return [*passage.lines, *(point.text for point in passage.points)] if passage else []


def _proposals(report: CombinedReport) -> Iterator[str]:
    for group in report.proposals.by_addressee:
        for item in group.items:
            text = text_of(item).strip()
            yield f"{item.to}: {text}" if isinstance(item, Proposal) else text


def _items(title: str, texts: Sequence[str]) -> BriefPart:
    shown = [shortened(" ".join(text.split())) for text in texts[:MOST_ITEMS]]
    return BriefPart(title, shown or ["Chưa có nội dung"], max(0, len(texts) - MOST_ITEMS))


def shortened(text: str) -> str:
    """The text up to LONGEST_ITEM characters, cut between words, with '…' where it is cut."""
    if len(text) <= LONGEST_ITEM:
        return text
    return f"{text[:LONGEST_ITEM].rsplit(' ', 1)[0].rstrip(',;:')} …"


def _missing(report: CombinedReport, status: PeriodStatus) -> Iterator[str]:
    names = [unit.unit.name for unit in status.units if unit.report is None]
    if names:
        yield shortened(f"Báo cáo của {vietnamese.enumeration(names)}")
    figures = [total.indicator.name for total in not_covered(report.indicators)]
    if figures:
        yield shortened(f"{len(figures)} số liệu chưa đủ các đơn vị: {'; '.join(figures)}")


def _open(report: CombinedReport) -> Iterator[str]:
    parts = [passage.title for passage in unwritten(report.parts)]
    if parts:
        yield f"{vietnamese.number_in_text(len(parts))} phần còn ghép nguyên văn hoặc chưa có lời"
    if report.to_the_office:
        count = vietnamese.number_in_text(len(report.to_the_office))
        yield f"{count} kiến nghị gửi chính cơ quan, không đưa vào báo cáo"
    if report.own_awards:
        count = vietnamese.number_in_text(len(report.own_awards))
        yield f"{count} đề xuất khen thưởng thuộc thẩm quyền của cơ quan"
