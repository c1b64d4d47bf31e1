"""The last days at a glance: what a person gets back for a check-in."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from backstride.answer.answer import DayPoint
from backstride.core.datetimes import ONE_DAY
from backstride.core.days import DiaryDay, calendar_days
from backstride.diary.diary import Diary
from backstride.diary.periods import Period, period

DAYS = 14
WEEK = timedelta(days=7)
DAYS_BEFORE = 3
"""A day is known by the check-in of the next one, and begins at that of its own morning."""


@dataclass(frozen=True, slots=True)
class Lately:
    """The last fourteen days.

    Attributes:
        points: each day for the strip, in order; those before the diary began hold nothing. Today alone, where the
            diary is empty.
        week: the last seven days, today among them.
        week_before: the seven days before them.
    """

    points: tuple[DayPoint, ...]
    week: Period
    week_before: Period


def lately(diary: Diary, *, today: date, zone: ZoneInfo) -> Lately:
    """Return the last fourteen days of a diary.

    Args:
        diary: whose.
        today: the person's local day.
        zone: the person's own zone.

    Raises:
        DiaryError: the diary could not be read.
    """
    first = today - (DAYS - 1) * ONE_DAY
    days = calendar_days(diary.between(first - DAYS_BEFORE * ONE_DAY, today), zone=zone)
    of_day = {day.day: day for day in days}
    begins = first if days else today
    shown = (begins + n * ONE_DAY for n in range((today - begins).days + 1))
    points = tuple(day_point(day, of_day.get(day), today=today) for day in shown)
    if days and days[0].check_in and days[0].check_in.ran_yesterday is False:
        # the first check-in of all says so of a day on which there was no diary yet
        rested = days[0].day - ONE_DAY
        points = tuple(replace(one, run_minutes=0.0) if one.day == rested else one for one in points)
    return Lately(
        points=points,
        week=period(days, today - WEEK + ONE_DAY, today, today=today),
        week_before=period(days, first, today - WEEK, today=today),
    )


def day_point(day: date, held: DiaryDay | None, *, today: date) -> DayPoint:
    """Return one day for the strip; that today has no run yet is no gap."""
    if held is None:
        return DayPoint(day, None, 0.0 if day == today else None, None)
    check_in = held.check_in
    return DayPoint(
        day=day,
        pain=check_in.pain.pain_0_10 if check_in and check_in.pain else None,
        run_minutes=0.0 if held.is_missing and day == today else held.run_minutes,
        drawn_to_run=held.drawn_to_run,
    )
