"""The good files that fuzzing starts from: a small workspace, and the Word files made from it."""

import functools
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from fuzz.cases import COMMAND

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import small_workspace

PLAN = "plan.yaml"
REPORT = small_workspace.H1
OFFICE = small_workspace.OFFICE
FILES = {name: text.encode() for name, text in small_workspace.FILES.items()}


@functools.cache
def document() -> bytes:
    """The combined report, which is not issued, so that its draft can come home again."""
    return _made(["report", "--period", "annual"], "output/2026/annual/bao-cao.docx")


@functools.cache
def form(unit: str = "ban-tiep-cong-dan", period: str = "h1") -> bytes:
    """The form of a unit, filled in with its report."""
    return _made(["form", unit, "--period", period], f"output/2026/{period}/forms/{unit}.docx")


@functools.cache
def template() -> bytes:
    """The template of the plan, the shortest."""
    from danvan_cli.files.resources import packaged

    return packaged("templates/ke-hoach.docx").read_bytes()


def _made(command: list[str], name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        small_workspace.write(Path(folder))
        result = CliRunner().invoke(COMMAND, ["-C", folder, *command])
        assert result.exit_code == 0, result.output
        return Path(folder, name).read_bytes()
