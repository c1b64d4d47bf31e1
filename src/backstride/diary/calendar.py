"""The secret address of a person's calendar. Only its hash is kept; a new one ends the one before."""

from datetime import datetime

from sqlalchemy import Insert, func, select

from backstride.diary.schema import CALENDAR, choices, diaries, entries, versions
from backstride.diary.settings import current_settings, set_setting, setting_row
from backstride.diary.sharing_terms import token_hash
from backstride.diary.store import Store


def keep_calendar(store: Store, person: int, secret: str, *, now: datetime) -> None:
    """Remember that whoever shows `secret` sees this person's calendar; an empty one ends it."""
    set_setting(store, person, CALENDAR, token_hash(secret) if secret else "", now=now)


def calendar_ended(store: Store, person: int, *, now: datetime) -> tuple[Insert, ...]:
    """Build the statement that ends the address of a person's calendar; none where there is no address."""
    return (setting_row(person, CALENDAR, "", now=now),) if has_calendar(store, person) else ()


def has_calendar(store: Store, person: int) -> bool:
    """Whether there is an address that opens it."""
    return bool(current_settings(store, person).get(CALENDAR))


def calendar_of(store: Store, secret: str) -> int | None:
    """Whose calendar `secret` opens; None where it never did, or does no more."""
    digest = token_hash(secret)
    with_it = select(choices.c.person_id).where(choices.c.name == CALENDAR, choices.c.value == digest)
    with store.reading() as connection:
        people = sorted(set(connection.scalars(with_it)))
    return next(
        (person for person in people if current_settings(store, person).get(CALENDAR) == digest), None
    )


def calendar_tag(store: Store, person: int) -> str:
    """Return an identifier that no calendar of another diary or person has."""
    with store.reading() as connection:
        diary_id = connection.scalars(select(diaries.c.id)).first()
    return token_hash(f"{diary_id} {person}")[:16]


def last_change(store: Store, person: int) -> datetime | None:
    """When this person's diary or choices last changed, UTC; None where nothing was ever told."""
    latest = select(func.max(versions.c.stored_at)).join(entries).where(entries.c.person_id == person)
    chose = select(func.max(choices.c.chosen_at)).where(choices.c.person_id == person)
    with store.reading() as connection:
        moments = [connection.scalar(latest), connection.scalar(chose)]
    return max((datetime.fromisoformat(moment) for moment in moments if moment), default=None)
