"""What people type and paste into a form's boxes becomes values, or stays as they wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PLAN, plan_from
from danvan_cli.files import yaml_reading
from danvan_cli.files.yaml_writing import fields_text
from danvan_cli.forms import boxes, values
from danvan_cli.forms import filled as filled_form
from danvan_cli.forms.boxes import PROMPTS, Box
from danvan_cli.model.plan import units_by_id

PLAN_OF_TESTS = plan_from(PLAN)
UNIT = units_by_id(PLAN_OF_TESTS)["tiep-dan"]

SIGNS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("aê\u0302\u0301 \t\n\r\x0b\u2028\x85\u00ad\u200b\u200d\ufe0f👩💻\ufeff"),
    )
)


@given(SIGNS)
def test_clean_text_stays_as_it_is(text):
    once = values.clean(text)
    assert values.clean(once) == once


@given(SIGNS)
def test_clean_text_can_stand_in_a_report(text):
    clean = values.clean(text)
    read = yaml_reading.read(fields_text({"leadership": clean}).encode())
    assert read.data == {"leadership": clean}
    assert not {each.code for each in read.problems} & {"F112", "F114"}


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("Tổ chức 3 hội nghị", "Tổ chức 3 hội nghị"),
        ("Bổ sung".replace("ổ", "o\u0302\u0309"), "Bổ sung"),
        ("một\x0bhai\r\nba\u2028bốn\x85năm", "một\nhai\nba\nbốn\nnăm"),
        ("một\thai\n\tĐoạn lùi vào", "một hai\nĐoạn lùi vào"),
        ("\n\n  Giữ chỗ lùi vào  \n\nhai \n", "  Giữ chỗ lùi vào\n\nhai"),
        ("\ufefftừ\u200b được\u00ad ngắt", "từ được ngắt"),
        ("“Dân vận khéo” – ‘tốt’", "“Dân vận khéo” – ‘tốt’"),
        ("- gạch đầu dòng", "- gạch đầu dòng"),
        ("ngày\u00a015/3/2026 theo 450/KH\u2011UBND", "ngày 15/3/2026 theo 450/KH-UBND"),
        ("👩\u200d💻 và chữ\u200dliền", "👩\u200d💻 và chữliền"),
    ],
)
def test_pasted_text_is_cleaned(pasted, clean):
    assert values.clean(pasted) == clean


STATUS = Box((), "", "", "choice", {"done": "hoàn thành", "ongoing": "thực hiện “thường xuyên”"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hoàn thành", "done"),
        (" Hoàn  thành. ", "done"),
        ('Thực hiện "thường xuyên"', "ongoing"),
        ("ongoing", "ongoing"),
        ("đã xong", "done"),
        ("gần xong", "gần xong"),
        ("Chọn", ""),
        ("", ""),
    ],
)
def test_a_choice_is_known_by_its_words(text, value):
    own = {"Đã xong": "done", "gần xong": "no longer there"}
    assert values.value(STATUS, text, own) == value


@pytest.mark.parametrize(
    "text",
    [
        "29/5/2026",
        "29/05/2026",
        "29-5-2026",
        "29.5.2026.",
        "29 / 5 / 2026",
        "Ngày 29 tháng 5 năm 2026",
        "ngày 29 tháng 05, năm 2026",
        "2026-05-29",
    ],
)
def test_a_day_is_read_as_people_write_days(text):
    assert values.value(Box((), "", "", "day"), text) == "29/5/2026"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Friday, May 29, 2026", "29/5/2026"),
        ("cuối tháng 5", "cuối tháng 5"),
        ("30/5/2026", "30/5/2026"),
        ("31/6/2026", "31/6/2026"),
        ("Chọn ngày", ""),
    ],
)
def test_the_day_of_the_date_picker_counts_only_if_the_text_says_the_same(text, value):
    day = "2026-05-29T00:00:00Z"
    assert values.value(Box((), "", "", "day"), text, day=day) == value


@pytest.mark.parametrize("kind", ["prose", "items", "line", "number"])
def test_what_was_written_beside_a_prompt_that_became_text_is_kept(kind):
    box = Box((), "", "", kind)
    assert values.value(box, PROMPTS[kind]) == ""
    assert values.value(box, f"{PROMPTS[kind]} 41") == "41"
    assert values.value(box, f"{PROMPTS[kind]}41") == "41"
    assert values.value(box, f"41\n{PROMPTS[kind]}") == "41"
    assert values.value(box, f"41{PROMPTS[kind]}") == "41"
    assert values.value(box, f"41{PROMPTS[kind]}") == "41"
    assert values.value(box, f"{PROMPTS[kind][:3]}41{PROMPTS[kind][3:]}") == "41"


def test_words_for_one_line_come_in_one_line():
    assert values.value(Box((), "", "", "line"), "Nguyễn Văn\n A ") == "Nguyễn Văn A"
    assert values.value(Box((), "", "", "items"), "Một\n- Hai") == "Một\n- Hai"


TAGS = ["results.1.1.summary", "results.1.2.summary", "models.1.name", "models.2.name", "strengths"]
KNOWN = {box.tag: box for box in boxes.boxes(PLAN_OF_TESTS, UNIT)}
PLACES = st.lists(
    st.builds(
        filled_form.FormField,
        text=st.integers(1, 10**6).map(lambda number: f"nội dung {number}"),
        tag=st.sampled_from([*TAGS, "results.9.9.summary", ""]),
        bookmarks=st.sampled_from([*TAGS, None]).map(
            lambda tag: (KNOWN[tag].bookmark,) if tag else ("dv_cu_12345678",)
        ),
        title=st.sampled_from([*(KNOWN[tag].in_words for tag in TAGS), ""]),
    ),
    max_size=12,
)


@given(PLACES)
def test_no_text_in_a_form_is_lost_wherever_its_boxes_were_copied(places):
    filled = filled_form.filled(places, PLAN_OF_TESTS, UNIT)
    held = [text for _, text in filled.values]
    told = " ".join(problem.message for problem in filled.problems)
    for place in places:
        assert place.text in held or f"“{place.text}”" in told
