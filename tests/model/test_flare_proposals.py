"""Flares that come and go by the proposals: the way back has the chance that it is said to have."""

import numpy as np
import pytest

from backstride.model.compiled import kernel
from backstride.model.flare_proposals import propose_stretch
from backstride.model.random import stream, uniform

DAYS, STEPS = 5, 4_000_000


@kernel
def _walk(rng, weight, flare, visits):
    """Metropolis-Hastings over all sequences of flare days, numbered in binary."""
    at = 0
    for step in range(STEPS):
        first, end, log_ratio = propose_stretch(rng, step, flare)
        new = at
        for t in range(first, end):
            new = new ^ (1 << t)
        if uniform(rng) * weight[at] < weight[new] * np.exp(log_ratio):
            at = new
            for t in range(DAYS):
                flare[t] = (at >> t) & 1
        visits[at] += 1.0


def test_the_proposals_keep_any_law_of_flare_days():
    """Each sequence is visited as often as its weight says."""
    weight = np.random.default_rng(1).uniform(0.2, 1.0, 1 << DAYS)
    visits = np.zeros(1 << DAYS)
    _walk(stream(1, 0), weight, np.zeros(DAYS), visits)
    assert visits / STEPS == pytest.approx(weight / weight.sum(), abs=0.0015)
