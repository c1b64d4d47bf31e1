"""Which days a flare may come to or leave next: the proposals of `flare_moves`.

Each gives the first day, the end and the log ratio of the way back to the way there; (0, 0, 0) for none.
"""

import math

from backstride.model.arrays import Floats
from backstride.model.compiled import step
from backstride.model.random import Rng, uniform

SHORT, LONG = 3, 35
"""Days at most of a short and of a long stretch."""
MAX_MOVED = 14
"""Days by which a boundary is moved at most."""


@step
def _stretch(rng: Rng, days: int, most: int) -> tuple[int, int, float]:
    """Propose any stretch of at most `most` days: as likely as the way back."""
    first = int(uniform(rng) * days)
    end = first + 1 + int(uniform(rng) * most)
    if end > days:
        return 0, 0, 0.0
    return first, end, 0.0


@step
def _boundary(rng: Rng, flare: Floats) -> tuple[int, int, float]:
    """Propose to move one boundary of a flare by a few days, past no other; the way back is as likely."""
    days = flare.shape[0]
    count = 0
    for t in range(1, days):
        count += flare[t] != flare[t - 1]
    which = int(uniform(rng) * count)
    moved = 1 + int(MAX_MOVED * uniform(rng) ** 2)
    later = uniform(rng) < 0.5
    at = 0
    for t in range(1, days):
        if flare[t] != flare[t - 1]:
            if which == 0:
                at = t
                break
            which -= 1
    if at == 0:
        return 0, 0, 0.0
    first, end = (at, at + moved) if later else (at - moved, at)
    # one day beyond must stay as it is, or the boundary would meet another or leave the diary
    if first < 1 or end >= days:
        return 0, 0, 0.0
    for t in range(first, end):
        if flare[t] != flare[end if later else first - 1]:
            return 0, 0, 0.0
    return first, end, 0.0


@step
def _whole_flare(rng: Rng, flare: Floats) -> tuple[int, int, float]:
    """Propose to add a flare that touches no other, or to take one away, each with probability 1/2.

    With R flares, T days and at most L days a flare   q(remove | R + 1) / q(add | R) = T L / (R + 1).
    """
    days = flare.shape[0]
    flares = 0
    for t in range(days):
        flares += flare[t] > 0.0 and (t == 0 or flare[t - 1] == 0.0)
    if uniform(rng) < 0.5:
        first, end, _ = _stretch(rng, days, LONG)
        for t in range(max(first - 1, 0), min(end + 1, days)):
            if flare[t] > 0.0:
                return 0, 0, 0.0
        return first, end, math.log(days * LONG / (flares + 1.0))
    which = int(uniform(rng) * flares)
    first, end = 0, 0
    for t in range(days):
        if flare[t] > 0.0 and (t == 0 or flare[t - 1] == 0.0):
            if which == 0:
                first = t
                break
            which -= 1
    if flares == 0:
        return 0, 0, 0.0
    end = first
    while end < days and flare[end] > 0.0:
        end += 1
    if end - first > LONG:
        return 0, 0, 0.0
    return first, end, math.log(flares / (days * LONG))


@step
def propose_stretch(rng: Rng, turn: int, flare: Floats) -> tuple[int, int, float]:
    """Propose a stretch: in turn any, one at a boundary, a whole flare, one at a boundary.

    Args:
        turn: which of the sweep's proposals it is.
        flare: (T,) 1 on days in a flare.

    Returns:
        The first day of the stretch, the day behind its last, and the log of the ratio of proposals; 0, 0, 0.0
        for none.
    """
    if turn % 4 == 0:
        return _stretch(rng, flare.shape[0], SHORT if turn % 8 == 0 else LONG)
    if turn % 4 == 2:
        return _whole_flare(rng, flare)
    return _boundary(rng, flare)
