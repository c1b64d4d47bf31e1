"""A backup is put back as a whole, never over something newer, and what was there is kept."""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.calendar import calendar_of, has_calendar, keep_calendar
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.opening import open_diary, open_store
from backstride.diary.restore import restore
from backstride.diary.schema import OWNER
from backstride.errors import DiaryDamaged, DiaryError, DiaryTooNew

NOW = datetime(2026, 5, 1, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def told(n: int) -> Records:
    """The n-th check-in."""
    return Records((CheckIn(moment=NOW + timedelta(hours=n), source="app"),))


@pytest.fixture
def place(path) -> DiaryFiles:
    """A closed diary with one check-in, and a backup of it."""
    with open_store(path) as store:
        store.diary(OWNER).add(told(0), source="app", now=NOW)
        store.back_up(now=NOW)
    return DiaryFiles(path)


def backup_of(place: DiaryFiles) -> Path:
    """Its only backup."""
    (copy,) = place.copies.glob("2*.sqlite")
    return copy


@pytest.mark.parametrize("lost", ["gone", "empty", "noise", "damaged inside", "another"])
def test_a_lost_diary_comes_back(place, lost, tmp_path):
    """Whatever became of the file, the backup stands in its place, and what was there is kept, byte by byte."""
    content = bytearray(place.path.read_bytes())
    content[4096:8192] = os.urandom(4096)
    (tmp_path / "songs").touch()
    left = {"empty": b"", "noise": os.urandom(5000), "damaged inside": bytes(content), "another": b"a,b\n"}
    place.path.unlink() if lost == "gone" else place.path.write_bytes(left[lost])
    restored = restore(place, backup_of(place), now=LATER)
    with open_diary(place.path) as diary:
        assert diary.records() == told(0)
    assert restored.census.entries == 1
    assert (restored.aside.read_bytes() if restored.aside else None) == left.get(lost)


def test_a_changed_letter_in_a_backup_is_found(place):
    """The pages are sound, the word is another: the diary stays as it is."""
    with closing(sqlite3.connect(backup_of(place))) as copy, copy:
        copy.execute("UPDATE diary_version SET content = replace(content, '2026-05', '2026-04')")
    with pytest.raises(DiaryDamaged, match="not what was stored"):
        restore(place, backup_of(place), now=LATER, force=True)
    with open_diary(place.path) as diary:
        assert diary.records() == told(0)


def test_a_backup_that_holds_a_program_is_refused(place):
    """A trigger would run with the next import, and erase what it likes."""
    with closing(sqlite3.connect(backup_of(place))) as copy, copy:
        copy.execute("CREATE TRIGGER t AFTER INSERT ON diary_entry BEGIN DELETE FROM diary_version; END")
    with pytest.raises(DiaryDamaged, match="a program"):
        restore(place, backup_of(place), now=LATER, force=True)


def test_what_was_erased_since_does_not_come_back_with_a_backup(place):
    """A backup that could not be cleaned yet is put back without what is noted."""
    with open_store(place.path) as store:
        store.cleaner.clean_soon = lambda: None
        store.diary(OWNER).erase_everything()
    assert restore(place, backup_of(place), now=LATER, force=True).census.entries == 0


def test_several_who_restore_at_once_get_in_nobodys_way(place):
    """One after the other, and the diary is whole."""
    with ThreadPoolExecutor(4) as threads:
        done = [
            threads.submit(restore, place, backup_of(place), now=LATER + timedelta(seconds=n))
            for n in range(4)
        ]
    assert [one.result().census.entries for one in done] == [1] * 4


def test_a_newer_diary_is_not_overwritten(place):
    """What was told since the backup is not lost by mistake; with force it lies aside."""
    with open_diary(place.path) as diary:
        diary.add(told(1), source="app", now=LATER)
    with pytest.raises(DiaryError, match="newer than the backup: it holds 2 entries"):
        restore(place, backup_of(place), now=LATER)
    with open_diary(place.path) as diary:
        assert diary.records() == told(0) + told(1)
    restored = restore(place, backup_of(place), now=LATER, force=True)
    with open_diary(place.path) as diary, open_diary(restored.aside) as before:
        assert (diary.records(), before.records()) == (told(0), told(0) + told(1))


def test_a_diary_that_is_open_elsewhere_is_left_alone(place):
    """A server that goes on writing into the old file would lose what it stores."""
    with open_diary(place.path) as diary:
        diary.records()
        with pytest.raises(DiaryError, match="Another program has the diary"):
            restore(place, backup_of(place), now=LATER, force=True)
        diary.add(told(1), source="app", now=LATER)
    with open_diary(place.path) as diary:
        assert diary.records() == told(0) + told(1)


def test_a_log_left_by_a_crash_is_not_read_into_the_backup(place):
    """The log beside a damaged file goes aside with it."""
    log = place.path.with_name(place.path.name + "-wal")
    with open_diary(place.path) as diary:
        diary.add(told(1), source="app", now=LATER)
        crashed = log.read_bytes()
    place.path.write_bytes(b"")
    log.write_bytes(crashed)
    restored = restore(place, backup_of(place), now=LATER, force=True)
    with open_diary(place.path) as diary:
        assert diary.records() == told(0)
    assert restored.aside.with_name(restored.aside.name + "-wal").read_bytes() == crashed


def test_a_damaged_backup_changes_nothing(place):
    """It is looked through before anything is touched."""
    before = place.path.read_bytes()
    content = bytearray(backup_of(place).read_bytes())
    content[4096 : 4096 * 3] = os.urandom(4096 * 2)
    backup_of(place).write_bytes(content)
    with pytest.raises(DiaryDamaged, match="restore --list"):
        restore(place, backup_of(place), now=LATER, force=True)
    assert place.path.read_bytes() == before
    assert not list(place.path.parent.glob("*.part"))


def test_a_backup_of_a_newer_version_is_refused(place):
    """An unknown form is not guessed at."""
    with closing(sqlite3.connect(backup_of(place))) as copy, copy:
        copy.execute("UPDATE diary_schema SET version_num = '9999'")
    with pytest.raises(DiaryTooNew, match="newer version"):
        restore(place, backup_of(place), now=LATER)


def test_a_backup_of_another_diary_needs_a_yes(place, tmp_path):
    """Another person's file does not slip into this place; where it is meant, the marker follows."""
    with open_store(tmp_path / "other.sqlite") as store:
        store.diary(OWNER).add(told(7), source="app", now=LATER)
        other = store.back_up(now=LATER).path
    with pytest.raises(DiaryError, match="another diary"):
        restore(place, other, now=LATER)
    place.path.unlink()
    with pytest.raises(DiaryError, match="another diary"):
        restore(place, other, now=LATER)
    restore(place, other, now=LATER, force=True)
    with open_diary(place.path) as diary:
        assert diary.records() == told(7)


@pytest.mark.parametrize("stripped", [True, False], ids=["new backup", "backup of an older version"])
def test_an_ended_calendar_address_stays_ended(path, tmp_path, stripped):
    """An address of a calendar that was ended after a backup opens nothing after the restore of that backup."""
    with open_store(path) as store:
        keep_calendar(store, OWNER, "secret", now=NOW)
        store.back_up(now=NOW)
    place = DiaryFiles(path)
    source = backup_of(place)
    if not stripped:
        source = Path(shutil.copy(path, tmp_path / "older.sqlite"))
    with open_store(path) as store:
        keep_calendar(store, OWNER, "", now=LATER)
    restore(place, source, now=LATER, force=True)
    with open_store(path) as store:
        assert (calendar_of(store, "secret"), has_calendar(store, OWNER)) == (None, False)


def test_numbers_of_entries_are_not_given_again(place):
    """After an older backup was put back, a new entry does not take the number of one that is only aside."""
    with open_diary(place.path) as diary:
        (lost,) = diary.add(told(1), source="app", now=LATER).ids
    restore(place, backup_of(place), now=LATER, force=True)
    with open_diary(place.path) as diary:
        (new,) = diary.add(told(2), source="app", now=LATER).ids
    assert new > lost


def test_what_is_erased_after_a_restore_is_not_aside_either(place):
    """The store that was put aside is cleaned like every backup."""
    with open_diary(place.path) as diary:
        diary.add(told(1), source="app", now=LATER)
    aside = restore(place, backup_of(place), now=LATER, force=True).aside
    with open_diary(place.path) as diary:
        diary.erase_everything()
    with open_diary(aside) as before:
        assert before.records() == Records()


def test_a_copy_from_before_a_migration_can_be_put_back(path):
    """A diary of the first release comes back and is brought to the newest form."""
    script = Path(__file__).with_name("first_release.sql").read_text(encoding="utf-8")
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript(script)
    open_diary(path).close()
    place = DiaryFiles(path)
    path.write_bytes(b"")
    restore(place, place.before_migrations[-1], now=NOW)
    with open_diary(path) as diary:
        assert len(diary.entries()) == 1
