"""Whether what runs do adds up day by day, or depends on the days between them.

    y[t] = a + c S[t] + f y[t-1] + g y[t-2] + h mean(y[t-9 .. t-3]) + sum_{l=1}^{L} b_l run[t-l] + e,   L = max(k, 3)

    S[t] = 1 where none of the k days before had a run     k = 3 or 4 a break;  k = 2 the same as runs on both days

by least squares, over the mornings on which all of it is known. The model of the answer adds up what single runs do.
Where any run of the last days does as much as several, or only the second of two days in a row does anything, c is
not 0: a week without a run is then another thing than so many runs less, and the sum of single runs is not its size.
With k = 2 the lags b_1 and b_2 stand beside S, so c is also the interaction of both: S = 1 - r1 - r2 + r1 r2.

A back that stiffens a little more with each day without a run jumps nowhere. It is asked with G[t], the days since
the last run, at most 7, in the place of S. From it follows a week with the person's own runs less one without any,

    W = (c (mean G - 7) + sum_{l=1}^{3} b_l mean run[t-l]) / (1 - f - g - h).
"""

from typing import NamedTuple

import numpy as np

from backstride.answer.least_squares import Fit, least_squares
from backstride.diary.series import DailySeries, Floats

BREAKS = (3, 4)
"""Days without a run after which a morning belongs to a break."""
PAIR = 2
MIN_OF_EACH = 7
"""Mornings after a break, or of a pair, and others."""
WEEK = 7
"""Days since the last run that are told apart, and the length of a week without one."""
CLEAR_BREAK = 3.2
"""Standard errors; how many lie beyond without such an effect, and with one, is in decisions/0037."""
CLEAR_PAIR = 4.5
"""Standard errors. Runs that add up reach 4 now and then, where their effect lasts for longer than the lags here."""
CLEAR_WEEK = 1.28
"""Standard errors beyond the smallest worthwhile change: 90 % of a normal distribution lie on that side."""
MAX_WEEK_ERROR = 1.2
"""Points. A week that is less well known than this is no finding."""
_MIN_FADING = 0.3
"""Least of 1 - f - g - h: from ratings that follow each other more closely no week can be worked out."""
_SPARE = 15
_LAGS = 3
_BEFORE = 9


class Sequence(NamedTuple):
    """What a morning is beyond the sum of single runs.

    Attributes:
        days: 3 or 4 of a break of so many days or more, 2 of runs on two days in a row, 7 of a week without a run.
        points: change of pain beyond the sum; of 7, a week with the person's runs less one without.
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


def effect_by_days_since(series: DailySeries, *, worthwhile: float) -> Sequence | None:
    """Return a week with runs less one without, worked out by the days since the last run, where it is clearly large.

    Args:
        series: one row a day.
        worthwhile: smallest worthwhile change, points.

    Returns:
        None where the week may well be smaller than `worthwhile`, or too little is known of it.
    """
    run = _runs(series)
    since = _days_since(run)
    lags = np.column_stack([_before(run, lag) for lag in range(1, _LAGS + 1)])
    fitted = _regressed(series.pain, since, lags)
    if fitted is None:
        return None
    columns, fit = fitted
    # who rests for a day or two at most shows nothing of a week
    if np.sum(columns[:, 1] >= BREAKS[0]) < MIN_OF_EACH:
        return None
    contrast = np.zeros(columns.shape[1])
    contrast[1] = columns[:, 1].mean() - WEEK
    contrast[-_LAGS:] = columns[:, -_LAGS:].mean(axis=0)
    fading = max(_MIN_FADING, 1.0 - float(fit.effects[2:-_LAGS].sum()))
    week = float(contrast @ fit.effects) / fading
    spare = len(columns) - columns.shape[1]
    error = (
        float(np.linalg.norm((contrast @ fit.weights) * fit.left)) * np.sqrt(len(columns) / spare) / fading
    )
    clear = error <= MAX_WEEK_ERROR and abs(week) - worthwhile >= CLEAR_WEEK * error
    return Sequence(WEEK, week) if clear else None


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
    run = _runs(series)
    lags = np.column_stack([_before(run, lag) for lag in range(1, max(days, _LAGS) + 1)])
    # an unknown day may have had a run: neither a break nor none
    without = np.where(np.isnan(lags[:, :days]).any(axis=1), np.nan, lags[:, :days].max(axis=1) == 0.0)
    fitted = _regressed(series.pain, without, lags)
    if fitted is None or min(np.sum(fitted[0][:, 1]), np.sum(fitted[0][:, 1] == 0.0)) < MIN_OF_EACH:
        return []
    fit = fitted[1]
    return [(float(fit.effects[1]), float(fit.effects[1] / fit.errors[1]))]


def _regressed(pain: Floats, asked: Floats, lags: Floats) -> tuple[Floats, Fit] | None:
    """Regress pain on a column that is asked, earlier ratings, and the runs of the days before.

    Returns:
        columns: (n, p) 1, the column asked, three of earlier ratings, the lags, over mornings on which all is known.
        fit: their least squares; None in the place of both where there are too few mornings.
    """
    # the ratings before stand for what made the person rest, so that a bad day is not taken for a break's work
    columns = np.column_stack(
        [np.ones(len(pain)), asked, _before(pain, 1), _before(pain, 2), _mean_before(pain), lags]
    )
    known = ~np.isnan(columns).any(axis=1) & ~np.isnan(pain)
    if known.sum() < columns.shape[1] + _SPARE:
        return None
    return columns[known], least_squares(columns[known], pain[known])


def _runs(series: DailySeries) -> Floats:
    """Return (T,) 1 on days with a run, 0 on days without; nan where it is not known."""
    return np.where(np.isnan(series.dose), np.nan, (series.dose > 0.0).astype(np.float64))


def _days_since(run: Floats) -> Floats:
    """Return (T,) the days since the last run, at most 7; nan where an unknown day lies between."""
    before = np.column_stack([_before(run, lag) for lag in range(1, WEEK)])
    # the first day back that had a run, or of which nothing is known
    first = np.argmax(np.column_stack([before != 0.0, np.ones(len(run), dtype=bool)]), axis=1)
    is_known = ~np.isnan(np.column_stack([before, np.zeros(len(run))])[np.arange(len(run)), first])
    return np.where(is_known, first + 1.0, np.nan)


def _before(values: Floats, days: int) -> Floats:
    """Return (T,) the value so many days before; nan where there is none."""
    return np.concatenate([np.full(days, np.nan), values[: len(values) - days]])


def _mean_before(pain: Floats) -> Floats:
    """Return (T,) the mean rating of the third to ninth day before; nan where none was rated."""
    window = np.column_stack([_before(pain, day) for day in range(3, _BEFORE + 1)])
    rated = np.sum(~np.isnan(window), axis=1)
    return np.where(rated > 0, np.nansum(window, axis=1) / np.maximum(rated, 1), np.nan)
