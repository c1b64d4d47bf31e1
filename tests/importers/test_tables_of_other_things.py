"""Tables that only look like a diary's: they give no run that was not run, and no rest that nobody stated."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.days import diary_days
from backstride.errors import BadTable
from backstride.importers.folder import import_path
from backstride.importers.tables import date_order, runs_table
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str):
    """What a table gives."""
    return TABLES.read(text.encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        "from,to\n2026-05-01 23:10,2026-05-02 07:10\n",
        "from,to,light (s),deep (s)\n2026-05-01T23:10:00+02:00,2026-05-02T07:10:00+02:00,14000,7000\n",
        "von;bis;Läufe;km;Minuten\n27.04.2026;03.05.2026;3;15;95\n",
        "von;bis;was\n01.05.2026;14.05.2026;Kreta, viel gelaufen\n",
        "Shoe,from,until,km\nBlue,2026-01-01,2026-12-31,800\n",
    ],
)
def test_spans_of_other_things_vouch_for_no_day(text):
    """A sleep, a holiday, a pair of shoes: only a table with nothing else is one of covered days."""
    with pytest.raises(BadTable, match="no table of days of which every run is known"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "from,to,source\n2026-05-01,2026-05-31,watch\n",
        "von;bis;Notiz\n2026-05-01 00:00;2026-05-31 00:00;Uhr\n",
    ],
)
def test_a_table_of_covered_days_is_still_one(text):
    """With its source, a note, and midnights that a spreadsheet put there."""
    assert len(read(text).records.covered) == 1


@pytest.mark.parametrize(
    ("heads", "cells"),
    [("ran,minutes run", "yes,30"), ("gelaufen,gelaufene Minuten", "ja,30"), ("ran,ran minutes", "yes,30")],
)
def test_a_run_beside_a_rating_that_leaves_its_day_open_is_on_neither_day(heads, cells):
    """'ran' on the line of 2 May may mean 1 or 2 May; a guess changes over every day of rest and every run."""
    found = read(f"date,pain,{heads}\n2026-05-01,3,{cells}\n2026-05-02,4,no,\n2026-05-03,4,{cells}\n")
    told = [(one.ran_yesterday, one.ran_minutes) for one in found.records.check_ins]
    assert told == [(None, None)] * 3
    assert "can be said of the day itself or of the day before" in " ".join(found.notes)
    assert [day.is_missing for day in diary_days(found.records, zone=BERLIN)] == [True] * 3


def test_a_run_of_yesterday_that_says_so_is_read(tmp_path: Path):
    """By the names of the documentation."""
    (tmp_path / "t.csv").write_text(
        "date,pain,ran_yesterday,ran_minutes\n2026-05-01,3,,\n2026-05-02,4,yes,30\n"
    )
    days = diary_days(import_path(tmp_path, zone=BERLIN).records, zone=BERLIN)
    assert [day.run_minutes for day in days if day.day.day == 1] == [30]


def test_midnight_is_no_time_of_a_run_even_where_other_rows_have_one():
    """Its day is open, and no run lands on the day before."""
    found = read("start,minutes,km\n2026-05-01 00:00,32,5\n2026-05-03 18:10,30,5\n2026-05-05 18:10,30,5\n")
    assert [run.local_day.day for run in found.records.runs] == [3, 5]
    assert "midnight stands there for no time" in found.skipped[0].why


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        (
            "von;bis;km\n01.05.2026 18:10;01.05.2026 18:42;5,2\n05.05.2026 23:50;06.05.2026 00:20;5\n",
            [32, 30],
        ),
        ("Datum;von;bis;km\n01.05.2026;18:10;18:42;5,2\n05.05.2026;18:10;18:40;5\n", [32, 30]),
        ("From,To,Sport,Distance\n2026-05-01 6:10 PM,2026-05-01 6:42 PM,Run,5.2\n", [32]),
    ],
)
def test_runs_told_from_when_to_when_are_runs(text, minutes):
    """A distance or a sport beside both ends says that these are sessions."""
    assert [run.minutes for run in read(text).records.runs] == minutes


@pytest.mark.parametrize(
    "text",
    [
        "Start,Finish,Distance (mi),Steps (count)\n01-May-2026 06:00,01-May-2026 07:00,0.3,600\n",
        "Datum;Beginn;Ende;Minuten\n01.05.2026;23:10;06:50;460\n02.05.2026;23:30;06:40;430\n03.05.2026;22:50;06:40;470\n",
        "Datum;Beginn;Minuten;Stärke\n01.05.2026;20:10;20;4\n",
        "date,start,minutes,piece\n2026-05-01,18:10,45,Bach\n",
        "Date,Duration,Exercise Name,Set Order,Distance,Reps\n2026-05-01 17:29,1h 2m,Running (Treadmill),1,3.0,0\n",
        "Date,Start,Sets,Minutes\n2026-05-01,18:10,3,10\n",
        "Cycling log 2026\n\ndate,start,minutes,km\n2026-05-01,18:10,60,20\n2026-05-02,18:10,60,21\n",
        "Knee pain diary\n\ndate,pain\n2026-05-01,6\n",
        "date,pain,pain\n,knee,hip\n2026-05-01,6,3\n",
        "date,pain\n44681,3\n44682,4\n",
        "start,Family member,minutes\n2026-05-01 18:10,Anna,32\n2026-05-02 18:10,Ben,60\n",
    ],
)
def test_what_is_of_something_else_is_refused(text):
    """Pedometers, nights, devices, music, sets of strength, exercises, rides, knees, other people."""
    with pytest.raises(BadTable):
        read(text)


def test_a_file_that_is_called_after_another_place_is_no_back():
    """The name of the file is all that says so."""
    with pytest.raises(BadTable, match="pain in another place"):
        TABLES.read(b"date,pain\n2026-05-01,6\n", name="knee pain.csv", zone=BERLIN)


@pytest.mark.parametrize(("said", "day"), [("1900", "2022-04-30"), ("1904", "2026-05-01")])
def test_days_as_numbers_count_from_the_year_that_is_stated(said, day):
    """The same number is a day four years later in a sheet that counts from 1904."""
    found = read(f"# calendar: {said}\ndate,pain\n44681,3\n")
    assert [str(one.moment.date()) for one in found.records.check_ins] == [day]


def test_days_as_numbers_that_can_be_of_one_calendar_only_are_read(monkeypatch):
    """A recent day would lie in the future if the sheet counted from 1904."""
    monkeypatch.setattr(date_order, "last_possible_day", lambda: date(2026, 11, 5))
    assert len(read("date,pain\n45900,3\n45901,4\n").records.check_ins) == 2


@pytest.mark.parametrize(
    "text",
    [
        "start,minutes,km,Hecho\n2026-05-01 18:10,32,5.2,sí\n2026-05-03 18:10,60,10,no\n",
        "start,minutes,km,Fait\n2026-05-01 18:10,32,5.2,oui\n2026-05-03 18:10,60,10,non\n",
        "start,minutes,km,deleted\n2026-05-01 18:10,32,5.2,false\n2026-05-03 18:10,60,10,true\n",
        "start,minutes,km,is_duplicate\n2026-05-01 18:10,32,5.2,0\n2026-05-01 19:40,32,5.2,1\n",
        "start,minutes,km,Comment\n2026-05-01 18:10,32,5.2,ok\n2026-05-03 18:10,60,10,skipped - sick\n",
    ],
)
def test_what_did_not_take_place_or_was_taken_out_is_no_run(text):
    """In other languages, as apps mark what was deleted, and in a note that begins so."""
    assert [run.minutes for run in read(text).records.runs] == [32]


def test_a_plan_is_no_run_on_the_days_to_come(monkeypatch):
    """A row beyond the last day that has begun anywhere lies ahead."""
    monkeypatch.setattr(runs_table, "last_possible_day", lambda: date(2026, 11, 5))
    found = read("Date,Time,Minutes,Run\n2026-11-05,18:00,30,easy\n2026-11-06,18:00,45,long\n")
    assert [run.minutes for run in found.records.runs] == [30]


@pytest.mark.parametrize(
    ("rows", "minutes", "km"),
    [
        ("start,minutes,distance,unit\n2026-05-01 18:10,32,3.23,mi\n", 32, 5.2),
        ("start,duration,duration unit,distance,distance unit\n2026-05-01 18:10,1920,s,5200,m\n", 32, 5.2),
        ("start,minutes,km\n2026-05-01 18:10,32 (min),5.2 (km)\n", 32, 5.2),
        ("start;Dauer (s);Distanz (m)\n01.05.2026 18:10;1.920;5.200\n", 32, 5.2),
        ("start,duration,distance\n2026-05-01T18:10:00+02:00,PT32M,5200\n", 32, 5.2),
        ("start,duration,distance\n2026-05-01 18:10,32 min,10.000m\n", 32, 10.0),
        ('start,duration,distance\n2026-05-01 18:10,32\'12"""",5.2km\n', 32.2, 5.2),
        ("start;moving_min;distance_km\n2026\u201105\u201101 18:10;32;5\u202f200 m\n", 32, 5.2),
        ("start,moving_min,distance_km\n\u200e2026-05-01 18:10,32,\u0665\u066b\u0662\n", 32, 5.2),
        (
            "name,sport_type,start_date_local,moving_time,distance\na,Run,2026-05-01T18:10:00Z,1920,5200\n",
            32,
            5.2,
        ),
        ("start,rep,minutes,km\n2026-05-01 18:10,1,16,2.6\n2026-05-01 18:10,2,16,2.6\n", 32, 5.2),
    ],
)
def test_units_signs_and_laps_of_other_programs_are_read(rows, minutes, km):
    """A unit beside the number, thousands, marks that nobody sees, several rows of one session."""
    (run,) = read(rows).records.runs
    assert (run.minutes, run.distance_m) == (pytest.approx(minutes), pytest.approx(1000 * km, rel=0.001))
    assert run.start.strftime("%Y-%m-%d %H:%M") == "2026-05-01 18:10"


def test_a_column_that_tells_more_than_the_one_called_type_says_what_it_was():
    """Under Workout the sport, under Type how it was done."""
    found = read(
        "start,minutes,km,Workout,Type\n2026-05-01 18:10,32,5.2,Run,Easy\n2026-05-02 18:10,60,20,Bike,Race\n"
        "2026-05-03 18:10,40,1.5,Swim,Intervals\n"
    )
    assert [run.is_running for run in found.records.runs] == [True, False, False]


def test_a_scale_below_the_heading_is_that_of_the_ratings():
    """The row below the headings names no day, and tells where the scale begins and ends."""
    found = read("date,pain\n,1 = none ... 5 = worst\n2026-05-01,3\n")
    assert found.records.check_ins[0].pain.pain_0_10 == 5.0


def test_a_second_row_of_headings_tells_which_pain_is_meant():
    """Evening and morning below one word: the evening's is no rating of the morning."""
    found = read("date,pain,pain,mood\n,evening,morning,\n2026-05-01,6,3,7\n")
    assert [one.pain for one in found.records.check_ins] == [None]
    assert "pain evening, pain morning" in " ".join(found.notes)


def test_a_second_person_below_is_left_out_and_told():
    """A name and the same headings once more: whose rows follow, nobody knows."""
    found = read("Anna,\ndate,pain\n2026-05-01,3\n\nBen,\ndate,pain\n2026-05-01,8\n2026-05-03,9\n")
    assert [one.pain.value for one in found.records.check_ins] == [3.0]
    assert "A second table begins here" in found.skipped[0].why


LOG = "Datum;Beginn;Dauer;km\n01.05.2026;18:10;30;5\n10.05.2026;18:10;30;5\n"
MORNINGS = "".join(f"2026-05-{day:02d} 07:00,3\n" for day in range(1, 12))


@pytest.mark.parametrize(
    ("name", "text", "is_open"),
    [
        ("2026-05-05 run.json", '{"start_epoch_ms": 1777996800000}', True),
        ("my runs 2026-05-05.xlsx", "PK\x03\x04 no workbook", True),
        ("2026-05-05.zip", "PK\x03\x04 cut off", True),
        ("ratings.csv", "date,pain,ran today\n2026-05-05,3,yes\n", True),
        ("ratings.csv", "Datum;Schmerz;Laufen km\n05.05.2026;3;5,2\n", True),
        ("ratings.csv", "date,pain,ran_yesterday,ran_minutes\n2026-05-06,3,no,30\n", False),
        ("picture 2026-05-05.jpg", "\xff\xd8\xff", False),
    ],
)
def test_what_tells_of_a_run_and_cannot_be_used_leaves_its_day_open(tmp_path, name, text, is_open):
    """Whatever the file is, no other source makes a day of rest of it."""
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "mornings.csv").write_text("time,pain\n" + MORNINGS)
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    covered = import_path(tmp_path, zone=BERLIN).records.covered
    assert any(date(2026, 5, 4) in span for span in covered)
    assert any(date(2026, 5, 5) in span for span in covered) is not is_open


def test_no_and_thirty_minutes_are_no_day_of_rest():
    """Of two answers that contradict each other neither counts."""
    found = read("time,pain,ran_yesterday,ran_minutes\n2026-05-02 07:00,3,no,30\n")
    (one,) = found.records.check_ins
    assert (one.ran_yesterday, one.ran_minutes) == (None, None)


@pytest.mark.parametrize(
    ("ratings", "is_asked"),
    [
        ("10 5 10 0 5 20", True),
        ("0.3 0.4 0.25 0.5", True),
        ("10 5 10 0 5", False),
        ("8 9 7 23 6", False),
        ("0.5 1 0 0 1", False),
        ("0.3 0.4 0.25 3", False),
    ],
)
def test_ratings_that_seem_to_be_on_another_scale_are_asked_about(ratings, is_asked):
    """By fives with one beyond 10, or finer than halves up to 1; a slip, or little pain by halves, is none."""
    rows = "".join(f"2026-05-{day:02d},{rating}\n" for day, rating in enumerate(ratings.split(), 1))
    if is_asked:
        with pytest.raises(BadTable, match="nothing says on what scale"):
            read(f"date,pain\n{rows}")
    else:
        assert read(f"date,pain\n{rows}").records.check_ins
