"""Diaries in which one thing hardly varies: run days of one fixed rhythm, ratings that are all the same."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backstride.model.arrays import Floats

_WEEK = 7


def fixed_rhythm(dose: Floats) -> float:
    """Return the share of days whose run a rule of thumb knows, by the weekday or by the days since.

    Args:
        dose: (T,) running of each day; nan is unknown and left out.
    """
    known = ~np.isnan(dose)
    if not known.any():
        return 0.0
    ran = (np.nan_to_num(dose) > 0.0)[known]
    weekday = (np.arange(len(dose)) % _WEEK)[known]
    return max(_known_by(weekday, ran), _known_by(_days_since_run(dose)[known], ran))


def same_rating(pain: Floats) -> float:
    """Return the share of the ratings that are the commonest one; 0 without ratings."""
    rated = pain[~np.isnan(pain)]
    if not len(rated):
        return 0.0
    return float(np.unique(rated, return_counts=True)[1].max() / len(rated))


def _days_since_run(dose: Floats) -> NDArray[np.int64]:
    """(T,) days since the last known run, a week and more as one; 0 before the first."""
    since, out = 0, np.zeros(len(dose), dtype=np.int64)
    for t, x in enumerate(dose):
        out[t] = since
        since = 1 if x > 0.0 else min(since + 1, _WEEK) * (since > 0)
    return out


def _known_by(group: NDArray[np.int64], ran: NDArray[np.bool_]) -> float:
    """Share of days that are as most days of their group are."""
    groups: Sequence[int] = np.unique(group).tolist()
    alike = [max(int(np.sum(ran[group == g])), int(np.sum(~ran[group == g]))) for g in groups]
    return sum(alike) / len(ran)
