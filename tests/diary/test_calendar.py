"""The secret address of a calendar, on SQLite and on PostgreSQL alike."""

from datetime import UTC, datetime

import pytest

from backstride.diary.calendar import calendar_of, calendar_tag, has_calendar, keep_calendar
from backstride.diary.opening import open_store
from backstride.diary.people import add_person
from backstride.diary.schema import OWNER

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(where):
    """An empty store."""
    with open_store(where) as opened:
        yield opened


def test_the_last_address_opens_the_calendar(store):
    """A new one ends the one before, and an empty one ends all."""
    for secret in ("first", "second"):
        keep_calendar(store, OWNER, secret, now=NOW)
    assert [calendar_of(store, secret) for secret in ("first", "second", "third", "")] == [
        None,
        OWNER,
        None,
        None,
    ]
    keep_calendar(store, OWNER, "", now=NOW)
    assert (calendar_of(store, "second"), calendar_of(store, ""), has_calendar(store, OWNER)) == (
        None,
        None,
        False,
    )


def test_each_person_has_their_own(store):
    """Addresses and marks differ, and one who has gone leaves none."""
    bea = add_person(store, "Bea", passphrase="")
    keep_calendar(store, OWNER, "mine", now=NOW)
    keep_calendar(store, bea.id, "hers", now=NOW)
    assert (calendar_of(store, "mine"), calendar_of(store, "hers")) == (OWNER, bea.id)
    assert calendar_tag(store, OWNER) != calendar_tag(store, bea.id)
    assert calendar_tag(store, OWNER) == calendar_tag(store, OWNER)
