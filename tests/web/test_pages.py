"""Every page, as a browser without a script sees it."""

import pytest

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
    assert (reply.status_code, "Go to Today" in reply.text) == (404, True)


def test_a_name_of_another_site_is_refused(owner):
    """A page of another site that gives this machine a name of its own reaches nothing."""
    assert owner.client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_today_is_light(owner):
    """The page, its style and its script are at most 30 kB; our script is at most 15 kB."""
    sizes = [
        len(owner.get(path).content)
        for path in ("/", "/static/app.css", "/static/app.js", "/static/icon.svg")
    ]
    assert sum(sizes) <= 30_000
    assert sizes[2] + len(owner.get("/sw.js").content) <= 15_000


def test_the_shell_kept_on_a_phone_holds_nothing_of_a_person(owner):
    """The page for when there is no network is the same for everyone, without a mark."""
    owner.post("/check-in", {"pain": "3", "note": "a secret"})
    shell = owner.get("/offline").text
    assert "a secret" not in shell
    assert 'name="mark"' not in shell
