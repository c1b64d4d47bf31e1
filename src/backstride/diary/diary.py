"""The diary itself: add, amend, look back, export, erase. One transaction an operation."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Delete, Engine, Select, delete

from backstride.core.datetimes import ONE_DAY
from backstride.core.records import Records, spans_within
from backstride.core.same_run import merge_same_runs
from backstride.diary.added import Added, Stored
from backstride.diary.archive import (
    ENTRIES_AT_ONCE,
    ArchivedEntry,
    DiaryArchive,
    archived_entry,
    dump_archive,
    restore_archive,
)
from backstride.diary.corrections import add_contents, undo_corrections
from backstride.diary.db_errors import translate_db_errors
from backstride.diary.erase_backups import Cleaner, clean_copies, note_erased
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.rows import Entry, add_version, current, edited, entry, history
from backstride.diary.schema import ERASED_WITH_EVERYTHING, OWNER, answers, entries, versions
from backstride.diary.serialization import Record, all_of, deserialize, records_of, serialize
from backstride.diary.tables import write_tables
from backstride.diary.writer import DirectWriter, Writer
from backstride.errors import BadValue, StillHeld


class Diary:
    """One person's diary; `open_diary` makes it. Use it in a `with` statement, or close it.

    Of what others keep in the same store it knows nothing. Every method raises DiaryError or a child of it, and
    nothing else, when the store fails.

    Args:
        engine: where the store is.
        name: its name for people.
        place: its files, where it is on SQLite.
        person: whose diary it is.
        writer: stores every change; unless given, this diary does so itself.
        cleaner: erases from backups in the background; unless given, whoever erases waits for it.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        name: str,
        place: DiaryFiles | None,
        person: int = OWNER,
        writer: Writer | None = None,
        cleaner: Cleaner | None = None,
    ) -> None:
        self._engine = engine
        self._place = place
        self._cleaner = cleaner
        self._writer = writer or DirectWriter(engine, name)
        self.person = person
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

    def add(self, records: Records, *, source: str, now: datetime, corrects: bool = False) -> Added:
        """Store all `records`, or none; what is there already is not stored again.

        Args:
            records: check-ins, runs, measurements and covered spans.
            source: written into records that name no source of their own.
            now: the moment of storing.
            corrects: what a source says anew of the same moment, or on the same line, is a new version of what it
                said before: so for files. What somebody tells takes the place of nothing.

        Raises:
            DiaryFull: the disk is full or read-only; nothing was stored.
        """
        contents = [serialize(record, source=source) for record in all_of(records)]

        def change(connection: Connection) -> Added:
            return add_contents(connection, self.person, contents, now=now, corrects=corrects)

        added = self._writer.write(change)
        assert isinstance(added, Added)
        return added

    def amend(self, entry_id: int, replacement: Record, *, now: datetime) -> Entry:
        """Show `replacement` in the place of what an entry said; both are kept.

        A replacement that names no source keeps that of the entry.

        Raises:
            NotInDiary: there is no such entry.
            BadValue: the replacement is of another kind.
        """

        def change(connection: Connection) -> Entry:
            before = history(connection, self.person, entry_id)
            shown = next(row for row in before if row.current)
            content = serialize(replacement, source=entry(shown).record.source)
            if shown.kind != content.kind:
                raise BadValue(
                    "A check-in, a run and a measurement cannot take each other's place.",
                    advice="Erase the entry and add the other one.",
                )
            if shown.content != content.text:
                add_version(connection, shown, content, number=before[-1].number + 1, now=now)
            return entry(next(row for row in history(connection, self.person, entry_id) if row.current))

        amended = self._writer.write(change)
        assert isinstance(amended, Entry)
        return amended

    def undo_corrections(self, stored: Sequence[Stored]) -> int:
        """Show again what entries said before these versions of an import; how many still stood as it left them."""
        count = self._writer.write(lambda connection: undo_corrections(connection, self.person, stored))
        assert isinstance(count, int)
        return count

    def history(self, entry_id: int) -> tuple[Entry, ...]:
        """Every version of an entry, the first one first.

        Raises:
            NotInDiary: there is no such entry.
        """
        with self._reading() as connection:
            return tuple(entry(row) for row in history(connection, self.person, entry_id))

    def entries(self, first_day: date | None = None, last_day: date | None = None) -> tuple[Entry, ...]:
        """Return the current version of every entry that touches these local days, in order of days."""
        with self._reading() as connection:
            query = current(self.person, first_day, last_day).order_by(versions.c.first_day, entries.c.id)
            return tuple(entry(row) for row in connection.execute(query))

    def edited(self) -> tuple[Entry, ...]:
        """Return every version of each entry that was changed, entry by entry, the first one first."""
        with self._reading() as connection:
            return tuple(entry(row) for row in connection.execute(edited(self.person)))

    def between(self, first_day: date, last_day: date) -> Records:
        """Return the records of these local days: the last version of each entry, and every run once."""
        # Two records of one run can lie on two days, if one has its zone wrong.
        records = self._records(current(self.person, first_day - ONE_DAY, last_day + ONE_DAY))
        runs, _ = merge_same_runs(records.runs)
        return Records(
            tuple(c for c in records.check_ins if first_day <= c.local_day <= last_day),
            tuple(r for r in runs if first_day <= r.local_day <= last_day),
            tuple(m for m in records.measurements if first_day <= m.local_day <= last_day),
            spans_within(records.covered, first_day, last_day),
            tuple(d for d in records.allocations if first_day <= d.day <= last_day),
            tuple(p for p in records.plan if first_day <= p.day <= last_day),
            tuple(p for p in records.pain_before if first_day <= p.local_day <= last_day),
            tuple(r for r in records.roland_morris if first_day <= r.local_day <= last_day),
        )

    def records(self) -> Records:
        """Everything: the last edit of each entry, and every run once."""
        records = self._records(current(self.person))
        return replace(records, runs=merge_same_runs(records.runs)[0])

    def export(self, folder: Path) -> None:
        """Write all that was told, the last edit of each entry, into the neutral tables.

        Runs that several sources recorded stay apart, so that the tables read back as they were told.

        Raises:
            DiaryFull: the folder cannot be written to.
        """
        write_tables(self._records(current(self.person)), folder)

    def whole(self) -> str:
        """Everything, with every version and choice, as the text that `restore_archive` takes."""
        with self._reading() as connection:
            return dump_archive(connection, self.person)

    def archived(self, entry_id: int) -> ArchivedEntry:
        """One entry with all its versions, so that it can be put back after it was erased.

        Raises:
            NotInDiary: there is no such entry.
        """
        with self._reading() as connection:
            return archived_entry(connection, self.person, entry_id)

    def put_back(self, whole: DiaryArchive) -> Added:
        """Store what another `whole` told and this diary does not know, all of it or nothing."""

        def change(connection: Connection) -> Added:
            return Added(*restore_archive(connection, self.person, whole))

        added = self._writer.write(change)
        assert isinstance(added, Added)
        return added

    def erase(self, entry_id: int) -> None:
        """Erase an entry with all its versions, for good: no byte of it stays in the file.

        It is erased from the backups, too, those from before migrations included.

        Raises:
            NotInDiary: there is no such entry.
            StillHeld: it is erased, but another program still holds what was written before.
        """
        with self._reading() as connection:
            history(connection, self.person, entry_id)
        self.erase_entries((entry_id,))

    def erase_entries(self, entry_ids: Sequence[int]) -> int:
        """Erase several entries with all their versions, for good; those that are gone already are passed over.

        Returns:
            How many were there.

        Raises:
            StillHeld: they are erased, but another program still holds what was written before.
        """
        of_entries = [
            delete(entries).where(
                entries.c.id.in_(entry_ids[first : first + ENTRIES_AT_ONCE]),
                entries.c.person_id == self.person,
            )
            for first in range(0, len(entry_ids), ENTRIES_AT_ONCE)
        ]
        # a stored answer says something of what was erased
        of_answers = delete(answers).where(answers.c.person_id == self.person)

        def change(connection: Connection) -> int:
            connection.execute(of_answers)
            return sum(connection.execute(statement).rowcount for statement in of_entries)

        count = self._writer.write(change)
        assert isinstance(count, int)
        self._forget(*of_entries, of_answers)
        return count

    def erase_everything(self) -> None:
        """Erase every entry of this person, and all they chose, for good; the empty diary stays.

        Raises:
            StillHeld: all is erased, but another program still holds what was written before.
        """
        erased = tuple(
            delete(table).where(table.c.person_id == self.person) for table in ERASED_WITH_EVERYTHING
        )

        def change(connection: Connection) -> None:
            for statement in erased:
                connection.execute(statement)

        self._writer.write(change)
        self._forget(*erased)

    def _forget(self, *erased: Delete) -> None:
        if self._place:
            note_erased(self._place, erased)
        if self._cleaner is not None:
            self._cleaner.clean_soon()
            return
        are_clean = clean_copies(self._place) if self._place else True
        if not self._writer.forget():
            raise StillHeld(
                "It is erased, but another program that reads the diary still holds the old pages.",
                advice="Close that program, then open the diary once more: that clears them.",
            )
        if not are_clean:
            raise StillHeld(
                "It is erased, but a backup could not be opened, and still holds it.",
                advice="Close the program that uses the backup; it is cleaned with the next erasure or backup.",
            )

    def _records(self, query: Select[Any]) -> Records:
        with self._reading() as connection:
            # Where two speak of the same moment the later word comes later.
            rows = connection.execute(query.order_by(versions.c.stored_at, entries.c.id)).all()
        return records_of(tuple(deserialize(row.kind, row.content) for row in rows))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translate_db_errors(self.name), self._engine.connect() as connection:
            yield connection
