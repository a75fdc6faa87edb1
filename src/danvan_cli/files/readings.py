"""The files of a workspace as read: the text, the typed value, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.files import yaml_reading
from danvan_cli.files.register_file import RegisterFile
from danvan_cli.model.criteria import Criteria
from danvan_cli.model.history import YearRecord
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan
from danvan_cli.model.rating import RatingRecord
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.problems import DataPath, Diagnostic


class Reading(Struct, frozen=True):
    """One file as read: its text, and the problems found before any rule was checked.

    `data` is kept only if the file has no typed value, to use its valid parts; `unfilled` are the
    ids without a value behind them, which no typed value has.
    """

    path: Path
    text: str = ""
    problems: list[Diagnostic] = []
    data: yaml_reading.Data = None
    unfilled: frozenset[DataPath] = frozenset()


class PlanFile(Reading, frozen=True):
    """The plan; None if the file could not be understood, though `year` may still be known."""

    plan: Plan | None = None
    year: int | None = None


class ReportFile(Reading, frozen=True, kw_only=True):
    """A unit's report; `unit` and `period` are from its path; None outside `reports/`.

    `computed`: the figures that registers give it; those that were not typed are in `report`, too,
    and their ids in `filled_in`.
    """

    unit: str | None
    period: str | None
    report: UnitReport | None = None
    computed: Mapping[str, Figure] = {}
    filled_in: frozenset[str] = frozenset()

    @property
    def typed(self) -> UnitReport | None:
        """The report without what registers filled in."""
        if self.report is None or not self.filled_in:
            return self.report
        own = self.report.indicators.items()
        typed = {name: given for name, given in own if name not in self.filled_in}
        return replace(self.report, indicators=typed)


class OfficeFile(Reading, frozen=True, kw_only=True):
    period: str | None
    office: OfficeReport | None = None


class IssuedFile(Reading, frozen=True, kw_only=True):
    """The record of what an issued report said."""

    period: str | None
    record: IssuedReport | None = None


class HistoryFile(Reading, frozen=True, kw_only=True):
    """The figures of an earlier year; `year` is that of its name, None if it names none."""

    year: int | None
    record: YearRecord | None = None


class EarlierWorkspace(Struct, frozen=True):
    """What an entry of the plan's `years` leads to.

    `sources`: by period, the file that its figures are from. `reason`: why there is no record, in
    Vietnamese, with what to do about it.
    """

    record: YearRecord | None = None
    sources: Mapping[str, Reading] = {}
    reason: str | None = None
    hint: str | None = None


class CriteriaFile(Reading, frozen=True, kw_only=True):
    """By what the office rates its units."""

    criteria: Criteria | None = None


class RatingFile(Reading, frozen=True, kw_only=True):
    """The scores of a period."""

    period: str | None
    record: RatingRecord | None = None


class Workspace(Struct, frozen=True):
    """All files of a workspace; `unexpected`: files under `reports/` that are not read.

    `history`: its files on earlier years; `earlier`: one for each of the plan's `years`.
    """

    root: Path
    plan: PlanFile
    reports: list[ReportFile]
    offices: list[OfficeFile]
    unexpected: list[Reading]
    issued: list[IssuedFile] = []
    history: list[HistoryFile] = []
    earlier: list[EarlierWorkspace] = []
    registers: list[RegisterFile] = []
    criteria: CriteriaFile | None = None
    ratings: list[RatingFile] = []

    @property
    def past_years(self) -> list[YearRecord]:
        """What is known of earlier years."""
        records = [file.record for file in self.history]
        records += [found.record for found in self.earlier]
        return [record for record in records if record]

    def files(self) -> Iterator[Reading]:
        yield self.plan
        yield from self._register_files()
        if self.criteria:
            yield self.criteria
        yield from self.offices
        yield from self.issued
        yield from self.history
        yield from self.ratings
        yield from self.reports
        yield from self.unexpected

    def _register_files(self) -> Iterator[Reading]:
        """Each once, though several registers may be sheets of one."""
        problems: dict[Path, list[Diagnostic]] = {}
        for file in self.registers:
            if not file.is_missing:
                problems.setdefault(file.path, []).extend(file.problems)
        yield from (Reading(path, problems=found) for path, found in problems.items())
