"""What the parts of a report's outline (đề cương) name, and the outline of a plan that has none."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from danvan_cli.model.plan import OutlinePart, Period, Plan, Section

SourceKind: TypeAlias = Literal[
    "leadership",
    "sections",
    "section",
    "task",
    "strengths",
    "shortcomings",
    "difficulties",
    "causes",
    "lessons",
    "next_steps",
    "proposals",
    "indicators",
    "models",
    "awards",
    "own",
]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

DEFAULT_OUTLINE: Sequence[OutlinePart] = (
    OutlinePart(title="Công tác lãnh đạo, chỉ đạo", of=["leadership"]),
    OutlinePart(title="Kết quả thực hiện", of=["sections"]),
    OutlinePart(
        title="Đánh giá chung",
        of=["strengths", "shortcomings", "difficulties", "causes", "lessons"],
    ),
    OutlinePart(title="Phương hướng, nhiệm vụ trọng tâm {next_name}", of=["next_steps"]),
    OutlinePart(title="Đề xuất, kiến nghị", of=["proposals"]),
)


TITLE_FIELDS = ("name", "next_name")
"""What a title may have in braces: the names of the period and of the next one."""


class Source(Struct, frozen=True):
    """One item of `of`: 'section 3' is of kind section with id 3, 'next_steps' has no ids."""

    kind: SourceKind
    ids: list[str] = []


def source_of(written: str) -> Source:
    """Raises ValueError if the first word is none of the kinds."""
    kind, *ids = written.split()
    if kind not in SOURCE_KINDS:
        raise ValueError(kind)
    return Source(kind, ids if kind == "indicators" or not ids else [" ".join(ids)])


def outline_of(plan: Plan, period: Period) -> Sequence[OutlinePart]:
    """The outline of a period's report."""
    return period.outline or plan.outline or DEFAULT_OUTLINE


def sources(outline: Sequence[OutlinePart]) -> Iterator[Source]:
    """All that its parts name, in order, leaving out what is of no kind (P330)."""
    for part in outline:
        for written in part.of:
            with suppress(ValueError):
                yield source_of(written)
        yield from sources(part.parts)


def places_of(source: Source, plan: Plan) -> list[str]:
    """The places of `_office.yaml`, and the ids of figures, that an item of `of` takes up.

    A section takes up those of its tasks: 'tasks.4.1'.
    """
    match source.kind:
        case "sections":
            return [place for section in plan.sections for place in _of_section(section)]
        case "section":
            own = [section for section in plan.sections if section.id in source.ids]
            return [place for section in own for place in _of_section(section)]
        case "task" | "own" | "indicators":
            group = "tasks" if source.kind == "task" else source.kind
            return [f"{group}.{name}" for name in source.ids]
        case _:
            return [source.kind]


def places_in_order(plan: Plan, period: Period) -> list[str]:
    """All that a period's report takes up, in its order."""
    return [
        place for source in sources(outline_of(plan, period)) for place in places_of(source, plan)
    ]


def _of_section(section: Section) -> list[str]:
    return [f"sections.{section.id}", *(f"tasks.{task.id}" for task in section.tasks)]
