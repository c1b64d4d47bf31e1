"""The connection to SQLite or PostgreSQL, set up so that what was stored stays stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from backstride.errors import DiaryError

SECONDS_TO_WAIT = 10
AT_ONCE = 16
"""Connections that stay open; more are opened where more are needed, and closed again."""
_PRAGMAS = (
    f"busy_timeout = {SECONDS_TO_WAIT * 1000}",
    "journal_mode = WAL",
    "synchronous = FULL",  # a commit has reached the disk when it returns
    "foreign_keys = ON",
    "secure_delete = ON",  # what is erased is overwritten
    "temp_store = MEMORY",  # no copy of an entry in a temporary file
    "trusted_schema = OFF",
)


def location(where: str | Path) -> URL:
    """Parse the location of a diary: a path, an sqlite: URL or a postgresql: URL.

    Raises:
        DiaryError: an address of another kind.
    """
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise _unknown(where.partition("://")[0]) from error
    if url.get_backend_name() == "sqlite" and url.database:
        return URL.create("sqlite", database=url.database)
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise _unknown(url.get_backend_name())


def connect(url: URL) -> Engine:
    """Create an engine that has not connected yet.

    Raises:
        DiaryError: the driver for PostgreSQL is not installed.
    """
    try:
        # What was told is in no log and no error; a connection is not made anew for each request of a busy morning.
        message = (
            {} if url.get_backend_name() == "sqlite" else {"client_encoding": "utf8"}
        )  # also where it is SQL_ASCII
        engine = create_engine(url, hide_parameters=True, pool_size=AT_ONCE, connect_args=message)
    except (ImportError, NoSuchModuleError) as error:
        raise DiaryError(
            "The part that speaks to PostgreSQL is not installed.",
            advice="Install it with: pip install 'backstride[postgresql]'.",
        ) from error
    if is_sqlite(engine):
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


def is_sqlite(engine: Engine) -> bool:
    """Whether the diary is one file."""
    return engine.dialect.name == "sqlite"


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, stored as a whole or not at all; one writer at a time, also between programs."""
    with engine.connect().execution_options(diary_writes=True) as connection, connection.begin():
        if not is_sqlite(engine):
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7215823)")
        yield connection


def read_connection(engine: Engine) -> Connection:
    """Open a connection for single queries; PostgreSQL need not begin and end a transaction for them."""
    connection = engine.connect()
    return connection if is_sqlite(engine) else connection.execution_options(isolation_level="AUTOCOMMIT")


def vacuum(engine: Engine) -> bool:
    """Rewrite the whole store, so that nothing erased is left in it; False while somebody else reads it."""
    if is_sqlite(engine):
        with _driver(engine) as driver:
            driver.execute("VACUUM")
        return checkpoint(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("diary_version", "diary_entry", "person_answer", "person_choice"):
            connection.exec_driver_sql(f"VACUUM FULL {table}")
    return True


def checkpoint_and_clean(engine: Engine) -> bool:
    """Leave nothing erased in the log or in dead rows, while a server goes on; False while somebody reads."""
    if is_sqlite(engine):
        return checkpoint(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM diary_version, diary_entry, person_answer, person_choice")
    return True


def checkpoint(engine: Engine) -> bool:
    """Move everything from SQLite's log into the file; False while somebody else reads it."""
    with _driver(engine) as driver:
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def copy_file(engine: Engine, target: sqlite3.Connection) -> None:
    """Copy a whole SQLite diary into `target`, whoever else is writing to it."""
    with _driver(engine) as driver:
        driver.backup(target)


def copy_tightly(engine: Engine, path: Path) -> None:
    """Copy a whole SQLite diary into an empty file without its free pages, whoever else is writing to it.

    It takes little memory, however big the diary is; VACUUM on a copy would hold all of it.
    """
    with _driver(engine) as driver:
        driver.execute("VACUUM INTO ?", (str(path),))


@contextmanager
def _driver(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Open the driver's own connection, for what cannot be done in a transaction."""
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        yield driver
    finally:
        raw.close()


def _set_up(driver: sqlite3.Connection, _: object) -> None:
    driver.isolation_level = None  # else Python begins its own transactions, too late for a writer's lock
    for pragma in _PRAGMAS:
        driver.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    writes = connection.get_execution_options().get("diary_writes")
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _unknown(kind: str) -> DiaryError:
    return DiaryError(
        f"A diary cannot be kept at an address that begins with '{kind}'.",
        advice="Give the path of a file, or an address such as postgresql://user@host/diary.",
    )
