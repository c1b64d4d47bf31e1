"""Many diaries, one after another and side by side."""

from datetime import UTC, date, datetime

import pytest

from backstride.core.records import Records
from backstride.errors import BadValue, TooFewRecords
from backstride.services import many
from backstride.services.many import estimate_many
from backstride.testing.people import make_person

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PEOPLE = {seed: make_person(seed=seed, first_day=date(2026, 1, 5), days=30) for seed in (1, 2)}
ZONE = PEOPLE[1].zone


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Few draws: what is shown is who is answered, not how well."""
    from backstride.answer import panel

    monkeypatch.setattr(panel, "DRAWS", (60,))


def unreadable() -> Records:
    """A diary with a table that cannot be read."""
    raise BadValue("The table has no column 'pain'.", advice="Name it so.")


def test_one_bad_diary_stops_no_other():
    """Who cannot be read, and who has too few records, give their errors; the others their effects."""
    read = {"a": lambda: PEOPLE[1].records, "b": unreadable, "c": Records, "d": lambda: PEOPLE[2].records}
    found = {e.key: e for e in estimate_many(read.items(), zone=ZONE, seed=1, now=NOW)}
    assert sorted(found) == ["a", "b", "c", "d"]
    assert {key: type(e.error) for key, e in found.items() if e.error} == {"b": BadValue, "c": TooFewRecords}
    assert found["a"].week.estimate != found["d"].week.estimate


def test_nobody_depends_on_the_others():
    """Alone or among others, on one thread or two, the same seed gives the same effects."""
    both = [(seed, lambda p=person: p.records) for seed, person in PEOPLE.items()]
    alone = [next(estimate_many([one], zone=ZONE, seed=3, workers=1, now=NOW)) for one in both]
    together = sorted(estimate_many(both, zone=ZONE, seed=3, workers=2, now=NOW), key=lambda e: e.key)
    assert [(e.week, e.season) for e in alone] == [(e.week, e.season) for e in together]


def test_diaries_are_taken_as_they_are_needed(monkeypatch):
    """Of a thousand, a few are taken before the first result is out."""
    taken = []

    def people():
        for key in range(1000):
            taken.append(key)
            yield key, Records

    first = next(estimate_many(people(), zone=ZONE, seed=1, workers=1, now=NOW))
    assert first.error is not None
    assert len(taken) <= many._AHEAD
