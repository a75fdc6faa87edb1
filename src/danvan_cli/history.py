"""What git says of the reports: when each came and changed, by whom, and what does not fit."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeAlias, TypedDict

from msgspec import Struct

from danvan_cli import git, source, vietnamese
from danvan_cli.diagnostics import DataPath
from danvan_cli.git import Commit, Repository, Version
from danvan_cli.plan import Plan
from danvan_cli.source import Data
from danvan_cli.standing import PeriodStanding
from danvan_cli.workspace import Reading, ReportFile, Workspace, sending

BACKDATED_DAYS = 3
"""Days that may pass between the date on a report and its first commit."""

Contents: TypeAlias = Mapping[str, Data]
"""What versions hold, by blob."""


class FileHistory(Struct, frozen=True, kw_only=True):
    """One file: its versions, newest first, and whether it holds more than the newest.

    Without versions and not `uncommitted` either: git tells nothing.
    """

    file: Reading
    versions: list[Version]
    uncommitted: bool

    @property
    def commits(self) -> list[Commit]:
        """Those known to have brought or changed it, newest first."""
        return [each.commit for each in self.versions if not each.commit.cut]

    @property
    def older_than(self) -> Commit | None:
        """In a shallow clone, the commit with which it was already there."""
        return next((each.commit for each in self.versions if each.commit.cut), None)

    @property
    def first(self) -> Commit | None:
        """The commit that brought it; None where there is none, or a shallow clone hides it."""
        return self.commits[-1] if self.commits and not self.older_than else None

    @property
    def last(self) -> Commit | None:
        return self.commits[0] if self.commits else None

    @property
    def authors(self) -> list[str]:
        """Each once, the last one first."""
        return list(dict.fromkeys(commit.author for commit in self.commits))

    @property
    def blobs(self) -> list[str]:
        return [each.blob for each in self.versions if each.blob]


class ReportHistory(FileHistory, frozen=True, kw_only=True):
    """A unit's report."""

    period: str
    unit: str
    file: ReportFile

    @property
    def submitted(self) -> date | None:
        """The day on it; of a file that cannot be understood, too, where one can be made out."""
        report = self.file.report or sending(self.file)
        return report.submitted if report else None


class Backdated(Struct, frozen=True, kw_only=True):
    """A report dated more than BACKDATED_DAYS days before git first had it."""

    period: str
    unit: str
    submitted: date
    first: Commit

    @property
    def days(self) -> int:
        return (self.first.day - self.submitted).days

    @property
    def known_since(self) -> date:
        return self.first.day

    @property
    def in_words(self) -> str:
        submitted, first = (vietnamese.short_day(day) for day in (self.submitted, self.first.day))
        return f"ghi gửi ngày {submitted} nhưng đến {first} mới có trong git (sau {self.days} ngày)"


class FigureChange(Struct, frozen=True, kw_only=True):
    """A figure changed after the day on which the office issued its report.

    `before` and `after` are None where the figure was not given; `commit` where the change is
    not committed.
    """

    period: str
    unit: str
    indicator: str
    name: str
    before: int | None
    after: int | None
    issued: date
    commit: Commit | None

    @property
    def known_since(self) -> date | None:
        return self.commit.day if self.commit else None

    @property
    def in_words(self) -> str:
        if self.commit:
            when = f"ngày {vietnamese.short_day(self.commit.day)} ({self.commit.author})"
        else:
            when = "(chưa ghi vào git)"
        issued = vietnamese.short_day(self.issued)
        before, after = _figure(self.before), _figure(self.after)
        return (
            f"{self.name}: đổi từ {before} thành {after} {when}, "
            f"sau khi báo cáo tổng hợp ban hành ngày {issued}"
        )


Remark: TypeAlias = Backdated | FigureChange


class PeriodRemarks(Struct, frozen=True, kw_only=True):
    """What does not fit of one period's reports, by unit; `sent`: how many reports came."""

    by_unit: Mapping[str, list[Remark]] = {}
    sent: int = 0

    def on(self, unit: str) -> list[Remark]:
        return self.by_unit.get(unit, [])

    def apart_on(self, unit: str) -> list[Remark]:
        """Those on one report that are not told by `in_common`."""
        return [each for each in self.on(unit) if not (self._all_backdated and _is_backdated(each))]

    @property
    def in_common(self) -> str | None:
        """What is to be said once, such as of a folder that came under git after its reports."""
        if not self._all_backdated:
            return None
        return (
            f"cả {self.sent} báo cáo đã gửi đều vào git muộn hơn ngày gửi quá {BACKDATED_DAYS} ngày"
        )

    @property
    def _all_backdated(self) -> bool:
        return self.sent > 1 and self.sent == sum(
            any(map(_is_backdated, own)) for own in self.by_unit.values()
        )


def _is_backdated(remark: Remark) -> bool:
    return isinstance(remark, Backdated)


class History(Struct, frozen=True, kw_only=True):
    """All reports of a workspace; `shallow`: git knows only the last part of their history.

    `problem`, in Vietnamese: why it tells nothing.
    """

    reports: list[ReportHistory]
    remarks: list[Remark]
    shallow: bool
    problem: str | None

    def remarks_on(self, period: str, unit: str, as_of: date | None = None) -> list[Remark]:
        """What does not fit of one report; as it was known on a day, where one is given."""
        return [
            each
            for each in self.remarks
            if (each.period, each.unit) == (period, unit)
            and (as_of is None or each.known_since is None or each.known_since <= as_of)
        ]

    def remarks_of(self, standing: PeriodStanding, as_of: date) -> PeriodRemarks:
        """Those on the reports that have been sent."""
        sent = [each for each in standing.units if each.state not in ("pending", "overdue")]
        found = {each.unit.id: self.remarks_on(standing.id, each.unit.id, as_of) for each in sent}
        return PeriodRemarks(by_unit=found, sent=len(sent))


def read(workspace: Workspace, plan: Plan, repository: Repository | None = None) -> History:
    """Asks git four times at most, however many reports and commits there are.

    Once, where what `git.read` gives is already there.
    """
    repository = repository or git.read(workspace.root)
    reports = histories(workspace, repository)
    issued = issue_days(workspace)
    blobs = {blob for each in reports for blob in _blobs_since_issue(each, issued)}
    return History(
        reports=reports,
        remarks=[
            *backdated(reports),
            *figure_changes(plan, reports, issued, contents(repository, blobs)),
        ],
        shallow=repository.shallow,
        problem=repository.problem,
    )


def histories(workspace: Workspace, repository: Repository) -> list[ReportHistory]:
    """Each report's, in the order of the files; nothing but the files where git is silent."""
    return [
        ReportHistory(
            period=file.period,
            unit=file.unit,
            file=file,
            **_known(workspace.root, repository, file.path),
        )
        for file in workspace.reports
        if file.period is not None and file.unit is not None
    ]


def of_file(workspace: Workspace, repository: Repository, file: Reading) -> FileHistory:
    """That of any file of the workspace's reports, such as the office's own words."""
    return FileHistory(file=file, **_known(workspace.root, repository, file.path))


class _Known(TypedDict):
    versions: list[Version]
    uncommitted: bool


def _known(root: Path, repository: Repository, path: Path) -> _Known:
    name = vietnamese.nfc(path.relative_to(root).as_posix())
    versions = repository.versions.get(name, [])
    is_uncommitted = not versions or name in repository.uncommitted
    return {"versions": versions, "uncommitted": is_uncommitted and not repository.problem}


def issue_days(workspace: Workspace) -> dict[str, date]:
    """The day on which the office issued its report, by period."""
    return {
        file.period: file.office.issued
        for file in workspace.offices
        if file.period and file.office and file.office.issued
    }


def contents(repository: Repository, blobs: Iterable[str]) -> dict[str, Data]:
    """The data of versions; of one that could not be understood, Unread."""
    return {
        blob: source.read(content).data for blob, content in git.contents(repository, blobs).items()
    }


def backdated(reports: Iterable[ReportHistory]) -> Iterator[Backdated]:
    for each in reports:
        submitted = each.submitted
        if submitted and each.first and (each.first.day - submitted).days > BACKDATED_DAYS:
            yield Backdated(
                period=each.period, unit=each.unit, submitted=submitted, first=each.first
            )


def figure_changes(
    plan: Plan, reports: Iterable[ReportHistory], issued: Mapping[str, date], contents: Contents
) -> Iterator[FigureChange]:
    """Every change of a figure from the day after issue on, against what stood until then.

    A report that came only after issue has changed nothing.
    """
    names = {indicator.id: indicator.name for indicator in plan.indicators}
    for each in reports:
        day = issued.get(each.period)
        if day is None:
            continue
        steps = list(_figures_since_issue(each, day, contents))
        for (_, before), (commit, after) in pairwise(steps):
            for indicator in dict.fromkeys([*before, *after]):
                if before.get(indicator) != after.get(indicator):
                    yield FigureChange(
                        period=each.period,
                        unit=each.unit,
                        indicator=indicator,
                        name=names.get(indicator, indicator),
                        before=before.get(indicator),
                        after=after.get(indicator),
                        issued=day,
                        commit=commit,
                    )


def _figures_since_issue(
    each: ReportHistory, issued: date, contents: Contents
) -> Iterator[tuple[Commit | None, dict[str, int]]]:
    """Those that stood on the day of issue, then those of each later version, oldest first."""
    for version in reversed(_since_issue(each, issued)):
        figures = _figures(contents.get(version.blob)) if version.blob else None
        if figures is not None:
            yield version.commit, figures
    if each.uncommitted and each.versions:
        figures = _figures(_current(each))
        if figures is not None:
            yield None, figures


def _blobs_since_issue(each: ReportHistory, issued: Mapping[str, date]) -> Iterator[str]:
    if day := issued.get(each.period):
        since = _since_issue(each, day)
        if len(since) > 1 or each.uncommitted:
            yield from (version.blob for version in since if version.blob)


def _since_issue(each: ReportHistory, issued: date) -> list[Version]:
    """The version that stood when the day of issue ended, and all newer; none if none stood."""
    for place, version in enumerate(each.versions):
        if version.commit.day <= issued:
            return each.versions[: place + 1]
    return []


def _figures(data: Data) -> dict[str, int] | None:
    """A report's figures; None where it could not be understood."""
    if not isinstance(data, dict):
        return None
    figures = data.get("indicators") or {}
    if not isinstance(figures, dict):
        return None
    return {
        indicator: value
        for indicator, value in figures.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }


def _figure(value: int | None) -> str:
    return "để trống" if value is None else vietnamese.number(value)


OriginState = Literal["committed", "uncommitted", "older", "unknown"]


class Origin(Struct, frozen=True):
    """Where a value comes from.

    `commit` brought it; or, where the state is `older`, already had it when a shallow clone
    begins; it is None for a value that is not committed, and where git tells nothing.
    """

    state: OriginState
    commit: Commit | None = None


def origin(each: FileHistory, path: DataPath, contents: Contents) -> Origin:
    """Which commit gave the value at this path of a report what it is now.

    The values are compared, not the lines: a file that was tidied up, renamed or re-sorted does
    not hide who brought a figure. Of a value that came by a branch, it may be the merge.
    """
    if not each.versions and not each.uncommitted:
        return Origin("unknown")
    now = _at(_current(each), path)
    brought = None
    for version in each.versions:
        if version.blob is None or _at(contents.get(version.blob), path) != now:
            break
        brought = version.commit
    if brought is None:
        return Origin("uncommitted")
    return Origin("older" if brought.cut else "committed", brought)


def _current(each: FileHistory) -> Data:
    return source.read(each.file.text.encode()).data


def _at(data: Data, path: DataPath) -> Data:
    """The value at a path; None where there is none."""
    for step in path:
        if not isinstance(data, dict) or not isinstance(step, str):
            return None
        data = data.get(step)
    return data
