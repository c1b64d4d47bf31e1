"""From draws to estimates."""

import numpy as np
import pytest

from backstride.answer.summary import data_share, estimate, weighted_quantiles


def test_equal_weights_give_the_usual_quantiles():
    """Close to numpy's for many draws."""
    x = np.random.default_rng(1).standard_normal(50_000)
    at = np.array([0.025, 0.25, 0.5, 0.9])
    assert np.allclose(weighted_quantiles(x, np.full(50_000, 1 / 50_000), at), np.quantile(x, at), atol=1e-3)


def test_an_estimate_holds_twenty_rising_dots_and_nested_intervals():
    """Mean, sd, intervals and dots of known draws."""
    e = estimate(np.random.default_rng(2).normal(1.0, 2.0, 100_000))
    assert (e.mean, e.sd) == pytest.approx((1.0, 2.0), abs=0.03)
    assert len(e.dots) == 20
    assert list(e.dots) == sorted(e.dots)
    assert e.interval_95[0] < e.interval_80[0] < e.interval_50[0] < e.interval_50[1] < e.interval_80[1]


def test_dots_are_the_middles_of_twentieths():
    """Of a flat distribution from 0 to 1 they stand at 0.025, 0.075, ... 0.975."""
    dots = estimate(np.linspace(0.0, 1.0, 10_001)).dots
    assert np.allclose(dots, np.arange(0.025, 1.0, 0.05), atol=1e-3)


def test_the_share_of_the_data_is_how_far_the_prior_was_narrowed():
    """0 where nothing was learnt, 3/4 where the sd was halved."""
    prior = np.random.default_rng(3).normal(0, 2, 200_000)
    assert data_share(prior, prior) == 0.0
    assert data_share(prior / 2, prior) == pytest.approx(0.75)


@pytest.mark.parametrize("mornings", [0, 1, 10, 1000])
def test_the_share_of_the_data_is_that_of_the_closed_form(mornings):
    """Normal prior sd 1 and ratings sd 2: n / (n + 4) of the answer is data; 0 with none, near 1 with many."""
    z = np.random.default_rng(6).standard_normal(200_000)
    after = z / np.sqrt(1.0 + mornings / 4.0)
    assert data_share(after, z) == pytest.approx(mornings / (mornings + 4.0), abs=1e-9)


def test_data_that_widen_a_belief_are_no_negative_share():
    """A posterior wider than its prior counts as 0, and so does a prior without width."""
    z = np.random.default_rng(7).standard_normal(1000)
    assert data_share(2 * z, z) == 0.0
    assert data_share(z, np.ones(1000)) == 0.0
