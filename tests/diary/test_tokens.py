"""Tokens of programs: kept as hashes, ended for good, never somebody else's."""

from datetime import UTC, datetime, timedelta

import pytest

from backstride.diary.opening import open_store
from backstride.diary.people import add_person
from backstride.diary.schema import OWNER
from backstride.diary.tokens import MAX_LIFETIME, MAX_TOKENS, end_token, find_token, keep_token, tokens_of
from backstride.errors import BadValue

NOW = datetime(2026, 5, 1, 7, tzinfo=UTC)


@pytest.fixture
def store(where):
    """An empty store."""
    with open_store(where) as opened:
        yield opened


def test_a_token_is_found_by_itself_alone(store):
    """Whoever shows it is known; the store holds no byte of it."""
    keep_token(store, OWNER, "bs_secret", label="my  watch", may_write=True, now=NOW)
    found = find_token(store, "bs_secret", now=NOW)
    assert (found.person_id, found.label, found.may_write) == (OWNER, "my watch", True)
    assert find_token(store, "bs_secre", now=NOW) is None
    with store.reading() as connection:
        assert "secret" not in str(connection.exec_driver_sql("SELECT * FROM person_token").all())


def test_a_token_is_seen_and_ends(store):
    """Its last use is noted; after a year, or once it is ended, it opens nothing."""
    keep_token(store, OWNER, "bs_a", label="a", may_write=False, now=NOW)
    assert tokens_of(store, OWNER)[0].seen_at is None
    find_token(store, "bs_a", now=NOW + timedelta(days=1))
    store.write(lambda _: 0)  # the note of its use was handed over, and stands in front of this
    (token,) = tokens_of(store, OWNER)
    assert token.seen_at == NOW + timedelta(days=1)
    assert find_token(store, "bs_a", now=NOW + MAX_LIFETIME + timedelta(seconds=1)) is None
    end_token(store, OWNER, token.id)
    assert find_token(store, "bs_a", now=NOW) is None


def test_a_token_of_somebody_else_is_not_listed_and_does_not_end(store):
    """Its number opens nothing to others."""
    anna = add_person(store, "Anna").id
    keep_token(store, OWNER, "bs_a", label="a", may_write=False, now=NOW)
    (token,) = tokens_of(store, OWNER)
    end_token(store, anna, token.id)
    assert (tokens_of(store, OWNER), tokens_of(store, anna)) == ((token,), ())


def test_a_token_has_a_name_and_there_are_not_too_many(store):
    """A token nobody can tell apart is refused, and so is one more than twenty."""
    with pytest.raises(BadValue, match="no name"):
        keep_token(store, OWNER, "bs_a", label=" \n", may_write=False, now=NOW)
    for n in range(MAX_TOKENS):
        keep_token(store, OWNER, f"bs_{n}", label="a", may_write=False, now=NOW)
    with pytest.raises(BadValue, match="End one"):
        keep_token(store, OWNER, "bs_more", label="a", may_write=False, now=NOW)


@pytest.mark.parametrize("label", ["a\x00b", "a\ud800b", "a\u202eb"])
def test_a_token_is_called_by_letters_that_can_be_seen(store, label):
    """A database that cannot hold a letter never meets it, so that nobody is told to close other programs."""
    with pytest.raises(BadValue, match="letters that nobody sees"):
        keep_token(store, OWNER, "bs_a", label=label, may_write=False, now=NOW)
