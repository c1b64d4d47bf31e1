"""Truncated normals drawn many at a time."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from backstride.model import truncated
from backstride.model.compiled import kernel
from backstride.model.normal import interval_probability
from backstride.model.random import stream
from backstride.model.truncated import ROWS, room

N = 40_000
STANDARD = NormalDist()


@kernel
def draw(rng, cells, n) -> None:
    """Close the last lanes, and draw."""
    truncated.close(cells, n)
    truncated.draw_between(rng, cells, n)


@kernel
def log_chance(cells, n, sd) -> float:
    """Close the last lanes, and sum."""
    truncated.close(cells, n)
    return truncated.log_chance(cells, n, sd)


def laid_out(mean, sd, lower, upper, count: int = N) -> np.ndarray:
    """Cells of one law, or one a cell."""
    cells = room(count)
    cells[:4, :count] = np.broadcast_to(
        np.array([mean, sd, lower, upper], dtype=float).reshape(4, -1), (4, count)
    )
    return cells


def log_survival(x: float) -> float:
    """Log P(N(0, 1) > x) for x > 30 (Abramowitz & Stegun 26.2.12)."""
    return -0.5 * x * x - math.log(x * math.sqrt(2.0 * math.pi)) + math.log1p(-1.0 / x**2 + 3.0 / x**4)


@pytest.mark.parametrize(
    ("mean", "sd", "lower", "upper"),
    [
        (0, 1, -0.5, 0.5), (0, 1, -3, 3), (1, 2, 4, 5), (0, 1, 6, math.inf), (0, 1, -math.inf, -5),
        (0, 1, -1, math.inf), (5, 0.3, 2.5, 3.5), (0, 1, 3, 3.01), (0, 1, -math.inf, math.inf), (0, 1, 0.1, 9),
    ],
)  # fmt: skip
def test_they_follow_their_law(mean, sd, lower, upper):
    """Inside, and by the closed-form distribution function, near and far out."""
    cells = laid_out(mean, sd, lower, upper)
    draw(stream(1, 0), cells, N)
    x = cells[truncated.VALUE, :N]
    a, b = (lower - mean) / sd, (upper - mean) / sd
    sign = -1.0 if a > 0 else 1.0  # work in the lower tail, where the digits are
    ends = sorted((sign * a, sign * b))
    low, high = (STANDARD.cdf(e) if math.isfinite(e) else float(e > 0) for e in ends)
    z = np.sort(sign * (x - mean) / sd)
    p = (np.array([STANDARD.cdf(v) for v in z]) - low) / (high - low)
    i = np.arange(N)
    assert lower <= x.min()
    assert x.max() <= upper
    assert max(np.max(p - i / N), np.max((i + 1) / N - p)) * math.sqrt(N) < 1.949  # its 0.1 % point


@pytest.mark.parametrize(
    ("lower", "upper"), [(60.0, math.inf), (-math.inf, -45.0), (60.0, 60.005), (41.0, 47.0)]
)
def test_they_follow_their_law_beyond_the_least_double(lower, upper):
    """Where P(N > a) is below every double, by the asymptotic series."""
    cells = laid_out(0.0, 1.0, lower, upper)
    draw(stream(2, 0), cells, N)
    x = cells[truncated.VALUE, :N]
    a, b = (lower, upper) if lower > 0 else (-upper, -lower)
    z = np.sort(np.abs(x))
    rest = math.exp(log_survival(b) - log_survival(a)) if math.isfinite(b) else 0.0
    p = np.array([(1.0 - math.exp(log_survival(v) - log_survival(a))) / (1.0 - rest) for v in z])
    i = np.arange(N)
    assert a <= z[0]
    assert z[-1] <= b
    assert max(np.max(p - i / N), np.max((i + 1) / N - p)) * math.sqrt(N) < 1.949


def test_a_cell_keeps_its_draw_whatever_stands_beside_it():
    """Cell i takes number i of the stream: fewer or more cells change nothing, and the stream goes on behind them."""
    many, few = laid_out(0.3, 1.2, -1.0, 2.0, 21), laid_out(0.3, 1.2, -1.0, 2.0, 5)
    rng, other = stream(4, 0), stream(4, 0)
    draw(rng, many, 21)
    draw(other, few, 5)
    assert np.array_equal(many[truncated.VALUE, :5], few[truncated.VALUE, :5])
    draw(other, few, 5)
    assert np.array_equal(many[truncated.VALUE, 5:10], few[truncated.VALUE, :5])


def test_the_log_chance_is_that_of_one_interval_after_another():
    """The sum of log interval probabilities, near and far, for numbers of cells that fill no whole lanes."""
    rng = np.random.default_rng(3)
    for count in (1, 7, 8, 61):
        mean, lower = 3.0 * rng.standard_normal(count), 3.0 * rng.standard_normal(count)
        upper = np.where(rng.random(count) < 0.2, math.inf, lower + rng.random(count))
        cells = room(count)
        cells[:, :count] = [mean, np.ones(count), lower, upper, np.zeros(count)]
        expected = [
            math.log(interval_probability((lo - m) / 0.7, (hi - m) / 0.7))
            for m, lo, hi in zip(mean, lower, upper, strict=True)
        ]
        assert log_chance(cells, count, 0.7) == pytest.approx(sum(expected), rel=1e-9)
    assert len(room(3)) == ROWS
