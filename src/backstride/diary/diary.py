"""The diary itself: add, amend, look back, export, erase. One transaction an operation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select, update

from backstride.core.records import CoveredSpan, Records
from backstride.core.same_run import merge_same_runs
from backstride.diary.content import Content, Record, all_of, from_content, records_of, to_content
from backstride.diary.database import scrub, writing
from backstride.diary.failures import using
from backstride.diary.place import Place
from backstride.diary.schema import entries, versions
from backstride.diary.tables import write_tables
from backstride.errors import BadValue, DiaryError, NotInDiary

ONE_DAY = timedelta(days=1)
_KEYS_A_QUERY = 500
_COLUMNS = (versions.c.entry_id, versions.c.number, entries.c.kind, versions.c.content, versions.c.stored_at)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of added records.

    Attributes:
        new: how many were stored.
        already_there: how many were known before, equal in all but their source.
        ids: the ids of the new ones, in the order check-ins, runs, measurements, covered spans.
    """

    new: int
    already_there: int
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one entry.

    Attributes:
        id: the entry's own number, never given to another.
        version: 1 as it was first told, then 2, 3, ...
        record: what was told.
        stored_at: when this version was stored, UTC.
    """

    id: int
    version: int
    record: Record
    stored_at: datetime


class Diary:
    """One person's diary; `open_diary` makes it. Use it in a `with` statement, or close it.

    Every method raises DiaryError or a child of it, and nothing else, when the store fails.
    """

    def __init__(self, engine: Engine, *, name: str, place: Place | None) -> None:
        self._engine = engine
        self._place = place
        self.name = name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    def add(self, records: Records, *, source: str, now: datetime) -> Added:
        """Store all `records`, or none; what is there already is not stored again.

        Args:
            records: check-ins, runs, measurements and covered spans.
            source: written into records that name no source of their own.
            now: the moment of storing.

        Raises:
            DiaryFull: the disk is full or read-only; nothing was stored.
        """
        contents = [to_content(record, source=source) for record in all_of(records)]
        with self._writing() as connection:
            known = _known_keys(connection, [content.key for content in contents])
            new = list({c.key: c for c in reversed(contents) if c.key not in known}.values())[::-1]
            ids = _insert_entries(connection, new)
            rows = [_version(i, 1, content, now) for i, content in zip(ids, new, strict=True)]
            if rows:
                connection.execute(insert(versions), rows)
        return Added(len(new), len(contents) - len(new), ids)

    def amend(self, entry_id: int, replacement: Record, *, now: datetime) -> Entry:
        """Show `replacement` in the place of what an entry said; both are kept.

        A replacement that names no source keeps that of the entry.

        Raises:
            NotInDiary: there is no such entry.
            BadValue: the replacement is of another kind.
        """
        with self._writing() as connection:
            before = _history(connection, entry_id)
            content = to_content(replacement, source=_entry(before[-1]).record.source)
            if before[-1].kind != content.kind:
                raise BadValue(
                    "A check-in, a run and a measurement cannot take each other's place.",
                    advice="Erase the entry and add the other one.",
                )
            if before[-1].content != content.text:
                of_entry = versions.c.entry_id == entry_id
                connection.execute(update(versions).where(of_entry).values(current=False))
                connection.execute(insert(versions), _version(entry_id, before[-1].number + 1, content, now))
            return _entry(_history(connection, entry_id)[-1])

    def history(self, entry_id: int) -> tuple[Entry, ...]:
        """Every version of an entry, the first one first.

        Raises:
            NotInDiary: there is no such entry.
        """
        with self._reading() as connection:
            return tuple(_entry(row) for row in _history(connection, entry_id))

    def entries(self, first_day: date | None = None, last_day: date | None = None) -> tuple[Entry, ...]:
        """The current version of every entry that touches the local days asked for, in order of its day."""
        with self._reading() as connection:
            query = _current(first_day, last_day).order_by(versions.c.first_day, entries.c.id)
            return tuple(_entry(row) for row in connection.execute(query))

    def between(self, first_day: date, last_day: date) -> Records:
        """What the diary tells of these local days: the last edit of each entry, and every run once."""
        # Two records of one run can lie on two days, if one has its zone wrong.
        told = self._told(_current(first_day - ONE_DAY, last_day + ONE_DAY))
        runs, _ = merge_same_runs(told.runs)
        return Records(
            tuple(c for c in told.check_ins if first_day <= c.local_day <= last_day),
            tuple(r for r in runs if first_day <= r.local_day <= last_day),
            tuple(m for m in told.measurements if first_day <= m.local_day <= last_day),
            tuple(
                CoveredSpan(max(span.first_day, first_day), min(span.last_day, last_day), span.source)
                for span in told.covered
                if span.first_day <= last_day and first_day <= span.last_day
            ),
        )

    def records(self) -> Records:
        """Everything: the last edit of each entry, and every run once."""
        told = self._told(_current())
        runs, _ = merge_same_runs(told.runs)
        return Records(told.check_ins, runs, told.measurements, told.covered)

    def export(self, folder: Path) -> None:
        """Write all that was told, the last edit of each entry, into the neutral tables.

        Runs that several sources recorded stay apart, so that the tables read back as they were told.

        Raises:
            DiaryFull: the folder cannot be written to.
        """
        write_tables(self._told(_current()), folder)

    def erase(self, entry_id: int) -> None:
        """Erase an entry with all its versions, for good: no byte of it stays in the file.

        Copies made before migrations are erased as a whole.

        Raises:
            NotInDiary: there is no such entry.
            DiaryError: it is erased, but another program still holds what was written before.
        """
        with self._writing() as connection:
            _history(connection, entry_id)
            connection.execute(delete(entries).where(entries.c.id == entry_id))
        self._scrub()

    def erase_everything(self) -> None:
        """Erase every entry, for good; the empty diary stays.

        Raises:
            DiaryError: all is erased, but another program still holds what was written before.
        """
        with self._writing() as connection:
            connection.execute(delete(entries))
        self._scrub()

    def _scrub(self) -> None:
        if self._place:
            self._place.remove_backups()
        with using(self.name):
            clean = scrub(self._engine)
        if not clean:
            raise DiaryError(
                "It is erased, but another program that reads the diary still holds the old pages.",
                advice="Close that program, then open the diary once more: that clears them.",
            )

    def _told(self, query: Select[Any]) -> Records:
        with self._reading() as connection:
            # Where two speak of the same moment the later word comes later.
            rows = connection.execute(query.order_by(versions.c.stored_at, entries.c.id)).all()
        return records_of(tuple(from_content(row.kind, row.content) for row in rows))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with using(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with using(self.name), writing(self._engine) as connection:
            yield connection


def _current(first_day: date | None = None, last_day: date | None = None) -> Select[Any]:
    query = select(*_COLUMNS).join(entries).where(versions.c.current)
    if first_day is not None:
        query = query.where(versions.c.last_day >= first_day)
    if last_day is not None:
        query = query.where(versions.c.first_day <= last_day)
    return query


def _history(connection: Connection, entry_id: int) -> list[Row[Any]]:
    query = select(*_COLUMNS).join(entries).where(entries.c.id == entry_id).order_by(versions.c.number)
    rows: list[Row[Any]] = list(connection.execute(query))
    if not rows:
        raise NotInDiary(
            f"There is no entry {entry_id} in the diary.",
            advice="Look its number up in the list of entries; it may have been erased.",
        )
    return rows


def _known_keys(connection: Connection, keys: list[str]) -> set[str]:
    known: set[str] = set()
    for i in range(0, len(keys), _KEYS_A_QUERY):
        some = versions.c.key.in_(keys[i : i + _KEYS_A_QUERY])
        known.update(connection.scalars(select(versions.c.key).where(some)))
    return known


def _insert_entries(connection: Connection, contents: list[Content]) -> tuple[int, ...]:
    if not contents:
        return ()
    in_order = insert(entries).returning(entries.c.id, sort_by_parameter_order=True)
    return tuple(connection.scalars(in_order, [{"kind": content.kind} for content in contents]))


def _version(entry_id: int, number: int, content: Content, now: datetime) -> dict[str, object]:
    return {
        "entry_id": entry_id,
        "number": number,
        "current": True,
        "first_day": content.first_day,
        "last_day": content.last_day,
        "key": content.key,
        "content": content.text,
        "stored_at": now.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def _entry(row: Row[Any]) -> Entry:
    record = from_content(row.kind, row.content)
    return Entry(row.entry_id, row.number, record, datetime.fromisoformat(row.stored_at))
