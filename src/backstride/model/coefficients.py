"""All coefficients of pain and the load's time constants, drawn with both paths of pain integrated out.

    eta[t] = mu[t] + d[t] + g[t] c + size flare[t]            c: curves of the natural course, g their values
    d[t]   = carry[t] d[t-1] + f[t] b + shock[t] + noise      b: beta; the load in f depends on (tau, delay)
    a decision's hidden value = kappa d[t] + level + ...      and so for the log length of a run, with its habit

Trend, recovery and built-up running look alike, and each of them like the path; a shift of the path looks like one
of the decisions' levels. Drawn one given another, they would wait for each other. Given everything else all of it is
Gaussian, and the Kalman filter of (mu + d, d) gives the exact law of the coefficients, since its gains do not depend
on them: what it predicts of a day is m + X (coefficients), where each column of X is filtered as the mean is, with
its own input (de Jong 1991, doi:10.1214/aos/1176348139). A day is observed up to four times, one after another: to
run, to mean to run, how long, the rating. An observation  y = h (mu + d, d) + o (coefficients) + N(0, 1 / precision)
is a row of a regression without paths,

    y - h m = (h X + o) (coefficients) + N(0, S),   S = h V h' + 1 / precision,   then m, X and V are updated by it

The load at every point of the grid of time constants is one column more. For each point the other coefficients and
its own are integrated out (a Schur complement of the Cholesky factor), one point is drawn, then all coefficients
given it. The paths must be drawn right afterwards: `filter.draw_paths` finds the filter's covariances in work.kalman.
"""

import math

from backstride.model.coefficient_columns import (
    WEIGHT,
    answers_without,
    column,
    flare_column,
    weigh_coefficients,
)
from backstride.model.compiled import part, step
from backstride.model.data import LENGTH_COLUMNS, ModelData
from backstride.model.filter import INTENTION, LENGTH, RUN, refresh_pull
from backstride.model.gaussian import cholesky, extend_cholesky
from backstride.model.missing_dose import refresh_load
from backstride.model.pain import refresh_drift, refresh_info_linear, refresh_level, refresh_steps
from backstride.model.prior_arrays import P_FLARE_LEAST, CoefficientPriors
from backstride.model.random import Rng, normal, truncated_normal, uniform
from backstride.model.state import DELAY, HABIT, TAU, State, Work


@part
def factor(size: int, grid: int, work: Work) -> bool:
    """Factor the leading block by Cholesky, and work.p, work.lin_b behind it as forward substitution leaves them.

    Args:
        size: columns of the leading block.
        grid: points of the grid of time constants, one row each behind the flare's.
    """
    if not cholesky(work.p, size):
        return False
    # rows of the flare's size and of each grid point, each as if it alone came next in the factor
    for i in range(size, size + 1 + grid):
        extend_cholesky(work.p, size, i)
    for i in range(size):
        total = work.lin_b[i]
        for k in range(i):
            total -= work.p[i, k] * work.lin_b[k]
        work.lin_b[i] = total / work.p[i, i]
    return True


@part
def _weigh_grid(size: int, flare: float, grid: int, work: Work) -> None:
    """Complete cells[WEIGHT]: each point of the grid given a flare's size, all other coefficients integrated out.

    With precision s and linear term r of the load's own coefficient, what the others leave: 1/2 r^2 / s - 1/2 log s.
    """
    p, lin, weight = work.p, work.lin_b, work.cells[WEIGHT]
    for g in range(grid):
        i = size + 1 + g
        left, r = p[i, i], lin[i] - p[i, size] * flare
        for k in range(size):
            left -= p[i, k] * p[i, k]
            r -= p[i, k] * (lin[k] - p[size, k] * flare)
        weight[g] += 0.5 * (r * r / left - math.log(left))


@part
def _choose(rng: Rng, grid: int, work: Work) -> int:
    """Draw one point of the grid by the log weights."""
    weight, most, whole = work.cells[WEIGHT], -math.inf, 0.0
    for g in range(grid):
        most = max(most, weight[g])
    for g in range(grid):
        # the largest weight becomes 1: sums of hundreds of log units would overflow
        weight[g] = math.exp(weight[g] - most)
        whole += weight[g]
    left = whole * uniform(rng)
    for g in range(grid):
        left -= weight[g]
        if left <= 0.0:
            return g
    # rounding can leave a last trace of the whole
    return grid - 1


@part
def _draw_given(rng: Rng, size: int, at: int, least: float, work: Work) -> tuple[float, float]:
    """Draw all coefficients given a point of the grid into work.both; returns those of the load and of a flare.

    The Cholesky factor of the leading block is completed by the rows of the load and of a flare's size, which comes
    last, so that drawing it from its own margin above `least` is exact.
    """
    p, lin, b, i = work.p, work.lin_b, work.both, size + 1 + at
    left, r, between, own, r_size = p[i, i], lin[i], p[i, size], p[size, size], lin[size]
    for k in range(size):
        left -= p[i, k] * p[i, k]
        r -= p[i, k] * lin[k]
        between -= p[i, k] * p[size, k]
        own -= p[size, k] * p[size, k]
        r_size -= p[size, k] * lin[k]
    # the two last rows of the factor: first the load's, then a flare's size given it
    root = math.sqrt(left)
    r, between = r / root, between / root
    own_root = math.sqrt(own - between * between)
    mean = (r_size - between * r) / (own_root * own_root)
    flare = truncated_normal(rng, mean, 1.0 / own_root, least, math.inf)
    habit = (r + normal(rng) - between * flare) / root
    # back substitution through L', one normal a row: the draw has covariance P^-1
    for j in range(size - 1, -1, -1):
        total = lin[j] - p[i, j] * habit - p[size, j] * flare
        for k in range(j + 1, size):
            total -= p[k, j] * b[k]
        b[j] = (total + normal(rng)) / p[j, j]
    return habit, flare


@part
def _take(habit: float, flare: float, state: State, work: Work) -> None:
    """Put the coefficients in work.both in their places."""
    p, curves = work.f.shape[1], state.course.shape[0] - 1
    for j in range(p):
        state.beta[j] = habit if j == HABIT else work.both[column(j)]
    for j in range(curves):
        state.course[j] = work.both[p - 1 + j]
    state.course[curves] = flare
    first = p - 1 + curves
    state.run[0], state.intention[0], state.length[0] = (
        work.both[first + RUN],
        work.both[first + INTENTION],
        work.both[first + LENGTH],
    )
    for j in range(LENGTH_COLUMNS):
        state.length[2 + j] = work.both[first + LENGTH + 1 + j]


@step
def draw_coefficients(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw time constants, then all columns' coefficients, both paths of pain integrated out.

    The paths must be drawn right afterwards. False where a precision lost its positive definiteness.
    """
    size, grid = flare_column(state, work), priors.build_up.shape[0]
    # the decisions as they were without these coefficients; given back below with the new ones
    answers_without(1.0, state, work)
    refresh_pull(state, work)
    refresh_steps(state, work)
    weigh_coefficients(data, state, priors, work)
    if not factor(size, grid, work):
        return False
    at = 0
    # one point alone needs no weighing
    if grid > 1:
        _weigh_grid(size, state.course[state.course.shape[0] - 1], grid, work)
        at = _choose(rng, grid, work)
    state.scalar[TAU], state.scalar[DELAY] = priors.build_up[at, 0], priors.build_up[at, 1]
    habit, flare = _draw_given(rng, size, at, priors.scalar[P_FLARE_LEAST], work)
    _take(habit, flare, state, work)
    answers_without(-1.0, state, work)
    refresh_info_linear(state, work)
    refresh_steps(state, work)
    refresh_load(data, state, work)
    refresh_drift(state, work)
    refresh_level(state, work)
    return True
