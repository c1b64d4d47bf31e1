"""Apps that write one session a file as JSON: Google Fit, Polar, Suunto, GoldenCheetah."""

import json
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity
from backstride.errors import BackstrideError, BrokenFile
from backstride.importers.registry import reader_for
from backstride.importers.vendors.apps import APPS, ONE_SESSION_A_FILE

BERLIN = ZoneInfo("Europe/Berlin")
GOOGLE = {
    "fitnessActivity": "running.treadmill",
    "startTime": "2026-05-01T08:00:00.000+03:00",
    "endTime": "2026-05-01T08:35:00.000+03:00",
    "duration": "1800.5s",
    "aggregate": [{"metricName": "com.google.distance.delta", "floatValue": 5000.5}],
}
POLAR = {
    "exportVersion": "1.3", "name": "Running", "startTime": "2026-05-01T08:00:00.000", "duration": "PT30M0.5S",
    "distance": 5000.5, "averageHeartRate": 150,
    "exercises": [{"startTime": "2026-05-01T08:00:00.000", "timezoneOffset": 180, "duration": "PT30M0.5S",
                   "distance": 5000.5, "sport": "TREADMILL_RUNNING", "heartRate": {"avg": 150}}],
}  # fmt: skip
SUUNTO = {
    "DeviceLog": {
        "Header": {"ActivityType": 93, "DateTime": "2026-05-01T08:00:00.000+03:00", "Duration": 1800.5,
                   "PauseDuration": 60, "Distance": 5000.5, "Feeling": 4},
        "Samples": [{"HR": 2.5}, {"Speed": 3}],
    }
}  # fmt: skip
CHEETAH = {
    "RIDE": {
        "STARTTIME": "2026/05/01 05:00:00 UTC ", "RECINTSECS": 1, "TAGS": {"Sport": "Run ", "RPE": "4 "},
        "SAMPLES": [{"SECS": s, "KM": s / 360, "HR": 150} for s in (*range(0, 900, 10), *range(1800, 2700, 10))],
    }
}  # fmt: skip
FILES = {"google": GOOGLE, "polar": POLAR, "suunto": SUUNTO, "cheetah": CHEETAH}


def read(told):
    """What a file of this gives, for somebody who lives in Berlin."""
    content = json.dumps(told).encode()
    reader = reader_for(content[:4096], name="x")
    assert reader.name in ONE_SESSION_A_FILE
    return reader.read(content, name="a.json", zone=BERLIN)


@pytest.mark.parametrize("name", ["google", "polar", "suunto"])
def test_a_session_keeps_its_totals_and_its_zone(name):
    """Half an hour and 5 km on a treadmill, three hours east of Greenwich."""
    (run,) = read(FILES[name]).records.runs
    assert (run.moving_s, run.distance_m, run.activity) == (1800.5, 5000.5, Activity.TREADMILL)
    assert (run.start.isoformat(), run.zone_source) == ("2026-05-01T08:00:00+03:00", "stated")


@pytest.mark.parametrize("name", ["polar", "suunto"])
def test_heart_rates_are_beats_a_minute(name):
    """Suunto tells beats a second."""
    assert read(FILES[name]).records.runs[0].heart_rate_mean == 150


def test_suuntos_feeling_and_pause_are_kept():
    """Five faces, from 0 to 10."""
    (run,) = read(SUUNTO).records.runs
    assert (run.feel_0_10, run.elapsed_s) == (7.5, 1860.5)


def test_goldencheetahs_samples_make_the_totals():
    """A gap of a quarter of an hour is a pause; exertion stands in the tags."""
    (run,) = read(CHEETAH).records.runs
    assert (run.moving_s, run.elapsed_s, run.rpe, run.heart_rate_mean) == (1781, 2691, 4, 150)
    assert run.distance_m == pytest.approx(1000 * 2690 / 360)
    assert run.start.isoformat() == "2026-05-01T07:00:00+02:00"


def test_a_session_of_several_sports_gives_one_run_for_each():
    """As after a multisport training."""
    legs = [{**POLAR["exercises"][0], "startTime": f"2026-05-01T0{h}:00:00.000", "sport": s}
            for h, s in ((8, "CYCLING"), (9, "RUNNING"))]  # fmt: skip
    runs = read({**POLAR, "exercises": legs}).records.runs
    assert [run.activity for run in runs] == [Activity.OTHER, Activity.RUN]


@pytest.mark.parametrize("duration", ["", "P", "30 min", "PT1e9S"])
def test_a_duration_that_is_none_is_refused(duration):
    """The file's only session cannot be used, and why."""
    only = {**POLAR["exercises"][0], "duration": duration}
    with pytest.raises(BrokenFile, match="duration"):
        read({**POLAR, "exercises": [only]})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
@settings(deadline=None)
def test_whatever_stands_in_a_field_gives_runs_or_our_error(data):
    """No value of any field leads to anything else."""
    told = json.loads(json.dumps(data.draw(st.sampled_from(list(FILES.values())))))
    place = told
    while True:
        key = data.draw(st.sampled_from(sorted(place)))
        if isinstance(place[key], dict) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(ANYTHING)
        break
    content = json.dumps(told).encode()
    for reader in APPS:
        if reader.knows(content[:4096], name="x"):
            with suppress(BackstrideError):
                assert reader.read(content, name="a.json", zone=BERLIN).records.count
