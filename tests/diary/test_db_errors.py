"""Every error of a database becomes one of the family, with what to do next."""

import sqlite3

import psycopg.errors
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy import exc as alchemy

from backstride.diary.db_errors import to_diary_error, translate_db_errors
from backstride.diary.io_errors import translate_os_errors
from backstride.errors import DiaryDamaged, DiaryError, DiaryFull

SQLITE_CODES = {
    name: code
    for name, code in vars(sqlite3).items()
    if name.startswith("SQLITE_")
    and isinstance(code, int)
    and sqlite3.SQLITE_ERROR <= code < 100
    and not name.startswith(("SQLITE_LIMIT", "SQLITE_DENY", "SQLITE_IGNORE"))
}
DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"}
FULL = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM"}
SERVER_CODES = {
    "XX001": DiaryDamaged,
    "XX002": DiaryDamaged,
    "42P01": DiaryDamaged,
    "42703": DiaryDamaged,
    "53100": DiaryFull,
    "25006": DiaryFull,
    "58030": DiaryFull,
}


def sqlite_error(code: int) -> sqlite3.Error:
    """Make the error that SQLite raises with `code`."""
    error = sqlite3.OperationalError("something happened")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("code", SQLITE_CODES.values(), ids=SQLITE_CODES)
def test_every_code_of_sqlite_is_said_in_plain_words(code, request):
    """Damage, no room and no rights have names of their own; the rest is a DiaryError with advice."""
    names = {name for name, value in SQLITE_CODES.items() if value == code}
    expected = DiaryDamaged if names & DAMAGED else DiaryFull if names & FULL else DiaryError
    assert type(to_diary_error(sqlite_error(code), place="here")) is expected


def test_extended_codes_of_sqlite_are_known_by_their_family():
    """SQLITE_IOERR_WRITE is an I/O error, SQLITE_READONLY_DBMOVED a read-only file."""
    codes = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY_DBMOVED, sqlite3.SQLITE_CORRUPT_INDEX)
    kinds = [type(to_diary_error(sqlite_error(code), place="here")) for code in codes]
    assert kinds == [DiaryFull, DiaryFull, DiaryDamaged]


@pytest.mark.parametrize("state", sorted(psycopg.errors._sqlcodes))
def test_every_state_of_postgresql_is_said_in_plain_words(state):
    """All states that psycopg knows are mapped; a few have names of their own."""
    error = psycopg.errors.lookup(state)("something happened")
    assert type(to_diary_error(error, place="here")) is SERVER_CODES.get(error.sqlstate, DiaryError)


@pytest.mark.parametrize(
    "error",
    [
        *(
            kind("something happened")
            for kind in (sqlite3.Error, sqlite3.ProgrammingError, sqlite3.InterfaceError)
        ),
        *(
            alchemy.DBAPIError("SELECT 1", None, kind("something happened"))
            for kind in (psycopg.OperationalError, psycopg.InterfaceError, sqlite3.OperationalError)
        ),
        *(kind("something happened") for kind in (alchemy.SQLAlchemyError, alchemy.TimeoutError)),
    ],
    ids=repr,
)
def test_no_foreign_error_leaves(error):
    """Errors of the driver and of SQLAlchemy are turned at the door."""
    with pytest.raises(DiaryError, match="The diary at here could not be used"), translate_db_errors("here"):
        raise error


def test_errors_of_other_kinds_pass():
    """A slip in our own code is not called a damaged diary."""
    with pytest.raises(ZeroDivisionError), translate_db_errors("here"):
        raise ZeroDivisionError


def test_missing_table_is_damage():
    """A diary that lost a table is damaged."""
    engine = create_engine("sqlite://")
    with (
        pytest.raises(DiaryDamaged, match="is damaged"),
        translate_db_errors("here"),
        engine.connect() as connection,
    ):
        connection.execute(text("SELECT 1 FROM diary_entry"))
    engine.dispose()


def test_message_tells_the_reason_in_one_line_and_what_to_do():
    """The database's own words are cut to their first line; the last sentence is advice."""
    error = to_diary_error(psycopg.OperationalError("no route\nto host"), place="postgresql://host/diary")
    assert error.problem == "The diary at postgresql://host/diary could not be used (no route)."
    assert error.advice.endswith("try again.")


def test_disk_that_refuses_is_full(tmp_path):
    """An operating-system error becomes DiaryFull and names the place."""
    with (
        pytest.raises(DiaryFull, match=r"cannot be written to \(Is a directory\)"),
        translate_os_errors(tmp_path),
    ):
        tmp_path.write_text("")
