"""What is erased from a diary is erased from its backups, too: noted at once, and done by one at a time.

A note holds statements and numbers, no word of anybody. It stays until every backup is clean, through restarts as
well. A backup is never changed in its place: a cleaned copy takes it, so that whoever reads it goes on reading, and a
crash on the way leaves it as it was. Little of it is in memory, however big it is.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from threading import Event, Lock, Thread
from typing import Final

from sqlalchemy import Delete
from sqlalchemy.dialects import sqlite

from backstride.diary.backups import fsync_path, strip_sessions
from backstride.diary.database import connect, location
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.integrity import connect_read_only
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.schema import REVISION_TABLE, REVISIONS
from backstride.diary.upgrade import upgrade
from backstride.errors import BackstrideError, DiaryError

AGAIN_AFTER_S: Final = 60.0
SOON_AGAIN_S: Final = 0.5
SECONDS_TO_END: Final = 30.0
PAGES_AT_ONCE: Final = 1000
_BEYOND_USE: Final = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
_BESIDE: Final = ("-wal", "-shm", "-journal")
_PRAGMAS: Final = (
    "journal_mode = OFF",  # it takes the place of the backup as a whole, or not at all
    "synchronous = OFF",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
)
_LOG: Final = logging.getLogger(__name__)


def note_erased(place: DiaryFiles, erased: Iterable[Delete]) -> None:
    """Note what was erased from the diary, for its backups.

    An entry's number is never given to another, so the statements find in an old copy what they found in the diary.

    Raises:
        DiaryFull: it cannot be noted.
    """
    literal = {"literal_binds": True}
    lines = [str(one.compile(dialect=sqlite.dialect(), compile_kwargs=literal)) for one in erased]
    with translate_os_errors(place.erasures):
        place.erasures.mkdir(mode=0o700, exist_ok=True)
        note = place.erasures / f"{token_hex(8)}.sql"
        half = note.with_suffix(".part")
        half.write_text("\n".join(" ".join(line.split()) for line in lines), encoding="utf-8")
        fsync_path(half)
        half.replace(note)


def clean_copies(place: DiaryFiles) -> bool:
    """Erase from every backup what is noted; False where something is left to do later.

    Copies from before migrations are brought to the newest form on the way. What is no database any more, or damaged,
    is deleted: it may hold what was erased. A backup that is locked, or for which there is no room, waits.
    """
    if not place.erasures.is_dir():
        return True
    with place.alone():
        notes = sorted(place.erasures.glob("*.sql"))
        statements = statements_noted(place)
        if not notes:
            return True
        copies = place.copies.glob("*") if place.copies.is_dir() else ()
        for half in [path for path in copies if path.suffix in (".part", ".clean")]:
            half.unlink(missing_ok=True)
        there = [*place.before_migrations, *sorted(place.copies.glob("*.sqlite"))]
        are_clean = [_is_cleaned(path, statements, place) for path in there]
        if all(are_clean):
            for note in notes:
                note.unlink()
        return all(are_clean)


def statements_noted(place: DiaryFiles) -> list[str]:
    """Every statement that is noted."""
    notes = sorted(place.erasures.glob("*.sql")) if place.erasures.is_dir() else []
    return [line for note in notes for line in note.read_text(encoding="utf-8").splitlines()]


class Cleaner:
    """Cleans in the background, for a server: erasures that come together are done together.

    Args:
        place: whose backups are cleaned.
        settle: leaves nothing erased in the log of the diary; False while somebody reads.
    """

    def __init__(self, place: DiaryFiles, *, settle: Callable[[], bool]) -> None:
        self._place = place
        self._settle = settle
        self._lock = Lock()
        self._is_wanted = False
        self._closed = Event()
        self._thread: Thread | None = None

    def clean_soon(self) -> None:
        """See to it that what is noted is done; again and again, until it is."""
        with self._lock:
            self._is_wanted = True
            if self._thread is None and not self._closed.is_set():
                self._thread = Thread(target=self._work, name="cleaning", daemon=True)
                self._thread.start()

    def wait(self, seconds: float = SECONDS_TO_END) -> None:
        """Until it is done, but no longer than so many seconds."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def close(self) -> None:
        """Finish what can be finished soon; the rest is noted for the next start."""
        self._closed.set()
        self.wait()

    def _work(self) -> None:
        while self._is_still_wanted():
            is_settled, are_clean = self._is_settled(), clean_copies(self._place)
            if is_settled and are_clean:
                continue
            with self._lock:
                self._is_wanted = True
            if self._closed.wait(SOON_AGAIN_S if are_clean else AGAIN_AFTER_S):
                return

    def _is_settled(self) -> bool:
        try:
            return self._settle()
        except DiaryError as error:
            _LOG.warning("The log of the diary is emptied later (%s).", type(error).__name__)
            return False

    def _is_still_wanted(self) -> bool:
        with self._lock:
            wanted, self._is_wanted = self._is_wanted, False
            if not wanted:
                self._thread = None
            return wanted


def _is_cleaned(path: Path, statements: Sequence[str], place: DiaryFiles) -> bool:
    """Whether nothing of what was erased is left in a copy."""
    half = path.with_name(path.name + ".clean")
    try:
        if _holds_any(path, statements, place):
            _write_clean(path, half, statements)
            half.replace(path)
            _remove_beside(path)
            fsync_path(path.parent)
    except FileNotFoundError:
        return True  # another let go of it
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF not in _BEYOND_USE:
            return _later(path, error)
        _LOG.warning("A backup is damaged, and was deleted: it may hold what was erased.")
        path.unlink(missing_ok=True)
        _remove_beside(path)
    except (OSError, BackstrideError) as error:
        return _later(path, error)
    finally:
        half.unlink(missing_ok=True)
    return True


def _later(path: Path, error: Exception) -> bool:
    _LOG.warning("The backup %s is cleaned later (%s).", path.name, type(error).__name__)
    return False


def _holds_any(path: Path, statements: Sequence[str], place: DiaryFiles) -> bool:
    """Whether a copy is of this diary, and has a row that was erased, or a form in which that cannot be told."""
    with closing(connect_read_only(path)) as copy:
        (checked,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if checked != "ok":
            damaged = sqlite3.DatabaseError(checked)
            damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damaged
        if _revision(copy) != REVISIONS[-1]:
            return True
        (diary_id,) = copy.execute("SELECT id FROM diary").fetchone() or ("",)
        if place.marker.exists() and place.marker.read_text(encoding="ascii") != diary_id:
            return False  # another diary, put aside here; the same numbers are other entries in it
        looks = (f"SELECT 1 FROM {one.removeprefix('DELETE FROM ')} LIMIT 1" for one in statements)  # noqa: S608
        return any(copy.execute(look).fetchone() for look in looks)


def _write_clean(path: Path, half: Path, statements: Sequence[str]) -> None:
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(half, isolation_level=None)) as target:
        with closing(connect_read_only(path)) as source:
            source.backup(target, pages=PAGES_AT_ONCE)
        target.execute("PRAGMA journal_mode = DELETE")
        is_older = _revision(target) != REVISIONS[-1]
    if is_older:
        _migrate_copy(half)
    with closing(sqlite3.connect(half, isolation_level=None)) as target:
        if is_older:
            strip_sessions(target)
        erase_noted(target, statements)
    _remove_beside(half)
    fsync_path(half)


def erase_noted(copy: sqlite3.Connection, statements: Sequence[str]) -> None:
    """Do what is noted in a copy that nobody else knows yet."""
    for pragma in _PRAGMAS:
        copy.execute(f"PRAGMA {pragma}")
    copy.execute("BEGIN")
    for statement in statements:
        copy.execute(statement)
    copy.execute("COMMIT")


def _migrate_copy(half: Path) -> None:
    engine = connect(location(half))
    try:
        upgrade(engine, place=str(half), backup=None)
    finally:
        engine.dispose()


def _revision(copy: sqlite3.Connection) -> str:
    (revision,) = copy.execute(f"SELECT version_num FROM {REVISION_TABLE}").fetchone() or ("",)  # noqa: S608
    return str(revision)


def _remove_beside(path: Path) -> None:
    for end in _BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)
