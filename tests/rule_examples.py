"""The examples of docs/rules.md, a wrong and a right one of each rule that has them."""

import re

# Their modules declare their codes when they are imported.
from danvan_cli import check, rules  # noqa: F401
from danvan_cli.cli.commands.explain import entry
from danvan_cli.problems import CODES
from places import ROOT

RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
# What stands in no text that could be printed: the file's bytes, its size, signs without a shape,
# and how a Word document looks.
LOOKS = {
    *("D501", "D502", "D503", "D504", "D505", "D506", "D507", "D508"),
    *("D511", "D512", "D513", "D514", "D515", "D516", "D518", "D519", "D520"),
    *("D521", "D522", "D523", "D524", "D525", "D526", "D531", "D532", "D533", "D534"),
    *("D541", "D542", "D543", "D544", "D545", "D572", "D581", "D582"),
}
WITHOUT_EXAMPLE = {
    *("F101", "F102", "F103", "F112", "F114", "F118", "D590", "D594", "D595"),
    "D589",
    "F125",
    # Only git, only a rating knows.
    *("R487", "R496"),
    *("D596", "D597", "D598"),
    *LOOKS,
}
# Those of Word templates are held in test_template_check.py.
WITH_EXAMPLE = sorted(CODES.keys() - WITHOUT_EXAMPLE - {"D588", "D591", "D592", "D593"})


def example(code: str, word: str) -> dict[str, str]:
    """The files that an example, 'Sai' or 'Đúng', is made of: each name with its excerpt."""
    wrong, right = entry(RULES, code).split("\nSai:\n")[1].split("\nĐúng:\n")
    part = {"Sai": wrong, "Đúng": right}[word]
    files = dict(re.findall(r"^```\w+ (.+?)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL))
    assert files
    return files
