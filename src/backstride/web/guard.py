"""The guard before every page: for whom a request is, whence it comes, how big it is, what a browser may do."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backstride.report.language import _, speaking
from backstride.web.errors import sentence
from backstride.web.spoken import language_of

MOST_BYTES = 64 * 1024
MOST_BYTES_OF_FILES = 512 * 1024 * 1024
PATH_FOR_FILES = "/diary/bring"
OTHER_NAME, OTHER_SITE, TOO_BIG = 421, 403, 413
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
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


class Guard:
    """Refuses what no page of ours sends, and adds the headers that every answer carries.

    Args:
        app: what stands behind it.
        hosts: names by which the server may be called. On a machine without a passphrase a page of another site
            could else reach the diary by giving this machine a name of its own.
        secure: whether the server is reached over https.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], secure: bool) -> None:
        self._app = app
        self._hosts = hosts
        told = dict(HEADERS)
        if secure:
            told["strict-transport-security"] = "max-age=31536000"
        told["cache-control"] = "no-store"
        self._headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in told.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_BYTES_OF_FILES if scope["path"] == PATH_FOR_FILES else MOST_BYTES
        with_headers = self._with_headers(send)
        headers = Headers(scope=scope)
        status = self._refusal(scope, headers, most)
        if status is not None:
            with speaking(language_of(headers)):
                refused = sentence(_why(status), status=status)
            await refused(scope, receive, with_headers)
            return
        await self._app(scope, _counted(receive, most), with_headers)

    def _refusal(self, scope: Scope, headers: Headers, most: int) -> int | None:
        host = headers.get("host", "")
        if self._hosts and _name(host) not in self._hosts:
            return OTHER_NAME
        if scope["method"] not in SAFE and not _from_here(headers, host):
            return OTHER_SITE
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > most:
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


def _why(status: int) -> str:
    if status == OTHER_NAME:
        return _("This server does not answer to that name. Use the address that it printed.")
    if status == OTHER_SITE:
        return _("This came from another site and was not done. Open the page itself and try again.")
    return _("This is too big. Bring it in parts.")


def _counted(receive: Receive, most: int) -> Receive:
    """The same, cut off where more arrives than was announced."""
    got = 0

    async def receiving() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        return message if got <= most else {"type": "http.disconnect"}

    return receiving


def _from_here(headers: Headers, host: str) -> bool:
    """Whether a page of ours sent it: browsers say so in one of two headers, programs in neither."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or (origin != "null" and urlsplit(origin).netloc == host)


def _name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower()
