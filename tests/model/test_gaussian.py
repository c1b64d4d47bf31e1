"""Gaussian draws against dense linear algebra."""

import math

import numpy as np
import pytest

from backstride.model.collapsed import log_marginal
from backstride.model.gaussian import add_row, draw, draw_path, start_from_prior
from backstride.model.random import stream

DRAWS, DAYS, P = 40_000, 6, 3


def precision(n: int, rng) -> np.ndarray:
    """A random precision."""
    a = rng.standard_normal((n, n))
    return a @ a.T + n * np.eye(n)


def agrees(draws: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> bool:
    """Mean and covariance within six Monte Carlo standard errors."""
    se = np.sqrt(np.diag(covariance) / len(draws))
    spread = np.sqrt(np.outer(np.diag(covariance), np.diag(covariance)) + covariance**2) / math.sqrt(
        len(draws)
    )
    fine = np.all(np.abs(draws.mean(axis=0) - mean) < 6 * se)
    return bool(fine and np.all(np.abs(np.cov(draws.T) - covariance) < 6 * spread))


def test_a_draw_has_the_mean_and_covariance_of_its_precision():
    """P^-1 l and P^-1."""
    rng, key = np.random.default_rng(1), stream(1, 0)
    p, lin = precision(P, rng), rng.standard_normal(P)
    out, draws = np.zeros(P), np.zeros((DRAWS, P))
    for i in range(DRAWS):
        assert draw(key, p.copy(), lin.copy(), P, out, -math.inf, math.inf)
        draws[i] = out
    assert agrees(draws, np.linalg.solve(p, lin), np.linalg.inv(p))


def test_truncating_the_last_component_is_exact():
    """Equal to throwing away the draws outside."""
    rng, key = np.random.default_rng(2), stream(2, 0)
    p, lin = precision(P, rng), rng.standard_normal(P)
    inside, free = np.zeros((DRAWS, P)), np.zeros((4 * DRAWS, P))
    for i in range(DRAWS):
        draw(key, p.copy(), lin.copy(), P, inside[i], 0.0, 0.4)
    for i in range(4 * DRAWS):
        draw(key, p.copy(), lin.copy(), P, free[i], -math.inf, math.inf)
    kept = free[(free[:, -1] > 0) & (free[:, -1] <= 0.4)]
    se = np.sqrt(inside.var(axis=0) / len(inside) + kept.var(axis=0) / len(kept))
    assert np.all(np.abs(inside.mean(axis=0) - kept.mean(axis=0)) < 5 * se)


def test_a_precision_that_is_none_is_refused():
    """False, rather than numbers."""
    assert not draw(stream(1, 0), -np.eye(2), np.zeros(2), 2, np.zeros(2), -math.inf, math.inf)


def test_rows_add_up_to_the_normal_equations():
    """(P, l) after all rows is the ridge regression's."""
    rng = np.random.default_rng(3)
    x, y, sd = rng.standard_normal((20, P)), rng.standard_normal(20), np.array([1.0, 2.0, 0.5])
    p, lin = np.zeros((P, P)), np.zeros(P)
    start_from_prior(p, lin, np.ones(P), sd, P)
    for row, value in zip(x, y, strict=True):
        add_row(p, lin, row, P, value, 4.0)
    assert np.allclose(np.tril(p), np.tril(4 * x.T @ x + np.diag(sd**-2)))
    assert np.allclose(lin, 4 * x.T @ y + sd**-2)


def a_path(rng):
    """Tridiagonal precision, linear term, cross terms, and the whole dense precision."""
    diagonal, off = 3 + rng.random(DAYS), -rng.random(DAYS - 1)
    lin, cross = rng.standard_normal(DAYS), 0.3 * rng.standard_normal((DAYS, P))
    q = np.diag(diagonal) + np.diag(off, 1) + np.diag(off, -1)
    return diagonal, off, lin, cross, q


def test_a_path_has_the_law_of_its_tridiagonal_precision():
    """Against the dense inverse."""
    rng, key = np.random.default_rng(4), stream(4, 0)
    diagonal, off, lin, _, q = a_path(rng)
    draws = np.zeros((DRAWS, DAYS))
    for row in draws:
        assert draw_path(key, diagonal.copy(), off, lin.copy(), row)
    assert agrees(draws, np.linalg.solve(q, lin), np.linalg.inv(q))


def test_a_path_integrates_out_as_the_dense_gaussian_does():
    """Differences of the log marginal equal those of the dense formula, for two carry-overs and noises."""
    rng = np.random.default_rng(6)
    push, info_precision, info_linear = rng.standard_normal(DAYS), rng.random(DAYS), rng.standard_normal(DAYS)
    extra, extra_lin = rng.random(DAYS), rng.standard_normal(DAYS)

    def dense(carry: float, sd: float, by: float, by_lin: float) -> float:
        step = np.eye(DAYS) - carry * np.eye(DAYS, k=-1)
        weight = np.diag(np.r_[0.8, np.full(DAYS - 1, sd**-2)])
        u = np.r_[0.0, push[1:]]
        q = step.T @ weight @ step + np.diag(info_precision + by * extra)
        lin = step.T @ weight @ u + info_linear + by_lin * extra_lin
        half = 0.5 * (lin @ np.linalg.solve(q, lin) - u @ weight @ u)
        return half - 0.5 * np.linalg.slogdet(q)[1] - (DAYS - 1) * math.log(sd)

    settings = [(0.4, 0.8, 1.0, 1.0), (0.7, 1.5, 2.0, -1.0)]
    ours = [
        log_marginal(c, s, 0.8, push, info_precision, info_linear, extra, extra_lin, b, bl)
        for c, s, b, bl in settings
    ]
    theirs = [dense(*s) for s in settings]
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0], rel=1e-10)
