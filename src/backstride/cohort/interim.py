"""The prior of one person's two effects under which their own fit was made, exactly.

Both effects at the standard dose are linear in the coefficients of the model: given carry-over, build-up, pathway
dynamics and the scales of the t priors they are Gaussian, so that

    pi0(week, season) = mean over draws of N(0, C(phi, tau, delay, carry, delta, scales))

which is tabulated once for each set of pathways in use, on a grid even in asinh(g / 0.3): fine at the peak, and far
out in the tails.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from backstride.answer.deltas import MORNINGS_OF
from backstride.answer.kinds import Question
from backstride.answer.other_priors import STANDARD_MINUTES
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.arrays import Floats
from backstride.model.build_up import step_load
from backstride.model.data import PATHWAYS
from backstride.model.prior_draws import truncated_normals
from backstride.model.priors import MAX_CARRY, T_DF, neutral_priors

PEAK, _FARTHEST, _POINTS, _DRAWS = 0.3, 60.0, 161, 3000


class InterimPrior(NamedTuple):
    """A table of the log density, and what it is a table of.

    Attributes:
        u: (n,) asinh(g / 0.3) of the grid, the same for both effects, even.
        log: (n, n) log density at each point, week first.
        covariance: (M, 2, 2) every C of the mean that the table is of.
    """

    u: Floats
    log: Floats
    covariance: Floats

    def __call__(self, effects: Floats) -> Floats:
        """(...,) log density at `effects` (..., 2), bilinear between the points."""
        step = self.u[1] - self.u[0]
        at = np.clip((np.arcsinh(effects / PEAK) - self.u[0]) / step, 0.0, len(self.u) - 1.001)
        i = at.astype(int)
        part = at - i
        a, b, s, t = i[..., 0], i[..., 1], part[..., 0], part[..., 1]
        low = (1.0 - t) * self.log[a, b] + t * self.log[a, b + 1]
        high = (1.0 - t) * self.log[a + 1, b] + t * self.log[a + 1, b + 1]
        return np.asarray((1.0 - s) * low + s * high)


@lru_cache(maxsize=64)
def interim_prior(pathways: tuple[str, ...]) -> InterimPrior:
    """Return the tabulated prior for these pathways; made once, in two seconds or so."""
    return tabulated(covariances(pathways, draws=_DRAWS, seed=0))


def tabulated(covariance: Floats) -> InterimPrior:
    """Tabulate the log of the mean of N(0, C) over covariances (M, 2, 2), on the grid."""
    inverse = np.linalg.inv(covariance)
    log_scale = -0.5 * np.log(np.linalg.det(covariance)) - np.log(2.0 * np.pi)
    reach = np.arcsinh(_FARTHEST / PEAK)
    u = np.linspace(-reach, reach, _POINTS)
    g = PEAK * np.sinh(u)
    log = np.empty((_POINTS, _POINTS))
    for i in range(_POINTS // 2 + 1):  # the density is even, so half of it is enough
        week = g[i]
        power = (
            inverse[:, 0, 0, None] * week * week
            + 2.0 * inverse[:, 0, 1, None] * week * g
            + inverse[:, 1, 1, None] * g * g
        )
        each = log_scale[:, None] - 0.5 * power
        most = each.max(axis=0)
        log[i] = most + np.log(np.exp(each - most).mean(axis=0))
        log[_POINTS - 1 - i] = log[i, ::-1]
    return InterimPrior(u, log, np.ascontiguousarray(covariance))


def covariances(pathways: tuple[str, ...], *, draws: int, seed: int) -> Floats:
    """(draws, 2, 2) covariances of week and season given all that makes them Gaussian.

    Args:
        pathways: those in use, by their names.
        draws: how many.
        seed: of the draws.
    """
    rng = np.random.default_rng(seed)
    priors = neutral_priors(np.array([PATHWAYS.index(name) for name in pathways], dtype=np.int64))
    phi = truncated_normals(rng, priors.phi_mean, priors.phi_sd, priors.phi_most, draws)
    tau, delay = np.array(priors.build_up)[rng.integers(len(priors.build_up), size=draws)].T
    scales = np.sqrt(T_DF / rng.chisquare(T_DF, (3, draws)))
    sds = [priors.beta_now * scales[0], priors.beta_hab * scales[1], priors.beta_second * scales[2]]
    carry, delta = [], []
    for path in priors.paths:
        carry.append(truncated_normals(rng, path.phi_mean, path.phi_sd, MAX_CARRY, draws))
        delta.append(path.delta_sd * rng.standard_normal(draws))
        push = np.full(draws, path.reach * (1.0 - path.phi_mean))
        sds += [push, push]
    response = _responses(phi, tau, delay, carry, delta) * np.array(sds)[None]
    return np.asarray(np.einsum("ajm,bjm->mab", response, response))


def _responses(phi: Floats, tau: Floats, delay: Floats, carry: list[Floats], delta: list[Floats]) -> Floats:
    """(2, 3 + 2 K, M) what a unit of each coefficient does to week and season (equations: model/effect.py)."""
    dose = STANDARD_MINUTES / MINUTES_A_UNIT_OF_DOSE / 7.0
    acute = habit = np.zeros_like(phi)
    pushed = np.zeros((3 + 2 * len(carry), len(phi)))
    levels = np.zeros((2 * len(carry), len(phi)))
    out = np.zeros((2, *pushed.shape))
    for day in range(1, MORNINGS_OF[Question.SEASON][1] + 1):
        acute, habit = step_load(acute, habit, dose, tau, delay)
        pushed[0] = phi * pushed[0] + dose
        pushed[1] = phi * pushed[1] + habit
        pushed[2] = phi * pushed[2] + (dose if day > 1 else 0.0)
        for k, (stays, pain) in enumerate(zip(carry, delta, strict=True)):
            for j, push in ((2 * k, habit), (2 * k + 1, np.full_like(phi, dose))):
                levels[j] = stays * levels[j] + push
                pushed[3 + j] = phi * pushed[3 + j] + pain * levels[j]
        for i, question in enumerate(Question):
            first, last = MORNINGS_OF[question]
            if first <= day <= last:
                out[i] += pushed / (last - first + 1)
    return out
