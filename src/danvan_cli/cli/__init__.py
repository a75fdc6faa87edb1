"""`danvan`, the program: its commands by name, and the options that come before them."""

import gc
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import click
import typer

from danvan_cli import __version__
from danvan_cli.cli.frame import terminal, wording
from danvan_cli.cli.frame.options import Debug, Directory, Invocation
from danvan_cli.cli.frame.shell import PROGRAM, Entry, group, group_in_panels

COMMANDS: Mapping[str, Mapping[str, Entry]] = {
    "Theo dõi": {
        "status": "status:status",
        "overdue": "overdue:overdue",
        "figures": "figures:figures",
        "rate": "rate:rate",
        "calendar": "calendar:calendar",
        "log": "log:log",
        "trace": "trace:trace",
        "register": group(
            "Sổ theo dõi mà số liệu tính từ đó.",
            {
                "list": "register:list_registers",
                "check": "register:check_registers",
                "overdue": "register:overdue_rows",
            },
        ),
    },
    "Văn bản": {
        "remind": "remind:send_reminders",
        "report": "report:report",
        "ready": "ready:ready",
        "issue": "issue:issue",
        "close": "close:close",
        "plan": group(
            "Kế hoạch dưới dạng văn bản Word; những gì đã sửa đổi.",
            {"export": "plan_export:export", "diff": "plan_diff:diff"},
        ),
        "template": group("Mẫu Word của các văn bản.", {"check": "template_check:template_check"}),
    },
    "Soạn tệp": {
        "init": "init:init",
        "new": "new:new",
        "form": "form:form",
        "import": "import_:import_",
        "schema": "schema:schema",
    },
    "Kiểm tra": {
        "validate": "validate:validate",
        "explain": "explain:explain",
        "check": "check:check",
    },
}
"""Heading in the help → name of the command → where its function is (see `Entry`), or a `group`.

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
    return group_in_panels(
        HELP, commands, epilog=EPILOG, callback=_begin, invoke_without_command=True
    )


app = program(COMMANDS)

_MANY = 5_000
"""New objects after which Python looks for garbage; its own 700 cost a tenth of a long run.

Ten times as many would keep the trees of 300 Word files in memory, each of few objects of Python's.
"""


def main() -> None:
    """The console script; ends the process with the exit status."""
    # Python would look for garbage among all that was imported again and again, and once more on
    # its way out: a tenth of the time of a short run, for nothing.
    gc.freeze()
    # Nor is there garbage among what a large workspace is read into.
    gc.set_threshold(_MANY)
    terminal.write_utf8()
    status = typer.main.get_command(app).main(standalone_mode=False)
    gc.freeze()
    sys.exit(status)
