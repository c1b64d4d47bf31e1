"""What one person's records alone say of their two effects: their draws with the prior taken out again.

The draws were made under pi0. Weighted by W / pi0, W a wide Gaussian, they are draws under W; a mixture of two
Gaussians is fitted to them, and W is divided out of each in closed form. What is left is a smooth likelihood, whose
error does not grow with the number of people as that of single draws does.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.cohort.interim import InterimPrior

Floats = NDArray[np.float64]
WIDE_SD = (1.5, 3.0)
"""Sd of the wide Gaussian, week and season, points."""
_LEAST_PRECISION = 1e-2
_ROUNDS = 25


class Likelihood(NamedTuple):
    """The likelihood of N people's effects, each a mixture of K Gaussians.

    Attributes:
        log_weight: (N, K), up to a constant a person.
        mean: (N, K, 2) week and season, points.
        covariance: (N, K, 2, 2).
        effective: (N,) how many independent draws are left under the wide Gaussian.
    """

    log_weight: Floats
    mean: Floats
    covariance: Floats
    effective: Floats


def likelihood_of(draws: Floats, prior: InterimPrior, *, components: int = 2) -> Likelihood:
    """Approximate the likelihood of one person's effects.

    Args:
        draws: (S, 2) of week and season at the standard dose, made under `prior`.
        prior: the interim prior of that person.
        components: Gaussians in the mixture, 1 or 2.

    Returns:
        A likelihood of one person, N = 1.
    """
    wide = np.diag(np.square(WIDE_SD))
    log = _log_normal(draws, wide) - prior(draws)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    share, mean, covariance = _mixture(draws, weight, components)
    precision = np.linalg.inv(covariance) - np.linalg.inv(wide)
    values, vectors = np.linalg.eigh(precision)
    values = np.maximum(values, _LEAST_PRECISION)
    alone = np.einsum("kab,kb,kcb->kac", vectors, 1.0 / values, vectors)
    centre = np.einsum("kab,kbc,kc->ka", alone, np.linalg.inv(covariance), mean)
    log_share = np.log(share) - np.array(
        [_log_normal(c, v + wide) for c, v in zip(centre, alone, strict=True)]
    )
    log_share -= log_share.max()
    return Likelihood(log_share[None], centre[None], alone[None], np.array([1.0 / np.sum(weight**2)]))


def together(each: list[Likelihood]) -> Likelihood:
    """Several people's likelihoods as one."""
    return Likelihood(*(np.concatenate(parts) for parts in zip(*each, strict=True)))


def _mixture(draws: Floats, weight: Floats, components: int) -> tuple[Floats, Floats, Floats]:
    """Shares (K,), means (K, 2) and covariances (K, 2, 2) of a mixture, by expectation and maximisation."""
    mean = weight @ draws
    spread = np.einsum("s,sa,sb->ab", weight, draws - mean, draws - mean)
    if components == 1:
        return np.ones(1), mean[None], spread[None]
    values, vectors = np.linalg.eigh(spread)
    apart = 0.7 * np.sqrt(values[1]) * vectors[:, 1]
    means, covariances = np.stack([mean - apart, mean + apart]), np.stack([0.7 * spread] * 2)
    shares = np.full(2, 0.5)
    for _ in range(_ROUNDS):
        log = np.log(shares)[:, None] + np.stack(
            [_log_normal(draws - m, v) for m, v in zip(means, covariances, strict=True)]
        )
        log -= log.max(axis=0)
        of = np.exp(log)
        of = of / of.sum(axis=0) * weight
        shares = of.sum(axis=1) + 1e-9
        means = np.einsum("ks,sa->ka", of, draws) / shares[:, None]
        off = draws[None] - means[:, None]
        covariances = np.einsum("ks,ksa,ksb->kab", of, off, off) / shares[:, None, None] + 0.02 * spread
        shares /= shares.sum()
    return shares, means, covariances


def _log_normal(x: Floats, covariance: Floats) -> Floats:
    """Log density of N(0, covariance) at x (..., 2)."""
    power = np.einsum("...a,ab,...b->...", x, np.linalg.inv(covariance), x)
    return np.asarray(-0.5 * power - 0.5 * np.log(np.linalg.det(covariance)) - np.log(2.0 * np.pi))
