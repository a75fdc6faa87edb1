"""The passages of the printed report that `_office.yaml` can hold, and their marks on its lines."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.characters import without_invisible
from danvan_cli.report import combined_report
from danvan_cli.report.combine import ASSESSMENT
from danvan_cli.report.combined_report import CombinedReport, Proposals
from danvan_cli.word.document.fields import Passage, ReportDocument, SectionPassage
from danvan_cli.word.document.report_document import NOTHING_YET
from danvan_cli.word.file.content_controls import LONGEST_NAME
from danvan_cli.word.file.unbroken import as_typed
from danvan_cli.word.template.values import PassageLine

Kind: TypeAlias = Literal["prose", "items", "recipients", "lines", "line"]

BOOKMARK_START = "dv_"
"""What the names of danvan's bookmarks begin with, in a draft."""

PLACE = "__"
"""What the name of a bookmark ends with behind which a passage would stand."""

_DIGEST_LENGTH = 12
_PLAIN_PATH = re.compile(r"[a-z_]+(?:\.[a-z0-9]{1,20})?")
_SIGNATORY: Mapping[str, str] = {
    "authority": "Quyền hạn của người ký",
    "position": "Chức vụ của người ký",
    "name": "Họ tên người ký",
}


class Printed(Struct, frozen=True, kw_only=True):
    """A passage as the report prints it.

    `path` is its place in `_office.yaml`; `place` and `title` are what people call it: 'Mục II.3',
    'Xây dựng phong trào'. `lines` are its paragraphs, none where nothing is printed; `texts` the
    items that a list prints, as `_office.yaml` or the units' reports have them; `proposals` are
    those of the proposals, by addressee.
    """

    path: str
    kind: Kind
    place: str
    title: str = ""
    lines: list[str] = []
    texts: list[str] = []
    proposals: Proposals | None = None

    @property
    def name(self) -> str:
        """What its bookmark is called: a letter, then letters, digits and low lines, 40 at most."""
        if _PLAIN_PATH.fullmatch(self.path):
            return f"{BOOKMARK_START}{self.path.replace('.', '_')}"
        return BOOKMARK_START + hashlib.sha256(self.path.encode()).hexdigest()[:_DIGEST_LENGTH]

    @property
    def place_name(self) -> str:
        """What the bookmark is called behind which the passage, as yet empty, would stand."""
        return f"{self.name}{PLACE}"

    @property
    def tag(self) -> str:
        """What its content control is tagged with: its path, unless that is too long for Word."""
        return self.path if len(self.path) <= LONGEST_NAME else self.name

    @property
    def heading(self) -> str:
        return f"{self.place}. {self.title}" if self.title else self.place

    @property
    def is_placeholder(self) -> bool:
        return self.lines == [NOTHING_YET]


def printed_passages(report: CombinedReport, document: ReportDocument) -> list[Printed]:
    """All passages of the report; `document` is what it prints.

    The parts of the assessment that nobody has written are among them, without lines.
    """
    return [
        _printed(report.leadership, document.leadership, "prose", "Mục I"),
        *(
            _printed(section, printed, "prose", f"Mục II.{section.number}")
            for section, printed in zip(report.sections, document.sections, strict=True)
        ),
        *_assessment(report, document),
        _printed(report.next_steps, document.next_steps, "items", "Mục IV"),
        replace(
            _printed(report.proposals, document.proposals, "items", "Mục V"),
            proposals=report.proposals,
        ),
        *_signature(report, document),
    ]


def _printed(passage: combined_report.Passage, printed: Passage, kind: Kind, place: str) -> Printed:
    return Printed(
        path=passage.path,
        kind=kind,
        place=place,
        title=passage.title,
        lines=[*printed.paragraphs, *printed.points],
        texts=[*passage.paragraphs, *(point.text for point in passage.points)],
    )


def _assessment(report: CombinedReport, document: ReportDocument) -> Iterator[Printed]:
    there = {passage.path: number for number, passage in enumerate(report.assessment)}
    for path, title in ASSESSMENT.items():
        if path in there:
            number = there[path]
            place = f"Mục III.{number + 1}"
            yield _printed(report.assessment[number], document.assessment[number], "items", place)
        else:
            yield Printed(path=path, kind="items", place="Mục III", title=title)


def _signature(report: CombinedReport, document: ReportDocument) -> Iterator[Printed]:
    yield Printed(
        path="recipients",
        kind="recipients",
        place="Nơi nhận",
        lines=document.recipients,
        texts=report.recipients,
    )
    printed = {
        "authority": document.authority,
        "position": document.position,
        "name": document.signer,
    }
    for field, line in printed.items():
        text = getattr(report.signatory, field)
        yield Printed(
            path=f"signatory.{field}",
            kind="lines" if field == "authority" else "line",
            place=_SIGNATORY[field],
            lines=[line] if line else [],
            texts=[text] if text else [],
        )


def marked(document: ReportDocument, passages: Sequence[Printed]) -> ReportDocument:
    """The document with lines that know their passage, by its number among `passages`.

    The sentence of figures of a section that has nothing else knows what would stand behind it.
    """
    numbers = {passage.path: number for number, passage in enumerate(passages)}
    paths = [passage.path for passage in passages]
    parts = [path for path in ASSESSMENT if passages[numbers[path]].lines]
    sections = [path for path in paths if path.startswith("sections.")]
    return replace(
        document,
        leadership=_marked(document.leadership, numbers["leadership"]),
        sections=[
            _marked_section(section, numbers[path])
            for section, path in zip(document.sections, sections, strict=True)
        ],
        # With no part at all, there is one passage, which is none of theirs.
        assessment=[
            _marked(passage, numbers[path])
            for passage, path in zip(document.assessment, parts, strict=True)
        ]
        if parts
        else document.assessment,
        next_steps=_marked(document.next_steps, numbers["next_steps"]),
        proposals=_marked(document.proposals, numbers["proposals"]),
        recipients=_all_marked(document.recipients, numbers["recipients"]),
        authority=_line_marked(document.authority, numbers["signatory.authority"]),
        position=PassageLine.of(document.position, numbers["signatory.position"]),
        signer=PassageLine.of(document.signer, numbers["signatory.name"]),
    )


def _marked(passage: Passage, number: int) -> Passage:
    return replace(
        passage,
        paragraphs=_all_marked(passage.paragraphs, number),
        points=_all_marked(passage.points, number),
    )


def _marked_section(section: SectionPassage, number: int) -> SectionPassage:
    if section.figures and not section.paragraphs and not section.points:
        return replace(section, figures=PassageLine.of(section.figures, number, behind=True))
    return replace(
        section,
        paragraphs=_all_marked(section.paragraphs, number),
        points=_all_marked(section.points, number),
    )


def _all_marked(lines: list[str], number: int) -> list[str]:
    return [PassageLine.of(line, number) for line in lines]


def _line_marked(line: str | None, number: int) -> str | None:
    return PassageLine.of(line, number) if line else line


def in_one_line(text: str) -> str:
    """Text for comparing: what no reader sees the difference of is alike."""
    return " ".join(vietnamese.nfc(without_invisible(as_typed(text))).split())


def digest(lines: Sequence[str]) -> str:
    """12 hex digits for a passage's words."""
    words = "\n".join(in_one_line(line) for line in lines)
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGEST_LENGTH]
