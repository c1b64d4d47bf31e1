"""Does the next run 'change' pain that came before it? It cannot, so the analysis must find nothing.

To shift the doses by a day and fit again would be no placebo: people run less when it hurts, so the next run is
tied to past pain through this morning's. What must be nothing is what is left once this morning's pain is allowed
for. With r[t] the decision's residual (`decisions.py`) and h[t] yesterday's rating less the mean of four weeks:

    s[t] = E[r[t] | records] h[t]                  scores of 'past pain, beyond this morning's, decides who runs'
    n[t] = E[r d], E[r] x what the decision is told, E[eps d[t-1]], E[eps], E[eps^2 - 1], E[e^2 - 1]
           scores of kappa, the decision's levels, phi, the level, s_eta, s_y;  eps daily noise, e rating noise;
           and the same as for kappa of what the stated intention and the length of runs say of pain;
           and E[r] x a run 1, 2 .. 7 days ago: a calendar ties runs to runs, and runs move pain
    s~   = s - n (n' n)^-1 n' s,   z = sum_t s~[t] / sqrt(s~' s~ T / (T - q)),   q columns in n
    m    = (sum_t E[r]^2)^2 / sum_t E[r]^4         effective decisions (Kish 1965): how many days carry the sum

This is Neyman's C(alpha) test (1959): freed of n, it does not mind that kappa, phi and the noises are not known well.
What it can see, and what nothing can, is in decisions/0008-the-placebo-test-regresses-the-next-run-on-past-pain.md.
"""

import math

import numpy as np

from backstride.answer.answer import Doubt
from backstride.answer.doubts.case import CheckContext
from backstride.answer.doubts.decisions import (
    decision_rows,
    generalised_residual,
    surprise_of_intention,
    surprise_of_length,
)
from backstride.answer.doubts.paths import Paths, regressors
from backstride.answer.kinds import Check, DoubtResult, Question, TierLetter
from backstride.model.arrays import Floats
from backstride.model.data import WEEKDAY_COLUMNS, ModelData

RARE = 0.05
MIN_DECISIONS = 30
MIN_ESS = 15.0
"""Below so many effective decisions the sum is not normal: whoever runs by the calendar skips a few days only."""
RECENT_DAYS = 7
_MONTH = 28
_NOTHING = 1e-9


def placebo(case: CheckContext, paths: Paths) -> Doubt:
    """Fail where past pain still tells who runs next.

    Not run below 30 known or 15 effective decisions, nor in tier A: where chance drew the days no pain was to decide,
    the test's level is not right, and the randomisation test stands in its place.
    """
    p = None
    if case.tiers[Question.WEEK] is not TierLetter.RANDOMISED:
        p = placebo_p(case.design.series.pain, case.design.data, paths)
    if p is None:
        return Doubt(Check.PLACEBO, DoubtResult.NOT_RUN)
    return Doubt(Check.PLACEBO, DoubtResult.FAIL if p < RARE else DoubtResult.PASS, {"p": p})


def placebo_p(pain: Floats, data: ModelData, paths: Paths) -> float | None:
    """Return p of the test on one person's days; None where there are too few decisions or nothing varies.

    Args:
        pain: (T,) ratings, nan where there is none.
        data: the arrays of the fit.
        paths: draws of the latent paths.
    """
    # without a check-in nobody knows what the decision was told that day
    r = np.where(np.isnan(pain), 0.0, generalised_residual(paths, data))
    # the score of a missing path is its mean over the path given the records (Louis 1982)
    mean_r = r.mean(axis=0)
    scores = mean_r * past_pain(pain)
    others = np.column_stack([_other_scores(r, data, paths), mean_r[:, None] * _recent_runs(data.dose)])
    days = len(scores) - others.shape[1]
    decisions = np.sum(~np.isnan(data.dose) & data.decision_eligible)
    if decisions < MIN_DECISIONS or _effective(mean_r) < MIN_ESS or days <= 0:
        return None
    # projection: what is left is orthogonal to the nuisance scores, as Neyman's C(alpha) asks
    freed = scores - others @ np.linalg.lstsq(others, scores, rcond=None)[0]
    # the variance of a sum of T scores of which q directions were taken out
    spread = float(freed @ freed) * len(scores) / days
    return math.erfc(abs(float(freed.sum())) / math.sqrt(2.0 * spread)) if spread > _NOTHING else None


def _other_scores(r: Floats, data: ModelData, paths: Paths) -> Floats:
    """(T, q) n[t]: what each day says of everything else that is not known."""
    d, names = paths.deviation, paths.columns
    coefficients = ["beta_now", "beta_hab", "beta_second"]
    coefficients += [*(f"weekday[{i}]" for i in range(WEEKDAY_COLUMNS)), "walking"]
    coefficients += [f"confounder[{i}]" for i in range(data.recorded_confounders)]
    beta = paths.rows[:, [names.of(name) for name in coefficients]]
    drift = np.einsum("ntp,np->nt", regressors(paths, data), beta)
    before = np.pad(d[:, :-1], ((0, 0), (1, 0)))
    eps = (d - paths.of("phi") * before - drift) / paths.of("s_eta")
    eps[:, 0] = 0.0
    e = paths.rating_error / paths.of("s_y")
    meant, length = surprise_of_intention(paths, data), surprise_of_length(paths, data)
    daily = [r * d, eps * before, eps, eps**2 - 1.0, np.nan_to_num(e**2 - 1.0)]
    daily += [meant, meant * d, length, length * d]
    decision_scores = r.mean(axis=0)[:, None] * decision_rows(data)
    return np.column_stack([*(score.mean(axis=0) for score in daily), decision_scores])


def _recent_runs(dose: Floats) -> Floats:
    """Return (T, 7) whether there was a run 1, 2 .. 7 days before; 0 where it is unknown."""
    ran = np.concatenate([np.zeros(RECENT_DAYS), np.nan_to_num(dose) > 0.0])
    return np.column_stack([ran[RECENT_DAYS - lag : len(ran) - lag] for lag in range(1, RECENT_DAYS + 1)])


def _effective(residuals: Floats) -> float:
    """Return how many equal residuals would carry as much: Kish's effective number of their squares."""
    squares = residuals**2
    fourth = float(squares @ squares)
    return float(squares.sum()) ** 2 / fourth if fourth > 0.0 else 0.0


def past_pain(pain: Floats) -> Floats:
    """Return (T,) yesterday's rating, from the mean of the four weeks before; 0 where yesterday is missing."""
    out = np.zeros(len(pain))
    for t in range(1, len(pain)):
        # against its own month: the slow level would make every day's score point the same way
        month = pain[max(t - _MONTH, 0) : t]
        if not np.isnan(pain[t - 1]):
            out[t] = pain[t - 1] - np.nanmean(month)
    return out
