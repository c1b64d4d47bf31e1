"""Random numbers from a counter: the same seed gives the same draws, whatever the number of threads.

SplitMix64 (Steele, Lea & Flood 2014, OOPSLA, doi:10.1145/2660193.2660195): draw n of a stream is a hash of
(start + n * gamma), so a stream is a counter and nothing else. `rng` is an array of one uint64, the counter.
"""

import math

import numpy as np
from numpy.typing import NDArray

from backstride.model.compiled import kernel, step

Rng = NDArray[np.uint64]

GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_TO_UNIT = 1.0 / (1 << 53)

_LAYERS = 128
_R = 3.442619855899  # right end of the last layer (Marsaglia & Tsang 2000, doi:10.18637/jss.v005.i08)
_AREA = 9.91256303526217e-3
_LAYER_MASK = np.uint64(_LAYERS - 1)


def _layer_edges() -> NDArray[np.float64]:
    edges = np.zeros(_LAYERS + 1)
    edges[0] = _AREA / math.exp(-0.5 * _R * _R)
    edges[1] = _R
    for i in range(2, _LAYERS):
        height = _AREA / edges[i - 1] + math.exp(-0.5 * edges[i - 1] ** 2)
        edges[i] = math.sqrt(-2.0 * math.log(height))
    return edges


_EDGE = _layer_edges()
_RATIO = _EDGE[1:] / _EDGE[:-1]


def stream(seed: int, number: int) -> Rng:
    """Stream `number` of `seed`: its counter starts at a hash of both."""
    mask = (1 << 64) - 1
    start = seed & mask
    for word in (number & mask, 0x5851F42D4C957F2D):
        start = _hash((start ^ _hash(word)) & mask)
    return np.array([start], dtype=np.uint64)


def _hash(value: int) -> int:
    mask = (1 << 64) - 1
    z = (value + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


@kernel
def bits(rng: Rng) -> np.uint64:
    """Draw 64 random bits."""
    rng[0] += GAMMA
    z = rng[0]
    z = (z ^ (z >> _S30)) * MIX_1
    z = (z ^ (z >> _S27)) * MIX_2
    return z ^ (z >> _S31)


@kernel
def uniform(rng: Rng) -> float:
    """Draw uniformly on (0, 1): never 0, never 1."""
    return (float(bits(rng) >> _S11) + 0.5) * _TO_UNIT


@kernel
def exponential(rng: Rng) -> float:
    """Draw an exponential number with mean 1."""
    return -math.log(uniform(rng))


@kernel
def normal(rng: Rng) -> float:
    """Draw a standard normal by the ziggurat, layer and height from separate bits (Doornik 2005)."""
    while True:
        word = bits(rng)
        layer = int(word & _LAYER_MASK)
        u = 2.0 * (float(word >> _S11) + 0.5) * _TO_UNIT - 1.0
        if abs(u) < _RATIO[layer]:
            return u * _EDGE[layer]
        if layer == 0:
            tail = _tail(rng, _R)
            return tail if u > 0.0 else -tail
        x = u * _EDGE[layer]
        outer = math.exp(-0.5 * (_EDGE[layer] * _EDGE[layer] - x * x))
        inner = math.exp(-0.5 * (_EDGE[layer + 1] * _EDGE[layer + 1] - x * x))
        if inner + uniform(rng) * (outer - inner) < 1.0:
            return x


@kernel
def gamma(rng: Rng, shape: float) -> float:
    """Draw from Gamma(shape >= 1, 1): a squeezed cubed normal (Marsaglia & Tsang 2000, doi:10.1145/358407.358414)."""
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(rng)
        v = (1.0 + c * x) ** 3
        if v > 0.0 and 0.5 * x * x + d - d * v + d * math.log(v) > -exponential(rng):
            return d * v


@step
def _tail(rng: Rng, least: float) -> float:
    """Draw a standard normal given that it is above `least` > 0 (Marsaglia 1964)."""
    while True:
        x = exponential(rng) / least
        if 2.0 * exponential(rng) > x * x:
            return least + x


@kernel
def truncated_normal(rng: Rng, mean: float, sd: float, lower: float, upper: float) -> float:
    """Draw from Normal(mean, sd) given lower < value <= upper; either bound may be infinite.

    Args:
        rng: the stream.
        mean, sd: before the bounds.
        lower, upper: bounds.
    """
    a = (lower - mean) / sd
    b = (upper - mean) / sd
    if b < 0.0 or (a < 0.0 and -a > b):
        return mean - sd * _standard_truncated(rng, -b, -a)
    return mean + sd * _standard_truncated(rng, a, b)


@step
def _from_narrow(rng: Rng, a: float, b: float, least: float) -> float:
    """Draw a standard normal in (a, b) by a uniform proposal; `least` is the smallest square in the interval."""
    while True:
        x = a + (b - a) * uniform(rng)
        q = 0.5 * (x * x - least)
        u = uniform(rng)
        if u <= 1.0 - q or u < math.exp(-q):  # 1 - q <= exp(-q) saves most exponentials
            return x


@step
def _standard_truncated(rng: Rng, a: float, b: float) -> float:
    """Draw a standard normal in (a, b) where the nearer end to 0 is a, or 0 lies inside (Robert 1995).

    Proposal: the normal itself where the interval is wide about 0, a uniform where it is narrow, and a
    shifted exponential in a tail. Each is accepted with the ratio that makes the result exact.
    """
    if a <= 0.0:
        if b - a > 2.5:
            while True:
                x = normal(rng)
                if a < x <= b:
                    return x
        return _from_narrow(rng, a, b, 0.0)
    if (b - a) * a < 1.5:
        return _from_narrow(rng, a, b, a * a)
    rate = 0.5 * (a + math.sqrt(a * a + 4.0))
    while True:
        x = a + exponential(rng) / rate
        if x <= b and 2.0 * exponential(rng) > (x - rate) * (x - rate):
            return x
