"""Finds the elements above the text: letterhead, number, date, tên loại, trích yếu, Kính gửi."""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from danvan_cli.check.elements.elements import Found
from danvan_cli.check.reading.lines import Line, Paragraph, is_rule, plain
from danvan_cli.check.reading.sides import Side, side_of
from danvan_cli.word import decree
from danvan_cli.word.decree import DocumentType, Element

_DEEPEST_HEAD = 60
"""Paragraphs from the top among which a tên loại or 'Kính gửi' is looked for."""
_HEAD_WITHOUT_END = 15
_ALIKE = 0.8
_NATIONAL_NAME = plain(decree.NATIONAL_NAME.text or "")
_MOTTO = plain(decree.MOTTO.text or "")
_NUMBER = re.compile(r"so\s*:.*|so\s+\d+\s*/.*")
_DATE = re.compile(r"[^,]{2,60},?\s*ngay\b.{0,12}\bthang\b.{0,12}\bnam\b.{0,12}")
_SHORT_DATE = re.compile(r"[^,]{2,60},\s*(ngay\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_LETTER_SUBJECT = re.compile(r"v/v\b|ve viec\b")
_ADDRESSEES = re.compile(r"kinh gui\b")
_DASH = re.compile(r"[-–—+•*]")
_URGENCY = ("khan", "thuong khan", "hoa toc", "hoa toc hen gio")
_CONFIDENTIAL = ("mat", "toi mat", "tuyet mat")
_CIRCULATION = ("luu hanh noi bo", "xem xong tra lai")
_DRAFT = re.compile(r"\(?du thao\b.*|\(.*\)")
_NEW_BODY = re.compile(
    r"(?:bo|so|ban|vu|cuc|chi cuc|tong cuc|van phong|phong(?!,? (?:chong|ve|ngua))|trung tam|"
    r"uy ban|ubnd|hoi dong|hdnd|vien|truong|benh vien|thanh tra|cong ty|tong cong ty|hoi|dang uy|"
    r"toa an|don vi|to cong tac)\b"
)
"""What the name of another body begins with, as against the second line of a long name."""

_HEADING = re.compile(r"(?:[IVX]+|\d+)\s*[.)/]|[a-zđ]\)|(?:Điều|Phần|Chương|Mục)\s+\w+")
_BASIS = re.compile(r"can cu\b")
_AUTHORITY_OF_A_DECISION = re.compile(
    r"(?:chu tich|giam doc|tong giam doc|bo truong|cuc truong|vien truong|chanh van phong|"
    r"hieu truong|truong ban|uy ban nhan dan|hoi dong)\b"
)


class Head(Struct, frozen=True, kw_only=True):
    """What was found, by the element's name; `end` is the place where the text begins."""

    kind: DocumentType | None
    single: Mapping[str, Found]
    end: int


class _Piece(Struct, frozen=True):
    line: Line
    side: Side


def find(paragraphs: Sequence[Paragraph]) -> Head:
    """Finds them in the paragraphs before the appendices."""
    type_at = _type_at(paragraphs)
    addressees_at = _first(
        paragraphs, lambda paragraph: bool(_ADDRESSEES.match(plain(paragraph.text)))
    )
    letterhead_end = _letterhead_end(paragraphs, type_at, addressees_at)
    single = _letterhead(paragraphs[:letterhead_end])
    ends = [letterhead_end]
    if type_at is not None:
        kind_line = paragraphs[type_at].lines[0]
        single[decree.DOCUMENT_TYPE.name] = Found(decree.DOCUMENT_TYPE, (kind_line,))
        subject, end = _subject(paragraphs, type_at + 1)
        ends.append(end)
        if subject:
            single[decree.SUBJECT.name] = Found(decree.SUBJECT, subject)
    if addressees_at is not None:
        addressees, end = _addressees(paragraphs, addressees_at)
        ends.append(end)
        single[decree.ADDRESSEES.name] = Found(decree.ADDRESSEES, addressees)
    _find_strays(paragraphs[letterhead_end : max(ends)], single)
    return Head(kind=_kind(single), single=single, end=max(ends))


def named_type(text: str) -> DocumentType | None:
    """The tên loại that a line consists of or begins with."""
    name = plain(text)
    alike = [kind for kind in decree.DOCUMENT_TYPES if kind is not decree.LETTER]
    alike = [kind for kind in alike if re.match(rf"{re.escape(plain(kind.name))}\b", name)]
    return max(alike, key=lambda kind: len(kind.name), default=None)


def is_name_of_body(text: str) -> bool:
    """Whether a line begins as the name of a body does: 'VĂN PHÒNG …', 'SỞ …'."""
    return bool(_NEW_BODY.match(plain(text)))


def _first(paragraphs: Sequence[Paragraph], holds: Callable[[Paragraph], bool]) -> int | None:
    for place, paragraph in enumerate(paragraphs[:_DEEPEST_HEAD]):
        if holds(paragraph):
            return place
    return None


def _type_at(paragraphs: Sequence[Paragraph]) -> int | None:
    """Where the tên loại is; one that opens a sentence only if nothing else can be it."""
    found = _first(
        paragraphs, lambda paragraph: _names_type(paragraph) and _stands_alone(paragraph)
    )
    if found is None:
        found = _unlisted_type(paragraphs)
    if found is None:
        found = _first(
            paragraphs, lambda paragraph: _names_type(paragraph) and _is_centred(paragraph)
        )
    return found


def _names_type(paragraph: Paragraph) -> bool:
    if not paragraph.stretches or (paragraph.cell and paragraph.cell.column > 0):
        return False
    line = paragraph.lines[0]
    return named_type(line.text) is not None and len(line.pieces()) == 1


def _stands_alone(paragraph: Paragraph) -> bool:
    """The tên loại and nothing else, or in capitals together with what it is about."""
    text = paragraph.lines[0].text
    kind = named_type(text)
    is_alone = kind is not None and plain(text).strip(" .:") == plain(kind.name)
    return is_alone or text.isupper()


def _unlisted_type(paragraphs: Sequence[Paragraph]) -> int | None:
    """A centred line in capitals right below the letterhead: 'GIẤY XÁC NHẬN', for one."""
    dated = _first(
        paragraphs, lambda paragraph: any(_is_date(piece) for piece in _all_pieces(paragraph))
    )
    if dated is None:
        return None
    for place in range(dated + 1, min(dated + 8, len(paragraphs))):
        paragraph = paragraphs[place]
        if paragraph.cell or not paragraph.text or is_rule(paragraph.text):
            continue
        is_type = paragraph.text.isupper() and _is_centred(paragraph)
        return place if is_type and not _is_stamp(paragraph.lines[0]) else None
    return None


def _all_pieces(paragraph: Paragraph) -> list[Line]:
    return [piece for line in paragraph.lines for piece in line.pieces()]


def _is_date(line: Line) -> bool:
    return bool(_DATE.fullmatch(line.plain) or _SHORT_DATE.fullmatch(line.plain))


def _letterhead_end(
    paragraphs: Sequence[Paragraph], type_at: int | None, addressees_at: int | None
) -> int:
    known = [place for place in (type_at, addressees_at) if place is not None]
    if known:
        return min(known)
    for place, paragraph in enumerate(paragraphs[:_HEAD_WITHOUT_END]):
        if paragraph.cell is None and (
            _HEADING.match(paragraph.text) or _BASIS.match(plain(paragraph.text))
        ):
            return place
    return min(len(paragraphs), _HEAD_WITHOUT_END)


def _letterhead(paragraphs: Sequence[Paragraph]) -> dict[str, Found]:
    pieces = _pieces(paragraphs)
    single: dict[str, Found] = {}
    taken: set[int] = set()

    def take(element: Element, chosen: Sequence[_Piece]) -> None:
        if chosen:
            lines = tuple(piece.line for piece in chosen)
            single[element.name] = Found(element, lines, chosen[0].side)
            taken.update(id(piece) for piece in chosen)

    take(decree.NATIONAL_NAME, _most_alike(pieces, _NATIONAL_NAME))
    take(decree.MOTTO, _most_alike(pieces, _MOTTO))
    take(decree.NUMBER_AND_SYMBOL, _matching(pieces, _NUMBER)[:1])
    take(decree.PLACE_AND_DATE, (_matching(pieces, _DATE) or _matching(pieces, _SHORT_DATE))[:1])
    take(decree.LETTER_SUBJECT, _letter_subject(pieces, taken))
    take(decree.URGENCY, [piece for piece in pieces if piece.line.plain in _URGENCY][:1])
    take(decree.CIRCULATION, [piece for piece in pieces if piece.line.plain in _CIRCULATION][:1])
    superior, issuing = _bodies([piece for piece in pieces if id(piece) not in taken], single)
    take(decree.SUPERIOR_BODY, superior)
    take(decree.ISSUING_BODY, issuing)
    return single


def _pieces(paragraphs: Sequence[Paragraph]) -> list[_Piece]:
    right_column = _column_of_national_name(paragraphs)
    return [
        _Piece(piece, _side(piece, right_column))
        for paragraph in paragraphs
        for piece in _all_pieces(paragraph)
        if piece.text and not piece.is_rule
    ]


def _column_of_national_name(paragraphs: Sequence[Paragraph]) -> int:
    for paragraph in paragraphs:
        if paragraph.cell and _likeness(plain(paragraph.text), _NATIONAL_NAME) > _ALIKE:
            return max(1, paragraph.cell.column)
    return 1


def _side(piece: Line, right_column: int) -> Side:
    cell = piece.paragraph.cell
    if cell is None:
        return side_of(piece)
    return "left" if cell.column < right_column else "right"


def _most_alike(pieces: Sequence[_Piece], wanted: str) -> list[_Piece]:
    best = max(pieces, key=lambda piece: _likeness(piece.line.plain, wanted), default=None)
    return [best] if best and _likeness(best.line.plain, wanted) > _ALIKE else []


def _likeness(text: str, wanted: str) -> float:
    if abs(len(text) - len(wanted)) > len(wanted) / 2:
        return 0.0
    return difflib.SequenceMatcher(None, text, wanted).ratio()


def _matching(pieces: Sequence[_Piece], pattern: re.Pattern[str]) -> list[_Piece]:
    return [piece for piece in pieces if pattern.fullmatch(piece.line.plain)]


def _letter_subject(pieces: Sequence[_Piece], taken: set[int]) -> list[_Piece]:
    """From 'V/v' on, the lines of the same side below it."""
    starts = [piece for piece in pieces if _LETTER_SUBJECT.match(piece.line.plain)]
    if not starts:
        return []
    chosen = [starts[0]]
    for piece in pieces[pieces.index(starts[0]) + 1 :]:
        if piece.side != starts[0].side:
            continue
        last = chosen[-1].line.paragraph.number
        too_far = piece.line.paragraph.number > last + 1 and starts[0].line.paragraph.cell is None
        if id(piece) in taken or too_far or _is_stamp(piece.line):
            break
        chosen.append(piece)
    return chosen


def _is_stamp(line: Line) -> bool:
    marks = (*_URGENCY, *_CONFIDENTIAL, *_CIRCULATION)
    return line.plain in marks or bool(_DRAFT.fullmatch(line.plain))


def _bodies(
    free: Sequence[_Piece], single: Mapping[str, Found]
) -> tuple[list[_Piece], list[_Piece]]:
    """The lines of the superior's name, and those of the issuing body's."""
    number = single.get(decree.NUMBER_AND_SYMBOL.name) or single.get(decree.PLACE_AND_DATE.name)
    last = number.first.paragraph.number if number else None
    national_name = single.get(decree.NATIONAL_NAME.name)
    other_side = national_name.side if national_name else None
    names = [piece for piece in free if not _is_stamp(piece.line) and piece.side != other_side]
    if last is None and other_side != "right":
        return [], []  # A citizen's form or another kind of document: it has no letterhead.
    names = [piece for piece in names if last is None or piece.line.paragraph.number < last]
    starts = [place for place in range(1, len(names)) if _begins_name(names, place)]
    cut = starts[-1] if starts else 0
    return names[:cut], names[cut:]


def _begins_name(names: Sequence[_Piece], place: int) -> bool:
    """A new name: it begins as one, or what was light before is bold now."""
    above, line = names[place - 1].line, names[place].line
    return is_name_of_body(line.text) or (_is_bold(line) and not _is_bold(above))


def _subject(paragraphs: Sequence[Paragraph], start: int) -> tuple[tuple[Line, ...], int]:
    """The bold or centred lines below the tên loại, and where they end."""
    lines: list[Line] = []
    place = start
    for place in range(start, len(paragraphs)):
        paragraph = paragraphs[place]
        if not paragraph.text:
            if lines:
                break
            continue
        if not _continues_subject(paragraph, first=not lines):
            break
        lines += [line for line in paragraph.lines if line.text and not line.is_rule]
    return tuple(lines), (place if lines else start)


def _continues_subject(paragraph: Paragraph, *, first: bool) -> bool:
    text = plain(paragraph.text)
    line = paragraph.lines[0]
    if _ADDRESSEES.match(text) or _BASIS.match(text) or line.is_rule:
        return False
    if _HEADING.match(paragraph.text) or paragraph.cell:
        return False
    if _DRAFT.fullmatch(text) or (_AUTHORITY_OF_A_DECISION.match(text) and line.text.isupper()):
        return False
    is_formatted_so = _is_centred(paragraph) or _is_bold(line)
    return is_formatted_so or (
        first and paragraph.formatting.alignment == "left" and len(text) < 150
    )


def _addressees(paragraphs: Sequence[Paragraph], start: int) -> tuple[tuple[Line, ...], int]:
    """'Kính gửi' with the rest of its line, the dashed lines below, and where they end."""
    first = paragraphs[start]
    lines = [line for line in first.lines if line.text]
    table = first.cell.table if first.cell else None
    has_list = re.search(r"[:;.]$", lines[-1].text) or len(lines) > 1
    end = start + 1
    for place in range(start + 1, len(paragraphs)):
        paragraph = paragraphs[place]
        in_table = table is not None and paragraph.cell and paragraph.cell.table is table
        if not paragraph.text:
            continue
        if not in_table and not (has_list and _DASH.match(paragraph.text)):
            break
        lines += [line for line in paragraph.lines if line.text]
        end = place + 1
    return tuple(lines), end


def _find_strays(paragraphs: Sequence[Paragraph], single: dict[str, Found]) -> None:
    """A number or date that is below the tên loại instead of above it."""
    pieces = _pieces(paragraphs)
    for element, pattern in ((decree.NUMBER_AND_SYMBOL, _NUMBER), (decree.PLACE_AND_DATE, _DATE)):
        for piece in _matching(pieces, pattern):
            single.setdefault(element.name, Found(element, (piece.line,), piece.side))


def _kind(single: Mapping[str, Found]) -> DocumentType | None:
    kind_line = single.get(decree.DOCUMENT_TYPE.name)
    if kind_line:
        return named_type(kind_line.text)
    if decree.LETTER_SUBJECT.name in single or decree.ADDRESSEES.name in single:
        return decree.LETTER
    return None


def _is_centred(paragraph: Paragraph) -> bool:
    return paragraph.formatting.alignment == "center"


def _is_bold(line: Line) -> bool:
    return bool(line.visible) and all(stretch.formatting.bold for stretch in line.visible)
