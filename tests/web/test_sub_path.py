"""Below a path of another site: no link, redirect, cookie, script or address of a person leads outside of it."""

import html
import re
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from backstride.diary.people import add_person
from backstride.services.auth import hash_passphrase
from backstride.web.app import create_app
from backstride.web.origin import Origins

from .conftest import PAGE, PASSPHRASE, Browser, listening
from .days import lived_today

PATH = "/back"
SITE = "https://home.example"
ADDRESS = re.compile(r' (?!value=)[a-z-]+="((?:/|https?:|webcal:)[^"]*)"')
"""In any attribute; a page that a form leads back to is named as the app knows it."""


@pytest.fixture
def below(site) -> Browser:
    """Somebody who is signed in to a server below a path, over https."""
    add_person(site.store, "Anna", passphrase=hash_passphrase(PASSPHRASE))
    app = create_app(site, origins=Origins(address=SITE + PATH, secure=True, behind_proxy=True))
    client = TestClient(app, base_url=SITE)
    told = {"name": "Anna", "passphrase": PASSPHRASE}
    reply = client.post(f"{PATH}/sign-in", data=told, headers={**PAGE, "origin": SITE})
    assert (reply.status_code, reply.url.path) == (200, f"{PATH}/")
    return Browser(client)


def marked(browser: Browser, path: str, **told: str):
    """A form that is sent with the mark of its page."""
    mark = re.search(r'name="mark" value="(\w+)"', browser.get(f"{PATH}/settings").text)[1]
    return browser.client.post(PATH + path, data={"mark": mark, **told}, headers={**PAGE, "origin": SITE})


def test_no_page_leads_outside(below):
    """Every page that can be reached by links, with its styles and scripts, is below the path, and opens."""
    marked(below, "/check-in", pain="4")
    waiting, seen, outside, kinds = [f"{PATH}/"], {}, set(), set()
    while waiting:
        path = waiting.pop()
        reply = below.get(path)
        seen[path] = reply.status_code
        assert urlsplit(str(reply.url)).path.startswith(f"{PATH}/"), path
        if not reply.headers["content-type"].startswith("text/html"):
            continue
        for named in ADDRESS.findall(reply.text):
            found = html.unescape(named)
            if found.startswith("/") and not found.startswith(f"{PATH}/"):
                outside.add((path, found))
        for named in re.findall(r' (?:href|src)="(/[^"]*)"', reply.text):
            found = html.unescape(named).partition("#")[0]
            kind = re.sub(r"\d+", "0", found)
            if kind not in kinds:  # one day of a diary stands for all
                kinds.add(kind)
                waiting.append(found)
    assert not outside
    not_yet = {f"{PATH}/answer.json"}  # named for programs before there is an answer
    assert {path: status for path, status in seen.items() if status >= 400 and path not in not_yet} == {}
    expected = {"/plan", "/diary", "/report", "/safety", "/settings", "/trends", "/help", "/static/app.js"}
    assert expected <= {path.removeprefix(PATH) for path in seen}


def test_cookies_are_sent_to_this_path_alone(below):
    """Another app of the same site is not shown them; over https alone, and without scripts."""
    kept = list(below.client.cookies.jar)
    assert kept
    assert {cookie.path for cookie in kept} == {PATH}
    assert "__Secure-backstride" in {cookie.name for cookie in kept}
    assert not any(cookie.name.startswith("__Host-") for cookie in kept), "browsers refuse these with a path"
    below.client.cookies.clear()
    assert below.get(f"{PATH}/settings").url.path != f"{PATH}/settings"


def test_addresses_for_somebody_else_are_whole(below):
    """The calendar's and a reader's stand below the path, too, and the calendar's opens."""
    made = marked(below, "/settings/calendar", passphrase=PASSPHRASE)
    calendar = re.search(rf"<code>{SITE}({PATH}/calendar/[\w-]+\.ics)</code>", made.text)[1]
    assert below.client.get(calendar).headers["content-type"].startswith("text/calendar")
    assert f'href="webcal://home.example{PATH}/calendar/' in made.text
    shared = marked(below, "/settings/shares", reader="Dr Reader", passphrase=PASSPHRASE)
    assert f"{SITE}{PATH}/shared#" in shared.text


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_installed_app_is_this_part_of_the_site(below, language):
    """Its start, its scope and its pictures are read from where the manifest is."""
    name = "manifest.de.webmanifest" if language == "de" else "manifest.webmanifest"
    at = f"{PATH}/static/{name}"
    manifest = below.client.get(at).json()
    assert urljoin(at, manifest["start_url"]) == urljoin(at, manifest["scope"]) == f"{PATH}/"
    named = [*manifest["icons"], *manifest["screenshots"]]
    assert all(below.client.get(urljoin(at, one["src"])).status_code == 200 for one in named)
    assert all(urljoin(at, one["url"]).startswith(f"{PATH}/") for one in manifest["shortcuts"])


@pytest.mark.parametrize("path", ["/", "/sign-in", "/backs", "/static/app.css"])
def test_nothing_is_served_beside_the_path(below, path):
    """A proxy that takes the path off is told where the server is."""
    reply = below.client.get(path, follow_redirects=False)
    assert (reply.status_code, f"{PATH}/" in reply.text) == (404, True)


def test_the_path_without_a_slash_leads_to_the_first_page(below):
    """Relative addresses would be read from the folder above."""
    reply = below.client.get(PATH, follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (308, f"{PATH}/")


def test_programs_are_told_the_path(below):
    """The description names it, the addresses in it stay as they are."""
    described = below.client.get(f"{PATH}/openapi.json").json()
    assert described["servers"] == [{"url": PATH}]
    assert "/check-in" in described["paths"]


def test_words_of_a_person_are_left_as_they_are(below):
    """A note that looks like a link is shown as it was written."""
    note = 'a href="/plan" in words'
    marked(below, "/check-in", pain="4", note=note)
    day = f"{PATH}/diary/day/{lived_today()}"
    assert note in html.unescape(below.get(day).text)


def test_other_sites_may_still_send_nothing(below):
    """The browser's word on where a form came from counts, below a path as anywhere."""
    reply = below.client.post(
        f"{PATH}/check-in", data={"pain": "4"}, headers={"origin": "https://evil.example"}
    )
    assert reply.status_code == 403


def test_a_phone_keeps_the_pages_of_the_path(chromium, site, until_kept):
    """In a real browser: the service worker has this part of the site, and a check-in is kept without a network."""
    app = create_app(site, origins=Origins(address=f"http://localhost{PATH}", behind_proxy=True))
    with listening(app) as port, chromium.watched():
        home = f"http://localhost:{port}{PATH}"
        window = chromium.new_context()
        window.request.get(f"{home}/begin?key={site.entry.key}")
        page = window.new_page()
        page.goto(f"{home}/")
        until_kept(page)
        scope = page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.scope)")
        assert scope == f"{home}/"
        assert page.evaluate("caches.keys()")[0].startswith(f"backstride{PATH}-")
        window.set_offline(True)
        page.goto(f"{home}/safety")
        assert "112" in page.text_content("main")
        page.goto(f"{home}/plan")
        assert page.is_visible("text=The page that you opened needs a network.")
        page.goto(f"{home}/")
        assert not page.is_visible("text=The page that you opened needs a network.")
        page.check("input[name=pain][value='4']")
        page.click("button.main >> nth=0")
        page.wait_for_selector("#outbox.waiting")
        window.set_offline(False)  # the page sends, and loads anew, by itself
        page.wait_for_selector("text=/^Saved/")  # for today or, at night, for the day before
        chromium.end([window])
