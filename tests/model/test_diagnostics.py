"""R-hat and effective sample sizes."""

import math

import numpy as np
import pytest
from arviz_stats.base import array_stats

from backstride.model.diagnostics import ess_bulk, ess_tail, rank_normalised, rhat


def autoregressive(r: float, *, chains: int = 4, n: int = 20_000, seed: int = 1) -> np.ndarray:
    """Stationary chains with lag-1 autocorrelation r."""
    rng = np.random.default_rng(seed)
    x = np.zeros((chains, n))
    x[:, 0] = rng.standard_normal(chains)
    for t in range(1, n):
        x[:, t] = r * x[:, t - 1] + math.sqrt(1 - r * r) * rng.standard_normal(chains)
    return x


def test_independent_draws_have_rhat_near_one_and_full_size():
    """Nothing to complain of."""
    x = np.random.default_rng(2).standard_normal((4, 2000))
    assert rhat(x) < 1.005
    assert ess_bulk(x) == pytest.approx(8000, rel=0.12)


@pytest.mark.parametrize("r", [0.5, 0.9])
def test_effective_size_of_an_autoregressive_chain_is_the_closed_form(r):
    """n (1 - r) / (1 + r)."""
    x = autoregressive(r)
    assert ess_bulk(x) == pytest.approx(x.size * (1 - r) / (1 + r), rel=0.12)


def test_a_chain_elsewhere_is_seen():
    """One chain shifted by a standard deviation, or wider than the others."""
    x = np.random.default_rng(3).standard_normal((4, 2000))
    shifted, wider = x.copy(), x.copy()
    shifted[0] += 1.0
    wider[0] *= 3.0
    assert min(rhat(shifted), rhat(wider)) > 1.05


def test_rare_tails_have_a_smaller_effective_size():
    """Chains that rarely visit a tail know it badly."""
    x = autoregressive(0.98, n=4000)
    assert ess_tail(np.exp(x)) < 0.1 * x.size


def test_constant_draws_have_no_diagnostics():
    """Undefined, so that no verdict can rest on them."""
    assert math.isnan(rhat(np.ones((4, 100))))
    assert math.isnan(ess_bulk(np.ones((4, 100))))


def test_ties_share_their_rank():
    """Equal draws get equal normal scores."""
    z = rank_normalised(np.array([[1.0, 1.0, 2.0, 3.0]]))
    assert z[0, 0] == z[0, 1] < z[0, 2] < z[0, 3]


@pytest.mark.parametrize("apart", [0.0, 0.3])
@pytest.mark.parametrize("r", [0.0, 0.6, 0.95])
def test_diagnostics_are_those_of_arviz(r, apart):
    """Against an independent library, for chains that agree and for chains that do not."""
    x = autoregressive(r, n=1500, seed=7) + apart * np.arange(4)[:, None]
    assert rhat(x) == pytest.approx(float(array_stats.rhat(x)), abs=2e-3)
    assert ess_bulk(x) == pytest.approx(float(array_stats.ess(x)), rel=0.01)
    tail = array_stats.ess(x, method="tail", prob=(0.05, 0.95))
    assert ess_tail(x) == pytest.approx(float(tail), rel=0.05)
