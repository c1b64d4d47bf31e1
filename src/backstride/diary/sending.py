"""Exactly once: what a phone sends again is not stored again, and of two edits the later word is shown.

A phone makes the id of what it sends, and sends until it hears that it was stored. One check-in a day has a slot of
its own; a second one that is sent for that day is an edit of it. Every version is kept; the one that was told last,
by the clocks of the phones, is shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from backstride.core.check_in import CheckIn
from backstride.diary.content import Content, to_content
from backstride.diary.diary import Diary
from backstride.diary.rows import add_entries, history, utc, version_row
from backstride.diary.schema import entries, receipts, versions
from backstride.diary.writer import Writer


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
    writer: Writer,
    check_in: CheckIn,
    *,
    sent_id: str,
    told_at: datetime,
    source: str,
    now: datetime,
) -> Sent:
    """Store the check-in of a day, once.

    Args:
        diary: whose it is.
        writer: stores it.
        check_in: at most one a local day comes this way; imports may hold others.
        sent_id: made by the phone, and the same each time it sends this.
        told_at: when it was told, by the clock of the phone.
        source: written into a check-in that names no source.
        now: the moment of storing.

    Raises:
        DiaryFull: the disk is full or read-only; nothing was stored.
    """
    content = to_content(check_in, source=source)
    sending = _Sending(diary.person, sent_id, f"check-in {check_in.local_day}", told_at, now)

    def change(connection: Connection) -> Sent:
        mine = (receipts.c.person_id == diary.person, receipts.c.sent_id == sent_id)
        receipt = connection.execute(select(receipts).where(*mine)).first()
        if receipt is not None:
            return Sent(receipt.entry_id, receipt.number, seen_before=True)
        entry_id, number = _stored(connection, sending, content)
        connection.execute(
            insert(receipts).values(person_id=diary.person, sent_id=sent_id, entry_id=entry_id, number=number)
        )
        return Sent(entry_id, number, seen_before=False)

    sent = writer.write(change)
    assert isinstance(sent, Sent)
    return sent


@dataclass(frozen=True, slots=True)
class _Sending:
    person: int
    sent_id: str
    slot: str
    told_at: datetime
    stored_at: datetime


def _stored(connection: Connection, sending: _Sending, content: Content) -> tuple[int, int]:
    of_slot = (entries.c.person_id == sending.person, entries.c.slot == sending.slot)
    entry_id = connection.scalar(select(entries.c.id).where(*of_slot))
    if entry_id is None:
        (entry_id,) = add_entries(connection, sending.person, [content], now=sending.stored_at)
        connection.execute(update(entries).where(entries.c.id == entry_id).values(slot=sending.slot))
        first = versions.c.entry_id == entry_id
        connection.execute(update(versions).where(first).values(told_at=utc(sending.told_at)))
        return entry_id, 1
    before = history(connection, sending.person, entry_id)
    number = before[-1].number + 1
    is_last_word = utc(sending.told_at) >= max(_told_at(row) for row in before)
    if is_last_word:
        connection.execute(update(versions).where(versions.c.entry_id == entry_id).values(current=False))
    row = version_row(
        entry_id, number, content, sending.stored_at, is_current=is_last_word, told_at=sending.told_at
    )
    connection.execute(insert(versions), row)
    return entry_id, number


def _told_at(row: Row[Any]) -> str:
    return str(row.told_at or row.stored_at)
