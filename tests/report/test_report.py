"""`danvan report`: what the Word files hold, and what the command says of them."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import Result
from docx.oxml.ns import qn
from lxml import etree
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from danvan_cli.files import workspace
from danvan_cli.report import combine
from danvan_cli.report.issued import fingerprint_of_parts
from danvan_cli.tracking import status
from danvan_cli.tracking.status import Submission
from danvan_cli.word.file.unbroken import as_typed

AS_OF = ("--as-of", "4/6/2026")


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def report(root: Path, *arguments: str) -> Result:
    return danvan(root, "report", "--period", "h1", *AS_OF, *arguments)


def lines_of(path: Path) -> list[str]:
    """Every paragraph of the document's text and tables, in order."""

    def paragraphs() -> Iterator[str]:
        for paragraph in docx.Document(str(path)).element.body.iter(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
        ):
            yield as_typed("".join(text_of(node) for node in paragraph.iter()))

    def text_of(node: etree._Element) -> str:
        if node.tag == qn("w:noBreakHyphen"):
            return "-"
        return node.text or "" if node.tag == qn("w:t") else ""

    return [text for text in paragraphs() if text.strip()]


def office(root: Path, text: str) -> None:
    path = root / "reports" / "2026" / "h1" / "_office.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


WHOLE_OFFICE = """\
leadership: Văn phòng đã quán triệt.
sections: {1: Đã tuyên truyền., 2: Đã tiếp công dân.}
strengths: [Kịp thời]
next_steps: [Tiếp tục thực hiện]
proposals: [Đề nghị tập huấn]
"""


@pytest.fixture
def filed(root: Path, file_report: ReportWriter) -> Path:
    """A workspace in which all three units have reported, one of them late."""
    file_report(
        "tong-hop",
        text="submitted: 29/5/2026\n"
        "results: {'1.1': {status: done, summary: Đã họp.}}\n"
        "indicators: {hoi-nghi: 3}\n"
        "shortcomings: [Còn chậm]\n",
    )
    file_report(
        "tiep-dan",
        text="submitted: 1/6/2026\n"
        "results:\n"
        "  '1.1': {status: not_started, summary: Chưa làm gì cả.}\n"
        "  '2.1': {status: ongoing, summary: Tiếp 12 lượt.}\n"
        "indicators: {hoi-nghi: 2, don: 40, don-xong: 39}\n"
        "models: [{name: Nghe dân, field: kinh tế, status: recognized, replicate: true}]\n"
        "awards: [{kind: collective, name: Ban Tiếp công dân, form: Giấy khen}]\n",
    )
    file_report("tin-hoc", text="submitted: 3/6/2026\nindicators: {hoi-nghi: 0}\n")
    return root


def test_the_report_holds_every_part_in_the_decrees_order(filed: Path) -> None:
    result = report(filed)
    assert result.exit_code == 0, result.output
    path = filed / "output" / "2026" / "h1" / "bao-cao.docx"
    assert Path(result.stdout.strip()).resolve() == path.resolve()
    lines = lines_of(path)
    wanted = [
        "VĂN PHÒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO",
        "Kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026",
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
        "II. KẾT QUẢ THỰC HIỆN",
        "1. Tuyên truyền",
        "2. Tiếp công dân",
        "III. ĐÁNH GIÁ CHUNG",
        "1. Tồn tại, hạn chế",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2026",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
        "Nơi nhận:",
        "KT. CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
        "Nguyễn Cửu",
        "Phụ lục I",
        "SỐ LIỆU KẾT QUẢ THỰC HIỆN CÔNG TÁC DÂN VẬN 6 THÁNG ĐẦU NĂM 2026",
        "Phụ lục II",
        "DANH SÁCH MÔ HÌNH “DÂN VẬN KHÉO” 6 THÁNG ĐẦU NĂM 2026",
        "Phụ lục III",
    ]
    assert [line for line in lines if line in wanted] == wanted
    text = "\n".join(lines)
    assert "Kính gửi: Ủy ban nhân dân tỉnh (qua Sở Nội vụ)" in text
    assert (
        "Thực hiện Kế hoạch số …/KH-VP ngày … tháng … năm 2026 của Văn phòng UBND tỉnh về thực "
        "hiện công tác dân vận năm 2026, Văn phòng UBND tỉnh báo cáo" in text
    )
    assert "- Đã họp." in lines
    assert "97,5%" in text
    assert any(line.endswith("./.") for line in lines)
    for appendix in ("Phụ lục I", "Phụ lục II", "Phụ lục III"):
        assert any(appendix in line and line != appendix for line in lines)


def test_the_report_does_not_say_who_was_late_or_has_not_done_its_part(filed: Path) -> None:
    report(filed)
    text = "\n".join(lines_of(filed / "output" / "2026" / "h1" / "bao-cao.docx"))
    assert "Chưa làm gì cả" not in text
    assert "muộn" not in text
    assert "Còn chậm (" not in text


def test_a_task_not_done_in_time_is_told_unless_the_office_writes_the_shortcomings(
    filed: Path, file_report: ReportWriter
) -> None:
    plan = (filed / "plan.yaml").read_text(encoding="utf-8")
    (filed / "plan.yaml").write_text(plan.replace("2026-09-30", "2026-04-30"), encoding="utf-8")
    file_report("tin-hoc", text="submitted: 29/5/2026\nresults: {'1.2': {status: in_progress}}\n")
    sentence = (
        "- Còn 01 nhiệm vụ chưa hoàn thành đúng thời hạn: phát hành tài liệu "
        "(chậm nhất ngày 30/4/2026)."
    )
    result = report(filed)
    path = filed / "output" / "2026" / "h1" / "bao-cao.docx"
    assert sentence in lines_of(path)
    assert danvan(filed, "check", str(path)).exit_code == 0
    assert "1.2" not in result.stderr
    office(filed, "shortcomings: [Công tác tuyên truyền có việc chưa kịp thời.]\n")
    result = report(filed)
    assert sentence not in lines_of(path)
    assert "Nhiệm vụ chưa hoàn thành đúng thời hạn: 1.2" in result.stderr


def test_a_draft_leaves_number_and_day_open(filed: Path) -> None:
    report(filed)
    text = "\n".join(lines_of(filed / "output" / "2026" / "h1" / "bao-cao.docx"))
    assert "/BC-VP" in text
    assert "Quảng Trị, ngày" in text
    assert "tháng 6 năm 2026" in text
    office(filed, "number: 7/BC-VP\nissued: 4/6/2026\n")
    report(filed)
    text = "\n".join(lines_of(filed / "output" / "2026" / "h1" / "bao-cao.docx"))
    assert "Số: 07/BC-VP" in text
    assert "Quảng Trị, ngày 04 tháng 6 năm 2026" in text


def test_what_is_in_and_what_is_not_is_told_on_stderr(
    filed: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {don: 1}\n")
    (filed / "reports/2026/h1/tiep-dan.yaml").unlink()
    told = report(filed).stderr
    assert "đã tổng hợp báo cáo của 1/3 đơn vị" in told
    assert "Gửi muộn, vẫn tổng hợp: Trung tâm Tin học (muộn 2 ngày)." in told
    assert "Quá hạn, chưa gửi (1): Ban Tiếp công dân." in told
    assert "Có lỗi (xem danvan validate), chưa tổng hợp (1): Phòng Tổng hợp." in told
    assert "sections.1     Tuyên truyền" in told


def test_the_terminal_names_figures_that_some_units_still_owe(
    filed: Path, file_report: ReportWriter
) -> None:
    file_report("tin-hoc", text="submitted: 3/6/2026\n")
    said = "Số liệu mới có của 2/3 đơn vị, chưa tính tăng, giảm, tỷ lệ: Hội nghị."
    assert said in report(filed).stderr
    assert "2/3" not in report(filed, "--unit", "tong-hop").stderr


def test_strict_writes_nothing_while_anything_is_wanting(filed: Path) -> None:
    office(filed, WHOLE_OFFICE)
    result = report(filed, "--strict")
    assert result.exit_code == 1
    assert "Gửi muộn" in result.stderr
    assert not (filed / "output").exists()


def test_strict_is_content_with_a_whole_report(filed: Path, file_report: ReportWriter) -> None:
    office(filed, WHOLE_OFFICE + "shortcomings: [Còn chậm]\n")
    file_report("tin-hoc", text="submitted: 1/6/2026\nindicators: {hoi-nghi: 0}\n")
    result = report(filed, "--strict")
    assert result.exit_code == 0, result.stderr


def test_the_same_input_makes_the_same_bytes(filed: Path) -> None:
    report(filed, "-o", str(filed / "mot.docx"))
    report(filed, "-o", str(filed / "hai.docx"))
    assert (filed / "mot.docx").read_bytes() == (filed / "hai.docx").read_bytes()


def test_a_report_edited_in_word_is_not_overwritten(filed: Path) -> None:
    report(filed)
    path = filed / "output" / "2026" / "h1" / "bao-cao.docx"
    document = docx.Document(str(path))
    document.paragraphs[3].add_run(" sửa tay")
    document.save(str(path))
    edited = path.read_bytes()
    office(filed, WHOLE_OFFICE)
    refused = report(filed)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert path.read_bytes() == edited
    assert report(filed, "--force").exit_code == 0
    assert path.read_bytes() != edited


def test_a_report_that_nobody_edited_is_made_again(filed: Path) -> None:
    report(filed)
    office(filed, WHOLE_OFFICE)
    assert report(filed).exit_code == 0
    text = "\n".join(lines_of(filed / "output" / "2026" / "h1" / "bao-cao.docx"))
    assert "Văn phòng đã quán triệt." in text


def test_output_may_be_a_folder(filed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gửi đi"
    folder.mkdir()
    assert report(filed, "-o", str(folder)).exit_code == 0
    assert (folder / "bao-cao.docx").is_file()


def test_the_working_paper_tells_what_the_report_does_not(filed: Path) -> None:
    result = report(filed, "--internal")
    assert result.exit_code == 0, result.stderr
    text = "\n".join(lines_of(filed / "output" / "2026" / "h1" / "tong-hop-noi-bo.docx"))
    assert "muộn 2 ngày" in text
    assert "Chưa làm gì cả." in text
    assert "TTTH" in text


def test_the_working_paper_names_who_owes_a_deliverable_past_its_day(filed: Path) -> None:
    plan = filed / "plan.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("by: 2026-09-30", "by: 2026-05-20"),
        encoding="utf-8",
    )
    assert report(filed, "--internal").exit_code == 0
    (told,) = (
        line
        for line in lines_of(filed / "output" / "2026" / "h1" / "tong-hop-noi-bo.docx")
        if "đã quá thời hạn" in line
    )
    assert told == (
        "Nhiệm vụ đã quá thời hạn, đơn vị chưa hoàn thành: "
        "nhiệm vụ 1.2 (chậm nhất ngày 20/5/2026): TH, BTCD và TTTH."
    )


@pytest.mark.parametrize("internal", [[], ["--internal"]])
def test_a_period_without_any_report_still_makes_a_document(
    root: Path, internal: list[str]
) -> None:
    result = report(root, *internal)
    assert result.exit_code == 0, result.stderr
    assert "đã tổng hợp báo cáo của 0/3 đơn vị" in result.stderr


NASTY = [
    "&<>\"' {{ report }} {% if %} {_{ x }_} {# #}",
    "- gạch đầu dòng",
    "1. đánh số",
    "chữ " + "a" * 5000,
    "biểu tượng 🌾 và “ngoặc cong”",
    "cột\tmột",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_what_a_person_typed_arrives_letter_for_letter(
    root: Path, file_report: ReportWriter, nasty: str
) -> None:
    quoted = "'" + nasty.replace("'", "''") + "'"
    if "\t" in nasty:
        quoted = '"' + nasty.replace("\t", "\\t") + '"'
    file_report(
        "tong-hop",
        text="submitted: 29/5/2026\n"
        f"results: {{'1.1': {{status: done, summary: {quoted}}}}}\n"
        f"awards: [{{kind: collective, name: {quoted}, form: {quoted}}}]\n",
    )
    result = report(root)
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(
        io.BytesIO((root / "output/2026/h1/bao-cao.docx").read_bytes())
    ) as package:
        assert package.testzip() is None
    document = docx.Document(str(root / "output/2026/h1/bao-cao.docx"))
    body = document.element.body
    assert any(nasty in paragraph.text for paragraph in body.iter(qn("w:p")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert nasty in cells


ISSUED = "number: 57/BC-VP\nissued: 4/6/2026\n"


def issue(root: Path) -> None:
    """Records the report as issued, as danvan did before it held to the whole document."""
    office(root, WHOLE_OFFICE + ISSUED)
    opened = workspace.load(root)
    plan = opened.plan.plan
    assert plan is not None
    words = opened.offices[0].office
    filed = [Submission(file.unit or "", file.period or "", file.report) for file in opened.reports]
    period = status.assess(plan, filed, {}, date(2026, 6, 4))[0]
    marks = fingerprint_of_parts(combine.combine(plan, period, words, date(2026, 6, 4)))
    lines = "".join(f"  {name}: '{digest}'\n" for name, digest in marks.items())
    office(root, WHOLE_OFFICE + ISSUED + f"fingerprint:\n{lines}")


def test_an_issued_report_can_be_made_again_while_its_words_are_the_same(filed: Path) -> None:
    issue(filed)
    result = report(filed)
    assert result.exit_code == 0, result.stderr
    assert (
        "Báo cáo 6 tháng đầu năm đã ban hành: số 57/BC-VP ngày 04 tháng 6 năm 2026."
        in result.stderr
    )


def test_words_that_differ_from_the_issued_ones_stop_it_and_are_named(
    filed: Path, file_report: ReportWriter
) -> None:
    issue(filed)
    file_report("tin-hoc", text="submitted: 3/6/2026\nindicators: {hoi-nghi: 7}\n")
    result = report(filed)
    assert result.exit_code == 2
    assert "đã khác báo cáo ban hành số 57/BC-VP" in result.stderr
    assert "ngày 04 tháng 6 năm 2026:\n  Biểu số liệu\n" in result.stderr
    assert "--supplement" in result.stderr
    assert not (filed / "output").exists()


def test_a_supplement_to_nothing_is_refused(filed: Path) -> None:
    result = report(filed, "--supplement")
    assert result.exit_code == 2
    assert "chưa ban hành" in result.stderr


def test_a_copy_elsewhere_with_other_words_bears_no_number(
    filed: Path, file_report: ReportWriter
) -> None:
    issue(filed)
    file_report("tin-hoc", text="submitted: 3/6/2026\nindicators: {hoi-nghi: 7}\n")
    copy = filed / "bản khác.docx"
    assert report(filed, "-o", str(copy)).exit_code == 0
    assert "Số: 57/BC-VP" not in lines_of(copy)


def test_a_draft_is_printed_and_nothing_is_written(filed: Path) -> None:
    result = report(filed, "--draft")
    assert result.exit_code == 0
    assert "- Đã họp." in result.stdout.splitlines()
    assert "1 | Hội nghị | cuộc | 5 | 4 | +25" in result.stdout
    assert not (filed / "output").exists()


def test_a_units_own_report_is_for_its_head_to_sign(filed: Path) -> None:
    result = report(filed, "--unit", "tiep-dan")
    assert result.exit_code == 0, result.stderr
    lines = lines_of(filed / "output" / "2026" / "h1" / "bao-cao-tiep-dan.docx")
    assert lines[:2] == ["VĂN PHÒNG UBND TỈNH QUẢNG TRỊ", "BAN TIẾP CÔNG DÂN"]
    assert "Kính gửi: Văn phòng UBND tỉnh (qua Phòng Tổng hợp)" in lines
    assert "TRƯỞNG BAN TIẾP CÔNG DÂN" in lines
    assert "- Tiếp 12 lượt." in lines
    assert "- Đã họp." not in lines


@pytest.mark.parametrize(
    ("unit", "words"),
    [("tin-hocc", "ý bạn là “tin-hoc”?"), ("tin-hoc", "chưa có báo cáo 6 tháng đầu năm")],
)
def test_a_unit_without_a_report_is_told(root: Path, unit: str, words: str) -> None:
    result = report(root, "--unit", unit)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_plan_itself_becomes_a_document_with_all_its_words(root: Path) -> None:
    result = danvan(root, "plan", "export")
    assert result.exit_code == 0, result.stderr
    lines = lines_of(root / "output" / "2026" / "ke-hoach.docx")
    assert "KẾ HOẠCH" in lines
    tasks = [line for line in lines if line.startswith("- ") and "Nơi nhận" not in line]
    assert tasks[:3] == ["- Tổ chức hội nghị.", "- Phát hành tài liệu.", "- Giải quyết đơn."]


def test_an_office_file_with_errors_stops_the_report(filed: Path) -> None:
    office(filed, WHOLE_OFFICE + "lesons: [Bài học]\n")
    result = report(filed)
    assert result.exit_code == 2
    assert "_office.yaml có lỗi" in result.stderr
    assert not (filed / "output").exists()


def test_what_comes_after_the_issue_is_not_in_the_issued_report(
    filed: Path, file_report: ReportWriter
) -> None:
    office(filed, WHOLE_OFFICE + ISSUED)
    file_report("tin-hoc", text="submitted: 10/6/2026\nindicators: {hoi-nghi: 7}\n")
    later = ("--as-of", "12/6/2026")
    result = danvan(filed, "report", "--period", "h1", *later)
    assert "đã tổng hợp báo cáo của 2/3 đơn vị" in result.stderr


def test_drafts_and_foreign_files_are_named(filed: Path, file_report: ReportWriter) -> None:
    office(filed, WHOLE_OFFICE)
    file_report("tin-hoc", text="leadership: đang viết\n")
    file_report("tin-hocc", text="submitted: 29/5/2026\n")
    result = report(filed, "--strict")
    assert result.exit_code == 1
    assert "Mới là dự thảo (chưa ghi submitted), chưa tổng hợp (1): Trung tâm" in result.stderr
    assert "tin-hocc.yaml" in result.stderr


def test_another_kind_of_file_is_refused_and_a_bare_name_is_a_folder(filed: Path) -> None:
    refused = report(filed, "-o", str(filed / "bao-cao.pdf"))
    assert refused.exit_code == 2
    assert "đặt tên tệp có đuôi .docx" in refused.stderr
    assert report(filed, "-o", str(filed / "gửi")).exit_code == 0
    assert (filed / "gửi" / "bao-cao.docx").is_file()


def fallen(filed: Path, file_report: ReportWriter) -> Path:
    """The filed workspace in the autumn: a unit that had reported has been dissolved."""
    plan = filed / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("short: TH}", "short: TH, until: 2026-06-30}"), encoding="utf-8")
    file_report("tin-hoc", "annual", "submitted: 30/10/2026\nindicators: {hoi-nghi: 2}\n")
    return filed


def annual(root: Path, *arguments: str) -> Result:
    return danvan(root, "report", "--period", "annual", "--as-of", "1/11/2026", *arguments)


def test_a_total_below_the_one_that_it_continues_is_not_written(
    filed: Path, file_report: ReportWriter
) -> None:
    root = fallen(filed, file_report)
    file_report("tiep-dan", "annual", "submitted: 30/10/2026\nindicators: {hoi-nghi: 2}\n")
    result = annual(root)
    assert result.exit_code == 1
    assert (
        "Lỗi R432: “Hội nghị” kỳ năm (4) nhỏ hơn kỳ 6 tháng đầu năm (5): không còn tính Phòng "
        "Tổng hợp (3)." in result.stderr
    )
    assert not (root / "output" / "2026" / "annual").exists()
    checked = danvan(root, "validate", "--as-of", "1/11/2026")
    assert checked.exit_code == 1
    assert "R432" in checked.stdout
    assert danvan(root, "status", "--as-of", "1/11/2026").exit_code == 0
    assert annual(root, "--internal").exit_code == 0
    assert "R432" in annual(root, "--draft").stderr
    assert "R432" not in report(root).stderr


def test_a_total_that_units_only_still_owe_figures_for_has_not_fallen(
    filed: Path, file_report: ReportWriter
) -> None:
    file_report("tin-hoc", "annual", "submitted: 30/10/2026\nindicators: {hoi-nghi: 2}\n")
    result = annual(filed)
    assert result.exit_code == 0, result.stderr
    assert "Số liệu mới có của 1/3 đơn vị" in result.stderr
    assert annual(fallen(filed, file_report)).exit_code == 1, "3 of the half-year's 5 are gone"


def test_a_corrected_figure_lowers_a_total_only_with_an_error(
    filed: Path, file_report: ReportWriter
) -> None:
    for unit, figure in (("tong-hop", 1), ("tiep-dan", 2), ("tin-hoc", 1)):
        text = f"submitted: 30/10/2026\nindicators: {{hoi-nghi: {figure}, don: 40, don-xong: 39}}\n"
        file_report(
            unit,
            "annual",
            text.replace(", don: 40, don-xong: 39", "") if unit != "tiep-dan" else text,
        )
    result = annual(filed)
    assert result.exit_code == 1
    assert "nhỏ hơn ở Phòng Tổng hợp (3, nay 1)." in result.stderr


def test_the_working_paper_begins_with_decisions_and_prints_every_error(
    filed: Path, file_report: ReportWriter
) -> None:
    file_report(
        "tin-hoc",
        text="submitted: 29/5/2026\nresults: {'1.1': {status: done, summary: Đã họp.}}\n"
        "indicators: {hoi-ngi: 2}\n",
    )
    assert report(filed, "--internal").exit_code == 0
    lines = lines_of(filed / "output" / "2026" / "h1" / "tong-hop-noi-bo.docx")
    first = lines[: lines.index("II. NHIỆM VỤ THEO ĐƠN VỊ")]
    assert "Có lỗi: Trung tâm Tin học (có lỗi)." in first
    assert any("Chỉ tiêu chưa có số liệu" in line for line in first)
    place = first.index("Lỗi trong báo cáo của đơn vị")
    assert any("reports/2026/h1/tin-hoc.yaml:" in line for line in first[place:])
    assert any("hoi-nghi" in line for line in first[place:])


def test_the_working_paper_points_out_words_that_say_other_numbers(
    filed: Path, file_report: ReportWriter
) -> None:
    file_report(
        "tong-hop",
        text="submitted: 29/5/2026\n"
        "results: {'1.1': {status: done, summary: Đã tổ chức 02 hội nghị.}}\n"
        "indicators: {hoi-nghi: 3}\n",
    )
    assert report(filed, "--internal").exit_code == 0
    assert (
        "Phòng Tổng hợp: nội dung nhiệm vụ 1.1 nêu 02 cuộc hội nghị, số liệu hoi-nghi ghi 3 (R430)."
        in lines_of(filed / "output" / "2026" / "h1" / "tong-hop-noi-bo.docx")
    )
