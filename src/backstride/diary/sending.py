"""Exactly once: what a phone sends again is not stored again, and of two edits the later word is shown.

A phone makes the id of what it sends, and sends until it hears that it was stored. One check-in a day has a slot of
its own; a second one that is sent for that day is an edit of it. Every version is kept. In whatever order words
arrive, the one that was told last is shown, at the moment of the one that was told first: that is the morning of
which the day's check-in speaks.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, cast, insert, literal, select, union_all, update

from backstride.core.check_in import CheckIn
from backstride.diary.content import from_content, to_content
from backstride.diary.diary import Diary
from backstride.diary.rows import history, utc, version_row
from backstride.diary.schema import entries, receipts, versions
from backstride.diary.writer import GroupWriter

DOUBLE_TAP = timedelta(minutes=2)
"""A form without a script has no id: within this time the same words again are a second tap on the same button."""


# Statements are made once: making them anew costs more than doing them. What is known is asked for in one.
_MINE = entries.c.person_id == bindparam("person")
_VERSIONS = select(
    literal(False).label("is_receipt"),
    versions.c.entry_id,
    versions.c.number,
    versions.c.current,
    entries.c.kind,
    entries.c.slot,
    versions.c.content,
    versions.c.stored_at,
    versions.c.told_at,
).join(entries)
_KNOWN = union_all(
    select(
        literal(True).label("is_receipt"),
        receipts.c.entry_id,
        receipts.c.number,
        *(cast(None, column.type).label(column.name) for column in _VERSIONS.selected_columns[3:]),
    ).where(receipts.c.person_id == bindparam("person"), receipts.c.sent_id == bindparam("sent_id")),
    _VERSIONS.where(_MINE, entries.c.slot == bindparam("slot")),
    _VERSIONS.where(_MINE, entries.c.slot.is_(None), entries.c.kind == "check_in").where(
        versions.c.current, versions.c.first_day == bindparam("day")
    ),
)
_NEW_ENTRY = insert(entries).returning(entries.c.id)
_NEW_VERSION = insert(versions)
_NEW_RECEIPT = insert(receipts)
_NOT_CURRENT = update(versions).where(versions.c.entry_id == bindparam("entry")).values(current=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of something sent.

    Attributes:
        entry_id: the entry that holds it; None where it was erased since.
        version: which version of that entry it is.
        seen_before: whether the same was received before; nothing was stored then.
    """

    entry_id: int | None
    version: int
    seen_before: bool


def send_check_in(
    diary: Diary,
    writer: GroupWriter,
    check_in: CheckIn,
    *,
    sent_id: str | None,
    told_at: datetime,
    source: str,
    now: datetime,
) -> Future[Sent]:
    """Store the check-in of a day, once; what became of it is known when it is on the disk.

    Args:
        diary: whose it is.
        writer: stores it.
        check_in: at most one a local day comes this way; imports may hold others.
        sent_id: made by the phone, and the same each time it sends this; None for a form without a script.
        told_at: when it was told, by the clock of the server as far as that is known.
        source: written into a check-in that names no source.
        now: the moment of storing.

    Raises:
        DiaryFull: when its result is asked for: the disk is full or read-only; nothing was stored.
    """
    named = check_in if check_in.source else replace(check_in, source=source)
    sending = _Sending(diary.person, named, told_at, now)

    def change(connection: Connection) -> Sent:
        known = connection.execute(_KNOWN, sending.asked | {"sent_id": sent_id}).all()
        receipt = next((row for row in known if row.is_receipt), None)
        if receipt:
            return Sent(receipt.entry_id, receipt.number, seen_before=True)
        sent = _stored(connection, sending, known, may_be_tapped_twice=sent_id is None)
        if sent_id is not None:
            got = {"person_id": diary.person, "sent_id": sent_id}
            connection.execute(_NEW_RECEIPT, got | {"entry_id": sent.entry_id, "number": sent.version})
        return sent

    return writer.hand_over(change)


@dataclass(frozen=True, slots=True)
class _Sending:
    person: int
    check_in: CheckIn
    told_at: datetime
    stored_at: datetime

    @property
    def slot(self) -> str:
        return f"check-in {self.check_in.local_day}"

    @property
    def asked(self) -> dict[str, object]:
        """What `_KNOWN` is asked for, but for the receipt."""
        return {"person": self.person, "slot": self.slot, "day": self.check_in.local_day}


def _stored(
    connection: Connection, sending: _Sending, known: Sequence[Row[Any]], *, may_be_tapped_twice: bool
) -> Sent:
    in_slot = sorted((row for row in known if row.slot is not None), key=lambda row: row.number)
    before = in_slot or _brought_back(connection, sending, known)
    if not before:
        return Sent(_begun(connection, sending), 1, seen_before=False)
    entry_id = int(before[0].entry_id)
    first, last = min(before, key=_told_at), max(before, key=_told_at)
    shown = next(row for row in before if row.current)
    told_at = utc(sending.told_at)
    is_first, is_last = told_at < _told_at(first), told_at >= _told_at(last)
    check_in = sending.check_in if is_first else _at_the_moment_of(_told(first), sending.check_in)
    just_now = utc(sending.told_at - DOUBLE_TAP) <= _told_at(shown)
    if may_be_tapped_twice and just_now and check_in == _told(shown):
        return Sent(entry_id, shown.number, seen_before=True)
    number = before[-1].number + 1
    moved = _at_the_moment_of(check_in, _told(shown))
    moves = is_first and not is_last and moved != _told(shown)
    if is_last or moves:
        connection.execute(_NOT_CURRENT, {"entry": entry_id})
    _add(connection, sending, entry_id, number, check_in, is_current=is_last, told_at=told_at)
    if moves:  # what is shown speaks of the morning that was unknown until now
        _add(connection, sending, entry_id, number + 1, moved, is_current=True, told_at=_told_at(shown))
    return Sent(entry_id, number, seen_before=False)


def _brought_back(connection: Connection, sending: _Sending, of_day: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The entry that a check-in of ours became when an export of this diary was imported; it takes the slot."""
    for row in of_day:
        if (record := _told(row)).source == sending.check_in.source:
            which, told_at = int(row.entry_id), utc(record.moment)
            connection.execute(update(entries).where(entries.c.id == which).values(slot=sending.slot))
            connection.execute(update(versions).where(versions.c.entry_id == which).values(told_at=told_at))
            return history(connection, sending.person, which)
    return []


def _begun(connection: Connection, sending: _Sending) -> int:
    new = {"kind": "check_in", "person_id": sending.person, "slot": sending.slot}
    entry_id = int(connection.execute(_NEW_ENTRY, new).scalar_one())
    told_at = utc(sending.told_at)
    _add(connection, sending, entry_id, 1, sending.check_in, is_current=True, told_at=told_at)
    return entry_id


def _add(
    connection: Connection,
    sending: _Sending,
    entry_id: int,
    number: int,
    check_in: CheckIn,
    *,
    is_current: bool,
    told_at: str,
) -> None:
    row = version_row(entry_id, number, to_content(check_in), sending.stored_at, is_current=is_current)
    connection.execute(_NEW_VERSION, row | {"told_at": told_at})


def _at_the_moment_of(first: CheckIn, check_in: CheckIn) -> CheckIn:
    return replace(
        check_in, moment=first.moment, zone_source=first.zone_source, filled_in_late=first.filled_in_late
    )


def _told(row: Row[Any]) -> CheckIn:
    record = from_content(row.kind, row.content)
    assert isinstance(record, CheckIn)
    return record


def _told_at(row: Row[Any]) -> str:
    return str(row.told_at or row.stored_at)
