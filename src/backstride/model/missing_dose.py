"""Days on which nobody knows whether there was a run: the dose is drawn like any other unknown.

A[t+1] = A[t] + (x[t] - A[t]) / tau,   C[t+1] = C[t] + (A[t+1] - C[t]) / delay;   delay = 1: C = A
proposal: the decision's own law, run or rest by probit, log length normal
accepted by the ratio of what the days after say:  pain's equation and every pathway's

Where many days are unknown, how long runs are and the lengths filled in would wait for one another. The coefficients
are therefore drawn given the known lengths alone, and every unknown length moves with them, its standardised residual
kept (a non-centred parametrisation, Papaspiliopoulos 2007, doi:10.1214/088342307000000014); the days after accept or
refuse.
"""

import math

from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.decision import (
    draw_length_coefficients,
    draw_length_noise,
    length_without_pain,
    refresh_length,
)
from backstride.model.episodes import onset
from backstride.model.filter import RUN
from backstride.model.pain import refresh_drift, refresh_steps
from backstride.model.prior_arrays import CoefficientPriors
from backstride.model.random import Rng, exponential, normal
from backstride.model.state import (
    CARRY,
    DELAY,
    FLARE,
    HABIT,
    KAPPA,
    LOG_ONSET,
    LOG_RATIO,
    NOW,
    PATH_HABIT,
    PATH_SD,
    S_LEN,
    SAME_DAY,
    SECOND,
    TAU,
    State,
    Work,
)

# each try costs all days in its reach: bounded, so that a year of unknown days does not rule the sweep
_AT_MOST_A_SWEEP = 32
_REACH = 6.0  # a load has lost at least 99.75 % after six times the sum of its time constants


@step
def refresh_load(data: ModelData, state: State, work: Work) -> None:
    """Chronic load from the doses, and both into the regressors."""
    acute = load = data.chronic_start
    for t in range(state.x.shape[0]):
        if t > 0:
            acute += (state.x[t - 1] - acute) / state.scalar[TAU]
            load += (acute - load) / state.scalar[DELAY]
            work.f[t, NOW] = state.x[t - 1] - work.mean_dose
            work.f[t, HABIT] = load - work.mean_dose
            if t > 1:
                work.f[t, SECOND] = state.x[t - 2] - work.mean_dose
        state.acute[t] = acute
        state.chronic[t] = load


@step
def _refresh_residuals(state: State, work: Work) -> None:
    """Row 0: pain's residuals; row k + 1: those of pathway k; all divided by their sd."""
    for t in range(1, state.d.shape[0]):
        left = state.d[t] - work.carry[t] * state.d[t - 1] - work.drift[t] - work.shock[t]
        work.residual[0, t] = left * math.sqrt(work.weight[t])
    for k in range(state.m.shape[0]):
        path, m, residual = state.path[k], state.m[k], work.residual[k + 1]
        level, carry, habit, same_day = path[0], path[CARRY], path[PATH_HABIT], path[SAME_DAY]
        share = 1.0 / path[PATH_SD]
        for t in range(1, m.shape[0]):
            fit = level + carry * m[t - 1]
            fit += habit * (state.chronic[t] - work.mean_dose)
            fit += same_day * (state.x[t - 1] - work.mean_dose)
            residual[t] = (m[t] - fit) * share


@step
def _gain(
    row: int,
    now: float,
    second: float,
    habit: float,
    t: int,
    change: float,
    applied: float,
    state: State,
    work: Work,
) -> float:
    """Change of the log likelihood of one equation when x[t] changes by `change`; row 0 is weighed day by day.

    The residuals take `applied` (0 or 1) of the change.
    """
    days = work.residual.shape[1]
    tau, delay = state.scalar[TAU], state.scalar[DELAY]
    last = min(days, t + 1 + int(_REACH * (tau + delay)))
    total = 0.0
    acute = change / tau
    load = acute / delay
    for s in range(t + 1, last):
        shift = habit * load
        if s == t + 1:
            shift += now * change
        elif s == t + 2:
            shift += second * change
        if row == 0:
            shift *= math.sqrt(work.weight[s])
        total += shift * (work.residual[row, s] - 0.5 * shift)
        work.residual[row, s] -= applied * shift
        acute -= acute / tau
        load += (acute - load) / delay
    return total


@step
def _all_gains(t: int, change: float, applied: float, state: State, work: Work) -> float:
    beta = state.beta
    total = _gain(0, beta[NOW], beta[SECOND], beta[HABIT], t, change, applied, state, work)
    for k in range(state.m.shape[0]):
        sd = state.path[k, PATH_SD]
        total += _gain(
            k + 1,
            state.path[k, SAME_DAY] / sd,
            0.0,
            state.path[k, PATH_HABIT] / sd,
            t,
            change,
            applied,
            state,
            work,
        )
    return total


@step
def _propose(rng: Rng, t: int, state: State, work: Work) -> float:
    n = state.run.shape[0]
    z = state.run[0] + state.run[KAPPA] * state.d[t] + state.run[FLARE] * state.flare[t] + normal(rng)
    if work.asked[RUN, t, 0] != 0.0:
        for j in range(FLARE + 1, n):
            z += state.run[j] * work.asked[RUN, t, j]
    if z <= 0.0:
        return 0.0
    mean = length_without_pain(t, state, work) + state.length[1] * state.d[t]
    return math.exp(mean + state.scalar[S_LEN] * normal(rng))


@part
def _flare_gain(t: int, x: float, state: State) -> float:
    """Change of the log chance of tomorrow's flare when x[t] becomes `x`."""
    if state.flare[t] > 0.0 or t + 1 >= state.flare.shape[0] or (x > 0.0) == (state.x[t] > 0.0):
        return 0.0
    after = onset(state.scalar[LOG_ONSET], state.scalar[LOG_RATIO], x > 0.0)
    before = onset(state.scalar[LOG_ONSET], state.scalar[LOG_RATIO], state.x[t] > 0.0)
    if state.flare[t + 1] > 0.0:
        return math.log(after / before)
    return math.log((1.0 - after) / (1.0 - before))


@step
def draw_missing_doses(rng: Rng, sweep: int, data: ModelData, state: State, work: Work) -> None:
    """Metropolis-Hastings on unknown doses, at most 32 a sweep, in turn.

    Args:
        sweep: its number, by which days take turns where more than 32 are unknown.
    """
    count = work.missing.shape[0]
    if count == 0:
        return
    _refresh_residuals(state, work)
    tries = min(count, _AT_MOST_A_SWEEP)
    for i in range(tries):
        t = work.missing[(sweep * tries + i) % count]
        x = _propose(rng, t, state, work)
        change = x - state.x[t]
        # rest is proposed for a rest day: accepted as it stands, and nothing moves
        if change == 0.0:
            continue
        gain = _all_gains(t, change, 0.0, state, work) + _flare_gain(t, x, state)
        if gain > -exponential(rng):
            _all_gains(t, change, 1.0, state, work)
            state.x[t] = x
    refresh_load(data, state, work)
    refresh_drift(state, work)


@step
def _squares(state: State, work: Work) -> float:
    """Sum of squares of the residuals of pain and of every pathway."""
    _refresh_residuals(state, work)
    total = 0.0
    for row in range(work.residual.shape[0]):
        for t in range(1, work.residual.shape[1]):
            total += work.residual[row, t] ** 2
    return total


@step
def _standardise(state: State, work: Work) -> None:
    """Leave the standardised residual of each unknown length in work.lin, and the dose itself in work.off."""
    for t in work.missing:
        work.off[t] = state.x[t]
        if state.x[t] > 0.0:
            mean = length_without_pain(t, state, work) + state.length[1] * state.d[t]
            work.lin[t] = (math.log(state.x[t]) - mean) / state.scalar[S_LEN]


@step
def _move_lengths(rng: Rng, before: float, data: ModelData, state: State, work: Work) -> bool:
    """Let the unknown lengths follow the coefficients; put them back where the days after refuse."""
    for t in work.missing:
        if work.off[t] > 0.0:
            mean = length_without_pain(t, state, work) + state.length[1] * state.d[t]
            state.x[t] = math.exp(mean + state.scalar[S_LEN] * work.lin[t])
    refresh_load(data, state, work)
    refresh_drift(state, work)
    # all move at once, so the ratio is that of all days after, and no Jacobian: residuals are kept
    if 0.5 * (before - _squares(state, work)) > -exponential(rng):
        return True
    for t in work.missing:
        state.x[t] = work.off[t]
    refresh_load(data, state, work)
    refresh_drift(state, work)
    return False


@step
def draw_lengths(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw how long runs are, the unknown lengths moving along; False where a precision is not positive definite."""
    n, unknown = state.length.shape[0], work.missing.shape[0] > 0
    if unknown:
        refresh_steps(state, work)
        _standardise(state, work)
    before = _squares(state, work) if unknown else 0.0
    for j in range(n):
        work.both[j] = state.length[j]
    if not draw_length_coefficients(rng, data, state, priors, work):
        return False
    if unknown and not _move_lengths(rng, before, data, state, work):
        for j in range(n):
            state.length[j] = work.both[j]
    s = state.scalar[S_LEN]
    if unknown:
        _standardise(state, work)
        before = _squares(state, work)
    draw_length_noise(rng, data, state, priors, work)
    if unknown and not _move_lengths(rng, before, data, state, work):
        state.scalar[S_LEN] = s
    refresh_length(data, state, work)
    return True
