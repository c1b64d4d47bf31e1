"""How the minutes of a run count: every run alike, by root, as they are, by their square or by their cube.

    x = s min(d, c)^p,   d in units of 30 minutes,   p in {0, 1/2, 1, 2, 3}

s keeps the mean of the person's running weeks, so that 'runs as usual' is as many minutes as before. The power is the
one under which next mornings are likeliest (a power transformation of a predictor: Box & Tidwell 1962,
doi:10.1080/00401706.1962.10490038):

    y[t+1] = b x[t] + c1 x[t-1] + c2 x[t-2] + f y[t] + g y[t-1] + h mean(y[t-8 .. t-2]) + m u[t] + l t + e

A back that is sore after any run, long or short, has p near 0; by the minute its effect would come out too small. One
that is sore after long runs alone has p of 2 or 3; by the minute its effect would come out too large.

c is the length that counts for three usual runs, or what 19 of 20 runs keep to where that is more. One marathon among
runs of half an hour has the leverage of sixty of them, and what it does is no answer about the running that is asked
about.
"""

import math
from typing import NamedTuple

import numpy as np

from backstride.answer.confounding import confounders
from backstride.answer.least_squares import least_squares, mean_of_days_before
from backstride.diary.series import DailySeries, Floats

POWERS = (0.0, 0.5, 1.0, 2.0, 3.0)
MIN_GAIN = 3.0
"""Log likelihood by which another power must beat the minutes themselves: one of 70 diaries without such a power."""
MIN_RUNS = 16
"""Rated mornings after a run; with fewer a single long one decides."""
_CAP_QUANTILE = 0.9
"""Quantile of the lengths at which longer runs are cut off while powers are compared: one race must not decide."""
MAX_TIMES_USUAL = 3.0
_FEW_LONGER = 0.95
"""Quantile of the lengths; only runs beyond it are cut off, where they count for `MAX_TIMES_USUAL` usual ones."""
MAX_BY_TIME = 0.5
"""R2 of the log lengths on (1, t, t^2) from which on lengths and the passing of time cannot be told apart."""
_SPARE = 20


class RunForm(NamedTuple):
    """How minutes count in the analysis.

    Attributes:
        power: p.
        scale: s.
        cap: c.
    """

    power: float = 1.0
    scale: float = 1.0
    cap: float = math.inf

    def of(self, dose: Floats) -> Floats:
        """Return what runs of these minutes count for; a day of rest 0, an unknown day nan.

        Args:
            dose: minutes / 30, of any shape.
        """
        ran = np.nan_to_num(dose) > 0.0
        capped = np.minimum(np.where(ran, dose, 1.0), self.cap)
        counted: Floats = np.where(ran, self.scale * capped**self.power, dose)
        return counted


def run_form(series: DailySeries, usual: np.ndarray) -> RunForm:
    """Choose how minutes count for one person.

    Args:
        series: one row a day, with minutes / 30 as dose.
        usual: (T,) bool, the days of the running weeks that 'runs as usual' is averaged over.
    """
    power = _power(series)
    cap = _cap(series.dose, power)
    own = np.minimum(series.dose[usual & (np.nan_to_num(series.dose) > 0.0)], cap)
    if power == 1.0 or not len(own):
        return RunForm(cap=cap)
    return RunForm(power, float(own.mean() / np.mean(own**power)), cap)


def _cap(dose: Floats, power: float) -> float:
    """Return the length from which on more minutes count no further."""
    runs = dose[np.nan_to_num(dose) > 0.0]
    if not len(runs):
        return math.inf
    # where long runs count for more than their minutes, fewer of them make up three usual runs
    times: float = MAX_TIMES_USUAL ** (1.0 / max(power, 1.0))
    return max(times * float(np.median(runs)), float(np.quantile(runs, _FEW_LONGER)))


def _by_time(dose: Floats, ran: np.ndarray) -> float:
    """Return how much of the log lengths a smooth course in time explains, 0 to 1, as on a ladder of longer runs."""
    day = np.flatnonzero(ran) / len(dose)
    lengths = np.log(dose[ran])
    total = float(np.sum((lengths - lengths.mean()) ** 2))
    if total <= 0.0:
        return 0.0
    return 1.0 - least_squares(np.column_stack([np.ones(len(day)), day, day**2]), lengths).residual / total


def _power(series: DailySeries) -> float:
    """Return the likeliest power, 1 unless another one is clearly likelier."""
    pain, dose = series.pain, series.dose
    ran = np.nan_to_num(dose) > 0.0
    if not ran.any() or _by_time(dose, ran) >= MAX_BY_TIME:
        return 1.0
    capped = np.where(ran, np.minimum(dose, np.quantile(dose[ran], _CAP_QUANTILE)), dose)
    day = np.arange(2, len(pain) - 1)
    # the line in time is for who heals while the runs get longer: long runs would seem the milder ones
    earlier = [pain[day], pain[day - 1], mean_of_days_before(pain)[day - 1], day / len(pain)]
    beside = [*earlier, *confounders(series)[0][day].T]
    known = ~np.isnan(np.column_stack([*beside, pain[day + 1], dose[day], dose[day - 1], dose[day - 2]])).any(
        axis=1
    )
    n, columns = int(known.sum()), len(beside) + 4
    if n < columns + _SPARE or ran[day[known]].sum() < MIN_RUNS:
        return 1.0
    day, beside = day[known], [column[known] for column in beside]
    likelihood = {}
    for power in POWERS:
        x = RunForm(power).of(capped)
        fit = least_squares(
            np.column_stack([np.ones(n), x[day], x[day - 1], x[day - 2], *beside]), pain[day + 1]
        )
        likelihood[power] = -0.5 * n * np.log(max(fit.residual, 1e-9) / n)
    best = max(POWERS, key=lambda power: likelihood[power])
    return best if likelihood[best] - likelihood[1.0] >= MIN_GAIN else 1.0
