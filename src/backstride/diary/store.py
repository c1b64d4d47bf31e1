"""The store of a server: the diaries of several people, strictly apart, and one writer for all of them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Delete, Engine

from backstride.diary.backups import Backup, copy_to, create_backup
from backstride.diary.batch_executor import BatchExecutor
from backstride.diary.database import read_connection
from backstride.diary.db_errors import translate_db_errors
from backstride.diary.diary import Diary
from backstride.diary.erase_backups import Cleaner, note_erased
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.integrity import DatabaseSummary
from backstride.diary.writer import BatchWriter, Change
from backstride.errors import DiaryError

Asked = TypeVar("Asked")
Read = TypeVar("Read")


class Store:
    """Everything in one store; `open_store` makes it. Use it in a `with` statement, or close it."""

    def __init__(self, engine: Engine, *, name: str, place: DiaryFiles | None) -> None:
        self._engine = engine
        self._place = place
        self.name = name
        self.writer = BatchWriter(engine, name=name, place=place)
        self.cleaner = Cleaner(place, settle=self.writer.forget) if place else None
        self._reader = BatchExecutor(partial(read_connection, engine), name=name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Store what is waiting, and let go of the file or the server."""
        self._reader.close()
        if self.cleaner:
            self.cleaner.close()
        self.writer.close()
        self._engine.dispose()

    def diary(self, person: int) -> Diary:
        """Return the diary of one person; it stays open as long as the store."""
        return Diary(
            self._engine,
            name=self.name,
            place=self._place,
            person=person,
            writer=self.writer,
            cleaner=self.cleaner,
        )

    def write(self, change: Change) -> Any:  # noqa: ANN401 - what the change returns
        """Do one change and return what it returns, once that is on the disk.

        Raises:
            DiaryError: it was not stored.
        """
        return self.writer.write(change)

    def read_soon(
        self, reading: Callable[[Connection, Sequence[Asked]], Sequence[Read]], asked: Asked
    ) -> Future[Read]:
        """One look for a request that waits without a thread; short, for one thread looks for all of them.

        Its result raises DiaryError where the store cannot be read.

        Args:
            reading: looks for all who ask at the same moment, and returns what each will get.
            asked: what this one wants to know.
        """
        return self._reader.submit_batched(reading, asked)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection for reading."""
        with translate_db_errors(self.name), self._engine.connect() as connection:
            yield connection

    def forget(self, *erased: Delete) -> None:
        """Leave nothing of what was erased in logs, and soon nothing in copies.

        Args:
            erased: the statements that erased it.
        """
        if self._place and self.cleaner:
            note_erased(self._place, erased)
            self.cleaner.clean_soon()
        else:
            self.writer.forget()

    def back_up(self, *, now: datetime) -> Backup:
        """Copy everything into the folder of backups, while others read and write.

        Raises:
            DiaryFull: there is no room.
            DiaryDamaged: the copy is not sound.
            DiaryError: the store is on PostgreSQL.
        """
        return create_backup(self._engine, self.place, now=now)

    def copy_to(self, path: Path) -> DatabaseSummary:
        """Copy everything into a file; its errors are those of `back_up`."""
        self.place  # noqa: B018 - a store on a server has none
        return copy_to(self._engine, path)

    @property
    def keeps_copies(self) -> bool:
        """Whether backups are made here; whoever keeps a PostgreSQL server makes their own."""
        return self._place is not None

    @property
    def place(self) -> DiaryFiles:
        """Its files.

        Raises:
            DiaryError: it is on PostgreSQL.
        """
        if self._place is None:
            raise on_a_server()
        return self._place


def on_a_server() -> DiaryError:
    """Build the error of a backup where there is no file to copy."""
    return DiaryError(
        "This diary is kept by a PostgreSQL server.",
        advice="Back it up with pg_dump and put it back with pg_restore.",
    )
