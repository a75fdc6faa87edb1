"""A workspace that was read and checked, and what commands look up in it first."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.files import computed_figures, replacing, workspace, yaml_reading
from danvan_cli.files.readings import Reading, ReportFile, Workspace
from danvan_cli.files.replacing import Original
from danvan_cli.model import continued, deadlines, predecessors
from danvan_cli.model.history import History, comparable
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan, Unit, tasks, units_by_id, with_groups
from danvan_cli.model.plan_of_period import plan_of_period, span_of_task, spans, why_not_there
from danvan_cli.model.predecessors import Predecessor
from danvan_cli.model.succession import instead
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.problems import Diagnostic, Failure, count_errors, did_you_mean
from danvan_cli.tracking import status
from danvan_cli.tracking.status import PeriodStatus, Submission


class CheckedWorkspace(Struct, frozen=True, dict=True):
    """A workspace with a valid plan; `findings`: all problems by file.

    Reports are looked up in tables that are made only once.
    """

    workspace: Workspace
    plan: Plan
    findings: dict[Path, list[Diagnostic]]
    as_of: date
    today: date

    def reports_folder(self, period: str) -> Path:
        return workspace.reports_folder(self.workspace.root, self.plan.year, period)

    def output_folder(self, period: str) -> Path:
        """The folder for the output of a period, unless the user gives another."""
        return self.workspace.root / "output" / str(self.plan.year) / period

    def report_file(self, unit: str, period: str) -> ReportFile | None:
        """The unit's report file for the period as read, also if it is a draft or has errors."""
        return self._files.get((unit, period))

    def errors_in(self, path: Path) -> int:
        return count_errors(self.findings.get(path, []))

    def submissions(self) -> list[Submission]:
        """What each unit has submitted; two files for the same report both count as wrong."""
        return list(self._filed.values())

    def submission(self, unit: str, period: str) -> Submission | None:
        return self._filed.get((unit, period))

    @cached_property
    def history(self) -> History:
        """What earlier years' figures are known."""
        return comparable(self.plan, self.workspace.past_years)

    def computed(self, unit: str, period: str) -> Mapping[str, Figure]:
        """The figures that registers give the unit's report for the period, by indicator."""
        return self._computed.get((unit, period), {})

    @cached_property
    def _computed(self) -> Mapping[tuple[str, str], Mapping[str, Figure]]:
        # That of the year, in which nothing has passed on to other units yet.
        plan = with_groups(self.workspace.plan.plan or self.plan)
        return computed_figures.of_registers(plan, self.workspace.registers)

    @cached_property
    def _files(self) -> dict[tuple[str | None, str | None], ReportFile]:
        """Report files by unit and period; if there are two, the first."""
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
        """The office reports by period, if they can be read."""
        return {
            file.period: file.office
            for file in self.workspace.offices
            if file.office and file.period
        }

    def issued_reports(self) -> dict[str, IssuedReport]:
        """What the issued reports said by period, if that was recorded and has no errors."""
        return {
            file.period: file.record
            for file in self.workspace.issued
            if file.record and file.period and not self.errors_in(file.path)
        }

    def statuses(self, on: date | None = None) -> list[PeriodStatus]:
        """The status of every period on a day, by default on `as_of`."""
        return status.assess(self.plan, self.submissions(), self.offices(), on or self.as_of)

    def taken_over(self, unit: str, period: str) -> list[Predecessor]:
        """The units that this one took over from by the period's last day."""
        if period not in self._predecessors:
            self._predecessors[period] = self.status(period).predecessors
        return [
            gone for gone in self._predecessors[period] if unit in [heir.id for heir in gone.heirs]
        ]

    @cached_property
    def _predecessors(self) -> dict[str, list[Predecessor]]:
        """By period, as far as they have been asked for."""
        return {}

    def status(self, period: str, on: date | None = None) -> PeriodStatus:
        """The status of one period on a day."""
        return status.assess_period(
            self.plan, period, self.submissions(), self.offices(), on or self.as_of
        )


def of_period(checked: CheckedWorkspace, period: str) -> CheckedWorkspace:
    """The workspace with the plan as it holds for one period; what commands begin with.

    Raises Failure if the plan has no such period, or has given it up.
    """
    plan = checked.plan
    given = plan.periods[known_period(plan, period)]
    if given.until and deadlines.is_dropped(given, deadlines.work_calendar(plan)):
        by = f" theo Kế hoạch số {given.amended_by}" if given.amended_by else ""
        raise Failure(
            f"kỳ báo cáo “{period}” đã bỏ sau ngày {vietnamese.short_day(given.until)}{by} nên "
            "không còn phải báo cáo",
            f"các kỳ báo cáo: {', '.join(status.period_ids(plan))}",
        )
    return replace(checked, plan=plan_of_period(plan, period))


def refuse_not_now(checked: CheckedWorkspace, period: str, wanted: str) -> None:
    """Raises Failure for the id of a task or indicator that the plan has, but not in this period.

    `checked`: with the plan of the year.
    """
    plan, of_it = checked.plan, plan_of_period(checked.plan, period)
    here = {task.id for _, task in tasks(of_it)} | {each.id for each in of_it.indicators}
    days = {str(task.id): span_of_task(task) for _, task in tasks(plan)} | spans(plan)
    if wanted in days and wanted not in here:
        raise Failure(
            f"“{wanted}” {why_not_there(days[wanted])}, không có trong kỳ “{period}”",
            "chọn kỳ khác, hoặc sửa from, until trong plan.yaml",
        )


def refuse_other_year(plan: Plan, year: str | None, what: str) -> None:
    """Raises Failure if a Word file, described by `what`, is of another year than the plan."""
    if year != str(plan.year):
        raise Failure(
            f"{what} của năm {year}, kế hoạch ở đây của năm {plan.year}",
            "nhập ở thư mục kế hoạch của năm đó: danvan -C THƯ_MỤC import TỆP",
        )


def known_period(plan: Plan, period: str) -> str:
    """The period's id; raises Failure if the plan has no such period."""
    if period not in plan.periods:
        raise Failure(
            f"kế hoạch không có kỳ báo cáo “{period}”",
            did_you_mean(period, plan.periods) or f"các kỳ báo cáo: {', '.join(plan.periods)}",
        )
    return period


def known_unit(plan: Plan, unit: str) -> str:
    """The unit's id; raises Failure if the plan has no such unit."""
    ids = [known.id for known in plan.units]
    if unit not in ids:
        raise Failure(
            f"kế hoạch không có đơn vị “{unit}”",
            did_you_mean(unit, ids) or f"các đơn vị: {', '.join(ids)}",
        )
    return unit


def reporter(checked: CheckedWorkspace, unit: str, period: str) -> Unit:
    """The unit; raises Failure if it does not report for the period, or is not there by then."""
    if not checked.plan.periods[period].is_for(unit):
        raise Failure(
            f"{units_by_id(checked.plan)[unit].name} không phải báo cáo kỳ “{period}”",
            "kỳ này chỉ của các đơn vị ghi ở units của kỳ trong plan.yaml",
        )
    if unit not in [expected.id for expected in status.expected_units(checked.plan, period)]:
        raise Failure(
            f"{units_by_id(checked.plan)[unit].name} không hoạt động tại thời hạn của kỳ “{period}”"
            " nên không phải báo cáo",
            instead(checked.plan, unit, period) or "xem from, until của đơn vị trong plan.yaml",
        )
    return units_by_id(checked.plan)[unit]


def earlier_periods(plan: Plan, period: str) -> list[str]:
    """The periods that this one continues, in their order, or else the one before."""
    periods = status.period_ids(plan)
    before = periods[: periods.index(period)]
    return [name for name, _ in continued.in_order(plan, period)] or before[-1:]


def earlier_reports(checked: CheckedWorkspace, unit: str, period: str) -> dict[str, UnitReport]:
    """The unit's valid reports for the periods that this one continues, or for the one before."""
    reports = {
        name: _valid_report(checked, name, unit) for name in earlier_periods(checked.plan, period)
    }
    return {name: report for name, report in reports.items() if report}


def split_from(checked: CheckedWorkspace, unit: Unit, period: str) -> list[Predecessor]:
    """The unit that this one was split off from, with what it reported before; see the model."""
    earlier, counted = earlier_periods(checked.plan, period), partial(_valid_report, checked)
    return predecessors.split_from(checked.plan, period, unit, earlier, counted)


def _valid_report(checked: CheckedWorkspace, period: str, unit: str) -> UnitReport | None:
    submission = checked.submission(unit, period)
    return submission.report if submission and not submission.errors else None


def original_file(checked: CheckedWorkspace, path: Path, file: Reading | None) -> Original:
    """A file of the workspace, read again in order to change it.

    `file`: the file as it was read with the workspace, None if it did not exist. Raises Failure if
    somebody has saved it since.
    """
    old = replacing.read(path, checked.workspace.root)
    known = file.text if file else None
    text = None if old.content is None else yaml_reading.read(old.content).text
    if text != known:
        raise replacing.changed_meanwhile(path)
    return old
