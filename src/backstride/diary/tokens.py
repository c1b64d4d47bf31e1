"""Tokens, with which programs act for a person. Like those of sessions they are kept as hashes alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Delete, Row, delete, func, insert, select, update

from backstride.diary.account_names import require_printable
from backstride.diary.rows import utc
from backstride.diary.schema import tokens
from backstride.diary.sharing_terms import token_hash
from backstride.diary.store import Store
from backstride.errors import BadValue

MAX_TOKENS, MAX_LABEL_LENGTH = 20, 60
MAX_LIFETIME = timedelta(days=366)
_SEEN_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Token:
    """What a program was given to act for somebody; the token itself is not known here.

    Attributes:
        id: its number, by which it can be ended.
        person_id: for whom it acts.
        label: what it is for, in the person's words.
        may_write: whether it may change the diary; it may read it in any case.
        made_at: when it was made, UTC.
        seen_at: about when it was last used, UTC; None where it never was.
    """

    id: int
    person_id: int
    label: str
    may_write: bool
    made_at: datetime
    seen_at: datetime | None

    @property
    def ends_at(self) -> datetime:
        """From when on it opens nothing any more."""
        return self.made_at + MAX_LIFETIME


def keep_token(
    store: Store, person_id: int, token: str, *, label: str, may_write: bool, now: datetime
) -> None:
    """Remember that whoever shows `token` acts for this person.

    Raises:
        BadValue: it has no label, or one with letters that nobody sees, or there are too many.
    """
    label_text = " ".join(label.split())[:MAX_LABEL_LENGTH]
    require_printable(label_text)
    if not label_text:
        raise BadValue("This token has no name.", advice="Say what it is for, in a word or two.")
    row = {
        "person_id": person_id,
        "token_hash": token_hash(token),
        "label": label_text,
        "may_write": may_write,
        "made_at": utc(now),
    }

    def change(connection: Connection) -> int:
        there = connection.scalar(select(func.count()).where(tokens.c.person_id == person_id)) or 0
        if there >= MAX_TOKENS:
            raise BadValue(f"There are {there} tokens already.", advice="End one that is no longer needed.")
        return connection.execute(insert(tokens).values(row)).rowcount

    store.write(change)


def find_token(store: Store, token: str, *, now: datetime) -> Token | None:
    """Find the permissions of a token; None where it is unknown, ended or expired."""
    with store.reading() as connection:
        row = connection.execute(select(tokens).where(tokens.c.token_hash == token_hash(token))).first()
    if row is None:
        return None
    found = _token(row)
    if now > found.ends_at:
        return None
    if found.seen_at is None or now > found.seen_at + _SEEN_AGAIN_AFTER:
        seen = update(tokens).where(tokens.c.id == found.id).values(seen_at=utc(now))
        # not waited for: a full disk shuts no page
        store.writer.submit(lambda connection: connection.execute(seen).rowcount)
    return found


def tokens_of(store: Store, person_id: int) -> tuple[Token, ...]:
    """Every token of one person, the newest first."""
    of_person = select(tokens).where(tokens.c.person_id == person_id).order_by(tokens.c.id.desc())
    with store.reading() as connection:
        return tuple(_token(row) for row in connection.execute(of_person))


def end_token(store: Store, person_id: int, token_id: int) -> None:
    """End one token of this person, if they have it."""
    which = (tokens.c.person_id == person_id, tokens.c.id == token_id)
    store.write(lambda connection: connection.execute(delete(tokens).where(*which)).rowcount)


def tokens_ended(person_id: int) -> Delete:
    """Build the statement that ends every token of a person."""
    return delete(tokens).where(tokens.c.person_id == person_id)


def _token(row: Row[Any]) -> Token:
    seen_at = datetime.fromisoformat(row.seen_at) if row.seen_at else None
    made_at = datetime.fromisoformat(row.made_at)
    return Token(row.id, row.person_id, row.label, row.may_write, made_at, seen_at)
