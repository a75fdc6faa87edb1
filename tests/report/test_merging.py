"""Units' texts as sentences: equal ones once, all others kept, and which of them are printed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PLAN, plan_from, report_from
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Unit
from danvan_cli.report.combined_report import Point, PointGroup
from danvan_cli.report.merging import UnitText, limited_points, merge, task_points
from danvan_cli.report.sentences import key, sentences_of

UNITS = {letter: Unit(id=letter, name=f"Phòng {letter.upper()}") for letter in "abc"}


@pytest.mark.parametrize(
    "text",
    [
        "Họp tại TP. Đông Hà.",
        "Mời Ths. Nguyễn Văn A, PGS.TS. Trần B dự",
        "Tiếp nhận 1.234 hồ sơ, đạt 99,7%.",
        "Từ ngày 01.6.2026 đến nay.",
        "Cấp bàn, ghế, v.v. cho nơi tiếp dân.",
        "1. Mục đích.",
        "1.2. Yêu cầu chung",
        "IV. Kết quả",
        "UBND P. Bến Nghé họp.",
        "KT. CHÁNH VĂN PHÒNG ký.",
        "Đ/c. Bí thư chi bộ dự.",
    ],
)
def test_a_full_stop_that_ends_no_sentence_divides_nothing(text: str) -> None:
    assert list(sentences_of(text)) == [text]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Thực hiện Chỉ thị số 05/CT-TTg. Đã phổ biến.",
            ["Thực hiện Chỉ thị số 05/CT-TTg.", "Đã phổ biến."],
        ),
        ("Xong trong quý I. Sao gửi văn bản.", ["Xong trong quý I.", "Sao gửi văn bản."]),
        ("Đạt 95%. 02 đơn vị chậm.", ["Đạt 95%.", "02 đơn vị chậm."]),
        ("Cấp bàn, ghế, v.v. Sau đó họp.", ["Cấp bàn, ghế, v.v.", "Sau đó họp."]),
        ("Theo Điều 5. Luật nêu rõ.", ["Theo Điều 5.", "Luật nêu rõ."]),
        ("1. Mục đích. 2. Yêu cầu.", ["1. Mục đích.", "2. Yêu cầu."]),
        ("“Trọng dân.” “Gần dân.” Xong!", ["“Trọng dân.”", "“Gần dân.”", "Xong!"]),
        ("Xong… Tiếp theo là gì? Họp.", ["Xong…", "Tiếp theo là gì?", "Họp."]),
        ("Họp (tại TP. Huế). - Gạch đầu dòng.", ["Họp (tại TP. Huế).", "- Gạch đầu dòng."]),
    ],
)
def test_a_text_is_divided_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert list(sentences_of(text)) == sentences


@given(st.text("aAĐ1 .…!?”(-TP/%", max_size=60))
def test_no_character_is_lost_between_sentences(text: str) -> None:
    sentences = list(sentences_of(text))
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() != "" for sentence in sentences)


def said(*texts: tuple[str, str]) -> list[UnitText]:
    return [UnitText(UNITS[unit], text) for unit, text in texts]


def plain(points: list[Point]) -> list[tuple[str, list[str]]]:
    return [(point.text, [unit.id for unit in point.units]) for point in points]


def test_a_sentence_that_three_units_say_stands_once_and_what_they_add_stays() -> None:
    points = merge(
        said(
            ("a", "Chấp hành nghiêm giờ giấc. Phòng A trực trưa."),
            ("b", "Chấp hành nghiêm  giờ giấc. Phòng B trực tối"),
            ("c", "chấp hành nghiêm giờ giấc"),
        )
    )
    assert plain(points) == [
        ("Chấp hành nghiêm giờ giấc. Phòng A trực trưa.", ["a", "b", "c"]),
        ("Phòng B trực tối", ["b"]),
    ]
    assert [[unit.id for unit in part.units] for part in points[0].sentences] == [
        ["a", "b", "c"],
        ["a"],
    ]


def test_lines_of_a_text_stay_lines() -> None:
    points = merge(said(("a", "Một. Hai.\nBa.\n\nBốn."), ("b", "Hai.\nBa. Năm.\nSáu.")))
    assert [point.text for point in points] == ["Một. Hai.\nBa.\nBốn.", "Năm.\nSáu."]


SENTENCE = st.sampled_from(["Một.", "một", "Hai  ba.", "Hai ba;", "Bốn!", "TP. Huế.", "05/CT-TTg."])
TEXT = st.lists(st.tuples(SENTENCE, st.sampled_from([" ", "\n"]))).map(
    lambda parts: "".join(map("".join, parts))
)


def keys(text: str) -> list[str]:
    return [key(part) for line in text.split("\n") for part in sentences_of(line)]


@given(st.lists(st.tuples(st.sampled_from("abc"), TEXT), max_size=6))
def test_merging_loses_no_sentence_repeats_none_and_keeps_their_order(
    texts: list[tuple[str, str]],
) -> None:
    points = merge(said(*texts))
    printed = [part for point in points for part in point.sentences]
    order = list(dict.fromkeys(one for _, text in texts for one in keys(text)))
    assert [key(part.text) for part in printed] == order
    assert [one for point in points for one in keys(point.text)] == order
    for part in printed:
        saying = [unit for unit, text in texts if key(part.text) in keys(text)]
        assert [unit.id for unit in part.units] == list(dict.fromkeys(saying))


def of_meetings(office: OfficeReport, most: int | None, **summaries: str) -> PointGroup:
    plan = plan_from(PLAN + f"document: {{most_points: {most or 'null'}}}\n")
    reports = {
        unit.replace("_", "-"): report_from(
            unit.replace("_", "-"), f"results: {{'1.1': {{status: done, {summary}}}}}\n"
        )
        for unit, summary in summaries.items()
    }
    return task_points(plan, plan.sections[0].tasks[0], reports, office)


def texts(points: list[Point]) -> list[str]:
    return [point.text for point in points]


THREE = {
    "tong_hop": "summary: Họp. Ghi.",
    "tiep_dan": "summary: Tiếp. Họp.",
    "tin_hoc": "summary: In., highlight: true",
}


def test_beyond_the_most_points_those_proposed_come_first_and_the_rest_waits_for_a_choice() -> None:
    group = of_meetings(OfficeReport(), 2, **THREE)
    assert texts(group.points) == ["In.", "Họp. Ghi."]
    assert texts(group.left_out) == ["Tiếp."]
    assert group.needs_choice


def test_without_a_limit_all_points_are_printed() -> None:
    group = of_meetings(OfficeReport(), None, **THREE)
    assert texts(group.points) == ["In.", "Họp. Ghi.", "Tiếp."]
    assert not group.needs_choice


def test_only_the_chosen_units_points_are_printed_whole_and_in_the_order_of_the_choice() -> None:
    office = OfficeReport(highlights={"1.1": ["tiep-dan", "tong-hop", "tiep-dan"]})
    group = of_meetings(office, 1, **THREE)
    assert texts(group.points) == ["Tiếp. Họp.", "Ghi."]
    assert texts(group.left_out) == ["In."]
    assert not group.needs_choice


def test_an_empty_choice_prints_none() -> None:
    group = of_meetings(OfficeReport(highlights={"1.1": []}), 8, **THREE)
    assert (texts(group.points), len(group.left_out)) == ([], 3)


@given(st.lists(st.tuples(st.sampled_from("abc"), TEXT), max_size=6), st.none() | st.integers(1, 4))
def test_what_is_printed_and_left_out_is_together_all_that_was_said(
    texts: list[tuple[str, str]], most: int | None
) -> None:
    group = limited_points(said(*texts), most)
    both = [*group.points, *group.left_out]
    assert Counter(one for point in both for one in keys(point.text)) == Counter(
        {one: 1 for _, text in texts for one in keys(text)}
    )
    assert most is None or len(group.points) <= most
