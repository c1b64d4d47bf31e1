"""The head of a request: however long or odd it is, it costs a server next to nothing, and is refused in words."""

import time

import pytest
from starlette.requests import Request

from backstride.web.connections import PatientProtocol
from backstride.web.heads import MAX_BYTES_OF_HEAD
from backstride.web.plain_headers import plain_headers

from .conftest import listening
from .test_connections import ASKED, connected, received

HEAD = b"GET /help HTTP/1.1\r\nhost: localhost\r\n"
CHUNKED = (
    b"POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
LONG = b"a" * (4 * MAX_BYTES_OF_HEAD)
MANY = b"a: b\r\n" * 20_000
TOO_MUCH = {
    "address": (b"GET /help?" + LONG, 414),
    "query that ends": (b"GET /help?" + LONG[:9000] + HEAD[9:] + b"\r\n", 414),
    "headers": (HEAD + MANY, 431),
    "headers that end": (HEAD + MANY[: 6 * 101] + b"\r\n", 431),
    "value": (HEAD + b"x: " + LONG, 431),
    "value that ends": (HEAD + b"x: " + LONG[: MAX_BYTES_OF_HEAD + 1] + b"\r\n\r\n", 431),
    "name": (HEAD + LONG, 431),
    "trailers": (CHUNKED + b"0\r\n" + MANY, 431),
    "mark of a piece": (CHUNKED + b"1;" + LONG, 431),
    "marks of pieces": (CHUNKED + b"1;xxxxxxxxxxxxxxxxxxxx\r\na\r\n" * 3000, 431),
}
CLOSES = b"connection: close\r\n\r\n"


@pytest.fixture
def port(app):
    """Where the app listens, by the connections that `backstride serve` has."""
    with listening(app, http=PatientProtocol, ws="none") as number:
        yield number


@pytest.mark.parametrize(("sends", "status"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_head_without_end_is_refused_in_words(port, sends, status):
    """Each kind of it, whole or begun alone: the connection ends, and says what to do."""
    with connected(port) as opened:
        opened.sendall(sends)
        said = received(opened)
    assert said.startswith(f"HTTP/1.1 {status} ".encode())
    assert said.rstrip().endswith((b"from the menu.", b"try again."))


def test_as_much_as_browsers_send_is_taken(port):
    """Ninety headers, thirty kilobytes of cookies of other programs on this computer, eight of an address."""
    cookies = b"cookie: " + b"; ".join(b"other%d=" % n + b"x" * 1000 for n in range(28))
    head = b"GET /safety?" + b"x" * 8000 + HEAD[9:] + MANY[: 6 * 90] + cookies + b"\r\n" + CLOSES
    with connected(port, head) as opened:
        assert received(opened).startswith(b"HTTP/1.1 200 ")


def test_a_body_in_small_pieces_is_taken(port):
    """A program may send a form letter by letter: its marks are no head."""
    form = b"name=owner&passphrase=" + b"x" * 3000
    pieces = b"".join(b"1\r\n%c\r\n" % letter for letter in form)
    with connected(port, CHUNKED.replace(b"\r\n\r\n", b"\r\n" + CLOSES) + pieces + b"0\r\n\r\n") as opened:
        assert received(opened).startswith(b"HTTP/1.1 403 ")


async def telling_headers(scope, receive, send) -> None:
    """Answers with the names of the headers, once the whole body has come."""
    while (await receive()).get("more_body"):
        pass
    names = b" ".join(name for name, _ in scope["headers"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": names})


def test_headers_behind_a_body_are_nobodys():
    """A trailer is no header of the request, as a cookie or a proxy's word would be (RFC 9110, 6.5)."""
    with listening(telling_headers, http=PatientProtocol, ws="none") as port, connected(port) as opened:
        opened.sendall(CHUNKED.replace(b"\r\n\r\n", b"\r\n" + CLOSES) + b"1\r\na\r\n0\r\nx-late: yes\r\n\r\n")
        said = received(opened)
    assert b"transfer-encoding" in said
    assert b"x-late" not in said


def test_requests_ahead_of_their_replies_are_few(port):
    """Fourteen thousand in one go would each be held until those before them are answered."""
    with connected(port) as opened:
        opened.sendall(ASKED * 5000)
        assert received(opened).count(b"HTTP/1.1 200 ") <= 17


ODD = {
    "cookie": b'a="' + b'\\"' * 16_000 + b'"',
    "octal cookie": b'a="' + b"\\101" * 8_000 + b'"',
    "unended cookie": b'language="' + b'\\"' * 16_000,
    "content-type": b'a;b="' + b";" * 32_000,
    "escaped content-type": b'a;b="' + b'\\";' * 10_000,
    "accept-language": b"de;q=" * 6_000,
    "range": b"bytes=" + b"0-," * 10_000,
    "accept": b"text/html;q=" * 2_600,
    "accept-encoding": b'gzip;q="' * 4_000,
    "if-none-match": b'W/"' * 10_000,
    "host": b"[" * 32_000,
    "origin": b"http://" + b"[" * 32_000,
    "x-forwarded-host": b"a:@" * 10_000,
    "authorization": b"Bearer " + b"bs_" * 10_000,
}


@pytest.mark.parametrize("page", ["/sign-in", "/static/app.css", "/check-in", "/safety"])
@pytest.mark.parametrize("name", ODD)
def test_no_header_takes_long_to_read(browser, name, page):
    """Thirty kilobytes of what confuses a parser: a tenth of what a quadratic one takes."""
    told = {"content-type": "application/x-www-form-urlencoded", name.split(" ")[-1]: ODD[name]}
    client = browser().client
    client.get("/safety")
    began = time.process_time()
    client.request("POST" if page in ("/sign-in", "/check-in") else "GET", page, headers=told)
    assert time.process_time() - began < 0.3


def test_a_quoted_cookie_is_left_out_and_its_neighbours_stay():
    """Also through the framework's own reading."""
    headers = plain_headers([(b"cookie", b'a="\\"b"; backstride=x; c="d"; language=de')])
    assert Request({"type": "http", "headers": headers}).cookies == {"backstride": "x", "language": "de"}
