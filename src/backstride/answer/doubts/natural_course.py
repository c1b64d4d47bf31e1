"""Doubt 3: how much of Delta_season goes away when the slow level is freer to move by itself (s_mu x 3)."""

from backstride.answer.answer import Doubt, Question
from backstride.answer.doubts.case import Case, judged, mean_of

FREER = 3.0


def natural_course(case: Case) -> Doubt:
    """Fit again with three times the scale of the slow level's step."""
    priors = case.posterior.priors
    freer = case.refit(priors._replace(s_mu=FREER * priors.s_mu), case.posterior.settings.tau)
    mean, mean_freer = mean_of(case.deltas, Question.SEASON), mean_of(freer, Question.SEASON)
    numbers = {"season_mean": mean, "season_mean_freer": mean_freer}
    if abs(mean) > 0.05:
        numbers["share_gone"] = 1.0 - mean_freer / mean
    return Doubt(3, "natural course", judged(case, [freer]), numbers)
