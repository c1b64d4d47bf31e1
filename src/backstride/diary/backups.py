"""Backups of a diary on SQLite: whole copies in a folder beside it, checked as they are made.

A copy holds no sessions, tokens or links and no address of a calendar, so that putting it back lets nobody in who was
sent away, and no answers, which can be worked out again.
"""

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from backstride.diary.database import copy_tightly
from backstride.diary.db_errors import translate_db_errors
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.integrity import DatabaseSummary, check_integrity
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.retention import worth_keeping
from backstride.diary.schema import CALENDAR

NOT_COPIED = (
    *("person_push", "push_key"),
    *("person_session", "person_token", "person_share_opening", "person_share"),
    *("person_consent_look", "person_consent", "person_answer"),
)
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)\.sqlite")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    Attributes:
        path: its file.
        made_at: UTC.
        size: in bytes.
    """

    path: Path
    made_at: datetime
    size: int


def copies_at(place: DiaryFiles) -> tuple[Backup, ...]:
    """List the backups of a diary, newest first, without stores that a restore put aside."""
    found = []
    for path in place.copies.glob("*.sqlite") if place.copies.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named:
            made_at = datetime.strptime(named["stamp"], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, made_at, path.stat().st_size))
    return tuple(sorted(found, key=lambda copy: copy.made_at, reverse=True))


def create_backup(engine: Engine, place: DiaryFiles, *, now: datetime) -> Backup:
    """Copy the diary into the folder of its backups, and let go of those that are no longer worth keeping.

    Others may read and write meanwhile; the copy is of one moment.

    Raises:
        DiaryFull: there is no room.
        DiaryDamaged: what was copied is not sound; no older backup was touched.
    """
    path = place.copies / f"{now.astimezone(UTC):{_STAMP}}.sqlite"
    with translate_os_errors(place.path.parent), place.alone():
        copy_to(engine, path)
        _thin_out(place, now=now)
    return Backup(path, now.astimezone(UTC).replace(microsecond=0), path.stat().st_size)


def copy_to(engine: Engine, path: Path) -> DatabaseSummary:
    """Copy the diary into a file of its own, which only its owner may read.

    Raises:
        DiaryFull: the file cannot be written.
        DiaryDamaged: what was copied is not sound; the file was not kept.
    """
    half = path.with_name(path.name + ".part")
    with translate_os_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        try:
            os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with translate_db_errors(str(half)):
                copy_tightly(engine, half)
                with closing(sqlite3.connect(half, isolation_level=None)) as target:
                    strip_sessions(target)
            counted = check_integrity(half)
            fsync_path(half)
            half.replace(path)
            fsync_path(path.parent)
        finally:
            half.unlink(missing_ok=True)
    return counted


def strip_sessions(copy: sqlite3.Connection) -> None:
    """Take out of a copy what none holds, and make it a file that needs no other beside it."""
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.execute("PRAGMA journal_mode = MEMORY")  # what is taken out is in no file meanwhile
    copy.execute("PRAGMA secure_delete = ON")
    there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in NOT_COPIED:
        if table in there:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - one of our own names
    if "person_choice" in there:  # ended, not deleted: the rows of a copy are counted against the diary's
        copy.execute("UPDATE person_choice SET value = '' WHERE name = ?", (CALENDAR,))


def fsync_path(path: Path) -> None:
    """Wait until a file, or the names in a folder, have reached the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _thin_out(place: DiaryFiles, *, now: datetime) -> None:
    copies = copies_at(place)
    # a clock that was wrong once has made a backup of tomorrow; it takes the place of none of today
    retained = worth_keeping([copy.made_at for copy in copies if copy.made_at <= now])
    with translate_os_errors(place.copies):
        for copy in copies:
            if copy.made_at <= now and copy.made_at not in retained:
                copy.path.unlink(missing_ok=True)
