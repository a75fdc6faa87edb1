"""A report once issued: its words may not change under the same number.

NĐ 30/2020, Điều 18: a document that has been issued is corrected by another document only.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from danvan_cli.problems import quoted
from danvan_cli.report.combined_report import CombinedReport

_DIGEST_LENGTH = 16
_PARAGRAPH_DIGEST_LENGTH = 6
_DOCUMENT = "document"
_PARAGRAPHS = "paragraphs"
_MOST_QUOTED = 3


def fingerprint(report: CombinedReport, paragraphs: Sequence[str]) -> dict[str, str]:
    """What holds the issued report to its words: `_office.yaml` keeps it.

    `paragraphs` are those of the whole document, its number and day in them: a digest of 16 hex
    digits for all of them, and a short one for each, so that it can be said which differ. Besides,
    a digest for each part that the data make (see `fingerprint_of_parts`).
    """
    return fingerprint_of_parts(report) | {
        _DOCUMENT: _digest("\n".join(paragraphs)),
        _PARAGRAPHS: " ".join(map(_short_digest, paragraphs)),
    }


def changes(
    report: CombinedReport, paragraphs: Sequence[str], recorded: Mapping[str, str]
) -> list[str]:
    """What differs from what was issued, in words; a record without the document is an older one.

    First the titles of the parts, then the paragraphs.
    """
    titles = _changed_parts(report, recorded)
    if recorded.get(_DOCUMENT, whole := _digest("\n".join(paragraphs))) != whole:
        titles.append(_changed_paragraphs(paragraphs, recorded.get(_PARAGRAPHS, "").split()))
    return titles


def holds_document(recorded: Mapping[str, str]) -> bool:
    """Whether the record is of the document's whole text."""
    return _DOCUMENT in recorded


def fingerprint_of_parts(report: CombinedReport) -> dict[str, str]:
    """A digest of 16 hex digits for each part of the report's words, by the part's name.

    Number and day are no part of it: they come with the issue. A passage's name is its place in
    `_office.yaml`.
    """
    return {name: _digest(repr(words)) for name, _, words in _parts(report)}


def _changed_parts(report: CombinedReport, recorded: Mapping[str, str]) -> list[str]:
    """The titles of the parts whose words differ from those that were issued."""
    now = fingerprint_of_parts(report)
    titles = {name: title for name, title, _ in _parts(report)}
    others = (name for name in recorded if name not in (*now, _DOCUMENT, _PARAGRAPHS))
    names = [*now, *others]
    return [titles.get(name, name) for name in names if now.get(name) != recorded.get(name)]


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
        return f"văn bản nay thiếu {gone} đoạn" if gone else "thứ tự các đoạn của văn bản"
    listed = ", ".join(map(quoted, new[:_MOST_QUOTED]))
    more = f" và {len(new) - _MOST_QUOTED} đoạn khác" if len(new) > _MOST_QUOTED else ""
    return f"trong văn bản nay là {listed}{more}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def _short_digest(paragraph: str) -> str:
    return _digest(paragraph)[:_PARAGRAPH_DIGEST_LENGTH]


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
            (total.indicator.name, total.total, total.previous, total.whole, total.rate)
            for total in report.indicators
        ],
    )
    yield "models", "Mô hình “Dân vận khéo”", [repr(model) for model in report.models]
    yield "awards", "Đề xuất khen thưởng", [repr(award) for award in report.awards]
