"""`danvan import`: forms that units filled in in Word, and drafts that a leader edited."""

from datetime import date
from pathlib import Path
from typing import Annotated

import click
import typer

from danvan_cli.cli.commands import import_rating
from danvan_cli.cli.commands.import_draft import import_edits
from danvan_cli.cli.commands.import_form import Outcome, take_form
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsOf
from danvan_cli.cli.frame.shell import CANNOT_RUN, FINDINGS, FINE, print_failure
from danvan_cli.forms import self_score
from danvan_cli.forms.filled import FilledForm
from danvan_cli.forms.reading import read
from danvan_cli.problems import Failure
from danvan_cli.report.combined_report import DOCUMENT as DRAFT
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.vietnamese import number, parse_day
from danvan_cli.word.file.opening import opened

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="TỆP...",
        show_default=False,
        help="Các biểu mẫu Word đã điền, hoặc dự thảo báo cáo đã sửa (.docx).",
    ),
]
Keep = Annotated[
    bool, typer.Option("--keep", help="Ghi thành tệp báo cáo cả biểu mẫu còn lỗi, để sửa sau.")
]
ForceReport = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Ghi đè báo cáo đã có mà nội dung khác biểu mẫu; lấy nội dung lãnh đạo sửa cả ở mục "
        "mà dữ liệu cũng đã đổi.",
    ),
]
Received = Annotated[
    date | None,
    typer.Option(
        "--received",
        metavar="NGÀY",
        parser=parse_day,
        help="Ngày nhận được biểu mẫu, nếu khác ngày gửi ghi trong đó; ngày này quyết định đúng "
        "hạn hay muộn.",
    ),
]


def import_(
    ctx: typer.Context,
    files: Files,
    keep: Keep = False,
    force: ForceReport = False,
    received: Received = None,
    as_of: AsOf = None,
) -> None:
    """Nhập biểu mẫu Word đơn vị đã điền, dự thảo lãnh đạo đã sửa.

    Biểu mẫu thành tệp báo cáo. Biểu mẫu tự cho biết đơn vị và kỳ báo cáo, đổi tên tệp cũng được.
    Nội dung được kiểm tra trước khi ghi vào reports/; lỗi được nêu theo mục và ô của biểu mẫu.
    Báo cáo đã có mà khác biểu mẫu thì chỉ nêu chỗ khác, không ghi đè.

    Phiếu tự chấm điểm (form --rating) được ghi vào _rating.yaml, giữ nguyên các điểm khác.

    Với dự thảo báo cáo tổng hợp (bao-cao.docx của danvan report) mà lãnh đạo đã sửa trong Word:
    nội dung sửa trong các ô được ghi vào _office.yaml; chỗ sửa ngoài các ô được nêu ra.

    Mã kết thúc là 1 khi có biểu mẫu còn lỗi hoặc chỗ sửa không nhận được, 2 khi có tệp không nhập
    được, 0 khi nhập được cả.
    """
    outcomes = []
    for file in files:
        # Anew each time, since one form may complete or contradict another.
        checked = open_workspace(ctx, as_of)
        try:
            outcomes.append(_take(checked, file, received, keep=keep, force=force))
        except Failure as failure:
            print_failure(failure)
            outcomes.append(Outcome(CANNOT_RUN))
    _show_outcomes(outcomes)
    if status := max(outcome.status for outcome in outcomes):
        raise typer.Exit(status)


def _take(
    checked: CheckedWorkspace, file: Path, received: date | None, *, keep: bool, force: bool
) -> Outcome:
    found = _read(file)
    if found.properties.get("document") == DRAFT:
        is_left = import_edits(checked, file, file.read_bytes(), force=force)
        return Outcome(FINDINGS if is_left else FINE, is_taken=True)
    if self_score.is_self_score(found):
        if received:
            raise Failure("phiếu tự chấm không có ngày nhận", "bỏ --received")
        status = import_rating.take(checked, file, found, force=force)
        return Outcome(status, is_taken=status == FINE)
    return take_form(checked, file, found, received, keep=keep, force=force)


def _show_outcomes(outcomes: list[Outcome]) -> None:
    if len(outcomes) > 1:
        taken = sum(outcome.is_taken for outcome in outcomes)
        click.echo(f"Đã nhập {number(taken)} trên {number(len(outcomes))} tệp.", err=True)
    for period in dict.fromkeys(
        outcome.period for outcome in outcomes if outcome.is_taken and outcome.period
    ):
        click.echo(f"Xem tình hình: danvan status --period {period}", err=True)


def _read(file: Path) -> FilledForm:
    if file.name.startswith("~$"):
        raise Failure(
            f"“{file}” là tệp tạm mà Word lập trong khi mở văn bản",
            "đóng văn bản trong Word rồi chỉ ra tệp không có “~$” ở đầu tên",
        )
    with progress.bar("Đang đọc tệp Word"), opened(file) as document:
        return read(document)
