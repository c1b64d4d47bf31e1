"""How runs and ratings are usually compared, on the same records: which of them say 'helps' at p < .05.

Each gives z: how many standard errors less (negative) or more pain goes with running. Normal tails throughout; with
50 days and more they differ little from Student's.
"""

from math import atanh, erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WAYS: dict[str, str] = {
    "correlation": "Pearson's r of the day's rating with the minutes run that day",
    "run days": "Welch's t-test of the ratings of run days against those of rest days",
    "next morning": "the same test of the ratings on the morning after",
    "lagged regression": "rating on yesterday's run and yesterday's rating, Newey-West errors with 7 lags",
    "pre/post": "a local level before running began (or the first half) forecast into the time after, "
    "in the manner of CausalImpact: level sd 0.01 of the ratings' own, other noise by maximum likelihood",
}
_LAGS = 7
_LEVEL_SHARE = 0.01
_RUN_FREE_DAYS = 14


def usual_ways(pain: Floats, dose: Floats) -> dict[str, float]:
    """z of each way; nan where it cannot be computed.

    Args:
        pain: (days,) ratings 0-10, nan where missing.
        dose: (days,) running of the day, known.
    """
    return {
        "correlation": _correlation(pain, dose),
        "run days": _welch(pain, dose > 0),
        "next morning": _welch(pain[1:], dose[:-1] > 0),
        "lagged regression": _lagged(pain, dose),
        "pre/post": _pre_post(pain, dose),
    }


def p_value(z: float) -> float:
    """Two-sided p of z."""
    return erfc(abs(z) / sqrt(2.0))


def says(z: float) -> str:
    """Return 'helps', 'harms' or 'nothing', at p < .05."""
    if np.isnan(z) or p_value(z) >= 0.05:
        return "nothing"
    return "helps" if z < 0 else "harms"


def _correlation(pain: Floats, dose: Floats) -> float:
    known = ~np.isnan(pain)
    if known.sum() < 5 or np.ptp(pain[known]) == 0 or np.ptp(dose[known]) == 0:
        return float("nan")
    r = float(np.corrcoef(pain[known], dose[known])[0, 1])
    return atanh(np.clip(r, -0.999999, 0.999999)) * sqrt(known.sum() - 3.0)


def _welch(pain: Floats, ran: NDArray[np.bool_]) -> float:
    known = ~np.isnan(pain)
    a, b = pain[known & ran], pain[known & ~ran]
    if len(a) < 3 or len(b) < 3:
        return float("nan")
    error = sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    return float((a.mean() - b.mean()) / error) if error > 0 else float("nan")


def _lagged(pain: Floats, dose: Floats) -> float:
    """y[t+1] = a + b x[t] + c y[t]: z of b."""
    known = ~np.isnan(pain[1:]) & ~np.isnan(pain[:-1])
    x = np.column_stack([np.ones(known.sum()), dose[:-1][known], pain[:-1][known]])
    if len(x) < 10 or np.linalg.matrix_rank(x) < 3:
        return float("nan")
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ pain[1:][known]
    scores = x * (pain[1:][known] - x @ b)[:, None]
    meat = scores.T @ scores
    for lag in range(1, _LAGS + 1):
        both = scores[lag:].T @ scores[:-lag]
        meat += (1.0 - lag / (_LAGS + 1.0)) * (both + both.T)
    error = sqrt(max(float((inverse @ meat @ inverse)[1, 1]), 0.0))
    return float(b[1]) / error if error > 0 else float("nan")


def _pre_post(pain: Floats, dose: Floats) -> float:
    """Mean of the ratings after the break minus their forecast from before it, over its standard error."""
    first = int(np.argmax(dose > 0))
    cut = first if first >= _RUN_FREE_DAYS else len(pain) // 2
    before, after = pain[:cut], pain[cut:]
    seen = before[~np.isnan(before)]
    if len(seen) < 8 or np.sum(~np.isnan(after)) < 8 or seen.std() == 0:
        return float("nan")
    step = (_LEVEL_SHARE * seen.std()) ** 2
    noise = max(_noises(seen), key=lambda v: _filter(before, step, v)[2])
    level, variance, _ = _filter(before, step, noise)
    days = np.flatnonzero(~np.isnan(after)) + 1.0
    # var of the mean forecast: the level's own, its walk (cov of two days = the shorter way), and daily noise
    spread = variance + step * np.minimum.outer(days, days).mean() + noise / len(days)
    return float((np.nanmean(after) - level) / sqrt(spread))


def _noises(seen: Floats) -> Floats:
    return np.asarray(seen.var() * np.linspace(0.2, 1.5, 27))


def _filter(pain: Floats, step: float, noise: float) -> tuple[float, float, float]:
    """Kalman filter of a local level: last level, its variance, log likelihood."""
    start = int(np.argmax(~np.isnan(pain)))
    level, variance, total = float(pain[start]), noise, 0.0
    for y in pain[start + 1 :]:
        variance += step
        if np.isnan(y):
            continue
        s = variance + noise
        miss = float(y) - level
        total -= 0.5 * (np.log(s) + miss * miss / s)
        level += variance / s * miss
        variance *= noise / s
    return level, variance, float(total)
