"""How long a session on foot may be: by the longest of 30 days, and less the longer the days without one were.

days since the last session   up to 14   15 to 21     22 to 30   more
most                          all        two thirds   half       10 minutes

of 110 percent of the longest. What came before such days counts no longer by itself: the share of it that was open
when they ended stands in its place, so that a first short session after them is not followed by a long one.
"""

from collections.abc import Sequence
from datetime import date

from backstride.programme.history import CompletedSession
from backstride.programme.own import LIMIT, LIMIT_DAYS

FIRST_WALK_MIN = 10.0
FULL_DAYS = 14
TWO_THIRDS_DAYS = 21
_SHARES = ((FULL_DAYS, 1.0), (TWO_THIRDS_DAYS, 2.0 / 3.0), (LIMIT_DAYS, 0.5))
"""Up to so many days without a session on foot, this share of the longest before them is open."""

_OnFoot = tuple[date, float]
"""A day, and the minutes on foot of a session on it, or those that were open on it."""


def most_on_foot(efforts: Sequence[CompletedSession], day: date) -> float:
    """Return the maximum minutes of walking and running for one session on `day`.

    Args:
        efforts: what was done, in the order of time; those of `day` itself do not count.
        day: the local day of the session.
    """
    near: list[_OnFoot] = []
    done = [(effort.day, effort.run_min + effort.walk_min) for effort in efforts if effort.day < day]
    for on, minutes in done:
        near = [*_before(near, on), (on, minutes)]
    return max(LIMIT * _longest(_before(near, day), day), FIRST_WALK_MIN)


def _before(near: list[_OnFoot], day: date) -> list[_OnFoot]:
    """Return the sessions that count on `day`; after days off, the share of time on foot still allowed."""
    if not near:
        return []
    off = (day - near[-1][0]).days
    share = next((share for days, share in _SHARES if off <= days), 0.0)
    return near if share == 1.0 else [(day, share * _longest(near, day))]


def _longest(near: list[_OnFoot], day: date) -> float:
    return max((minutes for on, minutes in near if (day - on).days <= LIMIT_DAYS), default=0.0)
