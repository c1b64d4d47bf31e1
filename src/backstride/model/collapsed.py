"""Draws of a noise, a carry-over or a sensitivity with the whole daily path integrated out.

Given its path, a noise hardly moves, and given the noise the path hardly moves; with the path integrated out the
two no longer wait for one another (partially collapsed Gibbs: van Dyk & Park 2008, doi:10.1198/016214508000000409).
The path itself must be drawn right afterwards.
"""

import math

from backstride.model.compiled import kernel, part, step
from backstride.model.gaussian import Floats
from backstride.model.priors import (
    P_LEVEL_MEAN,
    P_LEVEL_SD,
    P_PHI_MEAN,
    P_PHI_MOST,
    P_PHI_SD,
    P_S_ETA,
    P_S_MU_LEAST,
    P_S_Y,
    P_START_SD,
    CoefficientPriors,
)
from backstride.model.random import Rng, exponential, normal, uniform
from backstride.model.scale import LOG_LEAST
from backstride.model.state import KAPPA, NOW, PHI, RHO, S_ETA, S_MU, S_Y, State, Work

RUN, INTENTION, LENGTH = 0, 1, 2
_SENSITIVITY = 4  # `which` of a sensitivity is 4 + RUN, INTENTION or LENGTH


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


@part
def _update(m: Floats, x: Floats, v: Floats, a: float, b: float, at_x: float, q: float, left: float) -> None:
    """Take a potential exp(-1/2 q u^2 + l u) into the mean, its slope in beta_now and the covariance of (mu, d).

    u is mu + d or d alone, (a, b) the covariance of (mu, d) with u, `at_x` the slope of u; q and left = l - q mean(u)
    are already divided by 1 + q var(u).
    """
    m[0] += a * left
    m[1] += b * left
    x[0] -= a * q * at_x
    x[1] -= b * q * at_x
    v[0] -= q * a * a
    v[1] -= q * a * b
    v[2] -= q * b * b


@step
def filter_paths(
    phi: float,
    s_eta: float,
    s_mu: float,
    kappa: float,
    which: int,
    by: float,
    by_lin: float,
    q_rating: float,
    keep: bool,
    state: State,
    priors: CoefficientPriors,
    work: Work,
) -> float:
    """Log of the integral over the slow level mu, the deviation d and the next-day effect b, up to a constant.

        mu[t] = mu[t-1] + N(0, s_mu^2),   b ~ N(0, beta_sd^2)
        d[t]  = (phi - r s kappa) d[t-1] + f[t] b + rest[t] + r s heard[t-1] + N(0, s^2 (1 - r^2)),  r = pull[t]
        times exp(-1/2 q d^2 + l d) exp(-1/2 p (mu + d)^2 + p rating (mu + d)) a day
        q = told + by has[which],   l = told_lin + by_lin heard[which],   p = q_rating on rated days

    A Kalman filter of (mu, d) with its slope in b beside it (Durbin & Koopman 2012, sections 4.3 and 6.2): each
    potential multiplies the integral by  (1 + q v)^-1/2 exp((2 m l + v l^2 - q m^2) / (2 (1 + q v))). Level,
    deviation
    and all noises hang together, so that each alone would hardly move.

    Args:
        which: of the three decisions, whose kappa is tried; -1 for none.
        keep: whether the filtered means and covariances are kept in work.kalman, at the b drawn last in
        work.kalman_b.
    """
    days = work.drift.shape[0]
    base = 1.0 / (s_eta * s_eta)
    m, x, v = work.filter_mean, work.filter_slope, work.filter_cov
    m[0], m[1] = priors.scalar[P_LEVEL_MEAN], 0.0
    x[0] = x[1] = 0.0
    v[0], v[1], v[2] = priors.scalar[P_LEVEL_SD] ** 2, 0.0, priors.scalar[P_START_SD] ** 2
    total, product = 0.0, 1.0
    precision, lin_b = 1.0 / (work.beta_sd[NOW] * work.beta_sd[NOW]), 0.0
    now = state.beta[NOW]
    for t in range(days):
        if t > 0:
            r = work.pull[t]
            carry = phi - r * s_eta * kappa
            f = work.f[t, NOW]
            push = work.drift[t] - now * f + r * s_eta * work.heard[RUN, t - 1]
            m[1] = carry * m[1] + push
            x[1] = carry * x[1] + f
            v[0] += s_mu * s_mu
            v[1] *= carry
            v[2] = carry * carry * v[2] + (1.0 - r * r) / base
        q, lin = work.told[t], work.told_lin[t]
        if which >= 0:
            q += by * work.has[which, t]
            lin += by_lin * work.heard[which, t]
        if q > 0.0:
            share = 1.0 / (1.0 + q * v[2])
            left = (lin - q * m[1]) * share
            total += lin * m[1] + left * (m[1] + v[2] * lin)
            product *= share
            lin_b += x[1] * left
            precision += q * share * x[1] * x[1]
            _update(m, x, v, v[1], v[2], x[1], q * share, left)
        if state.seen[t] > 0.0:
            a, b = v[0] + v[1], v[1] + v[2]
            at, at_x = m[0] + m[1], x[0] + x[1]
            share = 1.0 / (1.0 + q_rating * (a + b))
            lin = q_rating * work.rating[t]
            left = (lin - q_rating * at) * share
            total += lin * at + left * (at + (a + b) * lin)
            product *= share
            lin_b += at_x * left
            precision += q_rating * share * at_x * at_x
            _update(m, x, v, a, b, at_x, q_rating * share, left)
        if product < 1e-100:
            total += math.log(product)
            product = 1.0
        if keep:
            for i in range(2):
                work.kalman[t, i], work.kalman[t, 2 + i] = m[i], x[i]
            for i in range(3):
                work.kalman[t, 4 + i] = v[i]
    work.kalman_b[0], work.kalman_b[1] = precision, lin_b
    return 0.5 * (total + math.log(product) + lin_b * lin_b / precision - math.log(precision))


@step
def draw_paths(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw the next-day effect, then mu and d together, by forward filtering - backward sampling."""
    scalar = state.scalar
    phi, s_eta, s_mu, kappa = scalar[PHI], scalar[S_ETA], scalar[S_MU], state.run[KAPPA]
    q_rating = 1.0 / scalar[S_Y] ** 2
    filter_paths(phi, s_eta, s_mu, kappa, -1, 0.0, 0.0, q_rating, True, state, priors, work)
    precision, lin = work.kalman_b
    new = lin / precision + normal(rng) / math.sqrt(precision)
    for t in range(1, work.drift.shape[0]):
        work.drift[t] += (new - state.beta[NOW]) * work.f[t, NOW]
    state.beta[NOW] = new
    days = work.drift.shape[0]
    base = 1.0 / (s_eta * s_eta)
    for t in range(days - 1, -1, -1):
        k = work.kalman[t]
        mu, d = k[0] + new * k[2], k[1] + new * k[3]
        v0, v1, v2 = k[4], k[5], k[6]
        if t + 1 < days:
            # tomorrow's level is an observation of today's, then tomorrow's deviation is one
            share = 1.0 / (v0 + s_mu * s_mu)
            left = state.mu[t + 1] - mu
            mu += v0 * share * left
            d += v1 * share * left
            v2 -= v1 * v1 * share
            v1 -= v0 * v1 * share
            v0 -= v0 * v0 * share
            r = work.pull[t + 1]
            carry = phi - r * s_eta * kappa
            push = work.drift[t + 1] + r * s_eta * work.heard[RUN, t]
            share = 1.0 / (carry * carry * v2 + (1.0 - r * r) / base)
            left = state.d[t + 1] - carry * d - push
            mu += carry * v1 * share * left
            d += carry * v2 * share * left
            gain = carry * carry * share
            v0 -= gain * v1 * v1
            v1 -= gain * v1 * v2
            v2 -= gain * v2 * v2
        root = math.sqrt(max(v2, 0.0))
        z = normal(rng)
        state.d[t] = d + root * z
        slope = v1 / root if root > 0.0 else 0.0
        state.mu[t] = mu + slope * z + math.sqrt(max(v0 - slope * slope, 0.0)) * normal(rng)


@step
def _pain_density(which: int, x: float, state: State, priors: CoefficientPriors, work: Work) -> float:
    """Log density, both paths integrated out: 0 log s_y, 1 log s_eta, 2 phi, 3 log s_mu, 4.. a sensitivity."""
    phi, s_eta, s_y, s_mu = state.scalar[PHI], state.scalar[S_ETA], state.scalar[S_Y], state.scalar[S_MU]
    kappa, told, by_lin, prior = state.run[KAPPA], -1, 0.0, 0.0
    if which >= _SENSITIVITY:
        told, by_lin = which - _SENSITIVITY, x
        sd = priors.length_sd[1]
        if told == RUN:
            sd, kappa = priors.run_sd[KAPPA], x
        elif told == INTENTION:
            sd = priors.intention_sd[KAPPA]
        prior = -0.5 * (x / sd) ** 2
    elif which == 0:
        s_y = math.exp(x)
        prior = x - 0.5 * (s_y / priors.scalar[P_S_Y]) ** 2
    elif which == 1:
        s_eta = math.exp(x)
        prior = x - 0.5 * (s_eta / priors.scalar[P_S_ETA]) ** 2
    elif which == 2:
        phi = x
        prior = -0.5 * ((phi - priors.scalar[P_PHI_MEAN]) / priors.scalar[P_PHI_SD]) ** 2
    else:
        s_mu = math.exp(x)
        if s_mu < priors.scalar[P_S_MU_LEAST]:
            return -math.inf
        prior = x - 0.5 * (s_mu / work.s_mu_scale[0]) ** 2
    q = 1.0 / (s_y * s_y)
    marginal = filter_paths(phi, s_eta, s_mu, kappa, told, x * x, by_lin, q, False, state, priors, work)
    return prior + marginal - work.rated * math.log(s_y) - 0.5 * q * work.rating_squares[0]


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
    """Set what the ratings say of mu + d: the feeling less the course and the flares."""
    work.rating_squares[0] = 0.0
    for t in range(state.d.shape[0]):
        left = state.seen[t] * (state.y_star[t] - (work.level[t] - state.mu[t]))
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
    """Draw s_y, s_eta, phi and s_mu, then two of the three sensitivities to pain, with both paths integrated out.

    The paths themselves must be drawn right afterwards.
    """
    _gather(state, work)
    sensitivities = (state.run, state.intention, state.length)
    for i in range(3):
        _tell(1.0, i, sensitivities[i][1], work)
    scalar = state.scalar
    refresh_pull(state, work)
    for which in range(
        _SENSITIVITY
    ):  # a loop, not four calls: numba would compile one slice for each constant
        if which >= 2 and (which + sweep) % 2 == 0:  # phi and s_mu take turns
            continue
        place = S_Y if which == 0 else (S_ETA if which == 1 else (PHI if which == 2 else S_MU))
        here = scalar[place] if place == PHI else math.log(scalar[place])
        bounds = (0.0, priors.scalar[P_PHI_MOST]) if place == PHI else (LOG_LEAST, 3.0)
        width = 1.0 if place == S_MU else 0.3
        found = _pain_slice(rng, which, here, width, bounds, state, priors, work)
        scalar[place] = found if place == PHI else math.exp(found)
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
