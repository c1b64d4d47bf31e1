"""What a run does to each of the next three mornings, without saying how one follows from another.

The model of the answer gives a run a push on the next and on the second morning, which fades by phi from day to day.
A back that is sore later breaks that, and one diary may hold too little of the second morning for its prior: where
people run every other day, the second morning is the one before the next run, and a rise on it looks like a fall on
the first. So each morning gets an effect of its own:

    y[t+1] = b1 run[t] + c1 run[t-1] + c2 run[t-2] + f y[t] + g y[t-1] + h mean(y[t-8 .. t-2]) + m u[t] + e
    y[t+2] - b1 run[t+1]              = b2 run[t] + c3 run[t-1] + f y[t] + h mean(y[t-7 .. t-1]) + m u[t] + e
    y[t+3] - b1 run[t+2] - b2 run[t+1] = b3 run[t]              + f y[t] + h mean(y[t-7 .. t-1]) + m u[t] + e

What later runs did is taken off before an earlier one is asked (sequential g-estimation of a structural nested
mean model: Robins 1994; Vansteelandt & Joffe 2014, doi:10.1214/14-STS493). Runs before it that may still work on
that morning stand beside it: a run is seldom drawn or chosen on the day after another, so that their soreness
would be read as the work of rest. This morning's rating, the week before and what was recorded, u, stand for what
made the person run. Means of weekdays join a line where they explain more than chance does. The run's work on the
coming days is b1 + b2 + b3.
"""

from math import sqrt
from typing import NamedTuple

import numpy as np

from backstride.answer.confounding import confounders
from backstride.answer.f_distribution import chance_above
from backstride.answer.least_squares import least_squares, mean_of_days_before
from backstride.diary.series import DailySeries, Floats

MORNINGS_AHEAD = 3
MIN_OF_EACH = 8
"""Rated mornings after a run, and after none."""
SURE_SE = 1.2816
"""Standard errors: the normal's 90 % point, the share of the panel's other rows."""
EIGHTY = 0.8416
"""Standard errors: the normal's 80 % point."""
_WEEKDAY_MATTERS = 0.01
"""The chance of means of weekdays as far apart, where no weekday matters, below which they are allowed for."""
_SPARE = 10
_MIN_VARIANCE = 1e-12


class LaterMornings(NamedTuple):
    """Change of pain on the mornings after one run, points.

    Attributes:
        next: on the next morning.
        later: on the two after that, added up.
        error: standard error of all three together.
    """

    next: float
    later: float
    error: float

    @property
    def total(self) -> float:
        """All three mornings together."""
        return self.next + self.later

    @property
    def are_sure(self) -> bool:
        """Whether they show a side."""
        return abs(self.total) > SURE_SE * self.error

    def bear_out(self, way: int, *, run_days: float, worthwhile: float) -> bool:
        """Whether they allow what the model says of the week.

        A side needs   side * total > SURE_SE error.   'No difference' falls where they are as sure of a side and
        leave a change of the week that matters more than one chance in five:   run_days / 7 (|total| + EIGHTY error)
        >= w.

        Args:
            way: side of the claim, -1 less pain, 1 more; 0 of 'no difference'.
            run_days: run days a week.
            worthwhile: w, smallest worthwhile change, points.
        """
        if way:
            return self.are_sure and way * self.total > 0.0
        is_small = run_days / 7.0 * (abs(self.total) + EIGHTY * self.error) < worthwhile
        return is_small or not self.are_sure


def later_mornings(series: DailySeries, *, beside_medicine: bool = False) -> LaterMornings | None:
    """Estimate what one run does to the next three mornings; None where there are too few of either kind.

    Args:
        series: one row a day.
        beside_medicine: allow for pain medicine taken between this check-in and the next, as the run was.
    """
    pain = series.pain
    run = np.where(np.isnan(series.dose), np.nan, (series.dose > 0.0).astype(np.float64))
    after = run[:-1][~np.isnan(pain[1:]) & ~np.isnan(run[:-1])]
    if min(after.sum(), (after == 0.0).sum()) < MIN_OF_EACH:
        return None
    before, recorded = mean_of_days_before(pain), confounders(series)[0]
    weekday = _weekday_columns(series)
    effects: list[float] = []
    influences: list[Floats] = []
    for ahead in range(1, MORNINGS_AHEAD + 1):
        day = np.arange(MORNINGS_AHEAD - 1, len(pain) - ahead)
        later_runs = np.column_stack([run[day + ahead - k] for k in range(1, ahead)] or [np.zeros(len(day))])
        outcome = pain[day + ahead] - later_runs @ np.array(effects or [0.0])
        earlier_runs = [run[day - back] for back in range(1, MORNINGS_AHEAD - ahead + 1)]
        columns = [np.ones(len(day)), run[day], pain[day], *earlier_runs, *recorded[day].T]
        columns += [pain[day - 1], before[day - 1]] if ahead == 1 else [before[day]]
        columns += [series.medicine[day + 1]] if beside_medicine else []
        found = _fit(np.column_stack(columns), outcome, weekday[day + ahead])
        if found is None:
            return None
        effect, weights, residual = found
        influence = np.zeros(len(pain))
        influence[day + ahead] = weights * residual
        # an error of an earlier effect moves this one by what was taken off with it
        moved = np.nansum(weights[:, None] * later_runs, axis=0)
        for earlier, by in zip(influences, moved, strict=False):
            influence -= by * earlier
        effects.append(effect)
        influences.append(influence)
    return LaterMornings(
        effects[0], sum(effects[1:]), standard_error(np.sum(influences, axis=0), MORNINGS_AHEAD)
    )


def _fit(columns: Floats, outcome: Floats, weekday: Floats) -> tuple[float, Floats, Floats] | None:
    """Regress the days on which all is known; with the weekdays where they tell something.

    Returns:
        The effect of the run, and of each day its weight in that effect and what is left of it, 0 where not known.
    """
    known = ~np.isnan(columns).any(axis=1) & ~np.isnan(outcome)
    n = int(known.sum())
    if n < columns.shape[1] + _SPARE:
        return None
    y = outcome[known]
    found = least_squares(columns[known], y)
    fuller = least_squares(np.column_stack([columns, weekday])[known], y)
    spare, added = n - fuller.rank, fuller.rank - found.rank
    if added > 0 and spare >= _SPARE and fuller.residual > 0.0:
        f = (found.residual - fuller.residual) / added / (fuller.residual / spare)
        found = fuller if chance_above(f, added, spare) < _WEEKDAY_MATTERS else found
    weights, residual = np.zeros(len(outcome)), np.zeros(len(outcome))
    weights[known] = found.weights[1]
    residual[known] = found.left * sqrt(n / max(n - found.rank, 1))
    return float(found.effects[1]), weights, residual


def standard_error(influence: Floats, days: int) -> float:
    """Return the standard error of a sum of daily influences that are tied over a few days.

    V = sum_t i[t]^2 + 2 sum_k (1 - k / (K + 1)) sum_t i[t] i[t-k],  k = 1 .. K        Newey & West 1987

    Args:
        influence: (T,) of each day.
        days: K, over which they are tied.
    """
    variance = float(influence @ influence)
    for k in range(1, days + 1):
        variance += 2.0 * (1.0 - k / (days + 1)) * float(influence[k:] @ influence[:-k])
    return sqrt(max(variance, _MIN_VARIANCE))


def _weekday_columns(series: DailySeries) -> Floats:
    """(T, 6) of Monday to Saturday, each against the mean of all seven."""
    of = np.array([day.day.weekday() for day in series.days])
    return np.where(of[:, None] == 6, -1.0, (of[:, None] == np.arange(6)).astype(np.float64))
