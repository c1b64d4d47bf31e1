"""What can be asked of a diary without reading all of it: a stamp that changes with it, and its plan."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, select

from backstride.core.plan_step import PlanStep
from backstride.diary.rows import current
from backstride.diary.schema import choices, entries, versions
from backstride.diary.serialization import deserialize, records_of
from backstride.diary.store import Store

PLAN, CHECK_IN = "plan", "check_in"


def change_stamps(store: Store, people: Collection[int]) -> Mapping[int, str]:
    """Return for each of these people a text that changes whenever their diary or choices do.

    Numbers of entries only grow, a new version adds its number to the sum, and an erasure takes it away.
    """
    entered = (
        select(
            entries.c.person_id,
            func.count(),
            func.max(entries.c.id),
            func.sum(versions.c.number),
            func.max(versions.c.stored_at),
        )
        .join(versions)
        .where(entries.c.person_id.in_(people))
        .group_by(entries.c.person_id)
    )
    chosen = (
        select(choices.c.person_id, func.count(), func.max(choices.c.id))
        .where(choices.c.person_id.in_(people))
        .group_by(choices.c.person_id)
    )
    with store.reading() as connection:
        of_diary = {row[0]: tuple(row[1:]) for row in connection.execute(entered)}
        of_choices = {row[0]: tuple(row[1:]) for row in connection.execute(chosen)}
    return {person: f"{of_diary.get(person)} {of_choices.get(person)}" for person in people}


def plan_steps(store: Store, person: int) -> tuple[PlanStep, ...]:
    """Read every word of a person about going on with the plan, in order of its day.

    Raises:
        DiaryDamaged: one of them cannot be read.
    """
    of_plan = current(person).where(entries.c.kind == PLAN).order_by(versions.c.stored_at, entries.c.id)
    with store.reading() as connection:
        rows = connection.execute(of_plan).all()
    return records_of(tuple(deserialize(row.kind, row.content) for row in rows)).plan


def last_check_in_day(store: Store, person: int, *, today: date) -> date | None:
    """Find the day of the last check-in up to `today`; None where there is none."""
    query = select(func.max(versions.c.first_day)).join(entries)
    conditions = (entries.c.person_id == person, versions.c.current, entries.c.kind == CHECK_IN)
    with store.reading() as connection:
        found: date | None = connection.scalar(query.where(*conditions, versions.c.first_day <= today))
        return found
