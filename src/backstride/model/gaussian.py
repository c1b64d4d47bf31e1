"""Gaussian draws: a small regression, and a long path.

Everything is given by precisions. exp(-1/2 v'Pv + v'l) is written as the pair (P, l).
"""

import math

from backstride.model.arrays import Floats
from backstride.model.compiled import kernel, step
from backstride.model.random import Rng, normal, truncated_normal


@step
def cholesky(p: Floats, n: int) -> bool:
    """Return p = L L', in place in the lower triangle of p[:n, :n]; False where P is not positive definite."""
    for j in range(n):
        for i in range(j, n):
            total = p[i, j]
            for k in range(j):
                total -= p[i, k] * p[j, k]
            if i == j:
                # written so that nan is refused, too
                if not total > 0.0:
                    return False
                p[j, j] = math.sqrt(total)
            else:
                p[i, j] = total / p[j, j]
    return True


@step
def extend_cholesky(p: Floats, n: int, i: int) -> None:
    """Set row i, below the factor L in p[:n, :n], to what it would be in a factor of one row more, its diagonal not.

    p[i, :n] = L^-1 p[i, :n];  what is left of p[i, i] is  p[i, i] - |p[i, :n]|^2.

    Args:
        p: square, with the factor L in its leading block.
        n: size of the leading block.
        i: the row, n or greater.
    """
    for j in range(n):
        total = p[i, j]
        for k in range(j):
            total -= p[i, k] * p[j, k]
        p[i, j] = total / p[j, j]


@kernel
def draw(rng: Rng, p: Floats, lin: Floats, n: int, out: Floats, lower: float, upper: float) -> bool:
    """Draw out ~ N(P^-1 l, P^-1); the LAST component only between `lower` and `upper`.

    With P = L L' and L u = l:  out = L'^-1 (u + noise). The last component is drawn from its own margin and
    the others given it, so truncating it is exact. `p` and `lin` are overwritten.

    Args:
        p, lin: precision, lower triangle, and linear term.
        n: how many components.
        out: (n,) the draw.
        lower, upper: bounds of the last component.
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
    """Add the observation  y = row' v + noise of precision `weight`  to (P, l); lower triangle only.

    Args:
        p, lin: precision and linear term, changed in place.
        row: (n,) coefficients of v.
        n: how many there are.
        y: what was observed.
        weight: precision of its noise.
    """
    for i in range(n):
        scaled = weight * row[i]
        lin[i] += scaled * y
        # the factor reads the lower triangle only
        for j in range(i + 1):
            p[i, j] += scaled * row[j]


@kernel
def start_from_prior(p: Floats, lin: Floats, mean: Floats, sd: Floats, n: int) -> None:
    """Set (P, l) to independent priors N(mean, sd).

    Args:
        p, lin: set, the lower triangle alone.
        mean, sd: (n,) of the priors.
        n: how many there are.
    """
    for i in range(n):
        for j in range(i):
            p[i, j] = 0.0
        p[i, i] = 1.0 / (sd[i] * sd[i])
        lin[i] = mean[i] * p[i, i]


@kernel
def draw_path(rng: Rng, diagonal: Floats, off: Floats, lin: Floats, path: Floats) -> bool:
    """Draw a path of T values with tridiagonal precision and linear term `lin` (both overwritten).

    Args:
        diagonal: (T,) of the precision.
        off: (T - 1 or more,) below the diagonal.
        lin: (T,) linear term.
        path: (T,) the draw.
    """
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
