"""`danvan plan export`: the plan itself as a Word document."""

import click
import typer

from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import Force, Output
from danvan_cli.cli.frame.places import destination, shown, within
from danvan_cli.files import safe_write
from danvan_cli.word.document import render


def export(ctx: typer.Context, output: Output = None, force: Force = False) -> None:
    """Lập kế hoạch thành văn bản Word, đúng thể thức."""
    checked = open_workspace(ctx, None)
    document = render.render_plan(checked.plan, checked.workspace.root)
    root = checked.workspace.root
    path = destination(output, root / "output" / str(checked.plan.year), "ke-hoach.docx")
    safe_write.write(path, document, within=within(output, root), force=force)
    click.echo(shown(path))
