"""What the parts of a report's outline (đề cương) name, and the outline of a plan that has none."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from danvan_cli.model.plan import OutlinePart

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


class Source(Struct, frozen=True):
    """One item of `of`: 'section 3' is of kind section with id 3, 'next_steps' has no ids."""

    kind: SourceKind
    ids: list[str] = []


def source_of(written: str) -> Source:
    """Raises ValueError if the first word is none of the kinds."""
    kind, *ids = written.split()
    if kind not in SOURCE_KINDS:
        raise ValueError(kind)
    return Source(kind, ids)
