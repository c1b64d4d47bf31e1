"""Both Deltas of one fit: the week and the season, with their parts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import Question
from backstride.answer.design import Design
from backstride.model.effect import Contrast, Draws, contrast, effect_draws
from backstride.model.fit import Posterior
from backstride.model.prior_draws import prior_effect_draws

Floats = NDArray[np.float64]
MORNINGS = {Question.WEEK: (1, 7), Question.SEASON: (57, 84)}


class Delta(NamedTuple):
    """One Delta: effect rows, contrast under the posterior and under the prior alone."""

    rows: Draws
    posterior: Contrast
    prior: Contrast


def delta(question: Question, rows: Draws, dose_a_day: float) -> Contrast:
    """Delta_week or Delta_season for `dose_a_day`, spread evenly over the days of the week, against none.

    Delta_week   = mean over mornings 1..7   of E[y | runs as usual] - E[y | no runs]
    Delta_season = mean over mornings 57..84 of E[y | run plan] - E[y | no runs]
    """
    first, last = MORNINGS[question]
    return contrast(rows, np.full(last, dose_a_day), np.zeros(last), mornings=(first, last))


def rows_of(question: Question, posterior: Posterior, design: Design) -> Draws:
    """Effect rows: the week starts from the usual state, the season from the last day's."""
    return effect_draws(posterior, mean_dose=design.mean_dose, usual=question is Question.WEEK)


def deltas(posterior: Posterior, design: Design) -> dict[Question, Delta]:
    """Both Deltas under posterior and prior."""
    out = {}
    for question in Question:
        rows = rows_of(question, posterior, design)
        # the same prior draws for both questions, so that one weight a draw serves both
        rng = np.random.default_rng([posterior.settings.seed, 1])
        prior = prior_effect_draws(posterior.priors, like=rows, rng=rng)
        out[question] = Delta(
            rows, delta(question, rows, design.usual_dose), delta(question, prior, design.usual_dose)
        )
    return out
