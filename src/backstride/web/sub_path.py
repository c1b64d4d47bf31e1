"""Serving below a path of another site, as in https://home.example/back: added to what leaves, taken off what comes.

The pages, the redirects and the cookies of the app are written for a server that has its name to itself. Here, in
one place, each address in a response gets the path in front, so that no page needs to know it. Scripts, the service
worker and the manifest find the path by their own address.
"""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backstride.errors import BadInput

_PATH: Final = re.compile(r"(?:/[A-Za-z0-9][A-Za-z0-9._~-]*)+")
_LINK: Final = re.compile(rb'( (?:href|action|formaction|src)=")/(?!/)')
"""In the pages' own HTML, where a quote of anybody's text is written `&#34;` and so begins no attribute."""
_BOUND, _SECURE = "__Host-", "__Secure-"
"""Browsers take a cookie of the first prefix for a whole site alone."""


def path_of(address: str) -> str:
    """Return the path of a server's address, with a slash before and none behind; empty where it has none.

    Raises:
        BadInput: the path holds what would have to be quoted in a link.
    """
    path = urlsplit(address).path.rstrip("/")
    if path and not _PATH.fullmatch(path):
        raise BadInput(
            f"The path {path} holds other signs than the letters a to z, digits, dots, hyphens and underscores.",
            advice="Choose a plain one, as in https://home.example/back.",
        )
    return path


def serve_below(app: FastAPI, path: str) -> None:
    """Serve an app below a path, and say so to programs; at the top where the path is empty."""
    if path:
        app.servers = [{"url": path}]
        app.add_middleware(SubPathMiddleware, path=path)


class SubPathMiddleware:
    """Takes a path off the requests below it, and puts it in front of the addresses in their responses.

    Args:
        app: the web app, written as if it had the site to itself.
        path: below which browsers see it, as in "/back".
    """

    def __init__(self, app: ASGIApp, *, path: str) -> None:
        self._app = app
        self._path = path
        self._link = rb"\1" + path.encode() + b"/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request below the path, and no other."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        below = scope["path"].removeprefix(self._path)
        if scope["path"] == self._path:
            await RedirectResponse(f"{self._path}/", HTTPStatus.PERMANENT_REDIRECT)(scope, receive, send)
        elif not scope["path"].startswith(f"{self._path}/"):
            text = f"Nothing is here: backstride is at {self._path}/."
            await PlainTextResponse(text, HTTPStatus.NOT_FOUND)(scope, receive, send)
        else:
            inner = {
                **scope,
                "path": below,
                "raw_path": below.encode(),
                "headers": _inner_headers(scope, below),
            }
            await self._app(inner, receive, self._outwards(send))

    def _outwards(self, send: Send) -> Send:
        start: Message = {}
        body = bytearray()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                self._turn_headers(MutableHeaders(scope=start))
                if not _is_page(start):
                    await send(start)
            elif not _is_page(start):
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    page = _LINK.sub(self._link, bytes(body))
                    headers = MutableHeaders(scope=start)
                    if page:  # the reply to HEAD has a length and no body
                        headers["content-length"] = str(len(page))
                    else:
                        del headers["content-length"]
                    await send(start)
                    await send({"type": "http.response.body", "body": page})

        return sending

    def _turn_headers(self, headers: MutableHeaders) -> None:
        location = headers.get("location", "")
        if location.startswith("/") and not location.startswith("//"):
            headers["location"] = self._path + location
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
        for cookie in cookies:
            named = re.sub(f"^{_BOUND}", _SECURE, cookie)
            headers.append("set-cookie", re.sub(r"; Path=/(?=;|$)", f"; Path={self._path}", named))


def _inner_headers(scope: Scope, below: str) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request with the app's names of cookies; pages are asked for unpacked."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    if not below.startswith("/static/"):
        del headers["accept-encoding"]
    for name, value in Headers(raw=scope["headers"]).items():
        if name == "cookie":
            headers[name] = re.sub(rf"(^|; ?){_SECURE}", rf"\1{_BOUND}", value)
    return headers.raw


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")
