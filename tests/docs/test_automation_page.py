"""What docs/tu-dong.md has machines run does run."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from danvan_cli.cli import app
from places import ROOT

PAGE = (ROOT / "docs" / "tu-dong.md").read_text(encoding="utf-8")


def blocks(*languages: str) -> list[str]:
    found = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [text for language, text in found if language in languages]


def commands() -> Iterator[str]:
    """Every call of `danvan` in a block, whatever runs it, without what it is piped into."""
    called = re.compile(r"(?:^|[\s/\\])danvan(?:\.exe)? +([^\n|&;>]+?) *(?:$|[|&;]|2?>)", re.M)
    for text in blocks("sh", "crontab", "bat", "powershell", "yaml"):
        for line in text.splitlines():
            if "schtasks" not in line and "mail -s" not in line:
                yield from called.findall(line)


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_each_command_runs_and_ends_as_the_table_says(line: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "plan.yaml", tmp_path)
    shutil.copytree(ROOT / "reports", tmp_path / "reports")
    day = ["--as-of", "3/6/2026"]
    result = CliRunner().invoke(app, ["-C", str(tmp_path), *shlex.split(line), *day])
    assert result.exit_code == (1 if line.startswith("overdue") else 0), result.stderr
    if "json" in line:
        assert json.loads(result.stdout)


def test_both_commands_are_shown_for_every_way_to_run_them() -> None:
    for languages in (("sh", "crontab"), ("bat",), ("yaml",)):
        text = "\n".join(blocks(*languages))
        assert re.search(r"danvan(\.exe)? overdue", text)
        assert re.search(r"danvan(\.exe)? remind", text)


def test_the_example_of_json_is_what_overdue_prints(tmp_path: Path) -> None:
    shutil.copy(ROOT / "plan.yaml", tmp_path)
    shutil.copytree(ROOT / "reports", tmp_path / "reports")
    arguments = ["overdue", "--format", "json", "--as-of", "3/6/2026"]
    result = CliRunner().invoke(app, ["-C", str(tmp_path), *arguments])
    (example,) = (json.loads(text) for text in blocks("json"))
    assert json.loads(result.stdout) == example
    fields = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert fields == list(example[0])


def test_the_examples_for_servers_are_yaml() -> None:
    github, gitlab = (yaml.safe_load(text) for text in blocks("yaml"))
    assert github["jobs"]["overdue"]["steps"]
    assert gitlab["overdue"]["script"] == ["danvan remind --period h1", "danvan overdue"]


def test_a_batch_file_has_only_ascii_letters_and_asks_for_the_higher_status_first() -> None:
    for text in blocks("bat"):
        assert text.isascii()
    daily = next(text for text in blocks("bat") if "errorlevel 2" in text)
    assert daily.index("errorlevel 2") < daily.index("errorlevel 1")
