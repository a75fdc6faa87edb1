"""`danvan new`: a unit's report to fill in, at its place."""

import os
from pathlib import Path
from typing import Annotated

import click
import typer

from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import Period
from danvan_cli.cli.frame.places import destination, shown, within
from danvan_cli.files import json_schemas, paths, safe_write
from danvan_cli.files.report_scaffold import report_to_fill_in
from danvan_cli.problems import Failure
from danvan_cli.tracking.checked_workspace import (
    known_unit,
    of_period,
    reporter,
)
from danvan_cli.tracking.report_request import request_for

UnitId = Annotated[
    str,
    typer.Argument(metavar="ĐƠN_VỊ", help="Mã của đơn vị trong plan.yaml.", show_default=False),
]
Elsewhere = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="ĐƯỜNG_DẪN",
        help="Tệp hoặc thư mục để ghi, thay vì chỗ của báo cáo trong reports/.",
    ),
]


def new(ctx: typer.Context, unit: UnitId, period: Period, output: Elsewhere = None) -> None:
    """Lập tệp báo cáo để một đơn vị điền, có sẵn nhiệm vụ và chỉ tiêu.

    Tệp ghi sẵn nội dung từng nhiệm vụ được giao, các giá trị dùng được và số liệu kỳ trước làm lời
    nhắc. Không ghi đè lên báo cáo đã có.
    """
    checked = open_workspace(ctx, None)
    checked = of_period(checked, period)
    reporting = reporter(checked, known_unit(checked.plan, unit), period)
    request = request_for(checked, reporting, period)
    path = _free_place(checked.reports_folder(period), unit, output)
    text = report_to_fill_in(request, _way_to_schema(checked.workspace.root, path.parent))
    root = checked.workspace.root
    click.echo(shown(safe_write.write(path, text.encode(), within=within(output, root))))
    _show_next_steps(checked.workspace.root, path)


def _free_place(folder: Path, unit: str, output: Path | None) -> Path:
    """Where to write; raises Failure where there is a file already."""
    path = destination(output, folder, f"{unit}.yaml")
    taken = [path] if output else [path.with_suffix(suffix) for suffix in paths.REPORT_SUFFIXES]
    for path_taken in taken:
        if os.path.lexists(path_taken):
            raise Failure(
                f"đã có “{shown(path_taken)}”, nên không ghi đè",
                "điền tiếp vào tệp đó, hoặc ghi ra chỗ khác bằng -o",
            )
    return path


def _way_to_schema(root: Path, folder: Path) -> str:
    """From the report's folder, with `/`; editors end it at a blank, so then as a whole address."""
    schema = root / json_schemas.FOLDER / json_schemas.REPORT_SCHEMA
    try:
        way = Path(os.path.relpath(schema, folder.resolve())).as_posix()
    except ValueError:
        return schema.as_uri()
    return schema.as_uri() if " " in way else way


def _show_next_steps(root: Path, path: Path) -> None:
    file = f'"{shown(path)}"' if " " in shown(path) else shown(path)
    click.echo("Điền xong thì ghi ngày gửi vào dòng submitted, rồi kiểm tra:", err=True)
    click.echo(f"  danvan validate {file}", err=True)
    if not (root / json_schemas.FOLDER / json_schemas.REPORT_SCHEMA).exists():
        click.echo("Để phần mềm soạn thảo gợi ý khi gõ, chạy một lần: danvan schema", err=True)
