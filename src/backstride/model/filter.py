"""The Kalman filter of slow level and deviation, with the next-day effect beside it, and draws of both paths.

    mu[t] = mu[t-1] + N(0, s_mu^2),   b ~ N(0, beta_sd^2)
    d[t]  = (phi - r s kappa) d[t-1] + f[t] b + rest[t] + r s z[t-1] + N(0, s^2 (1 - r^2)),   r = pull[t]
    times exp(-1/2 q d^2 + l d) exp(-1/2 p (mu + d)^2 + p rating (mu + d)) a day

It filters (mu + d, d), which is what is observed, with the slope in b beside the mean (Durbin & Koopman 2012,
sections 4.3 and 6.2). V and m are covariance and mean before a day's potentials, Q = diag(p, q), l = (p rating, l):

    V' = (V + det V adj Q) / D,   D = det(1 + V Q),   e = l - Q m,   m' = m + V' e,   x' = x - V' Q x
    log integral = -1/2 log D + 1/2 (e m' + l m),   of b: linear term e x', precision x Q x'

so that a day costs one reciprocal.
"""

import math
from typing import TypeAlias

from backstride.model.compiled import part, step
from backstride.model.lanes import Lanes, any_of, load, log, spread, within
from backstride.model.prior_arrays import P_LEVEL_MEAN, P_LEVEL_SD, P_START_SD, CoefficientPriors
from backstride.model.random import Rng, normal
from backstride.model.state import FLARE, KAPPA, NOW, PHI, RHO, S_ETA, S_MU, S_Y, State, Work

RUN, INTENTION, LENGTH = 0, 1, 2
"""The three decisions that tell of pain: to run, to mean to run, how long."""
AT_PHI, AT_S_ETA, AT_S_MU, AT_KAPPA, AT_BY, AT_BY_LIN, AT_Q, AT_FIRST, AT_END = range(9)
"""Rows of work.points, one point a lane."""
_Two: TypeAlias = tuple[Lanes, Lanes]
_Three: TypeAlias = tuple[Lanes, Lanes, Lanes]
"""Of (mu + d, d), or their covariance; the equations are the same for lanes of points and for one, in floats."""


@part
def refresh_pull(state: State, work: Work) -> None:
    """Set pull[t] = rho coupling[t-1], the correlation of the decision's chance with that of the morning after."""
    for t in range(1, work.pull.shape[0]):
        work.pull[t] = state.scalar[RHO] * work.coupling[t - 1]


@part
def _moved(
    m: _Two, x: _Two, v: _Three, carry: Lanes, push: Lanes, f: float, slow: Lanes, fast: Lanes
) -> tuple[_Two, _Two, _Three]:
    """Mean, slope and covariance of (mu + d, d) a day later; slow and fast are the variances of both noises."""
    (felt, d), (felt_x, d_x), (s, c, w) = m, x, v
    less = carry - 1.0
    between = c + less * w
    return (
        (felt + less * d + push, carry * d + push),
        (felt_x + less * d_x + f, carry * d_x + f),
        (s + less * (c + between) + (slow + fast), carry * between + fast, carry * (carry * w) + fast),
    )


@part
def _condition(
    m: _Two, x: _Two, v: _Three, p: Lanes, p_lin: Lanes, q: Lanes, q_lin: Lanes
) -> tuple[_Two, _Two, _Three, Lanes, Lanes, Lanes, Lanes]:
    """Condition on one day; also return 1 / D, twice the log integral without it, and the information on b."""
    (felt, d), (felt_x, d_x), (s, c, w) = m, x, v
    det = s * w - c * c
    share = 1.0 / (1.0 + p * s + q * (w + p * det))
    new_s, new_c, new_w = (s + q * det) * share, c * share, (w + p * det) * share
    e, e_d = p_lin - p * felt, q_lin - q * d
    new_felt, new_d = felt + new_s * e + new_c * e_d, d + new_c * e + new_w * e_d
    z, z_d = p * felt_x, q * d_x
    new_x, new_d_x = felt_x - new_s * z - new_c * z_d, d_x - new_c * z - new_w * z_d
    return (
        (new_felt, new_d),
        (new_x, new_d_x),
        (new_s, new_c, new_w),
        share,
        e * new_felt + e_d * new_d + p_lin * felt + q_lin * d,
        e * new_x + e_d * new_d_x,
        z * new_x + z_d * new_d_x,
    )


@step
def filter_points(which: int, flips: bool, state: State, priors: CoefficientPriors, work: Work) -> Lanes:
    """Log of the integral over the slow level mu, the deviation d and the next-day effect b, up to a constant.

    At each of work.points: phi, s_eta, s_mu, kappa of the decision to run, weights of pseudo_precision[which] and
    pseudo_linear[which] of the decision whose kappa is tried, precision of a rating.

    Args:
        which: of the three decisions, whose kappa is tried.
        flips: whether a point has the flares of days first to end - 1 flipped, and what hangs on them.
    """
    points = work.points
    phi, s_eta, kappa = load(points, AT_PHI), load(points, AT_S_ETA), load(points, AT_KAPPA)
    by, by_lin, q_rating = load(points, AT_BY), load(points, AT_BY_LIN), load(points, AT_Q)
    first, end = load(points, AT_FIRST), load(points, AT_END)
    slow, base = load(points, AT_S_MU) * load(points, AT_S_MU), s_eta * s_eta
    level, start = priors.scalar[P_LEVEL_SD] ** 2, priors.scalar[P_START_SD] ** 2
    m = (spread(priors.scalar[P_LEVEL_MEAN]), spread(0.0))
    x = (spread(0.0), spread(0.0))
    v = (spread(level + start), spread(start), spread(start))
    total, product, lin_b = spread(0.0), spread(1.0), spread(0.0)
    precision = spread(1.0 / (work.beta_sd[NOW] * work.beta_sd[NOW]))
    now, size = state.beta[NOW], state.course[state.course.shape[0] - 1]
    shifted = spread(0.0)
    for t in range(work.drift.shape[0]):
        if t > 0:
            r, f = work.pull[t], work.f[t, NOW]
            coupled = r * s_eta
            push = (work.drift[t] - now * f) + coupled * (work.pseudo_linear[RUN, t - 1] + shifted)
            m, x, v = _moved(m, x, v, phi - coupled * kappa, push, f, slow, base * (1.0 - r * r))
        rating = spread(work.rating[t])
        q = work.info_precision[t] + by * work.pseudo_precision[which, t]
        lin = work.info_linear[t] + by_lin * work.pseudo_linear[which, t]
        if flips:
            moved = (1.0 - 2.0 * state.flare[t]) * within(first <= float(t), float(t) < end)
            shifted = -state.run[FLARE] * work.pseudo_precision[RUN, t] * moved
            intention = -state.intention[FLARE] * work.pseudo_precision[INTENTION, t] * moved
            lin = lin + state.run[KAPPA] * shifted + state.intention[KAPPA] * intention
            rating = rating - size * moved
        p = q_rating * state.seen[t]
        m, x, v, share, gain, info_linear, info_precision = _condition(m, x, v, p, p * rating, q, lin)
        total = total + gain
        lin_b = lin_b + info_linear
        precision = precision + info_precision
        product = product * share
        if any_of(product < 1e-100):
            total = total + log(product)
            product = spread(1.0)
    return 0.5 * (total + log(product) + lin_b * lin_b / precision - log(precision))


@step
def _filter_current(state: State, priors: CoefficientPriors, work: Work) -> tuple[float, float]:
    """Filter at the current numbers, each day kept in work.kalman; precision and linear term of b."""
    scalar = state.scalar
    phi, s_eta, kappa, q_rating = scalar[PHI], scalar[S_ETA], state.run[KAPPA], 1.0 / scalar[S_Y] ** 2
    slow, base = scalar[S_MU] ** 2, s_eta * s_eta
    level, start = priors.scalar[P_LEVEL_SD] ** 2, priors.scalar[P_START_SD] ** 2
    m, x, v = (priors.scalar[P_LEVEL_MEAN], 0.0), (0.0, 0.0), (level + start, start, start)
    precision, lin_b = 1.0 / (work.beta_sd[NOW] * work.beta_sd[NOW]), 0.0
    now = state.beta[NOW]
    for t in range(work.drift.shape[0]):
        if t > 0:
            r, f = work.pull[t], work.f[t, NOW]
            coupled = r * s_eta
            push = (work.drift[t] - now * f) + coupled * work.pseudo_linear[RUN, t - 1]
            m, x, v = _moved(m, x, v, phi - coupled * kappa, push, f, slow, base * (1.0 - r * r))
        p = q_rating * state.seen[t]
        m, x, v, _, _, info_linear, info_precision = _condition(
            m, x, v, p, p * work.rating[t], work.info_precision[t], work.info_linear[t]
        )
        lin_b += info_linear
        precision += info_precision
        kept = work.kalman[t]
        kept[0], kept[1], kept[2], kept[3] = m[0], m[1], x[0], x[1]
        kept[4], kept[5], kept[6] = v[0], v[1], v[2]
    return precision, lin_b


@step
def draw_paths(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw the next-day effect, then mu and d together, by forward filtering - backward sampling."""
    scalar = state.scalar
    phi, s_eta, s_mu, kappa = scalar[PHI], scalar[S_ETA], scalar[S_MU], state.run[KAPPA]
    precision, lin = _filter_current(state, priors, work)
    new = lin / precision + normal(rng) / math.sqrt(precision)
    for t in range(1, work.drift.shape[0]):
        work.drift[t] += (new - state.beta[NOW]) * work.f[t, NOW]
    state.beta[NOW] = new
    days = work.drift.shape[0]
    for t in range(days - 1, -1, -1):
        k = work.kalman[t]
        d = k[1] + new * k[3]
        mu = k[0] + new * k[2] - d
        v0, v1, v2 = k[4] - 2.0 * k[5] + k[6], k[5] - k[6], k[6]
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
            push = work.drift[t + 1] + r * s_eta * work.pseudo_linear[RUN, t]
            share = 1.0 / (carry * carry * v2 + (1.0 - r * r) * s_eta * s_eta)
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
