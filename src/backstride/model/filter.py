"""The Kalman filter of slow level and deviation, with both effects of a run beside it, and draws of both paths.

    mu[t] = mu[t-1] + N(0, s_mu^2),   b = (beta_now, beta_hab) ~ N(0, beta_sd^2)
    d[t]  = (phi - r s kappa) d[t-1] + f[t] b + rest[t] + r s z[t-1] + N(0, s^2 (1 - r^2)),   r = pull[t]
    times exp(-1/2 q d^2 + l d) exp(-1/2 p (mu + d)^2 + p rating (mu + d)) a day

It filters (mu + d, d), which is what is observed, with the slopes in b beside the mean (Durbin & Koopman 2012,
sections 4.3 and 6.2). V and m are covariance and mean before a day's potentials, Q = diag(p, q), l = (p rating, l),
x and y slopes in one coefficient each:

    V' = (V + det V adj Q) / D,   D = det(1 + V Q),   e = l - Q m,   m' = m + V' e,   x' = x - V' Q x
    log integral = -1/2 log D + 1/2 (e m' + l m),   of b: linear term e x', precision x Q y'

so that a day costs one reciprocal.
"""

import math
from typing import TypeAlias

from backstride.model.compiled import part, step
from backstride.model.lanes import Lanes, any_of, load, log, spread, within
from backstride.model.prior_arrays import P_LEVEL_MEAN, P_LEVEL_SD, P_START_SD, CoefficientPriors
from backstride.model.random import Rng, normal
from backstride.model.state import FLARE, HABIT, KAPPA, NOW, RHO, S_ETA, S_MU, S_Y, State, Work

RUN, INTENTION, LENGTH = 0, 1, 2
"""The three decisions that inform on pain: to run, to mean to run, how long."""
AT_PHI, AT_S_ETA, AT_S_MU, AT_KAPPA, AT_BY, AT_BY_LIN, AT_Q, AT_FIRST, AT_END = range(9)
"""Rows of work.points, one point a lane."""
_Two: TypeAlias = tuple[Lanes, Lanes]
_Three: TypeAlias = tuple[Lanes, Lanes, Lanes]
"""Of (mu + d, d), or their covariance; the equations are the same for lanes of points and for one, in floats."""


@step
def refresh_pull(state: State, work: Work) -> None:
    """Set pull[t] = rho coupling[t-1], the correlation of the decision's chance with that of the morning after."""
    for t in range(1, work.pull.shape[0]):
        work.pull[t] = state.scalar[RHO] * work.coupling[t - 1]


@part
def next_day(m: _Two, v: _Three, carry: Lanes, push: Lanes, slow: Lanes, fast: Lanes) -> tuple[_Two, _Three]:
    """Compute the mean and covariance of (mu + d, d) a day later; slow and fast are the variances of both noises.

    Args:
        m: mean of (mu + d, d).
        v: variance of mu + d, covariance, variance of d.
        carry: of d from day to day.
        push: what moves d apart from its own yesterday.
        slow, fast: variances of the noise of mu and of d.

    Returns:
        The mean of (mu + d, d); and the variance of mu + d, the covariance, the variance of d.
    """
    (felt, d), (s, c, w) = m, v
    # of mu + d: the level stays and d is carried, so d's part changes by carry - 1
    less = carry - 1.0
    between = c + less * w
    return (
        (felt + less * d + push, carry * d + push),
        (s + less * (c + between) + (slow + fast), carry * between + fast, carry * (carry * w) + fast),
    )


@part
def _condition(
    m: _Two, v: _Three, p: Lanes, p_lin: Lanes, q: Lanes, q_lin: Lanes
) -> tuple[_Two, _Three, Lanes, Lanes, _Two]:
    """Condition on one day; also return 1 / D, twice the log integral without it, and e."""
    (felt, d), (s, c, w) = m, v
    det = s * w - c * c
    # D = det(1 + V Q) written out for two states: no matrix is inverted, and a day without data gives 1
    share = 1.0 / (1.0 + p * s + q * (w + p * det))
    new_s, new_c, new_w = (s + q * det) * share, c * share, (w + p * det) * share
    e, e_d = p_lin - p * felt, q_lin - q * d
    new_felt, new_d = felt + new_s * e + new_c * e_d, d + new_c * e + new_w * e_d
    return (
        (new_felt, new_d),
        (new_s, new_c, new_w),
        share,
        e * new_felt + e_d * new_d + p_lin * felt + q_lin * d,
        (e, e_d),
    )


@part
def _moved_slope(x: _Two, carry: Lanes, f: float) -> _Two:
    """Slope of (mu + d, d) in a coefficient a day later."""
    felt, d = x
    return (felt + (carry - 1.0) * d + f, carry * d + f)


@part
def _condition_slope(x: _Two, v: _Three, p: Lanes, q: Lanes) -> tuple[_Two, _Two]:
    """Condition a slope on one day, v the covariance after it; also return Q x."""
    (felt, d), (s, c, w) = x, v
    z, z_d = p * felt, q * d
    return (felt - s * z - c * z_d, d - c * z - w * z_d), (z, z_d)


@part
def _times(a: _Two, b: _Two) -> Lanes:
    return a[0] * b[0] + a[1] * b[1]


@step
def filter_points(which: int, flips: bool, state: State, priors: CoefficientPriors, work: Work) -> Lanes:
    """Log of the integral over the slow level mu, the deviation d and both effects of a run, up to a constant.

    At each of work.points: phi, s_eta, s_mu, kappa of the decision to run, weights of pseudo_precision[which] and
    pseudo_linear[which] of the decision whose kappa is tried, precision of a rating.

    Args:
        which: of the three decisions, whose kappa is tried.
        flips: whether a point has the flares of days first to end - 1 flipped, and what depends on them.
    """
    points = work.points
    phi, s_eta, kappa = load(points, AT_PHI), load(points, AT_S_ETA), load(points, AT_KAPPA)
    by, by_lin, q_rating = load(points, AT_BY), load(points, AT_BY_LIN), load(points, AT_Q)
    first, end = load(points, AT_FIRST), load(points, AT_END)
    slow, base = load(points, AT_S_MU) * load(points, AT_S_MU), s_eta * s_eta
    # mu + d and d share the first day's deviation, so `start` is their covariance
    level, start = priors.scalar[P_LEVEL_SD] ** 2, priors.scalar[P_START_SD] ** 2
    m = (spread(priors.scalar[P_LEVEL_MEAN]), spread(0.0))
    v = (spread(level + start), spread(start), spread(start))
    x, y = (spread(0.0), spread(0.0)), (spread(0.0), spread(0.0))
    total, product, lin_now, lin_habit = spread(0.0), spread(1.0), spread(0.0), spread(0.0)
    # precision of both effects of a run: the prior, to which each day adds its x Q y'
    now_now = spread(1.0 / (work.beta_sd[NOW] * work.beta_sd[NOW]))
    habit_habit = spread(1.0 / (work.beta_sd[HABIT] * work.beta_sd[HABIT]))
    now_habit = spread(0.0)
    now, habit, size = state.beta[NOW], state.beta[HABIT], state.course[state.course.shape[0] - 1]
    shifted = spread(0.0)
    for t in range(work.drift.shape[0]):
        if t > 0:
            r, f, load_f = work.pull[t], work.f[t, NOW], work.f[t, HABIT]
            # the chance of yesterday's decision is known given its latent propensity, and shifts today's mean
            coupled = r * s_eta
            # the drift without a run's effects, which are integrated out beside the path
            rest = work.drift[t] - now * f - habit * load_f
            push, carry = rest + coupled * (work.pseudo_linear[RUN, t - 1] + shifted), phi - coupled * kappa
            m, v = next_day(m, v, carry, push, slow, base * (1.0 - r * r))
            x, y = _moved_slope(x, carry, f), _moved_slope(y, carry, load_f)
        rating = spread(work.rating[t])
        q = work.info_precision[t] + by * work.pseudo_precision[which, t]
        lin = work.info_linear[t] + by_lin * work.pseudo_linear[which, t]
        if flips:
            # each lane has its own stretch; outside of it nothing moves
            moved = (1.0 - 2.0 * state.flare[t]) * within(first <= float(t), float(t) < end)
            shifted = -state.run[FLARE] * work.pseudo_precision[RUN, t] * moved
            intention = -state.intention[FLARE] * work.pseudo_precision[INTENTION, t] * moved
            lin = lin + state.run[KAPPA] * shifted + state.intention[KAPPA] * intention
            rating = rating - size * moved
        p = q_rating * state.seen[t]
        m, v, share, gain, e = _condition(m, v, p, p * rating, q, lin)
        x, z = _condition_slope(x, v, p, q)
        y, z_y = _condition_slope(y, v, p, q)
        total = total + gain
        lin_now, lin_habit = lin_now + _times(e, x), lin_habit + _times(e, y)
        now_now, now_habit = now_now + _times(z, x), now_habit + _times(z, y)
        habit_habit = habit_habit + _times(z_y, y)
        product = product * share
        # one log for many days: the product of the 1 / D is folded in before it leaves the range of a double
        if any_of(product < 1e-100):
            total = total + log(product)
            product = spread(1.0)
    # the integral over both effects: 1/2 l' P^-1 l - 1/2 log det P for a matrix of two rows
    det = now_now * habit_habit - now_habit * now_habit
    squares = (
        lin_now * (lin_now * habit_habit - 2.0 * (lin_habit * now_habit)) + lin_habit * lin_habit * now_now
    )
    return 0.5 * (total + log(product) + squares / det - log(det))


@part
def _filter_means(state: State, priors: CoefficientPriors, work: Work) -> None:
    """Set the means of (mu + d, d) given the days so far; work.kalman holds their covariances (`coefficients.py`)."""
    felt, d, q_rating = priors.scalar[P_LEVEL_MEAN], 0.0, 1.0 / state.scalar[S_Y] ** 2
    for t in range(work.drift.shape[0]):
        moments = work.kalman[t]
        if t > 0:
            push = work.drift[t] + work.shock[t]
            felt, d = felt + (work.carry[t] - 1.0) * d + push, work.carry[t] * d + push
        rating = state.y_star[t] - (work.level[t] - state.mu[t])
        e, e_d = q_rating * state.seen[t] * (rating - felt), work.info_linear[t] - work.info_precision[t] * d
        moments[0] = felt = felt + moments[2] * e + moments[3] * e_d
        moments[1] = d = d + moments[3] * e + moments[4] * e_d


@step
def draw_paths(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw mu and d together by forward filtering - backward sampling; the covariances stand in work.kalman."""
    s_mu, base = state.scalar[S_MU], state.scalar[S_ETA] ** 2
    _filter_means(state, priors, work)
    days = work.drift.shape[0]
    for t in range(days - 1, -1, -1):
        k = work.kalman[t]
        d = k[1]
        mu = k[0] - d
        v0, v1, v2 = k[2] - 2.0 * k[3] + k[4], k[3] - k[4], k[4]
        if t + 1 < days:
            # tomorrow's level is an observation of today's, then tomorrow's deviation is one
            share = 1.0 / (v0 + s_mu * s_mu)
            left = state.mu[t + 1] - mu
            mu += v0 * share * left
            d += v1 * share * left
            v2 -= v1 * v1 * share
            v1 -= v0 * v1 * share
            v0 -= v0 * v0 * share
            r, carry = work.pull[t + 1], work.carry[t + 1]
            share = 1.0 / (carry * carry * v2 + (1.0 - r * r) * base)
            left = state.d[t + 1] - carry * d - work.drift[t + 1] - work.shock[t + 1]
            mu += carry * v1 * share * left
            d += carry * v2 * share * left
            gain = carry * carry * share
            v0 -= gain * v1 * v1
            v1 -= gain * v1 * v2
            v2 -= gain * v2 * v2
        # the difference of nearly equal variances may come out a last digit below zero
        root = math.sqrt(max(v2, 0.0))
        z = normal(rng)
        state.d[t] = d + root * z
        slope = v1 / root if root > 0.0 else 0.0
        state.mu[t] = mu + slope * z + math.sqrt(max(v0 - slope * slope, 0.0)) * normal(rng)
