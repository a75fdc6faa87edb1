"""Figures of every kind: filled in as people here write them, summed, compared, printed."""

import json
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import docx
import pytest
from click.testing import Result
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

from conftest import plan_from
from danvan_cli import vietnamese
from danvan_cli.cli import app
from danvan_cli.files import conversion, yaml_reading
from danvan_cli.forms import figures as box_figures
from danvan_cli.model.figure_kinds import marked, rate_of, summed
from danvan_cli.model.plan import Indicator
from danvan_cli.model.values import Figure, typed_of
from danvan_cli.report import figures_in_words
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.word.file.unbroken import as_typed
from git_repository import Git
from handmade_form import filled
from small_workspace import PLAN_OF_THREE_UNITS

KINDS = """\
  - id: ty-le-don
    name: Tỷ lệ giải quyết đơn
    measure: '%'
    task: '2.1'
    kind: rate
    rate: {part: don-xong, whole: don}
    target: {h1: 95}
  - id: kinh-phi
    name: Kinh phí hỗ trợ mô hình
    measure: triệu đồng
    task: '1.1'
    kind: money
    previous: {h1: '120,5'}
    target: {h1: 1500}
  - id: to-dan-van
    name: Tổ dân vận
    measure: tổ
    task: '1.1'
    kind: stock
    previous: {h1: 16}
  - id: diem
    name: Điểm hài lòng
    measure: điểm
    task: '1.1'
    kind: stock
    decimal: 2
    units: [tong-hop]
    previous: {h1: '84,25'}
  - id: trang-tin
    name: Có trang thông tin dân vận
    measure: có/không
    task: '1.1'
    kind: yes_no
    previous: {h1: 1}
document: {targets: true}
"""
PLAN = (
    PLAN_OF_THREE_UNITS.replace("{id: don, ", "{id: don, previous: {h1: 52}, ")
    .replace("{id: don-xong, ", "{id: don-xong, previous: {h1: 48}, ")
    .replace("year: 2026\n", "year: 2026\nnumber: 12/KH-VP\nissued: 5/1/2026\n", 1)
) + KINDS
RESULTS = {
    "results__1_1__status": "hoàn thành",
    "results__1_1__summary": "Đã tổ chức.",
    "results__1_2__status": "không phát sinh",
    "submitted": "29/5/2026",
}
TYPED = {
    "tong-hop": {
        "hoi_nghi": "64 (ước)",
        "kinh_phi": "1.234,5",
        "to_dan_van": "9",
        "diem": "86.75",
        "trang_tin": "có",
    },
    "tiep-dan": {
        "hoi_nghi": "05",
        "don": "41",
        "don_xong": "ước 38",
        "kinh_phi": "0",
        "to_dan_van": "4",
        "trang_tin": "không",
    },
    "tin-hoc": {
        "hoi_nghi": "1",
        "kinh_phi": "65,25",
        "to_dan_van": "2",
        "trang_tin": "Có",
    },
}
"""What each unit types in its form for the half-year."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an indicator of each kind, whose reports came as forms."""
    root = tmp_path_factory.mktemp("kinds")
    (root / "plan.yaml").write_text(PLAN, encoding="utf-8")
    for unit, figures in TYPED.items():
        more = {"results__2_1__status": "hoàn thành", "results__2_1__summary": "Đã giải quyết."}
        texts = RESULTS | (more if unit == "tiep-dan" else {})
        texts |= {f"indicators__{name}": text for name, text in figures.items()}
        form = filled(plan_from(PLAN), unit, **texts)
        told = danvan(root, "import", str(form.save(root, f"{unit}.docx")))
        assert told.exit_code == 0, told.output
    return root


def danvan(root: Path, *words: str) -> Result:
    command, *others = words
    day = [] if command in ("form", "issue") else ["--as-of", "4/6/2026"]
    return CliRunner().invoke(app, ["-C", str(root), command, *others, *day])


def figures(root: Path, *words: str, period: str = "h1") -> dict[str, Any]:
    told = danvan(root, "figures", "--period", period, "--format", "json", *words)
    assert told.exit_code == 0, told.output
    return {each["id"]: each for each in json.loads(told.stdout)["indicators"]}


def rows_of(path: Path) -> list[list[str]]:
    body = docx.Document(str(path)).element.body
    return [
        [
            as_typed("".join(text.text or "" for text in cell.iter(qn("w:t"))))
            for cell in row.iter(qn("w:tc"))
        ]
        for row in body.iter(qn("w:tr"))
    ]


def test_a_form_takes_figures_as_people_here_write_them(office: Path) -> None:
    text = (office / "reports/2026/h1/tong-hop.yaml").read_text(encoding="utf-8")
    assert text.endswith(
        "indicators:\n  hoi-nghi:\n    figure: 64\n    estimated: true\n  kinh-phi: '1234,5'\n"
        "  to-dan-van: 9\n  diem: '86,75'\n  trang-tin: có\n"
    )
    told = danvan(office, "validate")
    assert "không có lỗi, không có cảnh báo" in told.stdout, told.output


def test_each_kind_has_its_own_total(office: Path) -> None:
    found = figures(office)
    assert {name: each["figure"] for name, each in found.items()} == {
        "hoi-nghi": 70,
        "don": 41,
        "don-xong": 38,
        "ty-le-don": 92.7,
        "kinh-phi": 1299.75,
        "to-dan-van": 15,
        "diem": 86.75,
        "trang-tin": 2,
    }
    assert {name: each["estimated"] for name, each in found.items() if each["estimated"]} == {
        "hoi-nghi": ["tong-hop"],
        "don-xong": ["tiep-dan"],
        "ty-le-don": ["tiep-dan"],
    }
    assert (found["ty-le-don"]["last_year"], found["ty-le-don"]["change"]) == (92.3, "+0,4 điểm %")
    assert (found["trang-tin"]["last_year"], found["trang-tin"]["change"]) == (1, "+1 đơn vị")
    assert (found["kinh-phi"]["change"], found["kinh-phi"]["of_target"]) == ("+978,6%", "86,7%")


def test_json_has_the_digits_of_decimals_and_no_more(office: Path) -> None:
    told = danvan(office, "figures", "--period", "h1", "--by", "unit", "--format", "json").stdout
    assert '"figure": 1299.75,' in told
    assert '"tong-hop": 1234.5,' in told
    assert '"tiep-dan": false,' in told


def test_the_table_marks_estimates_and_counts_units_that_say_yes(office: Path) -> None:
    lines = danvan(office, "figures", "--period", "h1").stdout.splitlines()
    cells = [line.split() for line in lines]
    assert any(line[:5] == ["Hội", "nghị", "(cuộc)", "70", "(ước)"] for line in cells)
    assert any("92,7% (ước)" in line and "+0,4 điểm %" in line for line in lines)
    assert any("2/3 đơn vị" in line for line in lines)
    by_unit = danvan(office, "figures", "--period", "h1", "--by", "unit").stdout
    assert "64 (ước)" in by_unit
    csv = danvan(office, "figures", "--period", "h1", "--by", "unit", "--format", "csv").stdout
    assert "tong-hop,Phòng Tổng hợp,64,,,,1234.5,9,86.75,có" in csv.splitlines()


def test_one_units_yes_is_yes_and_its_estimate_an_estimate(office: Path) -> None:
    lines = danvan(office, "status", "--unit", "tong-hop").stdout.splitlines()
    words = [line.split() for line in lines]
    assert ["Hội", "nghị", "cuộc", "64", "(ước)", "-"] in words
    assert ["Có", "trang", "thông", "tin", "dân", "vận", "có/không", "có", "-"] in words
    own = danvan(office, "figures", "--period", "h1", "--unit", "tiep-dan").stdout
    assert [line.split()[-1] for line in own.splitlines() if "(có/không)" in line] == ["không"]
    assert "92,7% (ước)" in own


def test_a_workbook_keeps_numbers_as_numbers_and_marks_estimates(office: Path) -> None:
    path = office / "so-lieu.xlsx"
    written = danvan(office, "figures", "--period", "h1", "--format", "xlsx", "-o", str(path))
    assert written.exit_code == 0, written.output
    (sheet, *_) = load_workbook(path).worksheets
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    meetings = rows["Hội nghị"][2]
    assert (meetings.value, meetings.number_format) == (70, '#,##0 "(ước)"')
    assert rows["Kinh phí hỗ trợ mô hình"][2].value == 1299.75
    assert rows["Tỷ lệ giải quyết đơn"][2].value == "92,7% (ước)"
    assert rows["Có trang thông tin dân vận"][2].value == "2/3 đơn vị"


def test_sentences_tell_each_kind_in_its_own_way(office: Path) -> None:
    text = danvan(office, "report", "--period", "h1", "--draft").stdout
    assert (
        "Văn phòng có 70 cuộc hội nghị (ước), tăng 1.650% so với cùng kỳ năm 2025, 1.299,75 triệu "
        "đồng kinh phí hỗ trợ mô hình (đạt 86,7% kế hoạch; tăng 978,6%), 15 tổ dân vận (giảm "
        "6,3%), 86,75 điểm hài lòng (tăng 3%), 02/03 đơn vị có trang thông tin dân vận (tăng 1 "
        "đơn vị)." in text
    )
    assert (
        "trong đó có 38 đơn đã xử lý (ước), đạt 92,7%; tỷ lệ giải quyết đơn đạt 92,7% (ước), đạt "
        "97,6% kế hoạch; tăng 0,4 điểm phần trăm." in text
    )


def test_documents_print_figures_by_their_kind(office: Path) -> None:
    for name, words in {"bc": [], "nb": ["--internal"], "tt": ["--brief"]}.items():
        made = danvan(
            office, "report", "--period", "h1", *words, "-o", str(office / f"{name}.docx")
        )
        assert made.exit_code == 0, made.output
    annex = rows_of(office / "bc.docx")
    assert ["1", "Hội nghị", "cuộc", "70 (ước)", "4", "+1.650,0", ""] in annex
    assert ["7", "Có trang thông tin dân vận", "có/không", "2/3 đơn vị", "1 đơn vị"] in [
        row[:5] for row in annex
    ]
    rate = next(row for row in annex if "Tỷ lệ giải quyết đơn" in row)
    assert rate[3:] == ["92,7% (ước)", "92,3%", "+0,4 điểm", "Kế hoạch 95%, đạt 97,6%"]
    paper = [cell for row in rows_of(office / "nb.docx") for cell in row]
    assert {"64 (ước)", "92,7% (ước)", "1.234,5", "không", "2/3 đơn vị"} <= set(paper)
    brief = [p.text for p in docx.Document(str(office / "tt.docx")).paragraphs]
    cells = [cell for row in rows_of(office / "tt.docx") for cell in row]
    told = as_typed(" ".join([*brief, *cells]))
    assert "Hội nghị: 70 cuộc (ước)" in told
    assert "Tỷ lệ giải quyết đơn: 92,7% (ước)" in told


def test_a_rate_leads_to_both_figures(office: Path) -> None:
    told = danvan(office, "trace", "ty-le-don", "--period", "h1").stdout
    assert "38 (ước)  Ban Tiếp công dân" in told
    assert "“Đơn đã xử lý” chia “Đơn phải xử lý”" in told
    traced = json.loads(
        danvan(office, "trace", "ty-le-don", "--period", "h1", "--format", "json").stdout
    )
    assert [each["total"] for each in traced["computed_from"]] == [38, 41]
    assert (traced["total"], traced["parts"]) == (92.7, [])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.234", 1234),
        ("1 234,50", "1234,5"),
        ("97.5", "97,5"),
        ("64,0", 64),
        ("Ước 64", {"figure": 64, "estimated": True}),
        ("64 (ước tính)", {"figure": 64, "estimated": True}),
        ("(ước) 1.234,5", {"figure": "1234,5", "estimated": True}),
        ("ước đạt: 7", {"figure": 7, "estimated": True}),
        ("1,234", "1,234"),
        ("1,234.5", "1,234.5"),
        ("1.234.5", "1.234.5"),
        ("khoảng 64", "khoảng 64"),
        ("ước", "ước"),
    ],
)
def test_what_is_typed_in_a_box_is_understood_or_left_as_it_is(typed: str, kept: object) -> None:
    assert box_figures.read(typed) == kept
    assert box_figures.read(box_figures.canonical(typed)) == kept
    assert box_figures.read(box_figures.shown(typed)) == kept


def test_a_number_that_can_be_meant_in_two_ways_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    texts = {"indicators__kinh_phi": "1,234.5", "indicators__trang_tin": "một ít"}
    form = filled(plan_from(PLAN), "tin-hoc", **RESULTS, **texts)
    told = danvan(tmp_path, "import", str(form.save(tmp_path)))
    assert told.exit_code == 1
    assert "ô Kinh phí hỗ trợ mô hình: phải là số, đang là chữ “1,234.5”" in told.stderr
    assert "viết 1.234,5, dấu chấm ngăn hàng nghìn" in told.stderr
    assert "“một ít” không có trong danh sách chọn" in told.stderr


def test_a_form_made_again_holds_what_was_reported(office: Path) -> None:
    made = danvan(office, "form", "tong-hop", "--period", "h1", "-o", str(office / "lai.docx"))
    assert made.exit_code == 0, made.output
    cells = [cell for row in rows_of(office / "lai.docx") for cell in row]
    assert {"64 (ước)", "1.234,5", "86,75"} <= set(cells)
    assert any("số hiện có đến ngày 25/5/2026" in cell for cell in cells)
    again = danvan(office, "import", str(office / "lai.docx"))
    assert again.exit_code == 0, again.output
    assert "→" not in again.output


def test_a_stock_may_fall_and_is_not_added_to_the_period_before(office: Path) -> None:
    annual = office / "reports/2026/annual/tin-hoc.yaml"
    annual.parent.mkdir(exist_ok=True)
    annual.write_text(
        "unit: tin-hoc\nyear: 2026\nperiod: annual\nsubmitted: 29/5/2026\nresults:\n"
        "  '1.1': {status: done, summary: Xong.}\n  '1.2': {status: none_arisen}\n"
        "indicators: {hoi-nghi: 3, kinh-phi: 70, to-dan-van: 1, trang-tin: không}\n",
        encoding="utf-8",
    )
    try:
        told = danvan(office, "validate").output
        found = figures(office, "--unit", "tin-hoc", period="annual")
    finally:
        annual.unlink()
    assert "R414" not in told
    assert "R432" not in told
    stock = found["to-dan-van"]
    assert (stock["figure"], stock["earlier"]) == (1, 2)


def test_a_rate_is_unknown_while_a_unit_owes_one_of_its_figures(tmp_path: Path) -> None:
    shared = PLAN.replace("units: [tiep-dan]}", "units: [tiep-dan, tin-hoc]}").replace(
        "units: [tiep-dan], part_of", "units: [tiep-dan, tin-hoc], part_of"
    )
    (tmp_path / "plan.yaml").write_text(shared, encoding="utf-8")
    folder = tmp_path / "reports/2026/h1"
    folder.mkdir(parents=True)

    def report(unit: str, given: str) -> dict[str, Any]:
        text = f"unit: {unit}\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\n{given}\n"
        (folder / f"{unit}.yaml").write_text(text, encoding="utf-8")
        return figures(tmp_path)["ty-le-don"]

    rate = report("tiep-dan", "indicators: {don: 3, don-xong: 2}")
    assert (rate["figure"], rate["missing"]) == (None, ["tin-hoc"])
    rate = report("tin-hoc", "indicators: {don: 5, don-xong: 5}")
    assert (rate["figure"], rate["missing"]) == (87.5, [])


def test_what_was_issued_is_told_apart_from_the_final_figure(office: Path, tmp_path: Path) -> None:
    shutil.copytree(office / "reports", tmp_path / "reports")
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    words = ["--number", "57/BC-VP", "--date", "4/6/2026", "--force"]
    issued = danvan(tmp_path, "issue", "--period", "h1", *words)
    assert issued.exit_code == 0, issued.output
    record = (tmp_path / "reports/2026/h1/_issued.yaml").read_text(encoding="utf-8")
    assert "total: 70\n    estimated: true" in record
    assert "total: '1299,75'" in record
    report = tmp_path / "reports/2026/h1/tong-hop.yaml"
    text = report.read_text(encoding="utf-8")
    final = text.replace("  hoi-nghi:\n    figure: 64\n    estimated: true\n", "  hoi-nghi: 61\n")
    report.write_text(final.replace("'1234,5'", "'1234,25'"), encoding="utf-8")
    path = tmp_path / "bo-sung.docx"
    made = danvan(tmp_path, "report", "--period", "h1", "--supplement", "-o", str(path))
    assert made.exit_code == 0, made.output
    rows = rows_of(path)
    assert ["1", "Hội nghị", "cuộc", "70 (ước)", "67", "-3"] in rows
    assert ["2", "Kinh phí hỗ trợ mô hình", "triệu đồng", "1.299,75", "1.299,5", "-0,25"] in rows


@given(
    figure=st.integers(0, 10**15 - 1) | st.decimals(0, 10**12, places=2),
    estimated=st.booleans(),
)
def test_what_a_box_shows_is_read_as_the_same_figure(figure: Figure, estimated: bool) -> None:
    typed = typed_of(figure)
    kept = {"figure": typed, "estimated": True} if estimated else typed
    text = marked(vietnamese.number(figure), estimated=estimated)
    assert box_figures.read(text) == kept
    assert box_figures.shown(box_figures.canonical(text)) == text


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1), st.randoms())
def test_a_sum_is_exact_in_whatever_order(figures: list[Decimal], shuffled: Random) -> None:
    others = list(figures)
    shuffled.shuffle(others)
    total = summed(figures)
    assert total == summed(others)
    assert total * 100 == sum(int(figure * 100) for figure in figures)


@given(part=st.decimals(0, 10**6, places=2), whole=st.decimals("0.01", 10**6, places=2))
def test_a_rate_is_the_nearest_tenth_of_the_quotient(part: Decimal, whole: Decimal) -> None:
    exact = Fraction(part) / Fraction(whole) * 100
    rate = Fraction(Decimal(rate_of(part, whole)))
    assert -Fraction(1, 20) <= exact - rate < Fraction(1, 20)


def test_a_changed_estimate_is_told_with_its_mark(tmp_path: Path) -> None:
    git = Git(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    report = tmp_path / "reports/2026/h1/tin-hoc.yaml"
    report.parent.mkdir(parents=True)
    head = "unit: tin-hoc\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\nindicators: "
    report.write_text(f"{head}{{hoi-nghi: {{figure: 64, estimated: true}}}}\n", encoding="utf-8")
    (report.parent / "_office.yaml").write_text("number: 57/BC-VP\nissued: 4/6/2026\n")
    git.commit("2026-06-03", "Lê Cường")
    report.write_text(f"{head}{{hoi-nghi: 61, trang-tin: có}}\n", encoding="utf-8")
    git.commit("2026-06-20", "Lê Cường")
    told = CliRunner().invoke(app, ["-C", str(tmp_path), "log", "--period", "h1"]).output
    assert "Hội nghị: đổi từ 64 (ước) thành 61" in told
    assert "Có trang thông tin dân vận: đổi từ để trống thành có" in told


def test_a_doubtful_estimate_is_told_with_its_mark(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    for period, figure in {"h1": "64", "annual": "{figure: 64, estimated: true}"}.items():
        report = tmp_path / f"reports/2026/{period}/tin-hoc.yaml"
        report.parent.mkdir(parents=True)
        report.write_text(
            f"unit: tin-hoc\nyear: 2026\nperiod: {period}\nindicators: {{hoi-nghi: {figure}}}\n"
            f"submitted: {'29/5' if period == 'h1' else '28/10'}/2026\n",
            encoding="utf-8",
        )
    told = CliRunner().invoke(app, ["-C", str(tmp_path), "validate", "--as-of", "30/11/2026"])
    assert "R483: “Hội nghị” là 64 (ước), không tăng" in told.stdout


@pytest.mark.parametrize(
    ("fields", "given", "said"),
    [
        ("kind: yes_no", {"tong-hop": True}, "Văn phòng lập trang thông tin."),
        ("kind: yes_no", {"tong-hop": False}, "Văn phòng chưa lập trang thông tin."),
        (
            "kind: yes_no",
            {"tong-hop": False, "tin-hoc": False},
            "Văn phòng chưa có đơn vị nào lập trang thông tin.",
        ),
        (
            "kind: yes_no",
            {"tong-hop": True, "tin-hoc": False},
            "Văn phòng có 01/02 đơn vị lập trang thông tin.",
        ),
        ("kind: money", {"tong-hop": 0}, "Văn phòng không có lập trang thông tin."),
        (
            "kind: money, phrase: 'hỗ trợ {n} triệu đồng'",
            {"tong-hop": Decimal("5")},
            "Văn phòng đã hỗ trợ 5 triệu đồng.",
        ),
        (
            "kind: stock, phrase: 'duy trì {n} tổ'",
            {"tong-hop": 5, "tin-hoc": 4},
            "Văn phòng đã duy trì 09 tổ.",
        ),
    ],
)
def test_a_sentence_without_more_words(fields: str, given: dict[str, Figure], said: str) -> None:
    text = f"{{id: trang, name: Lập trang thông tin, measure: đồng, task: '1.1', {fields}}}"
    read = yaml_reading.read(text.encode()).data
    indicator, problems = conversion.convert(read, Indicator)
    assert indicator, problems
    total = IndicatorTotal(
        number=1,
        indicator=indicator,
        total=summed(given.values()),
        previous=None,
        parts=list(given.items()),
    )
    start = figures_in_words.opening("năm", 2026, "Văn phòng UBND tỉnh")
    assert figures_in_words.figures_sentence([total], start) == f"Trong năm 2026, {said}"
