"""What is erased from a diary is erased from its backups, too."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import URL, Delete, NullPool, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from backstride.diary.place import Place
from backstride.diary.writing import writing_to

_PRAGMAS = (
    "journal_mode = MEMORY",  # no copy of an erased page in a journal
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
)


def clean_copies(place: Place, erased: Iterable[Delete]) -> None:
    """Erase from every backup what was erased from the diary, with the same statements.

    An entry's number is never given to another, so the statements find in an old copy what they found in the diary.
    A copy that cannot be cleaned (it is damaged, or of an older form) is deleted as a whole, and so are the copies
    from before migrations.

    Raises:
        DiaryFull: a copy can neither be cleaned nor deleted.
    """
    statements = tuple(erased)
    place.remove_backups()
    for path in sorted(place.copies.glob("*.sqlite*")) if place.copies.is_dir() else ():
        with writing_to(path):
            if path.suffix != ".sqlite" or not _cleaned(path, statements):
                path.unlink(missing_ok=True)


def _cleaned(path: Path, erased: tuple[Delete, ...]) -> bool:
    """Whether a copy could be cleaned."""
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    event.listen(engine, "connect", _set_up)
    try:
        with engine.begin() as connection:
            for statement in erased:
                connection.execute(statement)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()
    return True


def _set_up(driver: sqlite3.Connection, _: object) -> None:
    for pragma in _PRAGMAS:
        driver.execute(f"PRAGMA {pragma}")
