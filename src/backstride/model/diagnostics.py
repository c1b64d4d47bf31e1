"""Rank-normalised split R-hat and effective sample size (Vehtari et al. 2021, doi:10.1214/20-BA1221)."""

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from backstride.model.arrays import Floats

_QUANTILES = 4096
_GRID = np.array([NormalDist().inv_cdf((i + 0.5) / _QUANTILES) for i in range(_QUANTILES)])
_PROBABILITY = (np.arange(_QUANTILES) + 0.5) / _QUANTILES


def split(draws: Floats) -> Floats:
    """Return (chains, n) -> (2 chains, n // 2): the first and the second half of every chain."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def rank_normalised(draws: Floats) -> Floats:
    """Replace draws by the normal quantiles of their pooled average ranks, (r - 3/8) / (S + 1/4)."""
    flat = draws.ravel()
    _, inverse, counts = np.unique(flat, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    # average ranks: ratings and counts have many ties, and any order among them would be made up
    rank = (last - (counts - 1) / 2.0)[inverse]
    p = (rank - 0.375) / (flat.size + 0.25)
    return _normal_quantile(p).reshape(draws.shape)


def _normal_quantile(p: Floats) -> Floats:
    """Phi^-1: interpolated between exact values, with the exact function in the outer tails."""
    # far cheaper than one inverse a draw; where the function bends, in the tails, it is not exact enough
    z = np.interp(p, _PROBABILITY, _GRID)
    outer = np.flatnonzero((p < 0.02) | (p > 0.98))
    z[outer] = [NormalDist().inv_cdf(float(v)) for v in p[outer]]
    return z


def _rhat(chains: Floats) -> float:
    n = chains.shape[1]
    within = chains.var(axis=1, ddof=1).mean()
    between = n * chains.mean(axis=1).var(ddof=1)
    if not within > 0.0:
        return float("nan")
    return float(np.sqrt((between / within + n - 1) / n))


def rhat(draws: Floats) -> float:
    """Estimate R-hat of draws (chains, n): the larger of the bulk and the folded one; near 1 is good."""
    bulk = _rhat(rank_normalised(split(draws)))
    # chains of equal mean and unequal spread pass the first; folded about the median they do not
    folded = np.abs(draws - np.median(draws))
    return max(bulk, _rhat(rank_normalised(split(folded))))


def _autocovariance(chains: Floats) -> Floats:
    n = chains.shape[1]
    # padded with zeros: a chain's end must not meet its beginning
    size = 1 << (2 * n - 1).bit_length()
    spectrum = np.fft.rfft(chains - chains.mean(axis=1, keepdims=True), size, axis=1)
    return np.fft.irfft(np.abs(spectrum) ** 2, size, axis=1)[:, :n] / n


def _ess(chains: Floats) -> float:
    """Geyer's initial monotone sequence over the combined autocorrelations of all chains."""
    m, n = chains.shape
    # a constant has no autocorrelation; nan is no pass
    if n < 4 or not np.ptp(chains) > 0.0:
        return float("nan")
    covariance = _autocovariance(chains)
    within = covariance[:, 0].mean() * n / (n - 1.0)
    pooled = within * (n - 1.0) / n + (chains.mean(axis=1).var(ddof=1) if m > 1 else 0.0)
    rho = 1.0 - (within - covariance.mean(axis=0) * n / (n - 1.0)) / pooled
    rho[0] = 1.0
    # of a reversible chain sums of neighbours are positive and fall (Geyer 1992): what does not is noise. Sweeps in a
    # fixed order are not reversible; for them it is the customary rule (Vehtari et al. 2021), without Geyer's proof
    pairs = rho[: n // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0.0)
    stop = int(negative[0]) if len(negative) else len(pairs)
    monotone = np.minimum.accumulate(pairs[:stop])
    next_even = rho[2 * stop] if 2 * stop < n and rho[2 * stop] > 0.0 else 0.0
    # antithetic chains may beat independent draws; the bound keeps noise from making that boundless
    time = max(-1.0 + 2.0 * monotone.sum() + next_even, 1.0 / np.log10(m * n))
    return float(m * n / time)


def ess_bulk(draws: Floats) -> float:
    """Estimate the effective sample size of the centre of the distribution; draws (chains, n)."""
    return _ess(rank_normalised(split(draws)))


def ess_tail(draws: Floats) -> float:
    """Return the smaller effective sample size of the 5 % and the 95 % quantile."""
    sizes = []
    for q in (0.05, 0.95):
        below = (draws <= np.quantile(draws, q)).astype(np.float64)
        sizes.append(_ess(split(below)))
    return float(min(sizes))


def ess_of_event(event: NDArray[np.bool_]) -> float:
    """Estimate the effective sample size of the share of draws (chains, n) with an event; nan where all or none."""
    return _ess(split(event.astype(np.float64)))
