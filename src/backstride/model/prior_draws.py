"""Draws of the effect from its prior alone: what would be said without any of the person's data."""

import numpy as np

from backstride.model import effect_columns as column
from backstride.model.arrays import Floats
from backstride.model.effect import Draws
from backstride.model.priors import MAX_CARRY, T_DF, PathwayPrior, Priors


def prior_effect_draws(priors: Priors, *, like: Draws, rng: np.random.Generator) -> Draws:
    """Draw effect rows whose coefficients come from the prior.

    Args:
        priors: of the fit.
        like: posterior rows; they give the number of draws and the person's own noise, level and starting state, so
            that only the effect itself is a priori.
        rng: source of randomness.
    """
    rows = like.rows.copy()
    size = len(rows)
    rows[:, column.PHI] = truncated_normals(rng, priors.phi_mean, priors.phi_sd, priors.phi_most, size)
    rows[:, column.BETA_NOW] = priors.beta_now * rng.standard_t(T_DF, size)
    rows[:, column.BETA_HAB] = priors.beta_hab * rng.standard_t(T_DF, size)
    rows[:, column.BETA_SECOND] = priors.beta_second * rng.standard_t(T_DF, size)
    rows[:, [column.TAU, column.DELAY]] = rng.choice(np.array(priors.build_up), size)
    rows[:, column.FLARE_SIZE] = truncated_normals(
        rng, priors.flare_mean, priors.flare_sd, np.inf, size, priors.flare_least
    )
    rows[:, column.LOG_ONSET] = priors.flare_log_onset + priors.flare_log_onset_sd * rng.standard_normal(size)
    rows[:, column.LOG_RATIO] = priors.flare_log_ratio_sd * rng.standard_normal(size)
    rows[:, column.ENDS] = rng.beta(priors.flare_ends, priors.flare_goes_on, size)
    for i, prior in enumerate(priors.paths):
        first = column.HEAD + column.PER_PATH * i
        # its state at the start is the person's own
        rows[:, first : first + column.PATH_STATE] = _pathway(prior, rng, size)
    return like._replace(rows=rows)


def _pathway(prior: PathwayPrior, rng: np.random.Generator, size: int) -> Floats:
    push = prior.reach * (1.0 - prior.phi_mean)
    z = rng.standard_normal((5, size))
    return np.column_stack(
        [
            prior.delta_sd * z[0],
            0.5 * (1.0 - prior.phi_mean) * z[1],
            push * z[2],
            push * z[3],
            truncated_normals(rng, prior.phi_mean, prior.phi_sd, MAX_CARRY, size),
            np.abs(prior.daily_sd * z[4]),
        ]
    )


def truncated_normals(
    rng: np.random.Generator, mean: float, sd: float, most: float, size: int, least: float = 0.0
) -> Floats:
    """Draw `size` values of Normal(mean, sd) between `least` and `most`, by drawing again."""
    out = mean + sd * rng.standard_normal(size)
    while np.any(wrong := (out < least) | (out > most)):
        out[wrong] = mean + sd * rng.standard_normal(int(wrong.sum()))
    return out
