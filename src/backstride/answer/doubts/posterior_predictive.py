"""Do diaries simulated from the fitted model look like this one?"""

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import Doubt
from backstride.answer.doubts.case import CheckContext
from backstride.answer.kinds import Check, DoubtResult
from backstride.model.arrays import Floats
from backstride.model.predict import simulate_ratings

DIARIES = 400
UNUSUAL = 0.01
RISE = 2.0
_WEEK = 7
_MIN_PER_WEEK = 3


def posterior_predictive(case: CheckContext) -> Doubt:
    """Compare features of the diary with those of 400 simulated ones.

    Autocorrelation, share at the floor, spread, jumps, lasting episodes and weekday rhythm. Fails where one of them
    is more extreme than in 99 of 100 simulated diaries on either side.
    """
    series, data = case.design.series, case.design.data
    seen = ~np.isnan(series.pain)
    rng = np.random.default_rng([case.posterior.settings.seed, 8])
    step = _step(series.pain_lower, series.pain_upper)
    # rated on the same days with the same step, so that gaps and rounding are not what differs
    ratings = simulate_ratings(case.posterior, data, count=DIARIES, step=step, rng=rng)
    mine = _features(series.pain[None, :], seen, data.weekday)
    simulated = _features(ratings, seen, data.weekday)
    numbers: dict[str, float] = {}
    worst = 1.0
    for name, value in mine.items():
        p = _two_sided(simulated[name], float(value[0]))
        numbers[f"p_{name}"] = p
        worst = min(worst, p)
    # two-sided p, so twice the share of one tail
    result = DoubtResult.FAIL if worst < 2.0 * UNUSUAL else DoubtResult.PASS
    return Doubt(Check.POSTERIOR_PREDICTIVE, result, numbers)


def _step(lower: Floats, upper: Floats) -> float:
    """Distance of two neighbouring answers on the 0-10 scale."""
    width = upper - lower
    width = width[np.isfinite(width)]
    return float(np.median(width)) if len(width) else 1.0


def _features(ratings: Floats, seen: NDArray[np.bool_], weekday: NDArray[np.int64]) -> dict[str, Floats]:
    """Six features of each diary (rows), on the days that were rated."""
    y = ratings[:, seen]
    both = seen[1:] & seen[:-1]
    change = (ratings[:, 1:] - ratings[:, :-1])[:, both]
    spread = y.std(axis=1)
    centred = ratings - y.mean(axis=1, keepdims=True)
    lagged = (centred[:, 1:] * centred[:, :-1])[:, both]
    pairs = lagged.mean(axis=1) if both.any() else np.zeros(len(y))
    return {
        "autocorrelation": pairs / np.maximum(spread**2, 1e-9),
        "floor": (y <= 0.0).mean(axis=1),
        "sd": spread,
        "episodes": _worst_week(ratings, seen),
        "weekday": _of_weekdays(y, weekday[seen]),
        "flares": (change >= RISE).mean(axis=1) if both.any() else np.zeros(len(y)),
    }


def _worst_week(ratings: Floats, seen: NDArray[np.bool_]) -> Floats:
    """Return the highest weekly mean minus the overall mean: a lasting episode stands out in it."""
    weeks = np.arange(len(seen)) // _WEEK
    counts = np.bincount(weeks, weights=seen)
    known = counts >= _MIN_PER_WEEK
    sums = np.stack([np.bincount(weeks, weights=np.where(seen, row, 0.0)) for row in ratings])
    if not known.any():
        return np.zeros(len(ratings))
    means = sums[:, known] / counts[known]
    return np.asarray(means.max(axis=1) - ratings[:, seen].mean(axis=1))


def _of_weekdays(y: Floats, weekday: NDArray[np.int64]) -> Floats:
    """Spread of the means of the weekdays."""
    days = [y[:, weekday == day].mean(axis=1) for day in range(_WEEK) if np.any(weekday == day)]
    return np.asarray(np.std(days, axis=0))


def _two_sided(simulated: Floats, mine: float) -> float:
    """Two-sided tail share, ties counted half."""
    # many features are counts: an equal value is evidence of neither side
    ties = 0.5 * np.mean(np.isclose(simulated, mine))
    below = np.mean(simulated < mine - 1e-12 - 1e-8 * abs(mine)) + ties
    return float(np.clip(2.0 * min(below, 1.0 - below), 0.0, 1.0))
