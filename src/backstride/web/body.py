"""The body of a request as it arrives: no longer than it may be, and no slower."""

from dataclasses import dataclass
from time import monotonic

import anyio
from starlette.types import Message, Receive


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLimits:
    """What is borne of a body.

    Attributes:
        most_bytes: how long it may be.
        pause_s: how long nothing may arrive, in seconds.
        all_s: how long all of it may take.
    """

    most_bytes: int
    pause_s: float
    all_s: float


class Body:
    """Receives a body, and cuts it off where it is more than is borne.

    Args:
        receiving: gives what arrives.
        patience: what is borne.

    Attributes:
        is_too_big, is_too_slow: why it was cut off.
    """

    def __init__(self, receiving: Receive, patience: BodyLimits) -> None:
        self._receiving, self._patience = receiving, patience
        self._got = 0
        self._ends_at = monotonic() + patience.all_s
        self._is_whole = False
        self.is_too_big = self.is_too_slow = False

    @property
    def is_cut_off(self) -> bool:
        """Whether what was received is a part of what was sent."""
        return self.is_too_big or self.is_too_slow

    async def receive(self) -> Message:
        """Receive the next message, or report a disconnect where the client was cut off."""
        if self._is_whole:
            return await self._receiving()  # nothing is waited for but their leaving
        left = min(self._patience.pause_s, self._ends_at - monotonic())
        message: Message = {"type": "http.disconnect"}
        with anyio.move_on_after(left) as waited:
            message = await self._receiving()
        self.is_too_slow = self.is_too_slow or waited.cancelled_caught
        self._got += len(message.get("body", b""))
        self.is_too_big = self._got > self._patience.most_bytes
        self._is_whole = not message.get("more_body", False)
        return {"type": "http.disconnect"} if self.is_cut_off else message
