"""Limits on how often something may be tried, and the devices to which they do not apply."""

import hmac
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from math import inf
from secrets import token_urlsafe
from threading import Lock
from time import monotonic

from backstride.diary.people import Person
from backstride.errors import NotLetIn, NotNow

MAX_KEYS = 10_000
SECONDS_BETWEEN_PRUNES = 1.0
"""Under an attack all keys are fresh: to look at each of them with every try would be work for everybody."""
NETWORK_OF_ONE = 64
"""Bits of an IPv6 address that name one household or one customer; the rest they choose themselves."""


@dataclass(slots=True)
class RateLimiter:
    """How often something may be tried: so often in so many minutes, by whoever has the same mark.

    Attributes:
        most, minutes: how often, in how long.
        clock: seconds that go on evenly, whatever the time of day is set to.
    """

    most: int
    minutes: float
    clock: Callable[[], float] = monotonic
    _tries: dict[str, deque[float]] = field(default_factory=dict)
    _pruned_at: float = -inf
    _lock: Lock = field(default_factory=Lock)

    def hit(self, key: str) -> None:
        """Count one try.

        Raises:
            NotLetIn: there were too many.
        """
        now = self.clock()
        oldest = now - self.minutes * 60
        with self._lock:
            if len(self._tries) > MAX_KEYS and now - self._pruned_at >= SECONDS_BETWEEN_PRUNES:
                self._pruned_at = now
                self._tries = {m: tries for m, tries in self._tries.items() if tries and tries[-1] > oldest}
            tries = self._tries.setdefault(key, deque(maxlen=self.most))
            if len(tries) == self.most and tries[0] > oldest:
                raise NotLetIn(
                    "That was tried too often.", advice=f"Wait {self.minutes:g} minutes, then try again."
                )
            tries.append(now)

    def undo(self, key: str) -> None:
        """Count one try less."""
        with self._lock:
            tries = self._tries.get(key)
            if tries:
                tries.pop()

    def reset(self, key: str) -> None:
        """Forget the tries of one mark."""
        with self._lock:
            self._tries.pop(key, None)

    @contextmanager
    def trying(self, *keys: str) -> Iterator[None]:
        """Count a try for each of the keys, the first one first; none where it turns out to be right.

        Who has tried too often by the first mark spends nothing of the others.

        Raises:
            NotLetIn: there were too many, or what was tried is wrong.
        """
        spent: list[str] = []
        try:
            for key in keys:
                self.hit(key)
                spent.append(key)
        except NotLetIn:
            self._take_back(spent)
            raise
        yield
        self._take_back(spent)

    def _take_back(self, keys: list[str]) -> None:
        for key in keys:
            self.undo(key)


@dataclass(slots=True)
class ConcurrencyLimiter:
    """Work of seconds in a thread of the server: one at a time for each person, a few for all.

    Attributes:
        most: for how many people it may be done together, so that pages have threads left.
    """

    most: int = 3
    _running: set[int] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def running(self, person: int) -> Iterator[None]:
        """Hold this person's place until the work is done.

        Raises:
            NotNow: it is being done for this person already, or for too many others.
        """
        with self._lock:
            if person in self._running or len(self._running) >= self.most:
                raise NotNow("This is being made already.", advice="Wait a minute, then try again.")
            self._running.add(person)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(person)


def network_key(address: str) -> str:
    """Return by what an address is counted: itself, or the network of an IPv6 address."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is None:
        return str(int(ip) >> (128 - NETWORK_OF_ONE))
    return str(ip)


def device_token(person: Person) -> str:
    """Create a token by which a device shows that this person signed in on it with the current passphrase."""
    return _signed(person, token_urlsafe(16))


def is_device_of(person: Person, token: str) -> bool:
    """Whether this person has signed in on the device that shows `token`."""
    nonce = token.partition(".")[0]
    return bool(person.passphrase) and hmac.compare_digest(_signed(person, nonce).encode(), token.encode())


def _signed(person: Person, nonce: str) -> str:
    """Sign a nonce with the hashed and salted passphrase, which serves as a secret key."""
    message = f"device {person.id} {nonce}".encode()
    return f"{nonce}.{hmac.new(person.passphrase.encode(), message, sha256).hexdigest()}"
