"""Draws of the effect from its prior alone: what would be said without any of the person's data."""

import numpy as np
from numpy.typing import NDArray

from backstride.model.effect import Draws
from backstride.model.priors import PathwayPrior, Priors

Floats = NDArray[np.float64]


def prior_effect_draws(
    priors: Priors, *, like: Draws, rng: np.random.Generator, effects_only: bool = True
) -> Draws:
    """Effect rows whose coefficients come from the prior.

    Args:
        priors: of the fit.
        like: posterior rows; they give the number of draws and, where `effects_only`, the person's own noise,
            level and starting state, so that only the effect itself is a priori.
        rng: source of randomness.
        effects_only: False draws noise and level from the prior too.
    """
    rows = like.rows.copy()
    size = len(rows)
    rows[:, 0] = _between(rng, priors.phi_mean, priors.phi_sd, 0.98, size)
    rows[:, 4] = priors.beta_now * rng.standard_normal(size)
    rows[:, 5] = priors.beta_hab * rng.standard_normal(size)
    if not effects_only:
        for column, scale in ((1, priors.s_eta), (2, priors.s_mu), (3, priors.s_y)):
            rows[:, column] = np.abs(scale * rng.standard_normal(size))
        rows[:, 6] = priors.level_mean + priors.level_sd * rng.standard_normal(size)
    for i, prior in enumerate(priors.paths):
        first = 9 + 7 * i
        rows[:, first : first + 6] = _pathway(prior, rng, size)
    return Draws(rows, like.tau, like.mean_dose)


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


def _between(rng: np.random.Generator, mean: float, sd: float, most: float, size: int) -> Floats:
    """Normal(mean, sd) between 0 and `most`, by drawing again."""
    out = mean + sd * rng.standard_normal(size)
    while np.any(wrong := (out < 0.0) | (out > most)):
        out[wrong] = mean + sd * rng.standard_normal(int(wrong.sum()))
    return out
