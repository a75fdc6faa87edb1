"""The report that a filled-in form makes, compared with the one that is there already."""

from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import rules
from danvan_cli.files import conversion, workspace, yaml_reading
from danvan_cli.files.readings import ReportFile
from danvan_cli.files.replacing import Original
from danvan_cli.files.report_scaffold import Request, report_to_fill_in
from danvan_cli.files.yaml_editing import updated
from danvan_cli.files.yaml_writing import fields_text, plain, report_text
from danvan_cli.forms import boxes as form
from danvan_cli.forms import values, wording
from danvan_cli.forms.filled import Filled
from danvan_cli.model.plan import Unit
from danvan_cli.model.unit_report import Return, UnitReport
from danvan_cli.model.values import Day
from danvan_cli.problems import DataPath, Diagnostic
from danvan_cli.rules import figures_left_out
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.vietnamese import short_day


class Import(Struct, frozen=True):
    """One form on its way: whose it is, what it holds, and the report that is there already.

    `old`: the bytes of that report, or its free place.
    """

    checked: CheckedWorkspace
    file: Path
    request: Request
    filled: Filled
    existing: ReportFile | None
    old: Original
    received: Day | None

    @property
    def unit(self) -> Unit:
        return self.request.unit

    @property
    def period(self) -> str:
        return self.request.period

    @property
    def path(self) -> Path:
        return self.old.path

    @property
    def before(self) -> UnitReport | None:
        return self.existing.typed if self.existing else None

    @property
    def readable(self) -> UnitReport | None:
        """What there is already, without what has errors."""
        if self.existing is None or self.before:
            return self.before
        return workspace.valid_parts(self.existing, UnitReport)[0]


class Draft(Struct, frozen=True):
    """What may be written, what is wrong with it, and what differs from what is there.

    `is_same`: the text says what the existing report says; `notes` are for when it is written.
    """

    text: str
    problems: list[Diagnostic]
    differences: list[str]
    notes: list[str]
    is_same: bool


def drafted(order: Import) -> Draft:
    """The report of the form, and all that is to be said of it before it is written."""
    data: dict[str, Any] = {
        "unit": order.unit.id,
        "year": order.checked.plan.year,
        "period": order.period,
        **form.data_of(order.filled.values),
    }
    report, _ = conversion.convert(data, UnitReport)
    differences = list(_differences(order, report))
    kept, notes = _kept(order, report, is_same=not differences)
    if report:
        report = replace(report, **kept)
        notes.extend(_left_out(order, report))
    text = _text(order, report, data | {name: _plain(value) for name, value in kept.items()})
    return Draft(
        text=text,
        problems=_problems(order, text),
        differences=differences,
        notes=notes,
        is_same=_is_written(order, text) or (not differences and _same_receipt(order, kept)),
    )


def _differences(order: Import, report: UnitReport | None) -> Iterator[str]:
    """What of the existing file would be lost or changed."""
    if order.existing is None or _is_untouched(order.existing, order.request):
        return
    before = order.readable
    if order.before is None:
        yield "tệp đã có còn lỗi; phần có lỗi và ghi chú trong đó sẽ mất"
    if report is None:
        yield "biểu mẫu còn lỗi nên cả tệp được ghi lại; ghi chú trong đó sẽ mất"
    if before and report:
        was, now = form.rows_in(before), form.rows_in(report)
        rows = {name: max(was[name], now[name]) for name in form.ROW_LISTS}
        boxes = form.boxes(order.checked.plan, order.unit, rows)
        yield from wording.changes(before, report, boxes)


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
    before = order.readable
    received, returned = (before.received, before.returned) if before else (None, None)
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


def _left_out(order: Import, report: UnitReport) -> Iterator[str]:
    """'chưa có số liệu: Hội nghị; Đơn đã xử lý': what no rule asks for, as there may be none."""
    computed = order.request.computed
    missing = figures_left_out.left_out(order.request.plan, report)
    if names := [indicator.name for indicator in missing if indicator.id not in computed]:
        yield f"chưa có số liệu: {'; '.join(names)}"


def _is_written(order: Import, text: str) -> bool:
    """Whether the form came in before, with its errors."""
    return order.existing is not None and order.existing.text == text


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
        f"{order.unit.name}: {order.checked.plan.periods[order.period].subject}",
        f"Nhập từ biểu mẫu {' '.join(values.clean(order.file.name).split())}",
    ]
    if report and order.old.content and order.before:
        return updated(order.old.content.decode(), report)
    if report:
        return report_text(report, comments)
    names = UnitReport.__struct_encode_fields__
    return fields_text({name: data[name] for name in names if data.get(name) is not None}, comments)


def _problems(order: Import, text: str) -> list[Diagnostic]:
    """All that validate would say of the report, in the form's words, and what found no box."""
    known = order.checked.workspace
    file = workspace.report_from(
        order.path, yaml_reading.read(text.encode()), unit=order.unit.id, period=order.period
    )
    file = workspace.with_computed(file, order.request.computed)
    others = [report for report in known.reports if report is not order.existing]
    found = rules.check(replace(known, reports=[*others, file]), order.checked.as_of)
    problems = _with_paths(found.get(order.path, []), file.text)
    reworded = wording.in_words_of_the_form(problems, order.filled)
    return [replace(problem, file=order.file) for problem in [*order.filled.problems, *reworded]]


def _with_paths(problems: list[Diagnostic], text: str) -> list[Diagnostic]:
    """Those that know but their line, with the path of the value on it."""
    if all(problem.path or problem.line is None for problem in problems):
        return problems
    places = [(mark.line, path) for path, mark in yaml_reading.locate(text).values.items()]
    starts = sorted(places, key=itemgetter(0))
    return [
        problem
        if problem.path or problem.line is None
        else replace(problem, path=_last_before(problem.line, starts))
        for problem in problems
    ]


def _last_before(line: int, starts: list[tuple[int, DataPath]]) -> DataPath:
    """The path of the value that begins last before a line, which counts from 1; else ()."""
    after = bisect_left(starts, line, key=itemgetter(0))
    return starts[after - 1][1] if after else ()
