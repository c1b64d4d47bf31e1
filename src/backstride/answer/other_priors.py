"""The same records seen with other priors of the season's effect.

A draw weighs q(Delta_season) / p(Delta_season): q the other prior, p the one implied by the neutral priors for
this person's own plan. The rest of the neutral prior stays as it is.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_GRID = 400


class OtherPrior(NamedTuple):
    """A normal prior of Delta_season, in points."""

    name: str
    mean: float
    sd: float


# Trials: the running trial ASTEROID (-1.5 of 10, n = 40, unblinded; doi:10.1136/bjsports-2024-108245) shrunk towards
# low-bias reviews of exercise (-0.7; doi:10.1007/s10926-023-10124-4), with the spread of single persons added.
OTHER_PRIORS = (OtherPrior("trials", -0.8, 1.0), OtherPrior("sceptic", -0.3, 0.6))


def _log_density(at: Floats, draws: Floats) -> Floats:
    """Log of a Gaussian kernel density of `draws`, on a grid, continued as a normal beyond it."""
    sd = max(float(draws.std()), 1e-9)
    width = 1.06 * sd * len(draws) ** -0.2
    shrink = np.sqrt(1.0 - (width / sd) ** 2)  # so that smoothing does not widen the prior
    sample = draws.mean() + shrink * (draws[:: max(len(draws) // 4000, 1)] - draws.mean())
    grid = np.linspace(draws.min() - 3 * width, draws.max() + 3 * width, _GRID)
    z = (grid[:, None] - sample[None, :]) / width
    density = np.exp(-0.5 * z * z).mean(axis=1) / (width * np.sqrt(2 * np.pi))
    floor = np.exp(-0.5 * ((grid - draws.mean()) / sd) ** 2) / (sd * np.sqrt(2 * np.pi)) * 1e-3
    return np.asarray(np.interp(at, grid, np.log(np.maximum(density, np.maximum(floor, 1e-12)))))


def weights(prior: OtherPrior, *, posterior: Floats, implied: Floats) -> Floats:
    """(S,) weights of the posterior draws of Delta_season, summing to 1."""
    log = -0.5 * ((posterior - prior.mean) / prior.sd) ** 2 - _log_density(posterior, implied)
    w = np.exp(log - log.max())
    return np.asarray(w / w.sum())


def effective_draws(w: Floats) -> float:
    """Kish's effective number of draws, 1 / sum w^2."""
    return float(1.0 / np.sum(w * w))
