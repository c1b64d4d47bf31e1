"""Consents with which a person lets another person of the same server read their report, and every look.

An invitation is a code, of which only the hash is kept. Whoever signs in and shows it once becomes the reader, so
nobody has to name an account, and nobody learns which accounts exist.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Update, and_, delete, func, insert, or_, select, update

from backstride.diary.people import Person
from backstride.diary.rows import utc
from backstride.diary.schema import consents
from backstride.diary.sharing_terms import LOG_LASTS, MAX_SHOWN_NAME_LENGTH, names_to_keep, token_hash
from backstride.diary.store import Store
from backstride.errors import BadValue

MAX_CONSENTS: Final = 20
MAX_READ: Final = 200
"""So many people one reader may read: each look at their list is kept for each of them."""
DAYS_OFFERED: Final = (30, 90, 365)
INVITATION_LASTS: Final = timedelta(days=7)
BY_PERSON, BY_READER, BY_NEWER = "person", "reader", "newer"
"""Who ended a consent: either of the two, or a newer one between them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader sees beside the figures of pain, runs and tests, which they always see."""

    notes: bool
    safety: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One consent; the code of its invitation is not known here.

    Attributes:
        id: its number, by which it can be ended.
        person_id: who lets themselves be read.
        reader_id: who reads; None until the invitation is accepted, and once the reader's account is gone.
        reader: for whom it was made, in the person's words.
        reader_name: the account that accepted it; empty until then.
        shown_name: how the reader sees the person named.
        scope: what is seen beside the figures.
        made_at, accept_by, ends_at: UTC.
        accepted_at: UTC; None where nobody did.
        ended_at: when one of the two ended it, UTC; None where neither did.
        ended_by: which of the two, or a newer consent; empty where it was not ended.
    """

    id: int
    person_id: int
    reader_id: int | None
    reader: str
    reader_name: str
    shown_name: str
    scope: Scope
    made_at: datetime
    accept_by: datetime
    ends_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    ended_by: str

    def is_open(self, now: datetime) -> bool:
        """Whether the reader sees the report."""
        return self.reader_id is not None and self.ended_at is None and now < self.ends_at

    def is_waiting(self, now: datetime) -> bool:
        """Whether the invitation can still be accepted."""
        return self.accepted_at is None and self.ended_at is None and now < self.accept_by


def store_invitation(
    store: Store,
    person: Person,
    code: str,
    *,
    reader: str,
    shown_name: str,
    scope: Scope,
    days: int,
    now: datetime,
) -> None:
    """Remember that whoever accepts with `code` may read this person's report.

    Args:
        store: where.
        person: who lets themselves be read.
        code: of which the hash is kept.
        reader: for whom it is, in the person's words.
        shown_name: how the reader sees them named; their name here where it is empty.
        scope: what the reader sees beside the figures.
        days: until it ends; one of `DAYS_OFFERED`.
        now: the moment of making it.

    Raises:
        BadValue: it names no reader, ends on a day that is not offered, or there are too many.
    """
    reader_text, shown_text = names_to_keep(reader, shown_name)
    if days not in DAYS_OFFERED:
        raise BadValue(
            "A reader cannot have access for so long.", advice="Choose one of the lengths on the page."
        )
    row = {
        "person_id": person.id,
        "code_hash": token_hash(code),
        "reader": reader_text,
        "shown_name": shown_text or person.name[:MAX_SHOWN_NAME_LENGTH],
        "notes": scope.notes,
        "safety": scope.safety,
        "made_at": utc(now),
        "accept_by": utc(now + INVITATION_LASTS),
        "ends_at": utc(now + timedelta(days=days)),
    }
    of_person = consents.c.person_id == person.id
    forgotten = delete(consents).where(of_person, _is_long_over(now))

    def change(connection: Connection) -> int:
        connection.execute(forgotten)
        there = connection.scalar(select(func.count()).where(of_person, _may_open(now))) or 0
        if there >= MAX_CONSENTS:
            raise BadValue(f"There are {there} readers already.", advice="End one that is no longer needed.")
        return connection.execute(insert(consents).values(row)).rowcount

    store.write(change)


def accept_invitation(store: Store, reader: Person, code: str, *, now: datetime) -> Consent | None:
    """Make `reader` the reader of whoever gave them `code`; an older consent between the two ends.

    Returns:
        The consent; None where the code was used, has ended, or never was.

    Raises:
        BadValue: it is the reader's own invitation, or they read too many people.
    """
    with store.reading() as connection:
        row = connection.execute(select(consents).where(consents.c.code_hash == token_hash(code))).first()
    found = _consent(row) if row else None
    if found is not None and found.reader_id == reader.id and found.is_open(now):
        return found  # asked twice, as by a double tap
    if found is None or not found.is_waiting(now):
        return None
    if found.person_id == reader.id:
        raise BadValue("This invitation is your own.", advice="Give it to the person who will read.")

    def change(connection: Connection) -> int:
        mine = and_(consents.c.reader_id == reader.id, _may_open(now))
        if (connection.scalar(select(func.count()).where(mine)) or 0) >= MAX_READ:
            raise BadValue("You already read too many diaries.", advice="End those that you no longer need.")
        # asked once more within the change: of two who accept at the same moment one is too late
        unused = (consents.c.id == found.id, consents.c.accepted_at.is_(None), consents.c.ended_at.is_(None))
        taken = {"reader_id": reader.id, "reader_name": reader.name, "accepted_at": utc(now)}
        if not connection.execute(update(consents).where(*unused).values(**taken)).rowcount:
            return 0
        older = update(consents).where(
            mine, consents.c.person_id == found.person_id, consents.c.id != found.id
        )
        connection.execute(older.values(ended_at=utc(now), ended_by=BY_NEWER))
        return 1

    store.write(change)
    return consent_for(store, reader.id, found.id, now=now)


def consents_of(store: Store, person_id: int) -> tuple[Consent, ...]:
    """List every consent that one person gave, the newest first."""
    return _found(store, consents.c.person_id == person_id)


def consents_for(store: Store, reader_id: int, *, now: datetime) -> tuple[Consent, ...]:
    """List the consents with which one person reads others now, the newest first."""
    return tuple(one for one in _found(store, consents.c.reader_id == reader_id) if one.is_open(now))


def consent_for(store: Store, reader_id: int, consent_id: int, *, now: datetime) -> Consent | None:
    """Find one consent with which this person reads another now; None where there is none of that number."""
    found = _found(store, and_(consents.c.reader_id == reader_id, consents.c.id == consent_id))
    return next((one for one in found if one.is_open(now)), None)


def narrow_consent(store: Store, person_id: int, consent_id: int, scope: Scope) -> None:
    """Take something out of the scope of one consent of this person; nothing comes in by it."""
    taken_out = {
        name: False for name, stays in (("notes", scope.notes), ("safety", scope.safety)) if not stays
    }
    if not taken_out:
        return
    of_person = (consents.c.person_id == person_id, consents.c.id == consent_id)
    narrowed = update(consents).where(*of_person).values(**taken_out)
    store.write(lambda connection: connection.execute(narrowed).rowcount)


def end_consent(store: Store, who: int, consent_id: int, *, now: datetime) -> None:
    """End one consent that `who` gave or reads by; the reader's page ends with it."""
    for column, by in ((consents.c.person_id, BY_PERSON), (consents.c.reader_id, BY_READER)):
        _end(store, (column == who, consents.c.id == consent_id), by=by, now=now)


def end_consents(store: Store, person_id: int, *, now: datetime) -> None:
    """End every consent that this person gave, invitations among them."""
    ended = consents_ended(person_id, now=now)
    store.write(lambda connection: connection.execute(ended).rowcount)


def consents_ended(person_id: int, *, now: datetime) -> Update:
    """Build the statement that ends every consent that a person gave, invitations among them."""
    return _ended((consents.c.person_id == person_id,), by=BY_PERSON, now=now)


def _end(store: Store, which: Collection[Any], *, by: str, now: datetime) -> None:
    ended = _ended(which, by=by, now=now)
    store.write(lambda connection: connection.execute(ended).rowcount)


def _ended(which: Collection[Any], *, by: str, now: datetime) -> Update:
    ended = update(consents).where(*which, consents.c.ended_at.is_(None))
    return ended.values(ended_at=utc(now), ended_by=by)


def _found(store: Store, which: Any) -> tuple[Consent, ...]:  # noqa: ANN401 - an expression of SQLAlchemy's
    with store.reading() as connection:
        rows = connection.execute(select(consents).where(which).order_by(consents.c.id.desc()))
        return tuple(map(_consent, rows))


def _may_open(now: datetime) -> Any:  # noqa: ANN401 - the same
    """Build the condition that a reader sees the report by it, or may still accept it."""
    taken = and_(consents.c.reader_id.is_not(None), consents.c.ends_at > utc(now))
    waiting = and_(consents.c.accepted_at.is_(None), consents.c.accept_by > utc(now))
    return and_(consents.c.ended_at.is_(None), or_(taken, waiting))


def _is_long_over(now: datetime) -> Any:  # noqa: ANN401 - the same
    before = utc(now - LOG_LASTS)
    never_taken = and_(consents.c.accepted_at.is_(None), consents.c.accept_by < before)
    return or_(consents.c.ends_at < before, consents.c.ended_at < before, never_taken)


def _consent(row: Row[Any]) -> Consent:
    def moment(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    return Consent(
        id=row.id,
        person_id=row.person_id,
        reader_id=row.reader_id,
        reader=row.reader,
        reader_name=row.reader_name,
        shown_name=row.shown_name,
        scope=Scope(row.notes, row.safety),
        made_at=datetime.fromisoformat(row.made_at),
        accept_by=datetime.fromisoformat(row.accept_by),
        ends_at=datetime.fromisoformat(row.ends_at),
        accepted_at=moment(row.accepted_at),
        ended_at=moment(row.ended_at),
        ended_by=row.ended_by,
    )
