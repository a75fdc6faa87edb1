"""Whom to remind of a period's report, why, and by when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from danvan_cli import deadlines, vietnamese
from danvan_cli.diagnostics import DataPath, Diagnostic
from danvan_cli.plan import Plan, Unit, coordinator
from danvan_cli.standing import PeriodStanding, UnitStanding
from danvan_cli.unit_report import (
    AWARD_KIND_NAMES,
    LIST_TITLES,
    MODEL_STATUS_NAMES,
    TASK_STATUS_NAMES,
    ModelField,
)

Reason = Literal["not_sent", "invalid", "returned"]

WORKING_DAYS_MORE = 3
"""How many working days the units are given once the deadline has passed."""

TASK_WORD = "Nhiệm vụ "

_PARTS: Mapping[str, str] = {
    "unit": "Phần đầu báo cáo, mã đơn vị",
    "year": "Phần đầu báo cáo, năm",
    "period": "Phần đầu báo cáo, kỳ báo cáo",
    "submitted": "Ngày gửi báo cáo",
    "signatory": "Người ký",
    "leadership": "Công tác lãnh đạo, chỉ đạo",
    "results": "Kết quả thực hiện nhiệm vụ",
    "indicators": "Số liệu",
    "models": "Mô hình “Dân vận khéo”",
    "awards": "Đề xuất khen thưởng",
    **LIST_TITLES,
}
_FIELDS: Mapping[str, str] = {
    "status": "tình hình thực hiện",
    "summary": "kết quả",
    "evidence": "văn bản, tài liệu",
    "name": "tên",
    "field": "lĩnh vực",
    "replicate": "đề nghị nhân rộng",
    "kind": "đối tượng",
    "form": "hình thức",
    "achievement": "thành tích",
    "date": "ngày",
    "reason": "lý do",
    "authority": "quyền hạn",
    "position": "chức vụ",
}
_COORDINATORS = ("received", "returned")
"""What the coordinator writes into a unit's report."""
_WHOLE_FILE = "Cả tệp"


def _named(names: Mapping[Any, str]) -> list[str]:
    """As the form's boxes have them, with what files have behind."""
    return [f"{name} ({value})" for value, name in names.items()]


_CHOICES: Mapping[tuple[str, str], Iterable[str]] = {
    ("results", "status"): _named(TASK_STATUS_NAMES),
    ("models", "status"): _named(MODEL_STATUS_NAMES),
    ("models", "field"): get_args(ModelField),
    ("awards", "kind"): _named(AWARD_KIND_NAMES),
}
_MEANT = "ý bạn là "
"""How a close name is proposed at the terminal, which is no way to speak in a letter."""
_HINTS: Mapping[str, str] = {
    "R413": "xem lại cả hai số",
    "R416": "xem lại ngày gửi và ngày nhận báo cáo",
}
"""By code, where that of the file speaks of its fields."""


class Fault(Struct, frozen=True, kw_only=True):
    """One error in a unit's report, in words that the unit can act on.

    `part`: what of the report it is in ('Nhiệm vụ 4.2'), `field`: what of that ('kết quả') or '';
    `place`: its file and line.
    """

    part: str
    field: str
    place: str
    message: str
    hint: str | None = None

    @property
    def where(self) -> str:
        """'Nhiệm vụ 4.2, kết quả'"""
        return ", ".join(filter(None, (self.part, self.field)))


class UnitReminder(Struct, frozen=True, kw_only=True):
    """A unit to be written to. `faults` are those of a report that it has sent."""

    unit: Unit
    reason: Reason
    is_draft: bool = False
    returned_reason: str | None = None
    faults: Sequence[Fault] = ()

    @property
    def address(self) -> str | None:
        """Its mail address; None also for one with letters that few mail servers take."""
        email = self.unit.email
        return email if email and email.isascii() else None

    @property
    def why_returned(self) -> str:
        """The reason as it stands in a sentence; '' where there is none."""
        reason = " ".join((self.returned_reason or "").split())
        return vietnamese.in_sentence(vietnamese.bare(reason))


class Reminder(Struct, frozen=True, kw_only=True):
    """Who is reminded of a period's report on a day.

    `until` is the day by which they are to send it: the deadline's last day or, once that
    has passed (`is_overdue`), a new one. `own`: the coordinator's report, if that is wanting, too;
    nobody writes a letter to oneself. `absent`: the units that owe a report, but are not there on
    the day, so that no letter reaches them. `mistaken`: those in whose report only what the
    coordinator wrote is wrong.
    """

    plan: Plan
    standing: PeriodStanding
    as_of: date
    until: date
    units: Sequence[UnitReminder]
    own: UnitReminder | None = None
    absent: Sequence[Unit] = ()
    mistaken: Sequence[Unit] = ()

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.standing)

    @property
    def sent(self) -> list[Unit]:
        """The units whose report is there and valid; nobody reminds them."""
        return [each.unit for each in self.standing.units if each.report is not None]

    @property
    def without_address(self) -> list[Unit]:
        """The units to be written to for which the plan has no address to use."""
        return [each.unit for each in self.units if each.address is None]

    def because(self, reason: Reason) -> list[UnitReminder]:
        return [each for each in self.units if each.reason == reason]

    @property
    def report_in_sentence(self) -> str:
        """'báo cáo kết quả thực hiện …'"""
        subject = vietnamese.in_sentence(self.standing.period.subject)
        return subject if subject.lower().startswith("báo cáo") else f"báo cáo {subject}"

    @property
    def day_off_note(self) -> str:
        """Where the last day is a day off, the last working day before it, unless that is past."""
        deadline = self.standing.unit_deadline
        day = deadline.last_working_day
        if self.is_overdue or not deadline.on_day_off or day < self.as_of:
            return ""
        return (
            " (ngày nghỉ; ngày làm việc cuối cùng trước đó là "
            f"{vietnamese.weekday(day)}, ngày {vietnamese.short_day(day)})"
        )

    @property
    def destination(self) -> str:
        """'Văn phòng UBND tỉnh (qua Phòng Hành chính - Tổ chức)'"""
        return f"{self.plan.organization.name} (qua {coordinator(self.plan).name})"


def is_overdue(standing: PeriodStanding) -> bool:
    return standing.unit_deadline.days_left < 0


def new_deadline(plan: Plan, as_of: date) -> date:
    """The day that units are given once the deadline has passed, if nobody says another."""
    return deadlines.add_working_days(as_of, WORKING_DAYS_MORE, deadlines.work_calendar(plan))


def remind(
    plan: Plan,
    standing: PeriodStanding,
    faults: Mapping[str, Sequence[Fault]],
    as_of: date,
    until: date | None = None,
) -> Reminder:
    """The units whose report is not there, is a draft, has errors or was returned.

    `faults`: each unit's, by its id. `until` None: the last day, or, once that has passed,
    WORKING_DAYS_MORE from `as_of`.
    """
    owing = [each for each in standing.units if each.report is None]
    there = [each for each in owing if each.unit.exists_on(as_of)]
    mistaken = [each for each in there if each.state == "invalid" and not faults.get(each.unit.id)]
    wanting = [_unit(each, faults) for each in there if each not in mistaken]
    default = new_deadline(plan, as_of) if is_overdue(standing) else standing.unit_deadline.last_day
    return Reminder(
        plan=plan,
        standing=standing,
        as_of=as_of,
        until=until or default,
        units=[each for each in wanting if each.unit.id != plan.coordinator],
        own=next((each for each in wanting if each.unit.id == plan.coordinator), None),
        absent=[each.unit for each in owing if each not in there],
        mistaken=[each.unit for each in mistaken],
    )


def faults_of(plan: Plan, problems: Iterable[Diagnostic], root: Path) -> list[Fault]:
    """The errors that are the unit's to mend; `root`: the folder from which files are named."""
    return [
        Fault(
            part=_part(plan, each.path),
            field=_field(each.path),
            place=_place(each, root),
            message=_message(each),
            hint=_hint(each),
        )
        for each in problems
        if each.is_error and not (each.path and each.path[0] in _COORDINATORS)
    ]


def _unit(standing: UnitStanding, faults: Mapping[str, Sequence[Fault]]) -> UnitReminder:
    own = faults.get(standing.unit.id, ())
    match standing.state:
        case "returned":
            reason = standing.returned_reason
            return UnitReminder(
                unit=standing.unit, reason="returned", returned_reason=reason, faults=own
            )
        case "invalid":
            return UnitReminder(unit=standing.unit, reason="invalid", faults=own)
        case _:
            return UnitReminder(unit=standing.unit, reason="not_sent", is_draft=standing.is_draft)


def _part(plan: Plan, path: DataPath) -> str:
    """'Nhiệm vụ 4.2', 'Chỉ tiêu “Hội nghị”', 'Mô hình thứ 2', 'Ngày gửi báo cáo'."""
    match path:
        case ("results", str(task), *_):
            return f"{TASK_WORD}{task}"
        case ("indicators", str(id_), *_):
            names = {each.id: each.name for each in plan.indicators}
            return f"Chỉ tiêu “{names.get(id_, id_)}”"
        case ("models" | "awards" as group, int(place), *_):
            what = "Mô hình" if group == "models" else "Đề xuất khen thưởng"
            return f"{what} thứ {place + 1}"
        case (str(group), int(place), *_):
            return f"{_PARTS.get(group, group)}, ý thứ {place + 1}"
        case (str(group), *_):
            return _PARTS.get(group, group)
        case _:
            return _WHOLE_FILE


def _field(path: DataPath) -> str:
    """What of the part; '' where the part itself is meant, or only its place in a list."""
    if path[:1] == ("models",) and path[-1] == "status":
        return "giai đoạn"
    names = [_FIELDS.get(step) for step in path[1:] if isinstance(step, str)]
    return next((name for name in names if name), "")


def _message(problem: Diagnostic) -> str:
    """What is missing is told by its part; the field's name is for those who fill in YAML."""
    is_missing = problem.code == "S201" and problem.path
    return f"chưa ghi (trường {problem.path[-1]})" if is_missing else problem.message


def _hint(problem: Diagnostic) -> str | None:
    """In words that who fills in a Word form knows, too."""
    match problem.path:
        case (str(group), _, str(field)) if (group, field) in _CHOICES:
            return f"chọn một trong: {'; '.join(_CHOICES[group, field])}"
    hint = _HINTS.get(problem.code, problem.hint)
    if hint and hint.startswith(_MEANT):
        return f"có thể là {hint.removeprefix(_MEANT).removesuffix('?')}"
    return hint


def _place(problem: Diagnostic, root: Path) -> str:
    """'reports/2026/h1/kinh-te.yaml:12'"""
    if problem.file is None:
        return ""
    file = problem.file
    shown = (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()
    return shown if problem.line is None else f"{shown}:{problem.line}"
