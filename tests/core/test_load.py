"""Training load: each term against its closed form."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.core.load import (
    MEN,
    WOMEN,
    acute_to_chronic,
    banister_trimp,
    edwards_trimp,
    ewma,
    session_rpe,
)
from backstride.errors import BadValue


def test_session_rpe_is_exertion_times_minutes():
    """Half an hour at 5 is 150."""
    assert session_rpe(5, minutes=30) == 150


@pytest.mark.parametrize(
    ("weighting", "at_full"), [(MEN, 0.64 * math.exp(1.92)), (WOMEN, 0.86 * math.exp(1.67))]
)
def test_banisters_impulse_of_a_steady_hour_has_a_closed_form(weighting, at_full):
    """At half the reserve it is 60 x 0.5 x a e^(b/2); at the maximum 60 x a e^b."""
    half = banister_trimp([(3600, 120)], resting=50, maximal=190, weighting=weighting)
    assert half == pytest.approx(30 * weighting.factor * math.exp(weighting.exponent / 2))
    full = banister_trimp([(1800, 190), (1800, 250)], resting=50, maximal=190, weighting=weighting)
    assert full == pytest.approx(60 * at_full)


def test_a_rising_heart_rate_costs_what_the_integral_says():
    """r from 0 to 1 in an hour: 60 a (e^b (b - 1) + 1) / b^2, which fine pieces approach."""
    pieces = [(0.36, 50 + 140 * (i + 0.5) / 10_000) for i in range(10_000)]
    a, b = MEN.factor, MEN.exponent
    expected = 60 * a * (math.exp(b) * (b - 1) + 1) / b**2
    assert banister_trimp(pieces, resting=50, maximal=190, weighting=MEN) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("rate", "zone"),
    [(99, 0), (100, 1), (119, 1), (120, 2), (140, 3), (160, 4), (180, 5), (200, 5), (210, 5)],
)
def test_edwards_zones_begin_at_each_tenth(rate, zone):
    """Of a maximum of 200, ten minutes in each."""
    assert edwards_trimp([(600, rate)], maximal=200) == 10 * zone


def test_the_average_of_a_single_session_dies_out_by_powers():
    """E_d = (1 - lambda)^d after a load of 1, with lambda = 2 / (N + 1)."""
    averages = ewma([1.0] + [0.0] * 9, days=7)
    assert averages == pytest.approx([0.75**d for d in range(10)])


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40), st.integers(1, 60))
def test_the_average_is_the_weighted_sum_written_out(loads, days):
    """E_d = sum lambda (1 - lambda)^i L_(d-i) + (1 - lambda)^d L_0."""
    share = 2 / (days + 1)
    d = len(loads) - 1
    written_out = sum(share * (1 - share) ** i * loads[d - i] for i in range(d)) + (1 - share) ** d * loads[0]
    assert ewma(loads, days=days)[-1] == pytest.approx(written_out, abs=1e-9)


def test_a_missing_day_is_no_rest():
    """It is unknown itself and changes nothing afterwards."""
    averages = ewma([None, 4.0, None, None, 8.0], days=3)
    assert averages == (None, 4.0, None, None, 6.0)


def test_steady_running_has_a_ratio_of_one():
    """And rest alone has none."""
    assert acute_to_chronic([30.0] * 60) == pytest.approx([1.0] * 60)
    assert acute_to_chronic([0.0, None]) == (None, None)


def test_a_sudden_rise_lifts_the_ratio_as_the_formula_says():
    """From L to 2L in a day: (1 + 2/8) / (1 + 2/29)."""
    assert acute_to_chronic([10.0] * 50 + [20.0])[-1] == pytest.approx(1.25 / (1 + 2 / 29))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: session_rpe(11, minutes=30),
        lambda: session_rpe(5, minutes=math.nan),
        lambda: banister_trimp([], resting=180, maximal=185, weighting=MEN),
        lambda: banister_trimp([(-1, 100)], resting=50, maximal=185, weighting=MEN),
        lambda: edwards_trimp([(60, math.inf)], maximal=185),
        lambda: edwards_trimp([], maximal=0),
        lambda: ewma([-1.0], days=7),
        lambda: ewma([1.0], days=0),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    """With what to do next."""
    with pytest.raises(BadValue, match="Correct it"):
        wrong()
