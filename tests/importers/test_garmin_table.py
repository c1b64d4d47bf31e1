"""Garmin Connect's tables of activities and weights."""

from zoneinfo import ZoneInfo

import pytest

from backstride.core.run import Activity
from backstride.errors import BadInput
from backstride.importers.registry import reader_for
from backstride.importers.vendors.garmin_table import GARMIN_TABLE
from backstride.importers.vendors.garmin_weights_table import GARMIN_WEIGHTS_TABLE

BERLIN = ZoneInfo("Europe/Berlin")
ENGLISH = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR"
GERMAN = "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF"
DUTCH = "Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd,Gem. HS"
UNKNOWN = "Laji,Päivä,Suosikki,Otsikko,Matka,Kalorit,Aika,Keskisyke"
ROW = 'Running,2026-05-01 18:10:05,false,"Home, evening","5.01","2,336","00:30:05","150"'


def read(*lines):
    """What a table of these lines gives, for somebody who lives in Berlin."""
    content = "\n".join(lines).encode()
    assert reader_for(content[:4096], name="x") is GARMIN_TABLE
    return GARMIN_TABLE.read(content, name="Activities.csv", zone=BERLIN)


@pytest.mark.parametrize("header", [ENGLISH, GERMAN, DUTCH, UNKNOWN])
def test_headings_of_any_language_are_read(header):
    """By their names, or by their places where nobody knows the names."""
    (run,) = read(header, ROW).records.runs
    assert (run.distance_m, run.moving_s, run.heart_rate_mean) == (pytest.approx(5010), 1805, 150)
    assert run.start.isoformat() == "2026-05-01T18:10:05+02:00"
    assert run.zone_source == "assumed"


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Laufen", Activity.RUN), ("Laufbandtraining", Activity.TREADMILL), ("Course à pied", Activity.RUN),
     ("Tapis de course", Activity.TREADMILL), ("Carrera en cinta", Activity.TREADMILL), ("Gehen", Activity.WALK),
     ("Senderismo", Activity.WALK), ("Radfahren", Activity.OTHER), ("Skilanglauf", Activity.OTHER),
     ("Treadmill Walking", Activity.WALK), ("ランニング", Activity.RUN), ("Schwimmbadschwimmen", Activity.OTHER),
     ("Hardlopen", Activity.RUN), ("Strength Training", Activity.OTHER), ("Trail Running", Activity.RUN)],
)  # fmt: skip
def test_kinds_are_told_apart_in_many_languages(word, kind):
    """What nobody knows is no run."""
    (run,) = read(GERMAN, ROW.replace("Running", word)).records.runs
    assert run.activity is kind


@pytest.mark.parametrize(
    ("distance", "metres"), [("5,01", 5010), ("5.01", 5010), ("10,000", 10_000), ("--", None)]
)
def test_distances_are_read_as_they_are_meant(distance, metres):
    """A decimal comma, a decimal point, metres on a track with a comma for thousands, or nothing."""
    (run,) = read(ENGLISH, ROW.replace("5.01", distance)).records.runs
    assert run.distance_m == (None if metres is None else pytest.approx(metres))


def test_miles_are_known_by_steps_and_stride():
    """170 steps a minute of 1.1 m for 30 minutes are 5.6 km, or 3.5 miles."""
    header = f"{ENGLISH},Avg Run Cadence,Avg Stride Length"
    row = ROW.replace("5.01", "3.49") + ',"170","1.10"'
    result = read(header, row)
    assert result.records.runs[0].distance_m == pytest.approx(3.49 * 1609.344)
    assert "miles" in " ".join(result.notes)


@pytest.mark.parametrize("bad", ["00:30:05", "2026-05-01 18:10:05"])
def test_a_bad_row_is_left_out_with_the_reason(bad):
    """Its line is named, and the next one is read."""
    result = read(ENGLISH, ROW, ROW.replace(bad, "soon"), ROW.replace("05-01", "05-02"))
    assert len(result.records.runs) == 2
    assert [skip.where for skip in result.skipped] == ["Activities.csv line 3"]


def test_elapsed_time_is_kept():
    """Standing at lights is no running."""
    (run,) = read(f"{ENGLISH},Elapsed Time", f"{ROW},00:35:00").records.runs
    assert (run.moving_s, run.elapsed_s) == (1805, 2100)


@pytest.mark.parametrize(
    ("day", "amount", "kilograms"),
    [
        ('" Mar 3, 2023"', "81.5 kg", 81.5),
        ('"3. März 2023"', '"81,5 kg"', 81.5),
        ("2023-03-03", "180 lbs", 81.65),
    ],
)
def test_weights_stand_below_their_day(day, amount, kilograms):
    """The day has a line of its own; the unit is written beside the number."""
    lines = ["Time,Weight,Change,BMI", day, f"7:42 AM,{amount},0.2 kg,24.0", "8:00 AM,heavy,,"]
    content = "\n".join(lines).encode()
    assert reader_for(content, name="x") is GARMIN_WEIGHTS_TABLE
    result = GARMIN_WEIGHTS_TABLE.read(content, name="w.csv", zone=BERLIN)
    (found,) = result.records.measurements
    assert found.value == pytest.approx(kilograms, abs=0.01)
    assert found.moment.isoformat() == "2023-03-03T07:42:00+01:00"
    assert len(result.skipped) == 1


def test_a_list_without_weights_is_refused():
    """Its headings alone tell nothing."""
    with pytest.raises(BadInput, match="no weights"):
        GARMIN_WEIGHTS_TABLE.read(b"Time,Weight,Change,BMI\n", name="w.csv", zone=BERLIN)
