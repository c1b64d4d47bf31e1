"""A store that fails: the page that somebody may need is there, and no page tells how the server is set up."""

from concurrent.futures import Future

import pytest

from backstride.diary.opening import _opened
from backstride.errors import DiaryDamaged, DiaryError, DiaryFull, DiaryTooNew
from backstride.web import visitor

DETAIL = "/srv/secret/diary.sqlite", "db.internal", "s3cretpgpw"
SAID = f"The diary at {DETAIL[0]} on {DETAIL[1]} (password={DETAIL[2]}) could not be used."


@pytest.fixture(params=[DiaryError, DiaryFull, DiaryDamaged, DiaryTooNew])
def broken(request, site, owner, monkeypatch):
    """Everything that reads the store, or writes into it, fails from now on, with all that it knows."""

    def fails(*_, **__):
        raise request.param(SAID, advice=f"Look at {DETAIL[0]}.")

    def fails_soon(*_, **__):
        failed: Future[object] = Future()
        failed.set_exception(request.param(SAID, advice=f"Look at {DETAIL[0]}."))
        return failed

    for name in ("write", "reading", "diary"):
        monkeypatch.setattr(type(site.store), name, fails)
    monkeypatch.setattr(type(site.store), "read_soon", fails_soon)
    return owner


def test_when_to_stop_and_get_help_is_always_there(broken):
    """Signed in or not, whatever the store says."""
    assert broken.get("/safety").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/plan", "/diary", "/answer", "/sign-in", "/calendar/x.ics", "/settings"]
)
def test_no_page_tells_how_the_server_is_set_up(broken, path):
    """Neither its folder, nor its database, nor a password: those are for its log."""
    reply = broken.get(path)
    assert reply.status_code in (503, 507)
    assert not any(detail in reply.text for detail in DETAIL)


def test_a_store_that_says_nothing_does_not_hold_the_page(owner, site, monkeypatch):
    """A database that hangs: the page comes all the same."""
    monkeypatch.setattr(visitor, "SECONDS_TO_ASK_THE_STORE", 0.05)
    monkeypatch.setattr(type(site.store), "read_soon", lambda *_: Future())
    assert owner.get("/safety").status_code == 200


def test_a_disk_that_is_full_shuts_no_page(owner, site, monkeypatch):
    """That somebody was here cannot be noted, and is not."""
    monkeypatch.setattr("backstride.diary.sessions._SEEN_AGAIN_AFTER", -visitor.MAX_LIFETIME)
    failed: Future[object] = Future()
    failed.set_exception(DiaryFull(SAID, advice="Make room."))
    monkeypatch.setattr(type(site.store.writer), "submit", lambda *_: failed)
    assert {owner.get(path).status_code for path in ("/", "/diary", "/plan", "/safety")} == {200}


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bs:s3cretpgpw@127.0.0.1:1/diary",
        "postgresql://127.0.0.1:1/diary?user=bs&password=s3cretpgpw",
    ],
)
def test_no_error_names_the_password_of_a_database(address):
    """However it was written into the address."""
    pytest.importorskip("psycopg")
    with pytest.raises(DiaryError) as told:
        _opened(address)
    assert "s3cretpgpw" not in str(told.value)


@pytest.mark.parametrize(
    "path",
    ["/check-in/0001-01-01", "/diary?until=0001-01-10", "/diary?until=9999-12-31", "/diary/day/0001-01-01",
     "/plan/session/0001-01-01", "/diary/entries.json?first_day=0001-01-01"],
)  # fmt: skip
def test_a_day_that_nobody_lived_is_refused_in_words(owner, path):
    """It is no defect of ours."""
    assert owner.get(path).status_code == 422
