"""What many wait for, done by one thread: what waits at the same moment shares a connection and a transaction.

A commit waits for the disk. Sixty people who check in at the same moment wait for one commit, not for sixty; and
what is alike shares its statements, too, so that the busier a morning is the less each check-in costs.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from sqlalchemy import Connection

from backstride.diary.db_errors import translate_db_errors
from backstride.errors import BackstrideError, DiaryError

_OF_ONE_CHANGE = (BackstrideError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a change can be to blame for: a value that the driver cannot take harms nobody who shares its commit."""
_LOG = logging.getLogger(__name__)

Doing = Callable[[Connection], Any]
"""Something done on a connection. It may be done more than once, all but the last in vain."""
Together = Callable[[Connection, Sequence[Any]], Sequence[Any]]
"""The same for many that are alike, in the order in which they came: what comes of each."""


@dataclass(slots=True)
class _Request:
    together: Together
    what: Any
    outcome: "Future[Any]" = field(default_factory=Future)


class BatchExecutor:
    """One thread for all that is handed over. What fails takes nothing with it: the others are done again without it.

    Args:
        opened: a connection, for all that waits.
        name: the store's, for people.
        most: how much is done on one connection.
    """

    def __init__(
        self, opened: Callable[[], AbstractContextManager[Connection]], *, name: str, most: int = 64
    ) -> None:
        self._opened = opened
        self._name = name
        self._most = most
        self._wishes: SimpleQueue[_Request | None] = SimpleQueue()
        self._starting = Lock()
        self._thread: Thread | None = None

    def submit(self, doing: Doing) -> "Future[Any]":
        """Queue an operation and return a future, resolved when its connection is closed; it runs even unawaited."""
        return self.submit_batched(_one_by_one, doing)

    def submit_batched(self, together: Together, what: object) -> "Future[Any]":
        """Queue one of many similar operations, which run together with those that wait beside it."""
        wish = _Request(together, what)
        wish.outcome.set_running_or_notify_cancel()  # from now on it cannot be called off
        self._wishes.put(wish)
        self._keep_going()
        return wish.outcome

    def close(self) -> None:
        """Do what is waiting, then stop."""
        thread = self._thread
        if thread is not None and thread.is_alive():
            self._wishes.put(None)
            thread.join()

    def _keep_going(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="diary", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            wishes = self._waiting()
            self._do([wish for wish in wishes if wish is not None])
            if None in wishes:
                return

    def _waiting(self) -> list[_Request | None]:
        wishes = [self._wishes.get()]
        while len(wishes) < self._most and wishes[-1] is not None:
            try:
                wishes.append(self._wishes.get_nowait())
            except Empty:
                break
        return wishes

    def _do(self, wishes: list[_Request]) -> None:
        """All on one connection; where that fails, each half on its own, down to the one that is to blame."""
        if not wishes:
            return
        try:
            with translate_db_errors(self._name), self._opened() as connection:
                values = [
                    value
                    for together, alike in groupby(wishes, key=attrgetter("together"))
                    for value in together(connection, [wish.what for wish in alike])
                ]
        except _OF_ONE_CHANGE as error:
            if len(wishes) == 1:
                wishes[0].outcome.set_exception(_set_result(error, self._name))
                return
            half = len(wishes) // 2
            self._do(wishes[:half])
            self._do(wishes[half:])
        # not Exception: a thread that ends by SystemExit or MemoryError would leave callers waiting for ever
        except BaseException as error:
            for wish in wishes:
                if not wish.outcome.done():
                    wish.outcome.set_exception(_set_result(error, self._name))
            raise
        else:
            for wish, value in zip(wishes, values, strict=True):
                wish.outcome.set_result(value)


def _one_by_one(connection: Connection, doings: Sequence[Doing]) -> list[Any]:
    return [doing(connection) for doing in doings]


def _set_result(error: BaseException, name: str) -> BackstrideError:
    """Convert an error to one of ours; a defect, or a value that the driver refuses, is logged by type alone."""
    if isinstance(error, BackstrideError):
        return error
    _LOG.error("A change could not be done: %s.", type(error).__name__)
    return DiaryError(f"The diary at {name} could not be used.", advice="Nothing was stored. Try again.")
