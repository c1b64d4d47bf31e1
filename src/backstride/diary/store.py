"""The store of a server: the diaries of several people, strictly apart, and one writer for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine

from backstride.diary.diary import Diary
from backstride.diary.failures import using
from backstride.diary.place import Place
from backstride.diary.writer import Change, GroupWriter


class Store:
    """Everything in one store; `open_store` makes it. Use it in a `with` statement, or close it."""

    def __init__(self, engine: Engine, *, name: str, place: Place | None) -> None:
        self._engine = engine
        self._place = place
        self.name = name
        self.writer = GroupWriter(engine, name=name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Store what is waiting, and let go of the file or the server."""
        self.writer.close()
        self._engine.dispose()

    def diary(self, person: int) -> Diary:
        """The diary of one person; it is open as long as the store is, and is not closed by itself."""
        return Diary(self._engine, name=self.name, place=self._place, person=person, writer=self.writer)

    def write(self, change: Change) -> Any:  # noqa: ANN401 - what the change returns
        """Do one change and return what it returns, once that is on the disk.

        Raises:
            DiaryError: it was not stored.
        """
        return self.writer.write(change)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from."""
        with using(self.name), self._engine.connect() as connection:
            yield connection

    def forget(self) -> None:
        """Leave nothing of what was erased in logs and copies."""
        if self._place:
            self._place.remove_backups()
        self.writer.forget()
