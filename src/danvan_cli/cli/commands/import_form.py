"""Forms that units filled in in Word, imported as their reports."""

from datetime import date
from pathlib import Path
from typing import NoReturn

import click
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli.cli.findings_formats import as_text
from danvan_cli.cli.frame.places import shown
from danvan_cli.cli.frame.shell import FINDINGS, FINE
from danvan_cli.files import replacing, safe_write
from danvan_cli.files.report_scaffold import Request, inherited, own_indicators, prefilled
from danvan_cli.forms import boxes, figures
from danvan_cli.forms import filled as filled_form
from danvan_cli.forms.filled import Filled, FilledForm
from danvan_cli.forms.importing import Draft, Import, drafted
from danvan_cli.forms.reading import read_empty
from danvan_cli.model.plan import Unit
from danvan_cli.model.values import Day
from danvan_cli.problems import Failure, count_errors
from danvan_cli.tracking.checked_workspace import (
    CheckedWorkspace,
    known_unit,
    of_period,
    original_file,
    refuse_other_year,
    reporter,
)
from danvan_cli.tracking.report_request import request_for
from danvan_cli.vietnamese import number

_WHAT_COMES_IN = (
    "nhập được biểu mẫu đơn vị đã điền (danvan form ĐƠN_VỊ --period KỲ) và dự thảo báo cáo tổng "
    "hợp lãnh đạo đã sửa (danvan report --period KỲ), khi báo cáo chưa ban hành"
)


class Outcome(Struct, frozen=True):
    """What came of one file: the exit status for it, and the period whose report it is."""

    status: int
    is_taken: bool = False
    period: str | None = None


def take_form(
    checked: CheckedWorkspace,
    file: Path,
    found: FilledForm,
    received: date | None,
    *,
    keep: bool,
    force: bool,
) -> Outcome:
    """Writes the report of the form read from the file, and prints what is wrong and what differs.

    `received`: the day on which it came; `keep`: also with errors; `force`: over another report.
    Raises Failure for what is no form of this plan, for a blank one, and for a refused overwrite.
    """
    order = _order(checked, file, found, received)
    status = _import(order, keep, force)
    return Outcome(status, is_taken=keep or status == FINE, period=order.period)


def _order(
    checked: CheckedWorkspace, file: Path, found: FilledForm, received: date | None
) -> Import:
    """Raises Failure for a file that is no form, or none of this plan, unit and period."""
    unit, period = _addressee(checked, file, found)
    checked = of_period(checked, period)
    request = request_for(checked, unit, period)
    filled = filled_form.filled(found.places, checked.plan, unit)
    if _is_of_todays_plan(checked, file, found, unit) and not found.is_locked:
        fresh = read_empty(request)
        filled.problems.extend(filled_form.written_outside(found, fresh, filled.values))
    filled.problems.extend(filled_form.left_out_annotations(found))
    _refuse_blank(file, filled, request)
    day = Day.of(received) if received else None
    existing = checked.report_file(unit.id, period)
    path = existing.path if existing else checked.reports_folder(period) / f"{unit.id}.yaml"
    old = original_file(checked, path, existing)
    return Import(checked, file, request, filled, existing, old, day)


def _addressee(checked: CheckedWorkspace, file: Path, found: FilledForm) -> tuple[Unit, str]:
    plan, values = checked.plan, found.properties
    if "document" not in values and filled_form.is_form(found):
        unit, period = filled_form.addressee(found, plan) or _lost(
            file, "thông tin về đơn vị và kỳ báo cáo", "danvan form ĐƠN_VỊ --period KỲ"
        )
    elif values.get("document") == boxes.DOCUMENT:
        unit, period = values.get("unit", ""), values.get("period", "")
        refuse_other_year(plan, values.get("year"), f"“{file}” là biểu mẫu")
        if not filled_form.is_form(found):
            _lost(file, "các ô", f"danvan form {unit} --period {period}")
    else:
        what = "báo cáo do danvan lập" if "document" in values else "văn bản Word khác"
        raise Failure(f"“{file}” không phải biểu mẫu báo cáo mà là {what}", _WHAT_COMES_IN)
    try:
        of_period(checked, period)
        return reporter(checked, known_unit(plan, unit), period), period
    except Failure as failure:
        raise Failure(f"“{file}”: {failure.message}", failure.hint) from failure


def _lost(file: Path, what: str, command: str) -> NoReturn:
    raise Failure(
        f"“{file}” là biểu mẫu đã mất {what}, có thể do lưu bằng chương trình khác",
        f"chép nội dung sang biểu mẫu mới: {command}",
    )


def _is_of_todays_plan(
    checked: CheckedWorkspace, file: Path, found: FilledForm, unit: Unit
) -> bool:
    made_for = found.properties.get("plan")
    if not made_for or made_for == boxes.fingerprint(checked.plan, unit):
        return True
    click.echo(
        f"{shown(file)}: nhiệm vụ hoặc chỉ tiêu của đơn vị trong kế hoạch đã đổi từ khi lập "
        "biểu mẫu; xem báo cáo có thiếu gì không.",
        err=True,
    )
    return False


def _refuse_blank(file: Path, filled: Filled, request: Request) -> None:
    """Raises Failure where no box is filled in, after printing what is written elsewhere."""
    made: dict[tuple[str, ...], str] = {
        ("indicators", indicator.id): figures.text_of_given(figure)
        for indicator in own_indicators(request)
        if (figure := prefilled(indicator, request)) is not None
    }
    if own := inherited(request):
        made = {box.path: boxes.text_in(box, own) for box, _ in filled.values} | made
    is_blank = not any(
        text
        for box, text in filled.values
        if box.path[0] != "signatory" and text.strip() != made.get(box.path)
    )
    if is_blank and not count_errors(filled.problems):
        if filled.problems:
            problems = [replace(problem, file=file) for problem in filled.problems]
            click.echo(as_text(problems, Path.cwd()), err=True)
        raise Failure(
            f"“{file}” chưa điền nội dung nào", "đề nghị đơn vị điền biểu mẫu rồi gửi lại"
        )


def _import(order: Import, keep: bool, force: bool) -> int:
    """Writes the report where it may be; the exit status."""
    draft = drafted(order)
    if draft.problems:
        click.echo(as_text(draft.problems, Path.cwd()), err=True)
    errors = count_errors(draft.problems)
    if errors and not keep:
        click.echo(
            f"Chưa ghi báo cáo của {order.unit.name} vì biểu mẫu có {number(errors)} lỗi; sửa "
            "trong biểu mẫu rồi nhập lại, hoặc thêm --keep để ghi rồi sửa sau.",
            err=True,
        )
    elif draft.is_same:
        click.echo(f"{shown(order.path)} đã có đúng nội dung này, không ghi lại.", err=True)
        replacing.remove_abandoned(order.path.parent)
    else:
        _write(order, draft, force)
    return FINDINGS if errors else FINE


def _write(order: Import, draft: Draft, force: bool) -> None:
    """Raises Failure where there is another report already, after printing what differs."""
    if draft.differences:
        click.echo(f"{shown(order.path)} khác biểu mẫu {shown(order.file)}:", err=True)
        for line in draft.differences:
            click.echo(f"  {line}", err=True)
        if not force:
            raise Failure(
                f"{shown(order.path)} đã có mà khác biểu mẫu, nên không ghi đè",
                "xem các chỗ khác ở trên; nếu lấy theo biểu mẫu thì thêm --force",
            )
    click.echo(shown(safe_write.change(order.old, draft.text.encode())))
    notes = list(draft.notes)
    if errors := count_errors(draft.problems):
        notes.append(f"còn {number(errors)} lỗi, chưa được tính; sửa trong tệp rồi chạy validate")
    for note in notes:
        click.echo(f"{shown(order.path)}: {note}", err=True)
