"""`danvan schema`: JSON Schemas of the three kinds of file, for editors."""

from pathlib import Path
from typing import Annotated

import click
import typer

from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import Force
from danvan_cli.cli.frame.places import shown, within
from danvan_cli.files import json_schemas, safe_write

Folder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="THƯ_MỤC",
        help=f"Nơi ghi các tệp đó, thay vì thư mục {json_schemas.FOLDER}/ cạnh plan.yaml.",
    ),
]


def schema(ctx: typer.Context, output: Folder = None, force: Force = False) -> None:
    """Lập tệp gợi ý cho phần mềm soạn thảo (JSON Schema).

    Nhờ đó phần mềm soạn thảo gợi ý và báo lỗi khi gõ. Có ba tệp: cho plan.yaml, cho báo cáo của
    đơn vị và cho _office.yaml, với mã đơn vị, nhiệm vụ, chỉ tiêu, kỳ báo cáo của kế hoạch. Sửa
    các mã đó xong thì chạy lại lệnh này.

    VS Code dùng được ngay sau khi cài tiện ích YAML của Red Hat.
    """
    checked = open_workspace(ctx, None)
    root = checked.workspace.root
    written = safe_write.write_together(
        output or root / json_schemas.FOLDER,
        {name: text.encode() for name, text in json_schemas.schema_texts(checked.plan).items()},
        within=within(output, root),
        force=force,
        is_unedited=json_schemas.is_as_written,
    )
    for path in written:
        click.echo(shown(path))
    click.echo("Trong VS Code, cài tiện ích YAML (redhat.vscode-yaml) để dùng.", err=True)
