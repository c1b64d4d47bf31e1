"""Who writes: a command directly, a server through one thread that commits many changes at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from backstride.diary.batch_executor import BatchExecutor, Together
from backstride.diary.database import checkpoint_and_clean, vacuum, writing
from backstride.diary.db_errors import translate_db_errors
from backstride.diary.file_layout import DiaryFiles
from backstride.errors import DiaryError

Change = Callable[[Connection], Any]
"""Something that writes. It may be done more than once, all but the last in vain, so it must change nothing else."""


class Writer(Protocol):
    """What can store a change."""

    def write(self, change: Change) -> Any:  # noqa: ANN401 - what the change returns
        """Do the change and return what it returns, once that is on the disk."""

    def forget(self) -> bool:
        """See to it that nothing erased is left in the store; False while somebody else reads it."""


@dataclass(frozen=True, slots=True)
class DirectWriter:
    """One transaction a change, in the thread of the caller."""

    engine: Engine
    name: str

    def write(self, change: Change) -> Any:  # noqa: ANN401 - what the change returns
        with translate_db_errors(self.name), writing(self.engine) as connection:
            return change(connection)

    def forget(self) -> bool:
        with translate_db_errors(self.name):
            return vacuum(self.engine)


class BatchWriter:
    """One thread for all changes of a server; those that wait at the same moment share a commit."""

    def __init__(self, engine: Engine, *, name: str, place: DiaryFiles | None = None) -> None:
        self._engine = engine
        self._name = name
        self._place = place
        self._identity = place.file_identity() if place else None
        self._group = BatchExecutor(self._writing, name=name)

    def write(self, change: Change) -> Any:  # noqa: ANN401 - what the change returns
        return self._group.submit(change).result()

    def submit(self, change: Change) -> Future[Any]:
        """Queue a change and return its future, resolved once it is on disk; it is done even unawaited."""
        return self._group.submit(change)

    def submit_batched(self, together: Together, what: object) -> Future[Any]:
        """Queue one of many similar changes, which are done together."""
        return self._group.submit_batched(together, what)

    def forget(self) -> bool:
        # Erased text is overwritten as it is deleted; what is left of it is in the log.
        with translate_db_errors(self._name):
            return checkpoint_and_clean(self._engine)

    def close(self) -> None:
        """Store what is waiting, then stop."""
        self._group.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open a transaction that fails where the file was taken away meanwhile."""
        self._check_still_there()
        with writing(self._engine) as connection:
            yield connection
        self._check_still_there()

    def _check_still_there(self) -> None:
        if self._place is not None and self._place.file_identity() != self._identity:
            raise DiaryError(
                f"The file of the diary, {self._name}, was moved or changed for another.",
                advice="Nothing more is stored. Put its file back, or start backstride again.",
            )
