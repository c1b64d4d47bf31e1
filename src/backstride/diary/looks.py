"""Every look of a reader at somebody's records: when, at what, how often. The person sees them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from backstride.diary.rows import utc
from backstride.diary.schema import consents, looks
from backstride.diary.store import Store


class Seen(StrEnum):
    """What a reader looked at."""

    LIST = "list"
    REPORT = "report"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of one reader at one thing within an hour.

    Attributes:
        consent_id: by which consent.
        seen: at what.
        first_at, last_at: UTC.
        count: how many.
    """

    consent_id: int
    seen: Seen
    first_at: datetime
    last_at: datetime
    count: int


def log_looks(store: Store, consent_ids: Sequence[int], seen: Seen, *, now: datetime) -> None:
    """Keep that a reader looks by these consents. It is waited for: a look that is not on the log must not be had.

    Looks within an hour of the clock share a row, so that a page that is loaded again and again fills no disk.
    """
    if not consent_ids:
        return
    hour = utc(now.replace(minute=0, second=0, microsecond=0))
    of_hour = (looks.c.seen == seen.value, looks.c.hour == hour, looks.c.consent_id.in_(consent_ids))
    once_more = update(looks).where(*of_hour).values(last_at=utc(now), times=looks.c.times + 1)

    def change(connection: Connection) -> int:
        there = set(connection.scalars(select(looks.c.consent_id).where(*of_hour)))
        connection.execute(once_more)
        first = {"seen": seen.value, "hour": hour, "first_at": utc(now), "last_at": utc(now), "times": 1}
        new = [{"consent_id": each, **first} for each in consent_ids if each not in there]
        if new:
            connection.execute(insert(looks), new)
        return len(new)

    store.write(change)


def looks_at(store: Store, person_id: int) -> tuple[Looks, ...]:
    """List every look at one person's records, the latest first."""
    of_person = (
        select(looks).join(consents).where(consents.c.person_id == person_id).order_by(looks.c.id.desc())
    )
    with store.reading() as connection:
        return tuple(
            Looks(
                row.consent_id,
                Seen(row.seen),
                datetime.fromisoformat(row.first_at),
                datetime.fromisoformat(row.last_at),
                row.times,
            )
            for row in connection.execute(of_person)
        )
