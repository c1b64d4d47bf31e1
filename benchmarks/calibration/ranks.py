"""Ranks of the truth among posterior draws: uniform where the posterior is right.

Talts et al. 2018, doi:10.48550/arXiv.1804.06788; bands for the ECDF after Saeilynoja et al. 2022,
doi:10.1007/s11222-022-10090-6; the choice of quantities after Modrak et al. 2023, doi:10.1214/23-BA1404.
"""

from math import exp

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 83
BINS = 21
"""84 possible ranks in 21 bins of four; an even number of degrees of freedom has a closed tail."""


def rank(draws: Floats, truth: float, rng: np.random.Generator) -> int:
    """How many of `DRAWS` evenly spaced draws lie below the truth, 0 to `DRAWS`; draws equal to it by lot."""
    chosen = draws[np.linspace(0, len(draws) - 1, DRAWS).astype(int)]
    return int(np.sum(chosen < truth) + rng.integers(np.sum(chosen == truth) + 1))


def share_below(draws: Floats, truth: float, rng: np.random.Generator) -> float:
    """Share of draws below the truth; of those equal to it a share by lot."""
    return float(np.mean(draws < truth) + rng.random() * np.mean(draws == truth))


def uniformity_p(ranks: Ints) -> float:
    """P of a chi-square at least as large, were the ranks uniform.

    P(X > x) = exp(-x / 2) sum_{i < df / 2} (x / 2)^i / i!     for an even df
    """
    counts = np.bincount(ranks * BINS // (DRAWS + 1), minlength=BINS)
    expected = len(ranks) / BINS
    half = float(((counts - expected) ** 2 / expected).sum()) / 2
    term, total = 1.0, 0.0
    for i in range((BINS - 1) // 2):
        total += term
        term *= half / (i + 1)
    return exp(-half) * total if half < 700 else 0.0


def ecdf_difference(ranks: Ints) -> Floats:
    """(DRAWS + 1,) share of ranks up to each value, minus what uniform ranks would have."""
    share = np.cumsum(np.bincount(ranks, minlength=DRAWS + 1)) / len(ranks)
    return share - np.arange(1, DRAWS + 2) / (DRAWS + 1)


def band(people: int, *, level: float = 0.95, seed: int = 1) -> Floats:
    """(DRAWS + 1,) half-width of a band that holds the whole curve of uniform ranks with chance `level`.

    k sqrt(z (1 - z) / people), k by simulation; never less than one person.
    """
    rng = np.random.default_rng(seed)
    z = np.arange(1, DRAWS + 2) / (DRAWS + 1)
    sd = np.sqrt(z * (1 - z) / people)
    worst = np.zeros(1000)
    for i in range(len(worst)):
        difference = np.abs(ecdf_difference(rng.integers(0, DRAWS + 1, people)))
        worst[i] = (difference[:-1] / sd[:-1]).max()
    return float(np.quantile(worst, level)) * sd
