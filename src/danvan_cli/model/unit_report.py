"""The types of a unit's report file: what one unit reports for one period."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from danvan_cli.model.plan import Signatory
from danvan_cli.model.record import Record
from danvan_cli.model.values import Day, Figure, Label, Text, TypedFigure, figure_of

TaskStatus = Literal[
    "done", "ongoing", "in_progress", "not_started", "none_arisen", "not_applicable"
]
ModelStatus = Literal["registered", "implementing", "recognized"]
ModelField = Literal[
    "kinh tế", "văn hóa - xã hội", "quốc phòng - an ninh", "xây dựng hệ thống chính trị"
]
AwardKind = Literal["collective", "individual"]

TASK_STATUS_NAMES: dict[TaskStatus, str] = {
    "done": "hoàn thành",
    "ongoing": "thực hiện thường xuyên",
    "in_progress": "đang thực hiện",
    "not_started": "chưa thực hiện",
    "none_arisen": "không phát sinh",
    "not_applicable": "không thuộc chức năng, nhiệm vụ",
}
SETTLED_STATUSES: tuple[TaskStatus, ...] = ("done", "none_arisen", "not_applicable")
"""With one of these statuses a unit no longer owes a deliverable; 'ongoing' is none of them."""
MODEL_STATUS_NAMES: dict[ModelStatus, str] = {
    "registered": "đã đăng ký",
    "implementing": "đang triển khai",
    "recognized": "được công nhận",
}
LIST_TITLES: dict[str, str] = {
    "strengths": "Ưu điểm",
    "shortcomings": "Tồn tại, hạn chế",
    "difficulties": "Khó khăn, vướng mắc",
    "causes": "Nguyên nhân",
    "lessons": "Bài học kinh nghiệm",
    "next_steps": "Phương hướng, nhiệm vụ",
    "proposals": "Đề xuất, kiến nghị",
}
AWARD_KIND_NAMES: dict[AwardKind, str] = {"collective": "tập thể", "individual": "cá nhân"}


class Return(Record, frozen=True, kw_only=True):
    """A note that the report was returned to be completed; it is deleted once that is done."""

    date: Day
    reason: Text


class TaskResult(Record, frozen=True, kw_only=True):
    """What a unit says of a task. `highlight`: it proposes this for the combined report."""

    status: TaskStatus
    summary: str | None = None
    evidence: list[Text] = []
    highlight: bool = False


class Model(Record, frozen=True, kw_only=True):
    """A mô hình “Dân vận khéo”. `replicate`: the unit proposes it for other places, too."""

    name: Text
    field: ModelField
    summary: str | None = None
    status: ModelStatus
    replicate: bool = False


class Award(Record, frozen=True, kw_only=True):
    """A proposed award (đề xuất khen thưởng); `position`: that of a person."""

    kind: AwardKind
    name: Text
    position: str | None = None
    form: Text
    achievement: str | None = None


class Proposal(Record, frozen=True, kw_only=True):
    """A proposal (kiến nghị) whose addressee its text does not say."""

    to: Text
    text: Text


class GivenFigure(Record, frozen=True, kw_only=True):
    """A figure with what is to be said of it. `estimated`: it is not final yet (ước)."""

    figure: TypedFigure
    estimated: bool = False


class UnitReport(Record, frozen=True, kw_only=True, dict=True):
    """One unit's report. Without `submitted` it is a draft, which is counted nowhere.

    `indicators`: as typed; `figures` has the plain values of the same. `notes`: why a figure that
    looks doubtful is right, by indicator.
    """

    unit: Label
    year: int
    period: Label
    submitted: Day | None = None
    received: Day | None = None
    returned: Return | None = None
    signatory: Signatory | None = None
    leadership: str | None = None
    results: dict[str, TaskResult] = {}
    indicators: dict[str, TypedFigure | GivenFigure] = {}
    notes: dict[str, Text] = {}
    models: list[Model] = []
    awards: list[Award] = []
    strengths: list[Text] = []
    shortcomings: list[Text] = []
    difficulties: list[Text] = []
    causes: list[Text] = []
    lessons: list[Text] = []
    next_steps: list[Text] = []
    proposals: list[Text | Proposal] = []

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures by indicator, to compute with."""
        return {
            name: figure_of(given.figure if isinstance(given, GivenFigure) else given)
            for name, given in self.indicators.items()
        }

    @cached_property
    def estimated(self) -> frozenset[str]:
        """The indicators whose figure is an estimate."""
        return frozenset(
            name
            for name, given in self.indicators.items()
            if isinstance(given, GivenFigure) and given.estimated
        )

    @property
    def arrived(self) -> date | None:
        """The day that decides if the report was on time; None for a draft."""
        if self.submitted is None:
            return None
        return self.received or self.submitted

    def counts_on(self, day: date) -> bool:
        """Whether it has arrived by this day and has not been returned."""
        is_there = self.arrived is not None and self.arrived <= day
        return is_there and (self.returned is None or self.returned.date > day)
