"""`danvan import`: forms that units filled in become their reports, whatever happened to them."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import Result
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx_plus.comments import add_comment
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter, plan_from
from danvan_cli.cli import app
from danvan_cli.model.plan import Plan
from danvan_cli.word.file import package
from handmade_form import Form, W, copied, filled, handmade, resaved_by_libreoffice

H1 = "reports/2026/h1/tiep-dan.yaml"
GOOD = {
    "results__1_1__status": "hoàn thành",
    "results__1_1__summary": "Tổ chức 3 hội nghị.",
    "results__1_2__status": "không phát sinh",
    "results__2_1__status": "thực hiện thường xuyên",
    "results__2_1__summary": "Giải quyết 38 đơn.",
    "indicators__hoi_nghi": "03",
    "indicators__don": "1.041",
    "indicators__don_xong": " 38 ",
    "submitted": "29.5.2026",
}
REPORT = """\
# Ban Tiếp công dân: Kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026
# Nhập từ biểu mẫu bieu-mau.docx

unit: tiep-dan
year: 2026
period: h1
submitted: 29/5/2026

results:
  '1.1':
    status: done
    summary: Tổ chức 3 hội nghị.
  '1.2':
    status: none_arisen
  '2.1':
    status: ongoing
    summary: Giải quyết 38 đơn.

indicators:
  hoi-nghi: 3
  don: 1041
  don-xong: 38
"""


def bring_in(root: Path, *arguments: str | Path) -> Result:
    words = [str(each) for each in arguments]
    return CliRunner().invoke(app, ["-C", str(root), "import", "--as-of", "20/11/2026", *words])


def good(plan: Plan, **more: str) -> Form:
    return filled(plan, "tiep-dan", **(GOOD | more))


def read(root: Path, form: Form) -> dict[str, Any]:
    """What of the form arrives in the report's file."""
    result = bring_in(root, form.save(root), "--keep", "--force")
    assert result.exit_code < 2, result.output
    return written(root)


def written(root: Path) -> dict[str, Any]:
    from danvan_cli.files import yaml_reading

    data = yaml_reading.read((root / H1).read_bytes()).data
    assert isinstance(data, dict)
    return data


def summary(root: Path, form: Form) -> str:
    return read(root, form)["results"]["1.1"]["summary"]


def test_a_filled_in_form_becomes_the_units_report(root: Path, plan: Plan) -> None:
    result = bring_in(root, good(plan).save(root))
    assert result.exit_code == 0, result.output
    assert (Path(result.stdout.strip()).resolve(), result.stderr) == (
        root / H1,
        "Xem tình hình: danvan status --period h1\n",
    )
    assert (root / H1).read_text(encoding="utf-8") == REPORT


def test_the_files_own_name_says_nothing(root: Path, plan: Plan) -> None:
    assert bring_in(root, good(plan).save(root, "Phòng Tổng hợp (2).docx")).exit_code == 0
    assert (root / H1).exists()


@pytest.mark.parametrize(
    "name", ["Tæ chøc héi nghÞ vÒ c«ng t¸c d©n vËn.docx", "a\x85# b\n: c.docx", "a\udcff.docx"]
)
def test_any_name_of_a_file_will_do(root: Path, plan: Plan, name: str) -> None:
    result = bring_in(root, good(plan).save(root, name))
    assert result.exit_code == 0, result.output
    assert (root / H1).read_text(encoding="utf-8").split("\n")[2:] == REPORT.split("\n")[2:]
    assert CliRunner().invoke(app, ["-C", str(root), "validate", str(root / H1)]).exit_code == 0


def test_authority_may_have_two_lines(root: Path, plan: Plan) -> None:
    form = good(plan, signatory__position="PHÓ CHỦ TỊCH")
    lines = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    form.put("signatory.authority", paragraphs)
    assert read(root, form)["signatory"] == {
        "authority": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        "position": "PHÓ CHỦ TỊCH",
    }


def test_problems_are_told_by_part_and_box(root: Path, plan: Plan) -> None:
    form = good(
        plan,
        results__1_1__status="gần xong",
        results__1_2__status="hoàn thành",
        indicators__don="37",
        indicators__hoi_nghi="3 cuộc",
        submitted="cuối tháng 5",
        models__2__name="Ba không chờ",
        models__2__replicate="tùy",
        strengths="Gọi 0912 345 678",
        signatory__name="Trần A",
    )
    result = bring_in(root, form.save(root))
    assert (result.exit_code, result.stdout) == (1, "")
    assert not (root / "reports").exists()
    told = [line for line in result.stderr.splitlines() if ": lỗi" in line or "cảnh báo" in line]
    assert [line.split("bieu-mau.docx: ")[1] for line in told] == [
        "lỗi S204: mục 1.1, ô Tình hình: “gần xong” không có trong danh sách chọn",
        "cảnh báo R409: mục 1.2, ô Kết quả: chưa ghi nội dung",
        "lỗi S203: phần III, ô Hội nghị: phải là số, đang là chữ “3 cuộc”",
        "lỗi R413: phần III, ô Đơn đã xử lý: “Đơn đã xử lý” (38) lớn hơn “Đơn phải xử lý” (37)",
        "lỗi S201: phần IV, mô hình 2, ô Lĩnh vực: chưa chọn",
        "lỗi S201: phần IV, mô hình 2, ô Giai đoạn: chưa chọn",
        "lỗi S203: phần IV, mô hình 2, ô Đề nghị nhân rộng: “tùy” không có trong danh sách chọn",
        "cảnh báo R421: phần VI, ô Ưu điểm, ý 1: có dãy số giống số điện thoại di động "
        "(“0912 345 678”)",
        "lỗi S205: phần VII, ô Ngày gửi báo cáo: “cuối tháng 5” không phải là ngày; viết như "
        "29/5/2026 hoặc 2026-05-29",
        "lỗi S201: phần VII, ô Chức vụ: chưa ghi",
    ]
    assert "gợi ý: chọn một trong: hoàn thành; thực hiện thường xuyên; " in result.stderr
    assert "gợi ý: chọn một trong: đã đăng ký; đang triển khai; được công nhận" in result.stderr
    assert "vì biểu mẫu có 8 lỗi" in result.stderr
    assert ".yaml" not in result.stderr


@pytest.mark.parametrize("name", ["results__2_1__summary", "strengths"])
def test_words_in_an_old_encoding_are_told_by_their_box(root: Path, plan: Plan, name: str) -> None:
    garbled = "Tæ chøc héi nghÞ vÒ c«ng t¸c d©n vËn"
    form = good(plan, **{name: garbled, "leadership": "Đã phân công\n" * 3})
    result = bring_in(root, form.save(root))
    box = {"strengths": "phần VI, ô Ưu điểm, ý 1"}.get(name, "mục 2.1, ô Kết quả")
    assert f"cảnh báo F115: {box}: " in result.stderr


def test_a_form_with_errors_gives_its_report_when_asked(root: Path, plan: Plan) -> None:
    form = good(plan, indicators__don="37", indicators__hoi_nghi="3 cuộc")
    result = bring_in(root, form.save(root), "--keep")
    assert result.exit_code == 1
    assert Path(result.stdout.strip()).resolve() == root / H1
    text = (root / H1).read_text(encoding="utf-8")
    assert "tiep-dan.yaml: còn 2 lỗi, chưa được tính" in result.stderr
    assert "\nindicators:\n  hoi-nghi: 3 cuộc\n  don: 37\n  don-xong: 38\n" in text


def test_figures_that_are_left_blank_are_named(root: Path, plan: Plan) -> None:
    blank = {"indicators__don": "", "indicators__hoi_nghi": ""}
    result = bring_in(root, good(plan, **blank).save(root))
    assert result.exit_code == 0
    told = [line for line in result.stderr.splitlines() if "số liệu" in line]
    assert [line.partition("tiep-dan.yaml: ")[2] for line in told] == [
        "chưa có số liệu: Hội nghị; Đơn phải xử lý"
    ]


def test_what_is_not_yet_filled_in_is_a_warning(root: Path, plan: Plan) -> None:
    result = bring_in(root, filled(plan, "tiep-dan", leadership="Đã phân công.").save(root))
    assert result.exit_code == 0
    assert "R408: chưa báo cáo 3 nhiệm vụ được giao: 1.1, 1.2 và 2.1" in result.stderr
    assert "R415: phần VII, ô Ngày gửi báo cáo: chưa ghi ngày" in result.stderr
    assert (root / H1).read_text(encoding="utf-8").endswith("\nleadership: Đã phân công.\n")


def test_the_same_report_is_left_alone(root: Path, plan: Plan) -> None:
    path = good(plan).save(root)
    bring_in(root, path)
    (root / H1).write_text(REPORT + "strengths: []   # không có\n", encoding="utf-8")
    result = bring_in(root, path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "tiep-dan.yaml đã có đúng nội dung này" in result.stderr
    assert (root / H1).read_text(encoding="utf-8").endswith("# không có\n")


def test_a_report_that_differs_is_not_overwritten(root: Path, plan: Plan) -> None:
    bring_in(root, good(plan).save(root))
    form = good(plan, results__1_1__summary="Tổ chức 4 hội nghị.", results__1_2__status="Chọn")
    result = bring_in(root, form.save(root))
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert "  mục 1.1, ô Kết quả: “Tổ chức 3 hội nghị.” → “Tổ chức 4 hội nghị.”" in lines
    assert "  mục 1.2, ô Tình hình: “không phát sinh” → (trống)" in lines
    assert "thêm --force" in lines[-1]
    assert (root / H1).read_text(encoding="utf-8") == REPORT


def test_of_long_texts_the_part_that_differs_is_shown(root: Path, plan: Plan) -> None:
    long = "Phòng đã tổ chức nhiều hoạt động tuyên truyền, vận động Nhân dân tham gia "
    bring_in(root, good(plan, leadership=f"{long * 3}3 hội nghị.").save(root))
    form = good(plan, leadership=f"{long * 3}4 hội nghị, {long * 2}")
    result = bring_in(root, form.save(root))
    (told,) = [line for line in result.stderr.splitlines() if "ô Công tác lãnh đạo" in line]
    assert "“…ân tham gia 3 hội nghị.” → “…ân tham gia 4 hội nghị, Phòng" in told
    assert told.endswith("…”")


def test_a_form_with_errors_replaces_a_report_only_when_told_to(root: Path, plan: Plan) -> None:
    bring_in(root, good(plan).save(root))
    wrong = good(plan, indicators__hoi_nghi="3 cuộc").save(root)
    result = bring_in(root, wrong, "--keep")
    assert result.exit_code == 2
    assert "biểu mẫu còn lỗi nên cả tệp được ghi lại" in result.stderr
    assert (root / H1).read_text(encoding="utf-8") == REPORT
    assert bring_in(root, wrong, "--keep", "--force").exit_code == 1
    assert "hoi-nghi: 3 cuộc" in (root / H1).read_text(encoding="utf-8")


def test_force_overwrites_and_keeps_comments_and_the_day_of_receipt(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    path = file_report(
        "tiep-dan",
        text="submitted: 28/5/2026\nreceived: 30/5/2026   # qua thư\n"
        "# Đã gọi điện.\nindicators: {don: 12}\n",
    )
    result = bring_in(root, good(plan).save(root), "--force")
    assert result.exit_code == 0, result.output
    text = path.read_text(encoding="utf-8")
    assert "received: 30/5/2026   # qua thư\n" in text
    assert "\n# Đã gọi điện.\nindicators:" in text
    assert "submitted: 29/5/2026\n" in text
    assert "phần VII, ô Ngày gửi báo cáo: “28/5/2026” → “29/5/2026”" in result.stderr


def test_a_file_with_the_other_ending_is_the_units_report_too(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    path = file_report("tiep-dan")
    path = path.rename(path.with_suffix(".yml"))
    result = bring_in(root, good(plan).save(root), "--force")
    assert Path(result.stdout.strip()).name == "tiep-dan.yml"
    assert [each.name for each in path.parent.iterdir()] == ["tiep-dan.yml"]


RETURNED = "submitted: 27/5/2026\nreceived: 28/5/2026\nreturned: {date: 28/5/2026, reason: thiếu}\n"


def test_a_completed_report_is_no_longer_returned(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    path = file_report("tiep-dan", text=RETURNED)
    result = bring_in(root, good(plan).save(root), "--force")
    assert "returned" not in path.read_text(encoding="utf-8")
    assert "received" not in path.read_text(encoding="utf-8")
    assert "đã bỏ ghi chú trả lại ngày 28/5/2026" in result.stderr
    assert "đã bỏ ngày nhận cũ 28/5/2026" in result.stderr


def test_a_report_sent_before_it_was_returned_stays_so(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    path = file_report("tiep-dan", text=RETURNED)
    result = bring_in(root, good(plan, submitted="27/5/2026").save(root), "--force")
    assert "returned: {date: 28/5/2026, reason: thiếu}" in path.read_text(encoding="utf-8")
    assert "vẫn ghi là đã trả lại" in result.stderr


def test_a_report_with_errors_that_was_returned_stays_so_until_it_is_completed(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    wrong = f"{RETURNED}indicators: {{hoi-nghi: ba}}\n"
    path = file_report("tiep-dan", text=wrong)
    bring_in(root, good(plan, submitted="27/5/2026").save(root), "--force")
    assert written(root)["returned"] == {"date": "28/5/2026", "reason": "thiếu"}
    path.unlink()
    file_report("tiep-dan", text=wrong)
    bring_in(root, good(plan).save(root), "--force")
    assert "returned" not in written(root)


def test_a_returned_report_that_did_not_change_stays_so(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    path = file_report("tiep-dan", text=RETURNED)
    form = filled(plan, "tiep-dan", submitted="27/5/2026")
    result = bring_in(root, form.save(root), "--force")
    assert "đã có đúng nội dung này" in result.stderr
    assert path.read_text(encoding="utf-8").endswith(RETURNED)


def test_the_day_of_receipt_is_noted_where_it_differs(root: Path, plan: Plan) -> None:
    form = good(plan).save(root)
    bring_in(root, form, "--received", "29/5/2026")
    assert (root / H1).read_text(encoding="utf-8") == REPORT
    bring_in(root, form, "--received", "2/6/2026")
    late = REPORT.replace("\n\nresults", "\nreceived: 02/6/2026\n\nresults")
    assert (root / H1).read_text(encoding="utf-8") == late
    assert "không ghi lại" in bring_in(root, form).stderr
    result = bring_in(root, form, "--received", "28/5/2026")
    assert result.exit_code == 1
    assert "lỗi R416: phần VII, ô Ngày gửi báo cáo: ngày gửi 29/5/2026 sau ngày" in result.stderr


def test_results_that_have_no_box_are_told_before_they_go(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    file_report("tiep-dan", text="results: {'9.9': {status: done}}\nindicators: {la: 5}\n")
    result = bring_in(root, good(plan).save(root))
    assert result.exit_code == 2
    assert "nhiệm vụ 9.9, không có trong biểu mẫu: bỏ kết quả đã ghi" in result.stderr
    assert "chỉ tiêu la, không có trong biểu mẫu: bỏ số liệu 5" in result.stderr


def test_an_existing_file_that_is_no_report_is_not_overwritten_unasked(
    root: Path, plan: Plan, file_report: ReportWriter
) -> None:
    path = file_report("tiep-dan", text="results: {'1.1': {status: }}\n")
    assert bring_in(root, good(plan).save(root)).exit_code == 2
    assert bring_in(root, good(plan).save(root), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") == REPORT


def test_each_form_has_its_own_outcome(root: Path, plan: Plan) -> None:
    right = good(plan).save(root, "a.docx")
    wrong = filled(plan, "tong-hop", indicators__hoi_nghi="ba").save(root, "b.docx")
    (root / "c.docx").write_bytes(b"%PDF-1.7")
    result = bring_in(root, wrong, root / "c.docx", right)
    assert result.exit_code == 2
    assert [Path(line).name for line in result.stdout.splitlines()] == ["tiep-dan.yaml"]
    assert "b.docx: lỗi S203: phần III, ô Hội nghị: " in result.stderr
    assert "c.docx” là tệp PDF" in result.stderr
    assert "Đã nhập 1 trên 3 tệp." in result.stderr
    assert bring_in(root, wrong).exit_code == 1


def test_two_forms_of_one_unit_do_not_overwrite_each_other(root: Path, plan: Plan) -> None:
    first = good(plan).save(root, "a.docx")
    second = good(plan, indicators__don="50").save(root, "b.docx")
    result = bring_in(root, first, second)
    assert result.exit_code == 2
    assert "phần III, ô Đơn phải xử lý: “1041” → “50”" in result.stderr
    assert (root / H1).read_text(encoding="utf-8").count("1041") == 1


RUN = "<w:r><w:t>{}</w:t></w:r>"
BOX = f"<w:txbxContent><w:p>{RUN.format('Khung')}</w:p></w:txbxContent>"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:p><w:r><w:t>Một</w:t></w:r></w:p><w:p><w:r><w:t>Hai</w:t></w:r></w:p>", "Một\nHai"),
        ("<w:r><w:t>Một</w:t><w:br/><w:t>Hai</w:t><w:cr/><w:t>Ba</w:t></w:r>", "Một\nHai\nBa"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a b-c"),
        ("<w:r><w:t>khó</w:t><w:softHyphen/><w:t>khăn</w:t></w:r>", "khókhăn"),
        (
            "<w:ins w:id='1' w:author='A'><w:r><w:t>Thêm</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='A'><w:r><w:delText>Bớt</w:delText></w:r></w:del>",
            "Thêm",
        ),
        (
            "<w:moveFrom w:id='1' w:author='A'><w:r><w:t>Cũ</w:t></w:r></w:moveFrom>"
            "<w:moveTo w:id='2' w:author='A'><w:r><w:t>Mới</w:t></w:r></w:moveTo>",
            "Mới",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='A'/></w:rPr></w:pPr>"
            "<w:r><w:t>Liền </w:t></w:r></w:p><w:p><w:r><w:t>nhau</w:t></w:r></w:p>",
            "Liền nhau",
        ),
        (
            "<w:hyperlink><w:r><w:rPr><w:b/></w:rPr><w:t>Đậm</w:t></w:r></w:hyperlink>"
            "<w:smartTag><w:r><w:t>, thường</w:t></w:r></w:smartTag>",
            "Đậm, thường",
        ),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>DATE</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>5/2026</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "5/2026",
        ),
        (
            "<w:r><w:t>Số</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
            "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>",
            "Số✓",
        ),
        (
            "<w:r><w:t>Trước</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>Khung</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>",
            "Trước\nKhung",
        ),
        (
            "<w:r><w:sym w:font='Wingdings' w:char='F04A'/><w:sym w:font='Arial' w:char='2713'/>"
            "<w:sym w:char='x'/><w:sym w:char='-1'/></w:r>",
            "•✓",
        ),
        (
            f"<w:r><mc:AlternateContent {MC}><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            "Khung",
        ),
        (
            f"<m:oMath {MATH}><m:r><m:t>a+b</m:t></m:r></m:oMath><w:ruby><w:rt>"
            "<w:r><w:t>nhỏ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>=c</w:t></w:r></w:rubyBase>"
            "</w:ruby>",
            "a+b=c",
        ),
        (
            "<w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:trPr><w:del w:id='1' w:author='A'/>"
            "</w:trPr><w:tc><w:p><w:r><w:t>bỏ</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "a",
        ),
        (
            "<w:p><w:r><w:t>Bảng</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r>"
            "</w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "Bảng\na | b",
        ),
        (
            "<w:r><w:t>Trong </w:t></w:r><w:sdt><w:sdtPr><w:tag w:val='results.1.2.summary'/>"
            "</w:sdtPr><w:sdtContent><w:r><w:t>ô</w:t></w:r></w:sdtContent></w:sdt>",
            "Trong ô",
        ),
    ],
)
def test_all_that_was_typed_into_a_box_arrives(
    root: Path, plan: Plan, runs: str, text: str
) -> None:
    form = good(plan)
    runs = f"<w:p>{runs}</w:p>" if not runs.startswith("<w:p>") else runs
    form.put("results.1.1.summary", runs)
    assert summary(root, form).rstrip("\n") == text


def test_what_was_typed_beside_the_control_arrives_too(root: Path, plan: Plan) -> None:
    form = good(plan)
    form.cell("results.1.1.summary").append(
        parse_xml(f"<w:p {W}><w:r><w:t>Thêm ở dưới.</w:t></w:r></w:p>")
    )
    assert summary(root, form) == "Tổ chức 3 hội nghị.\nThêm ở dưới."


LISTS = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""


def listed(number: int, text: str) -> str:
    place = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr>{RUN.format(text)}</w:p>"


def test_numbers_that_word_made_of_typed_ones_stay_in_prose_and_go_from_items(
    root: Path, plan: Plan
) -> None:
    form = good(plan)
    part, name = form.document.part, PackURI("/word/numbering.xml")
    lists = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, parse_xml(LISTS), part.package)
    part.relate_to(lists, RELATIONSHIP_TYPE.NUMBERING)
    lines = listed(1, "Một") + listed(1, "") + listed(1, "Hai") + listed(2, "Ba")
    form.put("results.1.1.summary", lines)
    form.put("strengths", lines)
    data = read(root, form)
    assert data["results"]["1.1"]["summary"].rstrip() == "1. Một\n\n2. Hai\n- Ba"
    assert data["strengths"] == ["Một", "Hai", "Ba"]


def test_an_emptied_box_is_empty(root: Path, plan: Plan) -> None:
    form = good(plan)
    form.put("results.1.1.summary", "")
    assert "summary" not in read(root, form)["results"]["1.1"]


def test_a_control_that_is_gone_leaves_its_text_to_the_bookmark(root: Path, plan: Plan) -> None:
    form = good(plan)
    control = form.cell("results.1.1.summary").find(qn("w:sdt"))
    start = control.getparent()
    for paragraph in reversed(control.findall(f"{qn('w:sdtContent')}/{qn('w:p')}")):
        control.addnext(paragraph)
    mark = f'<w:bookmarkStart {W} w:id="7" w:name="{form.box("results.1.1.summary").bookmark}"/>'
    start.remove(control)
    start.find(qn("w:p")).insert(0, parse_xml(mark))
    assert summary(root, form) == "Tổ chức 3 hội nghị."


def test_of_boxes_saved_as_opendocument_their_bookmarks_are_left(root: Path) -> None:
    document = genuine(root)
    for control in list(document.element.body.xpath("//w:tc/w:sdt")):
        for paragraph in control.find(qn("w:sdtContent")):
            for mark in paragraph.findall(qn("w:bookmarkStart")):
                paragraph.remove(mark)
            control.addprevious(paragraph)
        control.getparent().remove(control)
    document.save(root / "a.docx")
    assert bring_in(root, root / "a.docx").exit_code == 0
    assert written(root)["leadership"] == "Đã phân công."


def test_a_form_that_libreoffice_saved_says_the_same(root: Path, plan: Plan) -> None:
    form = good(plan, strengths="Một")
    two = "<w:p><w:r><w:t>Một</w:t></w:r></w:p><w:p><w:r><w:t>Hai</w:t></w:r></w:p>"
    form.put("difficulties", two)
    before = read(root, form)
    resaved_by_libreoffice(form)
    assert b"w:tag" not in form.document.element.xml.encode()
    assert read(root, form) == before
    assert before["difficulties"] == ["Một", "Hai"]


def test_an_untouched_file_of_new_makes_room_for_the_form(root: Path, plan: Plan) -> None:
    CliRunner().invoke(app, ["-C", str(root), "new", "tiep-dan", "--period", "h1"])
    path = good(plan).save(root)
    text = (root / H1).read_text(encoding="utf-8")
    (root / H1).write_text(f"{text}# Chờ số liệu của chị Lan.\n", encoding="utf-8")
    assert bring_in(root, path).exit_code == 2
    (root / H1).write_text(text, encoding="utf-8")
    result = bring_in(root, path)
    assert result.exit_code == 0, result.output
    assert "khác biểu mẫu" not in result.stderr
    assert written(root)["results"]["1.1"]["summary"] == "Tổ chức 3 hội nghị."


def test_a_box_that_became_a_form_field_in_a_doc_file_is_known_by_its_name(root: Path) -> None:
    document = genuine(root)
    (control,) = document.element.body.xpath(
        "//w:sdt[w:sdtPr/w:tag/@w:val = 'indicators.hoi-nghi']"
    )
    cell = next(control.iterancestors(qn("w:tc")))
    (mark,) = cell.xpath(".//w:bookmarkStart")
    begin = '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="%s"/></w:ffData></w:fldChar>'
    field = f"<w:r>{begin % mark.get(qn('w:name'))}</w:r>{RUN.format('12')}"
    control.getparent().replace(control, parse_xml(f"<w:hyperlink {W}>{field}</w:hyperlink>"))
    mark.getparent().remove(mark)
    document.save(root / "a.docx")
    assert bring_in(root, root / "a.docx").exit_code == 0
    assert written(root)["indicators"] == {"hoi-nghi": 12}


def test_a_form_with_errors_comes_in_once(root: Path, plan: Plan) -> None:
    path = good(plan, indicators__hoi_nghi="ba cuộc").save(root)
    assert bring_in(root, path, "--keep").exit_code == 1
    again = bring_in(root, path, "--keep")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "đã có đúng nội dung này, không ghi lại" in again.stderr


def model(number: int, name: str) -> dict[str, str]:
    return {
        f"models__{number}__name": name,
        f"models__{number}__field": "kinh tế",
        f"models__{number}__status": "được công nhận",
        f"models__{number}__replicate": "có",
    }


def rows_of(form: Form, number: int) -> list[Any]:
    cells = (form.cell(box.tag) for box in form.boxes if box.path[:2] == ("models", str(number)))
    return [cell.getparent() for cell in cells]


@pytest.mark.parametrize("resaved", [False, True])
def test_copied_rows_are_further_models(root: Path, plan: Plan, resaved: bool) -> None:
    form = good(plan, **model(1, "Một"), **model(2, "Ba"))
    last = rows_of(form, 1)[-1]
    for row in reversed(rows_of(form, 1)):
        copy = copied(row)
        last.addnext(copy)
    texts = form.document.element.body.xpath("//w:t[text()='Một']")
    texts[1].text = "Hai"
    if resaved:
        resaved_by_libreoffice(form)
    models = read(root, form)["models"]
    assert [each["name"] for each in models] == ["Một", "Hai", "Ba"]
    assert {(each["field"], each["status"], each["replicate"]) for each in models} == {
        ("kinh tế", "recognized", True)
    }


def test_an_empty_row_between_is_left_out_and_rows_are_counted_as_they_stand(
    root: Path, plan: Plan
) -> None:
    form = good(plan, models__2__name="Hai")
    result = bring_in(root, form.save(root))
    assert "phần IV, mô hình 2, ô Lĩnh vực: chưa chọn" in result.stderr
    assert [each["name"] for each in read(root, form)["models"]] == ["Hai"]


def test_a_copied_box_with_other_words_is_told(root: Path, plan: Plan) -> None:
    form = good(plan)
    copy = copied(form.cell("results.1.1.summary").getparent())
    copy.xpath(".//w:t[contains(text(), 'hội nghị')]")[0].text = "Việc khác"
    result = bring_in(root, form.save(root))
    assert result.exit_code == 1
    assert (
        "lỗi D596: mục 1.1, ô Kết quả có hai nội dung: “Tổ chức 3 hội nghị.” và “Việc khác”"
        in result.stderr
    )
    assert summary(root, form) == "Tổ chức 3 hội nghị."


def test_a_copied_box_is_no_fault_if_nothing_is_lost(root: Path, plan: Plan) -> None:
    form = good(plan)
    copied(form.cell("results.1.1.summary").getparent())
    copied(form.cell("leadership").getparent()).xpath(".//w:t")[-1].text = "Phân công đầu mối."
    assert bring_in(root, form.save(root)).exit_code == 0
    assert read(root, form)["leadership"] == "Phân công đầu mối."


def test_a_control_pasted_over_another_counts_by_its_cells_bookmark(root: Path, plan: Plan) -> None:
    form = good(plan, strengths="Nắm chắc địa bàn", causes="Thiếu người")
    tag = form.cell("causes").xpath(".//w:tag")[0]
    tag.set(qn("w:val"), "strengths")
    data = read(root, form)
    assert (data["strengths"], data["causes"]) == (["Nắm chắc địa bàn"], ["Thiếu người"])


def test_merged_cells_keep_both_texts(root: Path, plan: Plan) -> None:
    form = good(plan, strengths="Nắm chắc địa bàn", causes="Thiếu người")
    cell, other = form.cell("strengths"), form.cell("causes")
    cell.extend(list(other))
    other.getparent().getparent().remove(other.getparent())
    data = read(root, form)
    assert (data["strengths"], data["causes"]) == (["Nắm chắc địa bàn"], ["Thiếu người"])


def test_words_for_a_task_that_the_plan_no_longer_has_are_told(root: Path, plan: Plan) -> None:
    path = good(plan).save(root)
    less = PLAN.replace("      - {id: '1.1', text: Tổ chức hội nghị.}\n", "")
    less = less.replace("task: '1.1'", "task: '1.2'")
    (root / "plan.yaml").write_text(less, encoding="utf-8")
    result = bring_in(root, path)
    assert result.exit_code == 1
    assert (
        "lỗi D597: kế hoạch hiện nay không có ô “mục 1.1, ô Kết quả”, trong đó ghi “Tổ chức 3 hội "
        "nghị.”" in result.stderr
    )


@pytest.mark.parametrize(
    ("tag", "typed", "kept"),
    [
        ("results.1.1.status", "đang thực hiệnChọn", {"status": "in_progress"}),
        ("results.1.1.status", "không phát sinh", {"status": "none_arisen"}),
        ("results.1.1.status", "gần xong Chọn", {"status": "gần xong"}),
        ("results.1.1.summary", "Nhấp vào đây để nhập Xong.", {"summary": "Xong."}),
    ],
)
def test_what_was_typed_where_the_prompt_is_still_marked_as_shown_counts(
    root: Path, plan: Plan, tag: str, typed: str, kept: dict[str, str]
) -> None:
    form = handmade(plan, "tiep-dan")
    (prompt,) = form.cell(tag).xpath(".//w:sdt//w:t")
    prompt.text = typed
    assert read(root, form)["results"]["1.1"] == kept


def test_words_in_a_date_box_count_unless_they_look_like_a_prompt(root: Path, plan: Plan) -> None:
    form = handmade(plan, "tiep-dan")
    (prompt,) = form.cell("submitted").xpath(".//w:sdt//w:t")
    prompt.text = "cuối tháng 5"
    prompt.getparent().remove(prompt.getparent().rPr)
    assert read(root, form)["submitted"] == "cuối tháng 5"


def test_a_prompt_in_another_language_is_one_as_long_as_word_says_so(
    root: Path, plan: Plan
) -> None:
    form = handmade(plan, "tiep-dan")
    for (prompt,) in (form.cell(box.tag).xpath(".//w:sdt//w:t") for box in form.boxes):
        prompt.text = "Cliquez ou appuyez ici."
    style = f'<w:style {W} w:type="character" w:styleId="PlaceholderText">'
    style += '<w:name w:val="Placeholder Text"/></w:style>'
    form.document.styles.element.append(parse_xml(style))
    form.fill("leadership", "Đã phân công.")
    assert set(read(root, form)) == {"unit", "year", "period", "leadership"}


@pytest.mark.parametrize("words", ["Click or tap here to enter text.", "Choose a building block."])
def test_words_own_prompt_in_an_emptied_box_is_none(root: Path, plan: Plan, words: str) -> None:
    form = good(plan, difficulties=words)
    assert "difficulties" not in read(root, form)


def test_a_prompt_is_not_taken_for_a_result(root: Path, plan: Plan) -> None:
    form = handmade(plan, "tiep-dan")
    resaved_by_libreoffice(form)
    result = bring_in(root, form.save(root))
    assert result.exit_code == 2
    assert "chưa điền nội dung nào" in result.stderr
    assert not (root / "reports").exists()


def genuine(root: Path) -> Any:
    """The form that danvan makes, opened, with something in its first box."""
    CliRunner().invoke(app, ["-C", str(root), "form", "tiep-dan", "--period", "h1"])
    document = docx.Document(root / "output/2026/h1/forms/tiep-dan.docx")
    (control,) = document.element.body.xpath("//w:sdt[w:sdtPr/w:tag/@w:val = 'leadership']")
    (mark,) = control.iter(qn("w:showingPlcHdr"))
    mark.getparent().remove(mark)
    (prompt,) = control.iter(qn("w:t"))
    prompt.text = "Đã phân công."
    return document


def test_words_outside_the_boxes_of_an_unlocked_form_are_pointed_out(root: Path) -> None:
    document = genuine(root)
    (group,) = document.element.body.xpath("w:sdt")
    group.find(f"{qn('w:sdtPr')}/{qn('w:lock')}").set(qn("w:val"), "unlocked")
    words = parse_xml(f"<w:p {W}>{RUN.format('Đơn vị gửi kèm 02 ảnh.')}</w:p>")
    group.find(qn("w:sdtContent")).append(words)
    document.save(root / "a.docx")
    result = bring_in(root, root / "a.docx")
    assert result.exit_code == 0
    (told,) = [line for line in result.stderr.splitlines() if "D598" in line]
    assert "ngoài các ô có ghi “Đơn vị gửi kèm 02 ảnh.”, không nhập vào báo cáo" in told


def test_words_below_the_locked_form_are_pointed_out(root: Path) -> None:
    document = genuine(root)
    document.add_paragraph("Trân trọng.")
    document.save(root / "a.docx")
    assert "ngoài các ô có ghi “Trân trọng.”" in bring_in(root, root / "a.docx").stderr


def test_somebody_elses_control_counts_as_words_outside(root: Path) -> None:
    document = genuine(root)
    title = "<w:sdt %s><w:sdtPr><w:alias w:val='Tiêu đề'/></w:sdtPr><w:sdtContent><w:p>%s</w:p>"
    control = parse_xml(f"{title % (W, RUN.format('Bìa báo cáo'))}</w:sdtContent></w:sdt>")
    document.element.body.insert(0, control)
    document.save(root / "a.docx")
    assert "ngoài các ô có ghi “Bìa báo cáo”" in bring_in(root, root / "a.docx").stderr


def test_a_control_that_was_moved_out_of_its_table_still_counts(root: Path, plan: Plan) -> None:
    form = good(plan)
    cell = form.cell("results.1.1.summary")
    form.document.element.body.xpath("w:sdt/w:sdtContent")[0].append(cell.find(qn("w:sdt")))
    cell.append(parse_xml(f"<w:p {W}/>"))
    assert summary(root, form) == "Tổ chức 3 hội nghị."


PICTURE = f"<w:r {nsdecls('w', 'a')}><w:drawing><a:graphic><a:blip/></a:graphic></w:drawing></w:r>"


def test_a_picture_in_a_box_is_pointed_out(root: Path) -> None:
    document = genuine(root)
    document.element.body.xpath("//w:tc/w:sdt/w:sdtContent/w:p")[0].append(parse_xml(PICTURE))
    document.save(root / "a.docx")
    result = bring_in(root, root / "a.docx")
    assert result.exit_code == 0
    assert "D598: có 1 hình ảnh, biểu đồ, không nhập vào báo cáo" in result.stderr


def test_comments_are_pointed_out_even_in_a_blank_form(root: Path, plan: Plan) -> None:
    form = handmade(plan, "tiep-dan")
    document = form.document
    paragraph = document.add_paragraph("x")
    add_comment(paragraph, "Số này chưa chắc", author="B")
    paragraph._p.getparent().remove(paragraph._p)
    result = bring_in(root, form.save(root))
    assert result.exit_code == 2
    assert "D598: có ý kiến ghi bên lề “Số này chưa chắc”" in result.stderr
    assert "chưa điền nội dung nào" in result.stderr
    assert not (root / "reports").exists()


def test_a_form_as_it_was_sent_has_nothing_outside_its_boxes(root: Path) -> None:
    document = genuine(root)
    document.element.body.xpath("w:sdt/w:sdtPr/w:lock")[0].set(qn("w:val"), "unlocked")
    document.save(root / "a.docx")
    assert "D598" not in bring_in(root, root / "a.docx").stderr


def test_a_form_of_an_earlier_state_of_the_plan_is_told(root: Path) -> None:
    genuine(root).save(root / "a.docx")
    (root / "plan.yaml").write_text(PLAN.replace("Giải quyết đơn", "Xử lý đơn"), encoding="utf-8")
    result = bring_in(root, root / "a.docx")
    assert result.exit_code == 0
    assert "trong kế hoạch đã đổi từ khi lập biểu mẫu" in result.stderr


def test_a_form_that_lost_its_properties_is_known_by_its_heading(root: Path) -> None:
    document = genuine(root)
    document.part.package.part_related_by(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)._blob = b"<a/>"
    document.save(root / "a.docx")
    result = bring_in(root, root / "a.docx")
    assert result.exit_code == 0, result.output
    assert (root / H1).exists()


def test_a_form_without_properties_and_heading_is_not_guessed(root: Path, plan: Plan) -> None:
    form = good(plan)
    form.properties = {}
    result = bring_in(root, form.save(root))
    assert result.exit_code == 2
    assert "đã mất thông tin về đơn vị và kỳ báo cáo" in result.stderr


def test_a_form_without_its_boxes_is_told_as_one(root: Path, plan: Plan) -> None:
    form = good(plan)
    body = form.document.element.body
    for mark in body.xpath("//w:bookmarkStart | //w:sdtPr"):
        mark.getparent().remove(mark)
    result = bring_in(root, form.save(root))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "là biểu mẫu đã mất các ô" in result.stderr
    assert "danvan form tiep-dan --period h1" in result.stderr


def word_file(**parts: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.doc", OLE + bytes(600), "tệp kiểu cũ của Office (.doc)"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        ("a.pdf", b"%PDF-1.7", "tệp PDF"),
        ("a.docx", b"", "rỗng"),
        ("a.docx", b"PK\x03\x04 cut", "bị hỏng"),
        ("a.odt", word_file(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
        ("~$a.docx", b"\x05Nhung", "tệp tạm mà Word lập trong khi mở văn bản"),
        (None, b"", "không có tệp"),
    ],
)
def test_what_is_no_word_document_is_told(
    root: Path, name: str | None, content: bytes, words: str
) -> None:
    path = root / (name or "thieu.docx")
    if name:
        path.write_bytes(content)
    result = bring_in(root, path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not (root / "reports").exists()


@pytest.mark.parametrize(
    ("property_", "value", "words"),
    [
        ("document", "khac", "không phải biểu mẫu báo cáo mà là báo cáo do danvan lập"),
        ("year", "2025", "là biểu mẫu của năm 2025, kế hoạch ở đây của năm 2026"),
        ("unit", "tiep-dann", "kế hoạch không có đơn vị “tiep-dann”"),
        ("period", "q1", "kế hoạch không có kỳ báo cáo “q1”"),
        ("unit", "giai-the", "Phòng Cũ không hoạt động tại thời hạn của kỳ “h1”"),
    ],
)
def test_a_form_of_something_else_is_not_taken(
    root: Path, property_: str, value: str, words: str
) -> None:
    old = "  - {id: giai-the, name: Phòng Cũ, until: 2026-03-01}\n"
    text = PLAN.replace("units:\n", f"units:\n{old}", 1)
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    form = good(plan_from(text))
    form.properties[property_] = value
    result = bring_in(root, form.save(root))
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not (root / "reports").exists()


def test_any_other_word_document_is_told_to_be_no_form(root: Path) -> None:
    package.empty().save(root / "a.docx")
    result = bring_in(root, root / "a.docx")
    assert result.exit_code == 2
    assert "không phải biểu mẫu báo cáo mà là văn bản Word khác" in result.stderr
    assert "danvan form ĐƠN_VỊ --period KỲ" in result.stderr


def changed_part(path: Path, name: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    path.write_bytes(package.zipped(parts))
    return path


DEEP = b"<w:ins>" * 5000 + b"</w:ins>" * 5000
BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w:document '


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("[Content_Types].xml", b"document.main", b"macroEnabled.main", "macro (.docm)"),
        ("word/document.xml", b"<w:document ", BOMB, "khai báo thực thể XML"),
        ("word/document.xml", b"<w:body>", b"<w:body>" + b" " * 2**26, "quá lớn"),
        ("word/document.xml", b"</w:tbl>", b"<w:tr>", "bị hỏng"),
        ("word/document.xml", b"<w:body>", b"<w:body>" + DEEP, "bị hỏng"),
    ],
)
def test_what_word_would_not_open_either_is_told(
    root: Path, plan: Plan, name: str, old: bytes, new: bytes, words: str
) -> None:
    result = bring_in(root, changed_part(good(plan).save(root), name, old, new))
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not (root / "reports").exists()


def test_a_folder_is_no_form(root: Path) -> None:
    result = bring_in(root, root)
    assert result.exit_code == 2
    assert "là thư mục, không phải tệp" in result.stderr


def test_a_heap_of_accents_does_not_hang(root: Path, plan: Plan) -> None:
    form = good(plan, results__1_1__summary="a" + "\u0316\u0301" * 200_000)
    assert len(summary(root, form)) < 200


def test_without_a_workspace_nothing_is_read(tmp_path: Path) -> None:
    assert bring_in(tmp_path, "x.docx").exit_code == 2


def put_lines(form: Form, tag: str, *lines: str) -> None:
    form.put(tag, "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines))


def test_each_line_of_a_row_is_a_proposal_to_the_body_beside_it(root: Path, plan: Plan) -> None:
    form = good(
        plan, proposals__1__to="Sở Nội vụ", proposals__2__text="Đề nghị UBND tỉnh bố trí vốn"
    )
    put_lines(form, "proposals.1.text", "Mở lớp", "Hướng dẫn tiêu chí")
    assert read(root, form)["proposals"] == [
        {"to": "Sở Nội vụ", "text": "Mở lớp"},
        {"to": "Sở Nội vụ", "text": "Hướng dẫn tiêu chí"},
        "Đề nghị UBND tỉnh bố trí vốn",
    ]


def test_an_addressee_without_a_proposal_is_told_by_its_box(root: Path, plan: Plan) -> None:
    form = good(plan, proposals__2__to="Sở Nội vụ")
    put_lines(form, "proposals.1.text", "Một", "Hai")
    result = bring_in(root, form.save(root))
    assert "phần VI, kiến nghị 2, ô Đề xuất, kiến nghị: chưa ghi" in result.output


def test_a_proposal_is_named_by_its_row(root: Path, plan: Plan) -> None:
    form = good(plan, proposals__2__text="Gọi 0912 345 678")
    put_lines(form, "proposals.1.text", "Một", "Hai")
    result = bring_in(root, form.save(root))
    assert "phần VI, kiến nghị 2: có dãy số giống số điện thoại" in result.output
