"""Programs act with a token: as far as it goes, and never where somebody is let in or shut out."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from backstride.diary.people import person_of
from backstride.diary.schema import OWNER
from backstride.diary.tokens import tokens_of
from backstride.runtime.clock import utc_now
from backstride.services.auth import create_api_token

from .days import lived_today


@pytest.fixture
def program(site, app):
    """A function that makes a program with a token of the owner's."""

    def made(*, may_write: bool) -> TestClient:
        owner, now = person_of(site.store, OWNER), utc_now()
        token = create_api_token(site.store, owner, label="a script", may_write=may_write, now=now)
        shown = {"authorization": f"Bearer {token}", "accept": "application/json"}
        return TestClient(app, base_url="http://localhost", headers=shown, follow_redirects=False)

    return made


def test_a_token_is_shown_once(site, owner):
    """The page that makes it shows it; no page shows it again, and the store holds no byte of it."""
    reply = owner.post("/settings/tokens", {"label": "my watch", "may": "write"})
    (token,) = re.findall(r"bs_[\w-]{40,}", reply.text)
    again = owner.get("/settings/tokens").text
    assert ("my watch" in again, token in again) == (True, False)
    site.store.diary(OWNER).entries()
    files = [file for file in site.store.place.path.parent.rglob("*") if file.is_file()]
    assert not [file for file in files if token.encode() in file.read_bytes()]


def test_a_program_writes_without_a_mark(program):
    """What it sends is in what it reads."""
    script, today = program(may_write=True), lived_today()
    day = f"{today - timedelta(days=1)}"
    assert script.post("/check-in", data={"pain": "3", "day": day}).json() == {
        "saved": True,
        "day": day,
        "page": f"/diary/day/{day}",
    }
    (entry,) = script.get("/diary/entries.json").json()
    assert (entry["kind"], entry["record"]["pain"][0]) == ("check_in", 3)
    assert script.get("/diary/entries.json", params={"first_day": f"{today}"}).json() == []
    assert script.post(f"/diary/entry/{entry['id']}/erase").status_code == 303
    assert script.get("/diary/entries.json").json() == []


def test_a_token_that_may_only_read_changes_nothing(program, site):
    """It sees the diary, and is told what it would need."""
    script = program(may_write=False)
    assert script.get("/diary/brought.json").json()["is_done"]
    refused = script.post("/check-in", data={"pain": "3"})
    assert (refused.status_code, "may only read" in refused.text) == (403, True)
    assert site.store.diary(OWNER).entries() == ()


def test_a_token_that_is_ended_or_past_its_year_opens_nothing(program, owner, site, monkeypatch):
    """From that moment on."""
    script = program(may_write=True)
    (token,) = tokens_of(site.store, OWNER)
    later = utc_now() + timedelta(days=367)
    with monkeypatch.context() as context:
        context.setattr("backstride.web.visitor.utc_now", lambda: later)
        assert script.get("/diary/entries.json").status_code == 401
    assert script.get("/diary/entries.json").status_code == 200
    owner.post(f"/settings/tokens/{token.id}/end")
    assert script.get("/diary/entries.json").status_code == 401


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer bs_guessed", "Basic b3duZXI6eA==", "bearer " + "x" * 5000]
)
def test_a_guessed_token_opens_nothing(app, owner, shown):
    """Nor does a cookie help where a token is shown that is none."""
    client = TestClient(app, base_url="http://localhost", headers={"authorization": shown or "x"})
    client.cookies.update(owner.client.cookies)
    assert client.get("/diary/entries.json", headers={"accept": "*/*"}).status_code == 401


def test_a_token_sees_one_diary_alone(program, owner, anna):
    """What others told is not in it."""
    anna.post("/check-in", {"pain": "3"})
    assert program(may_write=True).get("/diary/entries.json").json() == []
