"""From any older schema to the newest, in one transaction, after a copy of the file was made."""

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, inspect, text

from backstride.diary.database import copy_file, is_sqlite, writing
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.schema import MIGRATIONS, REVISION_TABLE, REVISIONS, diaries
from backstride.errors import DiaryDamaged, DiaryTooNew


def revision_of(connection: Connection, *, place: str) -> str | None:
    """Return the schema revision of the diary; None where there is no diary yet.

    Raises:
        DiaryTooNew: a revision that this program does not know.
        DiaryDamaged: an SQLite file with other tables in it.
    """
    tables = inspect(connection).get_table_names()
    if REVISION_TABLE not in tables:
        if tables and connection.dialect.name == "sqlite":
            raise DiaryDamaged(
                f"{place} is a database, but no diary.", advice="Choose another file; this one is untouched."
            )
        return None
    found = connection.execute(text(f"SELECT version_num FROM {REVISION_TABLE}")).scalar()  # noqa: S608 - a constant
    if found is not None and found not in REVISIONS:
        raise DiaryTooNew(
            f"The diary at {place} was written by a newer version of backstride.",
            advice="Install that version or a newer one; the diary was left as it is.",
        )
    return None if found is None else str(found)


def upgrade(engine: Engine, *, place: str, backup: Path | None) -> None:
    """Bring the diary to the newest revision; make a new one where there is none.

    Args:
        engine: where the diary is.
        place: its name for people.
        backup: where the copy of an existing SQLite file goes; None where none is made.
    """
    with engine.connect() as connection:
        before = revision_of(connection, place=place)
    if before == REVISIONS[-1]:
        return
    if before is not None and backup is not None:
        _back_up(engine, backup)
    with writing(engine) as connection:
        if revision_of(connection, place=place) == REVISIONS[-1]:
            return  # another program was faster
        _migrate(connection)
        if connection.execute(diaries.select()).first() is None:
            connection.execute(diaries.insert().values(id=uuid4().hex))


def _back_up(engine: Engine, copy: Path) -> None:
    half = copy.with_name(copy.name + ".part")
    with translate_os_errors(half):
        half.unlink(missing_ok=True)
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(half)) as target:
            copy_file(engine, target)
            target.execute("PRAGMA journal_mode = DELETE")  # a file that needs no other beside it
        half.replace(copy)


def _migrate(connection: Connection) -> None:
    # Late, for only new and old diaries need it, and it takes a moment.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])

    # Alembic's own `upgrade` command takes its steps from this very function; it has no public name.
    steps = partial(script._upgrade_revs, "head")
    environment = EnvironmentContext(
        Config(), script, fn=lambda revision, _: steps(revision), destination_rev="head"
    )
    with environment:
        environment.configure(
            connection=connection,
            version_table=REVISION_TABLE,
            render_as_batch=is_sqlite(connection.engine),
        )
        environment.run_migrations()
