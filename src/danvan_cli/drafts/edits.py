"""What a leader changed in the Word file of a report, told apart from what changed in the data.

Three texts are held against each other: what the document held when it was made, of which it
keeps digests; what it holds now; and what the report would print now.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.drafts import reading
from danvan_cli.drafts.making import render_draft
from danvan_cli.drafts.office_text import Words, words_of
from danvan_cli.drafts.passages import Printed, digest, in_one_line, printed_passages
from danvan_cli.drafts.reading import Block, Token, frame_digest
from danvan_cli.forms import placeholders
from danvan_cli.model.plan import DocumentLook
from danvan_cli.report.combine import ASSESSMENT
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.word.document.report_document import NOTHING_YET, report_document
from danvan_cli.word.file import annotations, package

_ALIKE = 0.5
_FURTHEST = 50
"""Paragraphs that are gone before the one that a new paragraph comes from."""

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
    look: DocumentLook,
    root: Path,
    year: int,
    period: str,
) -> Edits:
    """What a leader changed in a draft; the others say what `render_draft` would print now.

    The document is changed: its placeholder texts go.
    Raises Failure where the template cannot be filled in.
    """
    passages = printed_passages(report, report_document(report, look))
    fresh = Document(BytesIO(render_draft(report, look, root, year, period)))
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
    yield from (each for each in written if each not in printed)
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
    known = {each.name for each in passages} | held.keys()
    document = [each if each.name in known else replace(each, name=None) for each in document]
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
    parts = {each.name: each.lines for each in passages if each.path in ASSESSMENT}
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
        if passage.path in ASSESSMENT and passage.name not in held:
            title = _NUMBER + re.escape(passage.title) + r"\s*[.:]?"
            yield re.compile(title, re.IGNORECASE), passage.name


def _placed(
    document: Iterator[Block],
    now: Sequence[Block],
    made: Sequence[Token],
    passages: Sequence[Printed],
) -> tuple[list[Block], list[FrameEdit]]:
    """The blocks with the passage of each, and what changed outside the passages.

    A paragraph that was added beside a passage is taken for the passage's: LibreOffice lets it
    slip out of control and bookmark.
    """
    blocks = list(document)
    texts = {frame_digest(block.text): in_one_line(block.text) for block in now if not block.name}
    before = [token.digest for token in made if not token.name]
    places = [number for number, block in enumerate(blocks) if block.text and not block.name]
    after = [frame_digest(blocks[place].text) for place in places]
    slots = _slots(made, passages)
    changes = list(_of_lost_passages(blocks, made, passages))
    starts = [place for place, _ in slots]
    for kind, first, end, new_first, new_end in _opcodes(before, after):
        if kind != "equal":
            old = [texts.get(each, "") for each in before[first:end]]
            there = slots[bisect_left(starts, first) : bisect_right(starts, end)]
            near = dict.fromkeys(name for _, name in there)
            changes += _taken_in(blocks, places[new_first:new_end], old, near)
    return blocks, [each for each in changes if (each.before, each.after) != (NOTHING_YET, None)]


def _opcodes(
    before: Sequence[str], after: Sequence[str]
) -> Iterable[tuple[str, int, int, int, int]]:
    """As difflib has them; what is the same all over is one change, since it compares all pairs."""
    same = Counter(before)
    pairs = sum(same[each] for each in after)
    if pairs > _MOST_PAIRS:
        kind = "equal" if before == after else "replace"
        return [(kind, 0, len(before), 0, len(after))]
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _taken_in(
    blocks: list[Block], places: Sequence[int], old: Sequence[str], near: Collection[str]
) -> Iterator[FrameEdit]:
    """Gives what was added beside a passage to the passage, in `blocks`; yields the other changes.

    `old` is what stood there before, `near` are the passages there.
    """
    for number, previous in _pairs(old, [blocks[place].text for place in places]):
        if number is None:
            yield FrameEdit(previous, None)
            continue
        place = places[number]
        name = _neighbour(blocks, place, near, alone=not old) if previous is None else None
        if name:
            blocks[place] = replace(blocks[place], name=name)
        else:
            yield FrameEdit(previous, in_one_line(blocks[place].text))


def _slots(made: Sequence[Token], passages: Sequence[Printed]) -> list[tuple[int, str]]:
    """The passages that may grow, each with how many blocks of the rest stand before it."""
    wide = {each.name for each in passages if each.kind != "line"}
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
    known = {each.name for each in passages}
    texts_of = _texts_by_passage(blocks)
    digests = {token.name: token.digest for token in made if token.name not in known}
    for name, before in digests.items():
        if name and digest(texts_of[name]) != before:
            yield FrameEdit("", in_one_line(" ".join(texts_of[name])))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, str | None]]:
    """New paragraphs, by number, each with the old one it comes from, in order; and what is gone.

    As many new as old ones come from each other. Where old words are not known, they are any.
    """
    if len(old) == len(new):
        yield from enumerate(old)
        return
    start = 0
    for number, text in enumerate(new):
        near = range(start, min(start + _FURTHEST, len(old)))
        found = next(
            (place for place in near if not old[place] or _are_alike(old[place], text)), None
        )
        if found is None:
            yield number, None
            continue
        yield from ((None, gone) for gone in old[start:found])
        yield number, old[found]
        start = found + 1
    yield from ((None, gone) for gone in old[start:])


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, in_one_line(other), autojunk=False)
    # The first two are quick: they see the lengths, then the letters.
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= _ALIKE for ratio in ratios)


def _neighbour(
    blocks: Sequence[Block], number: int, near: Collection[str], *, alone: bool
) -> str | None:
    """The passage that an added paragraph belongs to: the one before it, or else the only one.

    `alone`: nothing else changed there, so that what stands there stands beside the passage.
    """
    previous = blocks[number - 1].name if number else None
    if previous in near:
        return previous
    return next(iter(near), None) if alone else None
