"""The Word files that come out: what stands where, in which style, on which page."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Pt, Twips
from msgspec.structs import replace

from conftest import PLAN, plan_from, report_from
from danvan_cli.files import workspace
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import DocumentLook, Plan, Signatory
from danvan_cli.model.unit_report import Model
from danvan_cli.model.values import Day
from danvan_cli.report import combine
from danvan_cli.report.combined_report import (
    CombinedReport,
    Part,
    Passage,
    ProposalGroup,
    Reported,
)
from danvan_cli.report.working_paper import working_paper
from danvan_cli.tracking import status
from danvan_cli.tracking.status import PeriodStatus, Submission
from danvan_cli.word.document import render
from danvan_cli.word.document.phrases import date_in_words, lines, number_line
from danvan_cli.word.file.text_width import text_width
from danvan_cli.word.file.unbroken import as_typed
from libreoffice import convert, needs_libreoffice
from ooxml import violations
from places import ROOT

AS_OF = date(2026, 6, 4)
SETTINGS = DocumentLook()
NOWHERE = Path("/nonexistent")
NASTY = "- 1. <b>&amp; “q” 'z' \"w\" {{ x }} {% y %} {# z #} {_{ }_} 🎉 " + "ư" * 5000
DATA = """\
submitted: 29/5/2026
leadership: Đã quán triệt.
results:
  '1.1': {status: done, summary: Đã họp., evidence: [Thông báo số 5/TB-VP]}
  '1.2': {status: not_started}
  '2.1': {status: ongoing, summary: Tiếp 12 lượt.}
indicators: {hoi-nghi: 3, don: 40, don-xong: 39}
models: [{name: Nghe dân, field: kinh tế, status: recognized, replicate: true, summary: Hay.}]
awards: [{kind: collective, name: Ban Tiếp công dân, form: Giấy khen}]
strengths: [Kịp thời]
"""


def period_of(plan: Plan, *units: str, data: str = DATA) -> PeriodStatus:
    filed = [Submission(unit, "h1", report_from(unit, data)) for unit in units]
    return status.assess(plan, filed, {}, AS_OF)[0]


@pytest.fixture
def report(plan: Plan) -> CombinedReport:
    return combine.combine(plan, period_of(plan, "tiep-dan"), None, AS_OF)


def opened(content: bytes) -> WordDocument:
    return docx.Document(BytesIO(content))


def made(report: CombinedReport, settings: DocumentLook = SETTINGS) -> WordDocument:
    return opened(render.render_report(report, settings, NOWHERE))


def paragraphs(document: WordDocument) -> Iterator[tuple[str, str]]:
    """Every paragraph, those in tables among them: the name of its style, and its text."""
    names = {style.style_id: style.name or "" for style in document.styles}
    for paragraph in document.element.body.iter(qn("w:p")):
        yield names[paragraph.style or "Normal"], as_typed(paragraph.text)


def in_style(document: WordDocument, name: str) -> list[str]:
    return [text for style, text in paragraphs(document) if style == name]


def test_the_end_of_a_section_takes_no_room_and_so_makes_no_empty_page(
    report: CombinedReport,
) -> None:
    document = made(report)
    assert "Ngắt phần" in [style for style, _ in paragraphs(document)]
    assert document.styles["Ngắt phần"].paragraph_format.line_spacing == Twips(1)


def test_the_letterhead_of_a_draft_leaves_number_and_day_open(report: CombinedReport) -> None:
    document = made(report)
    assert in_style(document, "Tên cơ quan chủ quản") == ["UBND TỈNH QUẢNG TRỊ"]
    assert in_style(document, "Tên cơ quan") == ["VĂN PHÒNG"]
    assert in_style(document, "Quốc hiệu") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert in_style(document, "Tiêu ngữ") == ["Độc lập - Tự do - Hạnh phúc"]
    assert in_style(document, "Số ký hiệu") == ["Số:      /BC-VP"]
    assert in_style(document, "Địa danh ngày tháng") == ["Quảng Trị, ngày … tháng 6 năm 2026"]


def test_what_nobody_has_written_stands_out(plan: Plan) -> None:
    document = made(combine.combine(plan, period_of(plan), None, AS_OF))
    assert "[Chưa có nội dung báo cáo]" in in_style(document, "Nội dung")


@pytest.mark.parametrize(
    ("as_of", "month"),
    [(date(2026, 5, 30), "6"), (date(2026, 6, 30), "6"), (date(2026, 7, 1), "7")],
)
def test_a_draft_is_dated_in_the_month_of_the_deadline_or_later(
    plan: Plan, as_of: date, month: str
) -> None:
    document = made(combine.combine(plan, period_of(plan, "tiep-dan"), None, as_of))
    assert in_style(document, "Địa danh ngày tháng") == [
        f"Quảng Trị, ngày … tháng {month} năm 2026"
    ]


def test_an_issued_report_has_number_and_date(report: CombinedReport) -> None:
    document = made(replace(report, number="7/BC-VP", issued=date(2026, 2, 4)))
    assert in_style(document, "Số ký hiệu") == ["Số: 07/BC-VP"]
    assert in_style(document, "Địa danh ngày tháng") == ["Quảng Trị, ngày 04 tháng 02 năm 2026"]


def test_one_addressee_stands_on_the_line_of_kinh_gui(report: CombinedReport) -> None:
    document = made(report)
    assert in_style(document, "Kính gửi") == ["Kính gửi: Ủy ban nhân dân tỉnh (qua Sở Nội vụ)"]
    assert in_style(document, "Kính gửi nhiều nơi") == []


def test_several_addressees_stand_below_it_a_line_each(report: CombinedReport) -> None:
    document = made(replace(report, addressees=["UBND tỉnh", "Sở Nội vụ"]))
    assert in_style(document, "Kính gửi nhiều nơi") == ["Kính gửi:"]
    assert in_style(document, "Nơi kính gửi") == ["- UBND tỉnh;", "- Sở Nội vụ."]


def test_recipients_end_with_the_archive_and_the_drafter(report: CombinedReport) -> None:
    document = made(replace(report, recipients=["Như trên", "Sở Nội vụ;"], drafter="Nhưng"))
    assert in_style(document, "Nơi nhận") == ["Nơi nhận:"]
    assert in_style(document, "Danh sách nơi nhận") == [
        "- Như trên;",
        "- Sở Nội vụ;",
        "- Lưu: VT (Nhưng).",
    ]


def test_a_signer_without_a_name_leaves_a_place_for_it(report: CombinedReport) -> None:
    document = made(replace(report, signatory=Signatory(position="CHÁNH VĂN PHÒNG")))
    assert in_style(document, "Quyền hạn người ký") == []
    assert in_style(document, "Chức vụ người ký") == ["CHÁNH VĂN PHÒNG"]
    assert in_style(document, "Họ tên người ký") == ["…" * 8]


def test_the_last_paragraph_ends_with_the_mark_and_stays_with_the_signature(
    report: CombinedReport,
) -> None:
    document = made(report)
    (closing,) = in_style(document, "Lời kết")
    assert closing.endswith("kính báo cáo Ủy ban nhân dân tỉnh (qua Sở Nội vụ tổng hợp)./.")
    style = document.styles["Lời kết"].paragraph_format
    assert style.keep_with_next
    assert style.keep_together


def test_headings_come_in_the_decrees_order(report: CombinedReport) -> None:
    assert in_style(made(report), "Mục") == [
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2026",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
    ]


def test_every_appendix_is_a_section_of_its_own_numbered_from_1(report: CombinedReport) -> None:
    document = made(report)
    assert in_style(document, "Phụ lục") == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    sections = [section._sectPr for section in document.sections]
    assert len(sections) == 4
    for section in sections:
        assert section.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section.titlePg_val
    landscape = [section.page_width > section.page_height for section in document.sections]
    assert landscape == [False, False, True, True]


def test_a_report_without_appendices_is_one_section(report: CombinedReport) -> None:
    document = made(replace(report, indicators=[], models=[], awards=[], appendices=[]))
    assert len(document.sections) == 1
    assert document.sections[0].page_width < document.sections[0].page_height
    assert in_style(document, "Phụ lục") == []
    assert "Phụ lục" not in "".join(text for _, text in paragraphs(document))


@pytest.mark.parametrize(
    ("medium", "reference"),
    [
        (
            "electronic",
            "(Kèm theo Báo cáo số …/BC-VP ngày … tháng … năm … của Văn phòng UBND tỉnh)",
        ),
        (
            "paper",
            "(Kèm theo Báo cáo số 57/BC-VP ngày 04 tháng 6 năm 2026 của Văn phòng UBND tỉnh)",
        ),
    ],
)
def test_the_reference_is_filled_in_on_paper_only(
    report: CombinedReport, medium: str, reference: str
) -> None:
    issued = replace(report, number="57/BC-VP", issued=AS_OF)
    document = made(issued, DocumentLook(medium=medium))  # type: ignore[arg-type]
    assert in_style(document, "Kèm theo") == [reference] * 3


def test_figures_are_written_as_vietnamese_does_and_set_right(plan: Plan) -> None:
    filed = period_of(
        plan,
        *("tong-hop", "tiep-dan", "tin-hoc"),
        data="submitted: 29/5/2026\nindicators: {hoi-nghi: 1234}",
    )
    document = made(combine.combine(plan, filed, None, AS_OF))
    first = [cell.text for cell in document.tables[2].rows[1].cells]
    assert first == ["1", "Hội nghị", "cuộc", "3.702", "4", "+92.450,0", ""]
    assert in_style(document, "Bảng - số")[:3] == ["3.702", "4", "+92.450,0"]


def figure_rows(document: WordDocument) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[2].rows[1:]]


def test_a_figure_not_given_by_all_units_is_not_compared_and_marked(plan: Plan) -> None:
    document = made(combine.combine(plan, period_of(plan, "tiep-dan"), None, AS_OF))
    assert figure_rows(document) == [
        ["1", "Hội nghị", "cuộc", "3", "4", "–", "(1)"],
        ["2", "Đơn phải xử lý", "đơn", "40", "–", "–", ""],
        ["", "Trong đó:", "", "", "", "", ""],
        ["", "Đơn đã xử lý", "đơn", "39", "–", "–", "Tỷ lệ 97,5%"],
    ]
    assert in_style(document, "Chú thích bảng")[1:] == ["(1) Số liệu của 01/03 đơn vị."]


def test_the_figures_say_which_year_they_are_compared_with(report: CombinedReport) -> None:
    headings = [cell.text for cell in made(report).tables[2].rows[0].cells]
    assert headings[3:6] == ["Kỳ này", "Cùng kỳ năm 2025", "Tăng, giảm (%)"]


def test_parts_of_figures_are_indented_below_their_whole_wherever_the_plan_has_them() -> None:
    first, *others = re.findall(r"^  - \{.*\n", PLAN.partition("indicators:\n")[2], re.MULTILINE)
    whole, part = others
    inner = part.replace("id: don-xong", "id: xong-som").replace(
        "part_of: don", "part_of: don-xong"
    )
    plan = plan_from(PLAN.replace(first + whole + part, inner + part + first + whole))
    data = "submitted: 29/5/2026\nindicators: {hoi-nghi: 3, don: 40, don-xong: 39, xong-som: 7}\n"
    document = made(combine.combine(plan, period_of(plan, "tiep-dan", data=data), None, AS_OF))
    assert [(row[0], row[1], row[3]) for row in figure_rows(document)] == [
        ("1", "Hội nghị", "3"),
        ("2", "Đơn phải xử lý", "40"),
        ("", "Trong đó:", ""),
        ("", "Đơn đã xử lý", "39"),
        ("", "Trong đó:", ""),
        ("", "Đơn đã xử lý", "7"),
    ]
    assert in_style(document, "Bảng - chữ lùi vào") == ["Đơn đã xử lý"] * 2


def test_a_plan_calls_its_appendices_what_it_likes() -> None:
    titles = "appendix_titles: {indicators: Biểu số liệu, models: Danh sách sáng kiến}\n"
    plan = plan_from(PLAN + titles)
    document = made(combine.combine(plan, period_of(plan, "tiep-dan"), None, AS_OF))
    assert in_style(document, "Tên phụ lục") == [
        "BIỂU SỐ LIỆU 6 THÁNG ĐẦU NĂM 2026",
        "DANH SÁCH SÁNG KIẾN 6 THÁNG ĐẦU NĂM 2026",
        "DANH SÁCH ĐỀ XUẤT KHEN THƯỞNG 6 THÁNG ĐẦU NĂM 2026",
    ]
    text = "\n".join(text for _, text in paragraphs(document))
    assert "Biểu số liệu tại Phụ lục I; danh sách sáng kiến tại Phụ lục II;" in text
    assert "dân vận khéo" not in text.lower()


def test_one_line_below_the_table_says_what_holds_for_all_figures(plan: Plan) -> None:
    data = "submitted: 29/5/2026\nindicators: {hoi-nghi: 3}"
    period = period_of(plan, "tong-hop", "tin-hoc", data=data)
    document = made(combine.combine(plan, period, None, AS_OF))
    assert [row[5:] for row in figure_rows(document) if row[2]] == [["–", ""]] * 3
    assert in_style(document, "Chú thích bảng")[1:] == ["Số liệu của 02/03 đơn vị."]


def rule_lines(document: WordDocument) -> Iterator[tuple[str, float, float]]:
    """The text above each line, the line's length and the width of its column, in points."""
    for paragraph in document.element.body.iter(qn("w:p")):
        if paragraph.style not in ("DuongKe", "DuongKeTrichYeu"):
            continue
        above = paragraph.getprevious()
        assert isinstance(above, CT_P)
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        column = cell.width.pt if cell is not None else 467.8
        if above.style != "KemTheo":
            indents = paragraph.pPr.ind
            yield above.text, column - indents.left.pt - indents.right.pt, column


def test_lines_are_as_long_as_the_decree_wants_them(report: CombinedReport) -> None:
    lengths = {text: length for text, length, _ in rule_lines(made(report))}
    motto = "Độc lập - Tự do - Hạnh phúc"
    assert lengths[motto] == pytest.approx(text_width(motto, 14, bold=True), abs=0.2)
    for text, size in (("VĂN PHÒNG", 13), (report.subject, 14)):
        fraction = lengths[text] / text_width(text, size, bold=True)
        assert 1 / 3 < fraction < 1 / 2


@pytest.mark.parametrize(
    ("name", "first", "word"),
    [
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "TRUNG TÂM PHỤC VỤ", "HÀNH"),
        ("PHÒNG HÀNH CHÍNH - TỔ CHỨC", "PHÒNG", "HÀNH CHÍNH - TỔ CHỨC"),
    ],
)
def test_a_long_name_breaks_into_even_lines_or_before_its_compound(
    report: CombinedReport, name: str, first: str, word: str
) -> None:
    office = replace(report.organization, letterhead=["VĂN PHÒNG UBND TỈNH", name])
    document = made(replace(report, organization=office))
    (paragraph,) = [
        each for each in document.element.body.iter(qn("w:p")) if each.style == "TenCoQuan"
    ]
    room = 67 * 72 / 25.4 - paragraph.pPr.ind.left.pt * 2
    assert text_width(first, 13, bold=True) < room
    assert room < text_width(f"{first} {word}", 13, bold=True)


def test_the_smaller_size_set_changes_the_styles_and_nothing_else(report: CombinedReport) -> None:
    document = made(report, DocumentLook(size_set="12-13", body=13))
    sizes = {
        name: document.styles[name].font.size for name in ("Quốc hiệu", "Tiêu ngữ", "Nội dung")
    }
    assert sizes == {"Quốc hiệu": Pt(12), "Tiêu ngữ": Pt(13), "Nội dung": Pt(13)}
    assert document.styles["Phụ lục"].font.size == Pt(14)
    assert not list(document.element.body.iter(qn("w:sz")))


def test_the_plan_holds_every_sentence_of_its_source_in_order() -> None:
    plan = workspace.read_plan(ROOT / "plan.yaml").plan
    assert plan
    document = opened(render.render_plan(plan, NOWHERE))
    text = " ".join(text for _, text in paragraphs(document))
    wanted = [
        "KẾ HOẠCH",
        *plan.legal_bases,
        plan.opening or "",
        *plan.objectives,
        *plan.requirements,
        *(
            words
            for section in plan.sections
            for words in (section.title, *(task.text for task in section.tasks))
        ),
        *plan.implementation,
        f"{plan.closing}./.",
        *plan.recipients,
        "Lưu: VT, HC-TC (Nhưng).",
        "Nguyễn Cửu",
    ]
    place = 0
    for words in wanted:
        place = text.index(words, place)


def test_legal_bases_are_punctuated_as_the_decree_wants(plan: Plan) -> None:
    document = opened(render.render_plan(replace(plan, legal_bases=["Luật A;", "Luật B"]), NOWHERE))
    assert in_style(document, "Căn cứ") == ["Căn cứ Luật A;", "Căn cứ Luật B."]


def unit_report(plan: Plan, unit: str) -> WordDocument:
    filed = period_of(plan, unit)
    each = next(each for each in filed.units if each.unit.id == unit)
    assert each.report
    return opened(render.render_unit_report(plan, filed, each.unit, each.report, NOWHERE, AS_OF))


def test_a_units_own_report_is_the_units(plan: Plan) -> None:
    document = unit_report(plan, "tiep-dan")
    assert in_style(document, "Tên cơ quan chủ quản") == ["VĂN PHÒNG UBND TỈNH QUẢNG TRỊ"]
    assert in_style(document, "Tên cơ quan") == ["BAN TIẾP CÔNG DÂN"]
    assert in_style(document, "Số ký hiệu") == ["Số:      /BC-BTCD"]
    assert in_style(document, "Địa danh ngày tháng") == ["Quảng Trị, ngày 29 tháng 5 năm 2026"]
    assert in_style(document, "Kính gửi") == ["Kính gửi: Văn phòng UBND tỉnh (qua Phòng Tổng hợp)"]
    assert in_style(document, "Gạch đầu dòng")[:3] == [
        "- Đã họp (Thông báo số 5/TB-VP).",
        "- Nhiệm vụ phát hành tài liệu chưa thực hiện.",
        "- Tiếp 12 lượt.",
    ]


def test_a_unit_without_a_register_has_no_number() -> None:
    plan = plan_from(PLAN.replace("short: BTCD}", "short: BTCD, own_number: false}"))
    document = unit_report(plan, "tiep-dan")
    assert in_style(document, "Số ký hiệu") == [""]
    assert (
        in_style(document, "Kèm theo")
        == ["(Kèm theo Báo cáo ngày … tháng … năm … của Ban Tiếp công dân)"] * 3
    )


def test_a_unit_with_a_register_has_its_own_symbol_in_the_appendices(plan: Plan) -> None:
    references = in_style(unit_report(plan, "tiep-dan"), "Kèm theo")
    assert references[0] == (
        "(Kèm theo Báo cáo số …/BC-BTCD ngày … tháng … năm … của Ban Tiếp công dân)"
    )


def test_the_coordinators_own_report_goes_to_the_office_itself(plan: Plan) -> None:
    document = unit_report(plan, "tong-hop")
    assert in_style(document, "Kính gửi") == ["Kính gửi: Văn phòng UBND tỉnh"]


def test_the_working_paper_shares_its_page_among_as_many_columns_as_there_are(plan: Plan) -> None:
    filed = period_of(plan, "tiep-dan", "tong-hop")
    combined = combine.combine(plan, filed, None, AS_OF)
    paper = working_paper(plan, filed, combined, AS_OF)
    document = opened(render.render_working_paper(paper, SETTINGS, NOWHERE))
    tasks, figures = document.tables[2:4]
    assert [cell.text for cell in tasks.rows[0].cells] == ["Đơn vị", "1.1", "1.2", "2.1"]
    assert [cell.text for cell in tasks.rows[1].cells] == ["TH", "HT", "CT", "×"]
    assert [cell.text for cell in tasks.rows[2].cells] == ["BTCD", "HT", "CT", "TX"]
    assert [cell.text for cell in tasks.rows[3].cells] == ["TTTH", "–", "–", "×"]
    for table in (tasks, figures):
        widths = [cell.width for cell in table._tbl.tr_lst[0].tc_lst]
        assert sum(widths) == pytest.approx(252 * 36000, rel=0.01)
        assert len(set(widths[1:])) == 1


def working_document(plan: Plan, data: str) -> WordDocument:
    filed = period_of(plan, "tiep-dan", data=data)
    combined = combine.combine(plan, filed, None, AS_OF)
    paper = working_paper(plan, filed, combined, AS_OF)
    return opened(render.render_working_paper(paper, SETTINGS, NOWHERE))


def test_the_working_paper_gives_every_item_its_dash_and_evidence_its_sentence(plan: Plan) -> None:
    document = working_document(plan, DATA + 'lessons: [Họp sớm., "- Giao việc rõ"]\n')
    text = in_style(document, "Nội dung")
    assert (
        "- Ban Tiếp công dân (hoàn thành): Đã họp. Văn bản, tài liệu: Thông báo số 5/TB-VP." in text
    )
    assert "- Ban Tiếp công dân: Kịp thời." in text
    place = text.index("- Ban Tiếp công dân:")
    assert text[place + 1 :] == ["+ Họp sớm.", "- Giao việc rõ."]


def test_the_working_paper_tells_merged_parts_from_empty_ones(plan: Plan) -> None:
    text = in_style(working_document(plan, DATA), "Nội dung")
    (merged,) = [each for each in text if each.startswith("Các phần còn ghép")]
    (empty,) = [each for each in text if each.startswith("Các phần chưa có nội dung")]
    assert "Tuyên truyền" in merged
    assert "Đề xuất, kiến nghị" not in merged
    assert "Đề xuất, kiến nghị" in empty


def test_a_short_table_of_the_working_paper_stays_on_one_page(plan: Plan) -> None:
    table = working_document(plan, DATA).tables[2]
    kept = [
        all(each.paragraph_format.keep_with_next for cell in row.cells for each in cell.paragraphs)
        for row in table.rows
    ]
    assert kept == [True, True, True, False]


def test_a_long_table_keeps_its_first_rows_and_its_last_together(report: CombinedReport) -> None:
    document = made(replace(report, models=report.models * 30))
    table = document.tables[3]
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert kept == [True] * 2 + [False] * 26 + [True] * 2 + [False]


def nasty(report: CombinedReport) -> CombinedReport:
    passage = Passage(path="x", title=NASTY, paragraphs=[NASTY])
    figures = Passage(path="figures.x", title=NASTY, sentence=NASTY)
    return replace(
        report,
        organization=replace(
            report.organization, name=NASTY, letterhead=[NASTY, NASTY], place=NASTY
        ),
        subject=NASTY,
        addressees=[NASTY],
        recipients=[NASTY],
        archive=NASTY,
        drafter=NASTY,
        signatory=Signatory(authority=NASTY, position=NASTY, name=NASTY),
        parts=[
            Part(title=NASTY, number="I", contents=[passage, figures]),
            Part(title=NASTY, level=2, number="1", contents=[passage]),
            Part(title=NASTY, level=3, number="a", contents=[passage]),
        ],
        proposals=replace(
            report.proposals, paragraphs=[NASTY], by_addressee=[ProposalGroup(NASTY, [NASTY])]
        ),
        models=[
            Reported(
                replace(report.models[0].unit, name=NASTY),
                Model(
                    name=NASTY, field="kinh tế", summary=f"{NASTY}\n{NASTY}", status="registered"
                ),
            )
        ],
    )


def test_what_a_person_typed_arrives_letter_for_letter(
    report: CombinedReport,
) -> None:
    content = render.render_report(nasty(report), SETTINGS, NOWHERE)
    text = "\n".join(text for _, text in paragraphs(opened(content)))
    bare = NASTY.rstrip()
    assert text.count(bare) >= 27
    assert violations(content) == []


def test_a_units_name_does_not_break_at_its_hyphen() -> None:
    named = PLAN.replace("name: Ban Tiếp công dân", "name: Ban B-TCD")
    plan = plan_from(named + "document: {unit_names: full}\n")
    document = made(combine.combine(plan, period_of(plan, "tiep-dan"), None, AS_OF), plan.document)
    (point,) = [each for each in document.element.body.iter(qn("w:p")) if "Đã họp" in each.text]
    assert point.text == "- Đã họp (Ban B-TCD)."
    assert len(list(point.iter(qn("w:noBreakHyphen")))) == 1


def test_a_line_break_in_prose_starts_a_paragraph() -> None:
    assert lines("Một\n\nHai", "- ") == ["- Một.", "Hai"]


def test_a_point_that_has_its_dash_gets_no_second() -> None:
    assert lines("- Một", "- ") == ["- Một."]
    assert lines("1. Một.", "- ") == ["- 1. Một."]


def test_a_plan_without_a_date_leaves_day_and_month_open() -> None:
    assert date_in_words(None, None, 2026) == "ngày … tháng … năm 2026"
    assert number_line(None, "KH-VP") == "Số:      /KH-VP"


def test_the_same_input_gives_the_same_bytes(report: CombinedReport) -> None:
    first, second = (render.render_report(report, SETTINGS, NOWHERE) for _ in range(2))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_properties_name_title_subject_and_agency(report: CombinedReport) -> None:
    properties = made(report).core_properties
    assert properties.title == "Báo cáo kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026"
    assert properties.subject == report.subject
    assert properties.author == "Văn phòng UBND tỉnh"


@pytest.mark.parametrize("period", ["h1", "annual"])
def test_word_opens_every_document_of_the_sample_without_repair(
    period: str,
) -> None:
    loaded = workspace.load(ROOT)
    plan = loaded.plan.plan
    assert plan
    filed = [Submission(each.unit or "", each.period or "", each.report) for each in loaded.reports]
    offices: dict[str, OfficeReport] = {
        each.period: each.office for each in loaded.offices if each.period and each.office
    }
    day = Day(2026, 11, 4)
    (stands,) = [each for each in status.assess(plan, filed, offices, day) if each.id == period]
    combined = combine.combine(plan, stands, offices.get(period), day)
    paper = working_paper(plan, stands, combined, day)
    documents = [
        render.render_report(combined, plan.document, ROOT),
        render.render_working_paper(paper, plan.document, ROOT),
        render.render_plan(plan, ROOT),
        *(
            render.render_unit_report(plan, stands, each.unit, each.report, ROOT, day)
            for each in stands.units
            if each.report
        ),
    ]
    for content in documents:
        assert violations(content) == []


def pages(document: bytes, folder: Path) -> list[str]:
    """The text of every page as LibreOffice sets it."""
    (folder / "a.docx").write_bytes(document)
    (pdf,) = convert([folder / "a.docx"], "pdf", folder)
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return text.stdout.decode().split("\f")[:-1]


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_pages_are_numbered_from_the_second_and_the_signature_is_never_alone(
    report: CombinedReport, tmp_path: Path
) -> None:
    # So much that the closing paragraph would still fit on the second page, but not what follows.
    prose = ["Nội dung báo cáo của đơn vị trong kỳ này được viết thành một đoạn dài."] * 25
    leadership, *others = report.parts
    passage = Passage(path="leadership", title="", paragraphs=prose)
    long = replace(report, parts=[replace(leadership, contents=[passage]), *others])
    text = pages(render.render_report(long, SETTINGS, NOWHERE), tmp_path)
    main = [page for page in text if "(Kèm theo" not in page]
    numbers = [page.strip().split("\n")[0].strip() for page in main]
    assert "Số:" in main[0]
    assert numbers[1:] == [str(number) for number in range(2, len(main) + 1)]
    (signed,) = [page for page in main if "Nguyễn Cửu" in page]
    assert "./." in signed
    assert "Nơi nhận:" in signed
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in main[0]
