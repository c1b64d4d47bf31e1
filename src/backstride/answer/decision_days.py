"""On which days was running chosen at all?

The decision to run is read as a measurement of the morning's pain. Whoever has not begun to run yet, is ill, away or
hurt, does not decide anew each morning, and weeks without a run then say nothing of each morning's pain. Taken for
decisions they would say that it hurt all those weeks, and that it stopped when running began.
"""

import numpy as np
from numpy.typing import NDArray

from backstride.model.arrays import Floats

AWAY_DAYS = 14
USUAL_GAPS = 4.0


def decision_eligible(dose: Floats, allocation: Floats) -> NDArray[np.bool_]:
    """Return (T,) False within stretches of own days without a run, of 14 days or four usual gaps, or longer.

    Args:
        dose: (T,) running of each day; nan is missing, and ends a stretch.
        allocation: (T,) 1 drawn to run, 0 drawn to rest, nan an own day; a drawn day ends a stretch.
    """
    # nan == 0.0 is False: a missing day is not known to be without a run, and ends a stretch
    still = (dose == 0.0) & np.isnan(allocation)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], still, [False]]).astype(np.int8)))
    # who runs once in ten days is not away after two weeks: the person's own rhythm sets the bound
    least = max(float(AWAY_DAYS), USUAL_GAPS * _usual_gap(dose))
    out = np.ones(len(dose), dtype=bool)
    for first, end in edges.reshape(-1, 2):
        if end - first >= least:
            out[first:end] = False
    return out


def _usual_gap(dose: Floats) -> float:
    """Median days from one run to the next; 0 with fewer than two."""
    runs = np.flatnonzero(np.nan_to_num(dose) > 0.0)
    return float(np.median(np.diff(runs))) if len(runs) > 1 else 0.0
