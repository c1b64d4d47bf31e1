"""Gaussian draws: a small regression, and a long path together with its regression coefficients.

Everything is given by precisions. exp(-1/2 v'Pv + v'l) is written as the pair (P, l).
"""

import math

import numpy as np
from numpy.typing import NDArray

from backstride.model.compiled import kernel, step
from backstride.model.random import Rng, normal, truncated_normal
from backstride.model.rows import add_rows, add_scaled

Floats = NDArray[np.float64]


@step
def cholesky(p: Floats, n: int) -> bool:
    """P = L L', in place in the lower triangle of p[:n, :n]; False where P is not positive definite."""
    for j in range(n):
        for i in range(j, n):
            total = p[i, j]
            for k in range(j):
                total -= p[i, k] * p[j, k]
            if i == j:
                if not total > 0.0:
                    return False
                p[j, j] = math.sqrt(total)
            else:
                p[i, j] = total / p[j, j]
    return True


@kernel
def draw(rng: Rng, p: Floats, lin: Floats, n: int, out: Floats, lower: float, upper: float) -> bool:
    """Draw out ~ N(P^-1 l, P^-1); the LAST component only between `lower` and `upper`.

    With P = L L' and L u = l:  out = L'^-1 (u + noise). The last component is drawn from its own margin and
    the others given it, so truncating it is exact. `p` and `lin` are overwritten.
    """
    if not cholesky(p, n):
        return False
    for i in range(n):
        total = lin[i]
        for k in range(i):
            total -= p[i, k] * lin[k]
        lin[i] = total / p[i, i]
    for i in range(n - 1, -1, -1):
        total = lin[i]
        for k in range(i + 1, n):
            total -= p[k, i] * out[k]
        if i == n - 1:
            out[i] = truncated_normal(rng, total / p[i, i], 1.0 / p[i, i], lower, upper)
        else:
            out[i] = (total + normal(rng)) / p[i, i]
    return True


@kernel
def add_row(p: Floats, lin: Floats, row: Floats, n: int, y: float, weight: float) -> None:
    """Add the observation  y = row' v + noise of precision `weight`  to (P, l); lower triangle only."""
    for i in range(n):
        scaled = weight * row[i]
        lin[i] += scaled * y
        for j in range(i + 1):
            p[i, j] += scaled * row[j]


@kernel
def start_from_prior(p: Floats, lin: Floats, mean: Floats, sd: Floats, n: int) -> None:
    """Set (P, l) to independent priors N(mean, sd)."""
    for i in range(n):
        for j in range(i):
            p[i, j] = 0.0
        p[i, i] = 1.0 / (sd[i] * sd[i])
        lin[i] = mean[i] * p[i, i]


@kernel
def draw_path_and_coefficients(
    rng: Rng,
    diagonal: Floats,
    off: Floats,
    lin: Floats,
    cross: Floats,
    p: Floats,
    lin_b: Floats,
    path: Floats,
    b: Floats,
    lower: float = -math.inf,
) -> bool:
    """Draw a path of T values with tridiagonal precision and its p coefficients, jointly; the last one above `lower`.

        precision  [ Q     X ]   Q tridiagonal (diagonal (T,), off (T-1,)),  X = cross (T, p in whole lanes)
                   [ X'    P ]   linear terms  lin (T,), lin_b (p,)

    The path is integrated out by forward elimination (Q = L D L'), the coefficients are drawn from
    P - X' Q^-1 X, then the path given them by backward sampling (Rue & Held 2005, section 2.4).
    `diagonal`, `lin`, `cross`, `p`, `lin_b` are overwritten; the last three have the width of `rows.wide(p)`.
    """
    n_days, n = cross.shape[0], b.shape[0]
    for t in range(n_days):  # diagonal[t] becomes the inverse of what elimination leaves there
        if t > 0:
            ratio = off[t - 1] * diagonal[t - 1]
            diagonal[t] -= ratio * off[t - 1]
            lin[t] -= ratio * lin[t - 1]
            add_scaled(cross[t], -ratio, cross[t - 1], n)
        if not diagonal[t] > 0.0:
            return False
        diagonal[t] = 1.0 / diagonal[t]
        add_scaled(lin_b, -diagonal[t] * lin[t], cross[t], n)
    if n > 0:
        add_rows(p, cross, diagonal, -1.0, n)
        if not draw(rng, p, lin_b, n, b, lower, math.inf):
            return False
    for t in range(n_days - 1, -1, -1):
        total = lin[t]
        for j in range(n):
            total -= cross[t, j] * b[j]
        if t < n_days - 1:
            total -= off[t] * path[t + 1]
        path[t] = total * diagonal[t] + normal(rng) * math.sqrt(diagonal[t])
    return True


@kernel
def draw_path(rng: Rng, diagonal: Floats, off: Floats, lin: Floats, path: Floats) -> bool:
    """Draw a path of T values with tridiagonal precision and linear term `lin` (both overwritten)."""
    n_days = path.shape[0]
    diagonal[0] = 1.0 / diagonal[0]
    for t in range(1, n_days):  # diagonal[t] becomes the inverse of what elimination leaves there
        ratio = off[t - 1] * diagonal[t - 1]
        left = diagonal[t] - ratio * off[t - 1]
        lin[t] -= ratio * lin[t - 1]
        if not left > 0.0:
            return False
        diagonal[t] = 1.0 / left
    after = 0.0
    for t in range(n_days - 1, -1, -1):
        total = lin[t]
        if t < n_days - 1:
            total -= off[t] * after
        after = total * diagonal[t] + normal(rng) * math.sqrt(diagonal[t])
        path[t] = after
    return True
