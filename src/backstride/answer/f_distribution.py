"""The chance of an F statistic at least as large, where there are few days left to measure it by.

    P(F > f) = I_x(b / 2, a / 2),   x = b / (b + a f)      a columns added, b residual degrees of freedom

I_x is the regularised incomplete beta function, here by its recursions from the half and from one (DLMF 8.17.18,
8.17.20): exact, as both arguments are halves of whole numbers.
"""

from math import asin, exp, lgamma, log, log1p, pi, sqrt


def chance_above(f: float, added: int, spare: int) -> float:
    """Return the chance that F of `added` and `spare` degrees of freedom lies above `f`.

    Args:
        f: the statistic; below 0 only by rounding.
        added: degrees of freedom of what is tested, 1 or more.
        spare: degrees of freedom that are left, 1 or more.
    """
    if f <= 0.0:
        return 1.0
    x = spare / (spare + added * f)
    a, b = 0.5 if spare % 2 else 1.0, 0.5 if added % 2 else 1.0
    if b == 1.0:
        a, found = spare / 2.0, exp(0.5 * spare * log(x))
    else:
        found = 2.0 / pi * asin(sqrt(x)) if a < 1.0 else 1.0 - sqrt(1.0 - x)
    while a < spare / 2.0:
        found -= _step(x, a, b) / a
        a += 1.0
    while b < added / 2.0:
        found += _step(x, a, b) / b
        b += 1.0
    return found


def _step(x: float, a: float, b: float) -> float:
    """Return x^a (1 - x)^b / B(a, b)."""
    return exp(a * log(x) + b * log1p(-x) - lgamma(a) - lgamma(b) + lgamma(a + b))
