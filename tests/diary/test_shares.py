"""Links to a report: kept as hashes, open for a while and to nobody else, and every look on the log."""

from datetime import UTC, datetime, timedelta

import pytest

from backstride.diary.opening import open_store
from backstride.diary.people import add_person, remove_person
from backstride.diary.schema import OWNER
from backstride.diary.shares import (
    MAX_SHARES,
    SESSION_LASTS,
    end_share,
    end_shares,
    open_share,
    shares_of,
    store_share,
    viewed_share,
)
from backstride.diary.sharing_terms import LOG_LASTS
from backstride.errors import BadValue

NOW = datetime(2026, 5, 1, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def store(where):
    """An empty store."""
    with open_store(where) as opened:
        yield opened


def shared(store, token="link", person=OWNER, *, days=30, now=NOW, **more):
    """Make a link."""
    given = {"reader": "Dr  Reader", "shown_name": "A. Person", "notes": False, "safety": True, **more}
    store_share(store, person, token, days=days, now=now, **given)


def rows(store) -> str:
    """Everything in both tables, as text."""
    with store.reading() as connection:
        tables = ("person_share", "person_share_opening")
        return str([connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables])


def test_a_link_is_opened_into_a_session_of_its_own(store):
    """The token opens it, the session reads, and the store holds no byte of either."""
    shared(store, "secret-link")
    assert open_share(store, "secret-lin", "s", device="Linux", now=NOW) is None
    opened = open_share(store, "secret-link", "secret-session", device="Linux", now=NOW)
    assert (opened.person_id, opened.reader, opened.notes, opened.safety) == (OWNER, "Dr Reader", False, True)
    assert viewed_share(store, "secret-session", now=NOW).id == opened.id
    assert viewed_share(store, "secret-link", now=NOW) is None
    assert "secret" not in rows(store)


def test_every_look_is_on_the_log(store):
    """Each opening with its device and how often it was looked at."""
    shared(store)
    open_share(store, "link", "a", device="Windows", now=NOW)
    open_share(store, "link", "b", device="iPad", now=NOW + timedelta(hours=1))
    for session in ("a", "a", "b"):
        viewed_share(store, session, now=NOW + timedelta(hours=1))
    (share,) = shares_of(store, OWNER)
    assert [(one.device, one.views) for one in share.openings] == [("iPad", 1), ("Windows", 2)]
    assert share.views == 3


def test_it_ends_by_itself(store):
    """On its last day link and session open nothing any more."""
    shared(store, days=7)
    end = NOW + timedelta(days=7)
    open_share(store, "link", "s", device="", now=end - SECOND)
    assert viewed_share(store, "s", now=end - SECOND) is not None
    assert viewed_share(store, "s", now=end) is None
    assert open_share(store, "link", "t", device="", now=end) is None


def test_a_session_ends_before_the_link_does(store):
    """A reader's computer forgets after half a day; the link opens it anew."""
    shared(store)
    open_share(store, "link", "s", device="", now=NOW)
    later = NOW + SESSION_LASTS + SECOND
    assert viewed_share(store, "s", now=later) is None
    assert open_share(store, "link", "t", device="", now=later) is not None


@pytest.mark.parametrize("how", ["one", "all", "everything", "person"])
def test_ended_is_ended_at_once(store, how):
    """By the link, by all links, by erasing the diary, by removing the person: a session that is open ends, too."""
    anna = add_person(store, "Anna").id
    shared(store, person=anna)
    open_share(store, "link", "s", device="", now=NOW)
    (share,) = shares_of(store, anna)
    if how == "one":
        end_share(store, anna, share.id, now=NOW)
    elif how == "all":
        end_shares(store, anna, now=NOW)
    elif how == "everything":
        store.diary(anna).erase_everything()
    else:
        remove_person(store, anna)
    assert viewed_share(store, "s", now=NOW) is None
    assert open_share(store, "link", "t", device="", now=NOW) is None
    if how in ("everything", "person"):
        assert rows(store) == "[[], []]"


def test_a_link_of_somebody_else_is_not_listed_and_does_not_end(store):
    """Its number opens nothing to others."""
    anna = add_person(store, "Anna").id
    shared(store)
    (share,) = shares_of(store, OWNER)
    end_share(store, anna, share.id, now=NOW)
    end_shares(store, anna, now=NOW)
    assert (shares_of(store, OWNER), shares_of(store, anna)) == ((share,), ())


def test_what_makes_no_link_is_refused(store):
    """No reader, a length that no page offers, and more than are looked after."""
    with pytest.raises(BadValue, match="no reader"):
        shared(store, reader=" ")
    with pytest.raises(BadValue, match="so long"):
        shared(store, days=3650)
    for n in range(MAX_SHARES):
        shared(store, f"link {n}")
    with pytest.raises(BadValue, match="already"):
        shared(store, "one more")


def test_old_links_are_forgotten_with_their_log(store):
    """Some months after a link has ended, the next one takes it off the list."""
    shared(store, "old", days=7)
    shared(store, "new", now=NOW + timedelta(days=7) + LOG_LASTS)
    assert len(shares_of(store, OWNER)) == 2
    shared(store, "newer", now=NOW + timedelta(days=7) + LOG_LASTS + SECOND)
    assert len(shares_of(store, OWNER)) == 2
