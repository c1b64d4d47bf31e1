"""Other priors: weights against conjugate normals, and draws that are moved where hardly any is left to weigh."""

import numpy as np
import pytest

from backstride.answer.other_priors import (
    AlternativePrior,
    _log_density,
    effective_draws,
    moved,
    other_views,
    weights,
)

COUNT = 40_000
PRIOR, RECORDS = (0.0, 1.2), (-1.0, 0.6)


def joined(prior, records):
    """Mean and sd of the normal that both normals make."""
    precision = prior[1] ** -2 + records[1] ** -2
    mean = (prior[0] / prior[1] ** 2 + records[0] / records[1] ** 2) / precision
    return mean, precision**-0.5


@pytest.fixture
def draws():
    """Draws of a normal prior, and of its posterior."""
    rng = np.random.default_rng(1)
    mean, sd = joined(PRIOR, RECORDS)
    return rng.normal(*PRIOR, COUNT), rng.normal(mean, sd, COUNT)


def test_weights_give_the_posterior_of_the_other_prior(draws):
    """Each view has the mean and sd of the conjugate normal, and its own prior's among the prior's draws."""
    implied, posterior = draws
    for view in other_views(posterior=posterior, implied=implied):
        for w, x, true in (
            (view.posterior, posterior, joined(view.prior[1:], RECORDS)),
            (view.implied, implied, view.prior[1:]),
        ):
            mean = float(w @ x)
            assert w.sum() == pytest.approx(1.0)
            assert mean == pytest.approx(true[0], abs=0.04)
            assert float(w @ (x - mean) ** 2) ** 0.5 == pytest.approx(true[1], rel=0.05)


def test_few_draws_are_left_where_the_records_contradict_the_prior(draws):
    """The effective number falls with the distance, and is that of the draws where nothing is weighed."""
    implied, posterior = draws
    near, far = (other_views(posterior=posterior + by, implied=implied)[1].effective for by in (0.7, 4.0))
    assert far < 0.05 * near < COUNT


def test_a_draw_beyond_every_prior_draw_keeps_a_weight_that_is_finite(draws):
    """The density is held at its end there, where each other prior is next to nothing."""
    implied, posterior = draws
    for view in other_views(posterior=np.append(posterior, [-30.0, 30.0]), implied=implied):
        assert np.all(np.isfinite(view.posterior))
        assert view.posterior[-2:].max() < 1e-12


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
