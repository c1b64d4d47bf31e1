"""Connections that wait: none for ever, and none so many that nobody else comes in."""

import logging
import socket
import time
from contextlib import suppress
from threading import BoundedSemaphore

import pytest

from backstride.services import auth
from backstride.web import connections, guard
from backstride.web.connections import PatientProtocol, make_room_for_connections, networks_of

from .conftest import listening

PATIENCE_S = 60
THREADS = 45
"""More than pages are made in at once."""
ASKED = b"GET /safety HTTP/1.1\r\nhost: localhost\r\n\r\n"


class FewConnections(PatientProtocol):
    """Eight at a time."""

    most_connections = 8


@pytest.fixture
def port(app):
    """Where the app listens."""
    with listening(app, http=FewConnections, ws="none") as number:
        yield number


def connected(port: int, sends: bytes = b"") -> socket.socket:
    """A connection over which so much was sent."""
    opened = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    opened.sendall(sends)
    return opened


def received(opened: socket.socket) -> bytes:
    """What comes until the other side ends it."""
    told = b""
    with suppress(ConnectionResetError):
        while more := opened.recv(65536):
            told += more
    return told


@pytest.mark.parametrize("half", [b"", b"GET / HT", ASKED[:-2]])
def test_half_a_request_is_not_waited_for(port, monkeypatch, half):
    """Nothing, half a line, headers without an end: each is ended by the server."""
    monkeypatch.setattr(connections, "SECONDS_TO_ASK", 0.2)
    with connected(port, half) as opened:
        assert received(opened) == b""


def test_half_of_a_second_request_is_not_waited_for(port, monkeypatch):
    """Who has got a reply has no more patience to spend than anybody else."""
    monkeypatch.setattr(connections, "SECONDS_TO_ASK", 0.2)
    with connected(port, ASKED) as opened:
        assert opened.recv(65536).startswith(b"HTTP/1.1 200")
        opened.sendall(b"GET /")
        began = time.monotonic()
        received(opened)
        assert time.monotonic() - began < PATIENCE_S / 2


def test_more_bytes_of_a_header_give_no_more_time(port, monkeypatch):
    """One letter every few milliseconds, for ever: it ends as if nothing had come."""
    monkeypatch.setattr(connections, "SECONDS_TO_ASK", 0.3)
    with connected(port, ASKED[:-2] + b"x: ") as opened:
        assert any(_is_ended(opened) for _ in range(PATIENCE_S * 20))


def _is_ended(opened: socket.socket) -> bool:
    try:
        opened.sendall(b"y")
    except OSError:
        return True
    time.sleep(0.05)
    return False


def test_a_newcomer_is_served_while_others_wait(port):
    """Thirty half requests, room for eight: who sends a whole one is answered, the oldest that waits is ended."""
    waiting = [connected(port, b"GET / HT") for _ in range(30)]
    with connected(port, ASKED.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")) as opened:
        assert received(opened).startswith(b"HTTP/1.1 200")
    assert received(waiting[0]) == b""
    for one in waiting:
        one.close()


FORM = b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 900\r\n\r\n"
BODY_TO_COME = b"POST /sign-in HTTP/1.1\r\nhost: localhost\r\n" + FORM + b"x"
LAST = ASKED.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")


def test_a_newcomer_is_served_while_others_never_finish_their_bodies(port):
    """Whole headers and a body that does not come are no request: they make room for who has just come."""
    waiting = [connected(port, BODY_TO_COME) for _ in range(30)]
    for _ in range(5):
        with connected(port, LAST) as opened:
            assert received(opened).startswith(b"HTTP/1.1 200")
    for one in waiting:
        one.close()


def test_no_address_holds_more_than_its_share(port, monkeypatch):
    """Of five connections of an address that may hold three, the two oldest are ended."""
    monkeypatch.setattr(FewConnections, "most_of_one_address", 3)
    held = []
    for _ in range(5):
        held.append(connected(port, b"GET / HT"))
        time.sleep(0.05)
    assert [received(one) for one in held[:2]] == [b"", b""]
    held[-1].sendall(LAST.removeprefix(b"GET /safety HT"))
    assert received(held[-1]).startswith(b"HTTP/1.1 ")
    for one in held:
        one.close()


def test_a_proxy_holds_as_many_as_there_is_room_for(port, monkeypatch):
    """All requests come from its address: it has no share."""
    monkeypatch.setattr(FewConnections, "most_of_one_address", 2)
    monkeypatch.setattr(FewConnections, "proxies", networks_of("nonsense, 127.0.0.0/8"))
    held = [connected(port, b"GET / HT") for _ in range(6)]
    time.sleep(0.1)
    for one in held:
        one.sendall(LAST.removeprefix(b"GET /safety HT"))
        assert received(one).startswith(b"HTTP/1.1 ")
        one.close()


def test_the_body_of_a_stranger_is_waited_for_a_quarter_of_a_minute():
    """Who is not known sends a name and a passphrase alone, and has no longer for it than for the headers."""
    told = guard._patience_with("/sign-in")
    assert (told.all_s, told.most_bytes) == (15, 4096)


def test_asking_for_a_web_socket_writes_no_line(port, caplog, monkeypatch):
    """Anybody may ask for one, and so could fill the log."""
    asks = b"\r\nconnection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-key: x\r\n\r\n"
    said = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(said, "handlers", [caplog.handler])
    monkeypatch.setattr(said, "level", logging.DEBUG)
    with connected(port, ASKED.replace(b"\r\n\r\n", asks)) as opened:
        assert opened.recv(65536).startswith(b"HTTP/1.1 200")
    assert not [line for line in caplog.records if line.levelno >= logging.WARNING]


def test_there_is_room_for_files_beside_the_connections():
    """However few files a process may open, some are left for the store."""
    assert 16 <= make_room_for_connections() <= connections.MAX_CONNECTIONS


def test_who_tries_passphrases_takes_no_page_from_others(site, port, monkeypatch):
    """Wrong passphrases that wait for their turn hold none of the threads in which pages are made."""
    monkeypatch.setattr(site.guesses, "most", 100)
    monkeypatch.setattr(FewConnections, "most_connections", 100)
    turns = BoundedSemaphore(1)
    monkeypatch.setattr(auth, "_AT_ONCE", turns)
    form = b"name=owner&passphrase=wrong+wrong".ljust(900, b"+")
    with turns:
        tries = [connected(port, BODY_TO_COME[:-1] + form) for _ in range(THREADS)]
        time.sleep(0.5)
        with connected(port, LAST.replace(b"/safety", b"/sign-in")) as opened:
            opened.settimeout(10)
            assert received(opened).startswith(b"HTTP/1.1 200")
    for one in tries:
        assert one.recv(65536).startswith(b"HTTP/1.1 403")
        one.close()
