"""Writes docs/cli.md, the reference of all commands, from what `--help` says."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import typer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from danvan_cli import cli  # noqa: E402

WIDTH = 100

INTRODUCTION = """\
# Các lệnh của danvan

Trang này do `python scripts/cli_docs.py` lập từ chính lời hướng dẫn của chương trình (`--help`); \
không sửa tay.
"""


def reference() -> str:
    """The whole page."""
    program = typer.main.get_command(cli.app)
    context = click.Context(program, info_name="danvan", terminal_width=WIDTH)
    chapters = [chapter(command) for command in with_subcommands(context)]
    return "\n".join([INTRODUCTION, *chapters])


def with_subcommands(context: click.Context) -> Iterator[click.Context]:
    """The command and all commands under it, in the order of the help."""
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            subcommand = command.get_command(context, name)
            if subcommand is not None and not subcommand.hidden:
                yield from with_subcommands(
                    click.Context(subcommand, parent=context, info_name=name)
                )


def chapter(context: click.Context) -> str:
    """A command's heading and help, in the plain form that a pipe gets."""
    formatter = context.make_formatter()
    click.Command.format_help(context.command, context, formatter)
    return f"## {context.command_path}\n\n```text\n{formatter.getvalue().rstrip()}\n```\n"


if __name__ == "__main__":
    (ROOT / "docs" / "cli.md").write_text(reference(), encoding="utf-8", newline="\n")
