"""Entries and their versions as rows: the statements by which one person's are found, read and stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from backstride.diary.schema import entries, versions
from backstride.diary.serialization import Record, SerializedRecord, deserialize
from backstride.errors import NotInDiary

Value = TypeVar("Value")

KEYS_A_QUERY = 500
_COLUMNS = (
    *(versions.c.entry_id, versions.c.number, entries.c.kind, versions.c.content),
    *(versions.c.stored_at, versions.c.told_at, versions.c.current, versions.c.answered),
)
_HISTORY = (
    select(*_COLUMNS)
    .join(entries)
    .where(entries.c.id == bindparam("entry"), entries.c.person_id == bindparam("person"))
    .order_by(versions.c.number)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one entry.

    Attributes:
        id: the entry's own number, never given to another.
        version: 1 as it was first told, then 2, 3, ...
        record: what was told.
        stored_at: when this version was stored, UTC.
        is_current: whether it is the version that is shown.
        recorded_at: when it was told, by the server's clock as far as that is known; None where it was not noted.
    """

    id: int
    version: int
    record: Record
    stored_at: datetime
    is_current: bool = True
    recorded_at: datetime | None = None


def current(person: int, first_day: date | None = None, last_day: date | None = None) -> Select[Any]:
    """Build the query for the current versions of a person's entries that touch these local days."""
    query = select(*_COLUMNS).join(entries).where(entries.c.person_id == person, versions.c.current)
    if first_day is not None:
        query = query.where(versions.c.last_day >= first_day)
    if last_day is not None:
        query = query.where(versions.c.first_day <= last_day)
    return query


def edited(person: int) -> Select[Any]:
    """Build the query for every version of a person's entries that have more than one, the first one first."""
    more = select(versions.c.entry_id).where(versions.c.number > 1)
    mine = select(*_COLUMNS).join(entries).where(entries.c.person_id == person)
    return mine.where(versions.c.entry_id.in_(more)).order_by(versions.c.entry_id, versions.c.number)


def history(connection: Connection, person: int, entry_id: int) -> list[Row[Any]]:
    """Every version of an entry, the first one first.

    Raises:
        NotInDiary: this person has no such entry.
    """
    rows: list[Row[Any]] = list(connection.execute(_HISTORY, {"entry": entry_id, "person": person}))
    if not rows:
        raise NotInDiary(
            f"There is no entry {entry_id} in the diary.",
            advice="Look its number up in the list of entries; it may have been erased.",
        )
    return rows


def known_keys(connection: Connection, person: int, keys: list[str], *, only_shown: bool = False) -> set[str]:
    """Those of `keys` that some version of this person's entries has, or one that is shown."""
    known: set[str] = set()
    of_person = select(versions.c.key).join(entries).where(entries.c.person_id == person)
    if only_shown:
        of_person = of_person.where(versions.c.current)
    for i in range(0, len(keys), KEYS_A_QUERY):
        known.update(connection.scalars(of_person.where(versions.c.key.in_(keys[i : i + KEYS_A_QUERY]))))
    return known


def pad_to_power_of_two(values: Sequence[Value]) -> list[Value]:
    """Repeat the last value until the length is a power of two, for the list of an IN clause.

    A list of every length would be a statement of its own, to be planned by the database anew.
    """
    missing = (1 << max(len(values) - 1, 0).bit_length()) - len(values)
    return [*values, *(values[-1] for _ in range(missing))]


def add_entries(
    connection: Connection, person: int, contents: list[SerializedRecord], *, now: datetime
) -> tuple[int, ...]:
    """Insert a new entry with a first version for each content; return their ids, in order."""
    if not contents:
        return ()
    in_order = insert(entries).returning(entries.c.id, sort_by_parameter_order=True)
    new = [{"kind": content.kind, "person_id": person} for content in contents]
    ids = tuple(connection.scalars(in_order, new))
    rows = [version_row(i, 1, content, now) for i, content in zip(ids, contents, strict=True)]
    connection.execute(insert(versions), rows)
    return ids


def add_version(
    connection: Connection, before: Row[Any], content: SerializedRecord, *, number: int, now: datetime
) -> None:
    """Store `content` as the current version of the entry that `before` is a version of."""
    of_entry = versions.c.entry_id == before.entry_id
    connection.execute(update(versions).where(of_entry).values(current=False))
    connection.execute(insert(versions), version_row(before.entry_id, number, content, now))


def version_row(
    entry_id: int,
    number: int,
    content: SerializedRecord,
    now: datetime,
    *,
    is_current: bool = True,
    recorded_at: datetime | None = None,
) -> dict[str, object]:
    """One version as a row."""
    return {
        "entry_id": entry_id,
        "number": number,
        "current": is_current,
        "first_day": content.first_day,
        "last_day": content.last_day,
        "key": content.key,
        "content": content.text,
        "stored_at": utc(now),
        "told_at": utc(recorded_at) if recorded_at else None,
        "answered": None,
    }


def utc(moment: datetime) -> str:
    """Format a timestamp in UTC as the store keeps it, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def entry(row: Row[Any]) -> Entry:
    """Convert a row to the entry version that it holds."""
    record = deserialize(row.kind, row.content)
    recorded_at = datetime.fromisoformat(row.told_at) if row.told_at else None
    stored_at = datetime.fromisoformat(row.stored_at)
    return Entry(row.entry_id, row.number, record, stored_at, bool(row.current), recorded_at)
