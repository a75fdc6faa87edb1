"""The options that several commands share, each with its Vietnamese help."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args

import click
import typer

from danvan_cli.vietnamese import parse_day


class Invocation(NamedTuple):
    """What was said before the command's name."""

    directory: Path
    debug: bool


def start_directory(ctx: click.Context) -> Path:
    """The folder from which the workspace is looked for, upward: that of -C, or the current one."""
    invocation = ctx.find_object(Invocation)
    return invocation.directory if invocation else Path()


Directory = Annotated[
    Path,
    typer.Option(
        "-C",
        metavar="THƯ_MỤC",
        exists=True,
        file_okay=False,
        show_default=False,
        help="Tìm plan.yaml từ thư mục này trở lên, thay vì từ thư mục hiện tại.",
    ),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", help="Khi chương trình gặp sự cố, in chi tiết kỹ thuật của sự cố đó."),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="NGÀY",
        parser=parse_day,
        help="Tính theo ngày này (29/5/2026 hoặc 2026-05-29) thay vì hôm nay.",
    ),
]
Period = Annotated[
    str,
    typer.Option("--period", metavar="KỲ", help="Kỳ báo cáo: mã của kỳ trong plan.yaml."),
]
OnlyPeriod = Annotated[
    str | None,
    typer.Option(
        "--period", metavar="KỲ", help="Chỉ xét kỳ báo cáo này (mã của kỳ trong plan.yaml)."
    ),
]
OnlyUnit = Annotated[
    str | None,
    typer.Option(
        "--unit", metavar="ĐƠN_VỊ", help="Chỉ xét đơn vị này (mã của đơn vị trong plan.yaml)."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="ĐƯỜNG_DẪN", help="Nơi ghi kết quả, thay vì thư mục output/."
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Ghi đè cả tệp đã có người sửa sau khi danvan ghi.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="In nội dung sẽ ghi ra màn hình, không ghi tệp.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Coi cảnh báo như lỗi.")]

StatusFormat = Literal["table", "json", "csv", "markdown"]
TableFormat = Literal["table", "json", "csv", "markdown", "xlsx"]
FindingsFormat = Literal["text", "json", "github", "gitlab"]
ListFormat = Literal["table", "json"]


def _format_option(formats: Any) -> Any:
    *others, last = get_args(formats)
    help = f"Dạng in ra: {', '.join(others)} hoặc {last}."
    return typer.Option("--format", metavar="DẠNG", help=help)


AsStatus = Annotated[StatusFormat, _format_option(StatusFormat)]
AsTable = Annotated[TableFormat, _format_option(TableFormat)]
AsFindings = Annotated[FindingsFormat, _format_option(FindingsFormat)]
AsList = Annotated[ListFormat, _format_option(ListFormat)]
