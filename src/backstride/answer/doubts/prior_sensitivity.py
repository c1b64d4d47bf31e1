"""Doubt 4: does the verdict hold for a sceptic, and with priors twice as wide?"""

import numpy as np

from backstride.answer.answer import Doubt, DoubtResult, Question
from backstride.answer.doubts.case import Case, direction, judged, mean_of
from backstride.answer.other_priors import LEAST_EFFECTIVE, OtherView
from backstride.answer.verdict import chances, verdict
from backstride.model.priors import Priors

WIDER = 2.0


def _wide(priors: Priors) -> Priors:
    paths = tuple(p._replace(delta_sd=WIDER * p.delta_sd, reach=WIDER * p.reach) for p in priors.paths)
    return priors._replace(beta_now=WIDER * priors.beta_now, beta_hab=WIDER * priors.beta_hab, paths=paths)


def _keeps(case: Case, sceptic: OtherView) -> bool:
    """Whether the sceptic keeps every direction that the neutral prior gives."""
    for question in Question:
        if direction(case.deltas[question].posterior, case.worthwhile) == 0:
            continue
        total = case.deltas[question].posterior.total
        said, _ = verdict(chances(total, sceptic.posterior, case.worthwhile))
        if not said.value.startswith(("helps", "harms")):
            return False
    return True


def prior_sensitivity(case: Case) -> Doubt:
    """The wide prior by fitting again, the sceptic by weighing the same draws: left out where too few are left."""
    wide = case.refit(_wide(case.posterior.priors), None)
    result = judged(case, [wide])
    numbers = {"wide_mean": mean_of(wide, Question.SEASON)}
    sceptic = next(view for view in case.views if view.prior.name == "sceptic")
    if sceptic.effective >= LEAST_EFFECTIVE:
        season = case.deltas[Question.SEASON].posterior.total
        numbers["sceptic_mean"] = float(np.sum(sceptic.posterior * season))
        result = result if _keeps(case, sceptic) else DoubtResult.FAIL
    numbers["verdict_changed"] = float(result is DoubtResult.FAIL)
    return Doubt(4, "prior sensitivity", result, numbers)
