"""Somebody who used to rate long before the run, and now runs soon after the rating.

The median over the whole diary is then of neither habit, and more days of the new one are all that it takes.
"""

from typing import NamedTuple

import numpy as np

from backstride.answer.tier import MAX_GAP_HOURS, MIN_IN_ORDER, hours_to_run
from backstride.diary.series import DailySeries

MIN_LATELY = 8
"""Run days of the new habit."""


class RatedLately(NamedTuple):
    """The latest run days with a rating before the run, most of them soon before it.

    Attributes:
        lately_runs: how many.
        lately_hours: from the rating to the run, the median.
        earlier_hours: the same of the run days before them.
        more_runs: how many more like them it takes until more than half of all are soon after the rating.
    """

    lately_runs: int
    lately_hours: float
    earlier_hours: float
    more_runs: int


def rated_lately(series: DailySeries) -> RatedLately | None:
    """Find the longest latest stretch in which most runs came soon after the rating; None where most always did.

    None, too, where that stretch is short, or where nothing came before it.
    """
    hours = np.array(hours_to_run(series))
    if not len(hours) or np.median(hours) <= MAX_GAP_HOURS:
        return None
    soon = hours <= MAX_GAP_HOURS
    # of each first day of such a stretch the share from there on
    shares = np.cumsum(soon[::-1])[::-1] / np.arange(len(hours), 0, -1)
    begins = np.flatnonzero(soon & (shares >= MIN_IN_ORDER))
    if not len(begins) or begins[0] == 0 or len(hours) - begins[0] < MIN_LATELY:
        return None
    lately, earlier = hours[begins[0] :], hours[: begins[0]]
    # the median of as many soon as late would still lie between them
    more = len(hours) - 2 * int(soon.sum()) + 1
    return RatedLately(len(lately), float(np.median(lately)), float(np.median(earlier)), more)
