"""`danvan form`: Word forms that unit staff fill in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import click
import typer
from msgspec import Struct

from danvan_cli.cli.commands import form_rating
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import Force, Output, Period
from danvan_cli.cli.frame.places import destination, folder_for_several, shown, within
from danvan_cli.cli.frame.shell import CANNOT_RUN, print_failure
from danvan_cli.files import safe_write, workspace
from danvan_cli.forms.boxes import MOST_ROWS, USUAL_ROWS
from danvan_cli.forms.building import render_form
from danvan_cli.model.plan import Unit
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import Failure
from danvan_cli.report import doubts
from danvan_cli.rules.comparisons import Compared
from danvan_cli.tracking import status
from danvan_cli.tracking.checked_workspace import (
    CheckedWorkspace,
    known_unit,
    of_period,
    reporter,
)
from danvan_cli.tracking.report_request import request_for

Units = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ĐƠN_VỊ]...", help="Mã của các đơn vị trong plan.yaml.", show_default=False
    ),
]
Every = Annotated[
    bool, typer.Option("--all", help="Lập biểu mẫu cho mọi đơn vị phải báo cáo kỳ này.")
]
Rows = Annotated[
    int,
    typer.Option(
        "--rows",
        metavar="SỐ",
        min=1,
        max=MOST_ROWS,
        help="Số chỗ ít nhất cho mô hình, cho đề xuất khen thưởng và cho kiến nghị.",
    ),
]

ForRating = Annotated[
    bool,
    typer.Option(
        "--rating", help="Lập phiếu để đơn vị tự chấm điểm theo criteria.yaml, thay cho báo cáo."
    ),
]

MAKING = "Đang lập biểu mẫu"


class UnitForm(Struct, frozen=True):
    """A form as a Word file, and notes on what is not in it."""

    content: bytes
    notes: list[str]


def form(
    ctx: typer.Context,
    period: Period,
    units: Units = None,
    every: Every = False,
    rows: Rows = USUAL_ROWS,
    rating: ForRating = False,
    output: Output = None,
    force: Force = False,
) -> None:
    """Lập biểu mẫu Word để đơn vị điền báo cáo.

    Mỗi đơn vị một tệp trong output/<năm>/<kỳ>/forms/, chỉ điền được vào các ô. Những gì đơn vị đã
    báo cáo, kể cả dự thảo, được điền sẵn; số liệu kỳ trước ghi bên cạnh. Dưới số liệu khác thường
    có ô để giải trình. Đơn vị điền bằng Word hoặc LibreOffice rồi gửi lại.

    Với --rating: phiếu tự chấm điểm của từng đơn vị, trong output/<năm>/<kỳ>/rating-forms/, có các
    tiêu chí đơn vị tự chấm và điểm tự động tính đến hôm nay.
    """
    _refuse_unclear(units, every)
    checked = open_workspace(ctx, None)
    if rating:
        form_rating.make(checked, period, units, output, force=force)
        return
    checked = of_period(checked, period)
    wanted = _wanted(checked, units, period)
    folder = checked.output_folder(period) / "forms"
    home = within(output, checked.workspace.root)
    if every or len(wanted) > 1:
        output = folder_for_several(output, folder)
    written: list[Path] = []
    notes: list[str] = []
    refused: list[Failure] = []
    try:
        # Nothing is said until the bar is gone: it takes both streams for itself. And a reader
        # who has seen enough would end the program before all forms are made.
        known = doubts.compared(checked)
        with progress.bar(MAKING) as steps:
            for unit in steps.each(wanted):
                path = destination(output, folder, f"{unit.id}.docx")
                made = form_for(checked, unit, period, rows, known)
                notes += made.notes
                try:
                    written.append(safe_write.write(path, made.content, within=home, force=force))
                except Failure as failure:
                    refused.append(failure)
    finally:
        _print_result(written, notes, refused)
    if refused:
        raise typer.Exit(CANNOT_RUN)
    click.echo("Gửi cho đơn vị điền; nhận lại thì nhập: danvan import TỆP.docx", err=True)


def _print_result(
    written: Sequence[Path], notes: Sequence[str], refused: Sequence[Failure]
) -> None:
    for note in notes:
        click.echo(note, err=True)
    for path in written:
        click.echo(shown(path))
    for failure in refused:
        print_failure(failure)


def _refuse_unclear(units: Sequence[str] | None, every: bool) -> None:
    if every and units:
        raise click.UsageError("chỉ dùng một trong hai: mã đơn vị, hoặc --all cho mọi đơn vị.")
    if not every and not units:
        raise click.UsageError("ghi mã đơn vị, hoặc --all để lập cho mọi đơn vị.")


def _wanted(checked: CheckedWorkspace, units: Sequence[str] | None, period: str) -> list[Unit]:
    """Each unit once; raises Failure for one that is unknown or has nothing to report."""
    if not units:
        return status.expected_units(checked.plan, period)
    return [
        reporter(checked, known_unit(checked.plan, unit), period) for unit in dict.fromkeys(units)
    ]


def form_for(
    checked: CheckedWorkspace,
    unit: Unit,
    period: str,
    rows: int = USUAL_ROWS,
    known: Compared | None = None,
) -> UnitForm:
    """The unit's form, filled in with what it has reported for the period, if anything.

    `known`: what its figures are compared with, if that was made for several forms.
    """
    request = request_for(checked, unit, period)
    own, notes = _own_report(checked, unit, period)
    told: dict[str, str] = {}
    if own:
        known = known or doubts.compared(checked)
        for doubt in known.doubts(own, unit.id, period):
            before = told.get(doubt.indicator.id, f"là {doubt.shown}")
            told[doubt.indicator.id] = f"{before}, {doubt.reason}"
    return UnitForm(render_form(request, own, rows, told), notes)


def _own_report(
    checked: CheckedWorkspace, unit: Unit, period: str
) -> tuple[UnitReport | None, list[str]]:
    """What of the unit's report for the period can be read, a draft or one with errors, too.

    Then what is to be said of the parts that cannot.
    """
    file = checked.report_file(unit.id, period)
    if file is None:
        return None, []
    if file.report is not None:
        return file.report, []
    report, left_out = workspace.valid_parts(file, UnitReport)
    if report is not None and not left_out:
        return report, []
    path = shown(file.path)
    return report, [f"{path} có lỗi, chỗ có lỗi không điền sẵn: danvan validate {path}"]
