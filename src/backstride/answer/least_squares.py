"""Least squares over a person's mornings, with standard errors that allow for unequal variances (HC1).

b = (X'X)^- X'y,   V(b) = n / (n - p) (X'X)^- X' diag(e^2) X (X'X)^-        White 1980; MacKinnon & White 1985
"""

from typing import NamedTuple

import numpy as np

from backstride.model.arrays import Floats

_DAYS_BEFORE = 7
_MIN_ERROR = 1e-6


class Fit(NamedTuple):
    """Coefficients with their standard errors.

    Attributes:
        effects, errors: (p,) coefficients and standard errors.
        weights: (p, n) of each value in each coefficient: effects = weights @ values.
        left: (n,) of each value what the columns do not explain.
        rank: how many columns say something of their own.
    """

    effects: Floats
    errors: Floats
    weights: Floats
    left: Floats
    rank: int

    @property
    def residual(self) -> float:
        """Sum of squares that is left."""
        return float(self.left @ self.left)


def least_squares(columns: Floats, values: Floats) -> Fit:
    """Regress `values` (n,) on `columns` (n, p)."""
    weights = np.linalg.pinv(columns.T @ columns) @ columns.T
    effects = weights @ values
    left = values - columns @ effects
    rank = int(np.linalg.matrix_rank(columns))
    n = len(values)
    # (X'X)^- X' diag(e^2) X (X'X)^-  has  sum_i weights[j, i]^2 e[i]^2  on its diagonal
    variance = (weights**2) @ left**2 * n / max(n - rank, 1)
    return Fit(effects, np.sqrt(np.maximum(variance, _MIN_ERROR**2)), weights, left, rank)


def mean_of_days_before(pain: Floats) -> Floats:
    """Return (T,) the mean of the known ratings of the seven days before; nan where there is none."""
    out = np.full(len(pain), np.nan)
    for t in range(1, len(pain)):
        lately = pain[max(t - _DAYS_BEFORE, 0) : t]
        known = lately[~np.isnan(lately)]
        if len(known):
            out[t] = known.mean()
    return out
