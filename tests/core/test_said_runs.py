"""Runs without a watch: what a check-in says of the day before becomes a run of that day, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.days import diary_days
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.said_runs import days_without_minutes, said_runs, with_said_runs
from backstride.core.scales import PainRating

MONDAY = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
FIRST = CheckIn(moment=MONDAY, pain=PainRating(3))
SAID = CheckIn(moment=TUESDAY, pain=PainRating(2), ran_yesterday=True, ran_minutes=30, ran_at="morning")


def monday(*check_ins, runs=()):
    """The Monday of a diary."""
    days = {day.day: day for day in diary_days(Records(check_ins, tuple(runs)), zone=UTC)}
    return days[MONDAY.date()]


def test_minutes_that_were_said_are_a_run_of_the_day_before():
    """Thirty minutes said on Tuesday are thirty minutes of running on Monday, after its check-in."""
    (run,) = monday(FIRST, SAID).runs
    assert (run.moving_s, run.start) == (1800, MONDAY.replace(hour=9, minute=0))
    assert monday(FIRST, SAID).hours_to_run == 1.5


def test_a_run_whose_time_was_not_said_proves_no_order():
    """It counts, and no rating is known to come before it."""
    day = monday(FIRST, replace(SAID, ran_at=None))
    assert (len(day.runs), day.hours_to_run, day.hours_since_rating) == (1, None, None)


def test_what_a_watch_recorded_takes_the_place_of_what_was_said():
    """The same day is not counted twice, however the minutes differ."""
    watch = Run(start=MONDAY.replace(hour=18), moving_s=2100, source="watch.fit")
    assert monday(FIRST, SAID, runs=[watch]).runs == (watch,)


def test_a_walk_on_record_is_not_the_run_that_was_said():
    """Both are kept."""
    walk = Run(start=MONDAY.replace(hour=18), moving_s=2100, activity=Activity.WALK)
    day = monday(FIRST, SAID, runs=[walk])
    assert (len(day.runs), len(day.walks)) == (1, 1)


@pytest.mark.parametrize("answers", [{"ran_yesterday": False}, {"ran_minutes": None}, {"ran_minutes": 0.0}])
def test_without_a_yes_and_minutes_there_is_no_run(answers):
    """A no makes a rest day, a yes without minutes leaves the day unknown; neither is a run."""
    assert said_runs([FIRST, replace(SAID, **answers)], []) == ()


def test_a_run_that_was_said_lies_between_the_two_check_ins():
    """Whatever time of day was tapped, it begins after the first check-in and is over before the second."""
    for late in (replace(FIRST, moment=MONDAY.replace(hour=21)), FIRST):
        for at in ("morning", "midday", "afternoon", "evening", None):
            (said,) = said_runs([late, replace(SAID, ran_at=at)], [])
            assert late.moment <= said.run.start < SAID.moment


def test_a_check_in_of_the_evening_tells_of_the_day_before_it():
    """Who checks in at nine in the evening, and missed yesterday, has the run on yesterday's row."""
    evening = replace(SAID, moment=TUESDAY.replace(hour=21))
    assert len(monday(replace(FIRST, moment=MONDAY - timedelta(days=1)), evening).runs) == 1


def test_days_that_lack_minutes_are_found():
    """A yes without minutes and without a run on record is named; one with either is not."""
    open_yes = replace(SAID, ran_minutes=None)
    watch = Run(start=MONDAY.replace(hour=18), moving_s=2100)
    assert days_without_minutes([FIRST, open_yes], []) == (MONDAY.date(),)
    assert days_without_minutes([FIRST, open_yes], [watch]) == ()
    assert days_without_minutes([FIRST, SAID], []) == ()


def test_runs_stay_in_order():
    """Runs on record and runs that were said come in order of their starts."""
    later = Run(start=TUESDAY.replace(hour=18), moving_s=600)
    runs = with_said_runs([FIRST, SAID], [later])
    assert [run.moving_s for run in runs] == [1800, 600]
