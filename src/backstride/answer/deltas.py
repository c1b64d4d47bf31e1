"""Both Deltas of one fit: the week and the season, with their parts."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from backstride.answer.design import Design
from backstride.answer.kinds import Question
from backstride.answer.other_priors import STANDARD_MINUTES, ReweightedPosterior, other_views
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.arrays import Floats
from backstride.model.effect import USUAL_RUN_SHARE, Contrast, Draws, contrast, effect_draws
from backstride.model.fit import Posterior
from backstride.model.prior_draws import prior_effect_draws

MORNINGS_OF = {Question.WEEK: (1, 7), Question.SEASON: (57, 84)}


class Delta(NamedTuple):
    """One Delta: effect rows under posterior and prior, and the contrast under each."""

    rows: Draws
    before: Draws
    posterior: Contrast
    prior: Contrast


def delta(question: Question, rows: Draws, dose_a_day: float) -> Contrast:
    """Return Delta_week or Delta_season for `dose_a_day`, spread evenly over the days of the week, against none.

    Delta_week   = mean over mornings 1..7   of E[y | runs as usual] - E[y | no runs]
    Delta_season = mean over mornings 57..84 of E[y | run plan] - E[y | no runs]

    Args:
        question: week or season.
        rows: one a draw, as `rows_of` gives them.
        dose_a_day: mean dose of running as usual, in units of 30 minutes.
    """
    first, last = MORNINGS_OF[question]
    return contrast(rows, np.full(last, dose_a_day), np.zeros(last), mornings=(first, last))


def rows_of(question: Question, posterior: Posterior, design: Design) -> Draws:
    """Return effect rows: the week starts from the usual state, the season from the last day's.

    Args:
        question: week or season.
        posterior: of the person.
        design: the days it was fitted to.
    """
    share = design.usual_run_days / 7.0 if design.usual_run_days > 0.0 else USUAL_RUN_SHARE
    # a week of running is asked in general; a season begins where the person stands now
    usual = question is Question.WEEK
    return effect_draws(posterior, mean_dose=design.mean_dose, usual=usual, run_share=share)


def extended(have: Contrast | None, question: Question, posterior: Posterior, design: Design) -> Contrast:
    """Extend a contrast to all draws, computing only those added since.

    Args:
        have: of the first draws of each chain; None where there is none yet.
        question: which Delta.
        posterior: all draws.
        design: one person's question.
    """
    chains, draws = posterior.draws.shape[:2]
    known = 0 if have is None else len(have.total) // chains
    if have is not None and known == draws:
        return have
    since = posterior._replace(draws=posterior.draws[:, known:])
    new = delta(question, rows_of(question, since, design), design.usual_dose)
    if have is None:
        return new
    return Contrast(*(_after(a, b, chains) for a, b in zip(have, new, strict=True)))


def _after(first: Floats, then: Floats, chains: int) -> Floats:
    """(chains n, ...) and (chains m, ...) as (chains (n + m), ...), each chain's own behind one another."""
    parts = [a.reshape(chains, -1, *a.shape[1:]) for a in (first, then)]
    return np.concatenate(parts, axis=1).reshape(-1, *first.shape[1:])


def deltas(
    posterior: Posterior, design: Design, *, known: Mapping[Question, Contrast] | None = None
) -> dict[Question, Delta]:
    """Compute both Deltas under posterior and prior.

    Args:
        posterior: draws of the main analysis.
        design: one person's question.
        known: both Deltas of these very draws, where they were worked out already.
    """
    contrasts = known if known is not None else {}
    # contrasts are kernels without the interpreter's lock, so both run side by side
    with ThreadPoolExecutor(max_workers=min(len(Question), os.cpu_count() or 1)) as pool:
        found = pool.map(lambda q: _delta_of(q, posterior, design, contrasts.get(q)), Question)
        return dict(zip(Question, found, strict=True))


def _delta_of(question: Question, posterior: Posterior, design: Design, known: Contrast | None) -> Delta:
    rows = rows_of(question, posterior, design)
    # the same prior draws for both questions, so that one weight a draw serves both
    rng = np.random.default_rng([posterior.settings.seed, 1])
    prior = prior_effect_draws(posterior.priors, like=rows, rng=rng)
    mine = known if known is not None else delta(question, rows, design.usual_dose)
    return Delta(rows, prior, mine, delta(question, prior, design.usual_dose))


def standard_effects(deltas: dict[Question, Delta], usual_dose: float) -> tuple[Floats, Floats]:
    """Compute the posterior (S,) and prior (S',) draws of the season's latent effect at the standard dose.

    Before floor and ceiling the effect of a steady dose is proportional to the dose.

    Returns:
        Draws of the posterior, shape (S,), and of the prior, shape (S',), in points.
    """
    season = deltas[Question.SEASON]
    times = STANDARD_MINUTES / MINUTES_A_UNIT_OF_DOSE / 7.0 / usual_dose
    return times * season.posterior.latent, times * season.prior.latent


def views(deltas: dict[Question, Delta], usual_dose: float) -> tuple[ReweightedPosterior, ...]:
    """Compute the importance weights of other priors, from the season's latent effect at the standard dose."""
    posterior, implied = standard_effects(deltas, usual_dose)
    return other_views(posterior=posterior, implied=implied)
