"""Does a claim hang on what was believed at the start? A sceptic, and the data nearly alone.

The sceptic's season is Normal(0, 0.5): centred at nothing, so that the data have to bear a claim of either side.
A claim of no difference is held against the nearly flat prior: a narrow one makes it by itself.
"""

import numpy as np

from backstride.answer.answer import Check, Doubt, DoubtResult, Question
from backstride.answer.doubts.case import CheckContext, compare_refits, holds, mean_of
from backstride.answer.kinds import Analysis
from backstride.answer.other_priors import LEAST_EFFECTIVE, ReweightedPosterior


def prior_sensitivity(case: CheckContext) -> Doubt:
    """Fits again with nearly flat priors; the sceptic by weighing the same draws, left out where too few are left."""
    numbers: dict[str, float] = {}
    sceptic = next(view for view in case.views if view.prior.name == "sceptic")
    # weights that rest on a handful of draws would say what chance said
    reached = sceptic.effective >= LEAST_EFFECTIVE
    if reached:
        season = case.deltas[Question.SEASON].posterior.total
        numbers["sceptic_mean"] = float(np.sum(sceptic.posterior * season))
    if not case.claims:
        return Doubt(Check.PRIORS, DoubtResult.INFORMS, numbers)
    alone = case.under(Analysis.DATA_ALONE)
    numbers["wide_mean"] = mean_of(alone, Question.SEASON)
    result = compare_refits(case, [alone])
    if reached and not _keeps(case, sceptic):
        result = DoubtResult.FAIL
    numbers["verdict_changed"] = float(result is DoubtResult.FAIL)
    return Doubt(Check.PRIORS, result, numbers)


def _keeps(case: CheckContext, sceptic: ReweightedPosterior) -> bool:
    """Whether every claim holds under the sceptic's weights."""
    return all(
        holds(said, case.deltas[question].posterior.total, case.worthwhile, sceptic.posterior)
        for question, said in case.claims.items()
    )
