"""How the checker reads documents: layouts people use, automatic numbers, origins of formatting."""

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx_plus.styles import resolve_effective_formatting

from danvan_cli.check import check
from danvan_cli.check.elements import parse_elements
from danvan_cli.check.elements.elements import Elements
from danvan_cli.check.reading import lines
from danvan_cli.check.reading.formatting import DocumentFormatting
from danvan_cli.check.rules import wording_head
from danvan_cli.word import decree
from danvan_cli.word.file.numbering import Numbering
from decree_document import Handmade, handmade
from decree_words import LONG

CENTER = WD_ALIGN_PARAGRAPH.CENTER


def elements(document) -> Elements:
    return parse_elements.elements(lines.read(document, DocumentFormatting(document)))


def texts(found) -> list[str]:
    return [line.text for line in found.lines] if found else []


def codes(made: Handmade, folder: Path) -> list[str]:
    return [each.code for each in check(made.save(folder))]


@pytest.mark.parametrize("layout", ["table", "tabs"])
def test_every_element_is_found_in_either_layout(layout):
    found = elements(handmade("công văn", layout=layout).document)
    assert found.kind is decree.LETTER
    wanted = {
        decree.NATIONAL_NAME: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        decree.MOTTO: ["Độc lập - Tự do - Hạnh phúc"],
        decree.SUPERIOR_BODY: ["UBND TỈNH QUẢNG TRỊ"],
        decree.ISSUING_BODY: ["VĂN PHÒNG"],
        decree.NUMBER_AND_SYMBOL: ["Số: 05/VP-HCTC"],
        decree.PLACE_AND_DATE: ["Quảng Trị, ngày 04 tháng 6 năm 2026"],
        decree.LETTER_SUBJECT: ["V/v đôn đốc báo cáo công tác dân vận"],
        decree.ADDRESSEES: ["Kính gửi:", "- Ban Tiếp công dân;", "- Phòng Nội chính."],
        decree.RECIPIENTS: ["- Như trên;", "- Lãnh đạo Văn phòng;", "- Lưu: VT, HC-TC."],
        decree.SIGNING_AUTHORITY: ["KT. CHÁNH VĂN PHÒNG"],
        decree.SIGNER_POSITION: ["PHÓ CHÁNH VĂN PHÒNG"],
        decree.SIGNER_NAME: ["Nguyễn Cửu"],
    }
    assert {each.name: texts(found.get(each)) for each in wanted} == {
        each.name: lines for each, lines in wanted.items()
    }


def test_two_lines_of_a_cell_may_be_one_paragraph(tmp_path):
    made = handmade(lines="underscores")
    first, second = made.paragraph("Quốc hiệu"), made.paragraph("Tiêu ngữ")
    made.run("Quốc hiệu").add_break()
    first._p.append(made.run("Tiêu ngữ")._r)
    second._p.getparent().remove(second._p)
    assert codes(made, tmp_path) == []


def test_a_long_name_of_a_body_may_take_several_lines():
    made = handmade(texts={"Cơ quan chủ quản": "ỦY BAN NHÂN DÂN", "Cơ quan": "TỈNH QUẢNG TRỊ"})
    made.run("Cơ quan chủ quản").font.bold = True
    found = elements(made.document)
    assert texts(found.get(decree.ISSUING_BODY)) == ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG TRỊ"]
    assert found.get(decree.SUPERIOR_BODY) is None


def test_a_bold_superior_body_is_told_from_the_first_line_of_a_name():
    made = handmade(texts={"Cơ quan chủ quản": "SỞ NỘI VỤ", "Cơ quan": "CHI CỤC VĂN THƯ"})
    made.run("Cơ quan chủ quản").font.bold = True
    found = elements(made.document)
    assert texts(found.get(decree.SUPERIOR_BODY)) == ["SỞ NỘI VỤ"]


def test_addressees_may_stand_in_a_table():
    made = handmade("công văn")
    place = made.paragraph("Kính gửi")._p
    table = made.document.add_table(1, 2)
    place.addprevious(table._tbl)
    left, right = table.rows[0].cells
    left.paragraphs[0]._p.addnext(place)
    for part in ("Kính gửi 1", "Kính gửi 2"):
        right._tc.append(made.paragraph(part)._p)
    assert texts(elements(made.document).get(decree.ADDRESSEES)) == [
        "Kính gửi:",
        "- Ban Tiếp công dân;",
        "- Phòng Nội chính.",
    ]


def test_who_signs_for_a_collective_takes_three_lines():
    made = handmade(texts={"Quyền hạn": "TM. ỦY BAN NHÂN DÂN", "Chức vụ": "PHÓ CHỦ TỊCH"})
    between = made.paragraph("Chức vụ").insert_paragraph_before("KT. CHỦ TỊCH")
    between.alignment = CENTER
    found = elements(made.document)
    assert texts(found.get(decree.SIGNING_AUTHORITY)) == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]
    assert texts(found.get(decree.SIGNER_POSITION)) == ["PHÓ CHỦ TỊCH"]


def test_a_place_for_the_signature_in_parentheses_is_no_name():
    made = handmade()
    note = made.paragraph("Họ tên").insert_paragraph_before("(Chữ ký, dấu)")
    note.alignment = CENTER
    assert texts(elements(made.document).get(decree.SIGNER_NAME)) == ["Nguyễn Cửu"]


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("Phần I", decree.PART_NUMBER),
        ("Chương II", decree.PART_NUMBER),
        ("Mục 1", decree.PART_NUMBER),
        ("Điều 3. Hiệu lực thi hành", decree.ARTICLE),
        ("II. NHIỆM VỤ", decree.HEADING),
        ("1. Phạm vi và đối tượng áp dụng", decree.CLAUSE_HEADING),
        ("1. Quyết định này có hiệu lực kể từ ngày ký.", decree.CLAUSE),
        ("1.2. Các đơn vị tổ chức thực hiện.", decree.CLAUSE),
        ("đ) Đối với các đơn vị;", decree.POINT),
        ("- Tổ chức hội nghị;", decree.BODY),
        ("29/5/2026 là ngày cuối cùng gửi báo cáo.", decree.BODY),
        ("(Chi tiết tại Phụ lục kèm theo)", None),
        ("Bảng 1. Kết quả thực hiện", None),
    ],
)
def test_what_a_paragraph_of_the_text_is_shows_in_how_it_begins(text, element):
    made = handmade(texts={"Khoản": text})
    found = {each.text: kind for each, kind in elements(made.document).body}
    assert found[text] is element


def test_the_title_of_a_part_stands_below_its_number():
    made = handmade(texts={"Khoản": "Phần II", "Điểm": "TỔ CHỨC THỰC HIỆN"})
    found = {each.text: kind for each, kind in elements(made.document).body}
    assert found["TỔ CHỨC THỰC HIỆN"] is decree.PART_TITLE


def test_a_sentence_that_begins_with_can_cu_is_no_legal_basis():
    texts = {"Mở đầu": f"Căn cứ Công văn số 15/UBND-VX của UBND tỉnh, {LONG.lower()}"}
    assert elements(handmade(texts=texts).document).legal_bases == []


def test_deleted_text_is_not_read_and_inserted_text_is():
    made = handmade()
    run = made.run("Họ tên")._r
    run.addprevious(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>Trần Văn</w:delText></w:r></w:del>")
    )
    inserted = parse_xml(f"<w:ins {nsdecls('w')}/>")
    run.addprevious(inserted)
    inserted.append(run)
    assert texts(elements(made.document).get(decree.SIGNER_NAME)) == ["Nguyễn Cửu"]


def test_text_in_content_controls_is_read():
    made = handmade()
    run = made.run("Họ tên")._r
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    run.addprevious(control)
    control[0].append(run)
    assert texts(elements(made.document).get(decree.SIGNER_NAME)) == ["Nguyễn Cửu"]


NUMBERING = """\
<w:numbering {names}>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl><w:lvl w:ilvl="1">
<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"""


def numbering(format: str, text: str) -> docx.document.Document:
    document = docx.Document()
    part = document.part.numbering_part
    part._element = parse_xml(NUMBERING.format(names=nsdecls("w"), format=format, text=text))
    return document


@pytest.mark.parametrize(
    ("format", "text", "labels"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("decimal", "Điều %1.", ["Điều 1.", "Điều 2.", "Điều 3."]),
        ("bullet", "-", ["-", "-", "-"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("none", "", ["", "", ""]),
    ],
)
def test_automatic_numbers_are_counted_as_word_does(format, text, labels):
    numbers = Numbering(numbering(format, text))
    assert [numbers.label(1, 0) for _ in labels] == labels


def test_a_deeper_level_starts_again_below_each_number():
    numbers = Numbering(numbering("decimal", "%1."))
    steps = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)]
    assert [numbers.label(*step) for step in steps] == ["1.", "1.1.", "1.2.", "2.", "2.1."]


def test_another_list_may_start_elsewhere():
    numbers = Numbering(numbering("decimal", "%1."))
    assert [numbers.label(1, 0), numbers.label(2, 0), numbers.label(1, 0)] == ["1.", "5.", "2."]


@pytest.mark.parametrize("start", ["999999999", "9" * 5000, "²", "-1"])
def test_a_list_that_starts_at_an_odd_number_is_read(start):
    document = numbering("lowerLetter", "%1)")
    document.part.numbering_part.element.xpath("//w:startOverride")[0].set(qn("w:val"), start)
    assert len(Numbering(document).label(2, 0)) < 12


def test_a_list_that_is_not_defined_has_no_numbers():
    numbers = Numbering(numbering("decimal", "%1."))
    assert [numbers.label(7, 0), numbers.label(None, 0), numbers.label(1, 5)] == ["", "", ""]


def test_an_automatic_number_is_part_of_its_paragraph(tmp_path):
    made = handmade(texts={"Khoản": LONG})
    part = made.document.part.numbering_part
    part._element = parse_xml(NUMBERING.format(names=nsdecls("w"), format="decimal", text="%1)"))
    properties = made.paragraph("Khoản")._p.pPr
    numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    properties.insert_element_before(parse_xml(numbered), "w:spacing", "w:ind", "w:jc")
    (diagnostic,) = check(made.save(tmp_path))
    assert (diagnostic.code, "ghi “1)”" in diagnostic.message) == ("D563", True)


def test_tabs_without_stops_leave_alignment_to_a_person(tmp_path):
    made = handmade(layout="tabs")
    for part in ("Số, ký hiệu",):
        stops = made.paragraph(part)._p.pPr.find(qn("w:tabs"))
        stops.getparent().remove(stops)
    found = check(made.save(tmp_path))
    assert {each.code for each in found} == {"D581"}
    assert all("phím Tab" in each.message for each in found)


def test_a_left_tab_stop_centres_nothing(tmp_path):
    made = handmade(layout="tabs")
    for tab in made.paragraph("Số, ký hiệu")._p.iter(qn("w:tab")):
        if tab.get(qn("w:val")) == "center":
            tab.set(qn("w:val"), "left")
    assert {each.code for each in check(made.save(tmp_path))} == {"D581"}


def test_a_recipient_may_be_set_beside_who_signs_with_spaces():
    made = handmade(layout="tabs")
    made.run("Nơi nhận 2").text = "- Sở Nội vụ;" + " " * 30 + "(Đã ký)"
    found = elements(made.document)
    assert "- Sở Nội vụ;" in texts(found.get(decree.RECIPIENTS))


def test_formatting_comes_from_the_style_of_the_paragraph(tmp_path):
    made = handmade()
    styles = made.document.styles
    style = styles.add_style("Lời văn", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.font.italic = True
    made.paragraph("Khoản").style = style
    made.run("Khoản").font.italic = None
    (diagnostic,) = check(made.save(tmp_path))
    assert diagnostic.code == "D516"
    assert "đoạn" in diagnostic.message


def test_formatting_comes_from_the_style_of_the_table(tmp_path):
    made = handmade(appendices=1)
    table = made.document.tables[-1]
    style = made.document.styles.add_style("Bảng lạ", docx.enum.style.WD_STYLE_TYPE.TABLE)
    style.font.color.rgb = docx.shared.RGBColor(0, 0, 255)
    table.style = style
    (diagnostic,) = check(made.save(tmp_path))
    assert (diagnostic.code, "0000FF" in diagnostic.message) == ("D513", True)


def test_a_page_number_may_be_set_in_a_frame_as_word_used_to(tmp_path):
    made = handmade()
    paragraph = made.document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    frame = parse_xml(f'<w:framePr {nsdecls("w")} w:wrap="around" w:xAlign="center" w:y="1"/>')
    paragraph._p.get_or_add_pPr().insert(0, frame)
    assert codes(made, tmp_path) == []


def test_a_page_number_may_be_reached_by_a_centred_tab(tmp_path):
    made = handmade()
    paragraph = made.document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for stop in list(paragraph._p.iter(qn("w:tabs"))):
        stop.getparent().remove(stop)
    paragraph.style = made.document.styles["Normal"]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(82), WD_TAB_ALIGNMENT.CENTER)
    run = paragraph.runs[0]
    tab = OxmlElement("w:r")
    tab.append(OxmlElement("w:tab"))
    run._r.addprevious(tab)
    assert codes(made, tmp_path) == []


def test_a_simple_field_is_a_page_number_too(tmp_path):
    made = handmade()
    paragraph = made.document.sections[0].header.paragraphs[0]
    for run in list(paragraph.runs):
        paragraph._p.remove(run._r)
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE  \\* MERGEFORMAT "><w:r><w:t>2</w:t></w:r>'
    paragraph._p.append(parse_xml(f"{field}</w:fldSimple>"))
    assert codes(made, tmp_path) == []


def test_a_reference_to_a_page_is_no_page_number(tmp_path):
    made = handmade()
    for text in made.document.sections[0].header._element.iter(qn("w:instrText")):
        text.text = " NUMPAGES "
    assert codes(made, tmp_path) == ["D504"]


def test_formatting_is_what_docx_plus_resolves_wherever_a_run_stands():
    document = docx.Document()
    table = document.add_table(rows=4, cols=3, style="Medium Shading 1 Accent 1")
    table.cell(1, 0).merge(table.cell(1, 1))
    document.add_paragraph("Mục lục", style="Heading 1").add_run("2026", style="Emphasis")
    document.add_paragraph("Các mục", style="List Number 2")
    paragraphs = [
        *document.paragraphs,
        *(each for cell in table._cells for each in cell.paragraphs),
    ]
    formatting = DocumentFormatting(document)
    for paragraph in paragraphs:
        run = paragraph.add_run("chữ")
        found, wanted = (
            formatting.of_runs_in(paragraph._p)(run._r),
            resolve_effective_formatting(run),
        )
        assert (found.bold, found.size, found.font) == (
            bool(wanted.bold),
            wanted.font_size,
            wanted.font_name,
        )
        found, wanted = formatting.paragraph(paragraph._p), resolve_effective_formatting(paragraph)
        assert (found.style, found.numbering) == (wanted.style_id, wanted.num_id)
    assert len({formatting.of_runs_in(each._p)(each.runs[-1]._r).bold for each in paragraphs}) == 2


def test_a_list_has_nine_levels_whatever_a_file_says():
    document = docx.Document()
    definition = document.part.numbering_part.element
    for xml in (
        '<w:abstractNum w:abstractNumId="99"><w:lvl w:ilvl="999999999"/></w:abstractNum>',
        '<w:num w:numId="99"><w:abstractNumId w:val="99"/></w:num>',
    ):
        definition.append(parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1)))
    assert Numbering(document).label(99, 999_999_999) == ""


@pytest.mark.parametrize("written", ["0", "-5", "nan", "inf", ""])
def test_tab_stops_at_no_distance_are_words_own(tmp_path, written):
    made = handmade("công văn")
    settings = made.document.settings.element
    for stop in settings.findall(qn("w:defaultTabStop")):
        settings.remove(stop)
    settings.append(parse_xml(f'<w:defaultTabStop {nsdecls("w")} w:val="{written}"/>'))
    made.paragraph("Khoản").insert_paragraph_before("\t" * 9 + LONG)
    assert "D522" in codes(made, tmp_path)


def test_a_long_symbol_that_is_none_is_read_once():
    assert wording_head._is_open("a" * 200_000 + "!") is False
    assert all(map(wording_head._is_open, ["", "VP", "…", "BC-…", "…VP", "UBND-…VP…"]))
