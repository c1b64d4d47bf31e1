"""A threshold is passed only beyond the error of the draws."""

import numpy as np
import pytest

from backstride.answer.monte_carlo import Passed, Share, share


@pytest.mark.parametrize(
    ("p", "passed"),
    [(0.97, Passed.YES), (0.951, Passed.OPEN), (0.95, Passed.OPEN), (0.945, Passed.OPEN), (0.93, Passed.NO)],
)
def test_two_standard_errors_decide(p, passed):
    """With an error of 0.005, what lies within 0.01 of the threshold is open."""
    assert Share(p, 0.005).passes(0.95) is passed


def test_the_error_is_that_of_independent_draws():
    """sqrt(p (1 - p) / n), within a tenth."""
    draws = np.random.default_rng(1).normal(size=(4, 2500))
    found = share(draws < 1.0, draws)
    assert found.error == pytest.approx(np.sqrt(found.p * (1 - found.p) / draws.size), rel=0.1)


def test_the_error_is_as_large_as_estimates_scatter():
    """Of 200 sets of slowly moving chains, the shares scatter about as much as each says of itself."""
    rng = np.random.default_rng(2)
    found = []
    for _ in range(200):
        noise = rng.normal(size=(4, 600))
        draws = np.empty_like(noise)
        draws[:, 0] = noise[:, 0]
        for t in range(1, 600):
            draws[:, t] = 0.8 * draws[:, t - 1] + 0.6 * noise[:, t]
        found.append(share(draws < 1.2, draws))
    scatter = np.std([s.p for s in found])
    assert np.mean([s.error for s in found]) == pytest.approx(scatter, rel=0.2)


def test_an_event_that_every_draw_shows_keeps_an_error():
    """Two hundred draws out of two hundred are no proof of 0.9999."""
    draws = np.random.default_rng(3).normal(size=(4, 50))
    found = share(draws > -99.0, draws)
    assert found.p == 1.0
    assert found.error > 0.0
    assert found.passes(0.95) is Passed.YES
    assert found.passes(0.9999) is Passed.OPEN
