"""Makes the pictures of the README and the guide from what the program really shows and writes.

    python scripts/pictures.py

Needs a POSIX terminal, LibreOffice (soffice) and Poppler (pdftoppm). Run it when the look of
`danvan status`, of the report or of a form changes.
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DANVAN = [sys.executable, "-m", "danvan_cli", "-C", str(ROOT)]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

DAY = "3/6/2026"
"""Between the units' first deadline and the office's: one late, one missing, none to spare."""

COLUMNS = 80
DOCUMENT_DPI = 70

_THEME = TerminalTheme(
    (250, 250, 250),
    (40, 44, 52),
    [
        (40, 44, 52),
        (176, 42, 42),
        (40, 120, 60),
        (150, 100, 0),
        (40, 90, 170),
        (130, 60, 150),
        (0, 120, 130),
        (120, 120, 120),
    ],
)


def main() -> None:
    (DOCS / "status.svg").write_text(status_picture(), encoding="utf-8", newline="\n")
    (DOCS / "bao-cao.png").write_bytes(report_picture())
    (DOCS / "bieu-mau.png").write_bytes(form_picture())


def status_picture() -> str:
    """`danvan status` as a terminal of 80 columns shows it, drawn by rich."""
    arguments = ["status", "--as-of", DAY]
    shown = Text.from_ansi(on_terminal([*DANVAN, *arguments]))
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere)
        console.print(shown)
    svg = console.export_svg(title=" ".join(["danvan", *arguments]), theme=_THEME)
    # A page that shows the picture should fetch nothing: fonts that machines have, with Vietnamese.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "Consolas, Menlo, Liberation Mono, monospace")


def on_terminal(command: list[str]) -> str:
    """What a command writes to a terminal, colours included; raises where it fails."""
    ours, its = pty.openpty()
    environment = {**ENVIRONMENT, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdout=its, stderr=its, stdin=its, env=environment)
    os.close(its)
    written = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    if process.wait() != 0:
        raise subprocess.CalledProcessError(process.returncode, command, written)
    return written.decode().replace("\r\n", "\n")


def report_picture() -> bytes:
    """The first page of the half-year report, in grey."""
    return first_page("report", "--period", "h1")


def form_picture() -> bytes:
    """The first page of a form for the half year that its unit has filled in, in grey."""
    return first_page("form", "ban-tiep-cong-dan", "--period", "h1")


def first_page(*arguments: str) -> bytes:
    """The first page of the document that a command writes, as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = folder / "document.docx"
        _run([*DANVAN, *arguments, "-o", str(document)])
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run(["soffice", profile, "--convert-to", "pdf", "--outdir", name, str(document)])
        pages = ["pdftoppm", "-png", "-gray", "-r", str(DOCUMENT_DPI), "-f", "1", "-singlefile"]
        _run([*pages, str(folder / "document.pdf"), str(folder / "page")])
        return (folder / "page.png").read_bytes()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # Linux says so when the command has closed its end.
        return b""


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
