"""The sentence that tells a section's figures."""

import pytest

from danvan_cli.model.plan import Indicator
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.report.figures_in_words import figures_sentence, foreign_numbers, opening

H1 = opening("6 tháng đầu năm", 2026, "Văn phòng UBND tỉnh")


def total(
    figure: int | None,
    name: str = "Hội nghị",
    measure: str = "cuộc",
    *,
    id: str = "a",
    task: str = "1.1",
    part_of: str | None = None,
    phrase: str | None = None,
    none: str | None = None,
    previous: int | None = None,
    whole: int | None = None,
    missing: tuple[str, ...] = (),
) -> IndicatorTotal:
    indicator = Indicator(
        id=id, name=name, measure=measure, task=task, part_of=part_of, phrase=phrase, none=none
    )
    return IndicatorTotal(
        number=1,
        indicator=indicator,
        total=figure,
        previous=previous,
        whole=whole,
        missing=list(missing),
    )


def said(*totals: IndicatorTotal) -> str:
    sentence = figures_sentence(totals, H1)
    assert sentence
    return sentence.removeprefix("Trong 6 tháng đầu năm 2026, Văn phòng ")


@pytest.mark.parametrize(
    ("name", "measure", "words"),
    [
        ("Cuộc kiểm tra, giám sát", "cuộc", "có 18 cuộc kiểm tra, giám sát."),
        ("Hội nghị, tập huấn", "cuộc", "có 18 cuộc hội nghị, tập huấn."),
        ("Hội nghị, tập huấn", "hội nghị", "có 18 hội nghị, tập huấn."),
        ("Người tham dự", "lượt người", "có 18 lượt người tham dự."),
        ("Số lượt người tham dự", "lượt người", "có 18 lượt người tham dự."),
        ("Cá nhân được khen thưởng", "người", "có 18 cá nhân được khen thưởng."),
        ("Hồ sơ TTHC", "hồ sơ", "có 18 hồ sơ TTHC."),
    ],
)
def test_without_a_phrase_no_noun_is_said_twice(name: str, measure: str, words: str) -> None:
    assert said(total(18, name, measure)) == words


def test_phrases_with_a_verb_and_phrases_of_a_number_make_one_sentence() -> None:
    meetings = total(29, phrase="tổ chức {n} cuộc hội nghị", previous=27)
    people = total(5, id="b", phrase="{n} lượt người tham dự", previous=6)
    papers = total(7, id="c", task="1.2", phrase="phát hành {n} tài liệu", previous=7)
    punished = total(0, id="d", task="1.3", none="không có trường hợp vi phạm phải xử lý")
    assert said(meetings, people, papers, punished) == (
        "đã tổ chức 29 cuộc hội nghị (tăng 7,4% so với cùng kỳ năm 2025), có 05 lượt người tham "
        "dự (giảm 16,7%); phát hành 07 tài liệu (bằng cùng kỳ); không có trường hợp vi phạm phải "
        "xử lý."
    )
    assert said(punished, papers) == (
        "không có trường hợp vi phạm phải xử lý; đã phát hành 07 tài liệu (bằng cùng kỳ năm 2025)."
    )


def test_a_part_follows_its_whole_with_the_rate() -> None:
    letters = total(286, id="don", phrase="tiếp nhận {n} đơn", previous=274)
    settled = total(268, id="xong", part_of="don", phrase="xử lý {n} đơn", whole=286, previous=1)
    late = total(3, "Đơn quá hạn", "đơn", id="han", part_of="don")
    assert said(letters, settled) == (
        "đã tiếp nhận 286 đơn (tăng 4,4% so với cùng kỳ năm 2025), trong đó đã xử lý 268 đơn, "
        "đạt 93,7%."
    )
    assert said(letters, settled, late).endswith("xử lý 268 đơn, đạt 93,7% và có 03 đơn quá hạn.")
    assert said(settled) == "đã xử lý 268 đơn."


def test_a_part_of_a_part_is_not_lost() -> None:
    whole, part = total(9, id="a", name="Đơn", measure="đơn"), total(5, "Khiếu nại", id="b")
    part = total(5, "Khiếu nại", "đơn", id="b", part_of="a")
    least = total(2, "Tố cáo", "đơn", id="c", part_of="b")
    assert "có 02 đơn tố cáo" in said(whole, part, least)


def test_a_figure_not_given_by_all_units_is_not_compared() -> None:
    assert said(total(29, previous=27, missing=("kinh-te",))) == "có 29 cuộc hội nghị."


@pytest.mark.parametrize(
    ("period", "body", "words"),
    [
        ("năm", "Sở Nội vụ", "Trong năm 2026, Sở "),
        ("quý I", "UBND xã An Lộc", "Trong quý I năm 2026, UBND xã "),
        ("9 tháng", "Ủy ban nhân dân tỉnh Quảng Trị", "Trong 9 tháng năm 2026, Ủy ban nhân dân "),
        ("tháng 5 năm 2026", "Thanh tra tỉnh", "Trong tháng 5 năm 2026, Thanh tra tỉnh "),
    ],
)
def test_the_sentence_begins_with_the_period_and_the_body(
    period: str, body: str, words: str
) -> None:
    sentence = figures_sentence([total(5)], opening(period, 2026, body))
    assert sentence
    assert sentence.startswith(words)


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("đã tổ chức 29 cuộc (tăng 7,4% so với 27 cuộc cùng kỳ năm 2025, thêm 02 cuộc).", []),
        ("trong đó đã xử lý 1.268 đơn, đạt 98,8% của 1.284 đơn.", []),
        ("Trong 6 tháng đầu năm 2026, từ ngày 01/01/2026, theo Kế hoạch số 12/KH-VP.", []),
        ("Đến ngày 25 tháng 5, quý II và 3 tháng sau.", []),
        ("đã tổ chức 31 cuộc (tăng 7,5%).", ["31", "7,5"]),
        ("đã xử lý 1.269 đơn, đạt 98.8%.", ["1.269"]),
    ],
)
def test_numbers_that_are_none_of_the_sections_are_found(text: str, foreign: list[str]) -> None:
    meetings = total(29, previous=27)
    settled = total(1268, id="xong", part_of="don", whole=1284)
    assert foreign_numbers(text, [meetings, settled]) == foreign


def test_the_sentence_that_danvan_makes_has_no_foreign_number() -> None:
    totals = [total(7, previous=7), total(9, id="b", previous=8), total(0, id="c")]
    sentence = figures_sentence(totals, H1)
    assert sentence
    assert foreign_numbers(sentence, totals) == []
