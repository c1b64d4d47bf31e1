"""Both Deltas of one fit: the week and the season, with their parts."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import Question
from backstride.answer.design import Design
from backstride.answer.other_priors import STANDARD_MINUTES, OtherView, other_views
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.effect import USUAL_RUN_SHARE, Contrast, Draws, contrast, effect_draws
from backstride.model.fit import Posterior
from backstride.model.prior_draws import prior_effect_draws

Floats = NDArray[np.float64]
MORNINGS = {Question.WEEK: (1, 7), Question.SEASON: (57, 84)}


class Delta(NamedTuple):
    """One Delta: effect rows under posterior and prior, and the contrast under each."""

    rows: Draws
    before: Draws
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
    share = design.usual_run_days / 7.0 if design.usual_run_days > 0.0 else USUAL_RUN_SHARE
    usual = question is Question.WEEK
    return effect_draws(posterior, mean_dose=design.mean_dose, usual=usual, run_share=share)


def deltas(posterior: Posterior, design: Design) -> dict[Question, Delta]:
    """Both Deltas under posterior and prior."""
    with ThreadPoolExecutor(max_workers=min(len(Question), os.cpu_count() or 1)) as pool:
        found = pool.map(lambda question: _delta_of(question, posterior, design), Question)
        return dict(zip(Question, found, strict=True))


def _delta_of(question: Question, posterior: Posterior, design: Design) -> Delta:
    rows = rows_of(question, posterior, design)
    # the same prior draws for both questions, so that one weight a draw serves both
    rng = np.random.default_rng([posterior.settings.seed, 1])
    prior = prior_effect_draws(posterior.priors, like=rows, rng=rng)
    return Delta(rows, prior, *(delta(question, r, design.usual_dose) for r in (rows, prior)))


def views(deltas: dict[Question, Delta], usual_dose: float) -> tuple[OtherView, ...]:
    """The other priors as weights: of the season's effect at the standard dose, before floor and ceiling.

    Before floor and ceiling the effect of a steady dose is proportional to the dose.
    """
    season = deltas[Question.SEASON]
    times = STANDARD_MINUTES / MINUTES_A_UNIT_OF_DOSE / 7.0 / usual_dose
    return other_views(posterior=times * season.posterior.latent, implied=times * season.prior.latent)
