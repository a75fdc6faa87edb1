"""The office's own rules about figures (`checks` in plan.yaml): what they find, faults in them."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.rules import expressions
from small_workspace import ANNUAL, H1, OTHER_UNIT, PLAN, changed, write

OF_THE_UNIT = "reports/2026/h1/ban-tiep-cong-dan.yaml:"
LINE = PLAN.count("\n") + 2
"""Where the first check stands in plan.yaml."""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, {ANNUAL: ""})


def with_check(folder: Path, check: str, report: str = "") -> list[str]:
    """What is found with a check, in the file where it is found, one line each without hints.

    `report`: what a unit's report has beside, or in place of, hoi-nghi 3, don-phai-xu-ly 41,
    don-da-xu-ly 38.
    """
    others = changed(OTHER_UNIT, "indicators:")
    write(folder, {"plan.yaml": f"{PLAN}checks:\n  - {check}\n", OTHER_UNIT: others})
    (folder / H1).write_text(changed(H1, report), encoding="utf-8")
    (folder / ANNUAL).unlink(missing_ok=True)
    lines = validate().stdout.splitlines()
    return [line for line in lines if ": lỗi " in line or ": cảnh báo " in line]


def validate() -> Result:
    return CliRunner().invoke(app, ["validate", "--as-of", "20/11/2026"])


@pytest.mark.parametrize(
    ("check", "told"),
    [
        # holds
        ("{that: don-phai-xu-ly = don-da-xu-ly + 3}", None),
        ("{that: don-phai-xu-ly − don-da-xu-ly = hoi-nghi}", None),
        ("{that: hoi-nghi × 2 ≥ 6 VÀ don-da-xu-ly < 39}", None),
        ("{when: hoi-nghi = 0, then: don-phai-xu-ly = 0}", None),
        ("{ratio: don-phai-xu-ly / hoi-nghi, from: 5, to: 300}", None),
        # unknown is not 0
        ("{when: hoi-nghi > 0, then: don-phai-xu-ly > 100, message: x}", "lỗi R478"),
        # broken
        (
            "{id: can-doi, that: 'don-phai-xu-ly = don-da-xu-ly + hoi-nghi * 2'}",
            "lỗi R478: “Đơn phải xử lý” (41) phải bằng “Đơn đã xử lý” (38) + “Hội nghị” (3) × 2 = "
            "44 (quy tắc can-doi)",
        ),
        (
            "{when: hoi-nghi ≥ 3 and don-da-xu-ly != 0, then: don-phai-xu-ly <= 40,"
            " message: Xem sổ tiếp dân.}",
            "lỗi R478: Xem sổ tiếp dân: khi “Hội nghị” (3) không nhỏ hơn 3 và “Đơn đã xử lý” (38) "
            "khác 0 thì “Đơn phải xử lý” (41) không được lớn hơn 40 (quy tắc thứ 1)",
        ),
        (
            "{ratio: don-phai-xu-ly / hoi-nghi, from: '13,7'}",
            "cảnh báo R479: “Đơn phải xử lý” là 41, trái quy tắc thứ 1: “Đơn phải xử lý” (41) ÷ "
            "“Hội nghị” (3) = khoảng 13,67, không được nhỏ hơn 13,7",
        ),
        ("{ratio: don-phai-xu-ly / hoi-nghi, to: 5, severity: error}", "lỗi R478"),
        ("{that: hoi-nghi = 4, severity: warning}", "cảnh báo R479"),
        (
            "{that: (don-phai-xu-ly - (don-da-xu-ly - 1)) / (hoi-nghi × 2) > 0.67}",
            "(“Đơn phải xử lý” (41) − (“Đơn đã xử lý” (38) − 1)) ÷ (“Hội nghị” (3) × 2) = khoảng "
            "0,67, phải lớn hơn 0,67",
        ),
    ],
)
def test_a_check_is_kept_or_its_figures_are_told(folder, check, told):
    found = with_check(folder, check)
    if told is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(OF_THE_UNIT)
        assert told in found[0]


@pytest.mark.parametrize(
    ("check", "figures"),
    [
        ("{that: don-da-xu-ly = 5}", "{hoi-nghi: 3, don-phai-xu-ly: 41, don-da-xu-ly: }"),
        ("{that: hoi-nghi + don-da-xu-ly = 5}", "{hoi-nghi: 3, don-da-xu-ly: }"),
        ("{ratio: don-phai-xu-ly / hoi-nghi, from: 1, to: 2}", "{hoi-nghi: 0}"),
        ("{that: don-phai-xu-ly / hoi-nghi = 5}", "{hoi-nghi: 0}"),
        ("{when: don-phai-xu-ly / hoi-nghi > 1, then: hoi-nghi > 5}", "{hoi-nghi: 0}"),
    ],
)
def test_what_is_not_known_or_divided_by_0_is_not_judged(folder, check, figures):
    assert [
        line for line in with_check(folder, check, f"indicators: {figures}") if "R47" in line
    ] == []


def test_a_warning_is_answered_by_a_note_on_any_of_its_figures_an_error_is_not(folder):
    note, check = "notes: {hoi-nghi: Họp liên cơ quan}", "ratio: don-phai-xu-ly / hoi-nghi, to: 5"
    assert with_check(folder, f"{{{check}}}", note) == []
    assert "R478" in with_check(folder, f"{{{check}, severity: error}}", note)[0]
    with_check(folder, f"{{id: a, {check}}}", note)
    listed = CliRunner().invoke(app, ["figures", "--period", "h1", "--doubtful"]).stdout
    assert "Hội nghị (cuộc): 3, trái quy tắc a: “Đơn phải xử lý” (41)" in " ".join(listed.split())
    assert "Đã giải trình: Họp liên cơ quan" in listed


def test_figures_are_compared_exactly(folder):
    """In floats, 0.1 × 3 is not 0.3."""
    assert with_check(folder, "that: hoi-nghi × 0,1 = 0,3") == []


@pytest.mark.parametrize(
    ("check", "column", "told", "hint"),
    [
        ("that: hoi-nghi = 3 +", 25, "sau “hoi-nghi = 3 +” phải là mã chỉ tiêu", "viết như"),
        ("that: 'hoi-nghi == = 3'", 24, "đang là “=”", "viết như"),
        ("that: hoi-nghi 3", 20, "phải là dấu so sánh", "viết như"),
        ("that: 0 ≤ hoi-nghi ≤ 9", 24, "đang là “≤”", "a ≥ 0 và a ≤ b"),
        ("that: hoi-nghi = 1 hoặc hoi-nghi = 2", 24, "đang là “hoặc”", "“và”"),
        ("that: Hội nghị > 0", 11, "đầu biểu thức", "không ghi bằng tên"),
        ("that: hoi-nghi = 1.000", 22, "số “1.000” viết không đúng", "nghìn viết liền (1000)"),
        ("that: (hoi-nghi = 3", 21, "phải là dấu phép tính hoặc dấu “)”", "viết như"),
        ('that: "hoi-nghi > 20%"', 25, "đang là “%”", "× 100"),
        ("that: 'hoi-nghi : 2 > 1'", 21, "đang là “:”", "÷ hoặc /"),
        ("when: hoi-nghi = 3", 5, "có when mà thiếu then", "ghi một trong ba cách"),
        ("message: A", 5, "chưa ghi điều phải kiểm tra", "ghi một trong ba cách"),
        ("{that: hoi-nghi = 3, ratio: hoi-nghi}", 5, "cả ratio và that", "một trong ba cách"),
        ("{that: hoi-nghi = 3, to: 5}", 5, "chỉ dùng với ratio", "một trong ba cách"),
        ("{ratio: hoi-nghi}", 5, "chưa ghi from hoặc to", "một trong ba cách"),
        ("{ratio: hoi-nghi, from: 9, to: 5}", 36, "to (5) nhỏ hơn from (9)", "xem lại"),
        ("{ratio: hoi-nghi, from: năm}", 29, "số “năm” viết không đúng", "(2,5)"),
        ("that: hoi-nghj > 1", 11, "không có chỉ tiêu “hoi-nghj”", "ý bạn là “hoi-nghi”?"),
        (
            "that: 1 < don-phai-xu-ly-hoi-nghi",
            15,
            "không có chỉ tiêu “don-phai-xu-ly-hoi-nghi”",
            "viết dấu cách hai bên dấu trừ: don-phai-xu-ly - hoi-nghi",
        ),
        ("that: '" + "(" * 60 + "'", 23, "ngoặc lồng nhau quá 10 lớp", "bỏ bớt"),
        ("that: " + "hoi-nghi + " * 60 + "1 > 2", 11, "dài hơn 500 ký tự", "tách"),
    ],
)
def test_a_fault_in_a_check_is_told_at_its_place(folder, check, column, told, hint):
    found = with_check(folder, check)
    assert len(found) == 1
    assert found[0].startswith(f"plan.yaml:{LINE}:{column}: lỗi ")
    assert told in found[0]
    assert hint in validate().stdout


def test_a_check_that_no_unit_can_be_asked_for_is_told(folder):
    plan = changed(
        "plan.yaml",
        "indicators: [{id: don-da-xu-ly, units: [hanh-chinh], part_of: }]\n"
        "checks: [{that: don-da-xu-ly < don-phai-xu-ly}]",
    )
    write(folder, {"plan.yaml": plan, H1: changed(H1, "indicators: {don-da-xu-ly: }")})
    assert "P373: không đơn vị nào được giao cả “Đơn đã xử lý” và “Đơn phải xử lý”" in (
        validate().stdout
    )


def test_a_check_without_a_figure_is_told_and_judges_nothing(folder):
    found = with_check(folder, "{that: 3 > 5}")
    assert [line.split(": ")[1] for line in found] == ["cảnh báo P373"]


def test_a_rate_is_not_reported_so_it_cannot_be_checked(folder):
    rate = "{id: ty-le, name: Tỷ lệ, measure: '%', task: '6.1', kind: rate, rate: "
    write(
        folder,
        {
            "plan.yaml": changed(
                "plan.yaml",
                f"indicators: [{rate}{{part: don-da-xu-ly, whole: don-phai-xu-ly}}}}]\n"
                "checks: [{that: ty-le > 90}]",
            )
        },
    )
    assert "P373: “Tỷ lệ” là tỷ lệ do danvan tính" in validate().stdout


def test_decimals_and_yes_or_no_are_compared_and_told(folder):
    plan = PLAN.replace("measure: cuộc, task", "measure: cuộc, kind: yes_no, task")
    plan = plan.replace("measure: đơn\n", "measure: đơn\n    decimal: 1\n")
    check = "{that: don-phai-xu-ly = don-da-xu-ly + hoi-nghi + 1}"
    write(folder, {"plan.yaml": f"{plan}checks:\n  - {check}\n"})
    for done, is_kept in (("38,3", True), ("38.2", False)):
        figures = f"{{hoi-nghi: có, don-phai-xu-ly: '40,3', don-da-xu-ly: '{done}'}}"
        (folder / H1).write_text(changed(H1, f"indicators: {figures}"), encoding="utf-8")
        assert (f"{H1}:" not in validate().stdout) == is_kept
    assert (
        "“Đơn phải xử lý” (40,3) phải bằng “Đơn đã xử lý” (38,2) + “Hội nghị” (có) + 1 = 40,2"
        in validate().stdout
    )


def test_two_checks_have_two_ids(folder):
    checks = "checks: [{id: a, that: hoi-nghi < 9}, {id: a, that: hoi-nghi < 8}, {that: 1 < 2}]"
    write(folder, {"plan.yaml": changed("plan.yaml", checks)})
    assert "P301: mã “a” đã dùng cho một quy tắc kiểm tra" in validate().stdout


FIGURES = {"a": Fraction(3), "a-b": Fraction(5, 2), "c": Fraction(0)}
SIGNS = {"+": ("+",), "−": ("-", "−", "–"), "×": ("*", "×"), "÷": ("/", "÷")}


@st.composite
def written(draw: st.DrawFn, depth: int = 4) -> tuple[str, Fraction | None]:
    """An expression in brackets and what it comes to; None if it divides by 0."""
    if depth == 0 or draw(st.booleans()):
        if draw(st.booleans()):
            return draw(st.sampled_from(list(FIGURES.items())))
        cents = draw(st.integers(0, 99999))
        return f"{cents // 100}{draw(st.sampled_from('.,'))}{cents % 100:02}", Fraction(cents, 100)
    (left, of_left), (right, of_right) = draw(written(depth - 1)), draw(written(depth - 1))
    sign = draw(st.sampled_from(list(SIGNS)))
    text = f"({left} {draw(st.sampled_from(SIGNS[sign]))} {right})"
    if of_left is None or of_right is None or (sign == "÷" and of_right == 0):
        return text, None
    python_sign = {"−": "-", "×": "*", "÷": "/"}.get(sign, sign)
    return text, eval(f"left {python_sign} right", {"left": of_left, "right": of_right})


@given(written())
def test_an_expression_comes_to_what_its_brackets_say(expression: tuple[str, Fraction | None]):
    text, worth = expression
    assert expressions.value(expressions.expression(text), FIGURES) == worth


@given(st.lists(st.sampled_from(["a", "a-b", "4", "2,5"]), min_size=1, max_size=9), st.data())
def test_products_go_before_sums_and_both_from_left_to_right(sides: list[str], data: st.DataObject):
    signs = data.draw(st.lists(st.sampled_from("+-*/"), min_size=len(sides) - 1))
    text, python = sides[0], f"f[{sides[0]!r}]"
    for sign, side in zip(signs, sides[1:], strict=False):
        text, python = f"{text} {sign} {side}", f"{python} {sign} f[{side!r}]"
    worth: Mapping[str, Fraction] = {**FIGURES, "4": Fraction(4), "2,5": Fraction(5, 2)}
    assert expressions.value(expressions.expression(text), FIGURES) == eval(python, {"f": worth})


@given(st.text("ab-0 1,.+*/()=<>và≤×−%:", max_size=40))
def test_any_text_is_read_or_refused_with_its_place(text: str):
    try:
        expressions.condition(text)
    except expressions.Fault as fault:
        assert text.startswith(fault.before)
        assert fault.hint
