"""`danvan issue`: records that the office's report has been issued, and with which words."""

from datetime import date
from pathlib import Path
from typing import Annotated

import click
import typer
from msgspec.structs import replace

from danvan_cli import combine, issued, vietnamese, writing
from danvan_cli.cli.office_file import office_as_it_stands, office_path
from danvan_cli.cli.opening import Opened, known_period, open_workspace
from danvan_cli.cli.options import Force, Period
from danvan_cli.cli.places import shown
from danvan_cli.failures import Failure
from danvan_cli.office import OfficeReport
from danvan_cli.rules.office import is_number_in_form
from danvan_cli.values import Day
from danvan_cli.yaml_editing import updated

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


def issue(
    ctx: typer.Context,
    period: Period,
    number: Number,
    day: DayOfIssue,
    file: IssuedFile = None,
    force: Force = False,
) -> None:
    """Ghi nhận báo cáo tổng hợp đã ban hành: số, ngày, dấu lời văn.

    Ghi vào _office.yaml, giữ nguyên ghi chú trong đó. Từ đó danvan report điền số và ngày, và báo
    nếu lời văn khác bản đã ban hành.
    """
    opened = open_workspace(ctx, None)
    known_period(opened.plan, period)
    symbol = opened.plan.organization.symbol
    if not is_number_in_form(number, symbol):
        raise Failure(
            f"số, ký hiệu “{number}” không đúng dạng của báo cáo",
            f"viết như 57/BC-{symbol}; số nhỏ hơn 10 thì thêm số 0 phía trước",
        )
    if day > opened.as_of:
        raise Failure(f"ngày ban hành {vietnamese.short_day(day)} chưa đến")
    path = office_path(opened, period)
    text, office = office_as_it_stands(opened, path)
    if office.number and (office.number, office.issued) != (number, day) and not force:
        raise Failure(
            f"báo cáo của kỳ này đã ban hành: số {office.number}",
            "nếu ghi nhầm trước đó, thêm --force; nếu là báo cáo bổ sung thì không ghi ở đây",
        )
    recorded = _recorded(opened, period, office, number, day, file)
    writing.write(path, updated(text, recorded).encode(), force=True)
    click.echo(
        f"Đã ghi nhận: Báo cáo số {number} {vietnamese.long_day(day)}. "
        f"Lập lại văn bản có số và ngày: danvan report --period {period}",
        err=True,
    )
    click.echo(shown(path))


def _recorded(
    opened: Opened, period: str, office: OfficeReport, number: str, day: date, file: Path | None
) -> OfficeReport:
    recorded = replace(office, number=number, issued=Day(day.year, day.month, day.day))
    standing = next(each for each in opened.standings(day) if each.id == period)
    words = combine.combine(opened.plan, standing, recorded, day)
    return replace(
        recorded,
        file=file.name if file else "bao-cao.docx",
        fingerprint=issued.fingerprint(words),
    )
