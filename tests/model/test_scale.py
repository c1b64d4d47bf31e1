"""Draws of a standard deviation against the law on a fine grid."""

import itertools
import math

import numpy as np
import pytest

from backstride.model.diagnostics import ess_bulk
from backstride.model.random import stream
from backstride.model.scale import (
    MIN_SCALE,
    STEPS_OUT,
    draw_noncentred_scale,
    draw_scale,
    first_width,
    log_density,
)


@pytest.mark.parametrize(("n", "squares", "scale"), [(20.0, 15.0, 1.0), (2.0, 0.01, 0.5), (0.0, 0.0, 0.7)])
def test_the_slice_sampler_keeps_its_law(n, squares, scale):
    """Mean of log s equals the one summed over a grid, with few residuals, many, and none."""
    key, s, draws = stream(1, 0), 0.5, np.zeros(20_000)
    for i in range(len(draws)):
        s = draw_scale(key, s, n, squares, scale)
        draws[i] = math.log(s)
    x = np.linspace(-14, 3, 20_001)
    w = np.exp([log_density(math.exp(v), n, squares, scale, MIN_SCALE) for v in x])
    mean = float((w * x).sum() / w.sum())
    assert abs(draws.mean() - mean) < 5 * draws.std() / math.sqrt(ess_bulk(draws.reshape(4, -1)))


@pytest.mark.parametrize("n", [0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 50.0, 180.0, 1000.0])
def test_the_limit_of_stepping_out_never_counts(n):
    """A slice far below the mode is narrower than the steps that one side may take, whatever the residuals are."""
    x = np.linspace(math.log(MIN_SCALE) + 1e-9, 5.0, 4001)
    for size, prior in itertools.product((0.0, 0.01, 0.1, 1.0, 10.0), (0.05, 0.5, 4.0)):
        log = np.array([log_density(math.exp(v), n, n * size**2, prior, MIN_SCALE) for v in x])
        slice_ = x[log > log.max() - 25.0]
        assert (slice_[-1] - slice_[0]) / first_width(n) < STEPS_OUT


def test_the_partner_draw_is_a_normal_above_zero():
    """Mean of the truncated normal with the given precision and linear term, prior included."""
    key = stream(2, 0)
    draws = np.array([draw_noncentred_scale(key, 3.0, 1.0, 0.5) for _ in range(40_000)])
    x = np.linspace(0, 4, 40_001)
    w = np.exp(-0.5 * (3.0 + 4.0) * x**2 + x)
    assert abs(draws.mean() - float((w * x).sum() / w.sum())) < 5 * draws.std() / 200
