"""One person's draws weighed by what others' seasons teach: the ratio of season to week, and never its sign.

    p(week, season) = pi0(week) * mean over draws of t_nu(season; slope * week, sd^2 + 0.8^2)

A draw made under pi0 weighs p / pi0. The week's prior stays neutral, and through the origin no mean of the others is
borrowed, so a cohort that was helped tells nobody without a change of their own that they were. The spread of 0.8
points on top keeps people whose season is no multiple of their week from being told otherwise by the many who are.
"""

import math

import numpy as np

from backstride.answer.cohort_line import CohortLine, PeopleLike
from backstride.answer.effect import Effect
from backstride.answer.effects import Fitted, verdict_of_line
from backstride.answer.kinds import Question, Verdict
from backstride.answer.other_priors import MIN_ESS, effective_draws
from backstride.answer.summary import estimate
from backstride.answer.verdict import chances
from backstride.cohort.answer_columns import fitted_pathways, standard_draws
from backstride.cohort.interim import PEAK, InterimPrior, interim_prior
from backstride.cohort.population import Population
from backstride.cohort.prior_file import CohortPrior, Ratio
from backstride.cohort.waiting_list import HIGH_PAIN
from backstride.model.arrays import Floats
from backstride.model.data import PATHWAYS

EXTRA_SD = 0.8
"""Points; until real cohorts show that people whose season is no multiple of their week are rare."""
RATIOS = 100


def ratios_of(found: Population) -> tuple[Ratio, ...]:
    """Take how season goes with week from draws of the population, spread over the chain, rounded to 0.001."""
    some = np.linspace(0, len(found.nu) - 1, min(RATIOS, len(found.nu))).astype(int)
    slope, rest = (values[some] for values in through_origin(found))
    return tuple(
        Ratio(round(float(np.clip(b, -20.0, 20.0)), 3), round(float(np.clip(sd, 0.001, 20.0)), 3), float(nu))
        for b, sd, nu in zip(slope, rest, found.nu[some], strict=True)
    )


def through_origin(found: Population) -> tuple[Floats, Floats]:
    """Regress the season of people on their week without an intercept, in each draw of the population.

    The spread is measured about this very line. Around the line through the people's centre it would be too small
    wherever that line misses the origin, and people would be told more than the cohort knows.

    Returns:
        (draws,) slopes, and (draws,) scales of what is left, points.
    """
    mean = found.B[:, 0]
    week, season = found.sigma[:, 0] + mean[:, 0] ** 2, found.sigma[:, 2] + mean[:, 1] ** 2
    slope = (found.sigma[:, 1] + mean[:, 0] * mean[:, 1]) / week
    return slope, np.sqrt(np.maximum(season - slope * slope * week, 1e-6))


def ratio_weights(draws: Floats, prior: InterimPrior, ratios: tuple[Ratio, ...]) -> Floats:
    """Weigh draws of one person, made under `prior`.

    Args:
        draws: (S, 2) week and season at the standard dose, before floor and ceiling, points.
        prior: the interim prior of that person.
        ratios: draws of the population.

    Returns:
        (S,) weights that sum to 1.
    """
    slope, sd, nu = np.array([(one.slope, one.sd, one.freedom) for one in ratios]).T
    scale = np.hypot(sd, EXTRA_SD)
    constant = np.array([math.lgamma(0.5 * (n + 1.0)) - math.lgamma(0.5 * n) for n in nu])
    z = (draws[:, 1, None] - slope * draws[:, 0, None]) / scale
    log = constant - 0.5 * np.log(nu * np.pi) - np.log(scale) - 0.5 * (nu + 1.0) * np.log1p(z * z / nu)
    most = log.max(axis=1)
    season = most + np.log(np.exp(log - most[:, None]).mean(axis=1))
    total = week_marginal(prior, draws[:, 0]) + season - prior(draws)
    weight = np.exp(total - total.max())
    return np.asarray(weight / weight.sum())


def week_marginal(prior: InterimPrior, week: Floats) -> Floats:
    """Return the log density of the week alone under `prior`, at `week`, points."""
    # d season = PEAK cosh(u) du on the grid that is even in u
    log = np.log((np.exp(prior.log) * (PEAK * np.cosh(prior.u) * (prior.u[1] - prior.u[0]))).sum(axis=1))
    return np.asarray(np.interp(np.arcsinh(week / PEAK), prior.u, log))


def line_of(cohort: CohortPrior, fitted: Fitted, season: Effect, *, worthwhile: float) -> CohortLine | None:
    """Put what a cohort teaches beside one person's season; the verdict of `season` is not touched.

    Args:
        cohort: what the study published.
        fitted: the main fit.
        season: the effect with its own verdict.
        worthwhile: smallest worthwhile change, in points.

    Returns:
        None where the person has too few runs: there is no week of their own to go by.
    """
    if season.verdict is Verdict.TOO_FEW_RUNS:
        return None
    pathways = tuple(PATHWAYS[k] for k in fitted_pathways(fitted))
    weight = ratio_weights(standard_draws(fitted), interim_prior(pathways), cohort.ratios)
    total = fitted.deltas[Question.SEASON].posterior.total
    c = chances(total, weight, worthwhile)
    left = effective_draws(weight)
    return CohortLine(
        month=cohort.month,
        people=cohort.people,
        randomised=cohort.randomised,
        worthwhile=cohort.worthwhile,
        own=season.estimate,
        with_others=estimate(total, weight),
        p_less_pain=c.less,
        verdict=verdict_of_line(c, season) if left >= MIN_ESS else Verdict.CANNOT_TELL,
        effective_draws=left,
        week_shares=cohort.week,
        season_shares=cohort.season,
        like=like_of(cohort, fitted),
    )


def like_of(cohort: CohortPrior, fitted: Fitted) -> PeopleLike | None:
    """Return the people of a cohort with as much pain as this person; None where it does not tell them apart."""
    usual = float(np.nanmean(fitted.design.series.pain[-56:]))
    return next((one for one in cohort.like if one.has_more_pain == (usual >= HIGH_PAIN)), None)
