"""Least squares over mornings whose noise is carried from day to day, with errors that hold for few of them.

    y = X b + u,    corr(u[s], u[t]) = phi^|s - t|

How much is carried is not known, and few mornings tell little of it. So each phi is weighed by its restricted
likelihood (Patterson & Thompson 1971; Harville 1974), from none carried to nearly all:

    log L(phi) = - (log|R| + log|X'R^-1 X| + (n - p) log q) / 2,    q = (y - X b)' R^-1 (y - X b)

and b given phi has mean (X'R^-1 X)^-1 X'R^-1 y and variance q / (n - p - 2) (X'R^-1 X)^-1, that of its t.
An error from the spread of what is left (Newey & West 1987) is a third too small where eight weeks were drawn.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.arrays import Floats

_CARRIED = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98])
_STEPS = np.gradient(_CARRIED)


class Contrast(NamedTuple):
    """A sum of coefficients and its standard error."""

    value: float
    error: float


def contrasts(day: NDArray[np.int64], columns: Floats, values: Floats, asked: Floats) -> list[Contrast]:
    """Estimate sums of coefficients, whatever share of the noise is carried on.

    Args:
        day: (n,) number of the day of each value, rising.
        columns: (n, p) of full rank.
        values: (n,).
        asked: (k, p) weights of the coefficients in each sum.
    """
    spare = len(values) - columns.shape[1]
    mean, variance, likelihood = (np.zeros((len(_CARRIED), len(asked))) for _ in range(3))
    for row, carried in enumerate(_CARRIED):
        fresh, log_size = _made_fresh(day, np.column_stack([columns, values]), carried)
        x, y = fresh[:, :-1], fresh[:, -1]
        inverse = np.linalg.inv(x.T @ x)
        b = inverse @ (x.T @ y)
        left = max(float(np.sum((y - x @ b) ** 2)), 1e-12)
        mean[row] = asked @ b
        variance[row] = left / (spare - 2) * np.einsum("kp,pq,kq->k", asked, inverse, asked)
        likelihood[row] = -0.5 * (log_size - np.linalg.slogdet(inverse)[1] + spare * np.log(left))
    weight = np.exp(likelihood - likelihood.max()) * _STEPS[:, None]
    weight /= weight.sum(axis=0)
    value = np.sum(weight * mean, axis=0)
    error = np.sqrt(np.sum(weight * (variance + (mean - value) ** 2), axis=0))
    return [Contrast(float(v), float(e)) for v, e in zip(value, error, strict=True)]


def _made_fresh(day: NDArray[np.int64], values: Floats, carried: float) -> tuple[Floats, float]:
    """Take off each row what the one before foretells.

    Args:
        day: (n,) number of the day of each row, rising.
        values: (n, p).
        carried: phi.

    Returns:
        R^-1/2 `values` and log|R|.
    """
    by = carried ** np.diff(day)[:, None]
    spread = np.sqrt(1.0 - by**2)
    return np.vstack([values[:1], (values[1:] - by * values[:-1]) / spread]), 2.0 * float(
        np.log(spread).sum()
    )
