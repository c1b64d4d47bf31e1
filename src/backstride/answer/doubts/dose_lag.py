"""Doubt 5: does the answer hang on how fast a habit builds up? tau of 14 and of 42 days instead of 28."""

from backstride.answer.answer import Doubt, Question
from backstride.answer.doubts.case import Case, judged, mean_of

SHORT, LONG = 14.0, 42.0


def dose_lag(case: Case) -> Doubt:
    """Fit again with both."""
    short, long = (case.refit(case.posterior.priors, tau) for tau in (SHORT, LONG))
    numbers = {
        "mean_tau_14": mean_of(short, Question.SEASON),
        "mean_tau_42": mean_of(long, Question.SEASON),
    }
    return Doubt(5, "dose lag", judged(case, [short, long]), numbers)
