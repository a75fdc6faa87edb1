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
from danvan_cli.report.combined_report import CombinedReport, Passage, Proposals
from danvan_cli.word.document.fields import Part, ReportDocument
from danvan_cli.word.document.report_document import NOTHING_YET
from danvan_cli.word.file.content_controls import LONGEST_NAME
from danvan_cli.word.file.unbroken import as_typed
from danvan_cli.word.template.values import PassageLine

Kind: TypeAlias = Literal["prose", "items", "recipients", "sentence", "lines", "line"]

BOOKMARK_START = "dv_"
"""What the names of danvan's bookmarks begin with, in a draft."""

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
    those of the proposals, by addressee. `is_optional`: as long as it has no lines, the report
    does not have its title, either.
    """

    path: str
    kind: Kind
    place: str
    title: str = ""
    lines: list[str] = []
    texts: list[str] = []
    proposals: Proposals | None = None
    is_optional: bool = False

    @property
    def name(self) -> str:
        """What its bookmark is called: a letter, then letters, digits and low lines, 40 at most."""
        if _PLAIN_PATH.fullmatch(self.path):
            return f"{BOOKMARK_START}{self.path.replace('.', '_')}"
        return BOOKMARK_START + hashlib.sha256(self.path.encode()).hexdigest()[:_DIGEST_LENGTH]

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

    The parts that are left out are among them, without lines.
    """
    lines = {part.path: [*part.paragraphs, *part.points] for part in document.parts if part.path}
    return [
        _sentence("opening", "Đoạn mở đầu", document.opening),
        *(
            _printed(part, passage, lines.get(passage.path, []))
            for part, passage in report.placed_passages
        ),
        _sentence("closing", "Đoạn kết", document.closing),
        *_signature(report, document),
    ]


def _sentence(path: str, place: str, line: str) -> Printed:
    return Printed(path=path, kind="sentence", place=place, lines=[line])


def _printed(part: combined_report.Part, passage: Passage, lines: list[str]) -> Printed:
    return Printed(
        path=passage.path,
        kind="items" if passage.is_list else "prose",
        place=part.place,
        title=passage.title,
        lines=lines,
        texts=[*passage.lines, *(point.text for point in passage.points)],
        proposals=passage if isinstance(passage, Proposals) else None,
        is_optional=part.is_optional,
    )


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
    """The document with lines that know their passage, by its number among `passages`."""
    numbers = {passage.path: number for number, passage in enumerate(passages)}
    return replace(
        document,
        opening=PassageLine.of(document.opening, numbers["opening"]),
        closing=PassageLine.of(document.closing, numbers["closing"]),
        parts=[_marked(part, numbers) for part in document.parts],
        recipients=_all_marked(document.recipients, numbers["recipients"]),
        authority=_line_marked(document.authority, numbers["signatory.authority"]),
        position=PassageLine.of(document.position, numbers["signatory.position"]),
        signer=PassageLine.of(document.signer, numbers["signatory.name"]),
    )


def _marked(part: Part, numbers: Mapping[str, int]) -> Part:
    if part.path not in numbers:
        return part
    number = numbers[part.path]
    return replace(
        part,
        paragraphs=_all_marked(part.paragraphs, number),
        points=_all_marked(part.points, number),
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
