"""From draws to estimates."""

import numpy as np

from backstride.answer.effect import Estimate
from backstride.model.arrays import Floats

DOTS = 20


def weighted_quantiles(draws: Floats, weights: Floats, at: Floats) -> Floats:
    """Compute quantiles of weighted draws, linear between the draws' own places.

    Args:
        draws: (S,).
        weights: (S,), which sum to 1.
        at: probabilities, 0 to 1.
    """
    order = np.argsort(draws, kind="stable")
    w = weights[order]
    # each draw stands at the middle of its weight: with equal weights this is Hazen's rule
    return np.interp(at, np.cumsum(w) - 0.5 * w, draws[order])


def estimate(draws: Floats, weights: Floats | None = None) -> Estimate:
    """Summarise draws in numbers; weights are equal unless given (they sum to 1)."""
    if weights is None:
        weights = np.full(len(draws), 1.0 / len(draws))
    mean = float(np.sum(weights * draws))
    sd = float(np.sqrt(np.sum(weights * (draws - mean) ** 2)))
    q = weighted_quantiles(draws, weights, np.array([0.25, 0.75, 0.10, 0.90, 0.025, 0.975]))
    dots = weighted_quantiles(draws, weights, (np.arange(DOTS) + 0.5) / DOTS)
    return Estimate(
        mean=mean,
        sd=sd,
        interval_50=(float(q[0]), float(q[1])),
        interval_80=(float(q[2]), float(q[3])),
        interval_95=(float(q[4]), float(q[5])),
        dots=tuple(float(d) for d in dots),
    )


def data_share(posterior: Floats, prior: Floats) -> float:
    """Return how much of an answer is the person's own data: 1 - posterior variance / prior variance, in 0..1."""
    before = float(np.var(prior))
    if not before > 0.0:
        return 0.0
    # a posterior may be wider than its prior by chance of the draws; that is no data, not less than none
    return float(np.clip(1.0 - np.var(posterior) / before, 0.0, 1.0))
