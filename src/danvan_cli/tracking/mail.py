"""Writes a reminder for each unit as a mail draft (.eml) and as a short message for Zalo.

RFC 5322 and 2045 to 2047; `X-Unsent` makes Outlook and similar programs open it as a draft.
"""

from datetime import date
from email import policy
from email.contentmanager import raw_data_manager
from email.header import Header
from email.message import EmailMessage
from typing import Any

from danvan_cli import vietnamese
from danvan_cli.characters import without_invisible
from danvan_cli.model import deadlines
from danvan_cli.model.plan import coordinator
from danvan_cli.tracking.reminders import Reminder, UnitReminder, day_off_note

ERRORS_NAME = "danh-sach-loi.txt"
FORM_NAME = "bieu-mau-bao-cao.docx"
"""File names of the attachments, in ASCII, since some mail programs garble others."""

_POLICY = policy.compat32.clone(linesep="\r\n")
"""Not policy.SMTP: in some versions of Python it loses or doubles spaces when it wraps a header
with several encoded words (cpython issues 92081, 144156); Header wraps them correctly."""

_BOUNDARY = "=_danvan_don_doc"
"""A fixed boundary that cannot occur in base64 text."""

_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def mail(reminder: Reminder, unit: UnitReminder, form: bytes | None) -> bytes:
    """The unit's .eml: to its address, if the plan has one, with attachments.

    `form`: the form to fill in; only units that have sent nothing get it. The same input gives the
    same bytes; the mail program adds date and Message-ID.
    """
    if unit.reason != "not_sent":
        form = None
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    if unit.address:
        message["To"] = _address(unit.unit.name, unit.address)
    message["Subject"] = _encoded("Subject", _subject(reminder, unit))
    message["MIME-Version"] = "1.0"
    text = "\n\n".join(_paragraphs(reminder, unit, form)) + "\n"
    message.set_content(without_invisible(text), **_as_text())
    if unit.errors:
        message.add_attachment(errors_text(reminder, unit), filename=ERRORS_NAME, **_as_text())
    if form:
        main, sub = _WORD
        message.add_attachment(
            form,
            maintype=main,
            subtype=sub,
            filename=FORM_NAME,
            content_manager=raw_data_manager,
        )
    if message.is_multipart():
        message.set_boundary(_BOUNDARY)
    return message.as_bytes()


def short_message(reminder: Reminder, unit: UnitReminder) -> str:
    """A few lines to paste into Zalo."""
    lines = [
        f"Kính gửi {unit.unit.name},",
        f"{_state(reminder, unit, reminder.report_in_sentence)}.",
        f"Đề nghị đơn vị {_task(unit)} chậm nhất {_until(reminder, unit)}.",
    ]
    if unit.errors:
        lines.append("Danh sách lỗi cần sửa gửi trong tệp kèm theo.")
    return without_invisible("\n".join([*lines, "Trân trọng cảm ơn!", ""]))


def errors_text(reminder: Reminder, unit: UnitReminder) -> str:
    """The list of errors in the unit's report, for the unit to correct."""
    lines = [
        f"CÁC LỖI CẦN SỬA TRONG BÁO CÁO CỦA {unit.unit.name.upper()}",
        f"{vietnamese.capitalized(reminder.report_in_sentence)}; "
        f"tính đến ngày {vietnamese.short_day(reminder.as_of)}.",
    ]
    for number, error in enumerate(unit.errors, 1):
        lines += ["", vietnamese.ended(f"{number}. {error.where}: {error.message}")]
        if error.hint:
            lines.append(vietnamese.ended(f"   Cách sửa: {error.hint}"))
        if error.position:
            lines.append(f"   Vị trí: {error.position}")
    return without_invisible("\n".join([*lines, ""]))


def _as_text() -> dict[str, Any]:
    return {"charset": "utf-8", "cte": "base64", "content_manager": raw_data_manager}


def _address(name: str, address: str) -> Header:
    header = _encoded("To", name)
    header.append(f"<{address}>", "us-ascii")
    return header


def _encoded(name: str, text: str) -> Header:
    return Header(" ".join(without_invisible(text).split()), "utf-8", header_name=name)


def _subject(reminder: Reminder, unit: UnitReminder) -> str:
    match unit.reason:
        case "invalid":
            return f"Đề nghị sửa lỗi trong {reminder.report_in_sentence}"
        case "returned":
            return f"Đề nghị hoàn thiện {reminder.report_in_sentence}"
        case "not_sent":
            what = "Đôn đốc gửi" if reminder.is_overdue else "Nhắc thời hạn gửi"
            return f"{what} {reminder.report_in_sentence}"


def _paragraphs(reminder: Reminder, unit: UnitReminder, form: bytes | None) -> list[str]:
    deadline = unit.deadline
    paragraphs = [
        f"Kính gửi {unit.unit.name},",
        f"Thời hạn các đơn vị gửi {reminder.report_in_sentence} về {reminder.destination} là "
        f"{deadlines.in_words(deadline, _day)}. {_state(reminder, unit, 'báo cáo')}.",
        f"Đề nghị đơn vị {_task(unit)} về {reminder.destination} chậm nhất "
        f"{_until(reminder, unit)}.",
        *_attached(unit, form),
        "Nếu đơn vị đã gửi báo cáo thì xin bỏ qua thư này." if unit.reason == "not_sent" else "",
        f"Trân trọng.\n{coordinator(reminder.plan).name}",
    ]
    return [paragraph for paragraph in paragraphs if paragraph]


def _day(day: date) -> str:
    """How days are written in mails and messages."""
    return f"ngày {vietnamese.short_day(day)}"


def _state(reminder: Reminder, unit: UnitReminder, report: str) -> str:
    """Where the unit's report is on that day; `report`: what it is called in the sentence."""
    day = f"Đến {_day(reminder.as_of)}, "
    match unit.reason:
        case "invalid":
            count = vietnamese.number_in_text(len(unit.errors))
            return f"{day}{report} đơn vị đã gửi còn {count} lỗi cần sửa nên chưa được tổng hợp"
        case "returned":
            why = f" (lý do: {unit.why_returned})" if unit.why_returned else ""
            return f"{day}{report} của đơn vị đã được trả lại để hoàn thiện{why}"
        case "not_sent":
            draft = ", mới có bản dự thảo chưa ghi ngày gửi" if unit.is_draft else ""
            whom = coordinator(reminder.plan).name
            return f"{day}{whom} chưa nhận được {report} của đơn vị{draft} ({_days(unit)})"


def _days(unit: UnitReminder) -> str:
    left = unit.deadline.days_left
    if left == 0:
        return "hôm nay là ngày cuối"
    days = vietnamese.number_in_text(abs(left))
    return f"còn {days} ngày đến hạn" if left > 0 else f"quá hạn {days} ngày"


def _task(unit: UnitReminder) -> str:
    match unit.reason:
        case "invalid":
            return "sửa và gửi lại báo cáo"
        case "returned":
            return "hoàn thiện và gửi lại báo cáo"
        case "not_sent":
            return "hoàn thành và gửi báo cáo"


def _until(reminder: Reminder, unit: UnitReminder) -> str:
    until = reminder.until_of(unit)
    day = f"{vietnamese.weekday(until)}, {_day(until)}"
    return f"{day}{day_off_note(unit.deadline, reminder.as_of, _day)}"


def _attached(unit: UnitReminder, form: bytes | None) -> list[str]:
    if unit.errors:
        return [
            f"Gửi kèm thư này: danh sách lỗi cần sửa ({ERRORS_NAME}), nêu từng chỗ và cách sửa."
        ]
    if form:
        return [f"Gửi kèm thư này: biểu mẫu báo cáo để đơn vị điền ({FORM_NAME})."]
    return []
