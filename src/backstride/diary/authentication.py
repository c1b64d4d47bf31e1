"""Who shows the token of a session: one look at the store, for it is asked before every page."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, bindparam, select

from backstride.diary.people import Person
from backstride.diary.rows import pad_to_power_of_two
from backstride.diary.schema import choices, people, sessions
from backstride.diary.sessions import Session, session_if_active
from backstride.diary.sharing_terms import token_hash
from backstride.diary.store import Store

_EXAMPLES = people.alias("example")


def _chosen(name: str) -> ScalarSelect[str]:
    """Build the subquery of the last setting of this name by the session's person."""
    of_person = choices.c.person_id == sessions.c.person_id, choices.c.name == name
    last_first = choices.c.id.desc()
    return select(choices.c.value).where(*of_person).order_by(last_first).limit(1).scalar_subquery()


_WHO = (
    select(
        sessions,
        people.c.name,
        people.c.passphrase,
        _EXAMPLES.c.id.label("example"),
        _chosen("zone").label("zone"),
        _chosen("theme").label("theme"),
        _chosen("day starts").label("day_starts"),
    )
    .join(people, people.c.id == sessions.c.person_id)
    .outerjoin(_EXAMPLES, _EXAMPLES.c.example_of == people.c.id)
    .where(sessions.c.token_hash.in_(bindparam("hashes", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who is signed in.

    Attributes:
        person: who.
        session: by which they are known.
        example: the simulated person at whom they look, or None.
        zone, theme, day_starts: as they chose; empty where they did not.
    """

    person: Person
    session: Session
    example: int | None
    zone: str
    theme: str
    day_starts: str


def authenticate(store: Store, token: str, *, now: datetime) -> Future[Principal | None]:
    """Who shows `token`, where its session is not past its time."""
    return store.read_soon(_principals, (token_hash(token), now))


def _principals(connection: Connection, shown: Sequence[tuple[str, datetime]]) -> list[Principal | None]:
    hashes = [token for token, _ in shown]
    rows = {row.token_hash: row for row in connection.execute(_WHO, {"hashes": pad_to_power_of_two(hashes)})}
    return [_principal(rows.get(token), now) for token, now in shown]


def _principal(row: Row[Any] | None, now: datetime) -> Principal | None:
    session = session_if_active(row, now=now) if row else None
    if row is None or session is None:
        return None
    person = Person(row.person_id, row.name, row.passphrase)
    return Principal(person, session, row.example, row.zone or "", row.theme or "", row.day_starts or "")
