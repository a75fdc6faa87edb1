"""Finds the elements below the text: Nơi nhận on the left, who signs on the right."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from danvan_cli.check.elements.elements import Found
from danvan_cli.check.reading.lines import Line, Paragraph, plain
from danvan_cli.check.reading.sides import Side, side_of
from danvan_cli.word import decree

_RECIPIENTS = re.compile(r"noi nhan\b\s*:?(?!\w)")
_ARCHIVE = re.compile(r"\W*luu\s*[:;]")
_AUTHORITY = re.compile(
    r"(?:(?:t[./]?m|k[./]?t|t[./]?l|t[./]?u[./]?q)(?:\s*[./]\s*|\s+)|q\s*[./]\s*)\w"
)
_POSITION = re.compile(
    r"\b(?:chu tich|chanh|pho|truong|giam doc|bo truong|thu truong|chu nhiem|vien truong|"
    r"thu ky|uy vien|hieu truong|tong bien tap|kiem soat|cuc truong|vu truong)\b"
)
_IN_PARENTHESES = re.compile(r"\(.*\)")
_LONGEST_POSITION = 80
_FURTHEST_ABOVE = 6
_LONGEST_DRAFTER = 40


class Signing(Struct, frozen=True):
    """What was found, by the element's name; `start` is the place where the text has ended."""

    single: Mapping[str, Found]
    start: int


class _Piece(Struct, frozen=True):
    line: Line
    side: Side


def find(paragraphs: Sequence[Paragraph], after: int) -> Signing:
    """Finds them in the paragraphs from `after` on; `paragraphs` has no appendices."""
    at = recipients_at(paragraphs, after)
    start = _start(paragraphs, after, at)
    pieces = _pieces(_block(paragraphs[start:], at is not None), at is not None)
    single: dict[str, Found] = {}
    left = [piece.line for piece in pieces if piece.side == "left"]
    _find_recipients(left, single)
    signer = [piece for piece in pieces if piece.side != "left"]
    _find_signer(
        [piece for piece in signer if not _IN_PARENTHESES.fullmatch(piece.line.text)], single
    )
    return Signing(single=single, start=start)


def archive_line(lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if _ARCHIVE.match(line.plain)), None)


def begins_with_authority(text: str) -> bool:
    """Whether it begins with 'KT.', 'TM.' and the like, however written."""
    return bool(_AUTHORITY.match(plain(text)))


def recipients_at(paragraphs: Sequence[Paragraph], after: int) -> int | None:
    """The place of the paragraph that begins with 'Nơi nhận'."""
    for place in range(after, len(paragraphs)):
        for line in paragraphs[place].lines:
            if any(_RECIPIENTS.match(piece.plain) for piece in line.pieces()[:1]):
                return place
    return None


def _start(paragraphs: Sequence[Paragraph], after: int, at: int | None) -> int:
    """The first paragraph of the block, or of the table, that has Nơi nhận and who signs."""
    if at is None:
        lowest = len(paragraphs)
        above = [place for place in range(after, lowest) if _signs(paragraphs[place])]
        return above[0] if above else lowest
    cell = paragraphs[at].cell
    if cell is not None:
        in_table = (
            place
            for place in range(after, at + 1)
            if (there := paragraphs[place].cell) is not None and there.table is cell.table
        )
        return next(in_table, at)
    first = max(after, at - _FURTHEST_ABOVE)
    above = [place for place in range(first, at) if _signs(paragraphs[place])]
    return above[0] if above else at


def _block(paragraphs: Sequence[Paragraph], has_recipients: bool) -> Sequence[Paragraph]:
    """What belongs together: the table of Nơi nhận, or the rest of the same page."""
    first = paragraphs[0].cell if paragraphs else None
    if first is not None and has_recipients:
        return [
            paragraph
            for paragraph in paragraphs
            if paragraph.cell and paragraph.cell.table is first.table
        ]
    for place, paragraph in enumerate(paragraphs):
        if place and (paragraph.breaks_page or paragraph.section != paragraphs[0].section):
            return paragraphs[:place]
    return paragraphs


def _signs(paragraph: Paragraph) -> bool:
    """Whether a paragraph says in what capacity somebody signs."""
    text = paragraph.text
    if not text.isupper() or len(text) > _LONGEST_POSITION:
        return False
    if begins_with_authority(text):
        return True
    stands_right = any(side_of(line) == "right" for line in paragraph.lines)
    return stands_right and bool(_POSITION.search(plain(text)))


def _pieces(paragraphs: Sequence[Paragraph], has_recipients: bool) -> list[_Piece]:
    left_column = next(
        (
            paragraph.cell.column
            for paragraph in paragraphs
            if paragraph.cell and _RECIPIENTS.match(plain(paragraph.text))
        ),
        0,
    )
    pieces: list[_Piece] = []
    for paragraph in paragraphs:
        for line in paragraph.lines:
            for piece in [part for part in line.pieces() if part.text and not part.is_rule]:
                side = _side(piece, left_column)
                if side == "left" and not has_recipients:
                    side = "middle"
                pieces.append(_Piece(piece, side))
    return pieces


def _side(piece: Line, left_column: int) -> Side:
    cell = piece.paragraph.cell
    if cell is None:
        return side_of(piece)
    return "left" if cell.column <= left_column else "right"


def _find_recipients(lines: Sequence[Line], single: dict[str, Found]) -> None:
    word = next((place for place, line in enumerate(lines) if _RECIPIENTS.match(line.plain)), None)
    if word is None:
        return
    single[decree.RECIPIENTS_WORD.name] = Found(decree.RECIPIENTS_WORD, (lines[word],), "left")
    below = list(lines[word + 1 :])
    archive = archive_line(below)
    end = below.index(archive) + 1 if archive else len(below)
    if below[:end]:
        single[decree.RECIPIENTS.name] = Found(decree.RECIPIENTS, tuple(below[:end]), "left")
    if archive and len(below) == end + 1 and len(below[end].text) <= _LONGEST_DRAFTER:
        single[decree.DRAFTER.name] = Found(decree.DRAFTER, (below[end],), "left")


def _find_signer(pieces: Sequence[_Piece], single: dict[str, Found]) -> None:
    """In capitals: in what capacity and by which office; below, and last: by what name."""
    lines = [piece.line for piece in pieces]
    if not lines:
        return
    side = pieces[0].side
    name = lines[-1] if _is_name(lines) else None
    above = lines[:-1] if name else lines
    cut = 0
    if above and begins_with_authority(above[0].text):
        starts = [place for place in range(1, len(above)) if _begins_position(above, place)]
        cut = starts[0] if starts else len(above)
        single[decree.SIGNING_AUTHORITY.name] = Found(
            decree.SIGNING_AUTHORITY, tuple(above[:cut]), side
        )
    if above[cut:]:
        single[decree.SIGNER_POSITION.name] = Found(
            decree.SIGNER_POSITION, tuple(above[cut:]), side
        )
    if name:
        single[decree.SIGNER_NAME.name] = Found(decree.SIGNER_NAME, (name,), side)


def _is_name(lines: Sequence[Line]) -> bool:
    """The last line is a name, unless it still says a position."""
    last = lines[-1]
    if not last.text.isupper():
        return len(lines) > 1 or not _POSITION.search(last.plain)
    return len(lines) > 1 and not _POSITION.search(last.plain) and not _AUTHORITY.match(last.plain)


def _begins_position(lines: Sequence[Line], place: int) -> bool:
    """'TM. ỦY BAN NHÂN DÂN' may take two lines; what begins with a position is another element."""
    return bool(_POSITION.match(lines[place].plain)) or place == len(lines) - 1
