"""Long tables and texts are written piece by piece, and the file is as if they had not been."""

import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msgspec.structs import replace

from danvan_cli.files.resources import packaged
from danvan_cli.model.plan import DocumentLook
from danvan_cli.problems import Failure
from danvan_cli.word.document import long_body
from danvan_cli.word.document.fields import WorkingDocument
from danvan_cli.word.document.printing import context_of, render
from danvan_cli.word.document.sample import samples
from danvan_cli.word.template import fill

SETTINGS = DocumentLook(body=14)
PAPER = "templates/tong-hop-noi-bo.docx"
PARAGRAPH_ID = (
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="00AA00AA"'
)


def paragraph(text: str, style: str = "NoiDung") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def cell(text: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{paragraph(text)}</w:tc>'


def tag(statement: str) -> str:
    return paragraph(f"{{%p {statement} %}}")


def tag_row(statement: str) -> str:
    return f"<w:tr>{cell(f'{{%tr {statement} %}}')}</w:tr>"


THREE = cell("{{ row.number }}") + cell("{{ row.name }}") + cell("c")
ODD_ROWS = (
    THREE + cell("a fourth"),
    THREE.replace("<w:r>", '<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/><w:r>'),
    '<w:tc><w:tcPr><w:tcW w:w="9" w:type="dxa"/><w:gridSpan w:val="5"/></w:tcPr><w:p/></w:tc>',
    "<w:tc><w:tcPr/></w:tc><w:tc><w:p/></w:tc>",
    f"<w:tc><w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('inside')}</w:tr></w:tbl></w:tc>",
    f"<w:tc>{paragraph('TÊN CƠ QUAN', 'TenCoQuan')}{paragraph('', 'DuongKe')}</w:tc>",
)
ODD_PARAGRAPHS = (
    f"<w:p {PARAGRAPH_ID}><w:r><w:t>x</w:t></w:r></w:p>",
    '<w:p><w:bookmarkStart w:id="3" w:name="y"/><w:bookmarkEnd w:id="3"/></w:p>',
    paragraph("{{ row.state }}", "TrichYeu"),
    paragraph("", "DuongKeTrichYeu"),
    "<w:sdt><w:sdtPr><w:id w:val='7'/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="9000" w:h="9000"/></w:sectPr></w:pPr></w:p>',
)


def odd_template(path: Path) -> Path:
    """A table and a text in a loop, in which every now and then there is what cannot leave."""
    rows = [tag_row("for row in units"), f"<w:tr {PARAGRAPH_ID}>{THREE}</w:tr>"]
    paragraphs = [tag("for row in units"), paragraph("{{ row.name }} &amp; “x”")]
    for number, (row, odd) in enumerate(zip(ODD_ROWS, ODD_PARAGRAPHS, strict=True)):
        condition = f"if row.number % 31 == {number}"
        rows += [tag_row(condition), f"<w:tr>{row}</w:tr>", tag_row("endif")]
        paragraphs += [tag(condition), odd, tag("endif")]
    columns = '<w:gridCol w:w="3000"/>' * 3
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('x') * 3}</w:tr>"
        f"{''.join(rows)}{tag_row('endfor')}</w:tbl>"
    )
    document = docx.Document(str(packaged(PAPER)))
    body: Any = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    xml = f"<w:body {nsdecls('w')}>{table}{''.join(paragraphs)}{tag('endfor')}{table}</w:body>"
    for element in parse_xml(xml):
        body.sectPr.addprevious(element)
    document.save(str(path))
    return path


def paper(units: int) -> WorkingDocument:
    """A made-up working paper with so many units in every table and to every topic."""
    one = next(samples(WorkingDocument))
    assert isinstance(one, WorkingDocument)
    topic = one.groups[0].topics[0]
    topics = [replace(topic, entries=topic.entries * (units // 2))]
    return replace(
        one,
        units=[replace(one.units[0], number=number) for number in range(units)],
        tasks=[replace(each, rows=each.rows * (units // 2)) for each in one.tasks],
        groups=[replace(one.groups[0], topics=topics)],
    )


def main_part(content: bytes) -> bytes:
    return zipfile.ZipFile(BytesIO(content)).read("word/document.xml")


@pytest.mark.parametrize("pieces", [1, 37, 4_000])
@pytest.mark.parametrize("is_odd", [False, True])
def test_the_file_is_the_same_as_if_its_tree_had_been_whole(
    is_odd: bool, pieces: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = odd_template(tmp_path / "mau.docx") if is_odd else packaged(PAPER)
    monkeypatch.setattr(long_body, "_PIECES_AT_ONCE", pieces)
    bit_by_bit = render(template, paper(150), SETTINGS)

    monkeypatch.setattr(long_body, "read", lambda pieces, **_: fill.whole(pieces))
    at_once = render(template, paper(150), SETTINGS)

    assert main_part(bit_by_bit) == main_part(at_once)
    assert bit_by_bit == at_once


def test_of_ten_times_the_units_no_more_stays_in_the_tree() -> None:
    sizes = []
    for units in (200, 2_000):
        held: list[bytes] = []
        template, context = packaged(PAPER), context_of(paper(units))
        filled = fill.fill(template, context, partial(long_body.read, held=held))
        sizes.append(sum(1 for _ in filled.element.iter()))
        assert sum(map(len, held)) > 1_000 * units
    assert sizes[1] < 1.1 * sizes[0] + 200


def test_a_mistake_in_a_tag_is_told_before_what_does_not_close() -> None:
    def pieces() -> Iterator[str]:
        yield f"<w:document {nsdecls('w')}><w:body><w:p></w:tbl>"
        yield from ["<w:p/>"] * 10_000
        raise Failure("không có tên “x”")

    with pytest.raises(Failure, match="không có tên"):
        long_body.read(pieces(), [])
