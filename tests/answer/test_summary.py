"""From draws to estimates."""

import numpy as np
import pytest

from backstride.answer.other_priors import AlternativePrior, _log_density, effective_draws, moved, weights
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


def test_another_prior_gives_the_posterior_of_the_closed_form():
    """Normal prior and likelihood: reweighting N(0, 1) to N(-0.8, 0.9) lands on the conjugate posterior."""
    rng, sd, seen = np.random.default_rng(4), 0.7, -0.5
    implied = rng.normal(0, 1, 20_000)
    mean, var = seen / (1 + sd**2), sd**2 / (1 + sd**2)
    posterior = rng.normal(mean, np.sqrt(var), 40_000)
    w = weights(AlternativePrior("x", -0.8, 0.9), posterior, _log_density(implied))
    precision = 1 / 0.81 + 1 / sd**2
    assert np.sum(w * posterior) == pytest.approx((-0.8 / 0.81 + seen / sd**2) / precision, abs=0.02)
    assert w.sum() == pytest.approx(1.0)
    assert 1 < effective_draws(w) <= 40_000


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


def test_moved_draws_are_those_of_the_other_prior():
    """For normal posterior, prior and Delta they have the closed form's moments, and those of weighed draws."""
    rng = np.random.default_rng(5)
    m, sd, sd0, prior = -1.2, 0.6, 1.5, AlternativePrior("sceptic", 0.2, 0.9)
    at = m + sd * rng.standard_normal(200_000)
    implied = sd0 * rng.standard_normal(50_000)
    delta = 1.5 * at + 0.3 * rng.standard_normal(len(at)) + 0.4
    got = moved(prior, delta, posterior=at, implied=implied)
    v = 1 / (1 / sd**2 - 1 / sd0**2 + 1 / prior.sd**2)
    mean = v * (m / sd**2 + prior.mean / prior.sd**2)
    assert got.mean() == pytest.approx(1.5 * mean + 0.4, abs=0.02)
    assert got.std() == pytest.approx(np.sqrt(1.5**2 * v + 0.3**2), rel=0.02)
    w = weights(prior, at, _log_density(implied))
    assert got.mean() == pytest.approx(np.sum(w * delta), abs=0.05)


def test_records_that_say_nothing_leave_the_other_prior_as_it_is():
    """A posterior as wide as the prior: the moved draws are the other prior's."""
    rng = np.random.default_rng(6)
    wide = rng.standard_normal(50_000)
    got = moved(AlternativePrior("sceptic", 0.0, 0.5), 1.01 * wide, posterior=1.01 * wide, implied=wide)
    assert got.mean() == pytest.approx(0.0, abs=0.02)
    assert got.std() == pytest.approx(0.5, rel=0.03)
