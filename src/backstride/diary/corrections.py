"""A table that was corrected, or an export fetched anew: what it says now takes the place of what it said before.

Only what an import stored is replaced, and only by the same source: by a record of the same moment, else by one on
the same line. A row that stands unchanged in the new table is never a candidate, so that rows put in or taken out
above it move nothing.

A moment whose zone the source does not state is known again in any zone: by the clock on the wall, as a table tells
it, or by the instant, as a file in UTC does. So a table imported once more where the machine's zone differs corrects
what it fields, and tells nothing twice.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, update

from backstride.core.same_run import origins_of
from backstride.diary.added import Added, Stored
from backstride.diary.rows import add_entries, add_version, current, history, known_keys
from backstride.diary.schema import entries, versions
from backstride.diary.serialization import SerializedRecord
from backstride.errors import NotInDiary

_MOMENTS = {"run": "start", "check_in": "moment", "measurement": "moment"}
"""The kinds of records that a source may correct, and the field that holds their moment."""

Correction = tuple[Row[Any], SerializedRecord]


def add_contents(
    connection: Connection,
    person: int,
    contents: Sequence[SerializedRecord],
    *,
    now: datetime,
    corrects: bool,
) -> Added:
    """Store what is new among contents, and what corrects an entry where `corrects`."""
    keys = [content.key for content in contents]
    known = known_keys(connection, person, keys)
    unknown = list({c.key: c for c in reversed(contents) if c.key not in known}.values())[::-1]
    new, corrections = parted(connection, person, unknown, set(keys)) if corrects else (unknown, [])
    stored: list[Stored] = []
    for before, content in corrections:
        number = history(connection, person, before.entry_id)[-1].number + 1
        add_version(connection, before, content, number=number, now=now)
        stored.append((before.entry_id, number))
    otherwise = known - known_keys(connection, person, sorted(known), only_shown=True)
    ids = add_entries(connection, person, new, now=now)
    known_before = len(contents) - len(unknown)
    return Added(len(new), known_before, ids, len(stored), tuple(stored), len(otherwise))


def undo_corrections(connection: Connection, person: int, stored: Sequence[Stored]) -> int:
    """Remove versions that an import stored, so that their entries show again what they said before.

    An entry that was changed since, or erased, stays as it is. The version is removed, not covered by another: the
    same file imported once more corrects the entry again.

    Returns:
        How many entries show again what they said before.
    """
    count = 0
    for entry_id, number in stored:
        try:
            *former, last = history(connection, person, entry_id)
        except NotInDiary:
            continue
        if not former or last.number != number or not last.current:
            continue
        of_entry = versions.c.entry_id == entry_id
        connection.execute(delete(versions).where(of_entry, versions.c.number == number))
        shown = versions.c.number == former[-1].number
        connection.execute(update(versions).where(of_entry, shown).values(current=True))
        count += 1
    return count


def parted(
    connection: Connection, person: int, unknown: Sequence[SerializedRecord], repeated: Collection[str]
) -> tuple[list[SerializedRecord], list[Correction]]:
    """Split contents into new ones and corrections, each with the version that it replaces.

    Args:
        connection: to the store.
        person: whose diary it is.
        unknown: contents that no version of any entry has.
        repeated: the keys of all that the import tells: an entry with one of them stands as it is.
    """
    if not any(content.kind in _MOMENTS for content in unknown):
        return list(unknown), []
    shown = connection.execute(
        current(person)
        .where(entries.c.slot.is_(None), entries.c.kind.in_(list(_MOMENTS)))
        .add_columns(versions.c.key)
    )
    of_origin: defaultdict[_Origin, list[_Shown]] = defaultdict(list)
    for row in shown:
        one = _Shown(row, json.loads(row.content), row.key in repeated)
        for origin in _origins(row.kind, one.fields):
            of_origin[origin].append(one)
    new: list[SerializedRecord] = []
    corrections: list[Correction] = []
    taken: set[int] = set()
    for content in unknown:
        before = _corrected(content, of_origin, taken)
        if before is None:
            new.append(content)
        else:
            taken.add(before.entry_id)
            corrections.append((before, content))
    return new, corrections


_Origin = tuple[str, str]


class _Shown(NamedTuple):
    row: Row[Any]
    fields: dict[str, Any]
    is_repeated: bool


def _origins(kind: str, fields: dict[str, Any]) -> list[_Origin]:
    source = fields.get("source", "") if kind in _MOMENTS else ""
    return [(kind, origin) for origin in origins_of(source)] if source else []


def _corrected(
    content: SerializedRecord, of_origin: Mapping[_Origin, Sequence[_Shown]], taken: Collection[int]
) -> Row[Any] | None:
    """Find the entry that a content corrects: by its timestamp, else by its line in the same table.

    It is the same table where half of what is known of it, or more, is fields again: next month's has the same name.
    """
    fields = json.loads(content.text)
    likely: dict[int, dict[int, Row[Any]]] = defaultdict(dict)
    for origin in _origins(content.kind, fields):
        known = of_origin.get(origin, ())
        is_same_table = 2 * sum(one.is_repeated for one in known) >= len(known)
        for one in known:
            if one.is_repeated or one.row.entry_id in taken:
                continue
            is_same_line = one.fields.get("source") == fields["source"] != origin[1]
            rank = _likeness(one.fields, fields, _MOMENTS[content.kind], is_same_line=is_same_line)
            if rank is None and is_same_table and is_same_line:
                rank = _SAME_LINE
            if rank is not None:
                likely[rank][one.row.entry_id] = one.row
    same = list(likely[min(likely)].values()) if likely else []
    return same[0] if len(same) == 1 else None


_SAME_LINE = 4


def _likeness(
    one: Mapping[str, Any], other: Mapping[str, Any], field: str, *, is_same_line: bool
) -> int | None:
    """How surely two records are of one moment, 0 the surest; None where they do not."""
    before, after = str(one.get(field)), str(other.get(field))
    if before == after:
        return 0
    if not {one.get("zone_source"), other.get("zone_source")} & {"assumed", "position"}:
        return None
    is_same_instant = _instant(before) == _instant(after)
    if not is_same_instant and _wall(before) != _wall(after):
        return None
    if is_same_line:
        return 1
    return 2 if is_same_instant else 3


def _instant(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


def _wall(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=None)
