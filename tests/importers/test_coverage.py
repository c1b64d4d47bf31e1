"""Which days a source vouches for: the day of a session that could not be used is unknown, in every reader."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.days import diary_days
from backstride.core.records import CoveredSpan
from backstride.importers.base import Skipped
from backstride.importers.coverage import LogFile, covered_by, lost_days
from backstride.importers.folder import import_path

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 5, 1)


def may(day: int) -> date:
    """A day of May 2026."""
    return FIRST + timedelta(days=day - 1)


def days(*numbers: int) -> list[tuple[date, date]]:
    """Sessions on these days of May."""
    return [(may(number), may(number)) for number in numbers]


def unusable(day: int | None) -> Skipped:
    """A session that could not be used."""
    return Skipped("a", "b", is_session=True, day=None if day is None else may(day))


@pytest.mark.parametrize(
    ("sessions", "skipped", "spans"),
    [
        (days(1, 9), (), [(1, 9)]),
        (days(1, 61, 122), (), [(1, 61), (122, 122)]),  # over 60 days
        (days(1, 9), (unusable(4),), [(1, 3), (5, 9)]),
        (days(2, 9), (unusable(1), unusable(9)), [(2, 8)]),
        (days(1, 9), (unusable(None),), []),  # on any of them
        (days(1, 9), (Skipped("a", "a second copy"),), [(1, 9)]),
    ],
)
def test_a_day_is_vouched_for_unless_a_session_there_is_unusable(sessions, skipped, spans):
    """And never over more than 60 days."""
    found = covered_by(sessions, skipped, source="s")
    assert found == tuple(CoveredSpan(may(a), may(b), "s") for a, b in spans)


@pytest.mark.parametrize(
    ("log", "lost"),
    [
        (
            [LogFile("a.fit", (may(1),)), LogFile("b.fit"), LogFile("c.fit", (may(3),))],
            {may(1), may(2), may(3)},
        ),
        ([LogFile("a.fit", (may(9),)), LogFile("2026-05-04-run.fit"), LogFile("c.fit", (may(3),))], {may(4)}),
        ([LogFile("a.fit", (may(9),)), LogFile("b.fit"), LogFile("c.fit", (may(3),))], None),
        ([LogFile("a.fit", (may(1),)), LogFile("b.fit", (may(3),)), LogFile("c.fit")], set()),
    ],
)
def test_a_lost_file_lies_where_its_name_says(log, lost):
    """By the day in it, or between its neighbours; else nobody knows."""
    assert lost_days(log) == lost


def garmin(*rows: str) -> str:
    """Garmin's list of activities."""
    return "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR\n" + "\n".join(rows)


def runkeeper(*rows: str) -> str:
    """Runkeeper's list."""
    return "Activity Id,Date,Type,Distance (km),Duration,Average Heart Rate (bpm)\n" + "\n".join(rows)


def own(*rows: str) -> str:
    """A table of a person's own."""
    return "start,moving_min\n" + "\n".join(rows)


def strava(*rows: str) -> str:
    """Strava's list; the columns from the file name on are known by their distance from it."""
    header = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
    )
    return header + "A,B,C,D,E,Filename,F,G,Elapsed Time,Moving Time,Distance\n" + "\n".join(rows)


def garmin_export(*durations: float) -> str:
    """Garmin's account export: one activity on each first, fourth and seventh of May."""
    begins = [datetime(2026, 5, day, 16, tzinfo=BERLIN).timestamp() * 1000 for day in (1, 4, 7)]
    told = [
        {"beginTimestamp": begin, "activityType": "running", "duration": duration, "distance": 500_000}
        for begin, duration in zip(begins, durations, strict=True)
    ]
    return json.dumps([{"summarizedActivitiesExport": told}])


FILES = {
    "Activities.csv": garmin(
        'Running,2026-05-01 18:10:00,false,"x",5.00,300,00:30:00,150',
        'Running,2026-05-04 18:10:00,false,"x",5.00,300,soon,150',
        'Running,2026-05-07 18:10:00,false,"x",5.00,300,00:30:00,150',
    ),
    "cardioActivities.csv": runkeeper(
        "a,2026-05-01 18:10:00,Running,5,30:00,150",
        "b,2026-05-04 18:10:00,Running,5,,150",
        "c,2026-05-07 18:10:00,Running,5,30:00,150",
    ),
    "runs.csv": own("2026-05-01 18:10,30", "2026-05-04 18:10,half an hour", "2026-05-07 18:10,30"),
    "activities.csv": strava(
        "1,2026-05-01 16:10:00,x,Run,,1800,5,,,,,,activities/1.fit,,,1800,1800,5000",
        "2,2026-05-04 16:10:00,x,Run,,,5,,,,,,activities/2.fit,,,,,5000",
        "3,2026-05-07 16:10:00,x,Run,,1800,5,,,,,,activities/3.fit,,,1800,1800,5000",
    ),
    "activities.json": garmin_export(1_800_000, 0, 1_800_000),
}


@pytest.mark.parametrize("name", FILES)
def test_a_session_that_cannot_be_used_makes_its_day_unknown(tmp_path, name):
    """In every list of an account, and in a person's own table, with or without its way; days beside it are rest."""
    (tmp_path / name).write_text(FILES[name])
    result = import_path(tmp_path / name, zone=BERLIN)
    assert sum(run.minutes is not None for run in result.records.runs) == 2
    rest = {day.day: day.rest_is_known for day in diary_days(result.records, zone=BERLIN)}
    assert [rest[may(day)] for day in (2, 3, 4, 5, 6)] == [True, True, False, True, True]
    assert "2026-05-04" in " ".join(result.notes)


def test_no_other_source_vouches_for_the_day_of_an_unusable_session(tmp_path):
    """Two lists of one person stand in a folder; the one that could not be read still shows a session."""
    (tmp_path / "a.csv").write_text(FILES["Activities.csv"])
    (tmp_path / "b.csv").write_text(FILES["runs.csv"].replace("2026-05-04 18:10,half an hour\n", ""))
    result = import_path(tmp_path, zone=BERLIN)
    assert not any(may(4) in span for span in result.records.covered)
    assert any(may(3) in span for span in result.records.covered)


@pytest.mark.parametrize("cells", ["5.00,300,00:30:00,1500", "5.00,300,00:30:00,high"])
def test_a_wrong_secondary_number_is_left_out_and_the_session_stays(tmp_path, cells):
    """Its day is a day of running, and a note says what was left out."""
    (tmp_path / "a.csv").write_text(garmin(f'Running,2026-05-01 18:10:00,false,"x",{cells}'))
    result = import_path(tmp_path / "a.csv", zone=BERLIN)
    (run,) = result.records.runs
    assert (run.moving_s, None in (run.heart_rate_mean, run.distance_m)) == (1800, True)
    assert "left out" in " ".join(result.notes)


@pytest.mark.parametrize("gap", [60, 61])
def test_a_gap_that_is_too_long_for_rest_is_named(tmp_path, gap):
    """The days of a gap of over 60 days are told; those of a shorter one are rest, and nothing is said of them."""
    starts = [
        FIRST,
        FIRST + timedelta(days=2),
        FIRST + timedelta(days=2 + gap),
        FIRST + timedelta(days=4 + gap),
    ]
    (tmp_path / "runs.csv").write_text(own(*(f"{day} 18:00,30" for day in starts)) + "\n")
    result = import_path(tmp_path / "runs.csv", zone=BERLIN)
    named = [note for note in result.notes if "2026-05-04 to 2026-07-02" in note]
    rest = {day.day: day.rest_is_known for day in diary_days(result.records, zone=BERLIN)}
    assert rest[may(20)] is (gap == 60)
    assert bool(named) is (gap == 61)
