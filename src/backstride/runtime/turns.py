"""Turns: so many work at once, and whoever waited longest is next."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """Lets `at_once` threads work, in the order in which they asked."""

    def __init__(self, *, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[object] = deque()
        self._changed = Condition()

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits for a turn."""
        with self._changed:
            return bool(self._waiting)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn, and hold it."""
        self._take()
        try:
            yield
        finally:
            self._give()

    def pass_on(self) -> None:
        """Let everybody go first who waits; called by who holds a turn."""
        self._give()
        self._take()

    def _take(self) -> None:
        me = object()
        with self._changed:
            self._waiting.append(me)
            self._changed.wait_for(lambda: self._free > 0 and self._waiting[0] is me)
            self._waiting.popleft()
            self._free -= 1
            self._changed.notify_all()

    def _give(self) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify_all()
