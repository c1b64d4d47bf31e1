"""Connections that wait: none for ever, and none so many that nobody else comes in."""

import socket
import threading
import time
from contextlib import suppress

import pytest
import uvicorn

from backstride.web import connections
from backstride.web.connections import PatientProtocol, make_room_for_connections

PATIENCE_S = 60
ASKED = b"GET /safety HTTP/1.1\r\nhost: localhost\r\n\r\n"


class FewConnections(PatientProtocol):
    """Eight at a time."""

    most_connections = 8


@pytest.fixture
def port(app):
    """Where the app listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    told = uvicorn.Config(
        app, port=number, log_level="critical", lifespan="off", http=FewConnections, ws="none"
    )
    server = uvicorn.Server(told)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join()


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


def test_there_is_room_for_files_beside_the_connections():
    """However few files a process may open, some are left for the store."""
    assert 16 <= make_room_for_connections() <= connections.MOST_CONNECTIONS
