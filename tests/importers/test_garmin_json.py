"""Garmin Connect as JSON."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.run import Activity, Run
from backstride.errors import BrokenFile
from backstride.importers.registry import reader_for
from backstride.importers.vendors.garmin_json import GARMIN_JSON, GARMIN_WEIGHTS

BERLIN = ZoneInfo("Europe/Berlin")
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "garmin_export"
BEGIN = 1_750_000_000_000  # 2025-06-15 15:06:40 UTC
EXPORTED = {
    "activityId": 1, "name": "Evening", "activityType": "running", "beginTimestamp": BEGIN,
    "startTimeLocal": BEGIN + 7_200_000, "duration": 1_800_000.5, "elapsedDuration": 1_900_000, "distance": 500_050,
    "avgHr": 150, "workoutRpe": 40, "workoutFeel": 75,
}  # fmt: skip


def export(*activities):
    """An account export that holds these activities."""
    return json.dumps([{"summarizedActivitiesExport": list(activities)}]).encode()


def read(content):
    """What the file gives, for somebody who lives in Berlin."""
    return GARMIN_JSON.read(content, name="a.json", zone=BERLIN)


def test_an_account_export_counts_milliseconds_and_centimetres():
    """Every total, exertion and feel, and the zone by the difference of local and absolute time."""
    (run,) = read(export(EXPORTED)).records.runs
    assert run == Run(
        start=datetime(2025, 6, 15, 17, 6, 40, tzinfo=timezone(timedelta(hours=2))),
        moving_s=1800.0005,
        elapsed_s=1900.0,
        distance_m=5000.5,
        rpe=4.0,
        feel_0_10=7.5,
        heart_rate_mean=150.0,
        source="a.json activity 1",
    )


@pytest.mark.parametrize(
    ("key", "kind"),
    [("trail_running", Activity.RUN), ("treadmill_running", Activity.TREADMILL), ("hiking", Activity.WALK),
     ("indoor_running", Activity.TREADMILL), ("lap_swimming", Activity.OTHER), ("", Activity.OTHER)],
)  # fmt: skip
def test_kinds_are_told_apart(key, kind):
    """What is unknown is no run."""
    (run,) = read(export({**EXPORTED, "activityType": key})).records.runs
    assert run.activity is kind


@pytest.mark.parametrize(
    "bad",
    [
        {"duration": float("nan")}, {"beginTimestamp": 1e30}, {"beginTimestamp": None},
        {"duration": "soon"}, {"distance": [1]}, {"startTimeLocal": 1e999},
    ],
)  # fmt: skip
def test_a_bad_activity_is_left_out_with_the_reason(bad):
    """The one behind it is still read; an absurd local time leaves only the zone unknown."""
    result = read(export({**EXPORTED, **bad}, {**EXPORTED, "beginTimestamp": BEGIN + 10**7}))
    assert len(result.records.runs) + len(result.skipped) == 2
    assert len(result.records.runs) == 1 + ("startTimeLocal" in bad)
    assert all(skip.where == "a.json activity 1" for skip in result.skipped)


def test_an_export_cut_off_keeps_what_stands_before_the_cut():
    """Its first activities are whole."""
    whole = export(*({**EXPORTED, "beginTimestamp": BEGIN + 10**7 * i} for i in range(10)))
    result = read(whole[: len(whole) // 2])
    assert 3 <= len(result.records.runs) <= 5
    assert "ends early" in result.notes[0]


def test_an_export_vouches_for_the_days_between_its_activities():
    """It holds the whole account."""
    days = [{**EXPORTED, "beginTimestamp": BEGIN + 86_400_000 * i} for i in (0, 5, 100)]
    (span,) = read(export(*days)).records.covered
    assert (span.last_day - span.first_day).days == 5


def test_the_same_activity_twice_counts_once():
    """Exports overlap."""
    result = read(export(EXPORTED, EXPORTED))
    assert (len(result.records.runs), len(result.skipped)) == (1, 1)


def test_an_export_of_nothing_says_so():
    """There is nothing to take in."""
    with pytest.raises(BrokenFile, match="nothing"):
        read(export())


def test_weights_are_in_grams():
    """Entries of other measures are passed over."""
    entries = [
        {"metaData": {"calendarDate": "2026-05-01T07:00:00.0"}, "weight": {"weight": 81500.0}},
        {"metaData": {"calendarDate": "2026-05-02T07:00:00.0"}, "height": 1.8},
        {"metaData": {"calendarDate": "2026-05-03T07:00:00.0"}, "weight": {"weight": 5.0}},
    ]
    content = json.dumps(entries).encode()
    assert reader_for(content, name="x").name == "Garmin weights"
    result = GARMIN_WEIGHTS.read(content, name="w.json", zone=BERLIN)
    assert [m.value for m in result.records.measurements] == [81.5]
    assert [skip.where for skip in result.skipped] == ["w.json entry 3"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
@pytest.mark.parametrize(
    ("file", "metres", "moving", "elapsed", "east"),
    [
        ("connectstats__activity_2477200414.json", 9523.95, 2900.959, 3025.801, 0),
        ("connectstats__activity_4018408912.json", 9766.77, 1663.709, 1663.709, 1),
        ("connectstats__last_modern_search_flying.json", 54723.37, 2757.549, 2773.976, -4),
    ],
)
def test_real_activities_keep_their_totals(file, metres, moving, elapsed, east):
    """Elapsed time in milliseconds, as old lists have it, is noticed."""
    content = (CORPUS / file).read_bytes()
    assert reader_for(content[:4096], name="x") is GARMIN_JSON
    (run,) = read(content).records.runs
    assert (run.distance_m, run.moving_s, run.elapsed_s) == pytest.approx((metres, moving, elapsed))
    assert run.start.utcoffset() == timedelta(hours=east)
