"""Putting a backup back: checked before, counted after, and what was there is kept aside."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from backstride.diary.backups import fsync_path, strip_sessions
from backstride.diary.db_errors import translate_db_errors
from backstride.diary.erase_backups import statements_noted
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.integrity import DatabaseSummary, check_integrity, connect_read_only
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.opening import open_diary
from backstride.errors import DiaryDamaged, DiaryError

_SECONDS_TO_WAIT = 2.0


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it.

    Attributes:
        census: what the diary holds now.
        aside: where the store lies that was there before; None where there was none.
    """

    census: DatabaseSummary
    aside: Path | None


def restore(place: DiaryFiles, source: Path, *, now: datetime, force: bool = False) -> Restored:
    """Put the copy in `source` in the place of a diary.

    Args:
        place: of the diary; it may be damaged, emptied or gone.
        source: a backup, or any closed file of a diary; it stays as it is.
        now: names what is put aside.
        force: also where the diary is sound and holds words that are newer than the backup.

    Raises:
        DiaryDamaged: the backup is not sound, or a word in it is not what was stored.
        DiaryTooNew: the backup was written by a newer version of backstride.
        DiaryError: the diary is newer than the backup, is another one, or is open in another program.
        DiaryFull: there is no room.
    """
    with translate_os_errors(place.path.parent):
        place.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.alone():
            return _restored(place, source, now=now, force=force)


def _restored(place: DiaryFiles, source: Path, *, now: datetime, force: bool) -> Restored:
    copied = check_integrity(source, each_word=True)
    there = _census_there(place)
    if not force:
        _check_not_newer(place, there, copied)
    half = place.path.with_name(place.path.name + ".part")
    with translate_os_errors(place.path), _removed(half):
        _write_beside(source, half, highest_ids=_highest_ids(place) if there else {})
        _compare(copied, check_integrity(half), source)
        with _held_alone(place, sound=there is not None):
            aside = _put_aside(place, now=now)
            half.replace(place.path)
            fsync_path(place.path.parent)
        place.marker.unlink(missing_ok=True)
    open_diary(place.path).close()  # checks it, brings it to the newest form and marks it
    _erase_noted(place, same_diary=there is None or there.diary_id == copied.diary_id)
    return Restored(check_integrity(place.path), aside)


def _census_there(place: DiaryFiles) -> DatabaseSummary | None:
    """Summarise the diary's contents; None where it is damaged, empty or gone.

    Raises:
        DiaryTooNew: it was written by a newer version of backstride.
    """
    # SQLite throws the log of an empty file away; it may be all that is left.
    if not place.path.exists() or not place.path.stat().st_size:
        return None
    try:
        return check_integrity(place.path)
    except DiaryDamaged:
        return None


def _check_not_newer(place: DiaryFiles, there: DatabaseSummary | None, copied: DatabaseSummary) -> None:
    if there is not None and there.diary_id != copied.diary_id:
        raise DiaryError(
            "The backup is of another diary than the one that is kept here.",
            advice="Choose another backup; or, if this one is meant, add --force.",
        )
    if there is None and place.marker.exists() and place.marker.read_text() != copied.diary_id:
        raise DiaryError(
            "The backup is of another diary than the one that was kept here.",
            advice="Choose another backup; or, if this one is meant, add --force.",
        )
    if there is not None and there.last_stored_at > copied.last_stored_at:
        raise DiaryError(
            f"The diary is sound, and newer than the backup: it holds {there.entries} entries and its last word is "
            f"of {there.last_stored_at[:16]} UTC, the backup {copied.entries} and "
            f"{copied.last_stored_at[:16] or 'nothing'}.",
            advice="Nothing was changed. To put the older one back all the same, add --force.",
        )


def _write_beside(source: Path, half: Path, *, highest_ids: dict[str, int]) -> None:
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with translate_db_errors(str(half)), closing(sqlite3.connect(half, isolation_level=None)) as target:
        with closing(connect_read_only(source)) as copy:
            copy.backup(target)
        strip_sessions(target)
        # no number is given twice, not even to what was lost
        for table, highest in highest_ids.items():
            target.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (highest, table))
    fsync_path(half)


def _erase_noted(place: DiaryFiles, *, same_diary: bool) -> None:
    """Erase what was erased from the diary, and not yet from the backup that was put back."""
    statements = statements_noted(place) if same_diary else []
    if statements:
        with (
            translate_db_errors(str(place.path)),
            closing(sqlite3.connect(place.path, isolation_level=None)) as diary,
        ):
            diary.execute("PRAGMA foreign_keys = ON")
            diary.execute("PRAGMA secure_delete = ON")
            for statement in statements:
                diary.execute(statement)
            diary.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _highest_ids(place: DiaryFiles) -> dict[str, int]:
    with translate_db_errors(str(place.path)), closing(sqlite3.connect(place.path)) as there:
        return dict(there.execute("SELECT name, seq FROM sqlite_sequence"))


def _compare(copied: DatabaseSummary, written: DatabaseSummary, source: Path) -> None:
    if (copied.rows, copied.diary_id) != (written.rows, written.diary_id):
        raise DiaryDamaged(
            f"What was written is not what {source} holds.",
            advice="Nothing was changed. Check the disk, and try again.",
        )


@contextmanager
def _held_alone(place: DiaryFiles, *, sound: bool) -> Iterator[None]:
    """Hold the diary while it is replaced; its log is in the file before that.

    Raises:
        DiaryError: another program has it open.
    """
    if not sound:
        yield
        return
    with closing(sqlite3.connect(place.path, isolation_level=None, timeout=_SECONDS_TO_WAIT)) as there:
        try:
            (mode,) = there.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                raise _open_elsewhere(place)
            there.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _open_elsewhere(place) from error
        yield


def _open_elsewhere(place: DiaryFiles) -> DiaryError:
    return DiaryError(
        f"Another program has the diary at {place.path} open.",
        advice="Nothing was changed. End it (backstride serve, say), then try again.",
    )


def _put_aside(place: DiaryFiles, *, now: datetime) -> Path | None:
    """Give what is there a second name among the backups; its log, which fits no other file, goes along."""
    if not place.path.exists():
        return None
    place.copies.mkdir(mode=0o700, exist_ok=True)
    aside = place.copies / f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z.sqlite"
    try:
        aside.hardlink_to(place.path)
    except OSError:  # a file system without second names
        shutil.copy2(place.path, aside)
    for end in ("-wal", "-shm"):
        log = place.path.with_name(place.path.name + end)
        if log.exists():
            log.replace(aside.with_name(aside.name + end))
    return aside


@contextmanager
def _removed(half: Path) -> Iterator[None]:
    try:
        yield
    finally:
        half.unlink(missing_ok=True)
