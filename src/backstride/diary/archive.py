"""One person's whole diary as one text, and back: every version of every entry, and what they chose.

Tables show the last word on everything; this text loses nothing, and comes back into an empty diary as it was.
`archive_reading.py` reads and checks it, in a process of its own; here stands what is written and stored.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select

from backstride.core.records import Records
from backstride.diary.rows import known_keys
from backstride.diary.schema import CALENDAR, choices, entries, versions
from backstride.diary.serialization import deserialize, records_of
from backstride.errors import NotInDiary

FORM = 1
ENTRIES_AT_ONCE = 500
_OF_VERSION = ("number", "current", "content", "stored_at", "told_at", "answered")
_OF_CHOICE = ("name", "value", "chosen_at")


@dataclass(frozen=True, slots=True)
class DiaryArchive:
    """A diary that was read from its text, checked.

    Its entries stay text until they are stored, a few at a time: 30 years of them as objects would be ten times the
    memory.

    Attributes:
        lines: one entry a line, as `ArchivedEntry.line` writes it.
        choices: name, value and moment of each.
        left_out: what was not taken over, and why, each a sentence.
    """

    lines: bytes
    choices: tuple[tuple[str, str, str], ...]
    left_out: tuple[str, ...] = ()

    @property
    def entries(self) -> Iterator["ArchivedEntry"]:
        """Every entry, one after the other."""
        return map(ArchivedEntry.of_line, self.lines.splitlines())

    @property
    def records(self) -> Records:
        """The last word on everything."""
        current = ((e.kind, row["content"]) for e in self.entries for row in e.rows if row["current"])
        return records_of(tuple(deserialize(kind, text) for kind, text in current))


@dataclass(frozen=True, slots=True)
class ArchivedEntry:
    """One entry: what it is, and how each of its versions is stored (a row without its entry's number)."""

    kind: str
    slot: str | None
    rows: tuple[dict[str, Any], ...]

    @property
    def keys(self) -> list[str]:
        """By which its versions are known again."""
        return [row["key"] for row in self.rows]

    def line(self) -> bytes:
        """Serialise the entry as one line of JSON."""
        rows = [
            {**row, "first_day": str(row["first_day"]), "last_day": str(row["last_day"])} for row in self.rows
        ]
        return json.dumps([self.kind, self.slot, rows], separators=(",", ":")).encode() + b"\n"

    @classmethod
    def of_line(cls, line: bytes) -> "ArchivedEntry":
        """Parse what `line` wrote."""
        kind, slot, rows = json.loads(line)
        for row in rows:
            row["first_day"] = date.fromisoformat(row["first_day"])
            row["last_day"] = date.fromisoformat(row["last_day"])
        return cls(kind, slot, tuple(rows))


def dump_archive(connection: Connection, person: int) -> str:
    """Everything one person told, as JSON; the secret of a calendar stays where it is."""
    entries_by_id: dict[int, dict[str, Any]] = {}
    mine = select(entries.c.id, entries.c.kind, entries.c.slot, versions).join(
        versions, versions.c.entry_id == entries.c.id
    )
    query = mine.where(entries.c.person_id == person).order_by(entries.c.id, versions.c.number)
    for row in connection.execute(query):
        entry = entries_by_id.setdefault(row.id, {"kind": row.kind, "slot": row.slot, "versions": []})
        entry["versions"].append({name: getattr(row, name) for name in _OF_VERSION})
    chosen = select(choices).where(choices.c.person_id == person, choices.c.name != CALENDAR)
    rows = connection.execute(chosen.order_by(choices.c.id))
    setting_rows = [{name: getattr(row, name) for name in _OF_CHOICE} for row in rows]
    return json.dumps(
        {"backstride_diary": FORM, "entries": list(entries_by_id.values()), "choices": setting_rows}, indent=1
    )


def archived_entry(connection: Connection, person: int, entry_id: int) -> ArchivedEntry:
    """One entry with all its versions, as `restore_archive` stores it again.

    Raises:
        NotInDiary: this person has no such entry.
    """
    query = select(entries.c.kind, entries.c.slot, versions).join(versions)
    mine = query.where(entries.c.id == entry_id, entries.c.person_id == person).order_by(versions.c.number)
    found = connection.execute(mine).mappings().all()
    if not found:
        raise NotInDiary("There is no such entry in the diary.", advice="It may have been erased already.")
    rows = tuple(
        {name: value for name, value in row.items() if name not in ("kind", "slot", "id", "entry_id")}
        for row in found
    )
    return ArchivedEntry(found[0]["kind"], found[0]["slot"], rows)


def restore_archive(connection: Connection, person: int, whole: DiaryArchive) -> tuple[int, int]:
    """Store the entries that this person does not have, with all their versions; how many were new, and known.

    Choices are put back where nothing of their name was chosen here.
    """
    taken = set(connection.scalars(select(entries.c.slot).where(entries.c.person_id == person)))
    each, new, known = whole.entries, 0, 0
    while some := list(islice(each, ENTRIES_AT_ONCE)):
        keys = known_keys(connection, person, [key for entry in some for key in entry.keys])
        unknown = [entry for entry in some if keys.isdisjoint(entry.keys)]
        _put_back_entries(connection, person, unknown, taken)
        new, known = new + len(unknown), known + len(some) - len(unknown)
    _put_back_choices(connection, person, whole)
    return new, known


def _put_back_entries(
    connection: Connection, person: int, unknown: list[ArchivedEntry], taken: set[str | None]
) -> None:
    """Store some entries; a slot that is `taken` stays with the entry that has it, and all used are added there."""
    if not unknown:
        return
    rows: list[dict[str, Any]] = []
    for entry in unknown:
        slot = None if entry.slot in taken else entry.slot
        taken.add(slot)
        rows.append({"kind": entry.kind, "person_id": person, "slot": slot})
    in_order = insert(entries).returning(entries.c.id, sort_by_parameter_order=True)
    numbers = connection.scalars(in_order, rows).all()
    stored = [
        {**row, "entry_id": number}
        for number, entry in zip(numbers, unknown, strict=True)
        for row in entry.rows
    ]
    connection.execute(insert(versions), stored)


def _put_back_choices(connection: Connection, person: int, whole: DiaryArchive) -> None:
    there = set(connection.scalars(select(choices.c.name).where(choices.c.person_id == person)))
    rows = [
        {"person_id": person, "name": name, "value": value, "chosen_at": chosen_at}
        for name, value, chosen_at in whole.choices
        if name not in there
    ]
    if rows:
        connection.execute(insert(choices), rows)
