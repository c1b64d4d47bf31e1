"""Weeks and months of a diary: plain counts, in which what nobody knows is not zero."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.days import diary_days
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating
from backstride.diary.drinks import runs_after_drinks
from backstride.diary.periods import months, period, weeks

MONDAY = date(2026, 5, 4)
TODAY = date(2026, 5, 15)


def at(day: date, hour: int) -> datetime:
    """A moment."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def some_days(*, first=MONDAY, count=12, skip=()):
    """A check-in each morning that names yesterday, and 30 minutes on every third day."""
    days = [first + timedelta(days=n) for n in range(count)]
    told = [
        CheckIn(moment=at(day, 7), pain=PainRating(n % 8), ran_yesterday=(n - 1) % 3 == 0, sleep=6)
        for n, day in enumerate(days)
        if n not in skip
    ]
    runs = [Run(start=at(day, 18), moving_s=1800) for n, day in enumerate(days) if n % 3 == 0]
    walk = Run(start=at(days[1], 12), moving_s=1200, activity=Activity.WALK)
    return diary_days(Records(tuple(told), (*runs, walk)), zone=UTC)


def test_a_week_holds_its_mornings_and_minutes():
    """Seven ratings, three runs of half an hour, a walk, and the other answers."""
    week = weeks(some_days(), today=TODAY)[0]
    assert (week.first_day, week.last_day) == (MONDAY, MONDAY + timedelta(days=6))
    assert (week.pains, week.mean_pain) == (tuple(map(float, range(7))), 3.0)
    assert (week.run_minutes, week.walk_minutes, week.run_days, week.unknown_days) == (90, 20, 3, 0)
    assert week.ratings["sleep"] == (6.0,) * 7
    assert week.ratings["mood"] == ()


def test_a_day_of_which_nobody_knows_is_counted_as_such():
    """Two mornings without a check-in leave two days unknown that had no run on record."""
    week = weeks(some_days(skip=(2, 3)), today=TODAY)[0]
    assert (len(week.pains), week.unknown_days) == (5, 2)


def test_today_is_not_unknown():
    """The day is not over, so that there is no run yet is no gap."""
    assert period(some_days(), TODAY, TODAY, today=TODAY).unknown_days == 0


def test_a_first_rating_after_noon_is_counted_as_such():
    """One of 19:00 is of no morning; of the night none counts, and of what was filled in later nobody knows."""
    moments = [at(MONDAY, 7), at(MONDAY + timedelta(days=1), 19), at(MONDAY + timedelta(days=3), 0)]
    told = [CheckIn(moment=one, pain=PainRating(5)) for one in moments]
    told.append(CheckIn(moment=at(MONDAY + timedelta(days=4), 18), pain=PainRating(5), filled_in_late=True))
    (week,) = weeks(diary_days(Records(tuple(told)), zone=UTC), today=MONDAY + timedelta(days=5))
    assert (len(week.pains), week.late_ratings) == (3, 1)


def test_shares_of_the_bands_add_up():
    """0 to 3 is the first band, above it to 6 the second, above that the third."""
    shares = weeks(some_days(), today=TODAY)[0].shares
    assert shares == pytest.approx((4 / 7, 3 / 7, 0))


def test_weeks_have_no_holes():
    """A month without a word is five weeks with nothing in them, and all their days unknown."""
    found = weeks(some_days(), today=TODAY + timedelta(weeks=5))
    assert len(found) == 7
    assert (found[-2].pains, found[-2].unknown_days, found[-2].shares) == ((), 7, ())


def test_months_are_those_of_the_calendar():
    """The first begins with the diary, the last ends today, and all mornings are in one of them."""
    found = months(some_days(first=date(2026, 4, 25), count=21), today=TODAY)
    assert [(each.first_day, each.last_day) for each in found] == [
        (date(2026, 4, 25), date(2026, 4, 30)),
        (date(2026, 5, 1), TODAY),
    ]
    assert sum(len(each.pains) for each in found) == 21


def test_an_empty_diary_has_no_weeks():
    """Nothing comes of nothing."""
    assert (weeks((), today=TODAY), months((), today=TODAY)) == ((), ())


def test_legs_are_counted_by_days_that_tell_of_them():
    """A sign in words, or pain of 4 and more, in any check-in of a day; a day without a word counts nowhere."""
    told = (
        CheckIn(moment=at(MONDAY, 7), pain=PainRating(1), leg_symptoms=False),
        CheckIn(moment=at(MONDAY, 20), pain=PainRating(1), leg_pain=4),
        CheckIn(moment=at(MONDAY + timedelta(days=1), 7), pain=PainRating(1), leg_pain=3),
        CheckIn(moment=at(MONDAY + timedelta(days=2), 7), pain=PainRating(1)),
        CheckIn(moment=at(MONDAY + timedelta(days=3), 7), pain=PainRating(1), leg_symptoms=True),
    )
    week = weeks(diary_days(Records(told), zone=UTC), today=TODAY)[0]
    assert (week.leg_days, week.leg_reported_days) == (2, 3)


def test_runs_after_drinks_stand_beside_those_after_none():
    """What was run from the check-in that reports drinks to the next one; an unknown day is left out."""
    told, runs = [], []
    for n in range(8):
        told.append(
            CheckIn(
                moment=at(MONDAY + timedelta(days=n), 7),
                drinks=2 if n % 2 else 0,
                ran_yesterday=n > 0 and n < 7,
            )
        )
    for n in range(6):
        metres, pace = 5000, 420 if n % 2 else 360
        runs.append(Run(start=at(MONDAY + timedelta(days=n), 18), moving_s=5 * pace, distance_m=metres))
    after, without = runs_after_drinks(diary_days(Records(tuple(told), tuple(runs)), zone=UTC))
    assert (after.days, after.run_days, after.mean_minutes, after.mean_pace) == (3, 3, 35.0, 420.0)
    assert (without.days, without.run_days, without.mean_pace) == (4, 3, 360.0)
