"""The units behind each point of a draft, as Word comments for the editor's own pass."""

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx_plus.comments import add_comment

from danvan_cli.drafts.passages import in_one_line
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.word.document import phrases
from danvan_cli.word.file.annotations import OWN_AUTHOR

MARK = "BẢN KÈM NGUỒN ĐỂ BIÊN TẬP, KHÔNG TRÌNH KÝ, KHÔNG GỬI ĐI"
"""The first line of such a draft."""

SOURCES_PROPERTY = "sources"
"""The document's own property that tells it apart."""


def add_sources(draft: WordDocument, report: CombinedReport) -> None:
    """A comment with the units' short names on each point; the mark as the first line."""
    places: dict[str, list[str]] = {}
    for passage in report.passages:
        for point in passage.points:
            names = ", ".join(unit.short_name for unit in point.units)
            if names:
                line = phrases.lines(point.text, phrases.DASH)[0]
                places.setdefault(in_one_line(line), []).append(names)
    for element in draft.element.body.iter(qn("w:p")):
        names_there = places.get(in_one_line(element.text))
        paragraph = Paragraph(element, draft._body)
        if names_there and paragraph.runs:
            text = f"Nguồn: {names_there.pop(0)}"
            add_comment(paragraph, text, author=OWN_AUTHOR, initials=OWN_AUTHOR)
    first = draft.element.body[0]
    mark = draft.add_paragraph(MARK)
    first.addprevious(mark._p)
    _drop_days(draft)


def _drop_days(draft: WordDocument) -> None:
    """The day on which a comment was made, so that the same input makes the same file."""
    for part in draft.part.package.parts:
        if part.content_type.endswith("comments+xml"):
            for comment in part.element:
                comment.attrib.pop(qn("w:date"), None)
