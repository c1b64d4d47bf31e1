"""The same records seen with other priors of the season's effect.

The other priors speak of a usual dose, 90 minutes a week, before floor and ceiling. A draw whose effect there is e
weighs q(e) / p(e): q the other prior, p the one that the neutral priors imply. Whoever runs less, or has little pain
to lose, is held against the same q; the rest of the neutral prior stays as it is.

Where the records lie far from q, next to no draw is left to weigh: fewer than `MIN_ESS`. Such a line beside
the answer has no verdict; the check of the priors (`doubts/prior_sensitivity.py`) moves the draws instead, as if
posterior and prior were normal. With e of mean m and variance v a posteriori, m0 and v0 a priori:

    1 / v' = max(1/v - 1/v0, 0) + 1/sd^2            m' = v' (m/v - m0/v0 + mean/sd^2)
    e' = m' + sqrt(v'/v) (e - m)                    Delta' = Delta + b (e' - e),  b = cov(Delta, e) / v

Delta' is exact where Delta and e are jointly normal (Bayes linear: Goldstein & Wooff 2007, section 3.1).
"""

from typing import NamedTuple

import numpy as np

from backstride.model.arrays import Floats

_GRID = 400
STANDARD_MINUTES = 90.0
MIN_ESS = 100.0
"""Another prior that rests on fewer draws than this gets no verdict."""


class AlternativePrior(NamedTuple):
    """A normal prior of Delta_season, in points."""

    name: str
    mean: float
    sd: float


# Trials: the running trial ASTEROID (-1.5 of 10, n = 40, unblinded; doi:10.1136/bjsports-2024-108245) shrunk towards
# low-bias reviews of exercise (-0.7; doi:10.1007/s10926-023-10124-4), with the spread of single persons added.
# The sceptic is centred at nothing.
OTHER_PRIORS = (AlternativePrior("trials", -0.8, 1.0), AlternativePrior("sceptic", 0.0, 0.5))


class _LogDensity(NamedTuple):
    """A log density on a grid."""

    grid: Floats
    log: Floats

    def at(self, x: Floats) -> Floats:
        """Its value at `x`, linear between the points of the grid."""
        return np.asarray(np.interp(x, self.grid, self.log))


def _log_density(draws: Floats) -> _LogDensity:
    """Log of a Gaussian kernel density of `draws`, on a grid, and held at its ends beyond it.

    The grid reaches past every draw of the prior, where another prior of sd 1 or less has next to nothing to weigh.
    """
    sd = max(float(draws.std()), 1e-9)
    # Silverman's rule for a normal; the prior of the season is unimodal and nearly so
    width = 1.06 * sd * len(draws) ** -0.2
    shrink = np.sqrt(1.0 - (width / sd) ** 2)  # so that smoothing does not widen the prior
    # 4,000 draws fix the density well; all of them on the grid would take seconds
    sample = draws.mean() + shrink * (draws[:: max(len(draws) // 4000, 1)] - draws.mean())
    grid = np.linspace(draws.min() - 3 * width, draws.max() + 3 * width, _GRID)
    z = (grid[:, None] - sample[None, :]) / width
    density = np.exp(-0.5 * z * z).mean(axis=1) / (width * np.sqrt(2 * np.pi))
    # beyond the draws the estimate is 0, and one weight would be infinite: so no less than a thousandth of the normal
    # with the same mean and sd, and no less than 1e-12
    floor = np.exp(-0.5 * ((grid - draws.mean()) / sd) ** 2) / (sd * np.sqrt(2 * np.pi)) * 1e-3
    return _LogDensity(grid, np.log(np.maximum(density, np.maximum(floor, 1e-12))))


def weights(prior: AlternativePrior, at: Floats, before: _LogDensity) -> Floats:
    """Compute the weights (S,) of draws whose effect is `at`, made under the density `before`; they sum to 1.

    Args:
        prior: the other prior.
        at: (S,) effects of the draws, points.
        before: log density of the effect under the prior of the fit.
    """
    log = -0.5 * ((at - prior.mean) / prior.sd) ** 2 - before.at(at)
    # the largest is taken off first, so that exp cannot overflow; the sum divides it out
    w = np.exp(log - log.max())
    return np.asarray(w / w.sum())


class ReweightedPosterior(NamedTuple):
    """One other prior, as weights of the draws at hand.

    Attributes:
        prior: which.
        posterior: (S,) weights of the posterior draws, summing to 1.
        implied: (S',) weights of the prior draws, summing to 1.
        effective: how many independent posterior draws are left.
    """

    prior: AlternativePrior
    posterior: Floats
    implied: Floats
    effective: float


def other_views(*, posterior: Floats, implied: Floats) -> tuple[ReweightedPosterior, ...]:
    """Return every other prior, from the season's effect at the usual dose under posterior (S,) and prior (S',)."""
    before = _log_density(implied)
    views = []
    for prior in OTHER_PRIORS:
        w = weights(prior, posterior, before)
        views.append(ReweightedPosterior(prior, w, weights(prior, implied, before), effective_draws(w)))
    return tuple(views)


def moved(prior: AlternativePrior, delta: Floats, *, posterior: Floats, implied: Floats) -> Floats:
    """Move draws of a Delta to where another prior would have them, by the normal approximation above.

    Args:
        prior: the other prior of the effect at the usual dose.
        delta: (S,) posterior draws of the Delta that is asked for.
        posterior: (S,) posterior draws of the effect at the usual dose, in the same order.
        implied: (S',) prior draws of the same.

    Returns:
        (S,) draws.
    """
    m, v = float(posterior.mean()), max(float(posterior.var()), 1e-12)
    m0, v0 = float(implied.mean()), max(float(implied.var()), 1e-12)
    precision = 1.0 / v - 1.0 / v0  # of the records alone
    # records that say nothing leave the other prior as it is
    pull = m / v - m0 / v0 if precision > 0.0 else 0.0
    v_new = 1.0 / (max(precision, 0.0) + 1.0 / prior.sd**2)
    m_new = v_new * (pull + prior.mean / prior.sd**2)
    at = m_new + np.sqrt(v_new / v) * (posterior - m)
    b = float(np.mean((delta - delta.mean()) * (posterior - m))) / v
    return np.asarray(delta + b * (at - posterior))


def effective_draws(w: Floats) -> float:
    """Compute Kish's effective number of draws, 1 / sum w^2."""
    return float(1.0 / np.sum(w * w))
