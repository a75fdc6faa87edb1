"""Reads from git when each report arrived and changed, by whom, and what does not match."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, TypedDict

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.files import yaml_reading
from danvan_cli.files.readings import Reading, ReportFile, Workspace
from danvan_cli.files.workspace import submission_dates
from danvan_cli.files.yaml_reading import Data, Unread
from danvan_cli.model.figure_kinds import marked
from danvan_cli.model.plan import Plan
from danvan_cli.model.values import NO, YES, Figure, figure_of
from danvan_cli.problems import DataPath
from danvan_cli.tracking import git
from danvan_cli.tracking.git import Commit, Repository, Version
from danvan_cli.tracking.status import PeriodStatus

BACKDATED_DAYS = 3
"""Days allowed between the date on a report and its first commit."""

MOST_COMPARED = 500
"""Versions of one file that are compared at most."""

Contents: TypeAlias = Callable[[str], Data]
"""Returns the content of a blob: a dict, or Unread if it could not be understood.

None if it cannot be read here, because the clone does not have it or it is too much to read.
"""


class FileHistory(Struct, frozen=True, kw_only=True):
    """The history of one file: its versions, the latest first.

    `last_blob`: its content in the last commit; `uncommitted`: its content is now different. No
    versions and not `uncommitted`: git knows nothing about it.
    """

    file: Reading
    versions: list[Version]
    uncommitted: bool
    last_blob: str | None

    @property
    def commits(self) -> list[Commit]:
        """The commits that added or changed it, the latest first."""
        return [
            version.commit for version in self.versions if version.own and not version.commit.cut
        ]

    @property
    def older_than(self) -> Commit | None:
        """In a shallow clone: the first known commit, if the file already existed then."""
        return next((version.commit for version in self.versions if version.commit.cut), None)

    @property
    def first(self) -> Commit | None:
        """The commit that added it; None if there is none or a shallow clone does not have it."""
        return self.commits[-1] if self.commits and not self.older_than else None

    @property
    def last(self) -> Commit | None:
        return self.commits[0] if self.commits else None

    @property
    def authors(self) -> list[str]:
        """The authors of all commits, each once, the latest first."""
        return list(dict.fromkeys(commit.author for commit in self.commits))


class ReportHistory(FileHistory, frozen=True, kw_only=True):
    """The history of a unit's report."""

    period: str
    unit: str
    file: ReportFile

    @property
    def submitted(self) -> date | None:
        """The date in the report, if possible also of a file that cannot be understood."""
        report = self.file.report or submission_dates(self.file)
        return report.submitted if report else None


class Backdated(Struct, frozen=True, kw_only=True):
    """A report with a date more than BACKDATED_DAYS days before its first commit."""

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
        apart = f"sau {self.days} ngày"
        if self.first.written != self.first.day:
            apart += f"; người ghi đề ngày {vietnamese.short_day(self.first.written)}"
        return f"ghi gửi ngày {submitted} nhưng đến {first} mới có trong git ({apart})"


class FutureDated(Struct, frozen=True, kw_only=True):
    """A commit of a report with a date in the future."""

    period: str
    unit: str
    commit: Commit
    today: date

    @property
    def known_since(self) -> None:
        return None

    @property
    def in_words(self) -> str:
        day = vietnamese.short_day(max(self.commit.day, self.commit.written))
        return (
            f"lần ghi {self.commit.id[:7]} của {self.commit.author} đề ngày {day}, sau hôm nay "
            f"({vietnamese.short_day(self.today)}): đồng hồ máy đã ghi chạy sai, hoặc ngày bị đổi"
        )


class PastFigure(NamedTuple):
    """A unit's figure as a version of its report had it."""

    figure: Figure
    estimated: bool

    @property
    def in_words(self) -> str:
        if isinstance(self.figure, bool):
            return YES if self.figure else NO
        return marked(vietnamese.number(self.figure), estimated=self.estimated)


class FigureChange(Struct, frozen=True, kw_only=True):
    """A figure that was changed after the office issued its report.

    `before` and `after` are None if the figure was not given, `commit` if the change is not
    committed.
    """

    period: str
    unit: str
    indicator: str
    name: str
    before: PastFigure | None
    after: PastFigure | None
    issued: date
    commit: Commit | None

    @property
    def known_since(self) -> date | None:
        return self.commit.day if self.commit else None

    @property
    def in_words(self) -> str:
        if self.commit:
            written = ""
            if self.commit.written != self.commit.day:
                written = f", người ghi đề ngày {vietnamese.short_day(self.commit.written)}"
            when = f"ngày {vietnamese.short_day(self.commit.day)} ({self.commit.author}{written})"
        else:
            when = "(chưa ghi vào git)"
        issued = vietnamese.short_day(self.issued)
        before, after = (
            each.in_words if each else "để trống" for each in (self.before, self.after)
        )
        return (
            f"{self.name}: đổi từ {before} thành {after} {when}, "
            f"sau khi báo cáo tổng hợp ban hành ngày {issued}"
        )


class NotCompared(Struct, frozen=True, kw_only=True):
    """Versions after the issue of the office's report whose figures could not be compared."""

    period: str
    unit: str
    versions: int
    issued: date

    @property
    def known_since(self) -> None:
        return None

    @property
    def in_words(self) -> str:
        return (
            f"{vietnamese.number(self.versions)} lần ghi sau khi báo cáo tổng hợp ban hành ngày "
            f"{vietnamese.short_day(self.issued)} chưa được so số liệu: quá nhiều, hoặc bản sao "
            "này của kho không có đủ nội dung"
        )


GitWarning: TypeAlias = Backdated | FutureDated | FigureChange | NotCompared


class PeriodGitWarnings(Struct, frozen=True, kw_only=True, dict=True):
    """The git warnings about one period's reports, by unit; `sent`: the number of sent reports."""

    by_unit: Mapping[str, list[GitWarning]] = {}
    sent: int = 0

    def of(self, unit: str) -> list[GitWarning]:
        return self.by_unit.get(unit, [])

    def only_for_unit(self, unit: str) -> list[GitWarning]:
        """The warnings about one report that `for_all_units` does not already give."""
        return [
            warning
            for warning in self.of(unit)
            if not (self._all_backdated and _is_backdated(warning))
        ]

    @property
    def for_all_units(self) -> str | None:
        """One warning for all reports, such as for a folder that was put under git later."""
        if not self._all_backdated:
            return None
        return (
            f"cả {self.sent} báo cáo đã gửi đều ghi vào git muộn hơn ngày gửi quá {BACKDATED_DAYS} "
            "ngày"
        )

    @cached_property
    def _all_backdated(self) -> bool:
        return self.sent > 1 and self.sent == sum(
            any(map(_is_backdated, own)) for own in self.by_unit.values()
        )


def _is_backdated(warning: GitWarning) -> bool:
    return isinstance(warning, Backdated)


class History(Struct, frozen=True, kw_only=True):
    """The histories of all reports of a workspace, and the warnings by period and unit.

    `shallow`: the clone has only the last part of the history. `problem`: why git knows nothing,
    in Vietnamese.
    """

    reports: list[ReportHistory]
    git_warnings: Mapping[tuple[str, str], list[GitWarning]]
    shallow: bool
    problem: str | None

    def git_warnings_of(
        self, period: str, unit: str, as_of: date | None = None
    ) -> list[GitWarning]:
        """The warnings about one report, as known on a day if `as_of` is given."""
        return [
            warning
            for warning in self.git_warnings.get((period, unit), [])
            if as_of is None or warning.known_since is None or warning.known_since <= as_of
        ]

    def period_git_warnings(self, status: PeriodStatus, as_of: date) -> PeriodGitWarnings:
        """The warnings about the reports of a period that have been sent."""
        sent = [
            unit_status
            for unit_status in status.units
            if unit_status.state not in ("pending", "overdue")
        ]
        found = {
            unit_status.unit.id: self.git_warnings_of(status.id, unit_status.unit.id, as_of)
            for unit_status in sent
        }
        return PeriodGitWarnings(by_unit=found, sent=len(sent))


def read(workspace: Workspace, plan: Plan, today: date) -> History:
    """Reads all histories; runs git seven times at most, for any number of reports and commits."""
    repository = git.read(workspace.root)
    reports = histories(workspace, repository)
    with contents(repository) as held:
        changes = list(figure_changes(plan, reports, issue_days(workspace), held))
    git_warnings: dict[tuple[str, str], list[GitWarning]] = {}
    for warning in (*future_dated(reports, today), *backdated(reports), *changes):
        git_warnings.setdefault((warning.period, warning.unit), []).append(warning)
    return History(
        reports=reports,
        git_warnings=git_warnings,
        shallow=repository.shallow,
        problem=repository.problem,
    )


def histories(workspace: Workspace, repository: Repository) -> list[ReportHistory]:
    """The history of each report, in the order of the files; without versions if git fails."""
    return [
        ReportHistory(
            period=file.period,
            unit=file.unit,
            file=file,
            **_git_facts(workspace.root, repository, file.path),
        )
        for file in workspace.reports
        if file.period is not None and file.unit is not None
    ]


def of_file(workspace: Workspace, repository: Repository, file: Reading) -> FileHistory:
    """The history of any file below `reports/`, such as the office report."""
    return FileHistory(file=file, **_git_facts(workspace.root, repository, file.path))


class _GitFacts(TypedDict):
    versions: list[Version]
    uncommitted: bool
    last_blob: str | None


def _git_facts(root: Path, repository: Repository, path: Path) -> _GitFacts:
    name = vietnamese.nfc(path.relative_to(root).as_posix())
    return {
        "versions": repository.versions.get(name, []),
        "uncommitted": not repository.problem and name not in repository.unchanged,
        "last_blob": repository.last.get(name),
    }


def issue_days(workspace: Workspace) -> dict[str, date]:
    """The day on which the office issued its report, by period."""
    return {
        file.period: file.office.issued
        for file in workspace.offices
        if file.period and file.office and file.office.issued
    }


@contextmanager
def contents(repository: Repository) -> Iterator[Contents]:
    """A reader of the data in versions; it raises Failure if git cannot read its objects."""
    with git.blobs(repository) as read_blob:

        @lru_cache(maxsize=_REMEMBERED)
        def read(blob: str) -> Data:
            content = read_blob(blob)
            if content is None:
                return None
            data = yaml_reading.read(content).data
            return data if isinstance(data, dict) else Unread()

        yield read


_REMEMBERED = 64
"""Versions kept in memory; the versions of one file are read one after another."""


def future_dated(reports: Iterable[ReportHistory], today: date) -> Iterator[FutureDated]:
    for report in reports:
        for commit in report.commits:
            if max(commit.day, commit.written) > today:
                yield FutureDated(
                    period=report.period, unit=report.unit, commit=commit, today=today
                )


def backdated(reports: Iterable[ReportHistory]) -> Iterator[Backdated]:
    for report in reports:
        submitted = report.submitted
        if submitted and report.first and (report.first.day - submitted).days > BACKDATED_DAYS:
            yield Backdated(
                period=report.period, unit=report.unit, submitted=submitted, first=report.first
            )


def figure_changes(
    plan: Plan, reports: Iterable[ReportHistory], issued: Mapping[str, date], contents: Contents
) -> Iterator[FigureChange | NotCompared]:
    """Every change of a figure after the day of issue.

    Each version is compared with its own parents, so that changes of another branch do not count
    for it. A report that arrived only after the issue has changed nothing.
    """
    names = {indicator.id: indicator.name for indicator in plan.indicators}
    for report in reports:
        day = issued.get(report.period)
        if day is None or all(version.commit.day > day for version in report.versions):
            continue
        changes, missed = _changes_since(report, day, contents)
        for commit, indicator, before, after in changes:
            yield FigureChange(
                period=report.period,
                unit=report.unit,
                indicator=indicator,
                name=names.get(indicator, indicator),
                before=before,
                after=after,
                issued=day,
                commit=commit,
            )
        if missed:
            yield NotCompared(period=report.period, unit=report.unit, versions=missed, issued=day)


_Figures: TypeAlias = dict[str, PastFigure]
_Change: TypeAlias = tuple[Commit | None, str, PastFigure | None, PastFigure | None]
"""The commit, the indicator, and its figure before and after."""


def _changes_since(
    report: ReportHistory, issued: date, contents: Contents
) -> tuple[list[_Change], int]:
    """The changes since the issue, oldest first, and the number of versions not compared."""
    later = [place for place, version in enumerate(report.versions) if version.commit.day > issued]
    by_version = [
        changes
        for place in later[:MOST_COMPARED]
        if (changes := _version_changes(report, place, contents)) is not None
    ]
    changes = [change for found in reversed(by_version) for change in found]
    changes += _uncommitted_changes(report, contents)
    if later:
        changes += _unexplained_changes(report, issued, contents, {change[1] for change in changes})
    return changes, len(later) - len(by_version)


def _version_changes(report: ReportHistory, place: int, contents: Contents) -> list[_Change] | None:
    """The changes of one version; None if it or a parent's version cannot be read here."""
    version = report.versions[place]
    if any(contents(blob) is None for blob in (version.blob, *version.before) if blob):
        return None
    before = [_figures_then(report, blob, place, contents) for blob in version.before]
    after = _figures(contents(version.blob)) if version.blob else None
    return list(_differences(version.commit, before, after))


def _uncommitted_changes(report: ReportHistory, contents: Contents) -> list[_Change]:
    if not report.uncommitted:
        return []
    before = _figures_then(report, report.last_blob, -1, contents)
    return list(_differences(None, [before], _figures(_current(report))))


def _unexplained_changes(
    report: ReportHistory, issued: date, contents: Contents, mentioned: Container[str]
) -> Iterator[_Change]:
    """Figures that differ from the day of issue although no version changed them.

    This happens if a branch that created the file again is merged over the old file.
    """
    place, version = next(
        (place, version)
        for place, version in enumerate(report.versions)
        if version.commit.day <= issued
    )
    before = _figures_then(report, version.blob, place, contents)
    for _, indicator, *figures in _differences(None, [before], _figures(_current(report))):
        if indicator not in mentioned:
            found = origin(report, ("indicators", indicator), contents)
            if found.state == "committed" and found.commit and found.commit.day > issued:
                yield found.commit, indicator, figures[0], figures[1]


def _differences(
    commit: Commit | None, before: Iterable[_Figures | None], after: _Figures | None
) -> Iterator[_Change]:
    """The figures that differ from those in every parent."""
    parents = [figures for figures in before if figures is not None]
    if not parents or after is None:
        return
    for indicator in dict.fromkeys([name for figures in (*parents, after) for name in figures]):
        value = after.get(indicator)
        if all(figures.get(indicator) != value for figures in parents):
            yield commit, indicator, parents[0].get(indicator), value


def _figures_then(
    report: ReportHistory, blob: str | None, place: int, contents: Contents
) -> _Figures | None:
    """The figures in a blob that the version at `place` changed.

    If the file was deleted or invalid then: the figures of the version before.
    """
    for _ in range(MOST_COMPARED):
        held = contents(blob) if blob else Unread()
        figures = _figures(held)
        if figures is not None or held is None:
            return figures
        place = next(
            (
                older
                for older in range(place + 1, len(report.versions))
                if report.versions[older].blob == blob
            ),
            len(report.versions),
        )
        if place == len(report.versions):
            return None
        blob = report.versions[place].before[0]
    return None


def _figures(data: Data) -> _Figures | None:
    """A report's figures; None if they cannot be understood."""
    if not isinstance(data, dict):
        return None
    figures = data.get("indicators") or {}
    if not isinstance(figures, dict):
        return None
    read = {indicator: _figure_of(value) for indicator, value in figures.items()}
    return {indicator: figure for indicator, figure in read.items() if figure is not None}


def _figure_of(data: Data) -> PastFigure | None:
    """The figure that a file had then; None for what is none."""
    group = data if isinstance(data, dict) else {"figure": data}
    typed = group.get("figure")
    if not isinstance(typed, int | str):
        return None
    try:
        return PastFigure(figure_of(typed), group.get("estimated") is True)
    except ValueError:
        return None


OriginState = Literal["committed", "uncommitted", "older", "unknown"]


class Origin(Struct, frozen=True):
    """Where a value comes from.

    `commit`: the commit that set it; if the state is `older`, the oldest known commit, which
    already had it; None if the value is not committed or git knows nothing.
    """

    state: OriginState
    commit: Commit | None = None


def origin(file_history: FileHistory, path: DataPath, contents: Contents) -> Origin:
    """The commit that set the value at this path of a report to what it is now.

    Values are compared, not lines, so reformatting, renaming or sorting a file does not hide who
    set a figure. For text that two branches changed, it may be the merge.
    """
    if not file_history.versions and not file_history.uncommitted:
        return Origin("unknown")
    now = _value_at(_current(file_history), path)
    if file_history.uncommitted:
        held = contents(file_history.last_blob) if file_history.last_blob else Unread()
        if held is None:
            return Origin("unknown")
        if _value_at(held, path) != now:
            return Origin("uncommitted")
    return _find_commit(file_history, path, now, contents)


def _find_commit(
    file_history: FileHistory, path: DataPath, now: Data, contents: Contents
) -> Origin:
    """Goes back from the last commit as long as a parent has the same value."""
    blob = file_history.last_blob
    commit: Commit | None = None
    compared = 0
    for version in file_history.versions:
        if version.blob != blob or compared == MOST_COMPARED:
            continue
        compared += 1
        commit = version.commit
        held = {parent: contents(parent) for parent in version.before if parent}
        same = [parent for parent, data in held.items() if _value_at(data, path) == now]
        if same:
            blob = same[0]
        elif commit.cut or None in held.values():
            break
        else:
            return Origin("committed", commit)
    return Origin("older", commit) if commit else Origin("unknown")


def _current(file_history: FileHistory) -> Data:
    return yaml_reading.read(file_history.file.text.encode()).data


def _value_at(data: Data, path: DataPath) -> Data:
    """The value at a path; None if there is none."""
    for step in path:
        if not isinstance(data, dict) or not isinstance(step, str):
            return None
        data = data.get(step)
    return data
