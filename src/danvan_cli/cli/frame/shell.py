"""The frame of every command: its help in Vietnamese, and an exit status for each way to end."""

import os
import shlex
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar

import click
import typer
from click.exceptions import Exit, NoSuchOption
from typer.core import TyperCommand, TyperGroup

from danvan_cli.characters import escaped_on_one_line
from danvan_cli.cli.frame import terminal
from danvan_cli.cli.frame.wording import COMMAND_METAVAR, OPTIONS_METAVAR
from danvan_cli.problems import Failure, os_failure

PROGRAM = "danvan"

FINE = 0
FINDINGS = 1
CANNOT_RUN = 2
FAULT = 3
INTERRUPTED = 130

_DASHES = ("–", "—")

Entry = Callable[..., None] | typer.Typer | str
"""What a command's name stands for: a function, or a group of further commands.

'status:status' is the function `status` in cli/commands/status.py, imported once the command is
called for: a command must not wait for the modules of all others.
"""


class _Helpful(click.Command):
    """Help in panels on a terminal that can show them, in plain lines elsewhere."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not terminal.shows_panels():
            click.Command.format_help(self, ctx, formatter)
            return
        from danvan_cli.cli.frame.panels import PanelFormatter

        panels = PanelFormatter()
        click.Command.format_help(self, ctx, panels)
        panels.show()

    def format_epilog(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        if self.epilog:
            formatter.write_paragraph()
            formatter.write("".join(f"{line}\n" for line in self.epilog.split("\n\n")))


class Command(_Helpful, TyperCommand):
    """One command."""


class Group(_Helpful, TyperGroup):
    """A name with commands under it; the outermost one is the program."""

    panels: ClassVar[Mapping[str, Mapping[str, Entry]]]
    """Heading in the help → name of the command → its entry."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # By name alone: for lists, and for Click to say which one a mistyped name may mean.
        self.commands = {
            name: click.Command(name) for entries in self.panels.values() for name in entries
        }

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        for entries in self.panels.values():
            if cmd_name in entries:
                return _command(cmd_name, entries[cmd_name])
        return None

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        width = max(map(len, self.commands), default=0)
        for panel, entries in self.panels.items():
            commands = {name: _command(name, entry) for name, entry in entries.items()}
            with formatter.section(panel):
                formatter.write_dl(
                    [
                        (name.ljust(width), command.get_short_help_str(formatter.width - width - 6))
                        for name, command in commands.items()
                    ]
                )

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002
        complete_var: str | None = None,  # noqa: ARG002
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the program; ends with its exit status, or returns it if not `standalone_mode`."""
        if args is None:
            args = sys.argv[1:]
            if windows_expand_args and os.name == "nt":
                args = click.utils._expand_args(args)
        status = run(self, args, extra)
        return sys.exit(status) if standalone_mode else status


def group(help: str, commands: Mapping[str, Entry]) -> typer.Typer:
    """A group with these commands by name; `help` in Vietnamese."""
    return group_in_panels(help, {"Lệnh": commands})


def group_in_panels(
    help: str, panels: Mapping[str, Mapping[str, Entry]], **settings: Any
) -> typer.Typer:
    """The same with headings over the commands; `settings` are Typer's."""
    return typer.Typer(
        cls=type("Group", (Group,), {"panels": panels}),
        help=help,
        options_metavar=OPTIONS_METAVAR,
        subcommand_metavar=COMMAND_METAVAR,
        rich_markup_mode=None,
        add_completion=False,
        suggest_commands=False,
        pretty_exceptions_enable=False,
        **settings,
    )


def _command(name: str, entry: Entry) -> click.Command:
    if isinstance(entry, typer.Typer):
        subgroup = typer.main.get_group(entry)
        subgroup.name = name
        return subgroup
    function = _imported(entry) if isinstance(entry, str) else entry
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(name, cls=Command, options_metavar=OPTIONS_METAVAR)(function)
    return typer.main.get_command(app)


def _imported(entry: str) -> Callable[..., None]:
    module, _, function = entry.partition(":")
    commands = import_module(f"danvan_cli.cli.commands.{module}")
    imported: Callable[..., None] = getattr(commands, function)
    return imported


def run(program: click.Command, arguments: Sequence[str], extra: Mapping[str, Any]) -> int:
    """Runs a command line to its end, whatever that is; its exit status.

    `extra` are settings of Click's outermost context.
    """
    with terminal.shows_all():
        try:
            status = _attempt(program, arguments, extra)
        except OSError as error:
            # Standard error did not take the message, so there is nobody to report to.
            status = FINE if terminal.is_closed_pipe(error) else CANNOT_RUN
        refusal = terminal.flush()
        if refusal is None:
            return status
        if terminal.is_closed_pipe(refusal):
            return FINE
        if status in (FINE, FINDINGS):
            print_failure(os_failure(refusal))
        return CANNOT_RUN


def _attempt(program: click.Command, arguments: Sequence[str], extra: Mapping[str, Any]) -> int:
    try:
        with program.make_context(PROGRAM, list(arguments), **extra) as context:
            program.invoke(context)
    except Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo("Đã dừng.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        _print_usage_error(error, arguments)
        return CANNOT_RUN
    except Failure as failure:
        print_failure(failure)
        _tell_of_dashes(arguments)
        return CANNOT_RUN
    except (Exception, SystemExit) as error:
        return _end_unforeseen(error, arguments)
    return FINE


def _print_usage_error(error: click.ClickException, arguments: Sequence[str]) -> None:
    error.show()
    _tell_of_dashes(arguments)
    if not isinstance(error, NoSuchOption) or error.ctx is None:
        return
    options = error.ctx.find_root().command.params
    if any(error.option_name in option.opts for option in options):
        click.echo(
            f"Gợi ý: đặt '{error.option_name}' ngay sau '{PROGRAM}', trước tên lệnh.", err=True
        )
    known = {name for option in error.ctx.command.get_params(error.ctx) for name in option.opts}
    for argument in arguments:
        # Click takes -period for the options -p, -e, -r …
        if not argument.startswith("--") and f"-{argument}".partition("=")[0] in known:
            click.echo(f"Gợi ý: viết '-{argument}', có hai dấu gạch nối.", err=True)


def _tell_of_dashes(arguments: Sequence[str]) -> None:
    """Word makes a dash of the two hyphens of an option, which then is none."""
    wrong = next((argument for argument in arguments if argument.startswith(_DASHES)), None)
    if wrong:
        click.echo(
            f"Gợi ý: “{wrong[0]}” là dấu gạch dài (Word tự đổi khi gõ hai dấu gạch nối); "
            f"viết '--{wrong.lstrip(''.join(_DASHES))}'.",
            err=True,
        )


def print_failure(failure: Failure) -> None:
    """What keeps the program from doing what was asked, and the way out, on stderr."""
    if failure.details:
        click.echo(f"Lỗi: {escaped_on_one_line(failure.message)}:", err=True)
        for detail in failure.details:
            click.echo(f"  {escaped_on_one_line(detail)}", err=True)
    else:
        click.echo(f"Lỗi: {_sentence(escaped_on_one_line(failure.message))}", err=True)
    if failure.hint:
        click.echo(f"Gợi ý: {_sentence(escaped_on_one_line(failure.hint))}", err=True)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _end_unforeseen(error: BaseException, arguments: Sequence[str]) -> int:
    """The exit status after an exception that no command turned into words of its own."""
    # rich turns a closed pipe into an exit with status 1.
    cause = error.__context__ if isinstance(error, SystemExit) else error
    if terminal.is_closed_pipe(cause):
        return FINE
    if "--debug" in arguments:
        traceback.print_exception(error)
    if isinstance(error, OSError):
        print_failure(os_failure(error))
        return CANNOT_RUN
    _print_fault(arguments)
    return FAULT


def _print_fault(arguments: Sequence[str]) -> None:
    if "--debug" in arguments:
        advice = "chi tiết ở các dòng trên, hãy gửi cho người bảo trì chương trình."
    else:
        join = subprocess.list2cmdline if os.name == "nt" else shlex.join
        advice = f"để xem chi tiết, hãy chạy lại: {PROGRAM} --debug {join(arguments)}"
    click.echo(f"Lỗi: {PROGRAM} gặp sự cố bên trong chương trình; {advice}", err=True)
