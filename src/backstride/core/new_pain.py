"""Pain that is new at a place, or as strong in a leg as in the back: one rule for the plan and the safety questions.

A day counts where its worst rating is at least `MIN_PAIN`, and

    stands `RISE` or more above what was usual there before it began, or
    is, in a leg, no less than the worst rating of the back on that day

The usual is the median of the first ratings of the 28 days before the first day that counts. It stays as it was
then, so that pain which stays does not become usual. A first rating has no usual: it is not called new.

Pain that comes and goes is never there for many days on end. It returns where, of the days rated in two, or in four,
weeks, `RETURN_DAYS` or more count, these are one in `RETURN_OF` of them, and days that do not count divide them into
`RETURN_SPELLS` spells or more.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import inf
from statistics import median
from typing import NamedTuple

MIN_PAIN = 2.0
RISE = 2.0
DAYS = 3
"""So many days on end, of those with a rating, are more than sore muscles after a run."""
ASKED_DAYS = 7
"""New pain elsewhere that lasts longer calls for the questions on bones."""
SORE_FROM = 3.0
"""Pain elsewhere, as in a shin, that counts whatever is usual there; our own choice."""
USUAL_DAYS = 28
GAP_DAYS = 14
"""After so many days without a rating, or without a day that counts, it is not the same pain any more."""
RETURN_DAYS = 4
RETURN_OF = 4
RETURN_SPELLS = 3
RETURN_WINDOWS = (14, 28)
"""Whoever rates daily shows it in two weeks, and whoever rates twice a week in four; all are our own choice."""


class SiteRating(NamedTuple):
    """One rating of a place, 0-10, with that of the back where pain there is held against it."""

    day: date
    pain: float
    back: float | None = None


@dataclass(frozen=True, slots=True)
class NewPainEpisode:
    """Where a day with a rating stands.

    Attributes:
        day: the day.
        since: the first day on end that counts; the day itself where it does not.
        days: how many days with a rating count on end, this one included; 0 where it does not.
    """

    day: date
    since: date
    days: int


def new_pain_episodes(rated: Iterable[SiteRating]) -> Iterator[NewPainEpisode]:
    """Return each day with a rating, in order, and how long new pain has lasted on it.

    Args:
        rated: ratings in order of their moments; of a day the worst one counts.
    """
    days: list[date] = []
    firsts: list[float] = []
    last: NewPainEpisode | None = None
    level: float | None = None
    for worst, first in _by_day(rated):
        goes_on = last is not None and last.days > 0 and (worst.day - last.day).days <= GAP_DAYS
        if not goes_on:
            level = _usual(days, firsts, worst.day)
        counts = _is_new(worst, level)
        if last is not None and goes_on and counts:
            last = NewPainEpisode(worst.day, last.since, last.days + 1)
        else:
            last = NewPainEpisode(worst.day, worst.day, int(counts))
        yield last
        days.append(worst.day)
        firsts.append(first)


@dataclass(frozen=True, slots=True)
class ReturningPain:
    """Where a day with a rating stands by the days with one before it.

    Attributes:
        day: the day.
        counts: whether the day itself counts.
        since: the first of the days that made pain come back; None where it does not.
    """

    day: date
    counts: bool
    since: date | None


def returning_pain(rated: Iterable[SiteRating], *, least: float = inf) -> Iterator[ReturningPain]:
    """Yield each day with a rating, in order, and since when pain comes and goes on it.

    Args:
        rated: ratings in order of their moments; of a day the worst one counts.
        least: pain that counts whatever is usual.
    """
    days: list[date] = []
    firsts: list[float] = []
    counted: list[bool] = []
    level: float | None = None
    last: date | None = None
    since: date | None = None
    for worst, first in _by_day(rated):
        if last is None or (worst.day - last).days > GAP_DAYS:
            level = _usual(days, firsts, worst.day)
        counts = worst.pain >= least or _is_new(worst, level)
        last = worst.day if counts else last
        days.append(worst.day)
        firsts.append(first)
        counted.append(counts)
        found = _first_of_those_that_return(days, counted)
        since = (since or found) if found else None
        yield ReturningPain(worst.day, counts, since)


def _first_of_those_that_return(days: list[date], counted: list[bool]) -> date | None:
    """Return the first day that counts of a window up to the last day, where enough of its days do; else None."""
    for window in RETURN_WINDOWS:
        begin = bisect_left(days, days[-1].toordinal() - window + 1, key=date.toordinal)
        bad = [n for n in range(begin, len(days)) if counted[n]]
        spells = sum(n == begin or not counted[n - 1] for n in bad)
        if len(bad) >= RETURN_DAYS and RETURN_OF * len(bad) >= len(days) - begin and spells >= RETURN_SPELLS:
            return days[bad[0]]
    return None


def _by_day(rated: Iterable[SiteRating]) -> Iterator[tuple[SiteRating, float]]:
    """Yield, for each day, the worst rating and the first one of the same site."""
    worst: SiteRating | None = None
    first = 0.0
    for one in rated:
        if worst is None or one.day != worst.day:
            if worst is not None:
                yield worst, first
            worst, first = one, one.pain
        else:
            backs = [back for back in (worst.back, one.back) if back is not None]
            worst = SiteRating(one.day, max(worst.pain, one.pain), max(backs, default=None))
    if worst is not None:
        yield worst, first


def _usual(days: list[date], firsts: list[float], before: date) -> float | None:
    near = firsts[bisect_left(days, before.toordinal() - USUAL_DAYS, key=date.toordinal) :]
    return median(near) if near else None


def _is_new(one: SiteRating, level: float | None) -> bool:
    if one.pain < MIN_PAIN:
        return False
    as_the_back = one.back is not None and one.pain >= one.back
    return as_the_back or (level is not None and one.pain >= level + RISE)
