"""What the report of the period before promised and asked for, and what units say of it now."""

import re
from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Unit
from danvan_cli.model.unit_report import Proposal, UnitReport
from danvan_cli.report.merging import paragraphs_of
from danvan_cli.report.sentences import sentences_of

ABOUT = 68
"""From 0 to 100, by the words that two sentences share: from here on they may be about the same."""

_WORD = re.compile(r"\w+")


class Promise(Struct, frozen=True):
    """`answers`: the unit and the sentence of each that may be about it, in the plan's order."""

    text: str
    answers: list[tuple[Unit, str]]


def promises(
    field: str,
    office: OfficeReport | None,
    earlier: Sequence[UnitReport],
    now: Sequence[tuple[Unit, UnitReport]],
) -> list[Promise]:
    """The items of `next_steps` or `proposals` of the office, or else of the units, then.

    `earlier`: the units' reports that counted for that period; `now`: those of this one.
    """
    items = getattr(office, field, []) or [
        item for said in earlier for item in getattr(said, field)
    ]
    texts = [item.text if isinstance(item, Proposal) else str(item) for item in items]
    said = [(unit, sentence) for unit, report in now for sentence in _sentences(report)]
    return [
        Promise(text, [each for each in said if _is_about(text, each[1])])
        for text in dict.fromkeys(texts)
    ]


def _sentences(report: UnitReport) -> list[str]:
    """What a unit says that it has done."""
    texts = [report.leadership, *(result.summary for result in report.results.values())]
    lines = [line for text in texts for line in paragraphs_of(text)] + list(report.strengths)
    return [sentence for line in lines for sentence in sentences_of(line)]


def _is_about(promise: str, sentence: str) -> bool:
    one, other = (" ".join(_WORD.findall(text.casefold())) for text in (promise, sentence))
    return fuzz.token_set_ratio(one, other) >= ABOUT
