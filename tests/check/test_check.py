"""A document that keeps the decree has no findings; one damaged in one respect has that one."""

import copy
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.section import CT_SectPr
from docx.shared import Mm, Pt, RGBColor

from danvan_cli.check import check
from danvan_cli.problems import Diagnostic
from decree_document import Handmade, handmade
from decree_words import LONG

KINDS = ("báo cáo", "công văn", "kế hoạch", "quyết định")
RIGHT, LEFT, CENTER = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER

Damage = Callable[[Handmade], None]


def found(made: Handmade, folder: Path) -> list[Diagnostic]:
    return check(made.save(folder))


def codes(made: Handmade, folder: Path) -> list[str]:
    return [each.code for each in found(made, folder)]


@pytest.mark.parametrize("lines", ["borders", "shapes", "pictures", "underscores"])
@pytest.mark.parametrize("layout", ["table", "tabs"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_document_that_keeps_the_decree_has_no_findings(tmp_path, kind, layout, lines):
    assert found(handmade(kind, layout=layout, lines=lines), tmp_path) == []


@pytest.mark.parametrize(("size_set", "body"), [("12-13", 13), ("12-13", 14), ("13-14", 13)])
@pytest.mark.parametrize("layout", ["table", "tabs"])
def test_either_set_of_sizes_will_do(tmp_path, layout, size_set, body):
    made = handmade("công văn", layout=layout, size_set=size_set, body=body)
    assert found(made, tmp_path) == []


@pytest.mark.parametrize("appendices", [1, 3])
@pytest.mark.parametrize("layout", ["table", "tabs"])
def test_appendices_that_keep_the_decree_have_no_findings(tmp_path, layout, appendices):
    assert found(handmade(layout=layout, appendices=appendices), tmp_path) == []


def on_letter_paper(made: Handmade) -> None:
    section = made.document.sections[0]
    section.page_width, section.page_height = Mm(216), Mm(279)


def on_its_side(made: Handmade) -> None:
    section = made.document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE


def margin(side: str, mm: float) -> Damage:
    def damage(made: Handmade) -> None:
        setattr(made.document.sections[0], f"{side}_margin", Mm(mm))

    return damage


def gutter(made: Handmade) -> None:
    made.document.sections[0].gutter = Mm(10)


def without_page_number(made: Handmade) -> None:
    paragraph = made.document.sections[0].header.paragraphs[0]
    for run in list(paragraph.runs):
        paragraph._p.remove(run._r)


def page_number_on_the_right(made: Handmade) -> None:
    made.document.sections[0].header.paragraphs[0].alignment = RIGHT


def page_number_below(made: Handmade) -> None:
    section = made.document.sections[0]
    footer = section.footer.paragraphs[0]
    footer.alignment = CENTER
    for run in list(section.header.paragraphs[0].runs):
        footer._p.append(run._r)


def page_number_on_first_page(made: Handmade) -> None:
    made.document.sections[0].different_first_page_header_footer = False


def page_numbers(**attributes: str) -> Damage:
    def damage(made: Handmade) -> None:
        written = " ".join(f'w:{name}="{value}"' for name, value in attributes.items())
        pages = parse_xml(f"<w:pgNumType {nsdecls('w')} {written}/>")
        made.document.sections[0]._sectPr.find(qn("w:pgMar")).addnext(pages)

    return damage


def page_number_size(made: Handmade) -> None:
    for run in made.document.sections[0].header.paragraphs[0].runs:
        run.font.size = Pt(11)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (on_letter_paper, "D501"),
        (on_its_side, "D502"),
        (margin("top", 15), "D503"),
        (margin("bottom", 30), "D503"),
        (margin("left", 25), "D503"),
        (margin("right", 25), "D503"),
        (gutter, "D503"),
        (without_page_number, "D504"),
        (page_number_on_the_right, "D505"),
        (page_number_below, "D505"),
        (page_number_on_first_page, "D506"),
        (page_numbers(start="3"), "D507"),
        (page_numbers(fmt="lowerRoman"), "D507"),
        (page_number_size, "D514"),
    ],
)
def test_a_page_that_breaks_one_rule_has_that_finding(tmp_path, damage, code):
    made = handmade(lines="underscores")
    damage(made)
    assert codes(made, tmp_path) == [code]


@pytest.mark.parametrize("mm", [20, 25, 20.1])
def test_margins_may_be_anything_in_their_range_and_rounded_as_word_does(tmp_path, mm):
    made = handmade(lines="underscores")
    margin("top", mm)(made)
    assert codes(made, tmp_path) == []


def test_a_page_on_its_side_may_hold_a_table(tmp_path):
    made = handmade(lines="underscores")
    section = made.document.add_section(WD_SECTION.NEW_PAGE)
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False
    made.document.add_table(3, 3)
    assert codes(made, tmp_path) == []


def test_a_document_of_one_page_needs_no_page_number(tmp_path):
    made = handmade("quyết định", texts={"Căn cứ": ["Căn cứ Luật Tổ chức chính quyền địa phương."]})
    without_page_number(made)
    assert codes(made, tmp_path) == []


def test_whether_a_document_of_about_a_page_needs_a_number_is_left_to_a_person(tmp_path):
    made = handmade("quyết định")
    without_page_number(made)
    made.run("Lời kết").text = f"{LONG * 2}./."
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, "cần xem lại" in diagnostic.message) == ("D581", True)


def begin_section(made: Handmade, part: str) -> CT_SectPr:
    """Breaks the text into two sections before a part; the properties of the second."""
    last = made.document.element.body.sectPr
    above = made.paragraph(part)._p.getprevious()
    above.get_or_add_pPr().append(copy.deepcopy(last))
    return last


def test_page_numbers_go_on_through_a_document_of_several_sections(tmp_path):
    made = handmade()
    section = begin_section(made, "Lời văn 5")
    section.remove(section.find(qn("w:titlePg")))
    assert codes(made, tmp_path) == []
    pages = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    section.find(qn("w:pgMar")).addnext(pages)
    assert codes(made, tmp_path) == ["D507"]


def test_only_the_first_page_of_a_document_goes_without_number(tmp_path):
    made = handmade()
    begin_section(made, "Lời văn 5")
    assert codes(made, tmp_path) == ["D504"]


def test_what_is_attached_may_have_page_numbers_of_its_own(tmp_path):
    made = handmade()
    section = made.document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    pages = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    section._sectPr.find(qn("w:pgMar")).addnext(pages)
    made.document.add_paragraph("QUY CHẾ").alignment = CENTER
    assert codes(made, tmp_path) == []


def test_every_appendix_has_page_numbers_of_its_own(tmp_path):
    made = handmade(appendices=2)
    pages = made.document.sections[2]._sectPr.find(qn("w:pgNumType"))
    del pages.attrib[qn("w:start")]
    (diagnostic,) = found(made, tmp_path)
    assert diagnostic.code == "D508"
    assert "Phụ lục II" in diagnostic.message


def test_an_appendix_in_the_section_of_the_text_cannot_have_page_numbers_of_its_own(tmp_path):
    made = handmade(appendices=1)
    for mark in made.document.element.body.findall(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}"):
        mark.getparent().remove(mark)
    assert "D508" in codes(made, tmp_path)


ALL_OF = {
    "báo cáo": [
        "Quốc hiệu",
        "Tiêu ngữ",
        "Cơ quan chủ quản",
        "Cơ quan",
        "Số, ký hiệu",
        "Địa danh, ngày",
        "Tên loại",
        "Trích yếu",
        "Kính gửi",
        "Mở đầu",
        "Mục",
        "Khoản có tiêu đề",
        "Khoản",
        "Điểm",
        "Gạch đầu dòng",
        "Lời kết",
        "Từ Nơi nhận",
        "Nơi nhận 1",
        "Lưu",
        "Quyền hạn",
        "Chức vụ",
        "Họ tên",
        "Phụ lục",
        "Tên phụ lục 1",
        "Kèm theo 1",
    ],
    "công văn": ["V/v", "Kính gửi", "Kính gửi 1"],
    "quyết định": ["Căn cứ 1", "Căn cứ 2", "Điều 1"],
}
EVERY_PART = [(kind, part) for kind, parts in ALL_OF.items() for part in parts]


def whole(kind: str) -> Handmade:
    return handmade(kind, appendices=1)


@pytest.mark.parametrize(("kind", "part"), EVERY_PART)
@pytest.mark.parametrize("size", [10.5, 15])
def test_an_element_of_a_wrong_size_has_that_finding(tmp_path, kind, part, size):
    made = whole(kind)
    made.run(part).font.size = Pt(size)
    # The line beneath is measured against the text.
    expected = "D581" if part == "Điều 1" else "D514"
    assert [code for code in codes(made, tmp_path) if code != "D532"] == [expected]


@pytest.mark.parametrize(("kind", "part"), EVERY_PART)
def test_an_element_of_a_wrong_weight_has_that_finding(tmp_path, kind, part):
    made = whole(kind)
    font = made.run(part).font
    font.bold = not font.bold
    expected = "D581" if part == "Khoản có tiêu đề" else "D515"
    assert codes(made, tmp_path) == [expected]


@pytest.mark.parametrize(("kind", "part"), EVERY_PART)
def test_an_element_of_a_wrong_slant_has_that_finding(tmp_path, kind, part):
    made = whole(kind)
    font = made.run(part).font
    font.italic = not font.italic
    expected = "D581" if part == "Điều 1" else "D516"
    assert codes(made, tmp_path) == [expected]


@pytest.mark.parametrize(("kind", "part"), EVERY_PART)
def test_another_font_has_that_finding(tmp_path, kind, part):
    made = whole(kind)
    made.run(part).font.name = "Arial"
    (diagnostic,) = found(made, tmp_path)
    assert diagnostic.code == "D511"
    assert "Arial" in diagnostic.message


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times", ".VnArial"])
def test_a_font_of_an_old_code_is_told_as_such(tmp_path, font):
    made = handmade()
    made.run("Khoản").font.name = font
    assert codes(made, tmp_path) == ["D512"]


def test_a_font_for_vietnamese_letters_only_is_found(tmp_path):
    made = handmade()
    made.run("Khoản").font.name = "Times New Roman"
    made.run("Khoản")._r.rPr.rFonts.set(qn("w:hAnsi"), "Cambria")
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, "Cambria" in diagnostic.message) == ("D511", True)


def test_a_font_of_the_theme_is_found(tmp_path):
    made = handmade()
    fonts = made.run("Khoản")._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")
    fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")
    (diagnostic,) = found(made, tmp_path)
    assert diagnostic.code == "D511"
    assert "Cambria" in diagnostic.message  # the body font of python-docx's own theme


def test_fonts_are_resolved_through_styles(tmp_path):
    made = handmade()
    made.document.styles["Normal"].font.name = "Calibri"
    assert set(codes(made, tmp_path)) == {"D511"}


@pytest.mark.parametrize("color", ["FF0000", "1F497D", "262626"])
def test_coloured_text_has_that_finding(tmp_path, color):
    made = handmade()
    made.run("Khoản").font.color.rgb = RGBColor.from_string(color)
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, color in diagnostic.message) == ("D513", True)


def test_a_colour_of_a_theme_that_is_not_there_is_to_be_looked_at(tmp_path):
    made = handmade()
    made.run("Khoản").font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    assert codes(made, tmp_path) == ["D513"]
    for name, relation in list(made.document.part.rels.items()):
        if relation.reltype.endswith("/theme"):
            del made.document.part.rels[name]
    made.run("Mở đầu").font.name = made.run("Khoản").font.name = "Times New Roman"
    assert "D581" in codes(made, tmp_path)


def test_automatic_colour_is_black(tmp_path):
    made = handmade()
    color = made.run("Khoản")._r.get_or_add_rPr().get_or_add_color()
    color.set(qn("w:val"), "auto")
    assert codes(made, tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "part", "text"),
    [
        ("báo cáo", "Quốc hiệu", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("báo cáo", "Cơ quan chủ quản", "Ủy ban nhân dân tỉnh Quảng Trị"),
        ("báo cáo", "Tên loại", "Báo cáo"),
        ("báo cáo", "Mục", "I. Kết quả thực hiện"),
        ("báo cáo", "Chức vụ", "Phó Chánh Văn phòng"),
        ("báo cáo", "Họ tên", "NGUYỄN CỬU"),
        ("báo cáo", "Phụ lục", "PHỤ LỤC"),
        ("báo cáo", "Tên phụ lục 1", "Biểu số liệu"),
        ("báo cáo", "Khoản có tiêu đề", "1. CÔNG TÁC LÃNH ĐẠO"),
        ("công văn", "V/v", "V/V ĐÔN ĐỐC BÁO CÁO CÔNG TÁC"),
    ],
)
def test_an_element_in_the_wrong_case_has_that_finding(tmp_path, kind, part, text):
    made = whole(kind)
    made.run(part).text = text
    assert codes(made, tmp_path) == ["D517"]


def test_capitals_may_be_a_matter_of_looks(tmp_path):
    made = handmade()
    made.run("Tên loại").text = "Báo cáo"
    made.run("Tên loại").font.all_caps = True
    assert codes(made, tmp_path) == []


@pytest.mark.parametrize(
    ("part", "size"), [("Quốc hiệu", 12), ("Tiêu ngữ", 13), ("Địa danh, ngày", 13)]
)
def test_sizes_that_do_not_go_together_have_that_finding(tmp_path, part, size):
    made = handmade(size_set="13-14")
    made.run(part).font.size = Pt(size)
    assert codes(made, tmp_path) == ["D518"]


@pytest.mark.parametrize("part", ["Khoản", "Điểm", "Khoản có tiêu đề"])
def test_a_clause_in_another_size_than_the_text_has_that_finding(tmp_path, part):
    made = handmade(body=14)
    made.run(part).font.size = Pt(13)
    assert codes(made, tmp_path) == ["D519"]


def test_text_in_two_sizes_is_to_be_looked_at(tmp_path):
    made = handmade(body=14)
    made.run("Lời văn 2").font.size = Pt(13)
    assert codes(made, tmp_path) == ["D581"]


@pytest.mark.parametrize("look", ["size", "bold", "italic"])
@pytest.mark.parametrize("part", ["Trích yếu", "Khoản"])
def test_an_element_whose_runs_disagree_is_to_be_looked_at(tmp_path, part, look):
    made = handmade()
    run = made.paragraph(part).add_run(" khác với phần trên")
    font = made.run(part).font
    run.font.size, run.font.bold, run.font.italic = font.size, font.bold, font.italic
    if look == "size":
        run.font.size = Pt(20)
    else:
        setattr(run.font, look, not getattr(font, look))
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, "cần xem lại" in diagnostic.message) == ("D581", True)


def test_a_size_that_nothing_says_is_to_be_looked_at(tmp_path):
    made = handmade()
    made.run("Khoản").font.size = None
    styles = made.document.styles.element
    for size in list(styles.iter(qn("w:sz"), qn("w:szCs"))):
        size.getparent().remove(size)
    assert "D581" in codes(made, tmp_path)


def test_letters_apart_from_their_marks_have_that_finding(tmp_path):
    made = handmade()
    run = made.run("Khoản")
    run.text = unicodedata.normalize("NFD", run.text)
    assert codes(made, tmp_path) == ["D520"]


def test_hidden_text_does_not_count(tmp_path):
    made = handmade()
    run = made.paragraph("Khoản").add_run("ghi chú ẩn")
    run.font.hidden, run.font.name, run.font.size = True, "Arial", Pt(30)
    assert codes(made, tmp_path) == []


@pytest.mark.parametrize(
    "part",
    [
        "Tiêu ngữ",
        "Cơ quan chủ quản",
        "Cơ quan",
        "Số, ký hiệu",
        "Địa danh, ngày",
        "Tên loại",
        "Trích yếu",
        "Quyền hạn",
        "Chức vụ",
        "Họ tên",
        "Phụ lục",
        "Tên phụ lục 1",
        "Kèm theo 1",
    ],
)
def test_what_is_not_centred_has_that_finding(tmp_path, part):
    made = handmade(appendices=1)
    made.paragraph(part).alignment = LEFT
    assert codes(made, tmp_path) == ["D521"]


def test_a_line_that_fills_its_column_looks_centred_anyway(tmp_path):
    made = handmade(size_set="13-14")
    made.paragraph("Quốc hiệu").alignment = LEFT
    assert codes(made, tmp_path) == []
    made = handmade(size_set="12-13")
    made.paragraph("Quốc hiệu").alignment = LEFT
    assert codes(made, tmp_path) == ["D521"]


@pytest.mark.parametrize("part", ["Mở đầu", "Khoản", "Điểm", "Gạch đầu dòng", "Lời kết"])
@pytest.mark.parametrize("alignment", [LEFT, CENTER, RIGHT])
def test_text_that_is_not_justified_has_that_finding(tmp_path, part, alignment):
    made = handmade()
    made.paragraph(part).alignment = alignment
    assert codes(made, tmp_path) == ["D521"]


def test_a_single_line_looks_justified_anyway(tmp_path):
    made = handmade()
    made.run("Lời kết").text = "Kính báo cáo./."
    made.paragraph("Lời kết").alignment = LEFT
    assert codes(made, tmp_path) == []


def test_what_is_centred_with_an_indent_leans(tmp_path):
    made = handmade()
    made.paragraph("Trích yếu").paragraph_format.first_line_indent = Mm(12.7)
    assert codes(made, tmp_path) == ["D521"]


@pytest.mark.parametrize("part", ["Mở đầu", "Khoản", "Điểm", "Gạch đầu dòng"])
@pytest.mark.parametrize("mm", [0, 5, 15])
def test_another_indent_of_the_first_line_has_that_finding(tmp_path, part, mm):
    made = handmade()
    made.paragraph(part).paragraph_format.first_line_indent = Mm(mm)
    assert codes(made, tmp_path) == ["D522"]


@pytest.mark.parametrize("mm", [10, 12.5, 12.7])
def test_either_indent_of_the_first_line_will_do(tmp_path, mm):
    made = handmade()
    made.paragraph("Khoản").paragraph_format.first_line_indent = Mm(mm)
    assert codes(made, tmp_path) == []


def test_text_set_in_from_the_margin_has_that_finding(tmp_path):
    made = handmade()
    made.paragraph("Khoản").paragraph_format.left_indent = Mm(10)
    made.paragraph("Khoản").paragraph_format.first_line_indent = Mm(0)
    assert codes(made, tmp_path) == ["D522"]


def test_recipients_stand_at_the_margin(tmp_path):
    made = handmade()
    made.paragraph("Nơi nhận 1").paragraph_format.left_indent = Mm(10)
    assert codes(made, tmp_path) == ["D522"]


def test_paragraphs_too_close_have_that_finding(tmp_path):
    made = handmade()
    made.paragraph("Khoản").paragraph_format.space_before = Pt(3)
    assert codes(made, tmp_path) == ["D523"]


def test_space_may_come_from_the_paragraph_above(tmp_path):
    made = handmade()
    made.paragraph("Lời văn 8").paragraph_format.space_after = Pt(6)
    made.paragraph("Khoản").paragraph_format.space_before = Pt(0)
    assert codes(made, tmp_path) == []


def test_space_between_paragraphs_of_one_style_may_be_switched_off(tmp_path):
    made = handmade()
    properties = made.paragraph("Khoản")._p.pPr
    properties.insert_element_before(OxmlElement("w:contextualSpacing"), "w:jc")
    assert codes(made, tmp_path) == ["D523"]


def test_automatic_space_is_enough(tmp_path):
    made = handmade()
    spacing = made.paragraph("Khoản")._p.pPr.find(qn("w:spacing"))
    spacing.set(qn("w:before"), "100")
    spacing.set(qn("w:beforeAutospacing"), "1")
    assert codes(made, tmp_path) == []


def test_the_subject_of_a_letter_stands_six_points_below_its_number(tmp_path):
    made = handmade("công văn")
    made.paragraph("V/v").paragraph_format.space_before = Pt(0)
    assert codes(made, tmp_path) == ["D523"]


@pytest.mark.parametrize(
    ("part", "lines"), [("Khoản", 0.9), ("Khoản", 1.8), ("Quốc hiệu", 1.5), ("Cơ quan", 1.2)]
)
def test_lines_too_close_or_too_far_have_that_finding(tmp_path, part, lines):
    made = handmade()
    made.paragraph(part).paragraph_format.line_spacing = lines
    assert codes(made, tmp_path) == ["D524"]


@pytest.mark.parametrize(
    ("points", "expected"), [(14, ["D524"]), (17, []), (24, []), (27, ["D524"])]
)
def test_line_spacing_in_points_is_measured_in_lines_of_the_text(tmp_path, points, expected):
    made = handmade(body=14)
    look = made.paragraph("Khoản").paragraph_format
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    assert codes(made, tmp_path) == expected


def empty_paragraph(made: Handmade) -> None:
    made.paragraph("Khoản").insert_paragraph_before("")


def tab(made: Handmade) -> None:
    made.run("Khoản").text = "\t" + made.run("Khoản").text
    made.paragraph("Khoản").paragraph_format.first_line_indent = Mm(0)


def spaces(made: Handmade) -> None:
    made.run("Khoản").text = made.run("Khoản").text.replace(" đã ", "        đã ")


@pytest.mark.parametrize("damage", [empty_paragraph, tab, spaces])
def test_space_that_is_typed_has_that_finding(tmp_path, damage):
    made = handmade()
    damage(made)
    assert codes(made, tmp_path) == ["D525"]


LONG_PLACE = {"Địa danh, ngày": "Thành phố Hồ Chí Minh, ngày 29 tháng 02 năm 2024"}


def test_place_and_date_in_two_lines_have_that_finding(tmp_path):
    (finding,) = found(handmade(texts=LONG_PLACE), tmp_path)
    assert finding.code == "D526"
    assert "dài hơn chỗ có" in finding.message


def test_a_long_place_name_in_one_line_has_no_finding(tmp_path):
    assert codes(handmade(texts=LONG_PLACE, size_set="12-13"), tmp_path) == []


@pytest.mark.parametrize("condensed", ["w:spacing", "w:w", "w:fitText"])
def test_a_date_that_was_condensed_is_not_measured(tmp_path, condensed):
    made = handmade(texts=LONG_PLACE)
    made.run("Địa danh, ngày")._r.get_or_add_rPr().append(OxmlElement(condensed))
    assert codes(made, tmp_path) == []


def rule_below(made: Handmade, name: str):
    """The paragraph that draws the line below a part."""
    return made.paragraph(name)._p.getnext()


RULED = ["Tiêu ngữ", "Cơ quan", "Trích yếu"]


@pytest.mark.parametrize("part", RULED)
def test_a_missing_line_has_that_finding(tmp_path, part):
    made = handmade()
    line = rule_below(made, part)
    line.pPr.remove(line.pPr.find(qn("w:pBdr")))
    assert codes(made, tmp_path) == ["D531"]


@pytest.mark.parametrize("part", RULED)
@pytest.mark.parametrize("factor", [0.5, 1.5])
def test_a_line_of_another_length_has_that_finding(tmp_path, part, factor):
    made = handmade()
    indents = rule_below(made, part).pPr.find(qn("w:ind"))
    for side in ("w:left", "w:right"):
        column = {"Cơ quan": 65, "Tiêu ngữ": 100, "Trích yếu": 165}[part] * 1440 / 25.4
        length = (column - 2 * int(indents.get(qn(side)))) * factor
        indents.set(qn(side), str(round((column - length) / 2)))
        column = length = 0
    left = indents.get(qn("w:left"))
    indents.set(qn("w:right"), left)
    assert codes(made, tmp_path) == ["D532"]


@pytest.mark.parametrize("part", RULED)
def test_a_broken_line_has_that_finding(tmp_path, part):
    made = handmade()
    top = rule_below(made, part).pPr.find(f"{qn('w:pBdr')}/{qn('w:top')}")
    top.set(qn("w:val"), "dashed")
    assert codes(made, tmp_path) == ["D533"]


@pytest.mark.parametrize("part", RULED)
def test_a_line_that_is_not_in_the_middle_has_that_finding(tmp_path, part):
    made = handmade()
    indents = rule_below(made, part).pPr.find(qn("w:ind"))
    for side, by in (("w:left", 600), ("w:right", -600)):
        indents.set(qn(side), str(int(indents.get(qn(side))) + by))
    assert codes(made, tmp_path) == ["D534"]


def test_a_row_of_hyphens_is_no_solid_line(tmp_path):
    made = handmade(lines="underscores")
    cell = made.paragraph("Tiêu ngữ")._p.getparent()
    text = next(each for each in cell.iter(qn("w:t")) if each.text.startswith("_"))
    text.text = "-" * 39
    assert codes(made, tmp_path) == ["D533"]


def test_underlining_makes_a_line_as_long_as_the_text(tmp_path):
    made = handmade()
    for part in ("Tiêu ngữ", "Cơ quan"):
        line = rule_below(made, part)
        line.pPr.remove(line.pPr.find(qn("w:pBdr")))
        made.run(part).font.underline = True
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, "VĂN PHÒNG" in diagnostic.message) == ("D532", True)


def without(*parts: str) -> Damage:
    def damage(made: Handmade) -> None:
        for part in parts:
            paragraph = made.paragraph(part)._p
            paragraph.getparent().remove(paragraph)

    return damage


@pytest.mark.parametrize(
    ("kind", "damage", "words"),
    [
        ("báo cáo", without("Quốc hiệu"), "Quốc hiệu"),
        ("báo cáo", without("Địa danh, ngày"), "thời gian ban hành"),
        ("báo cáo", without("Chức vụ", "Quyền hạn"), "chức vụ"),
        ("báo cáo", without("Họ tên"), "họ tên"),
        ("báo cáo", without("Lưu"), "Lưu:"),
        ("công văn", without("V/v"), "V/v"),
    ],
)
def test_a_missing_element_has_that_finding(tmp_path, kind, damage, words):
    made = handmade(kind)
    damage(made)
    (diagnostic,) = found(made, tmp_path)
    assert diagnostic.code == "D541"
    assert words in diagnostic.message


def test_a_document_without_subject_has_that_finding(tmp_path):
    made = handmade("kế hoạch")
    rule = rule_below(made, "Trích yếu")
    rule.getparent().remove(rule)
    without("Trích yếu")(made)
    assert codes(made, tmp_path) == ["D541"]


def test_a_document_without_number_is_a_warning_since_not_every_unit_has_a_register(tmp_path):
    made = handmade()
    without("Số, ký hiệu")(made)
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, diagnostic.is_error) == ("D542", False)


def test_a_draft_leaves_number_and_day_open(tmp_path):
    texts = {
        "Số, ký hiệu": "Số:      /BC-VP",
        "Địa danh, ngày": "Quảng Trị, ngày … tháng 6 năm 2026",
    }
    assert codes(handmade(texts=texts), tmp_path) == []
    texts["Địa danh, ngày"] = "Quảng Trị, ngày       tháng       năm 2026"
    assert codes(handmade(texts=texts), tmp_path) == []


def test_a_type_that_the_decree_does_not_list_is_to_be_looked_at(tmp_path):
    made = handmade("kế hoạch", texts={"Tên loại": "BẢN TỔNG HỢP"})
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, "BẢN TỔNG HỢP" in diagnostic.message) == ("D581", True)


def test_what_stands_in_a_text_box_is_to_be_looked_at(tmp_path):
    made = handmade()
    run = made.paragraph("Địa danh, ngày").add_run()
    run._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
            "<w:txbxContent><w:p><w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )
    without("Quốc hiệu")(made)
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, "hộp văn bản" in diagnostic.message) == ("D581", True)


def test_elements_in_the_wrong_order_have_that_finding(tmp_path):
    made = handmade()
    made.paragraph("Tiêu ngữ")._p.addnext(made.paragraph("Quốc hiệu")._p)
    assert "D543" in codes(made, tmp_path)


def test_addressees_above_the_type_have_that_finding(tmp_path):
    made = handmade()
    made.paragraph("Tên loại")._p.addprevious(made.paragraph("Kính gửi")._p)
    assert codes(made, tmp_path) == ["D543"]


def test_a_letterhead_the_wrong_way_round_has_that_finding(tmp_path):
    made = handmade(lines="underscores")
    cells = made.document.tables[0].rows[0].cells
    left, right = cells[0]._tc, cells[1]._tc
    right.addnext(left)
    assert set(codes(made, tmp_path)) == {"D544"}


def test_a_plan_is_not_addressed(tmp_path):
    made = handmade("kế hoạch", texts={"Kính gửi": ["Kính gửi: Sở Nội vụ"]})
    assert codes(made, tmp_path) == ["D545", "D559"]


@pytest.mark.parametrize(
    ("kind", "part", "text", "code"),
    [
        ("báo cáo", "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMM", "D551"),
        ("báo cáo", "Tiêu ngữ", "Độc lập – Tự do – Hạnh phúc", "D551"),
        ("báo cáo", "Tiêu ngữ", "Độc Lập - Tự Do - Hạnh Phúc", "D551"),
        ("báo cáo", "Số, ký hiệu", "Số: 7/BC-VP", "D552"),
        ("báo cáo", "Số, ký hiệu", "Số: 07 / BC-VP", "D552"),
        ("báo cáo", "Số, ký hiệu", "Số: 07/BC - VP", "D552"),
        ("báo cáo", "Số, ký hiệu", "Số: 07/BC–VP", "D552"),
        ("báo cáo", "Số, ký hiệu", "Số: 07/2026/BC-VP", "D552"),
        ("báo cáo", "Số, ký hiệu", "Số 07/BC-VP", "D552"),
        ("báo cáo", "Số, ký hiệu", "Số: 07-BC-VP", "D552"),
        ("báo cáo", "Số, ký hiệu", "Số: 07/KH-VP", "D553"),
        ("báo cáo", "Số, ký hiệu", "Số: 07/VP-HCTC", "D553"),
        ("công văn", "Số, ký hiệu", "Số: 07/CV-VP", "D553"),
        ("báo cáo", "Địa danh, ngày", "Quảng Trị, ngày 4 tháng 6 năm 2026", "D554"),
        ("báo cáo", "Địa danh, ngày", "Quảng Trị, ngày 04 tháng 1 năm 2026", "D554"),
        ("báo cáo", "Địa danh, ngày", "Quảng Trị ngày 04 tháng 6 năm 2026", "D554"),
        ("báo cáo", "Địa danh, ngày", "quảng trị, ngày 04 tháng 6 năm 2026", "D554"),
        ("báo cáo", "Địa danh, ngày", "Quảng Trị, ngày 31 tháng 6 năm 2026", "D554"),
        ("báo cáo", "Địa danh, ngày", "Quảng Trị, ngày 04/6/2026", "D554"),
        ("báo cáo", "Địa danh, ngày", "Quảng Trị, ngày 04 tháng 6 năm 26", "D554"),
        ("báo cáo", "Địa danh, ngày", "Quảng Trị, ngày 04 tháng 06 năm 2026", "D555"),
        ("báo cáo", "Kính gửi", "Kính gửi Ủy ban nhân dân tỉnh", "D556"),
        ("báo cáo", "Kính gửi", "Kính gửi: Sở Nội vụ; Sở Tài chính", "D556"),
        ("công văn", "Kính gửi 1", "- Ban Tiếp công dân", "D556"),
        ("công văn", "Kính gửi 2", "- Phòng Nội chính;", "D556"),
        ("kế hoạch", "Căn cứ 1", f"Căn cứ Luật Tổ chức chính quyền địa phương; {LONG}", "D557"),
        ("kế hoạch", "Căn cứ 2", f"Căn cứ Chỉ thị số 33/CT-TTg; {LONG[:-1]};", "D557"),
        ("báo cáo", "Từ Nơi nhận", "Nơi nhận", "D558"),
        ("báo cáo", "Nơi nhận 2", "- Sở Nội vụ", "D558"),
        ("báo cáo", "Nơi nhận 2", "Sở Nội vụ;", "D558"),
        ("báo cáo", "Nơi nhận 2", "- Sở Nội vụ.", "D558"),
        ("báo cáo", "Lưu", "- Lưu: VT, HC-TC", "D558"),
        ("báo cáo", "Lưu", "- Lưu: HC-TC.", "D558"),
        ("báo cáo", "Nơi nhận 1", "- Ủy ban nhân dân tỉnh;", "D559"),
        ("báo cáo", "Lời kết", LONG, "D560"),
        ("báo cáo", "Quyền hạn", "KT CHÁNH VĂN PHÒNG", "D561"),
        ("báo cáo", "Quyền hạn", "K.T CHÁNH VĂN PHÒNG", "D561"),
        ("báo cáo", "Họ tên", "ThS. Nguyễn Cửu", "D562"),
        ("báo cáo", "Mục", "I/ KẾT QUẢ THỰC HIỆN", "D563"),
        ("báo cáo", "Khoản", f"2) {LONG}", "D563"),
        ("báo cáo", "Điểm", f"a. {LONG}", "D563"),
        ("quyết định", "Điều 1", "Điều 1:", "D563"),
    ],
)
def test_what_is_written_otherwise_has_that_finding(tmp_path, kind, part, text, code):
    made = handmade(kind)
    made.run(part).text = text
    assert codes(made, tmp_path) == [code]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("báo cáo", {"Quốc hiệu": "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"}),
        ("báo cáo", {"Số, ký hiệu": "Số: 1057/BC-UBND"}),
        ("công văn", {"Số, ký hiệu": "Số: 15/UBND-VX"}),
        ("báo cáo", {"Lưu": "- Lưu: VT, HC-TC. Nhưng (05)."}),
        ("báo cáo", {"Quyền hạn": "TUQ. CHỦ TỊCH ỦY BAN NHÂN DÂN"}),
        ("báo cáo", {"Quyền hạn": "", "Chức vụ": "CHÁNH VĂN PHÒNG"}),
        ("báo cáo", {"Cơ quan chủ quản": "", "Cơ quan": "SỞ NỘI VỤ"}),
        ("báo cáo", {"Lời kết": f"{LONG} Trên đây là báo cáo/."}),
    ],
)
def test_other_right_words_have_no_finding(tmp_path, kind, texts):
    assert codes(handmade(kind, texts=texts), tmp_path) == []


def test_dashes_of_addressees_stand_below_each_other(tmp_path):
    made = handmade("công văn")
    made.paragraph("Kính gửi 2").paragraph_format.left_indent = Mm(60)
    assert codes(made, tmp_path) == ["D556"]


def test_appendices_are_numbered_in_roman_numbers(tmp_path):
    made = handmade(appendices=2)
    made.run("Phụ lục 2").text = "Phụ lục 2"
    made.run("Chỉ dẫn 2").text = "(Chi tiết tại Phụ lục 2 kèm theo)."
    assert codes(made, tmp_path) == ["D571"]


def test_the_word_for_an_appendix_stands_alone(tmp_path):
    made = handmade(appendices=2)
    made.run("Phụ lục 2").text = "Phụ lục II. BIỂU SỐ LIỆU"
    assert codes(made, tmp_path) == ["D571"]


def test_an_appendix_says_what_it_belongs_to(tmp_path):
    made = handmade(appendices=1)
    rule = rule_below(made, "Kèm theo 1")
    rule.getparent().remove(rule)
    without("Kèm theo 1")(made)
    assert codes(made, tmp_path) == ["D572"]


def test_an_appendix_is_mentioned_in_the_text(tmp_path):
    made = handmade(appendices=2)
    made.run("Chỉ dẫn 2").text = "(Chi tiết tại Phụ lục I kèm theo)."
    (diagnostic,) = found(made, tmp_path)
    assert (diagnostic.code, "Phụ lục II" in diagnostic.message) == ("D573", True)


def test_appendices_may_be_mentioned_in_a_list(tmp_path):
    made = handmade(appendices=3)
    made.run("Chỉ dẫn 1").text = "(Chi tiết tại Phụ lục I, II và III kèm theo)."
    for other in ("Chỉ dẫn 2", "Chỉ dẫn 3"):
        made.run(other).text = "(Xem thêm phần trên)."
    assert codes(made, tmp_path) == []


def tracked(made: Handmade) -> None:
    run = made.run("Khoản")._r
    mark = parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="A"/>')
    run.addprevious(mark)
    mark.append(run)


def commented(made: Handmade) -> None:
    run = made.run("Khoản")._r
    run.addnext(parse_xml(f'<w:r {nsdecls("w")}><w:commentReference w:id="1"/></w:r>'))


@pytest.mark.parametrize("damage", [tracked, commented])
def test_what_is_left_of_editing_has_that_finding(tmp_path, damage):
    made = handmade()
    damage(made)
    assert codes(made, tmp_path) == ["D582"]


def test_a_finding_says_where_what_is_what_is_required_and_by_which_clause(tmp_path):
    made = handmade()
    made.run("Quốc hiệu").font.size = Pt(15)
    (diagnostic,) = found(made, tmp_path)
    assert diagnostic.message == (
        "đoạn 5 (“CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”): Quốc hiệu cỡ chữ 15; phải từ 12 đến 13 "
        "(NĐ 30/2020, PL I, I.II.1a)"
    )
    assert diagnostic.dotted_path == "paragraphs.5"
    assert (diagnostic.line, diagnostic.column) == (None, None)


def test_paragraphs_with_the_same_fault_are_told_together(tmp_path):
    made = handmade()
    for number in range(1, 8):
        made.run(f"Lời văn {number}").font.size = Pt(12)
    (diagnostic,) = found(made, tmp_path)
    assert "và 6 đoạn khác" in diagnostic.message


def test_findings_come_from_the_top_downwards(tmp_path):
    made = handmade()
    made.run("Họ tên").font.bold = False
    made.run("Quốc hiệu").font.bold = False
    made.document.sections[0].top_margin = Mm(10)
    assert [each.code for each in found(made, tmp_path)] == ["D503", "D515", "D515"]
    assert [each.dotted_path.split(".")[0] for each in found(made, tmp_path)] == [
        "sections",
        "paragraphs",
        "paragraphs",
    ]
