"""Can running and time be told apart? The gate before any verdict on a season.

    C[t+1] = C[t] + (x[t] - C[t]) / 28                 chronic load; an unknown dose counts as the mean
    open   <=>  R2 of C[t] on (1, t, t^2) < 0.85  and
                some 14-day mean dose <= 0.75 and some >= 1.25 times the person's own mean

Somebody who builds up running along one smooth line while the back changes by itself cannot know which of the two it
was; nor can who always runs as much.
"""

import numpy as np

from backstride.answer.answer import Gate
from backstride.model.arrays import Floats

TAU_DAYS = 28.0
"""Of the load by which a diary begins and its gate is judged: one number, before anything is fitted. The model itself
draws how fast a habit builds up (`Priors.build_up`), and its kernels keep that load day by day."""
MAX_RAMP = 0.85
"""From 0.85 to 0.9, 4 of 12 people without an effect were told 'helps', below it 1 of 56 (decisions/0019)."""
LITTLE, MUCH = 0.75, 1.25
WINDOW = 14


def season_gate(dose: Floats, *, chronic_start: float) -> Gate:
    """Compute the gate of one diary.

    Args:
        dose: (T,) running of each day; nan is unknown.
        chronic_start: chronic load on the first morning, on the scale of `dose`.
    """
    known = dose[~np.isnan(dose)]
    mean = float(known.mean()) if len(known) else 0.0
    # the mean neither adds to the ramp nor makes a fortnight look empty or full
    filled = np.where(np.isnan(dose), mean, dose)
    ramp = smoothness(chronic_load(filled, chronic_start))
    lowest, highest = _fortnights(filled, mean)
    return Gate(ramp, lowest, highest, is_open=ramp < MAX_RAMP and lowest <= LITTLE and highest >= MUCH)


def chronic_load(dose: Floats, start: float) -> Floats:
    """Return (T,) C of each morning."""
    load = np.empty(len(dose))
    load[0] = start
    for t in range(1, len(dose)):
        load[t] = load[t - 1] + (dose[t - 1] - load[t - 1]) / TAU_DAYS
    return load


def smoothness(load: Floats) -> float:
    """Return R2 of the load on (1, t, t^2); 1 where it does not change."""
    # centred and scaled, so that the quadratic is well conditioned on diaries of years
    time = np.linspace(-1.0, 1.0, len(load))
    rows = np.column_stack([np.ones_like(time), time, time**2])
    total = float(np.sum((load - load.mean()) ** 2))
    # a constant load is explained by time entirely, not 0 / 0
    if not total > 1e-12 * max(float(np.sum(load**2)), 1e-12):
        return 1.0
    left = load - rows @ np.linalg.lstsq(rows, load, rcond=None)[0]
    return 1.0 - float(left @ left) / total


def _fortnights(dose: Floats, mean: float) -> tuple[float, float]:
    """Return the smallest and largest 14-day mean as shares of the mean; (1, 1) where there is none."""
    if len(dose) < WINDOW or not mean > 0.0:
        return 1.0, 1.0
    means = np.convolve(dose, np.full(WINDOW, 1.0 / WINDOW), mode="valid") / mean
    return float(means.min()), float(means.max())
