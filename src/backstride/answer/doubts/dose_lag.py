"""Doubt 5: does the answer hang on how fast a habit builds up? tau of 14 and of 60 days instead of 28."""

from backstride.answer.answer import Doubt, DoubtResult, Question
from backstride.answer.doubts.case import Case, judged, mean_of

NUMBER, NAME = 5, "dose lag"
SHORT, LONG = 14.0, 60.0


def dose_lag(case: Case) -> Doubt:
    """Fit again with both, where there is a claim to judge."""
    if not case.claims:
        return Doubt(NUMBER, NAME, DoubtResult.NOT_RUN)
    short, long = (case.refit(case.posterior.priors, tau) for tau in (SHORT, LONG))
    numbers = {
        "mean_tau_14": mean_of(short, Question.SEASON),
        "mean_tau_60": mean_of(long, Question.SEASON),
    }
    return Doubt(NUMBER, NAME, judged(case, [short, long]), numbers)
