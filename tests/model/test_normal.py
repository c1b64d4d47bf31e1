"""The normal law, in both tails, and the rating that is expected."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.model.normal import cdf, expected_rating, interval_probability


@given(st.floats(-8, 8))
def test_cdf_is_that_of_the_standard_library(x):
    """Phi agrees with an independent one."""
    assert cdf(x) == pytest.approx(NormalDist().cdf(x), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(("a", "b"), [(8, 9), (-9, -8), (-1, 2), (20, 21), (-math.inf, 0), (0, math.inf)])
def test_the_chance_of_an_interval_keeps_its_digits(a, b):
    """Equal to a difference of complementary error functions on the side of the smaller tail."""
    low, high = (a, b) if a > 0 else (-b, -a)
    expected = 0.5 * (math.erfc(low / math.sqrt(2)) - math.erfc(high / math.sqrt(2)))
    assert interval_probability(a, b) == pytest.approx(expected, rel=1e-12)


def test_a_rating_is_expected_as_it_is_made():
    """Rounding a million feelings and cutting them at 0 and 10 gives the same mean."""
    rng = np.random.default_rng(4)
    for mean, sd in ((0.3, 1.0), (5.0, 2.0), (9.7, 0.6)):
        y = np.clip(np.round(mean + sd * rng.standard_normal(1_000_000)), 0, 10)
        assert abs(expected_rating(mean, sd) - y.mean()) < 5 * y.std() / 1000


@given(st.floats(-5, 15), st.floats(0.01, 3), st.floats(0.1, 3))
def test_more_pain_is_never_rated_lower(mean, more, sd):
    """The expected rating rises with pain and stays on the scale."""
    low, high = expected_rating(mean, sd), expected_rating(mean + more, sd)
    assert 0.0 <= low <= high + 1e-12
    assert high <= 10.0
