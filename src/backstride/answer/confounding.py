"""What may move both the decision to run and next morning's pain: what is recorded, and the hours before a run."""

import numpy as np

from backstride.answer.kinds import Question, TierLetter
from backstride.answer.tier import read_tiers
from backstride.diary.series import DailySeries, Floats

HOURS_OF_FULL_COUPLING = 8.0
"""After so many hours from the rating to the run, pain has had a working day in which to move."""
RECORDED_SHARE = 0.5
MOSTLY_DRAWN = 2 / 3
"""Share of the days that chance drew from which on nothing recorded is allowed for, where the draw was kept."""
MIN_PAIN_BEFORE = 10
MIN_WITH_MEDICINE = 20
SOME_WITH_MEDICINE = 0.3
"""From this correlation on, it is asked whether medicine of the same day leaves the runs their less pain."""
MAX_WITH_MEDICINE = 0.7
"""From this correlation on, runs and medicine cannot be told apart: 0.7 is half of the variance of either."""


def coupling(series: DailySeries) -> Floats:
    """Return how much pain can have moved between the last rating and the decision: hours of eight, at most 1.

    On days without a run the person's usual delay counts; where no order is known, a whole working day. Pain
    told right before the run leaves no time.
    """
    hours = series.hours_to_run
    known = hours[~np.isnan(hours)]
    usual = float(np.median(known)) if len(known) else HOURS_OF_FULL_COUPLING
    ran = np.nan_to_num(series.dose) > 0.0
    # a run of unknown order may have been decided by a whole day's pain: the widest prior is the honest one
    delay = np.where(np.isnan(hours), np.where(ran, HOURS_OF_FULL_COUPLING, usual), hours)
    delay = np.where(np.isnan(series.pain_before), delay, 0.0)
    return np.clip(delay / HOURS_OF_FULL_COUPLING, 0.0, 1.0)


def medicine_with_runs(series: DailySeries) -> float:
    """Correlate runs with pain medicine: a run on day t, and medicine since, told on morning t + 1.

    Medicine that is taken for the run, or after it, is no confounder to allow for: it is taken together with running,
    and where it nearly always is, no analysis can tell one from the other.

    Returns:
        The correlation (phi coefficient) over the days where both are known; 0 where either never varies or
        `MIN_WITH_MEDICINE` such days are not reached.
    """
    ran, medicine = series.dose[:-1], series.medicine[1:]
    known = ~np.isnan(ran) & ~np.isnan(medicine)
    took, did_run = medicine[known] > 0.0, ran[known] > 0.0
    if known.sum() < MIN_WITH_MEDICINE or took.all() or not took.any() or did_run.all() or not did_run.any():
        return 0.0
    return float(np.corrcoef(took, did_run)[0, 1])


def drawn_mostly(series: DailySeries) -> bool:
    """Whether chance drew most days, and the draw was kept well enough for tier A."""
    if np.mean(~np.isnan(series.allocation)) < MOSTLY_DRAWN:
        return False
    return read_tiers(series, gate_is_open=False)[Question.WEEK].letter is TierLetter.RANDOMISED


def confounders(series: DailySeries) -> tuple[Floats, tuple[str, ...]]:
    """Return the recorded confounders: known before each day's decision, and possibly moving next morning's pain.

    Sleep, stress and pain medicine are those told in the morning; how heavy a day was apart from running is told the
    morning after; pain now before the run counts as its change since the morning. Those recorded on at least half of
    the rated days take part, in standard units, 0 where missing. None does where chance drew most days: nothing then
    moves the runs, and a night may be the work of the run before it (bias by a variable affected by treatment:
    Rosenbaum 1984, doi:10.2307/2981697).

    Returns:
        (T, q) values, and the q names.
    """
    if drawn_mostly(series):
        return np.zeros((len(series), 0)), ()
    rated = max(int(np.sum(~np.isnan(series.pain))), 1)
    columns, names = [], []
    for name in ("sleep", "stress", "medicine", "day_load", "pain_before"):
        values = getattr(series, name)
        least = RECORDED_SHARE * rated
        if name == "day_load":
            values = np.append(values[1:], np.nan)
        elif name == "pain_before":
            values, least = values - series.pain, MIN_PAIN_BEFORE
        # a cause recorded now and then is known least on the days that matter; half of the days is the bound
        there = ~np.isnan(values)
        sd = float(values[there].std()) if there.any() else 0.0
        if there.sum() >= least and sd > 0.0:
            columns.append(np.where(there, (np.nan_to_num(values) - values[there].mean()) / sd, 0.0))
            names.append(name)
    out = np.column_stack(columns) if columns else np.zeros((len(series), 0))
    return np.ascontiguousarray(out), tuple(names)
