"""Health Connect's database."""

import sqlite3
from contextlib import closing, suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity
from backstride.errors import BackstrideError, BrokenFile, UnknownFormat
from backstride.importers.folder import import_path
from backstride.importers.registry import reader_for
from backstride.importers.vendors.health_connect import HEALTH_CONNECT

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = 1_750_000_000_000  # 2025-06-15 15:06:40 UTC
HALF_AN_HOUR = 1_800_000
TABLES = """
CREATE TABLE exercise_session_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER, start_time INTEGER,
    end_time INTEGER, start_zone_offset INTEGER, exercise_type INTEGER, title TEXT);
CREATE TABLE distance_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER, start_time INTEGER,
    end_time INTEGER, distance REAL);
CREATE TABLE weight_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER, time INTEGER,
    zone_offset INTEGER, weight REAL);
"""


INSERTS = {
    "exercise_session_record_table (app_info_id, start_time, end_time, start_zone_offset, exercise_type, title)": 6,
    "distance_record_table (app_info_id, start_time, end_time, distance)": 4,
    "weight_record_table (app_info_id, time, zone_offset, weight)": 4,
}


def database(statements=TABLES, *, sessions=(), distances=(), weights=()):
    """The bytes of a database of these tables and rows."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(statements)
        for (into, columns), rows in zip(INSERTS.items(), (sessions, distances, weights), strict=True):
            if rows:
                connection.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * columns)})", rows)
        connection.commit()
        return connection.serialize()


def read(content):
    """What the database gives, for somebody who lives in Berlin."""
    assert reader_for(content[:4096], name="x") is HEALTH_CONNECT
    return HEALTH_CONNECT.read(content, name="a.db", zone=BERLIN)


def a_session(kind=33, *, begin=BEGIN, app=1, east=10_800):
    """A row of the table of sessions."""
    return (app, begin, begin + HALF_AN_HOUR, east, kind, "Evening")


def test_a_session_has_its_time_its_zone_and_what_its_own_app_noted():
    """Distances of another app, and of before and after, do not count."""
    distances = [(1, BEGIN + i * 60_000, BEGIN + (i + 1) * 60_000, 100.0) for i in range(-5, 35)]
    content = database(sessions=[a_session()], distances=[*distances, (2, BEGIN, BEGIN + 60_000, 9000.0)])
    (run,) = read(content).records.runs
    assert (run.moving_s, run.distance_m, run.activity) == (1800, 3000, Activity.RUN)
    assert (run.start.isoformat(), run.zone_source) == ("2025-06-15T18:06:40+03:00", "stated")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (34, Activity.TREADMILL),
        (53, Activity.WALK),
        (21, Activity.WALK),
        (4, Activity.OTHER),
        (None, Activity.OTHER),
    ],
)
def test_androids_numbers_tell_the_kind(number, kind):
    """What is unknown is no run."""
    (run,) = read(database(sessions=[a_session(number)])).records.runs
    assert run.activity is kind


def test_weights_are_in_grams():
    """An impossible one is left out with the reason."""
    result = read(
        database(weights=[(1, BEGIN, 7200, 81_500.0), (1, BEGIN, 7200, 9e9), (1, None, 0, 80_000.0)])
    )
    assert [m.value for m in result.records.measurements] == [81.5]
    assert len(result.skipped) == 2


@pytest.mark.parametrize(
    "bad", [(1, BEGIN, None, 0, 33, ""), (1, "soon", 5, 0, 33, ""), (1, 2**60, 2**60, 0, 33, "")]
)
def test_a_bad_session_is_left_out_with_the_reason(bad):
    """The next one is read."""
    result = read(database(sessions=[bad, a_session()]))
    assert (len(result.records.runs), len(result.skipped)) == (1, 1)


def test_another_database_is_told_so():
    """A diary of something else."""
    with pytest.raises(UnknownFormat, match="no export of Health Connect"):
        read(database("CREATE TABLE exercise_session_record_table_of_others (x); CREATE TABLE y (z);"))


def test_a_view_by_the_name_of_a_table_is_not_run():
    """It could count without end."""
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS start_time FROM n"
    with pytest.raises(UnknownFormat):
        read(database(f"CREATE VIEW weight_record_table AS {endless}; CREATE TABLE y (z);"))


def test_a_database_with_a_log_beside_it_is_read_as_it_stands():
    """Phones write with a log, which no export holds."""
    content = database(sessions=[a_session()])
    content = content[:18] + b"\x02\x02" + content[20:]
    assert len(read(content).records.runs) == 1


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_database_cut_off_is_refused_or_read(share):
    """In words, whatever the engine meets."""
    content = database(sessions=[a_session(begin=BEGIN + i * 10**7) for i in range(2000)])
    with pytest.raises(BrokenFile, match="cannot be read"):
        read(content[: int(share * len(content))])


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_damaged_bytes_give_runs_or_our_error(data):
    """No byte can be changed so that anything else happens."""
    content = bytearray(database(sessions=[a_session()], weights=[(1, BEGIN, 0, 80_000.0)]))
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(100, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BackstrideError):
        assert HEALTH_CONNECT.read(bytes(content), name="a.db", zone=BERLIN).records.count


APPS = "CREATE TABLE application_info_table (row_id INTEGER PRIMARY KEY, package_name TEXT, app_name TEXT);"


@pytest.mark.parametrize(("other", "runs"), [(2, 1), (1, 2)])
def test_two_apps_that_tell_of_one_run_give_one(tmp_path, other, runs):
    """The origin of a session is the app that wrote it."""
    rows = [(app, BEGIN + late, BEGIN + HALF_AN_HOUR, 7200, 33, "") for app, late in ((1, 0), (other, 4000))]
    names = "INSERT INTO application_info_table VALUES (1, 'a.watch', 'Watch'), (2, 'b.strava', 'Strava');"
    (tmp_path / "a.db").write_bytes(database(TABLES + APPS + names, sessions=rows))
    found = import_path(tmp_path / "a.db", zone=BERLIN).records.runs
    assert len(found) == runs
    assert "via Watch" in found[0].source
