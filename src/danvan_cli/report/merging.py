"""Many units' texts → points: an equal sentence stands once, with all its units."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, Task, Unit, units_by_id
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.report.combined_report import Point, PointGroup, Sentence
from danvan_cli.report.sentences import key, sentences_of

_REPORTED_STATUSES = ("done", "ongoing", "in_progress")


class UnitText(Struct, frozen=True):
    """What one unit says, or the program where `unit` is None.

    `is_proposed`: the unit proposes it for the combined report.
    """

    unit: Unit | None
    text: str
    is_proposed: bool = False


def merge(texts: Iterable[UnitText]) -> list[Point]:
    """A point for each text, of the sentences that no text before it has; none without any."""
    known: dict[str, _Known] = {}
    points = []
    for said in texts:
        sentences = list(_new_sentences(said, known))
        if sentences:
            points.append(Point(sentences))
    return points


class _Known(Struct, frozen=True):
    sentence: Sentence
    unit_ids: set[str]

    def add(self, unit: Unit | None) -> None:
        if unit and unit.id not in self.unit_ids:
            self.unit_ids.add(unit.id)
            self.sentence.units.append(unit)


def _new_sentences(said: UnitText, known: dict[str, _Known]) -> Iterator[Sentence]:
    """The sentences that are not known yet; those known become this unit's, too."""
    for paragraph in paragraphs_of(said.text):
        starts_line = True
        for text in sentences_of(paragraph):
            same = key(text)
            if same and same not in known:
                known[same] = _Known(Sentence(text, [], starts_line), set())
                yield known[same].sentence
                starts_line = False
            if same:
                known[same].add(said.unit)


def task_points(
    plan: Plan, task: Task, reports: Mapping[str, UnitReport], office: OfficeReport
) -> PointGroup:
    """What the units say of a task, and which of it is printed (`_office.yaml`, highlights)."""
    units = units_by_id(plan)
    texts = [
        UnitText(units[unit], result.summary, result.highlight)
        for unit, report in reports.items()
        if (result := report.results.get(task.id))
        and result.status in _REPORTED_STATUSES
        and result.summary
    ]
    chosen = office.highlights.get(task.id)
    if chosen is None:
        return limited_points(texts, plan.document.most_points, task)
    return _chosen_points(texts, chosen, task)


def limited_points(
    texts: Iterable[UnitText], most: int | None, task: Task | None = None
) -> PointGroup:
    """The first points, those that units propose before all; `most` None: all of them."""
    points = merge(sorted(texts, key=lambda said: not said.is_proposed))
    return PointGroup(points[:most], [] if most is None else points[most:], task)


def _chosen_points(texts: Iterable[UnitText], chosen: Sequence[str], task: Task) -> PointGroup:
    """The points of the chosen units, in the order in which they were chosen."""
    by_unit = {said.unit.id: said for said in texts if said.unit}
    first = [by_unit.pop(unit) for unit in dict.fromkeys(chosen) if unit in by_unit]
    printed = len(merge(first))
    points = merge([*first, *by_unit.values()])
    return PointGroup(points[:printed], points[printed:], task, is_chosen=True)


def paragraphs_of(prose: str | None) -> list[str]:
    """The paragraphs of a prose text; a line break starts a new one."""
    return [line.strip() for line in (prose or "").split("\n") if line.strip()]
