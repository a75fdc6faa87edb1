"""`danvan issue`: records that the office's report has been issued, and with which words."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import click
import typer
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.commands import issued_record, readiness_checks
from danvan_cli.cli.commands.office_file import office_as_read
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import Period
from danvan_cli.cli.frame.places import shown
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.drafts.sources import SOURCES_PROPERTY
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.values import Day
from danvan_cli.problems import Failure
from danvan_cli.report import combine, issued
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.readiness import Check
from danvan_cli.rules.office import is_number_in_form
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, of_period
from danvan_cli.word.file import opening, package, plain_text

Number = Annotated[
    str, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu của báo cáo, như 57/BC-VP.")
]
DayOfIssue = Annotated[
    date,
    typer.Option(
        "--date", metavar="NGÀY", parser=vietnamese.parse_day, help="Ngày ban hành, như 4/6/2026."
    ),
]
IssuedFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[TỆP]",
        exists=True,
        dir_okay=False,
        show_default=False,
        help="Tệp Word đã ban hành, nếu không phải tệp mà danvan report ghi.",
    ),
]
Again = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Ghi nhận cả khi danvan ready còn nêu việc chưa xong, khi đã ghi nhận số, ngày, nội "
        "dung khác, hoặc ngày ban hành sớm.",
    ),
]


def issue(
    ctx: typer.Context,
    period: Period,
    number: Number,
    day: DayOfIssue,
    file: IssuedFile = None,
    force: Again = False,
) -> None:
    """Ghi nhận báo cáo tổng hợp đã ban hành: số, ngày, nội dung.

    Ghi vào _office.yaml, giữ nguyên ghi chú trong đó, và ghi nội dung đã ban hành vào _issued.yaml.
    Từ đó danvan report điền số và ngày, và báo nội dung nào khác bản đã ban hành.

    Còn việc mà danvan ready nêu là chưa xong thì không ghi gì, kết thúc với mã 1.
    """
    checked = open_workspace(ctx, None)
    checked = of_period(checked, period)
    number = vietnamese.nfc(number).strip()
    _refuse_slips(checked, number, day)
    signed = opening.open_content(file, opening.content_of(file)) if file else None
    if signed and SOURCES_PROPERTY in package.own_properties(signed):
        raise Failure(
            f"“{file}” là bản kèm nguồn (report --sources), không phải văn bản ban hành",
            "chọn tệp Word đã ký, ban hành",
        )
    words_file = office_as_read(checked, period)
    office = words_file.office
    recorded = replace(office, number=number, issued=Day.of(day))
    status = checked.status(period, day)
    words = combine.combine(checked.plan, status, recorded, day)
    printed = readiness_checks.printed(checked, words)
    paragraphs = plain_text.paragraphs(printed)
    if not force:
        _refuse_early(status.period.data.to, day)
        _refuse_another(office, recorded)
        _refuse_other_words(checked, period, office, words, paragraphs)
        with opening.reading(file) if file else nullcontext():
            of_draft = not (file or office.number)
            document = signed or printed
            checks = readiness_checks.checks(checked, status, words, document, of_draft=of_draft)
        _refuse_unready(checks)
    recorded = replace(
        recorded,
        file=vietnamese.nfc(file.name) if file else "bao-cao.docx",
        fingerprint=issued.fingerprint(words, paragraphs),
    )
    path = words_file.write(words_file.text_with(recorded))
    kept = issued_record.write(checked, period, words)
    click.echo(
        f"Đã ghi nhận: Báo cáo số {number} {vietnamese.long_day(day)}. "
        f"Lập lại văn bản có số và ngày: danvan report --period {period}",
        err=True,
    )
    click.echo(shown(path))
    click.echo(shown(kept))


def _refuse_slips(checked: CheckedWorkspace, number: str, day: date) -> None:
    """Raises Failure for a number that no report of the office has, or an impossible day."""
    symbol = checked.plan.organization.symbol
    if not is_number_in_form(number, symbol):
        raise Failure(
            f"số, ký hiệu “{number}” không đúng dạng của báo cáo",
            f"viết như 57/BC-{symbol}; số nhỏ hơn 10 thì thêm số 0 phía trước",
        )
    if day > checked.as_of:
        raise Failure(f"ngày ban hành {vietnamese.short_day(day)} chưa đến")
    year = checked.plan.year
    if day.year < year:
        raise Failure(f"ngày ban hành {vietnamese.short_day(day)} ở trước năm {year} của kế hoạch")


def _refuse_early(data_to: date, day: date) -> None:
    """Raises Failure for a day before the period's figures are whole: mostly another period's."""
    if day < data_to:
        raise Failure(
            f"ngày ban hành {vietnamese.short_day(day)} ở trước ngày chốt số liệu của kỳ "
            f"({vietnamese.short_day(data_to)})",
            "xem lại --period và --date; nếu đúng là như vậy thì thêm --force",
        )


def _refuse_another(known: OfficeReport, recorded: OfficeReport) -> None:
    """Raises Failure where another number or another day is known already."""
    if known.number and (known.number, known.issued) != (recorded.number, recorded.issued):
        raise Failure(
            f"báo cáo của kỳ này đã ban hành: số {known.number}",
            "nếu ghi nhầm trước đó, thêm --force; nếu là báo cáo bổ sung thì không ghi ở đây",
        )


def _refuse_other_words(
    checked: CheckedWorkspace,
    period: str,
    known: OfficeReport,
    words: CombinedReport,
    paragraphs: list[str],
) -> None:
    """Raises Failure where other words have been recorded under the number."""
    told = issued_record.explained(checked, period, words)
    recorded = known.fingerprint
    if recorded and (changed := issued.changes(words, paragraphs, recorded, told)):
        raise Failure(
            "nội dung nay đã khác báo cáo đã ghi nhận ban hành",
            issued_record.if_renamed(checked, period, words)
            + "nếu ghi nhận khi văn bản chưa phải bản cuối, thêm --force; nếu sửa sau khi ban hành "
            f"thì lập báo cáo bổ sung: danvan report --period {period} --supplement",
            changed,
        )


def _refuse_unready(checks: list[Check]) -> None:
    """Ends the command with what is still open, if anything is."""
    if all(check.is_done for check in checks):
        return
    click.echo("Báo cáo còn việc chưa xong nên chưa ghi nhận ban hành:", err=True)
    click.echo(layout.plain(readiness_checks.open_blocks(checks)), nl=False, err=True)
    click.echo("Báo cáo đã ban hành rồi thì ghi nhận bằng --force.", err=True)
    raise typer.Exit(FINDINGS)
