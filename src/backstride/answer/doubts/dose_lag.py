"""Does a claim hang on how fast a habit builds up? The main analysis draws it from a grid; here it is split.

A claim must hold among the draws in which the habit builds up quickly and among those in which it does so slowly.
"""

import numpy as np

from backstride.answer.answer import Check, Doubt, DoubtResult, Question
from backstride.answer.doubts.case import CheckContext, holds, totals_of

QUICK, SLOW = 20.0, 40.0
LEAST_DRAWS = 200
"""Fewer draws than this on a side tell nothing of it."""


def dose_lag(case: CheckContext) -> Doubt:
    """Fails where a claim is lost among quick habits or among slow ones; only informs where none is made."""
    # the mean delay of two stages in a row; with a second of one day, tau
    tau = case.posterior.of("tau").ravel() + case.posterior.of("delay").ravel() - 1.0
    totals = totals_of(case.deltas)
    sides = {"quick": tau <= QUICK, "slow": tau >= SLOW}
    numbers = {"tau_days": float(tau.mean())}
    compared = {name: side for name, side in sides.items() if np.count_nonzero(side) >= LEAST_DRAWS}
    numbers |= {
        f"mean_{name}": float(totals[Question.SEASON][side].mean()) for name, side in compared.items()
    }
    if not case.claims or not compared:
        return Doubt(Check.DOSE_LAG, DoubtResult.INFORMS, numbers)
    sufficient = all(
        holds(said, totals[question][side], case.worthwhile)
        for question, said in case.claims.items()
        for side in compared.values()
    )
    return Doubt(Check.DOSE_LAG, DoubtResult.PASS if sufficient else DoubtResult.FAIL, numbers)
