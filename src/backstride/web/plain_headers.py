"""The headers of a request, put in order before anything reads them.

The standard library and the framework take some of them apart in a time that grows with the square of their length
and more: quotes and backslashes in a cookie (CVE-2024-7592), semicolons in a Content-Type. What browsers never send
in these two is left out here, in one pass.
"""

from typing import Final

from starlette.datastructures import Headers

_COOKIE, _CONTENT_TYPE, _QUOTE = b"cookie", b"content-type", b'"'
MAX_BYTES_OF_CONTENT_TYPE: Final = 512
"""A boundary has 70 letters at most (RFC 2046, 5.1.1)."""


def plain_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request without quoted cookies, and without a Content-Type beyond its bound."""
    return [
        (name, _without_quoted(value) if name == _COOKIE else value)
        for name, value in headers
        if name != _CONTENT_TYPE or len(value) <= MAX_BYTES_OF_CONTENT_TYPE
    ]


def cookie_of(headers: Headers, name: str) -> str:
    """Return the value of a cookie, the first of its name; empty where there is none."""
    for pair in headers.get("cookie", "").split(";"):
        found, _, value = pair.partition("=")
        if found.strip() == name:
            return value.strip()
    return ""


def _without_quoted(cookies: bytes) -> bytes:
    return b";".join(pair for pair in cookies.split(b";") if _QUOTE not in pair)
