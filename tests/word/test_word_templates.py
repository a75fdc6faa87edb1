"""The default templates: built from the decree's table, clean, and as committed."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length

from danvan_cli.word import decree
from danvan_cli.word.decree import Element
from danvan_cli.word.document import default_templates
from danvan_cli.word.document.styles import STYLES, Style, addressee_indents
from danvan_cli.word.file.text_width import longest_line, text_width
from ooxml import violations
from places import ROOT

COMMITTED = ROOT / "templates"
NAMES = sorted(default_templates.TEMPLATES)
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def mm(length: Length | None) -> float:
    assert length is not None
    return length.mm


def test_the_committed_templates_are_those_that_are_built(tmp_path: Path) -> None:
    for path in default_templates.build(tmp_path):
        assert parts_of(COMMITTED / path.name) == parts_of(path), path.name


@pytest.mark.parametrize("name", NAMES)
def test_word_opens_a_template_without_repair(name: str) -> None:
    assert violations(COMMITTED / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_part_that_nothing_uses(name: str) -> None:
    assert {part.partition("/")[2] for part in parts_of(COMMITTED / name) if "word/" in part} <= {
        "_rels/document.xml.rels",
        "document.xml",
        "fontTable.xml",
        "header1.xml",
        "header2.xml",
        "settings.xml",
        "styles.xml",
        "theme/theme1.xml",
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_section_is_an_a4_page_with_the_decrees_margins(name: str) -> None:
    for section in docx.Document(str(COMMITTED / name)).sections:
        sides = sorted([round(mm(section.page_width)), round(mm(section.page_height))])
        assert sides == [decree.PAGE.width, decree.PAGE.height]
        assert mm(section.top_margin) in decree.PAGE.top
        assert mm(section.bottom_margin) in decree.PAGE.bottom
        assert mm(section.left_margin) in decree.PAGE.left
        assert mm(section.right_margin) in decree.PAGE.right


def test_the_page_number_stands_in_the_top_margin_but_not_on_the_first_page() -> None:
    document = docx.Document(str(COMMITTED / "bao-cao.docx"))
    first = document.sections[0]
    assert "PAGE" in first.header._element.xml
    assert first.header.paragraphs[0].style.name == "Số trang"
    assert mm(first.header_distance) < mm(first.top_margin)
    assert [section.different_first_page_header_footer for section in document.sections][:4] == [
        True
    ] * 4


@pytest.mark.parametrize(
    "style", [style for style in STYLES if style.element], ids=lambda style: style.id
)
def test_a_style_keeps_to_its_element(style: Style) -> None:
    element = style.element
    assert element
    built = docx.Document(str(COMMITTED / "bao-cao.docx")).styles[style.name]
    assert built.font.size.pt in element.sizes
    assert bool(built.font.bold) == element.bold
    assert bool(built.font.italic) == element.italic or style.id == "NhiemVu"
    assert bool(built.font.all_caps) == element.upper
    if element.alignment and style.id not in ("NhiemVu", "Diem"):
        assert built.paragraph_format.alignment == ALIGNMENTS[element.alignment]
    if element.first_line:
        assert round(mm(built.paragraph_format.first_line_indent), 1) in element.first_line
    if element.space_between:
        assert built.paragraph_format.space_after.pt >= element.space_between
    if element.lines:
        assert built.paragraph_format.line_spacing in element.lines


def test_headings_are_not_stretched_to_the_right_margin() -> None:
    for name in ("Mục", "Khoản", "Điểm"):
        built = docx.Document(str(COMMITTED / "tong-hop-noi-bo.docx")).styles[name]
        assert built.paragraph_format.alignment == ALIGNMENTS["left"]
        assert built.paragraph_format.first_line_indent


def test_headings_carry_outline_levels() -> None:
    levels = {
        style.id: style.properties["outline_level"]
        for style in STYLES
        if "outline_level" in style.properties
    }
    assert levels == {"Muc": 0, "Khoan": 1, "Diem": 2, "PhuLuc": 0, "NhiemVu": 2}


def test_tables_repeat_their_headings_and_no_row_is_cut() -> None:
    document = docx.Document(str(COMMITTED / "bao-cao.docx"))
    data_tables = [table for table in document.tables if table.style.name == "Bảng biểu"]
    assert len(data_tables) == 4
    for table in data_tables:
        assert table._tbl.tr_lst[0].trPr.find(docx.oxml.ns.qn("w:tblHeader")) is not None
    for table in document.tables:
        for row in table._tbl.tr_lst:
            assert row.trPr.find(docx.oxml.ns.qn("w:cantSplit")) is not None


def test_no_paragraph_is_empty_but_those_that_carry_a_line_or_a_section_break() -> None:
    for name in NAMES:
        for paragraph in docx.Document(str(COMMITTED / name)).paragraphs:
            if not paragraph.text:
                assert paragraph.style.name.startswith(("Đường kẻ", "Ngắt phần"))


def test_the_document_speaks_vietnamese() -> None:
    styles = parts_of(COMMITTED / "bao-cao.docx")["word/styles.xml"].decode()
    assert 'w:lang w:val="vi-VN"' in styles


def test_dashes_of_addressees_stand_below_the_colon() -> None:
    left, hanging = addressee_indents(14)
    start = 30 * 1440 / 25.4
    colon = text_width("Kính gửi", 14) * 20
    assert abs(left - hanging - start - colon) <= 1


@pytest.mark.parametrize("element", decree.ELEMENTS, ids=lambda element: element.name)
def test_a_size_of_either_set_is_one_that_the_decree_allows(element: Element) -> None:
    for size_set, together in decree.SIZE_SETS.items():
        for body in (13, 14):
            assert decree.size(element, size_set, body) in element.sizes
        if element.name in together:
            assert decree.size(element, size_set, 14) == together[element.name]


def test_a_line_of_text_is_as_wide_as_the_font_makes_it() -> None:
    # 2048ths: Đ 1479, ộ 1024, c 909 in bold.
    assert text_width("Độc", 14, bold=True) == pytest.approx((1479 + 1024 + 909) / 2048 * 14)
    assert text_width("ười", 14) == pytest.approx((1110 + 1083 + 569) / 2048 * 14)


def test_the_longest_line_is_that_of_words_set_into_the_room() -> None:
    one = text_width("Văn phòng", 14)
    assert longest_line("Văn phòng Văn", one + 1, 14) == pytest.approx(one)
    assert longest_line("Văn phòng", 1000, 14) == pytest.approx(one)
