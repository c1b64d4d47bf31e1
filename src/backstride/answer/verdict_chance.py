"""The probability that a normal posterior gives a verdict, before its mean is known."""

from math import erf, sqrt
from statistics import NormalDist

from backstride.answer.verdict import CLEAR_POINTS, NEGLIGIBLE, SURE_CHANCE
from backstride.model.priors import FLAT

NORMAL = NormalDist()


def verdict_chance(
    mean: float, moved: float, sd: float, worthwhile: float, *, prior_sd: float, sides: bool = True
) -> float:
    """Compute the probability that a normal posterior of this sd gives a verdict, with mean ~ N(mean, moved^2).

    A verdict stands where |mean| >= 0.1 + z sd, or where |mean| is at most what is negligible in 'main' and in 'data
    alone', whose posterior has the precision 1 / sd^2 - (1 - 1 / 25) / prior_sd^2 and the mean that goes with it.
    Without `sides` only the latter is one.

    Args:
        mean: of the Delta today, points.
        moved: sd by which new days may move it.
        sd: what will be left.
        worthwhile: smallest worthwhile change, points.
        prior_sd: of the Delta.
    """
    clear = CLEAR_POINTS + NORMAL.inv_cdf(SURE_CHANCE) * sd
    inside = min(widest_negligible(sd, worthwhile), _widest_for_data_alone(sd, worthwhile, prior_sd=prior_sd))
    # both regions meet: wherever the mean falls, a verdict stands
    if sides and inside >= clear:
        return 1.0
    beyond = 1.0 - _within(clear, mean, moved) if sides else 0.0
    return beyond + (_within(inside, mean, moved) if inside >= 0.0 else 0.0)


def _widest_for_data_alone(sd: float, worthwhile: float, *, prior_sd: float) -> float:
    """Return the largest |mean| for which 'data alone' finds the effect negligible; -1 where none."""
    precision = 1.0 / max(sd, 1e-9) ** 2
    alone = precision - (1.0 - 1.0 / FLAT**2) / max(prior_sd, 1e-9) ** 2
    if alone <= 0.0:
        return -1.0
    inside = widest_negligible(1.0 / sqrt(alone), worthwhile)
    return inside * alone / precision if inside >= 0.0 else -1.0


def widest_negligible(sd: float, worthwhile: float) -> float:
    """Return the largest |mean| for which the posterior is negligible by the verdict's rule; -1 where none."""
    if _within(worthwhile, 0.0, sd) < NEGLIGIBLE:
        return -1.0
    low, high = 0.0, worthwhile
    # bisection, to a millionth of the worthwhile change
    for _ in range(20):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _within(worthwhile, middle, sd) >= NEGLIGIBLE else (low, middle)
    return low


def _within(bound: float, mean: float, sd: float) -> float:
    """P(|X| <= bound) of X ~ N(mean, sd^2)."""
    if sd <= 0.0:
        return float(abs(mean) <= bound)
    return 0.5 * (erf((bound - mean) / (sd * sqrt(2.0))) - erf((-bound - mean) / (sd * sqrt(2.0))))
