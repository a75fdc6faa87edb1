"""Writes the headings of docs/rules.md, code, title and severity, as the rules declare them."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rules.md"
sys.path.insert(0, str(ROOT / "src"))

# Their modules declare their codes when they are imported.
from danvan_cli import check, rules  # noqa: E402, F401
from danvan_cli.problems import CODES  # noqa: E402

HEADING = re.compile(r"^## (\w+)\..*$", re.MULTILINE)


def with_headings(page: str) -> str:
    """The page, each entry under the heading that its code is declared with."""
    return HEADING.sub(lambda match: heading(match[1]), page)


def heading(code: str) -> str:
    """'## R413. Số bộ phận lớn hơn tổng số (lỗi)'."""
    kind = CODES[code]
    return f"## {code}. {kind.title} ({kind.severity.label})"


if __name__ == "__main__":
    PAGE.write_text(with_headings(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")
