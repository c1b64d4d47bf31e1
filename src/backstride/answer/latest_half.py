"""The latest half of the records alone: does what is said still hold in it?

An effect may change: running that helped in the first months may harm in the last, when a disc, a shoe or the load
has changed. One effect for the whole diary is then the mean of two, or worse, so a claim must not be contradicted by
the days that are nearest to the person's question, which begins today.
"""

from dataclasses import replace

import numpy as np

from backstride.answer.design import Design, between, chronic_start, model_data, usual_days

MIN_DAYS = 56
"""Eight weeks. A shorter half says next to nothing of its own, and would be asked only to be overruled."""
MIN_RATED, MIN_RUNS = 28, 10


def latest_half(ready: Design) -> Design | None:
    """Lay out the latest half of the days, asked about the same running as the whole diary.

    Returns:
        None where the half has fewer than 56 days, 28 ratings or ten runs.
    """
    series = ready.series
    first = len(series) // 2
    inside = between(series, first, len(series) - 1)
    rated, runs = int(np.sum(~np.isnan(inside.pain))), int(np.sum(inside.dose > 0))
    if len(inside) < MIN_DAYS or rated < MIN_RATED or runs < MIN_RUNS:
        return None
    # the question stays the whole diary's ('runs as usual'); only the records and their centring are of the half
    usual = usual_days(inside.dose, inside.allocation)
    data, counts = model_data(inside, usual, chronic_start(series.dose, first))
    known = inside.dose[~np.isnan(inside.dose)]
    return replace(ready, series=inside, data=data, counts=counts, mean_dose=float(known.mean()))
