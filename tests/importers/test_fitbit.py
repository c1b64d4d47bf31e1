"""Fitbit's exercises and weights."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.run import Activity
from backstride.errors import BackstrideError
from backstride.importers.registry import reader_for
from backstride.importers.vendors.fitbit import FITBIT_EXERCISES, FITBIT_WEIGHTS

OSLO = ZoneInfo("Europe/Oslo")
PMDATA = Path(__file__).parents[3] / "shared" / "data" / "pmdata"
RUN = {
    "logId": 1, "activityName": "Run", "averageHeartRate": 150, "duration": 1_900_000, "activeDuration": 1_800_000,
    "startTime": "11/01/19 14:56:32", "distance": 5.0005, "distanceUnit": "Kilometer",
}  # fmt: skip


def read(*exercises):
    """What a file of these exercises gives, for somebody who lives in Oslo."""
    content = json.dumps(exercises).encode()
    assert reader_for(content[:4096], name="x") is FITBIT_EXERCISES
    return FITBIT_EXERCISES.read(content, name="exercise-0.json", zone=OSLO)


@pytest.mark.parametrize("written", ["11/01/19 14:56:32", "2019-11-01 14:56:32", "2019-11-01T14:56:32.000Z"])
def test_times_are_utc_told_in_the_persons_zone(written):
    """Whichever way they are written, and a note says so."""
    result = read({**RUN, "startTime": written})
    (run,) = result.records.runs
    assert run.start == datetime(2019, 11, 1, 14, 56, 32, tzinfo=UTC)
    assert (run.start.hour, run.zone_source) == (15, "assumed")
    assert "UTC" in result.notes[0]


@pytest.mark.parametrize(("unit", "metres"), [("Kilometer", 5000.5), ("Mile", 5.0005 * 1609.344)])
def test_distances_come_in_their_unit(unit, metres):
    """Moving time is the active part."""
    (run,) = read({**RUN, "distanceUnit": unit}).records.runs
    assert (run.distance_m, run.moving_s, run.elapsed_s) == pytest.approx((metres, 1800, 1900))


@pytest.mark.parametrize("bad", [{"startTime": "today"}, {"activeDuration": 1e300}])
def test_a_bad_exercise_is_left_out_with_the_reason(bad):
    """The others are read."""
    result = read({**RUN, **bad}, RUN)
    assert (len(result.records.runs), len(result.skipped)) == (1, 1)


@pytest.mark.parametrize(
    ("weight", "bmi", "kilograms"),
    [(180.0, 25.0, 81.65), (81.6, 25.0, 81.6), (180.0, None, 81.65), (180.0, 0, 81.65)],
)
def test_the_unit_of_a_weight_is_told_by_the_height_that_it_implies(weight, bmi, kilograms):
    """Nobody is 2.68 m tall, or 1.22 m; without a hint it is pounds."""
    entry = {"logId": 1, "weight": weight, "bmi": bmi, "date": "03/15/19", "time": "07:12:01"}
    content = json.dumps([entry]).encode()
    assert reader_for(content, name="x") is FITBIT_WEIGHTS
    (found,) = FITBIT_WEIGHTS.read(content, name="weight.json", zone=OSLO).records.measurements
    assert found.value == pytest.approx(kilograms, abs=0.01)
    assert found.moment.hour == 7


@pytest.mark.skipif(not PMDATA.is_dir(), reason="no corpus")
@pytest.mark.parametrize("person", ["p01", "p08", "p16"])
def test_a_real_persons_exercises_all_go_in(person):
    """Every entry is a session; runs, treadmill runs and walks are those that Fitbit names so."""
    content = (PMDATA / person / "fitbit" / "exercise.json").read_bytes()
    told = json.loads(content)
    result = FITBIT_EXERCISES.read(content, name="exercise.json", zone=OSLO)
    assert len(result.records.runs) + len(result.skipped) == len(told)
    assert all("twice" in skip.why for skip in result.skipped)
    for word, kind in (("Run", Activity.RUN), ("Treadmill", Activity.TREADMILL), ("Walk", Activity.WALK)):
        named = {one["startTime"] for one in told if one["activityName"] == word}
        assert len(named) <= sum(run.activity is kind for run in result.records.runs)
        assert bool(named) == any(run.activity is kind for run in result.records.runs)


@pytest.mark.parametrize("depth", [10_000, 100_000])
def test_a_file_nested_without_end_is_refused(depth):
    """The parser's own limit becomes a sentence."""
    with pytest.raises(BackstrideError, match="nothing"):
        FITBIT_EXERCISES.read(b'[{"logId":' + b"[" * depth, name="x.json", zone=OSLO)
