"""What people chose: nothing is overwritten, so that a change of mind can be shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from backstride.diary.rows import utc
from backstride.diary.schema import choices
from backstride.diary.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: of what, which, and when (UTC)."""

    name: str
    value: str
    chosen_at: datetime


def choose(store: Store, person_id: int, name: str, value: str, *, now: datetime) -> None:
    """Keep a choice; the same one again is not kept twice."""
    if chosen(store, person_id).get(name) != value:
        row = {"person_id": person_id, "name": name, "value": value, "chosen_at": utc(now)}
        store.write(lambda connection: connection.execute(insert(choices).values(row)).rowcount)


def chosen(store: Store, person_id: int) -> dict[str, str]:
    """The last choice of each name."""
    return {choice.name: choice.value for choice in choices_of(store, person_id)}


def forget_choices(store: Store, person_id: int, name: str, values: Collection[str]) -> None:
    """Erase choices of one name and these values, for good."""
    of_person = (choices.c.person_id == person_id) & (choices.c.name == name)
    with store.reading() as connection:  # the note for the backups holds numbers, and no word
        found = connection.scalars(select(choices.c.id).where(of_person, choices.c.value.in_(values))).all()
    erased = delete(choices).where(of_person, choices.c.id.in_(found))
    store.write(lambda connection: connection.execute(erased).rowcount)
    store.forget(erased)


def choices_of(store: Store, person_id: int) -> tuple[Choice, ...]:
    """Every choice of one person, the first one first."""
    of_person = select(choices).where(choices.c.person_id == person_id).order_by(choices.c.id)
    with store.reading() as connection:
        return tuple(
            Choice(row.name, row.value, datetime.fromisoformat(row.chosen_at))
            for row in connection.execute(of_person)
        )
