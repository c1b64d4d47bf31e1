"""Functions of lanes against those of one number at a time."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from backstride.model import lane_math
from backstride.model.compiled import kernel
from backstride.model.lanes import WIDE, load, store
from backstride.model.random import bits, stream


@kernel
def exps(x, out) -> None:
    """The exponential of each."""
    for i in range(0, x.shape[0], WIDE):
        store(out, i, lane_math.exp(load(x, i)))


@kernel
def logs(x, out) -> None:
    """The logarithm of each."""
    for i in range(0, x.shape[0], WIDE):
        store(out, i, lane_math.log(load(x, i)))


@kernel
def tails(x, out) -> None:
    """P(N(0, 1) > x) of each."""
    for i in range(0, x.shape[0], WIDE):
        store(out, i, lane_math.upper_tail(load(x, i)))


@kernel
def points(p, out) -> None:
    """The point of each tail."""
    for i in range(0, p.shape[0], WIDE):
        store(out, i, lane_math.of_upper_tail(load(p, i)))


@kernel
def uniforms(rng, out) -> None:
    """One row of lanes."""
    store(out, 0, lane_math.uniforms(rng[0]))


def of(function, x) -> np.ndarray:
    """The function at each x."""
    out = np.zeros(len(x))
    function(np.array(x), out)
    return out


def test_the_exponential_keeps_thirteen_digits():
    """Relative error below 5e-14 over its whole range."""
    x = np.linspace(-707.9, 707.9, 8 * 5000)
    assert np.max(np.abs(of(exps, x) / np.exp(x) - 1.0)) < 5e-14


def test_the_logarithm_is_exact_to_the_last_digits():
    """Relative error below 1e-14 from the least to the greatest double, and about 1."""
    x = np.concatenate([np.exp(np.linspace(-700.0, 700.0, 8 * 5000)), 1.0 + np.linspace(-0.5, 0.5, 8 * 500)])
    error = np.abs(of(logs, x) - np.log(x))
    assert np.max(error / np.maximum(np.abs(np.log(x)), 0.1)) < 1e-14


def test_the_upper_tail_keeps_its_digits_far_out():
    """Relative error below 2e-12 as far as erfc goes."""
    x = np.linspace(-37.0, 37.0, 8 * 2000)
    expected = np.array([0.5 * math.erfc(v / math.sqrt(2.0)) for v in x])
    assert np.max(np.abs(of(tails, x) / expected - 1.0)) < 2e-12


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_the_point_of_a_tail_is_the_inverse_of_the_tail(sign):
    """Absolute error below 1e-9, near and far out."""
    p = np.array([0.5 * math.erfc(v / math.sqrt(2.0)) for v in np.linspace(0.0, 36.0, 8 * 1000)])
    if sign < 0:
        p = p[p > 1e-12][: 8 * 100]
        expected = np.array([NormalDist().inv_cdf(v) for v in p])
        assert np.max(np.abs(of(points, 1.0 - p) - expected)) < 1e-5  # 1 - p has lost digits of p
        near = p > 1e-6
        assert np.max(np.abs(of(points, 1.0 - p) - expected)[near]) < 2e-9
    else:
        x = of(points, p)
        assert np.max(np.abs(x - np.linspace(0.0, 36.0, len(p)))) < 1e-9


def test_the_uniform_numbers_of_lanes_are_those_of_the_stream():
    """Lane i holds the upper 52 bits of number i + 1 after the counter."""
    rng, again, out = stream(3, 1), stream(3, 1), np.zeros(WIDE)
    uniforms(rng, out)
    expected = [(float(int(bits(again)) >> 12) + 0.5) * 2.0**-52 for _ in range(WIDE)]
    assert np.max(np.abs(out - expected)) < 1e-15
    assert 0.0 < out.min() < out.max() < 1.0
