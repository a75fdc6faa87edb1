"""A report once issued: its words may not change under the same number.

NĐ 30/2020, Điều 18: a document that has been issued is corrected by another document only.
"""

import hashlib
from collections.abc import Iterator, Mapping

from danvan_cli.combined_report import CombinedReport

_DIGEST_LENGTH = 16


def fingerprint(report: CombinedReport) -> dict[str, str]:
    """A digest of 16 hex digits for each part of the report's words, by the part's name.

    Number and day are no part of it: they come with the issue. A passage's name is its place in
    `_office.yaml`.
    """
    return {
        name: hashlib.sha256(repr(words).encode()).hexdigest()[:_DIGEST_LENGTH]
        for name, _, words in _parts(report)
    }


def changed_parts(report: CombinedReport, recorded: Mapping[str, str]) -> list[str]:
    """The titles of the parts whose words differ from those that were issued."""
    now = fingerprint(report)
    titles = {name: title for name, title, _ in _parts(report)}
    names = [*now, *(name for name in recorded if name not in now)]
    return [titles.get(name, name) for name in names if now.get(name) != recorded.get(name)]


def _parts(report: CombinedReport) -> Iterator[tuple[str, str, object]]:
    """Name, title and words of each part, in the document's order."""
    signatory = report.signatory
    yield (
        "frame",
        "Phần đầu, nơi nhận, người ký",
        (
            report.subject,
            report.plan_citation,
            report.addressees,
            report.recipients,
            (signatory.authority, signatory.position, signatory.name),
        ),
    )
    for passage in report.passages:
        # The sentence of a section's figures is our phrasing; the figures are held below.
        points = [(point.text, point.units) for point in passage.points]
        yield passage.path, passage.title, (passage.paragraphs, points)
    yield (
        "indicators",
        "Biểu số liệu",
        [
            (each.indicator.name, each.total, each.previous, each.whole, each.rate)
            for each in report.indicators
        ],
    )
    yield "models", "Mô hình “Dân vận khéo”", [repr(each) for each in report.models]
    yield "awards", "Đề xuất khen thưởng", [repr(each) for each in report.awards]
