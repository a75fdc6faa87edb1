"""`danvan ready`: the checklist before the report is signed; exit status 1 if anything is open."""

import click
import typer

from danvan_cli import vietnamese
from danvan_cli.cli.commands import readiness_checks
from danvan_cli.cli.commands.report_documents import as_signed
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout, progress
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsList, AsOf, Period
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.tracking.checked_workspace import of_period


def ready(
    ctx: typer.Context,
    period: Period,
    as_of: AsOf = None,
    format: AsList = "table",
) -> None:
    """Liệt kê những việc phải xong trước khi trình ký báo cáo.

    Báo cáo của đơn vị nào còn thiếu, bị trả lại hoặc có lỗi; mục nào cơ quan chưa viết; số nêu
    trong nội dung khác số liệu; văn bản viện dẫn thiếu số, ngày, trích yếu; chữ viết tắt chưa giải
    thích; số liệu chưa đủ đơn vị; dự thảo Word đã sửa mà chưa nhận về; thể thức văn bản. Báo cáo đã
    ban hành thì xét như ngày ban hành.

    Mã kết thúc là 1 khi còn việc chưa xong, 0 khi đã xong cả.
    """
    checked = open_workspace(ctx, as_of)
    checked = of_period(checked, period)
    with progress.bar("Đang kiểm tra báo cáo"):
        status, report = as_signed(checked, period)
        document = readiness_checks.printed(checked, report)
        is_draft = report.issued is None
        found = readiness_checks.checks(checked, status, report, document, of_draft=is_draft)
    is_ready = all(check.is_done for check in found)
    if format == "json":
        record = {
            "period": period,
            "as_of": checked.as_of.isoformat(),
            "ready": is_ready,
            "checks": readiness_checks.records(found),
        }
        click.echo(to_json(record))
    else:
        day = vietnamese.short_day(report.issued or checked.as_of)
        what = f"Báo cáo {status.period.name}, tính đến {day}"
        end = "đã xong, trình ký được." if is_ready else "chưa trình ký được."
        if report.issued:
            what += " (ngày ban hành)"
            end = "đã xong." if is_ready else "còn việc chưa xong."
        tone: layout.Tone = "good" if is_ready else "bad"
        layout.show([layout.line(f"{what}: {end}", tone), *readiness_checks.blocks(found)])
    if not is_ready:
        raise typer.Exit(FINDINGS)
