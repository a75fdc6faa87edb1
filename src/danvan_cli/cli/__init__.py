"""`danvan`, the program: its commands by name, and the options that come before them."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import click
import typer

from danvan_cli import __version__
from danvan_cli.cli import terminal, wording
from danvan_cli.cli.calendar import calendar
from danvan_cli.cli.check import check
from danvan_cli.cli.explain import explain
from danvan_cli.cli.init import init
from danvan_cli.cli.issue import issue
from danvan_cli.cli.log import log
from danvan_cli.cli.new import new
from danvan_cli.cli.options import Debug, Directory, Invocation
from danvan_cli.cli.overdue import overdue
from danvan_cli.cli.plan_export import export
from danvan_cli.cli.report import report
from danvan_cli.cli.schema import schema
from danvan_cli.cli.shell import PROGRAM, Entry, add_commands, group
from danvan_cli.cli.status import status
from danvan_cli.cli.template_check import template_check
from danvan_cli.cli.trace import trace
from danvan_cli.cli.validate import validate

COMMANDS: Mapping[str, Mapping[str, Entry]] = {
    "Theo dõi": {
        "status": status,
        "overdue": overdue,
        "calendar": calendar,
        "log": log,
        "trace": trace,
    },
    "Văn bản": {
        "report": report,
        "issue": issue,
        "plan": group("Kế hoạch dưới dạng văn bản Word.", {"export": export}),
        "template": group("Mẫu Word của các văn bản.", {"check": template_check}),
    },
    "Soạn tệp": {"init": init, "new": new, "schema": schema},
    "Kiểm tra": {"validate": validate, "explain": explain, "check": check},
}
"""Heading in the help → name of the command → its function, or its `group` of commands.

A function's docstring is its help, so it is in Vietnamese.
"""

HELP = """\
Theo dõi kế hoạch công tác, tổng hợp báo cáo của các đơn vị và lập văn bản Word theo thể thức \
của Nghị định 30/2020/NĐ-CP."""

EPILOG = f"""\
Bắt đầu:

  {PROGRAM} status               hạn báo cáo, đơn vị nào đã gửi, việc đã đến đâu

  {PROGRAM} validate             kiểm tra kế hoạch và các báo cáo

  {PROGRAM} report --period KỲ   lập báo cáo tổng hợp (Word)



Gõ '{PROGRAM} LỆNH --help' để xem cách dùng từng lệnh."""


def _show_version(wanted: bool) -> None:
    if wanted:
        click.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_show_version, is_eager=True, help="Hiện phiên bản rồi thoát."
    ),
]


def _begin(
    ctx: typer.Context,
    directory: Directory = Path(),
    debug: Debug = False,
    _version: Version = False,
) -> None:
    ctx.obj = Invocation(directory, debug)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def program(commands: Mapping[str, Mapping[str, Entry]]) -> typer.Typer:
    """`danvan` with these commands (see COMMANDS)."""
    wording.speak_vietnamese()
    app = group(HELP, {}, epilog=EPILOG, callback=_begin, invoke_without_command=True)
    for panel, entries in commands.items():
        add_commands(app, entries, panel)
    return app


app = program(COMMANDS)


def main() -> None:
    """The console script; ends the process with the exit status."""
    terminal.write_utf8()
    sys.exit(typer.main.get_command(app).main(standalone_mode=False))
