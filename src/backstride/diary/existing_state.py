"""What is known of a day when a word of it arrives: one look for all words that arrive at the same moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, cast, literal, select, union_all, update

from backstride.core.check_in import CheckIn
from backstride.diary.rows import history, pad_to_power_of_two, utc
from backstride.diary.schema import entries, receipts, versions
from backstride.diary.serialization import deserialize

# Statements are made once: making them anew costs more than doing them. What is known is asked for in one, for all
# who send at the same moment; what comes back beside it, of one's own entry on another's day, `_of_one` leaves out.
_MINE = entries.c.person_id.in_(bindparam("people", expanding=True))
_VERSIONS = select(
    literal("").label("sent_id"),
    entries.c.person_id,
    versions.c.entry_id,
    versions.c.number,
    versions.c.current,
    entries.c.kind,
    entries.c.slot,
    versions.c.first_day,
    versions.c.content,
    versions.c.stored_at,
    versions.c.told_at,
    versions.c.answered,
).join(entries)
_RECEIPT = (receipts.c.sent_id, receipts.c.person_id, receipts.c.entry_id, receipts.c.number)
_KNOWN = union_all(
    select(*_RECEIPT, *(cast(None, c.type).label(c.name) for c in _VERSIONS.selected_columns[4:])).where(
        receipts.c.person_id.in_(bindparam("people", expanding=True)),
        receipts.c.sent_id.in_(bindparam("sent_ids", expanding=True)),
    ),
    _VERSIONS.where(_MINE, entries.c.slot.in_(bindparam("slots", expanding=True))),
    _VERSIONS.where(_MINE, entries.c.slot.is_(None), entries.c.kind == "check_in").where(
        versions.c.current, versions.c.first_day.in_(bindparam("days", expanding=True))
    ),
)


@dataclass(frozen=True, slots=True)
class Submission:
    """A check-in on its way into the store.

    Attributes:
        person: whose it is.
        check_in: as it was told.
        idempotency_key: made by the phone; None for a form without a script.
        recorded_at: when it was filled in.
        stored_at: the moment of storing.
        began_from: the entry and the version that its form showed; None where the form was empty.
    """

    person: int
    check_in: CheckIn
    idempotency_key: str | None
    recorded_at: datetime
    stored_at: datetime
    began_from: tuple[int, int] | None = None

    @property
    def slot(self) -> str:
        """There is one entry for it in a diary."""
        return f"check-in {self.check_in.local_day}"


@dataclass(frozen=True, slots=True)
class ExistingState:
    """What is known of one word when it arrives.

    Attributes:
        receipt: the same word arrived before.
        versions: every version of its day's entry, the first one first; empty where there is a receipt.
    """

    receipt: Row[Any] | None
    versions: Sequence[Row[Any]] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether it is the first word of its day."""
        return self.receipt is None and not self.versions


def load_existing(connection: Connection, submissions: Sequence[Submission]) -> list[ExistingState]:
    """Load the stored state that each submission meets; no two are the same person's."""
    asked: dict[str, list[Any]] = {
        "people": [s.person for s in submissions],
        "sent_ids": list({s.idempotency_key or "" for s in submissions}),
        "slots": list({s.slot for s in submissions}),
        "days": list({s.check_in.local_day for s in submissions}),
    }
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(
        _KNOWN, {name: pad_to_power_of_two(values) for name, values in asked.items()}
    ):
        found[row.person_id].append(row)
    return [_of_one(connection, sending, found[sending.person]) for sending in submissions]


def _of_one(connection: Connection, submission: Submission, found: Sequence[Row[Any]]) -> ExistingState:
    receipt = next((row for row in found if row.sent_id and row.sent_id == submission.idempotency_key), None)
    if receipt is not None:
        return ExistingState(receipt)
    in_slot = sorted((row for row in found if row.slot == submission.slot), key=lambda row: row.number)
    return ExistingState(None, in_slot or _adopt_imported_entry(connection, submission, found))


def _adopt_imported_entry(
    connection: Connection, submission: Submission, found: Sequence[Row[Any]]
) -> list[Row[Any]]:
    """Find the entry of an import that speaks of the same morning: it is edited, and none is added beside it.

    An own check-in that came back with an export of this diary takes the slot of its day. One that a file speaks of
    does not: a corrected file still finds it. Of several the first of the morning is taken, as every page shows it.
    """
    day, own = submission.check_in.local_day, submission.check_in.source
    rows = [row for row in found if not row.sent_id and row.slot is None and row.first_day == day]
    if not rows:
        return []
    record, row = min(((check_in_from_row(row), row) for row in rows), key=lambda one: _rank(one[0], own))
    which = int(row.entry_id)
    if record.source == own:
        connection.execute(update(entries).where(entries.c.id == which).values(slot=submission.slot))
    # what a file says of a morning was said then, whenever it was imported
    untold = update(versions).where(versions.c.entry_id == which, versions.c.told_at.is_(None))
    connection.execute(untold.values(told_at=utc(record.moment)))
    return history(connection, submission.person, which)


def _rank(check_in: CheckIn, own: str) -> tuple[bool, bool, datetime]:
    return check_in.source != own, check_in.is_after_midnight, check_in.moment


def check_in_from_row(row: Row[Any]) -> CheckIn:
    """Deserialise the check-in of a version."""
    record = deserialize(row.kind, row.content)
    assert isinstance(record, CheckIn)
    return record


def recorded_at_of(row: Row[Any]) -> str:
    """When it was told, as the store keeps moments."""
    return str(row.told_at or row.stored_at)
