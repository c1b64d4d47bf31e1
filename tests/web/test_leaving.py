"""Signing out of a phone on which check-ins wait: none is lost without a question."""

import pytest

from backstride.diary.people import add_person, person_named
from backstride.services.auth import hash_passphrase

from .conftest import PASSPHRASE, until

OFFLINE = "document.querySelector('form[data-check-in]').requestSubmit()"


def sign_in(page, address: str, name: str) -> None:
    """Sign in and look at Today."""
    page.goto(f"{address}/sign-in")
    page.fill("#name", name)
    page.fill("#passphrase", PASSPHRASE)
    page.click("button.main")
    page.wait_for_selector("form[data-check-in]")


def wait_on_phone(page, pain: int) -> None:
    """Save a check-in that the server cannot take."""
    page.route("**/check-in", lambda route: route.fulfill(status=503))
    page.check(f"input[name=pain][value='{pain}']")
    page.evaluate(OFFLINE)
    page.wait_for_selector("#outbox.waiting")


def told(site, name: str) -> list[float]:
    """The ratings in somebody's diary."""
    person = person_named(site.store, name)
    return [entry.record.pain.value for entry in site.store.diary(person.id).entries()]


@pytest.fixture
def page(visit, locked):
    """A browser that two people share, of whom nobody is signed in."""
    for name in ("brow", "mem"):
        add_person(locked.store, name, passphrase=hash_passphrase(PASSPHRASE))
    return visit(service_workers="block")


def test_a_check_in_of_somebody_else_stays_when_one_signs_out(page, address, site):
    """It is sent when they sign in, as the page said."""
    sign_in(page, address, "brow")
    wait_on_phone(page, 8)
    page.context.clear_cookies()
    sign_in(page, address, "mem")
    page.wait_for_selector("text=Somebody else's check-in")
    page.goto(f"{address}/settings")
    page.click("form[action='/sign-out'] button")
    page.wait_for_selector("#passphrase")
    page.unroute("**/check-in")
    sign_in(page, address, "brow")
    until(page, lambda: told(site, "brow"), "the check-in")
    assert (told(site, "brow"), told(site, "mem")) == ([8], [])


def test_ones_own_check_in_is_asked_about(page, address):
    """Whoever says no stays signed in, and it waits on; whoever says yes has nothing left on the phone."""
    sign_in(page, address, "brow")
    wait_on_phone(page, 8)
    page.goto(f"{address}/settings")
    page.wait_for_selector("#outbox.waiting")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("form[action='/sign-out'] button")
    until(page, lambda: asked, "the question")
    assert asked == ["1 entry on this phone was not sent yet. Sign out and delete it?"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("form[action='/sign-out'] button")
    page.wait_for_selector("#passphrase")
    page.unroute("**/check-in")
    sign_in(page, address, "brow")
    assert page.inner_text("#outbox") == ""


def test_the_storage_is_emptied_only_where_nothing_waits(anna):
    """The server cannot see what waits in a browser, so it empties nothing that the page has not looked into."""
    mark = anna.mark
    for form, emptied in (({}, False), ({"nothing_waits": "yes"}, True)):
        reply = anna.client.post("/sign-out", data={"mark": mark, **form}, follow_redirects=False)
        assert ("storage" in reply.headers["clear-site-data"]) is emptied
        anna.client.post("/sign-in", data={"name": "anna", "passphrase": PASSPHRASE})
        mark = anna.mark
