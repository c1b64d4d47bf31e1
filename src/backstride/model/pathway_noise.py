"""Draws of a pathway's noises with its whole path integrated out.

Given its path a noise hardly moves, and given the noises the path hardly moves: the daily noise and the errors of the
measures share the scatter between them. With the path integrated out they no longer wait for one another (partially
collapsed Gibbs: van Dyk & Park 2008, doi:10.1198/016214508000000409). The path itself must be drawn right afterwards.
"""

import math

from backstride.model.collapsed import log_marginal
from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.lanes import LANES, load, store
from backstride.model.prior_arrays import CoefficientPriors
from backstride.model.random import Rng
from backstride.model.scale import LOG_MIN_SCALE
from backstride.model.slicing import begin, found, judge, propose
from backstride.model.state import (
    CARRY,
    ERROR_SD,
    FIRST_PATH,
    GAIN,
    LEVEL,
    LOADING,
    OFFSET,
    PATH_HABIT,
    PATH_SD,
    SAME_DAY,
    State,
    Work,
)

FIRST_DAY_SD = 1.5
_PUSH, _PRECISION, _LINEAR, _EXTRA, _EXTRA_LIN = 0, 1, 2, 3, 4
_NONE = -1
_AT_SD, _AT_WEIGHT = 0, 1  # rows of work.points


@part
def push(t: int, k: int, state: State, work: Work) -> float:
    """Compute what moves m[k] on day t, apart from its own yesterday.

    Args:
        t: the day, 1 or later.
        k: the pathway.
    """
    path = state.path[k]
    return (
        path[LEVEL]
        + path[PATH_HABIT] * (state.chronic[t] - work.mean_dose)
        + path[SAME_DAY] * (state.x[t - 1] - work.mean_dose)
    )


@part
def _gather(k: int, data: ModelData, state: State, work: Work) -> None:
    """Gather the drift of m[k], and the pseudo-observations of it by pain and by its measures."""
    pseudo_linear = work.path_information
    delta = state.beta[FIRST_PATH + k]
    pseudo_linear[_PUSH, 0] = pseudo_linear[_PRECISION, 0] = pseudo_linear[_LINEAR, 0] = 0.0
    for t in range(1, state.d.shape[0]):
        pseudo_linear[_PUSH, t] = push(t, k, state, work)
        left = (
            state.d[t]
            - work.carry[t] * state.d[t - 1]
            - work.drift[t]
            - work.shock[t]
            + delta * state.m[k, t]
        )
        # pain informs on m[k] through delta: an observation of precision w delta^2
        pseudo_linear[_PRECISION, t] = work.weight[t] * delta * delta
        pseudo_linear[_LINEAR, t] = work.weight[t] * delta * left
    for i in range(data.group[k], data.group[k + 1]):
        _hear(1.0, i, _PRECISION, data, state, work)


@part
def _hear(sign: float, i: int, row: int, data: ModelData, state: State, work: Work) -> None:
    """Add (or take away) what measurement i says of the path to rows `row` and `row + 1`."""
    measure, t = state.measure[data.measure[i]], data.row[i]
    by = sign * measure[LOADING] / measure[ERROR_SD] ** 2
    work.path_information[row, t] += by * measure[LOADING]
    work.path_information[row + 1, t] += by * (
        state.value[i] - measure[OFFSET] - measure[GAIN] * work.practice[i]
    )


@part
def _set_apart(j: int, k: int, data: ModelData, state: State, work: Work) -> tuple[float, float]:
    """Move what measure j tells into rows of its own, at error 1; how many values, and their sum of squares."""
    for t in range(state.d.shape[0]):
        work.path_information[_EXTRA, t] = work.path_information[_EXTRA_LIN, t] = 0.0
    count, squares = 0.0, 0.0
    if j == _NONE:
        return count, squares
    measure = state.measure[j]
    for i in range(data.group[k], data.group[k + 1]):
        if data.measure[i] == j:
            _hear(-1.0, i, _PRECISION, data, state, work)
            left = state.value[i] - measure[OFFSET] - measure[GAIN] * work.practice[i]
            work.path_information[_EXTRA, data.row[i]] += measure[LOADING] * measure[LOADING]
            # at error 1: the filter scales rows of a measure by 1 / s^2 for each s that is tried
            work.path_information[_EXTRA_LIN, data.row[i]] += measure[LOADING] * left
            count += 1.0
            squares += left * left
    return count, squares


@step
def noise_densities(
    j: int, k: int, count: float, squares: float, state: State, scale: float, work: Work
) -> None:
    """Log density of log s (j = -1) or of the log error of measure j at each of work.tried, m[k] integrated out.

    Args:
        j: the measure, or -1 for the path's own noise.
        k: the pathway.
        count, squares: how many values the measure has, and their sum of squares, as `_set_apart` gives them.
        scale: of the half-normal prior of s.
    """
    pseudo_linear, points = work.path_information, work.points
    for lane in range(LANES):
        s = math.exp(work.tried[lane])
        by = 1.0 / (s * s)
        points[_AT_SD, lane], points[_AT_WEIGHT, lane] = s if j == _NONE else state.path[k, PATH_SD], by
        # of `count` values with error s: -count log s - squares / (2 s^2), and log s for the slice on log s
        beside = (1.0 - count) * work.tried[lane] - 0.5 * by * squares
        work.log_density[lane] = beside - 0.5 * (s / scale) ** 2
    by = load(points, _AT_WEIGHT)
    marginal = log_marginal(
        state.path[k, CARRY],
        load(points, _AT_SD),
        1.0 / FIRST_DAY_SD**2,
        pseudo_linear[_PUSH],
        pseudo_linear[_PRECISION],
        pseudo_linear[_LINEAR],
        pseudo_linear[_EXTRA],
        pseudo_linear[_EXTRA_LIN],
        by,
        by,
    )
    store(work.marginal, 0, marginal)
    for lane in range(LANES):
        work.log_density[lane] += work.marginal[0, lane]


@step
def draw_noise(
    rng: Rng, j: int, k: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> None:
    """One slice step on the log of one noise.

    Args:
        j: the measure, or -1 for the path's own noise.
        k: the pathway.
    """
    count, squares = _set_apart(j, k, data, state, work)
    here = math.log(state.path[k, PATH_SD] if j == _NONE else state.measure[j, ERROR_SD])
    scale = priors.path_scale[k, 0 if j == _NONE else 1]
    begin(rng, here, math.nan, 0.6, LOG_MIN_SCALE, 3.0, work)
    while True:
        propose(rng, work)
        noise_densities(j, k, count, squares, state, scale, work)
        if judge(rng, work):
            break
    x = work.tried[found(work)]
    if j == _NONE:
        state.path[k, PATH_SD] = math.exp(x)
        return
    state.measure[j, ERROR_SD] = math.exp(x)
    for i in range(data.group[k], data.group[k + 1]):
        if data.measure[i] == j:
            _hear(1.0, i, _PRECISION, data, state, work)


@part
def draw_path_noise(
    rng: Rng, k: int, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> None:
    """Draw the errors of all measures of pathway k, then its daily noise; m[k] must be drawn right after.

    Args:
        k: the pathway.
    """
    _gather(k, data, state, work)
    for turn in range(data.measure_group[k], data.measure_group[k + 1] + 1):
        j = turn if turn < data.measure_group[k + 1] else _NONE
        draw_noise(rng, j, k, data, state, priors, work)
