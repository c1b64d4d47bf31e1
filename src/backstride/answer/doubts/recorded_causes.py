"""What do recorded causes change? Sleep, stress, medicine, heavy days and pain before the run: with them and without.

They move both the decision to run and the next morning, and where they are recorded often enough the main analysis
allows for them. A claim that is made only with them, or that they change much, says how far causes that nobody wrote
down may reach.
"""

import numpy as np

from backstride.answer.answer import Doubt
from backstride.answer.confounding import drawn_mostly
from backstride.answer.doubts.case import CheckContext, compare_refits, mean_of, totals_of
from backstride.answer.kinds import Check, DoubtResult, Question


def recorded_causes(case: CheckContext) -> Doubt:
    """Fit again without them; pass where every claim holds, else only inform. Not run without a claim or any of them.

    Where chance drew most days the main analysis allows for none (`answer/confounding.py`).
    """
    if drawn_mostly(case.design.series):
        return Doubt(Check.RECORDED_CAUSES, DoubtResult.NOT_RUN, {"drawn": 1.0})
    names = case.design.confounders
    numbers = {"recorded": float(len(names))}
    if not names or not case.claims:
        return Doubt(Check.RECORDED_CAUSES, DoubtResult.NOT_RUN, numbers)
    without = case.design.data._replace(confounders=np.zeros((case.design.data.days, 0)))
    bare = case.refit(case.posterior.priors, without)
    mine = totals_of(case.deltas)
    numbers |= {f"{q}_mean": mean_of(mine, q) for q in Question}
    numbers |= {f"{q}_mean_without": mean_of(bare, q) for q in Question}
    held = compare_refits(case, [bare]) is DoubtResult.PASS
    return Doubt(Check.RECORDED_CAUSES, DoubtResult.PASS if held else DoubtResult.INFORMS, numbers)
