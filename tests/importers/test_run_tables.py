"""Runs in the tables of Runkeeper, Intervals.icu and Samsung Health."""

from zoneinfo import ZoneInfo

import pytest

from backstride.core.run import Activity
from backstride.importers.folder import import_path
from backstride.importers.registry import reader_for

BERLIN = ZoneInfo("Europe/Berlin")
RUNKEEPER = """\
Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Heart Rate (bpm),Notes
a,2026-03-28 08:33:29,Running,,3.24,26:11,8:06,106,"steady, flat"
b,2026-03-25 17:53:26,Walking,,3.42,1:24:50,7:16,,
c,2026-03-24 17:53:26,Running,,900,24:50,7:16,,
"""
INTERVALS = """\
id,start_date_local,type,name,moving_time,elapsed_time,distance,icu_rpe,average_heartrate
i1,2026-03-28T08:33:29,Run,Morning,1800,1900,5000.5,4,150
i2,2026-03-29T08:33:29,VirtualRun,Belt,1800,1800,5000,,
i3,2026-03-30T08:33:29,Run,Odd,1800,1800,5000,40,
"""
E = "com.samsung.health.exercise."
SAMSUNG = f"""\
com.samsung.shealth.exercise,6310008,16
{E}start_time,{E}end_time,{E}time_offset,{E}exercise_type,{E}duration,{E}distance,{E}mean_heart_rate
2026-09-21 04:58:00.000,2026-09-21 05:32:00.000,UTC+0300,1002,1800000,5000.5,150.0,
2026-09-22 04:58:00.000,2026-09-22 05:32:00.000,UTC+0300,15005,1800000,,,
2026-09-23 04:58:00.000,2026-09-23 05:32:00.000,UTC+0300,11007,1800000,,,
2026-09-24 04:58:00.000,2026-09-24 05:32:00.000,sometime,1001,1800000,,,
"""


def read(text):
    """What the table gives, read by the reader that knows it, for somebody who lives in Berlin."""
    content = text.encode()
    return reader_for(content[:4096], name="x").read(content, name="a.csv", zone=BERLIN)


def test_runkeepers_activities_are_read():
    """Durations with and without hours; a distance of 900 km is left out, and said."""
    result = read(RUNKEEPER)
    run, walk, far = result.records.runs
    assert (run.moving_s, run.distance_m, run.heart_rate_mean) == (1571, pytest.approx(3240), 106)
    assert (walk.moving_s, walk.activity) == (5090, Activity.WALK)
    assert (far.moving_s, far.distance_m, result.skipped) == (1490, None, ())
    assert "distance (1)" in " ".join(result.notes)


def test_runkeepers_miles_are_known_by_their_heading():
    """The account's unit stands in it."""
    result = read(RUNKEEPER.replace("(km)", "(mi)"))
    assert result.records.runs[0].distance_m == pytest.approx(3.24 * 1609.344)


def test_activities_of_intervals_icu_keep_exertion():
    """A rating off the scale is left out, and its run stays."""
    result = read(INTERVALS)
    run, belt, odd = result.records.runs
    assert (run.rpe, run.moving_s, run.elapsed_s, run.distance_m) == (4, 1800, 1900, 5000.5)
    assert (belt.rpe, belt.activity) == (None, Activity.TREADMILL)
    assert (odd.rpe, odd.distance_m, result.skipped) == (None, 5000, ())


def test_samsungs_exercises_tell_utc_and_their_offset():
    """The line before the header is passed over; numbers of sports tell the kind."""
    result = read(SAMSUNG)
    run, belt, other = result.records.runs
    assert run.start.isoformat() == "2026-09-21T07:58:00+03:00"
    assert (run.zone_source, run.moving_s, run.elapsed_s, run.distance_m) == ("stated", 1800, 2040, 5000.5)
    assert (belt.activity, other.activity) == (Activity.TREADMILL, Activity.OTHER)
    assert len(result.skipped) == 1


def test_samsungs_weights_are_read():
    """In kilograms."""
    table = (
        "com.samsung.health.weight,1\nstart_time,weight,time_offset\n2026-09-21 04:58:00.000,81.5,UTC+0300,\n"
    )
    (found,) = read(table).records.measurements
    assert (found.value, found.moment.hour) == (81.5, 7)


def test_two_devices_in_samsungs_table_that_tell_of_one_run_give_one(tmp_path):
    """The origin of a row is the device that recorded it."""
    head, columns = SAMSUNG.splitlines()[:2]
    rows = [
        f"2026-09-21 04:58:{second}.000,2026-09-21 05:32:00.000,UTC+0300,1002,1800000,5000.5,150.0,{device},"
        for second, device in (("00", "watch"), ("04", "phone"))
    ]
    (tmp_path / "a.csv").write_text("\n".join([head, f"{columns},{E}deviceuuid", *rows]))
    (run,) = import_path(tmp_path / "a.csv", zone=BERLIN).records.runs
    assert run.moving_s == 1800


def test_an_account_vouches_for_the_days_between_its_runs():
    """A note says so."""
    result = read(INTERVALS)
    assert result.records.covered[0].last_day.isoformat() == "2026-03-30"
    assert any("days of rest" in note for note in result.notes)


CHEETAH = """\
date, time, filename, Duration, Time Recording, Time Moving, Distance, Average Heart Rate, BikeScore
03/04/26,08:33:29,2026_03_04_08_33_29.json,1900.000000,1900.0,1800.000000,5.000500,150.000000,0
03/05/26,08:33:29,2026_03_05_08_33_29.json,3600.000000,3600.0,0.000000,4.000000,0.000000,0
03/06/26,08:33:29,2026_03_06_08_33_29.json,3600.000000,3600.0,3600.0,31.000000,0.000000,0
2026-03-07,08:33:29,x.json,3600.000000,3600.0,3600.0,31.000000,0.000000,0
"""


def test_goldencheetahs_metrics_are_read():
    """Previous month day, kilometres and seconds; the speed tells the kind, and what is 0 was not measured."""
    result = read(CHEETAH)
    first, second, third = result.records.runs
    assert (first.start.month, first.start.day, first.moving_s, first.elapsed_s) == (3, 4, 1800.0, 1900.0)
    assert (first.distance_m, first.heart_rate_mean) == (pytest.approx(5000.5), 150.0)
    assert [run.activity for run in (first, second, third)] == [Activity.RUN, Activity.WALK, Activity.OTHER]
    assert (second.moving_s, second.heart_rate_mean) == (3600.0, None)
    assert "no time" in result.skipped[0].why
    assert any("names no sports" in note for note in result.notes)
