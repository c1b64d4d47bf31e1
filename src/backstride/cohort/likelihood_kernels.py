"""The interim prior times a Gaussian likelihood: its mass and its moments, compiled."""

import math

import numba
import numpy as np

from backstride.model import compiled  # names the folder of compiled code
from backstride.model.arrays import Floats

assert compiled.ENGINE


@numba.njit(cache=True, nogil=True, error_model="numpy")
def mass_and_moments(covariance: Floats, natural: Floats, out: Floats) -> float:
    """Integrate pi0(g) exp(b g - g' P g / 2), pi0 = mean over N(0, C), in closed form.

    Args:
        covariance: (M, 2, 2) every C.
        natural: (5,) b (2) and P (00, 01, 11).
        out: (5,) takes the means of the features (`features` in likelihood.py) under the product.

    Returns:
        The log of the integral; infinite where it does not exist.
    """
    m = len(covariance)
    log, each = np.empty(m), np.empty((m, 5))
    b0, b1, p00, p01, p11 = natural
    most = -np.inf
    for j in range(m):
        c00, c01, c11 = covariance[j, 0, 0], covariance[j, 0, 1], covariance[j, 1, 1]
        a00, a01 = 1.0 + c00 * p00 + c01 * p01, c00 * p01 + c01 * p11
        a10, a11 = c01 * p00 + c11 * p01, 1.0 + c01 * p01 + c11 * p11
        det = a00 * a11 - a01 * a10
        if det <= 0.0 or a00 + a11 <= 0.0:
            return np.inf
        # (C^-1 + P)^-1 = (1 + C P)^-1 C, for C may be next to singular
        s00, s01, s11 = (
            (a11 * c00 - a01 * c01) / det,
            (a11 * c01 - a01 * c11) / det,
            (a00 * c11 - a10 * c01) / det,
        )
        g0, g1 = s00 * b0 + s01 * b1, s01 * b0 + s11 * b1
        log[j] = -0.5 * math.log(det) + 0.5 * (g0 * b0 + g1 * b1)
        most = max(most, log[j])
        each[j, 0], each[j, 1] = g0, g1
        each[j, 2], each[j, 3], each[j, 4] = -0.5 * (s00 + g0 * g0), -(s01 + g0 * g1), -0.5 * (s11 + g1 * g1)
    total = 0.0
    out[:] = 0.0
    for j in range(m):
        weight = math.exp(log[j] - most)
        total += weight
        for k in range(5):
            out[k] += weight * each[j, k]
    out /= total
    return most + math.log(total / m)
