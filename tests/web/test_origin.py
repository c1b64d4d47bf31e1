"""Whence a request comes: from a page of ours, also behind a proxy; and never from another."""

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from backstride.web.app import create_app
from backstride.web.origin import Origins

from .conftest import Browser, every_route

HERE = Origins()
SECURE = Origins(secure=True)
BEHIND = Origins(secure=True, behind_proxy=True)
NAMED = Origins(secure=True, address="https://back.example:8443", behind_proxy=True)


@pytest.mark.parametrize(
    ("origins", "headers"),
    [
        (HERE, {"host": f"localhost:{8710}"}),
        (HERE, {"host": f"localhost:{8710}", "origin": f"http://localhost:{8710}"}),
        (HERE, {"host": "[::1]:8710", "origin": "http://[::1]:8710"}),
        (HERE, {"host": "Back.Example", "origin": "http://back.example:80"}),
        (
            SECURE,
            {"host": "back.example", "origin": "https://back.example:443", "sec-fetch-site": "same-origin"},
        ),
        (
            BEHIND,
            {"host": "127.0.0.1:8710", "x-forwarded-host": "back.example", "origin": "https://back.example"},
        ),
        (BEHIND, {"host": "back.example", "x-forwarded-port": "8443", "origin": "https://back.example:8443"}),
        (
            BEHIND,
            {"host": "x", "x-forwarded-host": "back.example:8443, y", "origin": "https://back.example:8443"},
        ),
        (NAMED, {"host": "back.example", "origin": "https://back.example:8443"}),
    ],
)
def test_a_page_of_ours_may_send(origins, headers):
    """By whatever name and port a browser reached it, and whatever of both the proxy passes on."""
    assert origins.sent(Headers(headers))


@pytest.mark.parametrize(
    ("origins", "headers"),
    [
        (HERE, {"host": f"localhost:{8710}", "origin": f"http://localhost:{8711}"}),
        (HERE, {"host": f"localhost:{8710}", "origin": "null"}),
        (HERE, {"host": f"localhost:{8710}", "origin": "http://["}),
        (HERE, {"host": "[", "origin": "http://["}),
        (HERE, {"host": "localhost:99999999", "origin": "http://localhost:99999999"}),
        (HERE, {"host": "localhost", "origin": "file://localhost"}),
        (HERE, {"host": "localhost", "x-forwarded-host": "evil.example", "origin": "http://evil.example"}),
        (HERE, {"host": "localhost", "sec-fetch-site": "cross-site"}),
        (SECURE, {"host": "back.example", "origin": "http://back.example"}),
        (BEHIND, {"host": "back.example", "x-forwarded-port": "x", "origin": "https://back.example:8443"}),
        (NAMED, {"host": "back.example", "origin": "https://evil.example:8443"}),
    ],
)
def test_another_page_may_not(origins, headers):
    """Another port, another name, a header that only a proxy may set, and what is no address at all."""
    assert not origins.sent(Headers(headers))


@pytest.mark.parametrize("origin", ["http://[", "http://]", "http://localhost:x", "://"])
def test_an_origin_that_is_none_is_refused_in_words(owner, origin):
    """It is no defect of ours, and every answer carries the headers of the guard."""
    reply = owner.client.post("/check-in", data={"mark": owner.mark}, headers={"origin": origin})
    assert (reply.status_code, reply.headers["x-frame-options"]) == (403, "DENY")


@pytest.mark.parametrize("host", ["[", "]", "localhost:x:y", "x@localhost"])
def test_a_host_that_is_none_opens_nothing(owner, host):
    """On this machine alone it answers to its own names."""
    assert owner.client.get("/safety", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "is_answered"),
    [
        ({"host": "back.example:8443"}, True),
        ({"host": "Back.Example"}, True),
        ({"host": "127.0.0.1:8710"}, True),
        ({"host": "[::1]:8710"}, True),
        ({"host": "backstride:8710", "x-forwarded-host": "back.example:8443, y"}, True),
        ({"host": "evil.example"}, False),
        ({"host": "evil.example:8443", "x-forwarded-host": "evil.example"}, False),
        ({"host": "["}, False),
    ],
)
def test_a_server_with_an_address_answers_to_that_name(headers, is_answered):
    """A server that was given an address answers to its name and to this machine's, and to no other."""
    assert NAMED.are_called(Headers(headers)) == is_answered


def test_another_name_is_refused_on_a_page_that_says_what_to_do(site):
    """Whoever calls a server by another name than its address is told to use the address."""
    client = TestClient(create_app(site, origins=NAMED), base_url="https://evil.example")
    reply = client.get("/sign-in")
    assert (reply.status_code, "Use the address that it printed" in reply.text) == (421, True)


@pytest.mark.parametrize("page", ["/settings/shares", "/settings/readers", "/settings/calendar"])
def test_links_are_made_of_the_configured_address(site, page):
    """A link for a reader or a calendar begins with the address that was given, whatever the request names."""
    opened = Browser(TestClient(create_app(site, origins=NAMED), base_url="https://localhost"))
    opened.get(f"/begin?key={site.entry.key}")
    reply = opened.post(page, {"reader": "Dr Example"})
    assert reply.status_code == 201
    assert "https://back.example:8443/" in reply.text
    assert "localhost" not in reply.text


@pytest.mark.parametrize("path", sorted(path for way, path in every_route() if path != "/"))
def test_no_address_leads_to_where_a_host_says(owner, path):
    """One with a slash at its end is no page of ours: no redirect names another server, nor leads out of our path."""
    for way in ("GET", "POST"):
        reply = owner.client.request(way, f"{path}/", headers={"host": "localhost"}, follow_redirects=False)
        assert reply.headers.get("location", "/").startswith("/")
        assert reply.status_code != 307
