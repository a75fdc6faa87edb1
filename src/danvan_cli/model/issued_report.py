"""The type of `_issued.yaml`: what the issued report said, kept to be compared with."""

from danvan_cli import vietnamese
from danvan_cli.model.figure_kinds import marked
from danvan_cli.model.record import Record
from danvan_cli.model.values import Day, Figure, Text, TypedNumber, figure_of


class IssuedFigure(Record, frozen=True, kw_only=True):
    """`total` None: no unit had given a figure; `estimated`: it rested on estimates."""

    name: Text
    measure: Text
    total: TypedNumber | None = None
    estimated: bool = False

    @property
    def figure(self) -> Figure | None:
        """The total, to compute with."""
        return None if self.total is None else figure_of(self.total)

    @property
    def in_words(self) -> str:
        """As it is printed, '64 (ước)'; '' for none."""
        if self.figure is None:
            return ""
        return marked(vietnamese.number(self.figure), estimated=self.estimated)


class IssuedPassage(Record, frozen=True, kw_only=True):
    """`path`: its field in `_office.yaml`; `place`: 'Mục II.3'; `lines`: its paragraphs."""

    path: Text
    place: Text
    title: str | None = None
    lines: list[Text] = []


class IssuedReport(Record, frozen=True, kw_only=True):
    """What `issue` records; `figures` by indicator, `appendices`: a line for each row, by kind."""

    number: Text
    issued: Day
    figures: dict[str, IssuedFigure] = {}
    passages: list[IssuedPassage] = []
    appendices: dict[str, list[Text]] = {}
