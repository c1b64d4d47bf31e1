"""The one-time address that lets the owner in on their own computer, where no passphrase was chosen.

Every account of a computer reaches every port of it. Only who started the server sees what it prints.
"""

import hmac
from collections.abc import Callable
from secrets import token_urlsafe
from threading import Lock


class Entry:
    """A key that opens once; then there is another.

    Attributes:
        announce: called with each new key but the first.
    """

    def __init__(self) -> None:
        self._key = token_urlsafe(24)
        self._lock = Lock()
        self.announce: Callable[[str], None] = _nobody

    @property
    def key(self) -> str:
        """The one that opens now."""
        with self._lock:
            return self._key

    def opens(self, shown: str) -> bool:
        """Whether `shown` is the key; if it is, it opens nothing any more."""
        with self._lock:
            if not hmac.compare_digest(self._key.encode(), shown.encode()):
                return False
            self._key = token_urlsafe(24)
            new = self._key
        self.announce(new)
        return True


def _nobody(key: str) -> None:
    """Nobody is told."""
