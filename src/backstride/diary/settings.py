"""What people chose: nothing is overwritten, so that a change of mind can be shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Insert, delete, insert, select

from backstride.diary.rows import utc
from backstride.diary.schema import choices
from backstride.diary.store import Store


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice: of what, which, and when (UTC)."""

    name: str
    value: str
    chosen_at: datetime


def set_setting(store: Store, person_id: int, name: str, value: str, *, now: datetime) -> None:
    """Keep a choice; the same one again is not kept twice."""
    if current_settings(store, person_id).get(name) != value:
        row = setting_row(person_id, name, value, now=now)
        store.write(lambda connection: connection.execute(row).rowcount)


def setting_row(person_id: int, name: str, value: str, *, now: datetime) -> Insert:
    """Build the statement that keeps a choice."""
    return insert(choices).values(person_id=person_id, name=name, value=value, chosen_at=utc(now))


def current_settings(store: Store, person_id: int) -> dict[str, str]:
    """Return the last value of each setting."""
    return {choice.name: choice.value for choice in setting_history(store, person_id)}


def erase_settings(store: Store, person_id: int, name: str, values: Collection[str]) -> None:
    """Erase choices of one name and these values, for good."""
    of_person = (choices.c.person_id == person_id) & (choices.c.name == name)
    with store.reading() as connection:  # the note for the backups holds numbers, and no word
        found = connection.scalars(select(choices.c.id).where(of_person, choices.c.value.in_(values))).all()
    erased = delete(choices).where(of_person, choices.c.id.in_(found))
    store.write(lambda connection: connection.execute(erased).rowcount)
    store.forget(erased)


def setting_history(store: Store, person_id: int) -> tuple[Setting, ...]:
    """Every choice of one person, the first one first."""
    of_person = select(choices).where(choices.c.person_id == person_id).order_by(choices.c.id)
    with store.reading() as connection:
        return tuple(
            Setting(row.name, row.value, datetime.fromisoformat(row.chosen_at))
            for row in connection.execute(of_person)
        )
