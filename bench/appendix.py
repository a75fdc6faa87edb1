"""A report with a long appendix of models, rendered by danvan."""

import statistics
import time

from msgspec.structs import replace

from danvan_cli.files.resources import packaged
from danvan_cli.model.plan import DocumentLook
from danvan_cli.word.document import printing
from danvan_cli.word.document.fields import ReportDocument
from danvan_cli.word.document.sample import samples


def measured(rows: int, rounds: int) -> float:
    """The seconds that a report of so many models takes: the median of the rounds."""
    template, document = packaged("templates/bao-cao.docx"), _report(rows)
    seconds: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        printing.render(template, document, DocumentLook())
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _report(rows: int) -> ReportDocument:
    document = next(samples(ReportDocument))
    if not isinstance(document, ReportDocument) or document.models is None:
        raise TypeError("the first sample has all that there can be")
    row = document.models.rows[0]
    many = [replace(row, number=number) for number in range(1, rows + 1)]
    return replace(document, models=replace(document.models, rows=many))
