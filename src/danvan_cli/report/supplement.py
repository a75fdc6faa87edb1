"""What an issued report would say otherwise by now: figures, passages, rows of appendices."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.figure_kinds import summed
from danvan_cli.model.issued_report import IssuedFigure, IssuedPassage, IssuedReport
from danvan_cli.model.plan import Unit
from danvan_cli.model.values import Figure
from danvan_cli.problems import quoted

Thing = TypeVar("Thing")

_SHORTEST_PREFIX = 20
"""Characters that two texts begin with alike, from which on only what follows is quoted."""
APPENDIX_NAMES = {"models": "danh sách mô hình", "awards": "danh sách đề nghị khen thưởng"}


class ChangedFigure(Struct, frozen=True):
    """A figure as issued and as it is now; its figure None: no unit had, or has, given one."""

    id: str
    name: str
    measure: str
    before: IssuedFigure
    now: IssuedFigure

    @property
    def difference(self) -> Figure:
        return summed([self.now.figure or 0, -(self.before.figure or 0)])


class ChangedPassage(Struct, frozen=True):
    """A passage's lines as issued and as they are now."""

    path: str
    place: str
    title: str
    before: list[str]
    now: list[str]

    @property
    def added(self) -> list[str]:
        return _without(self.now, self.before)

    @property
    def gone(self) -> list[str]:
        return _without(self.before, self.now)


class ChangedRows(Struct, frozen=True):
    """The rows that an appendix has more than as issued, and those that it has no more."""

    kind: str
    added: list[str]
    gone: list[str]


class Changes(Struct, frozen=True):
    figures: list[ChangedFigure]
    passages: list[ChangedPassage]
    rows: list[ChangedRows]

    def __bool__(self) -> bool:
        return bool(self.figures or self.passages or self.rows)


def changes(before: IssuedReport, now: IssuedReport) -> Changes:
    """From what was issued to what the report says now; each list in the report's order."""
    return Changes(
        list(_figures(before, now)), list(_passages(before, now)), list(_rows(before, now))
    )


def _figures(before: IssuedReport, now: IssuedReport) -> Iterator[ChangedFigure]:
    for id_, figure in (now.figures | _others(before.figures, now.figures)).items():
        none = replace(figure, total=None, estimated=False)
        old, new = before.figures.get(id_, none), now.figures.get(id_, none)
        if (old.figure, old.estimated) != (new.figure, new.estimated):
            yield ChangedFigure(id_, figure.name, figure.measure, old, new)


def _passages(before: IssuedReport, now: IssuedReport) -> Iterator[ChangedPassage]:
    old = {passage.path: passage for passage in before.passages}
    new = {passage.path: passage for passage in now.passages}
    for path, passage in (new | _others(old, new)).items():
        lines = (_lines(old.get(path)), _lines(new.get(path)))
        if lines[0] != lines[1]:
            yield ChangedPassage(path, passage.place, passage.title or "", *lines)


def _lines(passage: IssuedPassage | None) -> list[str]:
    return passage.lines if passage else []


def _rows(before: IssuedReport, now: IssuedReport) -> Iterator[ChangedRows]:
    for kind in now.appendices | before.appendices:
        old, new = before.appendices.get(kind, []), now.appendices.get(kind, [])
        added, gone = _without(new, old), _without(old, new)
        if added or gone:
            yield ChangedRows(kind, added, gone)


def _others(these: dict[str, Thing], those: dict[str, Thing]) -> dict[str, Thing]:
    return {name: thing for name, thing in these.items() if name not in those}


def _without(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """The texts of `these` that `those` has not, each as often as it is missing there."""
    left = Counter(those)
    rest = []
    for text in these:
        if not left[text]:
            rest.append(text)
        left[text] -= left[text] > 0
    return rest


def in_words(found: Changes) -> dict[str, str]:
    """'Mục II.3: trước “…”, nay “…”' by the place in the files: `indicators.don`, `sections.3`."""
    told = {
        f"indicators.{figure.id}": f"{figure.name}: trước {_number(figure.before)}, "
        f"nay {_number(figure.now)}"
        for figure in found.figures
    }
    told |= {
        passage.path: f"{passage.place}: {_told(passage.gone, passage.added)}"
        for passage in found.passages
    }
    return told | {
        rows.kind: f"{vietnamese.capitalized(APPENDIX_NAMES.get(rows.kind, rows.kind))}: "
        f"{_told(rows.gone, rows.added)}"
        for rows in found.rows
    }


def renamed(found: Changes, units: Iterable[Unit]) -> bool:
    """Whether nothing is otherwise but a unit's name, which is not what it was at the issue."""
    changed = [(passage.gone, passage.added) for passage in found.passages]
    changed += [(rows.gone, rows.added) for rows in found.rows]
    pairs = [pair for gone, added in changed for pair in zip(gone, added, strict=False)]
    names = [unit.name for unit in units]
    return (
        bool(pairs)
        and not found.figures
        and all(len(gone) == len(added) for gone, added in changed)
        and all(any(_differs_by(name, *pair) for name in names) for pair in pairs)
    )


def _differs_by(name: str, before: str, now: str) -> bool:
    """Whether the lines are the same but for this name, which stands in the second."""
    start, found, end = now.partition(name)
    rest = before.removeprefix(start)
    return bool(
        found and before.startswith(start) and rest.endswith(end) and rest.removesuffix(end).strip()
    )


def _number(figure: IssuedFigure) -> str:
    return "chưa có" if figure.figure is None else figure.in_words


def _told(gone: Sequence[str], added: Sequence[str]) -> str:
    if gone and added:
        old, new = _from_difference(gone[0], added[0])
        return f"trước {quoted(old)}, nay {quoted(new)}"
    if gone:
        return f"bớt {quoted(gone[0])}"
    return f"thêm {quoted(added[0])}" if added else "đổi thứ tự các đoạn"


def _from_difference(old: str, new: str) -> tuple[str, str]:
    """Both from the word in which they begin to differ, unless that is near their beginning."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = old.rfind(" ", 0, alike) + 1
    if start < _SHORTEST_PREFIX:
        return old, new
    return f"… {old[start:]}", f"… {new[start:]}"
