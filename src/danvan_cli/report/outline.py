"""The parts of the combined report: what its outline names, found and numbered."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.outline import Source, SourceKind, source_of
from danvan_cli.model.plan import OutlinePart, Period, Plan, Section, Task, Unit, tasks, units_by_id
from danvan_cli.model.unit_report import LIST_TITLES, Award, Model, UnitReport
from danvan_cli.report import appendices
from danvan_cli.report.combined_report import (
    Content,
    IndicatorTotal,
    Part,
    Passage,
    PointGroup,
    Proposals,
    Reported,
    Shown,
)
from danvan_cli.report.figures_in_words import Opening, figures_sentence
from danvan_cli.report.merging import UnitText, limited_points, paragraphs_of

LEADERSHIP_TITLE = "Công tác lãnh đạo, chỉ đạo"
_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of points (điểm), in the order of the Vietnamese alphabet."""


class Material(Struct, frozen=True, kw_only=True):
    """What the parts are made of; `reports` by unit.

    `start`: how the sentences of figures begin. `points`: what is said of a task. `first`: by the
    name of a list, what it begins with.
    """

    plan: Plan
    own: OfficeReport
    reports: Mapping[str, UnitReport]
    totals: Sequence[IndicatorTotal]
    start: Opening
    period: Period
    proposals: Proposals
    models: list[Reported[Model]]
    awards: list[Reported[Award]]
    points: Callable[[Task], PointGroup]
    first: Mapping[str, str]


def parts_of(outline: Sequence[OutlinePart], material: Material) -> list[Part]:
    """The numbered parts of the report; an outline that names what is not there has errors."""
    return numbered([_part(part, material) for part in outline])


def _part(outlined: OutlinePart, material: Material) -> Part:
    """A part with what it names: all under its own heading where only one thing has a title."""
    period, year = material.period, material.plan.year
    title = outlined.title.replace("{name}", vietnamese.with_year(period.name, year)).replace(
        "{next_name}", vietnamese.with_year(period.next_name, year)
    )
    named = [
        replace(part, contents=[_titled(content, title) for content in part.contents])
        for source in map(source_of, outlined.of)
        for part in _SOURCES[source.kind](material, source)
    ]
    own = [_part(part, material) for part in outlined.parts]
    if sum(bool(part.title) for part in named) <= 1 and "sections" not in outlined.of:
        inner = [part for each in named for part in each.parts]
        contents = [content for each in named for content in each.contents]
        path = "" if own else next((each.path for each in named if each.title), "")
        return Part(title=title, path=path, contents=contents, parts=inner + own)
    return Part(title=title, parts=named + own)


def _titled(content: Content, title: str) -> Content:
    """The office's own words have the title of the part that they stand in."""
    if isinstance(content, Passage) and not content.title:
        return replace(content, title=title)
    return content


def _leadership(material: Material, _: Source) -> list[Part]:
    paragraphs = paragraphs_of(material.own.leadership)
    said = [
        UnitText(unit, line)
        for unit, report in _reports(material)
        for line in paragraphs_of(report.leadership)
    ]
    passage = Passage(
        path="leadership",
        title=LEADERSHIP_TITLE,
        paragraphs=paragraphs,
        groups=[] if paragraphs else [_limited(said, material)],
    )
    return [Part(title=LEADERSHIP_TITLE, contents=[passage])]


def _sections(material: Material, _: Source) -> list[Part]:
    return [_section_part(section, material) for section in material.plan.sections]


def _section(material: Material, source: Source) -> list[Part]:
    return [
        _section_part(section, material)
        for section in material.plan.sections
        if section.id in source.ids
    ]


def _task(material: Material, source: Source) -> list[Part]:
    """One task without its section: the sentence of its own figures and what is said of it."""
    placed = [task for _, task in tasks(material.plan) if task.id in source.ids]
    return [
        Part(
            title=task.short_heading,
            contents=[
                *_figures(task.id, task.short_heading, [task], material),
                _of_task(task, material),
            ],
        )
        for task in placed
    ]


def _section_part(section: Section, material: Material) -> Part:
    """The office's prose for the section, or else what is said of each of its tasks."""
    paragraphs = paragraphs_of(material.own.sections.get(section.id))
    figures = _figures(section.id, section.title, section.tasks, material)
    whole = Passage(path=f"sections.{section.id}", title=section.title, paragraphs=paragraphs)
    if paragraphs:
        return Part(title=section.title, contents=[*figures, whole])
    of_tasks = [_of_task(task, material) for task in section.tasks]
    told = [passage for passage in of_tasks if not passage.is_empty]
    if len(told) > 1:
        parts = [
            Part(title=passage.title, contents=[passage], is_optional=True) for passage in of_tasks
        ]
        return Part(title=section.title, path=whole.path, contents=figures, parts=parts)
    # A heading a) without a b) says nothing.
    if told and told[0].paragraphs:
        return Part(title=section.title, contents=[*figures, told[0]])
    only = replace(whole, groups=[group for passage in told for group in passage.groups])
    return Part(title=section.title, contents=[*figures, only])


def _of_task(task: Task, material: Material) -> Passage:
    paragraphs = paragraphs_of(material.own.tasks.get(task.id))
    return Passage(
        path=f"tasks.{task.id}",
        title=task.short_heading,
        paragraphs=paragraphs,
        groups=[] if paragraphs else [material.points(task)],
    )


def _figures(name: str, title: str, told: Sequence[Task], material: Material) -> list[Content]:
    """The sentence with the figures of these tasks; `name`: the id of their section or task."""
    ids = {task.id for task in told}
    sentence = figures_sentence(
        [total for total in material.totals if total.indicator.task in ids], material.start
    )
    paragraphs = paragraphs_of(material.own.figures.get(name))
    passage = Passage(
        path=f"figures.{name}",
        title=f"Số liệu mục {title}",
        paragraphs=paragraphs,
        sentence=sentence,
    )
    return [] if passage.is_empty else [passage]


def _list(material: Material, source: Source) -> list[Part]:
    """A list of the office, or else of the units, each item a point of its own."""
    name = source.kind
    paragraphs = [item.strip() for item in getattr(material.own, name) if item.strip()]
    said = [
        UnitText(unit, item)
        for unit, report in _reports(material)
        for item in getattr(report, name)
    ]
    if name in material.first:
        said.insert(0, UnitText(None, material.first[name], is_proposed=True))
    passage = Passage(
        path=name,
        title=LIST_TITLES[name],
        is_list=True,
        paragraphs=paragraphs,
        groups=[] if paragraphs else [_limited(said, material)],
    )
    return [Part(title=passage.title, contents=[passage], is_optional=True)]


def _proposals(material: Material, _: Source) -> list[Part]:
    passage = material.proposals
    return [Part(title=passage.title, contents=[passage], is_optional=True)]


def _own(material: Material, source: Source) -> list[Part]:
    """What only the office writes; it takes the title of the part that names it."""
    (name,) = source.ids
    paragraphs = paragraphs_of(material.own.own.get(name))
    return [Part(title="", contents=[Passage(path=f"own.{name}", title="", paragraphs=paragraphs)])]


def _indicators(material: Material, source: Source) -> list[Part]:
    """A table of these figures, in the order in which the outline names them."""
    totals = {total.indicator.id: total for total in material.totals}
    named = [totals[name] for name in source.ids if name in totals]
    return [Part(title="", contents=[Shown(path="indicators", totals=named)])]


def _models(material: Material, _: Source) -> list[Part]:
    items = appendices.model_lines(material.models)
    return [Part(title="", contents=[Shown(path="models", items=items)])]


def _awards(material: Material, _: Source) -> list[Part]:
    items = appendices.award_lines(material.awards)
    return [Part(title="", contents=[Shown(path="awards", items=items)])]


def _reports(material: Material) -> Iterator[tuple[Unit, UnitReport]]:
    units = units_by_id(material.plan)
    return ((units[unit], report) for unit, report in material.reports.items())


def _limited(said: Sequence[UnitText], material: Material) -> PointGroup:
    return limited_points(said, material.plan.document.most_points)


_SOURCES: Mapping[SourceKind, Callable[[Material, Source], list[Part]]] = {
    "leadership": _leadership,
    "sections": _sections,
    "section": _section,
    "task": _task,
    "strengths": _list,
    "shortcomings": _list,
    "difficulties": _list,
    "causes": _list,
    "lessons": _list,
    "next_steps": _list,
    "proposals": _proposals,
    "indicators": _indicators,
    "models": _models,
    "awards": _awards,
    "own": _own,
}


def numbered(parts: Sequence[Part], above: Part | None = None) -> list[Part]:
    """The parts with their numbers and places; what is left out or has no title has no number."""
    return list(_numbered(parts, above))


def _numbered(parts: Sequence[Part], above: Part | None) -> Iterator[Part]:
    level = above.level + 1 if above else 1
    count = 0
    for part in parts:
        has_number = bool(part.title) and not part.is_left_out
        count += has_number
        number = _number(level, count) if has_number else ""
        placed = replace(part, level=level, number=number, place=_place(above, level, number))
        yield replace(placed, parts=numbered(part.parts, placed))


def _number(level: int, count: int) -> str:
    if level == 1:
        return vietnamese.roman(count)
    if level == 2:
        return str(count)
    again, place = divmod(count - 1, len(_LETTERS))
    return _LETTERS[place] * (again + 1)


def _place(above: Part | None, level: int, number: str) -> str:
    """'Mục II.3', 'Điểm b mục II.3'; of what has no number that of the part it stands in."""
    if above is None:
        return f"Mục {number}"
    if not number:
        return above.place
    if level == 2:
        return f"{above.place}.{number}"
    return f"Điểm {number} {vietnamese.in_sentence(above.place)}"
