"""Many writers, few commits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.errors import BadValue, DiaryError

NOW = datetime(2026, 5, 1, 7, tzinfo=UTC)


@pytest.fixture
def store(where):
    """An empty store."""
    with open_store(where) as opened:
        yield opened


def one(n: int) -> Records:
    """Make the n-th check-in."""
    return Records((CheckIn(moment=NOW + timedelta(minutes=n)),))


def test_everyone_who_writes_at_once_is_stored(store):
    """Two hundred additions from sixteen threads: every one is there, once."""
    diary = store.diary(OWNER)
    with ThreadPoolExecutor(16) as threads:
        added = list(threads.map(lambda n: diary.add(one(n), source="app", now=NOW).new, range(200)))
    assert (sum(added), diary.records().count) == (200, 200)


def test_those_who_wait_share_a_commit(store):
    """While one change is under way others gather, and they are committed together."""
    commits = []
    event.listen(store._engine, "commit", commits.append)
    with ThreadPoolExecutor(16) as threads:
        held = threads.submit(
            store.write, lambda _: [threads.submit(store.write, lambda _: 0) for _ in range(8)]
        )
        assert [future.result() for future in held.result()] == [0] * 8
    assert len(commits) < 9


def test_a_value_that_no_driver_takes_harms_nobody_beside_it(store):
    """Half of a letter cannot be sent to any database: who sent it is told so, the other twenty are stored."""
    diary = store.diary(OWNER)

    def half_a_letter(connection):
        connection.exec_driver_sql("INSERT INTO person (name, passphrase) VALUES ('\ud800', '')")

    with ThreadPoolExecutor(4) as threads:
        held = threads.submit(
            store.write,
            lambda _: [
                threads.submit(store.write, half_a_letter),
                *(threads.submit(diary.add, one(n), source="app", now=NOW) for n in range(20)),
            ],
        )
        bad, *good = held.result()
        assert sum(future.result().new for future in good) == 20
        with pytest.raises(DiaryError, match="could not be used"):
            bad.result()


def test_a_change_that_fails_takes_no_other_with_it(store):
    """One refusal among many additions; what the refused one had written is gone."""
    diary = store.diary(OWNER)

    def refused(connection):
        connection.exec_driver_sql("INSERT INTO person (name, passphrase) VALUES ('nobody', '')")
        raise BadValue("No.", advice="Do not.")

    with ThreadPoolExecutor(4) as threads:
        bad = threads.submit(store.write, refused)
        good = [threads.submit(diary.add, one(n), source="app", now=NOW) for n in range(20)]
        assert sum(future.result().new for future in good) == 20
        with pytest.raises(BadValue):
            bad.result()
    assert store.write(lambda c: c.exec_driver_sql("SELECT count(*) FROM person").scalar()) == 1


def test_a_broken_statement_fails_for_itself_alone(store):
    """A change that the database refuses is told so; those beside it are stored."""
    diary = store.diary(OWNER)
    with ThreadPoolExecutor(4) as threads:
        bad = threads.submit(store.write, lambda c: c.exec_driver_sql("INSERT INTO nowhere VALUES (1)"))
        good = [threads.submit(diary.add, one(n), source="app", now=NOW) for n in range(10)]
        assert sum(future.result().new for future in good) == 10
        with pytest.raises(DiaryError):
            bad.result()


def test_closing_stores_what_waits(where):
    """Nothing that was handed over is lost when the server stops."""
    with open_store(where) as store, ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: store.diary(OWNER).add(one(n), source="app", now=NOW), range(10)))
    with open_store(where) as store:
        assert store.diary(OWNER).records().count == 10


def test_who_waits_no_more_stops_nobody(store):
    """What was handed over is stored though whoever handed it over went away, and so is all that comes after."""
    left = store.writer.submit(lambda c: add_person_named(c, "Anna"))
    assert not left.cancel()
    assert store.write(lambda c: c.exec_driver_sql("SELECT count(*) FROM person").scalar()) == 2


def test_a_read_that_fails_fails_alone(store):
    """Those that wait beside it for the same thread get what they asked for."""
    asked = ["SELECT 1", "SELECT x FROM nowhere", "SELECT 2"]
    read = [store.read_soon(look, ask) for ask in asked]
    with pytest.raises(DiaryError):
        read[1].result()
    assert (read[0].result(), read[2].result()) == (1, 2)


def test_what_is_read_soon_sees_what_was_stored_before(store):
    """A reader that stays for many sees each commit."""
    count = "SELECT count(*) FROM person"
    for n in range(1, 4):
        assert store.read_soon(look, count).result() == n
        store.write(lambda c, n=n: add_person_named(c, f"person {n}"))


def look(connection, asked):
    """One value for each statement."""
    return [connection.exec_driver_sql(ask).scalar() for ask in asked]


def add_person_named(connection, name: str):
    """Add somebody by hand."""
    connection.exec_driver_sql(f"INSERT INTO person (name, passphrase) VALUES ('{name}', '')")


def test_nothing_is_acknowledged_once_the_file_was_taken_away(tmp_path):
    """Renamed, or replaced by another: it would be stored where nobody looks for it. Put back, it goes on."""
    where, away = tmp_path / "diary.sqlite", tmp_path / "away.sqlite"
    with open_store(where) as store:
        diary = store.diary(OWNER)
        diary.add(one(1), source="app", now=NOW)
        where.rename(away)
        with pytest.raises(DiaryError, match="was moved"):
            diary.add(one(2), source="app", now=NOW)
        where.write_bytes(b"another")
        with pytest.raises(DiaryError, match="was moved"):
            diary.add(one(2), source="app", now=NOW)
        away.replace(where)
        assert diary.add(one(2), source="app", now=NOW).new == 1
