"""Draws of a noise, a carry-over or a sensitivity with the whole daily path integrated out.

Given its path, a noise hardly moves, and given the noise the path hardly moves; with the path integrated out the
two no longer wait for one another (partially collapsed Gibbs: van Dyk & Park 2008, doi:10.1198/016214508000000409).
The path itself must be drawn right afterwards.
"""

import math

from backstride.model.compiled import kernel, part, step
from backstride.model.gaussian import Floats
from backstride.model.priors import (
    P_PHI_MEAN,
    P_PHI_MOST,
    P_PHI_SD,
    P_S_ETA,
    P_S_Y,
    P_START_SD,
    CoefficientPriors,
)
from backstride.model.random import Rng, exponential, uniform
from backstride.model.scale import LOG_LEAST
from backstride.model.state import KAPPA, NOW, PHI, RHO, S_ETA, S_Y, State, Work

RUN, INTENTION, LENGTH = 0, 1, 2
_SENSITIVITY = 3  # `which` of a sensitivity is 3 + RUN, INTENTION or LENGTH


@kernel
def log_marginal(
    carry: float,
    sd: float,
    first: float,
    push: Floats,
    told: Floats,
    told_lin: Floats,
    extra: Floats,
    extra_lin: Floats,
    by: float,
    by_lin: float,
) -> float:
    """Log of the integral over a path v of T days, up to a constant.

        v[0] ~ N(0, 1 / first),   v[t] ~ N(carry v[t-1] + push[t], sd^2)
        times exp(-1/2 q v^2 + l v) a day,   q = told + by extra,   l = told_lin + by_lin extra_lin

    By forward elimination of the tridiagonal precision: -1/2 log det + 1/2 l' Q^-1 l.
    """
    days = push.shape[0]
    w = 1.0 / (sd * sd)
    link = w * carry
    total, product, before, lin_before = 0.0, 1.0, 0.0, 0.0
    for t in range(days):
        diagonal = told[t] + by * extra[t]
        lin = told_lin[t] + by_lin * extra_lin[t]
        if t > 0:
            ratio = link / before
            diagonal += w - ratio * link
            lin += w * push[t] + ratio * lin_before
            total -= w * push[t] * push[t]
        else:
            diagonal += first
        if t + 1 < days:
            diagonal += link * carry
            lin -= link * push[t + 1]
        total += lin * lin / diagonal
        product *= diagonal
        if product > 1e100 or product < 1e-100:
            total -= math.log(product)
            product = 1.0
        before, lin_before = diagonal, lin
    return 0.5 * (total - math.log(product)) - (days - 1.0) * math.log(sd)


@step
def log_marginal_coupled(
    phi: float,
    s_eta: float,
    kappa: float,
    beta_now: float,
    first: float,
    extra: Floats,
    extra_lin: Floats,
    by: float,
    by_lin: float,
    work: Work,
) -> float:
    """Log of the integral over the daily path d and the next-day effect b of

        d[0] ~ N(0, 1 / first),   b ~ N(0, beta_sd^2)
        d[t] = (phi - r s kappa) d[t-1] + f[t] b + rest[t] + r s heard[t-1] + N(0, s^2 (1 - r^2)),   r = rho coupling[t-1]
        times exp(-1/2 q d^2 + l d) a day,   q = told + by extra,   l = told_lin + by_lin extra_lin

    up to a constant. Forward elimination of the tridiagonal precision bordered by one column:
    -1/2 log det + 1/2 l' Q^-1 l. beta_now and phi hang together, so that either alone would hardly move.
    """
    days = work.drift.shape[0]
    base = 1.0 / (s_eta * s_eta)
    total, product, before, lin_before, x = 0.0, 1.0, 1.0, 0.0, 0.0
    p, lin_b = 1.0 / (work.beta_sd[NOW] * work.beta_sd[NOW]), 0.0
    w, link, push, f = 0.0, 0.0, 0.0, 0.0
    for t in range(days):
        diagonal = work.told[t] + by * extra[t]
        lin = work.told_lin[t] + by_lin * extra_lin[t]
        column = -w * f
        ratio = 0.0
        if t > 0:
            ratio = link / before
            diagonal += w - ratio * link
            lin += w * push + ratio * lin_before
            total -= w * push * push
            p += w * f * f
            lin_b -= w * f * push
        else:
            diagonal += first
        if t + 1 < days:
            r = work.pull[t + 1]
            w = base / (1.0 - r * r)
            carry = phi - r * s_eta * kappa
            link = w * carry
            f = work.f[t + 1, NOW]
            push = work.drift[t + 1] - beta_now * f + r * s_eta * work.heard[RUN, t]
            diagonal += link * carry
            lin -= link * push
            column += link * f
        x = column + ratio * x
        inverse = 1.0 / diagonal
        p -= x * x * inverse
        lin_b -= x * lin * inverse
        total += lin * lin * inverse
        product *= diagonal
        if product > 1e100 or product < 1e-100:
            total -= math.log(product)
            product = 1.0
        before, lin_before = diagonal, lin
    if not p > 0.0:
        return -math.inf
    total += lin_b * lin_b / p - math.log(p)
    return 0.5 * (total - math.log(product)) - (days - 1.0) * math.log(s_eta)


@step
def _pain_density(which: int, x: float, state: State, priors: CoefficientPriors, work: Work) -> float:
    """Log density of one quantity, d integrated out: 0 log s_y, 1 log s_eta, 2 phi, 3.. a sensitivity."""
    phi, s_eta, s_y = state.scalar[PHI], state.scalar[S_ETA], state.scalar[S_Y]
    first = 1.0 / priors.scalar[P_START_SD] ** 2
    kappa, now = state.run[KAPPA], state.beta[NOW]
    if which >= _SENSITIVITY:
        i = which - _SENSITIVITY
        sd = priors.length_sd[1]
        if i == RUN:
            sd, kappa = priors.run_sd[KAPPA], x
        elif i == INTENTION:
            sd = priors.intention_sd[KAPPA]
        marginal = log_marginal_coupled(
            phi, s_eta, kappa, now, first, work.has[i], work.heard[i], x * x, x, work
        )
        return marginal - 0.5 * (x / sd) ** 2
    if which == 0:
        s_y = math.exp(x)
        prior = x - 0.5 * (s_y / priors.scalar[P_S_Y]) ** 2
    elif which == 1:
        s_eta = math.exp(x)
        prior = x - 0.5 * (s_eta / priors.scalar[P_S_ETA]) ** 2
    else:
        phi = x
        prior = -0.5 * ((phi - priors.scalar[P_PHI_MEAN]) / priors.scalar[P_PHI_SD]) ** 2
    by = 1.0 / (s_y * s_y)
    marginal = log_marginal_coupled(phi, s_eta, kappa, now, first, state.seen, work.rating, by, by, work)
    return prior + marginal - work.rated * math.log(s_y) - 0.5 * by * work.rating_squares[0]


@step
def _pain_slice(
    rng: Rng,
    which: int,
    here: float,
    width: float,
    bounds: tuple[float, float],
    state: State,
    priors: CoefficientPriors,
    work: Work,
) -> float:
    """One slice step (Neal 2003) on `_pain_density` within `bounds`."""
    level = _pain_density(which, here, state, priors, work) - exponential(rng)
    left = here - width * uniform(rng)
    right = left + width
    while left > bounds[0] and _pain_density(which, left, state, priors, work) > level:
        left -= width
    while right < bounds[1] and _pain_density(which, right, state, priors, work) > level:
        right += width
    left, right = max(left, bounds[0]), min(right, bounds[1])
    while True:
        x = left + (right - left) * uniform(rng)
        if _pain_density(which, x, state, priors, work) > level:
            return x
        if x < here:
            left = x
        else:
            right = x


@part
def refresh_pull(state: State, work: Work) -> None:
    """Set pull[t] = rho coupling[t-1], the correlation of the decision's chance with that of the morning after."""
    for t in range(1, work.pull.shape[0]):
        work.pull[t] = state.scalar[RHO] * work.coupling[t - 1]


@part
def _gather(state: State, work: Work) -> None:
    """What the ratings say of d, and what the three decisions say together."""
    work.rating_squares[0] = 0.0
    for t in range(state.d.shape[0]):
        left = state.seen[t] * (state.y_star[t] - work.level[t])
        work.rating[t] = left
        work.rating_squares[0] += left * left


@part
def _tell(sign: float, i: int, kappa: float, work: Work) -> None:
    """Add (or take away) what decision i tells of d."""
    for t in range(work.told.shape[0]):
        work.told[t] += sign * kappa * kappa * work.has[i, t]
        work.told_lin[t] += sign * kappa * work.heard[i, t]


@step
def draw_pain_noise(rng: Rng, sweep: int, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw s_y, s_eta and phi, then two of the three sensitivities to pain, with d integrated out."""
    _gather(state, work)
    sensitivities = (state.run, state.intention, state.length)
    for i in range(3):
        _tell(1.0, i, sensitivities[i][1], work)
    scalar = state.scalar
    refresh_pull(state, work)
    for which in range(3):  # a loop, not three calls: numba would compile one slice for each constant
        place = S_Y if which == 0 else (S_ETA if which == 1 else PHI)
        here = scalar[place] if place == PHI else math.log(scalar[place])
        bounds = (0.0, priors.scalar[P_PHI_MOST]) if place == PHI else (LOG_LEAST, 3.0)
        found = _pain_slice(rng, which, here, 0.3, bounds, state, priors, work)
        scalar[place] = found if place == PHI else math.exp(found)
    by = 1.0 / scalar[S_Y] ** 2
    for t in range(state.d.shape[0]):
        work.told[t] += by * state.seen[t]
        work.told_lin[t] += by * work.rating[t]
    for turn in range(2):  # the decision itself mixes worst and has every turn
        i = RUN if turn == 0 else (INTENTION if sweep % 2 == 0 else LENGTH)
        coefficients = sensitivities[i]
        _tell(-1.0, i, coefficients[1], work)
        width = 0.1 if i == LENGTH else 0.4
        bounds = (-20.0, 20.0)
        coefficients[1] = _pain_slice(
            rng, _SENSITIVITY + i, coefficients[1], width, bounds, state, priors, work
        )
        _tell(1.0, i, coefficients[1], work)
    for t in range(state.d.shape[0]):
        work.told[t] -= by * state.seen[t]
        work.told_lin[t] -= by * work.rating[t]
