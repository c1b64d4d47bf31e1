"""Coefficients of pain and time constants, drawn with both paths integrated out, against dense linear algebra.

The joint density (`joint.py`) is quadratic in both paths and all coefficients, so its precision and linear term can
be read off its values; what is left of them without the paths is a Schur complement.
"""

import math
import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from backstride.model import coefficient_columns, coefficients
from backstride.model.compiled import kernel
from backstride.model.diagnostics import ess_bulk
from backstride.model.filter import draw_paths
from backstride.model.pain import refresh_steps
from backstride.model.prior_arrays import P_FLARE_LEAST
from backstride.model.random import stream
from backstride.model.state import DELAY, HABIT, TAU

joint = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("joint.py"))))
SIX, DRAWS = 6, 40_000


@kernel
def weigh(data, state, priors, work) -> None:
    """Leave what the records say of all coefficients."""
    coefficient_columns.answers_without(1.0, state, work)
    refresh_steps(state, work)
    coefficient_columns.weigh_coefficients(data, state, priors, work)


@kernel
def weigh_grid(size, grid, state, work) -> None:
    """Leave the log weights of the grid given a flare's size."""
    coefficients.factor(size, grid, work)
    coefficients._weigh_grid(size, state.course[state.course.shape[0] - 1], grid, work)


@kernel
def draw(key, data, state, priors, work, out) -> None:
    """Draw coefficients and paths again and again; each row: tau, delay, then as in `set_all`."""
    for n in range(out.shape[0]):
        coefficients.draw_coefficients(key, data, state, priors, work)
        draw_paths(key, state, priors, work)
        out[n, 0], out[n, 1], i = state.scalar[TAU], state.scalar[DELAY], 2
        levels = (state.run[:1], state.intention[:1], state.length[:1], state.length[2:])
        for values in (state.beta, state.course, *levels, state.mu, state.d):
            for value in values:
                out[n, i] = value
                i += 1


def set_all(v, x) -> None:
    """Set beta, course, the levels of both decisions, level and habit of lengths, and both paths, in this order."""
    p, c = len(v.beta), len(v.course)
    v.beta, v.course, levels, lengths, v.mu, v.d = np.split(x, np.cumsum([p, c, 2, 4, SIX]))
    v.run[0], v.intention[0] = levels
    v.length[[0, 2, 3, 4]] = lengths


def count(case) -> int:
    """How many coefficients."""
    return len(case.state.beta) + len(case.state.course) + 6


_DENSE: list[tuple[float, np.ndarray, np.ndarray]] = []


@pytest.fixture
def dense(case) -> list[tuple[float, np.ndarray, np.ndarray]]:
    """Constant, linear term and precision of all coefficients and paths at each point of the grid."""
    case.work.beta_sd[HABIT] = 30.0  # six days tell little of the load: let it matter
    if _DENSE:  # the case is the same each time, and reading it off takes seconds
        return _DENSE
    size = count(case) + 2 * SIX
    for pair in case.arrays.build_up:
        v = joint.unknowns(case.state, case.work)
        v.scalar[[TAU, DELAY]] = pair
        z = v.z.copy()

        def of(x, v=v, z=z):
            set_all(v, x)
            v.z = z
            return joint.log_joint(v, case.data, case.priors, case.arrays)

        _DENSE.append(joint.quadratic(of, size))
    return _DENSE


def without_paths(lin, precision, n):
    """Linear term and precision of the first n, the paths integrated out."""
    gain = np.linalg.solve(precision[n:, n:], precision[n:, :n]).T
    return lin[:n] - gain @ lin[n:], precision[:n, :n] - gain @ precision[n:, :n]


def test_coefficients_without_paths_have_the_mean_and_covariance_of_dense_algebra(case, dense):
    """At each point of the grid, to eight digits."""
    weigh(case.data, case.state, case.arrays, case.work)
    n, course = count(case), len(case.state.beta) + len(case.state.course) - 1
    lower = np.tril(case.work.p) + np.tril(case.work.p, -1).T
    for g, (_, dense_lin, dense_precision) in enumerate(dense):
        # the engine keeps a flare's size behind all coefficients, and the load's columns behind that
        columns = [0, n - 1 + g, *range(1, course - 1), n - 2, *range(course - 1, n - 2)]
        precision, lin = lower[np.ix_(columns, columns)], case.work.lin_b[columns]
        expected_lin, expected = without_paths(dense_lin, dense_precision, n)
        covariance = np.linalg.inv(expected)
        assert np.linalg.inv(precision) == pytest.approx(covariance, rel=1e-8, abs=1e-8)
        assert np.linalg.solve(precision, lin) == pytest.approx(covariance @ expected_lin, rel=1e-8, abs=1e-8)


def test_time_constants_are_weighed_with_all_coefficients_integrated_out(case, dense):
    """Given a flare's size; the pathway's own equation is counted too."""
    size, grid = count(case) - 2, len(case.arrays.build_up)
    weigh(case.data, case.state, case.arrays, case.work)
    weigh_grid(size, grid, case.state, case.work)
    ours = case.work.cells[2, :grid]
    held, theirs = len(case.state.beta) + len(case.state.course) - 1, []
    for c, lin, precision in dense:
        at = case.state.course[-1]
        rest = np.arange(len(lin)) != held
        free = lin[rest] - precision[rest, held] * at
        inside = precision[np.ix_(rest, rest)]
        log = c + lin[held] * at - 0.5 * precision[held, held] * at**2
        theirs.append(log + 0.5 * free @ np.linalg.solve(inside, free) - 0.5 * np.linalg.slogdet(inside)[1])
    assert np.ptp(theirs) > 0.02
    assert ours - ours[0] == pytest.approx(np.array(theirs) - theirs[0], rel=1e-7, abs=1e-8)


def test_coefficients_and_paths_are_drawn_from_their_joint_law(case, dense):
    """Mean and spread of every one, over all time constants, within five Monte Carlo errors."""
    case.arrays.scalar[P_FLARE_LEAST] = -60.0  # so that the law is a mixture of Gaussians
    weight, first, second = [], [], []
    for c, lin, precision in dense:
        covariance = np.linalg.inv(precision)
        mean = covariance @ lin
        weight.append(c + 0.5 * lin @ mean + 0.5 * np.linalg.slogdet(covariance)[1])
        first.append(mean)
        second.append(mean**2 + np.diag(covariance))
    weight = np.exp(np.array(weight) - max(weight))
    weight /= weight.sum()
    mean = weight @ np.array(first)
    variance = weight @ np.array(second) - mean**2
    out = np.zeros((DRAWS, 2 + len(mean)))
    draw(stream(4, 0), case.data, case.state, case.arrays, case.work, out)
    for pair, chance in zip(case.arrays.build_up, weight, strict=True):
        share = np.mean(np.all(out[:, :2] == pair, axis=1))
        assert abs(share - chance) < 5 * math.sqrt(chance * (1 - chance) / DRAWS)
    for x, m, v in zip(out[:, 2:].T, mean, variance, strict=True):
        for values, truth in ((x, m), ((x - m) ** 2, v)):
            size = max(ess_bulk(values.reshape(4, -1)), 1.0)
            assert abs(values.mean() - truth) < 5.0 * values.std() / math.sqrt(size)


def test_a_flare_is_never_smaller_than_its_least(case):
    """Its size is drawn from the normal's part above the bound."""
    out = np.zeros((500, 2 + count(case) + 2 * SIX))
    draw(stream(5, 0), case.data, case.state, case.arrays, case.work, out)
    sizes = out[:, 2 + len(case.state.beta) + len(case.state.course) - 1]
    assert sizes.min() >= case.arrays.scalar[P_FLARE_LEAST]
    assert sizes.std() > 0.05
