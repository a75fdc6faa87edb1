"""A reminder → what cong-van-don-doc.docx prints, the letter to the units it is about."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from danvan_cli import vietnamese
from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Plan, coordinator
from danvan_cli.report import citation
from danvan_cli.tracking.reminders import Reminder, UnitReminder, day_off_note
from danvan_cli.tracking.report_errors import TASK_WORD, ReportError
from danvan_cli.word import decree
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import (
    FaultRow,
    FaultsAppendix,
    OwingAppendix,
    OwingRow,
    ReminderDocument,
)

MOST_ADDRESSEES = 10
"""So many units are named behind 'Kính gửi:' and in the text; more are in a list of their own."""

LABEL = "Phụ lục"
"""Of the only appendix (NĐ 30/2020, PL I, I.III.1a)."""

MOST_FAULTS = 20
"""So many kinds of error of one report are listed in the appendix; the unit's mail has all."""


def reminder_document(reminder: Reminder) -> ReminderDocument:
    """The letter, still without a number; `signatories.reminder` signs it, if there is one."""
    plan = reminder.plan
    office = plan.organization
    signatory = plan.signatories.get("reminder") or plan.signatories["default"]
    symbol = letter_symbol(plan)
    when = phrases.date_in_words(None, reminder.as_of)
    addressee, addressees = _addressees(reminder)
    subject = f"{_purpose(reminder)} {reminder.report_in_sentence}"
    return ReminderDocument(
        title=f"Công văn {subject}",
        agency=office.name,
        superior=office.superior,
        issuer=office.issuer,
        number=phrases.number_line(None, symbol),
        place_and_date=f"{office.place}, {when}",
        document_type=decree.LETTER.name,
        subject=subject,
        addressee=addressee,
        addressees=addressees,
        opening=_opening(reminder),
        points=list(_points(reminder)),
        appendix_citation=_citation(reminder),
        closing=phrases.final(_request(reminder)),
        recipients=phrases.recipient_lines(["Như trên"]),
        archive=phrases.archive_line(plan.archive, plan.drafter),
        authority=signatory.authority,
        position=signatory.position,
        signer=signatory.name or phrases.BLANK_NAME,
        units=_units(reminder, symbol, when),
        faults=_faults(reminder, symbol, when),
    )


def letter_symbol(plan: Plan) -> str:
    """'VP-HCTC': the office's and the drafting unit's abbreviations (NĐ 30/2020, PL I, I.II.3b).

    The unit's is one group, without hyphens.
    """
    drafting = "".join(filter(str.isalnum, coordinator(plan).own_symbol))
    return f"{plan.organization.symbol}-{drafting}"


def _purpose(reminder: Reminder) -> str:
    if not reminder.because("not_sent"):
        return "đề nghị hoàn thiện"
    return "đôn đốc gửi" if reminder.is_overdue else "nhắc thời hạn gửi"


def _addressees(reminder: Reminder) -> tuple[str | None, list[str]]:
    if reminder.is_to_all and len(reminder.units) > 1 and reminder.plan.all_units:
        return reminder.plan.all_units, []
    if len(reminder.units) > MOST_ADDRESSEES:
        return "Các đơn vị (theo danh sách gửi kèm)", []
    return phrases.addressee_lines([reminded.unit.name for reminded in reminder.units])


def _opening(reminder: Reminder) -> str:
    """The legal ground, the deadline, and how many reports have come."""
    cited = citation.plan_citation(reminder.plan, reminder.as_of)
    return (
        f"Thực hiện {cited}, các đơn vị có trách nhiệm gửi "
        f"{reminder.report_in_sentence} về {reminder.destination} "
        f"{deadlines.in_words(reminder.deadline)}{_other_deadlines(reminder)}"
        f"{_data_window(reminder)}. "
        f"Đến {vietnamese.long_day(reminder.as_of)}, {_received(reminder)}{_rest(reminder)}"
    )


def _other_deadlines(reminder: Reminder) -> str:
    """' (riêng Phòng Kinh tế chậm nhất ngày …)': who has another deadline than most."""
    others = _apart(
        (reminded.unit.name, deadlines.in_words(reminded.deadline))
        for reminded in reminder.with_other_deadlines
    )
    return f" ({others})" if others else ""


def _apart(units: Iterable[tuple[str, str]]) -> str:
    """'riêng A và B trước ngày …; C chậm nhất ngày …' of names and days; '' if there are none."""
    names: dict[str, list[str]] = {}
    for name, day in units:
        names.setdefault(day, []).append(name)
    apart = [f"{vietnamese.enumeration(alike)} {day}" for day, alike in names.items()]
    return f"riêng {'; '.join(apart)}" if apart else ""


def _data_window(reminder: Reminder) -> str:
    if not reminder.because("not_sent"):
        return ""
    window = reminder.status.period.data
    first, last = vietnamese.long_day(window.from_), vietnamese.long_day(window.to)
    return f", số liệu tính từ {first} đến {last}"


def _received(reminder: Reminder) -> str:
    sent, whole = (len(units) for units in (reminder.sent, reminder.status.units))
    if not sent:
        return ""
    counts = f"{vietnamese.number_in_text(sent)}/{vietnamese.number_in_text(whole)}"
    return f"{counts} đơn vị đã gửi báo cáo đạt yêu cầu; "


def _rest(reminder: Reminder) -> str:
    if len(reminder.units) == 1:
        return f"{_of_one(reminder.units[0])}."
    if _has_list(reminder):
        return f"các đơn vị {_what_is_owed(reminder)} nêu tại {_labels(reminder)[0]} kèm theo."
    if not _have_all_sent_nothing(reminder):
        return f"các đơn vị {_what_is_owed(reminder)} gồm:"
    if _addressees(reminder)[1]:
        return "các đơn vị có tên trên chưa gửi báo cáo."
    return f"các đơn vị {'còn lại ' if reminder.sent else ''}chưa gửi báo cáo."


def _what_is_owed(reminder: Reminder) -> str:
    if not reminder.because("not_sent"):
        return "phải hoàn thiện báo cáo"
    if _have_all_sent_nothing(reminder):
        return "chưa gửi báo cáo"
    return "chưa gửi hoặc phải hoàn thiện báo cáo"


def _have_all_sent_nothing(reminder: Reminder) -> bool:
    return len(reminder.because("not_sent")) == len(reminder.units)


def _has_list(reminder: Reminder) -> bool:
    """Whether the units are too many for the text, and 'Kính gửi' does not mean just these."""
    if len(reminder.units) <= MOST_ADDRESSEES:
        return False
    is_said_by_addressee = reminder.is_to_all and reminder.plan.all_units is not None
    return not (is_said_by_addressee and _have_all_sent_nothing(reminder))


def _labels(reminder: Reminder) -> tuple[str, str]:
    """Those of the list of units and of the list of errors."""
    has_errors = any(reminded.errors for reminded in reminder.units)
    return ("Phụ lục I", "Phụ lục II") if _has_list(reminder) and has_errors else (LABEL, LABEL)


def _of_one(reminded: UnitReminder) -> str:
    match reminded.reason:
        case "not_sent":
            return f"{reminded.unit.name} chưa gửi báo cáo"
        case "invalid":
            return f"báo cáo của {reminded.unit.name} còn {_count(reminded)} lỗi cần sửa"
        case "returned":
            return f"báo cáo của {reminded.unit.name} đã trả lại để hoàn thiện{_because(reminded)}"


def _points(reminder: Reminder) -> Iterator[str]:
    """A line for each reason for a reminder, with the units that it concerns."""
    if len(reminder.units) == 1 or _has_list(reminder) or _have_all_sent_nothing(reminder):
        return
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("Chưa gửi báo cáo", [reminded.unit.name for reminded in reminder.because("not_sent")]),
        (
            "Báo cáo còn lỗi, cần sửa và gửi lại",
            [
                f"{reminded.unit.name} ({_count(reminded)} lỗi)"
                for reminded in reminder.because("invalid")
            ],
        ),
        (
            "Báo cáo đã trả lại để hoàn thiện",
            [
                f"{reminded.unit.name}{_because(reminded)}"
                for reminded in reminder.because("returned")
            ],
        ),
    )
    items = [f"{what}: {vietnamese.enumeration(list(units))}" for what, units in groups if units]
    yield from phrases.dashed(items)


def _count(reminded: UnitReminder) -> str:
    return vietnamese.number_in_text(len(reminded.errors))


def _because(reminded: UnitReminder) -> str:
    return f" ({reminded.why_returned})" if reminded.why_returned else ""


def _citation(reminder: Reminder) -> str | None:
    """Where the text points at its appendix (NĐ 30/2020, PL I, I.III.1a)."""
    if not any(reminded.errors for reminded in reminder.units):
        return None
    label = _labels(reminder)[1]
    return f"Các lỗi cần sửa trong báo cáo nêu tại {label} kèm theo Công văn này."


def _request(reminder: Reminder) -> str:
    whom = reminder.units[0].unit.name if len(reminder.units) == 1 else "các đơn vị nêu trên"
    how = "hoàn thành và gửi" if reminder.because("not_sent") else "hoàn thiện và gửi lại"
    if reminder.is_overdue:
        how = f"khẩn trương {how}"
    return (
        f"{reminder.plan.organization.name} đề nghị {whom} {how} báo cáo về "
        f"{reminder.destination} {_days_asked_for(reminder)}{_what_for(reminder)}"
    )


def _days_asked_for(reminder: Reminder) -> str:
    """'chậm nhất thứ Hai, ngày …, riêng Phòng Kinh tế chậm nhất thứ Tư, ngày …'."""
    usual = _day_asked_for(reminder, reminder.deadline, reminder.until)
    others = _apart(
        (reminded.unit.name, _day_asked_for(reminder, reminded.deadline, day))
        for reminded in reminder.units
        if (day := reminder.until_of(reminded)) != reminder.until
    )
    return f"{usual}, {others}" if others else usual


def _day_asked_for(reminder: Reminder, deadline: DeadlineStatus, day: date) -> str:
    note = day_off_note(deadline, reminder.as_of, vietnamese.long_day)
    return f"chậm nhất {vietnamese.weekday(day)}, {vietnamese.long_day(day)}{note}"


def _what_for(reminder: Reminder) -> str:
    """The office's own deadline, as long as the units' reports can still be in time for it."""
    office = reminder.status.office_deadline
    latest = max(map(reminder.until_of, reminder.units))
    if reminder.status.office.issued or latest > office.last_day:
        return " để tổng hợp"
    to = vietnamese.enumeration(reminder.status.period.addressees)
    return f" để tổng hợp, báo cáo {to} {deadlines.in_words(office)}"


def _reference(reminder: Reminder, symbol: str, when: str) -> str:
    name = reminder.plan.organization.name
    medium = reminder.plan.document.medium
    return phrases.appendix_reference("Công văn", None, symbol, when, name, medium)


def _units(reminder: Reminder, symbol: str, when: str) -> OwingAppendix | None:
    if not _has_list(reminder):
        return None
    return OwingAppendix(
        label=_labels(reminder)[0],
        title="DANH SÁCH ĐƠN VỊ NHẬN CÔNG VĂN",
        reference=_reference(reminder, symbol, when),
        rows=[
            OwingRow(number, reminded.unit.name, _owed_by(reminded))
            for number, reminded in enumerate(reminder.units, 1)
        ],
    )


def _owed_by(reminded: UnitReminder) -> str:
    match reminded.reason:
        case "not_sent":
            return "Chưa gửi báo cáo"
        case "invalid":
            return f"Báo cáo còn {_count(reminded)} lỗi cần sửa"
        case "returned":
            return f"Báo cáo đã trả lại để hoàn thiện{_because(reminded)}"


def _faults(reminder: Reminder, symbol: str, when: str) -> FaultsAppendix | None:
    alike = [
        (reminded.unit.name, group) for reminded in reminder.units for group in _alike(reminded)
    ]
    if not alike:
        return None
    return FaultsAppendix(
        label=_labels(reminder)[1],
        title="CÁC LỖI CẦN SỬA TRONG BÁO CÁO CỦA ĐƠN VỊ",
        reference=_reference(reminder, symbol, when),
        rows=[_fault_row(number, *group) for number, group in enumerate(alike, 1)],
        more=_more(reminder.units),
    )


def _alike(unit: UnitReminder) -> list[list[ReportError]]:
    """The report's errors, those with the same words together, and no more than MOST_FAULTS."""
    groups: dict[tuple[str, str, str | None], list[ReportError]] = {}
    for fault in unit.errors:
        groups.setdefault((fault.field, fault.message, fault.hint), []).append(fault)
    return list(groups.values())[:MOST_FAULTS]


def _fault_row(number: int, unit: str, alike: Sequence[ReportError]) -> FaultRow:
    first = alike[0]
    parts = _together(list(dict.fromkeys(fault.part for fault in alike)))
    return FaultRow(
        number=number,
        unit=unit,
        part=f"{parts} ({first.field})" if first.field else parts,
        message=vietnamese.capitalized(first.message),
        hint=vietnamese.capitalized(first.hint or phrases.NONE),
    )


def _together(parts: Sequence[str]) -> str:
    """'Nhiệm vụ 1.1, 1.2': several tasks share one word before their numbers."""
    first, *others = parts
    if not all(part.startswith(TASK_WORD) for part in parts):
        return ", ".join(parts)
    return ", ".join([first, *(part.removeprefix(TASK_WORD) for part in others)])


def _more(units: Sequence[UnitReminder]) -> str | None:
    rest = [
        (reminded.unit.name, len(reminded.errors) - sum(map(len, _alike(reminded))))
        for reminded in units
    ]
    items = [f"{name} ({vietnamese.number_in_text(count)})" for name, count in rest if count]
    if not items:
        return None
    return f"Các lỗi khác có trong danh sách gửi riêng cho {vietnamese.enumeration(items)}"
