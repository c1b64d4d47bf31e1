"""Whether what runs do adds up day by day, or depends on the days between them.

    y[t] = a + c S[t] + f y[t-1] + g y[t-2] + h mean(y[t-9 .. t-3]) + sum_{l=1}^{L} b_l run[t-l] + e,   L = max(k, 3)

    S[t] = 1 where none of the k days before had a run     k = 3 or 4 a break;  k = 2 the same as runs on both days

by least squares, over the mornings on which all of it is known. The model of the answer adds up what single runs do.
Where any run of the last days does as much as several, or only the second of two days in a row does anything, c is
not 0: a week without a run is then another thing than so many runs less, and the sum of single runs is not its size.
With k = 2 the lags b_1 and b_2 stand beside S, so c is also the interaction of both: S = 1 - r1 - r2 + r1 r2.
"""

from typing import NamedTuple

import numpy as np

from backstride.answer.least_squares import least_squares
from backstride.diary.series import DailySeries, Floats

BREAKS = (3, 4)
"""Days without a run after which a morning belongs to a break."""
PAIR = 2
MIN_OF_EACH = 7
"""Mornings after a break, or of a pair, and others."""
CLEAR_BREAK = 3.2
"""Standard errors; how many lie beyond without such an effect, and with one, is in decisions/0037."""
CLEAR_PAIR = 4.5
"""Standard errors. Runs that add up reach 4 now and then, where their effect lasts for longer than the lags here."""
_SPARE = 15
_LAGS = 3
_BEFORE = 9


class Sequence(NamedTuple):
    """What a morning is beyond the sum of single runs.

    Attributes:
        days: 3 or 4 of a break of so many days or more, 2 of runs on two days in a row.
        points: change of pain beyond the sum.
    """

    days: int
    points: float


def effect_of_breaks(series: DailySeries) -> Sequence | None:
    """Return what mornings of a break are beyond the sum of single runs; None where nothing clear is seen.

    Args:
        series: one row a day.
    """
    found = [(abs(t), Sequence(days, points)) for days in BREAKS for points, t in _beyond_sum(series, days)]
    clear = [sequence for t, sequence in sorted(found, reverse=True) if t >= CLEAR_BREAK]
    return clear[0] if clear else None


def effect_of_pairs(series: DailySeries) -> Sequence | None:
    """Return what two days of running in a row do beyond the sum of two runs; None where nothing clear is seen.

    Args:
        series: one row a day.
    """
    # the first two lags and their product are all that two days can show, so c is the product's own coefficient
    for points, t in _beyond_sum(series, PAIR):
        if abs(t) >= CLEAR_PAIR:
            return Sequence(PAIR, points)
    return None


def longest_break(series: DailySeries) -> int:
    """Return the most days on end that are known to have no run.

    Args:
        series: one row a day.
    """
    longest = current = 0
    for dose in series.dose:
        # an unknown day ends a break: it is not known to be one of rest
        current = current + 1 if dose == 0.0 else 0
        longest = max(longest, current)
    return longest


def _beyond_sum(series: DailySeries, days: int) -> list[tuple[float, float]]:
    """Return the coefficient of S and its t value, in a list that is empty where there are too few mornings."""
    pain = series.pain
    run = np.where(np.isnan(series.dose), np.nan, (series.dose > 0.0).astype(np.float64))
    lags = np.column_stack([_before(run, lag) for lag in range(1, max(days, _LAGS) + 1)])
    # an unknown day may have had a run: neither a break nor none
    without = np.where(np.isnan(lags[:, :days]).any(axis=1), np.nan, lags[:, :days].max(axis=1) == 0.0)
    # the ratings before stand for what made the person rest, so that a bad day is not taken for a break's work
    columns = np.column_stack(
        [np.ones(len(pain)), without, _before(pain, 1), _before(pain, 2), _mean_before(pain), lags]
    )
    known = ~np.isnan(columns).any(axis=1) & ~np.isnan(pain)
    each = np.sum(without[known]), np.sum(without[known] == 0.0)
    if min(each) < MIN_OF_EACH or known.sum() < columns.shape[1] + _SPARE:
        return []
    fit = least_squares(columns[known], pain[known])
    return [(float(fit.effects[1]), float(fit.effects[1] / fit.errors[1]))]


def _before(values: Floats, days: int) -> Floats:
    """Return (T,) the value so many days before; nan where there is none."""
    return np.concatenate([np.full(days, np.nan), values[: len(values) - days]])


def _mean_before(pain: Floats) -> Floats:
    """Return (T,) the mean rating of the third to ninth day before; nan where none was rated."""
    window = np.column_stack([_before(pain, day) for day in range(3, _BEFORE + 1)])
    rated = np.sum(~np.isnan(window), axis=1)
    return np.where(rated > 0, np.nansum(window, axis=1) / np.maximum(rated, 1), np.nan)
