"""The population's draws weighed anew when people come or go, so that nobody else's likelihood is looked at again.

A person who joins multiplies the posterior of the population by their own marginal likelihood

    L(B, Sigma, nu) = sum_k w_k E[ N(m_k; B' z, V_k + Sigma / lambda) ],    lambda ~ Gamma(nu / 2, rate nu / 2)

and one who leaves divides it by the same. The expectation over the scale of the t is a mean over its quantiles.
"""

import math
from typing import NamedTuple

import numpy as np

from backstride.cohort.likelihood import Likelihood
from backstride.cohort.population import Population
from backstride.model.arrays import Floats

MIN_ESS = 500.0
"""With fewer effective draws than these the population is to be fitted anew."""
_SCALES = 32
_SCALE_DRAWS = 100_000


class Reweighted(NamedTuple):
    """The population after people came and went.

    Attributes:
        weights: (draws,) of the population's draws, which sum to 1.
        effective: how many independent draws these weights leave.
    """

    weights: Floats
    effective: float

    @property
    def is_enough(self) -> bool:
        """Whether the weighted draws may stand in for a new fit."""
        return self.effective >= MIN_ESS


def reweighted(
    found: Population,
    *,
    joined: tuple[Likelihood, Floats] | None = None,
    left: tuple[Likelihood, Floats] | None = None,
) -> Reweighted:
    """Weigh the population's draws by those who came and those who went since it was fitted.

    Args:
        found: draws of the population, fitted with those who left and without those who joined.
        joined: likelihoods of N people, and their (N, p) columns as the fit had them; None for nobody.
        left: the same of those who went.
    """
    log = np.zeros(len(found.nu))
    if joined is not None:
        log += log_marginal(found, *joined)
    if left is not None:
        log -= log_marginal(found, *left)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    return Reweighted(weight, float(1.0 / np.sum(weight**2)))


def log_marginal(found: Population, people: Likelihood, Z: Floats) -> Floats:
    """(draws,) log likelihood of these people under each draw of the population, their effects integrated out.

    Args:
        found: draws of the population.
        people: of N people.
        Z: (N, p) their columns.
    """
    scales = {float(nu): _scales(float(nu)) for nu in np.unique(found.nu)}
    inverse = 1.0 / np.array([scales[float(nu)] for nu in found.nu])  # (draws, scales)
    spread = found.sigma[:, None, :] * inverse[..., None]  # (draws, scales, 3)
    out = np.zeros(len(found.nu))
    for log_weight, mean, covariance, z in zip(*people[:3], Z, strict=True):
        mu = np.einsum("p,dpa->da", z, found.B)
        each = [
            part + _log_normal(centre - mu, own, spread)
            for part, centre, own in zip(log_weight, mean, covariance, strict=True)
        ]
        log = np.concatenate(each, axis=1)
        most = log.max(axis=1)
        out += most + np.log(np.exp(log - most[:, None]).sum(axis=1) / _SCALES)
    return out


def _log_normal(residual: Floats, own: Floats, spread: Floats) -> Floats:
    """(draws, scales) log density of a bivariate normal at (draws, 2) residuals, but for a constant."""
    v00, v01, v11 = own[0, 0] + spread[..., 0], own[0, 1] + spread[..., 1], own[1, 1] + spread[..., 2]
    det = v00 * v11 - v01 * v01
    r0, r1 = residual[:, 0, None], residual[:, 1, None]
    return np.asarray(-0.5 * (v11 * r0 * r0 - 2.0 * v01 * r0 * r1 + v00 * r1 * r1) / det - 0.5 * np.log(det))


def _scales(nu: float) -> Floats:
    """Mid-quantiles of Gamma(nu / 2, rate nu / 2), each as likely as the other."""
    drawn = np.random.default_rng(math.floor(nu)).gamma(0.5 * nu, 2.0 / nu, _SCALE_DRAWS)
    return np.quantile(drawn, (np.arange(_SCALES) + 0.5) / _SCALES)
