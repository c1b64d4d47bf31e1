"""What one person's records alone say of their two effects: their draws with the prior taken out again.

The draws were made under pi0, so their density is pi0 times the likelihood. The likelihood is taken for a mixture of
one or two Gaussians, the one under which the draws are likeliest: a share of f_k for each Gaussian k, where

    f_k(g) = pi0(g) exp(b_k g - g' P_k g / 2) / Z_k         Z_k in closed form, pi0 being a mean of N(0, C)

is an exponential family. Expectation and maximisation: each maximisation gives f_k the mean and the covariance of its
draws. All draws count alike. Weighted by 1 / pi0 instead, the few far from the peak of pi0 would bear nearly all the
weight (decisions/0035-a-likelihood-is-fitted-under-the-interim-prior.md).
"""

from typing import NamedTuple

import numpy as np

from backstride.cohort.interim import InterimPrior
from backstride.cohort.likelihood_kernels import mass_and_moments
from backstride.model.arrays import Floats

WIDE_SD = (1.5, 3.0)
"""Sd of the wide Gaussian under which the effective draws are counted, week and season, points."""
_MIN_PRECISION = 1e-2
_MIN_SPREAD, _MIN_SHARE = 0.02, 1e-3
"""Of one Gaussian's draws against all, so that it does not close on single draws."""
_ROUNDS, _ENOUGH = 60, 1e-5
_STEPS, _NEAR, _MIN_STEP = 30, 1e-5, 1e-4
_BARRIER = 0.1
_WORTH_TWO = 10.0
"""Two Gaussians are taken where they make the draws likelier by this much, in log: one person in a hundred whose
likelihood is one Gaussian, of which a second only follows the draws' noise."""


class Likelihood(NamedTuple):
    """The likelihood of N people's effects, each a mixture of K Gaussians.

    Attributes:
        log_weight: (N, K), up to a constant a person.
        mean: (N, K, 2) week and season, points.
        covariance: (N, K, 2, 2).
        effective: (N,) how many independent draws would be left under the wide Gaussian: few, where the records
            speak of effects that the interim prior holds unlikely.
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
    natural, share, log_mass = _fitted(draws, prior.covariance, components)
    precision = np.stack([_matrix(each) for each in natural])
    covariance = np.linalg.inv(precision).astype(np.float64)
    mean = np.einsum("kab,kb->ka", covariance, natural[:, :2])
    log_share = np.log(share) - log_mass
    log_share += 0.5 * (np.einsum("ka,ka->k", mean, natural[:, :2]) - np.linalg.slogdet(precision)[1])
    log_share -= log_share.max()
    return Likelihood(log_share[None], mean[None], covariance[None], np.array([_effective(draws, prior)]))


def together(each: list[Likelihood]) -> Likelihood:
    """Several people's likelihoods as one."""
    return Likelihood(*(np.concatenate(parts) for parts in zip(*each, strict=True)))


def features(draws: Floats) -> Floats:
    """(S, 5) of (S, 2) effects: what b and P are multiplied with in the exponent."""
    week, season = draws.T
    return np.column_stack([week, season, -0.5 * week * week, -week * season, -0.5 * season * season])


def _fitted(draws: Floats, covariance: Floats, components: int) -> tuple[Floats, Floats, Floats]:
    """Fit the mixture: natural parameters (K, 5), shares of the f_k (K,) and log Z_k (K,)."""
    seen = features(draws)
    spread = np.cov(draws.T)
    one, log_mass = _matched(seen, np.ones(len(draws)), covariance, None, spread)
    if components == 1:
        return one[None], np.ones(1), np.array([log_mass])
    single = float(one @ seen.mean(axis=0)) - log_mass
    values, vectors = np.linalg.eigh(spread)
    along = (draws - draws.mean(axis=0)) @ vectors[:, 1] / np.sqrt(values[1])
    of = np.stack([1.0 / (1.0 + np.exp(1.5 * along)), 1.0 / (1.0 + np.exp(-1.5 * along))])
    natural, shares, masses, before = [one, one], np.full(2, 0.5), np.full(2, log_mass), -np.inf
    for _ in range(_ROUNDS):
        shares = np.maximum(of.mean(axis=1), _MIN_SHARE)
        shares /= shares.sum()
        for k in range(2):
            natural[k], masses[k] = _matched(seen, of[k], covariance, natural[k], spread)
        log = (np.log(shares) - masses)[:, None] + np.stack(natural) @ seen.T
        total = np.logaddexp(log[0], log[1])
        of = np.exp(log - total)
        now = float(total.mean())
        before, gain = now, now - before
        if gain < _ENOUGH:
            break
    if len(draws) * (before - single) < _WORTH_TWO:
        return np.stack([one, one]), np.full(2, 0.5), np.full(2, log_mass)
    return np.stack(natural), shares, masses


def _matched(
    seen: Floats, weight: Floats, covariance: Floats, natural: Floats | None, spread: Floats
) -> tuple[Floats, float]:
    """Find the Gaussian whose product with pi0 has the mean and covariance of weighted draws.

    Log Z less the exponent's mean is convex in the natural parameters. Each step is Newton's with the covariance of
    the draws' features for that of the product, which at the end are the same. A barrier worth a tenth of a draw
    holds the precision above the least.

    Args:
        seen: (S, 5) features of the draws.
        weight: (S,) of the draws, at most 1.
        covariance: (M, 2, 2) of pi0.
        natural: (5,) where to begin, if the draws' own precision is no better.
        spread: (2, 2) covariance of all draws.

    Returns:
        The natural parameters (5,), and log Z.
    """
    strength = _BARRIER / weight.sum()
    weight = weight / weight.sum()
    wanted = weight @ seen
    off = seen - wanted
    curvature = (off * weight[:, None]).T @ off
    curvature += 1e-9 * np.diag(np.square(off).mean(axis=0))
    wanted = _not_closed(wanted, spread)
    best, now = _own(wanted), np.empty(5)
    log_mass, value = _value(covariance, best, wanted, strength, now)
    if natural is not None:
        at = np.empty(5)
        mass, other = _value(covariance, natural, wanted, strength, at)
        if other < value:
            best, log_mass, value, now = natural, mass, other, at
    for _ in range(_STEPS):
        slope, bend = _barrier(best, strength)
        down = wanted - now - slope
        step = np.linalg.solve(curvature + bend, down)
        if step @ down < _NEAR:
            break
        length = 1.0
        while length > _MIN_STEP:
            new, at = best + length * step, np.empty(5)
            mass, other = _value(covariance, new, wanted, strength, at)
            if other < value:
                break
            length *= 0.5
        else:
            break
        best, log_mass, value, now = new, mass, other, at
    return best, log_mass


def _value(
    covariance: Floats, natural: Floats, wanted: Floats, strength: float, out: Floats
) -> tuple[float, float]:
    """Return log Z and what is to be made small; `out` takes the mean features under the product."""
    inner = _matrix(natural) - _MIN_PRECISION * np.eye(2)
    det = inner[0, 0] * inner[1, 1] - inner[0, 1] ** 2
    if det <= 0.0 or inner[0, 0] <= 0.0:
        return np.inf, np.inf
    log_mass = mass_and_moments(covariance, natural, out)
    return log_mass, float(log_mass - natural @ wanted - strength * np.log(det))


def _barrier(natural: Floats, strength: float) -> tuple[Floats, Floats]:
    """Slope (5,) and curvature (5, 5) of minus the log determinant of the precision less the least."""
    q = np.linalg.inv(_matrix(natural) - _MIN_PRECISION * np.eye(2)).astype(np.float64)
    q00, q01, q11 = _flat(q)
    slope, bend = np.zeros(5), np.zeros((5, 5))
    slope[2:] = -strength * np.array([q00, 2.0 * q01, q11])
    bend[2:, 2:] = strength * np.array(
        [
            [q00 * q00, 2.0 * q00 * q01, q01 * q01],
            [2.0 * q00 * q01, 2.0 * (q00 * q11 + q01 * q01), 2.0 * q01 * q11],
            [q01 * q01, 2.0 * q01 * q11, q11 * q11],
        ]
    )
    return slope, bend


def _own(wanted: Floats) -> Floats:
    """Return the Gaussian of these moments as it is, with a wide one taken out."""
    mean, own = _moments(wanted)
    values, vectors = np.linalg.eigh(np.linalg.inv(own) - np.diag(1.0 / np.square(WIDE_SD)))
    precision = (vectors * np.maximum(values, 2.0 * _MIN_PRECISION)) @ vectors.T
    return np.concatenate([np.linalg.solve(own, mean), _flat(np.asarray(precision, dtype=np.float64))])


def _moments(wanted: Floats) -> tuple[Floats, Floats]:
    """Return the mean (2,) and the covariance (2, 2) of mean features."""
    mean = wanted[:2]
    return mean, np.array([[-2.0 * wanted[2], -wanted[3]], [-wanted[3], -2.0 * wanted[4]]]) - np.outer(
        mean, mean
    )


def _not_closed(wanted: Floats, spread: Floats) -> Floats:
    """Widen the moments of draws that lie closer together than the least share of the spread of all."""
    mean, own = _moments(wanted)
    root = np.linalg.cholesky(spread)
    inverse = np.linalg.inv(root)
    values, vectors = np.linalg.eigh(inverse @ own @ inverse.T)
    if values[0] >= _MIN_SPREAD:
        return wanted
    turned = root @ vectors
    second = (turned * np.maximum(values, _MIN_SPREAD)) @ turned.T + np.outer(mean, mean)
    return np.concatenate([mean, -_flat(second) * np.array([0.5, 1.0, 0.5])])


def _matrix(natural: Floats) -> Floats:
    """Return P (2, 2) of natural parameters."""
    return natural[[[2, 3], [3, 4]]]


def _flat(matrix: Floats) -> Floats:
    """Return 00, 01 and 11 of a symmetric matrix."""
    return matrix[[0, 0, 1], [0, 1, 1]]


def _effective(draws: Floats, prior: InterimPrior) -> float:
    """How many independent draws would be left under the wide Gaussian."""
    log = -0.5 * np.square(draws / np.array(WIDE_SD)).sum(axis=1) - prior(draws)
    weight = np.exp(log - log.max())
    return float(weight.sum() ** 2 / np.square(weight).sum())
