"""Where lines of a printed document break, and what stays in one line."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace
from test_letterhead import form_of
from test_word_documents import NOWHERE, SETTINGS, made, report

from danvan_cli.check import check
from danvan_cli.model.plan import Plan, Signatory
from danvan_cli.report.combined_report import CombinedReport, Part, Passage
from danvan_cli.word.document import render
from danvan_cli.word.file.plain_text import plain_text
from danvan_cli.word.file.text_width import balanced_line, line_widths, text_width
from danvan_cli.word.file.unbroken import as_typed, unbroken
from libreoffice import convert, needs_libreoffice

assert report  # the fixture
SPACE, HYPHEN = "\u00a0", "\x1e"
LONG_PLACE = "Thành phố Hồ Chí Minh"


def paragraph(document: Any, style: str) -> Any:
    return next(each for each in document.element.body.iter(qn("w:p")) if each.style == style)


def printed_lines(element: Any, column: float, size: float) -> int:
    indents = element.pPr.ind
    room = column - (indents.left.pt + indents.right.pt if indents is not None else 0)
    return len(line_widths(element.text, room, size, bold=True))


@pytest.mark.parametrize(
    ("position", "first"),
    [
        ("TRƯỞNG PHÒNG HÀNH CHÍNH - TỔ CHỨC", "TRƯỞNG PHÒNG"),
        ("PHÓ TRƯỞNG PHÒNG KHOA GIÁO - VĂN XÃ", "PHÓ TRƯỞNG PHÒNG"),
        ("TRƯỞNG PHÒNG KIỂM SOÁT THỦ TỤC HÀNH CHÍNH", "TRƯỞNG PHÒNG KIỂM SOÁT"),
    ],
)
def test_a_position_breaks_before_its_compound(
    report: CombinedReport, position: str, first: str
) -> None:
    document = made(replace(report, signatory=Signatory(position=position)))
    element = paragraph(document, "ChucVuNguoiKy")
    assert as_typed(element.text) == position
    room = 93 * 72 / 25.4 - element.pPr.ind.left.pt - element.pPr.ind.right.pt
    second = position.removeprefix(f"{first} ")
    assert line_widths(element.text, room, 14, bold=True) == pytest.approx(
        [text_width(part, 14, bold=True) for part in (first, second)]
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("theo Kế hoạch số 450/KH-UBND của", f"theo Kế hoạch số 450/KH{HYPHEN}UBND của"),
        ("nhiệm kỳ 2025-2030 của tỉnh", f"nhiệm kỳ 2025{HYPHEN}2030 của tỉnh"),
        ("số liệu tại Phụ lục II kèm theo", f"số liệu tại Phụ{SPACE}lục{SPACE}II kèm theo"),
        ("chậm nhất ngày 15/3/2026 phải", f"chậm nhất ngày{SPACE}15/3/2026 phải"),
        ("theo quy định tại Điều 5 của", f"theo quy định tại Điều{SPACE}5 của"),
        ("Phòng Hành chính - Tổ chức nêu", "Phòng Hành chính - Tổ chức nêu"),
        ("gửi về hc-tc@example.com trước", "gửi về hc-tc@example.com trước"),
        ("Số: 450/KH-UBND", "Số: 450/KH-UBND"),
    ],
)
def test_what_belongs_together_is_kept_together(text: str, kept: str) -> None:
    assert unbroken(text) == kept
    assert as_typed(unbroken(text)) == text


def test_the_text_of_a_document_reads_as_it_was_typed(report: CombinedReport) -> None:
    cited = Passage(
        path="x", title="X", paragraphs=["Theo Kế hoạch số 450/KH-UBND ngày 15/3/2026."]
    )
    parts = [Part(title="X", number="I", contents=[cited])]
    content = render.render_report(replace(report, parts=parts), SETTINGS, NOWHERE)
    body = docx.Document(BytesIO(content)).element.body
    assert any(True for _ in body.iter(qn("w:noBreakHyphen")))
    assert "ngày\u00a015/3/2026" in "".join(each.text or "" for each in body.iter(qn("w:t")))
    assert "Theo Kế hoạch số 450/KH-UBND ngày 15/3/2026.\n" in plain_text(content)


def test_a_heading_has_its_year_and_no_short_last_line(report: CombinedReport) -> None:
    headings = [each for each in made(report).element.body.iter(qn("w:p")) if each.style == "Muc"]
    (element,) = [each for each in headings if each.text.startswith("IV.")]
    assert element.text == "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2026"
    room = 165 * 72 / 25.4 - element.pPr.ind.right.pt
    first, last = line_widths(element.text, room, 14, bold=True, indent=36)
    assert last > first / 2


def test_a_slightly_wider_font_breaks_a_heading_at_the_same_word(report: CombinedReport) -> None:
    element = next(
        each
        for each in made(report).element.body.iter(qn("w:p"))
        if each.style == "Muc" and each.text.startswith("IV.")
    )
    room = 165 * 72 / 25.4 - element.pPr.ind.right.pt
    lines = line_widths(element.text, room, 14, bold=True, indent=36)
    wider = line_widths(element.text, room / 1.04, 14, bold=True, indent=36 / 1.04)
    assert wider == pytest.approx(lines)


def test_a_long_place_name_stays_in_one_line_with_its_date(
    report: CombinedReport, tmp_path: Path
) -> None:
    office = replace(report.organization, place=LONG_PLACE)
    content = render.render_report(replace(report, organization=office), SETTINGS, NOWHERE)
    element = paragraph(docx.Document(BytesIO(content)), "DiaDanhNgayThang")
    cell = next(element.iterancestors(qn("w:tc")))
    assert text_width(element.text, 14, italic=True) < cell.width.pt
    rows = cell.getparent().getparent().tr_lst
    assert {round(sum(each.width.mm for each in row.tc_lst)) for row in rows} == {165}
    path = tmp_path / "van-ban.docx"
    path.write_bytes(content)
    assert [problem.code for problem in check(path)] == []


def test_a_date_that_breaks_is_found(report: CombinedReport, tmp_path: Path) -> None:
    document = made(report)
    element = paragraph(document, "DiaDanhNgayThang")
    next(element.iter(qn("w:t"))).text = f"{LONG_PLACE}, ngày 29 tháng 12 năm 2026"
    path = tmp_path / "van-ban.docx"
    document.save(str(path))
    assert [problem.code for problem in check(path)] == ["D526"]


def test_a_form_breaks_its_units_name_as_a_report_does(plan: Plan) -> None:
    name = "Phòng Hành chính - Tổ chức"
    units = [replace(unit, name=name) if unit.id == "tin-hoc" else unit for unit in plan.units]
    element = paragraph(form_of(replace(plan, units=units), "tin-hoc"), "TenCoQuan")
    assert as_typed(element.text) == "PHÒNG HÀNH CHÍNH - TỔ CHỨC"
    assert printed_lines(element, 67 * 72 / 25.4, 13) == 2


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_pages_break_neither_place_and_date_nor_numbers(
    report: CombinedReport, tmp_path: Path
) -> None:
    office = replace(report.organization, place=LONG_PLACE)
    words = " ".join(f"{'a' * length} KH-UBND ngày 15/3/2026" for length in range(1, 60))
    passage = Passage(path="leadership", title="X", paragraphs=[words])
    part = Part(title="X", number="I", contents=[passage])
    document = replace(report, organization=office, parts=[part])
    path = tmp_path / "a.docx"
    path.write_bytes(render.render_report(document, SETTINGS, NOWHERE))
    (pdf,) = convert([path], "pdf", tmp_path)
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    text = as_typed(done.stdout.decode())
    assert f"{LONG_PLACE}, ngày … tháng 6 năm 2026\n" in text
    assert (text.count("KH-UBND"), text.count("ngày 15/3/2026")) == (59, 59)


def test_a_subject_that_fits_by_a_hair_breaks_into_even_lines_of_one_more() -> None:
    subject = (
        "Bổ sung Báo cáo số 57/BC-VP ngày 04/6/2026 của Văn phòng UBND tỉnh về kết quả "
        "thực hiện công tác dân vận 6 tháng đầu năm 2026"
    )
    room = line_widths(subject, 420, 14, bold=True)[0] + 0.5
    even = line_widths(subject, balanced_line(subject, room, 14, bold=True), 14, bold=True)
    assert len(even) == 3
    assert min(even) > max(even) * 0.9
