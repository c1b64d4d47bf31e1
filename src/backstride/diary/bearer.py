"""Who shows the token of a session: one look at the store, for it is asked before every page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from backstride.diary.people import Person
from backstride.diary.schema import choices, people, sessions
from backstride.diary.sessions import Session, alive, token_hash
from backstride.diary.store import Store

_EXAMPLES = people.alias("example")
_WHO = (
    select(sessions, people.c.name, people.c.passphrase, _EXAMPLES.c.id.label("example"))
    .join(people, people.c.id == sessions.c.person_id)
    .outerjoin(_EXAMPLES, _EXAMPLES.c.example_of == people.c.id)
    .where(sessions.c.token_hash == bindparam("token_hash"))
)
_CHOSEN = (
    select(choices.c.name, choices.c.value)
    .where(choices.c.person_id == bindparam("person"), choices.c.name.in_(("zone", "theme")))
    .order_by(choices.c.id)
)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody who is signed in.

    Attributes:
        person: who.
        session: by which they are known.
        example: the made-up person at whom they look, or None.
        zone, theme: as they chose; empty where they did not.
    """

    person: Person
    session: Session
    example: int | None
    zone: str
    theme: str


def bearer_of(store: Store, token: str, *, now: datetime) -> Bearer | None:
    """Who shows `token`, where its session is not past its time."""
    with store.reading() as connection:
        row = connection.execute(_WHO, {"token_hash": token_hash(token)}).first()
        chosen = connection.execute(_CHOSEN, {"person": row.person_id}).all() if row else []
    session = alive(store, row, now=now) if row else None
    if row is None or session is None:
        return None
    last = dict(row.tuple() for row in chosen)
    person = Person(row.person_id, row.name, row.passphrase)
    return Bearer(person, session, row.example, last.get("zone", ""), last.get("theme", ""))
