"""One person's whole diary as one text, and back: every version of every entry, and what they chose.

Tables show the last word on everything; this text loses nothing, and comes back into an empty diary as it was.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from backstride.core.records import Records
from backstride.diary.content import Content, from_content, records_of, to_content
from backstride.diary.rows import known_keys, utc
from backstride.diary.schema import choices, entries, versions
from backstride.errors import BackstrideError, BrokenFile

FORM = 1
_OF_VERSION = ("number", "current", "content", "stored_at", "told_at")
_OF_CHOICE = ("name", "value", "chosen_at")


@dataclass(frozen=True, slots=True)
class WholeDiary:
    """A diary that was read from its text, checked.

    Attributes:
        entries: kind, slot and all versions of each, the first one first.
        choices: name, value and moment of each.
    """

    entries: tuple["WholeEntry", ...]
    choices: tuple[tuple[str, str, str], ...]

    @property
    def records(self) -> Records:
        """The last word on everything."""
        current = (
            content
            for entry in self.entries
            for content, row in zip(entry.contents, entry.rows, strict=True)
            if row["current"]
        )
        return records_of(tuple(from_content(content.kind, content.text) for content in current))


@dataclass(frozen=True, slots=True)
class WholeEntry:
    """One entry: its contents, and beside each how it is stored (a row without its entry's number)."""

    slot: str | None
    contents: tuple[Content, ...]
    rows: tuple[dict[str, Any], ...]


def whole_text(connection: Connection, person: int) -> str:
    """Everything one person told, as JSON."""
    told: dict[int, dict[str, Any]] = {}
    mine = select(entries.c.id, entries.c.kind, entries.c.slot, versions).join(
        versions, versions.c.entry_id == entries.c.id
    )
    query = mine.where(entries.c.person_id == person).order_by(entries.c.id, versions.c.number)
    for row in connection.execute(query):
        entry = told.setdefault(row.id, {"kind": row.kind, "slot": row.slot, "versions": []})
        entry["versions"].append({name: getattr(row, name) for name in _OF_VERSION})
    chosen = select(choices).where(choices.c.person_id == person).order_by(choices.c.id)
    kept = [{name: getattr(row, name) for name in _OF_CHOICE} for row in connection.execute(chosen)]
    return json.dumps({"backstride_diary": FORM, "entries": list(told.values()), "choices": kept}, indent=1)


def read_whole(text: str | bytes) -> WholeDiary:
    """The diary in a text that `whole_text` made.

    Raises:
        BrokenFile: it is none, or something in it is not possible.
    """
    try:
        told = json.loads(text)
        if told["backstride_diary"] != FORM:
            raise _broken("it was written by a newer version of backstride")
        kept = tuple((str(c["name"]), str(c["value"]), _utc(c["chosen_at"])) for c in told["choices"])
        return WholeDiary(tuple(_entry(entry) for entry in told["entries"]), kept)
    except BackstrideError as error:
        raise _broken(error.problem) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _broken(f"{type(error).__name__}") from error


def put_back(connection: Connection, person: int, whole: WholeDiary) -> tuple[int, int]:
    """Store the entries that this person does not have, with all their versions; how many were new, and known.

    Choices are put back where nothing of their name was chosen here.
    """
    keys = [content.key for entry in whole.entries for content in entry.contents]
    known = known_keys(connection, person, keys)
    taken = set(connection.scalars(select(entries.c.slot).where(entries.c.person_id == person)))
    new = [entry for entry in whole.entries if known.isdisjoint(content.key for content in entry.contents)]
    for entry in new:
        slot = entry.slot if entry.slot not in taken else None
        row = {"kind": entry.contents[0].kind, "person_id": person, "slot": slot}
        entry_id = connection.scalar(insert(entries).values(row).returning(entries.c.id))
        connection.execute(insert(versions), [{**version, "entry_id": entry_id} for version in entry.rows])
    _put_back_choices(connection, person, whole)
    return len(new), len(whole.entries) - len(new)


def _put_back_choices(connection: Connection, person: int, whole: WholeDiary) -> None:
    there = set(connection.scalars(select(choices.c.name).where(choices.c.person_id == person)))
    rows = [
        {"person_id": person, "name": name, "value": value, "chosen_at": chosen_at}
        for name, value, chosen_at in whole.choices
        if name not in there
    ]
    if rows:
        connection.execute(insert(choices), rows)


def _entry(told: dict[str, Any]) -> WholeEntry:
    kind, slot, forms = str(told["kind"]), told["slot"], told["versions"]
    contents = tuple(to_content(from_content(kind, form["content"])) for form in forms)
    rows = tuple(_row(form, content) for form, content in zip(forms, contents, strict=True))
    numbers = [row["number"] for row in rows]
    if not rows or numbers != list(range(1, len(rows) + 1)) or sum(row["current"] for row in rows) != 1:
        raise _broken("the versions of an entry do not follow each other")
    return WholeEntry(None if slot is None else str(slot), contents, rows)


def _row(form: dict[str, Any], content: Content) -> dict[str, Any]:
    return {
        "number": int(form["number"]),
        "current": form["current"] is True,
        "first_day": content.first_day,
        "last_day": content.last_day,
        "key": content.key,
        "content": content.text,
        "stored_at": _utc(form["stored_at"]),
        "told_at": None if form["told_at"] is None else _utc(form["told_at"]),
    }


def _utc(told: str) -> str:
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise _broken("a moment in it has no zone")
    return utc(moment)


def _broken(why: str) -> BrokenFile:
    return BrokenFile(
        f"The diary in this archive cannot be used: {why}.",
        advice="Take it out of your diary anew, or bring the tables in it one by one.",
    )
