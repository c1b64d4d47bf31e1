"""Who is signed in where. Of a token only its hash is stored: whoever reads the store can sign in as nobody."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Delete, Row, delete, insert, select, update

from backstride.diary.rows import utc
from backstride.diary.schema import sessions
from backstride.diary.sharing_terms import token_hash
from backstride.diary.store import Store

MAX_LIFETIME = timedelta(days=90)
MAX_UNUSED = timedelta(days=30)
_SEEN_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in on one device.

    Attributes:
        id: its number, by which it can be ended.
        person_id: who signed in.
        label: the device, in a word or two.
        opened_at, seen_at: when they signed in, and about when it was last used; UTC.
    """

    id: int
    person_id: int
    label: str
    opened_at: datetime
    seen_at: datetime


def open_session(store: Store, person_id: int, token: str, *, label: str, now: datetime) -> None:
    """Remember that whoever shows `token` is this person; sessions past their time are forgotten."""
    row = {
        "person_id": person_id,
        "token_hash": token_hash(token),
        "label": label[:60],
        "opened_at": utc(now),
        "seen_at": utc(now),
    }
    past = (sessions.c.opened_at < utc(now - MAX_LIFETIME)) | (sessions.c.seen_at < utc(now - MAX_UNUSED))
    store.write(
        lambda connection: (
            connection.execute(delete(sessions).where(past)).rowcount,
            connection.execute(insert(sessions).values(row)).rowcount,
        )
    )


def find_session(store: Store, token: str, *, now: datetime) -> Session | None:
    """Find the session of a token, unless it has expired."""
    with store.reading() as connection:
        row = connection.execute(select(sessions).where(sessions.c.token_hash == token_hash(token))).first()
    session = session_if_active(row, now=now) if row else None
    seen = touch(store, session, now=now) if session else None
    if seen is not None:
        seen.result()
    return session


def session_if_active(row: Row[Any], *, now: datetime) -> Session | None:
    """Convert a row to its session, unless it has expired."""
    opened_at, seen_at = datetime.fromisoformat(row.opened_at), datetime.fromisoformat(row.seen_at)
    if now > opened_at + MAX_LIFETIME or now > seen_at + MAX_UNUSED:
        return None
    return Session(row.id, row.person_id, row.label, opened_at, seen_at)


def touch(store: Store, session: Session, *, now: datetime) -> Future[int] | None:
    """Remember when the session was used, about once an hour; done when the result is there."""
    if now <= session.seen_at + _SEEN_AGAIN_AFTER:
        return None
    seen = update(sessions).where(sessions.c.id == session.id).values(seen_at=utc(now))
    return store.writer.submit(lambda connection: connection.execute(seen).rowcount)


def sessions_of(store: Store, person_id: int) -> tuple[Session, ...]:
    """Every session of one person, the last used first."""
    of_person = select(sessions).where(sessions.c.person_id == person_id).order_by(sessions.c.seen_at.desc())
    with store.reading() as connection:
        return tuple(
            Session(
                row.id,
                row.person_id,
                row.label,
                datetime.fromisoformat(row.opened_at),
                datetime.fromisoformat(row.seen_at),
            )
            for row in connection.execute(of_person)
        )


def end_session(store: Store, person_id: int, session_id: int) -> None:
    """End one session of this person, if they have it."""
    which = (sessions.c.person_id == person_id, sessions.c.id == session_id)
    store.write(lambda connection: connection.execute(delete(sessions).where(*which)).rowcount)


def end_sessions(store: Store, person_id: int, *, but: int | None = None) -> None:
    """End every session of this person, save the one numbered `but`."""
    ended = sessions_ended(person_id, but=but)
    store.write(lambda connection: connection.execute(ended).rowcount)


def sessions_ended(person_id: int, *, but: int | None) -> Delete:
    """Build the statement that ends every session of a person, save the one numbered `but`."""
    which = [sessions.c.person_id == person_id]
    if but is not None:
        which.append(sessions.c.id != but)
    return delete(sessions).where(*which)
