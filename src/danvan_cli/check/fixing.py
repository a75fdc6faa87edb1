"""Repairs in a copy of a document what can be repaired without judgement."""

from pathlib import Path

from docx.document import Document as WordDocument

from danvan_cli.check import finding, findings
from danvan_cli.check.finding import Finding
from danvan_cli.word.file import package
from danvan_cli.word.file.opening import opened

_MOST_PASSES = 4
"""One repair may bring another fault to light: a size of the set, once the others are right."""


def fixed(path: Path) -> tuple[bytes, list[str]]:
    """The repaired document as a file's content, and what was changed, in words.

    The file itself stays as it is. Raises Failure for what is no Word document that can be read.
    """
    with opened(path) as document:
        changed = [change.message for change in finding.diagnostics(repair(document))]
        return package.zipped(package.parts(document)), changed


def repair(document: WordDocument) -> list[Finding]:
    """Changes the open document; what was found wrong and is right now."""
    repaired: list[Finding] = []
    for _ in range(_MOST_PASSES):
        repairable = [found for found in findings(document) if found.repair is not None]
        if not repairable:
            break
        for found in repairable:
            if found.repair is not None:
                found.repair()
        repaired += repairable
    return repaired
