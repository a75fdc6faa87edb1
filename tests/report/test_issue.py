"""`danvan issue`: an issued report is recorded, and its words are held to."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from docx import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

from conftest import OFFICE, ReportWriter
from danvan_cli.cli import app
from danvan_cli.files.resources import packaged
from danvan_cli.word.file.plain_text import plain_text

REPORT = "submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n"


@pytest.fixture(autouse=True)
def _signable(signable: Path) -> None:
    """What is issued here lacks nothing, unless a test takes something away."""


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def issue(root: Path, *arguments: str, number: str = "57/BC-VP", day: str = "4/6/2026") -> Result:
    return danvan(root, "issue", "--period", "h1", "--number", number, "--date", day, *arguments)


def office(root: Path) -> Path:
    return root / "reports" / "2026" / "h1" / "_office.yaml"


def test_an_issued_report_is_recorded_and_the_deadline_met(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    result = issue(root)
    assert result.exit_code == 0, result.stderr
    assert "Báo cáo số 57/BC-VP ngày 04 tháng 6 năm 2026" in result.stderr
    text = office(root).read_text(encoding="utf-8")
    assert text.startswith("number: 57/BC-VP\nissued: 04/6/2026\nfile: bao-cao.docx\n")
    assert "đúng hạn" in danvan(root, "status", "--as-of", "5/6/2026").stdout
    assert danvan(root, "validate").exit_code == 0


def test_words_and_comments_of_the_office_stay(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    written = "# của lãnh đạo\n" + OFFICE.replace("[Kịp thời]", "\n  - Kịp thời # đã duyệt")
    office(root).write_text(written, encoding="utf-8")
    assert issue(root).exit_code == 0
    text = office(root).read_text(encoding="utf-8")
    assert "# của lãnh đạo" in text
    assert "  - Kịp thời # đã duyệt\n" in text
    assert "number: 57/BC-VP" in text


def test_figures_changed_after_the_issue_stop_the_report(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    assert danvan(root, "report", "--period", "h1").exit_code == 0
    file_report("tong-hop", text=REPORT.replace("3}", "4}"))
    stopped = danvan(root, "report", "--period", "h1")
    assert stopped.exit_code == 2
    assert "  Hội nghị: trước 6, nay 7" in stopped.stderr


def test_a_report_that_came_after_the_issue_is_said_to_have_come(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    late = root / "reports" / "2026" / "h1" / "tin-hoc.yaml"
    text = late.read_text(encoding="utf-8")
    late.unlink()
    assert issue(root, "--force").exit_code == 0
    late.write_text(text.replace("29/5/2026", "12/6/2026"), encoding="utf-8")
    later = "--as-of", "15/6/2026"
    said = danvan(root, "report", "--period", "h1", *later).stderr
    assert "Gửi sau khi ban hành, không có trong báo cáo này (1): Trung tâm Tin học." in said
    assert "chưa gửi" not in said.casefold()
    assert danvan(root, "report", "--period", "h1", "--internal", *later).exit_code == 0
    paper = (root / "output" / "2026" / "h1" / "tong-hop-noi-bo.docx").read_bytes()
    assert "gửi sau khi ban hành" in plain_text(paper)
    traced = danvan(root, "trace", "hoi-nghi", "--period", "h1", *later)
    assert "gửi sau khi ban hành" in traced.stdout


def edited_template(root: Path, old: str, new: str) -> None:
    """The packaged template of the report with other fixed words, as an office edits it in Word."""
    (root / "templates").mkdir(exist_ok=True)
    document = Document(str(packaged("templates/bao-cao.docx")))
    for paragraph in document.element.body.iter(qn("w:t")):
        if paragraph.text and old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)
    document.save(str(root / "templates" / "bao-cao.docx"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda root: edited_template(root, "Nơi nhận:", "Gửi đến:"),
            "“Gửi đến:”",
        ),
        (lambda root: edited_template(root, "Kính gửi:", "Gửi:"), "“Gửi: "),
        (
            lambda root: in_plan(root, "[UBND TỈNH QUẢNG TRỊ, VĂN", "[UBND TỈNH QUẢNG BÌNH, VĂN"),
            "“UBND TỈNH QUẢNG BÌNH”",
        ),
        (lambda root: in_plan(root, "place: Quảng Trị", "place: Đông Hà"), "“Đông Hà, ngày 04"),
    ],
    ids=["word of the recipients", "fixed word", "letterhead", "place"],
)
def test_a_fixed_part_changed_after_the_issue_stops_the_report_and_is_named(
    root: Path, file_report: ReportWriter, change: Callable[[Path], None], message: str
) -> None:
    file_report("tong-hop", text=REPORT)
    assert issue(root).exit_code == 0
    assert danvan(root, "report", "--period", "h1").exit_code == 0
    written = root / "output" / "2026" / "h1" / "bao-cao.docx"
    before = written.read_bytes()

    change(root)
    stopped = danvan(root, "report", "--period", "h1")
    again = issue(root)

    assert stopped.exit_code == again.exit_code == 2
    assert "nội dung nay đã khác báo cáo ban hành số 57/BC-VP" in stopped.stderr
    assert message in stopped.stderr
    assert message in again.stderr
    assert written.read_bytes() == before


def test_a_part_taken_out_of_the_template_after_the_issue_is_missed(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    edited_template(root, "Nơi nhận:", "")

    stopped = danvan(root, "report", "--period", "h1")

    assert stopped.exit_code == 2
    assert "Văn bản nay thiếu 1 đoạn" in stopped.stderr


def test_a_change_since_the_issue_is_told_once_on_a_line_of_its_own(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    words = office(root).read_text(encoding="utf-8")
    words = words.replace("phân công lãnh đạo phụ trách", "phân công một lãnh đạo phụ trách")
    office(root).write_text(words, encoding="utf-8")

    first, change, *_ = danvan(root, "report", "--period", "h1").stderr.splitlines()

    assert first.endswith("ban hành số 57/BC-VP ngày 04 tháng 6 năm 2026:")
    assert change.startswith("  Mục I: ")


def test_a_copy_elsewhere_with_another_heading_bears_no_number(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    edited_template(root, "Kính gửi:", "Gửi:")
    copy = root / "bản khác.docx"

    result = danvan(root, "report", "--period", "h1", "-o", str(copy))

    assert result.exit_code == 0
    assert "“Gửi: " in result.stderr
    assert "57/BC-VP" not in "".join(Document(str(copy)).element.body.itertext())


def test_another_look_is_no_change_of_words(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    in_plan(root, "coordinator:", "document: {body: 13}\ncoordinator:")
    assert danvan(root, "report", "--period", "h1").exit_code == 0


def test_a_report_issued_before_the_whole_text_was_recorded_stays_valid(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    older = yaml.safe_load(office(root).read_text(encoding="utf-8"))
    del older["fingerprint"]["document"], older["fingerprint"]["paragraphs"]
    office(root).write_text(yaml.safe_dump(older, allow_unicode=True), encoding="utf-8")
    edited_template(root, "Kính gửi:", "Gửi:")

    assert danvan(root, "report", "--period", "h1").exit_code == 0
    assert issue(root).exit_code == 0


def in_plan(root: Path, old: str, new: str) -> None:
    plan = root / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")


def test_the_name_of_the_issued_file_is_kept(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    danvan(root, "report", "--period", "h1")
    signed = root / "57-BC-VP đã ký.docx"
    (root / "output" / "2026" / "h1" / "bao-cao.docx").rename(signed)
    assert issue(root, str(signed)).exit_code == 0
    assert "file: 57-BC-VP đã ký.docx" in office(root).read_text(encoding="utf-8")


def test_only_a_word_document_is_recorded_as_the_issued_file(root: Path) -> None:
    result = issue(root, str(root / "plan.yaml"))
    assert result.exit_code == 2
    assert "plan.yaml" in result.stderr
    assert office(root).read_text(encoding="utf-8") == OFFICE


def test_changed_words_are_not_recorded_anew_under_the_number_without_force(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    assert issue(root).exit_code == 0
    file_report("tong-hop", text=REPORT.replace("3}", "4}"))
    recorded = office(root).read_text(encoding="utf-8")
    refused = issue(root)
    assert refused.exit_code == 2
    assert "  Hội nghị: trước 6, nay 7" in refused.stderr
    assert office(root).read_text(encoding="utf-8") == recorded
    assert issue(root, "--force").exit_code == 0
    assert danvan(root, "report", "--period", "h1").exit_code == 0


@pytest.mark.parametrize(
    ("number", "day", "words"),
    [
        ("57/BC-VP", "4/6/2025", "ở trước năm 2026"),
        ("57", "4/6/2026", "viết như 57/BC-VP"),
        ("57/KH-VP", "4/6/2026", "viết như 57/BC-VP"),
        ("7/BC-VP", "4/6/2026", "thêm số 0"),
        ("57/BC-VP", "4/6/2199", "chưa đến"),
        ("57/BC-VP", "31/6/2026", "không có ngày"),
    ],
)
def test_a_slip_in_number_or_day_is_told_and_nothing_written(
    root: Path, number: str, day: str, words: str
) -> None:
    result = issue(root, number=number, day=day)
    assert result.exit_code == 2
    assert words in result.stderr
    assert office(root).read_text(encoding="utf-8") == OFFICE


def test_a_day_before_the_periods_figures_are_whole_needs_force(root: Path) -> None:
    refused = issue(root, day="20/5/2026")
    assert refused.exit_code == 2
    assert "trước ngày chốt số liệu của kỳ (25/5/2026)" in refused.stderr
    assert office(root).read_text(encoding="utf-8") == OFFICE
    assert issue(root, "--force", day="20/5/2026").exit_code == 0


def test_another_number_needs_force(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    issue(root)
    refused = issue(root, number="58/BC-VP")
    assert refused.exit_code == 2
    assert "đã ban hành: số 57/BC-VP" in refused.stderr
    assert issue(root, "--force", number="58/BC-VP").exit_code == 0
    assert "number: 58/BC-VP" in office(root).read_text(encoding="utf-8")


def test_a_file_with_errors_is_left_alone(root: Path, file_report: ReportWriter) -> None:
    file_report("tong-hop", text=REPORT)
    office(root).write_text("lesons: [a]\n", encoding="utf-8")
    result = issue(root)
    assert result.exit_code == 2
    assert "danvan validate" in result.stderr
    assert office(root).read_text(encoding="utf-8") == "lesons: [a]\n"


def test_a_report_that_is_not_ready_is_not_recorded_without_force(root: Path) -> None:
    (root / "reports" / "2026" / "h1" / "tin-hoc.yaml").unlink()
    merged = OFFICE.replace("  '1': Hội nghị được tổ chức đúng kế hoạch.\n", "")
    office(root).write_text(merged, encoding="utf-8")

    refused = issue(root)

    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "Trung tâm Tin học: chưa gửi, quá hạn 3 ngày" in refused.stderr
    assert "Tuyên truyền (sections.1): còn ghép" in refused.stderr
    assert "--force" in refused.stderr
    assert office(root).read_text(encoding="utf-8") == merged
    assert issue(root, "--force").exit_code == 0
    assert "number: 57/BC-VP" in office(root).read_text(encoding="utf-8")


def test_the_word_file_that_was_issued_is_looked_at_in_place_of_the_draft(root: Path) -> None:
    signed = root / "đã ký.docx"
    document = Document()
    document.add_paragraph("Tập huấn đội ngũ ĐVK.")
    document.save(str(signed))

    refused = issue(root, str(signed))

    assert refused.exit_code == 1
    assert "ĐVK, trong “Tập huấn đội ngũ ĐVK.”" in refused.stderr
    assert "THỂ THỨC THEO NGHỊ ĐỊNH" in refused.stderr


def issued(root: Path) -> Path:
    return root / "reports" / "2026" / "h1" / "_issued.yaml"


def test_what_was_issued_is_kept_readable_beside_the_offices_words(root: Path) -> None:
    result = issue(root)

    assert result.stdout.splitlines()[1].endswith("reports/2026/h1/_issued.yaml")
    kept = yaml.safe_load(issued(root).read_text(encoding="utf-8"))
    assert kept["number"] == "57/BC-VP"
    assert kept["figures"]["hoi-nghi"] == {"name": "Hội nghị", "measure": "cuộc", "total": 6}
    leadership = kept["passages"][0]
    assert leadership["path"] == "leadership"
    assert leadership["lines"] == ["Văn phòng phân công lãnh đạo phụ trách."]
    assert danvan(root, "validate").exit_code == 0
    before = issued(root).read_bytes()
    assert issue(root).exit_code == 0
    assert issued(root).read_bytes() == before


def test_a_change_after_the_issue_is_told_with_before_and_now(
    root: Path, file_report: ReportWriter
) -> None:
    issue(root)
    office(root).write_text(
        office(root).read_text(encoding="utf-8").replace("đúng hạn.", "kịp thời."),
        encoding="utf-8",
    )
    file_report("tong-hop", text=REPORT.replace("3}", "5}"))

    stopped = danvan(root, "report", "--period", "h1")
    again = issue(root)
    traced = danvan(root, "trace", "hoi-nghi", "--period", "h1")

    assert stopped.exit_code == again.exit_code == 2
    for told in (stopped.stderr, again.stderr, traced.stderr):
        assert "Hội nghị: trước 6, nay 8" in told
    assert "trước “… đúng hạn.”, nay “… kịp thời.”" in stopped.stderr


def test_without_the_record_an_old_report_stays_valid(
    root: Path, file_report: ReportWriter
) -> None:
    issue(root)
    issued(root).unlink()
    assert danvan(root, "report", "--period", "h1").exit_code == 0
    file_report("tong-hop", text=REPORT.replace("3}", "5}"))
    assert "Biểu số liệu" in danvan(root, "report", "--period", "h1").stderr


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("57/BC-VP", "75/BC-VP"), "R453"),
        (("number:", "numbr:"), "S202"),
        (("total: 6", "total: sáu"), "S203"),
        (("number:", "number: 1\nnumber:"), "F106"),
    ],
)
def test_a_record_with_a_fault_is_told_with_its_place(
    root: Path, change: tuple[str, str], code: str
) -> None:
    issue(root)
    text = issued(root).read_text(encoding="utf-8")
    issued(root).write_text(text.replace(*change), encoding="utf-8")

    found = danvan(root, "validate")

    assert found.exit_code == 1
    assert f"lỗi {code}" in found.stdout
    assert "_issued.yaml:" in found.stdout
    named = CliRunner().invoke(app, ["-C", str(root), "validate", str(issued(root))])
    assert f"lỗi {code}" in named.stdout


def test_a_record_that_lies_elsewhere_is_compared_with_nothing(root: Path) -> None:
    issue(root)
    copy = root.parent / "ban-hanh" / "_issued.yaml"
    copy.parent.mkdir()
    issued(root).rename(copy)
    assert CliRunner().invoke(app, ["-C", str(root), "validate", str(copy)]).exit_code == 0
