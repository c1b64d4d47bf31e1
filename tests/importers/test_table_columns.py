"""Columns that only their cells explain, and logs of other things: what was no run is none."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backstride.core.days import diary_days
from backstride.core.run import Activity
from backstride.errors import BadTable
from backstride.importers.tables import date_order
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str):
    """What a table gives."""
    return TABLES.read(text.encode(), name="t.csv", zone=BERLIN)


def running(text: str) -> list[float]:
    """The minutes of its runs."""
    return [run.minutes for run in read(text).records.runs if run.is_running]


@pytest.mark.parametrize(
    "heading",
    ["Workout", "Sportart", "Typ", "Disziplin", "Category", "Title", "What", "Notes", "Modality", "xyz"],
)
def test_a_column_of_sports_tells_the_kind_whatever_stands_above_it(heading):
    """A ride, a swim and a walk under a heading that nobody knows are no runs."""
    rows = [("Run", 32), ("Bike", 60), ("Swim", 40), ("Walk", 50), ("Run", 30)]
    lines = [f"2026-05-{day:02} 18:10,{minutes},{word}" for day, (word, minutes) in enumerate(rows, start=1)]
    assert running("\n".join([f"start,minutes,{heading}", *lines])) == [32, 30]


def test_notes_in_sentences_tell_no_kind():
    """What a person remarks of a run is not its kind."""
    rows = ("2026-05-01 18:10,30,went by bike first", "2026-05-02 18:10,20,", "2026-05-04 18:10,25,fine")
    text = "\n".join(["start,minutes,Notes", *rows])
    assert running(text) == [30, 20, 25]


@pytest.mark.parametrize(
    ("heading", "planned", "done"),
    [
        ("Planned/Actual", "planned", "actual"),
        ("Plan/Ist", "Plan", "Ist"),
        ("✓", "✗", "✓"),
        ("x", "skipped", "done"),
    ],
)
def test_words_of_plan_and_deed_count_under_any_heading(heading, planned, done):
    """What was only planned, or left out, is no run."""
    rows = [f"2026-05-01 18:00,60,{planned}", f"2026-05-02 18:10,32,{done}", f"2026-05-04 18:10,30,{done}"]
    text = "\n".join([f"start,minutes,{heading}", *rows])
    assert running(text) == [32, 30]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Workout Name,Duration,Exercise Name,Set Order,Reps\n2026-05-01 18:10:00,Evening,1h 5m,Squat,1,8\n",
        "Datum;Beginn;Minuten;Übung;Wiederholungen\n01.05.2026;18:10;15;Brücke;20\n",
        "Date,Start,Laps,Minutes,Stroke\n2026-05-01,18:10,40,32,Freestyle\n",
        "Project,Task,Start date,Start time,Duration\nWeb,dev,2026-05-04,09:00:00,01:25:10\n",
        "Date,Start,Duration,Distance (km),Bike\n2026-05-01,18:10,1:32:10,42,Cube\n",
    ],
)
def test_a_log_of_other_things_is_refused(text):
    """Squats, lengths, hours of work and rides are no runs, and nothing in these says so but their headings."""
    with pytest.raises(BadTable, match="nothing says that its rows are runs"):
        read(text)


def test_a_log_at_a_cyclists_speed_leaves_its_days_open():
    """No kind is named and nobody runs so: whoever rides may have run, too."""
    rows = ["2026-05-01 18:10,1:32:10,42", "2026-05-05 18:10,0:45:00,20", "2026-05-08 18:10,1:05:00,30"]
    found = read("\n".join(["start,duration,km", *rows]))
    assert {(run.activity, run.kind_word) for run in found.records.runs} == {
        (Activity.OTHER, "faster than a run")
    }
    open_days = [day.day.day for day in diary_days(found.records, zone=BERLIN) if day.is_missing]
    assert {1, 5, 8} <= set(open_days)


def test_am_and_pm_may_stand_in_a_column_of_their_own():
    """Ten past six in the evening is no morning run."""
    text = "date,time,am/pm,minutes\n2026-05-01,6:10,pm,32\n2026-05-05,12:10,AM,30\n2026-05-07,7:10,am,30\n"
    assert [f"{run.start:%H:%M}" for run in read(text).records.runs] == ["18:10", "00:10", "07:10"]


@pytest.mark.parametrize(
    ("heading", "morning", "evening"), [("Tageszeit", "morgens", "abends"), ("Period", "AM", "PM")]
)
def test_an_evening_told_in_words_is_no_morning_rating(heading, morning, evening):
    """The pain of an evening stands after noon, and a note says how the words are read."""
    found = read(
        f"date,{heading},pain\n2026-05-01,{morning},3\n2026-05-01,{evening},6\n2026-05-02,{morning},2\n"
    )
    assert [one.moment.hour >= 12 for one in found.records.check_ins] == [False, True, False]
    assert "parts of the day" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("first", "second", "day"),
    [
        ("26/05/01", "26/05/03", "2026-05-01"),
        ("26.05.01", "26.06.02", "2026-05-01"),
        ("24/05/25", "24/06/26", "2025-05-24"),
    ],
)
def test_a_year_of_two_digits_may_stand_first(first, second, day, monkeypatch):
    """Where it would else be long past; 24/05/25 is a plain 24 May 2025."""
    monkeypatch.setattr(date_order, "last_possible_day", lambda: date(2026, 11, 5))
    found = read(f"start,minutes\n{first} 18:10,30\n{second} 18:10,30\n")
    assert str(found.records.runs[0].local_day) == day


@pytest.mark.parametrize(
    "word",
    ["Eisschnelllauf", "deep water running", "pool running", "watching the marathon", "Marathon (Zuschauer)"],
)
def test_words_that_hold_a_run_in_letters_alone_are_no_runs(word):
    """Skating, running in water, and watching."""
    assert running(f"start,minutes,type\n2026-05-01 18:10,30,{word}\n2026-05-02 18:10,20,run\n") == [20]
