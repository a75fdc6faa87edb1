"""`danvan ready`: what has to be done before the report is signed."""

import json
from pathlib import Path

import docx
import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from danvan_cli.files.resources import packaged
from places import ROOT

DAY = "3/6/2026"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def open_lines(root: Path, day: str = DAY) -> dict[str, list[str]]:
    """What is open, by check."""
    result = danvan(root, "ready", "--period", "h1", "--as-of", day, "--format", "json")
    record = json.loads(result.stdout)
    found = {check["id"]: check["open"] for check in record["checks"] if not check["done"]}
    assert record["ready"] is (not found)
    assert result.exit_code == (1 if found else 0)
    return found


def office(root: Path) -> Path:
    return root / "reports" / "2026" / "h1" / "_office.yaml"


def in_office(root: Path, old: str, new: str) -> None:
    text = office(root).read_text(encoding="utf-8")
    assert old in text
    office(root).write_text(text.replace(old, new), encoding="utf-8")


def test_a_report_that_has_all_it_needs_is_ready(signable: Path) -> None:
    result = danvan(signable, "ready", "--period", "h1", "--as-of", DAY)
    assert result.exit_code == 0, result.stdout
    assert "trình ký được" in result.stdout
    assert result.stdout.count("xong") == 10
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_a_doubtful_figure_waits_for_its_units_answer(
    signable: Path, file_report: ReportWriter
) -> None:
    """Last year's was 4 of the whole office; a history gives each unit's own."""
    history = signable / "history"
    history.mkdir()
    (history / "2025.yaml").write_text(
        "year: 2025\nindicators:\n  hoi-nghi:\n    periods:\n"
        "      h1: {total: 4, units: {tong-hop: 3}}\n",
        encoding="utf-8",
    )
    results = (
        "results:\n  '1.1': {status: done, summary: A.}\n  '1.2': {status: done, summary: A.}\n"
    )
    wrong = f"submitted: 29/5/2026\n{results}indicators: {{hoi-nghi: 3000}}\n"
    file_report("tong-hop", text=wrong)
    (line,) = open_lines(signable)["doubts"]
    assert "Phòng Tổng hợp" in line and "3.000" in line
    file_report("tong-hop", text=f"{wrong}notes: {{hoi-nghi: Gồm cả hội nghị trực tuyến}}\n")
    assert "doubts" not in open_lines(signable)


def test_each_missing_returned_or_wrong_report_is_told(
    signable: Path, file_report: ReportWriter
) -> None:
    file_report(
        "tong-hop", text="submitted: 29/5/2026\nreturned: {date: 1/6/2026, reason: Thiếu}\n"
    )
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: -1}\n")
    (signable / "reports" / "2026" / "h1" / "tiep-dan.yaml").unlink()
    found = open_lines(signable)
    assert found["units"] == [
        "Phòng Tổng hợp: đã trả lại: Thiếu",
        "Ban Tiếp công dân: chưa gửi, quá hạn 2 ngày",
        "Trung tâm Tin học: có 1 lỗi",
    ]


def test_a_passage_merged_from_units_or_empty_is_told(signable: Path) -> None:
    in_office(signable, "  '1': Hội nghị được tổ chức đúng kế hoạch.\n", "")
    in_office(signable, "proposals: [Tập huấn nghiệp vụ]\n", "")
    merged, empty = open_lines(signable)["passages"]
    assert "Tuyên truyền" in merged
    assert "còn ghép" in merged
    assert "chưa có nội dung" in empty


def test_a_figure_that_a_unit_owes_is_told(signable: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nresults: {}\n")
    (line,) = open_lines(signable)["coverage"]
    assert line == "Hội nghị: 2/3 đơn vị, thiếu TH"


def test_a_number_in_words_that_its_figure_contradicts_is_told(
    signable: Path, file_report: ReportWriter
) -> None:
    said = "{status: done, summary: Đã tổ chức 05 cuộc hội nghị.}"
    results = f"results: {{'1.1': {said}, '1.2': {{status: none_arisen}}}}\n"
    file_report("tong-hop", text=f"submitted: 29/5/2026\n{results}indicators: {{hoi-nghi: 3}}\n")
    (line,) = open_lines(signable)["numbers"]
    assert line.startswith("reports/2026/h1/tong-hop.yaml:5: ")


@pytest.mark.parametrize(
    ("words", "check", "told"),
    [
        ("Thực hiện Chỉ thị số 33/CT-TTg của Thủ tướng.", "citations", "“Chỉ thị số 33/CT-TTg”"),
        ("Tập huấn đội ngũ ĐVK.", "abbreviations", "ĐVK, trong “Tập huấn đội ngũ ĐVK.”"),
    ],
)
def test_what_is_not_given_in_full_is_told(
    signable: Path, words: str, check: str, told: str
) -> None:
    in_office(signable, "Đơn được giải quyết đúng hạn.", words)
    (line,) = open_lines(signable)[check]
    assert line.startswith(told)


def test_a_plan_without_number_is_an_incomplete_citation(signable: Path) -> None:
    plan = signable / "plan.yaml"
    text = plan.read_text(encoding="utf-8").replace("number: 12/KH-VP\nissued: 5/1/2026\n", "")
    plan.write_text(text, encoding="utf-8")
    assert "Kế hoạch" in open_lines(signable)["citations"][0]


def test_a_leaders_edits_are_told_until_they_are_imported(signable: Path) -> None:
    danvan(signable, "report", "--period", "h1", "--as-of", DAY)
    path = signable / "output" / "2026" / "h1" / "bao-cao.docx"
    document = docx.Document(str(path))
    for text in document.element.body.iter("{*}t"):
        if text.text == "Đơn được giải quyết đúng hạn.":
            text.text = "Đơn được giải quyết kịp thời."
    document.save(str(path))
    (line,) = open_lines(signable)["edits"]
    assert "Tiếp công dân" in line
    assert danvan(signable, "import", str(path)).exit_code == 0
    assert open_lines(signable) == {}


def test_a_template_against_the_decree_is_told(signable: Path) -> None:
    (signable / "templates").mkdir()
    document = docx.Document(str(packaged("templates/bao-cao.docx")))
    document.sections[0].left_margin = 0
    document.save(str(signable / "templates" / "bao-cao.docx"))
    assert "lề trái" in open_lines(signable)["document"][0]


def test_an_issued_report_is_looked_at_as_on_its_day(
    signable: Path, file_report: ReportWriter
) -> None:
    in_office(signable, "leadership:", "number: 57/BC-VP\nissued: 2/6/2026\nleadership:")
    assert open_lines(signable) == {}
    text = (signable / "reports/2026/h1/tin-hoc.yaml").read_text(encoding="utf-8")
    later = text.partition("period: h1\n")[2].replace("29/5/2026", "3/6/2026")
    file_report("tin-hoc", text=later)
    assert open_lines(signable, "30/6/2026")["units"] == [
        "Trung tâm Tin học: chưa gửi, quá hạn 1 ngày"
    ]


def test_long_lists_are_cut_on_the_screen_but_whole_in_json(signable: Path) -> None:
    names = [f"A{first}{second}" for first in "BCDEGH" for second in "KMN"]
    in_office(signable, "Đơn được giải quyết đúng hạn.", f"Gồm {', '.join(names)}.")
    shown = danvan(signable, "ready", "--period", "h1", "--as-of", DAY).stdout
    assert "và 8 chỗ khác" in shown
    assert len(open_lines(signable)["abbreviations"]) == 18


def test_the_samples_half_year_is_ready_and_its_year_is_not() -> None:
    assert danvan(ROOT, "ready", "--period", "h1").exit_code == 0
    assert danvan(ROOT, "ready", "--period", "annual").exit_code == 1


def test_the_offices_words_with_errors_end_the_command(signable: Path) -> None:
    office(signable).write_text("lesons: [a]\n", encoding="utf-8")
    assert danvan(signable, "ready", "--period", "h1", "--as-of", DAY).exit_code == 2


def test_a_number_in_an_edited_sentence_of_figures_is_one_of_the_sections(signable: Path) -> None:
    office = signable / "reports" / "2026" / "h1" / "_office.yaml"
    text = office.read_text(encoding="utf-8")
    office.write_text(text + "figures: {'1': Văn phòng đã tổ chức 09 hội nghị.}\n", "utf-8")
    said = danvan(signable, "report", "--period", "h1", "--as-of", "4/6/2026").output
    assert "(figures.1): số 09 không phải số liệu của mục (6)" in said
    open_ = danvan(signable, "ready", "--period", "h1", "--as-of", "4/6/2026")
    assert open_.exit_code == 1
    assert "(figures.1): số 09" in open_.output
    office.write_text(text + "figures: {'1': Văn phòng đã tổ chức 06 hội nghị.}\n", "utf-8")
    assert danvan(signable, "ready", "--period", "h1", "--as-of", "4/6/2026").exit_code == 0
