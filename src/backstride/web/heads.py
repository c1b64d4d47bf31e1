"""The bounds of a request's head: address, headers, and what else comes that is no body.

uvicorn collects headers for as long as they come; one connection that sends them without end takes gigabytes, and the
pieces of one long header are joined again and again, while everybody waits. So they are counted as they arrive, and
refused before anything reads them.
"""

from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from backstride.report.language import _, speaking
from backstride.web.spoken import language_of

MAX_BYTES_OF_HEAD: Final = 32 * 1024
"""Of all headers together, as of nginx's; browsers send two or three thousand bytes."""
MAX_BYTES_OF_URL: Final = 8 * 1024
MAX_HEADERS: Final = 100
MAX_AHEAD: Final = 16
"""Requests that a connection sends before the replies to those before them."""
TOO_LONG, TOO_MANY_BYTES = HTTPStatus(414), HTTPStatus(431)


class _Refused(Exception):
    """Ends the reading of a request; the parser of httptools takes any exception as the end."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's connection, with bounds to everything of a request but its body, which the guard bounds."""

    _apart_from_body = 0
    """Bytes of this request that were not its body."""
    _size = 0
    _count = 0
    _is_in_head = True
    _status: HTTPStatus | None = None

    def data_received(self, data: bytes) -> None:
        """Take what arrives, unless too much did that is no body."""
        if self.transport.is_closing():
            return
        self._apart_from_body += len(data)
        super().data_received(data)
        if self._apart_from_body > MAX_BYTES_OF_HEAD and not self.transport.is_closing():
            self._status = TOO_LONG if self._is_in_head and not self._count else TOO_MANY_BYTES
            self.send_400_response("")

    def on_message_begin(self) -> None:
        """Begin to count.

        Raises:
            _Refused: too many requests wait on this connection.
        """
        if len(self.pipeline) >= MAX_AHEAD:
            raise _Refused
        super().on_message_begin()
        self._size = self._count = 0
        self._is_in_head = True

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address.

        Raises:
            _Refused: it is too long.
        """
        super().on_url(url)
        self._bear(len(self.url) <= MAX_BYTES_OF_URL, TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; those that come after a body (RFC 9110, 6.5) are nobody's, and are left out.

        Raises:
            _Refused: they are too many or too long.
        """
        self._count += 1
        self._size += len(name) + len(value)
        self._bear(self._count <= MAX_HEADERS and self._size <= MAX_BYTES_OF_HEAD, TOO_MANY_BYTES)
        if self._is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Let the request be worked on."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body; the marks around its pieces may be as long as they are."""
        self._apart_from_body = max(self._apart_from_body - 2 * len(body), 0)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End counting."""
        self._apart_from_body = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Say why a request is not read, and end the connection; at once where a reply is on its way."""
        if self.pipeline or (self.cycle is not None and self.cycle.response_started):
            self.transport.abort()
            return
        status = self._status or HTTPStatus.BAD_REQUEST
        with speaking(language_of(Headers(raw=self.headers or []))):
            text = (_why(status) or msg).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
            f"content-length: {len(text)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + text)
        self.transport.close()

    def _bear(self, holds: bool, status: HTTPStatus) -> None:
        if not holds:
            self._status = status
            raise _Refused


def _why(status: HTTPStatus) -> str:
    if status == TOO_LONG:
        return _("This address is too long. Open the page from the menu.")
    if status == TOO_MANY_BYTES:
        return _(
            "This request has too many or too long headers. Delete the cookies of this site, and try again."
        )
    return ""
