"""Telling how the back is right before a run, hours after the morning's rating."""

from datetime import date, datetime, time, tzinfo
from typing import Final

from backstride.core.pain_before import PainBefore
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.diary import Diary
from backstride.runtime.clock import utc_now

SOURCE: Final = "before a run"
ASKED_FROM: Final = time(12)
"""Earlier in the day the morning's rating still tells it."""


def keep_pain_before(diary: Diary, pain: float, *, zone: tzinfo, now: datetime | None = None) -> PainBefore:
    """Keep one rating of now.

    Args:
        diary: whose.
        pain: 0-10.
        zone: the person's own zone.
        now: the moment of the rating; the clock's unless given.

    Raises:
        BadValue: a rating that is not on the scale.
        DiaryError: it was not stored.
    """
    moment = now or utc_now()
    rating = PainBefore(
        time=moment.astimezone(zone).replace(microsecond=0), pain=PainRating(pain), source=SOURCE
    )
    diary.add(Records(pain_before=(rating,)), source=SOURCE, now=moment)
    return rating


def last_pain_before(diary: Diary, day: date) -> PainBefore | None:
    """Return the last pain-before-run rating of this day; None where there is none."""
    ratings = diary.between(day, day).pain_before
    return ratings[-1] if ratings else None
