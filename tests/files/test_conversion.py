"""Data to typed values: every misfit is found, with its exact path, place and remedy."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.files import conversion, yaml_reading
from danvan_cli.files.yaml_writing import fields_text
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Plan
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure, typed_of
from danvan_cli.problems import MAX_PROBLEMS, did_you_mean, did_you_mean_task

amounts = st.integers(0, 10**9) | st.decimals(0, 10**9, places=2)

HEAD = "unit: a\nyear: 2026\nperiod: h1\n"


def type_errors(text: str, type_: type = UnitReport) -> list[tuple[str, str, int, int]]:
    """Code, dotted path, line and column of each."""
    read = yaml_reading.read(text.encode())
    _, found = conversion.convert(read.data, type_)
    positions = yaml_reading.locate(read.text)
    return [
        (each.code, each.dotted_path, *positions.of(each.path, at_key=each.at_key))
        for each in found
    ]


def misfit(text: str, type_: type = UnitReport):
    (found,) = conversion.convert(yaml_reading.read(text.encode()).data, type_)[1]
    return found


def report(text: str) -> UnitReport:
    value, found = conversion.convert(yaml_reading.read(text.encode()).data, UnitReport)
    assert value is not None, found
    return value


def test_good_data_becomes_typed_values():
    value = report(
        "unit: 12\nyear: 2026\nperiod: h1\nsubmitted: 29/5/2026\n"
        "results:\n  1.1: {status: done, summary: Xong.}\nindicators: {hoi-nghi: 03}\n"
        "models: [{name: A, field: kinh tế, status: registered, replicate: true}]\n"
    )
    assert value.unit == "12"
    assert value.submitted == date(2026, 5, 29)
    assert value.results["1.1"].summary == "Xong."
    assert value.indicators == {"hoi-nghi": 3}
    assert value.models[0].replicate


def test_figures_with_decimals_yes_or_no_and_estimates_are_read() -> None:
    value = report(
        HEAD + "indicators:\n  don: 41\n  diem: 97,5\n  tien: '1234.50'\n  tron: '64,0'\n"
        "  nguyen: '9'\n  am: ' -5 '\n"
        "  mot-cua: có\n  hai-cua: Không\n  ba-cua: true\n  uoc: {figure: '2,5', estimated: true}\n"
    )
    assert value.figures == {
        "don": 41,
        "diem": Decimal("97.5"),
        "tien": Decimal("1234.5"),
        "tron": 64,
        "nguyen": 9,
        "am": -5,
        "mot-cua": True,
        "hai-cua": False,
        "ba-cua": True,
        "uoc": Decimal("2.5"),
    }
    assert value.estimated == {"uoc"}
    assert not any(isinstance(figure, float) for figure in value.figures.values())


@given(figures=st.dictionaries(st.sampled_from(["a", "b"]), amounts | st.booleans()))
def test_a_figure_is_read_as_it_was_written(figures: dict[str, Figure]) -> None:
    typed = {name: typed_of(figure) for name, figure in figures.items()}
    text = HEAD + fields_text({"indicators": typed})
    assert report(text).figures == figures


def test_a_section_may_be_numbered_without_quotes():
    office, found = conversion.convert({"sections": {"1": "Lời."}}, OfficeReport)
    assert (office.sections, found) == ({"1": "Lời."}, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an unknown field: at its own name
        (HEAD + "lead: x\n", ("S202", "lead", 4, 1)),
        (HEAD + "results: {1.1: {status: done, x: y}}\n", ("S202", "results.1.1.x", 4, 31)),
        # a missing one: at the name of the group it is missing in, at the top 1:1
        ("year: 2026\nperiod: h1\n", ("S201", "unit", 1, 1)),
        (HEAD + "results:\n  1.1:\n    summary: x\n", ("S201", "results.1.1.status", 5, 3)),
        (HEAD + "returned: {date: 1/6/2026}\n", ("S201", "returned.reason", 4, 1)),
        (HEAD + "awards:\n  - {kind: collective, name: A}\n", ("S201", "awards.1.form", 5, 5)),
        # a value of another kind: at the value
        (HEAD + "leadership: [a]\n", ("S203", "leadership", 4, 13)),
        (HEAD + "leadership: 5\n", ("S203", "leadership", 4, 13)),
        (HEAD + "strengths: a\n", ("S203", "strengths", 4, 12)),
        (HEAD + "strengths:\n  - a\n  - b: c\n", ("S203", "strengths.2", 6, 5)),
        (HEAD + "results: a\n", ("S203", "results", 4, 10)),
        (HEAD + "results:\n  1.1: đã làm\n", ("S203", "results.1.1", 5, 8)),
        (HEAD + "indicators: {hoi-nghi: ba}\n", ("S203", "indicators.hoi-nghi", 4, 24)),
        (HEAD + "indicators: {hoi-nghi: [1]}\n", ("S203", "indicators.hoi-nghi", 4, 24)),
        ("unit: [a]\nyear: 2026\nperiod: h1\n", ("S203", "unit", 1, 7)),
        ("unit: ' '\nyear: 2026\nperiod: h1\n", ("S203", "unit", 1, 7)),
        ("unit: a\nyear: '2026'\nperiod: h1\n", ("S203", "year", 2, 7)),
        # a value that is not among the possible ones
        (HEAD + "results:\n  1.1: {status: xong}\n", ("S204", "results.1.1.status", 5, 17)),
        (HEAD + "results:\n  1.1: {status: [done]}\n", ("S204", "results.1.1.status", 5, 17)),
        # a day
        (HEAD + "submitted: 31/6/2026\n", ("S205", "submitted", 4, 12)),
        (HEAD + "submitted: hôm qua\n", ("S205", "submitted", 4, 12)),
        (HEAD + "submitted: 2026\n", ("S205", "submitted", 4, 12)),
        (HEAD + "returned: {date: 29/5/26, reason: x}\n", ("S205", "returned.date", 4, 18)),
        # nothing where something must be
        (HEAD + "signatory: {position: ' '}\n", ("S208", "signatory.position", 4, 23)),
        (HEAD + "strengths:\n  - a\n  -\n", ("S208", "strengths.2", 6, 4)),
        (HEAD + "strengths: ['']\n", ("S208", "strengths.1", 4, 13)),
        (
            HEAD + "results: {1.1: {status: done, evidence: [a, ' ']}}\n",
            ("S208", "results.1.1.evidence.2", 4, 45),
        ),
        (HEAD + "models: [null]\n", ("S208", "models.1", 4, 10)),
    ],
)  # fmt: skip
def test_a_misfit_is_told_with_its_path_and_place(text, expected):
    assert type_errors(text) == [expected]


PLAN = """\
version: 1
title: Kế hoạch
year: 2026
organization: {name: A, letterhead: [A], symbol: A, place: A}
signatories: {default: {position: A}}
coordinator: a
sections: [{id: 1, title: A, tasks: [{id: 1.1, text: A}]}]
units: [{id: a, name: A}]
periods:
  h1:
    name: A
    next_name: A
    subject: A
    data: {from: 1/1/2026, to: 2/1/2026}
    unit_deadline: {before: 1/6/2026}
    office_deadline: {before: 2/6/2026}
    addressees: [A]
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("year: 2026", "year: 226"), ("S207", "year", 3, 7)),
        (("version: 1", "version: true"), ("S204", "version", 1, 10)),
        (("coordinator: a", "coordinator: A"), ("S206", "coordinator", 6, 14)),
        (("coordinator: a", "coordinator: " + "a" * 41), ("S206", "coordinator", 6, 14)),
        (("coordinator: a", 'coordinator: "a\\n"'), ("S206", "coordinator", 6, 14)),
        (("{id: a, name: A}", "{id: a/b, name: A}"), ("S206", "units.1.id", 8, 14)),
        (("{id: a, name: A}", "{id: a, name: A, from: x}"), ("S205", "units.1.from", 8, 32)),
        (("{id: a, name: A}", "{id: a, name: A, from_: x}"), ("S202", "units.1.from_", 8, 26)),
        (("  h1:", "  H 1:"), ("S206", "periods.H 1", 10, 3)),
        (("units: [{id: a, name: A}]", "units: []"), ("S203", "units", 8, 8)),
        (("[A], symbol", "[], symbol"), ("S203", "organization.letterhead", 4, 37)),
        (("[A], symbol", "[A, A, A, A, A], symbol"), ("S203", "organization.letterhead", 4, 37)),
        (("id: 1,", "id: ['1'],"), ("S203", "sections.1.id", 7, 17)),
    ],
)  # fmt: skip
def test_a_misfit_of_the_plan_is_told_with_its_path_and_place(change, expected):
    assert type_errors(PLAN, Plan) == []
    assert type_errors(PLAN.replace(*change, 1), Plan) == [expected]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("dificulties: [a]", "ý bạn là “difficulties”?"),
        ("results: {1.1: {status: doen}}", "ý bạn là “done”?"),
        ("results: {1.1: {status: Hoàn thành}}", "ý bạn là “done”?"),
        ("results: {1.1: {status: tốt}}", "in_progress (đang thực hiện)"),
        ("indicators: {a: 1.234}", "viết liền: 1234"),
        ("indicators: {a: 1 234 567}", "viết liền: 1234567"),
        ("indicators: {a: '1234567890123456'}", "15 chữ số"),
        ("indicators: {a: 12 cuộc}", "chỉ ghi chữ số"),
        ("indicators: {a: yes}", "ghi có hoặc không"),
        ("indicators: {a: đã làm}", "; chỉ tiêu có hay không thì ghi có hoặc không"),
        ("indicators: {a: '97,505'}", "nhiều nhất hai chữ số"),
        ("indicators: {a: '1.234,5'}", "viết liền, trong dấu nháy: '1234,5'"),
        ("indicators: {a: '1,234.5'}", "dấu phẩy trước phần thập phân"),
        ("indicators: {a: {figure: 64, estimate: true}}", "ý bạn là “estimated”?"),
        ("indicators: {a: [64]}", "chỉ ghi chữ số"),
        ("indicators: {a: 12345678901234567890}", "15 chữ số"),
        ("leadership: 2026", 'đặt trong dấu ngoặc kép: "2026"'),
        ("leadership: true", 'đặt trong dấu ngoặc kép: "true"'),
        ("leadership: [a, b]", "mỗi đoạn một dòng"),
        ("strengths: [Kết quả: tốt]", "dấu hai chấm"),
        ("strengths: – a", "bắt đầu bằng “- ”"),
        ("signatory: Nguyễn Văn A", "authority, position, name"),
        ("indicators: a", "“tên: giá trị”"),
        ("models: [{name: a, field: kinh tế, status: registered, replicate: có}]", "true (có)"),
    ],
)
def test_a_misfit_is_told_with_what_to_do(text, hint):
    assert hint in misfit(f"{HEAD}{text}\n").hint


def test_a_figure_from_a_register_is_told_how_it_is_written():
    _, found = conversion.convert({"indicators": [{"from": {"register": "tiep-dan"}}]}, Plan)
    (day,) = (each for each in found if each.code == "S205")
    assert "computed: {register: …}" in (day.hint or "")


def test_a_year_is_written_without_quotes():
    assert misfit("unit: a\nyear: '2026'\nperiod: h1\n").hint == "viết không có dấu ngoặc: 2026"


def test_all_misfits_of_a_file_are_told_at_once():
    text = (
        "year: hai\nperiod: h1\nsubmitted: 31/2/2026\nresults:\n  1.1: {status: x, y: 1}\n"
        "models: [{name: ''}]\nstrengths: a\n"
    )
    assert [code for code, *_ in type_errors(text)] == [
        "S203", "S205", "S204", "S202", "S208", "S201", "S201", "S203", "S201",
    ]  # fmt: skip


def test_what_was_refused_while_reading_is_not_told_again():
    value, found = conversion.convert(
        yaml_reading.read(f"{HEAD}leadership: !a b\n".encode()).data, UnitReport
    )
    assert (value, found) == (None, [])


def test_of_very_many_misfits_only_so_many_are_told():
    lines = "".join(f"x{number}: 1\n" for number in range(MAX_PROBLEMS * 3))
    _, found = conversion.convert(yaml_reading.read((HEAD + lines).encode()).data, UnitReport)
    assert len(found) == MAX_PROBLEMS + 1


def test_long_words_are_cut_in_messages():
    for text in (f"submitted: {'x' * 900}", f"{'x' * 900}: 1", f"results: {{1.1: {'x' * 900}}}"):
        assert len(misfit(f"{HEAD}{text}\n").message) < 100


def fitting(text: str):
    return conversion.convert_valid_parts(yaml_reading.read(text.encode()).data, UnitReport)


def test_what_fits_is_kept_when_something_does_not():
    value, removed = fitting(
        HEAD + "submitted: 31/6/2026\nreceived: 1/6/2026\nextra: 1\n"
        "results:\n  1.1: {status: xong}\n  1.2: {status: done, summary: [x]}\n  1.3: x\n"
        "models:\n  - {name: A, field: kinh tế, status: registered}\n  - {name: B}\n"
        "leadership: !t x\n"
    )
    assert value.received == date(2026, 6, 1)
    assert value.submitted is None
    assert list(value.results) == ["1.2"]
    assert value.results["1.2"].status == "done"
    assert value.models == []
    assert set(removed) == {
        ("submitted",),
        ("extra",),
        ("results", "1.1", "status"),
        ("results", "1.1"),
        ("results", "1.2", "summary"),
        ("results", "1.3"),
        ("models",),
        ("leadership",),
    }


def test_nothing_is_kept_when_what_must_be_there_does_not_fit():
    assert fitting("unit: a\nyear: hai\nperiod: h1\n")[0] is None
    assert fitting("unit: !a b\nyear: 2026\nperiod: h1\n")[0] is None
    assert fitting("- a\n")[0] is None
    assert fitting("a: b: c\n")[0] is None


NOT_WORDS = ("models", "awards")
TYPES = (UnitReport, Plan, OfficeReport)
NAMES = sorted({name for type_ in TYPES for name in type_.__struct_encode_fields__} | {"h1", "1.1"})
DATA = st.recursive(
    st.sampled_from(["a", "", "29/5/2026", "done", "h1"]) | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner | st.none(), max_size=3)
        | st.dictionaries(st.sampled_from([*NAMES, "status", "id", "name", "x"]), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(st.sampled_from(TYPES), DATA)
def test_data_either_fits_or_is_told_why_not(type_, data):
    value, found = conversion.convert(data, type_)
    assert (value is None) == bool(found)


@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(NAMES), DATA))
def test_what_fits_of_a_file_never_takes_more_than_was_left_out(type_, data):
    value, removed = conversion.convert_valid_parts(data, type_)
    if value is not None and not removed:
        assert value == conversion.convert(data, type_)[0]


def test_a_near_name_is_offered_and_a_far_one_is_not():
    assert did_you_mean("noi-chin", ["noi-chinh", "kinh-te"]) == "ý bạn là “noi-chinh”?"
    assert did_you_mean("zzz", ["noi-chinh", "kinh-te"]) is None


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("hanh-chinh", "ý bạn là “hanh-chinh-to-chuc”?"),
        ("noi-chinh-", "ý bạn là “noi-chinh”?"),
        ("ban-", "ý bạn là “ban-tiep-dan” hay “ban-bien-tap”?"),
        ("h", None),
        ("2.2", None),
    ],
)
def test_a_beginning_is_taken_for_the_names_that_begin_so(written, hint):
    known = ["noi-chinh", "hanh-chinh-to-chuc", "ban-tiep-dan", "ban-bien-tap", "8.2"]
    assert did_you_mean(written, known) == hint


@pytest.mark.parametrize(
    ("task", "hint"),
    [
        ("2.2", "các nhiệm vụ của mục 2: 2.1, 2.3"),
        ("2.10", "các nhiệm vụ của mục 2: 2.1, 2.3"),
        ("2,3", "ý bạn là “2.3”?"),
        ("9.2", None),
        ("2", None),
        ("tuyen-truyn", "ý bạn là “tuyen-truyen”?"),
    ],
)
def test_for_an_unknown_task_those_of_its_section_are_named(task, hint):
    known = {"2.1": 1, "2.3": 1, "8.2": 1, "tuyen-truyen": 1}
    assert did_you_mean_task(task, known) == hint


@pytest.mark.parametrize(
    ("type_", "required"),
    [(UnitReport, {"unit": "a", "year": 2026, "period": "h1"}), (OfficeReport, {})],
)
def test_no_list_of_words_has_a_blank_item(type_, required):
    lists = {
        field.name: ["Lời.", "\n"]
        for field in msgspec.structs.fields(type_)
        if field.default_factory is list and field.name not in NOT_WORDS
    }
    assert len(lists) > 6
    _, found = conversion.convert({**required, **lists}, type_)
    assert {(each.code, each.dotted_path) for each in found} == {
        ("S208", f"{name}.2") for name in lists
    }


@pytest.mark.parametrize(
    "name", ["recipients", "legal_bases", "objectives", "requirements", "implementation"]
)
def test_no_list_of_the_plans_words_has_a_blank_item(name):
    assert type_errors(f"{PLAN}{name}: ['']\n", Plan)[0][:2] == ("S208", f"{name}.1")
