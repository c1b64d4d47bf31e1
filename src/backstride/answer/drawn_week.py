"""What a drawn run does to all seven mornings of the week after it.

    y[t] = a + b t + sum_{k=1..7} c_k drawn[t-k] + e[t]

Chance drew the days, so that nothing else that is known of a day decides its run, and each morning may have an effect
of its own: a distributed lag (Almon 1965, doi:10.2307/1911894) without a shape. Only mornings after seven drawn days
take part. The run's work on the coming week is the sum of c_k. A draw of three days a week puts two to four
runs into any seven days, so that the sum rests on few changes, and its error allows for that (`carried_noise.py`).
"""

import numpy as np

from backstride.answer.carried_noise import contrasts
from backstride.answer.later_mornings import LaterMornings
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
    # a line in time alone: curves would cost power, and chance knows nothing of the course either
    columns = np.column_stack([np.ones(n), day[known] / len(pain), lags[known]])
    if n < columns.shape[1] + _SPARE:
        return None
    # draws of one fixed pattern a week leave the sum of the lags open
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        return None
    asked = np.zeros((2, columns.shape[1]))
    asked[0, 2], asked[1, 2:] = 1.0, 1.0
    following, week = contrasts(day[known], columns, pain[day[known]], asked)
    return LaterMornings(following.value, week.value - following.value, week.error)
