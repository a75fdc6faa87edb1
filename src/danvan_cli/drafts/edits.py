"""What a leader changed in the Word file of a report, apart from what changed in the data.

Three texts are compared: what the document held when it was made, of which it
keeps digests; what it holds now; and what the report would print now.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.drafts import reading
from danvan_cli.drafts.authority import with_authority
from danvan_cli.drafts.making import render_draft
from danvan_cli.drafts.office_text import Words, words_of
from danvan_cli.drafts.passages import Printed, digest, in_one_line, printed_passages
from danvan_cli.drafts.reading import Block, Token, frame_digest
from danvan_cli.forms import placeholders
from danvan_cli.model.plan import DocumentLook
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.word.document.report_document import NOTHING_YET, report_document
from danvan_cli.word.file import annotations, package

_MOST_PAIRS = 1_000_000
"""Pairs of the same paragraph, before and after: of 1,000 that are all the same."""

_NUMBER = r"(?:[\divx]+[.)]|[a-zđ]\))?\s*"


class PassageEdit(Struct, frozen=True):
    """A passage in the leader's words: `lines` as they stand in the document, and those `before`.

    `is_stale`: what the report prints there has changed, too, since the document was made.
    """

    passage: Printed
    before: list[str]
    lines: list[str]
    words: Words
    is_stale: bool


class FrameEdit(Struct, frozen=True):
    """A change outside the passages; None: nothing stood or stands there.

    `before` is '' where the words from before are not known any more.
    """

    before: str | None
    after: str | None


class Edits(Struct, frozen=True):
    """All that the leader changed; `outdated` are passages that changed in the data only.

    `notes` are comments and the like that were added: kind and text. `is_remembered`: whether the
    document still says what it held when it was made; `had_passages`: whether it held any in
    controls; `has_passages`: whether it still does.
    """

    passages: list[PassageEdit]
    frame: list[FrameEdit]
    outdated: list[Printed]
    notes: list[tuple[str, str]] = []
    is_remembered: bool = True
    had_passages: bool = True
    has_passages: bool = True


def edits_in(
    document: WordDocument,
    report: CombinedReport,
    settings: DocumentLook,
    root: Path,
    year: int,
    period: str,
) -> Edits:
    """What a leader changed in a draft; the others say what `render_draft` would print now.

    The document is changed: its placeholder texts go.
    Raises Failure where the template cannot be filled in.
    """
    passages = printed_passages(report, report_document(report, settings))
    fresh = Document(BytesIO(render_draft(report, settings, root, year, period)))
    now = reading.blocks(fresh, passages)
    remembered = reading.recorded(package.own_properties(document))
    made = remembered or list(reading.tokens(now))
    placeholders.remove(document)
    blocks = reading.blocks(document, passages)
    return replace(
        edits(blocks, now, made, passages),
        notes=list(_notes(document, fresh)),
        is_remembered=bool(remembered),
        had_passages=any(token.name for token in made),
        has_passages=any(block.name for block in blocks),
    )


def _notes(document: WordDocument, fresh: WordDocument) -> Iterator[tuple[str, str]]:
    printed = {(kind, in_one_line(text)) for kind, text in annotations.notes(fresh)}
    written = [(kind, in_one_line(text)) for kind, text in annotations.notes(document)]
    yield from (note for note in written if note not in printed)
    pictures = annotations.pictures(document) - annotations.pictures(fresh)
    if pictures > 0:
        yield "hình ảnh", f"{pictures} hình"


def edits(
    document: Sequence[Block],
    now: Sequence[Block],
    made: Sequence[Token],
    passages: Sequence[Printed],
) -> Edits:
    """From the document as it is, the report as it would print now, and what the document held.

    `passages` are those that would be printed now.
    """
    held = {token.name: token.digest for token in made if token.name}
    known = {passage.name for passage in passages} | held.keys()
    document = [block if block.name in known else replace(block, name=None) for block in document]
    frame_before = {token.digest for token in made if not token.name}
    document = list(with_authority(document, frame_before, passages))
    blocks, frame = _placed(_under_their_titles(document, made, passages), now, made, passages)
    found, outdated = [], []
    texts_of = _texts_by_passage(blocks)
    for passage in passages:
        texts = texts_of[passage.name]
        before = held.get(passage.name, digest([]))
        is_stale = digest(passage.lines) != before
        if digest(texts) != before:
            words = words_of(passage, texts)
            if words != words_of(passage, passage.lines):
                lines = [in_one_line(text) for text in texts]
                now_printed = [in_one_line(line) for line in passage.lines]
                found.append(PassageEdit(passage, now_printed, lines, words, is_stale))
        elif is_stale:
            outdated.append(passage)
    return Edits(found, frame, outdated)


def _texts_by_passage(blocks: Iterable[Block]) -> defaultdict[str | None, list[str]]:
    texts: defaultdict[str | None, list[str]] = defaultdict(list)
    for block in blocks:
        if block.text:
            texts[block.name].append(block.text)
    return texts


def _under_their_titles(
    document: Sequence[Block], made: Sequence[Token], passages: Sequence[Printed]
) -> Iterator[Block]:
    """The blocks, those below the title of a part that the report did not have made that part's.

    The title itself goes, since the report prints it once the part is there.
    """
    titles = dict(_titles_of_new_parts(made, passages))
    parts = {passage.name: passage.lines for passage in passages if passage.is_optional}
    frame = {token.digest for token in made if not token.name}
    part, title = None, None
    for block in document:
        text = in_one_line(block.text)
        stays = frame_digest(text) in frame if block.name is None else block.name not in parts
        is_new = not stays and text not in map(in_one_line, parts.get(block.name or "", []))
        named = (name for pattern, name in titles.items() if is_new and pattern.fullmatch(text))
        new = next(named, None)
        if title and (stays or new or not text):
            yield title
        part = None if stays else new or part
        title = block if new else None
        if not new:
            yield replace(block, name=part or block.name)
    if title:
        yield title


def _titles_of_new_parts(
    made: Sequence[Token], passages: Sequence[Printed]
) -> Iterator[tuple[re.Pattern[str], str]]:
    """For each part of the assessment that there was not, what its title looks like; its name."""
    held = {token.name for token in made}
    for passage in passages:
        if passage.is_optional and passage.name not in held:
            title = _NUMBER + re.escape(passage.title) + r"\s*[.:]?"
            yield re.compile(title, re.IGNORECASE), passage.name


def _placed(
    document: Iterator[Block],
    now: Sequence[Block],
    made: Sequence[Token],
    passages: Sequence[Printed],
) -> tuple[list[Block], list[FrameEdit]]:
    """The blocks with the passage of each, and what changed outside the passages.

    A paragraph that was added next to a passage is taken for the passage's: LibreOffice lets it
    slip out of control and bookmark. Where the rest was changed as well, all is only listed.
    """
    blocks = list(document)
    texts = {frame_digest(block.text): in_one_line(block.text) for block in now if not block.name}
    before = [token.digest for token in made if not token.name]
    places = [number for number, block in enumerate(blocks) if block.text and not block.name]
    after = [frame_digest(blocks[place].text) for place in places]
    slots = _slots(made, passages)
    changes = list(_of_lost_passages(blocks, made, passages))
    for kind, first, end, new_first, new_end in _opcodes(before, after):
        added = places[new_first:new_end]
        if kind == "insert":
            there = [name for place, name in slots if place == first]
            changes += _taken_in(blocks, added, there)
        elif kind != "equal":
            old = [texts.get(digest, "") for digest in before[first:end]]
            changes += _listed(old, [in_one_line(blocks[place].text) for place in added])
    return blocks, [
        change for change in changes if (change.before, change.after) != (NOTHING_YET, None)
    ]


def _opcodes(
    before: Sequence[str], after: Sequence[str]
) -> Iterable[tuple[str, int, int, int, int]]:
    """As difflib has them; what is the same all over is one change, since it compares all pairs."""
    same = Counter(before)
    pairs = sum(same[text] for text in after)
    if pairs > _MOST_PAIRS:
        kind = "equal" if before == after else "replace"
        return [(kind, 0, len(before), 0, len(after))]
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _taken_in(
    blocks: list[Block], added: Iterable[int], passages: Sequence[str]
) -> Iterator[FrameEdit]:
    """Gives added paragraphs to the passage before them, or else to the first that may be there.

    Yields those that are next to no passage. `passages`: the names of those that may be there.
    """
    for place in added:
        previous = blocks[place - 1].name if place else None
        name = previous if previous in passages else next(iter(passages), None)
        if name:
            blocks[place] = replace(blocks[place], name=name)
        else:
            yield FrameEdit(None, in_one_line(blocks[place].text))


def _listed(old: Sequence[str], new: Sequence[str]) -> Iterator[FrameEdit]:
    """What was changed outside the passages: as many new as old texts come from each other."""
    if len(old) == len(new):
        yield from map(FrameEdit, old, new)
    else:
        yield from (FrameEdit(text, None) for text in old)
        yield from (FrameEdit(None, text) for text in new)


def _slots(made: Sequence[Token], passages: Sequence[Printed]) -> list[tuple[int, str]]:
    """The passages that may grow, each with how many blocks of the rest stand before it."""
    wide = {passage.name for passage in passages if passage.kind != "line"}
    slots, place = [], 0
    for token in made:
        if not token.name:
            place += 1
        elif token.name in wide:
            slots.append((place, token.name))
    return slots


def _of_lost_passages(
    blocks: Sequence[Block], made: Sequence[Token], passages: Sequence[Printed]
) -> Iterator[FrameEdit]:
    """Changes of passages that the plan has no more."""
    known = {passage.name for passage in passages}
    texts_of = _texts_by_passage(blocks)
    digests = {token.name: token.digest for token in made if token.name not in known}
    for name, before in digests.items():
        if name and digest(texts_of[name]) != before:
            yield FrameEdit("", in_one_line(" ".join(texts_of[name])))
