"""The last answer of each person, and the mark of the records that it is the answer to."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select

from backstride.diary.rows import utc
from backstride.diary.schema import answers, entries, versions
from backstride.diary.store import Store

NOT_ASKED_OF = ("plan", "roland_morris")
"""Kinds of records from which no daily series is made: a pause of the plan changes no answer."""


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer as it was worked out.

    Attributes:
        fingerprint: of the records and the settings that it answers.
        sections: the body of its page.
        numbers: the same as JSON.
        problem: why there is none; empty where there is one.
        made_at: UTC.
    """

    fingerprint: str
    sections: str
    numbers: str
    problem: str
    made_at: datetime


def records_fingerprint(store: Store, person_id: int) -> str:
    """Compute a fingerprint that changes whenever an answer to this person's records may."""
    keys = (
        select(versions.c.key)
        .join(entries)
        .where(entries.c.person_id == person_id, versions.c.current, entries.c.kind.not_in(NOT_ASKED_OF))
    )
    with store.reading() as connection:
        found = sorted(connection.scalars(keys))
    return sha256("".join(found).encode()).hexdigest()


def cached_answer(store: Store, person_id: int) -> CachedAnswer | None:
    """Return the last answer of one person."""
    with store.reading() as connection:
        row = connection.execute(select(answers).where(answers.c.person_id == person_id)).first()
    if row is None:
        return None
    made_at = datetime.fromisoformat(row.made_at)
    return CachedAnswer(row.of_records, row.sections, row.numbers, row.problem, made_at)


def store_answer(store: Store, person_id: int, answer: CachedAnswer) -> None:
    """Put `answer` in the place of the last one."""
    row = {
        "person_id": person_id,
        "of_records": answer.fingerprint,
        "sections": answer.sections,
        "numbers": answer.numbers,
        "problem": answer.problem,
        "made_at": utc(answer.made_at),
    }
    store.write(
        lambda connection: (
            connection.execute(delete(answers).where(answers.c.person_id == person_id)).rowcount,
            connection.execute(insert(answers).values(row)).rowcount,
        )
    )
