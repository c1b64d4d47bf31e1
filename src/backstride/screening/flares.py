"""Flares that the diary shows or names: each calls for the week's questions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from backstride.core.check_in import CheckIn
from backstride.core.roland_morris import RolandMorris, rise_on


class FlareSign(StrEnum):
    """By what a flare shows."""

    SAID = "said"
    RATED = "rated"
    ELSEWHERE = "elsewhere"
    QUESTIONNAIRE = "questionnaire"


EVERY = timedelta(days=7)
FLARE_POINTS = 2.0
"""A flare is a rating that is higher by this much than the last one, or than the median of the 14 days before it."""
STRONG_FROM = 7.0
"""Pain elsewhere of so much calls for the week's questions; our own choice."""
FLARE_DAYS = timedelta(days=14)
FLARE_FROM = 3
"""So many days with a rating are needed for a median to count."""


def last_flares(
    check_ins: Sequence[CheckIn], questionnaires: Sequence[RolandMorris]
) -> Mapping[FlareSign, date]:
    """Find the last day of each kind of flare; a kind that never showed is missing.

    Args:
        check_ins: all of them, in the order of their moments.
        questionnaires: the Roland-Morris questionnaires.
    """
    found = {
        FlareSign.SAID: _last_said_flare(check_ins),
        FlareSign.RATED: _last_flare(check_ins),
        FlareSign.ELSEWHERE: _last_strong_elsewhere(check_ins),
        FlareSign.QUESTIONNAIRE: _last_rise(questionnaires),
    }
    return {sign: day for sign, day in found.items() if day is not None}


def _last_flare(check_ins: Sequence[CheckIn]) -> date | None:
    """Return the last day rated 2 above the rating before, or above the median first rating of 14 days."""
    flare: date | None = None
    last: float | None = None
    firsts: dict[date, float] = {}
    for check_in in check_ins:
        if check_in.pain is None:
            continue
        pain, day = check_in.pain.pain_0_10, check_in.local_day
        days_before = (day - timedelta(days=n) for n in range(1, FLARE_DAYS.days + 1))
        near = [firsts[before] for before in days_before if before in firsts]
        # pain that stays up is one flare, and asks once in a week
        is_new = flare is None or day - flare >= EVERY
        usual = median(near) if len(near) >= FLARE_FROM and is_new else None
        if any(level is not None and pain >= level + FLARE_POINTS for level in (last, usual)):
            flare = day
        firsts.setdefault(day, pain)
        last = pain
    return flare


def _last_strong_elsewhere(check_ins: Sequence[CheckIn]) -> date | None:
    """Return the last day of strong pain elsewhere (a chest, a hip); one that lasts counts once a week."""
    return _last_of_spells(
        (one.local_day, one.other_pain >= STRONG_FROM) for one in check_ins if one.other_pain is not None
    )


def _last_said_flare(check_ins: Sequence[CheckIn]) -> date | None:
    """Return the last day on which the person reported a flare; a lasting one counts once a week."""
    return _last_of_spells((one.local_day, one.flare) for one in check_ins if one.flare is not None)


def _last_of_spells(said: Iterable[tuple[date, bool]]) -> date | None:
    """Return the last day on which a spell of yes began, or had lasted for another week; None without any.

    Args:
        said: days in order, each with yes or no.
    """
    found: date | None = None
    before = False
    for day, yes in said:
        if yes and (not before or found is None or day - found >= EVERY):
            found = day
        before = yes
    return found


def _last_rise(questionnaires: Sequence[RolandMorris]) -> date | None:
    """Return the day of the last questionnaire that is far above the lowest of the year before it."""
    scores = sorted((one.local_day, one.score) for one in questionnaires)
    return max((day for day in (rise_on(scores, one) for one, _ in scores) if day is not None), default=None)
