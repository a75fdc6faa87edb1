"""A year that continues several periods, whose sum it includes or is: half-year, third quarter."""

import json
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from click.testing import Result
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter, plan_from
from danvan_cli.cli import app
from danvan_cli.model import continued
from danvan_cli.model.plan import DataWindow
from danvan_cli.model.values import Day

Q3 = """\
  q3:
    name: quý III
    next_name: quý IV
    subject: Kết quả thực hiện công tác dân vận quý III năm 2026
    data: {from: 2026-05-26, to: 2026-08-25}
    unit_deadline: {before: 2026-09-02}
    office_deadline: {before: 2026-09-05}
    addressees: [Ủy ban nhân dân tỉnh]
"""
CHAINED = PLAN.replace("  annual:\n", f"{Q3}  annual:\n", 1)
CHAINED = CHAINED.replace("continues: h1", "continues: [h1, q3]")
MADE_UP = CHAINED.replace("to: 2026-08-25", "to: 2026-10-25")
"""Here half-year and 'third quarter' together are the year."""


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments], env={"COLUMNS": "200"})


def plan_is(root: Path, text: str) -> None:
    (root / "plan.yaml").write_text(text, encoding="utf-8")


def told(root: Path, *codes: str) -> list[str]:
    """The messages of these codes."""
    found = json.loads(danvan(root, "validate", "--format", "json").stdout)
    return [problem["message"] for problem in found if problem["code"] in codes]


@pytest.fixture
def chained(root: Path, file_report: ReportWriter) -> Path:
    """8 meetings in the half-year, 4 in the third quarter."""
    plan_is(root, CHAINED)
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 8}\n")
    file_report("tong-hop", "q3", "submitted: 28/8/2026\nindicators: {hoi-nghi: 4}\n")
    return root


def test_a_figure_is_held_against_the_sum_of_the_periods_before(
    chained: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 11}\n")
    assert told(chained, "R414", "R465") == [
        "“Hội nghị” (11) nhỏ hơn tổng đã báo cáo ở các kỳ trước (12), "
        "gồm 6 tháng đầu năm (8) và quý III (4)"
    ]
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 15}\n")
    assert told(chained, "R414", "R465") == []


def test_periods_that_make_up_the_year_add_up_to_it(
    chained: Path, file_report: ReportWriter
) -> None:
    plan_is(chained, MADE_UP)
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 15}\n")
    assert told(chained, "R414", "R465") == [
        "“Hội nghị” (15) khác tổng đã báo cáo ở các kỳ trước (12), "
        "gồm 6 tháng đầu năm (8) và quý III (4)"
    ]
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 12}\n")
    assert told(chained, "R414", "R465") == []


def test_of_a_unit_without_one_of_the_reports_the_rest_is_the_least(
    chained: Path, file_report: ReportWriter
) -> None:
    plan_is(chained, MADE_UP)
    file_report("tiep-dan", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    file_report("tiep-dan", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 5}\n")
    assert told(chained, "R414", "R465") == []
    file_report("tiep-dan", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 1}\n")
    assert told(chained, "R414", "R465") == [
        "“Hội nghị” (1) nhỏ hơn tổng đã báo cáo ở các kỳ trước (2), gồm 6 tháng đầu năm (2)"
    ]


def test_totals_are_held_against_the_sum_too(chained: Path, file_report: ReportWriter) -> None:
    gone = CHAINED.replace("short: BTCD}", "short: BTCD, until: 2026-09-30}")
    plan_is(chained, gone)
    file_report("tiep-dan", "q3", "submitted: 28/8/2026\nindicators: {hoi-nghi: 3}\n")
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 14}\n")
    assert told(chained, "R432") == [
        "“Hội nghị” kỳ năm (14) nhỏ hơn tổng của kỳ 6 tháng đầu năm (8) và kỳ quý III (7): "
        "không còn tính Ban Tiếp công dân (3)"
    ]


def test_the_period_before_is_named_where_it_is_not_continued(chained: Path) -> None:
    (chained / "reports/2026/q3/tong-hop.yaml").unlink()
    assert danvan(chained, "new", "tong-hop", "--period", "q3").exit_code == 0
    text = (chained / "reports/2026/q3/tong-hop.yaml").read_text(encoding="utf-8")
    assert "  # Hội nghị (cuộc). Kỳ trước (6 tháng đầu năm): 8.\n" in text
    assert danvan(chained, "form", "tong-hop", "--period", "q3").exit_code == 0
    form = docx.Document(str(chained / "output/2026/q3/forms/tong-hop.docx"))
    assert "Kỳ trước (6 tháng đầu năm)Kỳ này" in "".join(form.element.body.itertext())


def test_what_is_to_be_filled_in_shows_and_holds_the_sum(chained: Path) -> None:
    result = danvan(chained, "new", "tong-hop", "--period", "annual")
    assert result.exit_code == 0, result.output
    path = chained / "reports/2026/annual/tong-hop.yaml"
    text = path.read_text(encoding="utf-8")
    assert "gồm cả số đã báo cáo 6 tháng đầu năm và quý III" in " ".join(text.split("\n  # "))
    assert "  # Hội nghị (cuộc). Cộng các kỳ trước: 12.\n  hoi-nghi:\n" in text
    path.unlink()
    plan_is(chained, MADE_UP)
    danvan(chained, "new", "tong-hop", "--period", "annual")
    assert "Cộng các kỳ trước: 12.\n  hoi-nghi: 12\n" in path.read_text(encoding="utf-8")


def test_while_a_report_is_missing_each_figure_is_shown_with_its_period(chained: Path) -> None:
    (chained / "reports/2026/h1/tong-hop.yaml").unlink()
    plan_is(chained, MADE_UP)
    danvan(chained, "new", "tong-hop", "--period", "annual")
    text = (chained / "reports/2026/annual/tong-hop.yaml").read_text(encoding="utf-8")
    assert "  # Hội nghị (cuộc). Quý III: 4.\n  hoi-nghi:\n" in text


def test_the_form_holds_the_sum_and_counts_as_blank_all_the_same(chained: Path) -> None:
    plan_is(chained, MADE_UP)
    assert danvan(chained, "form", "tong-hop", "--period", "annual").exit_code == 0
    form = chained / "output/2026/annual/forms/tong-hop.docx"
    lines = [
        "".join(text.text or "" for text in each.iter(qn("w:t")))
        for each in docx.Document(str(form)).element.body.iter(qn("w:p"))
    ]
    start = lines.index("Hội nghị")
    assert lines[start : start + 4] == ["Hội nghị", "cuộc", "12", "12"]
    assert "Cộng các kỳ trước" in lines
    result = danvan(chained, "import", str(form))
    assert (result.exit_code, "chưa điền nội dung nào" in result.stderr) == (2, True)


def test_a_sum_with_an_estimate_in_it_is_filled_in_as_one(
    chained: Path, file_report: ReportWriter
) -> None:
    plan_is(chained, MADE_UP)
    estimate = "indicators: {hoi-nghi: {figure: 4, estimated: true}}\n"
    file_report("tong-hop", "q3", f"submitted: 28/8/2026\n{estimate}")
    danvan(chained, "new", "tong-hop", "--period", "annual")
    path = chained / "reports/2026/annual/tong-hop.yaml"
    written = "Cộng các kỳ trước: 12 (ước).\n  hoi-nghi: {figure: 12, estimated: true}\n"
    assert written in path.read_text(encoding="utf-8")
    path.unlink()
    assert danvan(chained, "form", "tong-hop", "--period", "annual").exit_code == 0
    form = chained / "output/2026/annual/forms/tong-hop.docx"
    (box,) = docx.Document(str(form)).element.xpath(
        "//w:sdt[w:sdtPr/w:tag/@w:val='indicators.hoi-nghi']"
    )
    assert "".join(text.text for text in box.iter(qn("w:t"))) == "12 (ước)"
    result = danvan(chained, "import", str(form))
    assert (result.exit_code, "chưa điền nội dung nào" in result.stderr) == (2, True)


def test_the_periods_before_stand_together_beside_the_year(
    chained: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 15}\n")
    command = ["figures", "--period", "annual", "--as-of", "30/10/2026"]
    lines = danvan(chained, *command).stdout.splitlines()
    assert ["Hội", "nghị", "(cuộc)", "15", "12", "1/3"] in [line.split() for line in lines]
    assert "Kỳ trước: 6 tháng đầu năm 2026 và quý III năm 2026, cộng lại." in lines
    record = json.loads(danvan(chained, *command, "--format", "json").stdout)
    assert record["earlier_periods"] == ["h1", "q3"]


def test_faults_of_one_of_several_periods_are_told_at_it(root: Path) -> None:
    plan_is(
        root,
        CHAINED.replace("[h1, q3]", "[h1, q4]").replace("from: 2026-05-26", "from: 2026-05-25"),
    )
    assert told(root, "P304", "P358") == ["kế hoạch không có kỳ báo cáo “q4”"]
    plan_is(root, CHAINED.replace("from: 2026-05-26", "from: 2026-05-25"))
    assert told(root, "P304", "P358") == [
        "thời gian chốt số liệu của kỳ “h1” (01/01/2026 - 25/5/2026) và kỳ “q3” (25/5/2026 - "
        "25/8/2026) có ngày trùng nhau"
    ]
    plan_is(root, CHAINED.replace("[h1, q3]", "[h1, h1]"))
    assert told(root, "P304", "P358") == ["kỳ “h1” ghi hai lần"]


@given(st.lists(st.integers(1, 90), min_size=2, max_size=6), st.randoms())
def test_windows_make_up_a_period_only_without_gap(lengths: list[int], random) -> None:
    start = date(2026, 1, 1)
    plan = plan_from(PLAN)
    periods = {}
    for place, length in enumerate(lengths):
        end = start + timedelta(days=length - 1)
        window = DataWindow(from_=Day.of(start), to=Day.of(end))
        periods[f"p{place}"] = replace(plan.periods["h1"], data=window)
        start = end + timedelta(days=1)
    names = list(periods)
    random.shuffle(names)
    whole = DataWindow(from_=Day(2026, 1, 1), to=Day.of(start - timedelta(days=1)))
    periods["year"] = replace(plan.periods["h1"], data=whole, continues=names)
    assert continued.is_made_up(replace(plan, periods=periods), "year")
    periods["year"] = replace(periods["year"], continues=names[1:])
    assert not continued.is_made_up(replace(plan, periods=periods), "year")
