"""Does a claim hang on how fast a habit builds up? The main analysis draws it from a grid; here it is split.

A claim must hold among the draws in which the habit builds up quickly and among those in which it does so slowly.
"""

import numpy as np

from backstride.answer.answer import Doubt
from backstride.answer.doubts.case import CheckContext, holds, totals_of
from backstride.answer.kinds import Check, DoubtResult, Question
from backstride.model.arrays import Floats

QUICK, SLOW = 20.0, 40.0
LEARNED = 0.5
"""The records are said to tell the speed where they take at least this share off the prior's variance."""
MIN_DRAWS = 200
"""Fewer draws than this on a side tell nothing of it."""


def dose_lag(case: CheckContext) -> Doubt:
    """Fail where a claim is lost among quick habits or among slow ones; only inform where none is made."""
    # the mean delay of two stages in a row; with a second of one day, tau
    tau = case.posterior.of("tau").ravel() + case.posterior.of("delay").ravel() - 1.0
    totals = totals_of(case.deltas)
    sides = {"quick": tau <= QUICK, "slow": tau >= SLOW}
    numbers = {"tau_days": float(tau.mean())} if _is_learned(tau, case.posterior.priors.build_up) else {}
    compared = {name: side for name, side in sides.items() if np.count_nonzero(side) >= MIN_DRAWS}
    numbers |= {
        f"mean_{name}": float(totals[Question.SEASON][side].mean()) for name, side in compared.items()
    }
    if case.claims and Question.SEASON not in case.claims:
        # the numbers are the season's, and beside a claim of the week would read as one of it
        numbers = {}
    if not case.claims or not compared:
        return Doubt(Check.DOSE_LAG, DoubtResult.INFORMS, numbers)
    sufficient = all(
        holds(said, totals[question][side], case.worthwhile)
        for question, said in case.claims.items()
        for side in compared.values()
    )
    return Doubt(Check.DOSE_LAG, DoubtResult.PASS if sufficient else DoubtResult.FAIL, numbers)


def _is_learned(delay: Floats, build_up: tuple[tuple[float, float], ...]) -> bool:
    """Whether the mean delays (S,) of the posterior are much closer together than those of the prior's grid."""
    before = np.array([tau + second - 1.0 for tau, second in build_up])
    return float(np.var(delay)) <= (1.0 - LEARNED) * float(np.var(before))
