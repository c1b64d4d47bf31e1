"""How long a session on foot may be: by the longest of 30 days, and less the longer the days without one were.

The share of it that is open after days without one is that of `breaks.py`, and 10 minutes always are. What came
before such days counts no longer by itself: the share of it that was open when they ended stands in its place, so
that a first short session after them is not followed by a long one. Whoever answers that 30 minutes of walking are
fine begins from these, as from a walk on the day of the answer.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from backstride.programme.breaks import FULL_DAYS, share_after
from backstride.programme.history import CompletedSession
from backstride.programme.ladder import SESSION_MIN
from backstride.programme.own import LIMIT, LIMIT_DAYS

FIRST_WALK_MIN = 10.0
LONG_DAY_MIN = 180.0
"""So many minutes on foot in one day are a very long walk for whoever is not used to them; our own choice."""
WEEK_DAYS = 7

_OnFoot = tuple[date, float]
"""A day, and the minutes on foot of a session on it, or those that were open on it."""


def most_on_foot(
    efforts: Sequence[CompletedSession], day: date, *, walks_well: date | None = None, growth: float = LIMIT
) -> float:
    """Return the maximum minutes of walking and running for one session on `day`.

    Args:
        efforts: what was done, in the order of time; those of `day` itself do not count.
        day: the local day of the session.
        walks_well: the day on which the person answered that 30 minutes of walking are fine; None where they did not.
        growth: by how much a session may be longer than the longest so far, as a factor.
    """
    near: list[_OnFoot] = []
    done = [(effort.day, effort.run_min + effort.walk_min) for effort in efforts if effort.day < day]
    if walks_well is not None and walks_well <= day:
        done = sorted([*done, (walks_well, SESSION_MIN / growth)])
    for on, minutes in done:
        near = [*_before(near, on), (on, minutes)]
    return max(growth * _longest(_before(near, day), day), FIRST_WALK_MIN)


def long_days(efforts: Sequence[CompletedSession]) -> frozenset[date]:
    """Return the days of very long walks or runs that the person was not used to.

    Args:
        efforts: what was done, in the order of time.

    Returns:
        The local days with more than `LONG_DAY_MIN` minutes on foot, and more than a tenth above the longest of the
        30 days before the week that ends with them: a second hike in one week is one, too.
    """
    done = [(effort.day, effort.run_min + effort.walk_min) for effort in efforts]
    long = ((day, minutes) for day, minutes in done if minutes > LONG_DAY_MIN)
    return frozenset(
        day
        for day, minutes in long
        if minutes
        > LIMIT
        * max((m for d, m in done if WEEK_DAYS <= (day - d).days < WEEK_DAYS + LIMIT_DAYS), default=0.0)
    )


def _before(near: list[_OnFoot], day: date) -> list[_OnFoot]:
    """Return the sessions that count on `day`; after days off, the share of time on foot still allowed."""
    if not near:
        return []
    last = near[-1][0]
    share = share_after((day - last).days)
    if share == 1.0:
        return near
    # as it was on the last day on which all of it was open, so that no day more opens more
    return [(day, share * _longest(near, last + timedelta(days=FULL_DAYS)))]


def _longest(near: list[_OnFoot], day: date) -> float:
    return max((minutes for on, minutes in near if (day - on).days <= LIMIT_DAYS), default=0.0)
