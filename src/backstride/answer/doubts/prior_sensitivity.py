"""Doubt 4: does the verdict hold for a sceptic, and with priors twice as wide?"""

import numpy as np

from backstride.answer.answer import Doubt, DoubtResult, Question
from backstride.answer.doubts.case import Case, direction, judged, mean_of
from backstride.answer.other_priors import OTHER_PRIORS, weights
from backstride.answer.verdict import chances, verdict
from backstride.model.priors import Priors

WIDER = 2.0


def _wide(priors: Priors) -> Priors:
    paths = tuple(p._replace(delta_sd=WIDER * p.delta_sd, reach=WIDER * p.reach) for p in priors.paths)
    return priors._replace(beta_now=WIDER * priors.beta_now, beta_hab=WIDER * priors.beta_hab, paths=paths)


def prior_sensitivity(case: Case) -> Doubt:
    """The sceptic by weighing the same draws, the wide prior by fitting again."""
    wide = case.refit(_wide(case.posterior.priors), case.posterior.settings.tau)
    sceptic = next(p for p in OTHER_PRIORS if p.name == "sceptic")
    season = case.deltas[Question.SEASON]
    w = weights(sceptic, posterior=season.posterior.total, implied=season.prior.total)
    result = judged(case, [wide])
    changed = 0.0
    for question in Question:
        mine = direction(case.deltas[question].posterior, case.worthwhile)
        said, _ = verdict(chances(case.deltas[question].posterior.total, w, case.worthwhile))
        if mine != 0 and (said.value.startswith(("helps", "harms")) is False):
            changed, result = 1.0, DoubtResult.FAIL
    if result is DoubtResult.FAIL:
        changed = 1.0
    numbers = {
        "sceptic_mean": float(np.sum(w * season.posterior.total)),
        "wide_mean": mean_of(wide, Question.SEASON),
        "verdict_changed": changed,
    }
    return Doubt(4, "prior sensitivity", result, numbers)
