"""Many truncated normals side by side, drawn by inversion: no draw waits for a refused one.

They are laid out in `cells`, (5, room): mean, sd, lower and upper bound, value. Cell i takes number i of the stream,
so that draws do not depend on how many lanes there are. With a, b the bounds in units of sd from the mean, and the
interval reflected so that its middle is above 0:

    p = P(N > b) + u (P(N > a) - P(N > b)),   x = the point with P(N > x) = p

Beyond 37 sds, where P leaves the range of a double, P(N > x) = exp(-x^2 / 2) / x with a relative error below 1e-3.
"""

import numpy as np

from backstride.model.arrays import Floats
from backstride.model.compiled import part, step
from backstride.model.lane_math import exp, log, of_upper_tail, sqrt, uniforms, upper_tail
from backstride.model.lanes import WIDE, Lanes, any_of, load, select, spread_wide, store, total
from backstride.model.random import GAMMA, Rng

MEAN, SD, LOWER, UPPER, VALUE = range(5)
ROWS = 5
# P(N > 37) is about 6e-300; beyond 38 it is no normal double any more
_FAR = 37.0
# stands for an infinite bound, whose square less another is no number; no mass lies beyond it
_FARTHEST = 1e4
_MIN_CHANCE = 1e-300


def room(count: int) -> Floats:
    """Make room for `count` cells, a whole number of lanes."""
    return np.zeros((ROWS, -(-count // WIDE) * WIDE))


@part
def place(cells: Floats, n: int, mean: float, sd: float, lower: float, upper: float) -> None:
    """Lay out cell n.

    Args:
        cells: (5, room) to be drawn.
        n: which cell.
        mean, sd: before the bounds.
        lower, upper: bounds, which may be infinite.
    """
    cells[MEAN, n], cells[SD, n], cells[LOWER, n], cells[UPPER, n] = mean, sd, lower, upper


@part
def close(cells: Floats, n: int) -> None:
    """Fill the rest of the last lanes with cells that are certain to lie within their bounds."""
    for i in range(n, -(-n // WIDE) * WIDE):
        place(cells, i, 0.0, 1.0, -np.inf, np.inf)


@part
def _limited(x: Lanes) -> Lanes:
    """Bring the lanes within the reach of `exp`."""
    return select(x < -_FARTHEST, -_FARTHEST, select(x > _FARTHEST, _FARTHEST, x))


@part
def _reflected(cells: Floats, n: int, mean: Lanes, inverse: Lanes) -> tuple[Lanes, Lanes, Lanes]:
    """Bounds in units of sd, reflected so that their middle is above 0; and -1 where they were, else 1."""
    a = _limited((load(cells[LOWER], n) - mean) * inverse)
    b = _limited((load(cells[UPPER], n) - mean) * inverse)
    # in the lower half P(N > x) is close to 1 and its digits are lost; its mirror image is close to 0
    below = a + b < 0.0
    return select(below, 0.0 - b, a), select(below, 0.0 - a, b), select(below, -1.0, 1.0)


@part
def _inverted(a: Lanes, b: Lanes, u: Lanes) -> Lanes:
    """Invert the standard normal between a and b, whose middle is above 0, at the uniform number u."""
    beyond = upper_tail(b)
    x = of_upper_tail(beyond + u * (upper_tail(a) - beyond))
    far = a > _FAR
    if any_of(far):
        start = select(far, a, _FAR)
        end = select(far, b, _FARTHEST)
        # P(N > b) / P(N > a): a ratio, since both underflow
        left = exp(0.5 * (start * start - end * end)) * start / end
        # x^2 from exp(-x^2 / 2) / x, its 1 / x left out at first and put in by one step below
        squared = start * start - 2.0 * log(left + u * (1.0 - left))
        x = select(far, sqrt(squared - log(squared / (start * start))), x)
    # rounding may carry x past a bound by a last digit
    return select(x < a, a, select(x > b, b, x))


@step
def draw_between(rng: Rng, cells: Floats, n: int) -> None:
    """Draw the values of cells 0..n - 1, laid out and closed: Normal(mean, sd) given lower < value <= upper.

    Args:
        rng: the stream, moved on by n numbers.
        cells: (5, room).
        n: how many.
    """
    for first in range(0, n, WIDE):
        mean, sd = load(cells[MEAN], first), load(cells[SD], first)
        a, b, sign = _reflected(cells, first, mean, 1.0 / sd)
        x = _inverted(a, b, uniforms(rng[0] + np.uint64(first) * GAMMA))
        value = mean + sd * sign * x
        lower, upper = load(cells[LOWER], first), load(cells[UPPER], first)
        store(cells[VALUE], first, select(value < lower, lower, select(value > upper, upper, value)))
    # the stream is a counter: n numbers are taken by one addition, however many lanes worked on them
    rng[0] += np.uint64(n) * GAMMA


@step
def log_chance(cells: Floats, n: int, sd: float) -> float:
    """Sum over cells 0..n - 1, laid out and closed, of log P(lower < N(mean, sd) <= upper).

    Args:
        cells: (5, room), whose own sds are not read.
        n: how many.
        sd: of all of them.
    """
    logs, product = spread_wide(0.0), spread_wide(1.0)
    inverse = spread_wide(1.0 / sd)
    for first in range(0, n, WIDE):
        a, b, _ = _reflected(cells, first, load(cells[MEAN], first), inverse)
        chance = upper_tail(a) - upper_tail(b)
        product = product * select(chance < _MIN_CHANCE, _MIN_CHANCE, chance)
        # one log for many factors; a next factor is at least _MIN_CHANCE, so the product stays a normal double
        if any_of(product < 1e-7):
            logs = logs + log(select(product < _MIN_CHANCE, _MIN_CHANCE, product))
            product = spread_wide(1.0)
    return total(logs + log(product))
