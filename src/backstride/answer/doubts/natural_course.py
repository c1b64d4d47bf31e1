"""Doubt 3: how much of Delta_season goes away when the slow level is freer to move by itself (s_mu x 3)."""

import numpy as np

from backstride.answer.answer import Doubt, Question
from backstride.answer.doubts.case import Case, judged, mean_of

FREER = 3.0


def natural_course(case: Case) -> Doubt:
    """Fit again with a slow level whose daily step is three times what it was found to be, or more."""
    step = FREER * float(np.mean(case.posterior.of("s_mu")))
    # with the prior's scale at the step itself, little is left above it
    priors = case.posterior.priors._replace(s_mu=step, s_mu_least=step)
    freer = case.refit(priors, None)
    mean, mean_freer = mean_of(case.deltas, Question.SEASON), mean_of(freer, Question.SEASON)
    numbers = {"season_mean": mean, "season_mean_freer": mean_freer}
    if abs(mean) > 0.05:
        numbers["share_gone"] = 1.0 - mean_freer / mean
    return Doubt(3, "natural course", judged(case, [freer]), numbers)
