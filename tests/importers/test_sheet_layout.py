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
        "Name,date,pain\nx,2026-05-02,9\n",
    ],
)
def test_a_second_table_below_is_left_out_and_named(below):
    """Its knee is no back, and nobody says whose the other is."""
    found = read(f"date,pain,mood\n2026-05-01,3,6\n\n{below}")
    assert [one.pain.value for one in found.records.check_ins] == [3]
    assert "A second table begins here" in found.skipped[0].why


def test_days_below_which_a_second_table_stands_are_not_vouched_for():
    """A run of the first day and one of the last leave open what the table below holds."""
    found = read("start,minutes\n2026-05-01 18:10,30\n2026-05-05 18:10,30\n\ndate,knee pain\n2026-05-02,9\n")
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
    assert "not about the back" in found.skipped[0].why


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


@pytest.mark.parametrize(
    "text",
    [
        "date,pain\n2026-05-01,3\n2026-05-02,4\n\nstart,minutes,km\n2026-05-01 18:10,32,5.2\n2026-05-05 18:10,30,5\n",
        "start,minutes,km\n2026-05-01 18:10,32,5.2\n2026-05-05 18:10,30,5\ndate,pain\n2026-05-01,3\n2026-05-02,4\n",
    ],
)
def test_mornings_and_runs_below_each_other_are_both_read(text):
    """Each by its own headings; the runs vouch for their days as they do in a file of their own."""
    found = read(text)
    assert [one.pain.value for one in found.records.check_ins] == [3, 4]
    assert [(run.minutes, run.distance_m) for run in found.records.runs] == [(32, 5200), (30, 5000)]
    assert [(span.first_day.day, span.last_day.day) for span in found.records.covered] == [(1, 5)]
    assert not found.skipped
    assert "a second table begins on line" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "t.csv",
            "Datum;Start;Wettkampf;Distanz;Zeit\n01.03.2026;10:00;Frostlauf;10 km;0:52:10\n"
            "12.04.2026;10:00;Halbmarathon;21,1 km;1:59:00\n",
        ),
        ("races_2026.csv", "start,minutes,km\n2026-03-01 10:00,52,10\n2026-04-12 10:00,119,21.1\n"),
        ("t.csv", "Bestzeiten\nDatum;Start;Minuten\n01.03.2026;10:00;52\n12.04.2026;10:00;119\n"),
        ("t.csv", "start,minutes,type,sport\n2026-03-01 10:00,52,Race,run\n2026-04-12 10:00,119,Race,run\n"),
    ],
    ids=["heading", "name", "title", "every row"],
)
def test_a_list_of_races_vouches_for_no_day(name, text):
    """Who keeps races alone trained between them."""
    found = TABLES.read(text.encode(), name=name, zone=BERLIN)
    assert len(found.records.runs) == 2
    assert not found.records.covered
    assert "holds some runs alone" in " ".join(found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "start,minutes,race\n2026-05-01 10:00,52,no\n2026-05-05 10:00,19,yes\n",
        "start,minutes,race\n2026-05-01 10:00,52,Spring 10k\n2026-05-05 10:00,19,\n",
        "start,minutes,type,sport\n2026-05-01 10:00,52,Race,run\n2026-05-05 10:00,19,Easy,run\n",
    ],
)
def test_a_log_that_marks_its_races_vouches_for_its_days(text):
    """It holds the other runs, too."""
    assert read(text).records.covered


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("2026-03-29 01:30", "2026-03-29 03:30", 60),
        ("2026-10-25 01:30", "2026-10-25 03:30", 180),
        ("2026-10-25 01:30", "2026-10-25 02:30", None),
        ("2026-10-25 02:15", "2026-10-25 02:45", None),
        ("2026-10-25 03:10", "2026-10-25 03:40", 30),
        ("2026-10-25T01:30+02:00", "2026-10-25T03:30+02:00", 120),
        ("2026-10-25 01:30+02:00", "2026-10-25 02:30+01:00", 120),
    ],
    ids=["spring", "autumn", "ends twice", "both twice", "after it", "of one offset", "of two offsets"],
)
def test_a_run_told_from_when_to_when_is_as_long_as_it_was_in_a_night_of_changed_clocks(begin, end, minutes):
    """What clocks showed twice has two answers: its length is unknown."""
    found = read(f"from,to,km\n{begin},{end},8\n2026-10-30 18:00,2026-10-30 18:30,5\n")
    assert [run.minutes if run.moving_s is not None else None for run in found.records.runs] == [minutes, 30]


def test_what_a_tracker_noticed_is_read_and_vouches_for_no_day():
    """From and to with an offset from UTC: who wore it not, ran all the same."""
    found = read(
        "from,to,Activity type,Data\n2026-05-01T18:10:00+02:00,2026-05-01T18:42:00+02:00,Running,{}\n"
        "2026-05-04T18:10:00+02:00,2026-05-04T18:42:00+02:00,Running,{}\n"
    )
    assert [run.minutes for run in found.records.runs] == [32, 32]
    assert not found.records.covered
