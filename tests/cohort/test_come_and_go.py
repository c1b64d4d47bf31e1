"""People who come and go: the population's draws weighed anew stand in for a new fit."""

import numpy as np
import pytest

from backstride.cohort.come_and_go import log_marginal, reweighted
from backstride.cohort.likelihood import Likelihood
from backstride.cohort.population import Population, columns_of, fit_population


def people(count, seed):
    """Likelihoods of simulated people whose weeks lie around -0.4 and seasons around -0.8."""
    rng = np.random.default_rng(seed)
    own = np.array([[0.06, 0.05], [0.05, 0.6]])
    effects = rng.multivariate_normal([-0.4, -0.8], [[0.08, 0.1], [0.1, 0.3]], count)
    centre = effects + rng.multivariate_normal([0.0, 0.0], own, count)
    shape = np.broadcast_to(own, (count, 1, 2, 2)).copy()
    return Likelihood(np.zeros((count, 1)), centre[:, None], shape, np.full(count, 500.0))


def part(likelihood, chosen):
    """Some of the people."""
    return Likelihood(*(values[chosen] for values in likelihood))


@pytest.mark.parametrize("goes", [True, False])
def test_one_who_comes_or_goes_is_weighed_as_a_new_fit_would_have_it(goes):
    """Means of every quantity stay within 0.1 posterior sd of a fit with, or without, that person."""
    everybody, fit = people(80, 1), {"seed": 2, "sweeps": 8000, "warmup": 800}
    others = part(everybody, slice(1, None))
    whole, fewer = (
        fit_population(likelihood, columns_of(len(likelihood.mean)), **fit)
        for likelihood in (everybody, others)
    )
    one = part(everybody, slice(0, 1)), np.ones((1, 1))
    before, after = (whole, fewer) if goes else (fewer, whole)
    weighed = reweighted(before, **({"left": one} if goes else {"joined": one}))
    assert weighed.is_enough
    for name, draws in before.quantities.items():
        new = after.quantities[name]
        assert abs(weighed.weights @ draws - new.mean()) < 0.1 * new.std(), name


def test_who_comes_and_goes_again_changes_nothing():
    """The same person joined and left leaves every weight alike."""
    everybody = people(30, 3)
    found = fit_population(everybody, columns_of(30), seed=1, sweeps=600, warmup=200)
    one = part(everybody, slice(4, 5)), np.ones((1, 1))
    weighed = reweighted(found, joined=one, left=one)
    assert weighed.effective == pytest.approx(600)


def test_too_many_leavers_ask_for_a_new_fit():
    """Where half the people go, too few draws are left, and the weights say so."""
    everybody = people(60, 5)
    found = fit_population(everybody, columns_of(60), seed=1, sweeps=2000, warmup=500)
    assert not reweighted(found, left=(part(everybody, slice(0, 30)), np.ones((30, 1)))).is_enough


def test_the_marginal_likelihood_is_the_integral_over_the_effects():
    """It equals a mean over two million effects drawn from the t, within one in a hundred."""
    found = Population(np.array([[[-0.3, -0.6]]]), np.array([[0.09, 0.08, 0.4]]), np.array([4.0]), ("mean",))
    one = people(1, 7)
    rng = np.random.default_rng(1)
    size = 2_000_000
    sigma = np.array([[0.09, 0.08], [0.08, 0.4]])
    drawn = rng.multivariate_normal([0.0, 0.0], sigma, size) / np.sqrt(rng.gamma(2.0, 0.5, size))[:, None]
    residual = one.mean[0, 0] - np.array([-0.3, -0.6]) - drawn
    own = one.covariance[0, 0]
    power = np.einsum("sa,ab,sb->s", residual, np.linalg.inv(own), residual)
    exact = np.log(np.exp(-0.5 * power).mean()) - 0.5 * np.log(np.linalg.det(own))
    assert log_marginal(found, one, np.ones((1, 1)))[0] == pytest.approx(exact, abs=0.01)
