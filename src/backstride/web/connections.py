"""Connections that wait: each has so long to send a request and to take its reply, and the oldest makes room.

uvicorn holds a connection that sends half a header for as long as the sender likes; a thousand of them shut everybody
out. Whoever has sent a whole request, its body included, is never shut out for a newcomer. No address holds more than
its share, so that one of them cannot shut out the others.
"""

from asyncio import TimerHandle, Transport
from collections.abc import Collection, Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

from uvicorn.server import ServerState

from backstride.services.rate_limit import network_key
from backstride.web.heads import BoundedProtocol

SECONDS_TO_ASK: Final = 15.0
"""From the first byte of a request, or from the beginning of the connection, to the end of its headers."""
SECONDS_TO_TAKE: Final = 300.0
"""To take a whole reply: ten megabytes on a slow line."""
MAX_CONNECTIONS: Final = 512
MAX_OF_ONE_ADDRESS: Final = 64
"""A browser opens six or so; ten people behind one router are as many."""
FILES_BESIDE: Final = 128
"""Files that a server has open beside its connections: the store, its log, what is being read."""


_HELD: Final = "held_connections"


class _Held:
    """The connections of one server by their addresses, each in the order in which they came.

    A thousand strangers come within a second, and looking through all connections for each of them takes the server
    longer than all else that they ask of it.
    """

    def __init__(self) -> None:
        self.count = 0
        self._by_address: dict[str, dict[PatientProtocol, None]] = {}

    def add(self, one: "PatientProtocol") -> None:
        """Take in a new connection."""
        self._by_address.setdefault(one._address, {})[one] = None
        self.count += 1

    def drop(self, one: "PatientProtocol") -> None:
        """Forget a connection that ends, if it is there."""
        there = self._by_address.get(one._address, {})
        if one in there:
            del there[one]
            self.count -= 1
            if not there:
                del self._by_address[one._address]

    def of(self, address: str) -> Collection["PatientProtocol"]:
        """Return the connections of an address."""
        return self._by_address.get(address, {}).keys()

    def addresses(self) -> Collection[str]:
        """Return all addresses that hold a connection."""
        return self._by_address.keys()

    def fullest(self) -> str:
        """Return the address that holds most connections, of several the one that came first."""
        return max(self._by_address, key=lambda address: len(self._by_address[address]), default="")


def _held_by(state: ServerState) -> _Held:
    """Return what a server holds; kept with its other state, so that it ends with it."""
    held: _Held | None = getattr(state, _HELD, None)
    if held is None:
        held = _Held()
        setattr(state, _HELD, held)
    return held


class PatientProtocol(BoundedProtocol):
    """uvicorn's connection, with an end to waiting."""

    most_connections = MAX_CONNECTIONS
    most_of_one_address = MAX_OF_ONE_ADDRESS
    proxies: Sequence[IPv4Network | IPv6Network] = ()
    """Addresses that pass on the requests of others, and so have no share."""
    _address = ""
    _ends: TimerHandle | None = None
    _is_taking = False
    _held: _Held

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin; whoever has waited longest without a request makes room where there are too many."""
        super().connection_made(transport)
        self._address = network_key(self.client[0]) if self.client else ""
        self._held = _held_by(self.server_state)
        self._held.add(self)
        self._make_room()
        self._wait(SECONDS_TO_ASK)

    def data_received(self, data: bytes) -> None:
        """Take what arrives; more of it gives nobody more time."""
        super().data_received(data)
        if self._is_served:
            self._wait_no_more()
        elif self._ends is None or self._is_taking:
            self._wait(SECONDS_TO_ASK)

    def on_response_complete(self) -> None:
        """Start the timeout for the client to read a reply that is written."""
        super().on_response_complete()
        if not self._is_served:
            self._wait(SECONDS_TO_TAKE)
            self._is_taking = True

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._wait_no_more()
        self._held.drop(self)
        super().connection_lost(exc)

    @property
    def _is_served(self) -> bool:
        """Whether a request is being worked on."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def _has_asked(self) -> bool:
        """Whether a whole request was sent, and waits for its reply."""
        return self._is_served and not self.cycle.more_body

    def _make_room(self) -> None:
        """End one that has not asked yet, where there are too many in all or of this address.

        Of too many in all it is one of the address that holds most; of one address the oldest. The newest has
        had no time to ask, and is ended only where everybody else has asked.
        """
        held = self._held
        of_mine = held.of(self._address)
        if len(of_mine) > self.most_of_one_address and not self._is_of_proxy():
            ended = self._oldest_waiting(of_mine)
        elif held.count > self.most_connections:
            ended = self._oldest_waiting(held.of(held.fullest()))
            if ended is None:  # all of that address have asked
                everybody = sorted(held.addresses(), key=lambda one: -len(held.of(one)))
                ended = next(filter(None, (self._oldest_waiting(held.of(one)) for one in everybody)), None)
        else:
            return
        ended = ended or self
        held.drop(ended)
        ended.transport.abort()

    def _oldest_waiting(self, there: Iterable["PatientProtocol"]) -> "PatientProtocol | None":
        """Return the first that has not asked yet and is not this one, of those in the order in which they came."""
        return next((one for one in there if one is not self and not one._has_asked), None)

    def _is_of_proxy(self) -> bool:
        if not self.proxies or not self.client:
            return False
        try:
            address = ip_address(self.client[0])
        except ValueError:
            return False
        return any(address in network for network in self.proxies)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: anybody may ask for a WebSocket, and would fill the log; there is none."""

    def _wait(self, seconds: float) -> None:
        self._wait_no_more()
        self._is_taking = False
        self._ends = self.loop.call_later(seconds, self.transport.abort)

    def _wait_no_more(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None


def networks_of(proxies: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Parse the networks of `--proxy`; a "*" is every address, and what is no address is left out."""
    found: list[IPv4Network | IPv6Network] = []
    for named in (one.strip() for one in proxies.split(",")):
        try:
            found += (
                [ip_network("0.0.0.0/0"), ip_network("::/0")]
                if named == "*"
                else [ip_network(named, strict=False)]
            )
        except ValueError:
            continue
    return tuple(found)


def make_room_for_connections() -> int:
    """Let this process open as many files as it may; how many connections there can be."""
    try:
        import resource  # noqa: PLC0415 - Windows has no such limit
    except ImportError:
        return MAX_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MAX_CONNECTIONS + FILES_BESIDE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return (
        MAX_CONNECTIONS
        if soft == resource.RLIM_INFINITY
        else min(MAX_CONNECTIONS, max(soft - FILES_BESIDE, 16))
    )
