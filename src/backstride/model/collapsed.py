"""Draws of a noise, a carry-over or a sensitivity with the whole daily path integrated out.

Given its path, a noise hardly moves, and given the noise the path hardly moves; with the path integrated out the
two no longer wait for one another (partially collapsed Gibbs: van Dyk & Park 2008, doi:10.1198/016214508000000409).
The path itself must be drawn right afterwards.
"""

import math

from backstride.model.arrays import Floats
from backstride.model.compiled import kernel, part, step
from backstride.model.filter import (
    AT_BY,
    AT_BY_LIN,
    AT_KAPPA,
    AT_PHI,
    AT_Q,
    AT_S_ETA,
    AT_S_MU,
    INTENTION,
    LENGTH,
    RUN,
    filter_points,
    refresh_pull,
)
from backstride.model.lanes import LANES, Lanes, any_of, log, store
from backstride.model.prior_arrays import (
    P_PHI_MEAN,
    P_PHI_MOST,
    P_PHI_SD,
    P_S_ETA,
    P_S_ETA_LEAST,
    P_S_MU_LEAST,
    P_S_MU_MOST,
    P_S_Y,
    P_S_Y_LEAST,
    CoefficientPriors,
)
from backstride.model.random import Rng
from backstride.model.scale import MAX_LOG_SCALE
from backstride.model.slicing import begin, found, judge, propose
from backstride.model.state import KAPPA, PHI, S_ETA, S_MU, S_Y, State, Work

_SENSITIVITY = 4  # `which` of a sensitivity is 4 + RUN, INTENTION or LENGTH


@kernel
def log_marginal(
    carry: float,
    sd: Lanes,
    first: float,
    push: Floats,
    info_precision: Floats,
    info_linear: Floats,
    extra: Floats,
    extra_lin: Floats,
    by: Lanes,
    by_lin: Lanes,
) -> Lanes:
    """Log of the integral over a path v of T days, up to a constant, for one sd and weight or for lanes of them.

        v[0] ~ N(0, 1 / first),   v[t] ~ N(carry v[t-1] + push[t], sd^2)
        times exp(-1/2 q v^2 + l v) a day,   q = info_precision + by extra,   l = info_linear + by_lin extra_lin

    By forward elimination of the tridiagonal precision: -1/2 log det + 1/2 l' Q^-1 l.

    Args:
        carry: of the path from day to day.
        sd: of its daily noise.
        first: precision of its first day.
        push: (T,) what moves it apart from its own yesterday.
        info_precision, info_linear: (T,) what is known of it whatever the point.
        extra, extra_lin: (T,) what is told in proportion to `by` and `by_lin`.
        by, by_lin: weights of the two, one a lane.
    """
    days = push.shape[0]
    w = 1.0 / (sd * sd)
    link = w * carry
    zero = 0.0 * sd
    total, product, ratio, lin = zero, zero + 1.0, zero, zero
    for t in range(days):
        diagonal = info_precision[t] + by * extra[t]
        before, lin = lin, info_linear[t] + by_lin * extra_lin[t]
        if t > 0:
            diagonal = diagonal + w - ratio * link
            lin = lin + w * push[t] + ratio * before
            total = total - w * (push[t] * push[t])
        else:
            diagonal = diagonal + first
        if t + 1 < days:
            diagonal = diagonal + link * carry
            lin = lin - link * push[t + 1]
        inverse = 1.0 / diagonal
        ratio = link * inverse
        total = total + lin * lin * inverse
        product = product * inverse
        if any_of(product < 1e-100) or any_of(product > 1e100):
            total = total + log(product)
            product = zero + 1.0
    return 0.5 * (total + log(product)) - (days - 1.0) * log(sd)


@part
def _place(which: int, lane: int, x: float, state: State, priors: CoefficientPriors, work: Work) -> float:
    """Set one point of the filter: the present numbers, but x for one of them; what stands beside the integral.

    0 log s_y, 1 log s_eta, 2 phi, 3 log s_mu, 4.. a sensitivity.
    """
    scalar, points = state.scalar, work.points
    points[AT_PHI, lane], points[AT_S_ETA, lane], points[AT_S_MU, lane] = (
        scalar[PHI],
        scalar[S_ETA],
        scalar[S_MU],
    )
    points[AT_KAPPA, lane], points[AT_BY, lane], points[AT_BY_LIN, lane] = state.run[KAPPA], 0.0, 0.0
    points[AT_Q, lane] = 1.0 / scalar[S_Y] ** 2
    if which >= _SENSITIVITY:
        sd = priors.length_sd[1]
        if which == _SENSITIVITY + RUN:
            sd, points[AT_KAPPA, lane] = priors.run_sd[KAPPA], x
        elif which == _SENSITIVITY + INTENTION:
            sd = priors.intention_sd[KAPPA]
        points[AT_BY, lane], points[AT_BY_LIN, lane] = x * x, x
        return -0.5 * (x / sd) ** 2
    if which == 2:
        points[AT_PHI, lane] = x
        return -0.5 * ((x - priors.scalar[P_PHI_MEAN]) / priors.scalar[P_PHI_SD]) ** 2
    s = math.exp(x)
    if which == 0:
        q = 1.0 / (s * s)
        points[AT_Q, lane] = q
        prior = x - 0.5 * (s / priors.scalar[P_S_Y]) ** 2
        return prior - work.rated * x - 0.5 * q * work.rating_squares[0]
    if which == 1:
        points[AT_S_ETA, lane] = s
        return x - 0.5 * (s / priors.scalar[P_S_ETA]) ** 2
    points[AT_S_MU, lane] = s
    return x - 0.5 * (s / work.s_mu_scale[0]) ** 2


@step
def pain_densities(which: int, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Log density of one quantity at each of work.tried, both paths integrated out, as in work.marginal.

    Args:
        which: of the quantities of `draw_pain_noise`, in its order.
    """
    for lane in range(LANES):
        work.log_density[lane] = _place(which, lane, work.tried[lane], state, priors, work)
    store(work.marginal, 0, filter_points(max(which - _SENSITIVITY, 0), False, state, priors, work))
    for lane in range(LANES):
        work.log_density[lane] += work.marginal[0, lane]


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
    """One slice step on one quantity within `bounds`; the integral there is left in work.integral."""
    density = work.integral[0] + _place(which, 0, here, state, priors, work)
    begin(rng, here, density, width, bounds[0], bounds[1], work)
    while True:
        propose(rng, work)
        pain_densities(which, state, priors, work)
        if judge(rng, work):
            work.integral[0] = work.marginal[0, found(work)]
            return work.tried[found(work)]


@step
def _gather(state: State, work: Work) -> None:
    """Set what the ratings say of mu + d: the feeling less the course and the flares."""
    work.rating_squares[0] = 0.0
    for t in range(state.d.shape[0]):
        left = state.seen[t] * (state.y_star[t] - (work.level[t] - state.mu[t]))
        work.rating[t] = left
        work.rating_squares[0] += left * left


@step
def _add_decision(sign: float, i: int, kappa: float, work: Work) -> None:
    """Add (or take away) what decision i says of d."""
    for t in range(work.info_precision.shape[0]):
        work.info_precision[t] += sign * kappa * kappa * work.pseudo_precision[i, t]
        work.info_linear[t] += sign * kappa * work.pseudo_linear[i, t]


@part
def _bounds(place: int, priors: CoefficientPriors) -> tuple[float, float]:
    """Give the bounds of phi, or of the log of a noise."""
    if place == PHI:
        return 0.0, priors.scalar[P_PHI_MOST]
    if place == S_MU:
        return math.log(priors.scalar[P_S_MU_LEAST]), math.log(priors.scalar[P_S_MU_MOST])
    return math.log(priors.scalar[P_S_ETA_LEAST if place == S_ETA else P_S_Y_LEAST]), MAX_LOG_SCALE


@step
def draw_pain_noise(rng: Rng, sweep: int, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw s_y, s_eta, phi and s_mu, then two of the three sensitivities to pain, with both paths integrated out.

    The paths themselves must be drawn right afterwards.

    Args:
        sweep: its number, by which the sensitivities take turns.
    """
    _gather(state, work)
    sensitivities = (state.run, state.intention, state.length)
    for i in range(3):
        _add_decision(1.0, i, sensitivities[i][1], work)
    scalar = state.scalar
    refresh_pull(state, work)
    work.integral[0] = math.nan  # of the present numbers, worked out with the first points
    for which in range(
        _SENSITIVITY
    ):  # a loop, not four calls: numba would compile one slice for each constant
        if which >= 2 and (which + sweep) % 2 == 0:  # phi and s_mu take turns
            continue
        place = S_Y if which == 0 else (S_ETA if which == 1 else (PHI if which == 2 else S_MU))
        here = scalar[place] if place == PHI else math.log(scalar[place])
        bounds = _bounds(place, priors)
        width = 1.0 if place == S_MU else 0.3
        found = _pain_slice(rng, which, here, width, bounds, state, priors, work)
        scalar[place] = found if place == PHI else math.exp(found)
    for turn in range(2):  # the decision itself mixes worst and has every turn
        i = RUN if turn == 0 else (INTENTION if sweep % 2 == 0 else LENGTH)
        coefficients = sensitivities[i]
        _add_decision(-1.0, i, coefficients[1], work)
        width = 0.1 if i == LENGTH else 0.4
        bounds = (-20.0, 20.0)
        coefficients[1] = _pain_slice(
            rng, _SENSITIVITY + i, coefficients[1], width, bounds, state, priors, work
        )
        _add_decision(1.0, i, coefficients[1], work)
