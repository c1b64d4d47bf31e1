"""Taking diaries in: each is read, and kept with its records or with the sentence that says why it has none."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from backstride.cohort.contribution import Contribution
from backstride.cohort.person import MAX_LETTERS, Participant
from backstride.cohort.store import CohortStore, StoredPerson, packed
from backstride.core.records import Records, not_in_future
from backstride.diary.account_names import plain_name
from backstride.errors import BadInput, BadTable, BadValue
from backstride.importers.tables.people_in_table import refuse_several

Progress = Callable[[int], None]
"""Called with how many people are taken in."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the people that were submitted.

    Attributes:
        new, changed, unchanged: how many were not known before, have other records than before, or the same.
        refused: whose diary could not be used, and why.
        alike: an id that was submitted, and another one in the store that differs from it by capitals, blanks or the
            width of letters alone; they were kept as two people.
    """

    new: int
    changed: int
    unchanged: int
    refused: tuple[tuple[str, str], ...]
    alike: tuple[tuple[str, str], ...] = ()

    @property
    def people(self) -> int:
        """How many were submitted, but for contributions that could not be used."""
        return self.new + self.changed + self.unchanged

    def __add__(self, other: "TakenIn") -> "TakenIn":
        """Add up two of them."""
        return TakenIn(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
            self.alike + other.alike,
        )


def take_in_people(
    people: Iterable[Participant], store: CohortStore, *, now: datetime, progress: Progress | None = None
) -> TakenIn:
    """Take people in one after another; one bad diary stops nothing.

    Args:
        people: who is submitted; their records are read one person at a time.
        store: keeps them.
        now: what lies after it, two days of wrong clocks allowed, is left out.
        progress: told how many are in.

    Raises:
        DiaryFull: the store cannot be written to.
    """
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    refused: list[tuple[str, str]] = []
    alike: list[tuple[str, str]] = []
    known: dict[str, str] = {}
    for id_ in store.ids():
        known.setdefault(plain_name(id_), id_)
    for done, person in enumerate(people, start=1):
        stored = _stored(person, now)
        counts[store.put_person(stored)] += 1
        other = known.setdefault(plain_name(stored.id), stored.id)
        if other != stored.id:
            alike.append((stored.id, other))
        if stored.error:
            refused.append((stored.id, stored.error))
        if progress is not None:
            progress(done)
    return TakenIn(counts["new"], counts["changed"], counts["unchanged"], tuple(refused), tuple(alike))


def take_in_contributions(
    given: Iterable[tuple[str, Callable[[], Contribution]]], store: CohortStore
) -> TakenIn:
    """Take contributions in one after another; one that cannot be used stops nothing.

    Args:
        given: the name of each file, and what reads it.
        store: keeps them.
    """
    counts: Counter[str] = Counter()
    refused: list[tuple[str, str]] = []
    for name, read in given:
        try:
            became = store.contributions.put(read())
        except BadInput as error:
            refused.append((name, str(error)))
            continue
        if became == "withdrawn":
            refused.append((name, "It was taken back, and stays out. Delete the file."))
        counts[became] += 1
    return TakenIn(counts["new"], counts["changed"], counts["unchanged"], tuple(refused))


def _stored(person: Participant, now: datetime) -> StoredPerson:
    try:
        if len(person.id) > MAX_LETTERS or not person.id.isprintable():
            raise BadValue(
                f"The id '{person.id[:40]}' cannot be used.",
                advice=f"Use up to {MAX_LETTERS} letters and digits.",
            )
        result = person.read()
        refuse_several(result.people)
        records, future = not_in_future(result.records, now=now)
        if records == Records():
            raise BadTable(
                f"Nothing of {person.id} could be used.{_example(skip.sentence for skip in result.skipped)}",
                advice="Correct the files, and take the person in again.",
            )
    except BadInput as error:
        return StoredPerson(person.id[:MAX_LETTERS], person.zone.key, "", person.traits, (), str(error))
    content, fingerprint = packed(records)
    notes = (*result.notes, *(skip.sentence for skip in result.skipped), *future)
    return StoredPerson(person.id, person.zone.key, fingerprint, person.traits, notes, "", content)


def _example(sentences: Iterable[str]) -> str:
    first = next(iter(sentences), "")
    return f" For example: {first}" if first else ""
