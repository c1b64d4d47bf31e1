"""Stretches of flare days come and go with both paths of pain integrated out."""

import math

from backstride.model.compiled import step
from backstride.model.data import ModelData
from backstride.model.episodes import STARTS_IN_FLARE, called_log, is_within_limits, refresh_flare_log
from backstride.model.filter import (
    AT_BY,
    AT_BY_LIN,
    AT_END,
    AT_FIRST,
    AT_KAPPA,
    AT_PHI,
    AT_Q,
    AT_S_ETA,
    AT_S_MU,
    INTENTION,
    RUN,
    filter_points,
)
from backstride.model.flare_proposals import propose_stretch
from backstride.model.lanes import LANES, store
from backstride.model.prior_arrays import CoefficientPriors
from backstride.model.random import Rng, exponential
from backstride.model.state import FLARE, KAPPA, PHI, S_ETA, S_MU, S_Y, State, Work

MOVES = 16
"""Proposals tried a sweep."""


@step
def _by_themselves(first: int, end: int, data: ModelData, state: State, work: Work) -> float:
    """Log weight of the flares of days first..end - 1 but for pain's paths: their course, the calls, the hidden z."""
    days = state.flare.shape[0]
    total = 0.0
    # the day after the stretch, too: its chance depends on whether the day before was a flare
    for t in range(max(first, 1), min(end + 1, days)):
        # a flare goes on, begins after a run, or begins after a day without one
        before = 2 if state.flare[t - 1] > 0.0 else (1 if state.x[t - 1] > 0.0 else 0)
        total += work.flare_log[before, 1 if state.flare[t] > 0.0 else 0]
    if first == 0:
        total += math.log(STARTS_IN_FLARE if state.flare[0] > 0.0 else 1.0 - STARTS_IN_FLARE)
    for t in range(first, end):
        total -= 0.5 * (work.pseudo_linear[RUN, t] ** 2 + work.pseudo_linear[INTENTION, t] ** 2)
        if not math.isnan(data.flare[t]):
            total += called_log(data.flare[t], state.flare[t])
    return total


@step
def _flip(first: int, end: int, state: State, work: Work) -> float:
    """Flip the flares of days first..end - 1 and what depends on them; give the change of the sum of squares."""
    size = state.course[state.course.shape[0] - 1]
    kappa, kappa_intention = state.run[KAPPA], state.intention[KAPPA]
    squares = 0.0
    for t in range(first, end):
        # 1 turns to 0 and 0 to 1
        moved = 1.0 - 2.0 * state.flare[t]
        state.flare[t] += moved
        if state.seen[t] > 0.0:
            squares -= work.rating[t] ** 2
            work.rating[t] -= size * moved
            squares += work.rating[t] ** 2
        # the latent propensity stays; what is left of it for kappa d moves against the flare's own part
        change = -state.run[FLARE] * moved * work.pseudo_precision[RUN, t]
        work.pseudo_linear[RUN, t] += change
        work.info_linear[t] += kappa * change
        change = -state.intention[FLARE] * moved * work.pseudo_precision[INTENTION, t]
        work.pseudo_linear[INTENTION, t] += change
        work.info_linear[t] += kappa_intention * change
    return squares


@step
def _lay_out(
    rng: Rng, turn: int, q: float, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> tuple[int, int]:
    """Draw the stretches of the turns to come, one a lane; how many lanes are used, and which turn is next.

    A stretch's log_density is what must be gained by the integral for it to be taken.
    """
    lane = 0
    while turn < MOVES and lane < LANES:
        first, end, log_ratio = propose_stretch(rng, turn, state.flare)
        turn += 1
        if end > first:
            # after minus before; the flip is taken back, so that the state is that of the last one taken
            gain = log_ratio - _by_themselves(first, end, data, state, work)
            gain -= 0.5 * q * _flip(first, end, state, work)
            gain += _by_themselves(first, end, data, state, work)
            allowed = is_within_limits(state.flare, priors)
            _flip(first, end, state, work)
            if not allowed:
                continue
            work.points[AT_FIRST, lane], work.points[AT_END, lane] = float(first), float(end)
            # accept where log u < gain + change of the integral, put as a bound for the integral alone
            work.log_density[lane] = -exponential(rng) - gain
            work.counter[lane], work.tried[lane] = rng[0], float(turn)
            lane += 1
    return lane, turn


@step
def move_flares(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Flip stretches of days by Metropolis-Hastings with both paths of pain integrated out (`filter_points`).

    Given eta and the level a flare can hardly come or go, for one or the other has taken its place. Most
    proposals (`flare_proposals`) are refused, so the turns to come are worked out side by side as if none
    were taken; after one that is, the counter of the random numbers goes back to there and the rest is laid out anew.
    The paths themselves must be drawn right afterwards.

    Args:
        rng: the stream.
        data: the person's records.
        state: with its flares.
        priors: laid out.
        work: with work.integral at the present numbers, as `draw_pain_noise` leaves it.
    """
    scalar, points = state.scalar, work.points
    q = 1.0 / scalar[S_Y] ** 2
    refresh_flare_log(state, work)
    for lane in range(LANES):
        points[AT_PHI, lane], points[AT_S_ETA, lane], points[AT_S_MU, lane] = (
            scalar[PHI],
            scalar[S_ETA],
            scalar[S_MU],
        )
        points[AT_KAPPA, lane], points[AT_Q, lane] = state.run[KAPPA], q
        points[AT_BY, lane] = points[AT_BY_LIN, lane] = 0.0
        points[AT_FIRST, lane] = points[AT_END, lane] = 0.0
    turn = 0
    while turn < MOVES:
        count, turn = _lay_out(rng, turn, q, data, state, priors, work)
        store(work.marginal, 0, filter_points(RUN, True, state, priors, work))
        for lane in range(count):
            # the lanes after the first that is taken were worked out for a state that is gone
            if work.marginal[0, lane] - work.integral[0] > work.log_density[lane]:
                _flip(int(points[AT_FIRST, lane]), int(points[AT_END, lane]), state, work)
                work.integral[0] = work.marginal[0, lane]
                rng[0] = work.counter[lane]
                turn = int(work.tried[lane])
                break
