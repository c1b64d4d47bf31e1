"""Draws of a standard deviation."""

import math

from backstride.model.compiled import kernel
from backstride.model.random import Rng, exponential, truncated_normal, uniform

STEPS_OUT = 20
"""To each side. Down to exp(-25) of the mode the widest slice holds 17 steps, so the limit never counts, and Neal's
random split of it is left out."""
MIN_SCALE = 1e-3
"""No noise is smaller: records that repeat to the last digit have been rounded, not measured without error."""
MAX_LOG_SCALE = 3.0
"""Of the log of a noise of ratings: exp(3) is twice the whole scale."""
LOG_MIN_SCALE = math.log(MIN_SCALE) + 1e-9


@kernel
def log_density(s: float, n: float, squares: float, prior_scale: float, least: float) -> float:
    """Log density in log s:  n residuals with sum of squares `squares`, prior s ~ half-normal above `least`.

    log p(log s) = (1 - n) log s - squares / (2 s^2) - s^2 / (2 scale^2)

    Args:
        s: the scale.
        n: how many residuals.
        squares: their sum of squares.
        prior_scale: of the half-normal.
        least: the smallest scale allowed.
    """
    if s < least:
        return -math.inf
    return (1.0 - n) * math.log(s) - 0.5 * squares / (s * s) - 0.5 * (s / prior_scale) ** 2


@kernel
def first_width(n: float) -> float:
    """Return the width of the first interval on log s, about an sd and a half of it, for n residuals."""
    return max(1.5 / math.sqrt(max(2.0 * n, 1.0)), 0.05)


@kernel
def draw_scale(
    rng: Rng, s: float, n: float, squares: float, prior_scale: float, least: float = MIN_SCALE
) -> float:
    """Take one slice-sampling step on log s (Neal 2003, doi:10.1214/aos/1056562461), stepping out and shrinking.

    Args:
        s: the present scale.
        n: how many residuals.
        squares: their sum of squares.
        prior_scale: of the half-normal.
        least: the smallest scale allowed.
    """
    level = log_density(s, n, squares, prior_scale, least) - exponential(rng)
    width = first_width(n)
    here = math.log(s)
    left = here - width * uniform(rng)
    right = left + width
    for _ in range(STEPS_OUT):
        if log_density(math.exp(left), n, squares, prior_scale, least) <= level:
            break
        left -= width
    for _ in range(STEPS_OUT):
        if log_density(math.exp(right), n, squares, prior_scale, least) <= level:
            break
        right += width
    while True:
        proposal = left + (right - left) * uniform(rng)
        if log_density(math.exp(proposal), n, squares, prior_scale, least) > level:
            return math.exp(proposal)
        if proposal < here:
            left = proposal
        else:
            right = proposal


@kernel
def draw_noncentred_scale(
    rng: Rng, precision: float, lin: float, prior_scale: float, least: float = MIN_SCALE
) -> float:
    """Draw s > `least` that multiplies known standardised noise: exp(-1/2 precision s^2 + lin s), half-normal prior.

    The interweaving partner of `draw_scale` (Yu & Meng 2011, doi:10.1198/jcgs.2011.203main).

    Args:
        precision, lin: what the data say of s, as the pair of a normal.
        prior_scale: of the half-normal.
        least: the smallest scale allowed.
    """
    total = precision + 1.0 / (prior_scale * prior_scale)
    return truncated_normal(rng, lin / total, 1.0 / math.sqrt(total), least, math.inf)
