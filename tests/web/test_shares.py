"""A link to one's report: what its reader sees and what not, when it ends, and that its token is nowhere."""

import logging
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.people import person_named
from backstride.diary.schema import OWNER
from backstride.diary.shares import shares_of
from backstride.errors import NotLetIn
from backstride.runtime.clock import utc_now
from backstride.services import sharing
from backstride.web.app import create_app
from backstride.web.origin import Origins

from .conftest import PAGE, PASSPHRASE
from .test_matrix import ANYBODY, IN_PERSON, PEOPLE, ask, routes

NOTE = "Sharp into the left calf"
CANARY = "canary-token-of-a-link-that-nobody-may-log"
REPORTS = ("/shared/report", "/shared/report.pdf")


@pytest.fixture
def told(site):
    """A diary of some mornings with a note."""
    now = datetime.now(UTC)
    mornings = tuple(
        CheckIn(moment=now - timedelta(days=n), pain=PainRating(4), note=NOTE if n == 1 else "")
        for n in range(3)
    )
    site.store.diary(OWNER).add(Records(mornings), source="test", now=now)


def made(person, **more) -> str:
    """The token of a new link."""
    page = person.post("/settings/shares", {"reader": "Dr Reader", **more})
    assert page.status_code == 201
    return re.search(r"http://localhost/shared#([\w-]+)<", page.text)[1]


def opened(browser, token: str):
    """A stranger who has opened the link."""
    reader = browser()
    reply = reader.client.post("/shared", data={"code": token}, headers=PAGE)
    assert reply.url.path == "/shared/report"
    return reader


def test_a_reader_sees_the_two_pages(owner, told, browser):
    """Without an account; with the name that the person gave, and until when it is open."""
    reader = opened(browser, made(owner, shown_name="A. Person"))
    page = reader.get("/shared/report")
    assert page.status_code == 200
    assert "A. Person" in page.text
    assert "Shared with Dr Reader until" in page.text
    assert reader.get("/shared/report.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(("scope", "words"), [("notes", NOTE), ("safety", "Safety questions")])
def test_a_reader_sees_what_was_chosen_and_no_more(owner, told, browser, scope, words):
    """Notes and safety answers only where the person ticked them."""
    assert words not in opened(browser, made(owner)).get("/shared/report").text
    assert words in opened(browser, made(owner, **{scope: "yes"})).get("/shared/report").text


@pytest.mark.parametrize("route", routes(PEOPLE) + routes(IN_PERSON), ids=" ".join)
def test_a_link_opens_nothing_else(owner, told, browser, route, locked):
    """On every other route whoever holds one is a stranger."""
    reader = browser()
    reader.client.post("/shared", data={"code": made(owner, passphrase=PASSPHRASE)}, headers=PAGE)
    assert reader.get("/shared/report").status_code == 200
    assert ask(reader.client, route, headers={"accept": "*/*"}).status_code == 401


@pytest.mark.parametrize("route", routes(ANYBODY), ids=" ".join)
def test_a_reader_may_do_what_anybody_may(owner, told, browser, route, locked):
    """A link takes nothing away from who holds it."""
    reader = opened(browser, made(owner, passphrase=PASSPHRASE))
    assert ask(reader.client, route, headers=PAGE).status_code in (200, 303, 422)


def test_before_and_after_there_is_nothing(owner, told, browser, site):
    """Not before the link is opened, not with a wrong one, not once it was ended: at once, also where it is open."""
    stranger = browser()
    assert [stranger.get(path).status_code for path in REPORTS] == [404, 404]
    assert stranger.client.post("/shared", data={"code": "x" * 43}, headers=PAGE).status_code == 404
    token = made(owner)
    reader = opened(browser, token)
    (share,) = shares_of(site.store, OWNER)
    owner.post(f"/settings/shares/{share.id}/end")
    assert [reader.get(path).status_code for path in REPORTS] == [404, 404]
    assert browser().client.post("/shared", data={"code": token}, headers=PAGE).status_code == 404
    ended = reader.get(REPORTS[0]).text
    assert "This link does not work, or has ended." in ended
    assert 'href="/"' not in ended.split("<main")[1].split("</main>")[0]  # there is no diary to go back to


def test_a_link_ends_on_its_day(owner, told, browser, monkeypatch):
    """After 30 days, unless another length was chosen."""
    token = made(owner)
    later = utc_now() + timedelta(days=31)
    monkeypatch.setattr("backstride.web.shared.utc_now", lambda: later)
    assert browser().client.post("/shared", data={"code": token}, headers=PAGE).status_code == 404


@pytest.mark.parametrize("how", ["passphrase", "everything", "removed"])
def test_a_link_ends_with_what_it_shows(anna, owner, site, browser, how):
    """A new passphrase, an erased diary and a removed person end it, also where it is open."""
    anna.post("/check-in", {"pain": "4"})
    reader = opened(browser, made(anna, passphrase=PASSPHRASE))
    if how == "passphrase":
        anna.post("/settings/passphrase", {"old": PASSPHRASE, "new": "four quick herons"})
    elif how == "everything":
        anna.post("/settings/delete-everything", {"sure": "yes", "passphrase": PASSPHRASE})
    else:
        number = person_named(site.store, "Anna").id
        owner.post(f"/settings/people/{number}/remove")
    assert reader.get("/shared/report").status_code == 404


def test_making_one_takes_the_passphrase(anna, site):
    """It lets somebody in, so it is confirmed in person, and with a reader's name."""
    assert anna.post("/settings/shares", {"reader": "Dr Reader", "passphrase": "wrong"}).status_code == 403
    assert anna.post("/settings/shares", {"reader": " ", "passphrase": PASSPHRASE}).status_code == 400
    assert shares_of(site.store, person_named(site.store, "Anna").id) == ()


def test_the_person_sees_who_looked_when(owner, told, browser):
    """For whom it is, how often it was looked at, and each opening with its device."""
    reader = browser()
    reader.client.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0)"
    reader.client.post("/shared", data={"code": made(owner)}, headers=PAGE)
    reader.get("/shared/report")
    page = owner.get("/settings/shares").text
    assert "Dr Reader" in page
    assert "Looked at 2 times." in page
    assert re.search(r"\d\d:\d\d: Windows, looked at 2 times", page)


@pytest.mark.parametrize("path", ["/settings/shares", "/settings/readers"])
def test_a_link_names_the_address_that_others_reach(owner, told, app, path):
    """Where this computer alone can open a link, the page says so before the form, and what to do in its place."""
    warning, reader = "Only this computer can reach your diary", {"reader": "Dr Reader"}
    for shown in (owner.get(path).text, owner.post(path, reader).text):
        assert shown.index(warning) < shown.index('name="reader"')
        assert 'href="/report/clinician"' in shown
        assert 'href="/help/phone"' in shown
        assert "send it to your reader" not in shown
    app.state.site = replace(app.state.site, phone_address="http://192.168.7.5:8710")
    shown = owner.post(path, reader).text
    assert "http://192.168.7.5:8710/" in shown
    assert warning not in shown


def test_guessing_is_slowed(owner, told, browser):
    """Ten wrong ones from an address, and it waits, with a right one, too."""
    token, guesser = made(owner), browser().client
    codes = [guesser.post("/shared", data={"code": f"guess {n}"}).status_code for n in range(11)]
    assert codes == [404] * 10 + [403]
    assert guesser.post("/shared", data={"code": token}).status_code == 403


def test_looking_too_often_is_slowed(owner, told, browser, site):
    """A browser that runs wild with a link waits like everybody."""
    reader = opened(browser, made(owner))
    (share,) = shares_of(site.store, OWNER)
    for _look in range(site.writes.most):
        with suppress(NotLetIn):
            site.writes.hit(f"link {share.id}")
    assert reader.get("/shared/report.pdf").status_code == 403


def test_a_link_is_no_secret_of_any_log(owner, told, browser, site, tmp_path, monkeypatch, caplog, capfd):
    """Neither the token nor the reader's session is logged, printed, stored, in an address or in a page."""
    monkeypatch.setattr(sharing, "token_urlsafe", lambda _bytes: CANARY)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.INFO, logger="sqlalchemy"):
        reader = opened(browser, made(owner))
        pages = [
            reader.get("/shared").text,
            reader.get("/shared/report").text,
            owner.get("/settings/shares").text,
        ]
        reader.client.post("/shared", data={"code": CANARY + "x"}, headers=PAGE)
    shown = capfd.readouterr()
    logged = "".join(record.getMessage() for record in caplog.records)
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert CANARY not in logged + shown.out + shown.err + "".join(pages)
    assert CANARY.encode() not in files
    shown = reader.get("/shared/report")
    assert all(CANARY not in str(step.url) for step in (shown, *shown.history))


def test_the_readers_cookie_stays_with_this_site_and_ends_with_the_browser(owner, told, site):
    """Scripts cannot read it, other sites cannot make a browser send it, and no disk keeps it."""
    token = made(owner)
    client = TestClient(create_app(site, origins=Origins(secure=True)), base_url="https://localhost")
    reply = client.post("/shared", data={"code": token}, follow_redirects=False)
    cookie = reply.headers["set-cookie"].lower()
    assert cookie.startswith("__host-")
    assert all(words in cookie for words in ("httponly", "secure", "samesite=strict"))
    assert not re.search("max-age|expires", cookie)


def test_the_page_works_without_a_script_and_installs_nothing(browser):
    """It has a field for the code and says what to put there; no service worker of the app comes to the reader."""
    page = browser().get("/shared").text
    assert 'name="code"' in page
    assert "after the # sign" in page
    assert "app.js" not in page


def test_a_browser_opens_the_link_by_itself(owner, told, visit, address):
    """The code leaves the address before anything is sent, and the report is there; printed, the bar is gone."""
    token = made(owner)
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/shared")
    page.goto(
        f"{address}/shared#{token}"
    )  # a link that is pasted where the page is open already loads nothing anew
    page.wait_for_url("**/shared/report")
    assert page.locator("h1").inner_text() == "Back pain and running: a report for a clinician"
    assert [url for url in asked if token in url.partition("#")[0]] == []
    assert token not in page.evaluate("location.href + document.referrer")
    page.go_back()
    assert token not in page.url
    page.go_forward()
    page.wait_for_url("**/shared/report")
    assert page.locator(".above").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".above").is_visible()


def test_a_whole_link_that_is_pasted_opens_the_report(owner, told, browser):
    """Who has no script pastes what was sent to them, blanks included."""
    pasted = f" http://localhost/shared#{made(owner)}\n"
    assert browser().client.post("/shared", data={"code": pasted}, headers=PAGE).url.path == "/shared/report"
