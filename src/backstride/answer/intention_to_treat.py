"""The drawn days alone, as drawn: an analysis by intention to treat.

Days that the person chose say nothing of what chance shows: pain, work or weather decided them, too. So the ratings
that follow them are left out, and so are all days before the first drawn one and after the last.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backstride.answer.design import (
    MINUTES_WHERE_NONE,
    Design,
    between,
    chronic_start,
    model_data,
    usual_days,
)
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.data import rhythm

REACH_DAYS = 7
"""A rating counts where one of so many days before it was drawn: a week's own days belong to its draw."""


def as_assigned(ready: Design) -> Design:
    """Replace what was done by what was drawn, on the drawn days alone.

    A day drawn to run counts as the person's mean run, a day drawn to rest as none. The draw asks nobody's pain, so
    the decision is left out.

    Args:
        ready: the whole diary's question; some of its days were drawn.
    """
    drawn = np.flatnonzero(~np.isnan(ready.data.drawn))
    first, last = int(drawn[0]), min(int(drawn[-1]) + 1, len(ready.series) - 1)
    inside = between(ready.series, first, last)
    # the question stays the whole diary's ('runs as usual'); only the records and their centring are of the draw
    usual = usual_days(inside.dose, inside.allocation)
    data, counts = model_data(inside, usual, chronic_start(ready.series.dose, first))
    ran = data.dose[np.nan_to_num(data.dose) > 0.0]
    # a draw assigns running, not minutes: every assigned run counts alike, whatever was run, or none
    mean = float(ran.mean()) if len(ran) else MINUTES_WHERE_NONE / MINUTES_A_UNIT_OF_DOSE / 3.0
    dose = np.where(np.isnan(data.drawn), data.dose, np.where(data.drawn > 0.0, mean, 0.0))
    # with no decision days the decision's equations drop out of the likelihood
    nobody = np.zeros(len(dose), dtype=bool)
    after_own = ~follows_drawn(data.drawn)
    data = data._replace(
        lower=np.where(after_own, -np.inf, data.lower),
        upper=np.where(after_own, np.inf, data.upper),
        dose=dose,
        decision_eligible=nobody,
        rhythm=rhythm(dose),
        coupling=np.zeros(len(dose)),
        intention=np.full(len(dose), np.nan),
    )
    return replace(ready, series=inside, data=data, counts=counts, mean_dose=float(np.nanmean(dose)))


def follows_drawn(drawn: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return of each morning whether it is one of drawn days, or at most `REACH_DAYS` after one.

    Args:
        drawn: (T,) what was drawn for each day; nan on days of one's own.
    """
    known = ~np.isnan(drawn)
    near = known.copy()
    for back in range(1, REACH_DAYS + 1):
        near[back:] |= known[:-back]
    return near
