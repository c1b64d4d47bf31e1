"""The level of pain and all coefficients, drawn jointly given eta; and the shift between level and deviation."""

import math

from backstride.model.compiled import part, step
from backstride.model.gaussian import draw_path_and_coefficients
from backstride.model.pain import refresh_drift, refresh_level, refresh_steps
from backstride.model.prior_arrays import (
    P_FLARE_LEAST,
    P_FLARE_MEAN,
    P_FLARE_SD,
    P_LEVEL_MEAN,
    P_LEVEL_SD,
    P_START_SD,
    CoefficientPriors,
)
from backstride.model.random import Rng, normal
from backstride.model.rows import add_rows, add_scaled
from backstride.model.state import KAPPA, PHI, S_MU, State, Work


@part
def _daily_precision(work: Work) -> None:
    """Set the tridiagonal precision of the path and what the shocks say of it."""
    days = work.diagonal.shape[0]
    work.diagonal[0], work.lin[0] = 0.0, 0.0
    for t in range(1, days):
        w, carry = work.weight[t], work.carry[t]
        work.diagonal[t] = w
        work.diagonal[t - 1] += w * carry * carry
        work.off[t - 1] = -w * carry
        work.lin[t] = w * work.shock[t]
        work.lin[t - 1] -= w * carry * work.shock[t]


@part
def _level_prior(p: int, n: int, priors: CoefficientPriors, work: Work) -> None:
    """Set (P, l) to the priors of (beta, course), the flare's size last and not centred at 0."""
    for i in range(n):
        for j in range(i):
            work.p[i, j] = 0.0
        sd = priors.scalar[P_FLARE_SD]
        if i < n - 1:
            sd = work.beta_sd[i] if i < p else priors.course_sd[i - p]
        work.p[i, i] = 1.0 / (sd * sd)
        work.lin_b[i] = 0.0
    work.lin_b[n - 1] = priors.scalar[P_FLARE_MEAN] * work.p[n - 1, n - 1]


@part
def _add_steps(p: int, n: int, slow: float, state: State, work: Work) -> None:
    """Add what the daily equation and the steps of mu say of mu and (beta, course); d holds eta."""
    for t in range(1, work.f.shape[0]):
        w, carry, h = work.weight[t], work.carry[t], work.steps[t]
        for j in range(p):
            h[j] = work.f[t, j]
        for j in range(n - p):
            h[p + j] = work.course[t, j] - carry * work.course[t - 1, j]
        r = w * (state.d[t] - carry * state.d[t - 1] - work.shock[t])
        work.lin[t] += r
        work.lin[t - 1] -= carry * r
        add_scaled(work.lin_b, r, h, n)
        add_scaled(work.cross[t], w, h, n)
        add_scaled(work.cross[t - 1], -carry * w, h, n)
        work.diagonal[t] += slow
        work.diagonal[t - 1] += slow
        work.off[t - 1] -= slow
    add_rows(work.p, work.steps[1:], work.weight[1:], 1.0, n)


@part
def _add_information(p: int, n: int, first: float, state: State, work: Work) -> None:
    """Add what the decisions and the first day's prior say of d = eta - mu - curves course."""
    for t in range(work.f.shape[0]):
        info_precision = work.info_precision[t] + (first if t == 0 else 0.0)
        left = info_precision * state.d[t] - work.info_linear[t]
        work.diagonal[t] += info_precision
        work.lin[t] += left
        for i in range(n - p):
            g = work.course[t, i]
            if g != 0.0:
                work.lin_b[p + i] += g * left
                work.cross[t, p + i] += g * info_precision
                for j in range(i + 1):
                    work.p[p + i, p + j] += info_precision * g * work.course[t, j]


@step
def draw_level(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw (beta, course, mu) jointly given eta: trend, recovery and habit look alike and must move together.

    With h[t] = (f[t], g[t] - carry g[t-1]) and g the curves of the course,
    eta[t] - carry eta[t-1] - shock[t] = mu[t] - carry mu[t-1] + h[t] (beta, course) + N(0, 1 / weight[t]).
    """
    days, p = work.f.shape
    n = p + work.course.shape[1]
    refresh_level(state, work)
    for t in range(days):
        state.d[t] += work.level[t]  # d holds eta until the level is drawn
    _level_prior(p, n, priors, work)
    _daily_precision(work)
    for t in range(days):
        work.lin[t] = 0.0
        for j in range(n):
            work.cross[t, j] = 0.0
    _add_steps(p, n, 1.0 / state.scalar[S_MU] ** 2, state, work)
    _add_information(p, n, 1.0 / priors.scalar[P_START_SD] ** 2, state, work)
    work.diagonal[0] += 1.0 / priors.scalar[P_LEVEL_SD] ** 2
    work.lin[0] += priors.scalar[P_LEVEL_MEAN] / priors.scalar[P_LEVEL_SD] ** 2
    fine = draw_path_and_coefficients(
        rng,
        work.diagonal,
        work.off,
        work.lin,
        work.cross,
        work.p,
        work.lin_b,
        state.mu,
        work.both[:n],
        priors.scalar[P_FLARE_LEAST],
    )
    for j in range(p):
        state.beta[j] = work.both[j]
    for j in range(n - p):
        state.course[j] = work.both[p + j]
    refresh_level(state, work)
    for t in range(days):
        state.d[t] -= work.level[t]
    refresh_drift(state, work)
    return fine


@step
def shift_level(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Move d up and mu down by one constant, and the decision's levels with them.

    eta, and so every rating, stays; so does every hidden z and every u. What is left is the prior of d, of mu[0] and
    of the three levels, all Gaussian in the constant. Without it the level and the decision wait for one another.
    """
    phi, days = state.scalar[PHI], state.d.shape[0]
    first, level = 1.0 / priors.scalar[P_START_SD] ** 2, 1.0 / priors.scalar[P_LEVEL_SD] ** 2
    precision = first + level
    lin = level * (state.mu[0] - priors.scalar[P_LEVEL_MEAN]) - first * state.d[0]
    for t in range(1, days):
        left = state.d[t] - work.carry[t] * state.d[t - 1] - work.drift[t] - work.shock[t]
        precision += work.weight[t] * (1.0 - phi) ** 2
        lin -= work.weight[t] * (1.0 - phi) * left
    for coefficients, sd in (
        (state.run, priors.run_sd),
        (state.intention, priors.intention_sd),
        (state.length, priors.length_sd),
    ):
        precision += (coefficients[1] / sd[0]) ** 2
        lin += coefficients[0] * coefficients[1] / sd[0] ** 2
    c = lin / precision + normal(rng) / math.sqrt(precision)
    for t in range(days):
        state.d[t] += c
        state.mu[t] -= c
        work.level[t] -= c
        # the levels taken off the pseudo-observations have moved
        work.info_linear[t] += c * work.info_precision[t]
        work.pseudo_linear[0, t] += c * state.run[KAPPA] * work.pseudo_precision[0, t]
        work.pseudo_linear[1, t] += c * state.intention[KAPPA] * work.pseudo_precision[1, t]
        work.pseudo_linear[2, t] += c * state.length[1] * work.pseudo_precision[2, t]
    for coefficients in (state.run, state.intention, state.length):
        coefficients[0] -= c * coefficients[1]
    refresh_steps(state, work)
