"""Polar's HRM files."""

from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity
from backstride.errors import BackstrideError, BrokenFile
from backstride.importers.registry import reader_for
from backstride.importers.vendors.polar_hrm import POLAR_HRM

BERLIN = ZoneInfo("Europe/Berlin")
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "polar"
HEAD = """[Params]
Version=106
SMode={mode}
Date=20260501
StartTime=6:10:05.0
Length=00:30:00.0
Interval={every}

"""
SAMPLES = "[HRData]\n" + "150\t108\t0\n" * 360


def read(text):
    """What the file gives, for somebody who lives in Berlin."""
    content = text.encode()
    assert reader_for(content[:4096], name="x") is POLAR_HRM
    return POLAR_HRM.read(content, name="a.hrm", zone=BERLIN)


@pytest.mark.parametrize(("mode", "metres"), [("110000000", 5400), ("110000010", 5400 * 1.609344)])
def test_the_speed_of_the_samples_makes_the_distance(mode, metres):
    """10.8 km/h, or mph, for half an hour."""
    (run,) = read(HEAD.format(mode=mode, every=5) + SAMPLES).records.runs
    assert run.distance_m == pytest.approx(metres)
    assert (run.moving_s, run.heart_rate_mean) == (1800, 150)
    assert run.start.isoformat() == "2026-05-01T06:10:05+02:00"


def test_the_speed_tells_the_kind_and_a_note_says_so():
    """10.8 km/h is running."""
    result = read(HEAD.format(mode="110000000", every=5) + SAMPLES)
    assert result.records.runs[0].activity is Activity.RUN
    assert "names no sport" in result.notes[0]


def test_a_note_tells_the_kind_before_the_speed():
    """Somebody wrote down what it was."""
    result = read(HEAD.format(mode="110000000", every=5) + "[Note]\nRadfahren\n" + SAMPLES)
    assert result.records.runs[0].activity is Activity.OTHER


def test_rows_of_single_heartbeats_are_no_heart_rates():
    """They are milliseconds between two beats; the distance is the trip's, in tenths of a kilometre."""
    beats = "[HRData]\n" + "800\n" * 50
    (run,) = read(HEAD.format(mode="111111000", every=238) + "[Trip]\n51\n0\n" + beats).records.runs
    assert (run.distance_m, run.heart_rate_mean) == (5100, None)


def test_a_file_without_speed_or_trip_has_no_distance():
    """A strap alone measures none, and nobody can tell what was done."""
    (run,) = read(HEAD.format(mode="000000000", every=5) + "[HRData]\n" + "150\n" * 360).records.runs
    assert (run.distance_m, run.activity) == (None, Activity.OTHER)


@pytest.mark.parametrize(
    ("good", "bad"), [("Date=20260501", "Date=2026"), ("Length=00:30", "Length=half an hour")]
)
def test_a_file_without_a_day_or_a_length_is_refused(good, bad):
    """And says which."""
    with pytest.raises(BrokenFile, match=r"day|length"):
        read((HEAD.format(mode="110000000", every=5) + SAMPLES).replace(good, bad))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
def test_real_files_agree_with_their_own_trip():
    """The trip is rounded to a tenth of a kilometre."""
    content = (CORPUS / "bipolar__training-sessions-1912463368.hrm").read_bytes()
    (run,) = POLAR_HRM.read(content, name="a.hrm", zone=BERLIN).records.runs
    assert run.distance_m == pytest.approx(1100, abs=50)
    assert (run.moving_s, round(run.heart_rate_mean)) == (180.1, 103)


@given(st.data())
@settings(deadline=None)
def test_damaged_files_give_runs_or_our_error(data):
    """No byte can be changed, cut or doubled so that anything else happens."""
    content = bytearray((HEAD.format(mode="110000000", every=5) + "[Trip]\n5\n" + SAMPLES[:300]).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(9, len(content) - 1))
        content[place : place + data.draw(st.integers(1, 9))] = data.draw(st.binary(max_size=9))
    with suppress(BackstrideError):
        assert POLAR_HRM.read(bytes(content), name="a.hrm", zone=BERLIN).records.runs
