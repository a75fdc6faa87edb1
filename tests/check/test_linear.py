"""Reading a Word file takes steps by its length, never by the square of it, however it is long.

Steps are counted, since time says something of the machine: what Python does, and how many
children lxml may look through.
"""

import functools
import runpy
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from typer.testing import CliRunner

from danvan_cli.check import check
from danvan_cli.check.fixing import fixed
from danvan_cli.cli import app
from danvan_cli.drafts import edits, reading
from danvan_cli.drafts.passages import BOOKMARK_START
from danvan_cli.word.file.text import text_of
from handmade_form import handmade
from places import ROOT

DOCUMENTS = runpy.run_path(str(ROOT / "bench" / "large_documents.py"))
FILES = DOCUMENTS["FILES"]
SEARCHES = ("find", "findall", "findtext", "iterfind", "iter", "iterdescendants", "xpath", "index")
LENGTHS = (30, 60, 120)


@pytest.fixture(scope="module", autouse=True)
def _everything_compiled_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("first") / "1.docx"
    path.write_bytes(FILES["paragraphs"](60))
    fixed(path)
    check(path)


def steps(work: Callable[[], object]) -> int:
    """Lines that Python runs, a loop's once each round; with each search of lxml's all children."""
    counted = 0

    def line(_frame, _event, _argument):
        nonlocal counted
        counted += 1
        return line

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
        sys.settrace(line)
        try:
            work()
        finally:
            sys.settrace(tracing)
    return counted


def growth(work: Callable[[Path], object], make: Callable[[int], bytes], folder: Path) -> float:
    """What the second doubling adds over what the first adds: 2 where steps go by the length.

    4 where they go by its square.
    """
    counts = []
    for length in LENGTHS:
        path = folder / f"{length}.docx"
        path.write_bytes(make(length))
        counts.append(steps(lambda path=path: work(path)))
    return (counts[2] - counts[1]) / (counts[1] - counts[0])


@pytest.mark.parametrize("name", FILES)
def test_check_takes_steps_by_the_length_of_a_document(name, tmp_path):
    assert growth(check, FILES[name], tmp_path) < 2.05


@pytest.mark.parametrize("name", ["runs", "lines", "paragraphs"])
def test_fix_takes_steps_by_the_length_of_a_document(name, tmp_path):
    assert growth(fixed, FILES[name], tmp_path) < 2.05


def test_import_takes_steps_by_the_number_of_copied_rows(plan, root):
    def make(rows: int) -> bytes:
        form = handmade(plan, "tong-hop")
        form.fill("models.1.name", "Sổ tay")
        row = next(form.cell("models.1.name").iterancestors(qn("w:tr")))
        for _ in range(rows):
            row.addnext(deepcopy(row))
        return form.save(root).read_bytes()

    def work(path: Path) -> None:
        result = CliRunner().invoke(app, ["-C", str(root), "import", str(path)])
        assert result.exit_code == 1

    work_once = root / "một.docx"
    work_once.write_bytes(make(1))
    work(work_once)
    assert growth(work, make, root) < 2.05


def test_a_draft_takes_steps_by_the_number_of_marks_that_span_it(tmp_path):
    def make(marks: int) -> bytes:
        start = "".join(
            f'<w:bookmarkStart w:id="{number}" w:name="{BOOKMARK_START}{number}"/>'
            for number in range(marks)
        )
        end = "".join(f'<w:bookmarkEnd w:id="{number}"/>' for number in range(marks))
        return DOCUMENTS["document"](start + "<w:p/>" * marks + end)

    def work(path: Path) -> None:
        assert len(reading.blocks(docx.Document(str(path)), [])) == 0

    assert growth(work, make, tmp_path) < 2.05


def test_what_a_leader_changed_takes_steps_by_the_number_of_alike_paragraphs():
    def work(length: int) -> int:
        before = ["cũ"] + ["như nhau"] * length
        after = ["như nhau"] * length + ["mới"]
        return steps(lambda: list(edits._opcodes(before, after)))

    assert work(40_000) < 100 * work(1_500)


def test_text_boxes_in_text_boxes_are_read_once_each():
    inner = "<w:p><w:r><w:t>chữ</w:t></w:r></w:p>"
    for _ in range(50):
        inner = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    body = parse_xml(f"<w:body {nsdecls('w')}>{inner}</w:body>")
    assert text_of(body).strip() == "chữ"
