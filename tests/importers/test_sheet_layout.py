"""Tables as people lay them out: two on one sheet, units in a row of their own, places of pain, thousands."""

from zoneinfo import ZoneInfo

import pytest

from backstride.core.days import diary_days
from backstride.errors import BadInput, BadTable
from backstride.importers.registry import read_content
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str):
    """What a table gives."""
    return TABLES.read(text.encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    "below",
    [
        "date,knee pain,mood\n2026-05-02,9,5\n",
        "start,minutes,km\n2026-05-03 18:10,8,1\n",
        "Name,date,pain\nx,2026-05-02,9\n",
    ],
)
def test_a_second_table_below_is_left_out_and_named(below):
    """Its knee is no back, and its minutes are no pain."""
    found = read(f"date,pain,mood\n2026-05-01,3,6\n\n{below}")
    assert [one.pain.value for one in found.records.check_ins] == [3]
    assert "A second table begins here" in found.skipped[0].why


def test_days_below_which_a_second_table_stands_are_not_vouched_for():
    """A run of the first day and one of the last leave open what the table below holds."""
    found = read("start,minutes\n2026-05-01 18:10,30\n2026-05-05 18:10,30\n\ndate,pain\n2026-05-02,9\n")
    assert not found.records.covered


def test_two_tables_side_by_side_are_refused():
    """The day of the left one would else be that of the run on the right."""
    with pytest.raises(BadTable, match="side by side"):
        read(
            "Datum;Schmerz;;Datum;Beginn;Minuten\n01.05.2026;3;;01.05.2026;18:10;32\n02.05.2026;4;;05.05.2026;18:10;30\n"
        )


def test_units_below_the_headings_are_those_of_the_columns():
    """Miles stay miles."""
    found = read("start,duration,distance\n,min,mi\n2026-05-01 18:10,32,3.2\n2026-05-03 18:10,30,3.0\n")
    assert [(run.minutes, round(run.distance_m)) for run in found.records.runs] == [(32, 5150), (30, 4828)]


@pytest.mark.parametrize(
    ("head", "row", "minutes", "metres"),
    [
        ("Beginn;Sekunden", "01.05.2026 18:10;1.920", 32, None),
        ("start;seconds", "2026-05-01 18:10;1,920", 32, None),
        ("start;minutes;distance (m)", "2026-05-01 18:10;32;5.200", 32, 5200),
        ("start;minutes;km", "2026-05-01 18:10;32;5.200", 32, 5200),
    ],
)
def test_a_sign_between_thousands_is_no_decimal_point(head, row, minutes, metres):
    """Of whole seconds and metres; kilometres have decimals."""
    (run,) = read(f"{head}\n{row}\n").records.runs
    assert (run.minutes, run.distance_m) == (minutes, metres)


def test_pain_in_another_place_is_not_that_of_the_back():
    """A column tells where it hurt."""
    found = read(
        "date,time,location,pain\n2026-05-01,07:00,knee,6\n2026-05-01,07:05,lower back,3\n2026-05-02,07:00,Rücken,2\n"
    )
    assert [one.pain.value for one in found.records.check_ins] == [3, 2]
    assert "not of the back" in found.skipped[0].why


def test_the_session_of_polar_flows_table_is_a_run_and_no_weight():
    """The samples below it and the body's measures are left out."""
    text = (
        "Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm),Average speed (km/h),"
        "Max speed (km/h),Calories,Height (cm),Weight (kg)\n"
        "Somebody,RUNNING,05-06-2026,18:10:00,00:32:00,5.20,150,9.8,12.0,400,180,75.0\n"
        "Sample rate,Time,HR (bpm),Speed (km/h)\n1,00:00:00,100,0.0\n,00:00:01,101,9.5\n"
    )
    found = read_content(text.encode(), name="a.CSV", zone=BERLIN)[1]
    (run,) = found.records.runs
    assert (run.start.isoformat(), run.minutes, run.distance_m) == ("2026-06-05T18:10:00+02:00", 32, 5200)
    assert not found.records.measurements


def gpx(*tracks: tuple[int, int]) -> bytes:
    """Tracks that begin so many seconds after six, and last so many."""
    parts = []
    for begin, lasted in tracks:
        points = "".join(
            f'<trkpt lat="{52.5 + 0.000027 * s:.6f}" lon="13.4">'
            f"<time>2026-05-01T16:{s // 60:02}:{s % 60:02}Z</time></trkpt>"
            for s in range(begin, begin + lasted, 5)
        )
        parts.append(f"<trk><type>running</type><trkseg>{points}</trkseg></trk>")
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1">{"".join(parts)}</gpx>'.encode()


@pytest.mark.parametrize(("tracks", "runs"), [([(0, 1800), (3, 1797)], 1), ([(0, 900), (1500, 900)], 2)])
def test_one_run_twice_in_a_file_counts_once(tracks, runs):
    """As an app writes that merges files; two runs one after the other stay two."""
    found = read_content(gpx(*tracks), name="a.gpx", zone=BERLIN)[1]
    assert len(found.records.runs) == runs
    assert all("the longer was taken" in one.why for one in found.skipped)
    assert sum(day.run_minutes or 0 for day in diary_days(found.records, zone=BERLIN)) == pytest.approx(
        30, abs=0.5
    )


def test_a_table_without_anything_below_its_units_is_refused():
    """Units are no record."""
    with pytest.raises(BadInput, match="no row below"):
        read("start,duration,distance\n,min,mi\n")
