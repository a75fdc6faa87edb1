"""`danvan calendar`: the plan's deadlines as an .ics file for any calendar program."""

import click
import typer

from danvan_cli.cli.frame import places
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import Force, OnlyUnit, Output
from danvan_cli.files import links, safe_write
from danvan_cli.problems import Failure
from danvan_cli.tracking import calendar_file
from danvan_cli.tracking.checked_workspace import known_unit


def calendar(
    ctx: typer.Context,
    unit: OnlyUnit = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Ghi các thời hạn thành lịch .ics có nhắc trước.

    Mỗi thời hạn là một ngày trong lịch, nhắc lúc 8 giờ sáng khi còn 14, 7 và 1 ngày làm việc.
    Nhập lại tệp vào phần mềm lịch thì các thời hạn được cập nhật, không bị lặp. Với đơn vị đầu
    mối, --unit gồm cả thời hạn của cơ quan.
    """
    checked = open_workspace(ctx, None)
    plan = checked.plan
    if unit is not None:
        known_unit(plan, unit)
    entries = calendar_file.entries(plan, unit)
    if not entries:
        raise Failure(f"kế hoạch không có thời hạn nào của đơn vị “{unit}”")
    name = "-".join(["danvan", str(plan.year), *([unit] if unit else [])]) + ".ics"
    path = places.destination(output, checked.workspace.root / "output", name)
    within = places.within(output, checked.workspace.root)
    content = calendar_file.render(plan, entries, links.read_within(path, within) or b"")
    written = safe_write.write(
        path, content, within=within, force=force, is_unedited=calendar_file.is_as_written
    )
    click.echo(f"Lịch có {len(entries)} thời hạn.", err=True)
    click.echo(places.shown(written))
