"""Laws of what stands out: by median and spread, the same at every scale, never for little."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.rules.standing_out import is_multiple, spread, stands_out

FIGURES = st.integers(0, 10**6)
OTHERS = st.lists(FIGURES, min_size=4, max_size=12)
LEAST = st.integers(0, 1000)


@given(OTHERS, st.randoms())
def test_the_order_of_figures_and_one_of_any_size_leave_the_spread_within_them(figures, chance):
    shuffled = list(figures)
    chance.shuffle(shuffled)
    found = spread(figures)
    assert spread(shuffled) == found
    assert min(figures) <= found.median <= max(figures)
    assert found.deviation <= max(figures) - min(figures)
    with_odd = spread([*figures, 10**15])
    assert with_odd.median <= max(figures)


@given(FIGURES, OTHERS, LEAST)
def test_what_is_within_least_of_the_median_never_stands_out(figure, figures, least):
    among = spread(figures)
    if abs(figure - among.median) <= least:
        assert not stands_out(figure, among, least)


@given(FIGURES, OTHERS, LEAST, st.integers(0, 10**6))
def test_what_is_farther_off_on_the_same_side_stands_out_all_the_more(figure, figures, least, more):
    among = spread(figures)
    if figure > among.median and stands_out(figure, among, least):
        assert stands_out(figure + more, among, least)
    if figure < among.median and stands_out(figure, among, least):
        assert stands_out(max(0, figure - more), among, least)


@given(FIGURES, OTHERS, LEAST, st.sampled_from([2, 10, 1000, Decimal("0.5")]))
def test_another_measure_changes_nothing(figure, figures, least, times):
    scaled = spread([Decimal(each) * times for each in figures])
    assert stands_out(figure * times, scaled, least * times) == stands_out(
        figure, spread(figures), least
    )


@given(FIGURES, FIGURES, LEAST)
def test_among_equal_figures_it_goes_by_three_times_or_a_third(figure, other, least):
    assert stands_out(figure, spread([other] * 5), least) == is_multiple(figure, other, least)
    assert is_multiple(figure, other, least) == is_multiple(other, figure, least)


def test_a_thousandfold_stands_out_and_the_upper_end_of_a_skewed_group_does_not():
    group = [31, 46, 58, 58, 64, 64, 95, 96, 118, 142, 163, 286, 312]
    among = spread(group)
    assert not any(stands_out(figure, among, 20) for figure in group)
    assert stands_out(64_000, among, 20)
    assert stands_out(64_000, spread([*group, 64_000]), 20)
    assert stands_out(3_100, spread([310, 295, 330, 305]), 20)
    assert not stands_out(340, spread([310, 311, 312, 310]), 20)
