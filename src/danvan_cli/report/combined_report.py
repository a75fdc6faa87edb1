"""The types of the combined report: its content, before a Word document is made from it.

It does not contain which unit was late or has not finished its tasks.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct, field

from danvan_cli import vietnamese
from danvan_cli.model import figure_kinds
from danvan_cli.model.addressees import Bodies
from danvan_cli.model.plan import DataWindow, Indicator, Organization, Signatory, Task, Unit
from danvan_cli.model.unit_report import Award, Model, Proposal
from danvan_cli.model.values import Figure

DOCUMENT = "bao-cao"
"""The kind of document that is recorded in its drafts."""

Item = TypeVar("Item")

_LETTERED = 3
"""The level from which on parts are numbered a), b) (NĐ 30/2020, PL I, I.II.6đ)."""

AppendixKind = Literal["indicators", "models", "awards"]


class Sentence(Struct, frozen=True):
    """A sentence as its first unit wrote it, and all units that wrote it, the first one first.

    `starts_line`: it begins a paragraph of its point.
    """

    text: str
    units: list[Unit] = []
    starts_line: bool = False


class Point(Struct, frozen=True):
    """What one unit says, without the sentences that a point before it has already."""

    sentences: list[Sentence]

    @property
    def paragraphs(self) -> list[list[Sentence]]:
        paragraphs: list[list[Sentence]] = []
        for sentence in self.sentences:
            if sentence.starts_line:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
        return paragraphs

    @property
    def text(self) -> str:
        return "\n".join(
            " ".join(sentence.text for sentence in paragraph) for paragraph in self.paragraphs
        )

    @property
    def units(self) -> list[Unit]:
        return list({unit.id: unit for part in self.sentences for unit in part.units}.values())


class PointGroup(Struct, frozen=True):
    """The points about one task, or of a list where `task` is None.

    `left_out` are not printed: the office chose others (`is_chosen`), or they are too many.
    """

    points: list[Point]
    left_out: list[Point] = []
    task: Task | None = None
    is_chosen: bool = False

    @property
    def needs_choice(self) -> bool:
        return bool(self.left_out) and not self.is_chosen


class Passage(Struct, frozen=True, kw_only=True):
    """A passage of the report: the office's own prose, or else the units' points merged.

    `path`: its field in `_office.yaml`. `paragraphs` and `points` are both empty if nobody has
    written anything. `is_list`: each paragraph is an item of a list.
    """

    path: str
    title: str
    is_list: bool = False
    paragraphs: list[str] = []
    groups: list[PointGroup] = []
    sentence: str | None = None
    """What danvan says of figures, as long as the office says nothing."""

    @property
    def lines(self) -> list[str]:
        """What stands before the points: the office's prose, or else the sentence of figures."""
        return self.paragraphs or ([self.sentence] if self.sentence else [])

    @property
    def points(self) -> list[Point]:
        return [point for group in self.groups for point in group.points]

    def name_of(self, group: PointGroup) -> str:
        """'nhiệm vụ 2.1', or the passage's title."""
        return f"nhiệm vụ {group.task.id}" if group.task else self.title

    @property
    def needs_prose(self) -> bool:
        """Whether the office still has to write the prose."""
        return not self.lines

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.points


class ProposalGroup(Struct, frozen=True):
    """The proposals to one body, as YAML has them; `addressee` None: their text names none."""

    addressee: str | None
    items: list[str | Proposal]


class Proposals(Passage, frozen=True, kw_only=True):
    """Proposals by addressee; `paragraphs` or `points` have their texts in the same order."""

    by_addressee: list[ProposalGroup] = []
    known: Bodies


class IndicatorTotal(Struct, frozen=True, kw_only=True):
    """One indicator over all units; `total` None: no unit gave a figure; `previous`: last year.

    `parts`: the figure of each unit, as pairs of unit id and figure. `missing`: the ids of the
    units that owe the period's report with this figure and have not given it. If the indicator is
    a part of another: `whole` is the total that it is a part of, None unless both totals are
    covered by the same units; `lopsided`: the ids of the units that gave only one of the two.
    `carried`: the last figures of units that are gone, which are in the total, as pairs like parts.
    `estimated`: the units whose figure is an estimate. `quotient`: of a rate, the totals of part
    and whole. `target`: what the plan wants of these units together; `unit_targets`: of each, where
    the plan says that by unit.
    """

    number: int
    indicator: Indicator
    total: Figure | None
    previous: Figure | None
    target: Figure | None = None
    unit_targets: Mapping[str, Figure] = {}
    whole: Figure | None = None
    lopsided: list[str] = []
    parts: list[tuple[str, Figure]] = []
    missing: list[str] = []
    carried: list[tuple[str, Figure]] = []
    estimated: frozenset[str] = frozenset()
    quotient: tuple[Figure, Figure] | None = None

    @property
    def is_part(self) -> bool:
        return self.indicator.part_of is not None

    @property
    def is_covered(self) -> bool:
        """Whether all units that owe the figure have given it."""
        return not self.missing

    @property
    def owing(self) -> int:
        """How many units owe the figure, those that have given it among them."""
        return len(self.parts) + len(self.missing)

    @property
    def figures(self) -> dict[str, Figure]:
        """All that the total is made of, by unit."""
        return dict([*self.parts, *self.carried])

    @property
    def total_text(self) -> str | None:
        """As it is printed: '64 (ước)', '97,5%'; of a yes/no '8/12 đơn vị', of one unit 'có'."""
        if self.total is None:
            return None
        if self.indicator.kind != "yes_no":
            text = figure_kinds.number_text(self.indicator, self.total)
            return figure_kinds.marked(text, estimated=bool(self.estimated))
        if self.owing == 1:
            return figure_kinds.figure_text(self.indicator, self.total)
        return f"{vietnamese.number(self.total)}/{vietnamese.number(len(self.parts))} đơn vị"

    @property
    def unit_texts(self) -> dict[str, str]:
        """Each unit's figure as it is printed."""
        return {
            unit: figure_kinds.figure_text(self.indicator, figure, estimated=unit in self.estimated)
            for unit, figure in self.figures.items()
        }

    @property
    def unit_texts_with_shares(self) -> dict[str, str]:
        """The same; '3 (75%)' or '3 (ước, 75%)' if the unit has a target of its own."""
        texts = self.unit_texts
        for unit, share in self.of_unit_targets.items():
            figure = figure_kinds.figure_text(self.indicator, self.figures[unit])
            mark = "ước, " if unit in self.estimated else ""
            texts[unit] = f"{figure} ({mark}{share})"
        return texts

    def text_of(self, figure: Figure | None) -> str | None:
        """Last year's figure or the target as it is printed; one unit's yes or no is a bool."""
        if isinstance(figure, bool):
            return figure_kinds.figure_text(self.indicator, figure)
        return None if figure is None else figure_kinds.number_text(self.indicator, figure)

    @property
    def change(self) -> str | None:
        """+12,5%: the change from last year's figure; None if the two cannot be compared.

        Of a rate the difference, +2,5 điểm %; of a yes/no +2 đơn vị.
        """
        if self.total is None or not self.previous or not self.is_covered:
            return None
        if isinstance(self.previous, bool):
            return None
        if (unit := _DIFFERENCES.get(self.indicator.kind)) is not None:
            return _difference(Decimal(self.total) - self.previous, unit)
        return vietnamese.change(self.total, self.previous)

    @property
    def of_target(self) -> str | None:
        """72,5%: how much of the target is reached; None if that cannot be said."""
        if self.total is None or not self.target or not self.is_covered:
            return None
        return vietnamese.percent(self.total, self.target)

    @property
    def of_unit_targets(self) -> dict[str, str]:
        """Of each unit that has a target and gave its figure: how much of it is reached."""
        return {
            unit: vietnamese.percent(figure, target)
            for unit, figure in self.figures.items()
            if (target := self.unit_targets.get(unit))
        }

    @property
    def rate(self) -> str | None:
        """97,5%: the quotient of the two totals as printed; None where it would mislead."""
        if self.total is None or not self.whole:
            return None
        return vietnamese.percent(self.total, self.whole)


_DIFFERENCES = {"rate": "điểm %", "yes_no": "đơn vị"}
"""The kinds whose change is not told in percent, and in what it is told."""


def _difference(difference: Decimal, unit: str) -> str:
    sign = "+" if difference > 0 else ""
    return f"{sign}{vietnamese.number(difference)} {unit}" if difference else "0%"


class Shown(Struct, frozen=True, kw_only=True):
    """What a part prints of the data: `totals` as a table, or `items`, each a point of its own.

    `path`: 'indicators', 'models' or 'awards'.
    """

    path: AppendixKind
    totals: list[IndicatorTotal] = []
    items: list[str] = []

    @property
    def is_empty(self) -> bool:
        return not self.totals and not self.items


Content: TypeAlias = Passage | Shown
"""What stands in a part, under its heading."""


class Part(Struct, frozen=True, kw_only=True):
    """A part of the report as its outline has it, with parts of its own.

    `level` from 1; `number`: 'II', '3' or 'b', '' for what stands under no heading of its own.
    `path`: the field of `_office.yaml` that would take the place of its parts, if there is one.
    `place`: what people call it, 'Mục II.3'. `is_optional`: it is left out as long as nobody has
    written anything for it.
    """

    title: str
    path: str = ""
    level: int = 1
    number: str = ""
    place: str = ""
    contents: list[Content] = []
    parts: list["Part"] = []
    is_optional: bool = False

    @property
    def passages(self) -> list[Passage]:
        return [content for content in self.contents if isinstance(content, Passage)]

    @property
    def is_left_out(self) -> bool:
        return (
            self.is_optional
            and all(content.is_empty for content in self.contents)
            and all(part.is_left_out for part in self.parts)
        )

    @property
    def heading(self) -> str:
        """'II. KẾT QUẢ THỰC HIỆN': the titles of the first level are in capitals."""
        title = self.title.upper() if self.level == 1 else self.title
        mark = "." if self.level < _LETTERED else ")"
        return f"{self.number}{mark} {title}" if self.number else ""


class Reported(Struct, Generic[Item], frozen=True):
    """What one unit reports as a row of an appendix: a model or a proposed award."""

    unit: Unit
    item: Item


class AppendixHeading(Struct, frozen=True):
    """`label`: 'Phụ lục II', or 'Phụ lục' if there is only one (NĐ 30/2020, PL I, I.III.1a).

    `title`: in capitals, with the period; `name`: what the text calls it that points to it.
    """

    kind: AppendixKind
    label: str
    title: str
    name: str


class CombinedReport(Struct, frozen=True, kw_only=True):
    """The combined report of one period.

    `expected_month`: a day in the month in which a draft is expected to be signed. `unfinished`:
    deliverables that were not finished in time. `to_the_office`: proposals of units that do not go
    up, as `own_awards`, which the office confers. `targets`: whether it tells how much of the
    plan's targets is reached.
    """

    organization: Organization
    plan_citation: str
    year: int
    period_name: str
    subject: str
    data: DataWindow
    number: str | None
    issued: date | None
    expected_month: date
    addressees: list[str]
    recipients: list[str]
    archive: str
    drafter: str | None
    signatory: Signatory
    opening: str | None = None
    closing: str | None = None
    parts: list[Part]
    unfinished: list[Task] = []
    proposals: Proposals
    to_the_office: list[Reported[str | Proposal]] = []
    indicators: list[IndicatorTotal]
    carried: list[str] = []
    """Which units' last figures are in the totals, a sentence each."""
    targets: bool = False
    models: list[Reported[Model]]
    awards: list[Reported[Award]]
    own_awards: list[Reported[Award]] = []
    appendices: list[AppendixHeading] = field(default_factory=list)

    @property
    def subject_in_sentence(self) -> str:
        return vietnamese.in_sentence(self.subject)

    @property
    def placed_passages(self) -> list[tuple[Part, Passage]]:
        """All passages that `_office.yaml` can contain, each with its part, in order.

        Those of parts that are left out are among them.
        """
        return [(part, passage) for part in walk(self.parts) for passage in part.passages]

    @property
    def passages(self) -> list[Passage]:
        """The passages that are printed, in the order of the document."""
        return [passage for part, passage in self.placed_passages if not part.is_left_out]


def unwritten(parts: Iterable[Part]) -> Iterator[Passage]:
    """The passages that the office has still to write; a section of which it has none only once."""
    for part in parts:
        if part.is_left_out:
            continue
        own = [passage for passage in part.passages if passage.needs_prose]
        below = list(unwritten(part.parts))
        there = [inner for inner in part.parts if not inner.is_left_out]
        if part.path and below and len(below) == len(there):
            groups = [group for passage in below for group in passage.groups]
            yield Passage(path=part.path, title=part.title, groups=groups)
        else:
            yield from (*own, *below)


def walk(parts: Iterable[Part]) -> Iterator[Part]:
    """Every part before the parts that it has."""
    for part in parts:
        yield part
        yield from walk(part.parts)
