"""Whence a request comes: whether the page that sent it is one of ours, also behind a proxy."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import URL, Headers
from starlette.requests import Request

ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """By which names and addresses a server is called.

    Attributes:
        hosts: names by which it may be called; any, where neither they nor an address are given. On a machine without
            a passphrase a page of another site could else reach the diary by giving this machine a name of its own.
        address: under which browsers reach it, as in https://diary.example:8443 or https://home.example/diary; empty
            where each request says so.
            Where it is given, the server answers to its name and to those of this machine alone.
        secure: whether browsers reach it over https, and so come from nothing else.
        behind_proxy: whether a proxy passes requests on, and says by which name and port they came.
    """

    hosts: frozenset[str] = frozenset()
    address: str = ""
    secure: bool = False
    behind_proxy: bool = False

    def are_called(self, headers: Headers) -> bool:
        """Whether a request is for this server."""
        if not self.hosts and not self.address:
            return True
        named = _place(self.address)[0]
        host = _place(f"//{headers.get('host', '')}")[0]
        if host in self.hosts or (named and host in (named, *ON_THIS_MACHINE)):
            return True
        # a proxy may call us by a name of its own network, and pass on the one that the browser used
        forwarded = headers.get("x-forwarded-host", "").partition(",")[0].strip()
        return bool(named) and self.behind_proxy and _place(f"//{forwarded}")[0] == named

    def sent(self, headers: Headers) -> bool:
        """Whether a page of ours sent a request: browsers say so in one of two headers, programs in neither."""
        site = headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        scheme = origin.partition("://")[0].lower()
        is_known = scheme == "https" if self.secure else scheme in PORTS
        return is_known and _place(origin) in self._places(headers, scheme)

    def _places(self, headers: Headers, scheme: str) -> set[tuple[str, int]]:
        """Every name and port by which this request may have come."""
        host = headers.get("host", "")
        places = {_place(f"{scheme}://{host}")}
        if self.address:
            places.add(_place(self.address))
        if self.behind_proxy:
            # no page of another site can set these headers: browsers ask first, and are not let
            named = headers.get("x-forwarded-host", "").partition(",")[0].strip() or host
            places.add(_place(f"{scheme}://{named}"))
            port = headers.get("x-forwarded-port", "").partition(",")[0].strip()
            name, _port = _place(f"{scheme}://{named}")
            places |= {(name, int(port))} if port.isascii() and port.isdigit() and len(port) < 6 else set()
        return places - {NOWHERE}


def address_of_server(request: Request) -> URL:
    """Return this server's URL: as it was configured, else as the browser reached it."""
    if request.app.state.address:
        return URL(request.app.state.address)
    url = request.base_url
    return url.replace(scheme="https") if request.app.state.secure else url


def address_of_page(request: Request, path: str) -> str:
    """Return the whole address of a page, for somebody who is not here: below the path that the server has.

    A browser on the server's own computer calls it localhost, which names another machine elsewhere. So the address
    in the local network stands there, where the server has one.
    """
    server = address_of_server(request)
    in_the_network = request.app.state.site.phone_address
    if server.hostname in ON_THIS_MACHINE and in_the_network:
        server = URL(in_the_network)
    return str(server).rstrip("/") + path


NOWHERE = ("", 0)


def _place(address: str) -> tuple[str, int]:
    """Return host and port of an address; `NOWHERE` for an invalid one."""
    try:
        parts = urlsplit(address)
        name, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return NOWHERE
    if not name or parts.username is not None:
        return NOWHERE
    return name, port or PORTS.get(parts.scheme, 0)
