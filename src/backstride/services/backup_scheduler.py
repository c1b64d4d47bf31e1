"""A backup each night, while the server runs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from zoneinfo import ZoneInfo

from backstride.diary.backups import copies_at
from backstride.diary.store import Store
from backstride.errors import DiaryError
from backstride.runtime.clock import utc_now
from backstride.services.plainly import plainly

HOUR = 3
"""The local hour from which on the backup of a night is due."""
LOOK_AGAIN_S = 600.0


class Nightly:
    """One backup for each night; one that was slept through is made up for at the next look.

    Args:
        store: what is copied.
        zone: that of this machine.
        clock: tells the moment.
    """

    def __init__(self, store: Store, *, zone: ZoneInfo, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._zone = zone
        self._clock = clock
        self._ended = Event()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._problem = ""

    @property
    def problem(self) -> str:
        """Why the last backup failed; empty where it did not."""
        return self._problem

    @property
    def last_made_at(self) -> datetime | None:
        """When the newest backup was made, UTC; None where there is none.

        One that a wrong clock has put into the future says nothing of when it was made.
        """
        if not self._store.keeps_copies:
            return None
        now = self._clock()
        return next((copy.made_at for copy in copies_at(self._store.place) if copy.made_at <= now), None)

    def begin(self) -> None:
        """Look now, and then every ten minutes, until closed; on PostgreSQL there is nothing to do."""
        with self._lock:
            if self._thread is None and self._store.keeps_copies:
                self._thread = Thread(target=self._work, name="nightly backup", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Begin no more; a backup that is being made is finished."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> bool:
        """Make a backup if one is due; whether one was made."""
        now = self._clock()
        last = self.last_made_at
        if last is not None and last >= self._last_due(now):
            return False
        try:
            self._store.back_up(now=now)
        except DiaryError as error:
            self._problem = str(plainly(error))
            return False
        self._problem = ""
        return True

    def _last_due(self, now: datetime) -> datetime:
        """Return the last time at which a backup was due: three in the night, today or yesterday."""
        local = now.astimezone(self._zone)
        due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
        return due if due <= local else due - timedelta(days=1)

    def _work(self) -> None:
        while not self._ended.is_set():
            self.look()
            self._ended.wait(LOOK_AGAIN_S)
