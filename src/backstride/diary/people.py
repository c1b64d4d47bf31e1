"""The people whose diaries are in a store."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Row, delete, insert, select, true, update

from backstride.diary.account_names import is_printable, plain_name, skeleton
from backstride.diary.schema import people
from backstride.diary.store import Store
from backstride.errors import BadValue, NotInDiary

MAX_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who keeps a diary here.

    Attributes:
        id: never given to another.
        name: with which they sign in.
        passphrase: as it is kept, hashed; empty where there is none.
        example_of: whose example this is, where it is a simulated person.
    """

    id: int
    name: str
    passphrase: str
    example_of: int | None = None


def person_of(store: Store, person_id: int) -> Person:
    """Return the person with this id.

    Raises:
        NotInDiary: there is nobody with it.
    """
    with store.reading() as connection:
        row = connection.execute(select(people).where(people.c.id == person_id)).first()
    if row is None:
        raise NotInDiary(
            "This person keeps no diary here.", advice="They may have been removed. Sign in again."
        )
    return _person(row)


def person_named(store: Store, name: str) -> Person | None:
    """Who signs in with this name, in capitals or not."""
    with store.reading() as connection:
        number = _number_of(connection, name, of=people.c.example_of.is_(None))
        row = connection.execute(select(people).where(people.c.id == number)).first()
    return None if row is None else _person(row)


def everybody(store: Store) -> tuple[Person, ...]:
    """All who keep a diary here, simulated people left out."""
    with store.reading() as connection:
        real = select(people).where(people.c.example_of.is_(None)).order_by(people.c.id)
        return tuple(_person(row) for row in connection.execute(real))


def example_of(store: Store, person_id: int) -> Person | None:
    """Return the simulated person that somebody is viewing."""
    with store.reading() as connection:
        row = connection.execute(select(people).where(people.c.example_of == person_id)).first()
    return None if row is None else _person(row)


def add_person(store: Store, name: str, *, passphrase: str = "", example_of: int | None = None) -> Person:
    """Somebody new, with an empty diary.

    Args:
        store: where.
        name: with which they sign in; nobody else here may have it.
        passphrase: hashed.
        example_of: whose example it is.

    Raises:
        BadValue: no name, one too long or with letters that nobody sees, or one that is taken or looks like one.
    """
    chosen = " ".join(name.split())
    if not 0 < len(chosen) <= MAX_NAME_LENGTH or not is_printable(chosen):
        raise BadValue(
            "This name cannot be used to sign in.", advice=f"Give one of 1 to {MAX_NAME_LENGTH} letters."
        )

    def change(connection: Connection) -> Person:
        if _number_of(connection, chosen, of=true(), form=skeleton) is not None:
            raise BadValue(f"The name {chosen} is taken here.", advice="Choose another name.")
        new = insert(people).values(name=chosen, passphrase=passphrase, example_of=example_of)
        return _person(connection.execute(new.returning(people)).one())

    added = store.write(change)
    assert isinstance(added, Person)
    return added


def set_passphrase(store: Store, person_id: int, passphrase: str, *also: Executable) -> None:
    """Replace the hashed passphrase, and do what else must happen with it: all of it or nothing."""
    renewed = update(people).where(people.c.id == person_id).values(passphrase=passphrase)

    def change(connection: Connection) -> None:
        for statement in (renewed, *also):
            connection.execute(statement)

    store.write(change)


def remove_person(store: Store, person_id: int) -> None:
    """Remove somebody with all they told, their sessions, choices and answers, for good."""
    erased = delete(people).where(people.c.id == person_id)
    store.write(lambda connection: connection.execute(erased).rowcount)
    store.forget(erased)


def _number_of(
    connection: Connection, name: str, *, of: ColumnElement[bool], form: Callable[[str], str] = plain_name
) -> int | None:
    """Whose name this is, in capitals or not: SQLite itself knows the capitals of English alone."""
    known = connection.execute(select(people.c.id, people.c.name).where(of))
    return next((row.id for row in known if form(row.name) == form(name)), None)


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.passphrase, row.example_of)
