"""Dates and numbers as the decree writes them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli import vietnamese


@pytest.mark.parametrize("text", ["29/5/2026", "29/05/2026", "2026-05-29", "2026-5-29"])
def test_a_day_is_read_as_people_here_and_as_iso_write_it(text: str) -> None:
    assert vietnamese.parse_day(text) == date(2026, 5, 29)


@pytest.mark.parametrize("text", ["31/6/2026", "2026-02-30", "2026-13-01", "0/1/2026"])
def test_a_day_that_no_calendar_has_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=f"không có ngày {text} trong lịch"):
        vietnamese.parse_day(text)


def test_a_year_that_is_a_slip_of_the_finger_is_refused() -> None:
    with pytest.raises(ValueError, match="năm 226"):
        vietnamese.parse_day("29/5/0226")


@pytest.mark.parametrize("text", ["", "29-5-2026", "5/2026", "29/5/26", "hôm nay", "29/5/2026x"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="29/5/2026"):
        vietnamese.parse_day(text)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_comes_back_from_both_ways_of_writing_it(day: date) -> None:
    assert vietnamese.parse_day(f"{day.day}/{day.month}/{day.year:04}") == day
    assert vietnamese.parse_day(day.isoformat()) == day


def test_days_under_ten_and_months_one_and_two_take_a_zero() -> None:
    assert vietnamese.long_day(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert vietnamese.long_day(date(2026, 6, 5)) == "ngày 05 tháng 6 năm 2026"
    assert vietnamese.short_day(date(2026, 11, 12)) == "12/11/2026"
    assert vietnamese.short_day_of_year(date(2026, 1, 2)) == "02/01"


def test_numbers_and_rates_use_points_and_a_comma() -> None:
    assert vietnamese.number(1234567) == "1.234.567"
    assert vietnamese.percent(39, 40) == "97,5%"
    assert vietnamese.percent(1, 1) == "100%"
    assert vietnamese.percent(1, 2000) == "0,1%"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1234.5", "1.234,5"),
        ("1234567.05", "1.234.567,05"),
        ("12.50", "12,5"),
        ("-0.5", "-0,5"),
        ("1200.00", "1.200"),
    ],
)
def test_decimals_stand_behind_a_comma_without_zeros_at_their_end(value: str, written: str) -> None:
    assert vietnamese.number(Decimal(value)) == written


def test_a_rate_of_decimals_is_rounded_half_up() -> None:
    assert vietnamese.percent(Decimal("0.5"), Decimal("8")) == "6,3%"
    assert vietnamese.change(Decimal("97.5"), 100) == "-2,5%"
    assert vietnamese.number_in_text(Decimal("2.5")) == "2,5"


def test_a_change_carries_its_sign() -> None:
    assert vietnamese.change(9, 8) == "+12,5%"
    assert vietnamese.change(11, 12) == "-8,3%"
    assert vietnamese.change(107, 100) == "+7,0%"
    assert vietnamese.change(23, 25) == "-8,0%"
    assert vietnamese.change(5, 5) == "0%"


def test_running_text_has_a_zero_before_a_number_under_ten() -> None:
    assert [vietnamese.number_in_text(n) for n in (0, 5, 10, 1234)] == ["0", "05", "10", "1.234"]


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_within_half_a_tenth_of_the_quotient(part: int, whole: int) -> None:
    shown = vietnamese.percent(part, whole).rstrip("%").replace(".", "").replace(",", ".")
    assert abs(float(shown) - part * 100 / whole) <= 0.05 + 1e-6


def test_roman_numerals_go_as_far_as_a_document_does() -> None:
    assert [vietnamese.roman(n) for n in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
    with pytest.raises(ValueError, match="40"):
        vietnamese.roman(40)


def test_an_enumeration_ends_with_va() -> None:
    assert vietnamese.enumeration([]) == ""
    assert vietnamese.enumeration(["A"]) == "A"
    assert vietnamese.enumeration(["A", "B", "C"]) == "A, B và C"
