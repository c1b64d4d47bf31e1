"""What does reading the decision to run as a sign of pain change? The panel's row without it.

It informs and no more: without the decision the analysis leans to 'helps' (people run less when it hurts), and as a
veto it would stop true harm.
"""

from backstride.answer.answer import Doubt
from backstride.answer.doubts.case import CheckContext, mean_of, totals_of
from backstride.answer.kinds import Analysis, Check, DoubtResult, Question


def decision_model(case: CheckContext) -> Doubt:
    """Inform only; not run where nothing is claimed."""
    if not case.claims:
        return Doubt(Check.DECISION_MODEL, DoubtResult.NOT_RUN)
    mine, without = totals_of(case.deltas), case.under(Analysis.NO_DECISION)
    numbers = {f"{q}_mean": mean_of(mine, q) for q in Question}
    numbers |= {f"{q}_mean_without": mean_of(without, q) for q in Question}
    return Doubt(Check.DECISION_MODEL, DoubtResult.INFORMS, numbers)
