"""Who writes: a command directly, a server through one thread that commits many changes at once.

A commit waits for the disk. Sixty people who check in at the same moment wait for one commit, not for sixty.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from backstride.diary.database import scrub, settle, writing
from backstride.diary.failures import using
from backstride.errors import BackstrideError, DiaryError

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
        with using(self.name), writing(self.engine) as connection:
            return change(connection)

    def forget(self) -> bool:
        with using(self.name):
            return scrub(self.engine)


@dataclass(slots=True)
class _Wish:
    change: Change
    done: "Future[Any]" = field(default_factory=Future)


class GroupWriter:
    """One thread for all changes of a server; those that wait at the same moment share a commit.

    One that fails takes nothing with it: the others are done again without it.
    """

    def __init__(self, engine: Engine, *, name: str, most: int = 64) -> None:
        self._engine = engine
        self._name = name
        self._most = most
        self._wishes: SimpleQueue[_Wish | None] = SimpleQueue()
        self._starting = Lock()
        self._thread: Thread | None = None

    def write(self, change: Change) -> Any:  # noqa: ANN401 - what the change returns
        return self.hand_over(change).result()

    def hand_over(self, change: Change) -> "Future[Any]":
        """What the change will return, once that is on the disk; it is done even if nobody waits for it."""
        wish = _Wish(change)
        wish.done.set_running_or_notify_cancel()  # from now on it cannot be called off
        self._wishes.put(wish)
        self._keep_going()
        return wish.done

    def forget(self) -> bool:
        # Erased text is overwritten as it is deleted; what is left of it is in the log.
        with using(self._name):
            return settle(self._engine)

    def close(self) -> None:
        """Store what is waiting, then stop."""
        thread = self._thread
        if thread is not None and thread.is_alive():
            self._wishes.put(None)
            thread.join()

    def _keep_going(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="diary writer", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            wishes = self._waiting()
            self._store([wish for wish in wishes if wish is not None])
            if None in wishes:
                return

    def _waiting(self) -> list[_Wish | None]:
        wishes = [self._wishes.get()]
        while len(wishes) < self._most and wishes[-1] is not None:
            try:
                wishes.append(self._wishes.get_nowait())
            except Empty:
                break
        return wishes

    def _store(self, wishes: list[_Wish]) -> None:
        """All in one transaction; where that fails, each half in its own, down to the one that is to blame."""
        if not wishes:
            return
        try:
            with using(self._name), writing(self._engine) as connection:
                values = [wish.change(connection) for wish in wishes]
        except BackstrideError as error:
            if len(wishes) == 1:
                wishes[0].done.set_exception(error)
                return
            half = len(wishes) // 2
            self._store(wishes[:half])
            self._store(wishes[half:])
        except BaseException:  # a defect of ours: nobody is left waiting, and the next wish begins anew
            _give_up(wishes, self._name)
            raise
        else:
            for wish, value in zip(wishes, values, strict=True):
                wish.done.set_result(value)


def _give_up(wishes: list[_Wish], name: str) -> None:
    for wish in wishes:
        if not wish.done.done():
            error = DiaryError(
                f"The diary at {name} could not be used.", advice="Nothing was stored. Try again."
            )
            wish.done.set_exception(error)
