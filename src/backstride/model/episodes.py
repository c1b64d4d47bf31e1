"""Flares: lasting episodes in which pain lies higher by one amount, begun by chance, after a run or after rest.

flare[t] is 0 or 1,   P(begins at t + 1 | none at t) = min(exp(log_onset + log_ratio [run on day t]), 1/2)
                      P(ends at t + 1 | flare at t)  = ends
level[t] = ... + size flare[t],   the decision to run has its own coefficient for a flare (`decision.py`)

Back pain runs in episodes of one to four weeks in which people stop running; read as bad days on which the person
decided not to run they would credit the runs. Given eta all days are drawn at once by forward filtering - backward
sampling (Chib 1996, doi:10.1016/0304-4076(95)01770-4).
"""

import math

from backstride.model.arrays import Floats
from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.filter import INTENTION, LENGTH, RUN
from backstride.model.lane_math import exp
from backstride.model.lanes import WIDE, load, store
from backstride.model.pain import refresh_info_linear, refresh_level, refresh_steps
from backstride.model.prior_arrays import (
    P_ENDS,
    P_FLARE_LONGEST,
    P_FLARE_MOST,
    P_GOES_ON,
    P_LOG_ONSET,
    P_LOG_ONSET_SD,
    P_LOG_RATIO_SD,
    P_START_SD,
    CoefficientPriors,
)
from backstride.model.random import Rng, exponential, gamma, uniform
from backstride.model.state import ENDS, FLARE, KAPPA, LOG_ONSET, LOG_RATIO, PHI, S_ETA, State, Work

STARTS_IN_FLARE = 0.1
MAX_ONSET = 0.5
CALLED_IN_FLARE, CALLED_OUTSIDE = 0.8, 0.02
"""Chance that a day is called a flare when asked, within one and outside."""
_LOG_CALLED_IN, _LOG_NOT_CALLED_IN = math.log(CALLED_IN_FLARE), math.log(1.0 - CALLED_IN_FLARE)
_LOG_CALLED_OUTSIDE, _LOG_NOT_CALLED_OUTSIDE = math.log(CALLED_OUTSIDE), math.log(1.0 - CALLED_OUTSIDE)
_TINY = 1e-300
_DAY = 4  # first of two rows of work.weights


@step
def is_within_limits(flare: Floats, priors: CoefficientPriors) -> bool:
    """Whether no flare lasts longer than it can, and all together do not fill more of the days than they can."""
    total, length = 0, 0
    for value in flare:
        length = length + 1 if value > 0.0 else 0
        if length > priors.scalar[P_FLARE_LONGEST]:
            return False
        total += value > 0.0
    return total <= priors.scalar[P_FLARE_MOST] * flare.shape[0]


@part
def onset(log_onset: float, log_ratio: float, ran: bool) -> float:
    """Compute the chance that a flare begins next morning.

    Args:
        log_onset: log chance after a day without a run.
        log_ratio: log of how a run multiplies it.
        ran: whether there was a run.
    """
    return min(math.exp(log_onset + (log_ratio if ran else 0.0)), MAX_ONSET)


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
    if work.pseudo_precision[RUN, t] > 0.0:
        u = work.pseudo_linear[RUN, t] + state.run[FLARE] * moved - state.run[KAPPA] * d
        total -= 0.5 * u * u
    if work.pseudo_precision[INTENTION, t] > 0.0:
        u = work.pseudo_linear[INTENTION, t] + state.intention[FLARE] * moved - state.intention[KAPPA] * d
        total -= 0.5 * u * u
    kappa = state.length[1]
    total += (
        kappa * d * work.pseudo_linear[LENGTH, t]
        - 0.5 * kappa * kappa * d * d * work.pseudo_precision[LENGTH, t]
    )
    if not math.isnan(data.flare[t]):
        total += called_log(data.flare[t], flare)
    return total


@step
def refresh_flare_log(state: State, work: Work) -> None:
    """Set the log chances of no flare and of a flare next morning: after rest, after a run, within a flare."""
    for ran in range(2):
        chance = onset(state.scalar[LOG_ONSET], state.scalar[LOG_RATIO], ran > 0)
        work.flare_log[ran, 0], work.flare_log[ran, 1] = math.log(1.0 - chance), math.log(chance)
    ends = state.scalar[ENDS]
    work.flare_log[2, 0], work.flare_log[2, 1] = math.log(ends), math.log(1.0 - ends)


@part
def called_log(called: float, flare: float) -> float:
    """Log chance that a day is called a flare (1) or not (0)."""
    if flare > 0.0:
        return _LOG_CALLED_IN if called > 0.0 else _LOG_NOT_CALLED_IN
    return _LOG_CALLED_OUTSIDE if called > 0.0 else _LOG_NOT_CALLED_OUTSIDE


@step
def _steps_into(t: int, before: float, state: State, work: Work) -> tuple[float, float]:
    """Log weights of the step from day t - 1, without or with a flare, into day t without and with one."""
    size = state.course[state.course.shape[0] - 1]
    d_before = work.lin[t - 1] - size * before
    pseudo_linear = (
        work.pseudo_linear[RUN, t - 1]
        + state.run[FLARE] * (state.flare[t - 1] - before) * work.pseudo_precision[RUN, t - 1]
    )
    u = pseudo_linear - state.run[KAPPA] * d_before
    left = work.lin[t] - state.scalar[PHI] * d_before - work.drift[t] - work.pull[t] * state.scalar[S_ETA] * u
    chance = work.flare_log[2 if before > 0.0 else (1 if state.x[t - 1] > 0.0 else 0)]
    weight = -0.5 * work.weight[t]
    return chance[0] + weight * left * left, chance[1] + weight * (left - size) * (left - size)


@part
def _weigh_flares(data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Set work.weights: of the four steps into each day, and of the day by itself, each by the most likely one."""
    weights, days = work.weights, state.d.shape[0]
    for t in range(days):
        low, high = _day(t, 0.0, data, state, priors, work), _day(t, 1.0, data, state, priors, work)
        weights[_DAY, t], weights[_DAY + 1, t] = min(low - high, 0.0), min(high - low, 0.0)
        if t > 0:
            none_none, none_flare = _steps_into(t, 0.0, state, work)
            flare_none, flare_flare = _steps_into(t, 1.0, state, work)
            most = max(none_none, none_flare, flare_none, flare_flare)
            weights[0, t], weights[1, t] = none_none - most, none_flare - most
            weights[2, t], weights[3, t] = flare_none - most, flare_flare - most
    for row in range(weights.shape[0]):
        for t in range(0, days, WIDE):
            store(weights[row], t, exp(load(weights[row], t)))


@part
def _filter_flares(work: Work) -> None:
    """Set work.filtered: the chances of no flare and of one given the days so far."""
    filtered, weights = work.filtered, work.weights
    for t in range(filtered.shape[0]):
        low, high = weights[_DAY, t], weights[_DAY + 1, t]
        if t > 0:
            none, flare = filtered[t - 1, 0], filtered[t - 1, 1]
            low *= none * weights[0, t] + flare * weights[2, t] + _TINY
            high *= none * weights[1, t] + flare * weights[3, t] + _TINY
        share = 1.0 / (low + high)
        filtered[t, 0], filtered[t, 1] = low * share, high * share


@step
def draw_flares(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw all flare days given eta, moving d, the level and the pseudo-observations along."""
    days = state.d.shape[0]
    size = state.course[state.course.shape[0] - 1]
    for t in range(days):  # d as it would be without any flare
        work.lin[t] = state.d[t] + size * state.flare[t]
    refresh_flare_log(state, work)
    _weigh_flares(data, state, priors, work)
    _filter_flares(work)
    after = 0
    for t in range(days - 1, -1, -1):
        low, high = work.filtered[t, 0], work.filtered[t, 1]
        if t + 1 < days:
            low *= work.weights[after, t + 1]
            high *= work.weights[2 + after, t + 1]
        after = 1 if uniform(rng) * (low + high) < high else 0
        work.off[t] = float(
            after
        )  # apart from state.flare, with which the pseudo-observations were worked out
    if not is_within_limits(work.off, priors):
        # Metropolis-Hastings: the draw is from the law without that bound, and accepted where it keeps it
        for t in range(days):
            work.off[t] = state.flare[t]
    for t in range(days):
        moved = state.flare[t] - work.off[t]
        if moved != 0.0:
            work.pseudo_linear[RUN, t] += state.run[FLARE] * moved * work.pseudo_precision[RUN, t]
            work.pseudo_linear[INTENTION, t] += (
                state.intention[FLARE] * moved * work.pseudo_precision[INTENTION, t]
            )
            state.flare[t] = work.off[t]
        state.d[t] = work.lin[t] - size * state.flare[t]
    refresh_level(state, work)
    refresh_info_linear(state, work)
    refresh_steps(state, work)


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
