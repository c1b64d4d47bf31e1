"""Every page, as a browser without a script sees it."""

from datetime import timedelta

import pytest

from backstride.web.templates import dated

from .days import lived_today

PAGES = [
    "/",
    "/plan",
    "/answer",
    "/diary",
    "/diary/brought",
    "/report",
    "/safety",
    "/settings",
    "/sign-in",
    "/tests",
    "/roland-morris",
    "/trends",
    "/welcome",
    "/welcome/goal",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens(owner, path):
    """No page is a dead end: each links to another."""
    reply = owner.get(path)
    assert reply.status_code == 200
    assert reply.url.path == path
    assert reply.text.count('href="/') > 3


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/app.css"])
def test_every_reply_is_guarded(owner, path):
    """No script but our own, no frame, no guessing of kinds."""
    headers = owner.get(path).headers
    rules = headers["content-security-policy"]
    assert "default-src 'none'" in rules
    assert "unsafe" not in rules
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_kept_or_asks_outside(owner, path):
    """Pages are never cached; they hold no inline script, style or address of another site."""
    reply = owner.get(path)
    assert reply.headers["cache-control"] == "no-store"
    assert "<style" not in reply.text
    assert " style=" not in reply.text
    assert "<script>" not in reply.text
    assert "://" not in reply.text


def test_a_page_that_is_not_there_says_so(owner):
    """The sentence says what to do next."""
    reply = owner.get("/nowhere")
    assert (reply.status_code, "Go to the Today page" in reply.text) == (404, True)


@pytest.mark.parametrize("path", ["/diary/day/2026-13-45", "/check-in/abc"])
def test_an_address_that_names_no_day_leads_on(owner, path):
    """To load it again would say the same for ever."""
    reply = owner.get(path)
    assert (reply.status_code, "Go to the Today page" in reply.text, "Load the page again" in reply.text) == (
        422,
        True,
        False,
    )


def test_a_name_of_another_site_is_refused(owner):
    """A page of another site that gives this machine a name of its own reaches nothing."""
    assert owner.client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_the_numbers_to_call_stand_before_the_list(owner):
    """Whoever needs help at once reads whom to call before the signs."""
    text = owner.get("/safety").text
    assert text.index("tel:112") < text.index("<li>", text.index('id="group-1"'))


def test_today_is_light(noon, owner):
    """The check-in and all that it asks for are at most 30 kB, at first and in use; our script is at most 15 kB."""
    owner.client.headers["accept-encoding"] = "identity"
    assert 10_000 < owner.weight("/") <= 30_000
    told = {"pain": "8", "drinks": "2", "cigarettes": "5", "fatty_meals": "0", "note": "n" * 1900}
    owner.post("/check-in", {**told, "day": str(lived_today() - timedelta(days=6))})
    assert owner.weight("/") <= 30_000
    owner.post("/check-in", told)
    owner.post("/pain-before", {"pain": "4"})
    assert "Saved: 4" in owner.get("/").text
    assert owner.weight("/") <= 30_000
    assert sum(len(owner.get(path).content) for path in ("/static/app.js", "/sw.js")) <= 15_000


def test_files_are_packed_and_sent_once(owner):
    """Packed where the browser can unpack, whole where it cannot, and not again while they stay the same."""
    ways = ("gzip", "gzip;q=0", "identity")
    replies = [owner.client.get("/static/app.css", headers={"accept-encoding": way}) for way in ways]
    sizes = [int(reply.headers["content-length"]) for reply in replies]
    assert [reply.text for reply in replies] == [replies[0].text] * 3
    assert 3 * sizes[0] < 2 * sizes[1] == 2 * sizes[2]
    known = {"if-none-match": replies[0].headers["etag"]}
    again = owner.client.get("/static/app.css", headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", known["if-none-match"])
    # a length with nothing behind it would spoil the connection for what comes next
    assert not {"content-length", "content-encoding"} & set(again.headers)


def test_the_shell_kept_on_a_phone_holds_nothing_of_a_person(owner):
    """The page for when there is no network is the same for everyone, without a mark."""
    owner.post("/check-in", {"pain": "3", "note": "a secret"})
    for path in ("/offline", "/offline/safety"):
        shell = owner.get(path).text
        assert "a secret" not in shell
        assert 'name="mark"' not in shell


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "Your files cover 2026-10-20 to 2026-11-26.",
            "Your files cover 20 October 2026 to 26 November 2026.",
        ),
        ("2026-13-45, 12026-01-011 and 07:30 stay.", "2026-13-45, 12026-01-011 and 07:30 stay."),
        ("2026-05-01.fit and run-2026-05-01: 2026-05-01.", "2026-05-01.fit and run-2026-05-01: 1 May 2026."),
    ],
)
def test_days_of_a_note_are_read_in_words(written, read):
    """And what is no day stays as a file has it."""
    assert dated(written) == read
