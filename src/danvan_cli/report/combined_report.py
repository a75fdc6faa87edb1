"""The office's report for one period: what it says, before any document is made of it.

Nothing in it says which unit was late or has not done its part.
"""

from datetime import date
from typing import Literal

from msgspec import Struct, field

from danvan_cli import vietnamese
from danvan_cli.model.plan import DataWindow, Indicator, Organization, Signatory, Task

DOCUMENT = "bao-cao"
"""What kind of document a draft of it says it is."""

AppendixKind = Literal["indicators", "models", "awards"]


class Point(Struct, frozen=True):
    """One thing said, by one unit or, in the same words, by several (their short names)."""

    text: str
    units: list[str] = []


class Passage(Struct, frozen=True, kw_only=True):
    """A passage of the report: the office's own prose, or else the units' points merged.

    `path` is its place in `_office.yaml`; `paragraphs` and `points` are both empty where nobody
    has written anything.
    """

    path: str
    title: str
    paragraphs: list[str] = []
    points: list[Point] = []

    @property
    def needs_prose(self) -> bool:
        """Whether the editor's hand is still wanted."""
        return not self.paragraphs

    @property
    def is_empty(self) -> bool:
        return not self.paragraphs and not self.points


class SectionResult(Passage, frozen=True, kw_only=True):
    """One section of the plan: `number` from 1; `figures`, a sentence, or None without any."""

    number: int
    figures: str | None = None


class IndicatorTotal(Struct, frozen=True, kw_only=True):
    """One indicator over all units; `total` None: no unit gave a figure; `previous`: last year.

    `parts` are what each unit gave, as pairs of unit id and figure. Of a part of another indicator,
    `rated` and `whole` are the sums of part and whole over the units that gave both;
    `is_covered`: no unit gave one of the two only.
    """

    number: int
    indicator: Indicator
    total: int | None
    previous: int | None
    whole: int | None = None
    rated: int | None = None
    is_covered: bool = True
    parts: list[tuple[str, int]] = []

    @property
    def change(self) -> str | None:
        """+12,5%: against last year's figure; None where there is none to hold it against."""
        if self.total is None or not self.previous:
            return None
        return vietnamese.change(self.total, self.previous)

    @property
    def rate(self) -> str | None:
        """97,5%: of its whole, over the units that gave both; None where there are none."""
        if self.rated is None or not self.whole:
            return None
        return vietnamese.percent(self.rated, self.whole)


class ModelRow(Struct, frozen=True, kw_only=True):
    """A mô hình “Dân vận khéo” and its unit's name."""

    number: int
    name: str
    unit: str
    field: str
    summary: str | None
    status: str
    replicate: bool


class AwardRow(Struct, frozen=True, kw_only=True):
    """A proposed award and its unit's name; `kind`: tập thể or cá nhân."""

    number: int
    kind: str
    name: str
    unit: str
    form: str
    achievement: str | None


class AppendixHeading(Struct, frozen=True):
    """`label`: 'Phụ lục II', or 'Phụ lục' for an only one (NĐ 30/2020, PL I, I.III.1a)."""

    kind: AppendixKind
    label: str
    title: str


class CombinedReport(Struct, frozen=True, kw_only=True):
    """The report of one period.

    `supplements` cites the issued report that this one adds to; None for the period's own.
    `expected_month` is a day in the month that a draft is expected to be signed in; `unfinished`
    are deliverables not done in time.
    """

    organization: Organization
    plan_citation: str
    supplements: str | None = None
    period_name: str
    next_name: str
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
    leadership: Passage
    sections: list[SectionResult]
    assessment: list[Passage]
    unfinished: list[Task] = []
    next_steps: Passage
    proposals: Passage
    indicators: list[IndicatorTotal]
    models: list[ModelRow]
    awards: list[AwardRow]
    appendices: list[AppendixHeading] = field(default_factory=list)

    @property
    def subject_in_sentence(self) -> str:
        return vietnamese.in_sentence(self.subject)

    @property
    def passages(self) -> list[Passage]:
        """All that `_office.yaml` can hold, in the document's order."""
        return [
            self.leadership,
            *self.sections,
            *self.assessment,
            self.next_steps,
            self.proposals,
        ]
