"""Opening a diary: checked, brought to the newest schema, and never begun anew in the place of a lost one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Engine, select

from backstride.diary.database import checkpoint, connect, location
from backstride.diary.db_errors import translate_db_errors
from backstride.diary.diary import Diary
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.schema import REVISIONS, diaries
from backstride.diary.store import Store, on_a_server
from backstride.diary.upgrade import revision_of, upgrade
from backstride.errors import DiaryDamaged


def open_diary(where: str | Path) -> Diary:
    """Open the owner's diary at `where`; make a new one where there never was one.

    Args:
        where: the path of an SQLite file, or an address such as postgresql://user@host/diary.

    Raises:
        DiaryDamaged: the file is no diary, is damaged, or is gone although there was one.
        DiaryTooNew: it was written by a newer version of backstride.
        DiaryFull: the place cannot be written to.
        DiaryError: the server cannot be reached, or another program holds the diary.
    """
    engine, name, place = _opened(where)
    return Diary(engine, name=name, place=place)


def open_store(where: str | Path) -> Store:
    """Open the store at `where` for a server, with everybody's diaries; `open_diary` tells what is checked.

    Raises:
        DiaryError: as `open_diary` does.
    """
    engine, name, place = _opened(where)
    store = Store(engine, name=name, place=place)
    if store.cleaner and place and place.erasures.is_dir():
        store.cleaner.clean_soon()
    return store


def place_of(where: str | Path) -> DiaryFiles:
    """Return the file layout of the diary at `where`, whether it exists or not; nothing is opened.

    Raises:
        DiaryError: it is not kept in a file.
    """
    url = location(where)
    if url.get_backend_name() != "sqlite":
        raise on_a_server()
    return DiaryFiles(Path(url.database or "").absolute())


def _opened(where: str | Path) -> tuple[Engine, str, DiaryFiles | None]:
    url = location(where)
    # a passphrase may stand in the query of an address, too
    name = url.set(username=None, password=None, query={}).render_as_string()
    if url.get_backend_name() != "sqlite":
        engine = connect(url)
        with _let_go_on_failure(engine), translate_db_errors(name):
            upgrade(engine, place=name, backup=None)
        return engine, name, None
    place = place_of(where)
    place.prepare()
    engine = connect(url)
    with _let_go_on_failure(engine), translate_db_errors(str(place.path)):
        _open_file(engine, place)
    return engine, str(place.path), place


def _open_file(engine: Engine, place: DiaryFiles) -> None:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise DiaryDamaged(
                f"The diary at {place.path} is damaged ({found}).",
                advice="It was left as it is. Put the last backup back with: backstride restore",
            )
        place.check_not_emptied(revision_of(connection, place=str(place.path)))
    upgrade(engine, place=str(place.path), backup=place.backup_before(REVISIONS[-1]))
    with engine.connect() as connection:
        diary_id = connection.scalars(select(diaries.c.id)).first()
    place.write_marker(diary_id or "")
    # The schema must not live in the log alone: a cut log then costs entries at most, never the diary.
    checkpoint(engine)


@contextmanager
def _let_go_on_failure(engine: Engine) -> Iterator[None]:
    with ExitStack() as failed:
        failed.callback(engine.dispose)  # connections must not outlive a failed opening
        yield
        failed.pop_all()
