"""A report by an outline of another kind: seven parts on cải cách hành chính (tests/reform)."""

import shutil
from pathlib import Path

import docx
import pytest
import yaml
from click.testing import Result
from docx.document import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

import small_workspace
from danvan_cli.cli import app

REFORM = Path(__file__).parents[1] / "reform"
REPORT = "output/2026/h1/bao-cao.docx"
OFFICE = "reports/2026/h1/_office.yaml"
DAY = "16/6/2026"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFORM, tmp_path, dirs_exist_ok=True))


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def made(root: Path, *arguments: str, name: str = REPORT) -> Document:
    result = danvan(root, "report", "--period", "h1", "--as-of", DAY, *arguments)
    assert result.exit_code == 0, result.output
    return docx.Document(str(root / name))


def headings(document: Document) -> list[str]:
    """The headings of the body, in whatever control, up to the appendices."""
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.style
        if style == "PhuLuc":
            break
        if style in ("Muc", "Khoan", "Diem"):
            found.append(" ".join(text_of(paragraph).split()))
    return found


def text_of(element: docx.oxml.xmlchemy.BaseOxmlElement) -> str:
    return "".join(
        " " if node.tag == qn("w:br") else node.text or ""
        for node in element.iter(qn("w:t"), qn("w:br"))
    ).replace("\u00a0", " ")


def below(document: Document, heading: str) -> list[str]:
    """The paragraphs below a heading up to the next one."""
    found: list[str] = []
    there = False
    for paragraph in document.element.body.iter(qn("w:p")):
        text = " ".join(text_of(paragraph).split())
        if paragraph.style in ("Muc", "Khoan", "Diem"):
            there = text == heading
        elif there and text:
            found.append(text)
    return found


def test_the_report_has_the_seven_parts_of_the_outline(root: Path) -> None:
    assert headings(made(root)) == [
        "I. ĐẶC ĐIỂM TÌNH HÌNH",
        "II. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
        "1. Công tác kiểm tra",
        "2. Công tác tuyên truyền",
        "III. KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG CẢI CÁCH HÀNH CHÍNH",
        "1. Cải cách thể chế",
        "2. Cải cách thủ tục hành chính",
        "a) Công khai thủ tục hành chính",
        "b) Giải quyết hồ sơ",
        "3. Xây dựng chính quyền số",
        "IV. SỐ LIỆU GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        "V. SÁNG KIẾN, KHEN THƯỞNG",
        "1. Sáng kiến, mô hình mới",
        "2. Đề xuất khen thưởng",
        "VI. ĐÁNH GIÁ CHUNG",
        "1. Ưu điểm",
        "2. Tồn tại, hạn chế",
        "3. Khó khăn, vướng mắc",
        "4. Nguyên nhân",
        "5. Bài học kinh nghiệm",
        "VII. NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2026 VÀ KIẾN NGHỊ",
        "1. Phương hướng, nhiệm vụ",
        "2. Đề xuất, kiến nghị",
    ]


def test_it_keeps_to_the_decree_and_the_plan_to_the_rules(root: Path) -> None:
    made(root)
    for arguments in (("check", REPORT), ("validate", "--as-of", DAY)):
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(root)
            result = danvan(root, *arguments)
        assert result.exit_code == 0, result.output
        assert "không có lỗi, không có cảnh báo" in result.stdout


def test_figures_models_and_awards_stand_in_the_text_and_in_the_appendices(root: Path) -> None:
    document = made(root)
    table = next(table for table in document.tables if table.cell(0, 1).text == "Chỉ tiêu")
    assert [cell.text for cell in table.rows[1].cells] == [
        *("1", "Hồ sơ tiếp nhận", "hồ sơ", "2.104", "1.846", "+14,0", "")
    ]
    assert [row.cells[1].text for row in table.rows[2:5]] == [
        "Trong đó:",
        "Hồ sơ giải quyết đúng hạn, trước hạn",
        "Hồ sơ nộp trực tuyến",
    ]
    assert below(document, "1. Sáng kiến, mô hình mới") == [
        "- Ngày thứ Bảy không hẹn (Trung tâm Phục vụ hành chính công), đang triển khai: giải quyết "
        "hồ sơ vào sáng thứ Bảy cho người lao động ở xa."
    ]
    assert below(document, "2. Đề xuất khen thưởng")[0].startswith("- Bằng khen: Trần Thị Bình,")
    appendices = [paragraph.text for paragraph in document.paragraphs]
    assert [f"Phụ lục {number}" in appendices for number in ("I", "II", "III")] == [True] * 3


def test_the_part_that_tells_most_points_to_the_appendices(root: Path) -> None:
    lines = [
        text_of(each) for each in made(root).element.body.iter(qn("w:p")) if text_of(each).strip()
    ]
    heading = lines.index("III. KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG CẢI CÁCH HÀNH CHÍNH")
    assert "tại Phụ lục I;" in lines[heading + 1]


def test_what_is_not_there_is_said(root: Path) -> None:
    for report in root.glob("reports/2026/h1/*.yaml"):
        text = report.read_text(encoding="utf-8")
        kept = text.split("models:")[0].split("awards:")[0]
        report.write_text(kept, encoding="utf-8")
    (root / OFFICE).unlink()
    document = made(root)
    assert below(document, "1. Sáng kiến, mô hình mới") == ["Trong kỳ không có mô hình."]
    assert below(document, "2. Đề xuất khen thưởng") == ["Không có đề xuất khen thưởng."]
    assert below(document, "I. ĐẶC ĐIỂM TÌNH HÌNH") == ["[Chưa có nội dung báo cáo]"]


def test_figures_in_the_text_say_whose_they_are_while_some_are_missing(root: Path) -> None:
    plan = (root / "plan.yaml").read_text(encoding="utf-8")
    (root / "plan.yaml").write_text(plan.replace("    units: [phuc-vu]\n", ""), encoding="utf-8")
    document = made(root)
    assert "Số liệu của 01/03 đơn vị." in below(
        document, "IV. SỐ LIỆU GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"
    )


def test_a_units_report_goes_by_it_without_what_only_the_office_writes(root: Path) -> None:
    arguments = ("--unit", "phuc-vu")
    document = made(root, *arguments, name="output/2026/h1/bao-cao-phuc-vu.docx")
    assert headings(document)[:2] == [
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
        "1. Công tác kiểm tra",
    ]
    table = next(table for table in document.tables if table.cell(0, 1).text == "Chỉ tiêu")
    assert [cell.text for cell in table.rows[1].cells] == [
        *("1", "Hồ sơ tiếp nhận", "hồ sơ", "2.104", "")
    ]
    other = made(root, "--unit", "kinh-te", name="output/2026/h1/bao-cao-kinh-te.docx")
    assert not [heading for heading in headings(other) if "SỐ LIỆU" in heading]


def edited(root: Path, changes: dict[str, str]) -> None:
    """The draft with other texts in the paragraphs that begin so."""
    document = docx.Document(str(root / REPORT))
    for beginning, text in changes.items():
        paragraph = next(
            each
            for each in document.element.body.iter(qn("w:p"))
            if text_of(each).startswith(beginning)
        )
        first, *others = paragraph.iter(qn("w:t"))
        first.text = text
        for other in others:
            other.text = ""
    document.save(str(root / REPORT))


def brought(root: Path) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return danvan(root, "import", REPORT, "--as-of", DAY)


def test_a_leaders_words_come_home_from_any_part(root: Path) -> None:
    made(root)
    edited(
        root,
        {
            "Xã An Lộc có": "Xã An Lộc có 12 thôn.",
            "- UBND xã ban hành": "UBND xã phân công rõ việc.",
            "Trong 6 tháng đầu năm 2026, UBND xã đã tổ chức": "Có 01 cuộc kiểm tra.",
            "- Kiểm tra 02": "Kiểm tra hai phòng.",
            "- Rà soát 21": "Rà soát 21 văn bản.",
            "- Niêm yết": "Niêm yết đủ thủ tục.",
            "- Kiểm tra các phòng": "- Kiểm tra hết các phòng",
        },
    )
    result = brought(root)
    assert result.exit_code == 0, result.output
    assert "Ngoài các ô nội dung" not in result.stderr
    found = yaml.safe_load((root / OFFICE).read_text(encoding="utf-8"))
    assert found["own"]["dac-diem"].strip() == "Xã An Lộc có 12 thôn."
    assert found["leadership"] == "UBND xã phân công rõ việc."
    assert found["figures"] == {"1.1": "Có 01 cuộc kiểm tra."}
    assert found["sections"] == {"2": "Rà soát 21 văn bản."}
    assert found["tasks"] == {"1.1": "Kiểm tra hai phòng.", "3.1": "Niêm yết đủ thủ tục."}
    assert found["next_steps"] == ["Kiểm tra hết các phòng"]
    document = made(root, "--force")
    assert below(document, "I. ĐẶC ĐIỂM TÌNH HÌNH") == ["Xã An Lộc có 12 thôn."]
    assert below(document, "1. Công tác kiểm tra") == [
        "Có 01 cuộc kiểm tra.",
        "Kiểm tra hai phòng.",
    ]
    assert brought(root).stdout == ""


def test_a_task_that_stands_alone_has_its_own_figures_and_no_other_ones(root: Path) -> None:
    document = made(root)
    assert below(document, "1. Công tác kiểm tra") == [
        "Trong 6 tháng đầu năm 2026, UBND xã đã tổ chức 01 cuộc kiểm tra.",
        "- Kiểm tra 02 phòng, trung tâm; yêu cầu khắc phục 03 tồn tại về niêm yết thủ tục.",
    ]
    assert len(below(document, "2. Công tác tuyên truyền")) == 3


def test_numbers_of_a_tasks_edited_figures_are_compared_with_them(root: Path) -> None:
    office = (root / OFFICE).read_text(encoding="utf-8")
    words = f"{office}figures: {{'1.1': Đã tổ chức 07 cuộc kiểm tra.}}\n"
    (root / OFFICE).write_text(words, encoding="utf-8")
    result = danvan(root, "report", "--period", "h1", "--as-of", DAY)
    assert "(figures.1.1): số 07 không phải số liệu" in result.stderr


def test_a_part_without_words_as_yet_can_be_filled_in_the_draft(root: Path) -> None:
    (root / OFFICE).unlink()
    made(root)
    edited(root, {"[Chưa có nội dung": "Tình hình ổn định."})
    assert brought(root).exit_code == 0
    found = yaml.safe_load((root / OFFICE).read_text(encoding="utf-8"))
    assert found == {"own": {"dac-diem": "Tình hình ổn định."}}


def test_a_period_may_have_an_outline_of_its_own(tmp_path: Path) -> None:
    outline = """\
    outline:
      - {title: Kết quả, of: [leadership, section 6, section 2]}
      - {title: 'Còn lại {name}', of: [strengths, shortcomings, difficulties, causes, lessons]}
      - {title: Hướng tới, of: [next_steps]}
      - {title: Kiến nghị, of: [proposals]}
"""
    plan = small_workspace.PLAN.replace("    name: 6 tháng", f"{outline}    name: 6 tháng", 1)
    root = small_workspace.write(
        tmp_path, {"plan.yaml": plan, OFFICE: "leadership: Đã giao việc.\n"}
    )
    result = danvan(root, "report", "--period", "h1", "--as-of", "4/6/2026")
    assert result.exit_code == 0, result.output
    assert headings(docx.Document(str(root / REPORT))) == [
        "I. KẾT QUẢ",
        "1. Công tác lãnh đạo, chỉ đạo",
        "2. Tiếp dân",
        "a) Nâng cao hiệu quả công tác tiếp dân",
        "b) Tổng hợp phản ánh của Nhân dân",
        "3. Tuyên truyền",
        "II. CÒN LẠI 6 THÁNG ĐẦU NĂM 2026",
        "III. HƯỚNG TỚI",
        "IV. KIẾN NGHỊ",
    ]
    assert danvan(root, "report", "--period", "annual", "--as-of", "4/11/2026").exit_code == 0
    assert headings(docx.Document(str(root / "output/2026/annual/bao-cao.docx")))[:2] == [
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
        "II. KẾT QUẢ THỰC HIỆN",
    ]


def test_the_working_paper_has_what_units_say_in_the_outlines_order(root: Path) -> None:
    plan = (root / "plan.yaml").read_text(encoding="utf-8")
    later = plan.replace("[section 2, section 3, section 4]", "[section 4, section 3, section 2]")
    (root / "plan.yaml").write_text(later, encoding="utf-8")
    document = made(root, "--internal", name="output/2026/h1/tong-hop-noi-bo.docx")
    said = [heading for heading in headings(document) if heading[0] in "C1234"]
    assert said[:6] == [
        "Chất lượng báo cáo",
        "Công tác lãnh đạo, chỉ đạo",
        "1. Chỉ đạo, điều hành cải cách hành chính",
        "4. Xây dựng chính quyền số",
        "3. Cải cách thủ tục hành chính",
        "2. Cải cách thể chế",
    ]


def test_the_offices_own_words_are_read_for_a_units_voice(root: Path) -> None:
    (root / OFFICE).write_text("own: {dac-diem: Được Chủ tịch khen.}\n", encoding="utf-8")
    assert "R446" in danvan(root, "validate", "--as-of", DAY).stdout


ALL = """\
outline:
  - {title: Kết quả, of: [leadership, sections]}
  - {title: Đánh giá, of: [strengths, shortcomings, difficulties, causes, lessons]}
  - {title: Phương hướng, of: [next_steps, proposals]}
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("leadership,", "ledership,", "ý bạn là “leadership”?"),
        ("sections]", "section]", "P330: section thiếu mã mục"),
        ("sections]", "section 2, section 7]", "kế hoạch không có mục “7”"),
        ("sections]", "section 2, task 6.1, task 6.3]", "các nhiệm vụ của mục 6: 6.1, 6.2"),
        ("sections]", "sections, indicators hoi-ngh]", "ý bạn là “hoi-nghi”?"),
        ("proposals]", "proposals 1]", "P330: proposals không có mã"),
        ("sections]", "sections, task 6.1]", "“task 6.1” đã có ở “sections” ghi trên"),
        ("proposals]", "proposals, own a, own a]", "P331"),
        ("proposals]", "proposals, causes]", "“causes” đã có ở “causes” ghi trên"),
        ("sections]", "section 2, task 6.1]", "không in task 6.2;"),
        ("sections]", "task 2.1]", "không in section 6;"),
        ("leadership, ", "", "không in leadership;"),
        ("Kết quả, of: [leadership, sections]", "Kết quả", "P333: phần “Kết quả” không có of"),
        ("title: Kết quả,", "title: '',", "S"),
        ("title: Kết quả,", "title: 'Kết quả {ky}',", "P333: tên phần có “{ky}”"),
    ],
)
def test_an_outline_with_a_mistake_is_told(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    plan = f"{small_workspace.PLAN}{ALL.replace(before, after, 1)}"
    root = small_workspace.write(tmp_path, {"plan.yaml": plan})
    result = danvan(root, "validate", "--as-of", "5/11/2026")
    lines = [line for line in result.stdout.splitlines() if "plan.yaml" in line or "gợi ý" in line]
    assert told in "\n".join(lines), result.output


def test_an_outline_without_a_mistake_has_no_findings(tmp_path: Path) -> None:
    root = small_workspace.write(tmp_path, {"plan.yaml": f"{small_workspace.PLAN}{ALL}"})
    result = danvan(root, "validate", "plan.yaml", "--as-of", "5/11/2026")
    assert "P33" not in result.output


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("own: {dac-die: Ổn định.}", "own.dac-die"),
        ("sections: {'1': Đã kiểm tra.}", "sections.1"),
        ("figures: {'1': Có 01 cuộc.}", "figures.1"),
        ("figures: {'3.1': Có 01 lần.}", "figures.3.1"),
    ],
)
def test_words_that_have_no_place_in_the_outline_are_told(
    root: Path, words: str, place: str
) -> None:
    (root / OFFICE).write_text(f"{words}\n", encoding="utf-8")
    result = danvan(root, "validate", "--as-of", DAY)
    assert f"R450: đề cương của báo cáo không có {place}" in result.stdout
    if place.startswith("own"):
        assert "ý bạn là “dac-diem”?" in result.stdout
