"""`danvan report`: the combined report as Word, the working paper, or one unit's own report."""

from collections.abc import Iterable
from typing import Annotated

import click
import typer

from danvan_cli.cli.commands import report_documents as documents
from danvan_cli.cli.commands.report_documents import OutputDocument
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsOf, Force, Output, Period
from danvan_cli.cli.frame.places import destination, shown, within
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.files import safe_write
from danvan_cli.problems import Failure
from danvan_cli.tracking.checked_workspace import known_unit, of_period
from danvan_cli.word.file.plain_text import plain_text

OneUnit = Annotated[
    str | None,
    typer.Option(
        "--unit", metavar="ĐƠN_VỊ", help="Lập báo cáo của riêng đơn vị này để lãnh đạo đơn vị ký."
    ),
]
Internal = Annotated[
    bool,
    typer.Option(
        "--internal",
        help="Lập tài liệu tổng hợp nội bộ: từng đơn vị báo cáo thế nào, số liệu từ đâu.",
    ),
]
Sources = Annotated[
    bool,
    typer.Option(
        "--sources",
        help="Lập bản để biên tập: nhận xét bên lề nêu tên tắt đơn vị của từng ý; không gửi đi.",
    ),
]
Supplement = Annotated[
    bool,
    typer.Option(
        "--supplement",
        help="Lập báo cáo bổ sung cho báo cáo đã ban hành: lý do và những gì đã khác; số để trống.",
    ),
]
OnePage = Annotated[
    bool,
    typer.Option(
        "--brief",
        help="Lập bản tóm tắt một trang để trình lãnh đạo cùng dự thảo: số liệu chính, ưu điểm, "
        "hạn chế, kiến nghị, việc cần cho ý kiến.",
    ),
]
Draft = Annotated[
    bool, typer.Option("--draft", help="In nội dung ra màn hình để xem trước, không ghi tệp.")
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Không ghi gì, kết thúc với mã 1 nếu còn báo cáo thiếu, muộn, có lỗi, bị trả lại "
        "hoặc mục chưa có nội dung do cơ quan viết.",
    ),
]

_MAKING = "Đang lập văn bản Word"


def report(
    ctx: typer.Context,
    period: Period,
    unit: OneUnit = None,
    internal: Internal = False,
    supplement: Supplement = False,
    sources: Sources = False,
    brief: OnePage = False,
    draft: Draft = False,
    output: Output = None,
    strict: Strict = False,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Lập báo cáo tổng hợp của một kỳ (Word).

    Nêu đã tổng hợp báo cáo của những đơn vị nào, đơn vị nào chưa gửi, mục nào cơ quan còn
    phải viết.
    """
    if sum((unit is not None, internal, supplement, sources, brief)) > 1:
        raise Failure(
            "chỉ dùng một trong các tùy chọn --unit, --internal, --supplement, --sources, --brief"
        )
    checked = open_workspace(ctx, as_of)
    checked = of_period(checked, period)
    status = checked.status(period)
    if unit is not None:
        document = documents.unit_report(checked, status, known_unit(checked.plan, unit))
    elif internal:
        document = documents.internal_paper(checked, status)
    elif sources:
        document = documents.with_sources(checked, status)
    elif brief:
        document = documents.brief_page(checked, status)
    elif supplement:
        document = documents.supplement(checked, status)
    else:
        document = documents.combined_report(
            checked, status, is_copy=output is not None, is_preview=draft
        )
    if document.errors and not draft:
        _say([*document.errors, "Chưa ghi gì vì số liệu có lỗi; xem trước thì thêm --draft."])
        raise typer.Exit(FINDINGS)
    if strict and document.missing:
        _say([*document.missing, "Chưa ghi gì vì có --strict."])
        raise typer.Exit(FINDINGS)
    said = [*document.summary, *document.errors, *document.missing]
    if draft:
        click.echo(plain_text(_made(document)), nl=False)
        _say(said)
        return
    path = destination(output, checked.output_folder(period), document.name)
    home = within(output, checked.workspace.root)
    edited = f"nhận nội dung đã sửa: danvan import {shown(path)}" if document.is_draft else None
    written = safe_write.write(path, _made(document), within=home, force=force, before_force=edited)
    _say(said)
    click.echo(shown(written))


def _made(document: OutputDocument) -> bytes:
    with progress.bar(_MAKING):
        return document.content()


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)
