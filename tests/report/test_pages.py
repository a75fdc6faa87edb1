"""How long the report of a large office is that nobody has edited yet."""

import subprocess
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from bench import workspaces
from danvan_cli.cli import app
from libreoffice import convert, needs_libreoffice

UNITS = 40
MOST_PAGES = 15


def own_words(chance: Random, sentences: int) -> str:
    """Sentences that no other unit has: each with a figure of its own."""
    return " ".join(
        f"{text.removesuffix('.')}, với {chance.randint(11, 99_999)} lượt người tham gia."
        for text in chance.choices(workspaces.SENTENCES, k=sentences)
    )


@pytest.mark.slow
@needs_libreoffice
def test_the_report_of_forty_units_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspaces, "_prose", own_words)
    workspaces.write(tmp_path / "large", UNITS)
    command = ["-C", str(tmp_path / "large"), "report", "--period", "h1", "--as-of", "4/6/2026"]
    made = CliRunner().invoke(app, command)
    assert made.exit_code == 0, made.output
    report = tmp_path / "large/output/2026/h1/bao-cao.docx"
    (pdf,) = convert([report], "pdf", tmp_path)
    told = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True)
    pages = told.stdout.decode("utf-8").split("\f")[:-1]
    body = next(number for number, page in enumerate(pages) if "Phụ lục I\n" in page)
    assert 0 < body <= MOST_PAGES
