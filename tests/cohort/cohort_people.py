"""A handful of made-up diaries for the tests of a cohort."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from backstride.cohort.person_answer import AnswerSettings, answer_key
from backstride.cohort.store import CohortStore, StoredPerson, packed
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating

FIRST = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SETTINGS = AnswerSettings()
PATIENCE_S = 60
ZONE = ZoneInfo("Europe/Berlin")


def mornings(person, days=12):
    """Records of one person: a rating each morning, which nobody else has."""
    each = (
        CheckIn(moment=FIRST + timedelta(days=day, minutes=person), pain=PainRating((day + person) % 7))
        for day in range(days)
    )
    return Records(check_ins=tuple(each))


def stored(person, zone="Europe/Berlin"):
    """The same as the store keeps it."""
    content, fingerprint = packed(mornings(person))
    return StoredPerson(f"p{person:03d}", zone, fingerprint, {}, (), "", content)


def store_of(folder, count, *, deadly=None):
    """A store of so many people; `deadly` lives in Paris."""
    with CohortStore(folder, create=True) as store:
        for person in range(count):
            store.put_person(stored(person, "Europe/Paris" if person == deadly else "Europe/Berlin"))
    return folder


def keys_of(count):
    """The keys of all answers of a store of so many people."""
    return sorted(answer_key(stored(person), SETTINGS) for person in range(count))


def answers_in(folder, count):
    """How many of them the store holds."""
    with CohortStore(folder) as store:
        return sum(store.has_answer(key) for key in keys_of(count))


def until(holds):
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)
