"""`danvan validate`: every problem of every file in one run, its place, and the exit status."""

import hashlib
import json
import os
import unicodedata
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from danvan_cli.cli import app
from small_workspace import ANNUAL, FILES, H1, OFFICE, OTHER_UNIT, changed, write


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The current folder: the small workspace."""
    monkeypatch.chdir(tmp_path)
    return write(tmp_path)


def validate(*arguments: str | Path) -> Result:
    words = [str(each) for each in arguments]
    return CliRunner().invoke(app, ["validate", "--as-of", "20/11/2026", *words])


def lines(result: Result) -> list[str]:
    return result.stdout.splitlines()


@pytest.mark.usefixtures("folder")
def test_a_workspace_without_a_fault_is_told_to_be_so():
    result = validate()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines(result) == ["Đã kiểm tra 5 tệp: không có lỗi, không có cảnh báo."]


def test_a_fault_is_told_with_file_line_column_code_and_hint(folder):
    write(folder, {H1: changed(H1, "indicators: {don-da-xu-ly: 48}")})
    text = (folder / H1).read_text(encoding="utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "don-da-xu-ly" in each)
    column = text.splitlines()[line - 1].index("48") + 1
    result = validate()
    assert result.exit_code == 1
    assert lines(result) == [
        f"{H1}:{line}:{column}: lỗi R413: “Đơn đã xử lý” (48) lớn hơn “Đơn phải xử lý” (41)",
        "    gợi ý: xem lại cả hai số: don-da-xu-ly và don-phai-xu-ly",
        "Đã kiểm tra 5 tệp: 1 lỗi, 0 cảnh báo.",
    ]


def test_owed_figures_that_are_left_out_are_counted(folder):
    write(folder, {H1: changed(H1, "indicators: {don-da-xu-ly: }")})
    count, end = lines(validate())
    assert count == (
        "Còn 01 số liệu được giao mà báo cáo đã gửi chưa ghi (h1: 1); xem: danvan figures "
        "--period KỲ --by unit"
    )
    assert end == "Đã kiểm tra 5 tệp: không có lỗi, không có cảnh báo."
    assert lines(validate(H1)) == ["Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo."]
    write(folder, {H1: changed(H1, "{submitted: , indicators: {don-da-xu-ly: }}")})
    assert "được giao" not in validate().stdout


def broken(number: int, text: str | bytes, *expected: str) -> tuple[str, str | bytes, list[str]]:
    """The report of unit u01, u02 …"""
    if isinstance(text, str):
        text = text.replace("UNIT", f"u{number:02}")
    return f"reports/2026/h1/u{number:02}.yaml", text, list(expected)


TOP = "unit: UNIT\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\n"
TASKS = "results:\n  '2.1': {status: not_started}\n  '6.1': {status: none_arisen}\n"
DIFFERENTLY_BROKEN = [
    broken(number, *case)
    for number, case in enumerate(
        [
            ("", "1:1 F110"),
            ("UNIT\n", "1:1 F111"),
            (TOP.encode("utf-16"), "1:1 F102"),
            (TOP + "leadership: Kết quả: tốt\n", "5:20 F105"),
            (TOP + 'leadership: "Đã làm\n', "5:13 F105"),
            (TOP + "results:\n\t'2.1': {status: done}\n", "6:1 F105"),
            (TOP + TASKS + "year: 2026\n", "8:1 F106"),
            (TOP + TASKS + "leadership: *a\n", "8:13 F107"),
            (TOP + TASKS + "leadership: !a b\n", "8:13 F108"),
            (TOP + TASKS + "---\nleadership: a\n", "8:1 F109"),
            (TOP + TASKS + "leadership: một\x0bhai\n", "8:16 F112"),
            (TOP + TASKS + "[a]: b\n", "8:1 F117"),
            (TOP + TASKS + "causes: " + "[" * 25 + "]" * 25 + "\n", "8:28 F104"),
            (TOP.replace("unit: UNIT\n", "") + TASKS, "1:1 S201"),
            (TOP + TASKS + "dificulties: [a]\n", "8:1 S202"),
            (TOP + TASKS + "strengths: a\n", "8:12 S203"),
            (TOP + TASKS.replace("not_started", "xong"), "6:19 S204"),
            (TOP.replace("29/5", "31/6") + TASKS, "4:12 S205"),
            (TOP + TASKS + "strengths:\n  -\n", "9:4 S208"),
            (TOP.replace("UNIT", "u99") + TASKS, "1:7 R401"),
            (TOP.replace("2026\np", "2025\np") + TASKS, "2:7 R403"),
            (TOP.replace("h1", "h3") + TASKS, "3:9 R404"),
            (TOP + TASKS + "  '9.9': {status: not_started}\n", "8:3 R406"),
            (TOP + TASKS + "  '6.2': {status: not_started}\n", "8:3 R407"),
            (TOP + TASKS + "indicators: {hoi-nghi: -3}\n", "8:24 R412"),
            (TOP + TASKS + "indicators:\n  a: 3\n  hoi-nghi: ba\n", "9:3 R410", "10:13 S203"),
            (TOP + TASKS + "received: 28/5/2026\n", "4:12 R416"),
            (TOP + "results:\n  '6.1':\n    status: done\n", "5:1 R408", "6:3 R409"),
        ],
        start=1,
    )
]


def test_many_differently_broken_files_each_give_their_lines(folder):
    units = ", ".join(f"{{id: u{number:02}, name: A, short: A}}" for number in range(1, 40))
    write(folder, {"plan.yaml": changed("plan.yaml", f"units: [{units}]")})
    for name, content, _ in DIFFERENTLY_BROKEN:
        raw = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(raw)
    result = validate("--format", "json")
    found: dict[str, list[str]] = {name: [] for name, _, _ in DIFFERENTLY_BROKEN}
    for each in json.loads(result.stdout):
        found[each["file"]].append(f"{each['line']}:{each['column']} {each['code']}")
    assert found == {name: expected for name, _, expected in DIFFERENTLY_BROKEN}
    assert result.exit_code == 1
    assert len(DIFFERENTLY_BROKEN) > 25


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reports/2026/h1/ghi-chu.txt", "tên"),
        ("reports/2026/h1/ban-tiep-cong-dan.yaml.bak", "tên"),
        ("reports/2026/h1/ban-tiep-cong-dam.yaml", "ý bạn là “ban-tiep-cong-dan”?"),
        ("reports/2026/ban-tiep-cong-dan.yaml", "thư mục"),
        ("reports/2026/h2/ban-tiep-cong-dan.yaml", "“h2”"),
        ("reports/2026/h1/cu/ban-tiep-cong-dan.yaml", "sâu"),
        ("reports/2026/README.md", "thư mục"),
        ("reports/ban-tiep-cong-dan.yaml", "chuyển vào reports/2026/<kỳ>"),
        ("reports/ghi-chu.txt", "ngoài thư mục của năm"),
    ],
)
def test_a_file_that_would_not_be_read_is_told(name, words, folder):
    write(folder, {name: FILES[H1]})
    result = validate()
    assert result.exit_code == 1
    assert f"{name}: lỗi F113: " in result.stdout
    assert words in result.stdout


def test_a_folder_of_no_year_is_told_once(folder):
    write(folder, {"reports/h1/a.yaml": "A", "reports/h1/b.yaml": "A", "reports/nhap/.gitkeep": ""})
    result = validate()
    assert result.exit_code == 1
    (told,) = [line for line in lines(result) if "F113" in line]
    assert told.startswith("reports/h1: lỗi F113: thư mục này không phải của một năm")


def test_a_folder_with_the_name_of_a_report_is_told(folder):
    (folder / OTHER_UNIT).unlink()
    (folder / OTHER_UNIT).mkdir()
    result = validate()
    assert result.exit_code == 1
    assert f"{OTHER_UNIT}: lỗi F113: “hanh-chinh.yaml” là thư mục" in result.stdout


def test_what_git_and_readers_need_is_no_stray_file(folder):
    names = ("README.md", ".gitignore", "2026/.gitkeep", "2026/h1/.gitkeep", "2027/.gitkeep")
    write(folder, {f"reports/{name}": "" for name in names})
    assert lines(validate()) == ["Đã kiểm tra 5 tệp: không có lỗi, không có cảnh báo."]


def test_last_years_reports_are_kept_and_not_looked_at(folder):
    write(folder, {"reports/2025/h1/ban-tiep-cong-dan.yaml": "hỏng: [\n"})
    assert lines(validate()) == ["Đã kiểm tra 5 tệp: không có lỗi, không có cảnh báo."]


def test_reports_of_a_year_to_come_are_told_to_be_unread(folder):
    write(folder, {"reports/2027/h1/ban-tiep-cong-dan.yaml": "hỏng: [\n"})
    result = validate()
    assert result.exit_code == 0
    assert lines(result)[0] == (
        "plan.yaml:3:7: cảnh báo F119: kế hoạch ghi năm 2026 nên 1 tệp trong reports/2027 không "
        "được đọc"
    )


def test_a_plan_whose_year_has_no_reports_tells_those_of_other_years(folder):
    plan = FILES["plan.yaml"].replace("year: 2026", "year: 2027")
    write(folder, {"plan.yaml": plan, "reports/2025/h1/ban-tiep-cong-dan.yaml": "A"})
    told = [line for line in lines(validate()) if "F119" in line]
    assert told == [
        "plan.yaml:3:7: cảnh báo F119: kế hoạch ghi năm 2027 nên 5 tệp trong reports/2025 và "
        "reports/2026 không được đọc"
    ]


def test_warnings_count_only_with_strict(folder):
    write(folder, {H1: changed(H1, "submitted:")})
    assert validate().exit_code == 0
    assert lines(validate())[-1] == "Đã kiểm tra 5 tệp: 0 lỗi, 1 cảnh báo."
    assert validate("--strict").exit_code == 1


@pytest.mark.usefixtures("folder")
def test_the_day_decides_what_is_to_come():
    files = [
        line.split(":")[0] for line in lines(validate("--as-of", "28/5/2026")) if "R417" in line
    ]
    assert files == [ANNUAL, OFFICE, H1]


def test_files_named_are_checked_and_only_they_are_shown(folder):
    write(folder, {H1: changed(H1, "unit: x"), OTHER_UNIT: changed(OTHER_UNIT, "year: 2025")})
    result = validate(OTHER_UNIT, ANNUAL, OTHER_UNIT)
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in lines(result)] == [OTHER_UNIT, "Đã kiểm tra 2 tệp"]


def test_a_file_named_is_compared_with_the_others(folder):
    write(folder, {ANNUAL: changed(ANNUAL, "indicators: {hoi-nghi: 1}")})
    assert ": cảnh báo R414: " in (told := validate(ANNUAL).stdout)
    assert "nhỏ hơn số đã báo cáo ở kỳ 6 tháng đầu năm (" in told
    assert validate(H1).stdout.startswith("Đã kiểm tra 1 tệp: không có lỗi")


@pytest.mark.usefixtures("folder")
def test_a_report_that_lies_elsewhere_is_held_against_the_plan(tmp_path_factory):
    mailed = tmp_path_factory.mktemp("thu") / "bao cao.yaml"
    mailed.write_text(changed(H1, "results: {'9.9': {status: not_started}}"), encoding="utf-8")
    result = validate(mailed)
    assert result.exit_code == 1
    assert ": lỗi R406: kế hoạch không có nhiệm vụ “9.9”" in result.stdout
    mailed.write_text(FILES[H1], encoding="utf-8")
    assert validate(mailed).exit_code == 0


def test_a_report_is_checked_even_where_there_is_no_plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text(FILES[H1].replace("29/5", "31/6"), encoding="utf-8")
    result = validate("x.yaml")
    assert result.exit_code == 1
    assert lines(result) == [
        "x.yaml:4:12: lỗi S205: không có ngày 31/6/2026 trong lịch",
        "Chưa đối chiếu được báo cáo với kế hoạch: không tìm thấy plan.yaml.",
        "Đã kiểm tra 1 tệp: 1 lỗi, 0 cảnh báo.",
    ]


def test_the_workspace_of_a_file_named_is_found_from_the_file(folder):
    """So it works from a repository's top above the workspace, too."""
    inside = folder / "ke-hoach"
    write(inside, {H1: changed(H1, "unit: x")})
    (folder / "plan.yaml").unlink()
    result = validate(f"ke-hoach/{H1}")
    assert f"ke-hoach/{H1}" in lines(result)[0]
    assert ": lỗi R401: " in result.stdout


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("nhap/ke-hoach-2027.yaml", changed("plan.yaml", "coordinator: x"), "P305"),
        ("nhap/_office.yaml", changed(OFFICE, "sections: {'9': A}"), "R424"),
        ("nhap/phan-loi.yaml", "sections: {'9': A}\nstrengths: [A]\n", "R424"),
        ("nhap/bao-cao.txt", changed(OTHER_UNIT, "unit: x"), "R401"),
        ("nhap/hong.yaml", "a: b: c\n", "F105"),
        ("reports/2026/h1/ghi-chu.txt", "A", "F113"),
    ],
)
def test_what_a_file_is_shows_in_its_place_its_name_or_its_fields(name, text, code, folder):
    write(folder, {name: text})
    result = validate(name)
    assert result.exit_code == 1
    assert lines(result)[0].startswith(name)
    assert f": lỗi {code}: " in result.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("khong-co.yaml", "không có tệp “khong-co.yaml”"),
        ("reports", "“reports” là thư mục"),
        ("bao-cao.docx", "danvan check"),
        ("bao-cao.docx", "danvan import"),
        ("bao-cao.DOCX", "danvan import"),
        ("bao-cao.doc", "lưu thành .docx"),
        ("bao-cao.pdf", "biểu mẫu Word"),
        ("so-lieu.xlsx", "biểu mẫu Word"),
        ("khac.yaml", "không phải là kế hoạch, báo cáo"),
    ],
)
def test_what_is_no_such_file_cannot_be_checked(name, words, folder):
    if name != "reports" and not name.startswith("khong-co"):
        (folder / name).write_text("mau: xanh\n", encoding="utf-8")
    result = validate(name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_a_device_or_pipe_that_is_named_cannot_be_checked(folder):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(folder / "ong.yaml")
    for name in ("ong.yaml", os.devnull):
        result = validate(name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"“{name}” không phải là một tệp thông thường" in result.stderr


def test_without_a_workspace_it_cannot_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = validate()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "không tìm thấy plan.yaml" in result.stderr


def test_a_broken_plan_is_told_and_that_reports_were_not_held_against_it(folder):
    write(folder, {"plan.yaml": "title: a: b\n", H1: FILES[H1].replace("29/5", "31/6")})
    result = validate()
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in lines(result) if ": lỗi " in line] == ["plan.yaml", H1]
    assert lines(result)[-2:] == [
        "Chưa đối chiếu được báo cáo với kế hoạch: kế hoạch có lỗi.",
        "Đã kiểm tra 5 tệp: 2 lỗi, 0 cảnh báo.",
    ]


@pytest.mark.parametrize("text", ["", "# chưa viết\n"])
def test_an_empty_plan_is_told_to_be_empty_and_not_to_be_missing(text, folder):
    write(folder, {"plan.yaml": text})
    assert lines(validate()) == [
        "plan.yaml:1:1: lỗi F110: tệp rỗng",
        "    gợi ý: chép lại nội dung vào tệp rồi lưu; tệp không dùng đến thì xóa",
        "Chưa đối chiếu được báo cáo với kế hoạch: kế hoạch có lỗi.",
        "Đã kiểm tra 5 tệp: 1 lỗi, 0 cảnh báo.",
    ]


@pytest.mark.parametrize("year", ["226", "912345678", "true", "'2026'", "", "[2026]"])
def test_a_plan_whose_year_is_wrong_hides_no_report(year, folder):
    plan = FILES["plan.yaml"].replace("year: 2026", f"year: {year}")
    write(folder, {"plan.yaml": plan, H1: FILES[H1].replace("29/5", "31/6")})
    result = validate()
    assert f"{H1}:4:12: lỗi S205: " in result.stdout
    assert "Đã kiểm tra 5 tệp" in result.stdout


def test_problems_stand_in_the_order_of_the_file(folder):
    write(folder, {H1: "unit: x\nyear: 2025\nsubmitted: 31/6/2026\nextra: 1\n"})
    places = [line.split(":")[1:3] for line in lines(validate()) if line.startswith(H1)]
    assert places == sorted(places, key=lambda place: [int(number) for number in place])
    assert len(places) == 3


def test_json_gives_every_part_of_a_problem(folder):
    write(folder, {H1: changed(H1, "models: [{name: A, field: x, status: registered}]")})
    result = validate("--format", "json")
    (found,) = json.loads(result.stdout)
    assert {key: found[key] for key in ("code", "severity", "file", "path", "message")} == {
        "code": "S204",
        "severity": "error",
        "file": H1,
        "path": "models.1.field",
        "message": "chữ “x” không phải là giá trị dùng được",
    }
    assert found["hint"].startswith("chọn một trong: kinh tế; ")
    assert (type(found["line"]), type(found["column"])) == (int, int)
    assert result.stderr == "Đã kiểm tra 5 tệp: 1 lỗi, 0 cảnh báo.\n"


@pytest.mark.usefixtures("folder")
def test_json_of_no_problem_is_an_empty_list():
    assert json.loads(validate("--format", "json").stdout) == []
    assert json.loads(validate("--format", "gitlab").stdout) == []
    assert validate("--format", "github").stdout == ""


def test_json_has_null_for_what_is_not_known(folder):
    write(folder, {"reports/2026/h1/x.txt": "A"})
    (found,) = json.loads(validate("--format", "json").stdout)
    assert (found["line"], found["column"], found["path"]) == (None, None, None)


def test_github_gets_workflow_commands_with_what_is_special_to_them_escaped(folder):
    name = "reports/2026/h1/100%, a:b.txt"
    write(folder, {name: "A", H1: changed(H1, "submitted:")})
    result = validate("--format", "github")
    first, second = lines(result)
    assert first.startswith(
        "::error file=reports/2026/h1/100%25%2C a%3Ab.txt,title=F113 Tên tệp không đúng::"
    )
    assert "“100%25, a:b.txt”%0Agợi ý: " in first
    assert second.startswith(f"::warning file={H1},line=1,col=1,title=R415 ")
    assert result.stderr.startswith("Đã kiểm tra 6 tệp: ")


def test_gitlab_gets_a_code_quality_report(folder):
    write(folder, {H1: changed(H1, "{submitted: , unit: x}")})
    found = json.loads(validate("--format", "gitlab").stdout)
    assert [(each["check_name"], each["severity"]) for each in found] == [
        ("R415", "minor"),
        ("R401", "major"),
    ]
    assert found[1]["location"]["path"] == H1
    assert found[1]["location"]["lines"]["begin"] > 0
    assert "R401" not in found[1]["description"]
    assert all(len(each["fingerprint"]) == hashlib.sha256().digest_size * 2 for each in found)


def test_gitlabs_fingerprints_differ_and_outlast_lines_that_move(folder):
    def fingerprints(text: str) -> list[str]:
        write(folder, {H1: text})
        return [each["fingerprint"] for each in json.loads(validate("--format", "gitlab").stdout)]

    text = changed(H1, "strengths: ['', ' ']\ncauses: 1\n") + "a: 1\n" * 3
    before = fingerprints(text)
    assert len(set(before)) == len(before) == 6
    assert fingerprints("# ghi chú\n\n" + text) == before


def test_files_are_shown_from_the_current_folder(folder, monkeypatch):
    write(folder, {H1: changed(H1, "unit: x")})
    monkeypatch.chdir(folder / "reports" / "2026")
    assert lines(validate())[0].startswith("h1/ban-tiep-cong-dan.yaml:")
    monkeypatch.chdir(folder / "reports" / "2026" / "annual")
    assert lines(validate())[0].startswith("../h1/ban-tiep-cong-dan.yaml:")


def test_what_would_steer_a_terminal_is_shown_as_letters(folder):
    name = "reports/2026/h1/\x1b[31mđỏ\u202e.txt"
    write(folder, {name: "A", H1: changed(H1, '"\\u200bunit": x')})
    result = validate()
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert r"reports/2026/h1/\x1b[31mđỏ\u202e.txt: lỗi F113" in result.stdout
    assert r"không có trường “\u200bunit” ở đây" in result.stdout


def test_a_file_name_that_is_not_utf8_is_told_in_every_format(folder):
    name = os.fsencode(folder / "reports/2026/h1/") + b"/vi\xea\xf2t.txt"
    try:
        with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes no bytes
            file.write("A")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for format in ("text", "json", "github", "gitlab"):
        assert r"vi\udcea\udcf2t.txt" in validate("--format", format).stdout.replace("\\\\", "\\")


def test_a_decomposed_file_name_is_the_same_name(folder):
    """So macOS hands out names."""
    office = unicodedata.normalize("NFD", "kế hoạch.yaml")
    write(folder, {f"nhap/{office}": changed("plan.yaml", "coordinator: x")})
    assert ": lỗi P305: " in validate(f"nhap/{office}").stdout


def test_what_is_no_plain_file_is_told_and_not_waited_for(folder):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    (folder / H1).unlink()
    os.mkfifo(folder / H1)
    (folder / ANNUAL).unlink()
    (folder / ANNUAL).symlink_to("khong-co")
    result = validate()
    assert [line.split()[2] for line in lines(result) if ": lỗi " in line] == ["F101:", "F101:"]
