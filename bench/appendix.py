"""A report with a long appendix of models, rendered by danvan and by docxtpl alone."""

import statistics
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate
from msgspec.structs import replace

from danvan_cli.files.resources import packaged
from danvan_cli.model.plan import DocumentLook
from danvan_cli.word.document import printing
from danvan_cli.word.document.fields import ReportDocument
from danvan_cli.word.document.sample import samples


def measured(rows: int, rounds: int) -> tuple[float, float]:
    """Seconds of danvan and of docxtpl alone: medians of rounds in which they take turns."""
    template, document = packaged("templates/bao-cao.docx"), _report(rows)
    ours: list[float] = []
    alone: list[float] = []
    for _ in range(rounds):
        ours.append(_seconds(lambda: printing.render(template, document, DocumentLook())))
        alone.append(_seconds(lambda: _by_docxtpl(template, document)))
    return statistics.median(ours), statistics.median(alone)


def _report(rows: int) -> ReportDocument:
    document = next(samples(ReportDocument))
    if not isinstance(document, ReportDocument) or document.models is None:
        raise TypeError("the first sample has all that there can be")
    row = document.models.rows[0]
    many = [replace(row, number=number) for number in range(1, rows + 1)]
    return replace(document, models=replace(document.models, rows=many))


def _by_docxtpl(template: Path, document: ReportDocument) -> None:
    filled = DocxTemplate(template)
    filled.render(printing.context_of(document), autoescape=True)
    filled.save(BytesIO())


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
