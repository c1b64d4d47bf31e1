"""Would the back have changed anyway? A natural course of its own, and the gate between load and time.

The 'freer course' of the panel decides a season that claims a side; here it judges every claim, no difference too.
"""

from backstride.answer.answer import Doubt
from backstride.answer.doubts.case import CheckContext, compare_refits, mean_of, totals_of
from backstride.answer.gate import MAX_RAMP, season_gate
from backstride.answer.kinds import Analysis, Check, DoubtResult, Question


def natural_course(case: CheckContext) -> Doubt:
    """Fail where a claim is lost under a freer course, or where running and time cannot be told apart."""
    data = case.design.data
    gate = season_gate(data.dose, chronic_start=data.chronic_start)
    # just below the limit it would be rounded to the limit itself, beside 'the verdict holds'
    is_below = gate.ramp < MAX_RAMP
    numbers = {"load_explained_by_time": min(gate.ramp, MAX_RAMP - 0.01) if is_below else gate.ramp}
    if not case.claims:
        result = DoubtResult.INFORMS if gate.is_open else DoubtResult.FAIL
        return Doubt(Check.NATURAL_COURSE, result, numbers)
    freer = case.under(Analysis.FREER)
    result = compare_refits(case, [freer])
    if Question.SEASON not in case.claims:
        # the season's numbers under a shut gate, or without a claim, would read as if they were one
        return Doubt(Check.NATURAL_COURSE, result if gate.is_open else DoubtResult.FAIL, numbers)
    mean, mean_freer = (mean_of(t, Question.SEASON) for t in (totals_of(case.deltas), freer))
    numbers |= {"season_mean": mean, "season_mean_freer": mean_freer}
    # a share of nearly nothing is a number without meaning
    if abs(mean) > 0.05:
        numbers["share_gone"] = 1.0 - mean_freer / mean
    return Doubt(Check.NATURAL_COURSE, result, numbers)
