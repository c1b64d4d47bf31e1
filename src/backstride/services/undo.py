"""Taking back: what was added, deleted or changed a moment ago, put back as it was.

A deleted entry is erased from the store and its backups at once. For ten minutes this process alone still holds it,
in memory, so that a slip of the thumb costs nothing; then, or when the server ends, it is gone for good.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from time import monotonic

from backstride.diary.archive import ArchivedEntry, DiaryArchive
from backstride.diary.diary import Diary
from backstride.diary.rows import Entry
from backstride.diary.serialization import Record
from backstride.errors import NotInDiary, StillHeld
from backstride.runtime.clock import utc_now

SECONDS_HELD = 600.0
SECONDS_OFFERED = 30.0
"""How soon the next page must come to offer it; after that the page of the day does."""
MAX_HELD = 20


@dataclass(frozen=True, slots=True)
class Undoable:
    """Something that can be taken back.

    Attributes:
        token: by which it is named.
        day: the local day it belongs to.
        at: when it was done, in seconds of the clock of the log.
        erased: the entries that were deleted together, with all their versions; empty unless it is a deletion.
        records: what each of them said last.
        changed: the entry that was changed, and the version that was shown before; None unless it is a change.
        added: the entries that were added; empty unless it is an addition.
    """

    token: int
    day: date
    at: float
    erased: tuple[ArchivedEntry, ...] = ()
    records: tuple[Record, ...] = ()
    changed: tuple[int, int] | None = None
    added: tuple[int, ...] = ()


class UndoLog:
    """What each person can still take back, the latest last.

    Args:
        clock: seconds that go on evenly, whatever the time of day is set to.
    """

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._entries: dict[int, list[Undoable]] = {}
        self._offered: dict[int, int] = {}
        self._last_token = 0

    def deleted(
        self, person: int, entries: Sequence[ArchivedEntry], records: Sequence[Record], *, day: date
    ) -> None:
        """Remember entries that are being deleted together, and what each of them said last."""
        self._add(person, day, erased=tuple(entries), records=tuple(records))

    def changed(self, person: int, entry_id: int, *, day: date, former: int) -> None:
        """Remember that an entry was changed, and which version was shown before."""
        self._add(person, day, changed=(entry_id, former))

    def added(self, person: int, entry_ids: Sequence[int], *, day: date) -> None:
        """Remember what was added to a day; nothing, where it was all there before."""
        if entry_ids:
            self._add(person, day, added=tuple(entry_ids))

    def offered(self, person: int) -> Undoable | None:
        """Return the last change for the first page after it to offer undoing it; None for every page after that.

        Where it stood on every page, one who had gone on to another day took back what was done before.
        """
        with self._lock:
            held = self._fresh(person)
            is_new = bool(held) and self._clock() - held[-1].at < SECONDS_OFFERED
            if not is_new or self._offered.get(person) == held[-1].token:
                return None
            self._offered[person] = held[-1].token
            return held[-1]

    def of_day(self, person: int, day: date) -> tuple[Undoable, ...]:
        """Return the deletions of one day that can still be undone; changes are in the history of their entry."""
        with self._lock:
            return tuple(one for one in self._fresh(person) if one.day == day and one.erased)

    def take(self, person: int, token: int) -> Undoable:
        """Take one out of the log, to undo it.

        Raises:
            NotInDiary: it is older than ten minutes, or was taken back already.
        """
        with self._lock:
            found = next((one for one in self._fresh(person) if one.token == token), None)
            if found is None:
                raise NotInDiary(
                    "This cannot be taken back any more.",
                    advice="Open the day, and add what is missing there.",
                )
            self._entries[person].remove(found)
            return found

    def keep(self, person: int, one: Undoable) -> None:
        """Hold again, in its place, what was taken and could not be undone; nothing, where all was dropped since."""
        with self._lock:
            held = self._entries.get(person)
            if held is not None:
                self._entries[person] = sorted([*held, one], key=lambda each: each.token)

    def forget(self, person: int) -> None:
        """Drop all that this person could take back."""
        with self._lock:
            self._entries.pop(person, None)

    def _add(
        self,
        person: int,
        day: date,
        *,
        erased: tuple[ArchivedEntry, ...] = (),
        records: tuple[Record, ...] = (),
        changed: tuple[int, int] | None = None,
        added: tuple[int, ...] = (),
    ) -> None:
        with self._lock:
            self._last_token += 1
            one = Undoable(self._last_token, day, self._clock(), erased, records, changed, added)
            self._entries[person] = [*self._fresh(person), one][-MAX_HELD:]

    def _fresh(self, person: int) -> list[Undoable]:
        since = self._clock() - SECONDS_HELD
        held = [one for one in self._entries.get(person, ()) if one.at >= since]
        self._entries[person] = held
        return held


def erase_entry(log: UndoLog, diary: Diary, entry_id: int) -> None:
    """Erase an entry from the store and its backups; the log keeps it for ten minutes.

    Raises:
        NotInDiary: there is no such entry.
        DiaryError: nothing was erased, or it is and another program still holds what was written before.
    """
    _erase(log, diary, (entry_id,), day=_day_of(diary.history(entry_id)[-1]))


def undo(log: UndoLog, diary: Diary, token: int, *, now: datetime | None = None) -> date:
    """Take back an addition, a deletion or a change.

    Returns:
        The local day it belongs to.

    Raises:
        NotInDiary: it cannot be taken back any more.
        DiaryError: it was not stored, and can still be taken back.
        StillHeld: it was taken back, but another program still holds what was written before.
    """
    one = log.take(diary.person, token)
    is_done = False
    try:
        if one.erased:
            diary.put_back(DiaryArchive(b"".join(entry.line() for entry in one.erased), ()))
        elif one.changed is not None:
            put_version_back(diary, *one.changed, now=now)
        else:
            _erase(log, diary, one.added, day=one.day)
        is_done = True
    except StillHeld:
        is_done = True
        raise
    finally:
        if not is_done:
            log.keep(diary.person, one)
    return one.day


def _erase(log: UndoLog, diary: Diary, entry_ids: Sequence[int], *, day: date) -> None:
    """Erase entries together; what they held can be put back for a while, those that are gone already left out."""
    archived, records = [], []
    for entry_id in entry_ids:
        with suppress(NotInDiary):
            archived.append(diary.archived(entry_id))
            records.append(diary.history(entry_id)[-1].record)
    is_erased = False
    try:
        diary.erase_entries(entry_ids)
        is_erased = True
    except StillHeld:
        is_erased = True
        raise
    finally:
        if is_erased and archived:
            log.deleted(diary.person, archived, records, day=day)


def put_version_back(diary: Diary, entry_id: int, version: int, *, now: datetime | None = None) -> Entry:
    """Show a former version of an entry again, as a new version; all of them are kept.

    Raises:
        NotInDiary: there is no such entry, or it has no such version.
    """
    found = next((one for one in diary.history(entry_id) if one.version == version), None)
    if found is None:
        raise NotInDiary("There is no such version.", advice="Open the entry again from its day.")
    return diary.amend(entry_id, found.record, now=now or utc_now())


def _day_of(entry: Entry) -> date:
    record = entry.record
    day = getattr(record, "local_day", None) or getattr(record, "day", None) or entry.stored_at.date()
    assert isinstance(day, date)
    return day
