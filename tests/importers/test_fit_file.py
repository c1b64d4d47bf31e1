"""FIT files of made-up runs, read by garmin-fit-sdk."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from garmin_fit_sdk import Decoder, Stream

from backstride.core.run import Activity, Run
from backstride.testing.fit_file import write_fit

MORNING = Run(
    start=datetime(2026, 5, 1, 7, 30, tzinfo=timezone(timedelta(hours=2))),
    moving_s=1800.5,
    elapsed_s=1900.25,
    distance_m=5000.5,
    rpe=4.0,
    feel_0_10=7.5,
    heart_rate_mean=150.0,
)


def sdk_reads(content):
    """The messages by kind; no error may have been met."""
    assert Decoder(Stream.from_byte_array(bytearray(content))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
    assert errors == []
    return messages


def test_the_sdk_reads_the_session_as_it_was():
    """Totals, exertion and feel, in the SDK's own words."""
    (session,) = sdk_reads(write_fit(MORNING))["session_mesgs"]
    assert session["start_time"] == MORNING.start
    assert (session["total_timer_time"], session["total_elapsed_time"]) == (1800.5, 1900.25)
    assert (session["total_distance"], session["avg_heart_rate"]) == (5000.5, 150)
    assert (session["workout_rpe"], session["workout_feel"]) == (40, 75)


@pytest.mark.parametrize(
    ("activity", "sport", "sub_sport"),
    [
        (Activity.RUN, "running", "generic"),
        (Activity.TREADMILL, "running", "treadmill"),
        (Activity.WALK, "walking", "generic"),
        (Activity.OTHER, "training", "generic"),
    ],
)
def test_the_kind_of_session_is_written(activity, sport, sub_sport):
    """In the words of the FIT profile."""
    (session,) = sdk_reads(write_fit(replace(MORNING, activity=activity)))["session_mesgs"]
    assert (session["sport"], session["sub_sport"]) == (sport, sub_sport)


def test_records_stand_in_time_with_one_pause_in_the_middle():
    """Every ten seconds of motion; the timer stops and starts once."""
    messages = sdk_reads(write_fit(MORNING))
    times = [record["timestamp"] for record in messages["record_mesgs"]]
    steps = [(b - a).total_seconds() for a, b in pairwise(times)]
    assert set(steps) == {10.0, 110.0}
    assert [event["event_type"] for event in messages["event_mesgs"]] == ["start", "stop_all"] * 2


def test_the_same_run_gives_the_same_bytes():
    """Nothing depends on the clock."""
    assert write_fit(MORNING) == write_fit(MORNING)


def test_a_run_of_no_seconds_can_be_written():
    """The shortest run has one record."""
    messages = sdk_reads(write_fit(Run(start=MORNING.start, moving_s=0.0)))
    assert len(messages["record_mesgs"]) == 1
