"""Consents of readers: accepted once by whoever holds the code, ended by either, and every look kept."""

from datetime import UTC, datetime, timedelta

import pytest

from backstride.diary import consents as consents_module
from backstride.diary.consents import (
    BY_NEWER,
    BY_PERSON,
    BY_READER,
    INVITATION_LASTS,
    MAX_CONSENTS,
    Scope,
    accept_invitation,
    consent_for,
    consents_for,
    consents_of,
    end_consent,
    end_consents,
    narrow_consent,
    store_invitation,
)
from backstride.diary.looks import Seen, log_looks, looks_at
from backstride.diary.opening import open_store
from backstride.diary.people import add_person, remove_person
from backstride.diary.sharing_terms import LOG_LASTS
from backstride.errors import BadValue

NOW = datetime(2026, 5, 1, 7, 20, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
ALL, FIGURES = Scope(notes=True, safety=True), Scope(notes=False, safety=False)


@pytest.fixture
def store(where):
    """An empty store."""
    with open_store(where) as opened:
        yield opened


@pytest.fixture
def anna(store):
    """Somebody who lets others read."""
    return add_person(store, "Anna")


@pytest.fixture
def reader(store):
    """Somebody who reads."""
    return add_person(store, "Reader")


def invited(store, person, code="code", **more):
    """Make an invitation."""
    given = {"reader": "the  clinic", "shown_name": "", "scope": ALL, "days": 30, "now": NOW, **more}
    store_invitation(store, person, code, **given)


def rows(store) -> str:
    """Everything in both tables, as text."""
    with store.reading() as connection:
        tables = ("person_consent", "person_consent_look")
        return str([connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables])


def test_an_invitation_is_accepted_once(store, anna, reader):
    """Whoever shows the code becomes the reader, nobody after them, and no byte of it is stored."""
    invited(store, anna, "secret")
    assert consents_for(store, reader.id, now=NOW) == ()
    taken = accept_invitation(store, reader, "secret", now=NOW)
    assert (taken.person_id, taken.reader, taken.reader_name, taken.shown_name, taken.scope) == (
        *(anna.id, "the clinic", "Reader", "Anna", ALL),
    )
    assert consents_for(store, reader.id, now=NOW) == (taken,)
    assert accept_invitation(store, add_person(store, "Eve"), "secret", now=NOW) is None
    assert "secret" not in rows(store)


def test_an_invitation_that_waits_too_long_ends(store, anna, reader):
    """On its last day the code opens nothing any more."""
    invited(store, anna)
    assert accept_invitation(store, reader, "code", now=NOW + INVITATION_LASTS) is None
    assert accept_invitation(store, reader, "code", now=NOW + INVITATION_LASTS - SECOND) is not None


def test_a_consent_ends_on_its_day(store, anna, reader):
    """The reader sees until then, and nothing after it."""
    invited(store, anna)
    taken = accept_invitation(store, reader, "code", now=NOW)
    end = NOW + timedelta(days=30)
    assert consent_for(store, reader.id, taken.id, now=end - SECOND) is not None
    assert consent_for(store, reader.id, taken.id, now=end) is None


def test_nobody_reads_themselves(store, anna):
    """A person's own code says so."""
    invited(store, anna)
    with pytest.raises(BadValue, match="your own"):
        accept_invitation(store, anna, "code", now=NOW)


@pytest.mark.parametrize("how", ["person", "reader", "all", "everything", "removed", "reader removed"])
def test_ended_is_ended_at_once(store, anna, reader, how):
    """By either, by erasing the diary, and with either account; the looks stay while the person does."""
    invited(store, anna)
    taken = accept_invitation(store, reader, "code", now=NOW)
    log_looks(store, [taken.id], Seen.REPORT, now=NOW)
    if how in ("person", "reader"):
        end_consent(store, anna.id if how == "person" else reader.id, taken.id, now=NOW)
        assert consents_of(store, anna.id)[0].ended_by == {"person": BY_PERSON, "reader": BY_READER}[how]
    elif how == "all":
        end_consents(store, anna.id, now=NOW)
    elif how == "everything":
        store.diary(anna.id).erase_everything()
    else:
        remove_person(store, anna.id if how == "removed" else reader.id)
    assert consents_for(store, reader.id, now=NOW) == ()
    assert consent_for(store, reader.id, taken.id, now=NOW) is None
    if how in ("everything", "removed"):
        assert rows(store) == "[[], []]"
    else:
        assert [looks.seen for looks in looks_at(store, anna.id)] == [Seen.REPORT]
        assert consents_of(store, anna.id)[0].reader_name == "Reader"


def test_others_neither_end_nor_widen_it(store, anna, reader):
    """Its number is of no use to a third person, and to the reader only for its end."""
    invited(store, anna, scope=Scope(notes=True, safety=False))
    taken = accept_invitation(store, reader, "code", now=NOW)
    eve = add_person(store, "Eve")
    end_consent(store, eve.id, taken.id, now=NOW)
    end_consents(store, eve.id, now=NOW)
    for who in (eve, reader):
        narrow_consent(store, who.id, taken.id, FIGURES)
    narrow_consent(store, anna.id, taken.id, ALL)
    assert consents_for(store, reader.id, now=NOW) == (taken,)
    assert (consents_of(store, eve.id), consent_for(store, eve.id, taken.id, now=NOW)) == ((), None)


def test_a_scope_only_becomes_smaller(store, anna, reader):
    """What is taken out does not come back by the same way."""
    invited(store, anna)
    taken = accept_invitation(store, reader, "code", now=NOW)
    for wanted, left in (
        (Scope(notes=True, safety=False), Scope(notes=True, safety=False)),
        (ALL, Scope(notes=True, safety=False)),
        (FIGURES, FIGURES),
    ):
        narrow_consent(store, anna.id, taken.id, wanted)
        assert consents_for(store, reader.id, now=NOW)[0].scope == left


def test_a_newer_consent_takes_the_place_of_the_older(store, anna, reader):
    """A reader has each person once in their list, with the scope that was agreed last."""
    invited(store, anna)
    accept_invitation(store, reader, "code", now=NOW)
    invited(store, anna, "second", scope=FIGURES)
    newer = accept_invitation(store, reader, "second", now=NOW)
    assert consents_for(store, reader.id, now=NOW) == (newer,)
    assert [one.ended_by for one in consents_of(store, anna.id)] == ["", BY_NEWER]


def test_looks_are_counted_within_an_hour(store, anna, reader):
    """What was looked at, from when to when, and how often; the next hour is a line of its own."""
    invited(store, anna)
    taken = accept_invitation(store, reader, "code", now=NOW)
    later = NOW + timedelta(minutes=10)
    for seen, moment in ((Seen.LIST, NOW), (Seen.LIST, later), (Seen.PDF, later), (Seen.LIST, NOW + HOUR)):
        log_looks(store, [taken.id], seen, now=moment)
    log_looks(store, [], Seen.LIST, now=NOW)
    assert [(one.seen, one.first_at, one.last_at, one.count) for one in looks_at(store, anna.id)] == [
        (Seen.LIST, NOW + HOUR, NOW + HOUR, 1),
        (Seen.PDF, later, later, 1),
        (Seen.LIST, NOW, later, 2),
    ]


def test_what_is_no_invitation_is_refused(store, anna):
    """No reader, a length that no page offers, and more than are looked after."""
    with pytest.raises(BadValue, match="named no reader"):
        invited(store, anna, reader=" ")
    with pytest.raises(BadValue, match="so long"):
        invited(store, anna, days=3650)
    for n in range(MAX_CONSENTS):
        invited(store, anna, f"code {n}")
    with pytest.raises(BadValue, match="already"):
        invited(store, anna, "one more")


def test_old_consents_are_forgotten_with_their_log(store, anna, reader):
    """Some months after one has ended, the next invitation takes it off the list."""
    invited(store, anna)
    taken = accept_invitation(store, reader, "code", now=NOW)
    log_looks(store, [taken.id], Seen.LIST, now=NOW)
    end_consent(store, anna.id, taken.id, now=NOW)
    invited(store, anna, "second", now=NOW + LOG_LASTS)
    assert len(consents_of(store, anna.id)) == 2
    invited(store, anna, "third", now=NOW + LOG_LASTS + SECOND)
    assert [one.accepted_at for one in consents_of(store, anna.id)] == [None, None]
    assert looks_at(store, anna.id) == ()


def test_who_comes_too_late_ends_nothing(store, anna, reader, monkeypatch):
    """Both found the code unused at the same moment: the second takes nothing from the first."""
    invited(store, anna)
    found = consents_of(store, anna.id)[0]
    first = accept_invitation(store, reader, "code", now=NOW)
    monkeypatch.setattr(consents_module, "_consent", lambda _row: found)  # as it was before the first
    accept_invitation(store, reader, "code", now=NOW)
    monkeypatch.undo()
    assert [one.id for one in consents_for(store, reader.id, now=NOW)] == [first.id]
