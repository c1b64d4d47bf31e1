"""Days on which nobody knows whether there was a run: the dose is drawn like any other unknown.

C[t+1] = C[t] + (x[t] - C[t]) / tau
proposal: the decision's own law, run or rest by probit, log length normal
accepted by the ratio of what the days after say:  pain's equation and every pathway's
"""

import math

from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.random import Rng, exponential, normal
from backstride.model.state import (
    CARRY,
    HABIT,
    NOW,
    PATH_HABIT,
    PATH_SD,
    PHI,
    S_ETA,
    S_LEN,
    SAME_DAY,
    State,
    Work,
)

_AT_MOST_A_SWEEP = 32
_REACH = 6.0  # chronic load has lost 99.75 % after six time constants


@part
def refresh_load(data: ModelData, state: State, work: Work) -> None:
    """Chronic load from the doses, and both into the regressors."""
    load = data.chronic_start
    for t in range(state.x.shape[0]):
        if t > 0:
            load += (state.x[t - 1] - load) / work.tau
            work.f[t, NOW] = state.x[t - 1] - work.mean_dose
            work.f[t, HABIT] = load - work.mean_dose
        state.chronic[t] = load


@part
def _refresh_residuals(state: State, work: Work) -> None:
    """Row 0: pain's residuals; row k + 1: those of pathway k; all divided by their sd."""
    for t in range(1, state.d.shape[0]):
        left = state.d[t] - state.scalar[PHI] * state.d[t - 1] - work.drift[t]
        work.residual[0, t] = left / state.scalar[S_ETA]
        for k in range(state.m.shape[0]):
            path = state.path[k]
            fit = path[0] + path[CARRY] * state.m[k, t - 1]
            fit += path[PATH_HABIT] * (state.chronic[t] - work.mean_dose)
            fit += path[SAME_DAY] * (state.x[t - 1] - work.mean_dose)
            work.residual[k + 1, t] = (state.m[k, t] - fit) / path[PATH_SD]


@step
def _gain(row: int, now: float, habit: float, t: int, change: float, applied: float, work: Work) -> float:
    """Change of the log likelihood of one equation when x[t] changes by `change`.

    The residuals take `applied` (0 or 1) of the change.
    """
    days = work.residual.shape[1]
    last = min(days, t + 1 + int(_REACH * work.tau))
    total = 0.0
    load = change / work.tau
    for s in range(t + 1, last):
        shift = habit * load
        if s == t + 1:
            shift += now * change
        total += shift * (work.residual[row, s] - 0.5 * shift)
        work.residual[row, s] -= applied * shift
        load -= load / work.tau
    return total


@step
def _all_gains(t: int, change: float, applied: float, state: State, work: Work) -> float:
    s_eta = state.scalar[S_ETA]
    total = _gain(0, state.beta[NOW] / s_eta, state.beta[HABIT] / s_eta, t, change, applied, work)
    for k in range(state.m.shape[0]):
        sd = state.path[k, PATH_SD]
        total += _gain(
            k + 1, state.path[k, SAME_DAY] / sd, state.path[k, PATH_HABIT] / sd, t, change, applied, work
        )
    return total


@step
def _propose(rng: Rng, t: int, data: ModelData, state: State, work: Work) -> float:
    z = state.run[0] + state.run[1] * state.d[t] + normal(rng)
    for j in range(6):
        z += state.run[2 + j] * work.weekday[t, j]
    if not math.isnan(data.intention[t]):
        z += state.run[8] * (2.0 * data.intention[t] - 1.0)
    if not math.isnan(data.drawn[t]):
        z += state.run[9] * (2.0 * data.drawn[t] - 1.0)
    if z <= 0.0:
        return 0.0
    return math.exp(state.length[0] + state.length[1] * state.d[t] + state.scalar[S_LEN] * normal(rng))


@step
def draw_missing_doses(rng: Rng, sweep: int, data: ModelData, state: State, work: Work) -> None:
    """Metropolis-Hastings on unknown doses, at most 32 a sweep, in turn."""
    count = work.missing.shape[0]
    if count == 0:
        return
    _refresh_residuals(state, work)
    tries = min(count, _AT_MOST_A_SWEEP)
    for i in range(tries):
        t = work.missing[(sweep * tries + i) % count]
        change = _propose(rng, t, data, state, work) - state.x[t]
        if change != 0.0 and _all_gains(t, change, 0.0, state, work) > -exponential(rng):
            _all_gains(t, change, 1.0, state, work)
            state.x[t] += change
    refresh_load(data, state, work)
    for t in range(1, state.d.shape[0]):
        total = 0.0
        for j in range(work.f.shape[1]):
            total += work.f[t, j] * state.beta[j]
        work.drift[t] = total
