"""Makes the coordinator's working paper: the status, figures and texts of every unit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.outline import places_in_order
from danvan_cli.model.plan import (
    Indicator,
    Organization,
    Plan,
    Section,
    Task,
    is_assigned,
    units_by_id,
)
from danvan_cli.model.plan_of_period import EndedTask, is_owed
from danvan_cli.model.unit_report import (
    AWARD_KIND_NAMES,
    LIST_TITLES,
    MODEL_STATUS_NAMES,
    TASK_STATUS_NAMES,
    Award,
    Proposal,
    TaskResult,
    TaskStatus,
    UnitReport,
)
from danvan_cli.report.carried import periods_in_words
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal, Reported, unwritten
from danvan_cli.report.doubts import UnitDoubt, other_notes
from danvan_cli.report.figures import coverage_notes, not_covered
from danvan_cli.report.merging import paragraphs_of
from danvan_cli.report.near_equal import NearEqual, near_equal
from danvan_cli.report.promises import Promise
from danvan_cli.report.proposals import is_own
from danvan_cli.report.quality import ReportQuality
from danvan_cli.tracking.history import PeriodGitWarnings
from danvan_cli.tracking.report_errors import ReportError
from danvan_cli.tracking.status import PeriodStatus, UnitState, UnitStatus
from danvan_cli.tracking.tasks import TaskProgress

T = TypeVar("T")

_STATES: tuple[tuple[tuple[UnitState, ...], str], ...] = (
    (("overdue", "pending"), "Chưa gửi"),
    (("late",), "Gửi muộn"),
    (("returned",), "Đã trả lại"),
    (("invalid",), "Có lỗi"),
)
_COLUMNS = 12
"""Columns of figures that are readable on a landscape A4 page; Word allows 63."""

STATUS_MARKS: dict[TaskStatus, str] = {
    "done": "HT",
    "ongoing": "TX",
    "in_progress": "ĐT",
    "not_started": "CT",
    "none_arisen": "KPS",
    "not_applicable": "KTN",
}
NO_GIT_WARNINGS = PeriodGitWarnings()
NOT_REPORTED = "–"
NOT_ASSIGNED = "×"
NOT_OWED = "KT"
"""Of a task that has ended and that an earlier period asked for."""


class UnitRow(Struct, frozen=True):
    """One unit's report: `state` in words, the days of sending and arrival, and a remark."""

    number: int
    name: str
    state: str
    submitted: date | None
    arrived: date | None
    remark: str


class Matrix(Struct, frozen=True):
    """A table of units, with as many columns as fit a page; `rows`: unit and cells."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]
    totals: list[str]
    rates: list[str]
    targets: list[str] = []
    of_targets: list[str] = []


class OverdueTask(Struct, frozen=True):
    """An overdue deliverable, and the short names of the units that have not finished it."""

    task: str
    last_day: date
    units: list[str]


class Entry(Struct, frozen=True):
    """The text of one unit, as paragraphs or as list items."""

    unit: str
    status: str | None = None
    paragraphs: list[str] = []
    evidence: list[str] = []
    items: list[str] = []


class Topic(Struct, frozen=True):
    """A task or a heading, and the texts of the units about it."""

    title: str
    entries: list[Entry]


class TopicGroup(Struct, frozen=True):
    title: str
    topics: list[Topic]


class WorkingPaper(Struct, frozen=True, kw_only=True):
    organization: Organization
    coordinator: str
    period_name: str
    subject: str
    as_of: date
    units: list[UnitRow]
    errors: list[tuple[str, ReportError]]
    """The errors in the reports, each with the unit's name."""
    quality: list[ReportQuality]
    by_state: list[str]
    """Which units are missing, late, returned or have errors, a line each."""
    decisions: list[str]
    """What somebody has to decide before the report goes up, and where in the paper it stands."""
    git_warning_for_all: str | None
    """A warning that applies to every report that was sent."""
    counts: dict[str, int]
    overdue: list[OverdueTask]
    status_legend: str
    tasks: list[Matrix]
    indicators: list[Matrix]
    figure_notes: list[str]
    """Which units' figures are missing, and which rates are not printed for what reason."""
    groups: list[TopicGroup]
    proposed: list[str]
    """How many models there are by status, and awards by form."""
    without_addressee: int
    """How many proposals in the report name no body that has to answer them."""
    editing: list[TopicGroup]
    """What an editor should look at, in the passages that the office has not written."""
    left_out: list[str]
    """Tasks and lists with points that are not printed, and how many."""
    without_prose: list[str]
    """Titles of the passages that only consist of merged points of the units."""
    empty: list[str]
    """Titles of the passages for which nobody has written anything."""


def working_paper(
    plan: Plan,
    status: PeriodStatus,
    report: CombinedReport,
    as_of: date,
    git_warnings: PeriodGitWarnings = NO_GIT_WARNINGS,
    progress: Sequence[TaskProgress] = (),
    voices: Sequence[tuple[str, str]] = (),
    figure_problems: Sequence[str] = (),
    promised: Sequence[Promise] = (),
    errors: Mapping[str, Sequence[ReportError]] = MappingProxyType({}),
    quality: Sequence[ReportQuality] = (),
    doubts: Sequence[UnitDoubt] = (),
    filled_in: Sequence[str] = (),
) -> WorkingPaper:
    """The working paper for a combined report of the same day.

    `progress`: the progress of the plan's tasks by the reports up to this period. `voices`: where
    a unit's own voice is heard in what is printed, place and reason. `figure_problems`: what of
    the figures, and of words about them, is to be looked at. `promised`: what the report of the
    period before promised and asked for. `errors`: those in each unit's report, by the unit's id.
    `quality`: how well each unit reported. `doubts`: the doubtful figures of the units.
    `filled_in`: the figures that only a register gave.
    """
    counted = [
        (unit_status, unit_status.report) for unit_status in status.units if unit_status.report
    ]
    order = places_in_order(plan, status.period)
    return WorkingPaper(
        organization=plan.organization,
        coordinator=next(unit.name for unit in plan.units if unit.id == plan.coordinator),
        period_name=status.period.name,
        subject=status.period.subject,
        as_of=as_of,
        units=[
            _unit_row(number, unit_status, git_warnings)
            for number, unit_status in enumerate(status.units, 1)
        ],
        errors=[
            (unit_status.unit.name, error)
            for unit_status in status.units
            for error in errors.get(unit_status.unit.id, ())
        ],
        quality=list(quality),
        by_state=list(_by_state(status)),
        decisions=list(_decisions(report, voices, figure_problems, doubts)),
        git_warning_for_all=git_warnings.for_all_units,
        counts=_counts(status),
        overdue=[
            OverdueTask(
                str(task_progress.task.id),
                task_progress.due.last_day,
                [unit.short_name for unit in task_progress.owing],
            )
            for task_progress in progress
            if task_progress.due and task_progress.overdue
        ],
        status_legend="; ".join(
            f"{mark}: {TASK_STATUS_NAMES[status]}" for status, mark in STATUS_MARKS.items()
        )
        + f"; {NOT_REPORTED}: không báo cáo; {NOT_ASSIGNED}: không giao cho đơn vị"
        + (f"; {NOT_OWED}: đã kết thúc, không phải báo cáo" if _has_ended_tasks(plan) else ""),
        tasks=list(_task_matrices(plan, status.units)),
        indicators=list(_indicator_matrices(plan, report.indicators, status)),
        figure_notes=[
            *report.carried,
            *coverage_notes(report.indicators, units_by_id(plan)),
            *filled_in,
            *figure_problems,
            *(found.in_words for found in doubts),
            *other_notes(plan, [(each.unit, given) for each, given in counted], doubts),
        ],
        groups=[
            *_section_groups(plan, counted, order),
            _list_group(counted, report, order),
            _group_to_the_office(report),
            _group_of_own_awards(report),
            _group_of_promises(promised),
        ],
        editing=list(_editing(report, voices)),
        left_out=[
            f"{passage.name_of(group)} ({len(group.left_out)} ý)"
            for passage in report.passages
            for group in passage.groups
            if group.needs_choice
        ],
        proposed=list(_proposed(report)),
        without_prose=[passage.title for passage in unwritten(report.parts) if passage.points],
        without_addressee=sum(
            len(group.items) for group in report.proposals.by_addressee if group.addressee is None
        ),
        empty=[passage.title for passage in report.passages if passage.is_empty],
    )


def _unit_row(number: int, unit_status: UnitStatus, git_warnings: PeriodGitWarnings) -> UnitRow:
    notes = []
    if unit_status.returned_reason:
        notes.append(f"trả lại: {unit_status.returned_reason}")
    if unit_status.errors:
        notes.append(f"{unit_status.errors} lỗi")
    notes += [warning.in_words for warning in git_warnings.only_for_unit(unit_status.unit.id)]
    return UnitRow(
        number,
        unit_status.unit.name,
        unit_status.in_words,
        unit_status.submitted,
        unit_status.arrived,
        "; ".join(notes),
    )


def _by_state(status: PeriodStatus) -> Iterator[str]:
    """'Gửi muộn: Phòng Kinh tế (muộn 2 ngày).'"""
    for states, words in _STATES:
        names = [
            f"{unit.unit.name} ({unit.in_words})" for unit in status.units if unit.state in states
        ]
        if names:
            yield f"{words}: {'; '.join(names)}."


def _decisions(
    report: CombinedReport,
    voices: Sequence[tuple[str, str]],
    figure_problems: Sequence[str],
    doubts: Sequence[UnitDoubt],
) -> Iterator[str]:
    """'Kiến nghị của đơn vị đối với cơ quan: 2, xem phần IV': only what there is."""
    counts = (
        ("Chỉ tiêu chưa có số liệu của đủ các đơn vị", len(not_covered(report.indicators)), "III"),
        ("Chỗ số liệu và nội dung mâu thuẫn", len(figure_problems), "III"),
        (
            "Số liệu khác thường, đơn vị chưa giải trình",
            sum(not each.note for each in doubts),
            "III",
        ),
        ("Kiến nghị của đơn vị đối với cơ quan, cần trả lời", len(report.to_the_office), "IV"),
        ("Đề xuất khen thưởng thuộc thẩm quyền của cơ quan", len(report.own_awards), "IV"),
        ("Câu theo giọng của đơn vị, cần viết lại", len(voices), "V"),
        ("Nhóm câu gần giống nhau, nên viết thành một câu", len(near_equal(report)), "V"),
    )
    for what, count, part in counts:
        if count:
            yield f"{what}: {vietnamese.number_in_text(count)}, xem phần {part}"


def _counts(status: PeriodStatus) -> dict[str, int]:
    return {
        "total": len(status.units),
        "included": sum(unit_status.report is not None for unit_status in status.units),
        "on_time": status.count("on_time"),
        "late": status.count("late"),
        "invalid": status.count("invalid"),
        "returned": status.count("returned"),
        "missing": status.count("pending") + status.count("overdue"),
    }


def _task_matrices(plan: Plan, units: list[UnitStatus]) -> Iterator[Matrix]:
    """The status of the tasks; also units without a valid report have a row."""
    tasks = [task for section in plan.sections for task in section.tasks]
    for chunk in _chunks(tasks):
        rows = [
            (unit_status.unit.short_name, [_mark(unit_status, task) for task in chunk])
            for unit_status in units
        ]
        yield Matrix([task.id for task in chunk], rows, [], [])


def _mark(unit_status: UnitStatus, task: Task) -> str:
    if not is_assigned(task, unit_status.unit.id):
        return NOT_ASSIGNED
    result = unit_status.report.results.get(task.id) if unit_status.report else None
    if result:
        return STATUS_MARKS[result.status]
    return NOT_REPORTED if is_owed(task, unit_status.unit.id) else NOT_OWED


def _has_ended_tasks(plan: Plan) -> bool:
    return any(isinstance(task, EndedTask) for section in plan.sections for task in section.tasks)


def _indicator_matrices(
    plan: Plan, totals: list[IndicatorTotal], status: PeriodStatus
) -> Iterator[Matrix]:
    """The figures of each unit, and the last ones of those that are gone and are added."""
    for chunk in _chunks(totals):
        given = [(total.indicator, total.unit_texts_with_shares) for total in chunk]
        rows = [
            (unit_status.unit.short_name, [_unit_figure(unit_status, *column) for column in given])
            for unit_status in status.units
        ]
        rows += [
            (
                f"{before.unit.short_name} ({periods_in_words(plan, before)})",
                [_carried(total, before.unit.id) for total in chunk],
            )
            for before in status.added
            if before.reports
        ]
        yield Matrix(
            [f"{total.indicator.name} ({total.indicator.measure})" for total in chunk],
            rows,
            [total.total_text or NOT_REPORTED for total in chunk],
            [total.rate or "" for total in chunk],
            [total.text_of(total.target) or "" for total in chunk],
            [total.of_target or "" for total in chunk],
        )


def _carried(total: IndicatorTotal, unit: str) -> str:
    return total.unit_texts.get(unit, NOT_REPORTED)


def _unit_figure(unit_status: UnitStatus, indicator: Indicator, given: dict[str, str]) -> str:
    unit = unit_status.unit.id
    missing = NOT_REPORTED if is_assigned(indicator, unit) else NOT_ASSIGNED
    return given.get(unit, missing)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Splits the columns into as few parts as possible, of about the same size."""
    parts = -(-len(items) // _COLUMNS)
    size = -(-len(items) // parts) if parts else 1
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _section_groups(
    plan: Plan, counted: list[tuple[UnitStatus, UnitReport]], order: Sequence[str]
) -> list[TopicGroup]:
    """Leadership and the sections in the order of the outline, last what it does not have."""
    leadership = [
        Entry(unit_status.unit.name, paragraphs=paragraphs_of(report.leadership))
        for unit_status, report in counted
        if report.leadership
    ]
    groups = [
        (("leadership",), TopicGroup("Công tác lãnh đạo, chỉ đạo", [Topic("", leadership)])),
        *(
            (
                (f"sections.{section.id}", *(f"tasks.{task.id}" for task in section.tasks)),
                _section_group(section, counted),
            )
            for section in plan.sections
        ),
    ]
    groups.sort(key=lambda group: _rank(order, *group[0]))
    return [group for _, group in groups]


def _rank(order: Sequence[str], *places: str) -> int:
    """The place of the first of these in the outline."""
    return min((order.index(place) for place in places if place in order), default=len(order))


def _section_group(section: Section, counted: list[tuple[UnitStatus, UnitReport]]) -> TopicGroup:
    topics = [
        Topic(
            f"{task.id}. {task.text}",
            [
                _result_entry(unit_status, result)
                for unit_status, report in counted
                if (result := report.results.get(task.id))
            ],
        )
        for task in section.tasks
    ]
    return TopicGroup(f"{section.id}. {section.title}", topics)


def _result_entry(unit_status: UnitStatus, result: TaskResult) -> Entry:
    return Entry(
        unit_status.unit.name,
        TASK_STATUS_NAMES[result.status],
        paragraphs_of(result.summary),
        result.evidence,
    )


def _list_group(
    counted: list[tuple[UnitStatus, UnitReport]], report: CombinedReport, order: Sequence[str]
) -> TopicGroup:
    topics = [
        Topic(
            title,
            [
                Entry(unit_status.unit.name, items=items)
                for unit_status, unit_report in counted
                if (items := _items(unit_report, name, report))
            ],
        )
        for name, title in sorted(LIST_TITLES.items(), key=lambda each: _rank(order, each[0]))
    ]
    return TopicGroup("Đánh giá, phương hướng, kiến nghị", topics)


def _items(unit_report: UnitReport, name: str, report: CombinedReport) -> list[str]:
    """The items of a list, without proposals that have a group of their own."""
    if name != "proposals":
        items: list[str] = getattr(unit_report, name)
        return items
    known = report.proposals.known
    return [_with_addressee(item) for item in unit_report.proposals if not is_own(item, known)]


def _group_to_the_office(report: CombinedReport) -> TopicGroup:
    """What units ask of the office itself, which never goes up, so that somebody answers it."""
    entries = [
        Entry(unit.name, items=[_with_addressee(reported.item) for reported in asked])
        for unit, asked in groupby(report.to_the_office, key=lambda reported: reported.unit)
    ]
    return TopicGroup("Kiến nghị đối với cơ quan", [Topic("", entries)])


def _with_addressee(item: str | Proposal) -> str:
    if isinstance(item, Proposal):
        return f"{vietnamese.bare(item.text)} (gửi {item.to})"
    return item


def _editing(report: CombinedReport, voices: Sequence[tuple[str, str]]) -> Iterator[TopicGroup]:
    if voices:
        entries = [Entry(place, paragraphs=[why]) for place, why in voices]
        yield TopicGroup("Câu theo giọng của đơn vị, cần viết lại", [Topic("", entries)])
    if alike := near_equal(report):
        topics = [_near_equal_topic(found) for found in alike]
        yield TopicGroup("Câu gần giống nhau, nên viết thành một câu", topics)


def _near_equal_topic(found: NearEqual) -> Topic:
    title = vietnamese.capitalized(found.passage.name_of(found.group))
    said = [
        Entry(", ".join(unit.short_name for unit in sentence.units), paragraphs=[sentence.text])
        for sentence in found.sentences
    ]
    return Topic(title, [*said, Entry("Đề nghị viết", paragraphs=[found.proposal])])


def _group_of_own_awards(report: CombinedReport) -> TopicGroup:
    """The awards that the office itself confers, which do not go up."""
    by_form: dict[str, list[Reported[Award]]] = {}
    for reported in report.own_awards:
        by_form.setdefault(reported.item.form, []).append(reported)
    topics = [
        Topic(form, [_award_entry(reported) for reported in awards])
        for form, awards in by_form.items()
    ]
    return TopicGroup("Đề xuất khen thưởng thuộc thẩm quyền của cơ quan", topics)


def _group_of_promises(promised: Sequence[Promise]) -> TopicGroup:
    """Each promise of the period before, and below it what the units say of it."""
    topics = [
        Topic(
            promise.text,
            [Entry(unit.name, paragraphs=[text]) for unit, text in promise.answers]
            or [Entry("Chưa thấy đơn vị nào báo cáo")],
        )
        for promise in promised
    ]
    return TopicGroup("Theo dõi kỳ trước (câu có thể liên quan, cần đọc lại)", topics)


def _award_entry(reported: Reported[Award]) -> Entry:
    award = reported.item
    name = ", ".join(filter(None, (award.name, award.position)))
    unit = reported.unit.name
    lead = name if unit in name else f"{name}, {unit}"
    return Entry(lead, AWARD_KIND_NAMES[award.kind], paragraphs_of(award.achievement))


def _proposed(report: CombinedReport) -> Iterator[str]:
    """'Mô hình: 13, gồm …'; awards that go up and that do not, each by form."""
    statuses = [reported.item.status for reported in report.models]
    by_status = Counter(
        name for status, name in MODEL_STATUS_NAMES.items() for _ in range(statuses.count(status))
    )
    counts = (
        ("Mô hình", by_status),
        ("Đề xuất khen thưởng đưa vào báo cáo", _by_form(report.awards)),
        ("Đề xuất khen thưởng thuộc thẩm quyền của cơ quan", _by_form(report.own_awards)),
    )
    for what, count in counts:
        if count:
            parts = ", ".join(
                f"{name} {vietnamese.number_in_text(number)}" for name, number in count.items()
            )
            yield f"{what}: {vietnamese.number_in_text(count.total())}, gồm {parts}."


def _by_form(awards: list[Reported[Award]]) -> Counter[str]:
    return Counter(
        f"{reported.item.form} {AWARD_KIND_NAMES[reported.item.kind]}" for reported in awards
    )
