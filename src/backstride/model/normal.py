"""The standard normal: distribution function and the chance of an interval, exact in both tails."""

import math

import numpy as np

from backstride.model.compiled import kernel
from backstride.model.lane_math import upper_tail
from backstride.model.lanes import WIDE, load, total

_ROOT_HALF = math.sqrt(0.5)
_MIN_CHANCE = 1e-300
# where one rating ends and the next begins, in whole lanes; no rating lies beyond the rest
_HALVES = np.append(np.arange(10) + 0.5, np.full(2 * WIDE - 10, 1e9))


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
    return max(p, _MIN_CHANCE)


@kernel
def expected_rating(mean: float, sd: float) -> float:
    """Return E[y] = sum_{j=1..10} Phi((mean - (j - 1/2)) / sd): a rounded 0-10 rating with floor and ceiling."""
    share = 1.0 / sd
    first = upper_tail((load(_HALVES, 0) - mean) * share)
    return total(first + upper_tail((load(_HALVES, WIDE) - mean) * share))
