"""Does a claim hang on what was believed at the start? A sceptic, and the data nearly alone.

The sceptic's season is Normal(0, 0.5): centred at nothing, so that the data have to bear a claim of either side.
A claim of no difference is held against the nearly flat prior: a narrow one makes it by itself.
"""

import numpy as np

from backstride.answer.answer import Doubt
from backstride.answer.deltas import standard_effects
from backstride.answer.doubts.case import CheckContext, compare_refits, holds, mean_of, totals_of
from backstride.answer.kinds import Analysis, Check, DoubtResult, Question
from backstride.answer.other_priors import MIN_ESS, moved


def prior_sensitivity(case: CheckContext) -> Doubt:
    """Fit again with nearly flat priors; the sceptic by weighing or moving the same draws."""
    sceptic = next(view for view in case.views if view.prior.name == "sceptic")
    totals, weights = totals_of(case.deltas), None
    if sceptic.effective >= MIN_ESS:
        weights = sceptic.posterior
    else:
        # weights that rest on a handful of draws would say what chance said
        posterior, implied = standard_effects(case.deltas, case.design.usual_dose)
        totals = {
            question: moved(sceptic.prior, total, posterior=posterior, implied=implied)
            for question, total in totals.items()
        }
    numbers = {"sceptic_mean": float(np.average(totals[Question.SEASON], weights=weights))}
    if not case.claims:
        return Doubt(Check.PRIORS, DoubtResult.INFORMS, numbers)
    alone = case.under(Analysis.DATA_ALONE)
    numbers["wide_mean"] = mean_of(alone, Question.SEASON)
    result = compare_refits(case, [alone])
    if not all(
        holds(said, totals[question], case.worthwhile, weights) for question, said in case.claims.items()
    ):
        result = DoubtResult.FAIL
    if Question.SEASON not in case.claims:
        # the numbers are the season's, and beside a claim of the week would read as one of it
        numbers = {}
    numbers["verdict_changed"] = float(result is DoubtResult.FAIL)
    return Doubt(Check.PRIORS, result, numbers)
