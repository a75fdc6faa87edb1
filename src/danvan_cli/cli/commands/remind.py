"""`danvan remind`: a letter and, for each unit concerned, a mail and a message, ready to send."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import click
import typer

from danvan_cli import vietnamese
from danvan_cli.cli.commands.extend import extend
from danvan_cli.cli.commands.form import UnitForm, form_for
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsOf, Force, Period
from danvan_cli.cli.frame.places import folder_for_several, shown, within
from danvan_cli.files import links, safe_write
from danvan_cli.forms.boxes import DOCUMENT
from danvan_cli.model import deadlines
from danvan_cli.model.plan import Extension, units_by_id
from danvan_cli.model.values import Day
from danvan_cli.problems import Failure
from danvan_cli.tracking import mail
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, of_period
from danvan_cli.tracking.errors_by_unit import errors_by_unit
from danvan_cli.tracking.reminders import Reason, Reminder, UnitReminder, remind
from danvan_cli.tracking.status import PeriodStatus
from danvan_cli.vietnamese import parse_day
from danvan_cli.word.document import render
from danvan_cli.word.file import package
from danvan_cli.word.file.opening import open_content

Until = Annotated[
    date | None,
    typer.Option(
        "--until",
        metavar="NGÀY",
        parser=parse_day,
        help="Hạn mới, khi đã quá hạn gửi báo cáo; không ghi thì là 3 ngày làm việc nữa, nhưng "
        "trước ngày cuối cơ quan gửi báo cáo. Với --extend: ngày cuối được gia hạn.",
    ),
]
ExtendUnit = Annotated[
    list[str] | None,
    typer.Option(
        "--extend",
        metavar="ĐƠN_VỊ",
        help="Gia hạn cho đơn vị này đến ngày ghi ở --until: ghi vào plan.yaml và lập công văn gia "
        "hạn, không nhắc ai; ghi nhiều lần được.",
    ),
]
WhyExtended = Annotated[
    str | None,
    typer.Option("--reason", metavar="LÝ_DO", help="Lý do gia hạn, ghi cùng --extend."),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="THƯ_MỤC",
        help="Thư mục để ghi, thay vì output/<năm>/<kỳ>/remind/<ngày>.",
    ),
]

_REASONS: tuple[tuple[Reason, str], ...] = (
    ("not_sent", "Chưa gửi"),
    ("invalid", "Có lỗi"),
    ("returned", "Đã trả lại"),
)
_OWN: Mapping[Reason, str] = {
    "not_sent": "cũng chưa gửi",
    "invalid": "cũng có lỗi",
    "returned": "cũng bị trả lại",
}
LETTER_NAME = "cong-van-don-doc.docx"
_MAKING = "Đang lập công văn, thư, tin nhắn"


def send_reminders(
    ctx: typer.Context,
    period: Period,
    until: Until = None,
    extended: ExtendUnit = None,
    reason: WhyExtended = None,
    output: Folder = None,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Lập công văn, thư và tin nhắn nhắc các đơn vị.

    Trước hạn: nhắc thời hạn. Quá hạn: đôn đốc đơn vị chưa gửi, có lỗi hoặc bị trả lại, và đặt hạn
    mới. Đơn vị đã gửi báo cáo không có lỗi thì không nhắc. Mỗi đơn vị có một thư (.eml) mở ra là
    gửi được và một tin nhắn (.txt) để dán vào Zalo.
    """
    checked = open_workspace(ctx, as_of)
    checked = of_period(checked, period)
    if extended or reason:
        extension = _extension(extended or [], until, reason, checked.as_of)
        extend(checked, period, extension, output, force=force)
        return
    status = checked.status(period)
    _refuse_day(status, checked.as_of, until)
    reminder = remind(checked.plan, status, errors_by_unit(checked, period), checked.as_of, until)
    day = checked.as_of.isoformat()
    folder = folder_for_several(output, checked.output_folder(period) / "remind" / day)
    written: list[Path] = []
    notes: list[str] = []
    if reminder.units:
        # Nothing is said until the bar is gone: it takes both streams for itself.
        with progress.bar(_MAKING) as steps:
            files, notes = _files(checked, reminder, steps)
            home = within(output, checked.workspace.root)
            written = safe_write.write_all(folder, files, within=home, force=force)
    for line in [*notes, *_summary(reminder), *_left_behind(folder, reminder)]:
        click.echo(line, err=True)
    for path in written:
        click.echo(shown(path))


def _extension(
    units: Sequence[str], until: date | None, reason: str | None, as_of: date
) -> Extension:
    """Raises Failure where something of it is missing."""
    why = (reason or "").strip()
    given = {"--extend": units, "--until": until, "--reason": why}
    missing = [option for option, value in given.items() if not value]
    if missing or until is None:
        raise Failure(
            f"gia hạn còn thiếu {vietnamese.enumeration(missing)}",
            "ví dụ: danvan remind --period h1 --extend kinh-te --until 3/6/2026 --reason 'Chờ số "
            "liệu của các xã'",
        )
    return Extension(
        units=list(dict.fromkeys(units)), by=Day.of(until), reason=why, granted=Day.of(as_of)
    )


def _refuse_day(status: PeriodStatus, as_of: date, until: date | None) -> None:
    """Raises Failure for a new deadline that is none, or that is set before the old one is past."""
    if until is None:
        return
    if until <= as_of:
        raise Failure(
            f"hạn mới {vietnamese.short_day(until)} không sau ngày "
            f"{vietnamese.short_day(as_of)}, ngày lập công văn",
            "đặt --until là một ngày sau đó, hoặc bỏ --until để lấy hạn mặc định",
        )
    if not any(unit.deadline.is_past for unit in status.units):
        raise Failure(
            f"chưa qua hạn gửi báo cáo {status.period.name} "
            f"({vietnamese.short_day(status.unit_deadline.last_day)}) nên chưa đặt hạn mới",
            "bỏ --until; muốn đổi thời hạn thì sửa unit_deadline trong plan.yaml",
        )


def _files(
    checked: CheckedWorkspace, reminder: Reminder, steps: progress.Steps
) -> tuple[dict[str, bytes], list[str]]:
    """The letter, each unit's mail, message and list of errors; then notes on them."""
    files = {LETTER_NAME: render.render_reminder(reminder, checked.workspace.root)}
    notes: list[str] = []
    for reminded in steps.each(reminder.units):
        name = reminded.unit.id
        form = None
        if reminded.reason == "not_sent":
            made = _form(checked, reminder, reminded)
            form = made.content
            notes += made.notes
        files[f"{name}.eml"] = mail.mail(reminder, reminded, form)
        files[f"{name}.txt"] = mail.short_message(reminder, reminded).encode()
        if reminded.errors:
            files[_errors_name(name)] = mail.errors_text(reminder, reminded).encode()
    return files, notes


def _form(checked: CheckedWorkspace, reminder: Reminder, reminded: UnitReminder) -> UnitForm:
    """The unit's form as `danvan form` has made it, for it may have been sent; else a new one."""
    period = reminder.status.id
    made = checked.output_folder(period) / "forms" / f"{reminded.unit.id}.docx"
    content = links.read_within(made, checked.workspace.root)
    if content is None:
        return form_for(checked, units_by_id(checked.plan)[reminded.unit.id], period)
    _refuse_other_form(checked, made, content, reminded.unit.id, period)
    return UnitForm(content, [])


def _refuse_other_form(
    checked: CheckedWorkspace, path: Path, content: bytes, unit: str, period: str
) -> None:
    """Raises Failure for what is no form of this unit, period and year, so not for its eyes."""
    properties = package.own_properties(open_content(path, content))
    its_own = {
        "document": DOCUMENT,
        "unit": unit,
        "period": period,
        "year": str(checked.plan.year),
    }
    if any(properties.get(name) != value for name, value in its_own.items()):
        raise Failure(
            f"“{shown(path)}” không phải biểu mẫu của đơn vị “{unit}” kỳ “{period}” năm "
            f"{checked.plan.year}, nên không gửi kèm thư",
            f"chuyển tệp đó đi nơi khác, hoặc lập lại: danvan form {unit} --period {period} "
            "--force",
        )


def _errors_name(unit: str) -> str:
    """With a point, which no unit's id has, so that it is no other unit's message."""
    return f"{unit}.loi.txt"


def _summary(reminder: Reminder) -> Iterator[str]:
    """Whom it reminds and why, who is left out, and what is next."""
    yield _heading(reminder)
    for reason, words in _REASONS:
        units = [_unit_in_words(unit) for unit in reminder.because(reason)]
        if units:
            yield f"{words} ({len(units)}): {vietnamese.enumeration(units)}."
    sent = [unit.name for unit in reminder.sent]
    if sent:
        yield f"Đã gửi, không nhắc ({len(sent)}): {vietnamese.enumeration(sent)}."
    mistaken = [unit.name for unit in reminder.mistaken]
    if mistaken:
        yield (
            "Lỗi chỉ ở phần đơn vị đầu mối ghi (received, returned), sửa trong tệp, không nhắc "
            f"({len(mistaken)}): {vietnamese.enumeration(mistaken)}."
        )
    waiting = [f"{unit.unit.name} ({unit.in_words})" for unit in reminder.waiting]
    if waiting:
        yield f"Chưa đến hạn, không nhắc ({len(waiting)}): {vietnamese.enumeration(waiting)}."
    absent = [unit.name for unit in reminder.absent]
    if absent:
        yield (
            f"Chưa có báo cáo nhưng không hoạt động vào ngày này, không nhắc ({len(absent)}): "
            f"{vietnamese.enumeration(absent)}."
        )
    if reminder.own:
        yield (
            f"Đơn vị đầu mối {_OWN[reminder.own.reason]}, không gửi công văn cho chính mình: "
            f"{_unit_in_words(reminder.own)}."
        )
    if reminder.units:
        yield from _new_day(reminder)
        yield from _next_steps(reminder)


def _heading(reminder: Reminder) -> str:
    name = reminder.status.period.name
    day = vietnamese.short_day(reminder.as_of)
    if not reminder.units:
        return f"Báo cáo {name}, tính đến {day}: không có đơn vị nào phải nhắc, không ghi gì."
    what = "đôn đốc" if reminder.is_overdue else "nhắc thời hạn đối với"
    left = reminder.deadline.days_left
    days = "hôm nay là ngày cuối" if left == 0 else f"còn {left} ngày"
    return (
        f"Báo cáo {name}, tính đến {day} "
        f"({f'quá hạn {-left} ngày' if left < 0 else days}): {what} "
        f"{len(reminder.units)}/{len(reminder.status.units)} đơn vị."
    )


def _unit_in_words(reminded: UnitReminder) -> str:
    name = reminded.unit.name
    match reminded.reason:
        case "invalid":
            return f"{name} ({len(reminded.errors)} lỗi)"
        case "returned" if reminded.why_returned:
            return f"{name} ({reminded.why_returned})"
        case "not_sent" if reminded.is_draft:
            return f"{name} (có dự thảo chưa ghi submitted)"
        case _:
            return name


def _new_day(reminder: Reminder) -> Iterator[str]:
    """The new deadline, and what speaks against it."""
    if not reminder.is_overdue:
        return
    day = f"{vietnamese.weekday(reminder.until)}, {vietnamese.short_day(reminder.until)}"
    yield f"Hạn mới: {day}."
    if not deadlines.work_calendar(reminder.plan).is_working_day(reminder.until):
        yield "Hạn mới là ngày nghỉ; đặt ngày khác bằng --until."
    office = reminder.status.office_deadline
    if not reminder.status.office.issued and reminder.until > office.last_day >= reminder.as_of:
        yield (
            f"Hạn mới sau ngày cuối cơ quan gửi báo cáo ({vietnamese.short_day(office.last_day)}); "
            "đặt sớm hơn bằng --until."
        )


def _next_steps(reminder: Reminder) -> Iterator[str]:
    if reminder.without_address:
        names = [unit.name for unit in reminder.without_address]
        yield (
            "Chưa có địa chỉ thư dùng được (email) trong plan.yaml, thư để trống nơi nhận "
            f"({len(names)}): {vietnamese.enumeration(names)}."
        )
    yield (
        f"{LETTER_NAME} là dự thảo để trình ký, lấy số, nên không đính kèm vào thư; thư .eml mở "
        "bằng Outlook là thư soạn sẵn để gửi, nội dung trong .txt dán vào Zalo."
    )


def _left_behind(folder: Path, reminder: Reminder) -> Iterator[str]:
    """Mails made earlier that day for units that have sent their report since."""
    stale = [
        shown(folder / f"{unit.id}.eml")
        for unit in reminder.sent
        if (folder / f"{unit.id}.eml").exists()
    ]
    if stale:
        yield (
            "Thư lập trước cho đơn vị nay đã gửi báo cáo, không gửi nữa: "
            f"{vietnamese.enumeration(stale)}."
        )
