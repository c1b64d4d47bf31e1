"""Backups hold everything that must not be lost, nothing that lets anybody in, and nothing that was erased."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary import erase_backups
from backstride.diary.backups import copies_at
from backstride.diary.consents import Scope, accept_invitation, store_invitation
from backstride.diary.erase_backups import clean_copies
from backstride.diary.integrity import check_integrity
from backstride.diary.looks import Seen, log_looks
from backstride.diary.opening import open_diary, open_store
from backstride.diary.people import add_person, person_of, remove_person
from backstride.diary.schema import OWNER, SAFETY
from backstride.diary.sessions import open_session
from backstride.diary.settings import erase_settings, set_setting
from backstride.diary.shares import open_share, store_share
from backstride.diary.tokens import keep_token
from backstride.errors import DiaryDamaged, DiaryError, DiaryFull

NOW = datetime(2026, 5, 1, 3, tzinfo=UTC)
FIRST_RELEASE = Path(__file__).with_name("first_release.sql")
SECRET = "nobody's business, L5-S1"


def noted(words: str, *, hours: int = 0) -> Records:
    """One check-in with a note."""
    return Records((CheckIn(moment=NOW + timedelta(hours=hours), note=words, source="app"),))


@pytest.fixture
def store(path):
    """A store in a file, with a word of the owner's."""
    with open_store(path) as opened:
        opened.diary(OWNER).add(noted("kept"), source="app", now=NOW)
        yield opened


def everything_in(folder: Path) -> bytes:
    """Read all files below a folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_backup_is_a_diary_of_its_own(store, tmp_path):
    """Opened by itself it tells the same; only its owner may read it."""
    copy = store.back_up(now=NOW)
    assert copies_at(store.place) == (copy,)
    assert (copy.path.stat().st_mode & 0o777, copy.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [file.name for file in copy.path.parent.iterdir()] == ["20260501T030000Z.sqlite"]
    copy.path.rename(tmp_path / "alone.sqlite")
    with open_diary(tmp_path / "alone.sqlite") as diary:
        assert diary.records() == noted("kept")


def test_a_backup_is_of_one_moment_while_others_write(store):
    """What is stored while it is made is in it as a whole or not at all."""
    for n in range(1, 6):
        store.diary(OWNER).add(noted("more", hours=n), source="app", now=NOW)
        counted = check_integrity(store.back_up(now=NOW + timedelta(minutes=n)).path)
        assert (counted.entries, counted.rows["diary_version"]) == (n + 1, n + 1)


def test_a_backup_lets_nobody_in(store):
    """Sessions, tokens and links that were ended later cannot come back with it."""
    open_session(store, OWNER, "session", label="a phone", now=NOW)
    keep_token(store, OWNER, "token", label="a watch", may_write=True, now=NOW)
    given = {"reader": "a clinic", "shown_name": "", "notes": False, "safety": False, "days": 30}
    store_share(store, OWNER, "link", **given, now=NOW)
    open_share(store, "link", "reader", device="Linux", now=NOW)
    store_invitation(
        store,
        person_of(store, OWNER),
        "code",
        reader="a clinic",
        shown_name="",
        days=30,
        now=NOW,
        scope=Scope(notes=True, safety=True),
    )
    taken = accept_invitation(store, add_person(store, "Reader"), "code", now=NOW)
    log_looks(store, [taken.id], Seen.LIST, now=NOW)
    tables = ("person_session", "person_token", "person_share", "person_share_opening", "person_answer")
    tables = (*tables, "person_consent", "person_consent_look")
    with closing(sqlite3.connect(store.back_up(now=NOW).path)) as copy:
        for table in tables:
            assert copy.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_old_backups_make_room(store):
    """After forty nights the last seven are all there, and of those before one a week or month."""
    for night in range(40):
        store.back_up(now=NOW + timedelta(days=night))
    made = [copy.made_at for copy in copies_at(store.place)]
    assert made[:7] == [NOW + timedelta(days=night) for night in range(39, 32, -1)]
    assert 7 < len(made) <= 13


@pytest.mark.parametrize("how", ["entry", "everything", "person", "choice"])
def test_what_is_erased_is_in_no_backup(store, how):
    """No byte of an erased word is left below the folder of the diary; what others told is still in the backup."""
    anna = store.diary(add_person(store, "Anna").id)
    (entry_id,) = anna.add(noted(SECRET), source="app", now=NOW).ids
    set_setting(store, anna.person, SAFETY, SECRET, now=NOW)
    copy = store.back_up(now=NOW)
    erased = {
        "entry": lambda: anna.erase(entry_id),
        "everything": anna.erase_everything,
        "person": lambda: remove_person(store, anna.person),
        "choice": lambda: erase_settings(store, anna.person, SAFETY, [SECRET]),
    }
    assert SECRET.encode() in copy.path.read_bytes()
    erased[how]()
    if how == "entry":
        erase_settings(store, anna.person, SAFETY, [SECRET])
    if how == "choice":
        anna.erase(entry_id)
    store.cleaner.wait()
    assert SECRET.encode() not in everything_in(store.place.path.parent)
    assert check_integrity(copy.path).entries == 1


def test_a_backup_that_cannot_be_cleaned_is_deleted(store):
    """A damaged copy may hold what was erased: it goes as a whole, and so does half of one."""
    sound, damaged = store.back_up(now=NOW), store.back_up(now=NOW + timedelta(days=1))
    damaged.path.write_bytes(SECRET.encode() * 500)
    half = store.place.copies / "20260101T000000Z.sqlite.part"
    half.write_text(SECRET)
    store.diary(OWNER).erase_everything()
    store.cleaner.wait()
    assert [file.name for file in store.place.copies.iterdir()] == [sound.path.name]


def test_a_backup_that_is_locked_is_cleaned_later(store, monkeypatch):
    """A program that holds it is no reason to delete it: it waits, through a restart as well, and stays noted."""
    monkeypatch.setattr("backstride.diary.erase_backups.SECONDS_TO_END", 0.1)
    (entry_id,) = store.diary(OWNER).add(noted(SECRET, hours=1), source="app", now=NOW).ids
    copy = store.back_up(now=NOW)
    with closing(sqlite3.connect(copy.path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(
            erase_backups, "connect_read_only", lambda path: sqlite3.connect(path, timeout=0.01)
        )
        store.diary(OWNER).erase(entry_id)
        assert not clean_copies(store.place)
        assert (copies_at(store.place)[0].path, store.place.erasures.is_dir()) == (copy.path, True)
    assert clean_copies(store.place)
    assert SECRET.encode() not in everything_in(store.place.copies)
    assert list(store.place.erasures.iterdir()) == []


def test_a_reader_of_a_backup_goes_on_reading(store):
    """Cleaning puts a copy in its place: whoever has it open keeps what they have, and nothing is deleted."""
    (entry_id,) = store.diary(OWNER).add(noted(SECRET, hours=1), source="app", now=NOW).ids
    copies = [store.back_up(now=NOW + timedelta(days=n)).path for n in range(6)]
    with closing(sqlite3.connect(copies[0], isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM diary_entry").fetchone()
        store.diary(OWNER).erase(entry_id)
        store.cleaner.wait()
        assert other.execute("SELECT count(*) FROM diary_entry").fetchone() == (2,)
    assert [check_integrity(path).entries for path in copies] == [1] * 6


def test_many_who_erase_at_once_lose_no_backup(store):
    """Twelve at the same moment: all backups are there, each without what the twelve erased."""
    people = [store.diary(add_person(store, f"P{n}").id) for n in range(12)]
    ids = [diary.add(noted(SECRET), source="app", now=NOW).ids[0] for diary in people]
    copies = [store.back_up(now=NOW + timedelta(days=n)).path for n in range(5)]
    with ThreadPoolExecutor(12) as threads:
        list(threads.map(lambda diary, number: diary.erase(number), people, ids))
    store.cleaner.wait()
    assert [check_integrity(path).entries for path in copies] == [1] * 5
    assert SECRET.encode() not in everything_in(store.place.path.parent)


def test_a_stopped_cleaning_is_taken_up_at_the_next_start(path):
    """What was noted and not done, whatever ended it, is done by the next server."""
    with open_store(path) as store:
        (entry_id,) = store.diary(OWNER).add(noted(SECRET), source="app", now=NOW).ids
        copy = store.back_up(now=NOW)
        store.cleaner.clean_soon = lambda: None
        store.diary(OWNER).erase(entry_id)
        (copy.path.parent / "20260501T030000Z.sqlite.clean").write_text(SECRET)
    assert SECRET.encode() in everything_in(path.parent)
    assert not any(SECRET.encode() in note.read_bytes() for note in store.place.erasures.iterdir())
    open_store(path).close()
    assert SECRET.encode() not in everything_in(path.parent)
    assert check_integrity(copy.path).entries == 0


def test_another_diary_that_lies_aside_keeps_its_entries(store):
    """The same number is another entry in it."""
    with open_store(store.place.path.with_name("other.sqlite")) as other:
        other.diary(OWNER).add(noted("theirs"), source="app", now=NOW)
        copied = other.back_up(now=NOW).path
    store.place.copies.mkdir(exist_ok=True)
    aside = store.place.copies / "replaced-20260501T030000000000Z.sqlite"
    copied.rename(aside)
    store.diary(OWNER).erase_everything()
    store.cleaner.wait()
    assert check_integrity(aside).entries == 1


def test_a_backup_of_an_older_form_is_brought_up_to_date_and_cleaned(path):
    """The copy from before a change of form stays, without what was erased."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as old:
        old.executescript(FIRST_RELEASE.read_text())
    with open_store(path) as store:
        diary = store.diary(OWNER)
        before = check_integrity(store.place.before_migrations[0]).entries
        diary.erase(diary.entries()[0].id)
        store.cleaner.wait()
        (copy,) = store.place.before_migrations
        assert check_integrity(copy).entries == before - 1


def test_a_damaged_diary_makes_no_backup_and_costs_none(store):
    """A copy that is not sound is not kept, and those from before stay."""
    sound = store.back_up(now=NOW)
    with closing(sqlite3.connect(store.place.path)) as other, other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute("DELETE FROM diary_entry")
    with pytest.raises(DiaryDamaged, match="belong to nothing"):
        store.back_up(now=NOW + timedelta(days=1))
    assert [file.name for file in store.place.copies.iterdir()] == [sound.path.name]


def test_no_room_for_a_backup_is_said_so(store):
    """A file where the folder of backups should be leaves no place for them."""
    store.place.copies.write_text("")
    with pytest.raises(DiaryFull, match="cannot be written to"):
        store.back_up(now=NOW)


def test_a_server_keeps_its_own_backups(postgresql_url):
    """On PostgreSQL the person is told which programs do it."""
    with open_store(postgresql_url) as store, pytest.raises(DiaryError, match="pg_dump"):
        store.back_up(now=NOW)
