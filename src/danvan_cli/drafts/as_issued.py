"""What a report says, as `_issued.yaml` keeps it: figures, passages, rows of appendices."""

from collections.abc import Iterator

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.drafts.passages import in_one_line, printed_passages
from danvan_cli.model.issued_report import IssuedFigure, IssuedPassage, IssuedReport
from danvan_cli.model.plan import DocumentLook
from danvan_cli.model.values import Day, typed_of
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import ReportDocument
from danvan_cli.word.document.report_document import report_document

_WORDS = ("prose", "items")
"""The kinds of passages that are the report's text, not its frame."""
_PHRASED = ("opening", "closing", "figures.")
"""The paths of sentences that danvan phrases, of which the figures alone count."""


def as_issued(report: CombinedReport, settings: DocumentLook) -> IssuedReport:
    """What the report says now, under its number; raises ValueError if it has none."""
    if report.number is None or report.issued is None:
        raise ValueError("only an issued report is kept")
    document = report_document(report, settings)
    day = report.issued
    return IssuedReport(
        number=report.number,
        issued=Day.of(day),
        figures={
            total.indicator.id: IssuedFigure(
                name=total.indicator.name,
                measure=total.indicator.measure,
                total=None if total.total is None else typed_of(total.total),
                estimated=bool(total.estimated),
            )
            for total in report.indicators
        },
        passages=[
            IssuedPassage(
                path=passage.path,
                place=passage.place,
                title=passage.title or None,
                lines=[line for line in map(in_one_line, passage.lines) if line],
            )
            for passage in printed_passages(report, document)
            if passage.kind in _WORDS and not passage.path.startswith(_PHRASED)
        ],
        appendices=dict(_appendices(document)),
    )


def _appendices(document: ReportDocument) -> Iterator[tuple[str, list[str]]]:
    if document.models:
        yield "models", [_row(row) for row in document.models.rows]
    if document.awards:
        yield "awards", [_row(row) for group in document.awards.groups for row in group.rows]


def _row(row: Struct) -> str:
    """'Cà phê doanh nhân (Phòng Kinh tế): kinh tế; đang triển khai. Gặp gỡ …', unnumbered."""
    cells = {name: getattr(row, name) for name in row.__struct_fields__}
    name, unit = in_one_line(cells.pop("name")), in_one_line(cells.pop("unit"))
    head = f"{name} ({unit})" if unit != name else name
    short = [in_one_line(cell) for cell in cells.values() if isinstance(cell, str)]
    said = "; ".join(vietnamese.bare(vietnamese.in_sentence(cell)) for cell in short)
    prose = [cell for cell in cells.values() if isinstance(cell, list) and cell != [phrases.NONE]]
    return " ".join([f"{head}: {said}.", *(in_one_line(" ".join(lines)) for lines in prose)])
