"""What the readers of apps share."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.run import Activity
from backstride.errors import BadValue
from backstride.importers.folder import import_path
from backstride.importers.spans import seconds_in
from backstride.importers.sport_words import Kind, kind_called
from backstride.importers.vendors.app_records import (
    AppSession,
    at_seconds,
    at_text,
    collected,
    finish_import,
    run_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def session(day=0, **changes):
    """Half an hour of running, so many days after the first of May."""
    fields = {
        "moment": (NOON + timedelta(days=day), "stated"),
        "kind": Kind(Activity.RUN),
        "moving_s": 1800.0,
    }
    return AppSession(**{**fields, **changes})


def result_of(*days):
    """What a log of runs on these days gives."""
    made = collected(days, lambda day, where: run_of(session(day), where=where), name="a.json", unit="entry")
    return finish_import(made, name="a.json", is_log=True)


@pytest.mark.parametrize(
    ("text", "east_s", "iso", "source"),
    [
        ("2026-05-01T12:00:00+03:00", None, "2026-05-01T12:00:00+03:00", "stated"),
        ("2026-05-01T12:00:00Z", None, "2026-05-01T14:00:00+02:00", "assumed"),
        ("2026-05-01T12:00:00Z", 10_800, "2026-05-01T15:00:00+03:00", "stated"),
        ("2026-05-01T12:00:00", 10_800, "2026-05-01T12:00:00+03:00", "stated"),
        ("2026-05-01T12:00:00", None, "2026-05-01T12:00:00+02:00", "assumed"),
        ("2026/05/01 12:00:00", None, "2026-05-01T12:00:00+02:00", "assumed"),
        ("2026-05-01T12:00:00", 100, "2026-05-01T12:00:00+02:00", "assumed"),
        ("2026-05-01T12:00:00", 15 * 3600, "2026-05-01T12:00:00+02:00", "assumed"),
        ("2026-03-29T02:30:00", None, "2026-03-29T03:30:00+02:00", "assumed"),
    ],
)
def test_a_time_is_told_where_the_runner_was_as_far_as_the_file_says(text, east_s, iso, source):
    """Stated beside or behind the time, or else the person's own zone; an odd offset is none."""
    moment, known = at_text(text, zone=BERLIN, east_s=east_s)
    assert (moment.isoformat(), known) == (iso, source)


@pytest.mark.parametrize("seconds", [1e30, float("nan"), float("inf")])
def test_seconds_that_are_no_time_are_refused(seconds):
    """With what to do next."""
    with pytest.raises(BadValue, match="no time"):
        at_seconds(seconds, zone=BERLIN)


@pytest.mark.parametrize("text", ["", "soon", "2026-05-01", "x" * 100])
def test_texts_that_are_no_time_are_refused(text):
    """A mere day is none: the order of run and check-in depends on the hour."""
    with pytest.raises(BadValue, match="no time"):
        at_text(text, zone=BERLIN)


def test_what_apps_write_as_zero_was_not_measured():
    """Distance, exertion and heart rate; elapsed time is never shorter than moving time."""
    run = run_of(session(distance_m=0.0, rpe=0.0, heart_rate=0.0, elapsed_s=100.0), where="a")
    assert (run.distance_m, run.rpe, run.heart_rate_mean, run.elapsed_s) == (None, None, None, 1800)


@pytest.mark.parametrize(("moving", "metres"), [(None, 0.0), (0.0, 0.0), (float("nan"), 5000.0)])
def test_a_session_without_a_duration_is_refused(moving, metres):
    """Where it tells no distance, either: a recording that was hardly begun; or one that nobody can read."""
    with pytest.raises(BadValue, match="duration"):
        run_of(session(moving_s=moving, distance_m=metres), where="a")


@pytest.mark.parametrize("moving", [None, 0.0])
def test_a_way_without_a_duration_is_a_run_of_unknown_length(moving):
    """It was run, and nobody knows for how long."""
    run = run_of(session(moving_s=moving, distance_m=5000.0), where="a")
    assert (run.moving_s, run.distance_m, run.activity) == (None, 5000.0, Activity.RUN)


def test_a_log_vouches_for_days_up_to_sixty_apart():
    """A longer silence is unknown."""
    spans = result_of(0, 10, 70, 131, 140).records.covered
    first = date(2026, 5, 1)
    assert [((s.first_day - first).days, (s.last_day - first).days) for s in spans] == [(0, 70), (131, 140)]


def test_a_single_session_vouches_for_nothing():
    """It may have been sent alone."""
    assert result_of(3).records.covered == ()


def test_a_folder_of_single_sessions_is_a_log(tmp_path):
    """As it is with the files of a watch."""
    for day in ("01", "05"):
        told_there = {"fitnessActivity": "running", "startTime": f"2026-05-{day}T12:00:00Z",
                      "endTime": f"2026-05-{day}T12:30:00Z"}  # fmt: skip
        (tmp_path / f"{day}.json").write_text(json.dumps(told_there))
    (span,) = import_path(tmp_path, zone=BERLIN).records.covered
    assert (span.first_day, span.last_day) == (date(2026, 5, 1), date(2026, 5, 5))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1:02:11.5", 3731.5), ("45:12", 2712), ("00:45:12,3", 2712.3), ("59", 59), ("", None)],
)
def test_durations_of_apps_end_in_seconds(text, seconds):
    """Hours and minutes may be left out."""
    assert seconds_in(text, what="time") == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize("text", ["half an hour", "1:2:3:4", "-5", "nan", "1e9"])
def test_what_is_no_duration_says_so(text):
    """With an example."""
    with pytest.raises(BadValue, match="no duration"):
        seconds_in(text, what="time")


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Run", Activity.RUN), ("TRAIL_RUNNING", Activity.RUN), ("Jogging", Activity.RUN), ("Walk", Activity.WALK),
     ("running.treadmill", Activity.TREADMILL), ("VirtualRun", Activity.TREADMILL), ("Hike", Activity.WALK),
     ("WALKING_TREADMILL", Activity.WALK), ("SwimRun", Activity.OTHER), ("Rowing", Activity.OTHER),
     ("Nordic walking", Activity.WALK), ("Crunch", Activity.OTHER), ("", Activity.OTHER), ("Ride", Activity.OTHER),
     ("Elliptical", Activity.OTHER), ("Schlittschuhlaufen", Activity.OTHER), ("Löpning", Activity.RUN)],
)  # fmt: skip
def test_words_of_apps_tell_the_kind(word, kind):
    """What is unknown is no run."""
    assert kind_called(word).activity is kind
