"""The types of `_rating.yaml`: what the units and the council say of a period's criteria."""

from typing import Annotated

from msgspec import Meta, field

from danvan_cli.model.criteria import Decision
from danvan_cli.model.record import Record
from danvan_cli.model.values import Day, Id, Label, Points, Text


class Score(Record, frozen=True, kw_only=True):
    """Points for one criterion, with what they rest on."""

    points: Points
    reason: str | None = None
    evidence: list[Text] = []


class Given(Record, frozen=True, kw_only=True):
    """A bonus or deduction that applies to a unit, so many times."""

    times: Annotated[int, Meta(ge=1, le=100)] = 1
    reason: Text
    evidence: list[Text] = []


class Appeal(Record, frozen=True, kw_only=True):
    """A unit's objection (kiến nghị xem lại điểm); once decided, `points` are those that hold."""

    unit: Id
    criterion: Label
    on: Day
    reason: Text
    decided: Day | None = None
    points: Points | None = None


class Approval(Record, frozen=True, kw_only=True):
    """The result was approved: what arrives after that day changes no points, only an appeal.

    `totals`: by unit id, as approved; empty where only the day was noted.
    """

    on: Day
    decision: Decision | None = None
    totals: dict[str, Points] = {}


class RatingRecord(Record, frozen=True, kw_only=True):
    """All by unit id, then by the id of the criterion, bonus or deduction."""

    own: dict[str, dict[str, Score]] = field(name="self", default={})
    council: dict[str, dict[str, Score]] = {}
    bonus: dict[str, dict[str, Given]] = {}
    deductions: dict[str, dict[str, Given]] = {}
    appeals: list[Appeal] = []
    approved: Approval | None = None
