"""Random numbers: the right law, from a counter, the same again for the same seed."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from backstride.model.random import bits, gamma, normal, stream, truncated_normal, uniform

N = 100_000
STANDARD = NormalDist()


def many(draw, *arguments, seed: int = 1, count: int = N) -> np.ndarray:
    """`count` draws from one stream."""
    rng = stream(seed, 0)
    return np.array([draw(rng, *arguments) for _ in range(count)])


def distance(draws: np.ndarray, cdf) -> float:
    """Kolmogorov-Smirnov distance, in units of its 0.1 % point."""
    x = np.sort(draws)
    p = np.array([cdf(v) for v in x])
    i = np.arange(len(x))
    return max(np.max(p - i / len(x)), np.max((i + 1) / len(x) - p)) * math.sqrt(len(x)) / 1.949


def test_bits_are_those_of_splitmix64():
    """The counter and its hash agree with plain integers."""
    rng, mask = stream(3, 5), (1 << 64) - 1
    counter = int(rng[0])
    for _ in range(50):
        counter = (counter + 0x9E3779B97F4A7C15) & mask
        z = ((counter ^ (counter >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        assert int(bits(rng)) == z ^ (z >> 31)


def test_uniforms_are_uniform_and_never_reach_the_ends():
    """(0, 1), evenly."""
    u = many(uniform)
    assert distance(u, lambda x: x) < 1.0
    assert 0.0 < u.min() < u.max() < 1.0


def test_normals_are_normal():
    """Body and both tails follow the normal law."""
    z = many(normal, count=200_000)
    assert distance(z, STANDARD.cdf) < 1.0
    beyond = np.mean(np.abs(z) > 3.442619855899)
    expected = 2 * STANDARD.cdf(-3.442619855899)
    assert abs(beyond - expected) < 5 * math.sqrt(expected / len(z))


@pytest.mark.parametrize(
    ("mean", "sd", "lower", "upper"),
    [
        (0, 1, -0.5, 0.5), (0, 1, -3, 3), (1, 2, 4, 5), (0, 1, 6, math.inf), (0, 1, -math.inf, -5),
        (0, 1, -1, math.inf), (5, 0.3, 2.5, 3.5), (0, 1, 3, 3.01), (0, 1, -math.inf, math.inf), (0, 1, 0.1, 9),
    ],
)  # fmt: skip
def test_truncated_normals_follow_their_law(mean, sd, lower, upper):
    """Inside, and by the closed-form distribution function, near and far out."""
    x = many(truncated_normal, mean, sd, lower, upper, count=30_000)
    a, b = (lower - mean) / sd, (upper - mean) / sd
    sign = -1.0 if a > 0 else 1.0  # work in the lower tail, where the digits are
    ends = sorted((sign * a, sign * b))
    low, high = (STANDARD.cdf(e) if math.isfinite(e) else float(e > 0) for e in ends)
    z = sign * (x - mean) / sd
    assert lower <= x.min()
    assert x.max() <= upper
    assert distance(z, lambda v: (STANDARD.cdf(v) - low) / (high - low)) < 1.0


@pytest.mark.parametrize("shape", [1.0, 3.5, 90.0])
def test_gammas_have_their_mean_and_variance(shape):
    """Both equal the shape."""
    g = many(gamma, shape)
    assert abs(g.mean() - shape) < 5 * math.sqrt(shape / N)
    assert abs(g.var() - shape) < 6 * shape * math.sqrt((2 + 6 / shape) / N)


def test_a_stream_can_be_drawn_again():
    """The same seed and number give the same draws; another number gives others."""
    again = [many(normal, seed=s, count=100) for s in (7, 7, 8)]
    assert np.array_equal(again[0], again[1])
    assert not np.array_equal(again[0], again[2])
    other = stream(7, 1)
    assert normal(other) not in again[0]
