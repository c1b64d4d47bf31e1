"""What a file of a diary holds, counted, after its every page was checked."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from backstride.diary.schema import REVISION_TABLE, REVISIONS
from backstride.diary.serialization import key_of_text
from backstride.errors import DiaryDamaged, DiaryTooNew

COUNTED = ("person", "person_choice", "diary_entry", "diary_version", "diary_receipt")
"""The tables whose rows a backup must hold all of."""


_WORDS = "SELECT kind, key, content FROM diary_version JOIN diary_entry ON diary_entry.id = entry_id"


@dataclass(frozen=True, slots=True)
class DatabaseSummary:
    """A sound file of a diary.

    Attributes:
        diary_id: the diary's own id.
        revision: the form it has.
        last_stored_at: when the last word was stored, UTC as text; empty where there is none.
        rows: how many rows each table has; tables that its form does not know are left out.
    """

    diary_id: str
    revision: str
    last_stored_at: str
    rows: dict[str, int]

    @property
    def entries(self) -> int:
        """How many entries there are, of all people together."""
        return self.rows.get("diary_entry", 0)


def check_integrity(path: Path, *, each_word: bool = False) -> DatabaseSummary:
    """Check every page of a file and count what it holds.

    Args:
        path: the file.
        each_word: whether every entry is held against its key, too; a page has no sum by which a change shows.

    Raises:
        DiaryDamaged: it is no diary, a page of it is damaged, or a word is not what was stored.
        DiaryTooNew: it was written by a newer version of backstride.
    """
    try:
        with closing(connect_read_only(path)) as file:
            counted = _counted(file, path)
            if each_word and any(key_of_text(kind, text) != key for kind, key, text in file.execute(_WORDS)):
                raise _not_sound(path, "a word in it is not what was stored")
            return counted
    except sqlite3.Error as error:
        raise _not_sound(path, str(error)) from error


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a diary file read-only, with the write-ahead log that a crash or another program left."""
    has_log = path.with_name(path.name + "-wal").exists()
    how = "mode=rw" if has_log else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)


def _counted(file: sqlite3.Connection, path: Path) -> DatabaseSummary:
    (checked,) = file.execute("PRAGMA integrity_check(1)").fetchone()
    if checked != "ok":
        raise _not_sound(path, checked)
    if file.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone():
        raise _not_sound(path, "it holds a program")  # a trigger would run with the next thing that is stored
    if file.execute("PRAGMA foreign_key_check").fetchone():
        raise _not_sound(path, "rows belong to nothing")
    (revision,) = file.execute(f"SELECT version_num FROM {REVISION_TABLE}").fetchone() or ("",)  # noqa: S608
    if revision not in REVISIONS:
        raise DiaryTooNew(
            f"The diary in {path} was written by a newer version of backstride.",
            advice="Install that version or a newer one; the file was left as it is.",
        )
    there = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    rows = {
        table: int(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
        for table in COUNTED
        if table in there
    }
    (diary_id,) = file.execute("SELECT id FROM diary").fetchone() or ("",)
    (last,) = file.execute("SELECT coalesce(max(stored_at), '') FROM diary_version").fetchone()
    return DatabaseSummary(diary_id, revision, last, rows)


def _not_sound(path: Path, why: str) -> DiaryDamaged:
    return DiaryDamaged(
        f"{path} is no diary, or is damaged ({why}).",
        advice="See which backups there are with: backstride restore --list",
    )
