"""The chance of an F statistic, against tables and against what chance draws."""

import numpy as np
import pytest

from backstride.answer.f_distribution import chance_above


@pytest.mark.parametrize(
    ("f", "added", "spare"),
    [(5.3858, 6, 10), (3.8714, 6, 20), (2.9877, 6, 100), (10.0443, 1, 10), (4.5556, 5, 15), (6.9919, 3, 9)],
)
def test_the_points_of_the_tables_lie_at_one_in_a_hundred(f, added, spare):
    """Upper 1 % points as printed: odd and even degrees of freedom, few and many."""
    assert chance_above(f, added, spare) == pytest.approx(0.01, rel=1e-4)


@pytest.mark.parametrize(("added", "spare"), [(6, 10), (5, 11), (1, 7), (4, 101)])
def test_it_is_the_share_that_chance_draws(added, spare):
    """Of 200,000 ratios of chi-squares, at four heights."""
    rng = np.random.default_rng(1)
    drawn = rng.chisquare(added, 200_000) / added / (rng.chisquare(spare, 200_000) / spare)
    for f in (0.5, 1.5, 3.0, 5.0):
        assert chance_above(f, added, spare) == pytest.approx(np.mean(drawn > f), abs=0.005)


def test_no_difference_at_all_is_certain():
    """At 0, and below it by rounding."""
    assert chance_above(0.0, 6, 10) == chance_above(-1e-12, 6, 10) == 1.0
