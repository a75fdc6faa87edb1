"""Reading a Word file takes steps by its length, never by the square of it, however it is long.

Steps are counted, since time says something of the machine: what Python does, and how many
children lxml may look through.
"""

import functools
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.oxml.xmlchemy import BaseOxmlElement

from danvan_cli.word.check import check
from danvan_cli.word.check.fixing import fixed

FILES = runpy.run_path(str(Path(__file__).parent.parent / "bench" / "large_documents.py"))["FILES"]
SEARCHES = ("find", "findall", "findtext", "iterfind", "iter", "iterdescendants", "xpath", "index")
LENGTHS = (30, 60, 120)


@pytest.fixture(scope="module", autouse=True)
def _everything_compiled_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("first") / "1.docx"
    path.write_bytes(FILES["paragraphs"](60))
    fixed(path)
    check(path)


def steps(work: Callable[[], object]) -> int:
    """Python's operations, and for each search of lxml's as many as the element has children."""
    counted = 0

    def operation(frame, _event, _argument):
        nonlocal counted
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        counted += 1
        return operation

    def counting(search):
        @functools.wraps(search)
        def search_and_count(element, *arguments, **named):
            nonlocal counted
            counted += len(element)
            return search(element, *arguments, **named)

        return search_and_count

    tracing = sys.gettrace()
    with pytest.MonkeyPatch.context() as patch:
        for name in SEARCHES:
            patch.setattr(BaseOxmlElement, name, counting(getattr(BaseOxmlElement, name)))
        sys.settrace(operation)
        try:
            work()
        finally:
            sys.settrace(tracing)
    return counted


def growth(work: Callable[[Path], object], name: str, folder: Path) -> float:
    """What the second doubling adds over what the first adds: 2 where steps go by the length.

    4 where they go by its square.
    """
    counts = []
    for length in LENGTHS:
        path = folder / f"{length}.docx"
        path.write_bytes(FILES[name](length))
        counts.append(steps(lambda path=path: work(path)))
    return (counts[2] - counts[1]) / (counts[1] - counts[0])


@pytest.mark.parametrize("name", FILES)
def test_check_takes_steps_by_the_length_of_a_document(name, tmp_path):
    assert growth(check, name, tmp_path) < 2.05


@pytest.mark.parametrize("name", ["runs", "lines", "paragraphs"])
def test_fix_takes_steps_by_the_length_of_a_document(name, tmp_path):
    assert growth(fixed, name, tmp_path) < 2.05
