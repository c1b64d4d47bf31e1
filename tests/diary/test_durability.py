"""What was stored stays, what was not stored leaves no half, and what was erased is gone."""

import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.diary.opening import open_diary
from backstride.errors import DiaryError, DiaryFull

NOW = datetime(2026, 5, 1, 7, tzinfo=UTC)
SECRET = "my disc, L5-S1, and nobody's business"

WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.opening import open_diary

start = datetime(2026, 5, 1, tzinfo=UTC)
with open_diary(sys.argv[1]) as diary:
    for i in range(int(sys.argv[2]), 10**9):
        pair = tuple(CheckIn(moment=start + timedelta(minutes=m)) for m in (2 * i, 2 * i + 1))
        diary.add(Records(pair), source="writer", now=start)
        print(i, flush=True)
"""


def numbered(n: int) -> Records:
    """Make the n-th check-in."""
    return Records((CheckIn(moment=NOW + timedelta(minutes=n), note="x" * 400, source="app"),))


@contextmanager
def disk_full_beyond(size: int):
    """No file of this process can grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("seed", range(4))
def test_killed_writer_loses_nothing_it_acknowledged(path, seed):
    """kill -9 in the middle of writing: every acknowledged pair is there, and no half of a pair."""
    acknowledged = 0
    for kill_after in random.Random(seed).choices(range(1, 60), k=2):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(acknowledged)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(kill_after):
            acknowledged = int(writer.stdout.readline()) + 1
        writer.kill()
        told = writer.stdout.read().split()  # acknowledged before the kill arrived
        writer.stdout.close()
        writer.wait()
        acknowledged = int(told[-1]) + 1 if told else acknowledged
        with open_diary(path) as diary:
            stored = len(diary.records().check_ins)
        assert stored >= 2 * acknowledged
        assert stored % 2 == 0


def test_log_cut_anywhere_leaves_a_beginning_of_what_was_stored(path, tmp_path):
    """After a power cut that shortens SQLite's log the diary opens and holds the first entries, none twisted."""
    with open_diary(path) as diary:
        for n in range(20):
            diary.add(numbered(n), source="app", now=NOW)
        log = path.with_name(path.name + "-wal").read_bytes()
        cut = tmp_path / "cut.sqlite"
        counts = []
        for length in (*sorted(random.Random(1).sample(range(len(log)), 25)), len(log)):
            shutil.copy(path, cut)
            cut.with_name(cut.name + "-wal").write_bytes(log[:length])
            with open_diary(cut) as copy:
                told = copy.records().check_ins
            assert [c.moment for c in told] == [NOW + timedelta(minutes=n) for n in range(len(told))]
            counts.append(len(told))
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 20)


def test_full_disk_stores_nothing_and_says_so(path):
    """An import that does not fit leaves no part of itself, and fits once there is room."""
    runs = tuple(Run(start=NOW + timedelta(hours=n), moving_s=600) for n in range(3000))
    with open_diary(path) as diary:
        diary.add(numbered(0), source="app", now=NOW)
        with disk_full_beyond(300_000), pytest.raises(DiaryFull, match="Nothing was stored"):
            diary.add(Records(runs=runs), source="app", now=NOW)
        assert diary.records() == numbered(0)
        assert diary.add(Records(runs=runs), source="app", now=NOW).new == 3000


def test_export_to_a_full_disk_leaves_the_old_tables(diary, tmp_path):
    """Tables already there are replaced as a whole or not at all."""
    diary.add(numbered(0), source="app", now=NOW)
    diary.export(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix == ".csv"}
    for n in range(1, 9):
        diary.add(numbered(n), source="app", now=NOW)
    with disk_full_beyond(2000), pytest.raises(DiaryFull):
        diary.export(tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix == ".csv"} == before


def test_diary_held_by_another_program_is_said_to_be_held(path, monkeypatch):
    """A writer that waits too long is told that somebody else writes."""
    monkeypatch.setattr("backstride.diary.database._PRAGMAS", ("busy_timeout = 20", "journal_mode = WAL"))
    with open_diary(path) as diary, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DiaryError, match="Close other programs"):
            diary.add(numbered(0), source="app", now=NOW)


def bytes_beside(path) -> bytes:
    """Read all that is stored in a diary's folder."""
    return b"".join(p.read_bytes() for p in path.parent.rglob("*") if p.is_file())


@pytest.mark.parametrize("erase", ["one entry", "everything"])
def test_erased_words_are_in_no_file(path, erase):
    """Neither the file, nor its log, nor a copy made before a migration holds a byte of an erased note."""
    path.parent.mkdir()
    with open_diary(path) as diary:
        diary.add(numbered(1), source="app", now=NOW)
        noted = CheckIn(moment=NOW, note=SECRET, source="app")
        (entry_id,) = diary.add(Records((noted,)), source="app", now=NOW).ids
        diary.amend(entry_id, replace(noted, note=SECRET.upper()), now=NOW)
        path.with_name(path.name + ".before-0001").write_text(SECRET)
        assert SECRET.encode() in bytes_beside(path)
        diary.erase(entry_id) if erase == "one entry" else diary.erase_everything()
        assert SECRET.lower().encode() not in bytes_beside(path).lower()
    assert SECRET.lower().encode() not in bytes_beside(path).lower()


def test_erasing_while_another_program_reads_says_so(path, monkeypatch):
    """The entry is gone, the old pages are not: the person is told what clears them."""
    monkeypatch.setattr("backstride.diary.database._PRAGMAS", ("busy_timeout = 20", "journal_mode = WAL"))
    with open_diary(path) as diary, closing(sqlite3.connect(path, isolation_level=None)) as other:
        (entry_id,) = diary.add(numbered(0), source="app", now=NOW).ids
        other.execute("BEGIN")
        other.execute("SELECT * FROM diary_version").fetchone()
        with pytest.raises(DiaryError, match="It is erased, but another program"):
            diary.erase(entry_id)
        assert diary.entries() == ()


def test_erased_words_are_in_no_table_of_the_server(postgresql_url):
    """On PostgreSQL the tables are rewritten too; its own log and backups are the server's keeper's."""
    with open_diary(postgresql_url) as diary:
        told = Records((CheckIn(moment=NOW, note=SECRET),))
        (entry_id,) = diary.add(told, source="app", now=NOW).ids
        diary.erase(entry_id)
    with psycopg.connect(postgresql_url) as connection:
        (size,) = connection.execute("SELECT pg_relation_size('diary_version')").fetchone()
    assert size == 0
