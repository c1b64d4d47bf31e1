"""Slice steps (Neal 2003, doi:10.1214/aos/1056562461) whose densities are worked out for several points at once.

Stepping out, both ends are tried together. Shrinking, each point that is refused decides where the next one lies, so
the next ones are known before any is judged: as many as there are lanes are worked out beside one another, the first
above the level is taken, and the counter of the random numbers goes back to where it was when that one was drawn. The
draws are those of one point after another.

    begin(...)
    while True:
        propose(rng, work)            # points into work.tried
        ...                           # their log densities into work.log_density
        if judge(rng, work): break    # found(work)
"""

import math

from backstride.model.arrays import Floats
from backstride.model.compiled import part, step
from backstride.model.lanes import LANES
from backstride.model.random import Rng, exponential, uniform
from backstride.model.state import Work

_HERE, _LEVEL, _WIDTH, _LEFT, _RIGHT, _LOWER, _UPPER, _GROWS_LEFT, _GROWS_RIGHT, _DROP, _FOUND = range(11)
ROOM = 11


@step
def begin(
    rng: Rng, here: float, log_density: float, width: float, lower: float, upper: float, work: Work
) -> None:
    """Draw the level and the first interval.

    Args:
        rng: the stream.
        here: the present point.
        log_density: there; nan where it is still to be worked out.
        width: of the first interval and of each step out.
        lower, upper: bounds of the quantity.
        work: with room for one slice step at a time.
    """
    own = work.slice
    own[_HERE], own[_WIDTH], own[_LOWER], own[_UPPER] = here, width, lower, upper
    # log of a uniform height under the density: log u = -Exponential(1), with no u near zero to take a log of
    own[_DROP] = exponential(rng)
    own[_LEVEL] = log_density - own[_DROP]
    # the interval lies at random about the point: it could as well have been begun from any point in it
    own[_LEFT] = here - width * uniform(rng)
    own[_RIGHT] = own[_LEFT] + width
    own[_GROWS_LEFT] = 1.0 if own[_LEFT] > lower else 0.0
    own[_GROWS_RIGHT] = 1.0 if own[_RIGHT] < upper else 0.0


@step
def propose(rng: Rng, work: Work) -> None:
    """Lay out the points to be worked out: the present one if need be, ends that may move out, then shrinking."""
    own, n = work.slice, 0
    for wanted, x in (
        (math.isnan(own[_LEVEL]), own[_HERE]),
        (own[_GROWS_LEFT] > 0.0, own[_LEFT]),
        (own[_GROWS_RIGHT] > 0.0, own[_RIGHT]),
    ):
        if wanted:
            work.tried[n] = x
            n += 1
    # numbers taken here are handed back: `judge` sets the counter to that of the point it takes
    before = rng[0]
    left, right = max(own[_LEFT], own[_LOWER]), min(own[_RIGHT], own[_UPPER])
    for lane in range(n, LANES):
        x = left + (right - left) * uniform(rng)
        work.tried[lane], work.counter[lane] = x, rng[0]
        if x < own[_HERE]:
            left = x
        else:
            right = x
    rng[0] = before


@part
def _ends_moved(own: Floats, work: Work) -> tuple[bool, int]:
    """Judge the present point and the ends; whether an end moved out, and the first lane of the shrinking points."""
    n, moved = 0, False
    if math.isnan(own[_LEVEL]):
        own[_LEVEL] = work.log_density[0] - own[_DROP]
        n = 1
    if own[_GROWS_LEFT] > 0.0:
        outside = not work.log_density[n] > own[_LEVEL]
        if not outside:
            own[_LEFT] -= own[_WIDTH]
            moved = True
        own[_GROWS_LEFT] = 0.0 if outside or own[_LEFT] <= own[_LOWER] else 1.0
        n += 1
    if own[_GROWS_RIGHT] > 0.0:
        outside = not work.log_density[n] > own[_LEVEL]
        if not outside:
            own[_RIGHT] += own[_WIDTH]
            moved = True
        own[_GROWS_RIGHT] = 0.0 if outside or own[_RIGHT] >= own[_UPPER] else 1.0
        n += 1
    return moved, n


@step
def judge(rng: Rng, work: Work) -> bool:
    """Take the first point above the level; False where there is none yet and `propose` must go on."""
    own = work.slice
    moved, n = _ends_moved(own, work)
    # the points beyond were laid out in an interval that has grown since, so none of them may be taken
    if moved:
        return False
    left, right = max(own[_LEFT], own[_LOWER]), min(own[_RIGHT], own[_UPPER])
    for lane in range(n, LANES):
        x = work.tried[lane]
        rng[0] = work.counter[lane]
        if work.log_density[lane] > own[_LEVEL]:
            own[_FOUND] = float(lane)
            return True
        if x < own[_HERE]:
            left = x
        else:
            right = x
    own[_LEFT], own[_RIGHT] = left, right
    return False


@part
def found(work: Work) -> int:
    """Return the lane of the point that was taken."""
    return int(work.slice[_FOUND])
