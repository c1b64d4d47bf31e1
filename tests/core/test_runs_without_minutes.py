"""Runs of which nobody tells the minutes: on their days, never rest, never zero."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from backstride.core.check_in import CheckIn
from backstride.core.days import diary_days
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Activity, Run
from backstride.core.said_runs import days_without_minutes, with_reported_minutes
from backstride.core.same_run import merge_same_runs
from backstride.core.scales import PainRating
from backstride.diary.daily import daily_series
from backstride.diary.periods import period
from backstride.diary.serialization import deserialize, serialize
from backstride.services.plan_history import history_of

MONDAY = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
WEEK = CoveredSpan(MONDAY.date(), MONDAY.date() + timedelta(days=6))
MORNINGS = tuple(CheckIn(moment=MONDAY + timedelta(days=n), pain=PainRating(3)) for n in range(7))
UNKNOWN = Run(start=MONDAY.replace(hour=18), moving_s=None, source="t.csv line 2")
KNOWN = Run(start=MONDAY.replace(hour=9), moving_s=1800, source="t.csv line 3")


@pytest.mark.parametrize("runs", [(UNKNOWN,), (UNKNOWN, KNOWN)])
def test_its_day_has_a_run_and_an_unknown_load_although_the_week_is_covered(runs):
    """Neither a day of rest nor one of the minutes that another run of the day tells."""
    records = Records(MORNINGS, runs, covered=(WEEK,))
    day = next(one for one in diary_days(records, zone=UTC) if one.day == MONDAY.date())
    assert (len(day.runs), day.is_missing, day.rest_is_known, day.run_minutes) == (
        len(runs),
        False,
        False,
        None,
    )
    dose = daily_series(records, zone=UTC).dose
    assert (np.isnan(dose[0]), dose[1:].tolist()) == (True, [0.0] * 6)


def test_a_week_counts_its_day_as_one_with_a_run_and_its_minutes_as_the_least():
    """The day is among those that are not wholly known."""
    days = diary_days(
        Records(MORNINGS, (UNKNOWN, replace(KNOWN, start=KNOWN.start + timedelta(days=1)))), zone=UTC
    )
    week = period(days[:2], days[0].day, days[1].day, today=date(2026, 6, 1))
    assert (week.run_days, week.run_minutes, week.unknown_days) == (2, 30.0, 1)


@pytest.mark.parametrize(("minutes_apart", "runs"), [(0, 1), (25, 1), (-25, 1), (45, 2), (-90, 2)])
def test_a_watch_tells_the_minutes_of_a_run_that_was_noted_about_then(minutes_apart, runs):
    """Half an hour is forgiven, as of every time that is noted by hand."""
    watch = replace(
        KNOWN, start=UNKNOWN.start + timedelta(minutes=minutes_apart), distance_m=5000.0, source="w.fit"
    )
    merged, same = merge_same_runs([UNKNOWN, watch])
    assert (len(merged), len(same)) == (runs, 2 - runs)
    assert runs == 2 or (merged[0].moving_s, merged[0].start) == (1800, watch.start)


def test_a_run_noted_while_the_watch_recorded_is_that_run():
    """Forty minutes after its start, for it lasted an hour."""
    watch = replace(KNOWN, start=UNKNOWN.start - timedelta(minutes=40), moving_s=3600, source="w.fit")
    assert [run.moving_s for run in merge_same_runs([UNKNOWN, watch])[0]] == [3600]


def test_two_lines_of_one_table_stay_two():
    """Nobody writes one run down twice in one list."""
    assert len(merge_same_runs([UNKNOWN, replace(KNOWN, start=UNKNOWN.start)])[0]) == 2


@pytest.mark.parametrize(("others", "moving"), [((), 1500.0), ((KNOWN,), None)])
def test_the_next_mornings_minutes_are_those_of_the_only_run_of_a_day(others, moving):
    """Of two runs nobody knows whether they are of both."""
    said = replace(MORNINGS[1], ran_yesterday=True, ran_minutes=25)
    runs = with_reported_minutes([MORNINGS[0], said], [UNKNOWN, *others])
    assert runs[0].moving_s == moving
    asked = days_without_minutes([MORNINGS[0], said], [UNKNOWN, *others])
    assert asked == (() if moving else (MONDAY.date(),))


def test_the_plan_is_told_nothing_of_its_length():
    """A session of no minutes would count as one that was hardly begun."""
    history = history_of(
        Records(MORNINGS, (UNKNOWN, replace(UNKNOWN, activity=Activity.WALK))), today=WEEK.last_day
    )
    assert history.efforts == ()


def test_the_diary_gives_it_back_as_it_was():
    """With no minutes, and not with none."""
    kept = serialize(UNKNOWN)
    assert deserialize(kept.kind, kept.text) == UNKNOWN
