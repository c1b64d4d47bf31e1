"""The guard before every page: for whom a request is, whence it comes, how big it is, what a browser may do."""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backstride.report.language import _, speaking
from backstride.services.uploads import MAX_BYTES as MAX_BYTES_OF_FILES
from backstride.web.body import Body, BodyLimits
from backstride.web.errors import sentence
from backstride.web.origin import Origins
from backstride.web.plain_headers import plain_headers
from backstride.web.spoken import language_of

MAX_BYTES = 64 * 1024
PATH_FOR_FILES = "/diary/bring"
OTHER_NAME, OTHER_SITE, TOO_BIG, TOO_SLOW = 421, 403, 413, 408
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
OPEN = frozenset(("/sign-in", "/shared"))
"""Where strangers send a form."""
OF_A_FORM = BodyLimits(most_bytes=MAX_BYTES, pause_s=10, all_s=30)
OF_A_STRANGER = BodyLimits(most_bytes=4 * 1024, pause_s=5, all_s=15)
"""A name and a passphrase, from whom nobody knows yet."""
OF_FILES = BodyLimits(most_bytes=MAX_BYTES_OF_FILES, pause_s=30, all_s=3600)
RULES = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": RULES,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


class SecurityMiddleware:
    """Refuses what no page of ours sends, and adds the headers that every answer carries.

    Args:
        app: what stands behind it.
        origins: by which names and addresses the server may be called.
    """

    def __init__(self, app: ASGIApp, *, origins: Origins) -> None:
        self._app = app
        self._origins = origins
        headers = dict(HEADERS)
        if origins.secure:
            headers["strict-transport-security"] = "max-age=31536000"
        headers["cache-control"] = "no-store"
        self._headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = {**scope, "headers": plain_headers(scope["headers"])}
        patience = _patience_with(scope["path"])
        replying = self._with_headers(send)
        headers = Headers(scope=scope)
        status = self._refusal(scope, headers, patience)
        if status is None:
            body = Body(receive, patience)
            reply = _Reply(replying, body)
            with suppress(ClientDisconnect):  # whoever sent it is gone, or is told below
                await self._app(scope, await _begun(scope, body), reply.send)
            status = None if reply.is_begun else _status_of(body)
        if status is not None:
            with speaking(language_of(headers)):
                refused = sentence(_why(status), status=status)
            await refused(scope, receive, replying)

    def _refusal(self, scope: Scope, headers: Headers, patience: BodyLimits) -> int | None:
        if not self._origins.are_called(headers):
            return OTHER_NAME
        if scope["method"] not in SAFE and not self._origins.sent(headers):
            return OTHER_SITE
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > patience.most_bytes:
            return TOO_BIG
        return None

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                has = {name.lower() for name, _ in message["headers"]}
                missing = [header for header in self._headers if header[0] not in has]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        return sending


async def _begun(scope: Scope, body: Body) -> Receive:
    """Return what gives a body; that of a stranger's form is waited for first.

    A thousand strangers send half a form and no more: finding the page and its form for each of them, only to leave
    them again, takes longer than all else.

    Raises:
        ClientDisconnect: it did not come whole.
    """
    if scope["path"] not in OPEN or scope["method"] in SAFE:
        return body.receive
    arrived: deque[Message] = deque()
    more_comes = True
    while more_comes:
        message = await body.receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        arrived.append(message)
        more_comes = message.get("more_body", False)

    async def receive() -> Message:
        return arrived.popleft() if arrived else await body.receive()

    return receive


def _patience_with(path: str) -> BodyLimits:
    if path == PATH_FOR_FILES:
        return OF_FILES
    return OF_A_STRANGER if path in OPEN else OF_A_FORM


def _why(status: int) -> str:
    if status == OTHER_NAME:
        return _("This server does not answer to that name. Use the address that it printed.")
    if status == OTHER_SITE:
        return _(
            "This came from another site and was not done. Open the page itself and try again. If there is a proxy "
            "in front of the server, start it with --address and the address that browsers show."
        )
    if status == TOO_SLOW:
        return _("This came too slowly and was not done. Try again.")
    return _("This is too big. Import it in parts.")


@dataclass(slots=True)
class _Reply:
    """Passes a reply on, unless the body was cut off before it: then the reply answers half a form."""

    replying: Send
    body: Body
    is_begun: bool = False

    async def send(self, message: Message) -> None:
        if not self.is_begun and self.body.is_cut_off:
            return
        self.is_begun = True
        await self.replying(message)


def _status_of(body: Body) -> int | None:
    if body.is_too_big:
        return TOO_BIG
    return TOO_SLOW if body.is_too_slow else None
