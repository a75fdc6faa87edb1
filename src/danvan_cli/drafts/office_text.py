"""What an edited passage says, as `_office.yaml` holds it: without the marks that printing adds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.drafts.passages import Printed, in_one_line
from danvan_cli.model.addressees import addressee, text_of
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Signatory
from danvan_cli.model.unit_report import Proposal
from danvan_cli.report.combined_report import Proposals
from danvan_cli.word import decree
from danvan_cli.word.document import phrases
from danvan_cli.word.document.report_document import (
    ADDRESSEE_LEAD,
    NOTHING_YET,
    OTHER_PROPOSALS,
)

Words: TypeAlias = str | list[str] | list[str | Proposal] | None

_DASH = re.compile(r"[-–—•*]\s+")
_HEADING = re.compile(
    rf"(?:[-–—•*+]\s*|\d+[.)]\s*)?(?:{ADDRESSEE_LEAD}\s+([^.;:]+?)\s*:|{OTHER_PROPOSALS})",
    re.IGNORECASE,
)
_ONLY_MARKS = re.compile(r"[-–—•*.;\s]*")
_LISTS = ("items", "recipients")
_PLACEHOLDERS = (NOTHING_YET, phrases.BLANK_NAME)


def words_of(passage: Printed, paragraphs: Sequence[str]) -> Words:
    """What paragraphs say in place of the passage; None where they say nothing.

    A line break in prose begins a paragraph; in an item it is a space. What did not change stays
    letter for letter as it is in YAML.
    """
    match passage.kind:
        case "prose":
            as_written = {in_one_line(line): line for line in passage.lines}
            lines = _lines(_at_breaks(paragraphs))
            return "\n".join(as_written.get(line, line) for line in lines) or None
        case "items" if passage.proposals:
            return list(_proposals(passage, passage.proposals, list(_lines(paragraphs)))) or None
        case "items":
            return list(_items(passage, list(_lines(paragraphs)))) or None
        case "recipients":
            return list(_recipients(passage, _lines(paragraphs))) or None
        case "sentence":
            text = " ".join(_lines(_at_breaks(paragraphs)))
            return text.removesuffix(decree.END_MARK).rstrip() or None
        case "lines" | "line":
            return "\n".join(_lines(_at_breaks(paragraphs))) or None


def _at_breaks(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from paragraph.split("\n")


def _lines(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        line = in_one_line(paragraph)
        for placeholder in _PLACEHOLDERS:
            line = line.replace(placeholder, "").strip()
        if not _ONLY_MARKS.fullmatch(line):
            yield line


def _items(passage: Printed, lines: Sequence[str]) -> Iterator[str]:
    """Each paragraph is an item, but for those that went on with one before and still do."""
    as_printed = {
        text: [in_one_line(line) for line in phrases.lines(text, phrases.DASH)]
        for text in passage.texts
    }
    going_on = {line for printed in as_printed.values() for line in printed[1:]}
    as_written = {tuple(printed): text for text, printed in as_printed.items()}
    groups: list[list[str]] = []
    for line in lines:
        if groups and line in going_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    for first, *others in groups:
        written = "\n".join([_without_marks(first), *others])
        yield as_written.get((first, *others), written)


def _proposals(
    passage: Printed, printed: Proposals, lines: Sequence[str]
) -> Iterator[str | Proposal]:
    """The items below each addressee; `to` is written where their words do not name it."""
    for heading, below in _by_heading(lines):
        is_above = (
            group for group in printed.by_addressee if _is_above(heading, group.addressee, printed)
        )
        group = next(is_above, None)
        there = printed.by_addressee if heading is None else [group] if group else []
        as_written = {text_of(item).strip(): item for one in there for item in one.items}
        name = group.addressee if group else heading
        for text in _items(passage, below):
            yield as_written.get(text) or _addressed(text, name, printed)


def _by_heading(lines: Sequence[str]) -> Iterator[tuple[str | None, list[str]]]:
    """The lines below each heading, by the name in it: '' for others, None above the first."""
    name: str | None = None
    below: list[str] = []
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            yield name, below
            name, below = heading[1] or "", []
        else:
            below.append(line)
    yield name, below


def _is_above(heading: str | None, addressee: str | None, printed: Proposals) -> bool:
    return heading is not None and printed.known.are_same(heading, addressee or "")


def _addressed(text: str, name: str | None, printed: Proposals) -> str | Proposal:
    """The text alone if it is plain from it that this body is meant, or if none is."""
    told = addressee(text, printed.known)
    if not name or (told and printed.known.are_same(told.name, name)):
        return text
    return Proposal(to=name, text=text)


def _without_marks(line: str) -> str:
    """An item without its dash, and without a full stop that printing it gives it again."""
    text = _DASH.sub("", line, count=1) if _DASH.match(line) else line
    bare = text.removesuffix(".").rstrip()
    return bare if vietnamese.ended(bare) == text else text


def _recipients(passage: Printed, lines: Iterable[str]) -> Iterator[str]:
    as_written = {vietnamese.bare(in_one_line(text)): text for text in passage.texts}
    for line in lines:
        name = vietnamese.bare(_DASH.sub("", line, count=1) if _DASH.match(line) else line)
        yield as_written.get(name, name)


def with_words(
    office: OfficeReport, signatory: Signatory, passage: Printed, words: Words
) -> OfficeReport:
    """The office's own words with those of one passage; `signatory` is who signs now."""
    group, _, key = passage.path.partition(".")
    if key and group != "signatory":
        others = {name: text for name, text in getattr(office, group).items() if name != key}
        return replace(office, **{group: others | ({key: words} if words else {})})
    if group == "signatory":
        return replace(office, signatory=replace(office.signatory or signatory, **{key: words}))
    return replace(office, **{group: words or ([] if passage.kind in _LISTS else None)})
