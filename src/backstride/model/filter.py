"""The Kalman filter of slow level and deviation, with the next-day effect beside it, and draws of both paths."""

import math

from backstride.model.compiled import part, step
from backstride.model.gaussian import Floats
from backstride.model.prior_arrays import P_LEVEL_MEAN, P_LEVEL_SD, P_START_SD, CoefficientPriors
from backstride.model.random import Rng, normal
from backstride.model.state import KAPPA, NOW, PHI, RHO, S_ETA, S_MU, S_Y, State, Work

RUN, INTENTION, LENGTH = 0, 1, 2
"""The three decisions that tell of pain: to run, to mean to run, how long."""


@part
def refresh_pull(state: State, work: Work) -> None:
    """Set pull[t] = rho coupling[t-1], the correlation of the decision's chance with that of the morning after."""
    for t in range(1, work.pull.shape[0]):
        work.pull[t] = state.scalar[RHO] * work.coupling[t - 1]


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
