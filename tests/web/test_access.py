"""Who may do what: every route, asked by everybody."""

import re
import unicodedata
from contextlib import contextmanager
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from backstride.diary.people import add_person, person_of, set_passphrase
from backstride.diary.schema import OWNER
from backstride.diary.sessions import sessions_of
from backstride.errors import NotLetIn
from backstride.report.help_words import TOPICS
from backstride.runtime.clock import utc_now
from backstride.services.auth import choose_passphrase, hash_passphrase, sign_in
from backstride.web.app import create_app
from backstride.web.origin import Origins
from backstride.web.signing_in import page_of_ours

from .conftest import PAGE, PASSPHRASE

FOR_ANYBODY = {
    ("GET", "/safety"),
    ("GET", "/help"),
    ("GET", "/help/{topic}"),
    ("GET", "/certificate"),
    ("GET", "/certificate/backstride.crt"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/begin"),
    ("GET", "/offline"),
    ("GET", "/offline/safety"),
    ("GET", "/timer"),
    ("GET", "/shared"),
    ("POST", "/shared"),
    ("GET", "/shared/report"),
    ("GET", "/shared/report.pdf"),
    ("GET", "/calendar/{secret}.ics"),
    ("GET", "/static/{name}"),
    ("GET", "/sw.js"),
    ("GET", "/favicon.ico"),
    ("GET", "/openapi.json"),
}
VALUES = {
    "{day}": "2026-05-01",
    "{entry_id}": "1",
    "{session_id}": "1",
    "{token_id}": "1",
    "{device_id}": "1",
    "{share_id}": "1",
    "{consent_id}": "1",
    "{person_id}": "2",
    "{name}": "app.css",
    "{secret}": "guessed",
    "{token}": "guessed",
    "{kind}": "weight",
    "{topic}": TOPICS[0].name,
}


def routes() -> list[tuple[str, str]]:
    """Every route of the app, from its own description and the few beside it."""
    described = create_app(None).openapi()["paths"]
    return sorted((method.upper(), path) for path, methods in described.items() for method in methods)


def filled(path: str) -> str:
    """The path with a value for each of its fields."""
    return re.sub(r"\{\w+\}", lambda found: VALUES[found[0]], path)


def ask(client, method: str, path: str, **form):
    """One request that follows nothing."""
    return client.request(method, filled(path), data=form or None, headers=PAGE, follow_redirects=False)


FOR_PEOPLE = [route for route in routes() if route not in FOR_ANYBODY]


@pytest.mark.parametrize("route", FOR_PEOPLE, ids=" ".join)
def test_nobody_gets_nothing(locked, browser, route):
    """Who is not signed in is shown the door by every route, and nothing is done."""
    reply = ask(browser().client, *route, mark="guessed")
    assert reply.status_code == 303
    assert reply.headers["location"].partition("?to=")[0] == "/sign-in"


@pytest.mark.parametrize("route", FOR_PEOPLE, ids=" ".join)
def test_an_ended_session_gets_nothing(site, locked, anna, route, monkeypatch):
    """Thirty-one days later the cookie is worth nothing."""
    mark = anna.mark
    later = utc_now() + timedelta(days=31)
    monkeypatch.setattr("backstride.web.visitor.utc_now", lambda: later)
    reply = ask(anna.client, *route, mark=mark)
    assert reply.status_code == 303
    assert reply.headers["location"].partition("?to=")[0] == "/sign-in"


@pytest.mark.parametrize("route", [r for r in FOR_PEOPLE if r[0] == "POST"], ids=" ".join)
def test_a_form_of_somebody_else_is_refused(owner, anna, route):
    """A form without the mark of this session is not done, whoever sends it."""
    assert ask(anna.client, *route, mark=owner.mark).status_code in (403, 422)
    assert ask(anna.client, *route).status_code in (403, 422)


@pytest.mark.parametrize("header", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_cannot_act(owner, site, header):
    """Even with the mark, what another site sends is not done."""
    form = {"mark": owner.mark, "pain": "3"}
    reply = owner.client.post("/check-in", data=form, headers={**PAGE, **header})
    assert (reply.status_code, site.store.diary(OWNER).entries()) == (403, ())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/diary/run/{id}"),
        ("POST", "/diary/run/{id}"),
        ("POST", "/diary/entry/{id}/erase"),
    ],
)
def test_an_entry_of_somebody_else_is_not_there(site, owner, anna, method, path):
    """Not seen, not changed, not erased: the same reply as for one that never was."""
    owner.post("/check-in", {"pain": "3"})
    (entry,) = site.store.diary(OWNER).entries()
    form = {"mark": anna.mark, "start": "2026-05-01T07:00", "minutes": "30", "activity": "run"}
    replies = [
        anna.client.request(method, path.replace("{id}", str(number)), data=form, headers=PAGE)
        for number in (entry.id, 9999)
    ]
    assert [reply.status_code for reply in replies] == [404, 404]
    assert site.store.diary(OWNER).entries() == (entry,)


@pytest.mark.parametrize("path", ["/", "/plan", "/diary", "/report", "/settings", "/answer", "/tests"])
def test_pages_show_nothing_of_somebody_else(owner, anna, path):
    """What the owner wrote is on no page of Anna's."""
    owner.post("/check-in", {"pain": "3", "note": "aubergine and quince"})
    assert "quince" not in anna.get(path).text


def test_only_the_owner_adds_and_removes(site, anna):
    """Others may not, whatever they send."""
    form = {"name": "Eve", "passphrase": PASSPHRASE}
    assert anna.post("/settings/people", form).status_code == 403
    assert anna.post("/settings/people/1/remove", form).status_code == 403


def test_a_session_of_somebody_else_does_not_end(site, owner, anna):
    """Its number opens nothing."""
    owner.get("/")
    (session,) = sessions_of(site.store, OWNER)
    anna.post(f"/settings/sessions/{session.id}/end")
    assert sessions_of(site.store, OWNER) == (session,)


def test_guessing_is_slowed(site, browser, locked):
    """After ten wrong passphrases even the right one has to wait."""
    client = browser().client
    for _ in range(10):
        client.post("/sign-in", data={"name": "owner", "passphrase": "wrong wrong"}, headers=PAGE)
    reply = client.post("/sign-in", data={"name": "owner", "passphrase": PASSPHRASE}, headers=PAGE)
    assert (reply.status_code, "Wait 5 minutes" in reply.text) == (403, True)


def test_another_writing_of_a_name_is_the_same_person(locked, browser):
    """Blanks and capitals that the store does not mind count for the same person: forty ways give ten tries."""
    client = browser().client
    locked.guesses.most, replies = 10, []
    for n in range(40):
        name = "owner" + "".join(" \t"[n >> bit & 1] for bit in range(6)) + " " * 60
        with patience_of(locked, f"address {n}"):
            form = {"name": name, "passphrase": "wrong wrong"}
            replies.append("too often" in client.post("/sign-in", data=form, headers=PAGE).text)
    assert (replies[:10], replies[10:]) == ([False] * 10, [True] * 30)


def test_right_passphrases_are_not_counted(locked, browser):
    """A household behind one address signs in as often as it likes."""
    form = {"name": "owner", "passphrase": PASSPHRASE}
    assert {browser().client.post("/sign-in", data=form, headers=PAGE).status_code for _ in range(12)} == {
        200
    }


def test_an_address_that_was_used_up_spends_no_names(locked, browser):
    """Who guessed too often shuts nobody out any more than they did; others sign in from elsewhere."""
    client = browser().client
    for n in range(30):
        form = {"name": f"nobody {n}" if n < 10 else "owner", "passphrase": "wrong wrong"}
        client.post("/sign-in", data=form, headers=PAGE)
    with patience_of(locked, "address of the owner"):
        form = {"name": "owner", "passphrase": PASSPHRASE}
        assert client.post("/sign-in", data=form, headers=PAGE).status_code == 200


def test_a_device_that_is_known_passes(locked, browser):
    """However often others guess: where the owner signed in before, they sign in again."""
    known, other = browser().client, browser().client
    right, wrong = ({"name": "owner", "passphrase": said} for said in (PASSPHRASE, "wrong wrong"))
    known.post("/sign-in", data=right, headers=PAGE)
    for _ in range(10):
        other.post("/sign-in", data=wrong, headers=PAGE)
    other.cookies.set("backstride-device", "made.up")
    assert other.post("/sign-in", data=right, headers=PAGE).status_code == 403
    assert known.post("/sign-in", data=right, headers=PAGE).status_code == 200
    for _ in range(10):
        known.post("/sign-in", data=wrong, headers=PAGE)
    assert known.post("/sign-in", data=right, headers=PAGE).status_code == 403


def test_a_device_on_which_the_passphrase_was_changed_passes(locked, browser):
    """After a new passphrase the device on which it was chosen still signs in, however often others guess."""
    known, other, new = browser(), browser().client, "four other words here"
    known.client.post("/sign-in", data={"name": "owner", "passphrase": PASSPHRASE}, headers=PAGE)
    assert known.post("/settings/passphrase", {"old": PASSPHRASE, "new": new}).status_code == 200
    for _ in range(10):
        other.post("/sign-in", data={"name": "owner", "passphrase": "wrong wrong"}, headers=PAGE)
    right = {"name": "owner", "passphrase": new}
    assert other.post("/sign-in", data=right, headers=PAGE).status_code == 403
    assert known.client.post("/sign-in", data=right, headers=PAGE).status_code == 200


@contextmanager
def patience_of(site, address):
    """Requests come from another address."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("backstride.services.auth.network_key", lambda _: address)
        yield


def test_another_account_of_this_computer_is_not_let_in(site, browser):
    """Nobody but who sees what the server printed, and they once; each new address is printed, too."""
    told = []
    site.entry.announce = told.append
    key = site.entry.key
    for guess in ("", "guessed", "x" * 200):
        reply = browser().client.get(f"/begin?key={guess}", headers=PAGE, follow_redirects=False)
        assert (reply.status_code, "set-cookie" in reply.headers) == (403, False)
    assert browser().get(f"/begin?key={key}").url.path == "/"
    assert browser().get(f"/begin?key={key}").url.path == "/begin"
    assert browser().get(f"/begin?key={told[0]}").url.path == "/"
    assert sessions_of(site.store, OWNER)[1:] != ()


def test_a_new_passphrase_ends_all_that_opened_the_diary(anna, site, browser):
    """Tokens, the calendar's address and sessions elsewhere; making a new one asks for the passphrase."""
    asked = {"passphrase": PASSPHRASE}
    token = anna.client.post(
        "/settings/tokens", data={"mark": anna.mark, "label": "script", **asked}, headers={"accept": "*/*"}
    ).json()["token"]
    address = re.search(r"/calendar/[\w-]+\.ics", anna.post("/settings/calendar", asked).text)[0]
    program = browser().client
    shows = {"authorization": f"Bearer {token}"}
    assert (program.get("/diary/entries.json", headers=shows).status_code, anna.get(address).status_code) == (
        200,
        200,
    )
    anna.post("/settings/passphrase", {"old": PASSPHRASE, "new": "four quick herons"})
    assert (program.get("/diary/entries.json", headers=shows).status_code, anna.get(address).status_code) == (
        401,
        404,
    )
    for path, form in (("/settings/tokens", {"label": "script"}), ("/settings/calendar", {})):
        assert anna.post(path, {**form, **asked}).status_code == 403


def test_the_cookie_stays_with_this_site(site, browser):
    """Scripts cannot read it and other sites cannot make the browser send it; over https it has the strict name."""
    reply = browser().client.get(f"/begin?key={site.entry.key}", follow_redirects=False)
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    client = TestClient(create_app(site, origins=Origins(secure=True)), base_url="https://localhost")
    reply = client.get(f"/begin?key={site.entry.key}", follow_redirects=False)
    assert reply.headers["set-cookie"].startswith("__Host-")


def test_a_chosen_passphrase_shuts_the_door(owner, browser):
    """Once the owner has a passphrase, being on the same machine is not enough."""
    owner.post("/settings/passphrase", {"new": PASSPHRASE})
    assert owner.get("/").url.path == "/"
    assert browser().get("/").url.path == "/sign-in"


def test_signing_out_ends_the_session(anna):
    """The cookie that was shown before opens nothing any more."""
    cookies = dict(anna.client.cookies)
    anna.post("/sign-out")
    anna.client.cookies.update(cookies)
    assert anna.client.get("/diary", headers=PAGE, follow_redirects=False).status_code == 303


def test_who_signs_in_gets_the_page_that_was_asked_for(locked, browser):
    """The door remembers it, through a wrong passphrase too."""
    add_person(locked.store, "Bea", passphrase=hash_passphrase(PASSPHRASE))
    bea = browser()
    door = bea.get("/diary")
    assert (door.url.path, door.url.query) == ("/sign-in", b"to=/diary")
    form = {"name": "bea", "to": "/diary"}
    wrong = bea.client.post("/sign-in", data={**form, "passphrase": "wrong wrong"}, headers=PAGE)
    assert '<input type="hidden" name="to" value="/diary">' in wrong.text
    right = bea.client.post("/sign-in", data={**form, "passphrase": PASSPHRASE}, headers=PAGE)
    assert right.url.path == "/diary"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/begin", "/sign-in", "/a\n/b"],
)
def test_no_link_leads_from_our_door_to_another_house(elsewhere):
    """Only a page of this server is gone to after signing in, and never the door again."""
    assert page_of_ours(elsewhere) == "/"


@pytest.mark.parametrize("kept_as", ["NFC", "NFD"])
@pytest.mark.parametrize("typed_as", ["NFC", "NFD"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_passphrase_fits_however_a_keyboard_writes_its_letters(site, kept_as, typed_as, end):
    """An umlaut is one letter, whether it is written as one sign or two; a pasted end of line is none."""
    words = "gr\u00fcne Lampe Flu\u00df Z\u00e4hne"
    choose_passphrase(site.store, person_of(site.store, OWNER), unicodedata.normalize(kept_as, words))
    assert sign_in(site.store, "owner", unicodedata.normalize(typed_as, words) + end, label="a test")


def test_a_passphrase_kept_as_it_was_typed_still_fits(site):
    """Kept by an earlier release in two signs for an umlaut: it opens as it was typed; a wrong one does not."""
    words = unicodedata.normalize("NFD", "gr\u00fcne Lampe Flu\u00df")
    set_passphrase(site.store, OWNER, PasswordHasher().hash(words))
    assert sign_in(site.store, "owner", words, label="a test")
    with pytest.raises(NotLetIn):
        sign_in(site.store, "owner", words + " ", label="a test")


def test_signing_in_over_an_open_session_ends_it(locked, browser):
    """Somebody else signs in in the same browser: the cookie of before opens nothing any more."""
    client = browser().client
    form = {"name": "owner", "passphrase": PASSPHRASE}
    client.post("/sign-in", data=form, headers=PAGE)
    before = client.cookies["backstride"]
    client.post("/sign-in", data=form, headers=PAGE)
    assert client.cookies["backstride"] != before
    assert len(sessions_of(locked.store, OWNER)) == 1
