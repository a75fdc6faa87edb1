"""Doubtful figures: 64000 typed for 64, an own past, a group, a zero; each found, then answered."""

import json
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import Result
from docx.document import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.word.file.unbroken import as_typed
from places import ROOT

NOTE = "notes:\n  nguoi-tham-du: Có hội nghị trực tuyến 11 điểm cầu\n"
PLAN = """\
version: 1
title: Kế hoạch công tác năm 2024
year: 2024
number: 01/KH-VP
issued: 05/1/2024
organization: {name: Văn phòng, letterhead: [UBND TỈNH, VĂN PHÒNG], symbol: VP, place: Huế}
signatories: {default: {position: CHÁNH VĂN PHÒNG}}
coordinator: tong-hop
sections: [{id: '1', title: Tuyên truyền, tasks: [{id: '1.1', text: Họp dân., assigned: [x]}]}]
units:
  - {id: tong-hop, name: Phòng Tổng hợp, symbol: TH}
  - {id: x, name: Phòng X, symbol: X}
"""
MONTHS = [("t1", 1, 31), ("t2", 2, 28), ("t3", 3, 31), ("t4", 4, 30), ("t5", 5, 31)]


@pytest.fixture
def sample(tmp_path, monkeypatch) -> Path:
    """The current folder: the sample, in which a unit typed 64000 for 64."""
    shutil.copy(ROOT / "plan.yaml", tmp_path)
    shutil.copytree(ROOT / "reports", tmp_path / "reports")
    report = tmp_path / "reports" / "2026" / "h1" / "noi-chinh.yaml"
    text = report.read_text(encoding="utf-8")
    assert "nguoi-tham-du: 64\n" in text
    report.write_text(text.replace("tham-du: 64\n", "tham-du: 64000\n"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return report


def danvan(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--as-of", "2026-11-24"])


def doubts(*arguments: str) -> list[str]:
    """What validate says of doubtful figures: 'code message'."""
    found = re.findall(r"cảnh báo (R48\d: .+)", danvan("validate", *arguments).stdout)
    return [str(each) for each in found]


def test_64000_typed_for_64_is_found_and_then_answered(sample):
    assert doubts(str(sample)) == [
        "R482: “Người tham dự” là 64.000, gấp 598 lần trung vị của 12 đơn vị (107)"
    ]
    assert danvan("validate", "--strict", str(sample)).exit_code == 1
    sample.write_text(sample.read_text(encoding="utf-8") + NOTE, encoding="utf-8")
    result = danvan("validate", "--strict", str(sample))
    assert result.exit_code == 0
    assert "Số liệu khác thường đã giải trình: 01;" in result.stdout


def test_the_sample_itself_has_no_doubtful_figure(sample):
    text = sample.read_text(encoding="utf-8").replace("tham-du: 64000\n", "tham-du: 64\n")
    sample.write_text(text, encoding="utf-8")
    assert doubts() == []
    assert (
        "Không có số liệu khác thường." in danvan("figures", "--period", "h1", "--doubtful").stdout
    )


def test_the_list_has_reason_and_answer_in_every_format(sample):
    def listed(format: str, *arguments: str) -> str:
        words = ("figures", "--period", "h1", "--doubtful", "--format", format, *arguments)
        return danvan(*words).stdout

    reason = "gấp 598 lần trung vị của 12 đơn vị (107)"
    lines = listed("table").splitlines()
    assert "PHÒNG NỘI CHÍNH" in lines
    assert f"- Người tham dự (lượt người): 64.000, {reason}" in lines
    assert "  Chưa giải trình." in lines
    sample.write_text(sample.read_text(encoding="utf-8") + NOTE, encoding="utf-8")
    assert "  Đã giải trình: Có hội nghị trực tuyến 11 điểm cầu." in listed("table").splitlines()
    (record,) = json.loads(listed("json"))["doubtful"]
    assert (record["unit"], record["figure"], record["code"]) == ("noi-chinh", 64000, "R482")
    assert (record["reason"], record["note"]) == (reason, "Có hội nghị trực tuyến 11 điểm cầu")
    for format in ("csv", "markdown"):
        assert "Có hội nghị trực tuyến 11 điểm cầu" in listed(format)
    written = listed("xlsx").strip()
    assert written == "output/2026/h1/so-lieu-khac-thuong.xlsx"
    rows = list(openpyxl.load_workbook(written).active.iter_rows(values_only=True))
    told = ("Phòng Nội chính", "Người tham dự (lượt người)", 64000, reason)
    assert rows[-1] == (*told, "Có hội nghị trực tuyến 11 điểm cầu")
    assert json.loads(listed("json", "hoi-nghi"))["doubtful"] == []
    assert json.loads(listed("json", "--unit", "kinh-te"))["doubtful"] == []


def months(folder: Path, figures: list[int], indicator: str = "", plan: str = "") -> list[str]:
    """What validate says of a plan with months and these figures of a unit, one a month."""
    periods = "".join(
        f"  t{month}: {{name: tháng {month}, next_name: tháng sau, subject: Báo cáo, "
        f"data: {{from: 2024-0{month}-01, to: 2024-0{month}-{days}}}, "
        f"unit_deadline: {{by: 2024-0{month}-{days}}}, "
        f"office_deadline: {{by: 2024-0{month + 1}-05}}, addressees: [UBND tỉnh]}}\n"
        for _, month, days in MONTHS
    )
    indicators = f"indicators: [{{id: a, name: Lượt, measure: lượt, task: '1.1'{indicator}}}]\n"
    (folder / "plan.yaml").write_text(
        f"{PLAN}periods:\n{periods}{indicators}{plan}", encoding="utf-8"
    )
    for (period, month, days), figure in zip(MONTHS, figures, strict=False):
        path = folder / "reports" / "2024" / period / "x.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"{{unit: x, year: 2024, period: {period}, submitted: {days}/{month}/2024, results: "
            f"{{'1.1': {{status: done, summary: Đã họp.}}}}, indicators: {{a: {figure}}}}}\n",
            encoding="utf-8",
        )
    return doubts()


@pytest.mark.parametrize(
    ("figures", "last"),
    [
        ([60, 70, 64, 58, 640], "R481: “Lượt” là 640, gấp 10 lần trung vị của {} (62)"),
        ([60, 70, 64, 58, 110], ""),
        ([60, 70, 64, 58, 0], "R483: “Lượt” là 0, trong khi trung vị của {} là 62"),
        ([60, 60, 60, 60, 181], "R481: “Lượt” là 181, gấp 3 lần trung vị của {} (60)"),
        ([60, 60, 60, 60, 180], ""),
        ([60, 70, 640], "R481: “Lượt” là 640, gấp 9,1 lần tháng 2 năm 2024 (70)"),
        ([60, 70, 6], "R481: “Lượt” là 6, thấp hơn 10 lần so với tháng 1 năm 2024 (60)"),
        ([60, 20, 100], ""),
        ([2, 3, 20], ""),
        ([0, 64], ""),
    ],
)
def test_a_figure_is_held_against_the_units_own_past(tmp_path, monkeypatch, figures, last):
    monkeypatch.chdir(tmp_path)
    expected = last.format("4 kỳ trước trong năm")
    assert months(tmp_path, figures) == ([expected] if last else [])


def test_how_far_off_a_figure_may_be_is_said_by_the_indicator_or_the_plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(months(tmp_path, [60, 70, 640])) == 1
    assert months(tmp_path, [60, 70, 640], indicator=", least: 600") == []
    assert months(tmp_path, [60, 70, 640], plan="least: 600\n") == []
    assert len(months(tmp_path, [2, 3, 20], indicator=", least: 5")) == 1
    assert len(months(tmp_path, [2, 3, 20], indicator=", least: 5", plan="least: 600\n")) == 1


@pytest.mark.parametrize(
    ("years", "figure", "told"),
    [
        ({2023: 64}, 640, "R481: “Lượt” là 640, gấp 10 lần cùng kỳ năm 2023 (64)"),
        ({2023: 64}, 0, "R483: “Lượt” là 0, trong khi cùng kỳ năm 2023 là 64"),
        ({2023: 64}, 192, ""),
        ({2023: 0}, 64, "R481: “Lượt” là 64, trong khi cùng kỳ năm 2023 là 0"),
        ({2022: 64}, 640, ""),
        ({2020: 60, 2021: 70, 2022: 64, 2023: 58}, 640, "R481: “Lượt” là 640, gấp 10 lần trung vị"),
        ({2020: 60, 2021: 400, 2022: 64, 2023: 900}, 640, ""),
    ],
)
def test_the_same_period_of_earlier_years_goes_first(tmp_path, monkeypatch, years, figure, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "history").mkdir()
    for year, then in years.items():
        (tmp_path / "history" / f"{year}.yaml").write_text(
            f"{{year: {year}, indicators: {{a: {{measure: lượt, periods: {{t1: {{total: {then}, "
            f"units: {{x: {then}}}}}}}}}}}}}\n",
            encoding="utf-8",
        )
    found = months(tmp_path, [figure])
    assert len(found) == bool(told)
    assert all(each.startswith(told) for each in found)


def test_a_unit_that_took_over_another_has_no_past(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    gone = "{id: y, name: Phòng Y, symbol: Y, until: 2024-02-29, into: [x], carry: included}"
    assert len(months(tmp_path, [60, 70, 640])) == 1
    plan = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    units = "  - {id: x, name: Phòng X, symbol: X}\n"
    (tmp_path / "plan.yaml").write_text(plan.replace(units, f"{units}  - {gone}\n"), "utf-8")
    assert doubts() == []


def test_an_estimate_is_told_to_be_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    months(tmp_path, [60, 70, 640])
    report = tmp_path / "reports" / "2024" / "t3" / "x.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("a: 640", "a: {figure: 640, estimated: true}"), "utf-8")
    assert doubts() == ["R481: “Lượt” là 640 (ước), gấp 9,1 lần tháng 2 năm 2024 (70)"]
    listed = danvan("figures", "--period", "t3", "--doubtful", "--format", "json").stdout
    assert json.loads(listed)["doubtful"][0]["estimated"] is True


def test_a_stock_is_held_against_itself_and_what_is_no_amount_against_nothing(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert months(tmp_path, [600, 610, 61], indicator=", kind: stock") == [
        "R481: “Lượt” là 61, thấp hơn 9,8 lần so với tháng 1 năm 2024 (600)"
    ]
    assert months(tmp_path, [1, 0, 1], indicator=", kind: yes_no, least: 0") == []


def test_of_a_cumulative_period_what_was_added_counts(sample):
    year = sample.parents[1] / "annual" / "noi-chinh.yaml"
    sample.write_text(sample.read_text("utf-8").replace("64000", "64"), encoding="utf-8")
    text = year.read_text(encoding="utf-8")
    assert "nguoi-tham-du: 171\n" in text
    year.write_text(text.replace("tham-du: 171\n", "tham-du: 1710\n"), encoding="utf-8")
    assert doubts(str(year)) == [
        "R481: “Người tham dự” là 1.710, trong đó phần thêm sau 6 tháng đầu năm 2026 (1.646) "
        "gấp 26 lần 6 tháng đầu năm 2026 (64)"
    ]
    year.write_text(text.replace("tham-du: 171\n", "tham-du: 64\n"), encoding="utf-8")
    assert doubts(str(year)) == [
        "R483: “Người tham dự” là 64, không tăng so với 6 tháng đầu năm 2026 (64)"
    ]


def test_what_a_cumulative_period_added_is_told_as_an_addition(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    months(tmp_path, [100, 220, 1234])
    text = Path("plan.yaml").read_text(encoding="utf-8")
    window = "data: {from: 2024-02-01"
    assert window in text
    plan = text.replace(window, "continues: t1, data: {from: 2024-01-01")
    Path("plan.yaml").write_text(plan, encoding="utf-8")
    assert doubts() == [
        "R481: “Lượt” là 1.234, gấp 10 lần phần thêm của tháng 2 năm 2024 sau tháng 1 năm 2024 "
        "(120)"
    ]


def test_an_explained_figure_is_not_asked_about_again_in_the_year(sample):
    sample.write_text(sample.read_text(encoding="utf-8") + NOTE, encoding="utf-8")
    year = sample.parents[1] / "annual" / "noi-chinh.yaml"
    text = year.read_text(encoding="utf-8")
    year.write_text(text.replace("tham-du: 171\n", "tham-du: 64107\n"), encoding="utf-8")
    assert doubts() == []


def test_a_unit_is_told_only_from_enough_units_of_its_own_group(sample):
    plan = Path("plan.yaml")
    text = plan.read_text(encoding="utf-8")
    units = "noi-chinh, kinh-te, tong-hop, quan-tri-tai-vu, doi-ngoai, tin-hoc-cong-bao"
    group = f"unit_groups: {{nho: [{units}]}}\n"
    plan.write_text(text + group, encoding="utf-8")
    assert doubts(str(sample)) == [
        "R482: “Người tham dự” là 64.000, gấp 805 lần trung vị của 6 đơn vị trong nhóm “nho” (79,5)"
    ]
    plan.write_text(text + group.replace("doi-ngoai, ", ""), encoding="utf-8")
    assert doubts(str(sample)) == []


def test_a_note_on_a_figure_that_is_not_there_is_told(sample):
    text = sample.read_text(encoding="utf-8").replace("64000", "64")
    more = "notes: {nguoi-tham-du: A, luot-tiep-cong-dan: B, nguoi-tam-du: C}\n"
    sample.write_text(text + more, encoding="utf-8")
    assert doubts(str(sample)) == [
        "R484: có giải trình mà không có số liệu “Lượt tiếp công dân”",
        "R484: kế hoạch không có chỉ tiêu “nguoi-tam-du”",
    ]


def test_a_note_without_a_letter_is_told(sample):
    text = sample.read_text(encoding="utf-8").replace("64000", "64")
    sample.write_text(text + "notes: {nguoi-tham-du: .}\n", encoding="utf-8")
    assert doubts(str(sample)) == ["R484: giải trình “.” không có chữ nào"]


def test_the_form_made_again_asks_and_the_answer_comes_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(months(tmp_path, [60, 70, 640])) == 1
    run = CliRunner().invoke
    assert run(app, ["form", "x", "--period", "t3"]).exit_code == 0
    made = Path("output/2024/t3/forms/x.docx")
    form = docx.Document(made)
    assert _labels(form) == [
        "Giải trình\nSố liệu trên là 640, gấp 9,1 lần tháng 2 năm 2024 (70). Sai thì sửa số ở ô "
        "trên; đúng thì ghi lý do vào ô bên cạnh."
    ]
    (box,) = form.element.xpath("//w:sdt[w:sdtPr/w:tag/@w:val='notes.a']")
    for placeholder in list(box.iter(qn("w:showingPlcHdr"))):
        placeholder.getparent().remove(placeholder)
    (text,) = box.iter(qn("w:t"))
    text.text = "Có hội nghị trực tuyến 11 điểm cầu"
    form.save("filled.docx")
    result = run(app, ["import", "filled.docx", "--force"])
    assert result.exit_code == 0, result.output
    report = Path("reports/2024/t3/x.yaml").read_text(encoding="utf-8")
    assert "notes:\n  a: Có hội nghị trực tuyến 11 điểm cầu\n" in report
    assert doubts() == []
    assert run(app, ["form", "x", "--period", "t3", "--force"]).exit_code == 0
    assert "11 điểm cầu" in docx.Document(made).element.xml


def test_a_form_without_the_box_takes_no_explanation_away_unasked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    months(tmp_path, [60])
    run = CliRunner().invoke
    assert run(app, ["form", "x", "--period", "t1"]).exit_code == 0
    made = Path("output/2024/t1/forms/x.docx")
    assert _labels(docx.Document(made)) == []
    report = Path("reports/2024/t1/x.yaml")
    report.write_text(
        report.read_text("utf-8").replace("{a: 60}}", "{a: 60}, notes: {a: Đúng}}"),
        encoding="utf-8",
    )
    result = run(app, ["import", str(made)])
    assert result.exit_code == 2
    assert "phần III, ô Giải trình: Lượt: “Đúng” → (trống)" in result.stderr
    assert "Đúng" in report.read_text(encoding="utf-8")


def test_figure_and_answer_stand_in_the_working_paper_and_in_the_units_document(sample):
    more = NOTE + "  hoi-nghi: Gồm 01 hội nghị phối hợp\n"
    sample.write_text(sample.read_text(encoding="utf-8") + more, encoding="utf-8")
    other = sample.with_name("tong-hop.yaml")
    text = other.read_text(encoding="utf-8")
    other.write_text(re.sub("nguoi-tham-du: .+", "nguoi-tham-du: 96000", text), encoding="utf-8")
    assert danvan("report", "--period", "h1", "--internal", "-o", "paper.docx").exit_code == 0
    paper = as_typed("\n".join(line.text for line in docx.Document("paper.docx").paragraphs))
    told = "là 64.000, gấp 492 lần trung vị của 12 đơn vị (130); đã giải trình: Có hội nghị trực"
    assert f"Phòng Nội chính: “Người tham dự” {told}" in paper
    assert "Phòng Tổng hợp: “Người tham dự” là 96.000" in paper
    assert "(130); chưa giải trình." in paper
    assert "Số liệu khác thường, đơn vị chưa giải trình: 01, xem phần III" in paper
    assert "Phòng Nội chính, “Hội nghị, tập huấn, tọa đàm” (02): Gồm 01 hội nghị phối hợp." in paper
    words = ("report", "--period", "h1", "--unit", "noi-chinh", "-o", "own.docx")
    assert danvan(*words).exit_code == 0
    cells = docx.Document("own.docx").element.xpath("//w:tc[.//w:t[contains(., '11')]]")
    assert "Có hội nghị trực tuyến 11 điểm cầu" in [
        as_typed("".join(text.text for text in cell.iter(qn("w:t")))) for cell in cells
    ]


def _labels(form: Document) -> list[str]:
    """The cells beside the boxes for explanations, a paragraph a line."""
    cells = form.element.xpath("//w:tc[starts-with(.//w:t, 'Giải trình')]")
    return [
        "\n".join(
            "".join(text.text for text in line.iter(qn("w:t"))) for line in cell.iter(qn("w:p"))
        )
        for cell in cells
    ]
