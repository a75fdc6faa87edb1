"""What a hand-written YAML file holds arrives, or what a slip has done to it is reported."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from danvan_cli import rules, vietnamese
from danvan_cli.files import readings, workspace, yaml_reading
from danvan_cli.problems import Diagnostic
from danvan_cli.rules import findings
from small_workspace import H1, OFFICE, PLAN, write

TODAY = date(2026, 11, 20)
HEAD = "unit: ban-tiep-cong-dan\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\n"
RESULTS = """\
results:
  '2.1': {status: not_started}
  '6.1': {status: not_started}
"""


def found(folder: Path, text: str, file: str = H1) -> list[Diagnostic]:
    """All that validate says of one file with this text."""
    root = write(folder, {file: text})
    problems = findings.in_files([root / file], root, TODAY).diagnostics
    return [problem for problem in problems if problem.code != "R408"]


def report(lines: str) -> str:
    return HEAD + lines + ("" if "results:" in lines else RESULTS)


@pytest.mark.parametrize(
    ("lines", "line", "column", "field", "cure"),
    [
        ("indicators: {hoi-nghi: 1,212}", 5, 25, "hoi-nghi", "số viết liền: hoi-nghi: 1212"),
        (
            "results:\n  '2.1': {status: done, summary: Tổ chức 02 hội nghị, 118 lượt người}",
            *(6, 53, "summary"),
            'summary: "Tổ chức 02 hội nghị, 118 lượt người"',
        ),
        (
            "results:\n  '2.1': {summary: Ban, ngành, đoàn thể, status: done}",
            *(6, 23, "summary"),
            'summary: "Ban, ngành, đoàn thể"',
        ),
        (
            'results:\n  \'2.1\': {status: done, summary: Mô hình "khéo", "hay"}',
            *(6, 48, "summary"),
            'summary: \'Mô hình "khéo", "hay"\'',
        ),
        (
            "results:\n  '2.1': {status: done, summary: Một,\n    hai}",
            *(6, 37, "summary"),
            'summary: "Một, hai"',
        ),
        # The word after the comma happens to be the name of a field.
        ("signatory: {position: TRƯỞNG PHÒNG, name}", 5, 35, "position", "TRƯỞNG PHÒNG, name"),
        ("signatory: {position: [A], B}", 5, 26, "position", "cả phần sau dấu phẩy"),
    ],
)
def test_a_comma_in_braces_that_cuts_a_value_is_an_error_at_the_comma(
    tmp_path, lines, line, column, field, cure
):
    problems = [each for each in found(tmp_path, report(f"{lines}\n")) if each.code == "F120"]
    (problem,) = problems
    assert (problem.line, problem.column, problem.is_error) == (line, column, True)
    assert problem.message.startswith(f"dấu phẩy cắt nội dung của “{field}”")
    assert cure in problem.hint


def test_a_units_name_with_a_comma_in_braces_is_cut_in_no_silence(tmp_path):
    unit = "  - {id: hanh-chinh, name: Phòng Hành chính - Tổ chức,"
    plan = PLAN.replace(unit, unit.replace("Tổ chức,", "Tổ chức, Văn thư và Lưu trữ,"))
    (problem,) = found(tmp_path, plan, "plan.yaml")
    assert problem.code == "F120"
    assert 'name: "Phòng Hành chính - Tổ chức, Văn thư và Lưu trữ"' in problem.hint


def test_words_in_braces_without_any_field_are_an_error(tmp_path):
    problems = found(tmp_path, report("leadership: {Đã quán triệt}\n"))
    assert [(each.code, each.line, each.column) for each in problems] == [
        ("S203", 5, 13),
        ("F120", 5, 14),
    ]


@pytest.mark.parametrize(
    ("lines", "code", "at"),
    [
        ("sumary:\n", "S202", (5, 1)),
        ("results:\n  '2.1':\n    status: not_started\n    sumary:\n", "S202", (8, 5)),
        ("indicators:\n  hoi-nghii:\n", "R410", (6, 3)),
        ("results:\n  '9.9':\n", "R406", (6, 3)),
    ],
)
def test_an_unknown_key_without_a_value_is_an_error(tmp_path, lines, code, at):
    problems = {each.code: each for each in found(tmp_path, report(lines))}
    assert problems.keys() == {code}
    assert (problems[code].line, problems[code].column) == at
    assert problems[code].is_error


def test_an_unknown_section_of_the_office_without_a_value_is_an_error(tmp_path):
    (problem,) = found(tmp_path, "sections:\n  '6':\n  '7':\n", OFFICE)
    assert (problem.code, problem.line) == ("R424", 3)


def test_a_known_key_without_a_value_is_as_good_as_absent(tmp_path):
    text = (
        "signatory:\nresults:\n  '2.1':\n  '6.1': {status: not_started, summary: , evidence: }\n"
        "indicators:\n  hoi-nghi:\nmodels:\nstrengths:\nreturned: null\n"
    )
    assert found(tmp_path, report(text)) == []
    assert found(tmp_path, "number:\nissued:\nsections:\n  '6':\n", OFFICE) == []
    plan = PLAN.replace("number: 12/KH-VP", "number:\narchive:\ndocument:")
    assert found(tmp_path, plan, "plan.yaml") == []


def task(summary: str) -> str:
    """A task's result with these lines behind and below `summary:`."""
    return f"results:\n  '2.1':\n    status: done\n    summary:{summary}\n"


# The lines of a report from its fifth on; the code, line and column of the warning; words of it.
SLIPS = {
    "words behind a number sign": (
        task(" văn bản số # 5 và văn bản số 6"),
        ("F116", 8, 24, "“# 5 và văn bản số 6”"),
    ),
    "a number behind a number sign": (task(" Thực hiện văn bản số # 5"), ("F116", 8, 34, "“# 5”")),
    "a number sign at the end": (task(" Thực hiện văn bản #"), ("F116", 8, 31, "“#”")),
    "a number sign behind one word": (task(" Văn # 5"), ("F116", 8, 17, "“# 5”")),
    "a bracket and a number sign in braces": (
        "results:\n  '2.1': {status: done, summary: a} # b}\n",
        ("F116", 6, 36, "“# b}”"),
    ),
    "a number sign at the beginning": (
        task(" # 5 của Tỉnh ủy\n      đã thực hiện"),
        ("F116", 8, 14, "“# 5 của Tỉnh ủy”"),
    ),
    "a comma before the closing brace": (
        "results:\n  '2.1': {status: done, summary: Đã họp,}\n",
        ("F123", 6, 40, "dấu phẩy cuối"),
    ),
    "in a list": ("causes:\n  - Theo mục # 5 của Kế hoạch\n", ("F116", 6, 13, "“# 5 của")),
    "a line below a value that begins with a number sign": (
        task(" Thực hiện các văn bản\n      # 5 của Tỉnh ủy"),
        ("F116", 9, 7, "“# 5 của Tỉnh ủy”"),
    ),
    "that line after a blank line": (
        task(" Thực hiện các văn bản\n\n      #5"),
        ("F116", 10, 7, "“#5”"),
    ),
    "two lines of prose": (
        task(" Tổ chức 02 hội nghị.\n      Phát hành 5 tin bài."),
        ("F121", 9, 7, "ghi dấu | sau dấu hai chấm"),
    ),
    "two lines of prose below the name": (
        task("\n      Tổ chức 02 hội nghị.\n      Phát hành 5 tin bài."),
        ("F121", 10, 7, "ghi dấu | sau dấu hai chấm"),
    ),
    "prose that goes on below a blank line": (
        task(" Tổ chức 02 hội nghị.\n\n      Phát hành\n      5 tin bài."),
        ("F121", 11, 7, "“5 tin bài.”"),
    ),
    "two lines in quotes": (
        task(' "Tổ chức 02 hội nghị.\n      Phát hành 5 tin bài."'),
        ("F121", 9, 7, "thành một đoạn"),
    ),
    "two lines in braces": (
        "results:\n  '2.1': {status: done, summary: Tổ chức\n    hội nghị}\n",
        ("F121", 7, 5, "“hội nghị}”"),
    ),
    "a second item that is indented deeper": (
        "causes:\n  - Thiếu kinh phí\n    - Thiếu công chức\n",
        ("F121", 7, 5, "ở cùng một cột"),
    ),
    "a second item without its dash": (
        "causes:\n  - Thiếu kinh phí\n    Thiếu công chức\n",
        ("F121", 7, 5, "mỗi mục bắt đầu bằng “- ”"),
    ),
    "a second item with a long dash": (
        "causes:\n  - Thiếu kinh phí\n    – Thiếu công chức\n",
        ("F121", 7, 5, "gạch đầu dòng phải là “- ”"),
    ),
    "a second item with a dash and no space": (
        "causes:\n  - Thiếu kinh phí\n   -Thiếu công chức\n",
        ("F121", 7, 4, "gạch đầu dòng phải là “- ”"),
    ),
    "dashes below prose": (
        task(" Kết quả như sau\n      - Tổ chức 02 hội nghị\n      - Phát hành 5 tin"),
        ("F121", 9, 7, "mỗi mục một dòng"),
    ),
    "dashes below >": (
        task(" >\n      - Tổ chức 02 hội nghị\n      - Phát hành 5 tin"),
        ("F121", 9, 7, "thay dấu > bằng dấu |"),
    ),
    "numbers below >-": (
        task(" >-\n      Kết quả:\n      1. Tổ chức hội nghị\n      2. Phát hành tin"),
        ("F121", 10, 7, "thay dấu > bằng dấu |"),
    ),
    "a field below | that is indented too deep": (
        task(" |\n      Tổ chức 02 hội nghị.\n      evidence: [Thông báo số 31]"),
        ("F122", 10, 7, "nằm trong nội dung của “summary”"),
    ),
    "a field with a list below |": (
        task(" |\n      Tổ chức 02 hội nghị.\n      evidence:\n        - Thông báo số 31"),
        ("F122", 10, 7, "“evidence:”"),
    ),
    "the next task below |": (
        task(" |\n      Tổ chức 02 hội nghị.\n      '2.2':\n        status: done"),
        ("F122", 10, 7, "“'2.2':”"),
    ),
    "a field within quotes that are closed too late": (
        task(" 'Tổ chức 02 hội nghị.\n      evidence: Thông báo'"),
        ("F122", 9, 7, "dấu nháy mở ở trên chưa đóng"),
    ),
    "a number sign that ends a block": (
        task(" |\n      Thực hiện các văn bản\n    # 5 và 6 của Tỉnh ủy"),
        ("F116", 10, 5, "“# 5 và 6 của Tỉnh ủy”"),
    ),
    "a number sign between the columns of name and block": (
        task(" |\n      Thực hiện các văn bản\n     # Của Tỉnh ủy"),
        ("F116", 10, 6, "“# Của Tỉnh ủy”"),
    ),
    "a number sign that ends a block at the top": (
        "leadership: |\n  Phát động phong trào\n#DanVanKheo\n",
        ("F116", 7, 1, "“#DanVanKheo”"),
    ),
    "a date behind a comma in brackets": (
        task(" Đã họp.\n    evidence: [Thông báo số 31, ngày 5/5]"),
        ("F123", 9, 31, "“Thông báo số 31, ngày 5/5”"),
    ),
    "a number behind a comma in brackets": (
        task(" Đã họp.\n    evidence: [Tổ chức 02 hội nghị, 118 lượt]"),
        ("F123", 9, 35, "một mục thì đặt trong dấu ngoặc kép"),
    ),
    "thousands with a comma in brackets": (
        task(" Đã họp.\n    evidence: [hơn 1,212 lượt]"),
        ("F123", 9, 21, "thành hai mục"),
    ),
    "a list of words in brackets": (
        "causes: [Ban, ngành, đoàn thể chưa phối hợp]\n",
        ("F123", 5, 20, "“ngành, đoàn thể chưa phối hợp”"),
    ),
    "a quotation mark at the end only": (
        task(' Mô hình Dân vận khéo"'),
        ("F124", 8, 34, 'dấu " ở cuối'),
    ),
    "a single quotation mark at the end only": (
        "causes:\n  - Thiếu kinh phí'\n",
        ("F124", 6, 19, "dấu ' ở cuối"),
    ),
    "a curly mark that a straight one closes": (
        task(' “Dân vận khéo"'),
        ("F124", 8, 27, "không có dấu mở"),
    ),
    "a soft hyphen": (task(" Tổ chức hội\xad nghị"), ("F125", 8, 25, "U+00AD")),
    "a zero-width space": (task(" Tổ\u200b chức"), ("F125", 8, 16, "U+200B")),
    "a zero-width joiner in a word": (task(" Tổ\u200d chức"), ("F125", 8, 16, "U+200D")),
    "a word joiner": (task(" Tổ\u2060chức"), ("F125", 8, 16, "U+2060")),
    "a bidi override": (task(" \u202eTổ chức\u202c"), ("F125", 8, 14, "U+202E")),
    "a bidi isolate": (task(" Tổ \u2066chức"), ("F125", 8, 17, "U+2066")),
    "a mark of direction": (task(" Tổ \u200fchức"), ("F125", 8, 17, "U+200F")),
    "an invisible character as an escape": (task(' "Tổ\\u200Bchức"'), ("F125", 8, 17, "U+200B")),
}


@pytest.mark.parametrize(("lines", "expected"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_that_yaml_reads_in_silence_is_a_warning_at_its_line(tmp_path, lines, expected):
    code, line, column, words = expected
    problems = found(tmp_path, report(lines))
    told = [each for each in problems if each.code == code]
    assert told, problems
    assert (told[0].line, told[0].column, told[0].is_error) == (line, column, False)
    assert words in f"{told[0].message} {told[0].hint}"


@pytest.mark.parametrize(
    "lines",
    [
        "submitted: 29/5/2026 # chưa chắc\n",
        "indicators:\n  hoi-nghi: 3 # tạm tính, chưa đủ\n",
        "signatory: # chưa có\n",
        "signatory:\n  position: TRƯỞNG  # ghi chú\n  # ghi chú của người ký\n",
        task(' "Tổ chức 02 hội nghị." # ghi chú'),
        "signatory:\n  position: TRƯỞNG BAN # ----\n",
        "results: {'2.1': {status: not_started}} # ghi chú\n# ghi chú\n",
        task(" Tổ chức hội nghị C# 5"),
        task(" |\n      Tổ chức 02 hội nghị.\n      Phát hành 5 tin bài.\n\n    # 5. Ghi chú"),
        task(" |\n      Kết quả: 02 hội nghị\n      - Ý một # 5\n        - Ý hai"),
        task(" |\n      Tổ chức 02 hội nghị.\n  # 6.1. Nâng cao hiệu quả công tác tiếp dân\n"),
        task(" |\n      Tổ chức 02 hội nghị.\n  # status: một trong các từ dưới đây\n"),
        task(" |\n      Email: btcd@example.vn, email: x@example.vn\n      Kế hoạch 2.1: xong"),
        task(" |-\n      Tổ chức 02 hội nghị.\n"),
        task(" >\n      Tổ chức 02 hội nghị với\n      118 lượt người tham dự"),
        task("\n      Tổ chức 02 hội nghị"),
        # A blank line keeps two paragraphs apart.
        task(" 'Tổ chức 02 hội nghị.\n\n      Phát hành 5 tin bài.'"),
        task(" Tổ chức 02 hội nghị.\n\n      Phát hành 5 tin bài."),
        "leadership: |\n  Đã quán triệt.\n# Kết quả thực hiện\ncauses:\n",
        "leadership: |\n  Đã quán triệt.\n# results: chưa có\n",
        "causes:\n  - Thiếu kinh phí\n  # - Thiếu công chức\n  - Thiếu đất\n",
        "models:\n  # Mỗi mục ghi như sau:\n  # - name: x\n",
        "causes: [thiếu kinh phí, thiếu công chức]\n",
        "causes: [Thiếu kinh phí, Thiếu công chức]\n",
        'causes: ["Thông báo số 31, ngày 5/5"]\n',
        "causes: [Trụ sở chật]\n",
        task(' Mô hình "Dân vận khéo"'),
        task(' Lắp màn hình 32"'),
        task(" Buổi họp dài 45'"),
        task(" Xã Ea H'leo"),
        task(" 👩\u200d🌾 và 🏳️\u200d🌈"),
        task(" Tổ\u00a0chức – “Dân vận khéo”…"),
        task(" <<<<<< và >>>>>>"),
        task(" |\n      =======\n      Kết quả"),
    ],
)
def test_what_is_meant_as_it_stands_passes(tmp_path, lines):
    text = report(lines)
    if lines.startswith("submitted"):
        text = text.replace("submitted: 29/5/2026\n", "", 1)
    assert [each for each in found(tmp_path, text) if each.code[0] in "FS"] == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (HEAD + "<<<<<<< HEAD\nleadership: A\n=======\nleadership: B\n>>>>>>> b\n", 5, 1),
        ("<<<<<<< HEAD\n" + HEAD + "=======\n" + HEAD + ">>>>>>> b\n", 1, 1),
        (HEAD + "causes:\n  - A\n  <<<<<<< HEAD\n  - B\n  =======\n  - C\n  >>>>>>> b\n", 7, 3),
        (HEAD + "causes:\n  - <<<<<<< HEAD\n  - B\n  - =======\n  - C\n  - >>>>>>> b\n", 6, 3),
        (HEAD + "leadership: |\n  A\n  <<<<<<< HEAD\n  B\n  =======\n  C\n  >>>>>>> b\n", 7, 3),
        (HEAD + "leadership: |\n  B\n  ||||||| 1a2b\n  =======\n  C\n  >>>>>>> b\n", 7, 3),
        (HEAD + "leadership: |\n  C\n  >>>>>>> b\n", 7, 3),
    ],
    ids=["fields", "first", "list", "items", "block", "diff3", "one left"],
)
def test_gits_conflict_markers_are_reported_as_such(tmp_path, text, line, column):
    (problem,) = found(tmp_path, text)
    assert (problem.code, problem.line, problem.column) == ("F126", line, column)
    assert "xung đột của git" in problem.message


def test_every_conflict_of_a_file_is_reported(tmp_path):
    conflict = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n"
    problems = found(tmp_path, HEAD + conflict + "\n" + conflict)
    assert [(each.code, each.line) for each in problems] == [("F126", 5), ("F126", 11)]


DASH = "gạch đầu dòng phải là “- ”"


@pytest.mark.parametrize(
    ("lines", "line", "column", "words"),
    [
        ("causes:\n  - Ý một\n  – Ý hai\n", 7, 3, DASH),
        ("causes:\n  - Ý một\n  -Ý hai\n", 7, 3, DASH),
        ("causes:\n  - Ý một\n  • Ý hai\n", 7, 3, DASH),
        ("causes:\n- Ý một\n— Ý hai\n", 7, 1, DASH),
        ("causes: [", 5, 9, "danh sách mở bằng dấu [ chưa được đóng"),
        ("causes: [\n\n", 5, 9, "danh sách mở bằng dấu [ chưa được đóng"),
        ("signatory: {", 5, 12, "nhóm mở bằng dấu { chưa được đóng"),
        ("leadership: 'Đã họp\ncauses: []\nlessons: ['x']\n", 5, 13, "mở ở đây chưa được đóng"),
        ("causes:\n  - 'Ý một\n  - 'Ý hai'\n", 6, 5, "mở ở đây chưa được đóng"),
        ('leadership: "Đã họp\nlessons: "x"\n', 5, 13, "mở ở đây chưa được đóng"),
        ("signatory: {position: A\n name: B}\n", 6, 2, "trước chỗ này thiếu dấu phẩy"),
        ("signatory: {position: A,\n name: B\n authority: C\n}\n", 7, 2, "thiếu dấu phẩy"),
        ("causes: ['a'\n 'b']\n", 6, 2, "trước chỗ này thiếu dấu phẩy"),
        ("signatory: {position: A\nresults: {}\n", 5, 12, "nhóm mở bằng dấu { chưa được đóng"),
        ("leadership: |\n    Ý một\n  Ý hai\n", 7, 3, "thụt vào ít hơn dòng đầu"),
        (task(" |\n      Ý một\n     Ý hai: hai"), 10, 6, "thụt vào ít hơn dòng đầu"),
        ("leadership: |\n  Ý một\n# 5\n  Ý hai\n", 7, 1, "cắt ngang nội dung"),
        ("leadership: A\n=======\ncauses: []\n", 6, 1, "dấu xung đột git"),
    ],
)
def test_what_is_no_yaml_is_explained_where_the_slip_was_made(tmp_path, lines, line, column, words):
    (problem,) = found(tmp_path, HEAD + lines)
    assert (problem.code, problem.line, problem.column) == ("F105", line, column)
    assert words in f"{problem.message} {problem.hint}"
    assert "ngoặc kép ở dòng trên" not in f"{problem.hint}"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("results:\n  '2.1': {status: dоne}\n", "ý bạn là “done”? có ký tự lạ: “о” là chữ Kirin"),
        ("results:\n  '2.1': {stаtus: done}\n", "ý bạn là “status”? có ký tự lạ: “а” là chữ Kirin"),
        ("results:\n  '２.1': {status: done}\n", "ý bạn là “2.1”? có ký tự lạ: “２” là ký tự toàn"),
        ("indicators:\n  hoi\u2011nghi: 3\n", "ý bạn là “hoi-nghi”? có ký tự lạ: dấu gạch nối lạ"),
        ("indicators:\n  hoi-nghi: １２\n", "có ký tự lạ: “１” là ký tự toàn khổ U+FF11"),
        ("indicators:\n  hoi-nghi: 1\u00a0212\n", "có ký tự lạ: dấu cách lạ U+00A0"),
        ("received: 29/５/2026\n", "có ký tự lạ: “５” là ký tự toàn khổ"),
        ("received: 2026‑05‑30\n", "có ký tự lạ: dấu gạch nối lạ U+2011"),
        (
            "models:\n  - {name: A, field: kinh\u00a0tế, status: registered}\n",
            "ý bạn là “kinh tế”? có ký tự lạ: dấu cách lạ U+00A0",
        ),
    ],
)
def test_a_character_that_only_looks_right_is_named(tmp_path, lines, words):
    hints = [each.hint or "" for each in found(tmp_path, report(lines)) if each.is_error]
    assert any(words in hint for hint in hints), hints


def test_what_looks_right_in_the_plan_is_named_too(tmp_path):
    plan = PLAN.replace("id: ban-tiep-cong-dan", "id: ban‑tiep-cong-dan")
    hints = [each.hint or "" for each in found(tmp_path, plan, "plan.yaml")]
    assert any("dấu gạch nối lạ U+2011" in hint for hint in hints), hints


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("email: btcd@example.vn", "email: [btcd@example.vn]", "chỉ ghi một giá trị"),
        ("assigned: [hanh-chinh]", "lead: [hanh-chinh]", "chỉ ghi một giá trị"),
        ("text: Nâng cao hiệu quả công tác tiếp dân.", "text: [Nâng cao]", "viết thành đoạn văn"),
        ("assigned: [hanh-chinh]", "target: 5", "các trường dùng được: id, text"),
    ],
)
def test_a_hint_fits_the_field(tmp_path, before, after, words):
    assert before in PLAN
    problems = found(tmp_path, PLAN.replace(before, after), "plan.yaml")
    hint = next(each.hint for each in problems if each.code in ("S202", "S203"))
    assert words in hint


@pytest.mark.parametrize("name", [".DS_Store", "desktop.ini", "Thumbs.db", "~$bao-cao.docx"])
@pytest.mark.parametrize("folder", ["reports", "reports/2026", "reports/2026/h1"])
def test_what_the_system_puts_into_a_folder_is_no_error(tmp_path, name, folder):
    root = write(tmp_path, {f"{folder}/{name}": ""})
    assert findings.in_workspace(root, TODAY).diagnostics == []


PLAN_FILE = workspace.plan_from(Path("plan.yaml"), yaml_reading.read(PLAN.encode()))
BELOW = "\n      "
FORMS = {
    "block": lambda text: task(f" |{BELOW}{text.replace(chr(10), BELOW)}"),
    "double quotes": lambda text: task(
        ' "' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", BELOW) + '"'
    ),
    "single quotes": lambda text: task(" '" + text.replace("'", "''").replace("\n", BELOW) + "'"),
    "plain": lambda text: task(f" {text.replace(chr(10), BELOW)}"),
    "plain below": lambda text: task(f"{BELOW}{text.replace(chr(10), BELOW)}"),
    "braces": lambda text: (
        f"results:\n  '2.1': {{status: done, summary: {text.replace(chr(10), BELOW)}}}\n"
    ),
}
# Letters of words and figures, and all that means something to YAML, often together.
SIGNS = "aĐế0 \n#:-'\"|>[]{},&*!%@`?\\=~.…“\t"
WORDS = [" # ", "\n- ", "\n# ", ": ", ", ", " -", "''", "evidence: ", "status: done", "2.1:"]
ODD = ["null", "<<<<<<< a", "\u00ad", "\u200b", "e\u0301"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *ODD])
PROSE = st.one_of(
    st.lists(PIECES, min_size=1, max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
).map(str.strip)


BLANK_LINES = re.compile(r"[ \t]*\n\s*\n[ \t]*")


def one_less(blank: re.Match[str]) -> str:
    return "\n" * (blank[0].count("\n") - 1)


def is_read_as_written(text: str, form: str) -> bool:
    """Whether the text is the form's own way to write something else, as a person knows."""
    if form in ("block", "double quotes", "single quotes"):
        return True
    return text != "null" and text[0] not in "\"'|>"


@pytest.mark.parametrize("form", FORMS)
@given(text=PROSE)
def test_a_text_behind_summary_arrives_letter_for_letter_or_is_reported(form, text):
    assume(text and is_read_as_written(text, form))
    file = HEAD + FORMS[form](text)
    read = workspace.report_from(
        Path("r.yaml"), yaml_reading.read(file.encode()), "ban-tiep-cong-dan", "h1"
    )
    known = readings.Workspace(Path(), PLAN_FILE, [read], [], [])
    problems = rules.check(known, TODAY).get(read.path, [])
    if all(problem.code == "R408" for problem in problems):
        summary = read.report.results["2.1"].summary
        # Elsewhere than in a block, YAML takes a blank line for the end of the line above.
        written = text if form == "block" else BLANK_LINES.sub(one_less, text)
        assert summary == vietnamese.nfc(written)


def test_a_blank_item_in_brackets_is_an_error_of_the_list_and_nothing_else(tmp_path):
    problems = found(tmp_path, report('causes: ["", b a, c]\n'))
    assert [each.code for each in problems if each.is_error] == ["S208"]
