"""When a diary begins."""

from datetime import date

from sqlalchemy import func, select

from backstride.diary.schema import entries, versions
from backstride.diary.store import Store

KINDS_OF_DAYS = ("check_in", "run", "measurement")


def first_entry_day(store: Store, person: int) -> date | None:
    """Return the first local day with a check-in, run or measurement; None where there is none."""
    query = select(func.min(versions.c.first_day)).join(entries)
    conditions = (entries.c.person_id == person, versions.c.current, entries.c.kind.in_(KINDS_OF_DAYS))
    with store.reading() as connection:
        found: date | None = connection.scalar(query.where(*conditions))
        return found
