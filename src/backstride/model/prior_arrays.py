"""The priors of one fit laid out as the sampler's arrays."""

from typing import NamedTuple

import numpy as np

from backstride.model.arrays import Floats
from backstride.model.data import LENGTH_COLUMNS, RHYTHM_COLUMNS, WEEKDAY_COLUMNS
from backstride.model.priors import RECOVERY_DAYS, Priors


class CoefficientPriors(NamedTuple):
    """Priors laid out as the sampler's arrays.

    Attributes:
        beta_sd: (p,) sd of [now, habit, second, pathways..., weekday..., walking, confounders...], all with mean 0;
            the first three are scales of Student-t priors.
        path_mean, path_sd: (K, 4) of [level, habit, same day, carry-over] of each pathway.
        path_scale: (K, 2) scales of daily noise and measure error.
        run_sd: (20 + q,) of [level, kappa, flare, weekday..., rhythm..., confounders..., intention, draw]; weekday
            and rhythm stand at 1 and are multiplied by their learned scales.
        intention_sd: the first 14 + q of the same, with its own kappa.
        length_sd: (5,) of [level, kappa, habit of lengths...].
        course_sd: (3,), (6,) or (7,) of the natural course: curves from the first day, from the first run, a line.
        build_up: (G, 2) time constants of the two stages of the chronic load, days.
        scalar: named by the constants P_... below.
    """

    beta_sd: Floats
    path_mean: Floats
    path_sd: Floats
    path_scale: Floats
    run_sd: Floats
    intention_sd: Floats
    length_sd: Floats
    course_sd: Floats
    build_up: Floats
    scalar: Floats


_SCALARS = (
    "phi_mean",
    "phi_sd",
    "phi_most",
    "s_eta",
    "s_eta_least",
    "s_mu",
    "s_mu_most",
    "s_y",
    "s_y_least",
    "level_mean",
    "level_sd",
    "start_sd",
    "length_sd",
    "length_sd_least",
    "s_mu_least",
    "flare_mean",
    "flare_sd",
    "flare_least",
    "flare_log_onset",
    "flare_log_onset_sd",
    "flare_log_ratio_sd",
    "flare_ends",
    "flare_goes_on",
    "flare_longest",
    "flare_most",
    "run_habit",
    "rho_mean",
    "rho_sd",
)
(
    P_PHI_MEAN,
    P_PHI_SD,
    P_PHI_MOST,
    P_S_ETA,
    P_S_ETA_LEAST,
    P_S_MU,
    P_S_MU_MOST,
    P_S_Y,
    P_S_Y_LEAST,
    P_LEVEL_MEAN,
    P_LEVEL_SD,
    P_START_SD,
    P_LENGTH_SD,
    P_LENGTH_SD_LEAST,
    P_S_MU_LEAST,
    P_FLARE_MEAN,
    P_FLARE_SD,
    P_FLARE_LEAST,
    P_LOG_ONSET,
    P_LOG_ONSET_SD,
    P_LOG_RATIO_SD,
    P_ENDS,
    P_GOES_ON,
    P_FLARE_LONGEST,
    P_FLARE_MOST,
    P_RUN_HABIT,
    P_RHO_MEAN,
    P_RHO_SD,
) = range(len(_SCALARS))


def coefficient_priors(priors: Priors, confounders: int = 0) -> CoefficientPriors:
    """Lay `priors` out as arrays, in the order of the sampler's coefficients.

    Args:
        priors: of the fit.
        confounders: how many are recorded, q.
    """
    paths = priors.paths
    weekday = [priors.weekday] * WEEKDAY_COLUMNS
    beta = [priors.beta_now, priors.beta_hab, priors.beta_second, *(p.delta_sd for p in paths)]
    beta += [*weekday, priors.walking] + [priors.confounder] * confounders
    # a stationary shift of `reach` needs a daily push of reach (1 - phi)
    push = [p.reach * (1.0 - p.phi_mean) for p in paths]
    path_sd = [[0.5 * (1.0 - p.phi_mean), g, g, p.phi_sd] for p, g in zip(paths, push, strict=True)]
    habits = [1.0] * (WEEKDAY_COLUMNS + RHYTHM_COLUMNS) + [priors.run_confounder] * confounders
    course = [priors.recovery] * len(RECOVERY_DAYS)
    if priors.recovery_since_run > 0.0:
        course += [priors.recovery_since_run] * len(RECOVERY_DAYS)
    if priors.trend > 0.0:
        course.append(priors.trend)
    return CoefficientPriors(
        beta_sd=np.array(beta),
        path_mean=np.array([[0.0, 0.0, 0.0, p.phi_mean] for p in paths]).reshape(-1, 4),
        path_sd=np.array(path_sd).reshape(-1, 4),
        path_scale=np.array([[p.daily_sd, p.error_sd] for p in paths]).reshape(-1, 2),
        run_sd=np.array(
            [
                priors.run_level,
                priors.run_kappa,
                priors.run_flare,
                *habits,
                priors.run_stated,
                priors.run_stated,
            ]
        ),
        intention_sd=np.array([priors.run_level, priors.intention_kappa, priors.run_flare, *habits]),
        length_sd=np.array(
            [priors.length_level, priors.length_kappa, *([priors.length_habit] * LENGTH_COLUMNS)]
        ),
        course_sd=np.array(course),
        build_up=np.array(priors.build_up),
        scalar=np.array([getattr(priors, name) for name in _SCALARS], dtype=np.float64),
    )
