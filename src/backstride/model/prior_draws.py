"""Draws of the effect from its prior alone: what would be said without any of the person's data."""

import numpy as np
from numpy.typing import NDArray

from backstride.model.effect import HEAD, Draws
from backstride.model.priors import S_MU_DF, T_DF, PathwayPrior, Priors

Floats = NDArray[np.float64]


def prior_effect_draws(
    priors: Priors, *, like: Draws, rng: np.random.Generator, effects_only: bool = True
) -> Draws:
    """Draw effect rows whose coefficients come from the prior.

    Args:
        priors: of the fit.
        like: posterior rows; they give the number of draws and, where `effects_only`, the person's own noise,
            level and starting state, so that only the effect itself is a priori.
        rng: source of randomness.
        effects_only: False draws noise and level from the prior too.
    """
    rows = like.rows.copy()
    size = len(rows)
    rows[:, 0] = _between(rng, priors.phi_mean, priors.phi_sd, priors.phi_most, size)
    rows[:, 4] = priors.beta_now * rng.standard_t(T_DF, size)
    rows[:, 5] = priors.beta_hab * rng.standard_t(T_DF, size)
    rows[:, 17] = priors.beta_second * rng.standard_t(T_DF, size)
    rows[:, [9, 16]] = rng.choice(np.array(priors.build_up), size)
    rows[:, 10] = _between(rng, priors.flare_mean, priors.flare_sd, np.inf, size, priors.flare_least)
    rows[:, 11] = priors.flare_log_onset + priors.flare_log_onset_sd * rng.standard_normal(size)
    rows[:, 12] = priors.flare_log_ratio_sd * rng.standard_normal(size)
    rows[:, 13] = rng.beta(priors.flare_ends, priors.flare_goes_on, size)
    if not effects_only:
        for column, scale in ((1, priors.s_eta), (3, priors.s_y)):
            rows[:, column] = np.abs(scale * rng.standard_normal(size))
        rows[:, 2] = np.abs(priors.s_mu * rng.standard_t(S_MU_DF, size))
        rows[:, 6] = priors.level_mean + priors.level_sd * rng.standard_normal(size)
    for i, prior in enumerate(priors.paths):
        first = HEAD + 7 * i
        rows[:, first : first + 6] = _pathway(prior, rng, size)
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
            _between(rng, prior.phi_mean, prior.phi_sd, 0.995, size),
            np.abs(prior.daily_sd * z[4]),
        ]
    )


def _between(
    rng: np.random.Generator, mean: float, sd: float, most: float, size: int, least: float = 0.0
) -> Floats:
    """Normal(mean, sd) between `least` and `most`, by drawing again."""
    out = mean + sd * rng.standard_normal(size)
    while np.any(wrong := (out < least) | (out > most)):
        out[wrong] = mean + sd * rng.standard_normal(int(wrong.sum()))
    return out
