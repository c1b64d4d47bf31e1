"""The steps of the population's sampler that go through all people, compiled.

Each random number comes from (seed, sweep, person, place) by a hash, and each sum is made block by block of people in
their order: so the numbers are the same however the blocks are spread over shards. Nothing here is reordered by the
compiler (no fast maths).
"""

import math

import numba
import numpy as np
from numba import uint64
from numpy.typing import NDArray

from backstride.model import compiled  # names the folder of compiled code
from backstride.model.arrays import Floats

BLOCK = 256
NUS = (4.0, 6.0, 10.0, 30.0)
"""Degrees of freedom of the spread between people, each as likely as the other a priori."""
assert compiled.ENGINE
_kernel = numba.njit(cache=True, nogil=True, error_model="numpy")


@_kernel
def _mixed(x: np.uint64) -> np.uint64:
    """Apply the finaliser of splitmix64."""
    x = (x ^ (x >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> uint64(27))) * uint64(0x94D049BB133111EB)
    return x ^ (x >> uint64(31))


@_kernel
def uniform(seed: int, sweep: int, person: int, place: int) -> float:
    """Draw a number between 0 and 1 that belongs to (seed, sweep, person, place)."""
    x = _mixed(uint64(seed) * uint64(0x9E3779B97F4A7C15) + uint64(sweep))
    x = _mixed(x + uint64(person) * uint64(0xD1B54A32D192ED03))
    x = _mixed(x + uint64(place + 1) * uint64(0x9E3779B97F4A7C15))
    return (float(x >> uint64(11)) + 0.5) / 9007199254740992.0


@_kernel
def _normal(seed: int, sweep: int, person: int, place: int) -> float:
    """Draw a standard normal likewise (Box and Muller); takes two places."""
    radius = math.sqrt(-2.0 * math.log(uniform(seed, sweep, person, place)))
    return radius * math.cos(2.0 * math.pi * uniform(seed, sweep, person, place + 1))


@_kernel
def _gamma(shape: float, seed: int, sweep: int, person: int, place: int) -> float:
    """Gamma(shape, 1), shape above 1 (Marsaglia and Tsang 2000)."""
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        z = _normal(seed, sweep, person, place)
        v = (1.0 + c * z) ** 3
        if v > 0.0 and math.log(
            uniform(seed, sweep, person, place + 2)
        ) < 0.5 * z * z + d - d * v + d * math.log(v):
            return d * v
        place += 3


@_kernel
def _log_normal(r0: float, r1: float, v00: float, v01: float, v11: float) -> float:
    """Log density of a bivariate normal at a residual, but for a constant."""
    det = v00 * v11 - v01 * v01
    return -0.5 * (v11 * r0 * r0 - 2.0 * v01 * r0 * r1 + v00 * r1 * r1) / det - 0.5 * math.log(det)


@_kernel
def choose_components(
    seed: int, sweep: int, first: int, log_weight: Floats, mean: Floats, covariance: Floats, mu: Floats,
    sigma: Floats, scale: Floats, chosen: NDArray[np.int64],
) -> None:  # fmt: skip
    """Which Gaussian of each person's mixture their effects come from; their effects are integrated out."""
    n, many = log_weight.shape
    log = np.zeros(many)
    for i in range(n):
        most = -np.inf
        for k in range(many):
            log[k] = log_weight[i, k] + _log_normal(
                mean[i, k, 0] - mu[i, 0],
                mean[i, k, 1] - mu[i, 1],
                covariance[i, k, 0, 0] + sigma[0] / scale[i],
                covariance[i, k, 0, 1] + sigma[1] / scale[i],
                covariance[i, k, 1, 1] + sigma[2] / scale[i],
            )
            most = max(most, log[k])
        total = 0.0
        for k in range(many):
            log[k] = math.exp(log[k] - most)
            total += log[k]
        at = uniform(seed, sweep, first + i, 0) * total
        chosen[i] = many - 1
        for k in range(many):
            at -= log[k]
            if at < 0.0:
                chosen[i] = k
                break


@_kernel
def log_likelihood(
    mean: Floats,
    covariance: Floats,
    chosen: NDArray[np.int64],
    mu: Floats,
    sigma: Floats,
    scale: Floats,
    out: Floats,
) -> None:
    """(blocks,) log likelihood of the population's covariance, effects integrated out, block by block."""
    out[:] = 0.0
    for i in range(len(chosen)):
        k = chosen[i]
        out[i // BLOCK] += _log_normal(
            mean[i, k, 0] - mu[i, 0],
            mean[i, k, 1] - mu[i, 1],
            covariance[i, k, 0, 0] + sigma[0] / scale[i],
            covariance[i, k, 0, 1] + sigma[1] / scale[i],
            covariance[i, k, 1, 1] + sigma[2] / scale[i],
        )


@_kernel
def normal_equations(
    Z: Floats, mean: Floats, covariance: Floats, chosen: NDArray[np.int64], sigma: Floats, scale: Floats,
    A: Floats, b: Floats,
) -> None:  # fmt: skip
    """Sum z z' (x) P and z (x) P m, P the precision of m: A (blocks, 2p, 2p), b (blocks, 2p)."""
    p = Z.shape[1]
    A[:] = 0.0
    b[:] = 0.0
    for i in range(len(chosen)):
        k = chosen[i]
        v00 = covariance[i, k, 0, 0] + sigma[0] / scale[i]
        v01 = covariance[i, k, 0, 1] + sigma[1] / scale[i]
        v11 = covariance[i, k, 1, 1] + sigma[2] / scale[i]
        det = v00 * v11 - v01 * v01
        p00, p01, p11 = v11 / det, -v01 / det, v00 / det
        m0, m1 = mean[i, k, 0], mean[i, k, 1]
        block = i // BLOCK
        for u in range(p):
            z = Z[i, u]
            b[block, u] += z * (p00 * m0 + p01 * m1)
            b[block, p + u] += z * (p01 * m0 + p11 * m1)
            for w in range(p):
                zz = z * Z[i, w]
                A[block, u, w] += zz * p00
                A[block, u, p + w] += zz * p01
                A[block, p + u, w] += zz * p01
                A[block, p + u, p + w] += zz * p11


@_kernel
def draw_effects(
    seed: int, sweep: int, first: int, mean: Floats, covariance: Floats, chosen: NDArray[np.int64], mu: Floats,
    sigma: Floats, scale: Floats, effects: Floats, power: Floats, sums: Floats,
) -> None:  # fmt: skip
    """Each person's effects, and (blocks, 4) sums of log(1 + power / nu) for each nu; power = r' Sigma^-1 r."""
    det = sigma[0] * sigma[2] - sigma[1] * sigma[1]
    s00, s01, s11 = sigma[2] / det, -sigma[1] / det, sigma[0] / det
    sums[:] = 0.0
    for i in range(len(chosen)):
        k = chosen[i]
        c00, c01, c11 = covariance[i, k, 0, 0], covariance[i, k, 0, 1], covariance[i, k, 1, 1]
        d = c00 * c11 - c01 * c01
        v00, v01, v11 = c11 / d, -c01 / d, c00 / d
        weight = scale[i]
        q00, q01, q11 = v00 + weight * s00, v01 + weight * s01, v11 + weight * s11
        t0 = v00 * mean[i, k, 0] + v01 * mean[i, k, 1] + weight * (s00 * mu[i, 0] + s01 * mu[i, 1])
        t1 = v01 * mean[i, k, 0] + v11 * mean[i, k, 1] + weight * (s01 * mu[i, 0] + s11 * mu[i, 1])
        dq = q00 * q11 - q01 * q01
        w00, w01, w11 = q11 / dq, -q01 / dq, q00 / dq
        root = math.sqrt(w00)
        low = w01 / root
        z0, z1 = _normal(seed, sweep, first + i, 1), _normal(seed, sweep, first + i, 3)
        effects[i, 0] = w00 * t0 + w01 * t1 + root * z0
        effects[i, 1] = w01 * t0 + w11 * t1 + low * z0 + math.sqrt(max(w11 - low * low, 0.0)) * z1
        r0, r1 = effects[i, 0] - mu[i, 0], effects[i, 1] - mu[i, 1]
        power[i] = s00 * r0 * r0 + 2.0 * s01 * r0 * r1 + s11 * r1 * r1
        for j in range(len(NUS)):
            sums[i // BLOCK, j] += math.log1p(power[i] / NUS[j])


@_kernel
def draw_scales(seed: int, sweep: int, first: int, nu: float, power: Floats, scale: Floats) -> None:
    """Each person's scale of the t: Gamma((nu + 2) / 2, rate (nu + power) / 2)."""
    for i in range(len(power)):
        scale[i] = _gamma(0.5 * (nu + 2.0), seed, sweep, first + i, 5) / (0.5 * (nu + power[i]))
