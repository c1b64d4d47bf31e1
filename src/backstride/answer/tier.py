"""The evidence tier, read from the record."""

import numpy as np

from backstride.answer.answer import Tier, TierLetter
from backstride.diary.series import DailySeries

LEAST_DRAWN_WEEKS = 8
LEAST_KEPT = 0.6
LEAST_IN_ORDER = 0.8
LEAST_RATED_BEFORE = 0.5
_LEAST_DRAWN_DAYS_A_WEEK = 3


def read_tier(series: DailySeries) -> Tier:
    """How much the record can tell.

    A: the last eight weeks or more drawn, and 60 % kept. B: of the run days that have a rating at all, 80 % have it
    from before the run, and half of all run days do: a morning that is missing hides no order, it is only missing
    (decisions/0010). Else C.
    """
    weeks = _drawn_weeks(series)
    kept = _kept(series, weeks)
    run_days = [day for day in series.days if day.runs]
    rated = [day for day in run_days if day.check_in is not None and day.check_in.pain is not None]
    before = sum(day.rated_before_run for day in run_days)
    if weeks >= LEAST_DRAWN_WEEKS and kept is not None and kept >= LEAST_KEPT:
        letter = TierLetter.RANDOMISED
    elif rated and before >= LEAST_IN_ORDER * len(rated) and before >= LEAST_RATED_BEFORE * len(run_days):
        letter = TierLetter.MORNING_FIRST
    else:
        letter = TierLetter.LOOKING_BACK
    return Tier(letter, before / len(run_days) if run_days else 0.0, float(weeks), kept)


def _drawn_weeks(series: DailySeries) -> int:
    """Weeks without a break, counted back from the last day, with at least three drawn days each."""
    drawn = ~np.isnan(series.drawn[::-1])
    weeks = 0
    for first in range(0, len(drawn) - 6, 7):
        if drawn[first : first + 7].sum() < _LEAST_DRAWN_DAYS_A_WEEK:
            break
        weeks += 1
    return weeks


def _kept(series: DailySeries, weeks: int) -> float | None:
    """Share of the drawn days, of those weeks, on which the draw was kept; None where nothing was drawn."""
    days = slice(max(len(series) - 7 * weeks, 0), None)
    drawn, dose = series.drawn[days], series.dose[days]
    known = ~np.isnan(drawn) & ~np.isnan(dose)
    if weeks == 0 or not known.any():
        return None
    return float(np.mean((drawn[known] > 0) == (dose[known] > 0)))
