"""`danvan template check`: every Word template tried with made-up data, and what is wrong."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import typer

from danvan_cli.cli.findings_formats import RENDERINGS
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.options import AsFindings, start_directory
from danvan_cli.cli.frame.places import shown
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.files import workspace
from danvan_cli.problems import Diagnostic, count_errors
from danvan_cli.word.document.template_check import Template, check, in_force


def template_check(ctx: typer.Context, format: AsFindings = "text") -> None:
    """Kiểm tra các mẫu Word.

    Lập thử từng văn bản với dữ liệu mẫu; nêu các thẻ viết sai hoặc dùng tên không có, kèm những
    chữ đứng quanh thẻ. Cho biết mỗi văn bản đang dùng mẫu nào, mẫu đó nằm ở đâu.

    Mã kết thúc là 1 khi có lỗi, 0 khi không có.
    """
    root = workspace.find(start_directory(ctx))
    with progress.bar("Đang thử các mẫu Word"):
        found = check(root)
    if rendered := RENDERINGS[format](found, Path.cwd()):
        click.echo(rendered)
    for line in _closing_lines(in_force(root), found):
        click.echo(line, err=format != "text")
    if count_errors(found):
        raise typer.Exit(FINDINGS)


def _closing_lines(templates: Sequence[Template], found: Sequence[Diagnostic]) -> Iterator[str]:
    errors = count_errors(found)
    result = f"{errors} lỗi, {len(found) - errors} cảnh báo" if found else "không có lỗi"
    yield f"Đã kiểm tra {len(templates)} mẫu: {result}."
    for template in templates:
        whose = "của cơ quan" if template.is_own else "đi kèm danvan"
        yield f"  {template.name}: mẫu {whose}, {shown(template.path)}"
