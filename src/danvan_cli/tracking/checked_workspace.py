"""A workspace read and checked, its plan in hand: what all questions about a period begin with."""

from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from danvan_cli.files import replacing, workspace, yaml_reading
from danvan_cli.files.replacing import Original
from danvan_cli.files.workspace import Reading, ReportFile, Workspace
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, Unit, units_by_id
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import Diagnostic, Failure, count_errors, did_you_mean
from danvan_cli.tracking import status
from danvan_cli.tracking.status import PeriodStatus, Submission


class CheckedWorkspace(Struct, frozen=True, dict=True):
    """A workspace whose plan is sound; `findings` are all problems by file.

    What is asked of it for one unit after another is looked up in tables that are made once.
    """

    workspace: Workspace
    plan: Plan
    findings: dict[Path, list[Diagnostic]]
    as_of: date
    today: date

    def reports_folder(self, period: str) -> Path:
        return workspace.reports_folder(self.workspace.root, self.plan.year, period)

    def output_folder(self, period: str) -> Path:
        """Where what is made for a period goes, if nobody says another place."""
        return self.workspace.root / "output" / str(self.plan.year) / period

    def report_file(self, unit: str, period: str) -> ReportFile | None:
        """The unit's report for the period as read, a draft or one with errors, too."""
        return self._files.get((unit, period))

    def errors_in(self, path: Path) -> int:
        return count_errors(self.findings.get(path, []))

    def submissions(self) -> list[Submission]:
        """What each unit has filed; of two files for one report, both are wrong."""
        return list(self._filed.values())

    def submission(self, unit: str, period: str) -> Submission | None:
        return self._filed.get((unit, period))

    @cached_property
    def _files(self) -> dict[tuple[str | None, str | None], ReportFile]:
        """Of two files for one report, the first."""
        return {(file.unit, file.period): file for file in reversed(self.workspace.reports)}

    @cached_property
    def _filed(self) -> dict[tuple[str, str], Submission]:
        filed: dict[tuple[str, str], Submission] = {}
        for file in self.workspace.reports:
            if file.unit is None or file.period is None:
                continue
            errors = self.errors_in(file.path)
            if earlier := filed.get((file.unit, file.period)):
                errors += earlier.errors
            filed[file.unit, file.period] = Submission(
                unit=file.unit,
                period=file.period,
                report=file.report,
                errors=errors,
                submission_dates=None if file.report else workspace.submission_dates(file),
            )
        return filed

    def offices(self) -> dict[str, OfficeReport]:
        """The office's own words by period, as far as they can be read."""
        return {
            file.period: file.office
            for file in self.workspace.offices
            if file.office and file.period
        }

    def statuses(self, on: date | None = None) -> list[PeriodStatus]:
        """Every period as it stands on a day, that of the question if none is given."""
        return status.assess(self.plan, self.submissions(), self.offices(), on or self.as_of)

    def status(self, period: str, on: date | None = None) -> PeriodStatus:
        """One period of the plan's, the same way."""
        return next(found for found in self.statuses(on) if found.id == period)


def refuse_other_year(plan: Plan, year: str | None, what: str) -> None:
    """Raises Failure for a Word file, which is `what`, of another year than the plan's."""
    if year != str(plan.year):
        raise Failure(
            f"{what} của năm {year}, kế hoạch ở đây của năm {plan.year}",
            "nhập ở thư mục kế hoạch của năm đó: danvan -C THƯ_MỤC import TỆP",
        )


def known_period(plan: Plan, period: str) -> str:
    """The period's id; raises Failure where the plan has no such period."""
    if period not in plan.periods:
        raise Failure(
            f"kế hoạch không có kỳ báo cáo “{period}”",
            did_you_mean(period, plan.periods) or f"các kỳ báo cáo: {', '.join(plan.periods)}",
        )
    return period


def known_unit(plan: Plan, unit: str) -> str:
    """The unit's id; raises Failure where the plan has no such unit."""
    ids = [known.id for known in plan.units]
    if unit not in ids:
        raise Failure(
            f"kế hoạch không có đơn vị “{unit}”",
            did_you_mean(unit, ids) or f"các đơn vị: {', '.join(ids)}",
        )
    return unit


def reporter(checked: CheckedWorkspace, unit: str, period: str) -> Unit:
    """Raises Failure where the unit is not there at the deadline, so has nothing to report."""
    if unit not in [expected.id for expected in status.expected_units(checked.plan, period)]:
        raise Failure(
            f"{units_by_id(checked.plan)[unit].name} không hoạt động tại thời hạn của kỳ “{period}”"
            " nên không phải báo cáo",
            "xem from, until của đơn vị trong plan.yaml",
        )
    return units_by_id(checked.plan)[unit]


def earlier_report(checked: CheckedWorkspace, unit: str, period: str) -> UnitReport | None:
    """The unit's report without errors for the period that this one continues, or the last one."""
    periods = status.period_ids(checked.plan)
    before = periods[: periods.index(period)]
    wanted = checked.plan.periods[period].continues or (before[-1] if before else None)
    submission = checked.submission(unit, wanted) if wanted else None
    return submission.report if submission and not submission.errors else None


def original_file(checked: CheckedWorkspace, path: Path, file: Reading | None) -> Original:
    """The bytes of a file of the workspace, for whoever is going to change it.

    `file`: it as it was read with the workspace; None where it was not there. Raises Failure where
    somebody has saved it since, so that what is known of it no longer holds.
    """
    old = replacing.read(path, checked.workspace.root)
    known = file.text if file else None
    text = None if old.content is None else yaml_reading.read(old.content).text
    if text != known:
        raise replacing.changed_meanwhile(path)
    return old
