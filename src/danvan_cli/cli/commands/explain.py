"""`danvan explain`: what a code means, from docs/rules.md."""

import re
import shutil
import textwrap
from typing import Annotated

import click
import typer

from danvan_cli.files.resources import packaged
from danvan_cli.problems import Failure, did_you_mean

WantedCode = Annotated[
    str, typer.Argument(metavar="MÃ", help="Mã của lỗi hay cảnh báo, ví dụ R413.")
]
MAX_WIDTH = 100


def explain(code: WantedCode) -> None:
    """Giải thích một lỗi hay cảnh báo.

    Nêu lỗi ấy nghĩa là gì, vì sao quan trọng, một ví dụ sai và một ví dụ đúng. Mã đứng trước mỗi
    lời báo của 'danvan validate' và 'danvan check'.
    """
    wanted = code.strip().upper()
    rules = packaged("rules.md").read_text(encoding="utf-8")
    known = re.findall(r"^## (\w+)\. ", rules, re.MULTILINE)
    if wanted not in known:
        origins = "F1… tệp, S2… kiểu giá trị, P3… kế hoạch, R4… báo cáo, D5… văn bản Word"
        raise Failure(f"không có mã “{code}”", did_you_mean(wanted, known) or f"các mã: {origins}")
    width = min(shutil.get_terminal_size().columns, MAX_WIDTH)
    click.echo(plain(entry(rules, wanted), width))


def entry(rules: str, code: str) -> str:
    """The part of docs/rules.md under the heading of a code, heading included."""
    lines: list[str] = []
    in_code = False
    for line in rules[rules.index(f"\n## {code}. ") + 1 :].splitlines():
        # In a code block, such a line is a comment of the example.
        if lines and not in_code and line.startswith(("# ", "## ")):
            break
        in_code ^= line.startswith("```")
        lines.append(line)
    return "\n".join(lines).strip()


def plain(markdown: str, width: int) -> str:
    """The same for a terminal: no marks, prose broken at `width` letters, code set in by four."""
    lines: list[str] = []
    in_code = False
    for line in markdown.splitlines():
        if line.startswith("```"):
            in_code = not in_code
            lines += [_file_of(line)] if in_code else []
        elif in_code:
            lines.append(f"    {line}".rstrip())
        else:
            lines += _wrapped(_without_marks(line), width)
    return "\n".join(lines)


def _wrapped(line: str, width: int) -> list[str]:
    further = "  " if line.startswith("- ") else ""
    return textwrap.wrap(
        line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    ) or [""]


def _file_of(fence: str) -> str:
    """What is said of an example behind its language, if anything: its file."""
    _, _, file = fence.partition(" ")
    return f"  {file.strip()}:"


def _without_marks(line: str) -> str:
    return line.removeprefix("## ").replace("**", "").replace("`", "")
