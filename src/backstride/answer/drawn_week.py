"""What a drawn run does to all seven mornings of the week after it.

    y[t] = a + b t + sum_{k=1..7} c_k drawn[t-k] + e[t]

Chance drew the days, so that nothing else that is known of a day decides its run, and each morning may have an effect
of its own: a distributed lag (Almon 1965, doi:10.2307/1911894) without a shape. Only mornings after seven drawn days
take part. The run's work on the coming week is the sum of c_k.
"""

from math import sqrt

import numpy as np

from backstride.answer.later_mornings import LaterMornings, standard_error
from backstride.answer.least_squares import least_squares
from backstride.diary.series import DailySeries

DAYS = 7
_SPARE = 20


def week_after_drawn_run(series: DailySeries) -> LaterMornings | None:
    """Estimate what one drawn run does to the next seven mornings; None where the draws leave it open."""
    drawn, pain = series.allocation, series.pain
    day = np.arange(DAYS, len(pain))
    lags = np.column_stack([drawn[day - k] for k in range(1, DAYS + 1)])
    # a lag of an own day would bring in whatever made the person run
    known = ~np.isnan(pain[day]) & ~np.isnan(lags).any(axis=1)
    n = int(known.sum())
    columns = np.column_stack([np.ones(n), day[known] / len(pain), lags[known]])
    if n < columns.shape[1] + _SPARE:
        return None
    # a line in time alone: curves would cost power, and chance knows nothing of the course either
    found = least_squares(columns, pain[day[known]])
    # draws of one fixed pattern a week leave the sum of the lags open
    if found.rank < columns.shape[1]:
        return None
    influence = np.zeros(len(pain))
    influence[day[known]] = found.weights[2:].sum(axis=0) * found.left * sqrt(n / (n - found.rank))
    effects = found.effects[2:]
    return LaterMornings(float(effects[0]), float(effects[1:].sum()), standard_error(influence, DAYS))
