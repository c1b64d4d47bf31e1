"""Flares: lasting episodes in which pain lies higher by one amount, begun by chance, after a run or after rest.

flare[t] is 0 or 1,   P(begins at t + 1 | none at t) = min(exp(log_onset + log_ratio [run on day t]), 1/2)
                      P(ends at t + 1 | flare at t)  = ends
level[t] = ... + size flare[t],   the decision to run has its own coefficient for a flare (`decision.py`)

Back pain runs in episodes of one to four weeks in which people stop running; read as bad days on which the person
decided not to run they would credit the runs. Given eta all days are drawn at once by forward filtering - backward
sampling (Chib 1996, doi:10.1016/0304-4076(95)01770-4).
"""

import math

from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.filter import INTENTION, LENGTH, RUN, filter_paths
from backstride.model.gaussian import Floats
from backstride.model.pain import refresh_level, refresh_steps, refresh_told_lin
from backstride.model.prior_arrays import (
    P_ENDS,
    P_GOES_ON,
    P_LOG_ONSET,
    P_LOG_ONSET_SD,
    P_LOG_RATIO_SD,
    P_START_SD,
    CoefficientPriors,
)
from backstride.model.random import Rng, exponential, gamma, uniform
from backstride.model.state import (
    ENDS,
    FLARE,
    KAPPA,
    LOG_ONSET,
    LOG_RATIO,
    PHI,
    S_ETA,
    S_MU,
    S_Y,
    State,
    Work,
)

STARTS_IN_FLARE = 0.1
MOVES, SHORT, LONG = 8, 3, 28
"""Stretches tried a sweep, in turn short and long, days at most."""
MOST_ONSET = 0.5
CALLED_IN_FLARE, CALLED_OUTSIDE = 0.8, 0.02
"""Chance that a day is called a flare when asked, within one and outside."""


@part
def onset(log_onset: float, log_ratio: float, ran: bool) -> float:
    """Chance that a flare begins next morning."""
    return min(math.exp(log_onset + (log_ratio if ran else 0.0)), MOST_ONSET)


@step
def _day(t: int, flare: float, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> float:
    """Log weight of day t by itself; work.lin holds d as it would be without a flare."""
    size = state.course[state.course.shape[0] - 1]
    d = work.lin[t] - size * flare
    moved = state.flare[t] - flare
    total = 0.0
    if t == 0:
        total -= 0.5 * (d / priors.scalar[P_START_SD]) ** 2
        total += math.log(STARTS_IN_FLARE if flare > 0.0 else 1.0 - STARTS_IN_FLARE)
    if work.has[RUN, t] > 0.0:
        u = work.heard[RUN, t] + state.run[FLARE] * moved - state.run[KAPPA] * d
        total -= 0.5 * u * u
    if work.has[INTENTION, t] > 0.0:
        u = work.heard[INTENTION, t] + state.intention[FLARE] * moved - state.intention[KAPPA] * d
        total -= 0.5 * u * u
    kappa = state.length[1]
    total += kappa * d * work.heard[LENGTH, t] - 0.5 * kappa * kappa * d * d * work.has[LENGTH, t]
    if not math.isnan(data.flare[t]):
        called = CALLED_IN_FLARE if flare > 0.0 else CALLED_OUTSIDE
        total += math.log(called if data.flare[t] > 0.0 else 1.0 - called)
    return total


@step
def _step_into(t: int, before: float, flare: float, state: State, work: Work) -> float:
    """Log weight of the step from day t - 1 into day t: the daily equation and the chance of the change."""
    size = state.course[state.course.shape[0] - 1]
    d_before, d = work.lin[t - 1] - size * before, work.lin[t] - size * flare
    heard = work.heard[RUN, t - 1] + state.run[FLARE] * (state.flare[t - 1] - before) * work.has[RUN, t - 1]
    u = heard - state.run[KAPPA] * d_before
    left = d - state.scalar[PHI] * d_before - work.drift[t] - work.pull[t] * state.scalar[S_ETA] * u
    total = -0.5 * work.weight[t] * left * left
    if before > 0.0:
        chance = state.scalar[ENDS]
        return total + math.log(1.0 - chance if flare > 0.0 else chance)
    chance = onset(state.scalar[LOG_ONSET], state.scalar[LOG_RATIO], state.x[t - 1] > 0.0)
    return total + math.log(chance if flare > 0.0 else 1.0 - chance)


@part
def _log_mean_exp(weights: Floats, a: float, b: float) -> float:
    """Log of weights[0] exp(a) + weights[1] exp(b)."""
    most = max(a, b)
    return most + math.log(weights[0] * math.exp(a - most) + weights[1] * math.exp(b - most) + 1e-300)


@step
def draw_flares(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw all flare days given eta, moving d, the level and what was heard along."""
    days = state.d.shape[0]
    size = state.course[state.course.shape[0] - 1]
    for t in range(days):  # d as it would be without any flare
        work.lin[t] = state.d[t] + size * state.flare[t]
    filtered = work.filtered
    for t in range(days):
        low = _day(t, 0.0, data, state, priors, work)
        high = _day(t, 1.0, data, state, priors, work)
        if t > 0:
            low += _log_mean_exp(
                filtered[t - 1],
                _step_into(t, 0.0, 0.0, state, work),
                _step_into(t, 1.0, 0.0, state, work),
            )
            high += _log_mean_exp(
                filtered[t - 1],
                _step_into(t, 0.0, 1.0, state, work),
                _step_into(t, 1.0, 1.0, state, work),
            )
        most = max(low, high)
        low, high = math.exp(low - most), math.exp(high - most)
        filtered[t, 0], filtered[t, 1] = low / (low + high), high / (low + high)
    after = 0.0
    for t in range(days - 1, -1, -1):
        low, high = filtered[t, 0], filtered[t, 1]
        if t + 1 < days:
            from_none = _step_into(t + 1, 0.0, after, state, work)
            from_flare = _step_into(t + 1, 1.0, after, state, work)
            most = max(from_none, from_flare)
            low *= math.exp(from_none - most)
            high *= math.exp(from_flare - most)
        after = 1.0 if uniform(rng) * (low + high) < high else 0.0
        work.off[t] = after  # apart from state.flare, with which `heard` was worked out
    for t in range(days):
        moved = state.flare[t] - work.off[t]
        if moved != 0.0:
            work.heard[RUN, t] += state.run[FLARE] * moved * work.has[RUN, t]
            work.heard[INTENTION, t] += state.intention[FLARE] * moved * work.has[INTENTION, t]
            state.flare[t] = work.off[t]
        state.d[t] = work.lin[t] - size * state.flare[t]
    refresh_level(state, work)
    refresh_told_lin(state, work)
    refresh_steps(state, work)


@part
def _by_themselves(first: int, end: int, data: ModelData, state: State, work: Work) -> float:
    """Log weight of the flares of days first..end - 1 but for pain's paths: their course, the calls, the hidden z."""
    days = state.flare.shape[0]
    total = 0.0
    for t in range(max(first, 1), min(end + 1, days)):
        now, before = state.flare[t], state.flare[t - 1]
        if before > 0.0:
            total += math.log(1.0 - state.scalar[ENDS] if now > 0.0 else state.scalar[ENDS])
        else:
            chance = onset(state.scalar[LOG_ONSET], state.scalar[LOG_RATIO], state.x[t - 1] > 0.0)
            total += math.log(chance if now > 0.0 else 1.0 - chance)
    if first == 0:
        total += math.log(STARTS_IN_FLARE if state.flare[0] > 0.0 else 1.0 - STARTS_IN_FLARE)
    for t in range(first, end):
        total -= 0.5 * (work.heard[RUN, t] ** 2 + work.heard[INTENTION, t] ** 2)
        if not math.isnan(data.flare[t]):
            called = CALLED_IN_FLARE if state.flare[t] > 0.0 else CALLED_OUTSIDE
            total += math.log(called if data.flare[t] > 0.0 else 1.0 - called)
    return total


@part
def _flip(first: int, end: int, state: State, work: Work) -> float:
    """Flip the flares of days first..end - 1 and what hangs on them; give the change of the sum of squares."""
    size = state.course[state.course.shape[0] - 1]
    kappa, kappa_intention = state.run[KAPPA], state.intention[KAPPA]
    squares = 0.0
    for t in range(first, end):
        moved = 1.0 - 2.0 * state.flare[t]
        state.flare[t] += moved
        if state.seen[t] > 0.0:
            squares -= work.rating[t] ** 2
            work.rating[t] -= size * moved
            squares += work.rating[t] ** 2
        change = -state.run[FLARE] * moved * work.has[RUN, t]
        work.heard[RUN, t] += change
        work.told_lin[t] += kappa * change
        change = -state.intention[FLARE] * moved * work.has[INTENTION, t]
        work.heard[INTENTION, t] += change
        work.told_lin[t] += kappa_intention * change
    return squares


@step
def move_flares(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Flip stretches of days by Metropolis-Hastings with both paths of pain integrated out (`filter_paths`).

    Given eta and the level a flare can hardly come or go, for one or the other has taken its place. A stretch is as
    likely to be tried as the way back. The paths themselves must be drawn right afterwards.
    """
    days, scalar = state.flare.shape[0], state.scalar
    q = 1.0 / scalar[S_Y] ** 2
    here = filter_paths(
        scalar[PHI],
        scalar[S_ETA],
        scalar[S_MU],
        state.run[KAPPA],
        -1,
        0.0,
        0.0,
        q,
        False,
        state,
        priors,
        work,
    )
    for turn in range(MOVES):
        most = SHORT if turn % 2 == 0 else LONG
        first = int(uniform(rng) * days)
        end = first + 1 + int(uniform(rng) * most)
        if end > days:
            continue
        before = _by_themselves(first, end, data, state, work)
        squares = _flip(first, end, state, work)
        there = filter_paths(
            scalar[PHI],
            scalar[S_ETA],
            scalar[S_MU],
            state.run[KAPPA],
            -1,
            0.0,
            0.0,
            q,
            False,
            state,
            priors,
            work,
        )
        gain = there - here - 0.5 * q * squares + _by_themselves(first, end, data, state, work) - before
        if gain > -exponential(rng):
            here = there
        else:
            _flip(first, end, state, work)


@step
def _onset_log_density(
    log_onset: float, log_ratio: float, counts: tuple[float, float, float, float]
) -> float:
    """Log chance of the onsets; counts: rest days, of them before a flare, run days, of them before a flare."""
    rest, after_rest, run, after_run = counts
    total = 0.0
    h = onset(log_onset, log_ratio, False)
    total += after_rest * math.log(h) + (rest - after_rest) * math.log(1.0 - h)
    h = onset(log_onset, log_ratio, True)
    return total + after_run * math.log(h) + (run - after_run) * math.log(1.0 - h)


@step
def draw_episodes(rng: Rng, state: State, priors: CoefficientPriors) -> None:
    """Draw how often flares begin after rest and after a run, and how soon they end."""
    rest, after_rest, run, after_run, flare, ended = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for t in range(1, state.flare.shape[0]):
        now = state.flare[t]
        if state.flare[t - 1] > 0.0:
            flare += 1.0
            ended += 1.0 - now
        elif state.x[t - 1] > 0.0:
            run += 1.0
            after_run += now
        else:
            rest += 1.0
            after_rest += now
    first = gamma(rng, priors.scalar[P_ENDS] + ended)
    second = gamma(rng, priors.scalar[P_GOES_ON] + flare - ended)
    state.scalar[ENDS] = min(max(first / (first + second), 1e-4), 1.0 - 1e-4)
    counts = (rest, after_rest, run, after_run)
    for which in range(2):
        place = LOG_ONSET if which == 0 else LOG_RATIO
        mean = priors.scalar[P_LOG_ONSET] if which == 0 else 0.0
        sd = priors.scalar[P_LOG_ONSET_SD] if which == 0 else priors.scalar[P_LOG_RATIO_SD]
        x = state.scalar[place]
        level = -exponential(rng) - 0.5 * ((x - mean) / sd) ** 2
        level += _onset_log_density(state.scalar[LOG_ONSET], state.scalar[LOG_RATIO], counts)
        left, right = mean - 6.0 * sd, mean + 6.0 * sd  # the whole prior: a few tries cost little
        here = x
        while True:
            x = left + (right - left) * uniform(rng)
            state.scalar[place] = x
            density = -0.5 * ((x - mean) / sd) ** 2
            density += _onset_log_density(state.scalar[LOG_ONSET], state.scalar[LOG_RATIO], counts)
            if density > level:
                break
            if x < here:
                left = x
            else:
                right = x
