"""Detects changes of an issued report, whose text may not change under the same number.

NĐ 30/2020, Điều 18: a document that has been issued is corrected by another document only.
"""

import hashlib
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from danvan_cli.problems import quoted
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal

_DIGEST_LENGTH = 16
_PARAGRAPH_DIGEST_LENGTH = 6
_DOCUMENT = "document"
_PARAGRAPHS = "paragraphs"
_MOST_QUOTED = 3


def fingerprint(report: CombinedReport, paragraphs: Sequence[str]) -> dict[str, str]:
    """The fingerprint of the issued report, which is stored in `_office.yaml`.

    `paragraphs`: all paragraphs of the document, with number and day. The fingerprint has a digest
    of 16 hex digits for all of them, a short digest for each, so that changed ones can be quoted,
    and a digest for each part of the data (see `fingerprint_of_parts`).
    """
    return fingerprint_of_parts(report) | {
        _DOCUMENT: _digest("\n".join(paragraphs)),
        _PARAGRAPHS: " ".join(map(_short_digest, paragraphs)),
    }


def changes(
    report: CombinedReport,
    paragraphs: Sequence[str],
    recorded: Mapping[str, str],
    told: Mapping[str, str],
) -> list[str]:
    """The changes since the issue in Vietnamese, each on a line of its own: `told`, other parts'
    titles, then the changed paragraphs.

    `told`: what is known to be otherwise, by `supplement.in_words`. Older records have no digest of
    the document; then paragraphs are not compared.
    """
    parts = {name.partition(".")[0] if name not in recorded else name for name in told}
    titles = [*told.values(), *_changed_parts(report, recorded, parts)]
    if recorded.get(_DOCUMENT, whole := _digest("\n".join(paragraphs))) != whole:
        titles.append(_changed_paragraphs(paragraphs, recorded.get(_PARAGRAPHS, "").split()))
    return titles


def holds_document(recorded: Mapping[str, str]) -> bool:
    """Whether the record includes the whole text of the document."""
    return _DOCUMENT in recorded


def fingerprint_of_parts(report: CombinedReport) -> dict[str, str]:
    """A digest of 16 hex digits for each part of the report, by the part's name.

    Number and day are not included, since they are set at the issue. A passage's name is its field
    in `_office.yaml`.
    """
    return {name: _digest(repr(words)) for name, _, words in _parts(report)}


def _changed_parts(
    report: CombinedReport, recorded: Mapping[str, str], told: Container[str]
) -> list[str]:
    """The titles of the parts that have changed since the issue, without those `told`."""
    now = fingerprint_of_parts(report)
    titles = {name: title for name, title, _ in _parts(report)}
    others = (name for name in recorded if name not in (*now, _DOCUMENT, _PARAGRAPHS))
    names = [*now, *others]
    return [
        titles.get(name, name)
        for name in names
        if now.get(name) != recorded.get(name) and name not in told
    ]


def _changed_paragraphs(paragraphs: Sequence[str], issued: Sequence[str]) -> str:
    left = Counter(issued)
    new = []
    for paragraph in paragraphs:
        digest = _short_digest(paragraph)
        if not left[digest]:
            new.append(paragraph)
        left[digest] -= left[digest] > 0
    gone = left.total()
    if not new:
        return f"Văn bản nay thiếu {gone} đoạn" if gone else "Thứ tự các đoạn của văn bản"
    listed = ", ".join(map(quoted, new[:_MOST_QUOTED]))
    more = f" và {len(new) - _MOST_QUOTED} đoạn khác" if len(new) > _MOST_QUOTED else ""
    return f"Trong văn bản nay là {listed}{more}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def _short_digest(paragraph: str) -> str:
    return _digest(paragraph)[:_PARAGRAPH_DIGEST_LENGTH]


def _figure(total: IndicatorTotal) -> tuple[object, ...]:
    estimate = ("estimated",) if total.estimated else ()
    return (total.indicator.name, total.total, total.previous, *estimate)


def _parts(report: CombinedReport) -> Iterator[tuple[str, str, object]]:
    """Name, title and content of each part, in the order of the document."""
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
        # A section's sentence of figures is danvan's wording; the figures themselves follow below.
        points = [point.text for point in passage.points]
        yield passage.path, passage.title, (passage.paragraphs, points)
    yield (
        "indicators",
        "Biểu số liệu",
        [_figure(total) for total in report.indicators],
    )
    models = [(reported.unit.name, reported.item) for reported in report.models]
    yield "models", "Mô hình", models
    awards = [(reported.unit.name, reported.item) for reported in report.awards]
    yield "awards", "Đề xuất khen thưởng", awards
