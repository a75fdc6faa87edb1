"""The type of `_office.yaml`: what the office writes for the combined report, and its number."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from danvan_cli.model.plan import Signatory
from danvan_cli.model.record import Record
from danvan_cli.model.unit_report import Proposal
from danvan_cli.model.values import Day, Id, Label, Text


class Brief(Record, frozen=True, kw_only=True):
    """What the office chooses for the leader's page: at most five figures and three of the rest."""

    indicators: Annotated[list[Id], Meta(max_length=5)] = []
    strengths: Annotated[list[Text], Meta(max_length=3)] = []
    shortcomings: Annotated[list[Text], Meta(max_length=3)] = []
    decisions: Annotated[list[Text], Meta(max_length=3)] = []


class OfficeReport(Record, frozen=True, kw_only=True):
    """What the office writes for one period.

    `sections`: prose by section id; it replaces all that units say of the section's tasks. `tasks`:
    prose by task id, `figures` by section id in place of the sentence of figures, or by the id of a
    task that the outline places alone. `own`: prose of what the outline leaves to the office (own
    <id>). `highlights`: by task id, the units whose points are printed in place of all. `file` and
    `fingerprint` (see report/issued.py) record which document was issued, and its text.
    """

    number: str | None = None
    issued: Day | None = None
    file: str | None = None
    fingerprint: dict[str, str] = {}
    leadership: str | None = None
    opening: str | None = None
    closing: str | None = None
    sections: dict[str, str] = {}
    tasks: dict[str, str] = {}
    figures: dict[str, str] = {}
    own: dict[str, str] = {}
    highlights: dict[str, list[Label]] = {}
    strengths: list[Text] = []
    shortcomings: list[Text] = []
    difficulties: list[Text] = []
    causes: list[Text] = []
    lessons: list[Text] = []
    next_steps: list[Text] = []
    proposals: list[Text | Proposal] = []
    recipients: list[Text] = []
    signatory: Signatory | None = None
    supplement_reason: str | None = None
    brief: Brief = Brief()

    def issued_by(self, as_of: date) -> date | None:
        """The day of issue if it is on or before this day, else None."""
        return self.issued if self.issued is not None and self.issued <= as_of else None
