"""The pages under docs/ say what the program says."""

import runpy
import unicodedata

import click
import pytest
import typer

from danvan_cli import cli
from places import ROOT

CLI_DOCS = runpy.run_path(str(ROOT / "scripts" / "cli_docs.py"))


def commands() -> list[click.Context]:
    program = typer.main.get_command(cli.app)
    return list(CLI_DOCS["with_subcommands"](click.Context(program, info_name="danvan")))


def is_vietnamese(text: str | None) -> bool:
    return bool(text) and not text.isascii() and unicodedata.is_normalized("NFC", text)


def test_the_command_reference_says_what_help_says():
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == CLI_DOCS["reference"](), "run: python scripts/cli_docs.py"


@pytest.mark.parametrize("context", commands(), ids=lambda context: context.command_path)
def test_a_command_and_all_it_takes_are_explained_in_vietnamese(context):
    assert is_vietnamese(context.command.help)
    for param in context.command.get_params(context):
        assert is_vietnamese(getattr(param, "help", None)), param.name


@pytest.mark.parametrize("context", commands(), ids=lambda context: context.command_path)
def test_no_option_is_read_from_the_environment(context):
    """Click tells of such an option, 'env var', past gettext."""
    assert not [param.name for param in context.command.get_params(context) if param.envvar]


@pytest.mark.parametrize("context", commands(), ids=lambda context: context.command_path)
def test_no_value_is_named_by_its_english_type(context):
    english = {"TEXT", "INTEGER", "FLOAT", "PATH", "FILE", "FILENAME", "DIRECTORY", "DATETIME"}
    for param in context.command.get_params(context):
        metavar = param.make_metavar(context)
        assert not english & set(metavar.strip("[].").split()), param.name
        if isinstance(param, click.Argument):
            assert param.metavar, f"{param.name}: an argument's own name is English"


def test_summaries_of_commands_fit_their_line_at_80_columns():
    program = typer.main.get_command(cli.app)
    context = click.Context(program, info_name="danvan", terminal_width=78)
    formatter = context.make_formatter()
    click.Command.format_help(program, context, formatter)
    cut = [line for line in formatter.getvalue().splitlines() if line.endswith("...")]
    assert cut == ["Cách dùng: danvan [TÙY_CHỌN] LỆNH [ĐỐI_SỐ]..."]
