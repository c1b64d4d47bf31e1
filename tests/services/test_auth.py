"""Passphrases: what was taken is matched, however it is typed, and a new one ends everything or nothing."""

import unicodedata

import pytest
from sqlalchemy import text

from backstride.diary.opening import open_store
from backstride.diary.people import person_of
from backstride.diary.schema import OWNER
from backstride.diary.sessions import sessions_of
from backstride.errors import BadValue, DiaryError, NotLetIn
from backstride.services import auth

ACCENTED = "e\N{COMBINING ACUTE ACCENT}"


@pytest.fixture
def store(tmp_path):
    """A store whose owner has a passphrase."""
    with open_store(str(tmp_path / "diary.sqlite")) as opened:
        auth.choose_passphrase(opened, person_of(opened, OWNER), "three slow herons")
        yield opened


@pytest.mark.parametrize(
    "words", [ACCENTED * 197 + "abc", ACCENTED * 253 + "abc", "\N{BIRD}bcd" * 64], ids=len
)
@pytest.mark.parametrize("typed_as", ["NFC", "NFD"])
def test_a_passphrase_that_was_taken_is_matched(store, words, typed_as):
    """Also one of the greatest length, on a keyboard that writes accents as letters of their own."""
    auth.choose_passphrase(store, person_of(store, OWNER), words)
    auth.verify_passphrase(person_of(store, OWNER), unicodedata.normalize(typed_as, words))
    with pytest.raises(NotLetIn):
        auth.verify_passphrase(person_of(store, OWNER), words + "d" * auth.MAX_LETTERS)


@pytest.mark.parametrize(("letters", "said"), [(7, "8 letters or more"), (257, "256 letters or fewer")])
def test_a_length_that_cannot_be_is_named(letters, said):
    """Too short and too long are two sentences."""
    with pytest.raises(BadValue, match=said):
        auth.hash_passphrase(("abcdefgh" * 40)[:letters])


def test_a_new_passphrase_ends_all_or_is_none(store, monkeypatch):
    """Where one of the things that it ends cannot be ended, the former one is in force and nothing has ended."""
    owner = person_of(store, OWNER)
    auth.begin_session(store, owner, label="phone")
    monkeypatch.setattr(auth, "consents_ended", lambda *_, **__: text("UPDATE nowhere SET no = 1"))
    with pytest.raises(DiaryError):
        auth.choose_passphrase(store, owner, "four quick storks")
    auth.verify_passphrase(person_of(store, OWNER), "three slow herons")
    assert len(sessions_of(store, OWNER)) == 1
