"""What ratings and decisions say of all coefficients of pain, both paths of pain integrated out (`coefficients.py`).

Columns beside the filter's mean, one a coefficient: beta without the load, curves of the course, levels of the run
and of the intention, level and habit of lengths, size of a flare, then the load at each point of the grid of time
constants.
"""

from backstride.model.compiled import part, step
from backstride.model.data import LENGTH_COLUMNS, ModelData
from backstride.model.decision import length_without_pain
from backstride.model.filter import INTENTION, LENGTH, RUN, next_day
from backstride.model.lanes import WIDE, load, spread_wide, store
from backstride.model.prior_arrays import (
    P_FLARE_MEAN,
    P_FLARE_SD,
    P_LEVEL_MEAN,
    P_LEVEL_SD,
    P_START_SD,
    CoefficientPriors,
)
from backstride.model.rows import add_products, add_rows
from backstride.model.state import (
    FIRST_PATH,
    HABIT,
    KAPPA,
    NOW,
    OBSERVED,
    PATH_HABIT,
    PATH_SD,
    RATING,
    S_ETA,
    S_MU,
    S_Y,
    SECOND,
    State,
    Work,
)

_FIRST, _SECOND = 0, 1
"""Rows of work.cells: 1 / tau, 1 / delay."""
WEIGHT = 2
"""Row of work.cells: log weight of a point of the grid."""


@part
def column(j: int) -> int:
    """Return where the coefficient beta[j] stands among the columns; the load has columns of its own."""
    return j if j < HABIT else j - 1


@part
def _weigh_pathways(state: State, work: Work) -> None:
    """Set what a change c of day t's load does to all pathways' equations: lin[t] c - 1/2 diagonal[t] c^2."""
    for t in range(state.x.shape[0]):
        work.lin[t] = work.diagonal[t] = 0.0
    for k in range(state.m.shape[0]):
        path, m = state.path[k], state.m[k]
        level, habit, same_day, carry, sd = path[0], path[PATH_HABIT], path[2], path[3], path[PATH_SD]
        slope = habit / (sd * sd)
        for t in range(1, state.x.shape[0]):
            left = m[t] - level - carry * m[t - 1]
            left -= habit * (state.chronic[t] - work.mean_dose)
            left -= same_day * (state.x[t - 1] - work.mean_dose)
            # -(left - habit c)^2 / (2 sd^2) less its value at c = 0
            work.lin[t] += slope * left
            work.diagonal[t] += slope * habit


@step
def _lay_out_loads(first: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Set the columns from `first` on to the load at each point of the grid, and cells[WEIGHT] by the pathways."""
    grid, cells = priors.build_up.shape[0], work.cells
    _weigh_pathways(state, work)
    for i in range(max(grid, WIDE)):
        at = min(i, grid - 1)
        cells[_FIRST, i], cells[_SECOND, i] = 1.0 / priors.build_up[at, 0], 1.0 / priors.build_up[at, 1]
    for lane in range(0, grid, WIDE):
        i = max(min(lane, grid - WIDE), 0)  # the last lanes overlap those before, so that no column is empty
        by_tau, by_delay = load(cells[_FIRST], i), load(cells[_SECOND], i)
        acute, weight = spread_wide(data.chronic_start), spread_wide(0.0)
        chronic = acute
        for t in range(1, state.x.shape[0]):
            acute = acute + (state.x[t - 1] - acute) * by_tau
            chronic = chronic + (acute - chronic) * by_delay
            store(work.inputs[t], first + i, chronic - work.mean_dose)
            change = chronic - state.chronic[t]
            weight = weight + change * (work.lin[t] - change * (0.5 * work.diagonal[t]))
        store(cells[WEIGHT], i, weight)


@part
def _lay_out_columns(state: State, work: Work) -> None:
    """Set the columns that change from sweep to sweep: doses, pathways and flares."""
    days, flare = work.f.shape[0], flare_column(state, work)
    for t in range(days):
        work.inputs[t, column(NOW)] = work.f[t, NOW]
        work.inputs[t, column(SECOND)] = work.f[t, SECOND]
        for k in range(state.m.shape[0]):
            work.inputs[t, column(FIRST_PATH + k)] = work.f[t, FIRST_PATH + k]
        work.outputs[OBSERVED * t + RATING, flare] = state.flare[t]


@part
def flare_column(state: State, work: Work) -> int:
    """Return where the size of a flare stands: behind all coefficients but those of the load."""
    return work.f.shape[1] - 1 + state.course.shape[0] - 1 + 2 + 1 + LENGTH_COLUMNS


@step
def answers_without(sign: float, state: State, work: Work) -> None:
    """Add the decisions' levels and the habit of lengths to the pseudo-observations, or (-1) take them away again.

    Args:
        sign: 1 adds them, -1 takes them away.
    """
    for t in range(state.d.shape[0]):
        work.pseudo_linear[RUN, t] += sign * work.pseudo_precision[RUN, t] * state.run[0]
        work.pseudo_linear[INTENTION, t] += sign * work.pseudo_precision[INTENTION, t] * state.intention[0]
        if work.pseudo_precision[LENGTH, t] > 0.0:
            work.pseudo_linear[LENGTH, t] += (
                sign * work.pseudo_precision[LENGTH, t] * length_without_pain(t, state, work)
            )


@step
def _filter_columns(state: State, priors: CoefficientPriors, work: Work) -> int:
    """Filter mean, covariance and columns; leaves the rows of the regression and work.kalman; how many rows."""
    scalar, width, n = state.scalar, work.inputs.shape[1], 0
    slow, base, error = scalar[S_MU] ** 2, scalar[S_ETA] ** 2, scalar[S_Y] ** 2
    level, start = priors.scalar[P_LEVEL_SD] ** 2, priors.scalar[P_START_SD] ** 2
    felt, d, s, c, w = priors.scalar[P_LEVEL_MEAN], 0.0, level + start, start, start
    kappas = (state.run[KAPPA], state.intention[KAPPA], state.length[1])
    x_felt, x_d = work.slope[0], work.slope[1]
    for j in range(width):
        # before the first day no coefficient has done anything
        x_felt[j] = x_d[j] = 0.0
    for t in range(state.d.shape[0]):
        if t > 0:
            r, carry = work.pull[t], work.carry[t]
            (felt, d), (s, c, w) = next_day(
                (felt, d), (s, c, w), carry, work.shock[t], slow, base * (1.0 - r * r)
            )
            # a level of the decision also moves its chance, and with it the morning after
            less, coupled = carry - 1.0, r * scalar[S_ETA] * work.pseudo_precision[RUN, t - 1]
            inputs, chance = work.inputs[t], work.outputs[OBSERVED * (t - 1) + RUN]
            for j in range(0, width, WIDE):
                y = load(x_d, j)
                f = load(inputs, j) - coupled * load(chance, j)
                store(x_felt, j, load(x_felt, j) + less * y + f)
                store(x_d, j, carry * y + f)
        # one after another: given the path their noises are independent, so no matrix is inverted
        for i in range(OBSERVED):
            if i == RATING:
                if state.seen[t] == 0.0:
                    continue
                by_felt, by_d, variance, value = 1.0, 0.0, error, state.y_star[t]
            else:
                precision = work.pseudo_precision[i, t]
                if precision == 0.0:
                    continue
                variance = 1.0 / precision
                by_felt, by_d, value = 0.0, kappas[i], work.pseudo_linear[i, t] * variance
            gain, gain_d = by_felt * s + by_d * c, by_felt * c + by_d * w
            weight = 1.0 / (by_felt * gain + by_d * gain_d + variance)
            left = weight * (value - by_felt * felt - by_d * d)
            felt, d = felt + gain * left, d + gain_d * left
            s, c, w = s - gain * gain * weight, c - gain * gain_d * weight, w - gain_d * gain_d * weight
            # the innovation, already divided by its variance
            work.row_weight[n], work.row_value[n] = weight, left
            row, outputs = work.rows[n], work.outputs[OBSERVED * t + i]
            gain, gain_d = gain * weight, gain_d * weight
            for j in range(0, width, WIDE):
                x, y = load(x_felt, j), load(x_d, j)
                seen = by_felt * x + by_d * y + load(outputs, j)
                store(row, j, seen)
                store(x_felt, j, x - gain * seen)
                store(x_d, j, y - gain_d * seen)
            n += 1
        covariance = work.kalman[t]
        covariance[2], covariance[3], covariance[4] = s, c, w
    return n


@part
def _prior_sd(j: int, state: State, priors: CoefficientPriors, work: Work) -> float:
    """Prior sd of a column's coefficient."""
    p, curves = work.f.shape[1] - 1, state.course.shape[0] - 1
    size = flare_column(state, work)
    if j > size:
        return work.beta_sd[HABIT]
    if j == size:
        return priors.scalar[P_FLARE_SD]
    if j < p:
        return work.beta_sd[j if j < HABIT else j + 1]
    j -= p
    if j < curves:
        return priors.course_sd[j]
    j -= curves
    if j == RUN:
        return work.run_sd[0]
    if j == INTENTION:
        return work.intention_sd[0]
    return priors.length_sd[j - LENGTH + (1 if j > LENGTH else 0)]


@step
def weigh_coefficients(data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Set (work.p, work.lin_b) to what priors, ratings and decisions say of all coefficients, paths integrated out.

    Pseudo-observations and shocks must be without what the columns stand for (`answers_without`).
    """
    size, grid = flare_column(state, work), priors.build_up.shape[0]
    n = size + 1 + grid
    _lay_out_loads(size + 1, data, state, priors, work)
    _lay_out_columns(state, work)
    rows = _filter_columns(state, priors, work)
    for i in range(n):
        for j in range(i):
            work.p[i, j] = 0.0
        work.p[i, i] = 1.0 / _prior_sd(i, state, priors, work) ** 2
        work.lin_b[i] = 0.0
    # the only coefficient whose prior has a mean: a flare is worse than other days
    work.lin_b[size] = priors.scalar[P_FLARE_MEAN] * work.p[size, size]
    add_rows(work.p, work.rows, work.row_weight[:rows], 1.0, n)
    add_products(work.lin_b, work.rows, work.row_value[:rows], n)
