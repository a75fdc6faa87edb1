"""What changed since a report was issued → what bao-cao-bo-sung.docx prints."""

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.plan import DocumentLook
from danvan_cli.model.values import Figure
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.supplement import APPENDIX_NAMES, ChangedPassage, ChangedRows, Changes
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import (
    ChangedFigureRow,
    ChangedPart,
    SignedDocument,
    SupplementDocument,
)
from danvan_cli.word.document.report_document import report_document

NO_REASON = "[Chưa ghi lý do bổ sung]"
"""In brackets, as a gap in a draft, so that no leader signs it unseen."""

_SUBJECT = "Bổ sung"
_NO_MORE = "Nội dung đã báo cáo ở mục này không còn."
_INSTEAD = "thay nội dung đã báo cáo"


def supplement_document(
    report: CombinedReport, found: Changes, reason: list[str], settings: DocumentLook
) -> SupplementDocument:
    """The supplement to an issued report: only the reason and what changed.

    `report`: the issued one; the supplement is a document of its own, whose number is open
    (NĐ 30/2020, Điều 18). Raises ValueError if the report has not been issued.
    """
    if report.number is None or report.issued is None:
        raise ValueError("only an issued report can be added to")
    name = report.organization.name
    day = vietnamese.short_day(report.issued)
    about = report.subject_in_sentence.removeprefix("về ")
    cited = f"Báo cáo số {report.number} ngày {day} của {name} về {about}"
    unnumbered = replace(report, subject=_SUBJECT, number=None, issued=None)
    frame = report_document(unnumbered, settings)
    shared = {field: getattr(frame, field) for field in SignedDocument.__struct_fields__}
    parts = [*map(_passage, found.passages), *map(_rows, found.rows)]
    return SupplementDocument(
        **shared
        | {
            "title": f"Báo cáo bổ sung {cited}",
            "subject": f"{_SUBJECT} {cited}",
            "opening": f"Tiếp theo {cited}, {name} báo cáo bổ sung như sau:",
        },
        reason=reason or [NO_REASON],
        figures=[
            ChangedFigureRow(
                number=number,
                name=figure.name,
                measure=figure.measure,
                before=figure.before.in_words or phrases.NONE,
                now=figure.now.in_words or phrases.NONE,
                difference=_signed(figure.difference),
            )
            for number, figure in enumerate(found.figures, 1)
        ],
        parts_heading=f"{'III' if found.figures else 'II'}. NỘI DUNG BỔ SUNG, SỬA ĐỔI",
        parts=[
            replace(part, heading=f"{number}. {part.heading}")
            for number, part in enumerate(parts, 1)
        ],
    )


def _signed(difference: Figure) -> str:
    return ("+" if difference > 0 else "") + vietnamese.number(difference)


def _passage(passage: ChangedPassage) -> ChangedPart:
    """What was only added, or else the whole passage as it is now."""
    title = f" ({passage.title})" if passage.title else ""
    what = f"{vietnamese.in_sentence(passage.place)}{title}"
    if not passage.now:
        return ChangedPart(heading=f"Bỏ {what}", paragraphs=[_NO_MORE])
    if passage.gone or not passage.added:
        return _part(f"Sửa đổi {what} như sau", passage.now)
    return _part(f"Bổ sung vào {what}", passage.added)


def _part(heading: str, lines: list[str]) -> ChangedPart:
    """Lines of a list are points, with the lines below each of them."""
    if lines[0].startswith(phrases.DASH):
        return ChangedPart(heading=heading, points=lines)
    return ChangedPart(heading=heading, paragraphs=lines)


def _rows(rows: ChangedRows) -> ChangedPart:
    """The rows added or changed, then those that are no more in the appendix."""
    name = APPENDIX_NAMES.get(rows.kind, rows.kind)
    old = {_head(row) for row in rows.gone}
    new = {_head(row) for row in rows.added}
    texts = [
        f"{vietnamese.bare(row)} ({_INSTEAD})" if _head(row) in old else row for row in rows.added
    ]
    texts += [f"Không còn: {head}" for row in rows.gone if (head := _head(row)) not in new]
    return ChangedPart(heading=f"Bổ sung, sửa đổi {name}", points=phrases.dashed(texts))


def _head(row: str) -> str:
    """Whom or what a row is about, with its unit in brackets, before what it says of it."""
    head, bracket, _ = row.partition("): ")
    return f"{head})" if bracket else row.partition(": ")[0]
