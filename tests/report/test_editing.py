"""What `danvan report` and the working paper put before an editor to choose and to reword."""

from pathlib import Path

import docx
import pytest
from click.testing import Result
from docx.oxml.ns import qn
from docx_plus.comments import add_comment
from lxml import etree
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from danvan_cli.model.plan import Unit
from danvan_cli.report.combined_report import Point, PointGroup, Sentence
from danvan_cli.report.near_equal import alike

UNIT = Unit(id="a", name="Phòng A")
PUNCTUAL = "Công chức chấp hành nghiêm giờ giấc làm việc."
ALMOST = "Công chức của phòng chấp hành nghiêm túc giờ giấc làm việc."


def report(root: Path, *arguments: str) -> Result:
    command = ["-C", str(root), "report", "--period", "h1", "--as-of", "4/6/2026", *arguments]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    return result


def lines_of(root: Path, name: str) -> list[str]:
    document = docx.Document(str(root / "output/2026/h1" / name))
    return [paragraph.text for paragraph in document.element.body.iter(qn("w:p"))]


def near(*texts: str) -> list[list[str]]:
    group = PointGroup([Point([Sentence(text, [UNIT], starts_line=True)]) for text in texts])
    return [[sentence.text for sentence in found] for found in alike(group)]


def test_sentences_of_almost_the_same_words_are_found() -> None:
    assert near(PUNCTUAL, "Họp giao ban hằng tuần.", ALMOST) == [[PUNCTUAL, ALMOST]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổ chức 02 buổi sinh hoạt chuyên đề.", "Tổ chức 03 buổi sinh hoạt chuyên đề."),
        ("Đã hoàn thành kế hoạch năm.", "Chưa hoàn thành kế hoạch năm."),
        ("Tiếp dân tại trụ sở thường xuyên.", "Tiếp thu ý kiến của trung ương."),
        ("Nghỉ lễ, trực ban đầy đủ.", "Nghi lễ, truc bạn đây đu."),
    ],
)
def test_other_numbers_a_no_or_other_letters_are_another_statement(one: str, other: str) -> None:
    assert near(one, other) == []


@pytest.fixture
def filed(root: Path, file_report: ReportWriter) -> Path:
    for unit, text, strength in (
        ("tong-hop", PUNCTUAL, "Kịp thời"),
        ("tiep-dan", ALMOST, "Gần gũi với dân"),
        ("tin-hoc", "Họp.", "Đổi mới cách làm"),
    ):
        proposed = ", highlight: true" if unit == "tin-hoc" else ""
        file_report(
            unit,
            text="submitted: 29/5/2026\n"
            f"results: {{'1.1': {{status: done, summary: '{text}'{proposed}}}}}\n"
            f"strengths: [{strength}]\n",
        )
    with (root / "plan.yaml").open("a", encoding="utf-8") as plan:
        plan.write("document: {most_points: 2}\n")
    return root


def test_near_equal_sentences_are_told_and_stand_in_the_working_paper(filed: Path) -> None:
    said = report(filed, "--internal").stderr
    assert "Câu gần giống nhau, nên viết thành một câu: 1 nhóm, xem phần V" in said
    lines = lines_of(filed, "tong-hop-noi-bo.docx")
    at = lines.index("V. CÂU CẦN BIÊN TẬP")
    assert lines[at + 1 : at + 6] == [
        "Câu gần giống nhau, nên viết thành một câu",
        "Nhiệm vụ 1.1",
        f"- TH: {PUNCTUAL}",
        f"- BTCD: {ALMOST}",
        f"- Đề nghị viết: {ALMOST}",
    ]


def test_near_equal_sentences_are_not_merged(filed: Path) -> None:
    (filed / "reports/2026/h1/tin-hoc.yaml").unlink()
    report(filed)
    assert [line for line in lines_of(filed, "bao-cao.docx") if "giờ giấc" in line] == [
        f"- {PUNCTUAL}",
        f"- {ALMOST}",
    ]


def test_what_is_not_printed_for_want_of_a_choice_is_told_and_not_lost(filed: Path) -> None:
    said = report(filed).stderr
    section = next(line for line in said.splitlines() if line.startswith("  sections.1 "))
    strengths = next(line for line in said.splitlines() if line.startswith("  strengths "))
    assert section.endswith(": còn 1 ý chưa in")
    assert strengths.endswith("Ưu điểm: còn 1 ý chưa in")
    assert "Mỗi nhiệm vụ, mỗi phần in nhiều nhất 02 ý; đủ các ý ở tài liệu tổng hợp nội bộ:" in said
    printed = [line for line in lines_of(filed, "bao-cao.docx") if line.startswith("- ")]
    assert printed[:2] == ["- Họp.", f"- {PUNCTUAL}"]
    report(filed, "--internal")
    paper = lines_of(filed, "tong-hop-noi-bo.docx")
    assert any(ALMOST in line for line in paper)
    assert any(
        line == "Các phần còn ý chưa in, cần chọn ý: nhiệm vụ 1.1 (1 ý); Ưu điểm (1 ý)."
        for line in paper
    )


def test_the_office_chooses_whose_points_are_printed(filed: Path) -> None:
    office = filed / "reports/2026/h1/_office.yaml"
    office.write_text("highlights: {'1.1': [tiep-dan]}\n", encoding="utf-8")
    said = report(filed).stderr
    told = [line for line in said.splitlines() if "ý chưa in" in line]
    assert len(told) == 1
    assert told[0].endswith("Ưu điểm: còn 1 ý chưa in")
    lines = lines_of(filed, "bao-cao.docx")
    assert f"- {ALMOST}" in lines
    assert f"- {PUNCTUAL}" not in lines


def test_a_unit_that_the_plan_does_not_have_cannot_be_chosen(filed: Path) -> None:
    office = filed / "reports/2026/h1/_office.yaml"
    office.write_text("highlights:\n  '1.1':\n    - tiep-da\n", encoding="utf-8")
    found = CliRunner().invoke(app, ["-C", str(filed), "validate", "--as-of", "4/6/2026"])
    assert "_office.yaml:3:7: lỗi R445: kế hoạch không có đơn vị “tiep-da”" in found.stdout
    assert "ý bạn là “tiep-dan”?" in found.stdout


def test_a_units_own_voice_is_found_where_its_words_are_printed(
    root: Path, file_report: ReportWriter
) -> None:
    file_report(
        "tin-hoc",
        text="submitted: 29/5/2026\n"
        "leadership: Ban Giám đốc phân công rõ việc.\n"
        "results:\n"
        "  '1.1':\n"
        "    status: done\n"
        "    summary: |\n"
        "      Phối hợp với Trung tâm phục vụ hành chính công xã, Trung tâm Y tế.\n"
        "      Bố trí quầy theo mẫu của Trung tâm. Được Chánh Văn phòng khen.\n",
    )
    said = report(root).stderr
    assert "Câu còn theo giọng của đơn vị (R446), cần viết lại: 2 chỗ, xem phần V" in said
    report(root, "--internal")
    lines = lines_of(root, "tong-hop-noi-bo.docx")
    at = lines.index("Câu theo giọng của đơn vị, cần viết lại")
    assert [line.replace("\\", "/").rsplit("/", 1)[-1] for line in lines[at + 1 : at + 3]] == [
        "tin-hoc.yaml:11: giọng của đơn vị: nêu loại đơn vị mà không nêu tên (“Trung tâm”)",
        "tin-hoc.yaml:11: giọng của đơn vị: câu thiếu chủ ngữ, không rõ ai được (“Được Chánh”)",
    ]


def test_what_the_office_has_written_itself_takes_the_units_voice_out(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tin-hoc", text="submitted: 29/5/2026\nleadership: Chi bộ phân công đảng viên.\n")
    office = root / "reports/2026/h1/_office.yaml"
    office.write_text("leadership: Văn phòng đã quán triệt.\n", encoding="utf-8")
    assert "R446" not in report(root).stderr
    office.write_text("leadership: Chi bộ phân công đảng viên.\n", encoding="utf-8")
    found = CliRunner().invoke(app, ["-C", str(root), "validate", "--as-of", "4/6/2026"])
    assert "_office.yaml:1:13: cảnh báo R446: giọng của đơn vị" in found.stdout


def test_the_editors_draft_names_units_in_comments_which_are_no_edits(filed: Path) -> None:
    report(filed, "--sources")
    path = filed / "output/2026/h1/bao-cao-kem-nguon.docx"
    lines = lines_of(filed, path.name)
    assert lines[0] == "BẢN KÈM NGUỒN ĐỂ BIÊN TẬP, KHÔNG TRÌNH KÝ, KHÔNG GỬI ĐI"
    comments = {part.content_type: part for part in docx.Document(str(path)).part.package.parts}
    (own,) = [part for kind, part in comments.items() if kind.endswith(".comments+xml")]
    assert ["".join(comment.itertext()) for comment in etree.fromstring(own.blob)][:2] == [
        "Nguồn: TTTH",
        "Nguồn: TH",
    ]
    number = ["--number", "57/BC-VP", "--date", "4/6/2026"]
    issued = CliRunner().invoke(
        app, ["-C", str(filed), "issue", "--period", "h1", *number, str(path)]
    )
    assert (issued.exit_code, "bản kèm nguồn" in issued.stderr) == (2, True)
    bring = ["-C", str(filed), "import", str(path), "--as-of", "4/6/2026"]
    brought = CliRunner().invoke(app, bring)
    assert (brought.exit_code, brought.stdout) == (0, ""), brought.output
    document = docx.Document(str(path))
    add_comment(document.paragraphs[0], "Xem lại câu này", author="Lãnh đạo")
    document.save(str(path))
    brought = CliRunner().invoke(app, bring)
    assert (brought.exit_code, "Xem lại câu này" in brought.output) == (1, True)
    assert "Nguồn:" not in brought.output


def test_a_sentence_of_several_units_is_traced_to_each_ones_file_and_line(
    root: Path, file_report: ReportWriter
) -> None:
    for unit, more in (("tong-hop", "Đã in."), ("tiep-dan", "Đã ghi.")):
        file_report(
            unit,
            text="submitted: 29/5/2026\n"
            f"results:\n  '1.1': {{status: done, summary: Họp giao ban. {more}}}\n",
        )
    command = ["-C", str(root), "trace", "1.1", "--period", "h1", "--as-of", "4/6/2026"]
    lines = CliRunner().invoke(app, command).stdout.splitlines()
    at = lines.index("In một lần cho 2 đơn vị: Họp giao ban.")
    assert [
        line.split(",")[0].replace("\\", "/").rsplit("/", 1)[-1] for line in lines[at + 1 : at + 3]
    ] == [
        "tong-hop.yaml:6",
        "tiep-dan.yaml:6",
    ]
