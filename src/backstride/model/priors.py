"""Priors: on interpretable scales, each with its source beside it.

Every number is a choice of ours unless a source is named. The neutral priors are set so that the implied prior of
Delta_season at 90 minutes a week is about Normal(0, 1.0) and of Delta_week about Normal(0, 0.7), in points.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import PATHWAYS, WEEKDAY_COLUMNS
from backstride.model.scale import LEAST

Floats = NDArray[np.float64]


class PathwayPrior(NamedTuple):
    """One pathway, in standard units of its measure (2 points of a rating, 2 kg, 30 % of a hold time).

    Attributes:
        phi_mean, phi_sd: how much of yesterday's value stays; normal, between 0 and 0.995.
        reach: sd of what one unit of dose a day for ever would change, for the habit and the same-day part each.
        delta_sd: sd of the pain caused by one unit, points.
        daily_sd: scale of the day-to-day noise, half-normal.
        error_sd: scale of a measure's own error, half-normal.
    """

    phi_mean: float
    phi_sd: float
    reach: float
    delta_sd: float
    daily_sd: float
    error_sd: float


# Pathway coefficients: zero-centred, sd 0.3 points; 0.15 for weight (12 weeks are too short: half-time of weight
# about a year, Hall 2011, doi:10.1016/S0140-6736(11)60812-X) and for tightness (stretching no better than none in
# two network meta-analyses: Owen 2020; Fernandez-Rodriguez 2022, doi:10.2519/jospt.2022.10671).
PATHWAY_PRIORS: dict[str, PathwayPrior] = {
    "core strength": PathwayPrior(0.97, 0.015, 0.7, 0.30, 0.10, 0.5),
    "weight": PathwayPrior(0.985, 0.008, 0.5, 0.15, 0.10, 0.4),
    "lifestyle": PathwayPrior(0.50, 0.20, 0.5, 0.30, 0.50, 0.5),
    "mood": PathwayPrior(0.50, 0.20, 0.5, 0.30, 0.50, 0.5),
    "muscle tightness": PathwayPrior(0.50, 0.20, 0.5, 0.15, 0.50, 0.5),
    "confidence in moving": PathwayPrior(0.80, 0.12, 0.5, 0.30, 0.30, 0.5),
}


class Priors(NamedTuple):
    """All priors of one fit, K pathways; sd of normals and scales of half-normals, in points unless said.

    Attributes:
        beta_now, beta_hab: sd of the effect of one unit of dose next morning, and of one unit of chronic load.
        weekday, walking: sd of those coefficients.
        phi_mean, phi_sd: day-to-day carry-over of pain, normal between 0 and 0.98. Lag-1 autocorrelations of
            daily pain of 0.2 to 0.5 are usual.
        s_eta, s_y: scales of the daily process noise and of the rating's own noise. The within-person sd of
            momentary back pain averaged 1.2 (Page 2022, n = 140).
        s_mu: scale of the slow level's daily step; 0.08 a day is 0.7 over 12 weeks: most backs drift about so.
        s_mu_least: the least that step can be; the smallest noise of all but in the doubt about the natural course.
        level_mean, level_sd: the slow level on the first day.
        start_sd: how far the first day may lie from its level.
        run_level, run_kappa, run_weekday, run_stated: sd of the decision's level, its dependence on felt pain
            (probit units a point), weekdays, and of a stated intention or draw.
        intention_kappa: sd of the stated intention's own dependence on felt pain.
        length_level, length_kappa, length_sd: the same for the log length of a run.
    """

    beta_now: float
    beta_hab: float
    weekday: float
    walking: float
    phi_mean: float
    phi_sd: float
    s_eta: float
    s_mu: float
    s_mu_least: float
    s_y: float
    level_mean: float
    level_sd: float
    start_sd: float
    run_level: float
    run_kappa: float
    run_weekday: float
    run_stated: float
    intention_kappa: float
    length_level: float
    length_kappa: float
    length_sd: float
    paths: tuple[PathwayPrior, ...]


def neutral_priors(pathway: NDArray[np.int64]) -> Priors:
    """The priors of the verdict, for the pathways in use (indices into PATHWAYS)."""
    return Priors(
        beta_now=0.97,
        beta_hab=0.5,
        weekday=0.25,
        walking=0.3,
        phi_mean=0.4,
        phi_sd=0.2,
        s_eta=1.0,
        s_mu=0.08,
        s_mu_least=LEAST,
        s_y=0.7,
        level_mean=3.5,
        level_sd=2.5,
        start_sd=1.5,
        run_level=1.0,
        run_kappa=0.7,
        run_weekday=0.5,
        run_stated=1.5,
        intention_kappa=0.7,
        length_level=1.0,
        length_kappa=0.3,
        length_sd=0.5,
        paths=tuple(PATHWAY_PRIORS[PATHWAYS[k]] for k in pathway),
    )


class CoefficientPriors(NamedTuple):
    """Priors laid out as the sampler's arrays.

    Attributes:
        beta_sd: (p,) sd of [now, habit, pathways..., weekday..., walking], all with mean 0.
        path_mean, path_sd: (K, 4) of [level, habit, same day, carry-over] of each pathway.
        path_scale: (K, 2) scales of daily noise and measure error.
        run_sd: (10,) of [level, kappa, weekday..., intention, draw].
        intention_sd: (8,) of [level, kappa, weekday...].
        length_sd: (2,) of [level, kappa].
        scalar: (10,) phi_mean, phi_sd, s_eta, s_mu, s_y, level_mean, level_sd, start_sd, length_sd, s_mu_least.
    """

    beta_sd: Floats
    path_mean: Floats
    path_sd: Floats
    path_scale: Floats
    run_sd: Floats
    intention_sd: Floats
    length_sd: Floats
    scalar: Floats


def coefficient_priors(priors: Priors) -> CoefficientPriors:
    """`priors` as arrays, in the order of the sampler's coefficients."""
    paths = priors.paths
    weekday = [priors.weekday] * WEEKDAY_COLUMNS
    beta = [priors.beta_now, priors.beta_hab, *(p.delta_sd for p in paths), *weekday, priors.walking]
    # a stationary shift of `reach` needs a daily push of reach (1 - phi)
    push = [p.reach * (1.0 - p.phi_mean) for p in paths]
    path_sd = [[0.5 * (1.0 - p.phi_mean), g, g, p.phi_sd] for p, g in zip(paths, push, strict=True)]
    decision = [priors.run_level, priors.run_kappa, *([priors.run_weekday] * WEEKDAY_COLUMNS)]
    return CoefficientPriors(
        beta_sd=np.array(beta),
        path_mean=np.array([[0.0, 0.0, 0.0, p.phi_mean] for p in paths]).reshape(-1, 4),
        path_sd=np.array(path_sd).reshape(-1, 4),
        path_scale=np.array([[p.daily_sd, p.error_sd] for p in paths]).reshape(-1, 2),
        run_sd=np.array([*decision, priors.run_stated, priors.run_stated]),
        intention_sd=np.array([priors.run_level, priors.intention_kappa, *decision[2:]]),
        length_sd=np.array([priors.length_level, priors.length_kappa]),
        scalar=np.array(
            [
                priors.phi_mean,
                priors.phi_sd,
                priors.s_eta,
                priors.s_mu,
                priors.s_y,
                priors.level_mean,
                priors.level_sd,
                priors.start_sd,
                priors.length_sd,
                priors.s_mu_least,
            ]
        ),
    )
