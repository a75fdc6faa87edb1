"""Checks a Word document, whoever made it, against Nghị định 30/2020/NĐ-CP."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from docx.document import Document as WordDocument
from msgspec.structs import replace

from danvan_cli.check import finding
from danvan_cli.check.examined import Examined, examine
from danvan_cli.check.finding import Finding
from danvan_cli.check.rules import (
    characters,
    order,
    page,
    page_numbers,
    rule_lines,
    spacing,
    wording_appendix,
    wording_head,
    wording_text,
)
from danvan_cli.problems import Diagnostic, limited
from danvan_cli.word.file.opening import opened

Rule: TypeAlias = Callable[[Examined], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    page.paper,
    page.orientation,
    page.margins,
    page_numbers.existence,
    page_numbers.position,
    page_numbers.first_page,
    page_numbers.counting,
    page_numbers.appendices,
    characters.fonts,
    characters.colors,
    characters.sizes,
    characters.weight,
    characters.slant,
    characters.case,
    characters.size_set,
    characters.body_size,
    characters.composed,
    spacing.alignment,
    spacing.indents,
    spacing.between_paragraphs,
    spacing.between_lines,
    spacing.blanks,
    spacing.date_in_one_line,
    rule_lines.lines_beneath,
    order.kind,
    order.presence,
    order.archive,
    order.order,
    order.sides,
    order.addressed,
    wording_head.national_name_and_motto,
    wording_head.number_and_symbol,
    wording_head.abbreviation,
    wording_head.place_and_date,
    wording_text.addressees,
    wording_text.legal_bases,
    wording_text.recipients,
    wording_text.as_above,
    wording_text.end,
    wording_text.signer,
    wording_text.numbering,
    wording_text.changes_and_comments,
    wording_appendix.labels,
    wording_appendix.references,
    wording_appendix.citations,
)


def check(path: Path) -> list[Diagnostic]:
    """What in the file deviates from the decree, from the top downwards.

    Raises Failure for what is no Word document that can be read.
    """
    with opened(path) as document:
        found = finding.diagnostics(findings(document))
    return [replace(problem, file=path) for problem in limited(found)]


def findings(document: WordDocument) -> list[Finding]:
    """Every deviation of an open document, one for each place."""
    examined = examine(document)
    return [found for rule in RULES for found in rule(examined)]
