"""What can go wrong with a disk or a database, in the words of the error family."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from backstride.errors import DiaryDamaged, DiaryError, DiaryFull

_OF_SQLITE: dict[int, type[DiaryError]] = {
    sqlite3.SQLITE_CORRUPT: DiaryDamaged,
    sqlite3.SQLITE_NOTADB: DiaryDamaged,
    sqlite3.SQLITE_FORMAT: DiaryDamaged,
    sqlite3.SQLITE_FULL: DiaryFull,
    sqlite3.SQLITE_READONLY: DiaryFull,
    sqlite3.SQLITE_IOERR: DiaryFull,
    sqlite3.SQLITE_CANTOPEN: DiaryFull,
    sqlite3.SQLITE_PERM: DiaryFull,
}
_OF_POSTGRESQL: dict[str, type[DiaryError]] = {
    "XX001": DiaryDamaged,  # data_corrupted
    "XX002": DiaryDamaged,  # index_corrupted
    "42P01": DiaryDamaged,  # undefined_table
    "42703": DiaryDamaged,  # undefined_column
    "53100": DiaryFull,  # disk_full
    "25006": DiaryFull,  # read_only_sql_transaction
    "58030": DiaryFull,  # io_error
}
_ADVICE: dict[type[DiaryError], str] = {
    DiaryDamaged: "It was left as it is. Put the last backup back with: backstride restore",
    DiaryFull: "Nothing was stored. Make room, or allow writing to the place, and try again.",
    DiaryError: "Nothing was stored. Close other programs that use the diary, and try again.",
}


@contextmanager
def translate_db_errors(place: str) -> Iterator[None]:
    """Turn every failure of the database at `place` into the DiaryError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise to_diary_error(error.orig or error, place=place) from error
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise to_diary_error(error, place=place) from error


def to_diary_error(error: BaseException, *, place: str) -> DiaryError:
    """Convert an error of SQLite, psycopg or SQLAlchemy to a DiaryError."""
    kind = _kind(error)
    what = {DiaryDamaged: "is damaged", DiaryFull: "cannot be written to"}.get(kind, "could not be used")
    reason = str(error).strip().partition("\n")[0]
    return kind(f"The diary at {place} {what} ({reason}).", advice=_ADVICE[kind])


def _kind(error: BaseException) -> type[DiaryError]:
    if "no such table" in str(error) or "no such column" in str(error):
        return DiaryDamaged
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    state = getattr(error, "sqlstate", None) or ""
    return _OF_SQLITE.get(primary) or _OF_POSTGRESQL.get(state, DiaryError)
