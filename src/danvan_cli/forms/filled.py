"""Which box each filled-in place of a form is, whatever became of its tags, rows and copies."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from msgspec import Struct

from danvan_cli.forms import boxes as form
from danvan_cli.forms import values as form_values
from danvan_cli.forms.boxes import Box
from danvan_cli.model.plan import Plan, Unit
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import Diagnostic, quoted

_SINGLE_TAGS = UnitReport.__struct_fields__
_TAG = re.compile(r"(results|indicators|notes|models|awards|proposals|signatory|self)\.")
_TITLE = re.compile(r"(mục|phần|tiêu chí) .+, ô .")


class FormField(Struct, frozen=True):
    """A field to fill in, with the text in it and all that may show which box it is.

    `choices` are the words of its own list → value, `day` is what its date control holds;
    `label_cell` is the text of the cell before it, in the same row of the table that `table`
    counts.
    """

    text: str
    tag: str = ""
    title: str = ""
    bookmarks: tuple[str, ...] = ()
    choices: Mapping[str, str] = {}
    day: str = ""
    table: int | None = None
    label_cell: str = ""


class FilledForm(Struct, frozen=True):
    """A form as it came back: `properties` say which one it is, `places` in reading order.

    `outside` are the paragraphs that stand in none of them; `is_locked`: only in boxes one can
    write. `notes` are the kind and text of comments and footnotes.
    """

    properties: Mapping[str, str]
    places: list[FormField]
    outside: list[str]
    is_locked: bool
    notes: list[tuple[str, str]]
    pictures: int


class Filled(Struct, frozen=True):
    """What each box holds, in the boxes' order; `problems`: texts that belong in no box."""

    values: list[tuple[Box, str]]
    problems: list[Diagnostic]

    @property
    def boxes(self) -> list[Box]:
        return [box for box, _ in self.values]


def filled(places: Sequence[FormField], plan: Plan, unit: Unit) -> Filled:
    """Every box of the unit's form with what the places hold for it.

    A box is known by its tag, else by the bookmark in its cell, else by its title. Copied rows of
    a list are further rows, and rows count as they stand in the document.
    """
    known = _Names(form.boxes(plan, unit), places)
    owned = _owned(places, known)
    named = {number: owned.get(number) or known.of(place) for number, place in enumerate(places)}
    _name_by_label(places, named, known)
    rows = {name: _rows(name, places, named, owned) for name in form.ROW_LISTS}
    counts = {name: len(groups) for name, groups in rows.items()}
    boxes = form.boxes(plan, unit, counts)
    held: dict[form.Path, list[FormField]] = {}
    for number, place in sorted(enumerate(places), key=lambda pair: pair[0] not in owned):
        box = named[number]
        if box and box.path[0] not in form.ROW_LISTS:
            held.setdefault(box.path, []).append(place)
    for name, groups in rows.items():
        for row, fields in enumerate(groups, 1):
            held |= {(name, str(row), field): [place] for field, place in fields.items()}
    texts = [(box, _texts(box, held.get(box.path, []))) for box in boxes]
    unknown = [place for number, place in enumerate(places) if named[number] is None]
    return Filled(
        values=[(box, found[0] if found else "") for box, found in texts],
        problems=[
            *(problem for box, found in texts for problem in _second_texts(box, found)),
            *(problem for place in unknown for problem in _without_box(place)),
        ],
    )


def in_boxes(places: Sequence[FormField], boxes: Sequence[Box]) -> Filled:
    """What the places of a form without rows hold for each of its boxes."""
    known = _Names(boxes, places)
    owned = _owned(places, known)
    held: dict[form.Path, list[FormField]] = {}
    unknown = []
    for number, place in sorted(enumerate(places), key=lambda pair: pair[0] not in owned):
        if box := owned.get(number) or known.of(place):
            held.setdefault(box.path, []).append(place)
        else:
            unknown.append(place)
    texts = [(box, _texts(box, held.get(box.path, []))) for box in boxes]
    return Filled(
        values=[(box, found[0] if found else "") for box, found in texts],
        problems=[
            *(problem for box, found in texts for problem in _second_texts(box, found)),
            *(problem for place in unknown for problem in _without_box(place)),
        ],
    )


def is_form(found: FilledForm) -> bool:
    """Whether there are places of a form in it, whatever its properties say."""
    return any(_is_ours(place) for place in found.places)


def addressee(found: FilledForm, plan: Plan) -> tuple[str, str] | None:
    """Unit and period of a form that lost its properties, by the words of its heading."""
    lines = set(map(form_values.alike, found.outside))
    units = [
        unit.id
        for unit in plan.units
        if lines & {form_values.alike(name) for name in (unit.name, *unit.former_names)}
    ]
    periods = [
        name for name, period in plan.periods.items() if form_values.alike(period.subject) in lines
    ]
    return (units[0], periods[0]) if len(units) == len(periods) == 1 else None


def written_outside(
    found: FilledForm, fresh: FilledForm, values: Iterable[tuple[Box, str]]
) -> Iterator[Diagnostic]:
    """D598: paragraphs that neither an empty form nor a box has; figures in them may differ."""
    held = (form.in_words(box, text) for box, text in values)
    lines = (line for text in held for line in text.split("\n"))
    known = set(map(_without_figures, [*fresh.outside, *lines]))
    for line in found.outside:
        if _without_figures(line) not in known:
            yield _left_out(f"ngoài các ô có ghi {quoted(_line(line))}")


def left_out_annotations(found: FilledForm) -> Iterator[Diagnostic]:
    """D598: what a report cannot hold, comments, footnotes and pictures."""
    for kind, text in found.notes:
        yield _left_out(f"có {kind} {quoted(_line(form_values.clean(text)))}")
    if found.pictures:
        yield _left_out(f"có {found.pictures} hình ảnh, biểu đồ")


def _left_out(what: str) -> Diagnostic:
    return Diagnostic(
        code="D598",
        message=f"{what}, không nhập vào báo cáo",
        hint="nếu là nội dung báo cáo thì chuyển thành chữ trong ô, hoặc chép vào tệp báo cáo",
    )


def _without_figures(text: str) -> str:
    return re.sub(r"[\d.]+", "0", form_values.alike(text))


class _Names:
    """The boxes by each of their names; a title that two boxes share names none."""

    def __init__(self, boxes: Iterable[Box], places: Iterable[FormField]) -> None:
        boxes = list(boxes)
        titles = Counter(box.title for box in boxes)
        self._by_tag = {box.tag: box for box in boxes}
        self._by_bookmark = {box.bookmark: box for box in boxes}
        self._by_title = {box.title: box for box in boxes if titles[box.title] == 1}
        self._by_label = {(box.path[0], form_values.alike(box.label)): box for box in boxes}
        self._places_by_tag = Counter(place.tag for place in places)

    def evidence(self, place: FormField) -> tuple[Box | None, ...]:
        """The box that each of its names says the place is, by rank: the surest first."""
        tagged = self._by_tag.get(place.tag)
        marked = self._by_bookmarks(place)
        return (
            tagged if tagged and tagged.bookmark in place.bookmarks else None,
            tagged if self._places_by_tag[place.tag] == 1 else None,
            marked,
            tagged,
            self._by_title.get(place.title),
        )

    def of(self, place: FormField) -> Box | None:
        """The box of a copy, whose tag may be that of the control it was copied with."""
        tagged = self._by_tag.get(place.tag)
        return self._by_bookmarks(place) or tagged or self._by_title.get(place.title)

    def _by_bookmarks(self, place: FormField) -> Box | None:
        found = (self._by_bookmark.get(name) for name in place.bookmarks)
        return next((box for box in found if box), None)

    def by_label(self, place: FormField, list_name: str) -> Box | None:
        label = place.label_cell.split("\n")[0]
        return self._by_label.get((list_name, form_values.alike(label)))


def _owned(places: Sequence[FormField], known: _Names) -> dict[int, Box]:
    """The place that is each box, by its number; copies are none.

    The surest evidence decides, and of places with the same evidence the first.
    """
    claims = [
        (rank, number, box)
        for number, place in enumerate(places)
        for rank, box in enumerate(known.evidence(place))
        if box
    ]
    owned: dict[int, Box] = {}
    taken: set[str] = set()
    for _, number, box in sorted(claims, key=itemgetter(0, 1)):
        if number not in owned and box.tag not in taken:
            owned[number] = box
            taken.add(box.tag)
    return owned


def _name_by_label(
    places: Sequence[FormField], named: dict[int, Box | None], known: _Names
) -> None:
    """Copied lists and dates may have lost every name, but their label is in the cell before."""
    lists = {
        place.table: box.path[0]
        for place, box in zip(places, named.values(), strict=True)
        if box and box.path[0] in form.ROW_LISTS
    }
    for number, place in enumerate(places):
        list_name = lists.get(place.table)
        if list_name and place.label_cell and named[number] is None and not _is_ours(place):
            named[number] = known.by_label(place, list_name)


_Row: TypeAlias = dict[str, FormField]
"""A row of a list: its places by field."""


def _rows(
    name: str,
    places: Sequence[FormField],
    named: Mapping[int, Box | None],
    owned: Mapping[int, Box],
) -> list[_Row]:
    """The rows of a list in reading order."""
    rows: list[_Row] = []
    begun: dict[str | None, _Row] = {}  # by the number of its boxes, None for the last copy
    for number, place in enumerate(places):
        box = named[number]
        if box is None or box.path[0] != name:
            continue
        _, row, field = box.path
        which = row if number in owned else None
        if which not in begun or field in begun[which]:
            begun[which] = {}
            rows.append(begun[which])
        begun[which][field] = place
    return rows


def _texts(box: Box, places: Iterable[FormField]) -> list[str]:
    """The different texts that are there for a box, that of its own place first."""
    values = (form_values.value(box, place.text, place.choices, place.day) for place in places)
    return list(dict.fromkeys(value for value in values if value))


def _second_texts(box: Box, texts: Sequence[str]) -> Iterator[Diagnostic]:
    for text in texts[1:]:
        yield Diagnostic(
            code="D596",
            message=f"{box.in_words} có hai nội dung: {quoted(_line(texts[0]))} và "
            f"{quoted(_line(text))}",
            hint="ghi gộp vào một ô, xóa ô thừa",
        )


def is_name(tag: str, title: str) -> bool:
    """Whether a control's tag or title is that of a box, be it of one that there is no more."""
    return bool(_TAG.match(tag)) or tag in _SINGLE_TAGS or bool(_TITLE.match(title))


def _is_ours(place: FormField) -> bool:
    return is_name(place.tag, place.title) or bool(place.bookmarks)


def _without_box(place: FormField) -> Iterator[Diagnostic]:
    text = form_values.without_prompts(form_values.clean(place.text), form.PROMPTS.values())
    if text and _is_ours(place):
        name = place.title or place.tag or place.bookmarks[0]
        yield Diagnostic(
            code="D597",
            message=f"kế hoạch hiện nay không có ô {quoted(name)}, trong đó ghi "
            f"{quoted(_line(text))}",
            hint="chuyển nội dung sang ô khác, hoặc xóa đi nếu không cần nữa",
        )


def _line(text: str) -> str:
    return " / ".join(line for line in text.split("\n") if line)
