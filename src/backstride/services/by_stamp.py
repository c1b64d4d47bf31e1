"""Things that were worked out from a diary, cached in memory for as long as what they rest on is unchanged."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")
MAX_CACHED = 1000


@dataclass(frozen=True, slots=True)
class ByStamp(Generic[Made]):
    """The last thing made for each of up to a thousand, the least asked for dropped first; never written anywhere."""

    _cache: OrderedDict[Hashable, tuple[str, Made]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, stamp: str, make: Callable[[], Made]) -> Made:
        """Return what was made for this key under this stamp, or make it.

        Args:
            key: whose, or of what.
            stamp: changes whenever what it rests on does.
            make: makes it.
        """
        with self._lock:
            cached = self._cache.get(key)
        if cached is not None and cached[0] == stamp:
            return cached[1]
        made = make()
        with self._lock:
            self._cache[key] = (stamp, made)
            self._cache.move_to_end(key)
            while len(self._cache) > MAX_CACHED:
                self._cache.popitem(last=False)
        return made
