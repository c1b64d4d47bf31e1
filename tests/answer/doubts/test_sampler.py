"""Doubt 9: chains that do not agree, or hardly move, give no verdict."""

import numpy as np
import pytest

from backstride.answer.doubts.sampler import diagnostics, sampler, sampler_fine
from backstride.answer.kinds import DoubtResult

CHAINS, DRAWS = 4, 500


@pytest.fixture(scope="module")
def case(person_series, asked):
    """A fitted person."""
    return asked(person_series(2, days=60, pathways=False), draws=DRAWS)


def with_draws(case, chains):
    """Diagnostics of the case, had both Deltas these (chains, draws)."""
    total = chains.reshape(-1)
    moved = {q: d._replace(posterior=d.posterior._replace(total=total)) for q, d in case.deltas.items()}
    return diagnostics(case.posterior, moved)


def noise(seed):
    """Independent chains."""
    return np.random.default_rng(seed).normal(size=(CHAINS, DRAWS))


def test_sound_chains_are_left_in_peace(case):
    """Independent draws pass, nineteen times of twenty and more."""
    assert sum(sampler_fine(with_draws(case, noise(i))) for i in range(40)) >= 36


@pytest.mark.parametrize("harm", ["one chain elsewhere", "hardly moves", "drifts", "not a number"])
def test_chains_that_do_not_settle_fail(case, harm):
    """One chain elsewhere, a walk that hardly moves, a drift, or a draw that is no number."""
    chains = noise(1)
    if harm == "one chain elsewhere":
        chains[0] += 1.0
    elif harm == "hardly moves":
        chains = np.cumsum(chains, axis=1)
    elif harm == "drifts":
        chains += np.linspace(0, 2, DRAWS)
    else:
        chains[2, 7] = np.nan
    found = with_draws(case, chains)
    assert sampler(found).result is DoubtResult.FAIL
