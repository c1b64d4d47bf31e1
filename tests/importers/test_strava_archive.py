"""Strava's bulk export: the table in any language, each row joined with the file that was recorded."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.importers.archives import FIRST, days_later, strava_archive, zipped

from backstride.core.run import Activity
from backstride.diary.opening import open_diary
from backstride.errors import BadInput
from backstride.importers.folder import import_path
from backstride.importers.tables.strava_times import in_figures
from backstride.importers.vendors.strava_table import STRAVA_TABLE
from backstride.testing.fit_file import write_fit

HOME = ZoneInfo("UTC")
ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,"
    "Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss,Elevation Low,Elevation High,"
    "Max Grade,"
    "Average Grade,Average Positive Grade,Average Negative Grade,Max Cadence,Average Cadence,"
    "Max Heart Rate,"
    "Average Heart Rate,"
    "Max Watts,Average Watts,Calories,Max Temperature,Average Temperature,Relative Effort,"
    "Total Work,Number of Runs,Uphill Time,Downhill Time,Other Time,Perceived Exertion"
)
GERMAN = (
    ENGLISH.replace("Filename", "Dateiname")
    .replace("Activity ID", "Aktivitäts-ID")
    .replace("Moving", "Bewegung")
)
JAPANESE = ",".join(f"見出し{i}" for i in range(44))
OF_OLD = ENGLISH.replace("Max Heart Rate,Relative Effort", "Relative Effort", 1).replace(
    "Activity Private Note,", ""
)


def row(
    *, date="May 1, 2026, 7:30:00 AM", kind="Run", file="", km="5.00", metres="5000.0", rpe="6.0", old=False
):
    """One activity, its description over two lines."""
    cells = [
        "1",
        f'"{date}"',
        "Morning",
        kind,
        '"slow,\nand long"',
        "1900",
        f'"{km}"',
        "170",
        "40",
        "false",
        "",
        "Shoe",
    ]
    if old:
        del cells[7], cells[9]
    cells += [file, "", "", "1900.0", "1800.0", metres]
    cells += [""] * 13 + ["148.0"] + [""] * 11 + [rpe]
    return ",".join(cells)


def table(*rows, header=ENGLISH):
    """activities.csv."""
    return "\n".join([header, *rows, ""]).encode()


def only(content):
    """The one run of a table."""
    (run,) = STRAVA_TABLE.read(content, name="activities.csv", zone=HOME).records.runs
    return run


@pytest.mark.parametrize(
    ("header", "date"),
    [
        (ENGLISH, "May 1, 2026, 7:30:00 AM"),
        (GERMAN, "01.05.2026, 07:30:00"),
        (JAPANESE, "2026/05/01 7:30:00"),
        (OF_OLD, "1 may 2026 7:30:00"),
    ],
)
def test_the_columns_are_found_in_any_language(header, date):
    """By name, or by their distance from the file names."""
    content = table(row(date=date, file="activities/1.fit.gz", old=header is OF_OLD), header=header)
    assert STRAVA_TABLE.knows(content[:4096], name="a")
    run = only(content)
    assert (run.moving_s, run.elapsed_s, run.distance_m) == (1800.0, 1900.0, 5000.0)
    assert (run.rpe, run.heart_rate_mean) == (6.0, 148.0)
    assert run.start == datetime(2026, 5, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Mar 15, 2024, 6:45:12 PM", "2024-03-15 18:45:12"),
        ("Dec 1, 2023, 12:10:00 AM", "2023-12-01 00:10:00"),
        ("2 de ene. de 2025, 7:05:00", "2025-01-02 07:05:00"),
        ("5 janv. 2024 à 07:30:12", "2024-01-05 07:30:12"),
        ("15. März 2024 um 18:45", "2024-03-15 18:45:00"),
        ("2024年3月5日 午後6:45:12", "2024-03-05 18:45:12"),
        ("6. 9. 2026 11:18:40", "6.9.2026 11:18:40"),
        ("12 août 2023, 21:00:01", "2023-08-12 21:00:01"),
        ("nobody knows", "nobody knows"),
    ],
)
def test_dates_are_read_in_the_words_of_the_language(text, figures):
    """Months by name, halves of the day, and figures as they are."""
    assert in_figures(text) == figures


def test_a_row_and_its_file_become_one_run(tmp_path):
    """Exertion from the table, heart rate and times from the file, both named."""
    content = table(row(file="activities/1.fit.gz"), row(date="May 9, 2026, 7:30:00 AM", kind="Walk"))
    (tmp_path / "x.zip").write_bytes(strava_archive(content, {"activities/1.fit.gz": write_fit(FIRST)}))
    run, walk = import_path(tmp_path / "x.zip", zone=HOME).records.runs
    assert (run.rpe, run.heart_rate_mean, run.moving_s) == (6.0, 150.0, 1803.0)
    assert run.source == "activities.csv line 2 + activities/1.fit.gz"
    assert (walk.activity, walk.moving_s) == (Activity.WALK, 1800.0)


def test_an_unpacked_archive_gives_the_same(tmp_path):
    """Rows find their files in a folder, too."""
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities" / "1.fit").write_bytes(write_fit(FIRST))
    (tmp_path / "activities.csv").write_bytes(table(row(file="activities/1.fit")))
    (run,) = import_path(tmp_path, zone=HOME).records.runs
    assert (run.rpe, run.heart_rate_mean) == (6.0, 150.0)


def test_a_broken_file_leaves_its_row(tmp_path):
    """The run is kept from the table, and the file is told of."""
    content = table(row(file="activities/1.fit.gz"))
    (tmp_path / "x.zip").write_bytes(strava_archive(content, {"activities/1.fit.gz": b"no FIT"}))
    result = import_path(tmp_path / "x.zip", zone=HOME)
    assert [run.moving_s for run in result.records.runs] == [1800.0]
    assert [skip.where for skip in result.skipped] == ["activities/1.fit.gz"]


def test_a_ride_stays_a_ride_whatever_its_speed(tmp_path):
    """The table's word counts over a guess."""
    content = table(row(file="activities/1.fit.gz", kind="Ride"))
    ride = replace(FIRST, activity=Activity.OTHER)
    (tmp_path / "x.zip").write_bytes(strava_archive(content, {"activities/1.fit.gz": write_fit(ride)}))
    assert [run.activity for run in import_path(tmp_path / "x.zip", zone=HOME).records.runs] == [
        Activity.OTHER
    ]


def test_a_treadmill_distance_is_the_told_one(tmp_path):
    """What the runner typed in from the machine counts over what the watch guessed."""
    content = table(row(file="activities/1.fit.gz", metres="5600.0"))
    watch = replace(FIRST, activity=Activity.TREADMILL)
    (tmp_path / "x.zip").write_bytes(strava_archive(content, {"activities/1.fit.gz": write_fit(watch)}))
    (run,) = import_path(tmp_path / "x.zip", zone=HOME).records.runs
    assert (run.activity, run.distance_m) == (Activity.TREADMILL, 5600.0)


def test_a_file_of_another_day_is_not_joined(tmp_path):
    """Both runs go in, and the mismatch is told."""
    content = table(row(file="activities/1.fit.gz"))
    (tmp_path / "x.zip").write_bytes(
        strava_archive(content, {"activities/1.fit.gz": write_fit(days_later(9))})
    )
    result = import_path(tmp_path / "x.zip", zone=HOME)
    assert len(result.records.runs) == 2
    assert any("began at another time" in note for note in result.notes)


def test_kilometres_in_both_columns_are_seen():
    """Some exports repeat the kilometres where metres belong."""
    assert only(table(row(km="5.20", metres="5.2"))).distance_m == 5200.0


def test_an_exertion_out_of_its_range_is_another_column():
    """A number of 58 there is no exertion."""
    assert only(table(row(rpe="58"))).rpe is None


def test_importing_twice_adds_nothing(tmp_path):
    """The second time the diary knows it all."""
    content = table(row(file="activities/1.fit.gz"), row(date="May 9, 2026, 7:30:00 AM"))
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"x.zip": strava_archive(content, {"activities/1.fit.gz": write_fit(FIRST)})}))
    records = import_path(path, zone=HOME).records
    now = datetime(2026, 6, 1, tzinfo=UTC)
    with open_diary(str(tmp_path / "diary.db")) as book:
        assert book.add(records, source="import", now=now).new > 0
        assert book.add(import_path(path, zone=HOME).records, source="import", now=now).new == 0


def test_the_small_letters_of_2018_are_in_metres():
    """Ten columns, the only distance in metres, however short the run was."""
    table = (
        b"id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
        b"1,2018-09-12 15:02:23,Morning,Run,,120,400.0,false,,activities/1.gpx\n"
    )
    assert STRAVA_TABLE.knows(table, name="activities.csv")
    (run,) = STRAVA_TABLE.read(table, name="activities.csv", zone=HOME).records.runs
    assert (run.distance_m, run.moving_s, run.start.hour) == (400.0, 120.0, 15)


def test_side_files_of_an_export_are_told_in_one_line(tmp_path):
    """Shoes and pictures are no sessions; a file of another name is still told by itself."""
    files = {
        "activities.csv": table(row()),
        "bikes.csv": b"Bike,Brand\n",
        "shoes.csv": b"Shoe\n",
        "media/1.jpg": b"\xff\xd8\xff",
    }
    (tmp_path / "export.zip").write_bytes(zipped({**files, "pains.csv": b"Ache\n"}))
    result = import_path(tmp_path / "export.zip", zone=HOME)
    assert "3 files of the export hold no sessions: bikes.csv, media/1.jpg, shoes.csv." in result.notes
    assert [skip.where for skip in result.skipped] == ["pains.csv"]


def test_a_header_that_is_no_longer_there_is_our_error():
    """Damage may leave a first line with fewer columns than were known of."""
    with pytest.raises(BadInput):
        STRAVA_TABLE.read(b"a,b\n1,2\n", name="activities.csv", zone=HOME)
