"""Whether short and long runs are followed by opposite mornings, so that one answer for all runs would mislead.

    y[t + 1] = a + b y[t] + c mean(y[t - 7 .. t - 1]) + short [short run on t] + long [long run on t] + e

by least squares, over the days on which all of it is known; a run is long from a quantile of the person's own lengths
on. The model of the answer takes every minute for the same, so where short and long part, its one effect has the sign
of whichever moves the fit more, and can be sure of the wrong one.
"""

from typing import NamedTuple

import numpy as np

from backstride.answer.least_squares import least_squares, mean_of_days_before
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE, DailySeries

QUANTILES = (1 / 3, 1 / 2, 2 / 3, 3 / 4)
"""Of the lengths, from which on a run counts as long."""
MIN_OF_EACH = 8
"""Rated mornings after short runs, after long runs and after rest."""
CLEAR_SE = 3.0
"""Standard errors that both must lie from 0, on opposite sides; four cuts are asked."""


class OppositeLengths(NamedTuple):
    """What follows short and long runs, where the two are opposite.

    Attributes:
        minutes: from which on a run counts as long.
        short, long: change of next morning's pain against rest, points.
    """

    minutes: float
    short: float
    long: float


def opposite_lengths(series: DailySeries) -> OppositeLengths | None:
    """Compare the mornings after short runs, after long runs and after rest.

    Returns:
        The clearest of the cuts; None where the two do not part.
    """
    pain, dose = series.pain, series.dose
    before = mean_of_days_before(pain)
    known = ~np.isnan(pain[1:]) & ~np.isnan(pain[:-1]) & ~np.isnan(dose[:-1]) & ~np.isnan(before[:-1])
    next_pain, today, lately, ran = pain[1:][known], pain[:-1][known], before[:-1][known], dose[:-1][known]
    lengths = ran[ran > 0.0]
    if len(lengths) < 2 * MIN_OF_EACH:
        return None
    found: list[tuple[float, OppositeLengths]] = []
    for cut in sorted({float(np.quantile(lengths, q)) for q in QUANTILES}):
        short, long = (ran > 0.0) & (ran < cut), ran >= cut
        if min(short.sum(), long.sum(), (ran == 0.0).sum()) < MIN_OF_EACH:
            continue
        columns = np.column_stack([np.ones(len(ran)), today, lately, short, long])
        effects, errors, *_ = least_squares(columns, next_pain)
        t = effects[3:] / errors[3:]
        if t[0] * t[1] < 0.0 and np.abs(t).min() >= CLEAR_SE:
            parted = OppositeLengths(cut * MINUTES_A_UNIT_OF_DOSE, float(effects[3]), float(effects[4]))
            found.append((float(np.abs(t).min()), parted))
    return max(found)[1] if found else None
