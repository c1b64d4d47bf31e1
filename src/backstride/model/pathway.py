"""A pathway: its daily path, what running does to it, and how its measures see it.

m[t]     = level + carry m[t-1] + habit (C[t] - mean) + same_day (x[t-1] - mean) + noise(sd)
value[i] = offset + gain practice[i] + loading m[row[i]] + noise(error sd)     exact, or known to an interval
d[t]     = ... + delta m[t] + ...                                            what it does to pain
"""

import math

from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.gaussian import draw, draw_path, start_from_prior
from backstride.model.pathway_noise import FIRST_DAY_SD, draw_path_noise, push
from backstride.model.prior_arrays import CoefficientPriors
from backstride.model.priors import MAX_CARRY
from backstride.model.random import Rng, exponential, uniform
from backstride.model.scale import LOG_MIN_SCALE, draw_noncentred_scale, draw_scale
from backstride.model.state import CARRY, ERROR_SD, FIRST_PATH, GAIN, LOADING, OFFSET, PATH_SD, State, Work
from backstride.model.truncated import VALUE, close, draw_between, log_chance, place

_EVERY = -1


@part
def _path_given_values(k: int, data: ModelData, state: State, work: Work) -> None:
    """Precision of m[k] from its own equation and its measures."""
    days = data.dose.shape[0]
    carry, weight = state.path[k, CARRY], 1.0 / state.path[k, PATH_SD] ** 2
    for t in range(days):
        work.diagonal[t] = (weight if t > 0 else 0.0) + (weight * carry * carry if t + 1 < days else 0.0)
        # m[t] and m[t - 1] meet in one equation only: the precision is tridiagonal, a path costs T steps
        work.off[t] = -weight * carry
        work.lin[t] = 0.0
    for t in range(1, days):
        pushed = weight * push(t, k, state, work)
        work.lin[t] += pushed
        work.lin[t - 1] -= carry * pushed
    work.diagonal[0] += 1.0 / FIRST_DAY_SD**2
    for i in range(data.group[k], data.group[k + 1]):
        measure = state.measure[data.measure[i]]
        info_precision = measure[LOADING] / measure[ERROR_SD] ** 2
        work.diagonal[data.row[i]] += info_precision * measure[LOADING]
        work.lin[data.row[i]] += info_precision * (
            state.value[i] - measure[OFFSET] - measure[GAIN] * work.practice[i]
        )


@step
def draw_path_of(rng: Rng, k: int, data: ModelData, state: State, work: Work) -> bool:
    """Draw m[k] given its measures and the pain it explains; keeps f and drift in step."""
    days = data.dose.shape[0]
    delta = state.beta[FIRST_PATH + k]
    _path_given_values(k, data, state, work)
    m = state.m[k]
    for t in range(1, days):
        left = state.d[t] - work.carry[t] * state.d[t - 1] - work.drift[t] - work.shock[t] + delta * m[t]
        work.diagonal[t] += work.weight[t] * delta * delta
        work.lin[t] += work.weight[t] * delta * left
        # the old path goes out of the drift here and the new one comes in below
        work.drift[t] -= delta * m[t]
    fine = draw_path(rng, work.diagonal, work.off, work.lin, m)
    for t in range(1, days):
        work.drift[t] += delta * m[t]
        work.f[t, FIRST_PATH + k] = m[t]
    return fine


@step
def draw_dynamics(rng: Rng, k: int, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw level, habit, same-day and carry-over (between 0 and `MAX_CARRY`) jointly, then the noise."""
    m = state.m[k]
    days, mean = m.shape[0], work.mean_dose
    weight = 1.0 / state.path[k, PATH_SD] ** 2
    start_from_prior(work.p, work.lin_b, priors.path_mean[k], priors.path_sd[k], 4)
    count, h, x, b = days - 1.0, 0.0, 0.0, 0.0
    hh, hx, xx, hb, xb, bb = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    y, hy, xy, by = 0.0, 0.0, 0.0, 0.0
    for t in range(1, days):  # sums of products of habit h, same day x, before b, today y
        at, dose, before, now = state.chronic[t] - mean, state.x[t - 1] - mean, m[t - 1], m[t]
        h, x, b, y = h + at, x + dose, b + before, y + now
        hh, hx, xx = hh + at * at, hx + at * dose, xx + dose * dose
        hb, xb, bb = hb + at * before, xb + dose * before, bb + before * before
        hy, xy, by = hy + at * now, xy + dose * now, by + before * now
    sums = (count, h, hh, x, hx, xx, b, hb, xb, bb)
    for i in range(4):
        work.lin_b[i] += weight * (y, hy, xy, by)[i]
        for j in range(i + 1):
            work.p[i, j] += weight * sums[i * (i + 1) // 2 + j]
    if not draw(rng, work.p, work.lin_b, 4, state.path[k], 0.0, MAX_CARRY):
        return False
    squares = 0.0
    for t in range(1, days):
        squares += (m[t] - push(t, k, state, work) - state.path[k, CARRY] * m[t - 1]) ** 2
    state.path[k, PATH_SD] = draw_scale(
        rng, state.path[k, PATH_SD], days - 1.0, squares, priors.path_scale[k, 0]
    )
    return True


@step
def interweave_noise(
    rng: Rng, k: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> None:
    """Draw the noise sd again given its standardised noise: m = base + sd v, rebuilding m, f and drift."""
    m, path = state.m[k], state.path[k]
    delta, share = state.beta[FIRST_PATH + k], 1.0 / path[PATH_SD]
    base, precision, lin = m[0], 0.0, 0.0
    work.diagonal[0], work.lin[0] = 0.0, m[0]
    for t in range(1, m.shape[0]):
        base = path[CARRY] * base + push(t, k, state, work)
        v = (m[t] - base) * share
        work.diagonal[t], work.lin[t] = v, base
        left = (
            state.d[t]
            - work.carry[t] * state.d[t - 1]
            - work.drift[t]
            - work.shock[t]
            + delta * (m[t] - base)
        )
        precision += work.weight[t] * delta * delta * v * v
        lin += work.weight[t] * delta * v * left
    for i in range(data.group[k], data.group[k + 1]):
        measure, t = state.measure[data.measure[i]], data.row[i]
        slope = measure[LOADING] * work.diagonal[t]
        left = state.value[i] - measure[OFFSET] - measure[GAIN] * work.practice[i]
        precision += (slope / measure[ERROR_SD]) ** 2
        lin += slope * (left - measure[LOADING] * work.lin[t]) / measure[ERROR_SD] ** 2
    new = draw_noncentred_scale(rng, precision, lin, priors.path_scale[k, 0])
    for t in range(1, m.shape[0]):
        change = (new - path[PATH_SD]) * work.diagonal[t]
        m[t] += change
        work.drift[t] += delta * change
        work.f[t, FIRST_PATH + k] = m[t]
    path[PATH_SD] = new


@part
def _fit_of(i: int, k: int, data: ModelData, state: State, work: Work) -> float:
    """Compute the expected value of measurement i: offset + gain practice + loading m."""
    measure = state.measure[data.measure[i]]
    return measure[OFFSET] + measure[GAIN] * work.practice[i] + measure[LOADING] * state.m[k, data.row[i]]


@part
def _lay_out_values(j: int, k: int, data: ModelData, state: State, work: Work) -> tuple[int, float, float]:
    """Lay out the values of measure j that are known to an interval; give their number.

    Args:
        j: the measure; _EVERY for all of the pathway.
        k: the pathway.
        data, state, work: of the fit.

    Returns:
        How many are laid out; how many others are exact, and the sum of squares of what they differ from their fit.
    """
    n, exact, squares = 0, 0.0, 0.0
    for i in range(data.group[k], data.group[k + 1]):
        of = data.measure[i]
        if j in (_EVERY, of):
            fit, lower, upper = _fit_of(i, k, data, state, work), data.value_lower[i], data.value_upper[i]
            if lower < upper:
                place(work.cells, n, fit, state.measure[of, ERROR_SD], lower, upper)
                n += 1
            else:
                exact += 1.0
                squares += (lower - fit) ** 2
    close(work.cells, n)
    return n, exact, squares


@part
def _error_log_density(
    log_s: float, n: int, exact: float, squares: float, prior_scale: float, work: Work
) -> float:
    """Log density of the log error sd of the measure laid out, the values behind its intervals integrated out."""
    s = math.exp(log_s)
    beside = (1.0 - exact) * log_s - 0.5 * squares / (s * s) - 0.5 * (s / prior_scale) ** 2
    return beside + log_chance(work.cells, n, s)


@step
def draw_error(
    rng: Rng, j: int, k: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> None:
    """Slice step on the log error sd of measure j given m alone; its values must be drawn right after.

    Args:
        j: the measure.
        k: its pathway.
    """
    scale = priors.path_scale[k, 1]
    here = math.log(state.measure[j, ERROR_SD])
    n, exact, squares = _lay_out_values(j, k, data, state, work)
    level = _error_log_density(here, n, exact, squares, scale, work) - exponential(rng)
    left = here - 0.4 * uniform(rng)
    right = left + 0.4
    while left > LOG_MIN_SCALE and _error_log_density(left, n, exact, squares, scale, work) > level:
        left -= 0.4
    while right < 3.0 and _error_log_density(right, n, exact, squares, scale, work) > level:
        right += 0.4
    left, right = max(left, LOG_MIN_SCALE), min(right, 3.0)
    while True:
        proposal = left + (right - left) * uniform(rng)
        if _error_log_density(proposal, n, exact, squares, scale, work) > level:
            state.measure[j, ERROR_SD] = math.exp(proposal)
            return
        if proposal < here:
            left = proposal
        else:
            right = proposal


@step
def draw_values(rng: Rng, k: int, data: ModelData, state: State, work: Work) -> None:
    """Draw the value behind every measurement that is known only to an interval."""
    n, _, _ = _lay_out_values(_EVERY, k, data, state, work)
    draw_between(rng, work.cells, n)
    n = 0
    for i in range(data.group[k], data.group[k + 1]):
        if data.value_lower[i] < data.value_upper[i]:
            state.value[i] = work.cells[VALUE, n]
            n += 1


@step
def draw_measure(
    rng: Rng, j: int, k: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> bool:
    """Draw offset, gain, loading and error of one measure.

    Args:
        j: the measure.
        k: its pathway.
    """
    m, measure = state.m[k], state.measure[j]
    weight = 1.0 / measure[ERROR_SD] ** 2
    start_from_prior(work.p, work.lin_b, work.measure_mean[j], work.measure_sd[j], 3)
    count, g, gg, x, gx, xx = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    y, gy, xy = 0.0, 0.0, 0.0
    for i in range(data.group[k], data.group[k + 1]):  # sums of products of learning g, pathway x, value y
        if data.measure[i] == j:
            practice, at, value = work.practice[i], m[data.row[i]], state.value[i]
            count, g, x, y = count + 1.0, g + practice, x + at, y + value
            gg, gx, xx = gg + practice * practice, gx + practice * at, xx + at * at
            gy, xy = gy + practice * value, xy + at * value
    sums = (count, g, gg, x, gx, xx)
    for i in range(3):
        work.lin_b[i] += weight * (y, gy, xy)[i]
        for n in range(i + 1):
            work.p[i, n] += weight * sums[i * (i + 1) // 2 + n]
    if not draw(rng, work.p, work.lin_b, 3, measure, -math.inf, math.inf):
        return False
    squares = 0.0
    for i in range(data.group[k], data.group[k + 1]):
        if data.measure[i] == j:
            squares += (state.value[i] - _fit_of(i, k, data, state, work)) ** 2
    measure[ERROR_SD] = draw_scale(rng, measure[ERROR_SD], count, squares, priors.path_scale[k, 1])
    return True


@part
def draw_pathways(
    rng: Rng, sweep: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> bool:
    """Make one round over all pathways; the costly collapsed steps for their noises take them in turn.

    Args:
        sweep: its number, by which pathways take turns.
    """
    for k in range(state.m.shape[0]):
        mine = sweep % state.m.shape[0] == k
        if mine:
            for j in range(data.measure_group[k], data.measure_group[k + 1]):
                draw_error(rng, j, k, data, state, priors, work)
        draw_values(rng, k, data, state, work)
        if mine:
            draw_path_noise(rng, k, data, state, priors, work)
        if not draw_path_of(rng, k, data, state, work):
            return False
        if not draw_dynamics(rng, k, state, priors, work):
            return False
        interweave_noise(rng, k, data, state, priors, work)
        for j in range(data.measure_group[k], data.measure_group[k + 1]):
            if not draw_measure(rng, j, k, data, state, priors, work):
                return False
    return True
