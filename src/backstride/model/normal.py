"""The standard normal: distribution function and the chance of an interval, exact in both tails."""

import math

from backstride.model.compiled import kernel

_ROOT_HALF = math.sqrt(0.5)
_LEAST = 1e-300


@kernel
def cdf(x: float) -> float:
    """Return Phi(x) = P(N(0, 1) <= x)."""
    return 0.5 * math.erfc(-x * _ROOT_HALF)


@kernel
def interval_probability(a: float, b: float) -> float:
    """Return P(a < N(0, 1) <= b), at least 1e-300, computed in the tail that keeps its digits."""
    if a > 0.0:
        p = 0.5 * (math.erfc(a * _ROOT_HALF) - math.erfc(b * _ROOT_HALF))
    else:
        p = 0.5 * (math.erfc(-b * _ROOT_HALF) - math.erfc(-a * _ROOT_HALF))
    return max(p, _LEAST)


@kernel
def expected_rating(mean: float, sd: float) -> float:
    """Return E[y] = sum_{j=1..10} Phi((mean - (j - 1/2)) / sd): a rounded 0-10 rating with floor and ceiling."""
    total = 0.0
    for j in range(1, 11):
        total += cdf((mean - (j - 0.5)) / sd)
    return total
