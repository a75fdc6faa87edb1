"""Sentences of several units that are almost the same, for the editor to make one of."""

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct
from rapidfuzz import fuzz, process

from danvan_cli.report.combined_report import CombinedReport, Passage, PointGroup, Sentence

ALIKE = 80
"""From 0 to 100, by the words in the order of the alphabet: from here on almost the same.

In the sample no two sentences of different meaning with the same numbers come above 74.
"""

_WORD = re.compile(r"\w+")
_NEGATIONS = ("không", "chưa", "chẳng")


class NearEqual(Struct, frozen=True):
    """Sentences of one task, or of a list, in the order of the report."""

    passage: Passage
    group: PointGroup
    sentences: list[Sentence]

    @property
    def proposal(self) -> str:
        """The wording that is proposed for all: the longest."""
        return max((sentence.text for sentence in self.sentences), key=len)


def near_equal(report: CombinedReport) -> list[NearEqual]:
    """In the passages that the office has not written, those left out among them."""
    return [
        NearEqual(passage, group, sentences)
        for passage in report.passages
        for group in passage.groups
        for sentences in alike(group)
    ]


def alike(group: PointGroup) -> Iterator[list[Sentence]]:
    """The sets of sentences that are almost the same as the first of their set.

    Other numbers, or a 'không' more, are another statement, however many words are the same.
    """
    firsts: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    sets: defaultdict[tuple[str, ...], list[list[Sentence]]] = defaultdict(list)
    points = [*group.points, *group.left_out]
    for sentence in (sentence for point in points for sentence in point.sentences):
        words = sorted(_WORD.findall(sentence.text.casefold()))
        facts = tuple(word for word in words if word.isdigit() or word in _NEGATIONS)
        text = " ".join(words)
        near = process.extractOne(text, firsts[facts], scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near:
            sets[facts][near[2]].append(sentence)
        else:
            firsts[facts].append(text)
            sets[facts].append([sentence])
    for found in sets.values():
        yield from (same for same in found if len(same) > 1)
