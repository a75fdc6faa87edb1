"""Forms that units filled in in Word, brought home as their reports."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import (
    filled_form,
    form,
    form_telling,
    form_values,
    rules,
    shape,
    source,
    workspace,
    writing,
)
from danvan_cli.cli.opening import Opened, earlier_report, known_period, known_unit, reporter
from danvan_cli.cli.places import shown
from danvan_cli.cli.shell import FINDINGS, FINE
from danvan_cli.diagnostics import DataPath, Diagnostic, as_text, count_errors
from danvan_cli.failures import Failure
from danvan_cli.filled_form import Filled, FilledForm
from danvan_cli.plan import Unit
from danvan_cli.scaffold import Request, report_to_fill_in
from danvan_cli.unit_report import Return, UnitReport
from danvan_cli.values import Day
from danvan_cli.vietnamese import number, short_day
from danvan_cli.workspace import ReportFile
from danvan_cli.yaml_editing import updated
from danvan_cli.yaml_writing import fields_text, plain, report_text

_WHAT_COMES_IN = (
    "nhập được biểu mẫu đơn vị đã điền (danvan form ĐƠN_VỊ --period KỲ) và dự thảo báo cáo tổng "
    "hợp lãnh đạo đã sửa (danvan report --period KỲ), khi báo cáo chưa ban hành"
)


class Outcome(Struct, frozen=True):
    """What came of one file: the exit status for it, and the period whose report it is."""

    status: int
    is_taken: bool = False
    period: str | None = None


class Import(Struct, frozen=True):
    """One form on its way: whose it is, what it holds, and the report that is there already."""

    opened: Opened
    file: Path
    request: Request
    filled: Filled
    existing: ReportFile | None
    received: Day | None

    @property
    def unit(self) -> Unit:
        return self.request.unit

    @property
    def period(self) -> str:
        return self.request.period

    @property
    def path(self) -> Path:
        if self.existing:
            return self.existing.path
        return self.opened.reports_folder(self.period) / f"{self.unit.id}.yaml"

    @property
    def before(self) -> UnitReport | None:
        return self.existing.report if self.existing else None


class Draft(Struct, frozen=True):
    """What may be written, what is wrong with it, and what differs from what is there.

    `is_same`: the text says what the existing report says; `notes` are for when it is written.
    """

    text: str
    problems: list[Diagnostic]
    differences: list[str]
    notes: list[str]
    is_same: bool


def take_form(
    opened: Opened,
    file: Path,
    found: FilledForm,
    received: date | None,
    *,
    keep: bool,
    force: bool,
) -> Outcome:
    """Writes the report of the form read from the file, and tells what is wrong and what differs.

    `received`: the day on which it came; `keep`: also with errors; `force`: over another report.
    Raises Failure for what is no form of this plan, for a blank one, and for a refused overwrite.
    """
    order = _order(opened, file, found, received)
    status = _bring_in(order, keep, force)
    return Outcome(status, is_taken=keep or status == FINE, period=order.period)


def _order(opened: Opened, file: Path, found: FilledForm, received: date | None) -> Import:
    """Raises Failure for a file that is no form, or none of this plan, unit and period."""
    unit, period = _addressee(opened, file, found)
    earlier = earlier_report(opened, unit.id, period)
    request = Request(plan=opened.plan, unit=unit, period=period, earlier=earlier)
    filled = filled_form.filled(found.places, opened.plan, unit)
    if _is_of_todays_plan(opened, file, found, unit) and not found.is_locked:
        fresh = _empty_form(request)
        filled.problems.extend(filled_form.written_outside(found, fresh, filled.values))
    filled.problems.extend(filled_form.beside_text(found))
    _refuse_blank(file, filled)
    day = Day(received.year, received.month, received.day) if received else None
    existing = opened.report_file(unit.id, period)
    return Import(opened, file, request, filled, existing, day)


def _is_of_todays_plan(opened: Opened, file: Path, found: FilledForm, unit: Unit) -> bool:
    made_for = found.properties.get("plan")
    if not made_for or made_for == form.fingerprint(opened.plan, unit):
        return True
    click.echo(
        f"{shown(file)}: nhiệm vụ hoặc chỉ tiêu của đơn vị trong kế hoạch đã đổi từ khi lập "
        "biểu mẫu; xem báo cáo có thiếu gì không.",
        err=True,
    )
    return False


def _refuse_blank(file: Path, filled: Filled) -> None:
    """Raises Failure where nothing stands in the boxes, after telling what stands elsewhere."""
    is_blank = not any(text for box, text in filled.values if box.path[0] != "signatory")
    if is_blank and not count_errors(filled.problems):
        if filled.problems:
            told = [replace(each, file=file) for each in filled.problems]
            click.echo(as_text(told, Path.cwd()), err=True)
        raise Failure(
            f"“{file}” chưa điền nội dung nào", "đề nghị đơn vị điền biểu mẫu rồi gửi lại"
        )


def _empty_form(request: Request) -> FilledForm:
    from danvan_cli.word.form_read import read_empty

    return read_empty(request)


def _addressee(opened: Opened, file: Path, found: FilledForm) -> tuple[Unit, str]:
    plan, values = opened.plan, found.properties
    if "document" not in values and filled_form.is_form(found):
        unit, period = filled_form.addressee(found, plan) or _lost(
            file, "thông tin về đơn vị và kỳ báo cáo", "danvan form ĐƠN_VỊ --period KỲ"
        )
    elif values.get("document") == form.DOCUMENT:
        unit, period = values.get("unit", ""), values.get("period", "")
        if values.get("year") != str(plan.year):
            raise Failure(
                f"“{file}” là biểu mẫu của năm {values.get('year')}, kế hoạch ở đây của "
                f"năm {plan.year}",
                "nhập ở thư mục kế hoạch của năm đó: danvan -C THƯ_MỤC import TỆP",
            )
        if not filled_form.is_form(found):
            _lost(file, "các ô", f"danvan form {unit} --period {period}")
    else:
        what = "báo cáo do danvan lập" if "document" in values else "văn bản Word khác"
        raise Failure(f"“{file}” không phải biểu mẫu báo cáo mà là {what}", _WHAT_COMES_IN)
    try:
        known_period(plan, period)
        return reporter(opened, known_unit(plan, unit), period), period
    except Failure as failure:
        raise Failure(f"“{file}”: {failure.message}", failure.hint) from failure


def _lost(file: Path, what: str, command: str) -> NoReturn:
    raise Failure(
        f"“{file}” là biểu mẫu đã mất {what}, có thể do lưu bằng chương trình khác",
        f"chép nội dung sang biểu mẫu mới: {command}",
    )


def _bring_in(order: Import, keep: bool, force: bool) -> int:
    """Writes the report where it may be; the exit status."""
    draft = _draft(order)
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
    else:
        _write(order, draft, force)
    return FINDINGS if errors else FINE


def _write(order: Import, draft: Draft, force: bool) -> None:
    """Raises Failure where another report stands there already, after telling what differs."""
    if draft.differences:
        click.echo(f"{shown(order.path)} khác biểu mẫu {shown(order.file)}:", err=True)
        for line in draft.differences:
            click.echo(f"  {line}", err=True)
        if not force:
            raise Failure(
                f"{shown(order.path)} đã có mà khác biểu mẫu, nên không ghi đè",
                "xem các chỗ khác ở trên; nếu lấy theo biểu mẫu thì thêm --force",
            )
    click.echo(shown(writing.write(order.path, draft.text.encode(), force=True)))
    notes = list(draft.notes)
    if errors := count_errors(draft.problems):
        notes.append(f"còn {number(errors)} lỗi, chưa được tính; sửa trong tệp rồi chạy validate")
    for note in notes:
        click.echo(f"{shown(order.path)}: {note}", err=True)


def _draft(order: Import) -> Draft:
    data: dict[str, Any] = {
        "unit": order.unit.id,
        "year": order.opened.plan.year,
        "period": order.period,
        **form.data_of(order.filled.values),
    }
    report, _ = shape.convert(data, UnitReport)
    differences = list(_differences(order, report))
    kept, notes = _kept(order, report, is_same=not differences)
    if report:
        report = replace(report, **kept)
    text = _text(order, report, data | {name: _plain(value) for name, value in kept.items()})
    return Draft(
        text=text,
        problems=_problems(order, text),
        differences=differences,
        notes=notes,
        is_same=not differences and order.before is not None and _same_receipt(order, kept),
    )


def _differences(order: Import, report: UnitReport | None) -> Iterator[str]:
    """What of the existing file would be lost or changed."""
    if order.existing is None or _is_untouched(order.existing, order.request):
        return
    before = order.before
    if before is None:
        yield "tệp đã có còn lỗi; phần có lỗi và ghi chú trong đó sẽ mất"
        before, _ = workspace.what_fits(order.existing, UnitReport)
    if report is None:
        yield "biểu mẫu còn lỗi nên cả tệp được ghi lại; ghi chú trong đó sẽ mất"
    if before and report:
        models = max(len(before.models), len(report.models))
        awards = max(len(before.awards), len(report.awards))
        boxes = form.boxes(order.opened.plan, order.unit, models, awards)
        yield from form_telling.changes(before, report, boxes)


def _is_untouched(file: ReportFile, request: Request) -> bool:
    """Whether it is still what `danvan new` writes; its first line leads to the folder's schema."""
    return file.text.splitlines()[1:] == report_to_fill_in(request, "").splitlines()[1:]


def _kept(
    order: Import, report: UnitReport | None, *, is_same: bool
) -> tuple[dict[str, Any], list[str]]:
    """`received` and `returned`, which only the office writes, as long as they still hold.

    A changed report, sent on the day of the return or later, is the completed one: the note goes,
    and with it the day on which the former report came.
    """
    sent = report.submitted if report else None
    received = order.before.received if order.before else None
    returned = order.before.returned if order.before else None
    notes = []
    if returned and not is_same:
        if sent and sent >= returned.date:
            notes.append(f"đã bỏ ghi chú trả lại ngày {short_day(returned.date)}")
            returned = None
        else:
            notes.append("vẫn ghi là đã trả lại; nếu là bản đã bổ sung thì xóa returned")
    if order.received:
        received = None if order.received == sent else order.received
    elif received and sent and sent > received and not is_same:
        notes.append(f"đã bỏ ngày nhận cũ {short_day(received)}; ngày nhận mới ghi bằng --received")
        received = None
    return {"received": received, "returned": returned}, notes


def _same_receipt(order: Import, kept: dict[str, Any]) -> bool:
    before = order.before
    return before is not None and kept == {
        "received": before.received,
        "returned": before.returned,
    }


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, Return) else value


def _text(order: Import, report: UnitReport | None, data: dict[str, Any]) -> str:
    """The file's text, in which comments stay if both it and the form are sound."""
    comments = [
        f"{order.unit.name}: {order.opened.plan.periods[order.period].subject}",
        f"Nhập từ biểu mẫu {' '.join(form_values.clean(order.file.name).split())}",
    ]
    if report and order.existing and order.before:
        return updated(order.existing.path.read_bytes().decode("utf-8-sig"), report)
    if report:
        return report_text(report, comments)
    names = UnitReport.__struct_encode_fields__
    return fields_text({name: data[name] for name in names if data.get(name) is not None}, comments)


def _problems(order: Import, text: str) -> list[Diagnostic]:
    """All that validate would say of the report, in the form's words, and what found no box."""
    known = order.opened.workspace
    file = workspace.report_from(
        order.path, source.read(text.encode()), unit=order.unit.id, period=order.period
    )
    others = [each for each in known.reports if each is not order.existing]
    found = rules.check(replace(known, reports=[*others, file]), order.opened.as_of)
    problems = _with_paths(found.get(order.path, []), file.text)
    told = form_telling.in_words_of_the_form(problems, order.filled)
    return [replace(each, file=order.file) for each in [*order.filled.problems, *told]]


def _with_paths(problems: list[Diagnostic], text: str) -> list[Diagnostic]:
    """Those that know but their line, with the path of the value on it."""
    if all(each.path or each.line is None for each in problems):
        return problems
    starts = [(mark.line, path) for path, mark in source.locate(text).values.items()]
    return [
        each
        if each.path or each.line is None
        else replace(each, path=_last_before(each.line, starts))
        for each in problems
    ]


def _last_before(line: int, starts: list[tuple[int, DataPath]]) -> DataPath:
    """The path of the value that begins last before a line, which counts from 1; else ()."""
    return max((place for place in starts if place[0] < line), default=(0, ()))[1]
