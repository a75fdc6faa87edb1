"""The types of `plan.yaml`: tasks, units, reporting periods and indicators of a year."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, field
from msgspec.structs import replace

from danvan_cli.model import letterhead, symbols
from danvan_cli.model.record import Record
from danvan_cli.model.registers import Computed, Register
from danvan_cli.model.values import Day, Figure, Id, Label, Text, TypedNumber, figure_of

T = TypeVar("T")


class Deadline(Record, frozen=True, kw_only=True):
    """Exactly one of two rules (P309): `before` D: the last day is D - 1; `by` D: it is D."""

    before: Day | None = None
    by: Day | None = None


class Milestone(Deadline, frozen=True, kw_only=True):
    """An internal step towards a report, such as giving the draft to the leaders."""

    name: Text


class Extension(Record, frozen=True, kw_only=True):
    """More time for some units to report for a period (gia hạn): `by` becomes their last day.

    `document`: number of the document that grants it; `granted`: the day on which it was granted.
    """

    units: Annotated[list[Id], Meta(min_length=1)]
    by: Day
    reason: Text
    document: str | None = None
    granted: Day | None = None

    def is_granted_on(self, day: date) -> bool:
        return self.granted is None or self.granted <= day


class DataWindow(Record, frozen=True, kw_only=True):
    """The days that the figures of a report cover (thời gian chốt số liệu)."""

    from_: Day = field(name="from")
    to: Day


class Organization(Record, frozen=True, kw_only=True):
    """The office. `letterhead`: the superior body, if any, then the issuing body, in capitals."""

    name: Text
    letterhead: Annotated[list[Text], Meta(min_length=1, max_length=4)]
    symbol: Text
    place: Text

    @property
    def superior(self) -> list[str]:
        """The lines above the issuing body's name."""
        return self.letterhead[: -len(letterhead.bodies(self.letterhead)[-1])]

    @property
    def issuer(self) -> str:
        """The issuing body's name, that of a UBND in two lines."""
        return "\n".join(letterhead.bodies(self.letterhead)[-1])

    @property
    def as_superior(self) -> str:
        """The office's name above those of its units, with its locality."""
        return letterhead.as_superior(self.name, self.letterhead)


class Signatory(Record, frozen=True, kw_only=True):
    """Who signs. `authority` may have two lines: TM. ỦY BAN NHÂN DÂN over KT. CHỦ TỊCH."""

    authority: str | None = None
    position: Text
    name: str | None = None


class Amendment(Record, frozen=True, kw_only=True):
    """A document that changed the plan (kế hoạch sửa đổi, bổ sung), as it is cited."""

    number: Text
    issued: Day
    subject: Text


class Task(Record, frozen=True, kw_only=True):
    """One task. `assigned` None: all units have it; `due`: it is a deliverable with a deadline.

    `heading`: a short name of it, above what the combined report says of it. `from` and `until`:
    its first and last day, if that is not the plan's; `amended_by`: the amendment's number.
    """

    id: Label
    text: Text
    heading: Text | None = None
    assigned: list[Id] | None = None
    lead: Id | None = None
    due: Deadline | None = None
    from_: Day | None = field(name="from", default=None)
    until: Day | None = None
    amended_by: Text | None = None

    @property
    def short_heading(self) -> str:
        """The heading, or else the text up to its first comma or semicolon, without a full stop."""
        if self.heading:
            return self.heading.strip()
        return re.split(r"[,;](?!\d)", " ".join(self.text.split()), maxsplit=1)[0].rstrip(" .:")


class Section(Record, frozen=True, kw_only=True):
    id: Label
    title: Text
    tasks: list[Task]


class OutlinePart(Record, frozen=True, kw_only=True):
    """A part of the combined report: its title, what stands in it (model/outline.py), its parts.

    {name} and {next_name} in the title: the period's and the next one's name, with the year.
    """

    title: Text
    of: list[Text] = []
    parts: list["OutlinePart"] = []


class FormerName(Record, frozen=True, kw_only=True):
    """What a unit was called up to a day; `short` None: its short name is still the same."""

    name: Text
    short: str | None = None
    until: Day


class Unit(Record, frozen=True, kw_only=True):
    """A unit (đơn vị). `symbol`: its abbreviation in numbers of documents and behind 'Lưu:'.

    `own_number` False: it numbers no documents, so its report has no number. `names`: what it was
    called before. `into`: the units that take over what it had, once it is no more; `from_unit`:
    the unit that this one was split from (model/succession.py). `carry`: whether its last figures
    are added to later totals (`add`), or are in those of the units that took over (`included`).
    """

    id: Id
    name: Text
    short: str | None = None
    symbol: str | None = None
    email: str | None = None
    from_: Day | None = field(name="from", default=None)
    until: Day | None = None
    names: list[FormerName] = []
    into: list[Id] = []
    from_unit: Id | None = None
    carry: Literal["add", "included"] | None = None
    own_number: bool = True

    @property
    def short_name(self) -> str:
        return self.short or self.name

    @property
    def given_symbol(self) -> str | None:
        """Its `symbol`, or else `short`; None where neither may stand in a number (P337)."""
        if self.symbol:
            return self.symbol
        return self.short if self.short and symbols.is_symbol(self.short) else None

    @property
    def own_symbol(self) -> str:
        """The symbol that is given, or else one made of its name's first letters."""
        return self.given_symbol or symbols.symbol_from(self.short_name)

    def exists_on(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def former_names(self) -> list[str]:
        return [former.name for former in self.names]

    def named_on(self, day: date) -> "Unit":
        """The unit with the name that it bore on that day; a later day than before, never."""
        former = next((former for former in self.names if day <= former.until), None)
        if former is None:
            return self
        return replace(self, name=former.name, short=former.short or self.short)


class EarlierYear(Record, frozen=True, kw_only=True):
    """Where an earlier year's plan and reports are: a folder, from that of this plan."""

    year: Annotated[int, Meta(ge=2000, le=2100)]
    from_: Text = field(name="from")


class Period(Record, frozen=True, kw_only=True):
    """A reporting period. `continues`: the periods whose figures are included in this one's.

    `units`: those that report for it; None: all. `unit_deadlines`: the deadlines of units, or of
    groups, that have another than `unit_deadline`. `outline`: that of its report, in place of the
    plan's. `from` and `until`: the days between which the plan has it; `amended_by`: the
    amendment's number.
    """

    name: Text
    next_name: Text
    subject: Text
    data: DataWindow
    units: list[Id] | None = None
    unit_deadline: Deadline
    unit_deadlines: dict[Id, Deadline] = {}
    extensions: list[Extension] = []
    office_deadline: Deadline
    milestones: list[Milestone] = []
    addressees: Annotated[list[Text], Meta(min_length=1)]
    recipients: list[Text] = []
    continues: Id | Annotated[list[Id], Meta(min_length=1)] | None = None
    outline: list[OutlinePart] = []
    from_: Day | None = field(name="from", default=None)
    until: Day | None = None
    amended_by: Text | None = None

    @property
    def continued(self) -> list[str]:
        """The ids in `continues`, which may be written without brackets if it is one."""
        return [self.continues] if isinstance(self.continues, str) else list(self.continues or [])

    def is_for(self, unit: str) -> bool:
        """Whether this unit reports for it, if it exists then."""
        return self.units is None or unit in self.units

    @property
    def standalone_name(self) -> str:
        """Its name without 'báo cáo' or 'trong' before it: 'cả năm' for the period 'năm'."""
        return "cả năm" if self.name.casefold() == "năm" else self.name

    def name_in(self, year: int) -> str:
        """'6 tháng đầu năm 2026', 'năm 2026', 'quý I năm 2026'."""
        if str(year) in self.name:
            return self.name
        return f"{self.name} {year}" if self.name.endswith("năm") else f"{self.name} năm {year}"


PLACE_OF_NUMBER = "{n}"


FigureKind = Literal["count", "stock", "money", "rate", "yes_no"]
FIGURE_KIND_NAMES: dict[FigureKind, str] = {
    "count": "số đếm được trong kỳ, cộng lại được",
    "stock": "số hiện có ở cuối kỳ",
    "money": "số tiền, cộng lại được",
    "rate": "tỷ lệ giữa hai chỉ tiêu khác, danvan tự tính",
    "yes_no": "có hoặc không",
}


class Quotient(Record, frozen=True, kw_only=True):
    """The two indicators that a rate is computed from."""

    part: Id
    whole: Id


class Indicator(Record, frozen=True, kw_only=True):
    """A figure that units report. `units` None: all units; `previous`: last year's, by period.

    `kind`: how it is typed, summed and printed (report/figures.py); `decimal`: the most digits
    behind the comma; `rate`: what one of kind rate, which nobody types, is computed from.
    `phrase`: how a sentence tells the figure, with {n} for the number; `none`: how it tells a 0.
    `target`: what the plan wants of it, by period, of the whole office or by unit; `direction`:
    whether the plan is met by at least that much, or by at most. `from`, `until`, `amended_by`: as
    of a task; it has the days of its task, too. `computed`: the
    register that the figure of its unit comes from. `least`: in place of the plan's.
    """

    id: Id
    name: Text
    measure: Text
    task: Label
    units: list[Id] | None = None
    part_of: Id | None = None
    phrase: Text | None = None
    none: Text | None = None
    previous: dict[str, TypedNumber] = {}
    target: dict[str, TypedNumber | dict[str, TypedNumber]] = {}
    direction: Literal["more", "less"] = "more"
    from_: Day | None = field(name="from", default=None)
    until: Day | None = None
    amended_by: Text | None = None
    kind: FigureKind = "count"
    decimal: Literal[1, 2] | None = None
    rate: Quotient | None = None
    computed: Computed | None = None

    def last_year(self, period: str) -> Figure | None:
        """Last year's figure for a period."""
        typed = self.previous.get(period)
        return None if typed is None else figure_of(typed)

    def wanted(self, period: str) -> Figure | dict[str, Figure] | None:
        """The target for a period: of the whole office, or by unit."""
        typed = self.target.get(period)
        if isinstance(typed, dict):
            return {unit: figure_of(number) for unit, number in typed.items()}
        return None if typed is None else figure_of(typed)

    least: Annotated[int, Meta(ge=0)] | None = None


class FigureCheck(Record, frozen=True, kw_only=True):
    """A rule of the office's own about figures: `that` holds, or `then` does wherever `when` does,
    or `ratio` is `from` … `to` (at least one of both). See rules/expressions.py for what is
    written in them.

    `severity` None: an error, of a ratio a warning.
    """

    id: Id | None = None
    that: Text | None = None
    when: Text | None = None
    then: Text | None = None
    ratio: Text | None = None
    from_: Label | None = field(name="from", default=None)
    to: Label | None = None
    message: Text | None = None
    severity: Literal["error", "warning"] | None = None

    @property
    def is_error(self) -> bool:
        return self.severity == "error" or (self.severity is None and self.ratio is None)


class DocumentLook(Record, frozen=True, kw_only=True):
    """Font sizes that NĐ 30/2020, PL I, I.V lets the office choose, and the medium of issue.

    `unit_names`: whether the combined report names the units that said a point. `most_points`: the
    points that are printed of a task or list while the office has chosen none; None: all.
    `targets`: whether the combined report tells how much of the plan's targets is reached.
    """

    size_set: Literal["13-14", "12-13"] = "13-14"
    body: Literal[13, 14] = 14
    medium: Literal["electronic", "paper"] = "electronic"
    unit_names: Literal["none", "full"] = "none"
    most_points: Annotated[int, Meta(ge=1, le=1000)] | None = 5
    targets: bool = False


class AppendixTitles(Record, frozen=True, kw_only=True):
    """What the report's appendices are called; each title is printed with the period behind it.

    `indicators` None: 'Số liệu' and the report's subject, which has the period in it.
    """

    indicators: Text | None = None
    models: Text = "Danh sách mô hình “Dân vận khéo”"
    awards: Text = "Danh sách đề xuất khen thưởng"


AwardedBy = Literal["office", "province", "ministry", "state"]
AWARDED_BY_NAMES: dict[AwardedBy, str] = {
    "office": "cơ quan lập báo cáo",
    "province": "tỉnh, thành phố",
    "ministry": "bộ, ngành Trung ương",
    "state": "Nhà nước",
}


class AwardLevel(Record, frozen=True, kw_only=True):
    """A form of award and who confers it; those of the office itself are not proposed upward."""

    form: Text
    by: AwardedBy


class Plan(Record, frozen=True, kw_only=True):
    """A year's plan. `least`: no figure is doubtful that differs by no more (rules/doubtful.py)."""

    version: Literal[1]
    title: Text
    year: Annotated[int, Meta(ge=2000, le=2100)]
    number: str | None = None
    issued: Day | None = None
    amendments: list[Amendment] = []
    organization: Organization
    signatories: dict[str, Signatory]
    recipients: list[Text] = []
    archive: str = "VT"
    drafter: str | None = None
    coordinator: Id
    legal_bases: list[Text] = []
    opening: str | None = None
    objectives: list[Text] = []
    requirements: list[Text] = []
    sections: Annotated[list[Section], Meta(min_length=1)]
    implementation: list[Text] = []
    closing: str | None = None
    units: Annotated[list[Unit], Meta(min_length=1)]
    unit_groups: dict[Id, list[Id]] = {}
    all_units: Text | None = None
    periods: Annotated[dict[Id, Period], Meta(min_length=1)]
    when_day_off: Literal["keep", "next_working_day"] = "keep"
    days_off: list[Day] = []
    working_days: list[Day] = []
    document: DocumentLook = DocumentLook()
    awards: list[AwardLevel] = []
    indicators: list[Indicator] = []
    checks: list[FigureCheck] = []
    years: list[EarlierYear] = []
    registers: dict[Id, Register] = {}
    least: Annotated[int, Meta(ge=0)] = 20
    appendix_titles: AppendixTitles = AppendixTitles()
    outline: list[OutlinePart] = []


def tasks(plan: Plan) -> Iterator[tuple[Section, Task]]:
    """Every task with its section, in the plan's order."""
    return ((section, task) for section in plan.sections for task in section.tasks)


def with_groups(plan: Plan) -> Plan:
    """The plan with the units of each group in place of the group's id, wherever units are listed.

    A deadline or target of a unit goes before that of its group.
    """
    if not plan.unit_groups:
        return plan
    groups = plan.unit_groups

    def units(named: list[str] | None) -> list[str] | None:
        if named is None:
            return None
        return list(dict.fromkeys(unit for name in named for unit in groups.get(name, [name])))

    def period(given: Period) -> Period:
        extensions = [replace(more, units=units(more.units) or []) for more in given.extensions]
        unit_deadlines = by_unit(given.unit_deadlines, groups)
        own = units(given.units)
        return replace(given, units=own, unit_deadlines=unit_deadlines, extensions=extensions)

    def indicator(given: Indicator) -> Indicator:
        target = {
            name: by_unit(wanted, groups) if isinstance(wanted, dict) else wanted
            for name, wanted in given.target.items()
        }
        return replace(given, units=units(given.units), target=target)

    return replace(
        plan,
        sections=[
            replace(
                section,
                tasks=[replace(task, assigned=units(task.assigned)) for task in section.tasks],
            )
            for section in plan.sections
        ],
        indicators=[indicator(given) for given in plan.indicators],
        periods={name: period(given) for name, given in plan.periods.items()},
    )


def by_unit(named: Mapping[str, T], groups: Mapping[str, list[str]]) -> dict[str, T]:
    """What is said of units and groups, by unit; what is said of the unit itself goes first."""
    of_groups = {unit: value for name, value in named.items() for unit in groups.get(name, [])}
    return of_groups | {name: value for name, value in named.items() if name not in groups}


def is_assigned(item: Task | Indicator, unit: str) -> bool:
    """Whether a task or an indicator is assigned to this unit; a rate is to none."""
    if isinstance(item, Indicator) and item.kind == "rate":
        return False
    named = item.assigned if isinstance(item, Task) else item.units
    return named is None or unit in named


def units_by_id(plan: Plan) -> Mapping[str, Unit]:
    return {unit.id: unit for unit in plan.units}


def coordinator(plan: Plan) -> Unit:
    """The unit that reminds the others and combines their reports."""
    return units_by_id(plan)[plan.coordinator]
